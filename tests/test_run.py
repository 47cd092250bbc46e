"""Runs below Prefect: what is new, known, superseded, duplicate, refused, blocked; and that counts always add up."""

from __future__ import annotations

import gzip
import hashlib
import importlib
import json
import os
from concurrent.futures import ThreadPoolExecutor, as_completed
from datetime import timedelta
from pathlib import Path
from typing import Any

import duckdb
import pytest

from flows import run as run_module
from flows import stages, summary
from flows.engine import Inline
from flows.pools import Pools
from flows.progress import Silent
from flows.run import execute
from flows.settings import Settings
from schemas.errors import BlockedError, RunFailedError, TransientError, UsageError
from tests.conftest import CLOCK, ROOT, Runner
from warehouse.layout import Layout
from warehouse.validate import Verdict

FIRST = "Hội nghị giao ban quý II\nNgày 05/7/2024, Ban Tuyên giáo Tỉnh ủy Hà Giang tổ chức hội nghị giao ban. Có 120 đại biểu dự."
SECOND = "Khai giảng lớp bồi dưỡng\nSáng 12/8/2024, Trung tâm Chính trị huyện Bắc Quang khai giảng lớp bồi dưỡng cho 85 học viên."


def put(folder: Path, **texts: str) -> Path:
    folder.mkdir(parents=True, exist_ok=True)
    for name, text in texts.items():
        (folder / f"{name}.txt").write_text(text, encoding="utf-8")
    return folder


def ask(warehouse: Path, query: str) -> list[tuple[Any, ...]]:
    with duckdb.connect(str(warehouse / "khobao.duckdb"), read_only=True) as con:
        return con.execute(query).fetchall()


def balance(warehouse: Path) -> list[tuple[int, int]]:
    """(seen, sum of its parts) of every run; equal in each."""
    query = """SELECT documents_seen, documents_new + documents_known + documents_reprocessed + documents_quarantined
               FROM runs ORDER BY started_at, run_id"""
    return ask(warehouse, query)


def assert_balanced(warehouse: Path) -> None:
    rows = balance(warehouse)
    assert rows and all(seen == parts for seen, parts in rows), rows


def test_new_then_nothing_new(run: Runner, tmp_path: Path) -> None:
    source, root = put(tmp_path / "src", a=FIRST, b=SECOND), tmp_path / "wh"
    first = run(source, warehouse=root, run_id="r1")
    assert (first.run.status, first.run.documents_new, first.run.snapshot_id) == ("completed", 2, 1)
    second = run(source, warehouse=root, run_id="r2")
    assert (second.run.status, second.run.documents_known, second.run.snapshot_id) == ("nothing_new", 2, None)
    assert Layout(root).snapshot_ids() == [0, 1]
    assert ask(root, "SELECT count(*) FROM documents") == [(2,)]
    assert ask(root, "SELECT DISTINCT last_run_id, first_run_id FROM sightings") == [("r2", "r1")]
    assert_balanced(root)


@pytest.mark.usefixtures("quick")
def test_doc_id_and_uri_are_the_contracts(run: Runner, tmp_path: Path) -> None:
    source, root = put(tmp_path / "src" / "x", a=FIRST).parent, tmp_path / "wh"
    run(source, warehouse=root)
    expected = hashlib.sha256(FIRST.encode()).hexdigest()[:20]
    assert ask(root, "SELECT doc_id, source_name, source_uri FROM documents") == [(expected, "src", "x/a.txt")]
    assert ask(root, "SELECT content FROM history.raw") == [(FIRST.encode(),)]


