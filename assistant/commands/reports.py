"""`python -m assistant reports`: the report types, the outline of one, a new one from an office's own outline."""

import argparse
import json
import re
import sys
from pathlib import Path

from assistant.errors import InputError
from assistant.output_files import make_folder, write_whole
from assistant.reports import ReportType, get_report_type, load_report_types
from assistant.reports.types import broken_types
from assistant.reports.views import outline_text, report_type_json, report_types_json
from assistant.settings import Settings


def add_arguments(parser: argparse.ArgumentParser) -> None:
    parser.add_argument(
        "report_type", nargs="?", metavar="ID", help="mã loại báo cáo; «new» tạo loại mới, «add» nhận một tệp đã sửa"
    )
    parser.add_argument("file", nargs="?", type=Path, metavar="TỆP", help="với «add»: tệp loại báo cáo (.yaml)")
    parser.add_argument("--json", action="store_true", help="in ra JSON")
    parser.add_argument("--outline", type=Path, metavar="TỆP", help="với «new»: đề cương .docx, .pdf hoặc .txt")
    parser.add_argument("-o", "--output", type=Path, metavar="TỆP", help="với «new»: ghi loại báo cáo ra tệp .yaml này")
    parser.add_argument("--id", dest="new_id", metavar="MÃ", help="với «new»: mã của loại mới")
    parser.add_argument("--name", metavar="TÊN", help="với «new»: tên của loại mới")


def run(args: argparse.Namespace, settings: Settings) -> int:
    if args.report_type == "new":
        return _new(args, settings)
    if args.report_type == "add":
        return _add(args, settings)
    if args.report_type is None:
        return _list(args.json, settings)
    report_type = get_report_type(args.report_type, settings.user_reports_dir)
    if args.json:
        print(json.dumps(report_type_json(report_type), ensure_ascii=False, indent=2))
    else:
        print("\n".join(outline_text(report_type)))
    return 0


def _list(as_json: bool, settings: Settings) -> int:
    types = load_report_types(settings.user_reports_dir)
    for message in broken_types(settings.user_reports_dir):
        print(message, file=sys.stderr)
    if as_json:
        print(json.dumps(report_types_json(types), ensure_ascii=False, indent=2))
    else:
        for report_type in types.values():
            own = " (của đơn vị)" if report_type.custom else ""
            print(f"{report_type.id}\t{report_type.name}{own}")
    return 0


def _new(args: argparse.Namespace, settings: Settings) -> int:
    from assistant.library.reading import read_document
    from assistant.reports.outline_import import import_outline, match_json, match_text

    if args.outline is None:
        raise InputError("Hãy cho biết tệp đề cương: reports new --outline de-cuong.docx -o loai-moi.yaml")
    source = read_document(args.outline, max_mb=settings.max_upload_mb)
    new_id = args.new_id or (args.output.stem if args.output else None)
    imported = import_outline(source.text, args.outline.stem, report_type_id=new_id, name=args.name)
    own = _own_file(imported.report_type_id, settings)
    text = imported.yaml()
    if args.output is not None and args.output.resolve() != own.resolve():
        write_whole(args.output, text)
    write_whole(own, text)
    print(json.dumps(match_json(imported), ensure_ascii=False, indent=2) if args.json else match_text(imported))
    shown = args.output or own
    print(
        f"Đã ghi {shown}; loại «{imported.report_type_id}» dùng được ngay. Muốn sửa cách ghép chủ đề: sửa tệp đó "
        f"rồi chạy: python -m assistant reports add {shown}",
        file=sys.stderr,
    )
    return 0


def _add(args: argparse.Namespace, settings: Settings) -> int:
    from assistant.reports.types import load_user_type

    if args.file is None:
        raise InputError("Hãy cho biết tệp loại báo cáo: reports add loai-moi.yaml")
    report_type: ReportType = load_user_type(args.file)
    write_whole(_own_file(report_type.id, settings), args.file.read_bytes())
    print(f"Đã nhận loại báo cáo «{report_type.id}»: {report_type.name}", file=sys.stderr)
    return 0


def _own_file(report_type_id: str, settings: Settings) -> Path:
    """Where an office's own type is kept; its id comes from a file that anyone may have written.

    Raises:
        InputError: the id could lead elsewhere, or is that of a type that ships.
    """
    if not re.fullmatch(r"[a-z0-9_-]+", report_type_id):
        raise InputError(f"Mã «{report_type_id}» chỉ được gồm chữ thường không dấu, chữ số, dấu _ và -; hãy đổi mã.")
    if report_type_id in load_report_types():
        raise InputError(f"Mã «{report_type_id}» là của loại báo cáo có sẵn; hãy đặt mã khác (--id, hoặc khóa id).")
    make_folder(settings.user_reports_dir)
    return settings.user_reports_dir / f"{report_type_id}.yaml"
