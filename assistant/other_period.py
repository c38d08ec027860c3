"""A follow-up on another reporting period ("quý trước bao nhiêu?", "tăng hay giảm?"), from the library's reports."""

from collections.abc import Sequence
from dataclasses import replace

from assistant.ask.comparing import comparison
from assistant.ask.models import Answer
from assistant.ask.offline import OfflineAnswerer
from assistant.ask.past import Unit
from assistant.ask.past_wording import short_title
from assistant.ask.refusal import refuse
from assistant.follow_up import Standalone
from assistant.library.models import DocumentRecord
from assistant.vietnamese.text import fold


def of_other_period(answerer: OfflineAnswerer, alone: Standalone) -> Answer | None:
    """The comparison asked for, or that the library has no report for that period; None where asking on will do."""
    assert alone.period is not None
    question = answerer.read(alone.message)
    unit = answerer.past.unit_of(question)
    if unit is None:
        return _unclear(answerer, alone)
    then = answerer.past.look(question, unit)
    if not then.statements:
        return None if _held(unit, alone.period) else _none_of(answerer, alone, unit)
    if alone.compared is None:
        return None
    now = answerer.past.look(answerer.read(alone.compared), unit)
    statements = [*now.statements, *then.statements]
    if now.values and then.values:
        one, other = (replace(looked.values[0], name=_named(looked.records[0])) for looked in (now, then))
        if one.name != other.name and (made := comparison(one, other)):
            statements.insert(0, made)
    return Answer(alone.message, "past_report", tuple(statements))


def _named(record: DocumentRecord) -> str:
    title = short_title(record)
    return title[:1].lower() + title[1:]


def _held(unit: Unit, period: str) -> bool:
    return any(
        f"{fold(period)} " in f"{fold(short_title(record))} " for record in unit.records if record.kind == "report"
    )


def _none_of(answerer: OfflineAnswerer, alone: Standalone, unit: Unit) -> Answer:
    return refuse(
        answerer.read(alone.message),
        "past_report",
        _titles([unit]),
        add=f"Kho chưa có báo cáo {alone.period} của {unit.name}; hãy nạp báo cáo đó rồi hỏi lại.",
    )


def _unclear(answerer: OfflineAnswerer, alone: Standalone) -> Answer:
    reporting = [unit for unit in answerer.past.units if unit.reports]
    add = (
        "Câu hỏi chưa rõ báo cáo của xã nào, kỳ nào; hãy nêu tên xã và kỳ báo cáo, ví dụ: "
        "«Quý I năm 2026 xã A tiếp nhận bao nhiêu hồ sơ?»."
        if reporting
        else f"Kho chưa có báo cáo {alone.period}; hãy nạp báo cáo đó rồi hỏi lại."
    )
    return refuse(answerer.read(alone.message), "past_report", _titles(reporting), add=add)


def _titles(units: Sequence[Unit]) -> list[str]:
    return [short_title(record) for unit in units for record in unit.records if record.kind == "report"][:4]
