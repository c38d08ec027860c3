# ruff: noqa: E501  (the rows of the tables stay on one line)
"""Symbols of every body, as they should be and as officers write them."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from assistant.legal.grammar import grammar
from assistant.legal.symbols import build, find_symbols, is_party_organ, parse_symbol, symbol_key

# (symbol, number, year, code, organs, system)
RIGHT = [
    ("57-NQ/TW", "57", None, "NQ", ("TW",), "party"),
    ("02-KH/BCĐTW", "02", None, "KH", ("BCĐTW",), "party"),
    ("27-KH/ĐU", "27", None, "KH", ("ĐU",), "party"),
    ("01-CTr/TU", "01", None, "CTr", ("TU",), "party"),
    ("62-CV/ĐU", "62", None, "CV", ("ĐU",), "party"),
    ("36-HD/VPTW", "36", None, "HD", ("VPTW",), "party"),
    ("03-BC/BCĐ", "03", None, "BC", ("BCĐ",), "party"),
    ("193/2025/QH15", "193", 2025, None, ("QH15",), "law"),
    ("76/2025/UBTVQH15", "76", 2025, None, ("UBTVQH15",), "law"),
    ("1656/NQ-UBTVQH15", "1656", None, "NQ", ("UBTVQH15",), "state"),
    ("71/NQ-CP", "71", None, "NQ", ("CP",), "state"),
    ("66.7/2025/NQ-CP", "66.7", 2025, "NQ", ("CP",), "state"),
    ("30/2020/NĐ-CP", "30", 2020, "NĐ", ("CP",), "state"),
    ("749/QĐ-TTg", "749", None, "QĐ", ("TTg",), "state"),
    ("24/CT-TTg", "24", None, "CT", ("TTg",), "state"),
    ("159/CĐ-TTg", "159", None, "CĐ", ("TTg",), "state"),
    ("757/QĐ-BKHCN", "757", None, "QĐ", ("BKHCN",), "state"),
    ("05/2025/TT-BNV", "05", 2025, "TT", ("BNV",), "state"),
    ("55/2005/TTLT-BNV-VPCP", "55", 2005, "TTLT", ("BNV", "VPCP"), "state"),
    ("624/TB-VPCP", "624", None, "TB", ("VPCP",), "state"),
    ("145/KH-UBND", "145", None, "KH", ("UBND",), "state"),
    ("012/CT-UBND", "012", None, "CT", ("UBND",), "state"),
    ("163/2025/QĐ-CTUBND", "163", 2025, "QĐ", ("CTUBND",), "state"),
    ("35/2025/NQ-HĐND", "35", 2025, "NQ", ("HĐND",), "state"),
    ("2642/QĐ-BCĐ", "2642", None, "QĐ", ("BCĐ",), "state"),
    ("14/KH-ĐGS", "14", None, "KH", ("ĐGS",), "state"),
    ("92/VBHN-BQP", "92", None, "VBHN", ("BQP",), "state"),
    ("22/TTr-UBND", "22", None, "TTr", ("UBND",), "state"),
    ("3670/SKHCN-KHTC", "3670", None, None, ("SKHCN", "KHTC"), "dispatch"),
    ("447/UBND-VHXH", "447", None, None, ("UBND", "VHXH"), "dispatch"),
    ("2881/VP-KGVX", "2881", None, None, ("VP", "KGVX"), "dispatch"),
]
# (as written, as read, as it should be)
SLIPS = [
    ("57- NQ/TW", "57-NQ/TW", "57-NQ/TW"),
    ("57 – NQ / TW", "57-NQ/TW", "57-NQ/TW"),
    ("57—NQ/TW", "57-NQ/TW", "57-NQ/TW"),
    ("57‑NQ/TW", "57-NQ/TW", "57-NQ/TW"),
    ("30/2020/ NĐ-CP", "30/2020/NĐ-CP", "30/2020/NĐ-CP"),
    ("23/QĐ-\n\nUBND", "23/QĐ-UBND", "23/QĐ-UBND"),
    ("23/QĐ- \n\n4 \n\nUBND", "23/QĐ-UBND", "23/QĐ-UBND"),
    ("57-\u00a0NQ/TW", "57-NQ/TW", "57-NQ/TW"),
    ("749/QĐ-TTG", "749/QĐ-TTg", "749/QĐ-TTg"),
    ("02-CTR/TU", "02-CTr/TU", "02-CTr/TU"),
    ("30/2020/NÐ-CP", "30/2020/NĐ-CP", "30/2020/NĐ-CP"),
    ("749/QD-TTg", "749/QĐ-TTg", "749/QĐ-TTg"),
    ("O2-KH/BCĐTW", "02-KH/BCĐTW", "02-KH/BCĐTW"),
    ("1.813/QĐ-TTg", "1813/QĐ-TTg", "1813/QĐ-TTg"),
    ("57-nq/tw", "57-NQ/TW", "57-NQ/TW"),
    ("57-NQ/TƯ", "57-NQ/TW", "57-NQ/TW"),
    ("20/2023/QH 15", "20/2023/QH15", "20/2023/QH15"),
    ("71-NQ/CP", "71-NQ/CP", "71/NQ-CP"),
    ("22/NQ-TU", "22/NQ-TU", "22-NQ/TU"),
    ("02/KH-BCĐTW", "02/KH-BCĐTW", "02-KH/BCĐTW"),
    ("57/NQ/TW", "57/NQ/TW", "57-NQ/TW"),
    ("57-NQTW", "57-NQTW", "57-NQ/TW"),
    ("57NQ/TW", "57NQ/TW", "57-NQ/TW"),
    ("71/NQCP", "71/NQCP", "71/NQ-CP"),
    ("27/CTTg", "27/CTTg", "27/CT-TTg"),
]
NOT_SYMBOLS = [
    "VNPT-iOffice", "05/07 chỉ tiêu", "4G/5G", "21/21 ấp", "HĐND&UBND", "12/2025", "22/8/2025", "km/h", "24/7", "1/500",
    "thôn/ấp/nhà văn hóa", "100 MB/GB", "TCVN 11930:2017", "ISO 9001:2015", "01/ĐK", "02-TP/HT", "Ke-hoach-144-KH-UBND-2025",
    "Biểu số II.05a/VPCP/KSTT", "2.373.223.000 đồng", "08:30", "0912-345-678", "KT-XH", "QCVN 07:2019/BTTTT",
]  # fmt: skip


@pytest.mark.parametrize(("written", "number", "year", "code", "organs", "system"), RIGHT)
def test_symbol_is_taken_apart(written, number, year, code, organs, system):
    symbol = parse_symbol(written)
    assert symbol is not None
    assert (symbol.number, symbol.year, symbol.code, symbol.organs, symbol.system) == (
        number,
        year,
        code,
        organs,
        system,
    )
    assert symbol.text == symbol.expected == written


@pytest.mark.parametrize(("written", "read", "expected"), SLIPS)
def test_symbol_as_officers_write_it(written, read, expected):
    found = list(find_symbols(f"theo {written} của"))
    assert [f.symbol.text for f in found] == [read]
    assert found[0].symbol.expected == expected


@pytest.mark.parametrize("text", NOT_SYMBOLS)
def test_what_is_no_symbol(text):
    assert [f.symbol.text for f in find_symbols(f"gồm {text}, và") if f.known_body] == []


def test_spans_are_those_of_the_text():
    text = "Kế hoạch 57- NQ/TW và 23/QĐ-\n\nUBND."
    assert [text[f.start : f.end] for f in find_symbols(text)] == ["57- NQ/TW", "23/QĐ-\n\nUBND"]


def test_keys_ignore_spaces_dashes_and_leading_zeros():
    assert symbol_key("03/NQ-CP") == symbol_key("3 / NQ – CP")
    assert symbol_key("71/NQ-CP") != symbol_key("71-NQ/TW")
    assert symbol_key("193/2025/QH15") != symbol_key("93/2025/QH15")


STATE_ORGANS = sorted(
    {c for b in grammar().bodies if b.system == "state" and b.family != "central" for c in b.codes if c.isalpha()}
    | {"CP", "TTg", "VPCP"}
)
PARTY_ORGANS = ["TW", "TU", "ĐU", "BCĐTW", "VPTW"]
CODES = sorted({t.code for t in grammar().types if t.code and t.code not in ("L", "PL", "CV", "QĐi", "QyĐ")})


@given(
    number=st.integers(1, 99_999),
    padded=st.booleans(),
    year=st.one_of(st.none(), st.integers(1990, 2039)),
    code=st.sampled_from(CODES),
    organ=st.sampled_from(STATE_ORGANS),
    gap=st.sampled_from(["", " ", "\n", " \n\n", "\u00a0"]),
    dash=st.sampled_from("-–—‑"),
)
def test_composed_state_symbols_are_read_back(number, padded, year, code, organ, gap, dash):
    digits = f"{number:02d}" if padded else str(number)
    right = build(digits, year, code, (organ,), "state")
    written = right.replace("-", f"{dash}{gap}", 1)
    found = list(find_symbols(f"Văn bản số {written}, ngày"))
    assert [f.symbol.text for f in found] == [right]
    assert found[0].symbol.expected == right


@given(number=st.integers(1, 9_999), code=st.sampled_from(["NQ", "KH", "CTr", "CT", "KL", "QĐ", "TB", "HD", "CV", "BC"]),
       organ=st.sampled_from(PARTY_ORGANS))  # fmt: skip
def test_composed_party_symbols_are_read_back(number, code, organ):
    right = build(str(number), None, code, (organ,), "party")
    assert parse_symbol(right).text == right
    assert is_party_organ(organ)
    swapped = build(str(number), None, code, (organ,), "state")
    assert parse_symbol(swapped).expected == right


@given(st.text(alphabet="0123456789/-.–NQKHĐCPTWUB \nabc", max_size=60))
def test_any_text_gives_ordered_spans_inside_it(text):
    end = 0
    for found in find_symbols(text):
        assert end <= found.start < found.end <= len(text)
        end = found.end
