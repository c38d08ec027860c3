"""The reader of command lines that speaks Vietnamese: argparse's own words are English."""

import argparse
import re
from collections.abc import Iterable
from pathlib import Path
from typing import Any, NoReturn

_MESSAGES = (
    (r"the following arguments are required: (.+)", r"còn thiếu \1"),
    (r"unrecognized arguments: (.+)", r"không có tham số \1"),
    (r"argument (.+): invalid choice: '(.*)' \(choose from (.+)\)", r"\1 không nhận «\2», chỉ nhận \3"),
    (r"argument (.+): invalid int value: '(.*)'", r"\1 phải là số nguyên, không phải «\2»"),
    (r"argument (.+): expected one argument", r"\1 cần một giá trị đi kèm"),
    (r"argument (.+): not allowed with argument (.+)", r"\1 không dùng cùng với \2"),
)


class ArgumentParser(argparse.ArgumentParser):
    """Ends wrong usage with status 2 and one sentence."""

    def __init__(self, *, add_help: bool = True, **options: Any) -> None:
        super().__init__(**{**options, "formatter_class": _Formatter, "add_help": False, "allow_abbrev": False})
        self._positionals.title, self._optionals.title = "tham số", "tùy chọn"
        if add_help:
            self.add_argument("-h", "--help", action="help", help="in hướng dẫn này rồi thoát")

    def error(self, message: str) -> NoReturn:
        for english, vietnamese in _MESSAGES:
            message = re.sub(rf"^{english}$", vietnamese, message, flags=re.DOTALL)
        self.exit(2, f"Sai cách dùng lệnh: {message}; xem hướng dẫn bằng: {self.prog} --help\n")


def add_data_dir(parser: argparse.ArgumentParser) -> None:
    """The option that every command takes."""
    parser.add_argument(
        "--data-dir", type=Path, metavar="THƯ_MỤC", help="thư mục dữ liệu (mặc định theo TLBC_DATA_DIR)"
    )


class _Formatter(argparse.HelpFormatter):
    def add_usage(
        self,
        usage: str | None,
        actions: Iterable[argparse.Action],
        groups: Iterable[Any],
        prefix: str | None = None,
    ) -> None:
        super().add_usage(usage, actions, groups, "Cách dùng: " if prefix is None else prefix)
