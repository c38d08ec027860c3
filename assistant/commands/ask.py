"""`python -m assistant ask`: one question, or a file of them answered in one process."""

import argparse
import json
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from assistant.application import Application
from assistant.errors import InputError, UnreadableFileError
from assistant.settings import Settings


def add_arguments(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("question", nargs="?", help="câu hỏi")
    parser.add_argument("--report-type", metavar="ID", help="loại báo cáo mà câu hỏi nói tới")
    parser.add_argument(
        "--batch", type=Path, metavar="TỆP.jsonl", help='mỗi dòng {"id", "question"}; in mỗi câu một dòng JSON'
    )
    parser.add_argument("--json", action="store_true", help="in JSON")


def run(args: argparse.Namespace, settings: Settings) -> int:
    """Answer on stdout.

    Raises:
        InputError: no question, or a batch file that cannot be read.
    """
    application = Application(settings)
    if args.report_type is not None:
        application.report_type(args.report_type)
    if args.batch is not None:
        for row in _rows(args.batch):
            answer = application.ask(row["question"], report_type=row.get("report_type") or args.report_type)
            print(json.dumps({"id": row.get("id"), **answer.to_json()}, ensure_ascii=False), flush=True)
        return 0
    if not (args.question or "").strip():
        raise InputError("Chưa có câu hỏi; hãy viết câu hỏi trong dấu ngoặc kép sau lệnh ask.")
    answer = application.ask(args.question, report_type=args.report_type)
    if args.json:
        print(json.dumps(answer.to_json(), ensure_ascii=False, indent=2))
    else:
        print(_shown(answer.to_json()))
    return 0


def _rows(path: Path) -> Iterator[dict[str, Any]]:
    """The questions of a batch, read line by line as they come, so that a pipe works too.

    Raises:
        UnreadableFileError: no such file, or a line that is no JSON object with a question.
    """
    try:
        # bytes: UTF-8 whatever the console's code page is
        stream = sys.stdin.buffer if str(path) == "-" else path.open("rb")
    except OSError as error:
        raise UnreadableFileError(f"Không mở được tệp {path}; hãy kiểm tra lại đường dẫn.") from error
    with stream:
        for number, line in enumerate(stream, start=1):
            if not line.strip():
                continue
            try:
                row = json.loads(line)
                if not isinstance(row["question"], str):
                    raise TypeError
            except (ValueError, KeyError, TypeError) as error:
                raise UnreadableFileError(
                    f'Dòng {number} của {path} không phải JSON dạng {{"id", "question"}} viết bằng UTF-8; hãy sửa '
                    "dòng đó."
                ) from error
            yield row


def _shown(answer: dict[str, Any]) -> str:
    lines = [answer["answer"]]
    if answer["notice"]:
        lines.append(f"({answer['notice']})")
    if answer["citations"]:
        lines.append("")
        lines.append("Nguồn:")
    for citation in answer["citations"]:
        place = f", {citation['location']}" if citation["location"] else ""
        page = f", trang {citation['page']}" if citation["page"] else ""
        quote = " ".join(citation["quote"].split())
        lines.append(f"[{citation['n']}] {citation['document_title']}{place}{page}: “{quote}”")
    return "\n".join(lines)