@pytest.mark.usefixtures("quick")
def test_records_are_documents(run: Runner, tmp_path: Path) -> None:
    lines = [
        {"text": FIRST, "url": "https://example.vn/1", "note": "not mapped"},
        {"text": SECOND},
        {"text": ""},
        "no object",
    ]
    path = tmp_path / "dump.jsonl.gz"
    path.write_bytes(gzip.compress("\n".join(json.dumps(line, ensure_ascii=False) for line in lines).encode()))
    root = tmp_path / "wh"
    outcome = run(path, warehouse=root)
    assert (outcome.run.documents_seen, outcome.run.documents_new, outcome.run.documents_quarantined) == (4, 2, 2)
    raw = json.dumps({"text": FIRST, "url": "https://example.vn/1"}, ensure_ascii=False, separators=(",", ":")).encode()
    rows = ask(root, "SELECT doc_id, source_uri FROM documents ORDER BY source_uri")
    bare = json.dumps({"text": SECOND}, ensure_ascii=False, separators=(",", ":")).encode()
    assert rows == [
        (hashlib.sha256(bare).hexdigest()[:20], "dump.jsonl.gz#1"),
        (hashlib.sha256(raw).hexdigest()[:20], "https://example.vn/1"),
    ]
    assert ask(root, "SELECT reason_code, count(*) FROM quarantine GROUP BY ALL") == [("bad_record", 2)]
    assert_balanced(root)


@pytest.mark.usefixtures("quick")
def test_a_new_version_supersedes_the_old_and_is_no_duplicate(run: Runner, tmp_path: Path) -> None:
    source, root = put(tmp_path / "src", a=FIRST), tmp_path / "wh"
    run(source, warehouse=root, run_id="r1")
    old = ask(root, "SELECT doc_id FROM documents")[0][0]
    put(source, a=FIRST.replace("120", "125"))
    run(source, warehouse=root, run_id="r2")
    assert ask(root, "SELECT supersedes, copies FROM documents") == [(old, 0)]
    assert ask(root, "SELECT count(*) FROM history.documents") == [(2,)]
    assert ask(root, "SELECT count(*) FROM history.duplicates") == [(0,)]
    put(source, a=FIRST)  # the first version comes back: it is known, and current again
    again = run(source, warehouse=root, run_id="r3")
    assert (again.run.documents_new, again.run.documents_known) == (0, 1)
    assert ask(root, "SELECT doc_id FROM documents") == [(old,)]
    assert_balanced(root)


LONG = (
    FIRST
    + "\n"
    + " ".join(f"Nội dung thứ {n} của báo cáo được các đại biểu thảo luận kỹ lưỡng và thống nhất cao." for n in range(30))
)


@pytest.mark.usefixtures("quick")
def test_copies_are_counted_once_whatever_the_order(run: Runner, tmp_path: Path) -> None:
    near = LONG.replace("120 đại biểu", "gần 120 đại biểu")
    shown: list[object] = []
    for order in ((LONG, near, SECOND), (near, SECOND, LONG)):
        root = tmp_path / f"wh{len(shown)}"
        for number, text in enumerate(order):
            source = put(tmp_path / f"{len(shown)}-{number}" / "src", **{hashlib.sha256(text.encode()).hexdigest()[:6]: text})
            run(source, warehouse=root, run_id=f"r{number}", names=("src",))
        assert ask(root, "SELECT count(*), max(copies) FROM documents") == [(2, 1)]
        assert ask(root, "SELECT count(*) FROM history.documents") == [(3,)]
        shown.append(ask(root, "SELECT doc_id, cluster_id, similarity, method FROM history.duplicates ORDER BY doc_id"))
    assert shown[0] == shown[1]
    assert all(0.8 <= similarity < 1 and method == "minhash" for _, _, similarity, method in shown[0])


@pytest.mark.usefixtures("quick")
def test_identical_bytes_at_two_places_are_one_document(run: Runner, tmp_path: Path) -> None:
    source, root = put(tmp_path / "src", a=FIRST, b=FIRST), tmp_path / "wh"
    outcome = run(source, warehouse=root, batch_size=1)
    assert (outcome.run.documents_seen, outcome.run.documents_new, outcome.run.documents_known) == (2, 1, 1)
    assert ask(root, "SELECT source_uri FROM documents") == [("a.txt",)]
    assert ask(root, "SELECT source_uri, is_current FROM sightings ORDER BY ALL") == [("a.txt", True), ("b.txt", True)]


BAD = {
    "empty.txt": (b"", "empty"),
    "blank.txt": (b"  \n\t\n", "empty"),
    "binary.txt": (b"\x89PNG\r\n\x1a\n\x00\x00\x00\rIHDR" + bytes(range(256)), "binary"),
    "cut.txt.gz": (gzip.compress(FIRST.encode() * 50)[:-20], "truncated"),
    "cut.txt.zst": (b"\x28\xb5\x2f\xfd\x04\x00garbage", "truncated"),
    "cut.parquet": (b"PAR1 no more", "truncated"),
}


