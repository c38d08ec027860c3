"""The features of the embedding that ships: accented and folded syllables, alone and in pairs.

A feature is a plain token without white space, so that a text turned into features (`featurise`) can also be
fed to sentence-transformers, whose tokenizer then only splits at white space:

- `ủy`, `ủy▁ban`: accented syllable and bigram, only where the text carries accents at all;
- `~uy`, `~uy▁ban`: the same folded, always, so that a query typed without diacritics still has features.
"""

import functools
import itertools

from assistant.vietnamese.text import fold
from assistant.vietnamese.tokens import syllables

JOINER = "▁"
FOLDED = "~"

fold_syllable = functools.lru_cache(maxsize=65536)(fold)


def feature_names(text: str) -> list[str]:
    """All features of `text`, known to a model or not, repeated as often as they occur."""
    accented = syllables(text)
    folded = [fold_syllable(syllable) for syllable in accented]
    names = [FOLDED + syllable for syllable in folded]
    names += [f"{FOLDED}{a}{JOINER}{b}" for a, b in itertools.pairwise(folded)]
    if folded != accented:
        names += accented
        names += [f"{a}{JOINER}{b}" for a, b in itertools.pairwise(accented)]
    return names


def featurise(text: str) -> str:
    """The features of `text` as one line: what the model's tokenizer in sentence-transformers expects."""
    return " ".join(feature_names(text))
