"""The forms in which officers type a question: without diacritics, abbreviated, with slips. Deterministic."""

import random
import re
import unicodedata
import zlib

_ABBREVIATED = (
    ("thủ tục hành chính", "TTHC"), ("dịch vụ công trực tuyến", "DVCTT"), ("công nghệ số cộng đồng", "CNSCĐ"),
    ("chuyển đổi số", "CĐS"), ("Ban Chỉ đạo", "BCĐ"), ("công nghệ thông tin", "CNTT"), ("an toàn thông tin", "ATTT"),
    ("Hội đồng nhân dân", "HĐND"), ("Ủy ban nhân dân", "UBND"), ("thương mại điện tử", "TMĐT"),
    ("đổi mới sáng tạo", "ĐMST"), ("phản ánh, kiến nghị", "PAKN"), ("trang thông tin điện tử", "trang TTĐT"),
    ("Nghị quyết", "NQ"), ("Nghị định", "NĐ"), ("Quyết định", "QĐ"), ("báo cáo", "bc"), ("Báo cáo", "BC"),
    ("bao nhiêu", "bn"), ("không", "ko"), ("được", "đc"), ("nhiệm vụ", "nv"), ("phụ lục", "pl"), ("hồ sơ", "HS"),
    ("thế nào", "ntn"), ("cơ sở dữ liệu", "CSDL"), ("văn bản", "vb"), ("số liệu", "sl"), ("doanh nghiệp", "DN"),
)  # fmt: skip
_SWAPPED_ACCENTS = (("ả", "ã"), ("ã", "ả"), ("ổ", "ỗ"), ("ử", "ữ"), ("ể", "ễ"), ("ẩ", "ẫ"), ("ỏ", "õ"), ("ủ", "ũ"))
_TWINS = (("tr", "ch"), ("ch", "tr"), ("s", "x"), ("x", "s"))


def no_diacritics(question: str) -> str:
    """Letters without marks; case kept."""
    plain = unicodedata.normalize("NFD", question.replace("đ", "d").replace("Đ", "D"))
    return "".join(c for c in plain if not unicodedata.combining(c))


def abbreviated(question: str) -> str:
    """With the abbreviations that an officer would use, two at least where there are two."""
    for long, short in _ABBREVIATED:
        question = re.sub(rf"(?<!\w){long}(?!\w)", short, question)
    return question


def with_slips(question: str) -> str:
    """Neighbouring letters swapped in about one word of seven, here and there a wrong tone or a twin initial."""
    rng = random.Random(zlib.crc32(question.encode()))
    words = question.split(" ")
    plain = [i for i, word in enumerate(words) if len(word) > 3 and word.isalpha()]
    for i in rng.sample(plain, min(len(plain), max(1, len(words) // 7))):
        word = words[i]
        j = rng.randrange(1, len(word) - 1)
        words[i] = word[:j] + word[j + 1] + word[j] + word[j + 2 :]
    rest = [i for i in range(len(words)) if words[i] in question.split(" ") and words[i].isalpha()]
    if rest:
        i = rng.choice(rest)
        words[i] = _confused(words[i], rng)
    return " ".join(words)


def _confused(word: str, rng: random.Random) -> str:
    for a, b in rng.sample(_SWAPPED_ACCENTS, len(_SWAPPED_ACCENTS)):
        if a in word:
            return word.replace(a, b, 1)
    for a, b in _TWINS:
        if word.startswith(a) and len(word) > 3:
            return b + word[len(a) :]
    return word


def variants(question: str) -> dict[str, str]:
    """The three noisy forms."""
    return {
        "no_diacritics": no_diacritics(question),
        "abbreviated": abbreviated(question),
        "typo": with_slips(question),
    }
