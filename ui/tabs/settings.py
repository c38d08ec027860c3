"""Cài đặt: the unit, models, users, storage, backup, about."""

from collections.abc import Iterator
from datetime import date
from typing import Any

import gradio as gr
from markupsafe import Markup

from assistant.errors import InputError
from ui.about import versions
from ui.backup import folder_sizes, stage_restore, write_backup
from ui.events import Act, Handler, Updates, on_open, panel, wire
from ui.office import Office
from ui.render.html import download, render, short_date, toast
from ui.render.page import masthead
from ui.security.login import too_many
from ui.security.sessions import SessionStore
from ui.security.users import UserBook, in_charge
from ui.store.profile import UNIT_FIELDS
from ui.workspace import Desk

UNIT_CHOICES = {
    "commune_kind": ("xã", "phường", "đặc khu"),
    "village_kind": ("thôn", "ấp", "xóm", "bản", "khu phố", "tổ dân phố"),
}


class SettingsTab:
    """The tab's one panel and what happens in it."""

    def __init__(self, office: Office, sessions: SessionStore) -> None:
        self.office = office
        self.sessions = sessions
        users_file = office.settings.users_file
        self.book = UserBook(users_file) if users_file else None
        with gr.Column(elem_id="settings", elem_classes="page"):
            self.panel = panel(elem_id="settings-panel")

    def connect(self, blocks: Any, notice: Any, head: Any) -> None:
        self.head = head
        wire(self.panel, self.handle, [self.panel, head], self.office.folder, notice)
        on_open(blocks, lambda desk: {self.panel: self.html(desk)}, [self.panel], self.office.folder, notice)

    def html(self, desk: Desk, extra: str = "", test: str = "") -> str:
        admin = in_charge(self.book, desk.user)
        return render(
            "settings.html.j2",
            unit_fields=UNIT_FIELDS,
            unit_choices=UNIT_CHOICES,
            unit=desk.profile.get().unit,
            admin=admin,
            with_users=self.book is not None,
            users=self.book.records() if self.book is not None and admin else [],
            me=desk.user,
            models=self.office.models(),
            test=test,
            sizes=folder_sizes(self.office.settings.data_dir),
            data_dir=self.office.settings.data_dir if admin else "",
            versions=versions(),
            extra=Markup(extra),
        )

    def handle(self, act: Act) -> Updates | Iterator[Updates] | None:
        actions: dict[str, Handler] = {
            "unit": self.save_unit,
            "test-model": self.test_model,
            "user-add": self.add_user,
            "user-remove": self.remove_user,
            "password": self.change_password,
            "backup": self.backup,
            "restore": self.restore,
        }
        action = actions.get(act.name)
        return action(act) if action else None

    def _must_be_admin(self, act: Act) -> None:
        if not in_charge(self.book, act.desk.user):
            raise InputError("Việc này cần quyền quản trị; hãy nhờ quản trị viên của cơ quan.")

    def save_unit(self, act: Act) -> Updates:
        unit = {name: act.field(name) for name in UNIT_FIELDS}
        for_office = bool(act.form.get("for_office")) and in_charge(self.book, act.desk.user)
        profile = act.desk.profile.set_unit(unit, for_office=for_office)
        return {
            self.panel: self.html(act.desk, toast("Đã lưu thông tin đơn vị.")),
            self.head: masthead(profile.unit_label),
        }

    def test_model(self, act: Act) -> Iterator[Updates]:
        yield {self.panel: self.html(act.desk, test="Đang thử kết nối…")}
        yield {self.panel: self.html(act.desk, test=self.office.try_chat_model())}

    def _users(self) -> UserBook:
        if self.book is None:
            raise InputError("Chưa bật người dùng; hãy đặt TLBC_USERS_FILE rồi khởi động lại.")
        return self.book

    def add_user(self, act: Act) -> Updates:
        self._must_be_admin(act)
        record = self._users().set_password(
            act.field("name"),
            str(act.form.get("password", "")),
            full_name=act.field("full_name") or None,
            admin=bool(act.form.get("admin")),
        )
        self.sessions.end_all(record.name) if record.name != act.desk.user else None
        return {self.panel: self.html(act.desk, toast(f"Đã lưu người dùng {record.name}."))}

    def remove_user(self, act: Act) -> Updates:
        self._must_be_admin(act)
        if act.text("name") == act.desk.user:
            raise InputError("Không tự xóa được chính mình; hãy nhờ quản trị viên khác.")
        self._users().remove(act.text("name"))
        self.sessions.end_all(act.text("name"))
        return {self.panel: self.html(act.desk, toast("Đã xóa người dùng."))}

    def change_password(self, act: Act) -> Updates:
        book, user = self._users(), act.desk.user
        # a session left open must not become a place to guess at
        here = f"page:{user}"
        if wait := self.sessions.attempt(user, here):
            raise InputError(too_many(wait))
        if book.verify(user, str(act.form.get("old", ""))) is None:
            raise InputError("Mật khẩu hiện tại chưa đúng; hãy nhập lại.")
        self.sessions.succeeded(user, here)
        book.set_password(user, str(act.form.get("new", "")))
        # whoever else knew the old one is out; this browser too, and logs in with the new one
        self.sessions.end_all(user)
        return {self.panel: self.html(act.desk, toast("Đã đổi mật khẩu; hãy đăng nhập lại bằng mật khẩu mới."))}

    def backup(self, act: Act) -> Updates:
        self._must_be_admin(act)
        stored = act.desk.files.place(f"sao-luu-{date.today().isoformat()}.zip")
        write_backup(self.office.settings, stored.path)
        return {self.panel: self.html(act.desk, download(f"/tai-ve/{stored.id}"))}

    def restore(self, act: Act) -> Updates:
        self._must_be_admin(act)
        files = act.data.get("files") or [{}]
        stored = act.desk.files.get(str(files[0].get("id", "")))
        made = stage_restore(self.office.settings, stored.path)
        act.desk.files.remove(stored.id)
        text = (
            f"Đã nhận bản sao lưu ngày {short_date(made)}. Hãy tắt và mở lại chương trình để dùng; "
            "dữ liệu đang có được giữ lại trong thư mục .khoi-phuc."
        )
        return {self.panel: self.html(act.desk, toast(text, "info", 20))}
