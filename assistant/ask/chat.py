"""Wording by a chat model: streamed, every sentence judged before it is shown, the offline answer where that fails."""

import itertools
import re
import threading
import time
from collections.abc import Callable, Iterator, Sequence
from dataclasses import replace
from typing import Any

from assistant.ask.asker import OnText
from assistant.ask.chat_prompt import LIMIT, Excerpt, excerpts, prompt
from assistant.ask.models import Answer, Source, Statement, render
from assistant.ask.offline import OfflineAnswerer
from assistant.ask.refusal import REFUSAL
from assistant.ask.repair import legal_model
from assistant.ask.shelf import words
from assistant.grounding import unsupported
from assistant.settings import Settings
from assistant.vietnamese.text import fold, nfc
from assistant.vietnamese.tokens import folded_syllables

SECONDS = 40.0
_LEAST_SHARED = 0.5
_KEY = re.compile(r"\[\[\s*([0-9a-f]{6})\s*\]\]")
_SENTENCE_END = re.compile(r"(?<=[.!?…])(?=\s)(?!\s*\[\[)|(?<=\]\])(?!\s*(?:\[\[|[.;,]))|\n+")
_REFUSING = re.compile(
    r"(?:toi|minh|em) (?:khong the|xin phep khong|rat tiec)|xin loi|khong the (?:ho tro|tra loi|giup)"
    r"|as an ai|i can(?:no|')t|i'm sorry"
)

NOTICES = {
    "timeout": "Mô hình hội thoại trả lời quá lâu nên dùng câu trả lời ngoại tuyến.",
    "rate": "Mô hình hội thoại đang quá tải hoặc hết lượt nên dùng câu trả lời ngoại tuyến.",
    "connection": "Không kết nối được mô hình hội thoại nên dùng câu trả lời ngoại tuyến.",
    "broken": "Mô hình hội thoại ngắt giữa chừng nên phần còn lại dùng câu trả lời ngoại tuyến.",
    "refusal": "Mô hình hội thoại từ chối trả lời nên dùng câu trả lời ngoại tuyến.",
    "language": "Mô hình hội thoại không trả lời bằng tiếng Việt nên dùng câu trả lời ngoại tuyến.",
    "unsupported": "Câu chữ của mô hình hội thoại không khớp nguồn nên dùng câu trả lời ngoại tuyến.",
    "dropped": "Đã bỏ {count} câu của mô hình hội thoại vì nguồn không chứng thực.",
    "error": "Mô hình hội thoại gặp lỗi nên dùng câu trả lời ngoại tuyến.",
}
ChatModelFactory = Callable[[], Any]


class ChatFailedError(Exception):
    """The model gave nothing usable; `reason` is a key of `NOTICES`."""

    def __init__(self, reason: str) -> None:
        super().__init__(reason)
        self.reason = reason


def chat_wording(settings: Settings, seconds: float = SECONDS) -> "ChatWording | None":
    """The wording by the configured chat model; None where none is configured."""
    if not settings.chat_model:
        return None
    return ChatWording(settings.chat_model, lambda: open_model(settings, seconds), seconds)


def open_model(settings: Settings, seconds: float = SECONDS) -> Any:
    """The chat model of the settings, as LangChain's `init_chat_model` makes it; no retries, a time limit."""
    from langchain.chat_models import init_chat_model

    provider = settings.chat_model.partition(":")[0]
    options: dict[str, Any] = {"temperature": 0}
    if settings.chat_base_url:
        options["base_url"] = settings.chat_base_url
    if provider == "ollama":
        options["client_kwargs"] = {"timeout": seconds}
    else:
        options |= {"timeout": seconds, "max_retries": 0}
        key = settings.chat_api_key.get_secret_value()
        # servers in the office ask for no key; the client insists on some text
        options["api_key"] = key or ("khong-can" if settings.chat_base_url else None)
    return init_chat_model(settings.chat_model, **{name: value for name, value in options.items() if value is not None})


