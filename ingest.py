"""Bring documents into the library: `python ingest.py PATH…`, `--builtin`, `--list`, `--remove ID`."""

import argparse
import json
import os
import sys
from collections.abc import Sequence
from typing import TYPE_CHECKING

from assistant.arguments import ArgumentParser, add_data_dir
from assistant.face import BAD_INPUT, OK, guarded, use_utf8

if TYPE_CHECKING:
    from assistant.library.ingest import IngestResult
    from assistant.library.library import Library
    from assistant.settings import Settings

_MARKS = {"added": "thêm mới", "updated": "cập nhật", "unchanged": "không đổi", "failed": "LỖI"}


def _parser() -> ArgumentParser:
    parser = ArgumentParser(
        prog="python ingest.py", description="Nạp văn bản vào kho tri thức: .pdf .docx .doc .txt .md .html .xlsx"
    )
    parser.add_argument("paths", nargs="*", metavar="ĐƯỜNG_DẪN", help="tệp hoặc thư mục")
    parser.add_argument(
        "--kind",
        default="auto",
        choices=["auto", "legal", "plan", "report", "guidance"],
        help="loại văn bản; auto: tự nhận biết từ phần đầu của từng văn bản",
    )
    parser.add_argument("--unit", metavar="ĐƠN_VỊ", help='đơn vị báo cáo, ví dụ "xã An Bình Mẫu, tỉnh Lạng Sơn"')
    parser.add_argument("--builtin", action="store_true", help="nạp tri thức kèm theo chương trình")
    parser.add_argument("--list", action="store_true", help="liệt kê văn bản trong kho")
    parser.add_argument("--remove", metavar="ID", help="bỏ một văn bản khỏi kho")
    parser.add_argument("--json", action="store_true", help="in kết quả dạng JSON")
    add_data_dir(parser)
    parser.add_argument(
        "--workers", type=int, metavar="N", help="số tiến trình đọc song song (mặc định: số nhân của máy)"
    )
    return parser


def main(argv: Sequence[str] | None = None) -> int:
    """Run once; returns the exit status (0 done, 1 bad input or a file failed, 2 wrong usage)."""
    use_utf8()
    parser = _parser()
    args = parser.parse_args(argv)
    if sum((bool(args.paths) or args.builtin, args.list, args.remove is not None)) != 1:
        parser.error("hãy cho đường dẫn cần nạp, hoặc một trong --builtin, --list, --remove")
    return guarded(lambda settings: _run(args, settings), args.data_dir)


def _run(args: argparse.Namespace, settings: "Settings") -> int:
    from assistant.library.library import Library

    library = Library(settings)
    try:
        if args.list:
            return _list(library, args.json)
        if args.remove is not None:
            return _remove(library, args.remove, args.json)
        return _ingest(library, args)
    finally:
        library.close()


def _ingest(library: "Library", args: argparse.Namespace) -> int:
    from assistant.library.ingest import IngestResult

    results: list[IngestResult] = []
    with _Bar() as bar:
        if args.builtin:
            results.append(library.ingest_builtin(bar.show))
        if args.paths:
            workers = args.workers or os.cpu_count() or 1
            results.append(
                library.ingest(args.paths, kind=args.kind, unit=args.unit, progress=bar.show, workers=workers)
            )
    result = IngestResult(tuple(d for r in results for d in r.documents), sum(r.seconds for r in results))
    if args.json:
        print(json.dumps(result.to_json(), ensure_ascii=False, indent=2))
    else:
        _print(result, quiet=args.builtin and not args.paths)
    for failed in result.failed:
        print(f"{failed.path}: {failed.message}", file=sys.stderr)
    return BAD_INPUT if result.failed else OK


def _print(result: "IngestResult", quiet: bool) -> None:
    counts = dict.fromkeys(_MARKS, 0)
    passages = 0
    for document in result.documents:
        counts[document.status] += 1
        passages += document.record.passages if document.record and document.status != "failed" else 0
        if not quiet and document.status != "failed":
            title = document.record.title if document.record else ""
            note = f" ({document.message})" if document.message else ""
            print(f"[{_MARKS[document.status]}] {document.path}: {title}{note}")
    summary = ", ".join(f"{count} {_MARKS[status]}" for status, count in counts.items() if count)
    print(f"{len(result.documents)} văn bản ({summary}), {passages} đoạn, {result.seconds:.1f} giây.")


def _list(library: "Library", as_json: bool) -> int:
    from assistant.library.ingest import document_json

    records = library.documents()
    if as_json:
        documents = [
            {"path": r.path, **document_json(r), "status": "unchanged", "message": " ".join(r.notices)} for r in records
        ]
        print(json.dumps({"documents": documents}, ensure_ascii=False, indent=2))
        return OK
    for record in records:
        print(f"{record.id}\t{record.kind}\t{record.passages} đoạn\t{record.title}\t{record.path}")
    return OK


def _remove(library: "Library", document_id: str, as_json: bool) -> int:
    record = library.remove(document_id)
    if as_json:
        print(json.dumps({"removed": document_id}, ensure_ascii=False))
    else:
        print(f"Đã bỏ khỏi kho: {record.title}")
    return OK


class _Bar:
    """A progress bar on standard error, where that is a terminal."""

    def __enter__(self) -> "_Bar":
        from tqdm import tqdm

        self._bar = tqdm(total=100, unit="%", file=sys.stderr, disable=None, leave=False, bar_format=_BAR_FORMAT)
        return self

    def __exit__(self, *_: object) -> None:
        self._bar.close()

    def show(self, done: float, message: str) -> None:
        """Move the bar to `done` (0 to 1)."""
        self._bar.set_description_str(message[:60], refresh=False)
        self._bar.update(round(done * 100, 2) - self._bar.n)


_BAR_FORMAT = "{desc} {percentage:3.0f}%|{bar}| {elapsed}, còn {remaining}"

if __name__ == "__main__":
    sys.exit(main())
