"""Rules over the whole warehouse and its journal, and drift against a source's last runs."""

from __future__ import annotations

import json
from collections.abc import Callable
from dataclasses import replace
from datetime import date, datetime, timedelta
from pathlib import Path
from typing import Any

import pyarrow as pa
import pyarrow.compute as pc
import pyarrow.parquet as pq
import pytest

from flows.cli import main
from schemas.journal import QualityResult, Run, RunTable
from tests.conftest import CLOCK, Runner
from tests.harm import BETWEEN, IN_SET, NOT_NULL, NOT_REGEX, ORDER, REGEX
from tests.test_gate import doc_id
from tests.test_run import FIRST, SECOND, ask, put
from warehouse import drift, journal
from warehouse.layout import Layout, Snapshot, State
from warehouse.measures import Audited
from warehouse.quality import audit

pytestmark = pytest.mark.xdist_group("validation")


@pytest.fixture(scope="module")
def two_runs(run: Runner, tmp_path_factory: pytest.TempPathFactory) -> Path:
    base = tmp_path_factory.mktemp("quality")
    source, root = put(base / "src", a=FIRST), base / "wh"
    run(source, warehouse=root, run_id="r1")
    put(source, b=SECOND, a=FIRST.replace("120", "125"), empty=" ")
    run(source, warehouse=root, run_id="r2")
    return root


def audited(root: Path) -> Audited:
    """The audit of the last run, as it was before it was committed."""
    layout = Layout(root)
    state = layout.state()
    old, new = (layout.snapshot(number) for number in ((state.snapshot_id or 0) - 1, state.snapshot_id))
    assert old is not None and new is not None
    run_tables = [RunTable(*row) for row in ask(root, f"SELECT * FROM run_tables WHERE run_id = '{new.run_id}'")]
    return Audited(root, new.run_id, CLOCK, old, new, state, (2, 2, 0, 0, 0), run_tables)


def failed(results: list[QualityResult]) -> set[tuple[str, str]]:
    return {(r.table_name, r.expectation) for r in results if not r.success}


def test_a_sound_snapshot_passes_every_rule(two_runs: Path) -> None:
    found = audit(audited(two_runs))
    assert (found.message, failed(found.results)) == (None, set())
    assert len(found.results) > 45 and all(r.element_count is not None for r in found.results)
    assert all(json.loads(r.observed or "")["meaning_vi"] for r in found.results)
    keys = [(r.suite, r.table_name, r.column_name, r.expectation) for r in found.results]
    assert len(keys) == len(set(keys))


def changed(one: Audited, folder: Path, table: str, change: Callable[[pa.Table], pa.Table]) -> Audited:
    """The same audit, with one table of the new snapshot changed."""
    files = [one.root / path for path in one.new.files[table]]
    content = change(pa.concat_tables([pq.read_table(path) for path in files]))
    pq.write_table(content, folder / f"{table}.parquet")
    new = Snapshot(**{name: getattr(one.new, name) for name in ("snapshot_id", "run_id", "created_at", "extractor_version")})
    new.files.update(one.new.files)
    new.files[table] = [str(folder / f"{table}.parquet")]
    return replace(one, new=new)


def set_first(table: pa.Table, column: str, value: Any) -> pa.Table:
    at = table.schema.get_field_index(column)
    values = [value, *table[column].to_pylist()[1:]]
    field = table.schema.field(column)
    if value is None:
        field = field.with_nullable(True)  # else nothing wrong could be written
    return table.set_column(at, field, pa.array(values, field.type))


