# ruff: noqa: E501 (a pattern and the row of a rule stay on one line)
"""Totals of tables: columns that do not add up to their last row, rows whose share is not what their figures give."""

import re
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from decimal import Decimal

from assistant.check.model import Draft, Rule
from assistant.check.report import Paragraph, Report, Table
from assistant.check.rules.ratios import fits
from assistant.check.text_tools import draft, number
from assistant.vietnamese.numbers import format_number, format_percent, parse_number

_TOTAL = re.compile(r"(?:tổng(?: cộng| số)?|cộng|toàn xã)\s*:?\s*", re.IGNORECASE)
_PLAIN_TOTAL = re.compile(
    r"(?:[Tt]ổng cộng|TỔNG CỘNG|[Tt]ổng số|TỔNG SỐ|Cộng)\s*:?\s*(?P<n>\d{1,3}(?:\.\d{3})+|\d+)\s*(?:đồng)?$"
)
_AMOUNT = re.compile(r"(?<![\w.,/-])\d{1,3}(?:\.\d{3}){2,}(?![\w.,/])")
# columns whose figures are not to be added up
_NO_SUM = re.compile(r"%|tỷ lệ|tỉ lệ|bình quân|đơn giá|năm\b.*thành lập|điểm trung bình|xếp hạng|STT", re.I)
Grid = dict[tuple[int, int], Paragraph]


def column_totals(report: Report) -> Iterator[Draft]:
    """ "Tổng cộng" under a column of figures."""
    for table in report.tables:
        grid, rows = _grid(table)
        told = {cell.index for cell, _, _ in _row_slips(grid, rows)}
        for row in rows[1:]:
            if _is_total(grid, row):
                yield from _judge_total(grid, rows, row, told)


def _grid(table: Table) -> tuple[Grid, list[int]]:
    grid = {(cell.table[1], cell.table[2]): cell for row in table.rows for cell in row if cell.table}
    return grid, sorted({row for row, _ in grid})


def _is_total(grid: Grid, row: int) -> bool:
    return any(_TOTAL.fullmatch(cell.text.strip()) for (r, column), cell in grid.items() if r == row and column <= 2)


def _judge_total(grid: Grid, rows: Sequence[int], total_row: int, told: set[int]) -> Iterator[Draft]:
    """Each column of figures, above the total or, where the total comes first, below it."""
    body = [row for row in rows if row < total_row and row > rows[0]]
    if not body or all(_figure(cell) is None for (r, _), cell in grid.items() if r in body):
        body = [row for row in rows if row > total_row]
    body = [row for row in body if not _is_header_like(grid, row)]
    for column in sorted({c for r, c in grid if r == total_row}):
        cell = grid[total_row, column]
        total = _figure(cell)
        values = [_figure(grid[row, column]) if (row, column) in grid else None for row in body]
        known = [value for value in values if value is not None]
        if total is None or len(known) < 2 or len(known) < len(body) or "%" in cell.text:
            continue
        heading = grid.get((rows[0], column))
        if any((row, column) in grid and "%" in grid[row, column].text for row in body) or _is_serial(known):
            continue
        if heading is not None and _NO_SUM.search(heading.text):
            continue
        made = sum(known, Decimal(0))
        if any((row, column) in grid and grid[row, column].index in told for row in body):
            continue  # the cell that spoils the sum is marked
        if made != total and (odd := _in_other_unit(known, total)) is not None:
            cell = next(grid[row, column] for row in body if _figure(grid[row, column]) == odd[0])
            message = f"Cột này tính theo đơn vị lớn hơn: ghi {cell.text.strip()} thì cột không cộng được {format_number(total)}; đúng là {format_number(odd[1])}."
            yield draft(cell, 0, len(cell.text), message, format_number(odd[1]), category="format", rank=80)
            continue
        if made != total and not _has_groups(grid, body):
            yield draft(
                cell,
                0,
                len(cell.text),
                f"Cột cộng lại được {format_number(made)}, ô tổng ghi {format_number(total)} (chênh {format_number(abs(made - total))}).",
                format_number(made),
                rank=93,
            )


def _in_other_unit(values: Sequence[Decimal], total: Decimal) -> tuple[Decimal, Decimal] | None:
    """The one figure in đồng (or thousands) of a column in millions, and what it should be."""
    large = [value for value in values if value > total]
    if len(large) != 1:
        return None
    rest = sum(values, Decimal(0)) - large[0]
    return next(
        ((large[0], large[0] / scale) for scale in (1_000, 1_000_000) if rest + large[0] / scale == total), None
    )


