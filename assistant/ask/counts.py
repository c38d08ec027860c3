"""Figures of a statement that count a noun: "12 Tổ công nghệ số", "tổ … gồm 07 người", "trực tuyến 332"."""

import functools
import re
from collections.abc import Sequence

from assistant.ask.asked import Asked, canonical, counted_nouns
from assistant.ask.question import spell_out
from assistant.grounding.spelled import find_spelled
from assistant.vietnamese.dates import find_dates
from assistant.vietnamese.numbers import Quantity, find_quantities, noun_after
from assistant.vietnamese.tokens import folded_syllables


def counts(text: str, asked: Asked, around: Sequence[str]) -> tuple[str, ...]:
    """Figures of `text` that count the asked noun, each with its noun as written.

    Args:
        around: folded words that lead to the statement: a figure with no noun of its own counts the one named there.
    """
    named = _holds(around, asked.noun)
    plain = [q for q in find_quantities(text) if q.kind == "number" and not in_date(q, text)]
    spelled = [(s.start, s.end, s.text) for s in find_spelled(text)]
    spans = [(q.start, q.end, q.text) for q in plain] + spelled
    # the number of a heading or of a row counts nothing
    numbered = re.match(r"\W*\d+(?=\.(?:\s|\d)|\)|\s+[^\W\d]|\n)", text)
    # nor does that of a line of a series ("Mô hình 1: …"), and what follows counts something else
    if series := re.match(r"\W*(?:[^\W\d_]+ ){1,4}\d+(?=\s*:)", text):
        spans = [span for span in spans if span[1] > series.end()]
        text = " " * series.end() + text[series.end() :]
    spans = [span for span in spans if not numbered or span[0] >= numbered.end() or not _is_label(text, span)]
    if not asked.noun:
        return tuple(shown for _, _, shown in spans)
    return tuple(
        _with_noun(text, start, end)
        for start, end, _ in sorted(spans)
        if _counts_noun(text, start, end, asked.noun) or (named and re.match(r"\s*(?:[.,;)]|$)", text[end:]))
    )


def shares(text: str, asked: Asked) -> tuple[str, ...]:
    """ "80% người trưởng thành" for "bao nhiêu người trưởng thành": a share of what is to be counted."""
    found = [q for q in find_quantities(text) if q.kind == "percent"]
    return tuple(q.text for q in found if asked.noun and noun_at(text, q.end)[: len(asked.noun)] == asked.noun)


def noun_at(text: str, at: int) -> tuple[str, ...]:
    return tuple(folded_syllables(spell_out(text[at : at + 60])))


def _is_label(text: str, span: tuple[int, int, str]) -> bool:
    """Whether a number at the very beginning is the label of a heading or of a row: "11. Kinh phí", "2 Tổ …"."""
    start, end, shown = span
    return not text[:start].strip(" -+*•(") and (text[end : end + 1] in ".)\n" or len(shown) < 2)


def in_date(quantity: Quantity, text: str) -> bool:
    return any(d.start <= quantity.start < d.end for d in find_dates(text)) or bool(
        re.search(r"(?:năm|tháng|quý|điều|khoản|số)\s*$", text[: quantity.start], re.IGNORECASE)
        and not re.search(r"tổng số\s*$", text[: quantity.start], re.IGNORECASE)
    )


def _counts_noun(text: str, start: int, end: int, noun: tuple[str, ...]) -> bool:
    after = tuple(noun_after(text, end, words=5).split())
    if after[: len(noun)] == noun or (after and noun[: len(after)] == after and after not in _short_nouns()):
        return True
    if after[:1] != noun[:1] and _begins(after, _MEASURES):
        return False
    if (" ".join(noun) in STAFF and _begins(after, STAFF)) or (noun == _MEMBER and _begins(after, _MEMBERS)):
        return True
    if after[:1] == ("nguoi",) and noun == _MEMBER and re.search(r"(?:có|gồm)\s+$", text[:start]):
        return True
    if after[:1] == ("nguoi",) and (" ".join(noun) in STAFF or noun == _MEMBER):
        return _says(text[max(0, start - 90) : start], noun)
    if after and after[0] == noun[0] and (len(noun) == 1 or after[0] in ("may", "to", "ho")):
        return len(noun) == 1 or _says(text[:start], noun)
    if any(after[: len(other)] == other for other in counted_nouns() if other != noun):
        return False
    if _is_ordinal(text, start, noun):
        return False
    if len(noun) == 1 and noun not in counted_nouns():
        # one syllable is met in many words: it has to stand right before ("dân số: 4.200 …")
        return noun[0] in folded_syllables(text[max(0, start - 40) : start])[-2:]
    return _says(text[max(0, start - 90) : start], noun)


# so long or so far: a figure of these counts nothing else
_MEASURES = frozenset(("phut", "gio", "giay", "ngay", "thang", "nam", "km", "met", "tan", "trieu", "ty", "dong"))

# who is counted as staff may be called either
STAFF = frozenset(("can bo", "cong chuc", "nhan su", "nhan vien", "vien chuc"))
_MEMBER, _MEMBERS = ("thanh", "vien"), frozenset(("dong chi",))
_NUMBERED = frozenset(("giai doan", "nhom", "phu luc", "quyet dinh", "ke hoach", "cong van", "nghi quyet", "chi so"))


def _is_ordinal(text: str, start: int, noun: tuple[str, ...]) -> bool:
    """Whether a figure right behind a noun is its number and not how many there are: "giai đoạn 2"."""
    right_before = tuple(folded_syllables(text[max(0, start - 30) : start]))[-len(noun) :]
    return right_before == noun and " ".join(noun) in _NUMBERED


def _begins(words: Sequence[str], names: frozenset[str]) -> bool:
    return any(" ".join(words[: len(name.split())]) == name for name in names)


def _holds(words: Sequence[str], noun: tuple[str, ...]) -> bool:
    return bool(noun) and f" {' '.join(noun)} " in f" {' '.join(canonical(tuple(words)))} "


@functools.cache
def _short_nouns() -> frozenset[tuple[str, ...]]:
    return frozenset({("so",)})


def _says(before: str, noun: tuple[str, ...]) -> bool:
    """Whether the words before a figure name the noun."""
    words = canonical(tuple(folded_syllables(spell_out(before))))
    return f" {' '.join(noun)} " in f" {' '.join(words)} "


def _with_noun(text: str, start: int, end: int) -> str:
    """A figure as written with the word or two it counts."""
    following = re.match(r"(?:\s+[^\W\d_]+){1,6}", text[end:])
    after = following.group().split() if following else []
    folded = tuple(folded_syllables(" ".join(after)))
    length = next((len(noun) for noun in counted_nouns() if folded[: len(noun)] == noun), 1)
    return " ".join([*text[start:end].split(), *after[:length]])
