# ruff: noqa: E501  (the rows of the tables stay on one line)
"""Mentions in running text: a table of sentences, each over several writings of the same letters."""

import datetime
import unicodedata
from dataclasses import dataclass

import pytest

from assistant.legal import Registry, extract, find_references
from assistant.vietnamese.text import nfc


@dataclass(frozen=True)
class M:
    """What is expected of one mention; None fields are expected to be None, "…" means: not looked at."""

    text: str
    type: str | None
    symbol: str | None
    date: str | None = None
    issuer: str | None = None
    title: str | None = None
    short: bool = False
    resolved: str | None = None
    nested: bool = False
    provisions: tuple[str, ...] = ()


BCT = "Bộ Chính trị"
NQ57_TITLE = "về đột phá phát triển khoa học, công nghệ, đổi mới sáng tạo và chuyển đổi số quốc gia"
# the units of these sentences (Suối Mơ, Khe Sậu, Bãi Cát, Đồi Chè) are fictional
TABLE: list[tuple[str, list[M]]] = [
    (
        f"Thực hiện Nghị quyết số 57-NQ/TW ngày 22/12/2024 của Bộ Chính trị {NQ57_TITLE};",
        [M("Nghị quyết số 57-NQ/TW ngày 22/12/2024", "Nghị quyết", "57-NQ/TW", "2024-12-22", BCT, NQ57_TITLE)],
    ),
    (
        "theo Nghị quyết số 57- NQ/TW, ngày 22 tháng 12 năm 2024 của Bộ Chính trị.",
        [M("Nghị quyết số 57- NQ/TW, ngày 22 tháng 12 năm 2024", "Nghị quyết", "57-NQ/TW", "2024-12-22", BCT)],
    ),
    (
        "Nghị quyết số 57-NQ/TW (ngày 22/12/2024) của Bộ Chính trị được quán triệt.",
        [M("Nghị quyết số 57-NQ/TW (ngày 22/12/2024)", "Nghị quyết", "57-NQ/TW", "2024-12-22", BCT)],
    ),
    (
        "Nghị quyết số 57-NQ/TW của Bộ Chính trị ngày 22/12/2024 về đột phá phát triển khoa học, công nghệ.",
        [M("Nghị quyết số 57-NQ/TW", "Nghị quyết", "57-NQ/TW", "2024-12-22", BCT, "về đột phá phát triển khoa học, công nghệ")],
    ),
    (
        "Kế hoạch hành động số 41-KH/TU ngày 23/5/2025 của Ban Thường vụ Tỉnh ủy.",
        [M("Kế hoạch hành động số 41-KH/TU ngày 23/5/2025", "Kế hoạch", "41-KH/TU", "2025-05-23", "Ban Thường vụ Tỉnh ủy")],
    ),
    (
        "Chương trình hành động số 10-CTr/TU ngày 22/8/ 2025 của Tỉnh ủy Đồng Tháp",
        [M("Chương trình hành động số 10-CTr/TU ngày 22/8/ 2025", "Chương trình", "10-CTr/TU", "2025-08-22", "Tỉnh ủy Đồng Tháp")],
    ),
    (
        "Công văn 5511/BKHCN-CĐSQG ngày 10/10/2025 của Bộ KH&CN về việc xây dựng Kế hoạch chuyển đổi số năm 2026",
        [M("Công văn 5511/BKHCN-CĐSQG ngày 10/10/2025", "Công văn", "5511/BKHCN-CĐSQG", "2025-10-10", "Bộ KH&CN",
           "về việc xây dựng Kế hoạch chuyển đổi số năm 2026")],
    ),
    (
        "Báo cáo số 125/BC-UBND ngày 10/11/2025 của Ủy ban nhân dân xã Suối Mơ về tình hình kinh tế - xã hội",
        [M("Báo cáo số 125/BC-UBND ngày 10/11/2025", "Báo cáo", "125/BC-UBND", "2025-11-10", "Ủy ban nhân dân xã Suối Mơ",
           "về tình hình kinh tế - xã hội")],
    ),
    (
        "Nghị quyết số 15/NQ-HĐND ngày 18/7/2025 của HĐND xã khóa I, kỳ họp thứ 2 về kế hoạch năm 2025",
        [M("Nghị quyết số 15/NQ-HĐND ngày 18/7/2025", "Nghị quyết", "15/NQ-HĐND", "2025-07-18", "HĐND xã", "về kế hoạch năm 2025")],
    ),
    (
        "Nghị quyết của Chính phủ số 71/NQ-CP ngày 01/4/2025",
        [M("Nghị quyết của Chính phủ số 71/NQ-CP ngày 01/4/2025", "Nghị quyết", "71/NQ-CP", "2025-04-01", "Chính phủ")],
    ),
    (
        "Thông báo kết luận số 408/TB-VPCP ngày 08/8/2025 của Văn phòng Chính phủ",
        [M("Thông báo kết luận số 408/TB-VPCP ngày 08/8/2025", "Thông báo", "408/TB-VPCP", "2025-08-08", "Văn phòng Chính phủ")],
    ),
    (
        "Thông tư liên tịch số 55/2005/TTLT-BNV-VPCP ngày 06/5/2005 của Bộ Nội vụ và Văn phòng Chính phủ",
        [M("Thông tư liên tịch số 55/2005/TTLT-BNV-VPCP ngày 06/5/2005", "Thông tư liên tịch", "55/2005/TTLT-BNV-VPCP",
           "2005-05-06", "Bộ Nội vụ và Văn phòng Chính phủ")],
    ),
    (
        "Kế hoạch số 02-KH/BCĐTW ngày 19/6/2025 của Ban Chỉ đạo Trung ương về phát triển khoa học, công nghệ, đổi mới sáng "
        "tạo và chuyển đổi số.",
        [M("Kế hoạch số 02-KH/BCĐTW ngày 19/6/2025", "Kế hoạch", "02-KH/BCĐTW", "2025-06-19",
           "Ban Chỉ đạo Trung ương về phát triển khoa học, công nghệ, đổi mới sáng tạo và chuyển đổi số")],
    ),
    (
        "Nghị quyết số 15-NQ/ĐU tháng 8/2025 của Đảng ủy xã",
        [M("Nghị quyết số 15-NQ/ĐU tháng 8/2025", "Nghị quyết", "15-NQ/ĐU", None, "Đảng ủy xã")],
    ),
    (
        "Quyết định số 12/QĐ-UBND ngày 31/11/2025 của UBND xã",
        [M("Quyết định số 12/QĐ-UBND ngày 31/11/2025", "Quyết định", "12/QĐ-UBND", None, "UBND xã")],
    ),
    (
        "Kế hoạch số 65/KH-UBND ngày 22/8/2025 của UBND tỉnh phục vụ giải quyết thủ tục hành chính",
        [M("Kế hoạch số 65/KH-UBND ngày 22/8/2025", "Kế hoạch", "65/KH-UBND", "2025-08-22", "UBND tỉnh")],
    ),
    (
        "Kế hoạch số 46/KH-UBND ngày 06/11/2024 của UBND tỉnh Chuyển đổi số tỉnh Lạng Sơn năm 2025; các thôn",
        [M("Kế hoạch số 46/KH-UBND ngày 06/11/2024", "Kế hoạch", "46/KH-UBND", "2024-11-06", "UBND tỉnh",
           "Chuyển đổi số tỉnh Lạng Sơn năm 2025")],
    ),
    # nested: a document inside the title of another; what the outer one adds stays with the outer one
    (
        "Kế hoạch số 20/KH-UBND ngày 20/7/2025 về việc thực hiện Nghị quyết số 57-NQ/TW ngày 22/12/2024 của Bộ Chính trị "
        f"{NQ57_TITLE} trên địa bàn xã Suối Mơ;",
        [
            M("Kế hoạch số 20/KH-UBND ngày 20/7/2025", "Kế hoạch", "20/KH-UBND", "2025-07-20", None,
              "về việc thực hiện Nghị quyết số 57-NQ/TW ngày 22/12/2024 của Bộ Chính trị " + NQ57_TITLE
              + " trên địa bàn xã Suối Mơ"),
            M("Nghị quyết số 57-NQ/TW ngày 22/12/2024", "Nghị quyết", "57-NQ/TW", "2024-12-22", BCT, NQ57_TITLE, nested=True),
        ],
    ),
    # lists that share a type, an issuer, a date
    (
        "các Nghị quyết số 57-NQ/TW, 59-NQ/TW và 68-NQ/TW của Bộ Chính trị",
        [
            M("Nghị quyết số 57-NQ/TW", "Nghị quyết", "57-NQ/TW", None, BCT),
            M("59-NQ/TW", "Nghị quyết", "59-NQ/TW", None, BCT),
            M("68-NQ/TW", "Nghị quyết", "68-NQ/TW", None, BCT),
        ],
    ),
    (
        "Quyết định số 06/QĐ-TTg ngày 06/01/2022, Quyết định số 422/QĐ-TTg ngày 04/4/2022 của Thủ tướng Chính phủ và các",
        [
            M("Quyết định số 06/QĐ-TTg ngày 06/01/2022", "Quyết định", "06/QĐ-TTg", "2022-01-06", "Thủ tướng Chính phủ"),
            M("Quyết định số 422/QĐ-TTg ngày 04/4/2022", "Quyết định", "422/QĐ-TTg", "2022-04-04", "Thủ tướng Chính phủ"),
        ],
    ),
    (
        "các Quyết định số 318/QĐ-TTg, số 320/QĐ-TTg ngày 08/3/2022 của Thủ tướng Chính phủ",
        [
            M("Quyết định số 318/QĐ-TTg", "Quyết định", "318/QĐ-TTg", "2022-03-08", "Thủ tướng Chính phủ"),
            M("320/QĐ-TTg ngày 08/3/2022", "Quyết định", "320/QĐ-TTg", "2022-03-08", "Thủ tướng Chính phủ"),
        ],
    ),
    (  # a date is not shared where each member has its own type word, nor an issuer between bodies
        "Nghị quyết số 57-NQ/TW và Nghị quyết số 71/NQ-CP ngày 01/4/2025 của Chính phủ",
        [
            M("Nghị quyết số 57-NQ/TW", "Nghị quyết", "57-NQ/TW"),
            M("Nghị quyết số 71/NQ-CP ngày 01/4/2025", "Nghị quyết", "71/NQ-CP", "2025-04-01", "Chính phủ"),
        ],
    ),
    # short forms
    (
        "Nghị quyết số 57-NQ/TW và Nghị quyết số 71/NQ-CP. Nghị quyết 57 và 71 được quán triệt.",
        [
            M("Nghị quyết số 57-NQ/TW", "Nghị quyết", "57-NQ/TW"),
            M("Nghị quyết số 71/NQ-CP", "Nghị quyết", "71/NQ-CP"),
            M("Nghị quyết 57", "Nghị quyết", "57", short=True, resolved="57-NQ/TW"),
            M("71", "Nghị quyết", "71", short=True, resolved="71/NQ-CP"),
        ],
    ),
    ("triển khai Đề án 06 tỉnh Lạng Sơn", [M("Đề án 06", "Đề án", "06", short=True)]),
    ("Ban Chỉ đạo và Đề án 06/CP xã", [M("Đề án 06/CP", "Đề án", "06/CP", short=True)]),
    ("thực hiện NQ57 và NQ 71", [M("NQ57", "Nghị quyết", "57", short=True), M("NQ 71", "Nghị quyết", "71", short=True)]),
    (
        "Nghị định số 42/2022/NĐ-CP được áp dụng. Nghị định này quy định rõ.",
        [
            M("Nghị định số 42/2022/NĐ-CP", "Nghị định", "42/2022/NĐ-CP"),
            M("Nghị định này", "Nghị định", None, short=True, resolved="42/2022/NĐ-CP"),
        ],
    ),
    ("Ban Chỉ đạo 57 Tỉnh ủy họp", []),
    ("Kế hoạch 5 năm, Báo cáo 6 tháng, Quyết định 3 nội dung, Kế hoạch 2025, Thông báo 02 lần", []),
    # laws by name
    (
        "theo Luật Giao dịch điện tử năm 2023, Luật Dữ liệu và khoản 2 Điều 5 Luật An ninh mạng 2018.",
        [
            M("Luật Giao dịch điện tử năm 2023", "Luật", None, None, None, "Luật Giao dịch điện tử"),
            M("Luật Dữ liệu", "Luật", None, None, None, "Luật Dữ liệu"),
            M("Luật An ninh mạng 2018", "Luật", None, None, None, "Luật An ninh mạng", provisions=("khoản 2 Điều 5",)),
        ],
    ),
    (
        "Căn cứ Luật Tổ chức chính quyền địa phương ngày 16 tháng 6 năm 2025;",
        [M("Luật Tổ chức chính quyền địa phương ngày 16 tháng 6 năm 2025", "Luật", None, "2025-06-16", None,
           "Luật Tổ chức chính quyền địa phương")],
    ),
    (
        "Luật Ban hành văn bản quy phạm pháp luật số 64/2025/QH15",
        [M("Luật Ban hành văn bản quy phạm pháp luật số 64/2025/QH15", "Luật", "64/2025/QH15", None, None,
           "Luật Ban hành văn bản quy phạm pháp luật")],
    ),
    ("Luật số 72/2025/QH15 ngày 16/6/2025", [M("Luật số 72/2025/QH15 ngày 16/6/2025", "Luật", "72/2025/QH15", "2025-06-16")]),
    ("báo cáo theo Mẫu số 03/BC-UBND, Biểu số 05/BC-VPCP và Phụ lục 02/KH-UBND", []),
    ("người dân chấp hành pháp luật 100%, không vi phạm luật giao thông", []),
    # what stands beside a reference and belongs to it
    (
        "quy định tại điểm a khoản 1 và khoản 3 Điều 15 Nghị định số 42/2022/NĐ-CP",
        [M("Nghị định số 42/2022/NĐ-CP", "Nghị định", "42/2022/NĐ-CP",
           provisions=("điểm a khoản 1 Điều 15", "khoản 3 Điều 15"))],
    ),
]  # fmt: skip


