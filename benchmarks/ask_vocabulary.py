"""Make `knowledge/ask/syllables.txt`: how often one folded syllable follows another in Vietnamese law.

    python benchmarks/ask_vocabulary.py articles.jsonl.gz...

Each input line is a JSON object with "title" and "text" (law articles, which are outside copyright). Only counts are
kept, as powers of two, and only of pairs that occur at least ten times; no text can be read back from them.
"""

import collections
import gzip
import itertools
import json
import math
import re
import sys
from collections.abc import Iterator
from pathlib import Path

from assistant.library.features import fold_syllable
from assistant.paths import KNOWLEDGE

_WORD = re.compile(r"[^\W\d_]+")
_CLAUSE = re.compile(r"[.;:\n(),]")
_LEAST = 10
_LEAST_ALONE = 60


def _clauses(path: Path) -> Iterator[list[str]]:
    with gzip.open(path, "rt", encoding="utf-8") as lines:
        for line in lines:
            row = json.loads(line)
            for clause in _CLAUSE.split(f"{row.get('title', '')}\n{row.get('text', '')}".lower()):
                yield [fold_syllable(word) for word in _WORD.findall(clause)]


def main(paths: list[str]) -> int:
    """Count and write; prints how many syllables and pairs were kept."""
    single: collections.Counter[str] = collections.Counter()
    pairs: collections.Counter[tuple[str, str]] = collections.Counter()
    for path in paths:
        for words in _clauses(Path(path)):
            single.update(words)
            pairs.update(itertools.pairwise(words))
    follow: dict[str, list[str]] = collections.defaultdict(list)
    kept = {pair: count for pair, count in pairs.items() if count >= _LEAST}
    for (first, second), count in sorted(kept.items()):
        follow[first].append(f"{second}:{int(math.log2(count))}")
    lines = [
        f"{word} {int(math.log2(count))} {' '.join(follow.get(word, []))}".rstrip()
        for word, count in sorted(single.items())
        if count >= _LEAST_ALONE
    ]
    target = KNOWLEDGE / "ask" / "syllables.txt"
    target.parent.mkdir(exist_ok=True)
    target.write_text("\n".join(lines) + "\n", encoding="utf-8")
    print(f"{len(lines)} syllables, {len(kept)} pairs, {target.stat().st_size:,} bytes")
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
