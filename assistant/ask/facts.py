"""Facts about documents as sentences: who issued what when, what it sets, what became of it."""

import datetime
import re
from collections.abc import Iterable

from assistant.ask.models import Source
from assistant.legal import RegistryDocument
from assistant.legal.cite import joined_title
from assistant.legal.documents import Target
from assistant.vietnamese.dates import format_date

_BOUND = re.compile(r"^\s*(?P<sign>>=|≥|<=|≤|>|<|=)?\s*(?P<value>.+?)\s*$")
_SAID = {
    ">=": "tối thiểu ", "≥": "tối thiểu ", ">": "trên ", "<=": "tối đa ", "≤": "tối đa ", "<": "dưới ", "=": "",
}  # fmt: skip


def registry_source(document: RegistryDocument, quote: str, provision: str | None = None) -> Source:
    """The citation of a fact that only the registry states; the quote is the entry's own wording."""
    return Source(
        document_id=f"registry:{document.symbol}",
        document_title=f"{document.type} số {document.symbol}",
        kind="legal",
        quote=quote,
        symbol=document.symbol,
        location=provision or "",
    )


def name_of(document: RegistryDocument) -> str:
    """ "Nghị quyết số 57-NQ/TW ngày 22/12/2024 của Bộ Chính trị" """
    if document.type in ("Luật", "Bộ luật") and document.title:
        title = document.title if document.title.startswith(document.type) else f"{document.type} {document.title}"
        name = f"{title} số {document.symbol}"
    else:
        name = f"{document.type} số {document.symbol}"
    if document.date and document.verified("date"):
        name += f" ngày {format_date(document.date)}"
    if document.issuer and document.verified("issuer"):
        name += f" của {document.issuer}"
    return name


def identity(document: RegistryDocument) -> str:
    """Name and title, as one sentence without its full stop."""
    title = (document.title or "").strip()
    if not title or document.type in ("Luật", "Bộ luật"):
        return name_of(document)
    return f"{name_of(document)} {joined_title(title)}"


def unconfirmed(document: RegistryDocument) -> str | None:
    """What only a report or one unconfirmed source says of date and issuer, as a sentence of its own."""
    said = []
    if document.date and not document.verified("date"):
        said.append(f"ngày {format_date(document.date)}")
    if document.issuer and not document.verified("issuer"):
        said.append(f"của {document.issuer}")
    where = "báo cáo cấp xã" if document.basis == "commune_report_only" else "một nguồn"
    return f"Theo {where} chưa được đối chiếu, văn bản này {' '.join(said)}" if said else None


def short_name(document: RegistryDocument) -> str:
    """Type and symbol."""
    return f"{document.type} số {document.symbol}"


def status(document: RegistryDocument, today: datetime.date) -> list[str]:
    """What became of the document, one sentence each, the gravest first."""
    said: list[str] = []
    if document.replaced_by:
        by = ", ".join(document.replaced_by)
        when = f" từ {format_date(document.effective_to)}" if document.effective_to else ""
        said.append(f"Văn bản này đã hết hiệu lực{when}, được thay thế bởi {by}")
    elif document.effective_to and document.effective_to <= today:
        said.append(f"Văn bản này hết hiệu lực từ ngày {format_date(document.effective_to)}")
    elif document.status == "expired":
        said.append("Văn bản này đã hết thời hạn áp dụng")
    elif document.status in ("in_force", "amended"):
        start = document.effective_from
        if start and start > today:
            said.append(f"Văn bản chưa có hiệu lực, có hiệu lực từ ngày {format_date(start)}")
        else:
            said.append("Còn hiệu lực" + (f", có hiệu lực từ ngày {format_date(start)}" if start else ""))
    else:
        said.append("Danh mục chưa xác minh được tình trạng hiệu lực của văn bản này")
    if document.amended_by:
        said.append(f"Được sửa đổi, bổ sung bởi {', '.join(document.amended_by)}")
    if document.succeeded_by:
        said.append(f"Văn bản của giai đoạn kế tiếp là {', '.join(document.succeeded_by)}")
    return said


def relations(document: RegistryDocument) -> list[str]:
    """What it replaces, amends and carries out."""
    said = []
    if document.replaces:
        said.append(f"Văn bản này thay thế {', '.join(document.replaces)}")
    if document.amends:
        said.append(f"Văn bản này sửa đổi, bổ sung {', '.join(document.amends)}")
    if document.implements:
        said.append(f"Ban hành để thực hiện {', '.join(document.implements)}")
    return said


def target_sentence(target: Target) -> str:
    """ "Quy mô kinh tế số so với GDP: tối thiểu 30% GDP, thời hạn 2030 (Mục II.1)" """
    said = target.text.rstrip(".;")
    if target.value and target.unit != "định tính":
        said += f": {amount(target.value, target.unit)}"
    if target.deadline:
        said += f", thời hạn {deadline(target.deadline)}"
    return said + (f" ({target.provision})" if target.provision else "")


def amount(value: str, unit: str | None) -> str:
    """A value with its comparison and unit in words: ">=30", "% GDP" -> "tối thiểu 30% GDP"."""
    match = _BOUND.match(value)
    sign, number = (match["sign"] or "", match["value"]) if match else ("", value)
    number = re.sub(r"(?<=\d)\.(?=\d{1,2}\b)", ",", number)
    # with spaces, so that both ends are read as figures
    number = re.sub(r"(?<=\d)-(?=\d)", " - ", number)
    unit = (unit or "").strip()
    if re.fullmatch(r"\d{4,}", number) and unit not in ("năm",):
        number = f"{int(number):,}".replace(",", ".")
    joined = f"{number}{unit}" if unit.startswith("%") else f"{number} {unit}".strip()
    return f"{_SAID.get(sign, '')}{joined}"


def deadline(text: str) -> str:
    """An ISO date, a year or words, as an officer writes it."""
    try:
        return format_date(datetime.date.fromisoformat(text))
    except ValueError:
        if month := re.fullmatch(r"(\d{4})-(\d{2})", text):
            return f"tháng {int(month.group(2))}/{month.group(1)}"
        return f"năm {text}" if re.fullmatch(r"\d{4}", text) else text


_ABOUT_THE_ENTRY = re.compile(
    r"(?i)nguồn|bản ghi|đối chiếu|theo bản tin|url|địa chỉ|trùng số|cùng số|mang số này|dấu chấm|khóa khác"
    r"|chưa (?:rõ|kiểm|xác)|tra cứu|danh mục này|kho văn bản"
)


def note_sentences(document: RegistryDocument) -> Iterable[str]:
    """Sentences of the note that state something of the document itself, not of the entry or where it was found."""
    for sentence in re.split(r"(?<=[.;])\s+", document.note or ""):
        if sentence and not _ABOUT_THE_ENTRY.search(sentence):
            said = sentence.rstrip(".;")
            yield said[:1].upper() + said[1:]
