"""`python -m assistant check FILE`: references, figures, units, wording and form of a report."""

import argparse
import json
import sys
from datetime import date
from pathlib import Path
from typing import Any

from assistant.errors import InputError
from assistant.output_files import write_whole
from assistant.settings import Settings

_SENTENCES = 1500  # code points


def add_arguments(parser: argparse.ArgumentParser) -> None:
    what = parser.add_mutually_exclusive_group()
    what.add_argument(
        "file", nargs="?", type=Path, metavar="TỆP", help="báo cáo cần kiểm tra (.docx .pdf .txt .md .html)"
    )
    what.add_argument("--text", metavar="VĂN_BẢN", help="kiểm tra một đoạn văn bản dán vào")
    parser.add_argument("--report-type", metavar="ID", help="loại báo cáo (mặc định tự nhận theo đề cương)")
    parser.add_argument("--report-date", metavar="NĂM-THÁNG-NGÀY", help="ngày của báo cáo, để xét hiệu lực văn bản")
    parser.add_argument("--previous", type=Path, metavar="TỆP", help="báo cáo kỳ trước, để tìm đoạn chép lại")
    parser.add_argument("-o", "--output", type=Path, metavar="TỆP.docx", help="bản Word có ghi chú tại từng chỗ")
    parser.add_argument("--html", type=Path, metavar="TỆP.html", help="trang kết quả để đọc")
    parser.add_argument("--text-out", type=Path, metavar="TỆP.txt", help="văn bản mà các vị trí được đếm trên đó")
    parser.add_argument("--baseline", type=Path, metavar="TỆP.json", help="danh sách phát hiện đã chấp nhận, để ẩn đi")
    parser.add_argument(
        "--accept", action="append", default=[], metavar="MÃ", help="chấp nhận một phát hiện (ghi vào --baseline)"
    )
    parser.add_argument("--json", action="store_true", help="in kết quả dạng JSON")


def run(args: argparse.Namespace, settings: Settings) -> int:
    from assistant.application import Application
    from assistant.check.baseline import Baseline
    from assistant.check.render import as_text
    from assistant.check.service import read_pasted

    if args.file is None and args.text is None and not args.accept:
        raise InputError("Chưa có gì để kiểm tra: cho đường dẫn tệp báo cáo, hoặc --text «đoạn văn bản».")
    baseline = Baseline.at(args.baseline, settings.data_dir)
    if args.accept:
        baseline = baseline.accept(args.accept)
        print(f"Đã ghi {len(args.accept)} phát hiện được chấp nhận vào {baseline.path}", file=sys.stderr)
        if args.file is None and args.text is None:
            return 0
    application = Application(settings)
    source = application.read(args.file) if args.text is None else read_pasted(args.text)
    accepted = sorted(baseline.ids) if args.baseline or args.accept else ()
    day = _day(args.report_date)
    if args.text is not None and len(args.text) < _SENTENCES and not (args.report_type or args.previous):
        from assistant.check.checker import check_document

        # a few sentences have no outline: the report types need not be read for them
        result = check_document(source, registry=application.registry, report_date=day, accepted=accepted)
    else:
        result = application.check(
            source, report_type=args.report_type, report_date=day, previous=args.previous, accepted=accepted
        )
    _write_outputs(args, source, result)
    if args.json:
        print(json.dumps(result.to_json(), ensure_ascii=False, indent=1))
    else:
        print(as_text(result))
    return 0


def _write_outputs(args: argparse.Namespace, source: Any, result: Any) -> None:
    if args.text_out:
        write_whole(args.text_out, source.text)
    if args.html:
        from assistant.check.html_page import render_page

        write_whole(args.html, render_page(result))
    if args.output:
        from assistant.check.annotate import annotate

        annotate(source, result, args.output, original=args.file)


def _day(written: str | None) -> date | None:
    if not written:
        return None
    try:
        return date.fromisoformat(written)
    except ValueError:
        raise InputError(f"Ngày báo cáo «{written}» không có thật; viết theo mẫu 2025-12-15.") from None
