"""Gradio's theme, reduced to our colours and the fonts of the officer's own machine."""

from typing import Any

FONTS = ["Segoe UI", "Noto Sans", "Arial", "sans-serif"]


def theme() -> Any:
    """A gradio theme; the look itself is in static/base.css, which both themes share."""
    import gradio as gr

    base = gr.themes.Base(font=FONTS, font_mono=["Consolas", "DejaVu Sans Mono", "monospace"])
    return base.set(
        body_background_fill="#f4f1ec",
        body_background_fill_dark="#1a1816",
        body_text_color="#23201c",
        body_text_color_dark="#eee9e1",
        button_primary_background_fill="#8c1d18",
        button_primary_text_color="#ffffff",
        color_accent="#8c1d18",
    )
