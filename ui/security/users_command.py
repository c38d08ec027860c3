"""`python -m ui users add|remove|list`: the users file from the command line."""

import getpass
import sys

from assistant.errors import InputError, SettingsError
from assistant.settings import Settings
from ui.security.users import UserBook


def _ask_password() -> str:
    if not sys.stdin.isatty():
        return sys.stdin.readline().rstrip("\n")
    first = getpass.getpass("Mật khẩu: ")
    if first != getpass.getpass("Nhập lại mật khẩu: "):
        raise InputError("Hai lần nhập mật khẩu không giống nhau; hãy nhập lại.")
    return first


def run(action: str, name: str | None, *, admin: bool, settings: Settings) -> int:
    """Returns the exit status.

    Raises:
        SettingsError: `TLBC_USERS_FILE` is not set.
        InputError: no such user, or the name or password will not do.
    """
    if settings.users_file is None:
        raise SettingsError("Chưa đặt TLBC_USERS_FILE; hãy đặt đường dẫn tệp người dùng trong môi trường hoặc .env.")
    book = UserBook(settings.users_file)
    if action == "list":
        for record in book.records():
            print(record.name + (" (quản trị)" if record.admin else ""))
        return 0
    if not name:
        raise InputError("Hãy ghi tên đăng nhập sau lệnh, ví dụ: python -m ui users add lan.")
    if action == "remove":
        book.remove(name)
        print(f"Đã xóa người dùng {name}.")
        return 0
    book.set_password(name, _ask_password(), admin=True if admin else None)
    print(f"Đã lưu người dùng {name} vào {settings.users_file}.")
    return 0
