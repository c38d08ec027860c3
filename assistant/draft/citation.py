"""Documents in a draft: cited in full at the first mention, by type and symbol later (Decree 30/2020, Annex I)."""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from typing import Any

from assistant.draft.marks import Ledger, Mark
from assistant.draft.values import clean_text
from assistant.draft.words import lower_first
from assistant.evidence import Evidence, InputFigure, RegistryFact
from assistant.legal.cite import cite_full, cited_title
from assistant.legal.documents import RegistryDocument
from assistant.legal.registry import Registry
from assistant.vietnamese.dates import format_date, parse_date
from assistant.vietnamese.text import fold

_CONNECTED = re.compile(r"(?i)(về|quy định|phê duyệt|ban hành|thực hiện|triển khai|hướng dẫn|sửa đổi|quyết định)\b")
_ABOUT = re.compile(r"(?i)^v/v:?\s+")
_OWN = re.compile(r"(?:ubnd|uy ban nhan dan) (?:xa|phuong|dac khu)")
_NAMES_IT = frozenset({"Luật", "Bộ luật", "Pháp lệnh", "Hiến pháp"})
# first syllables of the verbs that subjects begin with: "về việc kiện toàn …"
_VERBS = frozenset(
    re.findall(
        r"\w+",
        "kiện thành ban phê triển thực báo tăng đẩy tổ giao số phối điều bổ phân công cử hỗ hoàn tiếp nâng tập xây rà "
        "giải cung yêu chấn khắc xử thông mời đề bố chỉ đôn",
    )
)


@dataclass(slots=True)
class CitationMemory:
    """Which documents the draft has cited so far, and how documents are completed from the registry.

    Attributes:
        cited: key of a symbol -> day and issuer of each document cited under it.
        doubts: documents whose given date the registry contradicts, with a sentence each.
    """

    registry: Registry | None
    ledger: Ledger
    cited: dict[str, list[tuple[str, str]]] = field(default_factory=dict)
    doubts: list[tuple[InputFigure, str]] = field(default_factory=list)

    def cite(
        self,
        record: Mapping[str, Any],
        evidence: InputFigure,
        *,
        own_issuer: str | None = None,
        own_evidence: Sequence[Evidence] = (),
    ) -> str:
        """A document of the inputs, as marked text.

        Args:
            record: `loai`, `so`, `ngay`, `co_quan`, `trich_yeu`, any of them absent.
            evidence: the field it was given under.
            own_issuer: the People's Committee of the place; "UBND xã" and the like are printed as this name.
            own_evidence: what that name rests on.
        """
        symbol = clean_text(str(record.get("so") or ""))
        kind = clean_text(str(record.get("loai") or "")) or "Văn bản"
        issuer = clean_text(str(record.get("co_quan") or ""))
        if symbol and self._was_cited(symbol, record.get("ngay"), issuer):
            return self.ledger.wrap(f"{kind} số {symbol}", Mark("figure", (evidence,)))
        known = self._entry(symbol, record.get("ngay"))
        facts: list[Evidence] = [evidence]
        day, dated = _date_text(record.get("ngay"))
        if not day and known is not None and known.date is not None and known.verified("date"):
            day = format_date(known.date)
            facts.append(RegistryFact(known.symbol, field="date", value=day))
        issuer = issuer or _registry_part(known, "issuer", facts)
        if own_issuer and _is_own(issuer):
            issuer = own_issuer
            facts.extend(own_evidence)
        subject = clean_text(str(record.get("trich_yeu") or "")) or _registry_part(known, "title", facts)
        text = _written(kind, symbol, day, issuer, subject)
        if not symbol and not subject:
            gap = Mark("missing", (), evidence.field)
            text += " " + self.ledger.wrap("[số, ngày ban hành: chưa có số liệu]", gap)
        if known is not None:
            facts.append(RegistryFact(known.symbol, field="title", value=known.title))
        shown = self.ledger.wrap(text, Mark("figure" if dated else "conflict", tuple(facts), evidence.field))
        return shown + self._doubt(symbol, record.get("ngay"), evidence)

    def _was_cited(self, symbol: str, day: Any, issuer: str) -> bool:
        """Whether this very document was cited before; notes it. The same symbol of another day is another document."""
        key, mark = _key(symbol), (str(_as_date(day) or ""), fold(issuer))
        for day_before, issuer_before in self.cited.setdefault(key, []):
            same_day = not mark[0] or not day_before or mark[0] == day_before
            if same_day and (mark[0] or not mark[1] or not issuer_before or mark[1] == issuer_before):
                return True
        self.cited[key].append(mark)
        return False

    def _doubt(self, symbol: str, given_date: Any, evidence: InputFigure) -> str:
        """A visible mark where the registry knows the document under another day of the same year."""
        day = _as_date(given_date)
        if self.registry is None or day is None or not symbol:
            return ""
        found = [e for e in self.registry.find(symbol) if not e.local and e.date and e.verified("date")]
        if not found or any(day in (e.date, *e.other_dates) for e in found):
            return ""
        entry = next((e for e in found if e.date and e.date.year == day.year), None)
        if entry is None or entry.date is None:
            return ""
        right = format_date(entry.date)
        message = (
            f"danh mục văn bản ghi {entry.type} số {entry.symbol} ngày {right}, số liệu nhập ghi {format_date(day)}"
        )
        self.doubts.append((evidence, f"Ngày ban hành: {message}."))
        fact = RegistryFact(entry.symbol, field="date", value=right)
        mark = Mark("conflict", (evidence, fact), f"{evidence.section or 'header'}.{evidence.field}")
        return " " + self.ledger.wrap(f"[Cần đối chiếu: {message}]", mark)

    def law(self, symbol: str) -> str:
        """A document of the registry, by its symbol; "" where the registry does not hold it."""
        entry = self._entry(symbol, None)
        if entry is None:
            return ""
        facts = (RegistryFact(entry.symbol, field="title", value=entry.title),)
        if self._was_cited(entry.symbol, entry.date, entry.issuer or ""):
            return self.ledger.wrap(f"{entry.type} số {entry.symbol}", Mark("figure", facts))
        text, title = cite_full(entry), cited_title(entry)
        if title and text.endswith(f" {title}"):
            # the issuer's own name may end in "về …": the title is tied to the document by words of its own
            text = text.removesuffix(f" {title}") + connected(title, entry.type)
        return self.ledger.wrap(text, Mark("figure", facts))

    def _entry(self, symbol: str, given_date: Any) -> RegistryDocument | None:
        """The one registry document of that symbol whose date does not contradict the given one."""
        if self.registry is None or not symbol:
            return None
        day = _as_date(given_date)
        found = [
            entry
            for entry in self.registry.find(symbol)
            # symbols of provinces and communes recur: only the very day tells which one is meant
            if (entry.date == day if entry.local else day is None or entry.date in (None, day))
        ]
        return found[0] if len(found) == 1 else None


