"""The files a draft becomes, and the command that makes them."""

import io
import json
import re
import zipfile
from pathlib import Path
from typing import Any

import pytest
import yaml
from docx import Document
from openpyxl import load_workbook

from assistant.cli import main
from assistant.draft import Draft, docx_bytes, draft_report, evidence_bytes, render_html
from assistant.draft.to_docx import balanced_lines
from assistant.legal.registry import Registry
from assistant.paths import KNOWLEDGE
from assistant.reports import get_report_type, load_topics, read_inputs
from tests.tools import to_pdf

EXAMPLES = KNOWLEDGE / "examples"
QUARTER = EXAMPLES / "quy_khcn_dmst_cds.yaml"
REGISTRY = Registry.load()


def draft_of(source: Path, **values: Any) -> Draft:
    raw = yaml.safe_load(source.read_text(encoding="utf-8"))
    raw["sections"].setdefault("q_qlvb", {}).update(values)
    report_type = get_report_type(raw["report_type"])
    return draft_report(report_type, load_topics(), read_inputs(raw, report_type), REGISTRY)


@pytest.fixture(scope="module")
def draft() -> Draft:
    return draft_of(QUARTER)


def word_text(data: bytes) -> str:
    document = Document(io.BytesIO(data))
    cells = [cell.text for table in document.tables for row in table.rows for cell in row.cells]
    return "\n".join([*(paragraph.text for paragraph in document.paragraphs), *cells])


def test_values_come_through_the_word_file_literally() -> None:
    odd = "A & B <w:p> {{ 7*7 }} \"x\" 'y' ]]> &amp; z"
    data = docx_bytes(draft_of(QUARTER, vb_system=odd, edoc_limits=["tab\there", "null\x00byte"]))
    text = word_text(data)
    assert odd in text
    assert "Tab here" in text
    assert "\x00" not in text


def test_preview_and_word_say_the_same(draft: Draft) -> None:
    html = re.sub(r"<[^>]+>", "\n", render_html(draft))
    word = word_text(docx_bytes(draft))
    for paragraph in draft.paragraphs():
        plain = paragraph.text.replace("&", "&amp;").replace('"', "&quot;").replace(">", "&gt;").replace("<", "&lt;")
        assert plain.replace("'", "&#x27;") in html
        assert paragraph.text in word


def test_html_names_sections_paragraphs_and_gaps() -> None:
    raw = {"report_type": "quy_khcn_dmst_cds", "sections": {"q_attt": {"sec_incidents": 0}}}
    report_type = get_report_type("quy_khcn_dmst_cds")
    html = render_html(draft_report(report_type, load_topics(), read_inputs(raw, report_type), REGISTRY))
    assert 'id="sec-q_attt"' in html
    assert re.search(r'<p data-key="q_attt#[^"]+" data-section="q_attt">', html)
    assert 'class="thieu" data-field="q_attt.sec_measures"' in html
    assert "<style" not in html
    assert "<html" not in html


def test_comments_carry_the_evidence_of_each_paragraph(draft: Draft) -> None:
    plain, commented = docx_bytes(draft), docx_bytes(draft, comments=True)
    assert "word/comments.xml" not in zipfile.ZipFile(io.BytesIO(plain)).namelist()
    document = Document(io.BytesIO(commented))
    texts = [comment.text for comment in document.comments]
    assert any("Tổng hồ sơ tiếp nhận: rec_total = 1.286 (mục 3.6." in text for text in texts)
    assert any("cách tính: 1.105/1.268 × 100" in text for text in texts)
    bodies = [paragraph for paragraph in draft.paragraphs() if paragraph.evidence]
    assert len(texts) >= len(bodies)


def test_sources_are_numbered_and_listed(draft: Draft) -> None:
    text = word_text(docx_bytes(draft, sources=True))
    assert "DANH MỤC NGUỒN SỐ LIỆU, VĂN BẢN" in text
    listed = re.findall(r"^\[(\d+)\] (.+)$", text, re.MULTILINE)
    assert [int(number) for number, _ in listed] == list(range(1, len(listed) + 1))
    assert "Số liệu nhập, mục 3.6. Kết quả triển khai, cung cấp dịch vụ công trực tuyến" in dict(listed).values()
    used = {int(n) for marks in re.findall(r" \[([\d, ]+)\]", text) for n in marks.split(",")}
    assert used <= set(range(1, len(listed) + 1))


