"""The quality page: the verdict on the newest run, what passed and failed with its evidence, drift, quarantine, accuracy.

It reads the published catalog and nothing else, so it can be written at any time, and says the same each time.
"""

from __future__ import annotations

import json
import os
from collections.abc import Sequence
from pathlib import Path
from typing import Any, NamedTuple

import duckdb

from schemas import codes
from schemas.errors import UsageError
from schemas.render import quoted
from schemas.row_rules import FEW_REFUSED
from warehouse.layout import Layout
from warehouse.pages import charts, history, labels
from warehouse.pages.evidence import Evidence, Reader, TextOf
from warehouse.pages.kit import render, write_page
from warehouse.pages.reading import catalog, rows
from warehouse.pages.words import Words, coded

DATA_DOCS = "data_docs"  # the folder of the Data Docs beside a run's page
_EXAMPLES = 3
_VERDICTS = {
    "good": Words("Passed", "Đạt"),
    "warn": Words("Passed, with warnings", "Đạt, có cảnh báo"),
    "held": Words("Held back", "Bị giữ lại"),
    "bad": Words("Failed", "Không đạt"),
}


class Failure(NamedTuple):
    """An expectation that some rows broke, with the sentences that some of them come from."""

    result: dict[str, Any]
    meaning: Words
    evidence: list[Evidence]


def write_quality_page(layout: Layout, path: Path, run_id: str | None = None, unpublished: TextOf | None = None) -> Path:
    """Write the page of a run (the newest one unless named). Raises UsageError where there is no such run.

    Links the Data Docs of the run, relative to ``path``. ``unpublished`` as for ``evidence.Reader``.
    """
    with catalog(layout) as con:
        html = render("quality", **_collected(con, Reader(con, unpublished), layout, path, run_id))
    return write_page(path, html)


def _collected(con: duckdb.DuckDBPyConnection, reader: Reader, layout: Layout, path: Path, run_id: str | None) -> dict[str, Any]:
    runs = rows(con, "SELECT * FROM journal.runs ORDER BY started_at, run_id")
    if run_id is not None:
        place = next((n for n, run in enumerate(runs) if run["run_id"] == run_id), None)
        if place is None:
            raise UsageError(f"there is no run {run_id} in {layout.root}")
        runs = runs[: place + 1]
    if not runs:
        raise UsageError(f"no run yet in {layout.root}: start one with `khobao run SOURCE --warehouse {layout.root}`")
    run = runs[-1]
    judged = _judged(runs)
    everything = _results(con, judged["run_id"]) if judged else []
    if run is not judged:  # all that a run which found nothing new can say is that a source is silent
        newer = _results(con, run["run_id"])
        everything = [one for one in everything if not any(_same(one, other) for other in newer)] + newer
    results = [one for one in everything if not one["suite"].startswith(history.ACCURACY)]
    failed = [_failure(con, reader, one) for one in results if _broken(one)]
    failed.sort(key=_urgency)
    kind = _kind(judged, everything)
    return {
        "run": run,
        "judged": judged,
        "kind": kind,
        "verdict": _VERDICTS[kind],
        "status": coded(codes.RUN_STATUSES, run["status"]),
        "shown": runs[-history.RUNS :],
        "statuses": {one["run_id"]: coded(codes.RUN_STATUSES, one["status"]) for one in runs[-history.RUNS :]},
        "columns": charts.columns([_parts(one) for one in runs[-history.RUNS :]]),
        "results": results,
        "scores": len(everything) - len(results),
        "suites": _suites(results),
        "failed": failed,
        "severities": {code.code: coded(codes.SEVERITIES, code.code) for code in codes.SEVERITIES.codes},
        "rows_refused": _one(con, f"SELECT count(table_name) FROM journal.quarantine WHERE run_id = {quoted(run['run_id'])}"),
        "sources": history.sources(con, runs, results),
        "quarantine": _quarantine(con, reader),
        "accuracy": history.accuracy(con, runs),
        "documents": _one(con, "SELECT count(*) FROM history.documents"),
        "data_docs": _data_docs(layout, path, judged["run_id"]) if judged else None,
        "suite_label": labels.suite,
        "table_label": labels.table,
    }


def _one(con: duckdb.DuckDBPyConnection, query: str) -> Any:
    return con.execute(query).fetchall()[0][0]


def _judged(runs: Sequence[dict[str, Any]]) -> dict[str, Any] | None:
    """The run whose verdict stands: the newest one, unless it found nothing new and so judged nothing."""
    return next((run for run in reversed(runs) if run["status"] != "nothing_new"), None)


