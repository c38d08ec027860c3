"""The users file: names and argon2id hashes in YAML, never a password."""

from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

import yaml

from assistant.errors import InputError, SettingsError
from assistant.output_files import make_folder, write_whole

MIN_PASSWORD = 10


@dataclass(frozen=True, slots=True)
class UserRecord:
    """One line of the users file.

    Attributes:
        name: what is typed at the door (kept in lower case).
        password: argon2id hash in PHC form.
        full_name: shown on the page.
        admin: may manage users and the office's shared data.
    """

    name: str
    password: str
    full_name: str = ""
    admin: bool = False


class UserBook:
    """Reads and writes the users file; it is read anew whenever it has changed, so a change counts at once."""

    def __init__(self, path: Path) -> None:
        self.path = path
        self._read: tuple[tuple[int, int], list[UserRecord]] | None = None

    def records(self) -> list[UserRecord]:
        """Raises SettingsError where the file is there but is no users file."""
        if not self.path.is_file():
            return []
        state = self.path.stat()
        mark = (state.st_mtime_ns, state.st_size)
        if self._read is None or self._read[0] != mark:
            self._read = mark, self._records()
        return self._read[1]

    def _records(self) -> list[UserRecord]:
        try:
            data: Any = yaml.safe_load(self.path.read_text("utf-8")) or {}
            return [UserRecord(**{**row, "name": str(row["name"]).lower()}) for row in data.get("users", [])]
        except (yaml.YAMLError, KeyError, TypeError, AttributeError, UnicodeDecodeError, OSError) as error:
            raise SettingsError(
                f"Không đọc được tệp người dùng {self.path}; hãy tạo lại bằng «python -m ui users add TÊN»."
            ) from error

    def names(self) -> list[str]:
        return [record.name for record in self.records()]

    def find(self, name: str) -> UserRecord | None:
        wanted = name.strip().lower()
        return next((record for record in self.records() if record.name == wanted), None)

    def verify(self, name: str, password: str) -> UserRecord | None:
        """The user, if the password is theirs. Takes as long for an unknown name as for a wrong password."""
        from argon2 import PasswordHasher
        from argon2.exceptions import InvalidHashError, VerificationError

        hasher = PasswordHasher()
        record = self.find(name)
        if record is None:
            hasher.hash(password)
            return None
        try:
            hasher.verify(record.password, password)
        except (VerificationError, InvalidHashError):
            return None
        if hasher.check_needs_rehash(record.password):
            self._put(replace(record, password=hasher.hash(password)))
        return record

    def set_password(
        self, name: str, password: str, *, full_name: str | None = None, admin: bool | None = None
    ) -> UserRecord:
        """Add a user or change a password; the first user is an administrator.

        Raises:
            InputError: the name or the password will not do.
        """
        from argon2 import PasswordHasher

        name = name.strip().lower()
        if not name or not all(c.isalnum() or c in "._-" for c in name):
            raise InputError("Tên đăng nhập chỉ gồm chữ, số, dấu chấm, gạch nối; hãy chọn tên khác.")
        if len(password) < MIN_PASSWORD:
            raise InputError(f"Mật khẩu phải có ít nhất {MIN_PASSWORD} ký tự; hãy đặt mật khẩu dài hơn.")
        old = self.find(name)
        base = old or UserRecord(name, "", admin=not self.names())
        record = replace(
            base,
            password=PasswordHasher().hash(password),
            full_name=base.full_name if full_name is None else full_name,
            admin=base.admin if admin is None else admin,
        )
        self._put(record)
        return record

    def remove(self, name: str) -> None:
        """Raises InputError for an unknown name or the last administrator."""
        record = self.find(name)
        if record is None:
            raise InputError(f"Không có người dùng «{name}»; hãy xem danh sách người dùng.")
        rest = [other for other in self.records() if other.name != record.name]
        if record.admin and rest and not any(other.admin for other in rest):
            raise InputError("Không xóa được quản trị viên cuối cùng; hãy cấp quyền cho người khác trước.")
        self._write(rest)

    def _put(self, record: UserRecord) -> None:
        rest = [other for other in self.records() if other.name != record.name]
        self._write(sorted([*rest, record], key=lambda r: r.name))

    def _write(self, records: list[UserRecord]) -> None:
        rows = [{"name": r.name, "full_name": r.full_name, "admin": r.admin, "password": r.password} for r in records]
        make_folder(self.path.parent)
        write_whole(self.path, yaml.safe_dump({"users": rows}, allow_unicode=True, sort_keys=False), private=True)


def in_charge(book: UserBook | None, user: str) -> bool:
    """Whether a user may manage users and shared data: where nobody logs in, whoever sits at the machine may."""
    if book is None or not book.names():
        return True
    record = book.find(user)
    return record is not None and record.admin
