"""A drafted section as an answer: the figures as understood, the paragraphs with numbered sources, what is missing."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from assistant.ask.draft_request import GivenFigure
from assistant.ask.facts import identity, registry_source
from assistant.ask.models import Answer, Source, Statement
from assistant.ask.section_answers import lower_first, shown_heading
from assistant.legal import Registry
from assistant.reports import ReportType, Section
from assistant.vietnamese.numbers import format_number


@dataclass(frozen=True, slots=True)
class DraftRequest:
    """A section to draft, with the figures that a message gave.

    Attributes:
        message: as typed: the given figures are quoted from it.
        attached: an inputs file that came with the message; figures of the message win over it.
    """

    report_type: ReportType
    section: Section
    figures: tuple[GivenFigure, ...]
    message: str
    attached: Mapping[str, Any] = field(default_factory=dict)

    @property
    def values(self) -> dict[str, Any]:
        """Field name -> value of the figures that were understood."""
        return {figure.field.name: figure.value for figure in self.figures if figure.field is not None}

    @property
    def inputs(self) -> dict[str, Any]:
        """As an inputs file: the attached one with the figures of the message in this section."""
        sections = {str(k): dict(v) for k, v in dict(self.attached.get("sections") or {}).items()}
        sections[self.section.id] = {**sections.get(self.section.id, {}), **self.values}
        return {**self.attached, "report_type": self.report_type.id, "sections": sections}


def draft_answer(question: str, request: DraftRequest, draft: Mapping[str, Any], registry: Registry) -> Answer:
    """The answer to a request for a draft.

    Args:
        question: the message as typed.
        draft: JSON of the drafted section, as the command `draft` prints it.
        registry: for citing the legal basis.
    """
    statements = [*_understood(request), *_paragraphs(request, draft, registry), *_basis(request, registry)]
    missing = _missing(request, draft)
    if missing:
        statements.append(Statement(f"Còn thiếu số liệu: {'; '.join(missing)}."))
    problems = [p for p in draft.get("problems") or () if p.get("severity") != "info"]
    statements += [Statement(f"Cần xem lại: {str(p.get('message', '')).rstrip('.')}.") for p in problems[:4]]
    return Answer(
        question,
        "draft_section",
        tuple(statements),
        report_type=request.report_type.id,
        sections=(request.section.id,),
        draft=draft,
    )


def _input_source(request: DraftRequest) -> Source:
    return Source("input", "Số liệu nêu trong yêu cầu", "report", request.message)


def _understood(request: DraftRequest) -> Iterable[Statement]:
    """The figures shown back for correction, and those that were not understood."""
    name = shown_heading(request.report_type, request.section)
    understood = [
        f"{lower_first(figure.field.label)} {_shown(figure.value)}{_unit(figure)}"
        for figure in request.figures
        if figure.field is not None
    ]
    given = f" với số liệu: {'; '.join(understood)}" if understood else ""
    yield Statement(f"Dự thảo mục «{name}» ({request.report_type.short_name}){given}.", (_input_source(request),))
    for figure in request.figures:
        if figure.field is None and figure.alternatives:
            choices = " hay ".join(figure.alternatives[:3])
            yield Statement(f"Chưa rõ “{figure.text}” là {choices}, nên chưa đưa vào; anh/chị ghi rõ giúp.")
        elif figure.field is None:
            yield Statement(f"Chưa hiểu “{figure.text}” thuộc số liệu nào của mục này, nên chưa đưa vào.")


def _unit(figure: GivenFigure) -> str:
    assert figure.field is not None
    unit = figure.field.unit_label
    return "%" if unit == "%" else f" {unit}" if unit else ""


def _shown(value: Any) -> str:
    return str(value) if isinstance(value, str) else format_number(value)


def _paragraphs(request: DraftRequest, draft: Mapping[str, Any], registry: Registry) -> Iterable[Statement]:
    for section in draft.get("sections") or ():
        for paragraph in section.get("paragraphs") or ():
            sources = tuple(_evidence_sources(request, paragraph.get("evidence") or (), registry))
            yield Statement(str(paragraph["text"]), sources or (_input_source(request),), item=True)


def _evidence_sources(
    request: DraftRequest, evidence: Sequence[Mapping[str, Any]], registry: Registry
) -> Iterable[Source]:
    for piece in evidence:
        match piece.get("kind"):
            case "input":
                yield _input_source(request)
            case "registry":
                for document in registry.find(str(piece.get("symbol")))[:1]:
                    yield registry_source(document, identity(document), piece.get("provision"))
            case "passage":
                yield Source(
                    str(piece["document_id"]),
                    str(piece["document_id"]),
                    "plan",
                    str(piece["quote"]),
                    location=str(piece.get("location") or ""),
                )


def _basis(request: DraftRequest, registry: Registry) -> Iterable[Statement]:
    """The documents that ask for this section, and the targets that its figures are measured against."""
    shown = []
    sources = []
    for basis in request.section.basis[:3]:
        found = registry.find(basis.symbol)
        if found:
            shown.append(str(basis))
            sources.append(registry_source(found[0], identity(found[0]), basis.provision))
    if shown:
        yield Statement(f"Căn cứ: {'; '.join(shown)}.", tuple(sources))
    names = set(request.values)
    for use in request.section.topics:
        for target in use.topic.targets:
            documents = registry.find(target.basis[0].symbol) if target.basis else []
            if documents and names & set(target.fields):
                source = registry_source(documents[0], target.text, target.basis[0].provision)
                yield Statement(f"Mục tiêu đối chiếu: {target.text.rstrip('.')}.", (source,))


def _missing(request: DraftRequest, draft: Mapping[str, Any]) -> list[str]:
    """Labels of the fields that the draft still needs."""
    names = [name for section in draft.get("sections") or () for name in section.get("missing") or ()]
    labels = {one.name: one.label for one in request.section.fields}
    known = (labels.get(str(name).rsplit(".", 1)[-1], str(name)) for name in names)
    return [lower_first(label) for label in dict.fromkeys(known)]
