"""Names in a sentence: people, places, products. Institutions that every commune shares are no names here."""

import re
import unicodedata
from collections.abc import Iterator

from assistant.vietnamese.text import fold

_UPPER = "".join(
    letter for letter in map(chr, range(0x41, 0x1EFA)) if letter.isupper() and "LATIN" in unicodedata.name(letter, "")
)
# a capitalised syllable; a product name may mix cases and digits (VNPT-iOffice, MobiFone, VNeID)
_CAPITAL = rf"(?:[{_UPPER}]\w*|\w*[a-z]\w*[A-Z]\w*)"
_RUN = re.compile(rf"(?<![\w]){_CAPITAL}(?:[ \u00a0-]{_CAPITAL})*(?![\w])")
_SENTENCE_START = re.compile(r"(?:^|[.!?:;]\s+|\n\s*(?:[-•+*]\s*)?|[“\"(]\s*)$")

# posts and bodies of which only the first syllables are written with a capital ("đồng chí Phó Bí thư")
_POST = re.compile(
    r"(?<!\w)(?:Phó )?(?:Bí thư|Chủ tịch|Chủ nhiệm|Giám đốc|Trưởng|Tổ trưởng|Đội trưởng|Ủy viên|Thường trực|Thường vụ|"
    r"Ban Thường vụ|Ban Thường trực)(?!\w)"
)

# words that start a shared institution's name or a term of the trade; folded, one space between syllables
_SHARED_NAMES = """
    uy ban nhan dan | ubnd | uy ban | hoi dong nhan dan | hdnd | hoi dong | ban chi dao | ban chi | ban bi thu | ban
    thuong vu | bo chinh tri | trung uong | chinh phu | thu tuong | thu tuong chinh phu | quoc hoi | dang uy | tinh
    uy | huyen uy | thanh uy | dang | nha nuoc | so khoa hoc | so | so khoa | cong nghe | khoa hoc | bo khoa | bo
    khoa hoc | bo cong an | bo noi vu | bo tai chinh | bo thong tin | bo tu phap | bo y te | truyen thong | trung
    tam phuc | trung tam | van phong | van phong trung | mat tran to quoc | viet nam | to quoc | cong dich | cong
    thong | cong | to cong | to cong nghe | de an | nghi quyet | quyet dinh | nghi dinh | thong tu | luat | ke hoach
    | chi thi | ket luan | cong van | thong bao | huong dan | quy dinh | quy che | chuong trinh | bo chi | bo chi so
    | phu luc | muc | phan | dieu | khoan | quy | nd | nq | qd | kh | csdl | tthc | dvc | dvctt | cntt | cds | khcn
    | kh&cn | dmst | attt | cnscd | cbcc | cbccvc | ocop | tmdt | vneid | pakn | hdnd | ubmttq | dvcqg | httt |
    csdlqg | pvhcc | ttdt | dti | gdp | tfp | ai | iot | internet | wifi | sms | qr | stem | lan | wan | it | usb |
    sim | token | htx | grdp | nsnn | ip | 4g | 5g | 2g | 3g | kho bac | kho bac nha | chu tich | pho chu tich | bi
    thu | truong ban | pho truong ban | tong bi thu | dang cong san | doan thanh | ha tang | kinh te | xa hoi |
    chinh quyen | nhan luc | an toan | binh dan | ban quan | phong van | phong kinh | ban bien | bo phan | bo phan
    mot
"""
_SHARED = frozenset(" ".join(name.split()) for name in _SHARED_NAMES.split("|"))


def find_names(text: str) -> Iterator[tuple[int, int]]:
    """Code point spans of the proper names of an NFC sentence.

    A single capitalised word is a name only after a unit word (xã, phường, tỉnh …) or where its letters mix case;
    the capital that merely starts the sentence does not count.
    """
    for match in _RUN.finditer(_POST.sub(lambda post: post.group().lower(), text)):
        start, end = match.span()
        words = re.split(r"[ \u00a0-]", match.group())
        if _SENTENCE_START.search(text[:start]) and not _mixed(words[0]):
            # the first word may be capitalised by its place alone
            start += len(words[0]) + (1 if len(words) > 1 else 0)
            words = words[1:]
        start, words = _without_shared(start, words)
        if words and _is_name(text, start, words):
            yield start, end


def _without_shared(start: int, words: list[str]) -> tuple[int, list[str]]:
    """Drop the shared institution that a run starts with: "UBND xã" keeps nothing, "Sở Nội" keeps "Nội"."""
    dropped = True
    while words and dropped:
        dropped = False
        for length in range(min(4, len(words)), 0, -1):
            if fold(" ".join(words[:length])) in _SHARED:
                start += sum(len(word) + 1 for word in words[:length])
                words = words[length:]
                dropped = True
                break
    return start, words


def _is_name(text: str, start: int, words: list[str]) -> bool:
    if len(words) >= 2 or _mixed(words[0]):
        return True
    before = re.search(
        r"\b(?:xã|phường|tỉnh|thành phố|đặc khu|huyện|ông|bà|đồng chí|hệ thống|phần mềm)\s+$", text[:start], re.I
    )
    return before is not None


def _mixed(word: str) -> bool:
    return bool(re.search(r"[a-z][A-Z]", word))
