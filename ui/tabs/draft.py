"""Soạn báo cáo: choose, fill, see and edit, export; every change is on disk before the page answers."""

from collections.abc import Iterator, Mapping
from dataclasses import replace
from typing import Any

import gradio as gr

from assistant.errors import InputError, UnknownNameError
from ui.charts import charts_html
from ui.events import Act, Handler, Updates, on_open, panel, wire
from ui.indicator_lists import TABLE, IndicatorList, indicator_lists, with_rows
from ui.office import Office
from ui.render.html import render, toast
from ui.store.drafts import HEADER, DraftFile
from ui.tabs.draft_files import READING
from ui.tabs.draft_panels import DraftPanels
from ui.tabs.draft_rewrite import REWRITING
from ui.tabs.draft_view import form_html, form_sections, outline_html
from ui.workspace import Desk

STEPS = {
    "choose": "1 Loại và kỳ",
    "fill": "2 Nhập số liệu",
    "view": "3 Xem và sửa",
    "export": "4 Xuất",
    "charts": "Biểu đồ",
}


TAKE_OVER = {
    "accept-all": "Đã nhận {} số liệu; hoàn tác được bằng một lần bấm.",
    "as-last": "Đã đặt {} số liệu kỳ trước bên cạnh các ô.",
}
# what an open page sends again when the server was away
RESENT = {"set", "set-table", "edit"}


