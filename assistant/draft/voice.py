"""What a template may say: sentences, lists, documents and comparisons made of the values of its section."""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from typing import Any

from assistant.draft.changes import Change
from assistant.draft.clauses import begins_with_predicate, covered, is_clause, is_none, none_in_full, repeats
from assistant.draft.facts import is_given
from assistant.draft.marks import Mark, last, plain
from assistant.draft.rows import Row, tally
from assistant.draft.values import clean_text, format_value, is_number
from assistant.draft.voice_values import Values
from assistant.draft.words import end_with, enumerate_vi, join_words, lower_first, strip_end, upper_first
from assistant.evidence import InputFigure
from assistant.reports.fields import record_columns, short_label
from assistant.vietnamese.dates import find_periods
from assistant.vietnamese.numbers import format_percent
from assistant.vietnamese.text import fold

_QUOTIENT = re.compile(r"(\d[\d.]*)/(\d[\d.]*)")
# nouns that a lead-in ends with and that the officer's list may begin with
_LISTED = ("hình thức", "loại")
_SHORT_NOTE = 60
_ASKS = "de nghi"
_SPAN_START = re.compile(r"(?i)(từ|tính từ|tính đến|đến|trong|giai đoạn|quý|tháng|năm)\s")


@dataclass(slots=True)
class Voice(Values):
    """The voice of one section."""

    # --- lists ----------------------------------------------------------------------------------------------

    def items(self, name: str) -> list[str]:
        """The points of a list, each with its own mark, as parts of a sentence; one gap where it is missing."""
        fact = self._use(name)
        if fact is None:
            return []
        if fact.standing == "missing":
            return [self._gap(fact)]
        values = fact.value if isinstance(fact.value, list | tuple) else [fact.value]
        return [self._item(fact, item) for item in values if is_given(item)]

    def inline(self, name: str) -> str:
        """A list inside a sentence: "a, b và c"."""
        return enumerate_vi([lower_first(strip_end(item)) for item in self.items(name)])

    def listing(self, lead: str, name: str, one: str = "") -> str:
        """Several points under a lead-in, a single one as a sentence that goes on from `one`. No lead-in where the
        heading, with nothing between, has said it."""
        said = self._begun(name)
        items = self.items(name)
        if len(items) == 1 and is_none(plain(items[0])):
            return f"\n\n{self._named(name)}: {lower_first(none_in_full(strip_end(items[0])))}.\n\n"
        return self.points("", items) if not said and covered(lead, self.heading) else self.points(lead, items, one)

    def limits(self, scope: str, name: str) -> str:
        """What is still wanting, at the end of the section, set against what was said before: "Tuy nhiên, …"."""
        said = self._has_results()
        items = self.items(name)
        if len(items) == 1 and is_none(plain(items[0])):
            none = upper_first(lower_first(none_in_full(strip_end(items[0]))))
            return last(f"{none} hạn chế{scope and ' ' + scope}.")
        turn = "" if not said else "tuy nhiên, " if self.first(f"{self.facts.section}: tuy nhiên") else "ngoài ra, "
        if len(items) == 1 and is_clause(plain(items[0])):
            return last(f"{upper_first(turn + lower_first(items[0]))}.")
        if not said and covered("hạn chế", self.heading):
            return last(self.points("", items))
        lead = f"{turn}còn {'một số ' if len(items) > 1 else ''}hạn chế{scope and ' ' + scope}"
        return last(self.points(upper_first(lead), items))

    def closing(self, text: str) -> str:
        """What stands at the end of the section, after the results of its other subjects."""
        return last(text)

    def run(self, lead: str, name: str, many: str = "") -> str:
        """A list that goes on from `lead` (`many` for several): a colon only where the points are set apart by
        semicolons."""
        told = self.inline(name)
        if is_none(plain(told)):
            return f"{self._named(name)}: {none_in_full(told)}"
        start = many if many and len(self.items(name)) > 1 else lead
        # "bằng hình thức" before "nhiều hình thức phù hợp": the noun is there already
        opening = " ".join(plain(told).split()[:4])
        for noun in _LISTED:
            if noun in opening and start.rstrip(":").endswith(noun):
                start = start.rstrip(":").removesuffix(noun).removesuffix("các ").rstrip()
        return f"{start.rstrip(':')}{':' if ';' in plain(told) or start.endswith(':') else ''} {told}"

    def told(self, lead: str, name: str, *, part: bool = False) -> str:
        """A text as a sentence, led in only as far as it does not speak for itself; a count that begins it is a `part`
        of the whole told before, or follows the lead-in: a sentence does not begin with a figure."""
        begun = self._begun(name)
        text = self.t(name)
        if is_none(plain(text)):
            return f"{self._named(name)}: {none_in_full(text)}."
        if not is_clause(plain(text)):
            return f"{lead}: {text}."
        counted = begun and plain(text)[:1].isdigit()
        if part and counted and repeats(plain(text), lead):
            return end_with(f"Trong đó, {text}", ".")
        return end_with(f"{lead}, {text}" if counted or not repeats(plain(text), lead) else upper_first(text), ".")

    def about(self, subject: str, name: str) -> str:
        """A state of `subject`: "Trang thông tin điện tử xã vận hành ổn định"; a text that names it stands alone."""
        text = self.t(name)
        if is_none(plain(text)):
            return f"{upper_first(none_in_full(text))} {lower_first(subject)}"
        if begins_with_predicate(plain(text)):
            return f"{subject} {text}"
        if is_clause(plain(text)) and repeats(plain(text), subject):
            return upper_first(text)
        named = join_words(lower_first(subject), text)
        return f"Đang sử dụng {named}" if named else f"{subject}: {text}"

    def ask(self, authority: str, content: str) -> str:
        """What is asked of an authority: "Sở Khoa học và Công nghệ đầu tư trạm phát sóng"."""
        shown = plain(content)
        if fold(shown).startswith(f"{_ASKS} "):
            # the lead-in says so; the content is one mark: its first words stand together
            content = content.replace(shown[: len(_ASKS) + 1], "", 1)
            shown = plain(content)
        if not authority or fold(shown).startswith(f"{fold(plain(authority))} "):
            return content
        return f"{authority} {content}" if begins_with_predicate(shown) else f"{authority}: {content}"

    def predicate(self, name: str) -> bool:
        """Whether the text, or the first point of the list, begins with its verb."""
        value = self.value(name)
        return begins_with_predicate(str((value[0] if isinstance(value, list) and value else value) or ""))

    def nothing(self, name: str) -> bool:
        """Whether the value only says that there is nothing."""
        value = self.value(name)
        return is_none(str((value[0] if isinstance(value, list) and len(value) == 1 else value) or ""))

    def begins_with_figure(self, name: str) -> bool:
        """Whether the text begins with a figure: an amount or a count, of a whole named before."""
        return clean_text(str(self.value(name) or ""))[:1].isdigit()

    def quoted(self, name: str) -> str:
        """A motto in quotation marks, which it may carry already."""
        text = self.t(name)
        return text if plain(text).lstrip()[:1] in "“\"«'" else f"“{text}”"

    def period_words(self, name: str) -> bool:
        """Whether the text names a period the way a sentence does: "năm 2026", "từ tháng 7"."""
        return _SPAN_START.match(clean_text(str(self.value(name) or ""))) is not None

    def echoed(self, name: str, other: str, words: str) -> bool:
        """Whether the officer's own points (`other`) already give the figure beside `words`."""
        fact, points = self.facts.get(name), self.facts.get(other)
        if fact is None or points is None or not isinstance(points.value, list | tuple):
            return False
        figure = re.compile(rf"(?<![\d.,]){re.escape(format_value(fact.value, fact.field))}(?![\d.,]*\d)")
        return any(words in str(item) and figure.search(clean_text(str(item))) for item in points.value)

    def _has_results(self) -> bool:
        """Whether the section tells anything that a limit can be set against."""
        told = (f for f in self.facts.facts.values() if f.standing == "given" and f.section is not None)
        return not all(fact.field.name.endswith("_limits") for fact in told)

    def _begun(self, name: str) -> bool:
        """Whether the section has said anything before the list `name`."""
        return bool(self.facts.used - {name})

    def count(self, name: str) -> str:
        """How many records a list or table holds, as a figure with the list as its evidence."""
        fact = self._use(name)
        if fact is None or not isinstance(fact.value, list | tuple):
            return ""
        number = len([item for item in fact.value if is_given(item)])
        rule = f"đếm {short_label(fact.field)}"
        mark = Mark("figure", (InputFigure(name, number, fact.section, rule, (name,)),))
        return self.ledger.wrap(f"{number:02d}", mark)

    def rows(self, name: str) -> list[Row]:
        """The records of a table."""
        fact = self._use(name)
        if fact is None or not isinstance(fact.value, list | tuple):
            return []
        columns = {column.name: column for column in record_columns(fact.field)}
        return [Row(record, fact, columns, self.ledger) for record in fact.value if isinstance(record, Mapping)]

    def only(self, name: str) -> Row | None:
        """The one record of a table that has one."""
        found = self.rows(name)
        return found[0] if len(found) == 1 else None

    def gap(self, name: str) -> str:
        """The visible place of a missing value."""
        fact = self._use(name)
        return self._gap(fact) if fact is not None else ""

    # --- documents ------------------------------------------------------------------------------------------

    def doc_list(self, name: str) -> list[str]:
        """Each document of the field as a citation."""
        fact = self._use(name)
        if fact is None:
            return []
        if fact.standing == "missing":
            return [self._gap(fact)]
        records = fact.value if isinstance(fact.value, list | tuple) else [fact.value]
        return [self._cite(fact, record) for record in records if is_given(record)]

    def docs(self, name: str) -> str:
        """The documents inside a sentence, set apart by semicolons."""
        return "; ".join(self.doc_list(name))

    def doc_bullets(self, lead: str, name: str) -> str:
        """One document as a sentence after `lead`; several as a list under it."""
        found = self.doc_list(name)
        if len(found) == 1:
            return f"{lead} {found[0]}."
        points = [f"\n\n- {item}{';' if index < len(found) - 1 else '.'}" for index, item in enumerate(found)]
        return f"{lead}:{''.join(points)}\n\n"

    def law(self, symbol: str) -> str:
        """A document of the registry; "" where the registry does not hold it."""
        return self.citations.law(symbol)

    # --- composition ----------------------------------------------------------------------------------------

    def seq(self, parts: Sequence[Any]) -> str:
        """ "a, b và c" of the parts that say anything."""
        said = [str(part) for part in parts if part and plain(str(part)).strip()]
        if len(said) == 2 and not any(re.search(r"[;:]| và ", plain(part)) for part in said):
            return " và ".join(said)
        return enumerate_vi(said)

    def points(self, lead: str, parts: Sequence[Any], one: str = "") -> str:
        """A lead-in and its points, the last one ended by a full stop; a single point is a sentence after `one`."""
        said = [strip_end(str(part)) for part in parts if plain(str(part)).strip()]
        if len(said) == 1:
            return f"\n\n{self._single(lead, said[0], one)}.\n\n"
        lines = [f"\n\n- {upper_first(part)}{'.' if part is said[-1] else ';'}" for part in said]
        return f"{lead}:{''.join(lines)}\n\n" if lead else f"{''.join(lines)}\n\n"

    def _single(self, lead: str, point: str, one: str) -> str:
        if is_none(plain(point)) and lead:
            return f"{lead}: {lower_first(none_in_full(point))}"
        if one or not lead:
            return f"{one} {lower_first(point)}" if one else upper_first(point)
        if is_clause(plain(point)) and repeats(plain(point), plain(lead)):
            return upper_first(point)
        joint = "," if is_clause(plain(point)) and lead.startswith("Về ") else ":"
        return f"{lead}{joint} {lower_first(point)}"

    def counts(self, done: str, none: str, kinds: Sequence[tuple[str, str]]) -> str:
        """Counts after the verb for what was done, noughts after the one for what was not: "đã đăng tải 137 tin, bài;
        chưa đăng tải văn bản chỉ đạo".

        Args:
            kinds: field and noun of each count.
        """
        given = [(name, noun) for name, noun in kinds if self.given(name)]
        some = [self.q(name, noun) + self.change(name) for name, noun in given if not self.zero(name)]
        noughts = [self.says(name, noun) for name, noun in given if self.zero(name)]
        return self.semi([f"{verb} {self.seq(told)}" for verb, told in ((done, some), (none, noughts)) if told])

    def first(self, name: str) -> bool:
        """Whether nobody in this draft has asked this before: a lead-in is said once."""
        if name in self.said:
            return False
        self.said.add(name)
        return True

    def whole(self, rate: str, known: str) -> str:
        """The whole of a computed rate ("1.268" of 1.105/1.268), where `known` is another figure."""
        fact, total = self.facts.get(rate), self.facts.get(known)
        found = _QUOTIENT.match(fact.rule or "") if fact is not None and fact.standing == "derived" else None
        if fact is None or found is None or total is None or format_value(total.value, total.field) == found.group(2):
            return ""
        return self.ledger.wrap(found.group(2), Mark("figure", (fact.evidence(),)))

    def semi(self, parts: Sequence[Any]) -> str:
        """ "a; b; c" of the parts that say anything."""
        return "; ".join(str(part) for part in parts if part and plain(str(part)).strip())

    def comma(self, parts: Sequence[Any]) -> str:
        """ "a, b, c" of the parts that say anything."""
        return ", ".join(str(part) for part in parts if part and plain(str(part)).strip())

    def table(self, name: str) -> str:
        """A place for the table of a field; drawn by the engine."""
        self._use(name)
        return f"\n\n\ue010{name}\ue011\n\n"

    def change(self, name: str) -> str:
        """ ", tăng 12,5% so với quý trước"; "" where the previous period does not hold the figure or holds the same."""
        fact = self.facts.get(name)
        found = Change.of(fact, self.facts.previous.get(name)) if fact is not None else None
        if found is not None and found.amount == 0:
            return ""
        if found is not None:
            self.compared_fields.add(name)
        return f", {self.ledger.wrap(found.phrase(self.compared), Mark('figure', found.evidence()))}" if found else ""

    def used(self, name: str) -> bool:
        """Whether the field was printed already."""
        return name in self.facts.used

    def since(self) -> str:
        """The span of the figures that begins a sentence: "Từ ngày 01/7/2025" where one was given, once a section;
        otherwise "Trong quý III/2026"."""
        if not self.given("period_note") or self.used("period_note"):
            return self.in_period()
        note = plain(str(self.value("period_note"))).strip()
        if len(note) > _SHORT_NOTE or not _SPAN_START.match(note):
            return self.in_period()
        return upper_first(self.t("period_note"))

    def in_period(self) -> str:
        """ "Trong quý III/2026", once a section; "Trong kỳ" afterwards, or where the period has no short name."""
        fact = self.header.get("period_label")
        found = find_periods(str(fact.value)) if fact is not None else []
        if fact is None or not found or "period_label" in self.facts.used:
            return "Trong kỳ"
        self.facts.used.add("period_label")
        return f"Trong {self.ledger.wrap(lower_first(found[0].text), Mark('figure', (fact.evidence(),)))}"

    def rate(self, name: str, noun: str) -> str:
        """ "100% văn bản đi được ký số", "tỷ lệ văn bản đi được ký số đạt 99,6%": a share of things counted."""
        if self.full(name):
            return f"{self.p(name)} {noun}{self.change(name)}"
        return self.level(name, noun)

    def level(self, name: str, noun: str) -> str:
        """ "tỷ lệ số hóa đạt 96,5%": a rate of something done."""
        return f"tỷ lệ {noun} đạt {self.p(name)}{self.change(name)}"

    def tally(self, name: str, group: str, column: str, wanted: str) -> list[str]:
        """Per group of a table, how many of its rows are as wanted: "chính quyền số đạt 06/07 chỉ tiêu"."""
        fact = self.facts.get(name)
        return tally(fact, self.ledger, group, column, wanted) if fact is not None else []

    def share(self, part: str, whole: str) -> str:
        """ ", đạt 73,28%" of two figures given as numbers."""
        one, all_of_it = self.facts.get(part), self.facts.get(whole)
        if one is None or all_of_it is None or not is_number(one.value) or not is_number(all_of_it.value):
            return ""
        if not all_of_it.value:
            return ""
        value = (Decimal(str(one.value)) / Decimal(str(all_of_it.value)) * 100).quantize(Decimal("0.01"))
        rule = f"{format_value(one.value, one.field)}/{format_value(all_of_it.value, all_of_it.field)} × 100"
        name = f"{part}_rate"
        evidence = InputFigure(name, float(value), one.section, rule, (part, whole))
        return f", đạt {self.ledger.wrap(format_percent(value), Mark('figure', (evidence, one.evidence())))}"

    def annexed(self, name: str) -> bool:
        """Whether annexes print the whole table, so that the text need not."""
        return name in self.annexes

    def next_period_words(self) -> str:
        """ "Trong quý IV/2025"."""
        fact = self.facts.get("next_period_label")
        if fact is None:
            return "Trong kỳ tới"
        return f"Trong {lower_first(self._print('next_period_label', unit=False))}"
