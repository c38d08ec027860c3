# ruff: noqa: E501  (the rows of the tables stay on one line)
"""Verdicts: fresh citations of every kind of error, and right ones that must not be blamed."""

import datetime
import unicodedata

import pytest

from assistant.legal import Registry, RegistryDocument, verify
from assistant.legal.models import VERDICTS

DEC25, SEP26 = "2025-12-15", "2026-09-01"
# (text, day of the report, verdict, right symbol or value that the message must name)
TABLE = [
    # right ones, in the manner of officers: no blame
    ("Nghị quyết số 57-NQ/TW ngày 22/12/2024 của Bộ Chính trị", DEC25, "ok", ""),
    ("Nghị quyết số 57-NQ/TW, ngày 22/12/2024 của BCT", DEC25, "ok", "Bộ Chính trị"),
    ("Nghị quyết số 57-NQ/TW ngày 22/12/2024 của Bộ chính trị về đột phá phát triển KHCN, ĐMST và CĐS quốc gia", DEC25, "ok", ""),
    ("Nghị quyết 57- NQ/TW ngày 22 tháng 12 năm 2024 của Bộ Chính trị khóa XIII", DEC25, "ok", ""),
    ("Quyết định số 749/QĐ-TTg ngày 03/6/2020 của Thủ tướng Chính phủ", DEC25, "ok", ""),
    ("Quyết định số 942/QĐ-TTg ngày 05/8/2022 của Thủ tướng Chính phủ phê duyệt Kế hoạch hành động giảm phát thải khí mê-tan",
     DEC25, "ok", ""),
    ("Chỉ thị số 24/CT-TTg ngày 28/5/2026 của Thủ tướng Chính phủ", SEP26, "ok", ""),
    ("Nghị quyết số 71/NQ-CP ngày 05/8/2016 của Chính phủ", DEC25, "ok", ""),
    ("Kế hoạch số 02-KH/BCĐTW ngày 19/6/2025 của Ban Chỉ đạo Trung ương", DEC25, "ok", ""),
    ("Kế hoạch số 02-KH/BCĐTW ngày 19/6/2025 của Ban Chỉ đạo 57 Trung ương", DEC25, "ok", ""),
    ("Quyết định số 757/QĐ-BKHCN ngày 29/4/2025 của Bộ trưởng Bộ Khoa học và Công nghệ", DEC25, "ok", ""),
    ("Thông tư số 05/2025/TT-BNV ngày 14/5/2025 của Bộ Nội vụ quy định nghiệp vụ lưu trữ tài liệu lưu trữ số", DEC25, "ok", ""),
    ("Quy định số 230-QĐ/TW ngày 10/01/2025 của Bộ Chính trị", DEC25, "ok", ""),
    ("Quyết định số 229-QĐ/TW ngày 10/01/2025 của Bộ Chính trị", DEC25, "ok", ""),
    ("Luật Giao dịch điện tử số 20/2023/QH15 ngày 22/6/2023", DEC25, "ok", ""),
    ("Luật Giao dịch điện tử năm 2023", DEC25, "ok", ""),
    ("Luật An toàn thông tin mạng năm 2015", DEC25, "ok", ""),
    ("Nghị quyết số 193/2025/QH15 ngày 19/02/2025 của Quốc hội khóa XV", DEC25, "ok", ""),
    ("Kết luận số 127-KL/TW ngày 28/02/2025 của Bộ Chính trị, Ban Bí thư", DEC25, "ok", ""),
    ("Kết luận số 127-KL/TW ngày 28/02/2025 của Ban Bí thư", DEC25, "ok", ""),
    ("Thông báo kết luận số 408/TB-VPCP ngày 08/8/2025 của Văn phòng Chính phủ", DEC25, "ok", ""),
    ("Kế hoạch số 246/KH-UBND ngày 06/11/2024 của UBND tỉnh Lạng Sơn", DEC25, "ok", ""),
    ("Nghị quyết số 49-NQ/TU ngày 28/9/2021 của Tỉnh ủy Lạng Sơn", DEC25, "ok", ""),
    ("Nghị định số 61/2018/NĐ-CP ngày 23/4/2018 của Chính phủ", "2025-06-15", "ok", ""),
    ("Nghị quyết 57", DEC25, "ok", "57-NQ/TW"),
    ("Đề án 06", DEC25, "ok", "06/QĐ-TTg"),
    ("Kế hoạch 02", DEC25, "ok", "02-KH/BCĐTW"),
    ("Nghị quyết 71 của Chính phủ", DEC25, "ok", "71/NQ-CP"),
    # not in the registry, or not to be told: no blame either
    ("Kế hoạch số 145/KH-UBND ngày 03/4/2025 của UBND tỉnh Cà Mau", DEC25, "unknown", ""),
    ("Kế hoạch số 246/KH-UBND ngày 02/5/2025 của UBND xã Suối Mơ", DEC25, "unknown", ""),
    ("Nghị quyết số 09-NQ/ĐU ngày 12/8/2025 của Ban Thường vụ Đảng ủy xã", DEC25, "unknown", ""),
    ("Quyết định số 319/QĐ-TTg ngày 08/3/2022 của Thủ tướng Chính phủ", DEC25, "unknown", ""),
    ("Quyết định số 749/QĐ-TTg ngày 01/6/2015 của Thủ tướng Chính phủ", DEC25, "unknown", ""),
    ("Nghị quyết số 66/NQ-CP ngày 23/12/2010 của Chính phủ", DEC25, "unknown", ""),
    ("Nghị định số 101/2024/NĐ-CP ngày 29/7/2024 của Chính phủ", DEC25, "unknown", ""),
    ("Kế hoạch số 12/KHTH-UBND ngày 05/8/2025 của UBND xã", DEC25, "unknown", ""),
    ("Công văn số 01-CV/BCĐTW ngày 25/3/2025 của Ban Chỉ đạo Trung ương", DEC25, "unknown", ""),
    ("Nghị quyết 71", DEC25, "unknown", "71-NQ/TW"),
    ("Kết luận số 18-KL/TW ngày 22/9/2021 của Bộ Chính trị", DEC25, "unknown", ""),
    # until 2007 the symbols of the National Assembly's Standing Committee named the type
    ("Pháp lệnh số 34/2007/PL-UBTVQH11 ngày 20/4/2007 của Ủy ban Thường vụ Quốc hội", DEC25, "unknown", ""),
    # dates
    ("Nghị quyết số 57-NQ/TW ngày 24/12/2024 của Bộ Chính trị", DEC25, "wrong_date", "22/12/2024"),
    ("Kế hoạch số 01-KH/BCĐTW ngày 03/21/2025 của Ban Chỉ đạo Trung ương", DEC25, "wrong_date", "21/3/2025"),
    ("Nghị định số 118/2025/NĐ-CP ngày 06/9/2025 của Chính phủ", DEC25, "wrong_date", "09/6/2025"),
    ("Nghị quyết số 71/NQ-CP ngày 04/01/2025 của Chính phủ", DEC25, "wrong_date", "01/4/2025"),
    ("Luật Dữ liệu số 60/2024/QH15 ngày 30/11/2025", DEC25, "wrong_date", "30/11/2024"),
    ("Luật Dữ liệu năm 2025", DEC25, "wrong_date", "2024"),
    ("Thông tư số 05/2025/TT-BNV ngày 14/5/2024 của Bộ Nội vụ", DEC25, "wrong_date", "14/5/2025"),
    ("Quyết định số 47/2002/QĐ-TTg ngày 11/4/2011", DEC25, "wrong_date", "2002"),
    ("Quyết định số 12/QĐ-UBND ngày 31/11/2025 của UBND xã", DEC25, "wrong_date", "lịch"),
    ("Quyết định số 12/QĐ-UBND ngày 20/12/2026 của UBND xã", DEC25, "wrong_date", "sau ngày báo cáo"),
    ("Quyết định số 2629/QĐ-TTg ngày 12/01/2025 của Thủ tướng Chính phủ", "2026-03-01", "wrong_date", "01/12/2025"),
    # issuers
    ("Nghị quyết số 71/NQ-CP ngày 01/4/2025 của Thủ tướng Chính phủ", DEC25, "wrong_issuer", "Chính phủ"),
    ("Nghị quyết số 214/NQ-CP ngày 23/7/2025 của Thủ tướng Chính phủ", DEC25, "wrong_issuer", "Chính phủ"),
    ("Nghị quyết số 999/NQ-CP ngày 01/10/2025 của Thủ tướng Chính phủ", DEC25, "wrong_issuer", "Chính phủ"),
    ("Quyết định số 06/QĐ-TTg ngày 06/01/2022 của Chính phủ", DEC25, "wrong_issuer", "Thủ tướng"),
    ("Nghị quyết số 20-NQ/TW ngày 01/11/2012 của Bộ Chính trị", DEC25, "wrong_issuer", "Ban Chấp hành"),
    ("Nghị quyết số 193/2025/QH15 ngày 19/02/2025 của Chính phủ", DEC25, "wrong_issuer", "Quốc hội"),
    ("Quyết định số 757/QĐ-BKHCN ngày 29/4/2025 của Bộ Nội vụ", DEC25, "wrong_issuer", "Khoa học"),
    ("Kế hoạch số 12/KH-UBND ngày 05/8/2025 của Đảng ủy xã", DEC25, "wrong_issuer", "Ủy ban nhân dân"),
    ("Nghị quyết số 15/NQ-HĐND ngày 18/7/2025 của UBND xã", DEC25, "wrong_issuer", "Hội đồng nhân dân"),
    ("Kế hoạch số 08-KH/ĐU ngày 25/7/2025 của UBND xã Suối Mơ", DEC25, "wrong_issuer", "Đảng ủy"),
    ("Thông báo số 408/TB-VPCP ngày 08/8/2025 của Thủ tướng Chính phủ", DEC25, "wrong_issuer", "Văn phòng Chính phủ"),
    # types
    ("Quyết định số 05-QĐ/BCĐTW ngày 27/8/2025 của Ban Chỉ đạo Trung ương", DEC25, "wrong_type", "quy định"),
    ("Công văn số 01-CTr/BCĐTW ngày 28/02/2025 của Ban Chỉ đạo Trung ương", DEC25, "wrong_type", "chương trình"),
    ("Nghị quyết số 38-CT/TW ngày 30/7/2024 của Ban Bí thư", DEC25, "wrong_type", "chỉ thị"),
    ("Quyết định số 118/2025/NĐ-CP ngày 09/6/2025 của Chính phủ", DEC25, "wrong_type", "nghị định"),
    ("Công văn số 12/KH-UBND ngày 05/8/2025 của UBND xã", DEC25, "wrong_type", "kế hoạch"),
    ("Kế hoạch số 447/UBND-VHXH ngày 23/9/2025 của UBND xã", DEC25, "wrong_type", "công văn"),
    ("Luật số 193/2025/QH15 ngày 19/02/2025", DEC25, "wrong_type", "nghị quyết"),
    # numbers
    ("Quyết định số 775/QĐ-BKHCN ngày 29/4/2025 của Bộ Khoa học và Công nghệ", DEC25, "wrong_number", "757/QĐ-BKHCN"),
    ("Nghị định số 181/2025/NĐ-CP ngày 09/6/2025 của Chính phủ về thực hiện thủ tục hành chính theo cơ chế một cửa", DEC25,
     "wrong_number", "118/2025/NĐ-CP"),
    ("Luật Dữ liệu số 06/2024/QH15", DEC25, "wrong_number", "60/2024/QH15"),
    ("Nghị quyết số 75-NQ/TW về đột phá phát triển khoa học, công nghệ, đổi mới sáng tạo và chuyển đổi số quốc gia", DEC25,
     "wrong_number", "57-NQ/TW"),
    # form
    ("Nghị quyết số 57/NQ-TW ngày 22/12/2024 của Bộ Chính trị", DEC25, "malformed", "57-NQ/TW"),
    ("Nghị quyết số 57-NQTW ngày 22/12/2024", DEC25, "malformed", "57-NQ/TW"),
    ("Kế hoạch số 02/KH-BCĐTW ngày 19/6/2025", DEC25, "malformed", "02-KH/BCĐTW"),
    ("Quyết định số 749-QĐ/TTg ngày 03/6/2020", DEC25, "malformed", "749/QĐ-TTg"),
    ("Nghị định số 30/NĐ-CP ngày 05/3/2020 của Chính phủ về công tác văn thư", DEC25, "malformed", "30/2020/NĐ-CP"),
    ("Thông tư số 05/TT-BNV ngày 14/5/2025 của Bộ Nội vụ", DEC25, "malformed", "05/2025/TT-BNV"),
    ("Chỉ thị số 24/2025/CT-TTg ngày 13/9/2025", DEC25, "malformed", "24/CT-TTg"),
    ("Pháp lệnh số 02/PL-UBTVQH14 ngày 30/9/2020 của Ủy ban Thường vụ Quốc hội", DEC25, "malformed", "02/2020/UBTVQH14"),
    ("Công văn số 884/CV-UBND ngày 05/8/2025 của UBND tỉnh", DEC25, "malformed", "CV"),
    ("Nghị quyết số 97/2025/QH13 ngày 01/6/2025", DEC25, "malformed", "97/2025/QH15"),
    # validity
    ("Nghị định số 61/2018/NĐ-CP ngày 23/4/2018 của Chính phủ", DEC25, "superseded", "118/2025/NĐ-CP"),
    ("Nghị định số 13/2023/NĐ-CP ngày 17/4/2023 của Chính phủ", SEP26, "superseded", "356/2025/NĐ-CP"),
    ("Luật Công nghệ thông tin số 67/2006/QH11", SEP26, "superseded", "148/2025/QH15"),
    ("Luật An toàn thông tin mạng năm 2015", SEP26, "superseded", "116/2025/QH15"),
    ("Nghị định số 42/2022/NĐ-CP ngày 24/6/2022 của Chính phủ", SEP26, "superseded", "224/2026/NĐ-CP"),
    ("Quyết định số 1813/QĐ-TTg ngày 28/10/2021 của Thủ tướng Chính phủ", SEP26, "superseded", "928/QĐ-TTg"),
    ("Quyết định số 919/QĐ-TTg ngày 01/8/2022 của Thủ tướng Chính phủ", SEP26, "superseded", "31/12/2025"),
    ("Nghị quyết số 03/NQ-CP ngày 09/01/2025 của Chính phủ", DEC25, "superseded", "71/NQ-CP"),
    ("Nghị định 61", DEC25, "superseded", "118/2025/NĐ-CP"),
    # first mention without what the decree asks for
    ("Thực hiện Nghị quyết số 57-NQ/TW, xã đã ban hành kế hoạch.", DEC25, "incomplete", "ngày ban hành"),
    ("Quyết định số 12/QĐ-UBND của UBND xã về thành lập Tổ công nghệ số cộng đồng", DEC25, "incomplete", "ngày ban hành"),
    # title of another matter
    ("Quyết định số 06/QĐ-TTg ngày 06/01/2022 của Thủ tướng Chính phủ phê duyệt Chương trình xây dựng nông thôn mới", DEC25,
     "wrong_title", "dân cư"),
]  # fmt: skip


