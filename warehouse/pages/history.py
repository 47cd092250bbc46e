"""What the journal remembers, drawn over runs: each source's measures, and accuracy against annotations."""

from __future__ import annotations

import json
from collections.abc import Sequence
from typing import Any, NamedTuple

import duckdb

from schemas.render import quoted
from warehouse.pages import charts, labels
from warehouse.pages.reading import rows
from warehouse.pages.words import Words

RUNS = 30  # shown over time
ACCURACY, SOURCE = "accuracy:", "source:"  # suites of quality results: accuracy:GOLD@DIGEST, source:NAME
_ORDER = ("documents", "blocks", *labels.KINDS)

Drawn = list[tuple[Words, charts.Line]]


class Source(NamedTuple):
    """A source over time. ``judged`` are the measures that drift rules bound, ``nulls`` those of unknown values among them.

    ``plain`` are drawn where nothing was judged: runs that bring too few documents are not.
    """

    name: str
    documents: int
    newest: Any
    last_new: Any
    judged: Drawn
    nulls: Drawn
    plain: Drawn

    @property
    def unusual(self) -> int:
        return sum(chart.unusual for _, chart in (*self.judged, *self.nulls))


def sources(con: duckdb.DuckDBPyConnection, runs: Sequence[dict[str, Any]], results: Sequence[dict[str, Any]]) -> list[Source]:
    """Every source, the largest first, with the measures among ``results`` and its counts over ``runs``."""
    known = rows(
        con,
        """SELECT d.source_name, count(*) AS documents, max(d.published_at) AS newest, max(r.started_at) AS last_new
        FROM history.documents d LEFT JOIN journal.runs r USING (run_id) GROUP BY ALL ORDER BY documents DESC, source_name""",
    )
    counted = _counted(con, runs)
    found = []
    for source in known:
        name = source["source_name"]
        measures = [one for one in results if one["suite"] == SOURCE + name and "value" in one["observed"]]
        judged = [one for one in measures if one["expectation"] != "null_share"]
        nulls = [one for one in measures if one["expectation"] == "null_share"]
        # What was never judged says nothing of a run that brought so little.
        plain = [] if len(judged) > 1 else _plain(counted.get(name, []))
        found.append(
            Source(name, source["documents"], source["newest"], source["last_new"], _measured(judged), _measured(nulls), plain)
        )
    return sorted(found, key=lambda one: -one.unusual)


def _counted(con: duckdb.DuckDBPyConnection, runs: Sequence[dict[str, Any]]) -> dict[str, list[dict[str, int]]]:
    """By source, for each run that brought it documents, the rows written per table."""
    published = ", ".join(quoted(run["run_id"]) for run in runs if run["status"] == "completed") or "''"
    query = f"SELECT run_id, source_name, table_name, rows_written FROM journal.run_tables WHERE run_id IN ({published})"
    by_run: dict[tuple[str, str], dict[str, int]] = {}
    for row in rows(con, query):
        by_run.setdefault((row["source_name"], row["run_id"]), {})[row["table_name"]] = row["rows_written"]
    found: dict[str, list[dict[str, int]]] = {}
    order = {run["run_id"]: place for place, run in enumerate(runs)}
    for (source, _), written in sorted(by_run.items(), key=lambda item: order[item[0][1]]):
        if written.get("documents"):
            found.setdefault(source, []).append(written)
    return found


_RULES = {
    "documents_per_run": Words("Documents per run", "Tài liệu mỗi lượt"),
    "share_quarantined": Words("Share quarantined", "Tỷ lệ cách ly"),
    "days_since_new": Words("Days between deliveries", "Số ngày giữa hai lần có tin"),
}


def _measured(results: Sequence[dict[str, Any]]) -> Drawn:
    """The judged measures as charts: those of the earlier runs, then this one, and its bounds."""
    drawn = []
    for one in sorted(results, key=lambda one: (one["expectation"] == "rows_per_document", _place(one["table_name"]))):
        observed = one["observed"]
        chart = charts.line([*observed.get("history", ()), observed["value"]], observed.get("low"), observed.get("high"))
        if chart:
            drawn.append((_name(one), chart))
    return sorted(drawn, key=lambda pair: not pair[1].unusual)


def _name(result: dict[str, Any]) -> Words:
    rule, table = result["expectation"], labels.table(result["table_name"])
    if rule == "rows_per_document":
        return Words(f"{table.en} per document", f"{table.vi} mỗi tài liệu")
    if rule == "null_share":
        column = labels.column(result["column_name"] or "")
        return Words(f"{table.en}, {column.en}: unknown", f"{table.vi}, {column.vi}: không rõ")
    return _RULES.get(rule, Words(rule, rule))


def _place(table: str) -> int:
    return _ORDER.index(table) if table in _ORDER else len(_ORDER)


def _plain(history: Sequence[dict[str, int]]) -> Drawn:
    """Documents per run, and rows per document of each table of facts."""
    last = history[-RUNS:]
    measures = [(_RULES["documents_per_run"], [float(one["documents"]) for one in last])]
    for name, (_, label) in labels.KINDS.items():
        values = [one.get(name, 0) / one["documents"] for one in last]
        measures.append((Words(f"{label.en} per document", f"{label.vi} mỗi tài liệu"), values))
    drawn = [(label, charts.line(values)) for label, values in measures]
    return [(label, chart) for label, chart in drawn if chart is not None]


class Score(NamedTuple):
    """An accuracy with its interval (None where none was computed), and those of earlier runs."""

    label: Words
    name: str
    value: float
    low: float | None
    high: float | None
    fell: bool
    history: charts.Line | None


def accuracy(con: duckdb.DuckDBPyConnection, runs: Sequence[dict[str, Any]]) -> list[tuple[str, str, list[Score]]]:
    """The newest scores by each set of annotations: its name, the run that they judge, and one score per measure."""
    known = ", ".join(quoted(run["run_id"]) for run in runs)
    found = rows(
        con,
        f"""SELECT q.* FROM journal.quality_results q JOIN journal.runs r USING (run_id)
        WHERE starts_with(q.suite, '{ACCURACY}') AND q.run_id IN ({known}) ORDER BY r.started_at, q.run_id, q.suite""",
    )
    series: dict[str, dict[tuple[str, str], list[dict[str, Any]]]] = {}
    for row in found:
        row["observed"] = json.loads(row["observed"] or "{}")
        if isinstance(row["observed"].get("value"), int | float):
            of_gold = series.setdefault(row["suite"].removeprefix(ACCURACY).partition("@")[0], {})
            of_gold.setdefault((row["table_name"], row["expectation"]), []).append(row)
    sets = []
    for gold, measures in series.items():
        order = sorted(measures, key=lambda key: (_place(key[0]), key[1]))
        sets.append((gold, max(measures[key][-1]["run_id"] for key in order), [_score(gold, measures[key]) for key in order]))
    return sets


def _score(gold: str, history: Sequence[dict[str, Any]]) -> Score:
    last, observed = history[-1], history[-1]["observed"]
    meaning = labels.meaning(observed, last["expectation"])
    label = Words(
        meaning.en.removeprefix("accuracy of ").removesuffix(f", by the annotations {gold}"),
        meaning.vi.removeprefix("độ chính xác: ").removesuffix(f", theo bộ gán nhãn {gold}"),
    )
    values = [float(one["observed"]["value"]) for one in history[-RUNS:]]
    drawn = charts.line(values) if len(values) > 1 else None
    return Score(label, last["expectation"], values[-1], observed.get("low"), observed.get("high"), not last["success"], drawn)
