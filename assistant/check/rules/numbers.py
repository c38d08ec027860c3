# ruff: noqa: E501 (a pattern and the row of a rule stay on one line)
"""Figures that are no numbers, shares above 100, decimal points and thousands written in two ways."""

import re
from collections.abc import Iterator
from itertools import pairwise

from assistant.check.model import Draft, Rule
from assistant.check.report import Paragraph, Report
from assistant.check.rules.ratios import fits
from assistant.check.text_tools import COUNT, draft
from assistant.vietnamese.numbers import format_number, read_digits

# more separators than a number can have, groups of the wrong size, or dot and comma the wrong way round
_BROKEN = re.compile(
    r"(?<![\w./,:-])(?:\d+(?:\.\d+){2,}(?:,\d+)?|\d+(?:,\d+){2,}(?:\.\d+)?|\d+\.\d+,\d+|\d+(?:,\d+)+\.\d+|\d+\.\d{4,}|\d{4,}\.\d{3}|\d{1,3}\.\d{1,2}(?=\s+(?:hồ sơ|văn bản|người|hộ|lượt|đối tượng|tài khoản|thủ tục|thành viên|học sinh|giao dịch|phiếu|nhân khẩu|khẩu|tin|máy tính)\b))(?=\s?%|\s+[^\W\d_])(?!\s+(?:tháng|năm|ngày|nêu|quy định|của)\b)"
)
_PROPER = re.compile(r"\d{1,3}(?:\.\d{3})+(?:,\d+)?|\d{1,3}(?:,\d{3}){2,}")
_NO_NUMBER_BEFORE = re.compile(r"(?:[Mm]ục|[Kk]hoản|[Đđ]iều|[Pp]hần|[Pp]hiên bản|[Tt]iểu mục|[Đđ]iểm|IP|ngày|v)\s*$")
_BROKEN_SYMBOL = re.compile(r"(?<!\w)[Ss]ố:?\s+\d+[.,]\d+\s?/\s?[A-ZĐ]{2}[\wĐ/-]*")
_DOUBLE_SIGN = re.compile(r"\d+(?:[.,]\d+)?\s?%\s?%|%\s?/(?=\s*[:;.,])|(?<!\d)[.,]\d+\s?%|\d+[.,]\s?%")


def malformed(report: Report) -> Iterator[Draft]:
    for paragraph in report.paragraphs:
        if not re.search(r"\d", paragraph.text):
            continue
        for match in _BROKEN.finditer(paragraph.text):
            sign = re.match(r"\s?%", paragraph.text[match.end() :])
            if _PROPER.fullmatch(match.group()) and not (sign and "." in match.group()):
                continue
            if match.start() < paragraph.words_start or _NO_NUMBER_BEFORE.search(paragraph.text[: match.start()]):
                continue
            end = match.end() + (sign.end() if sign else 0)
            yield draft(
                paragraph,
                match.start(),
                end,
                f"«{paragraph.text[match.start() : end]}» không phải là một số viết đúng.",
                rank=87,
            )
        for match in _BROKEN_SYMBOL.finditer(paragraph.text):
            right = re.sub(r"(?<=\d)[.,](?=\d)", "", match.group())
            message = f"Số của văn bản là số nguyên, không có dấu chấm, phẩy: «{right}»?"
            yield draft(paragraph, *match.span(), message, right, rank=86)
        for match in _DOUBLE_SIGN.finditer(paragraph.text):
            stray_slash = "/" in match.group()
            lead = re.search(r"[^\s:;,]*\s?$", paragraph.text[: match.start()]) if stray_slash else None
            start = lead.start() if lead else match.start()
            yield draft(
                paragraph,
                start,
                match.end(),
                "Thừa dấu sau số." if stray_slash else f"«{match.group()}» viết thừa hoặc thiếu dấu.",
                paragraph.text[start : match.end()].replace("%/", "%").replace("% %", "%").replace("%%", "%")
                if stray_slash
                else "",
                severity="info" if stray_slash else None,
                category="spelling" if stray_slash else None,
                rank=40,
            )


_SHARE = re.compile(r"(?<![\w.,/-])(?P<p>\d{3,4}(?:[.,]\d+)?)\s?%")
_MAY_EXCEED = re.compile(
    r"tăng|vượt|kế hoạch|chỉ tiêu|dự toán|so với|cùng kỳ|gấp|hoàn thành|tiến độ|mức|GRDP|thu|nghị quyết", re.I
)


