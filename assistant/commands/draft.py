"""`python -m assistant draft ID --inputs FILE`: a report from its inputs, as Word, JSON and an evidence workbook."""

import argparse
import json
import sys
from pathlib import Path

from assistant.application import Application
from assistant.draft.model import Draft
from assistant.draft.to_json import draft_json
from assistant.errors import SettingsError, UnsupportedFileError
from assistant.legal.registry import Registry
from assistant.settings import Settings

_LEVELS = {"error": "Sai", "warning": "Cần xem", "info": "Lưu ý"}


def add_arguments(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("report_type", metavar="ID", help="mã loại báo cáo (xem `reports`)")
    parser.add_argument("--inputs", type=Path, required=True, metavar="TỆP", help="tệp số liệu .yaml, .json hoặc .xlsx")
    parser.add_argument("-o", "--output", type=Path, metavar="TỆP.docx", help="tệp Word sẽ ghi")
    parser.add_argument("--section", metavar="MÃ", help="chỉ soạn mục có mã này")
    parser.add_argument("--previous", type=Path, metavar="TỆP", help="số liệu kỳ trước, để so sánh")
    parser.add_argument("--evidence", type=Path, metavar="TỆP.xlsx", help="ghi bảng bằng chứng ra tệp .xlsx")
    parser.add_argument("--comments", action="store_true", help="ghi bằng chứng thành nhận xét trong tệp Word")
    parser.add_argument("--sources", action="store_true", help="đánh số nguồn trong văn bản và liệt kê ở cuối")
    parser.add_argument("--strict", action="store_true", help="có vấn đề thì kết thúc với mã 1")
    parser.add_argument(
        "--rewrite", action="store_true", help="nhờ mô hình hội thoại đã cấu hình viết lại câu chữ; số liệu giữ nguyên"
    )
    parser.add_argument("--json", action="store_true", help="in ra JSON")


def run(args: argparse.Namespace, settings: Settings) -> int:
    _check_names(args)
    application = Application(settings)
    draft = application.draft(args.report_type, args.inputs, section=args.section, previous=args.previous)
    if args.rewrite:
        draft = _rewritten(draft, settings, application.registry)
    _write_files(draft, args)
    if args.json:
        print(json.dumps(draft_json(draft), ensure_ascii=False, indent=2))
    else:
        _print_text(draft, args)
    return 1 if args.strict and (draft.problems or draft.unsupported) else 0


def _check_names(args: argparse.Namespace) -> None:
    """Word will not open its own document under another ending."""
    for path, suffix in ((args.output, ".docx"), (args.evidence, ".xlsx")):
        if path is not None and path.suffix.lower() != suffix:
            raise UnsupportedFileError(f"Tên tệp «{path.name}» phải có đuôi {suffix}; hãy đặt lại tên.")


def _rewritten(draft: Draft, settings: Settings, registry: Registry) -> Draft:
    """The draft in the configured chat model's words as far as they pass the gate; what changed goes to stderr.

    Raises:
        SettingsError: no chat model is configured.
    """
    if not settings.chat_model:
        raise SettingsError("Chưa cấu hình mô hình hội thoại; hãy đặt TLBC_CHAT_MODEL hoặc bỏ --rewrite.")
    from assistant.ask.chat import open_model
    from assistant.draft.rewrite import SECONDS, rewrite_section

    model = open_model(settings, SECONDS)
    for section in draft.sections:
        result = rewrite_section(draft, section.id, model, registry)
        draft = result.draft
        if result.notice:
            print(result.notice, file=sys.stderr)
            break
        for item in result.differences:
            mark = "thay" if item.used else f"giữ nguyên ({item.reason})"
            print(f"[{item.key}] {mark}\n  trước: {item.before}\n  sau:   {item.after}", file=sys.stderr)
    return draft


def _write_files(draft: Draft, args: argparse.Namespace) -> None:
    if args.output is not None:
        from assistant.draft.to_docx import write_docx

        write_docx(draft, args.output, comments=args.comments, sources=args.sources)
    if args.evidence is not None:
        from assistant.draft.evidence_book import write_evidence

        write_evidence(draft, args.evidence)


def _print_text(draft: Draft, args: argparse.Namespace) -> None:
    if args.output is None:
        from assistant.draft.to_text import draft_text

        print(draft_text(draft))
    else:
        print(f"Đã ghi {args.output}.")
    missing = draft.missing
    if missing:
        print(f"Còn thiếu {len(missing)} số liệu: {', '.join(missing)}.", file=sys.stderr)
    for problem in draft.problems:
        print(f"[{_LEVELS[problem.severity]}] {problem.field}: {problem.message}", file=sys.stderr)
