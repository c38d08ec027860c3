"""Provisions: lists and ranges of điểm, khoản, Điều, Mục, Chương, Phần."""

import pytest

from assistant.legal import find_references
from assistant.legal.provisions import read_chain

CHAINS = [
    ("điểm a khoản 2 điều 5", ["điểm a khoản 2 Điều 5"]),
    ("điểm a, khoản 2, điều 5", ["điểm a khoản 2 Điều 5"]),
    ("khoản 2 và khoản 3 điều 15", ["khoản 2 Điều 15", "khoản 3 Điều 15"]),
    ("các khoản 1, 2 điều 3", ["khoản 1 Điều 3", "khoản 2 Điều 3"]),
    ("các điều 5, 7 và 9", ["Điều 5", "Điều 7", "Điều 9"]),
    ("điều 5 đến điều 8", ["Điều 5", "Điều 6", "Điều 7", "Điều 8"]),
    ("điểm a, b khoản 2 điều 3", ["điểm a khoản 2 Điều 3", "điểm b khoản 2 Điều 3"]),
    ("điểm a đến d khoản 1 điều 3", ["điểm a khoản 1 Điều 3", "điểm b khoản 1 Điều 3", "điểm c khoản 1 Điều 3",
                                     "điểm d khoản 1 Điều 3"]),
    ("khoản 1 điều 5 và khoản 2 điều 7", ["khoản 1 Điều 5", "khoản 2 Điều 7"]),
    ("điểm a khoản 1 và khoản 3 điều 15", ["điểm a khoản 1 Điều 15", "khoản 3 Điều 15"]),
    ("điểm a khoản 2 điều 103 mục 5 chương xii phần i", ["điểm a khoản 2 Điều 103 Mục 5 Chương XII Phần I"]),
    ("mục ii.1", ["Mục II.1"]),
    ("phụ lục iii", ["Phụ lục III"]),
]  # fmt: skip


@pytest.mark.parametrize(("chain", "expected"), CHAINS)
def test_chain(chain, expected):
    assert read_chain(chain) == expected


BESIDE = [
    ("theo khoản 2 Điều 5 Nghị định số 42/2022/NĐ-CP", ["khoản 2 Điều 5"]),
    ("theo quy định tại Điều 5 của Nghị định số 42/2022/NĐ-CP", ["Điều 5"]),
    ("Nghị định số 42/2022/NĐ-CP tại Điều 5, Điều 7 quy định", ["Điều 5", "Điều 7"]),
    ("Phụ lục I ban hành kèm theo Nghị định số 30/2020/NĐ-CP", ["Phụ lục I"]),
    ("Điều 3 nêu mục đích; theo Nghị định số 42/2022/NĐ-CP", []),
    ("thực hiện Mục II.1 Nghị quyết số 57-NQ/TW", ["Mục II.1"]),
]


@pytest.mark.parametrize(("text", "expected"), BESIDE)
def test_provisions_beside_a_mention(text, expected):
    (reference,) = find_references(text)
    assert [p.text for p in reference.provisions] == expected
    assert all(
        text[p.start : p.end].lower().startswith(("khoản", "điều", "điểm", "phụ", "mục")) for p in reference.provisions
    )
