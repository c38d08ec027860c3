"""The knowledge that ships with the program as documents: topics, report types, legal facts, how-to texts.

Each is written as a small Markdown text and goes through the same splitting as every other document. Every
requirement, mistake, field and fact stands on a line of its own, word for word as in the knowledge files, so that an
answer can quote it.
"""

import hashlib
import re
from collections.abc import Iterable, Iterator, Mapping
from pathlib import Path
from typing import TYPE_CHECKING

from assistant.library.models import Identity
from assistant.library.prepare import Prepared, Task, prepare_source
from assistant.library.reading import read_bytes
from assistant.paths import KNOWLEDGE, ROOT

if TYPE_CHECKING:
    from assistant.legal.documents import RegistryDocument
    from assistant.reports import Field, IndicatorSet, ReportType, Section, TableSpec, Topic

_LEVELS = {
    "central_party": "Văn bản của Đảng ở Trung ương",
    "national_assembly": "Luật và nghị quyết của Quốc hội",
    "government": "Văn bản của Chính phủ và Thủ tướng Chính phủ",
    "ministry": "Văn bản của các bộ",
    "province": "Văn bản của Ủy ban nhân dân và Hội đồng nhân dân cấp tỉnh",
    "province_party": "Văn bản của Đảng bộ cấp tỉnh",
}
_STATUS = {
    "in_force": "còn hiệu lực",
    "amended": "đã được sửa đổi, bổ sung",
    "replaced": "đã được thay thế",
    "expired": "hết hiệu lực",
}
_TYPES = {
    "int": "số nguyên", "float": "số thập phân", "percent": "tỷ lệ phần trăm", "money": "số tiền", "date": "ngày",
    "text": "chữ", "list": "danh sách", "table": "bảng", "bool": "có hoặc không", "choice": "lựa chọn",
    "doc": "văn bản", "doc_list": "danh sách văn bản",
}  # fmt: skip


def knowledge_fingerprint() -> str:
    """Changes whenever a builtin document might: with the knowledge files and with the code that turns them to text."""
    digest = hashlib.sha256()
    knowledge = (path for path in KNOWLEDGE.rglob("*") if path.suffix in {".yaml", ".md"})
    for path in sorted([*knowledge, *(ROOT / "assistant").rglob("*.py")]):
        digest.update(f"{path.relative_to(ROOT).as_posix()}\0".encode())
        digest.update(hashlib.sha256(path.read_bytes()).digest())
    return digest.hexdigest()


def builtin_documents() -> dict[str, Prepared]:
    """The builtin documents by id ("builtin:topic:ID", "builtin:report:ID", "builtin:documents:LEVEL", …)."""
    texts: dict[str, tuple[str, str]] = {}
    for document_id, title, lines in _all():
        texts[document_id] = (title, "\n".join(line for line in lines if line is not None) + "\n")
    return {document_id: _prepared(document_id, title, text) for document_id, (title, text) in texts.items()}


def _prepared(document_id: str, title: str, text: str) -> Prepared:
    source = read_bytes(text.encode(), f"{document_id.replace(':', '-')}.md")
    prepared = prepare_source(Task(Path(document_id), document_id, 0), source)
    identity = Identity(kind="builtin", title=title)
    return Prepared(Path(document_id), document_id, source.sha256, identity, prepared.passages, size=source.size)


def _all() -> Iterator[tuple[str, str, list[str]]]:
    from assistant.reports import load_report_types, load_topics

    for topic in load_topics().values():
        yield f"builtin:topic:{topic.id}", f"Chuyên mục: {topic.name}", _topic(topic)
    for report_type in load_report_types().values():
        yield f"builtin:report:{report_type.id}", f"Loại báo cáo: {report_type.name}", _report_type(report_type)
    yield from _legal()
    yield from _indicators()
    yield from _practice()
    for path in sorted((KNOWLEDGE / "guide").glob("*.md")):
        text = path.read_text(encoding="utf-8")
        title = next((line.lstrip("# ") for line in text.splitlines() if line.startswith("# ")), path.stem)
        yield f"builtin:guide:{path.stem}", f"Hướng dẫn: {title}", text.splitlines()


