"""Versions and licences of the program and of what it is built on."""

from importlib.metadata import PackageNotFoundError, metadata, version

SHOWN = (
    "gradio",
    "langchain",
    "langchain-chroma",
    "chromadb",
    "sentence-transformers",
    "tantivy",
    "python-docx",
    "pypdfium2",
    "openpyxl",
    "argon2-cffi",
    "vietnam-provinces",
)


def _licence(name: str) -> str:
    data = metadata(name).json
    text = str(data.get("license_expression") or data.get("license") or "")
    if text and len(text) < 40:
        return text
    for line in data.get("classifier") or []:
        if str(line).startswith("License ::"):
            return str(line).rpartition("::")[2].strip()
    return "xem tệp giấy phép của gói"


def versions() -> list[tuple[str, str, str]]:
    """(name, version, licence) of the packages that matter, the program itself first."""
    try:
        own = version("tro-ly-bao-cao")
    except PackageNotFoundError:
        own = "0.1.0"
    rows = [("Trợ lý báo cáo", own, "MIT")]
    for name in SHOWN:
        try:
            rows.append((name, version(name), _licence(name)))
        except PackageNotFoundError:
            continue
    return rows
