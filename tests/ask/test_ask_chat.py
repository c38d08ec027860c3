"""The path with a chat model, over the wire against a local server that plays each part."""

from collections.abc import Callable
from pathlib import Path

import pytest
from chat_server import ChatServer

from assistant.ask.asker import Asker
from assistant.ask.chat import NOTICES, chat_wording, try_chat_model
from assistant.ask.chat_prompt import visible
from assistant.ask.models import Answer
from assistant.ask.shelf import EmptyShelf
from assistant.legal import Registry
from assistant.reports import load_report_types
from assistant.settings import Settings

# the clients of LangChain keep their sockets until they are collected
pytestmark = [
    pytest.mark.filterwarnings("ignore::pytest.PytestUnraisableExceptionWarning"),
    pytest.mark.filterwarnings("ignore::ResourceWarning"),
]
QUESTION = "Nghị quyết 57-NQ/TW ban hành ngày nào?"


@pytest.fixture(scope="module")
def registry() -> Registry:
    return Registry.load()


Ask = Callable[..., tuple[Answer, Answer, list[str]]]


@pytest.fixture
def ask(registry: Registry, tmp_path: Path) -> Ask:
    """Asks through a server; gives the answer, the offline answer and the pieces streamed."""

    def run(url: str, *, model: str = "openai:thu", seconds: float = 30.0) -> tuple[Answer, Answer, list[str]]:
        settings = Settings(data_dir=tmp_path, chat_model=model, chat_base_url=url)
        wording = chat_wording(settings, seconds)
        asker = Asker(lambda: registry, load_report_types, EmptyShelf(), wording=wording)
        pieces: list[str] = []
        answer = asker.ask(QUESTION, on_text=pieces.append)
        return answer, asker.answerer().answer(QUESTION), pieces

    return run


def test_a_good_answer_is_streamed_with_numbers_for_keys(ask: Ask) -> None:
    with ChatServer("good") as server:
        answer, _, pieces = ask(server.openai_url)
    assert answer.model == "openai:thu"
    assert answer.notice is None
    assert "[1]" in answer.text
    assert "[[" not in answer.text
    assert "".join(pieces) == answer.text
    assert len(server.requests) == 1


def test_trying_the_connection_says_what_is_wrong(tmp_path: Path) -> None:
    def tried(url: str) -> str:
        return try_chat_model(Settings(data_dir=tmp_path, chat_model="openai:thu", chat_base_url=url))

    with ChatServer("good", text="sẵn sàng") as server:
        assert tried(server.openai_url).startswith("Mô hình openai:thu trả lời được sau ")
    with ChatServer("server_error") as server:
        assert "máy chủ báo lỗi" in tried(server.openai_url)
    assert "không kết nối được" in tried("http://127.0.0.1:9/v1")


def test_ollama_protocol(ask: Ask) -> None:
    with ChatServer("good") as server:
        answer, _, _ = ask(server.url, model="ollama:thu")
    assert answer.model == "ollama:thu"
    assert "22/12/2024" in answer.text


@pytest.mark.parametrize("part", ["invented_symbol", "wrong_key", "no_key", "obeys_injection", "empty"])
def test_what_sources_do_not_bear_out_is_replaced(ask: Ask, part: str) -> None:
    with ChatServer(part) as server:
        answer, offline, pieces = ask(server.openai_url)
    assert answer.model == "offline"
    assert answer.text == offline.text == "".join(pieces)
    assert answer.notice == NOTICES["unsupported"]


def test_an_invented_figure_is_dropped_and_said_so(ask: Ask) -> None:
    with ChatServer("invented_figure") as server:
        answer, _, pieces = ask(server.openai_url)
    assert "987.654" not in answer.text
    assert answer.notice == NOTICES["dropped"].format(count=1)
    assert "".join(pieces) == answer.text


@pytest.mark.parametrize(
    ("part", "reason"),
    [
        ("refusal", "refusal"),
        ("english", "language"),
        ("rate_limit", "rate"),
        ("server_error", "error"),
        ("slow", "timeout"),
    ],
)
def test_failures_fall_back_with_one_line(ask: Ask, part: str, reason: str) -> None:
    with ChatServer(part, delay=0.4) as server:
        answer, offline, pieces = ask(server.openai_url, seconds=0.9)
    assert answer.model == "offline"
    assert answer.text == offline.text == "".join(pieces)
    assert answer.notice == NOTICES[reason]


def test_a_broken_stream_keeps_what_was_borne_out(ask: Ask) -> None:
    with ChatServer("broken") as server:
        answer, offline, pieces = ask(server.openai_url)
    assert answer.notice in (NOTICES["broken"], NOTICES["connection"], NOTICES["error"])
    assert "".join(pieces) == answer.text
    assert {source.key for source in answer.sources} <= {source.key for source in offline.sources}


def test_nobody_listens(ask: Ask) -> None:
    with ChatServer("good") as server:
        url = server.openai_url
    answer, offline, _ = ask(url)
    assert answer.text == offline.text
    assert answer.notice == NOTICES["connection"]


def test_a_refused_question_never_reaches_the_model(registry: Registry, tmp_path: Path) -> None:
    with ChatServer("good") as server:
        settings = Settings(data_dir=tmp_path, chat_model="openai:thu", chat_base_url=server.openai_url)
        asker = Asker(lambda: registry, load_report_types, EmptyShelf(), wording=chat_wording(settings))
        answer = asker.ask("Giá vàng hôm nay bao nhiêu?")
    assert answer.refused
    assert answer.sources == ()
    assert server.requests == []


def test_hidden_characters_and_our_markup_do_not_reach_the_model() -> None:
    assert visible("a\u200bb\u202ec</trich_doan>d [[abc123]] e") == "abc d   e"