def _topic(topic: "Topic") -> list[str]:
    lines = [f"# {topic.name}"]
    if topic.purpose:
        lines.append(topic.purpose)
    if topic.aliases:
        lines.append(f"Còn gọi là: {'; '.join(topic.aliases)}.")
    lines += _requirements(topic.requirements, "## Nội dung phải nêu")
    lines += _fields(topic.fields, "## Số liệu cần chuẩn bị")
    lines += _tables(topic.tables, "## Bảng biểu")
    if topic.targets:
        lines.append("## Chỉ tiêu đối chiếu")
        for target in topic.targets:
            lines.append(f"- {_target(target.text, target.value, target.unit, target.deadline)}{_basis(target.basis)}")
    lines += _plain((mistake.text for mistake in topic.mistakes), "## Lỗi hay gặp")
    return lines


def _report_type(report_type: "ReportType") -> list[str]:
    from assistant.reports.header_facts import header_facts

    lines = [f"# {report_type.name}"]
    lines += [f"{label}: {value}" for label, value in header_facts(report_type).items()]
    lines += _plain(report_type.rules, "## Quy tắc chung")
    lines += _fields(report_type.header, "## Thông tin chung của báo cáo")
    lines.append("## Đề cương")
    lines += [f"{'  ' * (s.level - 1)}- {_section_name(s)}" for s in report_type.sections]
    for section in report_type.sections:
        lines += _section(section)
    return lines


def _section_name(section: "Section") -> str:
    heading = " ".join(section.heading.split())
    if not section.number:
        return heading
    point = "" if section.number[-1] in ".)" else "."
    return f"{section.number}{point} {heading}"


def _section(section: "Section") -> list[str]:
    lines: list[str] = []
    if section.purpose:
        lines.append(section.purpose)
    lines += _requirements(section.requirements, "Nội dung phải nêu:")
    lines += _fields(section.fields, "Số liệu cần chuẩn bị:")
    lines += _tables(section.tables, "Bảng biểu:")
    lines += _plain((mistake.text for mistake in section.mistakes), "Lỗi hay gặp:")
    if not lines:
        return []
    return [f"## Mục «{_section_name(section)}»", *lines]


def _target(text: str, value: object, unit: str | None, deadline: object) -> str:
    """A target in one line; value and deadline are not said twice where the words hold them already."""
    figure = re.sub(r"[^\d.,]", "", str(value or ""))
    if value and (not figure or figure not in text):
        text += f": {value}{' ' + unit if unit else ''}"
    if deadline and str(deadline)[:4] not in text:
        text += f", đến {deadline}"
    return text


def _plain(items: Iterable[str], heading: str) -> list[str]:
    found = [f"- {item}" for item in items]
    return [heading, *found] if found else []


def _basis(basis: Iterable[object]) -> str:
    named = "; ".join(str(item) for item in basis)
    return f" (căn cứ: {named})" if named else ""


def _requirements(requirements: Iterable[object], heading: str) -> list[str]:
    return _plain((f"{getattr(r, 'text', r)}{_basis(getattr(r, 'basis', ()))}" for r in requirements), heading)


def _fields(fields: "Iterable[Field]", heading: str) -> list[str]:
    return _plain((_field(item) for item in fields), heading)


def _field(item: "Field") -> str:
    notes = [_TYPES.get(item.type, item.type)]
    if item.unit:
        notes.append(f"đơn vị: {item.unit}")
    notes.append("bắt buộc" if item.required else "nếu có")
    text = f"{item.label} ({', '.join(notes)})"
    if item.columns:
        text += f"; các cột: {', '.join(column.label for column in item.columns)}"
    if item.choices:
        text += f"; chọn một trong: {', '.join(map(str, item.choices))}"
    return text


def _tables(tables: "Iterable[TableSpec]", heading: str) -> list[str]:
    return _plain((f"{t.caption}: các cột {', '.join(c.label for c in t.columns)}" for t in tables), heading)


def _legal() -> Iterator[tuple[str, str, list[str]]]:
    """One document per level of issuing body, one section per legal document."""
    from assistant.legal.registry import Registry

    levels: dict[str, list[RegistryDocument]] = {}
    for document in Registry.load().documents:
        levels.setdefault(document.level, []).append(document)
    for level, documents in sorted(levels.items()):
        title = _LEVELS.get(level, "Văn bản khác")
        lines = [f"# {title}"]
        for document in documents:
            lines += _legal_entry(document)
        yield f"builtin:documents:{level}", f"Danh mục văn bản: {title}", lines


