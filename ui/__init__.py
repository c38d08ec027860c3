"""The page: an officer's workplace in the browser (Gradio). Only calls and display; the work is done in `assistant`."""
