"""One message in its conversation: follow-ups, drafting, checking."""

from collections.abc import Mapping
from typing import Any

import pytest
from ask_shelf import FictionalShelf

from assistant.ask import Asker
from assistant.conversation import Conversation, Turn
from assistant.follow_up import stand_alone
from assistant.legal import Registry
from assistant.reports import load_report_types


class Jobs:
    """Remembers what the jobs were called with."""

    def __init__(self) -> None:
        self.drafted: list[tuple[str, Mapping[str, Any], str]] = []
        self.checked: list[str] = []

    def draft(self, report_type: str, inputs: Mapping[str, Any], section: str) -> Mapping[str, Any]:
        self.drafted.append((report_type, inputs, section))
        paragraph = {
            "text": "Tiếp nhận 874 hồ sơ.",
            "evidence": [{"kind": "input", "field": "rec_total", "value": 874}],
        }
        return {"sections": [{"paragraphs": [paragraph], "missing": [f"{section}.rec_direct"]}], "problems": []}

    def check(self, text: str) -> Mapping[str, Any]:
        self.checked.append(text)
        return {"references": [{"text": "57-NQ/TW", "verdict": "wrong_date", "message": "Sai ngày"}], "findings": []}


@pytest.fixture(scope="module")
def asker() -> Asker:
    return Asker(Registry.load, load_report_types, FictionalShelf())


def test_a_draft_shows_its_figures_back_and_what_is_missing(asker: Asker) -> None:
    jobs = Jobs()
    message = "soạn mục dịch vụ công trực tuyến quý II: tiếp nhận 874 hồ sơ, trực tuyến 655, quá hạn 5"
    answer = Conversation(asker, jobs.draft, jobs.check).reply(message)
    ((report_type, inputs, section),) = jobs.drafted
    assert (report_type, section) == ("quy_khcn_dmst_cds", "q_dvctt")
    assert inputs["sections"]["q_dvctt"] == {"rec_total": 874, "rec_online": 655, "rec_late": 5}
    assert answer.route == "draft_section"
    for part in ("874 hồ sơ", "655 hồ sơ", "Tiếp nhận 874 hồ sơ.", "Còn thiếu số liệu: hồ sơ trực tiếp"):
        assert part in answer.text
    assert answer.sources[0].quote == message


def test_the_number_of_a_section_is_no_figure(asker: Asker) -> None:
    jobs = Jobs()
    answer = Conversation(asker, jobs.draft, jobs.check).reply("Soạn mục 3.6 dịch vụ công trực tuyến của báo cáo quý")
    ((_, inputs, section),) = jobs.drafted
    assert section == "q_dvctt"
    assert not inputs.get("sections", {}).get("q_dvctt")
    assert "Chưa hiểu" not in answer.text


def test_a_pasted_text_is_checked(asker: Asker) -> None:
    jobs = Jobs()
    text = "Thực hiện Nghị quyết số 57-NQ/TW ngày 23/12/2024 của Bộ Chính trị, xã đã triển khai."
    answer = Conversation(asker, jobs.draft, jobs.check).reply(f"Kiểm tra giúp đoạn sau: {text}")
    assert jobs.checked == [text]
    assert "Sai ngày" in answer.text


def test_a_question_on_checking_is_no_text_to_check(asker: Asker) -> None:
    jobs = Jobs()
    Conversation(asker, jobs.draft, jobs.check).reply("Kiểm tra, giám sát ghi ở mục nào?")
    assert jobs.checked == []


SECTION = Turn(
    "Mục chữ ký số của báo cáo quý cần gì?",
    {"route": "section_requirement", "report_type": "quy_khcn_dmst_cds", "sections": ["q_chu_ky_so"]},
)
UNIT = Turn("Xã Suối Mây có bao nhiêu tổ công nghệ số cộng đồng?", {"route": "past_report"})
QUARTER = Turn("Quý III năm 2025 xã Suối Mây tiếp nhận bao nhiêu hồ sơ?", {"route": "past_report"})
REPORTED = Turn(
    "Xã Suối Mây tiếp nhận bao nhiêu hồ sơ?",
    {"route": "past_report", "citations": [{"document_title": "Báo cáo Quý I năm 2025 của xã Suối Mây"}]},
)
DOCUMENT = Turn("Nghị quyết 71/NQ-CP ban hành ngày nào?", {"citations": [{"symbol": "71/NQ-CP"}]})


@pytest.mark.parametrize(
    ("turns", "message", "expected"),
    [
        ([UNIT], "Còn phường Cầu Ngang?", "phường Cầu Ngang có bao nhiêu tổ công nghệ số cộng đồng?"),
        ([UNIT], "Còn quý I?", "Xã Suối Mây có bao nhiêu tổ công nghệ số cộng đồng, quý I?"),
        ([DOCUMENT], "Văn bản đó còn hiệu lực không?", "Văn bản 71/NQ-CP còn hiệu lực không?"),
        ([DOCUMENT], "nó yêu cầu gì ở người đứng đầu?", "71/NQ-CP yêu cầu gì ở người đứng đầu?"),
        ([DOCUMENT], "còn hiệu lực không?", "còn hiệu lực không? (71/NQ-CP)"),
        ([DOCUMENT], "có hiệu lực từ bao giờ?", "có hiệu lực từ bao giờ? (71/NQ-CP)"),
        ([DOCUMENT], "Ký ngày nào?", "Ký ngày nào? (71/NQ-CP)"),
        ([UNIT], "ngày nào?", "ngày nào xã Suối Mây có bao nhiêu tổ công nghệ số cộng đồng?"),
        ([DOCUMENT], "Thế còn Nghị quyết 03/NQ-CP?", "Nghị quyết 03/NQ-CP ban hành ngày nào?"),
        ([UNIT], "vì sao?", "vì sao xã Suối Mây có bao nhiêu tổ công nghệ số cộng đồng?"),
        ([], "Còn kỳ trước?", "Còn kỳ trước?"),
        ([QUARTER], "Còn kỳ trước?", "quý II năm 2025 xã Suối Mây tiếp nhận bao nhiêu hồ sơ?"),
        ([QUARTER], "Còn quý trước thì sao?", "quý II năm 2025 xã Suối Mây tiếp nhận bao nhiêu hồ sơ?"),
        ([QUARTER], "Còn năm trước?", "Quý III năm 2024 xã Suối Mây tiếp nhận bao nhiêu hồ sơ?"),
        ([QUARTER], "Còn quý I?", "quý I năm 2025 xã Suối Mây tiếp nhận bao nhiêu hồ sơ?"),
        ([REPORTED], "Còn kỳ trước?", "Xã Suối Mây tiếp nhận bao nhiêu hồ sơ, quý IV năm 2024?"),
        ([UNIT], "Luật Dữ liệu số bao nhiêu?", "Luật Dữ liệu số bao nhiêu?"),
    ],
)
def test_follow_ups_stand_alone(turns: list[Turn], message: str, expected: str) -> None:
    assert stand_alone(message, turns).message == expected


def test_that_section_is_the_last_one(asker: Asker) -> None:
    alone = stand_alone("Mục đó hay mắc lỗi gì?", [SECTION, UNIT])
    assert (alone.report_type, alone.section) == ("quy_khcn_dmst_cds", "q_chu_ky_so")
    answer = Conversation(asker).reply("Mục đó hay mắc lỗi gì?", turns=[SECTION])
    assert answer.sections == ("q_chu_ky_so",)
