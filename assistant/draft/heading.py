"""The letterhead, the addressees and the signature of a draft, from the header of the inputs and the report type."""

import re
from dataclasses import dataclass, field
from datetime import date
from typing import Any

from assistant.draft.facts import as_json, is_given
from assistant.draft.model import DraftHeader
from assistant.draft.values import clean_text
from assistant.draft.words import Place, capitals, province_phrase
from assistant.evidence import InputFigure
from assistant.reports.inputs import Inputs
from assistant.reports.types import ReportType
from assistant.vietnamese.dates import find_dates, find_periods
from assistant.vietnamese.text import canonical_tone, fold

KINDS = ("xã", "phường", "đặc khu")
# "thôn", "khu phố", "tổ dân phố": one to three words without figures
_VILLAGE = re.compile(r"[^\W\d_]+(?: [^\W\d_]+){0,2}")
COMMITTEE = "Ủy ban nhân dân"
_NUMBER = re.compile(r"^(?:Số:?)?\s*(\d{0,5})\s*[/-]?\s*(?:BC)?\s*[-/]?\s*([A-ZĐa-zđ-]*)")
_MONTH_YEAR = re.compile(r"(?:tháng\s*(\d{1,2}))?\s*(?:/|năm|\s)\s*(20\d\d)")
_BLANK = "      "
_WRAP_AT = 30


@dataclass(slots=True)
class HeaderValues:
    """The header of the inputs, read with its evidence."""

    report_type: ReportType
    inputs: Inputs
    evidence: list[InputFigure] = field(default_factory=list)

    def get(self, name: str) -> Any:
        """The value, None where it was not given; noted as evidence."""
        value = self.inputs.value(None, name)
        if not is_given(value):
            return None
        item = InputFigure(name, as_json(value))
        if item not in self.evidence:
            self.evidence.append(item)
        return value

    def text(self, name: str) -> str:
        value = self.get(name)
        return clean_text(str(value)) if value is not None else ""

    def place(self) -> Place:
        """The words of the reporting unit's place."""
        kind, village = self.text("commune_kind").lower(), self.text("village_kind").lower()
        return Place(
            kind if kind in KINDS else None,
            self.text("commune_name"),
            self.text("province"),
            village if _VILLAGE.fullmatch(village) else None,
        )

    def body(self) -> str:
        """The reporting body as named in running text."""
        given = self.text("org_name")
        if given:
            # "Uỷ ban" and "UBND" as the decree writes it; the name of the place as its people do
            name = self.place().name
            full = re.sub(r"^UBND\b", COMMITTEE, canonical_tone(given))
            if full.upper() == capitals(self.committee()):
                return self.committee()
            return full.replace(canonical_tone(name), name)
        return f"Ban Chỉ đạo {self.place().full}" if self.steering else self.committee()

    def committee(self) -> str:
        """The People's Committee of the place: what "UBND xã" means in the inputs, whichever body reports."""
        return f"{COMMITTEE} {self.place().full}"

    @property
    def steering(self) -> bool:
        """Whether a Ban Chỉ đạo reports."""
        return self.report_type.unit == "steering_committee"


def draft_header(values: HeaderValues, title: str) -> DraftHeader:
    """All lines above and below the body."""
    place = values.place()
    superior, agency = _agency(values, place)
    number = _number(values)
    place_date, day_words = _place_date(values, place)
    addressees = _addressees(values)
    attached = f"(Kèm theo Báo cáo số {number.removeprefix('Số:').strip() or ''} {day_words} của {values.body()})"
    return DraftHeader(
        superior=superior,
        agency=agency,
        number=number,
        place_date=place_date,
        kind="BÁO CÁO",
        subject=title,
        addressees=addressees,
        recipients=_recipients(values, addressees),
        authority=_authority(values, place),
        signer=values.text("signatory_name"),
        attached_to=attached.replace("số /", f"số {_BLANK}/"),
        evidence=tuple(values.evidence),
    )


def _agency(values: HeaderValues, place: Place) -> tuple[tuple[str, ...], tuple[str, ...]]:
    name = capitals(values.body())
    if values.steering:
        # the superior agency may be abbreviated (Annex I, Part I, II.2.b)
        superior = (f"UBND {capitals(place.full)}",) if place.name else ()
        return superior, _wrapped(name)
    head = capitals(COMMITTEE)
    if name.startswith(head) and len(name) > len(head):
        return (), (head, name[len(head) :].strip())
    return (), _wrapped(name)


