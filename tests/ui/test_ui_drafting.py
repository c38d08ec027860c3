"""Drafting beyond the main path: last period's report, indicator sets, a chat model's words, the phone."""

import shutil
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from tests.draft.rewriting_server import RewritingServer
from tests.ui.driving import PREVIOUS_REPORT, Server, free_port, open_example, open_step, open_tab

pytestmark = pytest.mark.browser
Opener = Callable[..., Any]


def _new_draft(page: Any) -> None:
    open_tab(page, "Soạn báo cáo")
    open_step(page, "choose")
    page.locator(".type-card", has_text="Báo cáo quý").click()
    page.fill("#new-period", "Quý IV/2025")
    page.click('#draft-choose form button[type="submit"]')
    page.wait_for_function("document.querySelector('#draft-name')?.value.endsWith('Quý IV/2025')")
    page.locator("#draft-form .form-field").first.wait_for()


def test_figures_of_the_last_report_are_accepted_or_dropped_one_by_one(open_page: Opener, tmp_path: Path) -> None:
    report = tmp_path / "bao-cao-quy-truoc.txt"
    report.write_text(PREVIOUS_REPORT, "utf-8")
    page = open_page()
    _new_draft(page)
    open_step(page, "choose")
    page.set_input_files('[data-drop="ky-truoc"] input', report)
    online = page.locator("#draft-choose tbody tr", has_text="Hồ sơ trực tuyến").first
    online.wait_for()
    assert "trong đó trực tuyến 684 hồ sơ" in online.inner_text()
    assert online.locator("mark").inner_text() == "684"
    online.locator('[data-standing="taken"]').click()
    online.locator("text=đã nhận").wait_for()
    resolved = page.locator("#draft-choose tbody tr", has_text="Đã giải quyết").first
    resolved.locator('[data-standing="dropped"]').click()
    resolved.locator("text=đã bỏ").wait_for()
    page.click('[data-act="as-last"]')
    page.locator('#draft-outline [data-section="q_dvctt"]').click()
    field = page.locator('.form-field[data-key="q_dvctt.rec_online"]')
    field.wait_for()
    assert field.locator(".last").inner_text() == "kỳ trước 684"
    assert field.locator("input").input_value() == "684"
    assert page.locator('.form-field[data-key="q_dvctt.rec_resolved"] .last').count() == 0
    # they are still there to be looked at again, and another draft can give last period's figures too
    open_step(page, "choose")
    page.click('#draft-choose [data-act="proposals"]')
    page.locator("#draft-choose tbody tr", has_text="đã bỏ").wait_for()


def test_reading_the_last_report_can_be_stopped(open_page: Opener, tmp_path: Path) -> None:
    report = tmp_path / "rat-dai.txt"
    report.write_text(PREVIOUS_REPORT * 20_000, "utf-8")
    page = open_page()
    _new_draft(page)
    open_step(page, "choose")
    page.set_input_files('[data-drop="ky-truoc"] input', report)
    page.locator("#draft-choose progress[value]").wait_for()
    page.click('#draft-choose [data-act="stop"]')
    page.locator(".toasts", has_text="Đã dừng").wait_for()
    page.locator("#draft-choose .type-card").first.wait_for()


def test_a_table_starts_from_an_indicator_set_or_another_draft(open_page: Opener) -> None:
    page = open_page()
    open_example(page)
    _new_draft(page)
    page.locator('#draft-outline [data-section="q_chi_tieu_cqs"]').click()
    chosen = page.locator(".lists select")
    chosen.wait_for()
    chosen.select_option(label=next(o for o in chosen.locator("option").all_inner_texts() if "xã Mẫu" in o))
    page.click('[data-act="add-indicators"]')
    page.locator("table.entry tbody tr").nth(3).wait_for()
    first = page.locator("table.entry tbody tr").first
    cells = {c.get_attribute("data-column"): c.input_value() for c in first.locator("[data-column]").all()}
    assert cells["chi_tieu"] == "Hồ sơ thủ tục hành chính nộp trực tuyến"
    assert (cells["muc_giao"], cells["ket_qua_so"], cells["danh_gia"]) == ("80%", "", "")
    open_step(page, "choose")
    others = page.locator("#last-from")
    others.wait_for()
    others.select_option(label=next(o for o in others.locator("option").all_inner_texts() if "xã Mẫu" in o))
    page.locator(".toasts", has_text="Số kỳ trước lấy từ").wait_for()


def test_on_a_phone_a_tapped_paragraph_shows_its_evidence_and_back_closes_it(open_page: Opener) -> None:
    page = open_page(width=390, height=844)
    open_example(page)
    open_step(page, "view")
    page.locator(".big-paper [data-key]", has_text="1.240 hồ sơ").first.click()
    sheet = page.locator(".evidence-card.on")
    sheet.wait_for()
    box = sheet.bounding_box()
    assert box
    assert box["y"] >= 0
    assert box["y"] + box["height"] <= 844
    assert "Tổng hồ sơ tiếp nhận (kỳ trước)" in sheet.inner_text()
    page.wait_for_function("history.state.over")
    page.go_back()
    sheet.wait_for(state="hidden")
    page.wait_for_function("history.state.step === 'view'")
    page.locator(".big-paper [data-key]", has_text="1.240 hồ sơ").first.click()
    page.click("#edit-paragraph")
    page.locator("#edit-text").wait_for()
    page.click("[data-cancel]")
    # a row of a table has its evidence too; it is changed in the form, not here
    page.locator(".big-paper tr[data-key]", has_text="Hồ sơ thủ tục hành chính nộp trực tuyến").click()
    page.locator("#evidence", has_text="80%").wait_for()
    assert not page.is_visible("#edit-paragraph")
    ids = page.evaluate("[...document.querySelectorAll('[id^=sec-]')].map(e => e.id)")
    assert len(ids) == len(set(ids)) > 10


def test_the_words_of_a_chat_model_are_shown_as_a_difference_and_taken_one_by_one(
    open_page: Opener, library_dir: Path, tmp_path: Path
) -> None:
    shutil.copytree(library_dir / "library", tmp_path / "library")
    with RewritingServer("good") as model:
        settings = {"TLBC_CHAT_MODEL": "openai:thu", "TLBC_CHAT_BASE_URL": model.url}
        server = Server(tmp_path, free_port(), settings).start()
        try:
            page = open_page(server)
            open_example(page)
            open_step(page, "view")
            section = page.locator(".big-paper #sec-q_dvctt")
            section.hover()
            section.locator('[data-act="rewrite"]').click()
            change = page.locator(".rewrite .change").first
            change.wait_for()
            assert change.locator("ins").first.inner_text() == "số này"
            assert change.locator("del").first.inner_text() == "đó"
            assert page.locator(".big-paper .da-sua").count() == 0
            change.locator('[data-act="take-rewrite"]').click()
            page.locator(".big-paper .da-sua", has_text="trong số này").wait_for()
            page.click('#draft-bar [data-act="undo"]')
            page.locator(".big-paper .da-sua").wait_for(state="detached")
        finally:
            server.stop()
