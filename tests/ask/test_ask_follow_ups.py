"""Conversations of two and three messages, as officers type them: what the last one is answered with."""

import pytest
from ask_shelf import LAW, REPORT, FictionalShelf

from assistant.ask import Asker
from assistant.conversation import Conversation, Turn
from assistant.legal import Registry
from assistant.reports import load_report_types

QUARTER_BEFORE = """ỦY BAN NHÂN DÂN
XÃ SUỐI MÂY

Số: 12/BC-UBND
Suối Mây, ngày 20 tháng 3 năm 2026

BÁO CÁO
Kết quả chuyển đổi số quý I năm 2026

Ủy ban nhân dân xã Suối Mây, tỉnh Lai Châu báo cáo (văn bản hư cấu) như sau:

I. KẾT QUẢ
1. Dịch vụ công trực tuyến
Tiếp nhận 800 hồ sơ, trong đó trực tuyến 590 hồ sơ.
"""
OTHER = """ỦY BAN NHÂN DÂN
XÃ ĐỒI CHÈ

Số: 33/BC-UBND
Đồi Chè, ngày 19 tháng 6 năm 2026

BÁO CÁO
Kết quả chuyển đổi số quý II năm 2026

Ủy ban nhân dân xã Đồi Chè, tỉnh Lai Châu báo cáo (văn bản hư cấu) như sau:

I. KẾT QUẢ
1. Kết quả triển khai, cung cấp dịch vụ công trực tuyến
- Tiếp nhận 500 hồ sơ, trong đó trực tuyến 410 hồ sơ.
- Trả kết quả quá hạn 12 hồ sơ.
2. Nhân lực
Toàn xã có 9 Tổ công nghệ số cộng đồng với 54 thành viên.
"""
RECEIVED = "Quý II năm 2026 xã Suối Mây tiếp nhận bao nhiêu hồ sơ?"
OTHERS = "Xã Đồi Chè tiếp nhận bao nhiêu hồ sơ?"
TEAMS = "Xã Đồi Chè có bao nhiêu Tổ công nghệ số cộng đồng?"
SECTION = "Mục dịch vụ công trực tuyến của báo cáo quý cần gì?"
DVC = "«3.6 Kết quả triển khai, cung cấp dịch vụ công trực tuyến»"
QUARTERLY = "quy_khcn_dmst_cds"

