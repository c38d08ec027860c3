"""Files in and out of the page, apart from Gradio's own doors: sized while they arrive, checked, owned by one user."""

from collections.abc import Callable
from pathlib import Path

from fastapi import FastAPI, Request
from starlette.concurrency import run_in_threadpool
from starlette.responses import FileResponse, JSONResponse, Response

from assistant.errors import AssistantError, FileTooLargeError
from ui.security.files import CHECKABLE, DOCUMENTS, INPUTS, check_upload, safe_name
from ui.store.files import StoredFile
from ui.workspace import Desk, desk_of

BACKUP_MAX_MB = 4096
DOORS: dict[str, frozenset[str]] = {
    "kiem-tra": frozenset(CHECKABLE),
    "kho": frozenset(DOCUMENTS),
    "so-lieu": frozenset(INPUTS),
    "ky-truoc": frozenset(CHECKABLE | INPUTS),
    "sao-luu": frozenset({".zip"}),
}


async def _receive(request: Request, stored: StoredFile, max_mb: int) -> None:
    """Write the body to disk as it comes.

    Raises:
        FileTooLargeError: as soon as the limit is passed.
    """
    limit, size = max_mb * 1024 * 1024, 0
    with stored.path.open("wb") as file:
        async for chunk in request.stream():
            size += len(chunk)
            if size > limit:
                raise FileTooLargeError(
                    f"Tệp «{stored.name}» lớn hơn {max_mb} MB; hãy tách hoặc nén bớt ảnh rồi gửi lại."
                )
            file.write(chunk)


async def _take_in(request: Request, desk: Desk, door: str, max_mb: int) -> Response:
    stored = desk.files.place(safe_name(request.query_params.get("ten", "tep")))
    if door == "sao-luu":
        max_mb = BACKUP_MAX_MB
    try:
        await _receive(request, stored, max_mb)
        if door != "sao-luu":
            await run_in_threadpool(check_upload, stored.path, allowed=set(DOORS[door]), max_mb=max_mb)
    except AssistantError as error:
        desk.files.remove(stored.id)
        return JSONResponse({"message": str(error)}, 400)
    except OSError:
        desk.files.remove(stored.id)
        return JSONResponse(
            {"message": "Máy chạy chương trình không lưu được tệp; hãy kiểm tra chỗ trống trên ổ đĩa."}, 507
        )
    return JSONResponse({"id": stored.id, "name": stored.name, "size": stored.size})


def add_transfer(
    app: FastAPI, office: Path, max_mb: int, original: Callable[[str], Path], in_charge: Callable[[str], bool]
) -> None:
    """Add `/tai-len/{door}`, `/tai-ve/{id}` and `/tai-lieu?id=…`.

    Args:
        original: path of the original of a library document; raises for one that is not there.
        in_charge: whether a user may restore a backup.
    """

    @app.post("/tai-len/{door}", response_model=None)
    async def upload(request: Request, door: str) -> Response:
        if door not in DOORS:
            return JSONResponse({"message": "Không có nơi nhận tệp này."}, 404)
        user = str(request.scope["tlbc.user"])
        if door == "sao-luu" and not in_charge(user):
            return JSONResponse({"message": "Việc này cần quyền quản trị; hãy nhờ quản trị viên của cơ quan."}, 403)
        desk = desk_of(user, office)
        return await _take_in(request, desk, door, max_mb)

    @app.get("/tai-ve/{file_id}", response_model=None)
    async def download(request: Request, file_id: str) -> Response:
        desk = desk_of(str(request.scope["tlbc.user"]), office)
        try:
            stored = desk.files.get(file_id)
        except AssistantError:
            return Response("Không có tệp này.", 404, media_type="text/plain; charset=utf-8")
        # never shown in place: a document from outside must not run as a page of ours
        return FileResponse(stored.path, filename=stored.name, media_type="application/octet-stream")

    @app.get("/tai-lieu", response_model=None)
    def document(id: str = "") -> Response:  # noqa: A002  (name of the query parameter)
        # the library is the office's: whoever may open the page may open its documents
        try:
            path = original(id)
        except AssistantError as error:
            return Response(str(error), 404, media_type="text/plain; charset=utf-8")
        return FileResponse(path, filename=path.name, media_type="application/octet-stream")
