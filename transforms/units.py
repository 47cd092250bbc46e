"""The gazetteer as rows, and what a document's home province looks like in ``documents``."""

from __future__ import annotations

import csv
from datetime import date
from functools import cache
from pathlib import Path
from typing import Any

from schemas.rows import UnitRow
from transforms.document import Facts

LEXICON = Path(__file__).parent / "lexicons" / "units.tsv"
SETTLED = (
    "dated_from", "dated_to", "dated_by", "province_code", "province_name", "province_code_set", "province_by",
    "province_code_now", "province_name_now", "place_code",
)  # fmt: skip


@cache
def gazetteer() -> tuple[UnitRow, ...]:
    """Every unit of both sets, by set and code."""
    rows = []
    with LEXICON.open(encoding="utf-8", newline="") as lines:
        for row in csv.DictReader((line for line in lines if not line.startswith("#")), delimiter="\t"):
            values: dict[str, Any] = {name: row[name] or None for name in UnitRow._fields}
            for name in ("valid_from", "valid_to"):
                values[name] = values[name] and date.fromisoformat(values[name])
            rows.append(UnitRow(**values))
    return tuple(sorted(rows, key=lambda unit: (unit.code_set, unit.code)))


@cache
def provinces() -> dict[tuple[str, str], UnitRow]:
    """Provinces by (code, code_set)."""
    return {(unit.code, unit.code_set): unit for unit in gazetteer() if unit.level == "province"}


def settled(facts: Facts) -> dict[str, Any]:
    """The columns of ``documents`` that the facts tell: SETTLED, in order."""
    values: dict[str, Any] = dict.fromkeys(SETTLED)
    if facts.dated:
        values["dated_from"], values["dated_to"], values["dated_by"] = facts.dated
    home = facts.home
    if home:
        unit = provinces()[home.province_code, home.code_set]
        now = unit if home.code_set == "2025" else provinces()[unit.successor_code or unit.code, "2025"]
        values |= {
            "province_code": unit.code, "province_name": unit.name, "province_code_set": home.code_set, "province_by": home.by,
            "province_code_now": now.code, "province_name_now": now.name, "place_code": home.place_code,
        }  # fmt: skip
    return values
