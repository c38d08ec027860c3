"""From a click in the browser to a function here and back: one event for each panel, errors told in Vietnamese."""

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import gradio as gr

from assistant.errors import AssistantError
from assistant.logs import log_unforeseen
from ui.jobs import Stopped
from ui.render.html import toast
from ui.workspace import Desk, desk_of

BIND = "window.tlbc.bind(element, (kind, data) => trigger('act', data));"
Updates = Mapping[Any, Any]
Handler = Callable[["Act"], "Updates | Iterator[Updates] | None"]
MANY = 20


@dataclass(frozen=True, slots=True)
class Act:
    """What an officer did.

    Attributes:
        name: the data-act of the element.
        data: its other data-* attributes, `value` of an input, `files` of an upload.
        state: what the page is about: draft, section, conversation … as the browser holds it.
        form: named values that the element collects.
        desk: the stores of the officer who did it.
    """

    name: str
    data: Mapping[str, Any]
    state: Mapping[str, str]
    form: Mapping[str, Any]
    desk: Desk

    def text(self, key: str) -> str:
        return str(self.data.get(key, "") or "")

    def field(self, key: str) -> str:
        return str(self.form.get(key, "") or "").strip()


def user_of(request: gr.Request) -> str:
    """Who asks, as the door found out; never what the browser says."""
    return str(request.username or "")


def read_act(data: Any, request: gr.Request, folder: Path) -> Act:
    """The act in an event's data; anything of the wrong shape is dropped."""
    raw = data if isinstance(data, dict) else {}
    state = raw.get("state") if isinstance(raw.get("state"), dict) else {}
    form = raw.get("form") if isinstance(raw.get("form"), dict) else {}
    rest = {key: value for key, value in raw.items() if key not in {"act", "state", "form"}}
    return Act(str(raw.get("act", "")), rest, state or {}, form or {}, desk_of(user_of(request), folder))


def panel(html: str = "", *, elem_id: str) -> Any:
    """A piece of the page whose HTML we make and whose elements speak through data-act."""
    return gr.HTML(html, elem_id=elem_id, js_on_load=BIND + " /* 'act' */", apply_default_css=False)


def notice_panel() -> Any:
    """Where passing messages come from; the browser shows them at the foot of the window."""
    return panel("<div data-panel></div>", elem_id="notice")


def tell(text: str, kind: str = "warning", seconds: int = 12) -> str:
    """What the notice panel holds to show a message."""
    return f"<div data-panel>{toast(text, kind, seconds)}</div>"


def wire(source: Any, handle: Handler, outputs: Sequence[Any], folder: Path, notice: Any, *, limit: int = MANY) -> None:
    """Let a panel's acts be handled.

    Args:
        handle: returns, or yields, new values by output; what it leaves out stays as it is.
        folder: the page's folder of the data directory.
        notice: the panel of passing messages.
        limit: how many may be under way at once.
    """
    nothing = {outputs[0]: gr.skip()}

    def run(event: gr.EventData, request: gr.Request) -> Iterator[Updates]:
        act = read_act(event._data, request, folder)
        try:
            result = handle(act)
            if isinstance(result, Iterator):
                for updates in result:
                    yield updates or nothing
            else:
                yield result or nothing
        except Stopped:
            yield {notice: tell("Đã dừng theo yêu cầu.", "info", 5)}
        except AssistantError as error:
            yield {notice: tell(str(error))}
        except Exception as error:
            yield {notice: tell(log_unforeseen(error, folder.parent), "error", 20)}

    source.act(
        run,
        inputs=None,
        outputs=[*outputs, notice],
        show_progress="hidden",
        trigger_mode="multiple",
        concurrency_limit=limit,
        api_visibility="private",
    )


def on_open(blocks: Any, handle: Callable[[Desk], Updates], outputs: Sequence[Any], folder: Path, notice: Any) -> None:
    """Fill panels when a browser opens the page."""

    def run(request: gr.Request) -> Updates:
        try:
            return handle(desk_of(user_of(request), folder))
        except AssistantError as error:
            return {notice: tell(str(error))}
        except Exception as error:
            return {notice: tell(log_unforeseen(error, folder.parent), "error", 20)}

    blocks.load(run, None, [*outputs, notice], show_progress="hidden", api_visibility="private", concurrency_limit=MANY)
