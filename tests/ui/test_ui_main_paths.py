"""Each tab's main path, as an officer walks it, in a real browser against the real library."""

import re
import zipfile
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from tests.ui.driving import ask, open_example, open_step, open_tab

pytestmark = pytest.mark.browser
Opener = Callable[..., Any]
QUESTION = "Mục dịch vụ công trực tuyến phải nêu những số liệu gì?"


def test_ask_answers_with_a_source_in_its_context(open_page: Opener) -> None:
    page = open_page()
    ask(page, QUESTION)
    page.locator(".turn .cite").first.click()
    quote = page.locator(".source-text mark").inner_text()
    assert quote.strip()
    assert len(page.locator(".source-text").inner_text()) > len(quote)
    copied = page.locator('.source-pane [data-do="copy"]').get_attribute("data-text") or ""
    assert copied.startswith("[1] ")
    assert f"«{quote}»" in copied
    # the back button closes the source and leaves the page where it is
    page.wait_for_function("history.state.over")
    page.go_back()
    page.wait_for_selector(".source-pane", state="detached")
    copied = page.locator('.turn [data-do="copy"]').get_attribute("data-text") or ""
    assert "\nNguồn:\n[1] " in copied
    ask(page, "mục đó hay mắc lỗi gì?")
    assert "3.6" in page.locator(".turn .answer-text").nth(1).inner_text()


def test_ask_gives_the_question_back_when_there_is_nowhere_to_look(open_page: Opener) -> None:
    page = open_page()
    page.wait_for_selector("#ask-talk .welcome")
    for box in page.locator("#ask-rail [type=checkbox]").all():
        box.uncheck()
    page.fill("#question", QUESTION)
    page.keyboard.press("Enter")
    page.locator(".toasts", has_text="Chưa chọn nơi tìm").wait_for()
    page.wait_for_function(f"document.querySelector('#question').value === '{QUESTION}'")


def test_ask_says_what_it_cannot_find(open_page: Opener) -> None:
    page = open_page()
    ask(page, "Giá vé xem phim cuối tuần ở rạp trung tâm là bao nhiêu?")
    assert page.locator(".turn .refusal .tag").inner_text().startswith("▲ Không tìm thấy")
    assert page.locator(".turn .cite").count() == 0


def test_ask_keeps_the_judgement_and_the_conversation(open_page: Opener, server: Any) -> None:
    page = open_page()
    ask(page, QUESTION)
    page.click('[data-verdict="right"]')
    page.wait_for_selector('[data-verdict="right"][aria-pressed="true"]')
    page.fill(".turn form input", "đủ ý")
    page.click(".turn form button")
    page.locator(".toasts", has_text="Đã lưu ghi chú").wait_for()
    assert "đủ ý" in (server.data_dir / "ui" / "danh-gia.jsonl").read_text("utf-8")
    page.reload()
    page.locator("#ask-rail .talk-title", has_text="Mục dịch vụ công").first.click()
    page.locator(".turn .answer-text").first.wait_for()
    with page.expect_download() as download:
        page.click('#ask-rail [data-act="export"]')
    assert "Mục dịch vụ công" in Path(download.value.path()).read_text("utf-8")


def test_ask_leads_into_the_draft(open_page: Opener) -> None:
    page = open_page()
    page.select_option("#ask-type", label="Báo cáo quý KHCN-ĐMST-CĐS")
    ask(page, QUESTION)
    page.click('.turn [data-act="draft"]')
    page.locator("#draft-form .form-field").first.wait_for()
    assert "dịch vụ công trực tuyến" in page.locator("#draft-form .h2").inner_text()


def test_draft_is_made_filled_checked_and_undone(open_page: Opener) -> None:
    page = open_page()
    open_tab(page, "Soạn báo cáo")
    page.locator(".type-card", has_text="Báo cáo quý").click()
    page.fill("#new-period", "Quý III/2025")
    page.fill("#new-name", "Mẫu")
    page.fill("#new-province", "Ví Dụ")
    page.click('#draft-choose form button[type="submit"]')
    page.locator("#draft-side h1", has_text="BÁO CÁO").wait_for()
    page.locator('#draft-outline [data-section="q_dvctt"]').click()
    box = page.locator("#f-q_dvctt-rec_total")
    box.fill("1.240")
    box.blur()
    page.locator("#draft-side", has_text="1.240 hồ sơ").wait_for()
    resolved = page.locator("#f-q_dvctt-rec_resolved")
    resolved.fill("1.186")
    resolved.blur()
    page.locator("#draft-side", has_text="1.186 hồ sơ").wait_for()
    rate = page.locator("#f-q_dvctt-resolved_rate")
    rate.fill("99,83")
    rate.blur()
    page.locator('.form-field[data-key="q_dvctt.resolved_rate"] .note.error', has_text="95,65%").wait_for()
    page.click('#draft-bar [data-act="undo"]')
    page.wait_for_function("document.querySelector('#f-q_dvctt-resolved_rate').value === ''")


