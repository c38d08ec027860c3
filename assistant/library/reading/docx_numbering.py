"""Automatic numbering of Word: the labels that stand on the page and in no run."""

from dataclasses import dataclass, field
from typing import Any

from assistant.library.reading.docx_styles import W, numbering_of

_ROMAN = ((1000, "m"), (900, "cm"), (500, "d"), (400, "cd"), (100, "c"), (90, "xc"), (50, "l"), (40, "xl"),
          (10, "x"), (9, "ix"), (5, "v"), (4, "iv"), (1, "i"))  # fmt: skip
_MAX_COUNTER = 4000


def _roman(number: int) -> str:
    digits: list[str] = []
    for value, letters in _ROMAN:
        times, number = divmod(number, value)
        digits.append(letters * times)
    return "".join(digits)


def _letter(number: int) -> str:
    return chr(ord("a") + (number - 1) % 26) * ((number - 1) // 26 + 1)


def format_number(number: int, number_format: str) -> str:
    """`number` as Word prints it in `w:numFmt`; unknown formats as decimal."""
    if number < 1 or number > _MAX_COUNTER:
        return str(number)
    match number_format:
        case "lowerLetter" | "upperLetter":
            text = _letter(number)
        case "lowerRoman" | "upperRoman":
            text = _roman(number)
        case "decimalZero":
            text = f"{number:02d}"
        case _:
            text = str(number)
    return text.upper() if number_format.startswith("upper") else text


@dataclass(slots=True)
class _Level:
    start: int = 1
    number_format: str = "decimal"
    text: str = "%1."


@dataclass(slots=True)
class Numbering:
    """The counters of all lists; `label` is called once per paragraph, in document order."""

    abstract_of: dict[str, str] = field(default_factory=dict)
    levels: dict[str, dict[int, _Level]] = field(default_factory=dict)
    overrides: dict[str, dict[int, int]] = field(default_factory=dict)
    counters: dict[str, dict[int, int]] = field(default_factory=dict)
    started: set[tuple[str, int]] = field(default_factory=set)

    @classmethod
    def of(cls, root: Any) -> "Numbering":
        """Read `word/numbering.xml`; `root` may be None."""
        numbering = cls()
        if root is None:
            return numbering
        for abstract in root.iterfind(W + "abstractNum"):
            levels = {int(level.get(W + "ilvl", "0")): _level(level) for level in abstract.iterfind(W + "lvl")}
            numbering.levels[abstract.get(W + "abstractNumId", "")] = levels
        for number in root.iterfind(W + "num"):
            abstract = number.find(W + "abstractNumId")
            number_id = number.get(W + "numId", "")
            if abstract is None:
                continue
            numbering.abstract_of[number_id] = abstract.get(W + "val", "")
            for override in number.iterfind(W + "lvlOverride"):
                start = override.find(W + "startOverride")
                if start is not None:
                    level = int(override.get(W + "ilvl", "0"))
                    numbering.overrides.setdefault(number_id, {})[level] = int(start.get(W + "val", "1"))
        return numbering

    def label(self, paragraph: Any, style_numbering: tuple[str, int] | None) -> str:
        """The label of a paragraph with a space after it; "" where it has none. Advances the counter."""
        element = paragraph.find(f"{W}pPr/{W}numPr")
        number_id, level = numbering_of(element) if element is not None else ("", 0)
        if not number_id and style_numbering is not None:
            number_id, level = style_numbering[0], level or style_numbering[1]
        abstract = self.abstract_of.get(number_id)
        found = self.levels.get(abstract or "", {}).get(level)
        if abstract is None or found is None or number_id == "0":
            return ""
        if found.number_format == "none":
            return ""
        if found.number_format == "bullet":
            return "+ " if found.text == "+" or (level % 2 and found.text in {"o", "\uf06f"}) else "- "
        self._advance(number_id, abstract, level, found)
        return self._filled(abstract, level, found)

    def _advance(self, number_id: str, abstract: str, level: int, found: _Level) -> None:
        counters = self.counters.setdefault(abstract, {})
        override = self.overrides.get(number_id, {}).get(level)
        if override is not None and (number_id, level) not in self.started:
            counters[level] = override
        else:
            counters[level] = counters.get(level, found.start - 1) + 1
        self.started.add((number_id, level))
        for deeper in [key for key in counters if key > level]:
            del counters[deeper]

    def _filled(self, abstract: str, level: int, found: _Level) -> str:
        text = found.text
        for depth in range(9):
            if f"%{depth + 1}" in text:
                pattern = self.levels[abstract].get(depth, _Level())
                number = self.counters[abstract].get(depth, pattern.start)
                text = text.replace(f"%{depth + 1}", format_number(number, pattern.number_format))
        return f"{text} " if text else ""


def _level(element: Any) -> _Level:
    def value(tag: str, default: str) -> str:
        child = element.find(W + tag)
        return str(child.get(W + "val", default)) if child is not None else default

    start = value("start", "1")
    return _Level(int(start) if start.isdigit() else 1, value("numFmt", "decimal"), value("lvlText", ""))
