"""Files into a draft and out of it: inputs workbooks, last period's report, Word, the evidence workbook."""

import re
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any

import yaml
from markupsafe import Markup

from assistant.errors import InputError, UnknownNameError
from ui.events import Act
from ui.jobs import Done
from ui.office import Office
from ui.render.html import download, render, toast
from ui.store.drafts import HEADER, DraftFile
from ui.store.folder import read_json, write_json
from ui.tabs.draft_view import form_fields, heading_of, short, shown
from ui.workspace import Desk

EXAMPLE = Path(__file__).resolve().parent.parent / "example" / "xa-mau.yaml"
READING = "previous"
NAMES = {"word": "bao-cao.docx", "evidence": "phieu-kiem-chung.xlsx", "workbook": "so-lieu.xlsx"}


def plain(value: Any) -> Any:
    """A value of the inputs as JSON can hold it: dates as ISO text, exact decimals as numbers."""
    if isinstance(value, dict):
        return {str(key): plain(item) for key, item in value.items()}
    if isinstance(value, list | tuple):
        return [plain(item) for item in value]
    if value is None or isinstance(value, str | int | bool | float):
        return value
    text = value.isoformat() if hasattr(value, "isoformat") else str(value)
    return text if "-" in text[1:] else float(text) if re.fullmatch(r"-?\d+(\.\d+)?", text) else text