def test_draft_shows_evidence_keeps_edits_and_exports(open_page: Opener, tmp_path: Path) -> None:
    page = open_page()
    open_example(page)
    open_step(page, "view")
    paragraph = page.locator(".big-paper [data-key]", has_text="1.240 hồ sơ").first
    paragraph.hover()
    page.locator("#evidence", has_text="1.240").wait_for()
    key = paragraph.get_attribute("data-key")
    paragraph.dblclick()
    page.fill("#edit-text", "Trong quý, xã Mẫu tiếp nhận 1.240 hồ sơ và phục vụ chu đáo.")
    page.click("[data-save]")
    page.locator(f'.big-paper .da-sua[data-key="{key}"]').wait_for()
    page.reload()
    open_tab(page, "Soạn báo cáo")
    page.locator("#draft-form .form-field").first.wait_for()
    open_step(page, "view")
    page.locator(".big-paper .da-sua", has_text="phục vụ chu đáo").wait_for()
    open_step(page, "export")
    page.locator("#draft-export .note.error").first.wait_for()
    for act, name in (("word", "bao-cao.docx"), ("evidence", "phieu-kiem-chung.xlsx"), ("workbook", "so-lieu.xlsx")):
        with page.expect_download() as download:
            page.click(f'#draft-export [data-act="{act}"]')
        assert download.value.suggested_filename == name
        download.value.save_as(tmp_path / name)
        assert zipfile.is_zipfile(tmp_path / name)
    assert "phục vụ chu đáo" in zipfile.ZipFile(tmp_path / "bao-cao.docx").read("word/document.xml").decode()
    open_step(page, "charts")
    page.locator("#draft-charts svg").first.wait_for()
    assert page.locator("#draft-charts svg").count() >= 3
    assert page.locator("#draft-charts table").count() == 3


def test_draft_takes_a_workbook_back_in(open_page: Opener, tmp_path: Path) -> None:
    page = open_page()
    open_example(page)
    open_step(page, "export")
    with page.expect_download() as download:
        page.click('#draft-export [data-act="workbook"]')
    download.value.save_as(tmp_path / "so-lieu.xlsx")
    open_step(page, "choose")
    page.set_input_files('[data-drop="so-lieu"] input', tmp_path / "so-lieu.xlsx")
    page.locator(".toasts", has_text="Đã nhập").wait_for()


def test_check_marks_places_and_clicks_go_both_ways(open_page: Opener) -> None:
    page = open_page()
    open_tab(page, "Kiểm tra")
    page.click('[data-act="sample"]')
    page.locator(".check-text mark.error").first.wait_for()
    page.locator(".check-text mark.error", has_text="214/NQ-CP").first.click()
    page.locator(".finding.current").wait_for()
    other = page.locator("#check-findings .finding:not(.current)").first
    finding = other.get_attribute("data-id")
    other.locator(".find-place").click()
    page.locator(f'.check-text .current[data-ids~="{finding}"]').first.wait_for()
    fixable = page.locator('.finding [data-decision="accepted"]').first
    before = page.locator(".check-text ins").count()
    fixable.click()
    page.locator(".check-text ins").nth(before).wait_for()
    page.locator('.finding:not(.done) [data-decision="ignored"]').first.click()
    page.locator(".finding", has_text="Đã bỏ qua").first.wait_for()
    page.click('[data-pick="references"]')
    page.locator(".check-list table tbody tr").first.wait_for()
    page.locator('.check-list [data-symbol="57-NQ/TW"]').first.click()
    page.locator("#library-registry article", has_text="57-NQ/TW").wait_for()
    open_tab(page, "Kiểm tra")
    with page.expect_download() as download:
        page.click('#check-result [data-act="word"]')
    assert "word/comments.xml" in zipfile.ZipFile(download.value.path()).namelist()