def _figure(cell: Paragraph) -> Decimal | None:
    text = cell.text.strip()
    return Decimal(0) if text in ("-", "–") else parse_number(text)


def _is_serial(values: Sequence[Decimal]) -> bool:
    return list(values) == [Decimal(n) for n in range(1, len(values) + 1)]


def _is_header_like(grid: Grid, row: int) -> bool:
    """A row of column numbers "(1) (2) (3)" or letters."""
    texts = [cell.text.strip() for (r, _), cell in grid.items() if r == row]
    return all(re.fullmatch(r"\(?[A-Z\d]{1,2}(?:=[^)]*)?\)?", text) for text in texts) and _is_serial(
        [Decimal(d) for text in texts if (d := text.strip("()")).isdigit()]
    )


def _has_groups(grid: Grid, rows: Sequence[int]) -> bool:
    """Rows I, II, III over their own parts: a plain sum would count twice."""
    first = [grid[row, 0].text.strip() for row in rows if (row, 0) in grid]
    return any(re.fullmatch(r"[IVX]{1,4}\.?|[A-Z]\.?|\d+\.\d+\.?|-|\+", text) for text in first)


def row_sums(report: Report) -> Iterator[Draft]:
    """A column that is the sum of others in nearly every row, and is not in one."""
    for table in report.tables:
        for cell, right, terms in _row_slips(*_grid(table)):
            message = f"{terms}; ô này ghi {cell.text.strip()}, các dòng khác đều khớp."
            yield draft(cell, 0, len(cell.text), message, format_number(right), rank=91)


def _row_slips(grid: Grid, rows: Sequence[int]) -> Iterator[tuple[Paragraph, Decimal, str]]:
    """The cells that spoil the sum of their row: what they should be, and how that is known."""
    body = [row for row in rows[1:] if not _is_header_like(grid, row)]
    figures = {key: value for key, cell in grid.items() if key[0] in body and (value := _figure(cell)) is not None}
    columns = sorted({column for _, column in figures})
    for total in columns:
        others = [column for column in columns if column > total]
        for last in range(2, len(others) + 1):
            yield from _odd_rows(grid, figures, body, total, others[:last])


def _odd_rows(
    grid: Grid, figures: dict[tuple[int, int], Decimal], rows: Sequence[int], total: int, parts: Sequence[int]
) -> Iterator[tuple[Paragraph, Decimal, str]]:
    whole = [row for row in rows if all((row, column) in figures for column in (total, *parts))]
    made = {row: sum((figures[row, column] for column in parts), Decimal(0)) for row in whole}
    odd = [row for row in whole if made[row] != figures[row, total] and not _is_total(grid, row)]
    plain = [
        row
        for row in whole
        if made[row] == figures[row, total] and sum(figures[row, column] > 0 for column in parts) > 1
    ]
    if len(odd) > 1 or len(plain) < 2:
        return
    for row in odd:
        wrong = figures[row, total]
        for part in parts:
            # the column's own total says which of the row's cells is the wrong one
            right = wrong - (made[row] - figures[row, part])
            if right >= 0 and _column_off(figures, grid, whole, part) == right - figures[row, part]:
                yield (
                    grid[row, part],
                    right,
                    f"{format_number(wrong)} - {format_number(made[row] - figures[row, part])} = {format_number(right)}",
                )
                return
        if len(plain) < 3:
            continue  # two rows alone may be so by chance
        terms = " + ".join(format_number(figures[row, column]) for column in parts)
        yield grid[row, total], made[row], f"{terms} = {format_number(made[row])}"


def _column_off(
    figures: dict[tuple[int, int], Decimal], grid: Grid, rows: Sequence[int], column: int
) -> Decimal | None:
    """By how much the total of a column is more than its rows; None without a total."""
    totals = [row for row in rows if _is_total(grid, row)]
    if len(totals) != 1:
        return None
    return figures[totals[0], column] - sum((figures[row, column] for row in rows if row not in totals), Decimal(0))


_SHARE_COLUMN = re.compile(r"tỷ lệ|tỉ lệ|tỷ trọng|tỉ trọng|cơ cấu|%", re.I)


