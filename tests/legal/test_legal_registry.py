# ruff: noqa: E501  (the rows of the tables stay on one line)
"""The registry: look-ups, resolution, citing, and the data files themselves."""

import datetime

import pytest
import yaml

from assistant.errors import UnknownNameError
from assistant.legal import Registry, RegistryDocument, cite_full, cite_short, find_references
from assistant.legal.cite import cite_with_date
from assistant.legal.describe import document_json, line, lookup, page, validate
from assistant.legal.documents import document_from
from tests.conftest import SHARED

DEC25 = datetime.date(2025, 12, 15)


@pytest.fixture(scope="module")
def registry() -> Registry:
    return Registry.load()


def _one(registry: Registry, symbol: str) -> RegistryDocument:
    return registry.find(symbol)[0]


def test_the_data_files_are_without_problems(registry):
    assert validate(registry) == []


@pytest.mark.needs_shared
def test_every_document_of_the_reference_is_there_with_its_facts(registry):
    source = yaml.load((SHARED / "reference" / "registry.yaml").read_text(encoding="utf-8"), Loader=yaml.CSafeLoader)
    assert len(source["documents"]) == 408
    for entry in source["documents"]:
        date = datetime.date.fromisoformat(entry["date"]) if entry["date"] else None
        document = registry.get(entry["symbol"], date)
        assert document is not None, entry["symbol"]
        assert document.issuer == entry["issuer"]
        assert document.type == entry["type"]
        assert document.confidence == entry["confidence"]
        assert set(entry.get("unverified_fields", ())) - {"commune_report_only"} <= document.unverified_fields
        assert document.basis == entry.get("basis")
        assert len(document.targets) == len(entry.get("targets", ()))
        assert set(entry["replaced_by"]) <= set(document.replaced_by)


@pytest.mark.needs_shared
def test_every_basis_named_by_a_report_type_is_there(registry):
    data = yaml.load((SHARED / "reference" / "report_types.yaml").read_text(encoding="utf-8"), Loader=yaml.CSafeLoader)
    assert [symbol for symbol in data["basis_register"] if not registry.find(symbol)] == []


@pytest.mark.parametrize(
    ("asked", "symbols"),
    [
        ("57-NQ/TW", ["57-NQ/TW"]),
        ("57 – NQ/TW", ["57-NQ/TW"]),
        ("3/NQ-CP", ["03/NQ-CP"]),
        ("71/NQ-CP", ["71/NQ-CP", "71/NQ-CP"]),
        ("93/2025/QH15", ["93/2025/QH15"]),
        ("000/QĐ-TTg", []),
    ],
)
def test_find_by_symbol(registry, asked, symbols):
    assert [d.symbol for d in registry.find(asked)] == symbols


def test_symbols_are_not_unique_newest_first(registry):
    assert [d.date.year for d in registry.find("942/QĐ-TTg")] == [2022, 2021]


def test_of_two_entries_with_one_symbol_the_one_that_points_back_is_meant(registry):
    replacing = registry.find("2629/QĐ-TTg")[0]
    assert registry.pointed_at(replacing, "942/QĐ-TTg").date.isoformat() == "2021-06-15"
    assert registry.pointed_at(replacing, "000/QĐ-TTg") is None


@pytest.mark.parametrize(
    ("text", "on", "symbol", "candidates"),
    [
        ("Nghị quyết 57", DEC25, "57-NQ/TW", ()),
        ("Đề án 06", DEC25, "06/QĐ-TTg", ()),
        ("Nghị quyết 71", DEC25, None, ("71-NQ/TW", "71/NQ-CP")),
        ("Nghị quyết 71 của Bộ Chính trị", DEC25, "71-NQ/TW", ()),
        ("Luật An ninh mạng", DEC25, "24/2018/QH14", ()),
        ("Luật An ninh mạng", datetime.date(2026, 9, 1), "116/2025/QH15", ()),
        ("Luật Lưu trữ", datetime.date(2025, 6, 1), "01/2011/QH13", ()),
        ("Luật Lưu trữ", DEC25, "33/2024/QH15", ()),
        ("Quyết định số 422/QĐ-TTg", DEC25, "422/QĐ-TTg", ()),
    ],
)
def test_resolve_as_of_a_day(registry, text, on, symbol, candidates):
    (reference,) = find_references(text)
    found = registry.resolve(reference, on=on)
    assert found.symbol == symbol
    assert tuple(dict.fromkeys(d.symbol for d in found.candidates)) == candidates


def test_search_ignores_accents(registry):
    assert "02-KH/BCĐTW" in [d.symbol for d in registry.search("chuyen doi so lien thong dong bo")]
    assert registry.search("57-NQ/TW")[0].symbol == "57-NQ/TW"


@pytest.mark.parametrize(
    ("words", "symbol"),
    [
        ("nghi quyet 57", "57-NQ/TW"),
        ("Đề án 06", "06/QĐ-TTg"),
        ("luật dữ liệu", "60/2024/QH15"),
        ("nghị quyết 214", "214/NQ-CP"),
    ],
)
def test_search_gives_first_what_is_called_so(registry, words: str, symbol: str) -> None:
    assert registry.search(words)[0].symbol == symbol


