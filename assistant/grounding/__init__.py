"""The one judge of statements: which figures, dates, symbols and names of a sentence does its evidence not bear out?

What counts as borne out, beyond standing in the evidence as it is:

- the same value written otherwise: 1.941 / 1941 / 1 941, 1,2 tỷ đồng / 1.200.000.000, 99,82% / 99.82%, "mười hai" / 12,
  07 / 7, 19/6/2025 / "ngày 19 tháng 6 năm 2025" / 2025-06-19;
- the value of an input shown with fewer decimals than it has (98.5507 -> 98,55%), and the operands of a stated rule;
- a count (2 to 30) of a list that the sentence itself spells out, or of the pieces of evidence under it;
- a short form ("Nghị quyết 57") of a document that the evidence names in full; with a registry, the date, issuer
  and title of a document that the evidence names;
- the month or the year of a date in the evidence; ordinals of headings ("quý III", "mục 2") that stand in its location;
- names of institutions that every commune shares and abbreviations of the trade (`names._SHARED`).

What changes a statement must stand in the evidence too: the type and the issuer of a document where it names them, a
bound ("trên 98%"), whether something rose or fell.

Nothing else is. A percentage is not borne out by a bare count of the same value, nor "21 tổ" by "21 ấp", nor what is
only a part of something longer: "7-NQ/TW" by "57-NQ/TW", "Điều 5" by "Điều 52", "2/9/2025" by "12/9/2025".
"""

from assistant.grounding.judge import Kind, Unsupported, judge, unsupported
from assistant.grounding.pool import EvidencePool

__all__ = ["EvidencePool", "Kind", "Unsupported", "judge", "unsupported"]
