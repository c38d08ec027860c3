"""The issuing body beside a mention, and which body a writing of its name means."""

import functools
import re
from dataclasses import dataclass

from assistant.legal.grammar import Body, grammar
from assistant.legal.models import Span
from assistant.legal.prepared import PreparedText, squeeze
from assistant.vietnamese.places import provinces as gazetteer
from assistant.vietnamese.text import canonical_tone, nfc

_UNIT = r"(?:tỉnh|thành\s+phố|tp\.?|xã|phường|đặc\s+khu|thị\s+trấn|huyện|quận|thị\s+xã|cấp\s+tỉnh|cấp\s+xã)"
_STEERING = (
    r"(?:(?:(?:phó\s+)?trưởng|tổ\s+giúp\s+việc|cơ\s+quan\s+thường\s+trực|thường\s+trực|văn\s+phòng)\s+)?(?:ban\s+chỉ\s+đạo|bcđ)(?:\s+(?:của\s+)?(?:chính\s+phủ|trung\s+ương|tw|nhà\s+nước|quốc\s+gia))?"
    r"(?:\s+(?:57|(?:về\s+)?(?:thực\s+hiện\s+|triển\s+khai\s+)?(?:(?:phát\s+triển\s+)?khoa\s+học\s*,?\s+công\s+nghệ(?:\s*,\s*|\s+và\s+|\s+)đổi\s+mới\s+sáng\s+tạo"
    r"(?:\s*,\s*|\s+và\s+|\s+)chuyển\s+đổi\s+số(?:\s+quốc\s+gia)?(?:\s+và\s+đề\s+án\s+06)?"
    r"|chuyển\s+đổi\s+số(?:\s+và\s+đề\s+án\s+06)?|cải\s+cách\s+hành\s+chính|đề\s+án\s+06|nghị\s+quyết\s+(?:số\s+)?57(?:-nq/tw)?"
    r"|kh\s?,?\s?cn\s?,\s?đmst\s(?:và\s)?cđs|các\s+chương\s+trình\s+mục\s+tiêu\s+quốc\s+gia))"
    r"(?:\s+(?:trung\s+ương|tw)(?!\w))?)?"
)
_LEAD = re.compile(r"\s*,?\s*\(?\s*(?:của|cuả|do)\s+")
_BARE_LEAD = re.compile(r"\s*,?\s+")
_TERM = r"(?:\s*,?\s+kh(?:óa|oá)\s+(?:[ivx]+|\d+)(?!\w))?"
_SESSION = re.compile(
    rf"{_TERM[:-1]}(?:\s*[,(]?\s*(?:tại\s+)?kỳ\s+họp\s+(?:thứ|lần)\s+[\wÀ-ỹ]+\)?)?(?:\s*,?\s*nhiệm\s+kỳ\s+[\d\s–-]+\d)?"
)
_TWO_PARTY_BODIES = re.compile(
    r"(?:bộ\s+chính\s+trị\s*(?:,|và)\s+ban\s+bí\s+thư|ban\s+bí\s+thư\s*(?:,|và)\s+bộ\s+chính\s+trị)(?!\w)"
)
_OTHER = (
    r"(?:phòng|trung\s+tâm|chi\s+cục|cục|tổng\s+cục|viện|tổ|đoàn|hội|liên\s+đoàn|ban|văn\s+phòng|hội\s+đồng|ủy\s+ban"
    r"|bộ|sở|thanh\s+tra|kho\s+bạc|viện|tòa\s+án|viện\s+kiểm\s+sát|bảo\s+hiểm)"
)
_STOP = re.compile(
    r"[,;.()\n:“”\"]|(?<!\w)(?:về|v/v|ngày|số|ban\s+hành|phê\s+duyệt|quy\s+định|hướng\s+dẫn|triển\s+khai|thực\s+hiện|là|đã|được|tại|theo|để|trong|gửi|yêu\s+cầu|phục\s+vụ|thì|với)(?!\w)"
)
_TITLE_FOLLOWS = re.compile(r"\s+(?:về|ban\s+hành|phê\s+duyệt|quy\s+định)(?!\w)")
_PREFIXES = re.compile(
    r"^(?:hội\s+nghị(?:\s+lần\s+thứ\s+\w+(?:\s+\w+)??)?|ban\s+thường\s+vụ|btv|thường\s+trực|tt|ban\s+chấp\s+hành|bch|chủ\s+tịch|ct|phó\s+chủ\s+tịch|bộ\s+trưởng|giám\s+đốc|đồng\s+chí)\s+"
)


@dataclass(frozen=True, slots=True)
class IssuerBeside:
    """
    Attributes:
        text: as written, white space put right.
        span: its span in the NFC text.
        end: where the phrase ends, with a closing bracket or "ban hành" that belongs to "do … ban hành".
    """

    text: str
    span: Span
    end: int


