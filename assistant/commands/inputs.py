"""`python -m assistant inputs ID -o FILE.(xlsx|yaml)`: a blank form for the officer, or one with values in it."""

import argparse
import sys
from pathlib import Path

from assistant.errors import UnsupportedFileError
from assistant.output_files import write_whole
from assistant.reports import get_report_type, read_inputs
from assistant.settings import Settings


def add_arguments(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("report_type", metavar="ID", help="mã loại báo cáo (xem lệnh reports)")
    parser.add_argument("-o", "--output", type=Path, required=True, metavar="TỆP", help="tệp .xlsx hoặc .yaml")
    parser.add_argument("--inputs", type=Path, metavar="TỆP", help="điền sẵn số liệu của tệp này")
    parser.add_argument("--previous", type=Path, metavar="TỆP", help="số liệu kỳ trước, đặt cạnh để so")


def run(args: argparse.Namespace, settings: Settings) -> int:
    report_type = get_report_type(args.report_type, settings.user_reports_dir)
    suffix = args.output.suffix.lower()
    if suffix not in (".xlsx", ".yaml", ".yml"):
        raise UnsupportedFileError(f"Biểu mẫu ghi ra tệp .xlsx hoặc .yaml, không phải «{args.output.name}».")
    inputs = read_inputs(args.inputs, report_type) if args.inputs else None
    previous = read_inputs(args.previous, report_type) if args.previous else None
    if suffix == ".xlsx":
        from assistant.reports.workbook_write import write_workbook

        write_workbook(report_type, args.output, inputs=inputs, previous=previous)
    else:
        from assistant.reports.blank_yaml import blank_yaml

        write_whole(args.output, blank_yaml(report_type, inputs))
    for problem in (*(inputs.problems if inputs else ()), *(previous.problems if previous else ())):
        print(problem.message, file=sys.stderr)
    print(f"Đã ghi biểu mẫu {args.output}", file=sys.stderr)
    return 0
