"""Several officers at once, doors, refused uploads, and a server that is restarted under an open page."""

import json
import urllib.error
import urllib.request
import zipfile
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from tests.ui.driving import ask, log_in, open_example, open_tab

pytestmark = pytest.mark.browser
Opener = Callable[..., Any]


def _status(url: str, cookie: str = "", data: bytes | None = None, **headers: str) -> int:
    request = urllib.request.Request(url, data, {**headers, **({"Cookie": cookie} if cookie else {})})
    try:
        with urllib.request.urlopen(request, timeout=10) as response:
            return int(response.status)
    except urllib.error.HTTPError as error:
        with error:
            return error.code


def test_two_browsers_share_nothing(open_page: Opener) -> None:
    one, other = open_page(), open_page()
    ask(one, "Tổ công nghệ số cộng đồng là gì?")
    open_example(one)
    other.reload()
    other.wait_for_selector("#ask-talk .welcome")
    assert other.locator("#ask-rail .talk-title").count() == 0
    assert other.locator(".turn").count() == 0
    open_tab(other, "Soạn báo cáo")
    other.locator("#draft-choose", has_text="Chưa có bản nháp nào").wait_for()


def test_a_file_of_one_user_is_not_another_s(open_page: Opener, users_server: Any, tmp_path: Path) -> None:
    lan, minh = open_page(users_server), open_page(users_server)
    log_in(lan, "lan")
    log_in(minh, "minh")
    ask(lan, "Báo cáo quý gồm những mục nào?")
    with lan.expect_download() as download:
        lan.click('#ask-rail [data-act="export"]')
    path = download.value.url
    cookies = {page: "; ".join(f"{c['name']}={c['value']}" for c in page.context.cookies()) for page in (lan, minh)}
    assert _status(path, cookies[lan]) == 200
    assert _status(path, cookies[minh]) == 404
    assert _status(path) == 401
    # Gradio's own door: an upload is its owner's alone
    uploaded = lan.request.post(
        users_server.url + "/gradio_api/upload",
        multipart={"files": {"name": "a.txt", "mimeType": "text/plain", "buffer": "riêng của Lan".encode()}},
    ).json()[0]
    assert _status(f"{users_server.url}/gradio_api/file={uploaded}", cookies[lan]) == 200
    assert _status(f"{users_server.url}/gradio_api/file={uploaded}", cookies[minh]) == 404
    assert _status(f"{users_server.url}/gradio_api/file=/etc/passwd", cookies[lan]) in {403, 404}


def test_nobody_enters_without_a_password_and_guessing_is_limited(open_page: Opener, users_server: Any) -> None:
    page = open_page(users_server)
    assert "/dang-nhap" in page.url
    for _ in range(5):
        page.fill("#username", "khoa")
        page.fill("#password", "sai-mat-khau")
        page.click("button[type=submit]")
        page.wait_for_load_state()
    page.fill("#username", "khoa")
    page.fill("#password", "mat-khau-cua-khoa")
    page.click("button[type=submit]")
    assert "thử lại sau" in page.locator("[role=alert]").inner_text()
    for path in ("/config", "/gradio_api/info", "/tai-ve/000000000000", "/gradio_api/queue/status"):
        assert _status(users_server.url + path) == 401, path


def test_logging_out_ends_the_session(open_page: Opener, users_server: Any) -> None:
    page = open_page(users_server)
    log_in(page, "lan")
    other_tab = page.context.new_page()
    other_tab.goto(users_server.url)
    other_tab.wait_for_selector("#ask-talk .welcome")
    cookie = "; ".join(f"{c['name']}={c['value']}" for c in page.context.cookies())
    page.click('[data-do="logout"]')
    page.wait_for_selector("#username")
    assert _status(users_server.url + "/config", cookie) == 401
    # what is done next in the other tab leads to the door, not to an error
    other_tab.fill("#question", "Báo cáo quý gồm những mục nào?")
    other_tab.keyboard.press("Enter")
    other_tab.wait_for_url("**/dang-nhap**")