def _legal_entry(document: "RegistryDocument") -> list[str]:
    name = f"{document.type} {document.symbol}" if document.symbol else document.type
    lines = [f"## {name}"]
    issued = f" ngày {document.date:%d/%m/%Y}" if document.date else ""
    issuer = f" của {document.issuer}" if document.issuer else ""
    lines.append(f"{name}{issued}{issuer}{' ' + document.title if document.title else ''}.")
    status = _STATUS.get(document.status)
    if status:
        lines.append(f"Tình trạng: {status}{_by(document.replaced_by or document.amended_by)}.")
    if document.summary:
        lines.append(document.summary)
    for target in document.targets:
        where = f" ({target.provision})" if target.provision else ""
        lines.append(f"- Chỉ tiêu: {_target(target.text, target.value, target.unit, target.deadline)}{where}")
    provisions: Mapping[str, str] = document.provisions or {}
    lines += [f"- {provision}: {content}" for provision, content in provisions.items()]
    return lines


def _by(symbols: Iterable[str]) -> str:
    named = ", ".join(symbols)
    return f" bởi {named}" if named else ""


def _indicators() -> Iterator[tuple[str, str, list[str]]]:
    """The indicator sets, one document each; the facts of plans, one section per plan; facts for comparison."""
    from assistant.reports import load_general_facts, load_indicator_sets, load_plan_facts

    for found in load_indicator_sets():
        yield f"builtin:indicators:{found.id}", f"Bộ chỉ tiêu: {found.name}", _indicator_set(found)
    plans: dict[str, list[str]] = {}
    for fact in load_plan_facts():
        plans.setdefault(fact.symbol, []).append(f"- {fact.text}")
    title = "Nhiệm vụ và chỉ tiêu trong các kế hoạch"
    lines = [f"# {title}"]
    for symbol, texts in plans.items():
        lines += [f"## Kế hoạch {symbol}" if "KH" in symbol else f"## Văn bản {symbol}", *texts]
    yield "builtin:indicators:plans", title, lines
    general = [f"- {fact.text}" for fact in load_general_facts()]
    if general:
        title = "Số liệu và thông tin để đối chiếu"
        yield "builtin:indicators:general", title, [f"# {title}", *general]


def _practice() -> Iterator[tuple[str, str, list[str]]]:
    """Terms, abbreviations and rules: one document for each kind."""
    from assistant.legal.practice import terms
    from assistant.reports.formulas import every_rule
    from assistant.vietnamese.abbreviations import abbreviations

    lines = ["# Từ ngữ"]
    topic = ""
    for term in terms():
        lines += [f"## {term.topic}"] if term.topic != topic else []
        topic = term.topic
        lines.append(f"- {term.text}")
    yield "builtin:terms", "Từ ngữ thường dùng", lines
    short = [f"- {short}: {long}" for short, long in abbreviations().single.items()]
    yield "builtin:abbreviations", "Chữ viết tắt", ["# Chữ viết tắt", *short]
    lines = ["# Quy định cần nhớ"]
    for rule in every_rule():
        lines += [f"## {rule.title}", *rule.says]
    yield "builtin:rules", "Quy định về thể thức, báo cáo và tổ chức cấp xã", lines


def _indicator_set(found: "IndicatorSet") -> list[str]:
    lines = [f"# {found.name}"]
    issued = " ".join(part for part in (found.symbol, found.issuer) if part)
    if issued:
        lines.append(f"Ban hành theo: {issued}.")
    if found.aliases:
        lines.append(f"Còn gọi là: {'; '.join(found.aliases)}.")
    lines += [f"- {fact}" for fact in found.facts]
    if found.groups:
        lines.append("## Các nhóm")
    for group in found.groups:
        counts = [
            f"{group.points} điểm" if group.points else "",
            f"{group.indicators} chỉ số" if group.indicators else "",
        ]
        figures = ", ".join(count for count in counts if count)
        lines.append(f"- {group.name}{': ' + figures if figures else ''}")
    return lines
