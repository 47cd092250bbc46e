"""Cases as data: ``tests/cases/TABLE.json``. Spans are marked in the text with ⟦…⟧; columns that are named must be equal.

A case with ``"expect": "xfail"`` is a known failure; it fails strictly, so that an accidental cure is noticed.
"""

from __future__ import annotations

import json
import re
from datetime import date
from pathlib import Path
from typing import Any

import pytest

from schemas.tables import FACTS
from transforms.document import Article
from transforms.extract import extract

FOLDER = Path(__file__).parent / "cases"
_TABLES = {table.name: table for table in FACTS}


def cases() -> list[Any]:
    found = []
    for path in sorted(FOLDER.glob("*.json")):
        if path.stem not in _TABLES:
            continue
        for number, case in enumerate(json.loads(path.read_text(encoding="utf-8"))):
            marks = (
                [pytest.mark.xfail(strict=True, reason=case.get("reason", "known failure"))] if case["expect"] == "xfail" else []
            )
            found.append(pytest.param(path.stem, case, id=f"{path.stem}-{number}-{case['label']}".replace(" ", "_"), marks=marks))
    return found


def unmarked(text: str) -> tuple[str, list[tuple[int, int]]]:
    """The text without its marks, and the spans that they marked."""
    spans, starts, plain = [], [], []
    length = 0
    for part in re.split("([⟦⟧])", text):
        if part == "⟦":
            starts.append(length)
        elif part == "⟧":
            spans.append((starts.pop(), length))
        else:
            plain.append(part)
            length += len(part)
    return "".join(plain), sorted(spans)


@pytest.mark.parametrize(("table", "case"), cases())
def test_case(table: str, case: dict[str, Any]) -> None:
    text, spans = unmarked(case["text"])
    published = date.fromisoformat(case["published"]) if case.get("published") else None
    facts = extract(Article.from_text(text, published, case.get("titled", False)))
    rows = sorted(getattr(facts, table), key=lambda row: (row.start_char, row.end_char))
    printed = [text[start:end] for start, end in spans]
    assert [text[row.start_char : row.end_char] for row in rows] == printed
    assert [(row.start_char, row.end_char) for row in rows] == spans
    assert len(case.get("found", [])) in (0, len(spans)), "the case names columns for some of its spans only"
    for row, wanted in zip(rows, case.get("found", []), strict=False):
        got = {name: str(value) if isinstance(value := getattr(row, name), date) else value for name in wanted}
        assert got == wanted, text[row.start_char : row.end_char]


@pytest.mark.parametrize("path", sorted(p for p in FOLDER.glob("*.json") if p.stem in _TABLES), ids=lambda p: p.stem)
def test_each_table_has_wild_and_negative_cases(path: Path) -> None:
    kinds = [case["kind"] for case in json.loads(path.read_text(encoding="utf-8"))]
    assert kinds.count("wild") >= 5
    assert kinds.count("negative") >= 3