@pytest.mark.parametrize(
    ("name", "content", "said"),
    [
        ("bao-cao.docx", b"khong phai Word", "không đúng dạng"),
        ("bao-cao.pdf", b"PK\x03\x04", "không đúng dạng"),
        ("bao-cao.txt", b"MZ\x00\x01\x02", "không đúng dạng"),
        ("bao-cao.exe", b"MZ", "Chưa đọc được"),
        ("rong.txt", b"", "rỗng"),
    ],
)
def test_an_upload_that_is_not_what_it_says_is_refused(
    open_page: Opener, tmp_path: Path, name: str, content: bytes, said: str
) -> None:
    file = tmp_path / name
    file.write_bytes(content)
    page = open_page()
    open_tab(page, "Kiểm tra")
    page.set_input_files('[data-then="file"] input', file)
    assert said in page.locator(".uploads [role=alert]").inner_text()


def test_an_upload_over_the_limit_and_a_macro_are_refused(open_page: Opener, tmp_path: Path) -> None:
    page = open_page()
    open_tab(page, "Kho tri thức")
    large = tmp_path / "lon.txt"
    large.write_bytes(b"a" * (26 * 1024 * 1024))
    page.set_input_files('[data-drop="kho"] input', large)
    assert "lớn hơn 25 MB" in page.locator(".uploads [role=alert]").inner_text()
    macro = tmp_path / "macro.docx"
    with zipfile.ZipFile(macro, "w") as archive:
        archive.writestr("word/document.xml", "<w/>")
        archive.writestr("word/vbaProject.bin", "x")
    page.set_input_files('[data-drop="kho"] input', macro)
    page.locator(".uploads [role=alert]", has_text="macro").wait_for()


def test_a_draft_survives_a_restart_under_an_open_page(open_page: Opener, server: Any) -> None:
    page = open_page()
    ask(page, "Tổ công nghệ số cộng đồng là gì?")
    open_example(page)
    box = page.locator("#f-q_dvctt-rec_cancelled")
    box.fill("913")
    box.blur()
    page.locator("#draft-side", has_text="913 hồ sơ").wait_for()
    server.stop()
    # typed before the page can know that nobody listens any more
    page.fill("#f-q_dvctt-rec_ineligible", "17")
    page.keyboard.press("Tab")
    page.locator(".offline-bar").wait_for(timeout=15_000)
    # what is asked of a server that is gone is not lost, nor does Gradio speak English about it
    assert page.locator("#draft-form").evaluate("form => form.inert")
    open_tab(page, "Hỏi đáp")
    page.fill("#question", "mục đó cần gì?")
    page.keyboard.press("Enter")
    page.wait_for_timeout(500)
    assert "Connection" not in page.locator("body").inner_text()
    server.start()
    page.locator(".offline-bar").wait_for(state="detached", timeout=30_000)
    page.locator(".turn .answer-text").first.wait_for()
    assert page.input_value("#question") == "mục đó cần gì?"
    open_tab(page, "Soạn báo cáo")
    page.locator('#draft-outline [data-section="q_dvctt"]').click()
    page.wait_for_function("document.querySelector('#f-q_dvctt-rec_cancelled')?.value === '913'")
    page.wait_for_function("document.querySelector('#f-q_dvctt-rec_ineligible')?.value === '17'")
    box = page.locator("#f-q_dvctt-rec_paused")
    box.fill("3")
    box.blur()
    page.locator("#draft-bar", has_text="đã lưu").wait_for()
    stored = [json.loads(p.read_text("utf-8")) for p in server.data_dir.glob("ui/users/*/drafts/*.json")]
    kept = [d["sections"].get("q_dvctt", {}) for d in stored]
    assert ("913", "17") in [(values.get("rec_cancelled"), values.get("rec_ineligible")) for values in kept]


def test_a_host_that_is_not_ours_and_another_site_are_refused(server: Any) -> None:
    assert _status(server.url + "/config", Host="evil.example") == 403
    upload = server.url + "/tai-len/kiem-tra?ten=a.txt"
    assert _status(upload, data=b"a", Origin="http://evil.example") == 403
    assert _status(upload, data=b"a", Origin=server.url) == 200