@pytest.fixture(scope="module")
def registry() -> Registry:
    return Registry.load()


def _day(text: str) -> datetime.date:
    return datetime.date.fromisoformat(text)


@pytest.mark.parametrize(("text", "on", "verdict", "named"), TABLE, ids=[row[0][:50] for row in TABLE])
def test_verdict_and_what_the_message_names(text, on, verdict, named, registry):
    first = verify(text, registry, _day(on))[0]
    assert first.verdict == verdict, first.message
    assert named in first.message or named == first.resolved or named in (first.resolved or ""), first.message


@pytest.mark.parametrize(("text", "on", "verdict", "named"), TABLE, ids=[row[0][:50] for row in TABLE])
def test_verdicts_do_not_depend_on_the_form_of_the_letters(text, on, verdict, named, registry):
    for changed in (unicodedata.normalize("NFD", text), text.replace(" ", "\u00a0"), text.replace(" ", " \n\n", 3)):
        assert verify(changed, registry, _day(on))[0].verdict == verdict


# (text, day, the whole text after the suggestion has been pasted in)
PASTED = [
    ("theo Nghị quyết số 57-NQ/TW ngày 24/12/2024 của Bộ Chính trị.", DEC25,
     "theo Nghị quyết số 57-NQ/TW ngày 22/12/2024 của Bộ Chính trị."),
    ("theo Quyết định số 749/QĐ-TTg ngày 03/6/2020 của Chính phủ.", DEC25,
     "theo Quyết định số 749/QĐ-TTg ngày 03/6/2020 của Thủ tướng Chính phủ."),
    ("theo Nghị định số 118/NĐ-CP ngày 09/6/2025 của Chính phủ.", DEC25,
     "theo Nghị định số 118/2025/NĐ-CP ngày 09/6/2025 của Chính phủ."),
    ("theo Công văn số 12/KH-UBND ngày 05/8/2025 của UBND xã.", DEC25, "theo Kế hoạch số 12/KH-UBND ngày 05/8/2025 của UBND xã."),
    ("theo Luật Dữ liệu số 06/2024/QH15.", DEC25, "theo Luật Dữ liệu số 60/2024/QH15."),
    ("theo Nghị định số 61/2018/NĐ-CP ngày 23/4/2018 của Chính phủ.", DEC25,
     "theo Nghị định số 118/2025/NĐ-CP ngày 09/6/2025 của Chính phủ."),
]  # fmt: skip


