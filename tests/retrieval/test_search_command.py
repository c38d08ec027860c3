"""`python -m assistant search` over a library of two fictional texts."""

import argparse
import json
from pathlib import Path

import pytest

from assistant.commands import search
from assistant.library.library import Library
from assistant.settings import load_settings

REPORT = """ỦY BAN NHÂN DÂN
XÃ AN HÒA
Số: 45/BC-UBND
An Hòa, ngày 05 tháng 12 năm 2025
BÁO CÁO
Kết quả thực hiện công tác chuyển đổi số năm 2025
I. KẾT QUẢ
1. Dịch vụ công trực tuyến
Tổng số hồ sơ tiếp nhận là 1.200 hồ sơ, trong đó trực tuyến 900 hồ sơ.
2. Đào tạo
Đã tổ chức ba lớp tập huấn kỹ năng số cho cán bộ, công chức.
"""
KEYS = {
    "rank", "score", "passage_id", "document_id", "document_title", "symbol", "kind", "unit", "location", "page",
    "text", "start", "end",
}  # fmt: skip


@pytest.fixture
def library(data_dir: Path, tmp_path: Path) -> Path:
    path = tmp_path / "bao-cao.txt"
    path.write_text(REPORT, "utf-8")
    made = Library(load_settings(data_dir))
    made.ingest([path])
    made.close()
    return path


def run(data_dir: Path, *arguments: str) -> int:
    parser = argparse.ArgumentParser()
    search.add_arguments(parser)
    return search.run(parser.parse_args(arguments), load_settings(data_dir))


def test_json(library: Path, data_dir: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert run(data_dir, "hs truc tuyen tiep nhan", "-k", "1", "--json") == 0
    printed = json.loads(capsys.readouterr().out)
    assert printed["query"] == "hs truc tuyen tiep nhan"
    assert printed["milliseconds"] >= 0
    (result,) = printed["results"]
    assert result.keys() >= KEYS
    assert (result["rank"], result["symbol"], result["kind"]) == (1, "45/BC-UBND", "report")
    assert "1.200 hồ sơ" in result["text"]
    assert "1.200 hồ sơ" in REPORT[result["start"] : result["end"]]
    excerpt = result["excerpt"]
    assert 0 <= excerpt["start"] < excerpt["end"] <= len(result["text"])


@pytest.mark.parametrize(
    ("arguments", "found"),
    [
        ([], True),
        (["--kind", "report"], True),
        (["--kind", "report", "--kind", "legal"], True),
        (["--kind", "legal"], False),
        (["--unit", "xa an hoa"], True),
        (["--unit", "xã Bình Minh"], False),
        (["--year", "2025"], True),
        (["--year", "2024"], False),
        (["--status", "in_force"], False),
    ],
)
def test_filters(
    library: Path, data_dir: Path, capsys: pytest.CaptureFixture[str], arguments: list[str], found: bool
) -> None:
    assert run(data_dir, "tập huấn kỹ năng", *arguments) == 0
    assert ("ba lớp tập huấn" in capsys.readouterr().out) is found


def test_nothing_found_is_said(data_dir: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert run(data_dir, "hồ sơ") == 0
    assert capsys.readouterr().out == "Không tìm thấy đoạn nào.\n"


def test_unknown_kind_is_wrong_usage(data_dir: Path) -> None:
    with pytest.raises(SystemExit) as stopped:
        run(data_dir, "hồ sơ", "--kind", "memo")
    assert stopped.value.code == 2