def _wrapped(name: str) -> tuple[str, ...]:
    """Lines of about equal length: a rule stands under the last one."""
    count = -(-len(name) // _WRAP_AT)
    room = len(name) / max(count, 1)
    lines: list[str] = []
    current = ""
    for word in name.split():
        if current and len(current) + len(word) / 2 > room and len(lines) < count - 1:
            lines.append(current)
            current = word
        else:
            current = f"{current} {word}".strip()
    return (*lines, current) if current else tuple(lines)


def _number(values: HeaderValues) -> str:
    """ "Số: 05/BC-UBND"; the number stays blank in a draft, and is never made up."""
    code = "BCĐ" if values.steering else "UBND"
    given = values.text("report_number")
    match = _NUMBER.match(given) if given else None
    number = match.group(1) if match else ""
    if match and match.group(2).strip("-"):
        code = match.group(2).strip("-").upper()
    shown = (f"{int(number):02d}" if len(number) < 2 else number) if number else _BLANK
    return f"Số: {shown}/BC-{code}"


def _place_date(values: HeaderValues, place: Place) -> tuple[str, str]:
    """The place and date line, and its date for the annexes; blanks where the day of signing is open."""
    where = values.text("report_place") or place.name or "…"
    given = values.get("report_date")
    day = month = year = ""
    if isinstance(given, date):
        day, month, year = f"{given.day:02d}", _month(given.month), str(given.year)
    elif given is not None and (found := _MONTH_YEAR.search(str(given))):
        mentions = find_dates(str(given))
        day = f"{mentions[0].day:02d}" if mentions and mentions[0].day else ""
        month, year = _month(int(found.group(1))) if found.group(1) else "", found.group(2)
    year = year or _period_year(values)
    words = f"ngày {day or _BLANK} tháng {month or _BLANK} năm {year or _BLANK}"
    return f"{where.replace(',', ' -')}, {words}", words


def _month(number: int) -> str:
    return f"{number:02d}" if number <= 2 else str(number)


def _period_year(values: HeaderValues) -> str:
    """The year that the period names: a draft is signed in it or the officer writes another."""
    for name in ("data_cutoff_date", "period_end"):
        value = values.inputs.value(None, name)
        if isinstance(value, date):
            return str(value.year)
    years = [
        period.year for period in find_periods(str(values.inputs.value(None, "period_label") or "")) if period.year
    ]
    return str(years[0]) if years else ""


def _addressees(values: HeaderValues) -> tuple[str, ...]:
    """Those given; else, where the type of report has addressees, the agencies that asked for it. None for []."""
    given = values.inputs.header.get("addressees")
    if given is not None:
        values.get("addressees")
        return tuple(clean_text(str(item)) for item in given)
    if not values.report_type.addressees:
        return ()
    asked = values.inputs.header.get("triggering_docs") or ()
    found = [clean_text(str(record.get("co_quan") or "")) for record in asked if isinstance(record, dict)]
    default = tuple(_of_place(name, values.place()) for name in values.report_type.addressees)
    return tuple(dict.fromkeys(name for name in found if name)) or default


def _recipients(values: HeaderValues, addressees: tuple[str, ...]) -> tuple[str, ...]:
    given = values.get("recipients")
    default = [_of_place(name, values.place()) for name in values.report_type.recipients]
    names = [clean_text(name) for item in given for name in str(item).split(";")] if given else default
    names = [name for name in (name.strip().lstrip("-").strip().rstrip(".") for name in names) if name]
    if addressees:
        names = [name for name in names if not _same_agency(name, addressees)]
        if not any(fold(name) == "nhu tren" for name in names):
            names.insert(0, "Như trên")
    filed = [name for name in names if fold(name).startswith("luu")]
    names = [name for name in names if name not in filed]
    return (*names, *(_filing(name) for name in filed[:1] or ["Lưu: VT"]))


def _of_place(text: str, place: Place) -> str:
    """A line of the outline, which speaks of a "xã", in the words of the place."""
    kind = place.kind or "xã"
    return re.sub(r"\bxã\b(?! hội)", kind, re.sub(r"\bXÃ\b(?! HỘI)", kind.upper(), text))


def _filing(name: str) -> str:
    """ "Lưu: VT, VHXH" as the decree writes it."""
    rest = re.sub(r"^[Ll]ưu\s*:?\s*", "", name)
    parts = [part.strip() for part in re.split(r"[,;]", rest) if part.strip()]
    return f"Lưu: {', '.join(parts) if parts else 'VT'}"


def _same_agency(name: str, addressees: tuple[str, ...]) -> bool:
    bare = fold(re.sub(r"\(.*?\)", "", name)).strip()
    return any(bare == fold(other) or fold(other).startswith(f"{bare} tinh") for other in addressees)


def _authority(values: HeaderValues, place: Place) -> tuple[str, ...]:
    """The lines above the signature, one post a line (Annex I, Part I, II.7)."""
    signature = values.report_type.signature
    capacity = capitals(values.text("signatory_capacity") or _of_place(signature.capacity, place))
    title = capitals(values.text("signatory_title") or _of_place(signature.title, place))
    lines = [part.strip() for part in re.split(r"[\n/]+| - (?=TM\.|KT\.|PHÓ)", capacity) if part.strip()]
    lines += [part.strip() for part in re.split(r"\n| - ", title) if part.strip()]
    if values.steering:
        if signature.post and not any("UBND" in line or capitals(COMMITTEE) in line for line in lines):
            lines.append(capitals(_of_place(signature.post, place)))
    elif not lines[0].startswith(("TM.", "TL.", "TUQ.", "CHỦ TỊCH ỦY")):
        lines.insert(0, f"TM. {capitals(COMMITTEE)}")
    return tuple(dict.fromkeys(_prefix(line) for line in lines))


def _prefix(line: str) -> str:
    """The authority prefix with its full stop and space."""
    return re.sub(r"^(TM|KT|TL|TUQ|Q)(?:\s*[./]\s*|\s+)(?=\S)", r"\1. ", line)


def province_of(place: Place) -> str:
    """ "tỉnh Lạng Sơn"; "" where not given."""
    return province_phrase(place.province) if place.province else ""