def test_the_evidence_workbook_has_a_line_per_figure(draft: Draft) -> None:
    book = load_workbook(io.BytesIO(evidence_bytes(draft)))
    assert book.sheetnames == ["Bằng chứng", "Còn thiếu", "Cần xem lại"]
    rows = list(book["Bằng chứng"].iter_rows(min_row=2, values_only=True))
    found = next(row for row in rows if row[5] == "online_rate" and row[3] == "87,15%")
    assert found[4] == "Tỷ lệ hồ sơ trực tuyến"
    assert found[7] == "1.105/1.268 × 100"
    assert found[9] == "☐"


def test_nothing_of_the_inputs_becomes_a_formula() -> None:
    book = load_workbook(io.BytesIO(evidence_bytes(draft_of(QUARTER, vb_system='=HYPERLINK("http://x")'))))
    assert not [cell for sheet in book for row in sheet.iter_rows() for cell in row if cell.data_type == "f"]


@pytest.mark.parametrize(
    ("subject", "lines"),
    [
        ("Kết quả quý III năm 2026", 1),
        ("Kết quả thực hiện Nghị quyết số 57-NQ/TW năm 2026 và phương hướng năm 2027 trên địa bàn xã Mẫu", 2),
        ("a" * 200, 1),
        ("", 0),
    ],
)
def test_subject_lines(subject: str, lines: int) -> None:
    broken = balanced_lines(subject)
    assert len(broken) == lines
    assert " ".join(broken) == subject


def test_landscape_annexes_number_their_pages_anew() -> None:
    document = Document(io.BytesIO(docx_bytes(draft_of(EXAMPLES / "nq57_n_thang_phu_luc.yaml"))))
    annexes = document.sections[1:]
    assert len(annexes) == 10
    assert all(section.page_width > section.page_height for section in annexes)
    assert all('w:start="1"' in section._sectPr.xml for section in annexes)


def test_word_opens_in_libreoffice(draft: Draft, tmp_path: Path) -> None:
    path = tmp_path / "a.docx"
    path.write_bytes(docx_bytes(draft, comments=True, sources=True))
    assert to_pdf(path).stat().st_size > 20_000


# --- the command ---------------------------------------------------------------------------------------------


def test_command_writes_word_evidence_and_json(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    word, book = tmp_path / "a.docx", tmp_path / "e.xlsx"
    status = main(
        ["draft", "quy_khcn_dmst_cds", "--inputs", str(QUARTER), "-o", str(word), "--evidence", str(book), "--json"]
    )
    data = json.loads(capsys.readouterr().out)
    assert status == 0
    assert data["unsupported"] == []
    assert word.stat().st_size > 10_000
    assert book.stat().st_size > 5_000
    assert list(tmp_path.glob(".*")) == []


def test_strict_fails_where_there_are_problems(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    path = tmp_path / "a.yaml"
    path.write_text("rec_total: 100\nrec_online: 60\nrec_direct: 30\nrec_carried: 0\n", encoding="utf-8")
    arguments = ["draft", "quy_khcn_dmst_cds", "--inputs", str(path), "--section", "q_dvctt", "--json"]
    assert main(arguments) == 0
    assert any(p["field"] == "q_dvctt.rec_total" for p in json.loads(capsys.readouterr().out)["problems"])
    assert main([*arguments, "--strict"]) == 1


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        (["draft", "quy_khcn", "--inputs", str(QUARTER)], "quy_khcn_dmst_cds"),
        (["draft", "quy_khcn_dmst_cds", "--inputs", "/khong/co.yaml"], "/khong/co.yaml"),
        (["draft", "quy_khcn_dmst_cds", "--inputs", str(QUARTER), "--section", "q_dvct"], "q_dvctt"),
        (["draft", "quy_khcn_dmst_cds", "--inputs", str(QUARTER), "-o", "/khong/co/a.docx"], "/khong/co"),
        (["draft", "quy_khcn_dmst_cds", "--inputs", str(QUARTER), "--rewrite"], "TLBC_CHAT_MODEL"),
    ],
)
def test_bad_input_is_one_sentence(arguments: list[str], said: str, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(arguments) == 1
    captured = capsys.readouterr()
    assert said in captured.err
    assert "Traceback" not in captured.err
    assert captured.out == ""


def test_a_section_alone_as_word(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    word = tmp_path / "muc.docx"
    assert main(["draft", "quy_khcn_dmst_cds", "--inputs", str(QUARTER), "--section", "q_dvctt", "-o", str(word)]) == 0
    texts = [paragraph.text for paragraph in Document(str(word)).paragraphs]
    assert texts[0].startswith("3.6. ")
    assert "BÁO CÁO" not in texts