@pytest.mark.parametrize(("text", "on", "pasted"), PASTED)
def test_suggestions_can_be_pasted_in(text, on, pasted, registry):
    (verified,) = verify(text, registry, _day(on))
    assert verified.suggestion is not None
    start, end = verified.suggestion.span
    assert text[:start] + verified.suggestion.text + text[end:] == pasted


@pytest.mark.parametrize(("text", "on", "verdict", "named"), TABLE, ids=[row[0][:50] for row in TABLE])
def test_a_pasted_suggestion_is_not_blamed_again(text, on, verdict, named, registry):
    first = verify(text, registry, _day(on))[0]
    if first.suggestion is None:
        return
    start, end = first.suggestion.span
    again = verify(text[:start] + first.suggestion.text + text[end:], registry, _day(on))[0]
    assert VERDICTS.index(again.verdict) >= VERDICTS.index("superseded"), again.message
    assert again.verdict != first.verdict or first.verdict in ("superseded", "incomplete")


def test_gravest_first_and_the_others_under_also(registry):
    (verified,) = verify("Công văn số 02-KH/BCĐTW ngày 10/6/2025 của Bộ Chính trị", registry, _day(DEC25))
    assert verified.verdict == "wrong_type"
    assert verified.also == ("wrong_date", "wrong_issuer")


