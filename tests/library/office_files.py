"""Word and Excel files made by hand for tests: small archives in which every part is under control."""

import io
import zipfile
from collections.abc import Mapping
from pathlib import Path

W = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"
_TYPES = """<?xml version="1.0" encoding="UTF-8"?>
<Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types"><Default Extension="xml"
ContentType="application/xml"/></Types>"""


def docx_bytes(body: str, parts: Mapping[str, str | bytes] | None = None, prolog: str = "") -> bytes:
    """A Word file with this body XML (prefix `w`) and further parts."""
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("[Content_Types].xml", _TYPES)
        root = f'<w:document xmlns:w="{W}"><w:body>{body}</w:body></w:document>'
        xml = f'<?xml version="1.0" encoding="UTF-8"?>{prolog}{root}'
        archive.writestr("word/document.xml", xml)
        for name, content in (parts or {}).items():
            archive.writestr(name, content)
    return buffer.getvalue()


def paragraph(text: str, properties: str = "", run: str = "") -> str:
    """A `w:p` with one run."""
    return (
        f'<w:p><w:pPr>{properties}</w:pPr><w:r><w:rPr>{run}</w:rPr><w:t xml:space="preserve">{text}</w:t></w:r></w:p>'
    )


def table(rows: list[list[str]], borders: bool = True) -> str:
    """A `w:tbl`; without borders it is a letterhead."""
    sides = "".join(f'<w:{side} w:val="single"/>' for side in ("top", "left", "bottom", "right", "insideH", "insideV"))
    properties = f"<w:tblPr><w:tblBorders>{sides if borders else ''}</w:tblBorders></w:tblPr>"
    cells = "".join(f"<w:tr>{''.join(f'<w:tc>{paragraph(text)}</w:tc>' for text in row)}</w:tr>" for row in rows)
    return f"<w:tbl>{properties}{cells}</w:tbl>"


def write(folder: Path, name: str, data: bytes | str) -> Path:
    """Write a file and return its path."""
    folder.mkdir(parents=True, exist_ok=True)
    path = folder / name
    path.write_bytes(data.encode() if isinstance(data, str) else data)
    return path