def row_shares(report: Report) -> Iterator[Draft]:
    """A share "%" that in nearly every row is one column in a hundred of another, and is not in one."""
    for table in report.tables:
        grid, rows = _grid(table)
        head = {c: grid[r, c].text for r, c in grid if rows and r == rows[0]}
        slips = {cell.table[1] for cell, _, _ in _row_slips(grid, rows) if cell.table}
        for column in [c for c, text in head.items() if _SHARE_COLUMN.search(text)]:
            figured = Counter(c for (r, c), cell in grid.items() if r != rows[0] and _figure(cell) is not None)
            counts = [c for c in head if 0 < c < column and figured[c] and not _SHARE_COLUMN.search(head[c])]
            pairs = [(a, b) for a in counts for b in counts if a != b]
            told = [_share_rows(grid, [r for r in rows[1:] if not _is_total(grid, r)], a, b, column) for a, b in pairs]
            best = max(told, key=lambda shares: sum(share.fits for share in shares), default=[])
            odd = [share for share in best if not share.fits and share.cell.table and share.cell.table[1] not in slips]
            certain = len(counts) == 2 or len(best) - len(odd) >= max(3, 2 * len(odd))
            for share in odd if certain else ():
                right = format_percent(share.part * 100 / share.whole)
                message = f"{format_number(share.part)}/{format_number(share.whole)} = {right}, ô tỷ lệ ghi {share.cell.text.strip()}."
                yield draft(share.cell, 0, len(share.cell.text), message, right, rank=90)


@dataclass(frozen=True, slots=True)
class _Share:
    """A cell with a share, and the two figures of its row that it may be of."""

    cell: Paragraph
    part: Decimal
    whole: Decimal
    fits: bool


def _share_rows(grid: Grid, rows: Sequence[int], part: int, whole: int, column: int) -> list[_Share]:
    found: list[_Share] = []
    for row in rows:
        cells = [grid.get((row, c)) for c in (part, whole, column)]
        if any(cell is None for cell in cells):
            continue
        a, b = (_figure(cell) for cell in cells[:2] if cell is not None)
        share = cells[2]
        match = re.fullmatch(r"(\d{1,3}(?:[.,]\d+)?)\s?%?", share.text.strip()) if share else None
        if share is None or match is None or a is None or not b or a > b or number(match.group(1)) > 100:
            continue
        found.append(_Share(share, a, b, fits(a, b, match.group(1)) or fits(b, b, match.group(1))))
    return found


_DIFFERENCE = re.compile(r"tăng|giảm|chênh|so sánh", re.I)


def row_differences(report: Report) -> Iterator[Draft]:
    """A column "Tăng, giảm" that in the other rows is the difference of the two before it."""
    for table in report.tables:
        grid, rows = _grid(table)
        heads = [c for r, c in grid if rows and r == rows[0] and _DIFFERENCE.search(grid[r, c].text) and c >= 2]
        for column in heads:
            whole: list[tuple[Paragraph, Decimal, Decimal]] = []
            for row in rows[1:]:
                cell = grid.get((row, column))
                before, after, told = (_unsigned(grid.get((row, c))) for c in (column - 2, column - 1, column))
                if cell is not None and before is not None and after is not None and told is not None:
                    whole.append((cell, abs(after - before), told))
            odd = [slip for slip in whole if slip[1] != slip[2]]
            for cell, made, _ in odd if len(odd) == 1 and len(whole) >= 3 else ():
                message = f"Hiệu của hai cột trước là {format_number(made)}, ô này ghi {cell.text.strip()}; các dòng khác đều khớp."
                yield draft(cell, 0, len(cell.text), message, rank=90)


def _unsigned(cell: Paragraph | None) -> Decimal | None:
    return parse_number(cell.text.strip().lstrip("+-–− ")) if cell is not None and "%" not in cell.text else None


def empty_cells(report: Report) -> Iterator[Draft]:
    """The one row without a figure in a column whose total counts more than the others make."""
    for table in report.tables:
        grid, rows = _grid(table)
        total_row = next((row for row in rows[1:] if _is_total(grid, row)), None)
        body = [row for row in rows[1:] if row != total_row]
        for column in sorted({c for r, c in grid if r == total_row}) if len(body) >= 4 else ():
            total = _figure(grid[total_row or 0, column])
            empty = [row for row in body if (row, column) not in grid]
            values = [_figure(grid[row, column]) for row in body if row not in empty]
            known = [value for value in values if value is not None]
            if total is None or len(empty) != 1 or len(known) < len(values) or sum(known, Decimal(0)) >= total:
                continue
            cells = [grid[empty[0], c] for c in sorted(c for r, c in grid if r == empty[0])]
            heading = grid.get((rows[0], column))
            left = format_number(total - sum(known, Decimal(0)))
            if len(cells) < 2 or heading is None:
                continue
            message = f"Ô «{heading.text}» của dòng này để trống; theo dòng tổng thì còn {left}."
            yield Draft(cells[0].whole[0], cells[-1].whole[1], message, rank=75)


