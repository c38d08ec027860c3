"""A small library in memory, of fictional documents."""

from collections.abc import Collection, Sequence
from pathlib import Path
from typing import Any

import numpy as np
import numpy.typing as npt
import pytest

from assistant.library.embedding import StaticEmbedder
from assistant.library.lexical import LexicalEntry, LexicalIndex
from assistant.library.models import DocumentRecord, Heading, Identity, Passage
from assistant.library.retrieval import Retriever

Vector = npt.NDArray[np.float32]


class MemoryStore:
    """What retrieval needs of the library, with a lexical index on disk."""

    def __init__(self, folder: Path) -> None:
        self.lexical_dir = folder / "lexical"
        self.embedder = StaticEmbedder()
        self._generation = 0
        self._records: dict[str, DocumentRecord] = {}
        self._passages: dict[str, Passage] = {}
        self._vectors: dict[str, Vector] = {}

    def add(self, document_id: str, sections: Sequence[tuple[str, str]], **identity: Any) -> None:
        """Add a document of (heading "label|title", text) sections."""
        who = Identity(**{"kind": "legal", **identity})
        record = DocumentRecord(document_id, document_id, who, len(sections), None, "", 1, "", "")
        self._records[document_id] = record
        index = LexicalIndex(self.lexical_dir)
        for number, (heading, text) in enumerate(sections):
            label, _, title = heading.partition("|")
            path = (Heading(label, title, 1),)
            passage = Passage(f"{document_id}.1.{number}", document_id, number, number, path, text, 0, len(text))
            self._passages[passage.id] = passage
            body = f"{passage.heading_text}\n{text}"
            self._vectors[passage.id] = self.embedder.embed_documents([body])[0]
            year = who.year or 0
            entry = LexicalEntry(passage.id, f"{document_id}.1", title, body, who.kind, who.unit or "", year)
            index.add([entry])
        index.commit()
        self._generation += 1

    def forget(self, document_id: str) -> None:
        """What a reader sees between the catalogue's commit and the sweep of the indexes."""
        del self._records[document_id]
        self._passages = {i: p for i, p in self._passages.items() if p.document_id != document_id}
        self._generation += 1

    def generation(self) -> int:
        return self._generation

    def documents(self) -> list[DocumentRecord]:
        return list(self._records.values())

    def passages(self, ids: Sequence[str]) -> list[Passage]:
        return [self._passages[i] for i in ids if i in self._passages]

    def vectors(self, ids: Sequence[str]) -> dict[str, Vector]:
        return {i: self._vectors[i] for i in ids if i in self._vectors}

    def vectors_near(self, vector: Vector, k: int, *, kinds: Collection[str] | None = None) -> list[tuple[str, float]]:
        found = [
            (i, float(vector @ other))
            for i, other in self._vectors.items()
            if i in self._passages and (kinds is None or self._records[self._passages[i].document_id].kind in kinds)
        ]
        return sorted(found, key=lambda item: -item[1])[:k]


@pytest.fixture
def store(tmp_path: Path) -> MemoryStore:
    """Two communes' reports, a plan, and a law with its successor; all fictional."""
    made = MemoryStore(tmp_path)
    made.add(
        "luatcu",
        [
            ("Điều 5|Chữ ký điện tử", "Chữ ký điện tử có giá trị pháp lý khi đáp ứng điều kiện về an toàn."),
            ("Điều 6|Hợp đồng điện tử", "Hợp đồng điện tử được giao kết trên môi trường mạng."),
        ],
        type="Luật", symbol="51/2005/QH11", date="2005-11-29", title="Luật Giao dịch điện tử", year=2005,
    )  # fmt: skip
    made.add(
        "luatmoi",
        [
            ("Điều 22|Chữ ký điện tử", "Chữ ký điện tử có giá trị pháp lý khi đáp ứng điều kiện an toàn và tin cậy."),
            ("Điều 5|Chính sách", "Nhà nước phát triển giao dịch điện tử toàn diện."),
        ],
        type="Luật", symbol="20/2023/QH15", date="2023-06-22", title="Luật Giao dịch điện tử", year=2023,
    )  # fmt: skip
    made.add(
        "nq57",
        [("Mục I|Quan điểm", "Phát triển khoa học, công nghệ, đổi mới sáng tạo là đột phá quan trọng hàng đầu.")],
        type="Nghị quyết", symbol="57-NQ/TW", date="2024-12-22", title="về đột phá phát triển", year=2024,
    )  # fmt: skip
    for name, unit, figure in (("an", "xã An Hòa, tỉnh Thử", "1.200"), ("binh", "xã Bình Minh, tỉnh Thử", "845")):
        made.add(
            name,
            [
                ("1|Dịch vụ công trực tuyến", f"Tổng số hồ sơ tiếp nhận là {figure} hồ sơ; đúng hạn 99%."),
                ("2|Đào tạo", "Đã tổ chức tập huấn kỹ năng số cho cán bộ, công chức và người dân."),
            ],
            kind="report", unit=unit, title="Kết quả thực hiện Nghị quyết số 57-NQ/TW", year=2025, date="2025-12-01",
        )  # fmt: skip
    made.add(
        "kehoach",
        [("II|Chỉ tiêu", "Tỷ lệ hồ sơ thủ tục hành chính xử lý trực tuyến đạt 80%.")],
        kind="plan", type="Kế hoạch", symbol="12/KH-UBND", unit="tỉnh Thử", year=2025, date="2025-01-15",
        title="Chuyển đổi số năm 2025",
    )  # fmt: skip
    return made


@pytest.fixture
def retriever(store: MemoryStore) -> Retriever:
    return Retriever(store, store.lexical_dir, store.embedder)
