"""The rules of Decree 30/2020/NĐ-CP of severity error, tested on a Word file as the effective formatting stands."""

import datetime
import itertools
import re
import zipfile
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from docx import Document
from docx.enum.text import WD_ALIGN_PARAGRAPH
from docx.oxml.ns import qn

COUNTRY = "CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM"
_NAME = re.compile(r"^[^\W\d_a-zđ]\w*(?: [^\W\d_a-zđ]\w*){1,5}$")
_LETTERS = "abcdđeghiklmnopqrstuvxy"


def chain(style: Any) -> Iterator[Any]:
    while style is not None:
        yield style
        style = style.base_style


def effective(run: Any, paragraph: Any, name: str) -> Any:
    """A property of a run's font: its own, else that of its paragraph's style chain."""
    value = getattr(run.font, name)
    if value is not None:
        return value
    return next((v for s in chain(paragraph.style) if (v := getattr(s.font, name)) is not None), None)


def paragraph_property(paragraph: Any, name: str) -> Any:
    value = getattr(paragraph.paragraph_format, name)
    if value is not None:
        return value
    return next((v for s in chain(paragraph.style) if (v := getattr(s.paragraph_format, name)) is not None), None)


def fonts(run: Any, paragraph: Any) -> set[str]:
    """The four font names a run is set in."""
    found: dict[str, str] = {}
    sources = [run._r.rPr] + [s.element.rPr for s in chain(paragraph.style)]
    for properties in sources:
        names = None if properties is None else properties.find(qn("w:rFonts"))
        if names is not None:
            for side in ("ascii", "hAnsi", "eastAsia", "cs"):
                found.setdefault(side, names.get(qn(f"w:{side}")))
    return {found.get(side) for side in ("ascii", "hAnsi", "eastAsia", "cs")}