BROKEN: list[tuple[str, str, Callable[[pa.Table], pa.Table], set[tuple[str, str]]]] = [
    ("half a table is lost", "figures", lambda t: t.slice(0, t.num_rows // 2), {("figures", "rows_add_up")}),
    ("a row twice", "dates", lambda t: pa.concat_tables([t, t.slice(0, 1)]),
     {("dates", "rows_add_up"), ("dates", "keys_unique")}),
    ("a row of no document", "places", lambda t: set_first(t, "doc_id", "f" * 20), {("places", "no_orphans")}),
    ("a copy of no document", "duplicates", lambda t: pa.Table.from_pylist(
        [{"doc_id": "f" * 20, "cluster_id": "0" * 20, "similarity": 1.0, "method": "exact"}], t.schema),
     {("duplicates", "no_orphans"), ("duplicates", "copies_together")}),
    ("a version before that is not there", "documents", lambda t: set_first(t, "supersedes", "f" * 20),
     {("documents", "version_before_is_there")}),
    ("a body that is not listed", "bodies", lambda t: t.slice(1), {("organisations", "bodies_listed")}),
    ("two current versions of one page", "sightings", lambda t: t.set_column(
        t.schema.get_field_index("is_current"), t.schema.field("is_current"), pa.array([True] * t.num_rows)),
     {("sightings", "one_current")}),
    ("a document seen nowhere", "sightings", lambda t: t.filter(pc.not_equal(t["source_uri"], "b.txt")),
     {("sightings", "documents_seen_somewhere")}),
    ("a sighting of nothing", "sightings", lambda t: pa.concat_tables([t, set_first(t.slice(0, 1), "source_uri", "z").set_column(
        t.schema.get_field_index("doc_id"), t.schema.field("doc_id"), pa.array(["f" * 20]))]), {("sightings", "no_orphans")}),
    ("a body of an unknown kind", "bodies", lambda t: set_first(t, "kind", "ministry"), {("bodies", IN_SET)}),
    ("a body without a name", "bodies", lambda t: set_first(t, "name", None), {("bodies", NOT_NULL)}),
    ("a body in the old spelling", "bodies", lambda t: set_first(t, "name", "Tỉnh uỷ"), {("bodies", NOT_REGEX)}),
    ("a body in a unit that isn't there", "bodies",
     lambda t: set_first(set_first(t, "place_code_set", "2025"), "place_code", "98"), {("bodies", "in_units")}),
    ("a body last seen before it was seen", "bodies", lambda t: set_first(t, "last_doc_date", date(1950, 1, 1)),
     {("bodies", ORDER)}),
    ("a unit under one that isn't there", "units", lambda t: set_first(t, "parent_code", "98"), {("units", "in_units")}),
    ("a unit's code of letters", "units", lambda t: pa.concat_tables([t, set_first(t.slice(0, 1), "code", "xx")]),
     {("units", REGEX)}),
    ("a copy of itself alone", "duplicates", lambda t: pa.Table.from_pylist(
        [{"doc_id": doc_id(SECOND), "cluster_id": "0" * 20, "similarity": 1.5, "method": "exact"}], t.schema),
     {("duplicates", "copies_together"), ("duplicates", BETWEEN)}),
    ("a place of no source", "sightings", lambda t: set_first(t, "source_name", None),
     {("sightings", NOT_NULL), ("sightings", "one_current")}),
    ("a unit twice", "units", lambda t: pa.concat_tables([t, t.slice(0, 1)]), {("units", "keys_unique")}),
]  # fmt: skip


@pytest.mark.parametrize(("table", "change", "caught"), [case[1:] for case in BROKEN], ids=[case[0] for case in BROKEN])
def test_each_fault_is_caught_by_the_rule_meant_for_it(
    two_runs: Path, tmp_path: Path, table: str, change: Callable[[pa.Table], pa.Table], caught: set[tuple[str, str]]
) -> None:
    found = audit(changed(audited(two_runs), tmp_path, table, change))
    assert failed(found.results) == caught
    assert found.message is not None and "\n" not in found.message


DAMAGED: list[tuple[str, str, Callable[[pa.Table], pa.Table], set[tuple[str, str]]]] = [
    ("a run that ended in an unknown way", "runs", lambda t: set_first(t, "status", "done"),
     {("runs", IN_SET), ("runs", "snapshot_of_completed")}),
    ("a run that ended before it began", "runs", lambda t: set_first(t, "finished_at", datetime(2001, 1, 1)), {("runs", ORDER)}),
    ("documents that were lost on the way", "runs", lambda t: set_first(t, "documents_seen", 99), {("runs", "documents_add_up")}),
    ("a failure without a word", "runs", lambda t: set_first(set_first(t, "status", "failed"), "snapshot_id", None),
     {("runs", "failure_has_message")}),
    ("fewer rows than none", "run_tables", lambda t: set_first(t, "rows_written", -1), {("run_tables", BETWEEN)}),
    ("a result without a table", "quality_results", lambda t: set_first(t, "table_name", None), {("quality_results", NOT_NULL)}),
    ("more than all of them", "quality_results", lambda t: set_first(t, "unexpected_percent", 101.0),
     {("quality_results", BETWEEN)}),
    ("a refusal for no reason of the list", "quarantine", lambda t: set_first(t, "reason_code", "bad"),
     {("quarantine", IN_SET)}),
    ("a refusal under no digest", "quarantine", lambda t: set_first(t, "quarantine_id", "x"), {("quarantine", REGEX)}),
    ("passed in no run", "quarantine", lambda t: set_first(t, "status", "replayed"), {("quarantine", "replayed_in_a_run")}),
    ("given up for nothing", "quarantine", lambda t: set_first(t, "status", "dropped"),
     {("quarantine", "given_up_for_a_reason")}),
    ("bytes under no digest", "raw", lambda t: set_first(t, "doc_id", "x"), {("raw", REGEX), ("documents", "bytes_kept")}),
]  # fmt: skip


@pytest.mark.parametrize(("table", "change", "caught"), [case[1:] for case in DAMAGED], ids=[case[0] for case in DAMAGED])
def test_each_fault_of_the_journal_is_caught_and_holds_nothing_back(
    two_runs: Path, tmp_path: Path, table: str, change: Callable[[pa.Table], pa.Table], caught: set[tuple[str, str]]
) -> None:
    one = audited(two_runs)
    files = [one.root / path for path in one.state.journal[table]]
    content = pa.concat_tables([pq.read_table(path) for path in files])
    pq.write_table(change(content), tmp_path / f"{table}.parquet")
    damaged = replace(one.state, journal={**one.state.journal, table: [str(tmp_path / f"{table}.parquet")]})
    found = audit(replace(one, state=damaged))
    assert failed(found.results) == caught
    assert (found.message is None) is (table != "raw"), "bytes that are lost hold a run back, a slip of the journal does not"


def test_counts_that_do_not_add_up_are_caught(two_runs: Path) -> None:
    one = audited(two_runs)
    assert failed(audit(replace(one, counts=(3, 2, 0, 0, 0))).results) == {("runs", "run_adds_up")}
    assert failed(audit(replace(one, counts=(3, 3, 0, 0, 0))).results) == {("documents", "documents_arrived")}
    less = [row for row in one.run_tables if row.table_name != "people"]
    assert failed(audit(replace(one, run_tables=less)).results) <= {("people", "rows_add_up")}


def test_documents_whose_bytes_are_lost_are_caught(two_runs: Path, tmp_path: Path) -> None:
    one = audited(two_runs)
    first = [path for path in one.state.journal["raw"] if path.endswith("r1.parquet")]
    state = State(one.state.sequence, one.state.snapshot_id, {**one.state.journal, "raw": first})
    assert failed(audit(replace(one, state=state)).results) == {("documents", "bytes_kept")}
    second = [two_runs / path for path in one.state.journal["raw"] if path.endswith("r2.parquet")]
    assert failed(audit(replace(one, state=state, chunks=second)).results) == set(), "what has just landed counts"


def told(root: Path, capsys: pytest.CaptureFixture[str], *arguments: str) -> tuple[int, str]:
    capsys.readouterr()
    return main(["quality", "--warehouse", str(root), *arguments]), capsys.readouterr().out


# --- drift


@pytest.mark.parametrize(
    ("history", "margin", "expected"),
    [
        ([], 0.1, (None, None)),
        ([1.0, 1.0], 0.1, (None, None)),
        ([1.0, 1.0, 1.0], 0.1, (0.9, 1.1)),
        ([1.0, 1.0, 9.0, 1.0, 1.0], 0.1, (0.9, 1.1)),  # one odd run does not widen what is usual
        ([1.0, 2.0, 3.0, 4.0, 5.0], 0.1, (-2.9304, 8.9304)),
    ],
)
def test_what_is_usual_follows_from_the_runs_before(
    history: list[float], margin: float, expected: tuple[float | None, float | None]
) -> None:
    assert drift.bounds(history, lambda _: margin) == expected


def with_past(one: Audited, values: dict[tuple[str, str, str | None], list[float]], source: str = "src") -> Audited:
    """The audit after earlier runs, a day apart, that have recorded these values."""
    layout, state = Layout(one.root), one.state
    for number in range(max(map(len, values.values()))):
        at = CLOCK - timedelta(days=30 - number)
        run_id = f"past{number:02}"
        counts = (20, 20, 0, 0, 0, 0, 100, 1)
        past = Run(run_id, None, at, at, "completed", (source,), *counts, "1")
        results = [
            QualityResult(
                run_id, f"source:{source}", table, column, rule, "warning", True, 20, 0, 0.0, json.dumps({"value": v[number]})
            )
            for (rule, table, column), v in values.items()
        ]
        rows = {"runs": [past], "quality_results": results, "run_tables": [RunTable(run_id, source, "documents", 20, 20, 0)]}
        files = journal.record(layout, state, run_id, rows, [], None, [])  # written beside the others, not committed
        state = State(state.sequence, state.snapshot_id, files)
    return replace(one, state=state)


def of_source(one: Audited, written: int, people: int = 0, refused: int = 0) -> Audited:
    counts = [row for row in one.run_tables if row.table_name not in ("documents", "people")]
    counts += [RunTable(one.run_id, "src", "documents", written, written, 0), RunTable(one.run_id, "src", "people", 9, people, 0)]
    return replace(one, run_tables=counts, refused={"src": refused})


def drifted(one: Audited) -> dict[tuple[str, str, str | None], QualityResult]:
    return {(r.expectation, r.table_name, r.column_name): r for r in audit(one).results if r.suite == "source:src"}


PAST: dict[tuple[str, str, str | None], list[float]] = {
    ("documents_per_run", "documents", None): [100.0, 120.0, 90.0],
    ("rows_per_document", "people", None): [4.0, 4.2, 3.9],
    ("share_quarantined", "documents", None): [0.0, 0.01, 0.0],
}


@pytest.mark.parametrize(
    ("written", "people", "refused", "wrong"),
    [
        (100, 400, 0, set()),
        (100, 40, 0, {"rows_per_document"}),
        (100, 1100, 0, {"rows_per_document"}),
        (600, 2400, 0, {"documents_per_run"}),
        (21, 84, 30, {"share_quarantined"}),
        (5, 0, 0, {"documents_per_run"}),  # too few to say more
    ],
)
def test_a_source_that_differs_from_its_last_runs_warns(
    two_runs: Path, written: int, people: int, refused: int, wrong: set[str]
) -> None:
    found = drifted(of_source(with_past(audited(two_runs), PAST), written, people, refused))
    assert {r.expectation for r in found.values() if not r.success} == wrong
    assert all(r.severity == "warning" for r in found.values())
    if written >= 20:
        observed = json.loads(found["rows_per_document", "people", None].observed or "")
        assert observed["history"] == [4.0, 4.2, 3.9] and observed["low"] < 4 < observed["high"] and observed["source"] == "src"


def test_without_runs_before_nothing_but_a_great_share_of_refusals_warns(two_runs: Path) -> None:
    assert {r.expectation for r in drifted(of_source(audited(two_runs), 100, 400, 10)).values() if not r.success} == set()
    assert {r.expectation for r in drifted(of_source(audited(two_runs), 100, 400, 40)).values() if not r.success} == {
        "share_quarantined"
    }


def test_a_source_that_falls_silent_warns(two_runs: Path) -> None:
    one = with_past(audited(two_runs), {key: values * 3 for key, values in PAST.items()})
    quiet = replace(one, run_tables=[])
    fresh = {r.suite: r for r in audit(quiet).results if r.expectation == "days_since_new"}["source:src"]
    # The last delivery of the daily source was the run of this warehouse itself, at the same moment.
    assert fresh.success
    later = replace(quiet, started_at=CLOCK + timedelta(days=40))
    fresh = {r.suite: r for r in audit(later).results if r.expectation == "days_since_new"}["source:src"]
    observed = json.loads(fresh.observed or "")
    assert not fresh.success and observed["value"] == 40 and observed["high"] < 10


@pytest.mark.usefixtures("quick")
def test_a_silent_source_warns_in_a_run_that_finds_nothing_new(
    run: Runner, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    source, root = tmp_path / "src", tmp_path / "wh"
    for day in range(4):
        put(source, **{f"d{day}": FIRST.replace("120", str(200 + day))})
        run(source, warehouse=root, run_id=f"r{day}", clock=CLOCK + timedelta(days=day))
    for day, late in ((5, False), (7, True), (30, True)):
        outcome = run(source, warehouse=root, run_id=f"q{day:02}", clock=CLOCK + timedelta(days=day))
        assert (outcome.run.status, bool(outcome.warnings)) == ("nothing_new", late)
        assert told(root, capsys, "--strict")[0] == (3 if late else 0)
    text = told(root, capsys)[1]
    assert "verdict is that of run r3" in text and "source src" in text and ": 27, expected  … 3" in text
    found = json.loads(told(root, capsys, "--format", "json")[1])
    assert [(one["expectation"], one["observed"]["value"]) for one in found["failed"]] == [("days_since_new", 27)]
    assert told(root, capsys, "--page", str(tmp_path / "page.html"))[0] == 0
    assert "Passed, with warnings" in (tmp_path / "page.html").read_text(encoding="utf-8")
    put(source, z=SECOND)
    run(source, warehouse=root, run_id="r9", clock=CLOCK + timedelta(days=31))
    assert told(root, capsys, "--strict")[0] == 0


@pytest.mark.usefixtures("quick")
def test_null_shares_are_measured_and_remembered_run_by_run(run: Runner, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(drift, "FEWEST", 4)
    source, root = tmp_path / "src", tmp_path / "wh"
    for number in range(4):
        bare = number == 3  # the last delivery has lost its dates
        texts = {
            f"d{number}{n:02}": FIRST.replace("120", str(200 + 25 * number + n)).replace(
                "05/7/2024", "nay" if bare else "05/7/2024"
            )
            for n in range(4)
        }
        run(put(source, **texts), warehouse=root, run_id=f"r{number}", clock=CLOCK + timedelta(days=number))
    rows = ask(
        root,
        """SELECT run_id, success, observed FROM quality_results
        WHERE expectation = 'null_share' AND table_name = 'documents' AND column_name = 'dated_from' ORDER BY run_id""",
    )
    assert [row[0] for row in rows] == ["r0", "r1", "r2", "r3"]
    values = [json.loads(row[2])["value"] for row in rows]
    assert values[0] == values[1] == values[2] and values[3] > values[0] + 0.15
    assert [row[1] for row in rows] == [True, True, True, False]
    assert main(["quality", "--warehouse", str(root)]) == 0
    assert main(["quality", "--warehouse", str(root), "--strict"]) == 3


def test_documents_done_again_are_no_delivery(two_runs: Path) -> None:
    again = replace(of_source(with_past(audited(two_runs), PAST), 600, 2400), counts=(602, 0, 0, 602, 0))
    names = {r.expectation for r in drifted(again).values()}
    assert "documents_per_run" not in names and "rows_per_document" in names
