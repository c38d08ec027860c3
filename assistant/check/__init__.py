"""Check a finished or half-finished report the way a strict reviewer does.

Wiring: `check_document(source, registry=Registry, report_types={id: ReportType}, …) -> CheckResult` (`.to_json()`),
with `source` from `assistant.library.reading.read_document` or `assistant.check.service.read_pasted(text)`;
`annotate(source, result, path, original=path_of_docx)` writes the Word copy, `render_page(result)` the HTML page.
"""

from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from assistant.check.annotate import annotate
    from assistant.check.checker import check_document
    from assistant.check.html_page import render_page
    from assistant.check.model import CheckResult, Finding

_HOMES = {
    "check_document": "checker",
    "CheckResult": "model",
    "Finding": "model",
    "annotate": "annotate",
    "render_page": "html_page",
}
__all__ = ["CheckResult", "Finding", "annotate", "check_document", "render_page"]


def __getattr__(name: str) -> Any:
    if name not in _HOMES:
        raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
    import importlib

    value = getattr(importlib.import_module(f"assistant.check.{_HOMES[name]}"), name)
    globals()[name] = value
    return value