class Checked:
    """A Word report taken apart; `breaches` lists each rule it breaks."""

    def __init__(self, path: Path) -> None:
        self.document = Document(str(path))
        self.path = path
        self.head = self.document.tables[0]
        self.sign = next(t for t in reversed(self.document.tables) if "Nơi nhận" in t.rows[0].cells[0].text)
        self.paragraphs = [p for p in self.document.paragraphs if p.text.strip()]
        self.found: list[str] = []

    def expect(self, rule: str, holds: bool, detail: object = "") -> None:
        if not holds:
            self.found.append(f"{rule}: {detail}")

    def breaches(self) -> list[str]:
        for check in (self.page, self.font, self.letterhead, self.number, self.date, self.subject, self.body,
                      self.headings, self.addressees, self.recipients, self.signature, self.annexes, self.text,
                      self.package):  # fmt: skip
            check()
        return self.found

    # --- format ----------------------------------------------------------------------------------------------

    def page(self) -> None:
        for section in self.document.sections:
            landscape = section.page_width > section.page_height
            width, height = section.page_width.mm, section.page_height.mm
            self.expect("PAGE-01", abs(min(width, height) - 210) <= 1 and abs(max(width, height) - 297) <= 1)
            self.expect("PAGE-02", not landscape or section is not self.document.sections[0])
            self.expect("PAGE-03", 19.5 <= section.top_margin.mm <= 25.5)
            self.expect("PAGE-04", 19.5 <= section.bottom_margin.mm <= 25.5)
            self.expect("PAGE-05", 29.5 <= section.left_margin.mm <= 35.5)
            self.expect("PAGE-06", 14.5 <= section.right_margin.mm <= 20.5)
            field = [p for p in section.header.paragraphs if "PAGE" in p._p.xml]
            self.expect(
                "PAGE-07", bool(field) and paragraph_property(field[0], "alignment") == WD_ALIGN_PARAGRAPH.CENTER
            )
            self.expect("PAGE-07", "PAGE" not in section.footer._element.xml)
            self.expect("PAGE-08", section.different_first_page_header_footer)
            self.expect("PAGE-08", "PAGE" not in section.first_page_header._element.xml)

    def all_paragraphs(self) -> Iterator[Any]:
        yield from self.document.paragraphs
        for table in self.document.tables:
            for row in table.rows:
                for cell in row.cells:
                    yield from cell.paragraphs
        for section in self.document.sections:
            yield from section.header.paragraphs

    def font(self) -> None:
        for paragraph in self.all_paragraphs():
            for run in paragraph.runs:
                if not run.text.strip():
                    continue
                self.expect("FONT-01", fonts(run, paragraph) == {"Times New Roman"}, run.text[:40])
                colour = effective(run, paragraph, "color").rgb
                self.expect("FONT-02", colour is None or str(colour) == "000000", run.text[:40])
                marked = run.font.highlight_color is not None
                self.expect("FONT-02", not marked or "[" in run.text, run.text[:40])
        sizes: dict[float, int] = {}
        for paragraph in self.body_paragraphs():
            for run in paragraph.runs:
                size = effective(run, paragraph, "size").pt
                sizes[size] = sizes.get(size, 0) + len(run.text)
        self.expect("FONT-05", set(sizes) <= {13, 13.5, 14}, sizes)
        self.expect("FONT-05", max(sizes.values()) > 0.95 * sum(sizes.values()), sizes)

    def look(self, rule: str, paragraph: Any, *, low: float, high: float, bold: bool, italic: bool = False,
             centred: bool = True) -> None:  # fmt: skip
        for run in paragraph.runs:
            size = effective(run, paragraph, "size").pt
            self.expect(rule, low <= size <= high, (paragraph.text, size))
            self.expect(rule, bool(effective(run, paragraph, "bold")) is bold, paragraph.text)
            self.expect(rule, bool(effective(run, paragraph, "italic")) is italic, paragraph.text)
        if centred:
            self.expect(rule, paragraph_property(paragraph, "alignment") == WD_ALIGN_PARAGRAPH.CENTER, paragraph.text)

    # --- first page ------------------------------------------------------------------------------------------

    def letterhead(self) -> None:
        right = [p for p in self.head.cell(0, 1).paragraphs if p.text]
        self.expect("HEAD-01", right[0].text == COUNTRY)
        self.look("HEAD-02", right[0], low=12, high=13, bold=True)
        self.expect("HEAD-03", right[1].text == "Độc lập - Tự do - Hạnh phúc")
        self.look("HEAD-04", right[1], low=13, high=14, bold=True)
        left = [p for p in self.head.cell(0, 0).paragraphs if p.text]
        self.expect("HEAD-06", left[-1].text.isupper(), left[-1].text)
        self.look("HEAD-06", left[-1], low=12, high=13, bold=True)
        whole = self.head.cell(0, 0).text
        self.expect("HEAD-10", "ĐẢNG CỘNG SẢN" not in whole and "*" not in whole)

    def number(self) -> None:
        cell = next(p for p in self.head.cell(1, 0).paragraphs if p.text)
        self.expect("NUM-01", cell.text.startswith("Số:"))
        self.look("NUM-01", cell, low=13, high=13, bold=False)
        self.expect("NUM-02", re.match(r"^Số:\s*\d{0,5}\s*/BC-[A-ZĐ]+(?:-[A-ZĐ]+)*$", cell.text), cell.text)
        self.expect("NUM-03", not re.search(r"Số:\s*[1-9]/", cell.text), cell.text)
        self.expect("NUM-07", not re.match(r"Số\s*:?\s*\d+-BC/", cell.text), cell.text)

    def date(self) -> None:
        cell = next(p for p in self.head.cell(1, 1).paragraphs if p.text)
        found = re.match(r"^[^,]+, ngày\s+(\d{0,2})\s+tháng\s+(\d{0,2})\s+năm\s+(\d{0,4})$", cell.text)
        self.expect("DATE-01", found, cell.text)
        self.look("DATE-02", cell, low=13, high=14, bold=False, italic=True)
        if found and all(found.groups()):
            day, month, year = found.groups()
            datetime.date(int(year), int(month), int(day))
            self.expect("DATE-03", len(day) == 2, cell.text)
            self.expect("DATE-04", month not in ("1", "2"), cell.text)
        self.expect("DATE-06", not re.match(r"(?:xã|phường) ", cell.text), cell.text)

    def subject(self) -> None:
        index = next(i for i, p in enumerate(self.paragraphs) if p.text == "BÁO CÁO")
        self.look("TYPE-01", self.paragraphs[index], low=13, high=14, bold=True)
        self.look("TYPE-02", self.paragraphs[index + 1], low=13, high=14, bold=True)
        self.expect("TYPE-02", not self.paragraphs[index + 1].text.isupper())

    # --- body ------------------------------------------------------------------------------------------------

    def body_paragraphs(self) -> list[Any]:
        return [p for p in self.paragraphs if p.style.name == "Thân bài"]

    def body(self) -> None:
        for paragraph in self.body_paragraphs():
            self.expect("BODY-01", paragraph_property(paragraph, "alignment") == WD_ALIGN_PARAGRAPH.JUSTIFY)
            indent = paragraph_property(paragraph, "first_line_indent").cm
            self.expect("BODY-02", abs(indent - 1.27) <= 0.05, paragraph.text[:40])
            self.expect("BODY-04", 1.0 <= paragraph_property(paragraph, "line_spacing") <= 1.5)
            gap = paragraph_property(paragraph, "space_after").pt
            self.expect("BODY-03", gap >= 6, gap)
        last = self.body_before_signature()[-1].text
        self.expect("BODY-12", last.endswith("./."), last)

    def body_before_signature(self) -> list[Any]:
        body = list(self.document.element.body)
        end = body.index(self.sign._tbl)
        return [p for p in self.body_paragraphs() if body.index(p._p) < end]

    def headings(self) -> None:
        """Numbers at each level run on without gap or repeat, beginning anew under each higher heading."""
        expected: dict[str, int] = {}
        order = ["part", "upper", "roman", "arabic", "nested", "letter"]
        for paragraph in self.paragraphs:
            name = paragraph.style.name
            if not name.startswith("Đề mục") and name != "Tên phần":
                continue
            kind, value = self.heading_number(paragraph.text)
            if kind == "":
                continue
            position = order.index(kind)
            for lower in order[position + 1 :]:
                expected.pop(lower, None)
            expected[kind] = expected.get(kind, 0) + 1
            self.expect("BODY-11", expected[kind] == value, (paragraph.text, expected[kind]))

    def heading_number(self, text: str) -> tuple[str, int]:
        if found := re.match(r"^Phần ([IVX]+)$", text):
            return "part", _roman(found.group(1))
        if found := re.match(r"^([A-H])\. [^a-z]", text):
            value = ord(found.group(1)) - 64
            if found.group(1) not in "CD" or text.isupper():
                return "upper", value
        if found := re.match(r"^([IVX]+)\. ", text):
            return "roman", _roman(found.group(1))
        if found := re.match(r"^\d+\.(\d+)\. ", text):
            return "nested", int(found.group(1))
        if found := re.match(r"^(\d+)\. ", text):
            return "arabic", int(found.group(1))
        if found := re.match(r"^([a-zđ])\) ", text):
            return "letter", _LETTERS.index(found.group(1)) + 1
        return "", 0

    def addressees(self) -> None:
        lines = [p.text for p in self.paragraphs if p.style.name == "Danh sách kính gửi"]
        for index, line in enumerate(lines):
            end = "." if index == len(lines) - 1 else ";"
            self.expect("TO-03", line.startswith("- ") and line.endswith(end), line)

    def recipients(self) -> None:
        left = [p for p in self.sign.cell(0, 0).paragraphs if p.text]
        self.expect("RCPT-01", left[0].text == "Nơi nhận:")
        self.look("RCPT-01", left[0], low=12, high=12, bold=True, italic=True, centred=False)
        for index, paragraph in enumerate(left[1:], start=1):
            self.look("RCPT-02", paragraph, low=11, high=11, bold=False, centred=False)
            end = "." if index == len(left) - 1 else ";"
            self.expect("RCPT-03", re.match(r"^- .+[;.]$", paragraph.text) and paragraph.text.endswith(end))
        pattern = r"^- Lưu: VT(?:, [A-ZĐ][\wĐ-]*(?: ?\(\d+\))?)*\.$"
        self.expect("RCPT-05", re.match(pattern, left[-1].text), left[-1].text)

    def signature(self) -> None:
        right = [p for p in self.sign.cell(0, 1).paragraphs if p.text]
        *authority, name = right
        for paragraph in authority:
            self.look("SIGN-02", paragraph, low=13, high=14, bold=True)
            self.expect("SIGN-02", paragraph.text.isupper(), paragraph.text)
        lines = [p.text for p in authority]
        self.expect("SIGN-01", re.match(r"^(?:TM|KT|TL|TUQ|Q)\. [^\W\d_]", lines[0]), lines)
        if lines[0].startswith("TM."):
            allowed = [["TM. ỦY BAN NHÂN DÂN", "CHỦ TỊCH"], ["TM. ỦY BAN NHÂN DÂN", "KT. CHỦ TỊCH", "PHÓ CHỦ TỊCH"]]
            self.expect("SIGN-03", lines in allowed, lines)
        for head, deputy in itertools.pairwise(lines):
            if head.startswith("KT. "):
                self.expect("SIGN-04", deputy == f"PHÓ {head[4:]}", lines)
        self.expect("SIGN-05", _NAME.match(name.text) or name.text.startswith("["), name.text)
        self.look("SIGN-05", name, low=13, high=14, bold=True)

    def annexes(self) -> None:
        names = [p for p in self.paragraphs if p.style.name == "Tên phụ lục"]
        body_text = " ".join(p.text for p in self.body_before_signature())
        number = next(p for p in self.head.cell(1, 0).paragraphs if p.text).text
        symbol = re.search(r"/BC-\S+", number)
        assert symbol is not None
        for index, paragraph in enumerate(names, start=1):
            self.expect("ANX-01", re.match(r"^Phụ lục(?: [IVXL]+)?$", paragraph.text), paragraph.text)
            self.look("ANX-01", paragraph, low=14, high=14, bold=True)
            if len(names) > 1:
                self.expect("ANX-06", _roman(paragraph.text.split()[-1]) == index, paragraph.text)
            place = self.paragraphs.index(paragraph)
            title = self.paragraphs[place + 1]
            self.expect("ANX-02", title.text.isupper(), title.text)
            self.look("ANX-02", title, low=13, high=14, bold=True)
            attached = self.paragraphs[place + 2]
            pattern = r"^\(Kèm theo Báo cáo số .*ngày .* tháng .* năm .* của .+\)$"
            self.expect("ANX-03", re.match(pattern, attached.text), attached.text)
            self.look("ANX-03", attached, low=13, high=14, bold=False, italic=True)
            self.expect("ANX-04", symbol.group() in attached.text, attached.text)
            self.expect("ANX-05", re.search(rf"{paragraph.text}(?!\w)", body_text), paragraph.text)

    # --- words -----------------------------------------------------------------------------------------------

    def text(self) -> None:
        text = "\n".join(p.text for p in self.all_paragraphs())
        bare = re.sub(r"\[[^\]]*\]", "", text)
        self.expect("BODY-14", not re.search(r"<[^>]{1,40}>|\.{4,}|…{2,}|TODO|XXX|\{|\}", bare))
        self.expect("FONT-04", not re.search(r"Uû|nh©n|d©n|®|µ[a-z]|¸[a-z]", text))
        for rule, pattern in {
            "CIT-04": r"\b\d+/(?:NQ|KL|CT|KH|BC|TB|CV|QĐ|CTr)-(?:TW|TU|ĐU|HU)\b"
            r"|\b\d+-(?:QĐ|NQ|KH|BC|TB)/(?:UBND|HĐND|TTg|CP)\b",
            "CIT-15": r"\b\d+/(?:\d{4}/)?(?:QD|ND)-|QĐ-TTG|TTR-|/\s*(?:NQ|QĐ|NĐ|KH|BC)\s+-"
            r"|(?<=[A-ZĐa-z])-\s+(?:CP|TTg|UBND|TW|TU)\b",
            "CIT-16": r"\b\d+/(?:NQ|KL|CT|QĐ|KH)[-/]T\.?[WƯ]",
            "OBS-01": r"\b(?:UBND|HĐND|Ủy ban nhân dân|Hội đồng nhân dân) (?:huyện|quận|thị xã)\b",
            "OBS-02": r"\b[Tt]hị trấn\b",
            "LANG-04": r"\*\*|^#{1,6} |Dưới đây là|Hy vọng|\bTôi\b",
        }.items():
            hit = re.search(pattern, bare, re.MULTILINE)
            self.expect(rule, hit is None, hit and hit.group())
        for found in re.finditer(r"số\s+\d+/(\d{4})/\S+\s+ngày[^,;.]*?(\d{4})", bare):
            self.expect("CIT-06", found.group(1) == found.group(2), found.group())
        for found in re.finditer(r"(?<![\d/.])(\d{1,2})/(\d{1,2})/(\d{4})(?!\d)", bare):
            day, month, year = (int(part) for part in found.groups())
            try:
                datetime.date(year, month, day)
            except ValueError:
                self.expect("DTXT-02", False, found.group())
        ratio = r"(\d[\d.]*)\s*/\s*(\d[\d.]*)[^()%]{0,40}\(?(?:đạt |chiếm )?(\d+(?:,\d+)?)\s?%"
        for found in re.finditer(ratio, bare):
            part, whole = (float(found.group(i).rstrip(".").replace(".", "")) for i in (1, 2))
            percent = float(found.group(3).replace(",", "."))
            date = re.match(r"\d+\s*/\s*\d+/\d{4}", bare[found.start() :])
            if whole and not date:
                self.expect("NUMF-06", abs(part / whole * 100 - percent) <= 0.06, found.group())

    def package(self) -> None:
        """META-02 and a sound package: no revisions, nothing hidden, every XML part well formed."""
        with zipfile.ZipFile(self.path) as archive:
            xml = archive.read("word/document.xml").decode("utf-8")
            self.expect("META-02", not re.search(r"<w:(?:ins|del|commentReference|vanish)\b", xml))
        for table in self.document.tables:
            grid = table._tbl.tblGrid.findall(qn("w:gridCol"))
            self.expect("grid", len(grid) == len(table.columns) and all(column.get(qn("w:w")) for column in grid))


def _roman(text: str) -> int:
    values = [{"I": 1, "V": 5, "X": 10, "L": 50}[letter] for letter in text]
    return sum(-v if i + 1 < len(values) and values[i + 1] > v else v for i, v in enumerate(values))