def test_documents_that_the_library_ingests_join_without_doubling(registry):
    new = RegistryDocument("12/KH-UBND", "Kế hoạch", datetime.date(2025, 8, 5), "UBND xã Suối Mơ", level="ingested",
                           confidence="verified", source_document="d1")  # fmt: skip
    known = RegistryDocument(
        "57-NQ/TW", "Nghị quyết", datetime.date(2024, 12, 22), level="ingested", source_document="d2"
    )
    both = Registry.load([new, known])
    assert len(both.documents) == len(registry.documents) + 1
    assert both.find("12/KH-UBND")[0].source_document == "d1"
    assert both.find("57-NQ/TW")[0].issuer == "Bộ Chính trị"


def test_entries_with_unknown_keys_or_impossible_dates_are_refused():
    with pytest.raises(ValueError, match=r"1/KH-UBND: unknown keys \['tiel'\]"):
        document_from({"symbol": "1/KH-UBND", "type": "Kế hoạch", "tiel": "x"})
    with pytest.raises(ValueError, match="1/KH-UBND"):
        document_from({"symbol": "1/KH-UBND", "type": "Kế hoạch", "date": "2025-11-31"})


@pytest.mark.parametrize(
    ("changes", "problem"),
    [
        ({"symbol": "57/NQ-TW"}, "57-NQ/TW"),
        ({"symbol": "12/2024/NĐ-CP", "type": "Nghị định", "date": datetime.date(2025, 1, 1)}, "khác năm"),
        ({"status": "replaced"}, "văn bản thay thế"),
        (
            {"effective_from": datetime.date(2025, 1, 1), "effective_to": datetime.date(2024, 1, 1)},
            "trước ngày có hiệu lực",
        ),
    ],
)
def test_validate_names_what_is_wrong(changes, problem):
    fields = {"symbol": "12-NQ/TW", "type": "Nghị quyết", "level": "central_party", "sources": ("x",)} | changes
    (found,) = validate(Registry([RegistryDocument(**fields)]))
    assert problem in found


# Decree 30/2020/NĐ-CP, Annex I II.6.b: type, symbol, date, issuer, subject; of a law only its name; later type and symbol
CITED = [
    ("57-NQ/TW", "Nghị quyết số 57-NQ/TW ngày 22/12/2024 của Bộ Chính trị về đột phá phát triển khoa học, công nghệ, đổi mới "
     "sáng tạo và chuyển đổi số quốc gia", "Nghị quyết số 57-NQ/TW"),
    ("30/2020/NĐ-CP", "Nghị định số 30/2020/NĐ-CP ngày 05/3/2020 của Chính phủ về công tác văn thư", "Nghị định số 30/2020/NĐ-CP"),
    ("20/2023/QH15", "Luật Giao dịch điện tử", "Luật Giao dịch điện tử"),
    ("24/CT-TTg|2025-09-13", "Chỉ thị số 24/CT-TTg ngày 13/9/2025 của Thủ tướng Chính phủ", "Chỉ thị số 24/CT-TTg"),
    ("107/2021/NĐ-CP", "Nghị định số 107/2021/NĐ-CP của Chính phủ sửa đổi, bổ sung một số điều của Nghị định số 61/2018/NĐ-CP "
     "về thực hiện cơ chế một cửa, một cửa liên thông trong giải quyết thủ tục hành chính", "Nghị định số 107/2021/NĐ-CP"),
]  # fmt: skip


@pytest.mark.parametrize(("key", "full", "short"), CITED)
def test_citing_leaves_out_what_is_not_confirmed(registry, key, full, short):
    symbol, _, day = key.partition("|")
    document = registry.get(symbol, datetime.date.fromisoformat(day)) if day else _one(registry, symbol)
    assert cite_full(document) == full
    assert cite_short(document) == short


def test_a_law_with_its_number_where_it_must_be_told_apart(registry):
    assert cite_with_date(_one(registry, "60/2024/QH15")) == "Luật Dữ liệu số 60/2024/QH15 ngày 30/11/2024"


def test_entries_shown_to_people_say_what_is_not_confirmed(registry):
    assert "Chưa kiểm chứng: ngày ban hành" in page(_one(registry, "107/2021/NĐ-CP"))
    assert "Chỉ thấy trong báo cáo cấp xã" in page(_one(registry, "01-CV/BCĐTW"))
    assert line(_one(registry, "57-NQ/TW")).startswith("57-NQ/TW\t22/12/2024\tcòn hiệu lực\tNghị quyết về đột phá")
    assert document_json(_one(registry, "118/2025/NĐ-CP"))["replaces"] == ["61/2018/NĐ-CP", "107/2021/NĐ-CP"]


def test_a_name_that_is_not_there_gets_the_nearest(registry):
    assert lookup(registry, "Đề án 06")[0].symbol == "06/QĐ-TTg"
    assert lookup(registry, "Luật Dữ liệu")[0].symbol == "60/2024/QH15"
    with pytest.raises(UnknownNameError) as error:
        lookup(registry, "57-NQ/TV")
    assert "57-NQ/TW" in error.value.nearest


def test_no_sentence_of_the_notes_is_a_placeholder(registry):
    assert all(d.title is None or "(trích yếu" not in d.title for d in registry.documents)
