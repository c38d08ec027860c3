"""A chat model rewrites a section over the wire; only what says the same stands."""

import sys
from pathlib import Path
from typing import Any

import pytest
import yaml

from assistant.draft import Draft, draft_report
from assistant.draft.rewrite import Rewrite, rewrite_section
from assistant.legal.registry import Registry
from assistant.paths import KNOWLEDGE
from assistant.reports import get_report_type, load_topics, read_inputs

sys.path.insert(0, str(Path(__file__).parent))
from rewriting_server import PARTS, RewritingServer

REGISTRY = Registry.load()
pytestmark = pytest.mark.filterwarnings("ignore::ResourceWarning")


@pytest.fixture(scope="module")
def draft() -> Draft:
    raw = yaml.safe_load((KNOWLEDGE / "examples" / "quy_khcn_dmst_cds.yaml").read_text(encoding="utf-8"))
    report_type = get_report_type(raw["report_type"])
    return draft_report(report_type, load_topics(), read_inputs(raw, report_type), REGISTRY)


def model(url: str, seconds: float = 10.0) -> Any:
    from langchain_openai import ChatOpenAI

    return ChatOpenAI(model="thu", base_url=url, api_key="khong-can", timeout=seconds, max_retries=0)


def rewritten(draft: Draft, part: str, **options: float) -> Rewrite:
    with RewritingServer(part) as server:
        return rewrite_section(draft, "q_dvctt", model(server.url, options.get("timeout", 10.0)), REGISTRY)


def texts(draft: Draft) -> list[str]:
    return [paragraph.text for paragraph in draft.paragraphs()]


def test_a_server_that_is_not_there_is_said_to_be_silent(draft: Draft) -> None:
    result = rewrite_section(draft, "q_dvctt", model("http://127.0.0.1:9/v1"), REGISTRY)
    assert "Không nhận được trả lời" in str(result.notice)
    assert texts(result.draft) == texts(draft)


def test_a_model_that_behaves_is_used(draft: Draft) -> None:
    result = rewritten(draft, "good")
    assert result.notice is None
    assert any(item.used for item in result.differences)
    used = next(item for item in result.differences if item.used)
    assert used.after != used.before
    assert used.after in texts(result.draft)
    assert used.before not in texts(result.draft)


@pytest.mark.parametrize(
    ("part", "said"),
    [
        ("invents_figure", "không có trong số liệu"),
        ("invents_decree", "không có trong số liệu"),
        ("drops_figure", "bỏ mất số liệu"),
        ("praises", "đổi ý"),
        ("english", "tiếng Việt"),
        ("silent", "không trả lời"),
    ],
)
def test_what_does_not_say_the_same_is_not_used(draft: Draft, part: str, said: str) -> None:
    result = rewritten(draft, part)
    assert not [item for item in result.differences if item.used]
    assert any(said in item.reason for item in result.differences)
    assert texts(result.draft) == texts(draft)


def test_a_statement_turned_round_is_not_used(draft: Draft) -> None:
    result = rewritten(draft, "turns_meaning")
    turned = [item for item in result.differences if item.after and item.after != item.before]
    assert turned
    assert not [item for item in turned if item.used]


def test_chatter_round_the_paragraphs_is_left_out(draft: Draft) -> None:
    result = rewritten(draft, "chatty")
    assert any(item.used for item in result.differences)
    assert not [text for text in texts(result.draft) if "tôi đã viết" in text or "Đoạn thừa" in text]


def test_a_model_that_stalls_leaves_the_draft_whole(draft: Draft) -> None:
    result = rewritten(draft, "stalls", timeout=0.5)
    assert result.notice is not None
    assert "quá lâu" in result.notice
    assert len(texts(result.draft)) == len(texts(draft))
    assert result.seconds < 5


def test_a_model_that_breaks_off_leaves_the_draft_whole(draft: Draft) -> None:
    result = rewritten(draft, "breaks")
    assert result.notice is not None
    assert len(texts(result.draft)) == len(texts(draft))


def test_no_server_leaves_the_draft_as_it_was(draft: Draft) -> None:
    result = rewrite_section(draft, "q_dvctt", model("http://127.0.0.1:9/v1", 1.0), REGISTRY)
    assert texts(result.draft) == texts(draft)
    assert result.notice is not None


def test_gaps_and_lists_are_not_sent(draft: Draft) -> None:
    result = rewritten(draft, "good")
    keys = {item.key for item in result.differences}
    assert all(p.kind == "body" for p in draft.paragraphs() if p.key in keys)


def test_every_part_is_played() -> None:
    assert len(PARTS) == 11