@pytest.fixture(scope="module")
def registry() -> Registry:
    return Registry.load()


def _found(text: str, registry: Registry) -> list[M]:
    extraction = extract(text, titles=registry.titles_of, law_names=registry.law_names)
    return [
        M(
            nfc(" ".join(text[r.start : r.end].split())),
            r.type,
            r.symbol,
            r.date.isoformat() if r.date else None,
            r.issuer,
            r.title,
            r.short_form,
            r.resolved,
            r.nested,
            tuple(p.text for p in r.provisions),
        )
        for r in extraction.references
    ]


@pytest.mark.parametrize(("text", "expected"), TABLE, ids=[text[:40] for text, _ in TABLE])
def test_mentions(text, expected, registry):
    assert _found(text, registry) == expected


def _spaced(text: str) -> str:
    return text.replace(" ", "\u00a0")


def _rewrapped(text: str) -> str:
    """The hard line ends of text taken from a PDF."""
    words, lines, line = text.split(" "), [], ""
    for word in words:
        if len(line) + len(word) > 60:
            lines.append(line)
            line = ""
        line += word + " "
    return " \n\n".join([*lines, line]).rstrip()


@pytest.mark.parametrize(
    "change",
    [lambda t: unicodedata.normalize("NFD", t), _spaced, _rewrapped],
    ids=["NFD", "no-break spaces", "wrapped"],
)
@pytest.mark.parametrize(("text", "expected"), TABLE, ids=[text[:40] for text, _ in TABLE])
def test_mentions_in_other_writings(text, expected, change, registry):
    assert _found(change(text), registry) == expected