@pytest.mark.usefixtures("quick")
def test_bad_files_are_quarantined_and_the_rest_goes_on(run: Runner, tmp_path: Path) -> None:
    source, root = put(tmp_path / "src", good=SECOND), tmp_path / "wh"
    for name, (data, _) in BAD.items():
        (source / name).write_bytes(data)
    outcome = run(source, warehouse=root)
    assert (outcome.run.documents_new, outcome.run.documents_quarantined) == (1, len(BAD))
    got = dict(ask(root, "SELECT split_part(source_uri, '#', 1), reason_code FROM quarantine"))
    assert got == {name: code for name, (_, code) in BAD.items()}
    again = run(source, warehouse=root, run_id="again")
    # The cut Parquet file has no bytes of a document that could be known, so it is refused again, but not recorded twice.
    assert again.run.status == "nothing_new"
    assert ask(root, "SELECT count(*) FROM quarantine") == [(len(BAD),)]
    assert_balanced(root)


@pytest.mark.usefixtures("quick")
def test_a_crash_on_one_document_refuses_only_that(run: Runner, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    real = stages.extract

    def fragile(article: Any) -> Any:
        if "Bắc Quang" in article.text:
            raise ZeroDivisionError("planted")
        return real(article)

    monkeypatch.setattr(stages, "extract", fragile)
    monkeypatch.setattr(stages, "extract_many", lambda articles: [fragile(article) for article in articles])
    source, root = put(tmp_path / "src", a=FIRST, b=SECOND), tmp_path / "wh"
    outcome = run(source, warehouse=root)
    assert (outcome.run.documents_new, outcome.run.documents_quarantined) == (1, 1)
    rows = ask(root, "SELECT stage, reason_code, reason LIKE 'ZeroDivisionError: planted at test_run.py%' FROM quarantine")
    assert rows == [("extract", "crash", True)]
    assert ask(root, "SELECT count(*) FROM blocks WHERE doc_id NOT IN (SELECT doc_id FROM documents)") == [(0,)]
    assert_balanced(root)


def test_a_blocked_run_publishes_nothing_and_the_journal_tells(
    run: Runner, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    source, root = put(tmp_path / "src", a=FIRST), tmp_path / "wh"
    run(source, warehouse=root, run_id="r1")
    before = Layout(root).state().snapshot_id
    put(source, b=SECOND)
    real = run_module.validate
    monkeypatch.setattr(run_module, "validate", lambda *a, **k: Verdict([], [], True, "too many wrong rows"))
    with pytest.raises(BlockedError, match="too many wrong rows"):
        run(source, warehouse=root, run_id="r2")
    assert Layout(root).state().snapshot_id == before
    assert ask(root, "SELECT status, documents_new, rows_written, message LIKE '%too many%' FROM runs WHERE run_id = 'r2'") == [
        ("blocked", 1, 0, True)
    ]
    assert ask(root, "SELECT count(*) FROM history.raw") == [(2,)], "raw bytes are kept, so that the run can be replayed"
    monkeypatch.setattr(run_module, "validate", real)
    assert run(source, warehouse=root, run_id="r3").run.documents_new == 1
    assert_balanced(root)


@pytest.mark.usefixtures("quick")
def test_a_failed_run_leaves_the_snapshot_and_tells(run: Runner, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    source, root = put(tmp_path / "src", a=FIRST), tmp_path / "wh"
    run(source, warehouse=root, run_id="r1")
    put(source, b=SECOND)

    def fail(*_: object) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(run_module, "publish", fail)
    with pytest.raises(RunFailedError, match="No space left"):
        run(source, warehouse=root, run_id="r2")
    assert ask(root, "SELECT status, message LIKE '%No space left%' FROM runs WHERE run_id = 'r2'") == [("failed", True)]
    assert ask(root, "SELECT count(*) FROM documents") == [(1,)]
    assert list((root / "staging").iterdir()) == []
    assert_balanced(root)


class Ended(BaseException):
    """As Prefect has it for a request to end: it names the signal, and says nothing."""

    signal = 15


@pytest.mark.parametrize(
    ("error", "told"),
    [(Ended(), "stopped by a request to end (SIGTERM)"), (KeyboardInterrupt(), "stopped by an interrupt (SIGINT)"),
     (MemoryError(), "MemoryError")],
)  # fmt: skip
def test_a_run_that_was_stopped_says_by_what(
    error: BaseException, told: str, run: Runner, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def stopped(*_: object) -> None:
        raise error

    monkeypatch.setattr(run_module, "publish", stopped)
    with pytest.raises(RunFailedError if isinstance(error, Exception) else type(error)):
        run(put(tmp_path / "src", a=FIRST), warehouse=tmp_path / "wh")
    assert ask(tmp_path / "wh", "SELECT status, message FROM runs") == [("failed", told)]


@pytest.mark.usefixtures("quick")
@pytest.mark.parametrize("late", ["warehouse.catalog.build", "warehouse.retention.collect", "flows.run.with_page"])
def test_what_stops_a_run_after_its_commit_takes_nothing_back(
    late: str, run: Runner, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    root = tmp_path / "warehouse"
    (tmp_path / "1.txt").write_text("Sở Y tế họp giao ban.", encoding="utf-8")
    run(tmp_path / "1.txt", warehouse=root, run_id="r1")
    (tmp_path / "2.txt").write_text("Huyện đoàn trao quà cho học sinh.", encoding="utf-8")
    with monkeypatch.context() as patched, pytest.raises(KeyboardInterrupt):
        stop = iter([KeyboardInterrupt()])
        module, _, name = late.rpartition(".")
        carry_out = getattr(importlib.import_module(module), name)

        def stopped(*given: Any) -> Any:
            if fault := next(stop, None):
                raise fault
            return carry_out(*given)

        patched.setattr(late, stopped)
        run(tmp_path / "2.txt", warehouse=root, run_id="r2")
    with duckdb.connect(str(root / "khobao.duckdb"), read_only=True) as con:
        assert con.execute("SELECT snapshot_id, (SELECT count(*) FROM documents) FROM history.snapshot").fetchall() == [(2, 2)]
        assert con.execute("SELECT DISTINCT status FROM runs").fetchall() == [("completed",)]
        assert con.execute("SELECT count(*) FROM runs").fetchall() == [(2,)]


@pytest.mark.usefixtures("quick")
def test_deleting_a_source_file_takes_nothing_out_and_the_documented_query_finds_it(run: Runner, tmp_path: Path) -> None:
    source, root = put(tmp_path / "src", a=FIRST, b=SECOND), tmp_path / "wh"
    run(source, warehouse=root, run_id="r1")
    (source / "b.txt").rename(source / "c.txt")
    (source / "a.txt").unlink()
    moved = run(source, warehouse=root, run_id="r2", clock=CLOCK + timedelta(days=1)).run
    assert (moved.documents_seen, moved.documents_known) == (1, 1)
    assert ask(root, "SELECT count(*) FROM documents") == [(2,)] and ask(root, "SELECT count(*) FROM history.raw") == [(2,)]
    text = (ROOT / "docs" / "architecture.md").read_text(encoding="utf-8")
    query = text[text.index("## Sources that change") :].split("```sql\n")[1].split("```")[0]
    assert sorted((uri, last) for _, uri, _, last in ask(root, query)) == [("a.txt", "r1"), ("b.txt", "r1")]
    assert ask(root, "SELECT source_uri FROM sightings WHERE is_current ORDER BY ALL") == [("a.txt",), ("b.txt",), ("c.txt",)]
    put(source, a=FIRST)
    assert run(source, warehouse=root, run_id="r3", clock=CLOCK + timedelta(days=2)).run.documents_known == 2
    assert [uri for _, uri, _, _ in ask(root, query)] == ["b.txt"]


@pytest.mark.usefixtures("quick")
def test_a_run_that_died_is_recorded_by_the_next(run: Runner, tmp_path: Path) -> None:
    source, root = put(tmp_path / "src", a=FIRST), tmp_path / "wh"
    run(source, warehouse=root, run_id="r1")
    dead = Layout(root).staging("r0")
    dead.mkdir(parents=True)
    (dead / "run.json").write_text(json.dumps({"run_id": "r0", "started_at": CLOCK.isoformat()}))
    run(source, warehouse=root, run_id="r2")
    assert ask(root, "SELECT status FROM runs WHERE run_id = 'r0'") == [("failed",)]
    assert not dead.exists()
    assert_balanced(root)


def test_reprocess_extracts_stale_documents_again_from_the_raw_store(
    run: Runner, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    source, root = put(tmp_path / "src", a=FIRST, b=SECOND), tmp_path / "wh"
    monkeypatch.setattr(run_module, "extractor_version", lambda: "0.0.1+old")
    run(source, warehouse=root, run_id="r1")
    monkeypatch.undo()
    (source / "b.txt").unlink()
    plain = run(source, warehouse=root, run_id="r2")
    assert (plain.run.status, plain.run.documents_stale) == ("nothing_new", 2)
    assert f"`khobao run --reprocess --warehouse {root}` does them again" in summary.text(plain)
    again = run(source, warehouse=root, run_id="r3", reprocess=True)
    assert (again.run.documents_seen, again.run.documents_reprocessed, again.run.documents_known) == (2, 2, 0)
    assert ask(root, "SELECT count(*), count(DISTINCT doc_id), min(run_id) FROM history.documents") == [(2, 2, "r3")]
    assert ask(root, "SELECT count(*) - count(DISTINCT (doc_id, row_no)) FROM history.dates") == [(0,)]
    assert run(warehouse=root, run_id="r4", reprocess=True).run.status == "nothing_new"
    assert_balanced(root)


class Backwards(Inline):
    """Batches are carried out last first."""

    def map(self, stage: str, function: Any, calls: Any) -> Any:
        for call in reversed(calls):
            yield function(*call)


class Pooled(Inline):
    """Batches are carried out by several processes, and come back in any order."""

    def __init__(self) -> None:
        self.pools = Pools(3)

    def map(self, stage: str, function: Any, calls: Any) -> Any:
        with ThreadPoolExecutor(3) as threads:
            for done in as_completed([threads.submit(self.pools.run, function, *call) for call in calls]):
                yield done.result()


def test_the_snapshot_does_not_depend_on_batches_workers_or_order(samples: Path, tmp_path: Path) -> None:
    digests = []
    pooled = Pooled()
    try:
        for number, (engine, batch_size) in enumerate(((Inline(), 500), (Backwards(), 3), (pooled, 1))):
            root = tmp_path / f"wh{number}"
            execute(Settings((str(samples),), root, run_id="r1", clock=CLOCK, batch_size=batch_size), engine, Silent())
            files = sorted(p for p in (root / "tables").rglob("r1.parquet"))
            digests.append({p.parent.name: hashlib.sha256(p.read_bytes()).hexdigest() for p in files})
    finally:
        pooled.pools.stop()
    assert len(digests[0]) > 15
    assert digests[0] == digests[1] == digests[2]


def test_a_worker_that_dies_is_a_transient_fault_and_the_next_call_has_a_new_one() -> None:
    pools = Pools(1)
    try:
        with pytest.raises(TransientError, match="worker process died"):
            pools.run(os._exit, 1)
        assert pools.run(os.getppid) == os.getpid()
    finally:
        pools.stop()


@pytest.mark.usefixtures("quick")
def test_old_parts_are_merged_so_that_files_stay_few(run: Runner, tmp_path: Path) -> None:
    source, root = tmp_path / "src", tmp_path / "wh"
    for number in range(8):
        put(source, **{f"d{number:02}": FIRST.replace("120", str(300 + number))})
        run(source, warehouse=root, run_id=f"r{number:02}")
    snapshot = Layout(root).snapshot(Layout(root).state().snapshot_id)
    assert snapshot is not None
    assert len(snapshot.files["documents"]) <= 4
    assert ask(root, "SELECT count(*) FROM history.documents") == [(8,)]


@pytest.mark.parametrize("argument", ["missing", "missing/*.txt"])
def test_missing_sources_are_told_in_one_line(run: Runner, tmp_path: Path, argument: str) -> None:
    with pytest.raises(UsageError) as error:
        run(tmp_path / argument, warehouse=tmp_path / "wh")
    assert "\n" not in str(error.value)
    assert not (tmp_path / "wh").exists()
