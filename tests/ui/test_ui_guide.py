"""The pictures of the officer's guide, taken from the page itself.

`TLBC_WRITE_GUIDE=1 python -m pytest tests/ui/test_ui_guide.py` takes them anew; without it the test takes them into
artefacts/ and sees that those in the guide were taken from the page as it looks now.
"""

import hashlib
import io
import os
import re
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from tests.ui.driving import ARTEFACTS, PREVIOUS_REPORT, ROOT, ask, open_example, open_step, open_tab

Opener = Callable[..., Any]
GUIDE = ROOT / "docs" / "huong-dan"
WRITE = bool(os.environ.get("TLBC_WRITE_GUIDE"))
MAX_BYTES = 2 * 1024 * 1024


def _look() -> str:
    """A digest of everything that makes up the look of the page."""
    parts = sorted([*(ROOT / "ui" / "templates").iterdir(), *(ROOT / "ui" / "static").iterdir()])
    return hashlib.sha256(b"".join(path.name.encode() + path.read_bytes() for path in parts)).hexdigest()


def _save(page: Any, name: str) -> None:
    from PIL import Image

    page.wait_for_timeout(250)
    picture = Image.open(io.BytesIO(page.screenshot(animations="disabled"))).convert("RGB")
    folder = GUIDE / "anh" if WRITE else ARTEFACTS / "huong-dan"
    folder.mkdir(parents=True, exist_ok=True)
    picture.quantize(96, dither=Image.Dither.NONE).save(folder / f"{name}.png", optimize=True)


def _ask_pictures(page: Any) -> None:
    page.wait_for_selector("#ask-talk .welcome")
    _save(page, "mo-dau")
    ask(page, "Mục dịch vụ công trực tuyến phải nêu những số liệu gì?")
    page.locator(".turn .cite").first.click()
    page.locator(".source-pane").wait_for()
    _save(page, "hoi-dap")
    page.keyboard.press("Escape")
    page.click('#ask-rail [data-act="new"]')
    page.wait_for_selector("#ask-talk .welcome")
    ask(page, "Giá vé xem phim cuối tuần ở rạp trung tâm là bao nhiêu?")
    _save(page, "khong-tim-thay")


def _draft_pictures(page: Any, report: Path) -> None:
    open_tab(page, "Soạn báo cáo")
    page.locator("#draft-choose .type-card").first.wait_for()
    _save(page, "soan-chon")
    open_example(page)
    page.locator("#draft-form .signals .note").first.wait_for()
    page.locator("#f-q_dvctt-rec_resolved").scroll_into_view_if_needed()
    page.evaluate("document.querySelector('#f-q_dvctt-resolved_rate').scrollIntoView({block: 'center'})")
    _save(page, "soan-nhap")
    open_step(page, "view")
    page.locator(".big-paper [data-key]", has_text="1.240 hồ sơ").first.hover()
    page.locator("#evidence .evidence-item").first.wait_for()
    _save(page, "soan-xem")
    page.evaluate("scrollTo(0, 0)")
    open_step(page, "export")
    page.locator(".export .note").first.wait_for()
    _save(page, "soan-xuat")
    open_step(page, "charts")
    page.locator("#draft-charts svg").first.wait_for()
    _save(page, "soan-bieu-do")
    open_step(page, "choose")
    page.set_input_files('[data-drop="ky-truoc"] input', report)
    page.locator("#draft-choose tbody tr").first.wait_for()
    _save(page, "soan-ky-truoc")


def _other_pictures(page: Any) -> None:
    open_tab(page, "Kiểm tra")
    page.click('[data-act="sample"]')
    page.locator(".check-text mark.error", has_text="214/NQ-CP").first.click()
    page.evaluate("document.querySelector('.check-head').scrollIntoView()")
    _save(page, "kiem-tra")
    page.evaluate("scrollTo(0, 0)")
    open_tab(page, "Kho tri thức")
    page.fill("#registry-words", "57-NQ/TW")
    page.locator("#registry-words").blur()
    page.locator('.registry-list [data-symbol="57-NQ/TW"]').first.click()
    page.locator("#library-registry article").wait_for()
    page.evaluate("scrollTo(0, 0)")
    _save(page, "kho-tri-thuc")
    open_tab(page, "Cài đặt")
    page.locator("#settings-panel form").first.wait_for()
    _save(page, "cai-dat")


@pytest.mark.browser
def test_the_pictures_of_the_guide_can_be_taken(open_page: Opener, tmp_path: Path) -> None:
    report = tmp_path / "bao-cao-quy-truoc.txt"
    report.write_text(PREVIOUS_REPORT, "utf-8")
    page = open_page()
    _ask_pictures(page)
    _draft_pictures(page, report)
    _other_pictures(page)
    if WRITE:
        (GUIDE / "anh" / "giao-dien.sha256").write_text(_look() + "\n")


def test_the_guide_shows_the_page_as_it_looks_now() -> None:
    named = {
        name for page in GUIDE.glob("*.md") for name in re.findall(r"\(anh/([\w-]+\.png)\)", page.read_text("utf-8"))
    }
    there = {path.name for path in (GUIDE / "anh").glob("*.png")}
    assert named == there
    assert sum(path.stat().st_size for path in (GUIDE / "anh").glob("*.png")) < MAX_BYTES
    taken_from = (GUIDE / "anh" / "giao-dien.sha256").read_text().strip()
    assert taken_from == _look(), "the page has changed: TLBC_WRITE_GUIDE=1 python -m pytest tests/ui/test_ui_guide.py"


def test_the_guide_links_only_to_what_is_there() -> None:
    for page in GUIDE.glob("*.md"):
        for link in re.findall(r"\]\((?!https?:)([^)#]+)\)", page.read_text("utf-8")):
            assert (GUIDE / link).exists(), f"{page.name}: {link}"
