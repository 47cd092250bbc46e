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
from warehouse.layout import Layout
from warehouse.pages import charts, labels
from warehouse.pages.evidence import Evidence, Reader, TextOf
from warehouse.pages.kit import render, write_page
from warehouse.pages.reading import catalog, rows
from warehouse.pages.words import Words, coded, words

DATA_DOCS = "data_docs"  # the folder of the Data Docs beside a run's page
_RUNS = 30  # shown over time
_SMALL = 24  # small charts per source
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
    judged = _judged(con, runs)
    results = _results(con, judged["run_id"]) if judged else []
    failed = [_failure(con, reader, one) for one in results if one["unexpected_count"] or not one["success"]]
    kind = _kind(run, [one.result for one in failed])
    return {
        "run": run,
        "judged": judged,
        "kind": kind,
        "verdict": _VERDICTS[kind],
        "status": coded(codes.RUN_STATUSES, run["status"]),
        "shown": runs[-_RUNS:],
        "statuses": {one["run_id"]: coded(codes.RUN_STATUSES, one["status"]) for one in runs[-_RUNS:]},
        "columns": charts.columns([_parts(one) for one in runs[-_RUNS:]]),
        "results": results,
        "suites": _suites(results),
        "failed": failed,
        "severities": {code.code: coded(codes.SEVERITIES, code.code) for code in codes.SEVERITIES.codes},
        "rows_refused": _one(con, f"SELECT count(table_name) FROM journal.quarantine WHERE run_id = {quoted(run['run_id'])}"),
        "sources": _sources(con, runs),
        "quarantine": _quarantine(con, reader),
        "accuracy": _accuracy(con, runs),
        "documents": _one(con, "SELECT count(*) FROM history.documents"),
        "data_docs": _data_docs(layout, path, judged["run_id"]) if judged else None,
        "table_label": labels.table,
    }


def _one(con: duckdb.DuckDBPyConnection, query: str) -> Any:
    return con.execute(query).fetchall()[0][0]


def _judged(con: duckdb.DuckDBPyConnection, runs: Sequence[dict[str, Any]]) -> dict[str, Any] | None:
    """The newest of the runs whose rows were judged; one that found nothing new has no results of its own."""
    query = f"SELECT DISTINCT run_id FROM journal.quality_results WHERE {_NOT_ACCURACY}"
    with_results = {row[0] for row in con.execute(query).fetchall()}
    return next((run for run in reversed(runs) if run["run_id"] in with_results), None)


_ACCURACY = "suite LIKE 'accuracy%'"
_NOT_ACCURACY = f"NOT ({_ACCURACY})"


def _results(con: duckdb.DuckDBPyConnection, run_id: str) -> list[dict[str, Any]]:
    query = f"SELECT * FROM journal.quality_results WHERE run_id = {quoted(run_id)} AND {_NOT_ACCURACY}"
    found = rows(con, f"{query} ORDER BY table_name, column_name NULLS LAST, expectation")
    for one in found:
        one["observed"] = json.loads(one["observed"] or "{}")
        one["meaning"] = _meaning(one["observed"], one["expectation"])
    return found


def _meaning(observed: dict[str, Any], otherwise: str) -> Words:
    en = str(observed.get("meaning") or observed.get("found") or otherwise)
    return words(en, observed.get("meaning_vi") or en)


def _kind(run: dict[str, Any], failed: Sequence[dict[str, Any]]) -> str:
    """How the run ended: held back, failed, passed with warnings, passed."""
    if run["status"] in ("blocked", "failed"):
        return "held" if run["status"] == "blocked" else "bad"
    broken = {one["severity"] for one in failed if not one["success"]}
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


def _suites(results: Sequence[dict[str, Any]]) -> list[tuple[str, list[dict[str, Any]]]]:
    by_table: dict[str, list[dict[str, Any]]] = {}
    for one in results:
        by_table.setdefault(one["table_name"], []).append(one)
    return list(by_table.items())


_PARTS = {
    "new": Words("new", "mới"),
    "again": Words("extracted again", "trích xuất lại"),
    "known": Words("known", "đã có"),
    "refused": Words("quarantined", "cách ly"),
}


def _parts(run: dict[str, Any]) -> list[tuple[str, float]]:
    """What a run's documents were, from the bottom of its column to its top."""
    return [
        ("new", run["documents_new"]),
        ("again", run["documents_reprocessed"]),
        ("refused", run["documents_quarantined"]),
        ("known", run["documents_known"]),
    ]


class Source(NamedTuple):
    """A source over time: how fresh it is, and its measures run by run."""

    name: str
    documents: int
    newest: Any
    last_new: Any
    lines: list[tuple[Words, charts.Line]]