# report type chosen beside the messages; the messages; what the last answer says; what it does not
CONVERSATIONS: list[tuple[str | None, list[str], list[str], list[str]]] = [
    (None, [OTHERS, "mục đó phải nêu gì?"], [DVC, "cần nêu 5 ý"], []),
    (None, ["xa Doi Che tiep nhan bao nhieu ho so?", "muc do phai neu gi?"], [DVC], []),
    (None, [OTHERS, "mục đó phải nêu gì?", "căn cứ nào?"], ["Căn cứ: 118/2025/NĐ-CP"], []),
    (
        None,
        [RECEIVED, "So với quý trước tăng hay giảm?"],
        ["Báo cáo quý II năm 2026 của xã Suối Mây (874 hồ sơ) nhiều hơn báo cáo quý I", "chênh lệch 74"],
        [],
    ),
    (None, [RECEIVED, "so voi quy truoc tang hay giam?"], ["chênh lệch 74"], []),
    (None, [RECEIVED, "quý trước bao nhiêu?"], ["800 hồ sơ"], ["874"]),
    (QUARTERLY, [RECEIVED, "còn kỳ trước?"], ["800 hồ sơ"], ["cần nêu"]),
    (None, [OTHERS, "còn kỳ trước?"], ["Kho chưa có báo cáo quý I năm 2026 của xã Đồi Chè"], ["800"]),
    (None, [OTHERS, "So với kỳ trước thế nào?"], ["Kho chưa có báo cáo quý I năm 2026 của xã Đồi Chè"], ["800"]),
    (None, [OTHERS, "cùng kỳ năm trước?"], ["Kho chưa có báo cáo quý II năm 2025 của xã Đồi Chè"], ["874"]),
    (QUARTERLY, [SECTION, "còn kỳ trước?"], ["nêu tên xã và kỳ báo cáo"], ["cần nêu"]),
    (QUARTERLY, ["quý trước bao nhiêu?"], ["nêu tên xã và kỳ báo cáo"], ["cần nêu"]),
    (None, [TEAMS, "bao nhiêu thành viên?"], ["54 thành viên"], []),
    (None, [TEAMS, "bao nhiêu thành viên?", "còn Suối Mây?"], ["86 thành viên"], ["54"]),
    (None, [TEAMS, "thế còn xã Suối Mây?"], ["14 Tổ công nghệ số"], ["9 Tổ"]),
    (None, [TEAMS, "so với xã Suối Mây nhiều hay ít hơn?"], ["chênh lệch 5"], []),
    (None, [OTHERS, "trong đó trực tuyến bao nhiêu?"], ["410"], ["80%"]),
    (None, [OTHERS, "còn quá hạn?"], ["quá hạn 12 hồ sơ"], []),
    (None, [RECEIVED, "có tăng so với quý trước không?"], ["chênh lệch 74"], []),
    (None, [OTHERS, "quý I thì sao?"], ["Kho chưa có báo cáo quý I năm 2026 của xã Đồi Chè"], ["800"]),
    (None, [OTHERS, "còn quá hạn?", "còn trực tuyến?"], ["410 hồ sơ"], ["12"]),
    (None, [OTHERS, "tỷ lệ đúng hạn là bao nhiêu?"], ["Không tìm thấy căn cứ"], []),
    (None, [OTHERS, "căn cứ nào?"], ["500 hồ sơ", "báo cáo quý II năm 2026 của xã Đồi Chè"], []),
    (None, [SECTION, "mục đó cần bảng nào?"], [f"Đề cương không đặt bảng ở mục {DVC}"], []),
    (None, [SECTION, "cho ví dụ"], ["Ví dụ, Báo cáo quý"], []),
    (None, [SECTION, "hay mắc lỗi gì?"], ["Lỗi hay gặp", DVC], []),
    (None, [SECTION, "còn mục chữ ký số?"], ["«3.4 Tình hình sử dụng chữ ký số»"], ["3.6"]),
    (None, [SECTION, "xã Đồi Chè viết thế nào?"], ["có 2 nội dung", "Tiếp nhận 500 hồ sơ"], ["cần nêu"]),
    (None, [SECTION, "ai ký?"], ["khối ký ghi"], ["cần nêu"]),
    (None, [SECTION, "còn phụ lục?"], ["có 1 phụ lục"], ["cần nêu"]),
    (None, ["Báo cáo quý có mấy phụ lục?", "ai ký?"], ["khối ký ghi"], ["1 phụ lục"]),
    (None, [SECTION, "Nêu định nghĩa dữ liệu mở"], ["Dữ liệu mở"], ["cần nêu"]),
    (None, ["Luật Dữ liệu có hiệu lực từ ngày nào?", "ai ban hành?"], ["Quốc hội"], []),
    (None, ["NQ 57 đặt kinh tế số năm 2030 bao nhiêu?", "đến năm 2045 thì sao?"], ["50% GDP"], ["30% GDP"]),
    (
        None,
        ["Nghị định 42/2022 còn hiệu lực không?", "văn bản thay thế có hiệu lực khi nào?"],
        ["224/2026"],
        ["15/8/2022"],
    ),
    (None, [OTHERS, "Nghị quyết 57-NQ/TW ban hành ngày nào?"], ["22/12/2024"], ["500"]),
]


@pytest.fixture(scope="module")
def conversation() -> Conversation:
    texts = {"report": REPORT, "before": QUARTER_BEFORE, "other": OTHER, "law": LAW}
    return Conversation(Asker(Registry.load, load_report_types, FictionalShelf(texts)))


@pytest.mark.parametrize(("chosen", "messages", "said", "unsaid"), CONVERSATIONS)
def test_the_last_message_is_understood(
    conversation: Conversation, chosen: str | None, messages: list[str], said: list[str], unsaid: list[str]
) -> None:
    turns: list[Turn] = []
    for message in messages:
        answer = conversation.reply(message, turns=turns, report_type=chosen).to_json()
        turns.append(Turn(message, answer))
    text = answer["answer"]
    assert [part for part in said if part not in text] == [], text
    assert [part for part in unsaid if part in text] == [], text


def test_an_empty_library_has_no_report_of_the_period_before() -> None:
    conversation = Conversation(Asker(Registry.load, load_report_types, FictionalShelf({})))
    answer = conversation.reply("còn kỳ trước?", report_type=QUARTERLY)
    assert answer.refused
    assert "Kho chưa có báo cáo kỳ trước" in answer.text
