"""Questions made ready: slips, abbreviations, symbols; and the spans shown."""

import unicodedata
from collections.abc import Mapping

import pytest

from assistant.library.excerpt import best_span
from assistant.library.query import prepare_query
from assistant.library.slips import corrected


class Counts:
    """Term counts of an imagined index."""

    def __init__(self, size: int, counts: Mapping[str, int]) -> None:
        self._size, self._counts = size, counts

    def document_frequency(self, term: str) -> int:
        return self._counts.get(term, 0)

    def __len__(self) -> int:
        return self._size


LARGE = Counts(
    20_000,
    {
        "duong": 4000, "giao": 3000, "thong": 5000, "giao_thong": 2500, "thong_duong": 400, "duong_bo": 1500,
        "bo": 6000, "ho": 5000, "so": 9000, "ho_so": 4000, "truc": 3000, "tuyen": 2500, "truc_tuyen": 1200,
        "so_truc": 500, "nhan": 8000, "con": 6000, "nuoi": 900, "con_nuoi": 700, "nhan_con": 500, "co": 9000,
        "cong": 9500, "khong": 9000, "va": 15_000, "nguoi": 9000, "phap": 8000, "luat": 8000, "phap_luat": 6000,
    },
)  # fmt: skip
SMALL = Counts(40, {"ho": 9, "so": 12, "ho_so": 8, "truc": 4, "tuyen": 4, "truc_tuyen": 4, "dat": 3})


@pytest.mark.parametrize(
    ("typed", "right"),
    [
        ("giao thong dduwowngf bo", "giao thong duong bo"),  # raw Telex
        ("nguwowif", "nguoi"),
        ("nhan cno nuoi", "nhan con nuoi"),  # swapped; "co" and "cong" are further from the neighbours
        ("ho so trc tuyen", "ho so truc tuyen"),  # a letter missing
        ("ho so truuc tuyen", "ho so truc tuyen"),  # a letter too many
        ("phap luatj", "phap luat"),
        ("ho so 0215", "ho so 0215"),  # numbers are never touched
        ("qwrtz", "qwrtz"),
        ("đất", "đất"),  # not folded: not ours
    ],
)
def test_slips_are_put_right_in_a_large_library(typed: str, right: str) -> None:
    assert corrected(typed.split(), LARGE) == right.split()


@pytest.mark.parametrize(
    ("typed", "right"),
    [
        ("ho so truuc tuyen", "ho so truc tuyen"),
        ("khoang san", "khoang san"),  # ordinary Vietnamese that a small library just does not have
        ("nuoi trong thuy san", "nuoi trong thuy san"),
    ],
)
def test_a_small_library_does_not_bend_ordinary_words(typed: str, right: str) -> None:
    assert corrected(typed.split(), SMALL) == right.split()


@pytest.mark.parametrize(
    ("question", "words"),
    [
        ("TTHC xã", "thu tuc hanh chinh xa"),
        ("mục CĐS của bc quý", "muc chuyen doi so cua bao cao quy"),
        ("hs trực tuyến", "ho so truc tuyen"),
        ("TT 05", "tt 05"),  # thông tư, trung tâm, thường trực: not blindly
        ("Hồ\u00a0sơ – trực tuyến", "ho so truc tuyen"),
    ],
)
def test_words(question: str, words: str) -> None:
    assert " ".join(prepare_query(question, Counts(10, {})).words) == words


@pytest.mark.parametrize(
    ("question", "symbols", "provisions"),
    [
        ("Nghị quyết 57-NQ/TW nói gì?", ["57-nq/tw"], []),
        ("điều 5 của nghị định 30/2020/NĐ-CP", ["30/2020/nd-cp"], ["dieu 5"]),
        ("Điều 12 Luật 20/2023/QH15", ["20/2023/qh15"], ["dieu 12"]),
        ("15/QĐ-UBND và 12/KH-UBND", ["15/qd-ubnd", "12/kh-ubnd"], []),
        ("Phụ lục IV, mục II", [], ["phu luc iv", "muc ii"]),
        ("tỷ lệ 3.317/3.323 hộ năm 2025", ["3.317/3.323"], []),  # no document has it: harmless
        ("hồ sơ trực tuyến", [], []),
    ],
)
def test_symbols_and_provisions(question: str, symbols: list[str], provisions: list[str]) -> None:
    prepared = prepare_query(question, Counts(10, {}))
    assert (list(prepared.symbols), list(prepared.provisions)) == (symbols, provisions)


def test_accents_stay_in_what_is_embedded() -> None:
    prepared = prepare_query("Hồ sơ truuc tuyến", LARGE)
    assert prepared.meaning == "hồ sơ truc tuyến"
    assert prepared.words == ("ho", "so", "truc", "tuyen")


def test_weights_of_pairs_add_up_to_one() -> None:
    pairs = dict(prepare_query("hồ sơ trực tuyến và con nuôi", LARGE).pairs)
    assert sum(pairs.values()) == pytest.approx(1)
    assert set(pairs) == {"ho_so", "so_truc", "truc_tuyen", "con_nuoi"}
    assert pairs["con_nuoi"] > pairs["ho_so"]


def test_a_word_in_most_entries_is_not_looked_up() -> None:
    terms = [term for term, _ in prepare_query("hồ sơ và", LARGE).terms]
    assert "va" not in terms
    assert [term for term, _ in prepare_query("và", LARGE).terms] == ["va"]


LONG = (
    "Mục này nói về công tác chung của Ủy ban nhân dân xã trong kỳ báo cáo. " * 5
    + "\nTổng số hồ sơ tiếp nhận là 1.200 hồ sơ; trong đó trực tuyến 900 hồ sơ.\n"
    + "Công tác khác được thực hiện theo kế hoạch của năm đã đề ra từ trước. " * 5
)


def test_the_span_shown_is_made_of_whole_sentences() -> None:
    start, end = best_span(LONG, {"ho", "so", "truc", "tuyen", "khoang"}, limit=120)
    assert LONG[start:end] == "Tổng số hồ sơ tiếp nhận là 1.200 hồ sơ; trong đó trực tuyến 900 hồ sơ."


@pytest.mark.parametrize("text", ["", "Ngắn thôi.", "một câu rất dài không có dấu chấm " * 40])
def test_short_texts_and_endless_sentences_are_shown_whole(text: str) -> None:
    start, end = best_span(text, {"cau"}, limit=100)
    assert text[start:end].strip() == text.strip()


def test_a_decomposed_question_is_the_same_question() -> None:
    question = "Điều 5 Quyết định số 942/QĐ-TTg quy định gì về hồ sơ trực tuyến ở xã Đoàn Kết?"
    assert prepare_query(unicodedata.normalize("NFD", question), LARGE) == prepare_query(question, LARGE)