def _sources(con: duckdb.DuckDBPyConnection, runs: Sequence[dict[str, Any]]) -> list[Source]:
    """Every source with the measures of its last runs that published, the largest first."""
    shown = ", ".join(quoted(run["run_id"]) for run in runs if run["status"] == "completed") or "''"
    counted = rows(
        con,
        f"""SELECT t.run_id, t.source_name, t.table_name, t.rows_written, t.rows_quarantined FROM journal.run_tables t
        JOIN journal.runs r USING (run_id) WHERE t.run_id IN ({shown}) ORDER BY r.started_at, r.run_id""",
    )
    known = rows(
        con,
        """SELECT d.source_name, count(*) AS documents, max(d.published_at) AS newest, max(r.started_at) AS last_new
        FROM history.documents d LEFT JOIN journal.runs r USING (run_id) GROUP BY ALL ORDER BY documents DESC, source_name""",
    )
    found = []
    for source in known:
        by_run: dict[str, dict[str, dict[str, Any]]] = {}
        for row in counted:
            if row["source_name"] == source["source_name"]:
                by_run.setdefault(row["run_id"], {})[row["table_name"]] = row
        history = [one for one in by_run.values() if one.get("documents", {}).get("rows_written")][-_RUNS:]
        found.append(Source(source["source_name"], source["documents"], source["newest"], source["last_new"], _lines(history)))
    return found


def _lines(history: Sequence[dict[str, dict[str, Any]]]) -> list[tuple[Words, charts.Line]]:
    measures = [(Words("Documents per run", "Tài liệu mỗi lượt"), [float(one["documents"]["rows_written"]) for one in history])]
    for name in labels.KINDS:
        values = [one.get(name, {"rows_written": 0})["rows_written"] / one["documents"]["rows_written"] for one in history]
        label = labels.table(name)
        measures.append((Words(f"{label.en} per document", f"{label.vi} mỗi tài liệu"), values))
    refused = [100.0 * _share(one) for one in history]
    measures.append((Words("Rows refused, %", "Dòng bị loại, %"), refused))
    drawn = [(label, charts.line(values)) for label, values in measures]
    return [(label, chart) for label, chart in drawn if chart is not None][:_SMALL]


def _share(tables: dict[str, dict[str, Any]]) -> float:
    refused = sum(row["rows_quarantined"] for row in tables.values())
    return float(refused / ((refused + sum(row["rows_written"] for row in tables.values())) or 1))


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


class Score(NamedTuple):
    """An accuracy with its interval (None where none was computed), and those of earlier runs."""

    label: Words
    name: str
    value: float
    low: float | None
    high: float | None
    fell: bool
    history: charts.Line | None


def _accuracy(con: duckdb.DuckDBPyConnection, runs: Sequence[dict[str, Any]]) -> list[tuple[str, str, list[Score]]]:
    """The newest scores by each set of annotations: its name, the run that they judge, and one score per measure."""
    known = ", ".join(quoted(run["run_id"]) for run in runs)
    found = rows(
        con,
        f"""SELECT q.* FROM journal.quality_results q JOIN journal.runs r USING (run_id)
        WHERE {_ACCURACY} AND q.run_id IN ({known}) ORDER BY r.started_at, q.run_id, q.suite""",
    )
    series: dict[str, dict[tuple[str, str], list[dict[str, Any]]]] = {}
    for row in found:
        row["observed"] = json.loads(row["observed"] or "{}")
        if isinstance(row["observed"].get("value"), int | float):
            of_gold = series.setdefault(row["suite"].partition("@")[0].partition(":")[2], {})
            of_gold.setdefault((row["table_name"], row["expectation"]), []).append(row)
    sets = []
    for gold, measures in series.items():
        order = sorted(measures, key=lambda key: (_ORDER.index(key[0]) if key[0] in _ORDER else len(_ORDER), key[1]))
        sets.append((gold, max(measures[key][-1]["run_id"] for key in order), [_score(gold, measures[key]) for key in order]))
    return sets


_ORDER = ("documents", "blocks", *labels.KINDS)


def _score(gold: str, history: Sequence[dict[str, Any]]) -> Score:
    last, observed = history[-1], history[-1]["observed"]
    meaning = _meaning(observed, last["expectation"])
    label = Words(
        meaning.en.removeprefix("accuracy of ").removesuffix(f", by the annotations {gold}"),
        meaning.vi.removeprefix("độ chính xác: ").removesuffix(f", theo bộ gán nhãn {gold}"),
    )
    values = [float(one["observed"]["value"]) for one in history[-_RUNS:]]
    line = charts.line(values) if len(values) > 1 else None
    return Score(label, last["expectation"], values[-1], observed.get("low"), observed.get("high"), not last["success"], line)


def _data_docs(layout: Layout, path: Path, run_id: str) -> str | None:
    """The address of the Data Docs of a run, as seen from the page; None where they lie elsewhere or are gone."""
    for docs in (layout.quality(run_id) / DATA_DOCS / "index.html", layout.quality(run_id) / "index.html"):
        if docs.exists() and docs != path.absolute():
            return Path(os.path.relpath(docs, path.absolute().parent)).as_posix()
    return None
