"""Styles of a Word file, as far as reading needs them: which letters nobody sees, and which styles are headings."""

from dataclasses import dataclass, field
from typing import Any

W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
_OFF = {"0", "false", "off", "none"}
_WHITE = {"FFFFFF", "FEFEFE", "FDFDFD"}
# half points: letters of two points and less cannot be read
_TINY = 4


def switched_on(properties: Any, tag: str) -> bool | None:
    """A toggle such as `w:vanish`: True, False, or None where it is not said."""
    element = properties.find(W + tag) if properties is not None else None
    if element is None:
        return None
    return element.get(W + "val", "1").lower() not in _OFF


def _shaded(properties: Any) -> bool:
    """True where a background other than white stands behind."""
    if properties is None:
        return False
    shading = properties.find(W + "shd")
    if shading is not None and shading.get(W + "fill", "auto").upper() not in {"AUTO", *_WHITE}:
        return True
    return properties.find(W + "highlight") is not None


@dataclass(slots=True)
class Styles:
    """The styles part, resolved along `w:basedOn`."""

    names: dict[str, str] = field(default_factory=dict)
    levels: dict[str, int] = field(default_factory=dict)
    numbering: dict[str, tuple[str, int]] = field(default_factory=dict)
    unseen: set[str] = field(default_factory=set)
    bordered: set[str] = field(default_factory=set)
    shaded_tables: set[str] = field(default_factory=set)
    default: str | None = None

    @classmethod
    def of(cls, root: Any) -> "Styles":
        """Read `word/styles.xml`; `root` may be None."""
        styles = cls()
        if root is None:
            return styles
        elements = {style.get(W + "styleId", ""): style for style in root.iterfind(W + "style")}
        for style_id, style in elements.items():
            styles._read(style_id, _lineage(style_id, elements))
            if style.get(W + "type") == "paragraph" and style.get(W + "default") in {"1", "true"}:
                styles.default = style_id
        return styles

    def _read(self, style_id: str, lineage: list[Any]) -> None:
        name = lineage[0].find(W + "name")
        self.names[style_id] = name.get(W + "val", style_id) if name is not None else style_id
        if any(_unseen_properties(style.find(W + "rPr")) for style in lineage[:1]):
            self.unseen.add(style_id)
        for style in lineage:
            paragraph = style.find(W + "pPr")
            if paragraph is not None:
                level = paragraph.find(W + "outlineLvl")
                if level is not None and style_id not in self.levels:
                    self.levels[style_id] = int(level.get(W + "val", "9")) + 1
                number = paragraph.find(W + "numPr")
                if number is not None and style_id not in self.numbering:
                    self.numbering[style_id] = numbering_of(number)
            if style.find(f"{W}tblPr/{W}tblBorders") is not None:
                self.bordered.add(style_id)
            if next(style.iter(W + "shd"), None) is not None:
                self.shaded_tables.add(style_id)


def _lineage(style_id: str, elements: dict[str, Any]) -> list[Any]:
    """The style and those it is based on; a circle (seen in damaged files) ends it."""
    found: list[Any] = []
    seen: set[str] = set()
    while style_id in elements and style_id not in seen:
        seen.add(style_id)
        found.append(elements[style_id])
        base = elements[style_id].find(W + "basedOn")
        style_id = base.get(W + "val", "") if base is not None else ""
    return found


def numbering_of(element: Any) -> tuple[str, int]:
    """(number id, level) of a `w:numPr`."""
    number, level = element.find(W + "numId"), element.find(W + "ilvl")
    return (
        number.get(W + "val", "0") if number is not None else "",
        int(level.get(W + "val", "0")) if level is not None else 0,
    )


def _unseen_properties(properties: Any) -> bool:
    """Hidden, white or too small to read, by these run properties alone."""
    if properties is None:
        return False
    if switched_on(properties, "vanish") or switched_on(properties, "specVanish"):
        return True
    size = properties.find(W + "sz")
    if size is not None and size.get(W + "val", "24").isdigit() and int(size.get(W + "val")) <= _TINY:
        return True
    color = properties.find(W + "color")
    white = color is not None and color.get(W + "val", "").upper() in _WHITE
    return white and not _shaded(properties)


def unseen(run: Any, styles: Styles) -> bool:
    """True where a reader of the printed page does not see the run.

    White letters count as seen on a shaded run, paragraph, cell or table: that is how heads of tables look.
    """
    properties = run.find(W + "rPr")
    style = properties.find(W + "rStyle") if properties is not None else None
    hidden = _unseen_properties(properties)
    if not hidden and style is not None and style.get(W + "val") in styles.unseen:
        hidden = switched_on(properties, "vanish") is not False
    if not hidden:
        paragraph_style = _paragraph_style(run)
        hidden = paragraph_style in styles.unseen and (
            properties is None or (properties.find(W + "color") is None and not switched_on(properties, "vanish"))
        )
    if not hidden or switched_on(properties, "vanish"):
        return hidden
    return not _on_shading(run, styles)


def _paragraph_style(run: Any) -> str | None:
    paragraph = next(run.iterancestors(W + "p"), None)
    style = paragraph.find(f"{W}pPr/{W}pStyle") if paragraph is not None else None
    return style.get(W + "val") if style is not None else None


def _on_shading(run: Any, styles: Styles) -> bool:
    for ancestor in run.iterancestors(W + "p", W + "tc", W + "tbl"):
        tag = ancestor.tag[len(W) :]
        properties = ancestor.find(W + {"p": "pPr", "tc": "tcPr", "tbl": "tblPr"}[tag])
        if _shaded(properties):
            return True
        style = properties.find(W + "tblStyle") if tag == "tbl" and properties is not None else None
        if style is not None and style.get(W + "val") in styles.shaded_tables:
            return True
    return False
