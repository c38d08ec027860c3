"""Kiểm tra: the text with its places marked, the findings beside it, clicks both ways."""

from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any

import gradio as gr
from markupsafe import Markup

from assistant.errors import InputError, UnknownNameError
from ui.events import Act, Handler, Updates, on_open, panel, wire
from ui.jobs import Done
from ui.office import Office
from ui.render.html import download, render, toast
from ui.render.marked import Place, corrected, marked_html
from ui.store.checks import CheckFile
from ui.store.files import StoredFile
from ui.workspace import Desk

MAX_PASTE = 2_000_000
GRAVITY = {"error": 0, "warning": 1, "info": 2}
_EMPTY_REFERENCE = dict.fromkeys(("page", "category", "suggestion", "message", "resolved", "candidates", "text"))
VERDICTS = {
    "ok": ("ok", "đúng"),
    "wrong_date": ("error", "sai ngày"),
    "wrong_issuer": ("error", "sai cơ quan ban hành"),
    "wrong_type": ("error", "sai loại văn bản"),
    "wrong_title": ("error", "sai trích yếu"),
    "wrong_number": ("error", "sai số, ký hiệu"),
    "superseded": ("warning", "đã hết hiệu lực"),
    "incomplete": ("info", "viện dẫn chưa đủ"),
    "malformed": ("error", "số, ký hiệu viết hỏng"),
    "inconsistent": ("warning", "không thống nhất"),
    "unknown": ("info", "chưa có trong kho"),
}


def verdict_view(reference: Mapping[str, Any], index: int) -> dict[str, Any]:
    """A reference as the table shows it."""
    verdict = str(reference.get("verdict", "unknown"))
    severity, word = VERDICTS.get(verdict, ("info", verdict))
    if verdict == "unknown" and reference.get("resolved"):
        word = "chưa kiểm chứng được"
    severity = str(reference.get("severity") or severity) if verdict != "ok" else "ok"
    return {**_EMPTY_REFERENCE, **reference, "id": f"r{index}", "mark": severity, "word": word}


def places_of(check: CheckFile) -> list[Place]:
    """Everything to mark; what the officer ignored is left out."""
    places = []
    for finding in check.result.get("findings", []):
        decision = check.decisions.get(finding["id"], "")
        if decision == "ignored" or finding.get("start") is None:
            continue
        replacement = finding.get("suggestion") if decision == "accepted" else None
        places.append(Place(finding["id"], finding["start"], finding["end"], finding["severity"], replacement))
    for index, reference in enumerate(check.result.get("references", [])):
        view = verdict_view(reference, index)
        if reference.get("start") is None or check.decisions.get(view["id"]) == "ignored":
            continue
        # what is replaced may reach further than the mention: to the issuer that stands behind it
        accepted = check.decisions.get(view["id"]) == "accepted"
        start, end = (reference.get("suggestion_span") if accepted else None) or (reference["start"], reference["end"])
        replacement = reference.get("suggestion") if accepted else None
        places.append(Place(view["id"], start, end, view["mark"], replacement))
    return places


def result_html(check: CheckFile, extra: str = "") -> str:
    """The text and the findings beside it."""
    references = [verdict_view(r, i) for i, r in enumerate(check.result.get("references", []))]
    findings = sorted(
        ({**f, "mark": f["severity"], "word": ""} for f in check.result.get("findings", [])),
        key=lambda f: (GRAVITY.get(f["severity"], 3), f["start"] if f.get("start") is not None else 10**9),
    )
    groups = {
        severity: [f for f in findings if f["severity"] == severity] + [r for r in references if r["mark"] == severity]
        for severity in GRAVITY
    }
    # a long row of sections that are not there would hide the rest: it is folded
    absent = [f for f in groups["info"] if f["category"] == "missing_section"]
    groups["info"] = [f for f in groups["info"] if f["category"] != "missing_section"]
    verdicts: dict[str, int] = {}
    for reference in references:
        verdicts[reference["word"]] = verdicts.get(reference["word"], 0) + 1
    return render(
        "check_result.html.j2",
        check=check,
        compared=bool(check.options.get("previous")),
        html=marked_html(check.text, places_of(check)),
        groups=groups,
        absent=absent,
        references=references,
        verdicts=verdicts,
        notices=check.result.get("notices", []),
        extra=Markup(extra),
    )