def try_chat_model(settings: Settings, seconds: float = 15.0) -> str:
    """One Vietnamese sentence on whether the configured chat model answers."""
    if not settings.chat_model:
        return "Chưa cấu hình mô hình hội thoại; chương trình đang trả lời ngoại tuyến."
    started = time.monotonic()
    try:
        # streamed, as answers are
        chunks = open_model(settings, seconds).stream([("user", "Hãy trả lời đúng một từ: sẵn sàng")])
        said = "".join(_text_of(chunk) for chunk in chunks)
    except Exception as error:
        return f"Mô hình {settings.chat_model} chưa dùng được: {_TROUBLES[_reason(error)]}."
    took = f"{time.monotonic() - started:.1f}".replace(".", ",")
    if not said.strip():
        return f"Mô hình {settings.chat_model} có kết nối nhưng trả lời rỗng."
    return f"Mô hình {settings.chat_model} trả lời được sau {took} giây."


_TROUBLES = {
    "timeout": "quá thời gian chờ, hãy kiểm tra máy chủ",
    "rate": "quá tải hoặc hết lượt, hãy thử lại sau",
    "connection": "không kết nối được, hãy kiểm tra địa chỉ máy chủ",
    "broken": "kết nối bị ngắt giữa chừng",
    "error": "máy chủ báo lỗi, hãy kiểm tra tên mô hình và khóa truy cập",
}


class ChatWording:
    """Has a chat model word an answer from the sources of the offline one."""

    def __init__(self, name: str, open_chat: ChatModelFactory, seconds: float = SECONDS) -> None:
        """
        Args:
            name: "provider:model", shown with the answer.
            open_chat: makes the model; called once, at the first question.
            seconds: limit for one whole answer.
        """
        self._name = name
        self._open = open_chat
        self._seconds = seconds
        self._model: Any = None
        self._lock = threading.Lock()

    def word(self, answerer: OfflineAnswerer, answer: Answer, on_text: OnText | None) -> Answer:
        """The answer in the model's words as far as its sources bear them out."""
        if not answer.sources:
            return _offline(answer, None, on_text)
        shown = excerpts([*answer.sources, *answerer.more_sources(answer)])
        accepted: list[Statement] = []
        dropped = 0
        try:
            for statement in self._statements(answer, shown):
                if statement is None:
                    dropped += 1
                    continue
                accepted.append(statement)
                if on_text is not None:
                    on_text(_delta(accepted))
        except ChatFailedError as failure:
            return self._after_failure(answer, accepted, failure.reason, on_text)
        if not accepted:
            return _offline(answer, "unsupported", on_text)
        notice = NOTICES["dropped"].format(count=dropped) if dropped else None
        statements = tuple(accepted)
        if dropped:
            statements += _left_out(answer, accepted)
            _send_rest(accepted, statements, on_text)
        return replace(answer, statements=statements, model=self._name, notice=notice)

    def _after_failure(self, answer: Answer, accepted: list[Statement], reason: str, on_text: OnText | None) -> Answer:
        if not accepted:
            return _offline(answer, reason, on_text)
        statements = (*accepted, *_left_out(answer, accepted))
        _send_rest(accepted, statements, on_text)
        return replace(answer, statements=statements, model=self._name, notice=NOTICES["broken"])

    def _statements(self, answer: Answer, shown: Sequence[Excerpt]) -> Iterator[Statement | None]:
        """The model's sentences as they complete; None for one that its sources do not bear out."""
        by_key = {excerpt.key: excerpt for excerpt in shown}
        said = 0
        for sentence in _sentences(self._chunks(answer, shown)):
            plain = _KEY.sub("", sentence).strip(" -*•\t")
            if not plain:
                continue
            _refuse_unusable(plain)
            if said + words(plain) > LIMIT * 1.3:
                return
            sources = [by_key[key].source for key in dict.fromkeys(_KEY.findall(sentence)) if key in by_key]
            statement = judged(plain, sources)
            said += words(plain) if statement else 0
            yield statement

    def _chunks(self, answer: Answer, shown: Sequence[Excerpt]) -> Iterator[str]:
        """Pieces of the model's text, under the limit of time."""
        try:
            chat = self._chat()
            # importing the client is no fault of the model
            deadline = time.monotonic() + self._seconds
            for chunk in chat.stream(prompt(answer, shown)):
                if time.monotonic() > deadline:
                    raise ChatFailedError("timeout")
                yield _text_of(chunk)
        except ChatFailedError:
            raise
        except Exception as error:
            raise ChatFailedError(_reason(error)) from error

    def _chat(self) -> Any:
        with self._lock:
            if self._model is None:
                self._model = self._open()
            return self._model


