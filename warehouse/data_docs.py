"""Data Docs: the validation results of a run as pages that open offline.

Great Expectations' own pages load scripts and styles from elsewhere and put values from the data into the page unescaped, so its
result objects are rendered here instead: no script, one style, every value escaped, and a policy that forbids the rest
(``docs/decisions/data-docs.md``).
"""

from __future__ import annotations

import json
from collections.abc import Sequence
from pathlib import Path
from typing import Any

from schemas.journal import QualityResult
from schemas.row_rules import FEW_REFUSED
from warehouse.pages.kit import render, write_page
from warehouse.pages.labels import meaning, table


def write_docs(folder: Path, run_id: str, results: Sequence[QualityResult], held: Sequence[str]) -> Path:
    """Write ``index.html`` and the same for programs (``results.json``, counts only); returns the page."""
    import great_expectations

    rows = [_shown(result) for result in results]
    suites: dict[str, list[dict[str, Any]]] = {}
    for row in rows:
        suites.setdefault(row["table_name"], []).append(row)
    html = render(
        "data_docs",
        scripted=False,
        run_id=run_id,
        total=len(rows),
        suites=suites,
        failed=[row for row in rows if row["unexpected_count"] and not (row["success"] and row["expectation"] == FEW_REFUSED)],
        held=list(held),
        label=table,
        version=great_expectations.__version__,
    )
    target = write_page(folder / "index.html", html)
    counts = [
        {**{name: value for name, value in row.items() if name != "examples"}, "meaning": row["meaning"].en} for row in rows
    ]
    (folder / "results.json").write_text(json.dumps(counts, ensure_ascii=False, indent=1), encoding="utf-8")
    return target


def _shown(result: QualityResult) -> dict[str, Any]:
    row = result._asdict()
    observed = json.loads(row.pop("observed") or "{}")
    return {**row, "meaning": meaning(observed, result.expectation), "examples": observed.get("examples", [])}