@pytest.mark.parametrize(("text", "expected"), [row for row in TABLE if row[1] and not any(m.short for m in row[1])])
def test_capitals_find_the_same_documents(text, expected, registry):
    found = _found(text.upper(), registry)
    assert [(m.type, m.symbol, m.date) for m in found] == [(m.type, m.symbol, m.date) for m in expected]


def test_spans_of_issuer_title_date_and_symbol_are_in_the_original():
    text = unicodedata.normalize(
        "NFD", "Quyết định số 749/QĐ-TTg ngày 03/6/2020 của Thủ tướng Chính phủ phê duyệt Chương trình."
    )
    (reference,) = find_references(text)
    parts = [reference.symbol_span, reference.date_span, reference.issuer_span, reference.title_span]
    assert [nfc(text[slice(*span)]) for span in parts if span] == [
        "749/QĐ-TTg",
        "03/6/2020",
        "Thủ tướng Chính phủ",
        "phê duyệt Chương trình",
    ]


def test_byte_order_marks_and_line_ends_are_counted():
    text = "\ufeffTheo\r\nNghị quyết số 57-NQ/TW\r\nngày 22/12/2024"
    (reference,) = find_references(text)
    assert text[reference.start : reference.end] == "Nghị quyết số 57-NQ/TW\r\nngày 22/12/2024"
    assert reference.date == datetime.date(2024, 12, 22)


def test_ambiguous_short_form_keeps_its_candidates():
    text = "Nghị quyết số 71/NQ-CP và Nghị quyết số 71-NQ/TW được triển khai. Nghị quyết 71 đã quán triệt."
    short = find_references(text)[-1]
    assert (short.resolved, short.candidates) == (None, ("71/NQ-CP", "71-NQ/TW"))


def test_a_plan_that_says_this_plan_speaks_of_itself():
    text = "Số: 20/KH-UBND\nThực hiện Kế hoạch số 12/KH-UBND ngày 05/8/2025 của UBND tỉnh.\nKế hoạch này áp dụng cho toàn xã."
    assert [r.text for r in find_references(text)] == ["Kế hoạch số 12/KH-UBND ngày 05/8/2025"]
