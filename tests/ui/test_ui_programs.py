"""The same actions for programs: named endpoints through gradio_client, MCP only when asked for."""

import json
import shutil
import urllib.error
import urllib.request
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from typing import Any

import pytest

from tests.ui.driving import Server, free_port

ANSWER_KEYS = {"question", "answer", "refused", "route", "citations", "model", "milliseconds"}


@pytest.fixture(scope="module")
def client(server: Any) -> Any:
    from gradio_client import Client

    made = Client(server.url, verbose=False, analytics_enabled=False)
    yield made
    made.close()


def test_only_the_five_actions_have_names(client: Any) -> None:
    named = client.view_api(return_format="dict", print_info=False)["named_endpoints"]
    assert set(named) == {"/ask", "/search", "/draft", "/check", "/ingest"}


def test_ask_and_search(client: Any) -> None:
    answer = client.predict("Báo cáo quý gồm những mục nào?", api_name="/ask")
    assert answer.keys() >= ANSWER_KEYS
    assert answer["citations"]
    found = client.predict("tổ công nghệ số cộng đồng", 3, api_name="/search")
    assert found["query"] == "tổ công nghệ số cộng đồng"
    assert [result["rank"] for result in found["results"]] == [1, 2, 3]


def test_draft(client: Any) -> None:
    inputs = {"report_type": "quy_khcn_dmst_cds", "header": {}, "sections": {"q_dvctt": {"rec_total": 1240}}}
    draft = client.predict("quy_khcn_dmst_cds", inputs, "q_dvctt", api_name="/draft")
    assert draft["unsupported"] == []
    assert any("1.240" in p["text"] for s in draft["sections"] for p in s["paragraphs"])


def test_check_a_text_and_a_file(client: Any, tmp_path: Path) -> None:
    from gradio_client import handle_file

    text = "Nghị quyết số 57-NQ/TW ngày 24/12/2024 của Bộ Chính trị"
    checked = client.predict(None, text, "", "2025-12-15", api_name="/check")
    assert checked["references"][0]["verdict"] == "wrong_date"
    (tmp_path / "bao-cao.txt").write_text(text, "utf-8")
    checked = client.predict(handle_file(str(tmp_path / "bao-cao.txt")), "", "", "2025-12-15", api_name="/check")
    assert checked["references"][0]["verdict"] == "wrong_date"


def test_ingest(client: Any, server: Any, tmp_path: Path) -> None:
    from gradio_client import handle_file

    (tmp_path / "ghi-chu.txt").write_text("HƯỚNG DẪN\nCách ghi sổ của xã Mẫu: ghi bằng bút xanh.\n", "utf-8")
    result = client.predict([handle_file(str(tmp_path / "ghi-chu.txt"))], "guidance", "", api_name="/ingest")
    assert [(d["name"], d["status"]) for d in result["documents"]] == [("ghi-chu.txt", "added")]


def test_a_path_that_is_not_the_caller_s_upload_is_not_read(server: Any) -> None:
    import httpx

    with httpx.Client(base_url=server.url, timeout=20) as raw:
        secret = {"path": "/etc/hostname", "orig_name": "a.txt", "meta": {"_type": "gradio.FileData"}}
        call = raw.post("/gradio_api/call/check", json={"data": [secret, "", "", ""]})
        answer = raw.get(f"/gradio_api/call/check/{call.json()['event_id']}").text if call.status_code == 200 else ""
    assert "event: complete" not in answer


def test_errors_are_vietnamese_sentences(client: Any) -> None:
    with pytest.raises(Exception, match="Chưa có câu hỏi"):
        client.predict("  ", api_name="/ask")
    with pytest.raises(Exception, match="Không có loại báo cáo"):
        client.predict("khong_co", {}, api_name="/draft")


def test_mcp_gives_the_same_json(library_dir: Path, tmp_path: Path) -> None:
    import asyncio

    from mcp import ClientSession
    from mcp.client.streamable_http import streamable_http_client

    async def call(url: str) -> tuple[set[str], list[Any]]:
        door = streamable_http_client(f"{url}/gradio_api/mcp/")
        async with door as (read, write, _), ClientSession(read, write) as session:
            await session.initialize()
            names = {tool.name for tool in (await session.list_tools()).tools}
            asked = {"question": "Nghị quyết 57-NQ/TW do cơ quan nào ban hành?"}
            return names, [await session.call_tool("ask", asked), await session.call_tool("ask", {"question": ""})]

    shutil.copytree(library_dir / "library", tmp_path / "library")
    server = Server(tmp_path, free_port(), options=("--mcp",)).start()
    try:
        # the browser of other tests keeps a loop of its own in this thread
        with ThreadPoolExecutor(1) as thread:
            names, (answer, refused) = thread.submit(lambda: asyncio.run(call(server.url))).result()
    finally:
        server.stop()
    assert names == {"ask", "search", "draft", "check", "ingest"}
    assert "Bộ Chính trị" in json.loads(answer.content[0].text)["answer"]
    assert refused.isError
    assert "Chưa có câu hỏi" in refused.content[0].text


def test_mcp_is_off(server: Any) -> None:
    with pytest.raises(urllib.error.HTTPError) as refused:
        urllib.request.urlopen(server.url + "/gradio_api/mcp/", timeout=10)
    with refused.value:
        assert refused.value.code == 404