class CheckTab:
    """The tab's panels and what happens in them."""

    def __init__(self, office: Office) -> None:
        self.office = office
        with gr.Column(elem_id="check", elem_classes="page"):
            self.form = panel(elem_id="check-form")
            self.status = panel(elem_id="check-status")
            self.result = panel(elem_id="check-result")

    def connect(self, blocks: Any, notice: Any) -> None:
        outputs = [self.status, self.result, self.form]
        folder = self.office.folder
        wire(self.form, self.handle, outputs, folder, notice, limit=4)
        wire(self.status, self.handle, outputs, folder, notice)
        wire(self.result, self.handle, outputs, folder, notice)
        on_open(blocks, self.opened, outputs, folder, notice)

    def opened(self, desk: Desk) -> Updates:
        return {
            self.form: self.form_html(desk, {}),
            self.status: render("check_status.html.j2", progress=None),
            self.result: render("check_empty.html.j2"),
        }

    def form_html(self, desk: Desk, options: Mapping[str, str], *, folded: bool = False) -> str:
        """The form with what was chosen; folded where a result stands under it."""
        return render(
            "check_form.html.j2",
            types=[(t.id, t.short_name) for t in self.office.report_types().values()],
            recent=desk.checks.all()[:8],
            max_mb=self.office.settings.max_upload_mb,
            options=options,
            previous=_stored(desk, options["previous"]).name if options.get("previous") else "",
            folded=folded,
        )

    def handle(self, act: Act) -> Updates | Iterator[Updates] | None:
        """What one act does; None where the act is not ours."""
        actions: dict[str, Handler] = {
            "file": self.check_file,
            "paste": self.check_paste,
            "sample": self.check_sample,
            "stop": self.stop,
            "decide": self.decide,
            "previous": self.choose_previous,
            "open": self.open,
            "word": self.word,
            "corrected": self.download_corrected,
            "again": self.again,
        }
        action = actions.get(act.name)
        return action(act) if action else None

    def stop(self, act: Act) -> Updates | None:
        self.office.jobs.stop(act.desk.user, "check")
        return None

    def open(self, act: Act) -> Updates:
        check = act.desk.checks.get(act.text("value"))
        return {self.result: result_html(check), self.form: self.form_html(act.desk, {}, folded=True)}

    def choose_previous(self, act: Act) -> Updates:
        """Set the report to compare with, or take it away."""
        files = act.data.get("files") or [{}]
        return {self.form: self.form_html(act.desk, {**self._options(act), "previous": str(files[0].get("id", ""))})}

    @staticmethod
    def _options(act: Act) -> dict[str, str]:
        return {name: act.field(name) for name in ("report_type", "report_date", "previous")}

    def check_file(self, act: Act) -> Iterator[Updates]:
        files = act.data.get("files") or [{}]
        stored = _stored(act.desk, str(files[0].get("id", "")))
        yield from self._run(act, stored.name, stored.id, stored.path, self._options(act))

    def check_paste(self, act: Act) -> Iterator[Updates]:
        text = str(act.form.get("text", ""))
        if not text.strip():
            raise InputError("Chưa có nội dung; hãy dán văn bản hoặc thả một tệp vào khung.")
        if len(text) > MAX_PASTE:
            raise InputError("Văn bản dán vào quá dài; hãy lưu thành tệp rồi thả vào khung.")
        yield from self._run(act, "Văn bản dán vào", "", text, self._options(act))

    def check_sample(self, act: Act) -> Iterator[Updates]:
        yield from self._run(
            act, "Văn bản mẫu (xã Mẫu)", "", render("check_sample.txt.j2"), {"report_date": "2025-10-05"}
        )

    def again(self, act: Act) -> Iterator[Updates]:
        check = act.desk.checks.get(act.state.get("check", ""))
        yield from self._run(act, check.name, check.file_id, _source(act.desk, check), check.options)

    def _run(
        self, act: Act, name: str, file_id: str, source: "str | Path", options: dict[str, str]
    ) -> Iterator[Updates]:
        work = self.office.checking(source, options, _previous(act.desk, options))
        try:
            for news in self.office.jobs.run(act.desk.user, "check", work):
                if isinstance(news, Done):
                    text, result = news.result
                    check = act.desk.checks.create(name, file_id, text, result, options)
                    yield {
                        self.status: render("check_status.html.j2", progress=None),
                        self.result: result_html(check),
                        self.form: self.form_html(act.desk, options, folded=True),
                    }
                else:
                    yield {self.status: render("check_status.html.j2", progress=news, name=name)}
        except BaseException:
            yield {self.status: render("check_status.html.j2", progress=None)}
            raise

    def decide(self, act: Act) -> Updates:
        check = act.desk.checks.decide(act.state.get("check", ""), act.text("id"), act.text("decision"))
        words = {"accepted": "Đã nhận gợi ý sửa.", "ignored": "Đã bỏ qua."}
        return {self.result: result_html(check, toast(words.get(act.text("decision"), "Đã lấy lại."), seconds=2))}

    def word(self, act: Act) -> Updates:
        check = act.desk.checks.get(act.state.get("check", ""))
        stored = act.desk.files.place(Path(check.name).stem.replace(" ", "-") + "-co-ghi-chu.docx")
        ignored = [finding for finding, decision in check.decisions.items() if decision == "ignored"]
        previous = _previous(act.desk, check.options)
        self.office.annotate(_source(act.desk, check), check.options, ignored, stored.path, previous)
        return {self.result: result_html(check, download(f"/tai-ve/{stored.id}"))}

    def download_corrected(self, act: Act) -> Updates:
        check = act.desk.checks.get(act.state.get("check", ""))
        stored = act.desk.files.put("van-ban-da-sua.txt", corrected(check.text, places_of(check)).encode())
        return {self.result: result_html(check, download(f"/tai-ve/{stored.id}"))}


def _stored(desk: Desk, file_id: str) -> StoredFile:
    try:
        return desk.files.get(file_id)
    except UnknownNameError as error:
        raise InputError("Tệp của lần kiểm tra này đã được dọn sau bảy ngày; hãy thả lại tệp vào khung.") from error


def _source(desk: Desk, check: CheckFile) -> "str | Path":
    """What was checked: the uploaded file, or the pasted text."""
    return _stored(desk, check.file_id).path if check.file_id else check.text


def _previous(desk: Desk, options: Mapping[str, str]) -> Path | None:
    """Last period's report, where one was given."""
    return _stored(desk, options["previous"]).path if options.get("previous") else None