def test_check_takes_a_file_and_the_last_report_and_outlives_a_reload(open_page: Opener, tmp_path: Path) -> None:
    copied = "Toàn xã có 12 tổ công nghệ số cộng đồng với 84 thành viên, hướng dẫn người dân dùng nền tảng số."
    before, now = tmp_path / "quy-2.txt", tmp_path / "quy-3.txt"
    before.write_text(f"BÁO CÁO\nQuý II năm 2025\n1. Tổ công nghệ số\n{copied}\n", "utf-8")
    cited = "Thực hiện Nghị quyết số 57-NQ/TW ngày 24/12/2024 của Bộ Chính trị, xã Mẫu báo cáo."
    now.write_text(f"BÁO CÁO\nQuý III năm 2025\n{cited}\n1. Tổ công nghệ số\n{copied}\n", "utf-8")
    page = open_page()
    open_tab(page, "Kiểm tra")
    page.set_input_files('[data-then="previous"] input', before)
    page.locator(".previous", has_text="quy-2.txt").wait_for()
    page.set_input_files('[data-then="file"] input', now)
    page.locator(".check-text mark.error", has_text="57-NQ/TW").first.wait_for()
    findings = page.locator("#check-findings").inner_text()
    assert "22/12/2024" in findings
    assert "giữ nguyên văn của báo cáo kỳ trước" in findings
    page.click(".check-other > summary")
    page.click(".paste > summary")
    page.fill("#paste", "Một đoạn đang dán dở.")
    page.reload()
    open_tab(page, "Kiểm tra")
    page.locator(".check-head", has_text="quy-3.txt").wait_for()
    page.wait_for_function("document.querySelector('#paste')?.value === 'Một đoạn đang dán dở.'")


def test_library_adds_shows_finds_and_removes(open_page: Opener, server: Any, tmp_path: Path) -> None:
    plan = tmp_path / "ke-hoach.txt"
    plan.write_text(
        "ỦY BAN NHÂN DÂN\nTỈNH VÍ DỤ\nSố: 12/KH-UBND\nVí Dụ, ngày 03 tháng 3 năm 2025\n"
        "KẾ HOẠCH\nChuyển đổi số tỉnh Ví Dụ năm 2025\nI. MỤC TIÊU\n"
        "1. Tỷ lệ hồ sơ trực tuyến của tỉnh Ví Dụ đạt từ 82% trở lên.\n"
        "II. NHIỆM VỤ\n1. Tập huấn tổ công nghệ số cộng đồng.\n",
        "utf-8",
    )
    page = open_page()
    open_tab(page, "Kho tri thức")
    page.set_input_files('[data-drop="kho"] input', plan)
    page.locator("#library-status .note.ok").wait_for()
    row = page.locator("#library-documents tr", has_text="12/KH-UBND").first
    row.wait_for()
    row.locator('[data-act="view"]').click()
    page.locator(".doc-text", has_text="đạt từ 82% trở lên").wait_for()
    page.click('.doc-view [data-act="close"]')
    page.locator(".doc-view").wait_for(state="detached")
    open_tab(page, "Hỏi đáp")
    ask(page, "Kế hoạch của tỉnh Ví Dụ đặt tỷ lệ hồ sơ trực tuyến bao nhiêu?")
    assert "82%" in page.locator(".turn .answer-text").last.inner_text()
    open_tab(page, "Kho tri thức")
    with page.expect_download():
        row.locator("a[download]").click()
    page.locator("#library-documents tr", has_text="12/KH-UBND").locator('[data-act="remove"]').click()
    page.click("dialog .btn.primary")
    page.locator("#library-documents tr", has_text="12/KH-UBND").wait_for(state="detached")
    assert not list(server.data_dir.glob("ui/originals/*/ke-hoach.txt"))


def test_registry_says_what_is_verified(open_page: Opener) -> None:
    page = open_page()
    open_tab(page, "Kho tri thức")
    page.fill("#registry-words", "57-NQ/TW")
    page.locator("#registry-words").blur()
    page.locator('.registry-list [data-symbol="57-NQ/TW"]').first.click()
    entry = page.locator("#library-registry article")
    entry.wait_for()
    assert "Bộ Chính trị" in entry.inner_text()
    assert re.search("đối chiếu|kiểm chứng", entry.inner_text())


def test_settings_keep_the_unit_and_make_a_backup(open_page: Opener) -> None:
    page = open_page()
    open_tab(page, "Cài đặt")
    page.select_option("#unit-commune_kind", "xã")
    page.fill("#unit-commune_name", "Mẫu")
    page.fill("#unit-province", "Ví Dụ")
    page.click("text=Lưu đơn vị")
    page.locator("#masthead", has_text="Xã Mẫu, Ví Dụ").or_(
        page.locator("#masthead", has_text="Xã Mẫu, tỉnh Ví Dụ")
    ).wait_for()
    with page.expect_download() as download:
        page.click('[data-act="backup"]')
    names = zipfile.ZipFile(download.value.path()).namelist()
    assert "tro-ly-bao-cao.json" in names
    assert any(name.startswith("library/") for name in names)
    page.click('[data-act="test-model"]')
    page.locator("#settings-panel [role=status]", has_text=re.compile("ngoại tuyến|Chưa")).wait_for()


def test_the_tour_walks_through_all_tabs(open_page: Opener) -> None:
    page = open_page()
    open_tab(page, "Cài đặt")
    page.click('[data-do="tour"]')
    for _ in range(5):
        page.click('[data-tour="next"]')
    assert "6/6" in page.locator(".tour").inner_text()
    page.click('[data-tour="next"]')
    page.wait_for_selector(".tour", state="detached")
