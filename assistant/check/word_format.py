"""The formatting of a Word file as it takes effect: run, character style, paragraph style, document defaults."""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from assistant.library.reading.package import OfficePackage

_NS = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"
W = f"{{{_NS}}}"
_DRAWING = "{http://schemas.openxmlformats.org/drawingml/2006/main}"
_OFF = {"0", "false", "off", "none"}


@dataclass(frozen=True, slots=True)
class RunFormat:
    """font: name or None where the theme decides; size_pt; bold; italic; color: "000000" style or None."""

    text: str
    font: str | None
    size_pt: float | None
    bold: bool
    italic: bool
    color: str | None
    highlighted: bool


@dataclass(frozen=True, slots=True)
class ParagraphFormat:
    """A `w:p` with its index (among all below `w:body`), text, runs and layout in effect (in points)."""

    index: int
    text: str
    runs: tuple[RunFormat, ...]
    align: str
    first_line_pt: float
    before_pt: float
    after_pt: float
    line: float | None
    line_rule: str
    in_table: bool

    def sizes(self) -> set[float]:
        return {r.size_pt for r in self.runs if r.text.strip() and r.size_pt}

    def all_bold(self) -> bool:
        return all(r.bold for r in self.runs if r.text.strip())

    def all_italic(self) -> bool:
        return all(r.italic for r in self.runs if r.text.strip())


class WordFormats:
    """The formats of a whole file."""

    def __init__(self, package: OfficePackage) -> None:
        self.package = package
        self.root = package.xml("word/document.xml")
        self.body = self.root.find(W + "body")
        styles = package.xml("word/styles.xml")
        self._styles: dict[str, Any] = {}
        self._default: str | None = None
        self._defaults: list[Any] = []
        self._theme = _theme_fonts(package)
        if styles is not None:
            for style in styles.iter(W + "style"):
                self._styles[style.get(W + "styleId", "")] = style
                if style.get(W + "type") == "paragraph" and style.get(W + "default") in ("1", "true"):
                    self._default = style.get(W + "styleId")
            self._defaults = [e for e in (styles.find(f"{W}docDefaults"),) if e is not None]

    def paragraphs(self) -> Iterator[ParagraphFormat]:
        for index, paragraph in enumerate(self.body.iter(W + "p")):
            yield self._paragraph(index, paragraph)

    def _paragraph(self, index: int, paragraph: Any) -> ParagraphFormat:
        own = paragraph.find(W + "pPr")
        style = (
            own.find(W + "pStyle").get(W + "val")
            if own is not None and own.find(W + "pStyle") is not None
            else self._default
        )
        chain = self._chain(style)
        layers = [own, *(s.find(W + "pPr") for s in chain), *(d.find(f"{W}pPrDefault/{W}pPr") for d in self._defaults)]
        present = [layer for layer in layers if layer is not None]
        runs = tuple(self._run(run, chain) for run in paragraph.iter(W + "r"))
        indent, spacing = _merged(present, "ind"), _merged(present, "spacing")
        jc = next((e.get(W + "val") for layer in present if (e := layer.find(W + "jc")) is not None), "left")
        line = spacing.get("line")
        return ParagraphFormat(
            index,
            "".join(run.text for run in runs),
            runs,
            str(jc),
            _points(indent.get("firstLine")) - _points(indent.get("hanging")),
            _points(spacing.get("before")),
            _points(spacing.get("after")),
            float(line) if line and line.lstrip("-").isdigit() else None,
            spacing.get("lineRule", "auto"),
            next(paragraph.iterancestors(W + "tc"), None) is not None,
        )

    def _chain(self, style: str | None) -> list[Any]:
        """A style and those it is based on, nearest first; a circle ends it."""
        chain: list[Any] = []
        while style in self._styles and self._styles[style] not in chain:
            element = self._styles[style]
            chain.append(element)
            based = element.find(W + "basedOn")
            style = based.get(W + "val") if based is not None else None
        return chain

    def _run(self, run: Any, paragraph_chain: list[Any]) -> RunFormat:
        own = run.find(W + "rPr")
        named = own.find(W + "rStyle") if own is not None else None
        chain = [*(self._chain(named.get(W + "val")) if named is not None else []), *paragraph_chain]
        layers = [own, *(s.find(W + "rPr") for s in chain), *(d.find(f"{W}rPrDefault/{W}rPr") for d in self._defaults)]
        present = [layer for layer in layers if layer is not None]
        fonts = _merged(present, "rFonts")
        size = next((e.get(W + "val") for layer in present if (e := layer.find(W + "sz")) is not None), None)
        color = next((e.get(W + "val") for layer in present if (e := layer.find(W + "color")) is not None), None)
        return RunFormat(
            "".join(t.text or "" for t in run.iter(W + "t")),
            fonts.get("ascii") or fonts.get("hAnsi") or self._theme.get(fonts.get("asciiTheme", "")[:5]),
            float(size) / 2 if size and size.isdigit() else None,
            _switch(present, "b"),
            _switch(present, "i"),
            color,
            any(layer.find(W + "highlight") is not None for layer in present[:1]),
        )

    def sections(self) -> list[Any]:
        return list(self.root.iter(W + "sectPr"))


def _theme_fonts(package: OfficePackage) -> dict[str, str]:
    """The Latin fonts of the theme: "major" and "minor"."""
    root = package.xml("word/theme/theme1.xml")
    found: dict[str, str] = {}
    for kind in ("major", "minor") if root is not None else ():
        latin = root.find(f".//{_DRAWING}{kind}Font/{_DRAWING}latin")
        if latin is not None and latin.get("typeface"):
            found[kind] = latin.get("typeface")
    return found


def _merged(layers: list[Any], tag: str) -> dict[str, str]:
    """Attributes of `tag` over all layers, the first that has one wins."""
    found: dict[str, str] = {}
    for layer in layers:
        element = layer.find(W + tag)
        if element is not None:
            for key, value in element.attrib.items():
                found.setdefault(key.removeprefix(W), value)
    return found


def _switch(layers: list[Any], tag: str) -> bool:
    for layer in layers:
        element = layer.find(W + tag)
        if element is not None:
            return element.get(W + "val", "1") not in _OFF
    return False


def _points(twentieths: str | None) -> float:
    try:
        return int(twentieths or 0) / 20
    except ValueError:
        return 0.0
