# ruff: noqa: E501 (styles and rows of the page stay on one line)
"""The result as one HTML page that needs nothing else: summary, findings with their places, references, the text."""

from html import escape
from typing import Any

from assistant.check.model import CATEGORY_NAMES, SEVERITIES, SEVERITY_NAMES, CheckResult, Finding
from assistant.check.render import VERDICT_NAMES, bad_references, counts_line, most_important, one_line

_STYLE = """
:root{--ink:#1d2430;--soft:#5b6472;--line:#d9dee6;--error:#b3261e;--warning:#8a5a00;--info:#22577a}
*{box-sizing:border-box}body{margin:0;font:16px/1.55 system-ui,"Segoe UI","Noto Sans",sans-serif;color:var(--ink);background:#fff}
main{max-width:62rem;margin:0 auto;padding:1.5rem 1rem 4rem}h1{font-size:1.45rem;margin:0 0 .25rem}h2{font-size:1.15rem;margin:2rem 0 .5rem}
p{margin:.25rem 0}.soft{color:var(--soft)}ol,ul{padding-left:1.4rem}li{margin:.35rem 0}
table{border-collapse:collapse;width:100%}th,td{text-align:left;vertical-align:top;padding:.45rem .6rem;border-bottom:1px solid var(--line)}
.tag{font-weight:600;white-space:nowrap}.error{color:var(--error)}.warning{color:var(--warning)}.info{color:var(--info)}
q{quotes:"«" "»"}pre{white-space:pre-wrap;font:inherit;border:1px solid var(--line);padding:1rem;overflow-wrap:anywhere}
mark{background:#fff3c4;color:inherit;border-bottom:2px solid var(--warning)}mark.error{background:#fde2df;border-color:var(--error);color:inherit}
mark.info{background:#e3f0f8;border-color:var(--info);color:inherit}a{color:#0b5394}code{font-size:.85em;color:var(--soft)}
@media(max-width:40rem){td,th{display:block;border:0;padding:.2rem 0}tr{display:block;border-bottom:1px solid var(--line);padding:.5rem 0}thead{display:none}}
@media print{a{color:inherit;text-decoration:none}}
"""


def render_page(result: CheckResult) -> str:
    """A page to read and print; everything from the report is escaped."""
    parts = [
        '<!doctype html><html lang="vi"><head><meta charset="utf-8"><meta name="viewport" content="width=device-width,initial-scale=1">',
        f"<title>Kết quả kiểm tra: {escape(result.file)}</title><style>{_STYLE}</style></head><body><main>",
        f"<h1>Kết quả kiểm tra {escape(result.file)}</h1><p>{escape(counts_line(result))}.</p>",
        f'<p class="soft">{escape(_basis(result))}</p>',
        *(f"<p>{escape(notice)}</p>" for notice in result.notices),
        _top(result),
        *(_findings(result, severity) for severity in SEVERITIES),
        _references(result),
        "<h2>Văn bản được kiểm tra</h2><pre>",
        _marked(result),
        "</pre></main></body></html>",
    ]
    return "".join(parts)


def _basis(result: CheckResult) -> str:
    kind = f"Đọc như {result.report_type_name}. " if result.report_type_name else ""
    return f"{kind}Hiệu lực văn bản xét tại ngày {result.report_date:%d/%m/%Y}."


def _top(result: CheckResult) -> str:
    rows = "".join(
        f'<li><span class="tag {severity}">{SEVERITY_NAMES[severity]}</span> '  # type: ignore[index]
        + (f"<q>{escape(words)}</q> " if words else "")
        + f"{escape(message)}</li>"
        for severity, words, message in most_important(result)
    )
    return f"<h2>Mười điểm cần xem trước</h2><ol>{rows}</ol>" if rows else "<p>Không phát hiện điểm nào cần sửa.</p>"


def _findings(result: CheckResult, severity: str) -> str:
    found = [(n, f) for n, f in enumerate(result.findings) if f.severity == severity]
    if not found:
        return ""
    name = SEVERITY_NAMES[severity]  # type: ignore[index]
    rows = "".join(_row(n, f) for n, f in found)
    head = "<thead><tr><th>Chỗ</th><th>Nhận xét</th><th>Đề nghị</th></tr></thead>"
    return f'<h2 class="{severity}">{name} ({len(found)})</h2><table>{head}<tbody>{rows}</tbody></table>'


def _row(n: int, finding: Finding) -> str:
    quote = (
        f'<a href="#f{n}"><q>{escape(one_line(finding.text))}</q></a>' if finding.start is not None else "Cả báo cáo"
    )
    where = f'<br><span class="soft">mục {escape(finding.section)}</span>' if finding.section else ""
    said = f"<strong>{escape(CATEGORY_NAMES[finding.category])}.</strong> {escape(finding.message)}"
    return f"<tr><td>{quote}{where}</td><td>{said}<br><code>{escape(finding.id)}</code></td><td>{escape(finding.suggestion)}</td></tr>"


def _references(result: CheckResult) -> str:
    bad = bad_references(result)
    if not result.references:
        return ""
    rows = "".join(_reference(r) for r in bad)
    table = f"<table><tbody>{rows}</tbody></table>" if rows else "<p>Không viện dẫn nào có vấn đề.</p>"
    return f"<h2>Viện dẫn ({len(result.references)})</h2>{table}"


def _reference(reference: dict[str, Any]) -> str:
    severity = str(reference.get("severity") or "info")
    verdict = VERDICT_NAMES.get(str(reference["verdict"]), "")
    fix = escape(str(reference.get("suggestion") or ""))
    return (
        f'<tr><td><q>{escape(one_line(str(reference["text"])))}</q></td><td><span class="tag {escape(severity)}">{escape(verdict)}</span>. '
        f"{escape(str(reference.get('message') or ''))}</td><td>{fix}</td></tr>"
    )


def _marked(result: CheckResult) -> str:
    """The text with each finding marked; of overlapping ones only the first opens a mark, the others an anchor."""
    out: list[str] = []
    at = 0
    for n, finding in enumerate(result.findings):
        if finding.start is None or finding.end is None:
            continue
        if finding.start < at:
            out.append(f'<a id="f{n}"></a>')
            continue
        out.append(escape(result.text[at : finding.start]))
        words = escape(result.text[finding.start : finding.end])
        out.append(f'<mark id="f{n}" class="{finding.severity}" title="{escape(finding.message)}">{words}</mark>')
        at = finding.end
    out.append(escape(result.text[at:]))
    return "".join(out)
