"""The command line: `python -m assistant VERB …`. Each verb lives in `assistant/commands/VERB.py`.

A command module has `add_arguments(parser)` and `run(args, settings) -> int`, and is imported only when its
verb is called, so that no verb pays for another's libraries.
"""

import importlib
import sys
from collections.abc import Sequence

from assistant.arguments import ArgumentParser, add_data_dir
from assistant.face import guarded, use_utf8
from assistant.settings import Settings

COMMANDS = {
    "ask": "hỏi: câu trả lời có nguồn, hoặc nói rõ là không tìm thấy",
    "search": "tìm đoạn văn bản trong kho tri thức",
    "reports": "liệt kê loại báo cáo, xem đề cương, tạo loại báo cáo mới",
    "inputs": "tạo biểu mẫu nhập số liệu (xlsx hoặc yaml)",
    "draft": "soạn báo cáo từ số liệu",
    "check": "kiểm tra báo cáo: viện dẫn, số liệu, sót lỗi",
    "registry": "danh mục văn bản: liệt kê, xem, kiểm tra hợp lệ",
    "settings": "xem các thiết lập đang dùng",
    "demo": "chạy thử ba việc trên một xã hư cấu",
}


def _common() -> ArgumentParser:
    common = ArgumentParser(add_help=False)
    add_data_dir(common)
    return common


def _parser(verb: str | None) -> ArgumentParser:
    parser = ArgumentParser(prog="python -m assistant", description="Trợ lý báo cáo cấp xã")
    subparsers = parser.add_subparsers(dest="verb", required=True, metavar="LỆNH")
    for name, help_text in COMMANDS.items():
        subparser = subparsers.add_parser(name, help=help_text, description=help_text)
        add_data_dir(subparser)
        if name == verb:
            importlib.import_module(f"assistant.commands.{name}").add_arguments(subparser)
    return parser


def main(argv: Sequence[str] | None = None) -> int:
    """Run one command; returns its exit status (0 done, 1 bad input, 2 wrong usage)."""
    arguments = list(sys.argv[1:] if argv is None else argv)
    use_utf8()
    verb = next((argument for argument in arguments if argument in COMMANDS), None)
    # taken out first: a verb with verbs of its own ("registry show") would refuse it behind them
    common, rest = _common().parse_known_args(arguments)
    return guarded(lambda settings: _run(verb, rest, settings), common.data_dir)


def _run(verb: str | None, arguments: Sequence[str], settings: Settings) -> int:
    args = _parser(verb).parse_args(arguments)
    command = importlib.import_module(f"assistant.commands.{args.verb}")
    return int(command.run(args, settings))