def judged(sentence: str, sources: Sequence[Source]) -> Statement | None:
    """The sentence with those of its sources that bear it out; None where they do not."""
    if not sources:
        return None
    if unsupported(sentence, [source.evidence for source in sources]) or _shared(sentence, sources) < _LEAST_SHARED:
        return None
    return Statement(sentence, tuple(sources))


def _shared(sentence: str, sources: Sequence[Source]) -> float:
    """Share of a sentence's syllables that its sources (or their titles) have."""
    own = [word for word in folded_syllables(sentence) if len(word) > 2]
    have = {w for s in sources for w in folded_syllables(f"{s.quote} {s.document_title} {s.location} {s.symbol or ''}")}
    return sum(word in have for word in own) / len(own) if own else 0.0


def _refuse_unusable(sentence: str) -> None:
    folded = fold(sentence)
    if _REFUSING.search(folded) or fold(REFUSAL)[:40] in folded:
        raise ChatFailedError("refusal")
    syllables = [word for word in folded_syllables(sentence) if word.isalpha()]
    if len(syllables) < 5:
        return
    known = legal_model().alone
    share = sum(word in known for word in syllables) / len(syllables)
    accented = any(c.isalpha() and not c.isascii() for c in sentence)
    if share < 0.6 or not accented:
        raise ChatFailedError("language")


def _sentences(chunks: Iterator[str]) -> Iterator[str]:
    """Whole sentences of a stream, each with the keys right behind it."""
    pending = ""
    for chunk in itertools.chain(chunks, [None]):
        pending = nfc(pending + (chunk or ""))
        while match := _boundary(pending, final=chunk is None):
            sentence, pending = pending[:match], pending[match:]
            if sentence.strip():
                yield sentence.strip()
    if pending.strip():
        yield pending.strip()


def _boundary(text: str, final: bool) -> int:
    """Where the first sentence of `text` surely ends; 0 where more has to come."""
    for match in _SENTENCE_END.finditer(text):
        end = match.end() or match.start()
        rest = text[end:].lstrip()
        # keys may still follow what was streamed so far
        if end and text[:end].strip() and (final or (rest and not rest.startswith("["))):
            return end
    return 0


def _text_of(chunk: Any) -> str:
    content = getattr(chunk, "content", chunk)
    if isinstance(content, str):
        return content
    return "".join(part.get("text", "") if isinstance(part, dict) else str(part) for part in content)


def _reason(error: Exception) -> str:
    """What of `NOTICES` an error of a chat client comes to, judged by its name and status alone."""
    names = " ".join(kind.__name__ for kind in type(error).__mro__).lower()
    status = getattr(error, "status_code", None)
    if "timeout" in names:
        return "timeout"
    if status == 429 or "ratelimit" in names:
        return "rate"
    if "protocol" in names or "incompleteread" in names or "jsondecode" in names:
        return "broken"
    return "connection" if "connect" in names else "error"


def _offline(answer: Answer, reason: str | None, on_text: OnText | None) -> Answer:
    if on_text is not None:
        on_text(answer.text)
    return replace(answer, notice=NOTICES[reason] if reason else None)


def _left_out(answer: Answer, accepted: Sequence[Statement]) -> tuple[Statement, ...]:
    """Statements of the offline answer whose sources the model's sentences do not use."""
    used = {source.key for statement in accepted for source in statement.sources}
    return tuple(s for s in answer.statements if s.sources and not any(source.key in used for source in s.sources))


def _numbers(statements: Sequence[Statement]) -> dict[tuple[str, str | None, str], int]:
    keys = dict.fromkeys(source.key for statement in statements for source in statement.sources)
    return {key: n for n, key in enumerate(keys, start=1)}


def _delta(statements: Sequence[Statement]) -> str:
    """What the last statement adds to the text shown so far."""
    numbers = _numbers(statements)
    return render(statements, numbers)[len(render(statements[:-1], numbers)) :]


def _send_rest(accepted: Sequence[Statement], statements: Sequence[Statement], on_text: OnText | None) -> None:
    if on_text is not None:
        numbers = _numbers(statements)
        on_text(render(statements, numbers)[len(render(accepted, numbers)) :])
