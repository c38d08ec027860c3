"""Letters and syllables: NFC, folding, spans back to the text as it was given."""

import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from assistant.vietnamese.text import MappedText, canonical_tone, fold, legible, nfc
from assistant.vietnamese.tokens import folded_syllables, lexical_terms, syllables

LETTERS = "aăâbcdđeêghiklmnoôơpqrstuưvxyáàảãạắằẳẵặấầẩẫậéèẻẽẹếềểễệíìỉĩịóòỏõọốồổỗộớờởỡợúùủũụứừửữựýỳỷỹỵ"
vietnamese = st.text(alphabet=LETTERS + LETTERS.upper() + " .,-/0123456789\n\u00a0–")


@pytest.mark.parametrize(
    ("written", "canonical"),
    [
        ("Uỷ ban nhân dân", "Ủy ban nhân dân"),
        ("hoà giải", "hòa giải"),
        ("số hoá", "số hóa"),
        ("SỐ HOÁ", "SỐ HÓA"),
        ("quý III", "quý III"),  # qu is a consonant: the mark stays on y
        ("hoàn thành", "hoàn thành"),  # closed syllable: one place only
        ("Thuỷ lợi, Xoè", "Thủy lợi, Xòe"),
    ],
)
def test_tone_has_one_place(written: str, canonical: str) -> None:
    assert canonical_tone(written) == canonical


def test_fold_drops_accents_and_case() -> None:
    assert fold("Đề án 06 – ỦY BAN NHÂN DÂN") == "de an 06 – uy ban nhan dan"


@given(vietnamese)
def test_fold_is_the_same_for_every_unicode_form(text: str) -> None:
    assert fold(text) == fold(unicodedata.normalize("NFD", text))
    assert fold(fold(text)) == fold(text)


@given(vietnamese)
def test_spans_lead_back_to_the_original(text: str) -> None:
    original = unicodedata.normalize("NFD", text)
    mapped = MappedText.of(original)
    assert mapped.text == nfc(text)
    for start in range(0, len(mapped.text), 3):
        end = min(start + 4, len(mapped.text))
        a, b = mapped.span(start, end)
        assert nfc(original[a:b]) == mapped.text[start:end]


def test_a_composed_text_maps_to_itself() -> None:
    mapped = MappedText.of("Kế hoạch")
    assert mapped.span(3, 8) == (3, 8)


def test_syllables_keep_accents_and_the_folded_stream_does_not() -> None:
    assert syllables("Uỷ ban, SỐ 06") == ["ủy", "ban", "số", "06"]
    assert folded_syllables("Uỷ ban, SỐ 06") == ["uy", "ban", "so", "06"]


def test_lexical_terms_are_unigrams_then_bigrams() -> None:
    assert lexical_terms("chữ ký số") == ["chu", "ky", "so", "chu_ky", "ky_so"]


@pytest.mark.parametrize(
    ("text", "kept"),
    [
        ("Ảnh " + "iVBORw0K+/=" * 100 + " hết", "Ảnh " + " " * 1100 + " hết"),
        ("Họ tên " + "." * 900, "Họ tên " + "." * 900),
        ("https://" + "a" * 200 + ".vn", "https://" + "a" * 200 + ".vn"),
        ("1" * 299, "1" * 299),
    ],
)
def test_runs_that_no_writing_has_become_spaces(text: str, kept: str) -> None:
    assert legible(text) == kept