class DraftTab(DraftPanels):
    """The tab's panels and what happens in them."""

    def __init__(self, office: Office, tabs: Any) -> None:
        super().__init__(office)
        self.tabs = tabs
        with gr.Column(elem_id="draft", elem_classes="page"):
            self.bar = panel(elem_id="draft-bar")
            with gr.Tabs(selected="choose", elem_id="steps", overflow_behavior="wrap") as self.steps:
                with gr.Tab(STEPS["choose"], id="choose", elem_id="step-choose"):
                    self.choose = panel(elem_id="draft-choose")
                with gr.Tab(STEPS["fill"], id="fill", elem_id="step-fill"), gr.Column(elem_id="fill"):
                    self.outline = panel(elem_id="draft-outline")
                    self.form = panel(elem_id="draft-form")
                    self.side = panel(elem_id="draft-side")
                    self.signals = panel(elem_id="draft-signals")
                with gr.Tab(STEPS["view"], id="view", elem_id="step-view"):
                    self.paper = panel(elem_id="draft-paper")
                with gr.Tab(STEPS["export"], id="export", elem_id="step-export"):
                    self.export = panel(elem_id="draft-export")
                with gr.Tab(STEPS["charts"], id="charts", elem_id="step-charts"):
                    self.charts = panel(elem_id="draft-charts")

    @property
    def outputs(self) -> list[Any]:
        """All that an act here may change; the bar first, as it always may."""
        parts = [self.bar, self.steps, self.choose, self.outline, self.form, self.side, self.signals]
        return [*parts, self.paper, self.export, self.charts, self.tabs]

    def connect(self, blocks: Any, notice: Any) -> None:
        left = [self.bar, self.choose, self.outline, self.form]
        for source in (*left, self.side, self.paper, self.export, self.charts):
            wire(source, self.handle, self.outputs, self.office.folder, notice)
        on_open(blocks, self.opened, self.outputs, self.office.folder, notice)

    # ------------------------------------------------------------------ opening
    def opened(self, desk: Desk) -> Updates:
        """The draft last worked on, or the choice of a type."""
        drafts = desk.drafts.all()
        if not drafts:
            return {self.bar: self.bar_html(desk, None), self.choose: self.choose_html(desk, None), **self.blank()}
        return self.show(desk, drafts[0], self.remembered_section(desk, drafts[0]), step="fill")

    def blank(self) -> dict[Any, Any]:
        parts = (self.outline, self.form, self.side, self.paper, self.export, self.charts)
        return dict.fromkeys(parts, render("draft_empty.html.j2")) | {self.signals: ""}

    def remembered_section(self, desk: Desk, draft: DraftFile) -> str:
        wanted = desk.profile.get().last.get(f"section:{draft.id}", HEADER)
        return wanted if wanted in form_sections(self.office.report_type(draft.report_type)) else HEADER

    def show(self, desk: Desk, draft: DraftFile, section: str, *, step: str | None = None) -> dict[Any, Any]:
        """Everything about a draft; the costly steps only when they are the ones to be seen."""
        desk.profile.remember(draft=draft.id, report_type=draft.report_type)
        updates: dict[Any, Any] = {
            self.bar: self.bar_html(desk, draft),
            self.choose: self.choose_html(desk, draft),
            **self.fill(desk, draft, section),
        }
        if step is not None:
            updates[self.steps] = gr.Tabs(selected=step)
            updates |= self.step_updates(desk, draft, step)
        return updates

    def fill(self, desk: Desk, draft: DraftFile, section: str) -> dict[Any, Any]:
        report_type = self.office.report_type(draft.report_type)
        if self.remembered_section(desk, draft) != section:
            desk.profile.remember(**{f"section:{draft.id}": section})
        state = self.office.state_of(draft)
        columns = self.office.record_columns(draft.report_type, section)
        lists = self.indicator_lists(desk, draft) if TABLE in columns else []
        return {
            self.outline: outline_html(draft, report_type, section, state.missing, state.problems),
            self.form: form_html(draft, report_type, section, columns, lists),
            self.side: self.side_html(draft, section),
            self.signals: self.signals_html(draft, section),
        }

    def indicator_lists(self, desk: Desk, draft: DraftFile) -> list[IndicatorList]:
        return indicator_lists(draft, desk.drafts.all(), self.office.application.registry)

    def changed(self, desk: Desk, draft: DraftFile, section: str, extra: str = "") -> dict[Any, Any]:
        """What a changed value changes: everything of the second step but the form being typed in."""
        updates = self.fill(desk, draft, section)
        del updates[self.form]
        return {self.bar: self.bar_html(desk, draft, extra), **updates}

    # ------------------------------------------------------------------ what is shown
    def step_updates(self, desk: Desk, draft: DraftFile, step: str) -> dict[Any, Any]:
        if step == "view":
            return {self.paper: self.paper_html(desk, draft)}
        if step == "export":
            return {self.export: self.files.export_html(draft)}
        if step == "charts":
            return {self.charts: charts_html(self.office, draft, desk.drafts.all())}
        return {}

    # ------------------------------------------------------------------ what happens
    def handle(self, act: Act) -> Updates | Iterator[Updates] | None:
        """What one act does; None where the act is not ours."""
        actions: dict[str, Handler] = {
            "step": self.to_step,
            "create": self.create,
            "tour-draft": self.create_example,
            "open": self.open,
            "remove": self.remove,
            "rename": self.rename,
            "undo": self.undo,
            "section": self.to_section,
            "set": self.set_value,
            "set-table": self.set_value,
            "resend": self.resend,
            "add-indicators": self.add_indicators,
            "edit": self.edit,
            "redraft": self.redraft,
            "rewrite": self.rewrite_section,
            "take-rewrite": self.take_rewrite,
            "drop-rewrite": self.drop_rewrite,
            "goto": self.goto_field,
            "import": self.import_inputs,
            "previous": self.read_previous,
            "stop": self.stop,
            "proposals": self.show_proposals,
            "judge": self.judge,
            "last-from": self.last_from,
            **dict.fromkeys(TAKE_OVER, self.take_over),
            **dict.fromkeys(("word", "evidence", "workbook"), self.download),
        }
        action = actions.get(act.name)
        return action(act) if action else None

    def current(self, act: Act) -> DraftFile:
        """Raises InputError where no draft is open."""
        draft_id = act.state.get("draft", "")
        if not draft_id:
            raise InputError("Chưa mở bản nháp nào; hãy chọn loại báo cáo rồi bấm «Bắt đầu soạn».")
        try:
            return act.desk.drafts.get(draft_id)
        except UnknownNameError as error:
            raise InputError("Bản nháp này không còn; hãy chọn bản khác ở bước 1.") from error

    def section_of(self, act: Act, draft: DraftFile) -> str:
        wanted = act.text("section") or act.state.get("section", HEADER)
        return wanted if wanted in form_sections(self.office.report_type(draft.report_type)) else HEADER

    def to_step(self, act: Act) -> Updates | None:
        step = act.text("step")
        if step in {"choose", ""} or not act.state.get("draft"):
            return None
        return self.step_updates(act.desk, self.current(act), step)

    def create(self, act: Act) -> Updates:
        report_type = self.office.report_type(act.field("report_type"))
        period = act.field("period_label")
        if not period:
            raise InputError("Chưa ghi kỳ báo cáo; hãy ghi, ví dụ «Quý III/2025».")
        unit = {key: act.field(key) for key in ("commune_kind", "commune_name", "province") if act.field(key)}
        header = self.office.starting_header(report_type.id, period, {**act.desk.profile.get().unit, **unit})
        if unit and not act.desk.profile.get().unit:
            act.desk.profile.set_unit(unit, for_office=False)
        act.desk.profile.remember(period=period)
        draft = act.desk.drafts.create(f"{report_type.short_name} · {period}", report_type.id, header)
        return self.show(act.desk, draft, HEADER, step="fill")

    def create_example(self, act: Act) -> Updates:
        draft = self.files.example(act.desk)
        return self.show(act.desk, draft, self.files.example_section(draft), step="fill")

    def open(self, act: Act) -> Updates:
        draft = act.desk.drafts.get(act.text("value") or act.text("id"))
        return self.show(act.desk, draft, self.remembered_section(act.desk, draft), step="fill")

    def open_section(self, act: Act) -> Updates:
        """ "Soạn mục này" from an answer: the newest draft of that type, or a new one, at that section."""
        report_type = self.office.report_type(act.text("type"))
        draft = next((d for d in act.desk.drafts.all() if d.report_type == report_type.id), None)
        if draft is None:
            profile = act.desk.profile.get()
            period = profile.last.get("period", "")
            header = self.office.starting_header(report_type.id, period, profile.unit)
            draft = act.desk.drafts.create(f"{report_type.short_name} · {period or 'kỳ mới'}", report_type.id, header)
        updates = self.show(act.desk, draft, self.section_of(act, draft), step="fill")
        return {**updates, self.tabs: gr.Tabs(selected="draft")}

    def remove(self, act: Act) -> Updates:
        act.desk.drafts.remove(act.text("id"))
        if act.text("id") == act.state.get("draft"):
            return {**self.opened(act.desk), self.steps: gr.Tabs(selected="choose")}
        open_now = self.current(act) if act.state.get("draft") else None
        return {self.choose: self.choose_html(act.desk, open_now), self.bar: self.bar_html(act.desk, open_now)}

    def rename(self, act: Act) -> Updates:
        draft = act.desk.drafts.rename(self.current(act).id, act.text("value"))
        return {self.bar: self.bar_html(act.desk, draft, toast("Đã đổi tên bản nháp."))}

    def undo(self, act: Act) -> Updates:
        draft, where = act.desk.drafts.undo(self.current(act).id)
        section = where or self.section_of(act, draft)
        message = toast("Không còn gì để hoàn tác.", "info") if where is None else toast("Đã hoàn tác.")
        if section not in form_sections(self.office.report_type(draft.report_type)):
            section = HEADER
        return {
            **self.fill(act.desk, draft, section),
            self.paper: self.paper_html(act.desk, draft),
            self.bar: self.bar_html(act.desk, draft, message),
        }

    def to_section(self, act: Act) -> Updates:
        draft = self.current(act)
        section = self.section_of(act, draft)
        return self.fill(act.desk, draft, section)

    def set_value(self, act: Act) -> Updates:
        section, name = act.text("section"), act.text("field")
        known = {f.name for f in self.office.form_fields(self.current(act).report_type, section)}
        if name not in known:
            raise InputError("Ô này không thuộc báo cáo đang mở; hãy tải lại trang.")
        value = act.data.get("value")
        value = value.strip() if isinstance(value, str) else value
        draft = act.desk.drafts.set_value(self.current(act).id, section, name, value)
        return self.changed(act.desk, draft, section)

    def resend(self, act: Act) -> Updates:
        """What was typed while the server was away, done now; the page shows it."""
        before = self.current(act)
        for change in act.data.get("changes") or []:
            if change.get("act") in RESENT:
                self.handle(replace(act, name=change["act"], data=change, form=change.get("form") or {}))
        draft = self.current(act)
        message = toast("Đã lưu điều gõ trong lúc mất kết nối.") if draft != before else ""
        updates = self.fill(act.desk, draft, self.section_of(act, draft))
        return {
            **updates,
            self.paper: self.paper_html(act.desk, draft),
            self.bar: self.bar_html(act.desk, draft, message),
        }

    def add_indicators(self, act: Act) -> Updates:
        """Put the indicators of a chosen list into the table of the section."""
        draft, section = self.current(act), act.text("section")
        if TABLE not in self.office.record_columns(draft.report_type, section):
            raise InputError("Mục này không có bảng chỉ tiêu; hãy tải lại trang.")
        lists = {found.key: found for found in self.indicator_lists(act.desk, draft)}
        chosen = lists.get(act.field("list"))
        if chosen is None:
            raise InputError("Chưa chọn bộ chỉ tiêu; hãy chọn một bộ trong danh sách rồi bấm «Thêm vào bảng».")
        table = draft.value(section, TABLE) or []
        rows = with_rows(table, chosen.rows)
        draft = act.desk.drafts.set_value(draft.id, section, TABLE, rows)
        message = toast(f"Đã thêm {len(rows) - len(table)} chỉ tiêu; hãy điền mức giao còn trống, kết quả và đánh giá.")
        return {**self.fill(act.desk, draft, section), self.bar: self.bar_html(act.desk, draft, message)}

    def edit(self, act: Act) -> Updates:
        text = act.field("text") if "text" in act.form else None
        draft = act.desk.drafts.set_edit(self.current(act).id, act.text("key"), text)
        return self.seen(act.desk, draft, "Đã giữ đoạn sửa tay." if text else "Đã trả đoạn về bản chương trình soạn.")

    def redraft(self, act: Act) -> Updates:
        draft = self.current(act)
        keys = [key for key in draft.edits if key.startswith(act.text("section") + "#")]
        return self.seen(act.desk, act.desk.drafts.forget_edits(draft.id, keys), "Đã soạn lại mục.")

    def seen(self, desk: Desk, draft: DraftFile, message: str) -> Updates:
        """The third step of a draft whose paragraphs have changed."""
        return {self.paper: self.paper_html(desk, draft, toast(message)), self.bar: self.bar_html(desk, draft)}

    def rewrite_section(self, act: Act) -> Iterator[Updates]:
        """Have the chat model reword a section; nothing of it stands in the report before it is taken."""
        draft = self.current(act)
        try:
            for progress in self.rewrite.run(act, draft):
                yield {self.paper: self.paper_html(act.desk, draft, progress=progress)}
        except Exception:
            yield {self.paper: self.paper_html(act.desk, draft)}
            raise
        yield {self.paper: self.paper_html(act.desk, draft)}

    def take_rewrite(self, act: Act) -> Updates:
        draft = self.rewrite.take(act, self.current(act))
        return self.seen(act.desk, draft, "Đã dùng đoạn viết lại; hoàn tác được.")

    def drop_rewrite(self, act: Act) -> Updates:
        draft = self.current(act)
        self.rewrite.drop(act, draft)
        return {self.paper: self.paper_html(act.desk, draft)}

    def goto_field(self, act: Act) -> Updates:
        """From a gap or a problem to the box where it is filled."""
        draft = self.current(act)
        section, _, _name = act.text("field").rpartition(".")
        sections = form_sections(self.office.report_type(draft.report_type))
        return {
            **self.fill(act.desk, draft, section if section in sections else HEADER),
            self.steps: gr.Tabs(selected="fill"),
        }

    # ------------------------------------------------------------------ files (see draft_files)
    def import_inputs(self, act: Act) -> Updates:
        draft, message = self.files.import_inputs(act, self.current(act))
        return {**self.show(act.desk, draft, HEADER), self.bar: self.bar_html(act.desk, draft, message)}

    def read_previous(self, act: Act) -> Iterator[Updates]:
        draft = self.current(act)
        try:
            for html in self.files.read_previous(act, draft):
                yield {self.choose: html, self.steps: gr.Tabs(selected="choose")}
        except Exception:
            yield {self.choose: self.choose_html(act.desk, draft)}
            raise

    def stop(self, act: Act) -> None:
        for work in (READING, REWRITING):
            self.office.jobs.stop(act.desk.user, work)

    def show_proposals(self, act: Act) -> Updates:
        return {self.choose: self.files.proposals_html(act.desk, self.current(act))}

    def judge(self, act: Act) -> Updates:
        draft = self.files.judge(act, self.current(act), act.text("standing"))
        return {self.choose: self.files.proposals_html(act.desk, draft), self.bar: self.bar_html(act.desk, draft)}

    def last_from(self, act: Act) -> Updates:
        """Last period's figures from another draft of the same officer."""
        draft, other = self.current(act), act.desk.drafts.get(act.text("value"))
        draft = act.desk.drafts.set_last(draft.id, other.sections)
        message = toast(f"Số kỳ trước lấy từ «{other.name}».")
        return {**self.show(act.desk, draft, HEADER), self.bar: self.bar_html(act.desk, draft, message)}

    def take_over(self, act: Act) -> Updates:
        """The proposed figures into the boxes that are empty, or beside them as last period's."""
        work = self.files.accept_all if act.name == "accept-all" else self.files.keep_as_last
        draft, count = work(act, self.current(act))
        message = toast(TAKE_OVER[act.name].format(count))
        return {**self.show(act.desk, draft, HEADER, step="fill"), self.bar: self.bar_html(act.desk, draft, message)}

    def download(self, act: Act) -> Mapping[Any, Any]:
        draft = self.current(act)
        return {self.export: self.files.export_html(draft, self.files.make(act.desk, draft, act.name))}
