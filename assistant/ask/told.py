"""What was found for the parts of a question on documents, and what is said of those for which nothing was."""

from collections.abc import Sequence
from dataclasses import dataclass

from assistant.ask.aspects import aspects_of, unknown
from assistant.ask.comparing import Value
from assistant.ask.documents import Pool, within
from assistant.ask.extract import VALUES, Finding
from assistant.ask.facts import short_name
from assistant.ask.figures import choose
from assistant.ask.models import Statement
from assistant.ask.parts import Part
from assistant.legal import RegistryDocument
from assistant.vietnamese.tokens import folded_syllables

UNSAID = Statement("Nguồn trong kho không nêu phần còn lại của câu hỏi.")


@dataclass(frozen=True, slots=True)
class Told:
    """What answers one part of a question on some documents.

    Attributes:
        value: the figure among it, to be compared; None where it is none.
        valued: whether it is a value at all.
        found: the statements of the text that were chosen; empty where the registry or a list answers.
    """

    piece: Part
    documents: Sequence[RegistryDocument]
    statements: Sequence[Statement] = ()
    value: Value | None = None
    valued: bool = False
    found: Sequence[Finding] = ()


def of_each(told_all: Sequence[Told]) -> list[Statement]:
    """What answers the parts, in their order, as far as it goes: the first statement of each has room before others."""
    firsts = [statement for told_of in told_all for statement in told_of.statements[:1]]
    every = [statement for told_of in told_all for statement in told_of.statements]
    kept = within([*firsts, *every])
    return [statement for statement in every if statement in kept]


def lacking(one: Told, others: Sequence[Told], quoted: str) -> list[Statement]:
    """That nothing was found for a part, where what was quoted for the others does not answer it as well."""
    if any(other.piece is one.piece and other.statements for other in others):
        return [Statement(f"{short_name(one.documents[0])}: nguồn trong kho không nêu nội dung này.")]
    if unstated := unknown(one.documents[0], aspects_of(one.piece.question)):
        return unstated
    return [] if said_in(one.piece, quoted) else [UNSAID]


def said_in(piece: Part, quoted: str) -> bool:
    """Whether what was quoted for the other parts holds the words of this one as well."""
    have = set(folded_syllables(quoted))
    words = [word for word in piece.question.said if word not in piece.question.light] or piece.question.said
    return bool(words) and sum(word in have for word in words) >= 0.6 * len(words)


def value_of(
    pool: Pool, finding: Finding, document: RegistryDocument, said: Sequence[Statement]
) -> tuple[Value | None, bool]:
    """The figure of a finding as a value of its document; whether it is one."""
    if finding.asked.kind not in VALUES or not said:
        return None, False
    figures = choose(finding, pool.extractor.rarity).figures
    return (Value(short_name(document), figures[0], said[0].sources[0]) if figures else None), True
