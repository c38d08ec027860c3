"""The figures of a report: value, unit, and what each counts."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from decimal import Decimal

from assistant.check.report import Paragraph, Report, Table
from assistant.check.text_tools import COUNT, number
from assistant.vietnamese.numbers import parse_number
from assistant.vietnamese.text import fold

_UNIT = (
    r"hồ sơ|văn bản|thành viên|lượt người|lượt|người|hộ|tổ|máy|tài khoản|chữ ký số|chứng thư số|ấp|thôn|bản|buôn"
    r"|kết quả|cuộc|lớp|buổi|tin, bài|tin bài|thủ tục|sản phẩm|doanh nghiệp|nhiệm vụ|chỉ tiêu|triệu đồng|tỷ đồng|đồng"
)
_VALUED = re.compile(
    rf"(?P<sign>:|\blà|\bđạt|\bcó|\bgồm|\bđược)\s*(?:tỷ lệ\s*)?"
    rf"(?P<n>{COUNT}|(?<![\w.,/-])\d+,\d+)(?P<unit>\s?%|\s+(?:{_UNIT}))?(?!\w)"
)
# what is counted: from the head of the clause, or from a word that opens the name of a quantity
_NAMED = re.compile(r"(?:[Tt]ổng số|[Tt]ổng|[Ss]ố lượng|[Ss]ố lượt|[Ss]ố|[Tt]ỷ lệ|[Tt]ỉ lệ|[Kk]inh phí)\s[^.,;:()\d]*$")
_CLAUSE = re.compile(r"[^\W\d_][^.,;:()\d]*$")
_LENGTH = 120
_MOST_WORDS = 18


@dataclass(frozen=True, slots=True)
class Fact:
    """One figure.

    Attributes:
        what: words that say what it counts, as written.
        key: the same, folded.
        value: the figure; percents as written (99.82).
        unit: "hồ sơ", "%" …; empty where none is written.
        paragraph: where it stands; `start`, `end` cover its words and the figure in the paragraph's text.
        written: the figure as written.
    """

    what: str
    key: str
    value: Decimal
    unit: str
    paragraph: Paragraph
    start: int
    end: int
    written: str


def facts_of(report: Report) -> list[Fact]:
    """Every figure whose words say what it counts, in body, appendix and tables, in order."""
    found = [fact for p in report.zone("body", "appendix") if p.table is None for fact in _in_prose(p)]
    found.extend(fact for table in report.tables for fact in _in_table(table))
    return sorted(found, key=lambda fact: fact.paragraph.index)


def _in_prose(paragraph: Paragraph) -> Iterator[Fact]:
    text = paragraph.text
    for match in _VALUED.finditer(text):
        before = text[max(match.start() - _LENGTH, paragraph.words_start, 0) : match.start()].rstrip()
        name = _NAMED.search(before) or (_CLAUSE.search(before) if match["sign"] == ":" else None)
        if name is None or len(name.group().split()) > _MOST_WORDS:
            continue
        what = name.group().strip()
        start = text.rindex(what, 0, match.start())
        unit = " ".join((match["unit"] or "").split())
        yield Fact(what, _key(what), number(match["n"]), unit, paragraph, start, match.end(), match["n"])


def _in_table(table: Table) -> Iterator[Fact]:
    """Rows of a name and one figure; what has several columns of figures is named by row and column."""
    header = {cell.table[2]: cell.text for cell in table.rows[0] if cell.table} if table.rows else {}
    for row in table.rows[1:]:
        names = [c for c in row if parse_number(c.text) is None and re.search(r"[^\W\d_]{2}", c.text)]
        values = [(c, v) for c in row if (v := parse_number(c.text)) is not None and c.table and c.table[2] > 0]
        if not names or not values:
            continue
        name = names[0]
        values = [(c, v) for c, v in values if c.index > name.index]
        for cell, value in values:
            column = header.get(cell.table[2], "") if cell.table else ""
            what = name.text if len(values) == 1 else f"{name.text} {column}".strip()
            unit = "%" if "%" in cell.text or re.search(r"%|tỷ lệ", column, re.IGNORECASE) else ""
            yield Fact(what, _key(what), value, unit, cell, 0, len(cell.text), cell.text)


def _key(what: str) -> str:
    return " ".join(re.findall(r"\w+", fold(what)))
