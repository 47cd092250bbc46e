"""Columns that more than one table uses, each with its meaning and unit."""

from __future__ import annotations

from datetime import date
from typing import Annotated

from schemas.codes import CODE_SETS
from schemas.model import Column

_DOC_ID = Column("the document: first 20 hex digits of the SHA-256 of its bytes", pattern=r"[0-9a-f]{20}")
DocId = Annotated[str, _DOC_ID]
RowNo = Annotated[int, Column("place among the document's rows of this table, in text order", "from 0", low=0)]
StartChar = Annotated[int, Column("first character in documents.text", "code points, from 0", low=0)]
EndChar = Annotated[int, Column("end in documents.text, exclusive", "code points", low=1)]
Surface = Annotated[str, Column("as printed: text[start_char:end_char]")]

PersonName = Annotated[str, Column("canonical name, in full where the document gives it in full", canonical=True)]
PersonId = Annotated[
    str | None,
    Column("folded name @ province code or TW of the person's office; NULL when unsure", pattern=r"[^@]+@(\d+|TW)"),
]
BodyId = Annotated[str | None, Column("folded name @ unit code or TW; NULL where the unit is unknown", pattern=r"[^@]+@(\d+|TW)")]
CodeSet = Annotated[str | None, Column("the set to which the codes of this row belong", codes=CODE_SETS)]
ProvinceNow = Annotated[str | None, Column("the province of today to which it belongs (set 2025)", pattern=r"\d{2}")]
UnitCode = Annotated[str | None, Column("statistics-office code of the unit", pattern=r"\d{2}|\d{3}|\d{5}")]
EventNo = Annotated[int, Column("the event; 0 is the one that the article is about", "from 0", low=0)]
SentenceNo = Annotated[int, Column("the sentence among those of lead and body", "from 0", low=0)]

# Nothing in this genre reports on days before the Lý dynasty or plans beyond the century.
_LOW, _HIGH = "1000-01-01", "2100-12-31"


def day(meaning: str) -> Column:
    """A DATE column with the bounds of the genre."""
    return Column(meaning, low=_LOW, high=_HIGH)


PeriodFrom = Annotated[date | None, day("first day of the period reported on")]
PeriodTo = Annotated[date | None, day("last day of the period reported on")]