def test_one_document_cited_two_ways(registry):
    text = (
        "Kế hoạch số 12/KH-UBND ngày 05/8/2025 của UBND xã. Kế hoạch số 12/KH-UBND ngày 05/8/2025 của UBND xã. "
        "Kế hoạch số 12/KH-UBND ngày 08/5/2025 của UBND xã."
    )
    assert [v.verdict for v in verify(text, registry, _day(DEC25))] == ["unknown", "unknown", "inconsistent"]


PLAN = "Kế hoạch số 12/KH-UBND ngày "
# (two mentions of one number, verdict of the second)
TWICE = [
    (PLAN + "05/8/2025 của UBND xã. " + PLAN + "15/8/2025 của UBND xã.", "inconsistent"),
    (PLAN + "05/8/2025. " + PLAN + "08/5/2025.", "inconsistent"),
    (PLAN + "05/8/2025. " + PLAN + "05/8/2024.", "inconsistent"),
    (PLAN + "05/8/2025 của UBND xã. " + PLAN + "05/8/2025 của HĐND xã.", "wrong_issuer"),
    (
        "Báo cáo số 12/BC-TCT ngày 05/8/2025 của UBND xã. Báo cáo số 12/BC-TCT ngày 05/8/2025 của Đảng ủy xã.",
        "inconsistent",
    ),
    # other documents: another year, another place
    (PLAN + "05/8/2025 của UBND xã. " + PLAN + "14/3/2024 của UBND xã.", "unknown"),
    (PLAN + "05/8/2025 của UBND xã. " + PLAN + "12/3/2025 của UBND tỉnh.", "unknown"),
    (PLAN + "05/8/2025 của UBND xã. " + PLAN + "05/8/2025 của Chủ tịch UBND xã.", "unknown"),
]


