"""Where exactly in a passage a quote stands: the khoản and điểm of a Điều, the numbered items of a section."""

from assistant.library import markers
from assistant.library.markers import find_marker
from assistant.library.models import Passage


def location_at(passage: Passage, offset: int) -> str:
    """The passage's location, with the items above `offset` (in `passage.text`) added.

    >>> # "Chương I > Điều 3. Giải thích từ ngữ > khoản 8 > điểm b"
    """
    items: list[tuple[int, str]] = []
    in_article = bool(passage.path) and passage.path[-1].rank == markers.ARTICLE and bool(passage.path[-1].label)
    begin = 0
    for line in passage.text.split("\n"):
        if begin > offset:
            break
        marker = find_marker(line)
        if begin and marker is not None and markers.NUMBER <= marker.rank <= markers.POINT:
            while items and items[-1][0] >= marker.rank:
                items.pop()
            items.append((marker.rank, _name(marker.rank, marker.label, in_article)))
        begin += len(line) + 1
    return " > ".join([passage.location, *(name for _, name in items)])


def _name(rank: int, label: str, in_article: bool) -> str:
    if not in_article:
        return label
    return f"điểm {label}" if rank == markers.POINT else f"khoản {label}"
