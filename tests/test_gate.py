"""The gate: what fails is never visible, a batch with too many failing rows is held whole, and the whole warehouse is audited."""

from __future__ import annotations

import hashlib
import multiprocessing
import time
from pathlib import Path
from typing import Any

import duckdb
import pytest

from flows import run as run_module
from flows import stages
from schemas import tables
from schemas.errors import BlockedError
from tests.conftest import Runner
from tests.test_run import FIRST, SECOND, ask, assert_balanced, put
from warehouse import replay as store
from warehouse.layout import Layout
from warehouse.publish import publish

pytestmark = pytest.mark.xdist_group("validation")


def doc_id(text: str) -> str:
    return hashlib.sha256(text.encode()).hexdigest()[:20]


def shift_spans(monkeypatch: pytest.MonkeyPatch, word: str) -> None:
    """A fault in extraction: in documents with ``word`` every date ends one character too late."""
    real = stages.fact_rows

    def wrong(one: str, text: str, facts: Any) -> Any:
        rows = real(one, text, facts)
        if word in text:
            rows["dates"] = [(*row[:3], row[3] + 1, *row[4:]) for row in rows["dates"]]
        return rows

    monkeypatch.setattr(stages, "fact_rows", wrong)


def _poll(path: str, forbidden: list[str], ready: Any, stop: Any, answers: Any) -> None:
    """Open the warehouse again and again, as new readers do, and look for rows of these documents in every table."""
    listed = ", ".join(f"'{one}'" for one in forbidden)
    union = " UNION ALL ".join(
        f"SELECT doc_id FROM {schema}.{table.name} WHERE doc_id IN ({listed})"
        for schema in ("main", "history")
        for table in tables.PER_DOCUMENT
    )
    polls = seen = documents = 0
    while not stop.is_set():
        with duckdb.connect(path, read_only=True) as con:
            seen += con.execute(f"SELECT count(*) FROM ({union})").fetchall()[0][0]
            seen += con.execute(f"SELECT count(*) FROM sightings WHERE doc_id IN ({listed})").fetchall()[0][0]
            documents = con.execute("SELECT count(*) FROM documents").fetchall()[0][0]
        polls += 1
        time.sleep(0.02)
        ready.set()
    answers.put((polls, seen, documents))


def test_a_polling_reader_never_sees_a_row_of_a_batch_that_fails(
    run: Runner, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    source, root = put(tmp_path / "src", a=FIRST), tmp_path / "wh"
    run(source, warehouse=root, run_id="r1")
    bad = [SECOND.replace("85", str(100 + n)) for n in range(6)]
    put(source, **{f"b{n}": text for n, text in enumerate(bad)})
    context = multiprocessing.get_context("spawn")
    ready, stop, answers = context.Event(), context.Event(), context.Queue()
    arguments = (str(root / "khobao.duckdb"), [doc_id(text) for text in bad], ready, stop, answers)
    reader = context.Process(target=_poll, args=arguments)
    reader.start()
    try:
        assert ready.wait(30)
        shift_spans(monkeypatch, "Bắc Quang")
        with pytest.raises(BlockedError, match="6 of 6 rows of dates"):  # the rows fail
            run(source, warehouse=root, run_id="r2")
        monkeypatch.undo()

        def loses_half(*arguments: Any) -> Any:
            snapshot = publish(*arguments)
            snapshot.files["figures"].pop()
            return snapshot

        monkeypatch.setattr(run_module, "publish", loses_half)
        with pytest.raises(BlockedError, match="figures"):  # the rows are good, the snapshot made of them is not
            run(source, warehouse=root, run_id="r3")
        time.sleep(0.2)
    finally:
        stop.set()
        polls, seen, documents = answers.get(timeout=30)
        reader.join()
    assert (seen, documents) == (0, 1)
    assert polls >= 10
    assert ask(root, "SELECT run_id, status, rows_written, snapshot_id FROM runs ORDER BY run_id") == [
        ("r1", "completed", ask(root, "SELECT rows_written FROM runs WHERE run_id = 'r1'")[0][0], 1),
        ("r2", "blocked", 0, None),
        ("r3", "blocked", 0, None),
    ]
    assert Layout(root).snapshot_ids() == [0, 1], "what was not let through is no snapshot that one could roll back to"
    assert_balanced(root)


def test_a_batch_with_too_many_failing_rows_is_held_whole_and_comes_in_after_the_fix(
    run: Runner, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    source, root = tmp_path / "src", tmp_path / "wh"
    texts = [FIRST.replace("120", str(200 + n)) for n in range(8)] + [SECOND.replace("85", str(100 + n)) for n in range(2)]
    put(source, **{f"d{n:02}": text for n, text in enumerate(texts)})
    shift_spans(monkeypatch, "Bắc Quang")
    with pytest.raises(BlockedError, match="dates"):
        run(source, warehouse=root, run_id="r1")
    assert ask(root, "SELECT count(*) FROM history.documents") == [(0,)], "the 8 good documents are held with the rest"
    assert store.held(Layout(root)) == 10
    evidence = ask(root, "SELECT DISTINCT table_name, reason_code, status FROM quarantine")
    assert evidence == [("dates", "span", "open")]
    passed = run(source, warehouse=root, run_id="r2", tolerance=0.2).run
    assert (passed.status, passed.documents_new) == ("completed", 10), "within the tolerance the rows alone are refused"
    assert ask(root, "SELECT count(*) FROM dates d JOIN documents USING (doc_id) WHERE text LIKE '%Bắc Quang%'") == [(0,)]
    assert ask(root, "SELECT count(*) FROM quarantine WHERE status = 'open'")[0][0] == 2
    monkeypatch.undo()
    choice = store.choose(Layout(root), [], "span", False)
    run(warehouse=root, run_id="r3", replay=choice.documents)
    assert ask(root, "SELECT status, resolved_run_id, count(*) FROM quarantine GROUP BY ALL") == [("replayed", "r3", 2)]
    assert ask(root, "SELECT count(*) FROM dates d JOIN documents USING (doc_id) WHERE text LIKE '%Bắc Quang%'")[0][0] >= 2
    assert_balanced(root)
