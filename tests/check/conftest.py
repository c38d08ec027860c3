"""Building small reports and running one rule on them."""

from collections.abc import Callable, Mapping
from dataclasses import replace
from datetime import date
from typing import Any

import pytest

from assistant.check.build import build_report
from assistant.check.model import Draft
from assistant.check.report import Report
from assistant.check.rules import all_rules
from assistant.library.models import SourceDocument
from assistant.library.reading.plain import line_blocks

HEAD = """ỦY BAN NHÂN DÂN
XÃ VÂN MẪU
CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM
Độc lập - Tự do - Hạnh phúc
Số: 87/BC-UBND
Vân Mẫu, ngày 05 tháng 10 năm 2025
BÁO CÁO
Kết quả chuyển đổi số quý III năm 2025
Thực hiện chỉ đạo của cấp trên, UBND xã Vân Mẫu báo cáo kết quả chuyển đổi số quý III năm 2025 như sau:
"""
TAIL = """
Trên đây là báo cáo kết quả chuyển đổi số quý III năm 2025 của UBND xã Vân Mẫu./.
Nơi nhận:
- Sở Khoa học và Công nghệ;
- Lưu: VT.
TM. ỦY BAN NHÂN DÂN
CHỦ TỊCH
Lê Thị Mẫu
"""


def source_of(text: str, name: str = "thu.txt") -> SourceDocument:
    return SourceDocument(name, "txt", text, line_blocks(text))


def report_of(text: str, *, whole: bool = False, day: date | None = None) -> Report:
    """A report whose body is `text`; with `whole` the text is all there is."""
    return build_report(source_of(text if whole else HEAD + text + TAIL), report_date=day)


def drafts_of(rule: str, report: Report) -> list[Draft]:
    return [one for known in all_rules() if known.id == rule for one in known.check(report)]


def quotes_of(rule: str, report: Report) -> list[str]:
    """What a rule marks in a report, white space put right; "" for what has no place."""
    text = report.source.text
    return [
        " ".join(text[one.start : one.end].split()) if one.start is not None else "" for one in drafts_of(rule, report)
    ]


@pytest.fixture(scope="session")
def registry() -> Any:
    from assistant.legal import Registry

    return Registry.load()


@pytest.fixture(scope="session")
def report_types() -> Any:
    from assistant.reports import load_report_types

    return load_report_types()


@pytest.fixture
def with_references(registry: Any) -> Callable[[Report], Report]:
    """The report with its references verified."""
    from assistant.check.references import reference_objects

    def add(report: Report) -> Report:
        found, _ = reference_objects(report.source, registry, report.report_date, report.unit.province)
        references: tuple[Mapping[str, Any], ...] = found
        return replace(report, references=references)

    return add
