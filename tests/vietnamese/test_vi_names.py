"""Abbreviations, places and near names."""

import unicodedata

import pytest

from assistant.vietnamese.abbreviations import abbreviations, expand
from assistant.vietnamese.places import (
    communes,
    communes_named,
    current_province,
    merged_into,
    provinces,
)
from assistant.vietnamese.similarity import nearest


@pytest.mark.parametrize(
    ("typed", "meant"),
    [
        ("mục CĐS của bc quý", "mục chuyển đổi số của báo cáo quý"),
        ("NQ 71/NQ-CP", "nghị quyết 71/NQ-CP"),  # the symbol is left alone
        ("TT PVHCC cấp xã", "trung tâm phục vụ hành chính công cấp xã"),
        ("KH năm 2025", "kế hoạch năm 2025"),
        ("xem TT", "xem TT"),  # nothing near it decides: left as typed
    ],
)
def test_expand(typed: str, meant: str) -> None:
    assert expand(typed) == meant


def test_an_abbreviation_has_one_reading_or_several_never_both() -> None:
    known = abbreviations()
    assert not set(known.single) & set(known.ambiguous)
    assert [r.text for r in known.ambiguous["TT"]] == ["Thông tư", "trung tâm", "thường trực", "truyền thông"]
    assert known.single["ĐMST"] == "đổi mới sáng tạo"


def test_there_are_34_provinces_and_each_merger_leads_to_one() -> None:
    known = provinces()
    assert len(known.current) == 34
    assert len(known.former) == 63 - 34 + 1  # Huế was renamed besides
    assert set(known.former.values()) <= known.current


@pytest.mark.parametrize(
    ("name", "now"),
    [("tỉnh Hà Giang", "Tuyên Quang"), ("Hoà Bình", "Phú Thọ"), ("bac giang", "Bắc Ninh"), ("Lạng Sơn", None)],
)
def test_merged_into(name: str, now: str | None) -> None:
    assert merged_into(name) == now


def test_current_province_knows_spelling_variants() -> None:
    assert current_province("TP. Hồ Chí Minh") == "Thành phố Hồ Chí Minh"
    assert current_province("Thanh Hoá") == "Thanh Hóa"
    assert current_province("Hà Giang") is None


def test_every_commune_lies_in_a_province_of_today() -> None:
    assert len(communes()) == 3321
    assert {commune.province for commune in communes()} == set(provinces().current)


def test_communes_named_ignores_accents() -> None:
    assert {c.province for c in communes_named("tan doan")} == {"Lạng Sơn"}
    assert communes_named("Không Có Xã Này") == []


def test_nearest_survives_lost_accents_and_decomposed_letters() -> None:
    names = ["Dịch vụ công trực tuyến", "Chữ ký số", "Hạ tầng số"]
    assert nearest("chu ki so", names, n=1) == ["Chữ ký số"]
    assert nearest(unicodedata.normalize("NFD", "Hạ tầng số"), names, n=1) == ["Hạ tầng số"]
    assert nearest("thời tiết", names) == []
