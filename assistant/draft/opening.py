"""The first and the last paragraph: what asked for the report, who reports what, and the closing sentence."""

import re
from collections.abc import Mapping, Sequence

from assistant.draft.facts import as_json
from assistant.draft.heading import HeaderValues, province_of
from assistant.draft.marks import plain
from assistant.draft.model import Paragraph
from assistant.draft.prose import paragraphs
from assistant.draft.voice import Voice
from assistant.draft.words import lower_first, subject_of
from assistant.evidence import InputFigure
from assistant.legal.references import find_references
from assistant.reports.types import ReportType
from assistant.vietnamese.dates import find_periods
from assistant.vietnamese.text import fold

_NAMES = re.compile(r"\{(\w+)\}")


def opening_paragraphs(voice: Voice, values: HeaderValues, refs: Sequence[str]) -> tuple[Paragraph, ...]:
    """Why the report is made and over which time its figures run.

    Args:
        refs: names of the annexes that follow.
    """
    report_type = values.report_type
    before = report_type.opening.split("{org_name}")[0]
    asked = list(_NAMES.findall(before))
    basis = voice.docs("legal_basis_docs") if voice.given("legal_basis_docs") else ""
    named = [_cited(symbol, voice, values) for symbol in _named_in(values.text("report_title"), basis)]
    asking = voice.docs("triggering_docs") if "triggering_docs" in asked or voice.given("triggering_docs") else ""
    sources = [source for source in (basis, *named, asking) if source]
    title = _title(voice, values)
    lead = f"Thực hiện {'; '.join(sources)}, " if sources else ""
    text = f"{lead}{voice.body} báo cáo {title} như sau:"
    scope = _scope(voice, values)
    marked = f"{text}\n\n{scope}" if scope else text
    found = paragraphs(marked, voice.ledger, "header#opening")
    return tuple(item for item in found if isinstance(item, Paragraph))


def _named_in(title: str, basis: str) -> list[str]:
    """Symbols that the subject names and the sentence has not cited: the first mention in the text is a full one."""
    found = [item.symbol for item in find_references(title) if item.symbol and not item.short_form]
    return [symbol for symbol in dict.fromkeys(found) if symbol not in plain(basis)]


def _cited(symbol: str, voice: Voice, values: HeaderValues) -> str:
    """A document that the subject names: as a section of the inputs gives it, else as the registry does."""
    for section, given in values.inputs.sections.items():
        for name, value in given.items():
            for record in value if isinstance(value, list) else [value]:
                if isinstance(record, Mapping) and str(record.get("so") or "") == symbol:
                    return voice.citations.cite(record, InputFigure(name, as_json(record), section))
    return voice.law(symbol)


def _title(voice: Voice, values: HeaderValues) -> str:
    """The subject inside the sentence, with the period where the subject does not name it."""
    title = lower_first(subject_of(voice.n("report_title")))
    period = values.text("period_label")
    if period and not names_period(values.text("report_title"), period):
        title += f", {lower_first(voice.n('period_label'))}"
    elif period:
        title += voice.tick("period_label")
    session = _session(voice)
    return title + session


def names_period(title: str, label: str) -> bool:
    """Whether a subject already names the period: "Quý III và … Quý IV năm 2025" names quý III/2025."""
    if fold(label) in fold(title):
        return True
    wanted = find_periods(label)
    if not wanted:
        return False
    period = wanted[0]
    named = [p for p in find_periods(title) if (p.kind, p.number) == (period.kind, period.number)]
    years = {p.year for p in find_periods(title)}
    return bool(named) and (period.year is None or period.year in years or str(period.year) in title)


def _session(voice: Voice) -> str:
    if not voice.given("council_session"):
        return ""
    council = f" của {voice.n('council_name')}" if voice.given("council_name") else ""
    return f" tại {lower_first(voice.n('council_session'))}{council}"


def _scope(voice: Voice, values: HeaderValues) -> str:
    """The span of the figures and the place in figures, as sentences."""
    parts = []
    if voice.given("period_start"):
        parts.append(f"từ ngày {voice.n('period_start')}")
    if voice.has("period_end"):
        parts.append(f"đến ngày {voice.n('period_end')}")
    sentences = []
    if (parts and voice.given("period_start")) or parts:
        sentences.append(f"Số liệu của báo cáo được tính {' '.join(parts)}")
    if sentences and voice.has("data_cutoff_date"):
        sentences[0] += f"; chốt số liệu ngày {voice.n('data_cutoff_date')}"
    elif voice.has("data_cutoff_date"):
        sentences.append(f"Số liệu được chốt đến ngày {voice.n('data_cutoff_date')}")
    if voice.given("cumulative_start"):
        sentences.append(f"Số lũy kế tính từ ngày {voice.n('cumulative_start')}")
    if about := _about(voice, values):
        sentences.append(about)
    return ". ".join(sentences) + ("." if sentences else "")


def _about(voice: Voice, values: HeaderValues) -> str:
    place = values.place()
    facts = [
        f"{voice.n('village_count')} {place.villages}" if voice.given("village_count") else "",
        f"dân số {voice.n('population')} người" if voice.given("population") else "",
    ]
    told = voice.comma(facts)
    if not told:
        return ""
    name = voice.says("commune_name", _capital(place.full)) if voice.given("commune_name") else _capital(place.full)
    where = province_of(place)
    if where:
        name += f", {voice.says('province', where)}"
    return f"{name} có {told}"


def _capital(text: str) -> str:
    return text[:1].upper() + text[1:]


def closing_paragraphs(voice: Voice, values: HeaderValues, attached: str) -> tuple[Paragraph, ...]:
    """The closing sentence, ended as the decree's templates end: "./."."""
    report_type: ReportType = values.report_type
    title = _title_again(voice, values)
    text = f"Trên đây là báo cáo {title}"
    # a subject that ends with the place names whose report it is
    whose = "" if plain(title).endswith(f" của {values.place().full}") else f" của {voice.body}"
    council = "{council_name}" in report_type.closing
    if council:
        to = voice.n("council_name") if voice.given("council_name") else "Hội đồng nhân dân"
        text += f"; {voice.body} kính trình {to} xem xét"
    elif "{addressees}" in report_type.closing and voice.given("addressees"):
        text += f"{whose}, kính gửi {voice.inline('addressees')} tổng hợp"
    else:
        text += whose
    marked = f"{attached}\n\n{text}./." if attached else f"{text}./."
    return tuple(item for item in paragraphs(marked, voice.ledger, "header#closing") if isinstance(item, Paragraph))


def _title_again(voice: Voice, values: HeaderValues) -> str:
    title = lower_first(subject_of(voice.n("report_title"))) if voice.given("report_title") else "kết quả thực hiện"
    period = values.text("period_label")
    if period and not names_period(values.text("report_title"), period):
        title += f" {lower_first(voice.n('period_label'))}"
    return title
