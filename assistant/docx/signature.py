"""The end of a report: who receives it, who signs it (Decree 30/2020/NĐ-CP, Annex I, Part I, II.7 and II.9)."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from assistant.docx.styles import set_style, styled
from assistant.docx.tables import grid
from assistant.docx.text import Piece, add_pieces, clean

_LEFT_MM, _RIGHT_MM = 80.0, 85.0


@dataclass(frozen=True, slots=True)
class SignatureBlock:
    """The last block.

    Attributes:
        recipients: lines after "Nơi nhận:", without dash and end mark, "Lưu: …" last.
        authority: lines above the signature, in capitals ("TM. ỦY BAN NHÂN DÂN", "KT. CHỦ TỊCH", "PHÓ CHỦ TỊCH").
        name: pieces of the name of the signer; a placeholder where it was not given.
    """

    recipients: tuple[str, ...]
    authority: tuple[str, ...]
    name: tuple[Piece, ...]


def add_signature(document: Any, block: SignatureBlock) -> None:
    """Recipients left, authority and name right, level with each other in one row that stays whole."""
    table = grid(document, 1, (_LEFT_MM, _RIGHT_MM), borders=False)
    left, right = table.rows[0].cells
    set_style(left.paragraphs[0], "Nơi nhận")
    left.paragraphs[0].add_run("Nơi nhận:")
    for line in recipient_lines(block.recipients):
        styled(left, "Danh sách nơi nhận", line)
    first = right.paragraphs[0]
    for index, line in enumerate(block.authority):
        paragraph = first if index == 0 else right.add_paragraph()
        set_style(paragraph, "Quyền hạn chức vụ")
        paragraph.add_run(clean(line))
    add_pieces(styled(right, "Họ tên người ký"), block.name)


def recipient_lines(recipients: Sequence[str]) -> list[str]:
    """Each recipient with its dash, a semicolon, and a full stop at the last."""
    last = len(recipients) - 1
    return [
        f"- {clean(name).strip().lstrip('-').strip().rstrip(';.').strip()}{'.' if index == last else ';'}"
        for index, name in enumerate(recipients)
    ]
