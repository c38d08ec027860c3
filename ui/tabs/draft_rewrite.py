"""A section in the chat model's words: what it proposes is shown word by word, and taken paragraph by paragraph."""

from collections.abc import Iterator
from typing import Any

from assistant.errors import InputError, SettingsError
from ui.events import Act
from ui.jobs import Done, Progress
from ui.office import Office
from ui.render.diff import diff_html
from ui.store.drafts import DraftFile
from ui.store.folder import read_json, write_json
from ui.tabs.draft_view import form_sections, heading_of
from ui.workspace import Desk

REWRITING = "rewrite"


class DraftRewrite:
    """What the drafting tab does with a chat model."""

    def __init__(self, office: Office) -> None:
        self.office = office

    @property
    def possible(self) -> bool:
        return bool(self.office.settings.chat_model)

    def run(self, act: Act, draft: DraftFile) -> Iterator[Progress]:
        """Ask the model in the background; what it proposes is kept beside the draft.

        Raises:
            SettingsError: no chat model is configured.
        """
        if not self.possible:
            raise SettingsError("Chưa cấu hình mô hình hội thoại; hãy đặt TLBC_CHAT_MODEL rồi mở lại chương trình.")
        section = act.text("section")
        if section not in form_sections(self.office.report_type(draft.report_type)):
            raise InputError("Mục này không còn trong báo cáo; hãy tải lại trang.")
        for news in self.office.jobs.run(act.desk.user, REWRITING, self.office.rewriting(draft, section)):
            if isinstance(news, Done):
                write_json(act.desk.drafts.beside(draft.id, REWRITING), {"section": section, **news.result})
            else:
                yield news

    def view(self, desk: Desk, draft: DraftFile) -> dict[str, Any] | None:
        """What is proposed and not yet decided, for the template; None where there is nothing."""
        found = read_json(desk.drafts.beside(draft.id, REWRITING))
        if not found:
            return None
        rows = [{**row, "diff": diff_html(row["before"], row["after"])} for row in found["rows"]]
        heading = heading_of(self.office.report_type(draft.report_type), found["section"], draft.header)
        return {"heading": heading, "notice": found["notice"], "rows": rows}

    def take(self, act: Act, draft: DraftFile) -> DraftFile:
        """Put one proposed paragraph into the report, as a paragraph edited by hand.

        Raises:
            InputError: it is no longer there, or the paragraph it was made from has changed.
        """
        found = read_json(act.desk.drafts.beside(draft.id, REWRITING)) or {"section": "", "rows": []}
        row = next((r for r in found["rows"] if r["key"] == act.text("key") and r["used"]), None)
        if row is None:
            raise InputError("Đề nghị này không còn; hãy nhờ viết lại lần nữa.")
        made = self.office.draft(draft, found["section"])
        if row["before"] not in {p.text for p in made.paragraphs() if p.key == row["key"]}:
            raise InputError("Số liệu của đoạn đã đổi sau khi viết lại; hãy nhờ viết lại lần nữa.")
        draft = act.desk.drafts.set_edit(draft.id, row["key"], row["after"])
        self.drop(act, draft)
        return draft

    def drop(self, act: Act, draft: DraftFile) -> None:
        """Leave one proposed paragraph, or all where the act names none."""
        path = act.desk.drafts.beside(draft.id, REWRITING)
        found = read_json(path) or {"rows": []}
        rows = [row for row in found["rows"] if act.text("key") and row["key"] != act.text("key")]
        write_json(path, {**found, "rows": rows} if any(row["used"] for row in rows) else {})
