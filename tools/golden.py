"""Write anew what the reports and the questions answer on the samples: ``python -m tools.golden`` (``make golden``).

``tests/golden/REPORT.json`` and the answers in ``docs/questions.md`` come from one warehouse of both sample folders, run with a
fixed clock. The tests compare; whoever changes a rule reads the difference before committing it.
"""

from __future__ import annotations

import json
import re
import tempfile
from datetime import date, datetime
from pathlib import Path
from typing import TYPE_CHECKING, Any

from flows.engine import Inline
from flows.progress import Silent
from flows.run import execute
from flows.settings import Settings
from warehouse.layout import Layout
from warehouse.query import opened
from warehouse.reports import Report, reports

if TYPE_CHECKING:
    import duckdb

ROOT = Path(__file__).resolve().parent.parent
GOLDEN = ROOT / "tests" / "golden"
QUESTIONS = ROOT / "docs" / "questions.md"
SAMPLES = ("samples/news", "samples/followups")
CLOCK = datetime(2026, 4, 1, 7, 0, 0)
RUN_ID = "20260401T070000-samples"
BLOCK = re.compile(r"```sql\n(?P<query>.*?)```\n\n(?P<answer>(?:\|[^\n]*\n)*)", re.DOTALL)


def build(root: Path) -> Layout:
    """A warehouse of both folders of samples, the same at every time and place."""
    execute(Settings(tuple(str(ROOT / s) for s in SAMPLES), root, clock=CLOCK, run_id=RUN_ID), Inline(), Silent())
    return Layout(root)


def golden(con: duckdb.DuckDBPyConnection, report: Report) -> str:
    """A report's answer to its example, one row a line."""
    cursor = con.execute(f"FROM {report.example}{report.order_by}")
    names = [column[0] for column in cursor.description or ()]
    rows = [json.dumps(dict(zip(names, row, strict=True)), ensure_ascii=False, default=_plain) for row in cursor.fetchall()]
    head = f'{{"report": {json.dumps(report.example, ensure_ascii=False)},\n"rows": [\n'
    return head + ",\n".join(rows) + "\n]}\n"


def answer(con: duckdb.DuckDBPyConnection, query: str) -> str:
    """What a query answers, as a Markdown table."""
    cursor = con.execute(query)
    names = [column[0] for column in cursor.description or ()]
    lines = [names, ["---"] * len(names), *([_words(value) for value in row] for row in cursor.fetchall())]
    return "".join(f"| {' | '.join(line)} |\n" for line in lines)


def _words(value: Any) -> str:
    if value is None:
        return ""
    if isinstance(value, list):
        return "; ".join(map(_words, value))
    if isinstance(value, dict):
        return ", ".join(_words(item) for item in value.values() if item is not None)
    if isinstance(value, float) and value.is_integer():
        value = int(value)
    return str(value).replace("|", "\\|").replace("\n", " ")


def _plain(value: Any) -> str:
    return value.isoformat() if isinstance(value, date | datetime) else str(value)


def main() -> None:
    with tempfile.TemporaryDirectory() as folder, opened(build(Path(folder))) as con:
        GOLDEN.mkdir(exist_ok=True)
        for report in reports():
            (GOLDEN / f"{report.name}.json").write_text(golden(con, report), encoding="utf-8")
        written = BLOCK.sub(
            lambda block: f"```sql\n{block['query']}```\n\n{answer(con, block['query'])}", QUESTIONS.read_text(encoding="utf-8")
        )
        QUESTIONS.write_text(written, encoding="utf-8")


if __name__ == "__main__":
    main()
