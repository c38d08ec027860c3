"""How the figures of a report are computed, as sentences: read from the relations of the topics."""

import functools
from collections.abc import Iterator, Sequence

from assistant.legal.practice import Rule, rules
from assistant.reports.relation_types import Ratio, Sum
from assistant.reports.topics import Topic, load_topics

_SHARE = ("cách tính", "tính thế nào", "lấy số nào chia số nào", "chia cho số nào", "công thức tính", "mẫu số của")
_TOTAL = ("gồm những số nào cộng lại", "bằng tổng của những số nào", "cộng những gì")


@functools.cache
def every_rule() -> tuple[Rule, ...]:
    """The rules of practice and, for each figure that is computed, how."""
    return (*rules(), *(rule for topic in load_topics().values() for rule in _of_topic(topic)))


def _of_topic(topic: Topic) -> Iterator[Rule]:
    seen: set[str] = set()
    for relation in topic.relations:
        if isinstance(relation, Ratio):
            label = relation.label or _label(topic, relation.value)
            above, below = _said(topic, relation.numerator), _said(topic, relation.denominator)
            below = f"({below})" if len(relation.denominator) > 1 else below
            named = (*relation.numerator, *relation.denominator)
            names = (label, *_aliases(topic, relation.value))
            text = f"{label} = {above} chia cho {below}, nhân 100%"
            asked = tuple(f"{way} {name}" for name in names for way in _SHARE)
        elif isinstance(relation, Sum):
            label = _label(topic, relation.total)
            named = (*relation.parts, *relation.optional)
            text = f"{label} = {_said(topic, relation.parts)}"
            if relation.optional:
                text += f", thêm {_said(topic, relation.optional)} nếu có"
            asked = tuple(f"{label} {way}" for way in _TOTAL)
        else:
            continue
        known = all(_label(topic, name.removeprefix("-")) for name in named)
        if label and known and label not in seen:
            seen.add(label)
            source = f"cách tính trong chuyên mục {topic.name}"
            yield Rule(f"Cách tính: {label}", asked, (f"{text} ({source}).",), topic.name, computes=True)


def _label(topic: Topic, name: str) -> str:
    field = topic.field(name)
    return field.label if field else ""


def _aliases(topic: Topic, name: str) -> tuple[str, ...]:
    field = topic.field(name)
    return tuple(field.aliases) if field else ()


def _said(topic: Topic, names: Sequence[str]) -> str:
    """Figures added up, those with a minus taken away: "hồ sơ tiếp nhận trừ kỳ trước chuyển sang"."""
    said = ""
    for name in names:
        sign = "trừ" if name.startswith("-") else "cộng"
        label = _label(topic, name.removeprefix("-"))
        label = label if label[1:2].isupper() else label[:1].lower() + label[1:]
        said += f" {sign} {label}" if said else label
    return said