class DraftFiles:
    """What the drafting tab does with files."""

    def __init__(self, office: Office) -> None:
        self.office = office

    # ------------------------------------------------------------------ in
    def import_inputs(self, act: Act, draft: DraftFile) -> tuple[DraftFile, str]:
        """Take the values of a workbook into the draft as one step of undo; says what was not understood."""
        files = act.data.get("files") or [{}]
        path = act.desk.files.get(str(files[0].get("id", ""))).path
        inputs = self.office.read_values(path, draft.report_type)
        values = self._as_values(draft, inputs.header, inputs.sections, inputs.flat)
        if not values:
            raise InputError("Tệp không có số liệu nào cho loại báo cáo này; hãy dùng tệp mẫu ở bước 4 «Xuất».")
        draft = act.desk.drafts.set_many(draft.id, values)
        doubts = [p.message for p in inputs.problems][:3]
        message = f"Đã nhập {len(values)} ô." + (" Cần xem lại: " + " ".join(doubts) if doubts else "")
        return draft, toast(message, "warning" if doubts else "ok", 12 if doubts else 5)

    def _as_values(self, draft: DraftFile, header: Any, sections: Any, flat: Any) -> list[tuple[str, str, Any]]:
        values = [(HEADER, name, plain(value)) for name, value in header.items()]
        values += [(s, name, plain(value)) for s, given in sections.items() for name, value in given.items()]
        report_type = self.office.report_type(draft.report_type)
        for section in report_type.leaves:
            for field in section.fields:
                if field.name in flat and field.name not in sections.get(section.id, {}):
                    values.append((section.id, field.name, plain(flat[field.name])))
        return values

    def read_previous(self, act: Act, draft: DraftFile) -> Iterator[str]:
        """Read last period's report in the background; yields the HTML of the first step."""
        files = act.data.get("files") or [{}]
        stored = act.desk.files.get(str(files[0].get("id", "")))
        if stored.path.suffix.lower() in {".xlsx", ".yaml", ".yml", ".json"}:
            inputs = self.office.read_values(stored.path, draft.report_type)
            rows = self._rows(draft, self._as_values(draft, inputs.header, inputs.sections, inputs.flat), stored.name)
        else:
            rows = []
            work = self.office.proposing(stored.path, draft.report_type)
            for news in self.office.jobs.run(act.desk.user, READING, work):
                if isinstance(news, Done):
                    rows = [self._row(draft, proposal) for proposal in news.result]
                else:
                    yield render("draft_reading.html.j2", name=stored.name, progress=news)
        write_json(act.desk.drafts.beside(draft.id, READING), {"name": stored.name, "rows": rows})
        yield self.proposals_html(act.desk, draft)

    def _rows(self, draft: DraftFile, values: list[tuple[str, str, Any]], name: str) -> list[dict[str, Any]]:
        return [
            self._row(draft, {"section": s, "field": f, "value": v, "sentence": f"ô số liệu trong tệp {name}"})
            for s, f, v in values
            if s != HEADER
        ]

    def _row(self, draft: DraftFile, proposal: dict[str, Any]) -> dict[str, Any]:
        report_type = self.office.report_type(draft.report_type)
        section = str(proposal.get("section") or HEADER)
        field = next((f for f in form_fields(report_type, section) if f.name == proposal["field"]), None)
        value = plain(proposal["value"])
        return {
            "section": section,
            "field": proposal["field"],
            "label": proposal.get("label") or (field.label if field else proposal["field"]),
            "kind": field.type if field else "text",
            "value": value,
            "shown": shown(value, field.type if field else "text"),
            "unit": (field.unit_label if field else "") or "",
            "sentence": str(proposal.get("sentence", "")),
            "figure": str(proposal.get("figure", "")),
            "heading": heading_of(report_type, section, draft.header),
            "standing": "",
        }

    def proposals(self, desk: Desk, draft: DraftFile) -> dict[str, Any]:
        """What was read from last period's report: its "name" and the "rows"; of each its "standing":
        "taken" into this period's box, "dropped", or neither."""
        return read_json(desk.drafts.beside(draft.id, READING)) or {"name": "", "rows": []}

    def proposals_html(self, desk: Desk, draft: DraftFile) -> str:
        found = self.proposals(desk, draft)
        rows = [{**row, "now": self._now(draft, row)} for row in found["rows"]]
        return render("draft_proposals.html.j2", name=found["name"], rows=rows, draft=draft)

    def _now(self, draft: DraftFile, row: Mapping[str, Any]) -> str:
        return short(shown(draft.value(row["section"], row["field"]), str(row.get("kind", "text"))))

    def judge(self, act: Act, draft: DraftFile, standing: str) -> DraftFile:
        """Take one proposed figure into this period's form, drop it, or take it up again."""
        found = self.proposals(act.desk, draft)
        index = int(act.text("index") or -1)
        if not 0 <= index < len(found["rows"]):
            raise InputError("Đề nghị này không còn; hãy đọc lại báo cáo kỳ trước.")
        row = found["rows"][index]
        row["standing"] = standing
        write_json(act.desk.drafts.beside(draft.id, READING), found)
        if standing != "taken":
            return draft
        return act.desk.drafts.set_value(draft.id, row["section"], row["field"], row["value"])

    def _kept(self, desk: Desk, draft: DraftFile) -> list[dict[str, Any]]:
        return [row for row in self.proposals(desk, draft)["rows"] if row["standing"] != "dropped"]

    def accept_all(self, act: Act, draft: DraftFile) -> tuple[DraftFile, int]:
        """Take every proposed figure whose box is still empty, as one step of undo."""
        rows = [r for r in self._kept(act.desk, draft) if draft.value(r["section"], r["field"]) is None]
        values = [(r["section"], r["field"], r["value"]) for r in rows]
        return act.desk.drafts.set_many(draft.id, values), len(values)

    def keep_as_last(self, act: Act, draft: DraftFile) -> tuple[DraftFile, int]:
        """Put the proposed figures beside the boxes, in grey, as last period's."""
        rows = self._kept(act.desk, draft)
        last: dict[str, dict[str, Any]] = {}
        for row in rows:
            last.setdefault(row["section"], {}).setdefault(row["field"], row["value"])
        return act.desk.drafts.set_last(draft.id, last), len(rows)

    # ------------------------------------------------------------------ the example of the tour
    def example(self, desk: Desk) -> DraftFile:
        """A draft of the fictional commune, filled in, with last period's figures."""
        data = yaml.safe_load(EXAMPLE.read_text("utf-8"))
        draft = desk.drafts.create(data["name"], data["report_type"], plain(data["header"]))
        values = [(s, name, plain(v)) for s, given in data["sections"].items() for name, v in given.items()]
        draft = desk.drafts.set_many(draft.id, values)
        return desk.drafts.set_last(draft.id, plain(data["last"]))

    def example_section(self, draft: DraftFile) -> str:
        return next(iter(draft.last), HEADER)

    # ------------------------------------------------------------------ out
    def export_html(self, draft: DraftFile, extra: str = "") -> str:
        state = self.office.state_of(draft)
        report_type = self.office.report_type(draft.report_type)
        problems = sorted(state.problems, key=lambda p: ("error", "warning", "info").index(p.severity))
        labels = {
            p.field: heading_of(report_type, p.section or HEADER, draft.header)
            for p in problems
            if (p.section or HEADER) == HEADER or p.section in {s.id for s in report_type.sections}
        }
        return render(
            "draft_export.html.j2",
            draft=draft,
            problems=problems,
            labels=labels,
            missing=len(state.missing),
            extra=Markup(extra),
        )

    def make(self, desk: Desk, draft: DraftFile, what: str) -> str:
        """Write a file for download; the result starts it in the browser."""
        writers = {
            "word": self.office.write_word,
            "evidence": self.office.write_evidence,
            "workbook": self.office.write_workbook,
        }
        if what not in writers:
            raise UnknownNameError("loại tệp", what, list(writers))
        stored = desk.files.place(NAMES[what])
        writers[what](draft, stored.path)
        return download(f"/tai-ve/{stored.id}") + toast(f"Đã tạo {NAMES[what]}.")