def column_shares(report: Report) -> Iterator[Draft]:
    """A column "Tỷ trọng" of a column with a total: what its other rows follow, each must."""
    for table in report.tables:
        grid, rows = _grid(table)
        total_row = next((row for row in rows[1:] if _is_total(grid, row)), None)
        for column in (
            sorted({c for r, c in grid if r == rows[0] and _SHARE_COLUMN.search(grid[r, c].text)}) if rows else ()
        ):
            for counted in range(column - 1, 0, -1):
                total = (
                    _figure(grid[total_row, counted])
                    if total_row is not None and (total_row, counted) in grid
                    else None
                )
                pairs = [
                    (grid[row, column], value, share.group(1))
                    for row in rows[1:]
                    if row != total_row
                    and {(row, column), (row, counted)} <= grid.keys()
                    and (value := _figure(grid[row, counted])) is not None
                    and (share := re.fullmatch(r"(\d{1,3}(?:[.,]\d+)?)\s?%?", grid[row, column].text.strip()))
                ]
                odd = [pair for pair in pairs if total and not fits(pair[1], total, pair[2])]
                if not total or len(pairs) - len(odd) < max(2, len(odd)):
                    continue
                for cell, value, _ in odd:
                    if value <= total:
                        right = format_percent(value * 100 / total)
                        message = (
                            f"{format_number(value)}/{format_number(total)} = {right}, ô này ghi {cell.text.strip()}."
                        )
                        yield draft(cell, 0, len(cell.text), message, right, rank=90)
                break


def plain_totals(report: Report) -> Iterator[Draft]:
    """A table that lost its grid on the way from a PDF: amounts above a "Tổng cộng" line."""
    amounts: list[Decimal] = []
    for paragraph in report.zone("appendix"):
        if paragraph.table is not None:
            continue
        match = _PLAIN_TOTAL.search(paragraph.text)
        if match and len(amounts) >= 3:
            total, made = number(match["n"]), sum(amounts, Decimal(0))
            # amounts inside the text of a row would spoil the sum: only a near miss is certain
            if made != total and abs(made - total) <= total / 20:
                message = f"Cộng {len(amounts)} dòng được {format_number(made)}, dòng tổng ghi {match['n']}."
                yield draft(
                    paragraph, *match.span(), message, match.group().replace(match["n"], format_number(made)), rank=93
                )
            amounts = []
        else:
            amounts.extend(number(m.group()) for m in _AMOUNT.finditer(paragraph.text))


RULES = (
    Rule(
        "column_total",
        "arithmetic",
        "error",
        "Phép cộng",
        "bảng tự viết để thử, gồm bảng có nhóm và dòng số cột",
        column_totals,
    ),
    Rule(
        "row_sum",
        "arithmetic",
        "error",
        "Phép cộng: cột bằng tổng các cột sau ở mọi dòng khác",
        "bảng tự viết để thử",
        row_sums,
    ),
    Rule(
        "row_difference",
        "arithmetic",
        "error",
        "Phép trừ: cột tăng, giảm bằng hiệu hai cột trước ở mọi dòng khác",
        "bảng tự viết để thử; 3 báo cáo xã: 0 báo nhầm",
        row_differences,
    ),
    Rule(
        "empty_cell",
        "missing_figure",
        "error",
        "Dòng tổng tính cả dòng để trống",
        "bảng tự viết để thử; 3 báo cáo xã: 0 báo nhầm",
        empty_cells,
    ),
    Rule(
        "column_share",
        "arithmetic",
        "error",
        "Phép chia: tỷ trọng trong tổng của cột",
        "bảng tự viết để thử; 3 báo cáo xã: 0 báo nhầm",
        column_shares,
    ),
    Rule("row_share", "arithmetic", "error", "Phép chia", "bảng tự viết để thử", row_shares),
    Rule("plain_total", "arithmetic", "error", "Phép cộng", "3 báo cáo xã: 1 bảng khớp không báo", plain_totals),
)
