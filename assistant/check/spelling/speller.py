"""Find misspelt syllables: strings that are no syllable, and syllables that are wrong between their neighbours.

A syllable is suspected only where none of the sequences it stands in is attested, and is reported only where one slip
away stands another that is far likelier at this place ("phầm mềm" -> "phần mềm").
"""

import functools
import re
from dataclasses import dataclass
from typing import Literal

import numpy as np

from assistant.check.spelling.edits import Confusions
from assistant.check.spelling.language_model import (
    BREAK,
    FIRST_WORD,
    NUMBER,
    SIZE,
    UNKNOWN,
    Ids,
    LanguageModel,
    Scores,
    default_model,
)
from assistant.check.spelling.syllables import inventory
from assistant.vietnamese.text import canonical_tone

TOKEN = re.compile(r"[^\W\d_¹²³⁰-⁹₀-₉]+|\d+|[^\w\s]")
# web addresses, mail addresses, file names, document symbols: not prose
_NOT_PROSE = re.compile(
    r"\S*(?:https?://|www\.|@)\S*|\b[\w-]+(?:\.[\w-]+)*\.(?:vn|com|org|net|gov|edu|docx?|pdf|xlsx?)\b\S*"
    r"|\d+[\w./-]*/[\w./-]*[A-ZĐ][\w./&-]*|\d+-[A-ZĐ]+\w*/\w+"
)
# "atisô", "canô": words taken from French, open syllables without tones written together
_LOAN = re.compile(r"(?:(?:b|ch?|d|đ|gh?|h|kh?|l|m|n|ngh?|nh|ph?|qu|r|s|th?|tr|v|x)?[aăâeêioôơuưy]){2,5}")
_MIN_CANDIDATE_COUNT = 30.0
_WELL_ATTESTED = 40.0
_COMPOUND_SHARE = 0.02
# a pair this frequent whose third syllable is the same in this share of cases is the beginning of a set phrase
_SET_PHRASE, _ALWAYS, _RARELY = 400.0, 0.985, 60.0
# in law texts these begin a longer word ("tổ chức"), in a commune's report they stand alone
_STAND_ALONE = frozenset({"tổ", "xã", "hộ", "thôn", "bản", "ấp", "khối", "trạm", "lớp"})
# below these odds nothing is looked at; a pair whose share is _FIRM speaks neither for nor against
_LEAST_ODDS, _FIRM, _LOOSEST, _BOND_WEIGHT, _UNSEEN, _NEVER_SO = 1.2, 0.02, 0.0001, 2.5, 0.8, 0.3
# two syllables whose pair has this share of the commoner one are a word; what both usual pairs take off
_WORD, _USUAL_PAIRS = 0.1, 2.0
Kind = Literal["syllable", "context"]


@dataclass(frozen=True, slots=True)
class Suspicion:
    """A syllable that is probably misspelt.

    Attributes:
        start, end: span in the text looked at.
        text: as written.
        suggestion: the likelier syllable in the case of `text`; empty where none is near.
        score: log10 of how much likelier the suggestion is, the rarity of the slip taken off, and what the firmness of
            the word that it makes adds or takes.
        kind: "syllable" where `text` is no Vietnamese syllable at all, "context" where it is one.
    """

    start: int
    end: int
    text: str
    suggestion: str
    score: float
    kind: Kind


def syllable_of(token: str) -> str:
    """The form of a token under which the counts know it."""
    return canonical_tone(token.lower())


@dataclass(frozen=True, slots=True)
class Token:
    text: str
    start: int
    end: int
    prose: bool


def tokens_of(text: str) -> list[Token]:
    """Words, numbers and marks of NFC `text`; what stands in addresses and symbols is marked as no prose."""
    covered = np.zeros(len(text) + 1, dtype=bool)
    for match in _NOT_PROSE.finditer(text):
        covered[match.start() : match.end()] = True
    return [
        Token(match.group(), match.start(), match.end(), not covered[match.start()]) for match in TOKEN.finditer(text)
    ]