def _written(kind: str, symbol: str, day: str, issuer: str, subject: str) -> str:
    """The complete citation; of a law the name stands first (Decree 30/2020, Annex I, Part I, II.6.b)."""
    parts = [f" số {symbol}" if symbol else "", f" ngày {day}" if day else "", f" của {issuer}" if issuer else ""]
    told = connected(subject, kind) if subject else ""
    return kind + (told + "".join(parts) if kind in _NAMES_IT else "".join(parts) + told)


def connected(subject: str, kind: str) -> str:
    """The subject with the words that tie it to the document: " về việc kiện toàn …", " thực hiện …", " về …"."""
    subject = subject.rstrip(". ;")
    if kind in _NAMES_IT:
        return f" {subject}" if subject else ""
    inside = lower_first(_ABOUT.sub("về việc ", subject))
    if _CONNECTED.match(inside):
        return f" {inside}"
    first = inside.split(" ", 1)[0].lower()
    return f" về việc {inside}" if first in _VERBS else f" về {inside}"


def _is_own(issuer: str) -> bool:
    """Whether the issuer is written as a commune writes of its own People's Committee."""
    return _OWN.fullmatch(fold(issuer)) is not None


def _registry_part(entry: RegistryDocument | None, name: str, facts: list[Evidence]) -> str:
    value = str(getattr(entry, name, "") or "") if entry is not None else ""
    if entry is not None and value and not entry.verified(name):
        return ""
    if entry is not None and value:
        facts.append(RegistryFact(entry.symbol, field=name, value=value))
    return value


def _as_date(value: Any) -> date | None:
    if isinstance(value, date):
        return value
    return parse_date(str(value)) if value else None


def _date_text(value: Any) -> tuple[str, bool]:
    """The date as printed, and whether it exists; one that does not is printed as given."""
    if value is None or value == "":
        return "", True
    day = _as_date(value)
    if day is not None:
        return format_date(day), True
    return clean_text(str(value)), False


def _key(symbol: str) -> str:
    return fold(symbol).replace(" ", "")
