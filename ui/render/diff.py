"""What changed between two texts, word by word."""

import re
from difflib import SequenceMatcher

from markupsafe import Markup, escape

_PIECE = re.compile(r"\s+|\w+|[^\w\s]")


def diff_html(before: str, after: str) -> Markup:
    """`after` with its new words in <ins> and the words of `before` that are gone in <del>; all escaped."""
    old, new = _PIECE.findall(before), _PIECE.findall(after)
    parts: list[str] = []
    for kind, a, b, c, d in SequenceMatcher(None, old, new, autojunk=False).get_opcodes():
        gone, come = str(escape("".join(old[a:b]))), str(escape("".join(new[c:d])))
        if kind == "equal":
            parts.append(come)
            continue
        # a space between the two that the text itself does not have: they are alternatives
        parts += [f"<del>{gone}</del>{' ' if come.strip() else ''}"] if gone.strip() else []
        parts += [f"<ins>{come}</ins>"] if come.strip() else [come]
    return Markup("".join(parts))
