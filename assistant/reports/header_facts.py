"""What stands around the sections of a report, in words: whom it goes to, how it opens and ends, who signs it."""

import re
from collections.abc import Mapping

from assistant.reports.types import ReportType

_UNITS = {"people_committee": "Ủy ban nhân dân xã", "steering_committee": "Ban Chỉ đạo xã"}
# what stands at the places of the opening and closing sentences
_PLACES = {
    "triggering_docs": "(văn bản yêu cầu báo cáo)",
    "legal_basis_docs": "(các văn bản căn cứ)",
    "report_title": "(tên báo cáo)",
    "council_name": "Hội đồng nhân dân xã",
}


def header_facts(kind: ReportType) -> Mapping[str, str]:
    """The facts of a report type by their label, those that the outline leaves open left out."""
    facts = {
        "Mục đích": kind.purpose,
        "Nơi nhận báo cáo": kind.recipient,
        "Khi nào phải báo cáo": kind.trigger,
        "Kỳ báo cáo": kind.period,
        "Kính gửi": "; ".join(kind.addressees) or "không có dòng Kính gửi, cơ quan nhận đứng đầu Nơi nhận",
        "Câu mở đầu viện dẫn": kind.opening_cites or kind.trigger,
        "Mẫu câu mở đầu": f"«{_sentence(kind, kind.opening)}»",
        "Mẫu câu kết": f"«{_sentence(kind, kind.closing)}»",
        "Lưu ý câu kết": kind.closing_note,
        "Khối ký": " / ".join(signature_lines(kind)),
        "Nơi nhận": "; ".join(recipient.rstrip(".;") for recipient in kind.recipients),
    }
    return {label: fact for label, fact in facts.items() if fact}


def reporting_unit(kind: ReportType) -> str:
    """Whose report it is."""
    return _UNITS[kind.unit]


def signature_lines(kind: ReportType) -> tuple[str, ...]:
    """The lines above the signer's name. The People's Committee decides as a body: a report of it is signed on behalf
    of it."""
    sign = kind.signature
    authority = sign.authority or ("TM. ỦY BAN NHÂN DÂN" if kind.unit == "people_committee" else None)
    return tuple(line for line in (authority, sign.capacity, sign.title, sign.post) if line)


def _sentence(kind: ReportType, pattern: str) -> str:
    places = {
        **_PLACES,
        "org_name": reporting_unit(kind),
        "addressees": ", ".join(kind.addressees) or kind.recipient,
    }
    return re.sub(r"\{(\w+)\}", lambda place: places.get(place[1], "…"), pattern)