def above_hundred(report: Report) -> Iterator[Draft]:
    """A share of more than 100 % where nothing grows."""
    against_plan = {t.index for t in report.tables if _MAY_EXCEED.search(" ".join(c.text for c in t.rows[0]))}
    for paragraph in report.paragraphs:
        if paragraph.table and paragraph.table[0] in against_plan:
            continue
        for match in _SHARE.finditer(paragraph.text):
            value = read_digits(match["p"])
            if value is None or value <= 100:
                continue
            around = paragraph.text[max(match.start() - 70, 0) : match.end() + 30]
            figures = [
                read_digits(m.group())
                for m in re.finditer(COUNT, paragraph.text[max(match.start() - 90, 0) : match.start()])
            ]
            given = any(a and b and fits(a, b, match["p"]) for a, b in pairwise(figures))
            compared = re.search(r"\bbằng\s*$", paragraph.text[: match.start()], re.I)
            if not given and not compared and not _MAY_EXCEED.search(around):
                yield draft(
                    paragraph, *match.span(), f"Tỷ lệ {match['p']}% lớn hơn 100%; kiểm tra lại tử số, mẫu số.", rank=60
                )


_POINT = re.compile(r"(?<![\w.,/-])(?P<a>\d{1,3})\.(?P<b>\d{1,2})\s?%")
# "1,941 hồ sơ": what is counted has no thousandths; what is weighed or measured has
_COMMA_THOUSANDS = re.compile(
    r"(?<![\w.,/-])[1-9]\d{0,2}(?:,\d{3})+(?=\s+(?!(?:tấn|tạ|yến|kg|ha|hecta|héc|km|m|mét|cm|lít|tỷ|tỉ|triệu|nghìn|ngàn|điểm|lần|độ|giờ|phút|giây|MW|kW|GB|TB|MB|Mbps|Gbps|USD|so|và|đến|thì|là|tại|trên|tăng|giảm)\b)[^\W\d_])"
)
_PLAIN_THOUSANDS = re.compile(
    r"(?<![\w.,/:-])(?!20[0-4]\d(?!\d))\d{4,9}(?=\s+(?:hồ sơ|văn bản|người|hộ|lượt|đồng|thủ tục|tài khoản|máy|tin|kết quả))"
)
_GROUPED = re.compile(r"(?<![\w.,/-])\d{1,3}\.\d{3}(?:\.\d{3})*(?![\w.,/])")


def decimal_point(report: Report) -> Iterator[Draft]:
    """ "98.55%" for "98,55%"."""
    for paragraph in report.paragraphs:
        for match in _POINT.finditer(paragraph.text):
            right = f"{match['a']},{match['b']}%"
            yield draft(paragraph, *match.span(), f"Số thập phân viết bằng dấu phẩy: «{right}».", right, rank=12)


def thousands(report: Report) -> Iterator[Draft]:
    """ "1941 hồ sơ" in a report that elsewhere writes "4.770"; "1,941 hồ sơ" anywhere."""
    grouped = any(_GROUPED.search(p.text) for p in report.paragraphs)
    for paragraph in report.paragraphs:
        for match in _COMMA_THOUSANDS.finditer(paragraph.text):
            right = match.group().replace(",", ".")
            message = f"Hàng nghìn ngăn bằng dấu chấm: «{right}»; dấu phẩy là dấu thập phân."
            yield draft(
                paragraph, *match.span(), message, right, category="malformed_number", severity="warning", rank=58
            )
        if grouped:
            yield from _ungrouped(paragraph)


def _ungrouped(paragraph: Paragraph) -> Iterator[Draft]:
    for match in _PLAIN_THOUSANDS.finditer(paragraph.text):
        right = format_number(int(match.group()))
        noun = re.match(r"\s+\S+(?:\s+(?:sơ|bản|tục|khoản))?", paragraph.text[match.end() :])
        end = match.end() + (noun.end() if noun else 0)
        fixed = right + paragraph.text[match.end() : end]
        yield draft(
            paragraph,
            match.start(),
            end,
            f"Hàng nghìn chỗ có dấu chấm, chỗ không; thống nhất «{right}».",
            fixed,
            rank=11,
        )


RULES = (
    Rule(
        "malformed_number",
        "malformed_number",
        "error",
        "Cách viết số",
        "3 báo cáo xã: 1 lỗi đúng; 15 văn bản: 0 báo nhầm",
        malformed,
    ),
    Rule(
        "above_hundred",
        "malformed_number",
        "warning",
        "Tỷ lệ của một phần không quá 100%",
        "3 báo cáo xã: 0 báo nhầm",
        above_hundred,
    ),
    Rule(
        "decimal_point",
        "format",
        "info",
        "Luật Kế toán 88/2015/QH13, Điều 11",
        "3 báo cáo xã: 3 chỗ đúng",
        decimal_point,
    ),
    Rule("thousands", "format", "info", "Luật Kế toán 88/2015/QH13, Điều 11", "3 báo cáo xã: đúng", thousands),
)