@pytest.mark.parametrize(("text", "verdict"), TWICE)
def test_two_mentions_of_one_number(text, verdict, registry):
    assert verify(text, registry, _day(DEC25))[1].verdict == verdict


def test_only_the_first_full_mention_can_be_incomplete(registry):
    text = "Thực hiện Nghị quyết số 57-NQ/TW. Theo Nghị quyết số 57-NQ/TW và Nghị quyết 57, xã báo cáo."
    assert [v.verdict for v in verify(text, registry, _day(DEC25))] == ["incomplete", "ok", "ok"]


def test_an_undated_mention_after_a_dated_one_of_a_repeated_symbol_is_the_same_document(registry):
    text = (
        "Nghị quyết số 71/NQ-CP ngày 01/4/2025 của Chính phủ về chuyển đổi số. Theo Nghị quyết số 71/NQ-CP, xã báo cáo."
    )
    first, second = verify(text, registry, _day(DEC25))
    assert (second.verdict, second.document) == ("ok", first.document)


def test_a_repeal_is_judged_on_the_day_of_the_report(registry):
    text = "Nghị định số 42/2022/NĐ-CP ngày 24/6/2022 của Chính phủ"
    verdicts = [verify(text, registry, _day(day))[0].verdict for day in ("2026-06-30", "2026-07-01")]
    assert verdicts == ["ok", "superseded"]


