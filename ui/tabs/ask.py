"""Hỏi đáp: a conversation with numbered sources beside it."""

from collections.abc import Iterator, Mapping
from typing import Any

import gradio as gr
from markupsafe import Markup

from assistant.errors import InputError
from ui.events import Act, Handler, Updates, on_open, panel, wire
from ui.jobs import Done
from ui.office import KIND_GROUPS, Office
from ui.render.answer import answer_html
from ui.render.html import download, render, toast
from ui.store.conversations import Conversation, as_text, citation_text, note_feedback, source_name, with_sources
from ui.workspace import Desk

MAX_QUESTION = 4000
SHOWN = 30


def _foot(answer: Mapping[str, Any]) -> str:
    model = str(answer.get("model", "offline"))
    return f"{'ngoại tuyến' if model == 'offline' else model} · {answer.get('milliseconds', 0):.0f} ms"


def _draft_target(answer: Mapping[str, Any]) -> dict[str, str] | None:
    """Where "Soạn mục này" leads: the section that the answer is about; None where it is about none."""
    report_type, sections = answer.get("report_type"), answer.get("sections")
    return {"report_type": str(report_type), "section": str(sections[0])} if report_type and sections else None


def turn_view(index: int, turn: Mapping[str, Any]) -> dict[str, Any]:
    """What the template shows of one turn."""
    answer = turn["answer"]
    return {
        "index": index,
        "question": turn["question"],
        "waiting": False,
        "refused": bool(answer.get("refused")),
        "html": answer_html(str(answer.get("answer", "")), index),
        "citations": [{**c, "name": source_name(c)} for c in answer.get("citations") or []],
        "draft_target": _draft_target(answer),
        "copied": with_sources(answer),
        "verdict": turn.get("verdict", ""),
        "note": turn.get("note", ""),
        "notice": answer.get("notice") or "",
        "foot": _foot(answer),
        "suggestions": (answer.get("suggestions") or [])[:3],
    }


