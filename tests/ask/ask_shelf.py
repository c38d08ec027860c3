"""A library of two fictional documents for the tests of asking: no store, no embedding."""

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from assistant.ask.matching import TermIndex
from assistant.library.identify import identify
from assistant.library.models import DocumentRecord, Passage
from assistant.library.reading import read_bytes
from assistant.library.structure import split
from assistant.vietnamese.tokens import folded_syllables

REPORT = """ỦY BAN NHÂN DÂN
XÃ SUỐI MÂY

Số: 41/BC-UBND
Suối Mây, ngày 18 tháng 6 năm 2026

BÁO CÁO
Kết quả chuyển đổi số quý II năm 2026

Ủy ban nhân dân xã Suối Mây, tỉnh Lai Châu báo cáo (văn bản hư cấu) như sau:

I. KẾT QUẢ
1. Dịch vụ công trực tuyến
Tiếp nhận 874 hồ sơ, trong đó trực tuyến 655 hồ sơ. Đã giải quyết 851 hồ sơ; đang giải quyết 23 hồ sơ.
2. Nhân lực
Toàn xã có 14 Tổ công nghệ số cộng đồng với 86 thành viên, do Chủ tịch Ủy ban nhân dân xã làm Trưởng ban chỉ đạo.
3. Chữ ký số
Tỷ lệ lãnh đạo và chuyên viên được cấp chữ ký số lần lượt là 100% và 72%.
4. Phản ánh, kiến nghị
Trong quý không phát sinh phản ánh, kiến nghị trên hệ thống.
"""

LAW = """QUỐC HỘI
Luật số: 99/2026/QH16

LUẬT
DỮ LIỆU THỬ NGHIỆM

Điều 3. Giải thích từ ngữ
1. Dữ liệu mở là dữ liệu mà mọi cơ quan, tổ chức, cá nhân đều được tiếp cận, chia sẻ và khai thác.
2. Dữ liệu dùng chung là dữ liệu được tiếp cận trong các cơ quan của Đảng và Nhà nước.
"""


@dataclass(frozen=True, slots=True)
class FoundPassage:
    passage: Passage
    score: float


class FictionalShelf:
    """Two documents in memory; `generation` is set by the tests."""

    def __init__(self, texts: dict[str, str] | None = None) -> None:
        self.version = 1
        self.records: list[DocumentRecord] = []
        self._passages: dict[str, list[Passage]] = {}
        for name, text in ({"report": REPORT, "law": LAW} if texts is None else texts).items():
            self.add(name, text)

    def add(self, name: str, text: str) -> None:
        source = read_bytes(text.encode(), f"{name}.txt")
        passages = list(split(source, name))
        identity = identify(source)
        document_id = passages[0].document_id
        record = DocumentRecord(
            document_id, str(Path(f"{name}.txt")), identity, len(passages), None, source.sha256, 1, "", ""
        )
        self.records.append(record)
        self._passages[document_id] = passages

    def generation(self) -> int:
        return self.version

    def documents(self) -> list[DocumentRecord]:
        return list(self.records)

    def passages_of(self, document_id: str) -> list[Passage]:
        return self._passages[document_id]

    def search(self, query: str, k: int, kinds: Sequence[str] | None) -> Sequence[FoundPassage]:
        every = [passage for passages in self._passages.values() for passage in passages]
        index = TermIndex([[(folded_syllables(passage.text), 1.0)] for passage in every])
        return [FoundPassage(every[m.index], m.score) for m in index.match(folded_syllables(query), k)]