def test_both_resolutions_cited_together_are_right(registry):
    text = "Nghị quyết số 03/NQ-CP ngày 09/01/2025 và Nghị quyết số 71/NQ-CP ngày 01/4/2025 của Chính phủ"
    assert [v.verdict for v in verify(text, registry, _day(DEC25))] == ["ok", "ok"]


def test_a_document_not_yet_in_force_is_remarked_upon_not_blamed(registry):
    (verified,) = verify("Luật Chuyển đổi số số 148/2025/QH15 ngày 11/12/2025", registry, _day("2026-01-15"))
    assert (verified.verdict, verified.severity) == ("ok", "warning")
    assert "01/7/2026" in verified.message


# an ingested plan of a fictional province; (citation, verdict)
OWN_PLAN = [
    ("Kế hoạch số 901/KH-UBND ngày 15/8/2025 của Ủy ban nhân dân tỉnh Ví Dụ", "ok"),
    ("Kế hoạch số 901/KH-UBND ngày 15/8/2025 của UBND tỉnh", "ok"),
    ("Kế hoạch số 901/KH-UBND ngày 16/8/2025 của UBND tỉnh Ví Dụ", "wrong_date"),
    ("Kế hoạch số 901/KH-UBND ngày 16/8/2024 của UBND tỉnh Ví Dụ", "unknown"),
    ("Kế hoạch số 901/KH-UBND ngày 16/8/2025 của UBND tỉnh", "unknown"),
    ("Kế hoạch số 901/KH-UBND ngày 15/8/2025 của UBND xã Suối Mơ", "unknown"),
    ("Kế hoạch số 901/KH-UBND ngày 16/8/2025 của UBND xã Ví Dụ", "unknown"),
]


@pytest.mark.parametrize(("text", "verdict"), OWN_PLAN)
def test_documents_of_a_place_are_told_apart_by_place_and_year(text, verdict):
    plan = RegistryDocument(
        "901/KH-UBND", "Kế hoạch", datetime.date(2025, 8, 15), "UBND tỉnh Ví Dụ", level="ingested", source_document="d1"
    )
    assert verify(text, Registry.load([plan]), _day(DEC25))[0].verdict == verdict


def test_a_plan_of_the_report_s_own_province_needs_no_name(registry):
    text = "Kế hoạch số 246/KH-UBND ngày 16/11/2024 của UBND tỉnh"
    verdicts = [
        verify(text, registry, _day(DEC25), province=p)[0].verdict for p in ("tỉnh Lạng Sơn", "tỉnh Cà Mau", None)
    ]
    assert verdicts == ["wrong_date", "unknown", "unknown"]


def test_a_repeal_of_one_provision_is_judged_for_that_provision(registry):
    cited = "khoản 1 {} Nghị quyết số 193/2025/QH15 ngày 19/02/2025 của Quốc hội"
    days = ("2025-09-30", DEC25)
    assert [verify(cited.format("Điều 9"), registry, _day(day))[0].verdict for day in days] == ["ok", "superseded"]
    assert [verify(cited.format("Điều 8"), registry, _day(day))[0].verdict for day in days] == ["ok", "ok"]


def test_a_document_named_as_the_replaced_one_is_not_blamed(registry):
    text = "Nghị định số 118/2025/NĐ-CP ngày 09/6/2025 thay thế Nghị định số 61/2018/NĐ-CP ngày 23/4/2018 của Chính phủ"
    assert [v.verdict for v in verify(text, registry, _day(DEC25))] == ["ok", "ok"]


def test_a_ministry_that_had_been_merged_is_remarked_upon(registry):
    text = "Công văn số 45/BTTTT-CĐSQG ngày {} của Bộ Thông tin và Truyền thông"
    before, after = (verify(text.format(day), registry, _day(DEC25))[0] for day in ("20/02/2025", "20/3/2025"))
    assert "hợp nhất" not in before.message
    assert "Bộ Khoa học và Công nghệ từ 01/3/2025" in after.message
    assert after.verdict == "unknown"


def test_differences_name_field_right_value_and_source(registry):
    (verified,) = verify("Nghị quyết số 57-NQ/TW ngày 24/12/2024 của Bộ Chính trị", registry, _day(DEC25))
    (difference,) = verified.differences
    assert (difference.field, difference.written, difference.right) == ("date", "24/12/2024", "22/12/2024")
    assert difference.source
    assert difference.source.startswith("https://")
