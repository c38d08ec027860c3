"""The frame of the page: what stands in <head>, the masthead, the login page."""

import hashlib
from pathlib import Path

from ui.render.html import render

STATIC = Path(__file__).resolve().parent.parent / "static"
STYLES = ("base.css", "ask.css", "draft.css", "check.css", "library.css")
SCRIPTS = ("app.js", "draft.js", "check.js", "tour.js")


def _stamp(name: str) -> str:
    """A short digest of a static file: a changed file gets a new address, so no browser shows an old one."""
    return hashlib.sha256((STATIC / name).read_bytes()).hexdigest()[:10]


def head_html() -> str:
    """Styles and scripts of ours, put before Gradio's own so that nothing flashes."""
    return render(
        "head.html.j2",
        styles=[f"/tinh/{name}?v={_stamp(name)}" for name in STYLES],
        scripts=[f"/tinh/{name}?v={_stamp(name)}" for name in SCRIPTS],
    )


def login_page(target: str, message: str) -> str:
    return render("login.html.j2", style=f"/tinh/base.css?v={_stamp('base.css')}", target=target, message=message)


def masthead(unit: str) -> str:
    return render("masthead.html.j2", unit=unit)


def tools(user: str | None) -> str:
    """Buttons at the right end of the bar. `user` is None where nobody logs in."""
    return render("tools.html.j2", user=user)
