"""The page itself: five tabs in one Gradio app, and the endpoints for programs."""

from typing import Any

import gradio as gr

from ui.api import add_endpoints
from ui.events import notice_panel, on_open, panel
from ui.office import Office
from ui.render.page import masthead, tools
from ui.security.sessions import SessionStore
from ui.tabs.ask import AskTab
from ui.tabs.check import CheckTab
from ui.tabs.draft import DraftTab
from ui.tabs.library import LibraryTab
from ui.tabs.settings import SettingsTab
from ui.workspace import Desk

TITLE = "Trợ lý báo cáo"
QUEUE_PLACES = 200


def build(office: Office, sessions: SessionStore) -> Any:
    """The Blocks of the page; everything an officer leaves is under `office.folder`."""
    with gr.Blocks(title=TITLE, fill_width=True, analytics_enabled=False) as blocks:
        head = panel(masthead(""), elem_id="masthead")
        buttons = panel(tools(None), elem_id="tools")
        notice = notice_panel()
        with gr.Tabs(selected="ask", elem_id="main", overflow_behavior="wrap") as tabs:
            with gr.Tab("Hỏi đáp", id="ask", elem_id="tab-ask"):
                ask = AskTab(office)
            with gr.Tab("Soạn báo cáo", id="draft", elem_id="tab-draft"):
                draft = DraftTab(office, tabs)
            with gr.Tab("Kiểm tra", id="check", elem_id="tab-check"):
                check = CheckTab(office)
            with gr.Tab("Kho tri thức", id="library", elem_id="tab-library"):
                library = LibraryTab(office)
            with gr.Tab("Cài đặt", id="settings", elem_id="tab-settings"):
                settings = SettingsTab(office, sessions)

        def opened(desk: Desk) -> dict[Any, Any]:
            named = desk.user if settings.book is not None and not desk.user.startswith("may:") else None
            return {head: masthead(desk.profile.get().unit_label), buttons: tools(named)}

        on_open(blocks, opened, [head, buttons], office.folder, notice)
        draft.connect(blocks, notice)
        ask.connect(blocks, notice, {"open": draft.open_section, "outputs": draft.outputs})
        check.connect(blocks, notice)
        library.connect(blocks, notice)
        settings.connect(blocks, notice, head)
        add_endpoints(office, sessions)
    blocks.queue(max_size=QUEUE_PLACES, default_concurrency_limit=20)
    return blocks
