"""Which common indicator a figure is one of: told by its noun phrase and the words of its clause."""

from __future__ import annotations

import re
from functools import cache
from typing import NamedTuple

from transforms.extract.counted import Counted
from transforms.extract.lexicon_files import table
from transforms.text import holds_any


class _Indicator(NamedTuple):
    name: str
    words: re.Pattern[str]
    refused: re.Pattern[str] | None


class _Indicators(NamedTuple):
    words: re.Pattern[str]  # of any of them
    each: list[_Indicator]


@cache
def _indicators() -> dict[str, _Indicators]:
    """The vocabulary by unit; ``*`` for those in money and shares."""

    def pattern(words: str) -> re.Pattern[str]:
        return re.compile(rf"(?<!\w)(?:{'|'.join(map(re.escape, words.split('|')))})(?!\w)")

    known: dict[str, list[_Indicator]] = {}
    words: dict[str, list[str]] = {}
    for row in table("indicators.tsv"):
        entry = _Indicator(row["indicator"], pattern(row["words"]), pattern(row["not"]) if row["not"] else None)
        for unit in ("%", "đồng", "USD") if row["units"] == "*" else row["units"].split("|"):
            known.setdefault(unit, []).append(entry)
            words.setdefault(unit, []).append(row["words"])
    return {unit: _Indicators(pattern("|".join(words[unit])), each) for unit, each in known.items()}


_BY_SUBJECT = frozenset(
    ["người", "lượt người", "cán bộ", "lao động", "con", "vụ", "lớp", "đại biểu", "cử tri", "khách", "lượt khách", "du khách",
     "lượt", "học viên", "đảng viên", "việc làm"]
)  # fmt: skip
_CLAUSE = re.compile(r"[,;(]| và | mà | nhưng | song ")
# Sums: a share of one is none of its own.
_SUMS = frozenset(
    ["exports", "imports", "profit", "revenue", "budget_revenue", "budget_expenditure", "retail_sales", "gdp_growth"]
)
_YIELDS = frozenset(["profit", "revenue"])  # a bare share of which is a rate: "quỹ đạt lợi nhuận 17 %"
# Of people and animals, of whom a few are those of an incident, no indicator.
_CROWDS = frozenset(["pupils", "visitors", "attendance", "livestock", "trainees", "union_members", "party_members"])
_CROWD = 10
# Another sum that stands nearer to the number: "doanh thu thấp hơn chi phí 5 tỷ đồng".
_OTHER = re.compile(r"(?<!\w)(?:chi phí|giá vốn|nộp ngân sách|vốn đầu tư|tiền thuê|tiền lương|trích|thiệt hại)(?!\w)")


def indicator(found: Counted, before: str, what: str | None, measure: str | None, value: float) -> str | None:
    """The key of the common indicator that a figure is one of."""
    candidates = _indicators().get(found.unit) or _indicators().get(found.unit.partition(", ")[0])
    if not candidates:
        return None
    phrase = (what or found.unit).lower()
    clause = _CLAUSE.split(before)[-1]
    said = f"{clause} {phrase}"
    around = f"{before} {phrase}" if found.kind == "count" else said
    where = said if found.kind != "count" or found.unit.partition(", ")[0] in _BY_SUBJECT else phrase
    named = candidates.words.search(where)
    if named is None or (found.kind == "money" and _OTHER.search(clause, max(0, named.end() - len(where) + len(clause)))):
        return None
    for entry in candidates.each:
        if entry.words.search(where) and not (entry.refused and entry.refused.search(around)):
            part = found.kind == "share" and measure in (None, "share") and entry.name in _SUMS
            if entry.name in _CROWDS and value < _CROWD:
                return None  # 2 học sinh bị thương
            of_plan = what is not None and ("kế hoạch" in what or "dự toán" in what)
            rate = entry.name in _YIELDS and not holds_any(clause, ("tăng", "giảm"))
            of_another = part and not of_plan and (what is not None or rate)
            return None if part and (measure == "share" or of_another) else entry.name
    return None