class Speller:
    """Looks at one paragraph or a whole text at a time (linear in its length)."""

    def __init__(self, model: LanguageModel) -> None:
        self.model = model
        self._words = list(model.ids)
        self._inventory = inventory()
        self._confusions = Confusions.of(
            word
            for word, number in model.ids.items()
            if model.unigrams[number] >= _MIN_CANDIDATE_COUNT and word in self._inventory
        )
        self._near = functools.lru_cache(maxsize=4096)(self._confusions.near)
        self._read = functools.lru_cache(maxsize=2)(self.read)

    def read(self, text: str) -> tuple[list[Token], Ids]:
        """Tokens of `text`, and their ids with two breaks at each end."""
        tokens = tokens_of(text)
        return tokens, np.array([BREAK, BREAK, *map(self._id, tokens), BREAK, BREAK], dtype=np.int64)

    def suspicions(self, text: str, threshold: float) -> list[Suspicion]:
        """Everything whose score reaches `threshold`, and every string with accents that is no syllable."""
        tokens, ids = self._read(text)
        if not tokens:
            return []
        found: list[Suspicion] = []
        places = [n for n in np.flatnonzero(self._unattested(ids)) if self._is_word(tokens, int(n), ids)]
        scored = self._best(tokens, ids, [int(n) for n in places])
        for place in places:
            token = tokens[int(place)]
            suggestion, odds = scored.get(int(place), ("", 0.0))
            score = odds + self._bond(tokens, ids, int(place), suggestion) if odds >= _LEAST_ODDS else 0.0
            ill_formed = self._ill_formed(token.text)
            if ill_formed or score >= threshold:
                kind: Kind = "syllable" if ill_formed else "context"
                found.append(Suspicion(token.start, token.end, token.text, _cased(suggestion, token.text), score, kind))
        return _strongest(found)

    def missing_words(self, text: str) -> list[tuple[int, int, str]]:
        """Where a phrase breaks off: spans of two syllables that are nearly always followed by a third, which is
        missing before a syllable that never follows them; with the third."""
        tokens, padded = self._read(text)
        if len(tokens) < 3:
            return []
        ids = padded[2:-2]
        pairs = self.model.bigram(ids[:-1], ids[1:])
        never = (pairs[1:] <= _RARELY) & (self.model.trigram(ids[:-2], ids[1:-1], ids[2:]) == 0)
        broken = (pairs[:-1] >= _SET_PHRASE) & never & (ids[2:] >= FIRST_WORD)
        found: list[tuple[int, int, str]] = []
        for i in np.flatnonzero(broken):
            first, second, third = (tokens[int(i) + k] for k in range(3))
            if second.text in _STAND_ALONE:
                continue
            if (
                text[first.end : second.start] != " "
                or text[second.end : third.start] != " "
                or any(token.text[0].isupper() for token in (second, third))
            ):
                continue
            word = self._usual_third(int(ids[i]), int(ids[i + 1]))
            if word:
                found.append((first.start, second.end, word))
        return found

    def _bond(self, tokens: list[Token], ids: Ids, place: int, suggestion: str) -> float:
        """What speaks for `suggestion` besides the odds: that it makes a firm word with a neighbour ("tham mưu"), and
        that what is written was never met. Loose neighbours ("được viết") prove nothing against a rarer word.
        """
        before, left, own, right, after = (int(ids[place + k]) for k in range(5))
        other = self.model.id_of(suggestion)
        firm = 0.0
        if left >= FIRST_WORD:
            firm = self.bound(self._word(left), suggestion) * self._goes_on(left, other, right)
            firm *= self._free(before, left, (before, left, other))
        if right >= FIRST_WORD:
            free = self._free(right, after, (other, right, after))
            firm = max(firm, self.bound(suggestion, self._word(right)) * free)
        gain = float(_BOND_WEIGHT * np.log10(max(firm, _LOOSEST) / _FIRM))
        unseen = self.model.count(syllable_of(tokens[place].text)) == 0
        if min(self._pair(left, own), self._pair(own, right)) > _SET_PHRASE:
            gain -= _USUAL_PAIRS  # "chuyển đổi số là việc của …": usual with either neighbour, only not with both
        return max(gain, 0.0) + _UNSEEN if unseen else gain

    def _pair(self, first: int, second: int) -> float:
        return float(self.model.bigram(np.array([first]), np.array([second]))[0])

    def _free(self, first: int, second: int, three: tuple[int, int, int]) -> float:
        """Less than 1 where two neighbours are a word of their own that the suggestion would break up
        ("văn bản dán": no "bản án")."""
        if first < FIRST_WORD or second < FIRST_WORD or self.bound(self._word(first), self._word(second)) < _WORD:
            return 1.0
        seen = self.model.trigram(*(np.array([number]) for number in three))[0]
        return 1.0 if seen > 0 else _NEVER_SO * _NEVER_SO

    def _goes_on(self, first: int, second: int, third: int) -> float:
        """1 where a frequent pair is ever followed by `third`, less where it never is ("làm thủ" but for "tục")."""
        one, two, three = (np.array([number]) for number in (first, second, third))
        rare = third == BREAK or self.model.bigram(one, two)[0] < _SET_PHRASE
        return 1.0 if rare or self.model.trigram(one, two, three)[0] > 0 else _NEVER_SO

    def bound(self, first: str, second: str) -> float:
        """How firmly two syllables belong together: the pair's share of the rarer reading of either (0-1)."""
        a, b = (np.array([self.model.id_of(syllable_of(word))]) for word in (first, second))
        pair = float(self.model.bigram(a, b)[0])
        return pair / max(float(self.model.unigrams[a[0]]), float(self.model.unigrams[b[0]]), 1.0)

    def _usual_third(self, first: int, second: int) -> str:
        """The syllable that nearly always follows the pair; empty where several do."""
        model = self.model
        total = float(model.bigram(np.array([first]), np.array([second]))[0])
        low = int(np.searchsorted(model.trigram_keys, (first * SIZE + second) * SIZE))
        high = int(np.searchsorted(model.trigram_keys, (first * SIZE + second + 1) * SIZE))
        if low == high:
            return ""
        best = low + int(np.argmax(model.trigram_counts[low:high]))
        third = int(model.trigram_keys[best]) % SIZE
        if third < FIRST_WORD or model.trigram_counts[best] < _ALWAYS * total:
            return ""
        return self._word(third)

    def _word(self, number: int) -> str:
        return self._words[number - FIRST_WORD]

    def _id(self, token: Token) -> int:
        if not token.text[0].isalpha():
            return NUMBER if token.text[0].isdigit() else BREAK
        return self.model.id_of(syllable_of(token.text)) if token.prose else UNKNOWN

    def _unattested(self, ids: Ids) -> "np.ndarray[tuple[int], np.dtype[np.bool_]]":
        """For each token: no well attested triple holds it, or one of its pairs is hardly attested.

        "Hardly", not "never": texts counted carry slips too.
        """
        counts = self.model.bigram(ids[:-1], ids[1:])
        pairs = counts > _WELL_ATTESTED
        triples = self.model.trigram(ids[:-2], ids[1:-1], ids[2:]) > _WELL_ATTESTED
        in_triple = triples[:-2] | triples[1:-1] | triples[2:]
        in_pairs = pairs[1:-2] & pairs[2:-1]
        # half of a usual compound ("linh hoạt") is right whatever stands on its other side
        words = ids >= FIRST_WORD
        left, right = counts[1:-2] * words[1:-3], counts[2:-1] * words[3:-1]
        share = np.maximum(left, right) / np.maximum(self.model.unigrams[ids[2:-2]], 1.0)
        usual = (share > _COMPOUND_SHARE) & words[2:-2]
        result: np.ndarray[tuple[int], np.dtype[np.bool_]] = ((~in_triple | ~in_pairs) & ~usual) | (
            ids[2:-2] == UNKNOWN
        )
        return result

    def _is_word(self, tokens: list[Token], place: int, ids: Ids) -> bool:
        """Whether the token is prose to be judged: no abbreviation, no proper name in mid-sentence."""
        token = tokens[place]
        word = token.text
        if not word[0].isalpha() or not token.prose or len(word) == 1:
            return False
        if any(char.isupper() for char in word[1:]):
            return self._in_capitals(tokens, place)
        return not (word[0].isupper() and place > 0 and ids[place + 1] not in (BREAK, NUMBER))

    def _in_capitals(self, tokens: list[Token], place: int) -> bool:
        """Whether the word stands in a line of capitals, so that capitals make no abbreviation of it."""
        word = tokens[place].text
        around = [t.text for t in tokens[max(place - 2, 0) : place] + tokens[place + 1 : place + 3]]
        return (
            word.isupper()
            and word.lower() in self._inventory
            and bool(around)
            and all(t.isupper() for t in around if t[0].isalpha())
        )

    def _ill_formed(self, word: str) -> bool:
        low = word.lower()
        return (
            word.islower()  # a capital may begin a name in another language of the country (Mnông, Hmông)
            and not low.isascii()
            and low not in self._inventory
            and self.model.count(syllable_of(word)) == 0
            and not _LOAN.fullmatch(low)
        )

    def _best(self, tokens: list[Token], ids: Ids, places: list[int]) -> dict[int, tuple[str, float]]:
        """The likeliest near syllable at each place and by how much it wins, in one sweep."""
        rows: list[tuple[int, str, float]] = []
        for place in places:
            low = syllable_of(tokens[place].text)
            rows.append((place, low, 0.0))
            rows.extend((place, other, cost) for other, cost in self._near(low).items())
        if not rows:
            return {}
        where = np.array([row[0] for row in rows], dtype=np.int64)
        words = np.array([self.model.id_of(row[1]) for row in rows], dtype=np.int64)
        scores = self._fit(ids, where, words) - np.array([row[2] for row in rows])
        best: dict[int, tuple[str, float]] = {}
        own: dict[int, float] = {}
        for (place, word, _), score in zip(rows, scores.tolist(), strict=True):
            if place not in own:
                own[place] = score
            elif place not in best or score - own[place] > best[place][1]:
                best[place] = (word, score - own[place])
        return best

    def _fit(self, ids: Ids, where: Ids, words: Ids) -> Scores:
        """log10 probability of the three syllables that `words` put at `where` takes part in."""
        two_before, before, after, two_after = (ids[where + k] for k in (0, 1, 3, 4))
        model = self.model
        result: Scores = (
            model.log_probability(two_before, before, words)
            + model.log_probability(before, words, after)
            + model.log_probability(words, after, two_after)
        )
        result[words == UNKNOWN] -= 3.0  # an unknown string is no likely word, however often unknown ones stand here
        return result


def _strongest(found: list[Suspicion]) -> list[Suspicion]:
    """Of two suspicions side by side the stronger: one wrong syllable makes its neighbour look wrong too."""
    kept: list[Suspicion] = []
    for one in found:
        if kept and one.start - kept[-1].end <= 1:
            if one.score > kept[-1].score:
                kept[-1] = one
        else:
            kept.append(one)
    return kept


def _cased(word: str, like: str) -> str:
    if not word:
        return ""
    if like.isupper() and len(like) > 1:
        return word.upper()
    return word.capitalize() if like[0].isupper() else word


@functools.cache
def default_speller() -> Speller:
    return Speller(default_model())