@dataclass(frozen=True, slots=True)
class KnownBody:
    """What a written issuer means.

    Attributes:
        body: the body, None where it is not one of the grammar.
        place: "tỉnh Lạng Sơn", "xã Suối Mơ", "Lạng Sơn" or "" as written.
        loose: the writing asks for a remark of style ("BCT").
        others: further bodies where the text names two ("Bộ Chính trị, Ban Bí thư").
    """

    body: Body | None
    place: str
    loose: bool
    others: tuple[Body, ...] = ()


def _plain(text: str) -> str:
    """For comparing names: lower case, new tone marks, no commas or dashes, one space."""
    return " ".join(re.sub(r"[,\-–—]", " ", canonical_tone(nfc(text)).lower()).split())


@functools.cache
def province_names() -> frozenset[str]:
    """Names of provinces, old and new, as `_plain` writes them."""
    known = gazetteer()
    return frozenset(_plain(name.removeprefix("Thành phố ")) for name in (*known.current, *known.former))


@functools.cache
def body_names() -> dict[str, tuple[Body, bool]]:
    """Plain writing -> (body, loose)."""
    names: dict[str, tuple[Body, bool]] = {}
    for body in grammar().bodies:
        for name in (body.name, *body.written):
            names.setdefault(_plain(name), (body, False))
        for name in body.loose:
            names.setdefault(_plain(name), (body, True))
    return names


def _name_pattern(name: str) -> str:
    """Any white space between words; a comma or dash of the name may be missing; both placements of the tone."""
    words = re.split(r"[\s]+", name.lower())
    pattern = r"\s+".join(re.escape(word).replace(",", r"\s*,?").replace(r"\-", r"[-–]") for word in words)
    return pattern.replace("ủy", "(?:ủy|uỷ)").replace("hòa", "(?:hòa|hoà)")


@functools.cache
def _patterns() -> tuple[re.Pattern[str], re.Pattern[str]]:
    """(bodies with a fixed name, local bodies that take a place)."""
    fixed: list[str] = []
    local: list[str] = []
    for body in grammar().bodies:
        target = local if body.family in ("local", "party_local", "department") else fixed
        target.extend(
            name for name in (body.name, *body.written, *body.loose) if not name.startswith(("Ban Chỉ đạo", "BCĐ"))
        )
    fixed_alternatives = "|".join(_name_pattern(n) for n in sorted(set(fixed), key=len, reverse=True))
    local_alternatives = "|".join(_name_pattern(n) for n in sorted(set(local), key=len, reverse=True))
    return (
        re.compile(rf"(?:hội\s+nghị(?:\s+lần\s+thứ\s+\w+(?:\s+\w+)?)?\s*,?\s+)?(?:{fixed_alternatives})(?!\w){_TERM}"),
        re.compile(rf"(?:{_STEERING}|{local_alternatives})(?!\w)"),
    )


@functools.cache
def _province_pattern() -> re.Pattern[str]:
    names = sorted(province_names(), key=len, reverse=True)
    alternatives = "|".join(
        re.escape(n).replace(r"\ ", r"[\s\-–]+").replace("hòa", "(?:hòa|hoà)").replace("hóa", "(?:hóa|hoá)")
        for n in names
    )
    return re.compile(rf"\s+(?:(?:tỉnh|thành\s+phố|tp\.?)\s*)?(?:{alternatives})(?!\w)")


_PLACE = re.compile(rf"\s+{_UNIT}(?!\w)")
_SYLLABLE = re.compile(r"\s+([^\W\d_]+)(?!\w)")
_NOT_A_PLACE = re.compile(
    r"\s*(?:về|chuyển|triển|ban|thực|kế|phê|quy|chương|nghị|quyết|đề|ủy|ubnd|hđnd|đảng|phát|nâng|tăng|kiện|thành\s+lập|kết|tổ\s+chức)(?!\w)"
)


def _place_end(prepared: PreparedText, position: int, *, party: bool) -> int:
    """Where the name of the unit ends that follows a local body at `position`; `position` where there is none."""
    direct = _province_pattern().match(prepared.low, position)
    unit = _PLACE.match(prepared.low, position)
    if unit is None:
        return direct.end() if direct and (party or direct) else position
    name = _province_pattern().match(prepared.low, position)
    if name:
        return name.end()
    end = unit.end()
    named = _capitals_end(prepared, end)
    if re.search(r"(?:tỉnh|phố|tp\.?)$", unit.group()):  # a name that is no province's has two syllables at least
        return named if len(prepared.text[end:named].split()) > 1 else end
    return named