class AskTab:
    """The tab's panels and what happens in them."""

    def __init__(self, office: Office) -> None:
        self.office = office
        with gr.Column(elem_id="ask", elem_classes="page"):
            self.rail = panel(elem_id="ask-rail")
            self.talk = panel(elem_id="ask-talk")
            self.source = panel(render("ask_source.html.j2", source=None), elem_id="ask-source")
            self.composer = panel(render("ask_composer.html.j2", question=""), elem_id="ask-composer")

    def connect(self, blocks: Any, notice: Any, draft_outputs: Mapping[str, Any]) -> None:
        """Wire the panels.

        Args:
            draft_outputs: what "Soạn mục này" needs: the function "open" (act -> updates) and its "outputs".
        """
        self._draft = draft_outputs
        outputs = [self.talk, self.rail, self.source, self.composer]
        folder = self.office.folder
        wire(self.rail, self.handle, outputs, folder, notice)
        wire(self.talk, self.handle, [*outputs, *draft_outputs["outputs"]], folder, notice)
        wire(self.composer, self.handle, outputs, folder, notice)
        wire(self.source, self.handle, outputs, folder, notice)
        on_open(blocks, self.opened, outputs, folder, notice)

    # ------------------------------------------------------------------ what is shown
    def opened(self, desk: Desk) -> Updates:
        return {
            self.talk: self.talk_html(desk, desk.conversations.create()),
            self.rail: self.rail_html(desk, ""),
            self.source: render("ask_source.html.j2", source=None),
        }

    def rail_html(self, desk: Desk, current: str) -> str:
        return render(
            "ask_rail.html.j2",
            kinds=[(key, label) for key, (label, _) in KIND_GROUPS.items()],
            types=[(t.id, t.short_name) for t in self.office.report_types().values()],
            chosen=desk.profile.get().last.get("report_type", ""),
            conversations=desk.conversations.all()[:SHOWN],
            current=current,
        )

    def talk_html(
        self,
        desk: Desk,
        conversation: Conversation,
        *,
        waiting: Mapping[str, Any] | None = None,
        extra: str = "",
        fresh: bool = False,
        judged: int | None = None,
    ) -> str:
        """The conversation; `fresh` brings its last answer into view, `judged` the note on the turn of that number."""
        turns = [turn_view(index, turn) for index, turn in enumerate(conversation.turns)]
        if waiting is not None:
            turns.append({"waiting": True, **waiting})
        chosen = desk.profile.get().last.get("report_type", "")
        return render(
            "ask_talk.html.j2",
            conversation=conversation,
            turns=turns,
            suggestions=self.office.suggestions(chosen),
            extra=Markup(extra),
            fresh=fresh,
            judged=judged,
        )

    # ------------------------------------------------------------------ what happens
    def handle(self, act: Act) -> Updates | Iterator[Updates] | None:
        """What one act does; None where the act is not ours."""
        actions: dict[str, Handler] = {
            "ask": self.ask,
            "new": self.new,
            "open": self.open,
            "remove": self.remove,
            "export": self.export,
            "source": self.show_source,
            "close": lambda _: {self.source: render("ask_source.html.j2", source=None)},
            "judge": self.judge,
            "draft": self.to_draft,
            "type": self.choose_type,
            "stop": self.stop,
        }
        action = actions.get(act.name)
        return action(act) if action else None

    def stop(self, act: Act) -> Updates | None:
        self.office.jobs.stop(act.desk.user, "ask")
        return None

    @staticmethod
    def kinds_of(act: Act) -> list[str] | None:
        """The kinds of documents to answer from, by the boxes of the filter; None for all.

        Raises:
            InputError: no box is ticked.
        """
        chosen = [key for key in KIND_GROUPS if act.form.get(f"kind_{key}", True)]
        if not chosen:
            raise InputError("Chưa chọn nơi tìm; hãy chọn ít nhất một loại văn bản ở «Tìm trong».")
        return None if len(chosen) == len(KIND_GROUPS) else [kind for key in chosen for kind in KIND_GROUPS[key][1]]

    def ask(self, act: Act) -> Iterator[Updates]:
        question = act.text("question") or act.field("question")
        if not question.strip():
            raise InputError("Chưa có câu hỏi; hãy gõ câu hỏi rồi bấm Gửi.")
        question = question.strip()[:MAX_QUESTION]
        desk = act.desk
        conversation = desk.conversations.find(act.state.get("conversation"))
        waiting = {"question": question, "html": ""}
        # a source left open would seem to belong to the new answer
        closed = render("ask_source.html.j2", source=None)
        yield {self.talk: self.talk_html(desk, conversation, waiting=waiting), self.source: closed}
        answer: dict[str, Any] = {}
        try:
            kinds = self.kinds_of(act)
            work = self.office.asking(question, conversation.turns, act.field("report_type") or None, kinds)
            for news in self.office.jobs.run(desk.user, "ask", work):
                if isinstance(news, Done):
                    answer = news.result
                else:
                    html = answer_html(news.text, len(conversation.turns))
                    yield {self.talk: self.talk_html(desk, conversation, waiting={**waiting, "html": html})}
        except Exception:
            # what was typed goes back to its box, to be asked again
            typed = render("ask_composer.html.j2", question=question)
            yield {self.talk: self.talk_html(desk, conversation), self.composer: typed}
            raise
        conversation = desk.conversations.add(conversation.id, question, answer)
        talk = self.talk_html(desk, conversation, fresh=True)
        yield {self.talk: talk, self.rail: self.rail_html(desk, conversation.id)}

    def new(self, act: Act) -> Updates:
        return self.opened(act.desk)

    def open(self, act: Act) -> Updates:
        conversation = act.desk.conversations.get(act.text("id"))
        return {
            self.talk: self.talk_html(act.desk, conversation, fresh=True),
            self.rail: self.rail_html(act.desk, conversation.id),
            self.source: render("ask_source.html.j2", source=None),
        }

    def remove(self, act: Act) -> Updates:
        act.desk.conversations.remove(act.text("id"))
        current = act.state.get("conversation", "")
        if current == act.text("id"):
            return self.opened(act.desk)
        return {self.rail: self.rail_html(act.desk, current)}

    def export(self, act: Act) -> Updates:
        conversation = act.desk.conversations.get(act.state.get("conversation", ""))
        stored = act.desk.files.put("hoi-thoai.txt", as_text(conversation).encode())
        return {self.talk: self.talk_html(act.desk, conversation, extra=download(f"/tai-ve/{stored.id}"))}

    def show_source(self, act: Act) -> Updates:
        conversation = act.desk.conversations.get(act.state.get("conversation", ""))
        turn, n = int(act.text("turn") or -1), int(act.text("n") or 0)
        if not 0 <= turn < len(conversation.turns):
            raise InputError("Câu trả lời này không còn trên máy; hãy hỏi lại.")
        citations = conversation.turns[turn]["answer"].get("citations") or []
        citation = next((c for c in citations if c.get("n") == n), None)
        if citation is None:
            raise InputError(f"Câu trả lời không có nguồn [{n}]; hãy hỏi lại.")
        source = {
            **self.office.source_of(citation),
            "n": n,
            "name": source_name(citation),
            "copied": citation_text(citation),
        }
        return {self.source: render("ask_source.html.j2", source=source)}

    def judge(self, act: Act) -> Updates:
        note = act.field("note")
        conversation = act.desk.conversations.judge(
            act.state.get("conversation", ""), int(act.text("turn") or -1), act.text("verdict"), note
        )
        turn = conversation.turns[int(act.text("turn"))]
        note_feedback(
            act.desk.office / "danh-gia.jsonl",
            {
                "user": act.desk.user,
                "question": turn["question"],
                "answer": turn["answer"].get("answer"),
                "verdict": turn["verdict"],
                "note": note,
            },
        )
        thanks = toast("Đã lưu ghi chú." if note else "Đã ghi nhận. Có thể ghi thêm lý do bên dưới.")
        judged = None if note else int(act.text("turn"))
        return {self.talk: self.talk_html(act.desk, conversation, extra=thanks, judged=judged)}

    def to_draft(self, act: Act) -> Updates:
        updates: Updates = self._draft["open"](act)
        return updates

    def choose_type(self, act: Act) -> Updates | None:
        act.desk.profile.remember(report_type=act.text("value"))
        conversation = act.desk.conversations.find(act.state.get("conversation"))
        if conversation.turns:
            return None
        return {self.talk: self.talk_html(act.desk, conversation)}
