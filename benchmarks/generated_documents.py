"""Documents made up for measuring: reports of invented communes, in every format the library reads.

Nothing here is a fact about a real commune; the names are put together from syllables.
"""

import random
from collections.abc import Iterator
from pathlib import Path

_SYLLABLES = (
    "An",
    "Bình",
    "Cẩm",
    "Đông",
    "Giang",
    "Hòa",
    "Khánh",
    "Long",
    "Minh",
    "Nghĩa",
    "Phú",
    "Sơn",
    "Thạnh",
    "Vĩnh",
)
_FIELDS = (
    "tiếp nhận và giải quyết hồ sơ thủ tục hành chính", "số hóa hồ sơ, kết quả giải quyết", "ký số văn bản điện tử",
    "hội nghị truyền hình trực tuyến", "thư điện tử công vụ", "trang thông tin điện tử", "Tổ công nghệ số cộng đồng",
    "thanh toán không dùng tiền mặt", "đào tạo kỹ năng số cho cán bộ", "an toàn thông tin mạng", "hạ tầng băng rộng",
    "kinh tế số và sàn thương mại điện tử", "dữ liệu dùng chung", "bình dân học vụ số", "kinh phí sự nghiệp khoa học",
)  # fmt: skip
_SENTENCES = (
    "Trong kỳ, đơn vị đã thực hiện {a} lượt việc về {f}, đạt {p},{q}% kế hoạch giao, tăng {b} lượt so với kỳ trước.",
    "Công tác {f} được triển khai đồng bộ tại {c} thôn, với {a} người tham gia và {b} buổi hướng dẫn trực tiếp.",
    "Đến hết kỳ báo cáo, {a} trên tổng số {n} hồ sơ thuộc lĩnh vực {f} đã xong đúng hạn, còn {b} hồ sơ đang xử lý.",
    "Ủy ban nhân dân xã đã ban hành {c} văn bản chỉ đạo về {f} và kiểm tra tại {b} đơn vị trực thuộc.",
    "Khó khăn lớn nhất trong {f} là thiếu thiết bị tại {c} điểm và đường truyền chưa ổn định ở {b} khu dân cư.",
)  # fmt: skip
FORMATS = ("txt", "md", "html", "docx", "xlsx")


def commune(rng: random.Random) -> str:
    """The name of a commune that does not exist."""
    return " ".join(rng.sample(_SYLLABLES, 3))


def report_lines(number: int, sections: int = 14, sentences: int = 6) -> list[str]:
    """The paragraphs of one report, different for every `number`; about 10,000 characters by default."""
    rng = random.Random(number)
    name = commune(rng)
    quarter = rng.choice(("I", "II", "III", "IV"))
    lines = [
        "ỦY BAN NHÂN DÂN", f"XÃ {name.upper()}", "CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM", "Độc lập - Tự do - Hạnh phúc",
        f"Số: {number % 900 + 1}/BC-UBND", f"{name}, ngày {rng.randint(1, 28):02d} tháng {rng.randint(1, 12)} năm 2025",
        "BÁO CÁO", f"Kết quả chuyển đổi số quý {quarter} năm 2025 của xã {name}",
        "Thực hiện kế hoạch công tác năm 2025, Ủy ban nhân dân xã báo cáo kết quả như sau:",
        "I. KẾT QUẢ THỰC HIỆN",
    ]  # fmt: skip
    for section in range(1, sections + 1):
        field = rng.choice(_FIELDS)
        lines.append(f"{section}. Kết quả {field}")
        lines += [
            rng.choice(_SENTENCES).format(
                f=field, a=rng.randint(10, 5000), b=rng.randint(1, 90), c=rng.randint(1, 40), n=rng.randint(5000, 9000),
                p=rng.randint(40, 99), q=rng.randint(0, 99),
            )
            for _ in range(sentences)
        ]  # fmt: skip
    lines += ["II. KIẾN NGHỊ", f"Kính đề nghị cấp trên hỗ trợ xã {name} đợt {number}.", "Nơi nhận:", "- Như trên;"]
    return lines


def write_documents(folder: Path, count: int, suffix: str = "txt", first: int = 0) -> list[Path]:
    """Write `count` reports in one format; returns their paths."""
    folder.mkdir(parents=True, exist_ok=True)
    return [_write(folder / f"bao-cao-{n:06d}.{suffix}", report_lines(n)) for n in range(first, first + count)]


def _write(path: Path, lines: list[str]) -> Path:
    match path.suffix:
        case ".docx":
            _write_docx(path, lines)
        case ".xlsx":
            _write_xlsx(path, lines)
        case ".html":
            body = "\n".join(f"<p>{line}</p>" for line in lines)
            path.write_text(f"<!doctype html><html><body>{body}</body></html>", encoding="utf-8")
        case _:
            path.write_text("\n".join(_wrapped(lines, 90 if path.suffix == ".txt" else 10_000)), encoding="utf-8")
    return path


def _wrapped(lines: list[str], width: int) -> Iterator[str]:
    """Hard line breaks, as in texts taken from PDFs."""
    for line in lines:
        current = ""
        for word in line.split(" "):
            if current and len(current) + 1 + len(word) > width:
                yield current + " "
                current = word
            else:
                current = f"{current} {word}" if current else word
        yield current


def _write_docx(path: Path, lines: list[str]) -> None:
    import docx

    document = docx.Document()
    for line in lines:
        document.add_paragraph(line)
    document.save(str(path))


def _write_xlsx(path: Path, lines: list[str]) -> None:
    from openpyxl import Workbook

    workbook = Workbook()
    sheet = workbook.active
    assert sheet is not None
    sheet.append(["STT", "Nội dung"])
    for number, line in enumerate(lines, 1):
        sheet.append([number, line])
    workbook.save(path)
