"""The drafting half of the page's way into the assistant."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import asdict, dataclass, replace
from pathlib import Path
from typing import TYPE_CHECKING, Any

from ui.store.drafts import HEADER, DraftFile

if TYPE_CHECKING:
    from assistant.application import Application
    from assistant.draft.model import Draft
    from assistant.evidence import Evidence
    from assistant.reports import Change, Field, Inputs, Problem, ReportType
    from ui.jobs import Report


@dataclass(frozen=True, slots=True)
class State:
    """What is wrong and what is missing in the values of a draft."""

    problems: "tuple[Problem, ...]"
    missing: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class View:
    """A whole draft to look at.

    Attributes:
        html: the report as it will print.
        missing: (key, label) of required figures that are not there.
        unsupported: what hand edits say without evidence.
        problems: severities and messages.
        evidence: paragraph key -> what bears it out, each with a label an officer reads.
    """

    html: str
    missing: tuple[tuple[str, str], ...]
    unsupported: tuple[dict[str, str], ...]
    problems: tuple[dict[str, str], ...]
    evidence: Mapping[str, list[dict[str, Any]]]


class Drafting:
    """Calls of the assistant that drafts need; mixed into `Office`."""

    @property
    def application(self) -> "Application":
        raise TypeError("an Office has an application")

    def report_types(self) -> "Mapping[str, ReportType]":
        return self.application.report_types

    def report_type(self, report_type_id: str) -> "ReportType":
        """Raises UnknownNameError with the nearest names."""
        from assistant.reports import get_report_type

        found = self.report_types().get(report_type_id)
        return found if found is not None else get_report_type(report_type_id)

    def form_fields(self, report_type_id: str, section: str) -> "Sequence[Field]":
        report_type = self.report_type(report_type_id)
        return report_type.header if section == HEADER else report_type.section(section).fields

    def record_columns(self, report_type_id: str, section: str) -> Mapping[str, Any]:
        """field name -> columns, for the fields of a form that hold records."""
        from assistant.reports.fields import record_columns

        found = {field.name: record_columns(field) for field in self.form_fields(report_type_id, section)}
        return {name: columns for name, columns in found.items() if columns}

    def starting_header(self, report_type_id: str, period: str, unit: Mapping[str, str]) -> dict[str, Any]:
        """What a new report's header can hold before anything is typed: the period and the unit."""
        report_type = self.report_type(report_type_id)
        known = {field.name for field in report_type.header}
        header: dict[str, Any] = {"period_label": period, **unit}
        if report_type.recipients:
            header["recipients"] = list(report_type.recipients)
        return {name: value for name, value in header.items() if name in known and value}

    def inputs(self, draft: DraftFile) -> "Inputs":
        from assistant.reports import read_mapping

        return read_mapping(draft.inputs(), self.report_type(draft.report_type), self.application.topics)

    def previous(self, draft: DraftFile) -> "Inputs | None":
        """Last period's values, where there are any."""
        from assistant.reports import read_mapping

        if not draft.last:
            return None
        sections = {key: values for key, values in draft.last.items() if key != HEADER}
        raw = {"report_type": draft.report_type, "header": draft.last.get(HEADER, {}), "sections": sections}
        return read_mapping(raw, self.report_type(draft.report_type), self.application.topics)

    def state_of(self, draft: DraftFile) -> State:
        from assistant.reports import check_relations, missing_fields

        inputs, report_type = self.inputs(draft), self.report_type(draft.report_type)
        problems = (*inputs.problems, *check_relations(report_type, inputs, self.previous(draft)))
        return State(problems, tuple(missing_fields(report_type, inputs)))

    def draft(self, draft: DraftFile, section: str | None = None) -> "Draft":
        """The draft with hand edits in place."""
        return self.application.draft(
            draft.report_type,
            self.inputs(draft),
            section=section,
            previous=self.previous(draft),
            edits=draft.edits,
        )

    def draft_json(self, report_type_id: str, inputs: Mapping[str, Any], section: str | None) -> dict[str, Any]:
        """The JSON of `draft` for programs."""
        from assistant.draft.to_json import draft_json

        return draft_json(self.application.draft(self.report_type(report_type_id).id, inputs, section=section))

    def section_html(self, draft: DraftFile, section: str) -> str:
        """A section as it will print; of the header, what stands around the sections."""
        from assistant.draft.to_html import render_html

        if section == HEADER:
            return render_html(replace(self.draft(draft), sections=()))
        return render_html(self.draft(draft, section))

    def draft_view(self, draft: DraftFile) -> View:
        """The whole report with what bears it out and what is missing."""
        from assistant.draft.to_html import render_html

        made = self.draft(draft)
        report_type = self.report_type(draft.report_type)
        labels: dict[str, str] = {field.name: field.label for section in report_type.leaves for field in section.fields}
        labels |= {field.name: field.label for field in report_type.header}
        return View(
            render_html(made),
            tuple((key, labels.get(key.rpartition(".")[2], key)) for key in made.missing),
            tuple({"key": u.key, "kind": u.kind, "text": u.text} for u in made.unsupported),
            tuple({"severity": p.severity, "field": p.field, "message": p.message} for p in made.problems),
            self._evidence(made, labels),
        )

    def _evidence(self, made: "Draft", labels: Mapping[str, str]) -> dict[str, list[dict[str, Any]]]:
        """What bears out each paragraph and each row of a table."""
        from assistant.draft.to_json import item_json

        def labelled(item: "Evidence") -> dict[str, Any]:
            shown = item_json(item)
            return {**shown, "label": _label(shown, labels)}

        found = {}
        for paragraph in made.paragraphs():
            # the figures at odds are all told in the words of the conflict
            conflicts = [span for span in paragraph.spans if span.mark.kind == "conflict"]
            odd = [item for span in conflicts for item in span.mark.evidence]
            words = [{"kind": "conflict", "text": paragraph.text[s.start + 1 : s.end - 1]} for s in conflicts]
            found[paragraph.key] = [*words, *(labelled(item) for item in paragraph.evidence if item not in odd)]
        for section in made.sections:
            for key, table, row in section.rows():
                told = [
                    (column, cell, item)
                    for column, cell in zip(table.columns, row, strict=True)
                    for item in cell.evidence
                ]
                found[key] = [_of_cell(labelled(item), column.label, cell.text) for column, cell, item in told]
        return found

    def read_values(self, path: Path, report_type_id: str) -> "Inputs":
        """Inputs from a workbook, YAML or JSON file."""
        from assistant.reports import read_inputs

        return read_inputs(path, self.report_type(report_type_id), self.application.topics)

    def proposing(self, path: Path, report_type_id: str) -> "Callable[[Report], list[dict[str, Any]]]":
        """The work of reading a report for `Jobs.run`; gives figures for the fields, each with its sentence."""

        def work(report: "Report") -> list[dict[str, Any]]:
            from assistant.reports.proposals import propose_values
            from assistant.vietnamese.text import nfc

            report(None, "Đang đọc tệp")
            text = nfc(self.application.read(path, report).text)
            told = -1

            def searched(share: float) -> None:
                nonlocal told
                if int(100 * share) > told:
                    told = int(100 * share)
                    report(share, "Đang tìm từng số liệu và câu chứa nó")

            found = propose_values(text, self.report_type(report_type_id), searched)
            return [{**asdict(proposal), "figure": text[proposal.start : proposal.end]} for proposal in found]

        return work

    def rewriting(self, draft: DraftFile, section: str) -> "Callable[[Report], dict[str, Any]]":
        """The work of having a section reworded for `Jobs.run`; gives a notice and what became of each paragraph."""

        def work(report: "Report") -> dict[str, Any]:
            from assistant.ask.chat import open_model
            from assistant.draft.rewrite import SECONDS, rewrite_section

            report(None, "Mô hình đang viết lại; từng đoạn được đối chiếu với số liệu")
            model = open_model(self.application.settings, SECONDS)
            made = rewrite_section(self.draft(draft, section), section, model, self.application.registry)
            return {"notice": made.notice, "rows": [asdict(difference) for difference in made.differences]}

        return work

    def write_word(self, draft: DraftFile, target: Path) -> None:
        from assistant.draft.to_docx import write_docx

        write_docx(self.draft(draft), target)

    def write_evidence(self, draft: DraftFile, target: Path) -> None:
        from assistant.draft.evidence_book import write_evidence

        write_evidence(self.draft(draft), target)

    def write_workbook(self, draft: DraftFile, target: Path) -> None:
        from assistant.reports.workbook_write import write_workbook

        report_type = self.report_type(draft.report_type)
        write_workbook(report_type, target, inputs=self.inputs(draft), previous=self.previous(draft))

    def changes(self, draft: DraftFile) -> "Mapping[tuple[str, str], Change]":
        """This period against the last, where last period's values are known."""
        from assistant.reports import changes

        previous = self.previous(draft)
        return {} if previous is None else changes(self.report_type(draft.report_type), self.inputs(draft), previous)


def _of_cell(item: dict[str, Any], column: str, text: str) -> dict[str, Any]:
    """One value of a record is told by its column and as it is printed."""
    return {**item, "label": column, "value": text} if isinstance(item.get("value"), dict) else item


def _label(item: Mapping[str, Any], labels: Mapping[str, str]) -> str:
    """What a figure is called, and that it is last period's where it is."""
    name = labels.get(str(item.get("field")), str(item.get("field") or ""))
    return f"{name} (kỳ trước)" if str(item.get("section") or "").startswith("kỳ trước") else name
