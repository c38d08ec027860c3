"""`python -m ui [--host] [--port]` opens the page; `python -m ui users …` keeps the users file.

Arguments are read before anything heavy is imported, so that a wrong one is answered at once.
"""

import argparse
import os
import sys
from collections.abc import Sequence
from pathlib import Path

from assistant.arguments import ArgumentParser, add_data_dir
from assistant.errors import SettingsError
from assistant.face import guarded, use_utf8
from assistant.settings import Settings
from ui.addresses import is_loopback

USER_ACTIONS = {"add": "thêm hoặc đổi mật khẩu", "remove": "xóa", "list": "liệt kê"}


def refuse_open_door(host: str, settings: Settings) -> None:
    """Raise unless the address is this machine's own or users are configured.

    Raises:
        SettingsError: the page would be open to the network without a password.
    """
    if is_loopback(host):
        return
    from ui.security.users import UserBook

    if settings.users_file is None or not UserBook(settings.users_file).names():
        raise SettingsError(
            f"Không mở trang ở địa chỉ {host} khi chưa có người dùng: hãy đặt TLBC_USERS_FILE rồi chạy "
            "«python -m ui users add TÊN», hoặc dùng --host 127.0.0.1."
        )


def _parser() -> ArgumentParser:
    parser = ArgumentParser(prog="python -m ui", description="Trang làm việc của Trợ lý báo cáo")
    parser.add_argument("--host", default="127.0.0.1", metavar="ĐỊA_CHỈ", help="địa chỉ lắng nghe (mặc định 127.0.0.1)")
    parser.add_argument("--port", type=int, metavar="CỔNG", default=7860, help="cổng (mặc định 7860)")
    add_data_dir(parser)
    parser.add_argument("--mcp", action="store_true", help="mở thêm máy chủ MCP (mặc định tắt)")
    return parser


def _users_parser() -> ArgumentParser:
    parser = ArgumentParser(prog="python -m ui users", description="Quản lý tệp người dùng")
    parser.add_argument(
        "action", metavar="VIỆC", choices=USER_ACTIONS, help="; ".join(f"{k}: {v}" for k, v in USER_ACTIONS.items())
    )
    parser.add_argument("name", nargs="?", metavar="TÊN", help="tên đăng nhập")
    parser.add_argument("--admin", action="store_true", help="được quản lý người dùng và dữ liệu chung")
    parser.add_argument("--data-dir", type=Path, help=argparse.SUPPRESS)
    return parser


def _serve(args: argparse.Namespace, settings: Settings) -> int:
    refuse_open_door(args.host, settings)
    # no telemetry, no look-up of versions, no share tunnel: set before gradio reads them
    os.environ["GRADIO_ANALYTICS_ENABLED"] = "False"
    os.environ["HF_HUB_OFFLINE"] = "1"
    from ui.server import serve

    return serve(settings, host=args.host, port=args.port, mcp=args.mcp)


def _users(args: argparse.Namespace, settings: Settings) -> int:
    from ui.security.users_command import run

    return run(args.action, args.name, admin=args.admin, settings=settings)


def main(argv: Sequence[str] | None = None) -> int:
    """Returns the exit status: 0 done, 1 bad input or settings, 2 wrong usage."""
    use_utf8()
    arguments = list(sys.argv[1:] if argv is None else argv)
    if arguments[:1] == ["users"]:
        args = _users_parser().parse_args(arguments[1:])
        return guarded(lambda settings: _users(args, settings), args.data_dir)
    args = _parser().parse_args(arguments)
    return guarded(lambda settings: _serve(args, settings), args.data_dir)


if __name__ == "__main__":
    sys.exit(main())