def _results(con: duckdb.DuckDBPyConnection, run_id: str) -> list[dict[str, Any]]:
    query = f"SELECT * FROM journal.quality_results WHERE run_id = {quoted(run_id)}"
    found = rows(con, f"{query} ORDER BY table_name, column_name NULLS LAST, expectation, suite")
    for one in found:
        one["observed"] = json.loads(one["observed"] or "{}")
        one["meaning"] = labels.meaning(one["observed"], one["expectation"])
    return found


def _same(one: dict[str, Any], other: dict[str, Any]) -> bool:
    return all(one[name] == other[name] for name in ("suite", "table_name", "column_name", "expectation"))


def _kind(judged: dict[str, Any] | None, results: Sequence[dict[str, Any]]) -> str:
    """Held back, failed, passed with warnings, passed; as ``khobao quality`` says it."""
    if judged and judged["status"] in ("blocked", "failed"):
        return "held" if judged["status"] == "blocked" else "bad"
    broken = {one["severity"] for one in results if not one["success"]}
    return "bad" if "critical" in broken else "warn" if "warning" in broken else "good"


def _failure(con: duckdb.DuckDBPyConnection, reader: Reader, result: dict[str, Any]) -> Failure:
    """The evidence: refused rows where the rule refuses, else the examples that were kept with the result."""
    refused = rows(
        con,
        f"""SELECT * FROM journal.quarantine WHERE run_id = {quoted(result["run_id"])}
        AND coalesce(table_name, 'documents') = {quoted(result["table_name"])} AND reason = {quoted(result["meaning"].en)}
        ORDER BY quarantine_id LIMIT {_EXAMPLES}""",
    )
    evidence = [reader.of_row(row) for row in refused] or reader.of_result(result, _EXAMPLES)
    return Failure(result, result["meaning"], evidence)


def _urgency(one: Failure) -> tuple[int, bool]:
    """What holds a run back or has cost rows comes before warnings, and those before what is merely told."""
    return ["critical", "warning", "info"].index(one.result["severity"]), one.result["success"]


def _broken(result: dict[str, Any]) -> bool:
    """Whether there is something to tell: it was not met, or some rows broke it and were refused."""
    if result["success"] and result["expectation"] == FEW_REFUSED:
        return False  # each rule tells of its own
    return not result["success"] or ("value" not in result["observed"] and bool(result["unexpected_count"]))


def _suites(results: Sequence[dict[str, Any]]) -> list[tuple[str, list[dict[str, Any]]]]:
    by_suite: dict[str, list[dict[str, Any]]] = {}
    for one in results:
        by_suite.setdefault(one["suite"], []).append(one)
    kind = {"warehouse": 0, "source": 1}  # the whole first, then its parts
    return sorted(by_suite.items(), key=lambda pair: (kind.get(pair[0].partition(":")[0], 2), pair[0]))


def _parts(run: dict[str, Any]) -> list[tuple[str, float]]:
    """What a run's documents were, from the bottom of its column to its top."""
    return [
        ("new", run["documents_new"]),
        ("again", run["documents_reprocessed"]),
        ("refused", run["documents_quarantined"]),
        ("known", run["documents_known"]),
    ]


def _quarantine(con: duckdb.DuckDBPyConnection, reader: Reader) -> list[dict[str, Any]]:
    """Refusals by stage and reason, what still waits first, each with an example."""
    found = rows(
        con,
        """SELECT stage, reason_code, count(*) FILTER (table_name IS NULL) AS documents, count(table_name) AS rows,
            count(*) FILTER (status = 'open') AS open, count(*) FILTER (status = 'replayed') AS replayed,
            count(*) FILTER (status = 'dropped') AS dropped, min(quarantine_id) AS example
        FROM journal.quarantine GROUP BY stage, reason_code ORDER BY open DESC, count(*) DESC, stage, reason_code""",
    )
    most = max((one["documents"] + one["rows"] for one in found), default=1)
    for one in found:
        row = rows(con, f"SELECT * FROM journal.quarantine WHERE quarantine_id = {quoted(one['example'])}")[0]
        one["evidence"] = reader.of_row(row)
        one["share"] = round(100.0 * (one["documents"] + one["rows"]) / most, 1)
        one["stage"] = coded(codes.STAGES, one["stage"])
        one["reason"] = coded(codes.REASONS, one["reason_code"])
    return found


def _data_docs(layout: Layout, path: Path, run_id: str) -> str | None:
    """The address of the Data Docs of a run, as seen from the page; None where they lie elsewhere or are gone."""
    for docs in (layout.quality(run_id) / DATA_DOCS / "index.html", layout.quality(run_id) / "index.html"):
        if docs.exists() and docs != path.absolute():
            return Path(os.path.relpath(docs, path.absolute().parent)).as_posix()
    return None