def _capitals_end(prepared: PreparedText, position: int, most: int = 4) -> int:
    """The end of at most `most` capitalised syllables (a proper name) from `position`."""
    shouting = prepared.text[position - 3 : position].isupper()
    end = position
    for _ in range(most):
        match = _SYLLABLE.match(prepared.text, end)
        if match is None or not match.group(1)[0].isupper() or _NOT_A_PLACE.match(prepared.low, end):
            break
        if len(match.group(1)) > 1 and match.group(1).isupper() and not shouting:
            break
        end = match.end()
    return end


def _head_end(prepared: PreparedText, position: int) -> int | None:
    """The end of an issuer that starts at `position`, or None."""
    fixed, local = _patterns()
    a, b = fixed.match(prepared.low, position), local.match(prepared.low, position)
    if a and (b is None or a.end() >= b.end()):
        both = _TWO_PARTY_BODIES.match(prepared.low, position)
        return both.end() if both else a.end()
    if b:
        end = _place_end(prepared, b.end(), party="ủy" in b.group() or "uỷ" in b.group())
        if "chỉ" in b.group() or "bcđ" in b.group():
            party = re.compile(r"\s+(?:tỉnh|thành|đảng)\s+(?:ủy|uỷ)(?!\w)").match(prepared.low, b.end())
            if party:
                end = _place_end(prepared, party.end(), party=True)
        return end
    return None


def _other_end(prepared: PreparedText, position: int) -> int | None:
    """The end of a capitalised name of a body that the grammar does not list ("Phòng Văn hóa - Xã hội xã …")."""
    if not prepared.text[position : position + 1].isupper():
        return None
    head = re.compile(rf"{_OTHER}(?!\w)").match(prepared.low, position)
    if head is None:
        return None
    stop = _STOP.search(prepared.low, head.end(), min(len(prepared.low), position + 90))
    end = stop.start() if stop else min(len(prepared.low), position + 60)
    words = prepared.text[head.end() : end].split()
    if not words or (not words[0][:1].isupper() and words[0] not in ("quản",)):
        return None
    return position + len(prepared.text[position:end].rstrip(" \n\t\u00a0-–"))


def issuer_at(prepared: PreparedText, position: int, *, bare: bool = True, joint: bool = False) -> IssuerBeside | None:
    """The issuer named at `position`, after "của" or "do"; with `bare` also right after the date without either,
    with `joint` both bodies of a document that two have issued."""
    lead = _LEAD.match(prepared.low, position)
    if lead:
        start = lead.end()
        end = _head_end(prepared, start) or _other_end(prepared, start)
        more = re.compile(r"\s*(?:,|và)\s+").match(prepared.low, end) if joint and end else None
        if more and (second := _head_end(prepared, more.end())):
            end = second
    else:
        gap = _BARE_LEAD.match(prepared.low, position) if bare else None
        if gap is None:
            return None
        start = gap.end()
        fixed = _patterns()[0].match(prepared.low, start)
        named = fixed and prepared.text[start].isupper() and _TITLE_FOLLOWS.match(prepared.low, fixed.end())
        end = fixed.end() if fixed and named else None
    if end is None or end <= start:
        return None
    term = _SESSION.match(prepared.low, end)
    if term:
        return IssuerBeside(squeeze(prepared.text[start:end]), Span(start, end), term.end())
    close = re.compile(r"\s*\)" if lead and "(" in lead.group() else r"(?!)").match(prepared.low, end)
    return IssuerBeside(squeeze(prepared.text[start:end]), Span(start, end), close.end() if close else end)


def read_body(written: str) -> KnownBody:
    """Which body a written issuer means.

    >>> read_body("BCT").body.name, read_body("UBND tỉnh Lạng Sơn").place
    ('Bộ Chính trị', 'tỉnh lạng sơn')
    """
    plain = _plain(re.sub(rf"{_TERM}$", "", written.lower()))
    names = body_names()
    if plain in names:
        body, loose = names[plain]
        return KnownBody(body, "", loose)
    parts = re.split(r"\s*,\s+|\s+và\s+", written)
    if len(parts) > 1 and all(_plain(part) in names for part in parts):
        bodies = [names[_plain(part)][0] for part in parts]
        return KnownBody(bodies[0], "", False, tuple(bodies[1:]))
    words = plain.split()
    for length in range(len(words) - 1, 0, -1):
        head = " ".join(words[:length])
        if head in names and names[head][0].family in ("local", "party_local", "department", "central"):
            body, loose = names[head]
            rest = " ".join(words[length:])
            if body.family == "central" and not rest.startswith(("khóa", "khoá", "về")):
                continue
            return KnownBody(body, rest, loose)
    stripped = _PREFIXES.sub("", plain)
    if stripped != plain:
        return read_body(stripped)
    return KnownBody(None, "", False)
