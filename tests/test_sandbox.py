"""A typed query reads the warehouse and nothing else: hostile statements, each refused in one line, with nothing left behind."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import threading
from collections.abc import Iterator
from pathlib import Path

import duckdb
import pytest

from schemas.errors import UsageError
from tests.conftest import ROOT
from warehouse import query
from warehouse.layout import Layout

# What each refusal says. {d} is a folder with a secret in several forms, {p} a Parquet file of the warehouse.
ONE, NO, FILE, LOCKED = "exactly one SELECT", "not allowed here", "looks like a file", "disabled by configuration"
HOSTILE = [
    # more than one statement, or none
    ("SELECT 1; SELECT 2", ONE),
    ("SELECT 1; DROP VIEW documents", ONE),
    ("", ONE),
    (";", ONE),
    ("-- nothing", ONE),
    # writes
    ("DELETE FROM documents", ONE),
    ("INSERT INTO history.snapshot SELECT * FROM history.snapshot", ONE),
    ("UPDATE history.snapshot SET snapshot_id = 9", ONE),
    ("TRUNCATE history.snapshot", ONE),
    ("MERGE INTO history.snapshot s USING (SELECT 1 AS x) t ON true WHEN MATCHED THEN DELETE", ONE),
    ("WITH x AS (SELECT 1) INSERT INTO documents SELECT * FROM x", ONE),
    ("WITH x AS (DELETE FROM history.snapshot RETURNING *) SELECT * FROM x", "CTE needs a SELECT"),
    ("CREATE TABLE t AS SELECT 1", ONE),
    ("CREATE OR REPLACE VIEW documents AS SELECT 1", ONE),
    ("CREATE MACRO fold(x) AS x", ONE),
    ("CREATE TEMP TABLE t (x INT)", ONE),
    ("DROP VIEW documents", ONE),
    ("ALTER VIEW documents RENAME TO d", ONE),
    ("COMMENT ON VIEW documents IS 'x'", ONE),
    ("SELECT * INTO t FROM documents", "SELECT INTO"),
    ("PIVOT documents ON language USING count(*)", "PIVOT"),
    # out to files
    ("COPY documents TO '{d}/out.csv'", ONE),
    ("COPY (SELECT 1) TO '{p}'", ONE),
    ("EXPORT DATABASE '{d}/out'", ONE),
    ("IMPORT DATABASE '{d}/import'", ONE),
    ("ATTACH '{d}/secret.duckdb' AS s", ONE),
    ("ATTACH '{d}/new.duckdb' AS s", ONE),
    ("DETACH khobao", ONE),
    ("USE history", ONE),
    # in from files
    ("SELECT * FROM '{d}/secret.csv'", FILE),
    ("SELECT * FROM 'secret.csv'", FILE),
    ('SELECT * FROM "../secret.csv"', FILE),
    ("SELECT * FROM '{p}'", FILE),
    ("SELECT * FROM read_csv('{d}/secret.csv')", NO),
    ("SELECT * FROM READ_CSV_AUTO('{d}/secret.csv')", NO),
    ("SELECT * FROM read_parquet('{p}')", NO),
    ("SELECT * FROM parquet_scan('{p}')", NO),
    ("SELECT * FROM parquet_metadata('{p}')", NO),
    ("SELECT * FROM parquet_kv_metadata('{p}')", NO),
    ("SELECT * FROM read_json('{d}/secret.csv')", NO),
    ("SELECT * FROM read_ndjson_objects('{d}/secret.csv')", NO),
    ("SELECT * FROM read_text('{d}/secret.csv')", NO),
    ("SELECT * FROM read_blob('/proc/self/environ')", NO),
    ("SELECT * FROM read_duckdb('{d}/secret.duckdb')", NO),
    ("SELECT * FROM sniff_csv('{d}/secret.csv')", NO),
    ("SELECT * FROM glob('{d}/*')", NO),
    ("SELECT * FROM read_text('http://127.0.0.1:9/x')", NO),
    ("SELECT (SELECT max(content) FROM read_text('{d}/secret.csv'))", NO),
    ("DESCRIBE SELECT * FROM read_csv('{d}/secret.csv')", NO),
    ("SUMMARIZE FROM read_csv('{d}/secret.csv')", NO),
    ("WITH RECURSIVE t AS (FROM read_csv('{d}/secret.csv')) FROM t", NO),
    ("SELECT * FROM documents, LATERAL (SELECT * FROM read_text('{d}/secret.csv'))", NO),
    ("SELECT * FROM system.main.read_csv('{d}/secret.csv')", NO),
    ("SELECT getenv('HOME')", NO),
    # text run as a query
    ("SELECT * FROM query('SELECT 1')", NO),
    ("SELECT * FROM query_table('documents')", NO),
    ("SELECT * FROM json_execute_serialized_sql(json_serialize_sql('SELECT 1'))", NO),
    ("PREPARE p AS SELECT 1", ONE),
    ("EXECUTE p", ONE),
    # settings, extensions, and functions that are settings in disguise
    ("SET memory_limit = '100GB'", ONE),
    ("RESET enable_external_access", ONE),
    ("PRAGMA database_list", ONE),
    ("PRAGMA enable_external_access", ONE),
    ("INSTALL httpfs", ONE),
    ("LOAD httpfs", ONE),
    ("LOAD '{d}/evil.duckdb_extension'", ONE),
    ("UPDATE EXTENSIONS", ONE),
    ("CALL pragma_version()", ONE),
    ("SELECT * FROM enable_profiling(save_location = '{d}/profile.txt')", NO),
    ("SELECT * FROM disable_profiling()", NO),
    ("SELECT * FROM enable_logging(storage = 'file', storage_path = '{d}/log')", NO),
    ("SELECT * FROM truncate_duckdb_logs()", NO),
    ("SELECT write_log('x')", NO),
    ("SELECT * FROM checkpoint()", NO),
    ("CREATE SECRET (TYPE s3)", ONE),
    ("FROM duckdb_secrets()", NO),
    ("CHECKPOINT", ONE),
    ("VACUUM", ONE),
    ("BEGIN", ONE),
    ("EXPLAIN ANALYZE DELETE FROM documents", ONE),
    # into this process
    ("SELECT * FROM con", "does not exist"),
    ("SELECT * FROM secret_frame", "does not exist"),
    ("SELECT * FROM pandas_scan(1)", NO),
    ("SELECT * FROM arrow_scan(1, 2, 3)", NO),
    ("SELECT * FROM python_map_function(1)", NO),
    # too much
    ("SELECT sleep_ms(100000)", NO),
    ("SELECT " + "1 + " * 5000 + "1", "depth"),
    ("SELECT " + "(" * 200_000 + "1" + ")" * 200_000, "memory exhausted"),
    ("SELECT ?", "parameter"),
]


@pytest.fixture(scope="module")
def trap(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder with things to steal, from which the queries are typed."""
    folder = tmp_path_factory.mktemp("trap")
    (folder / "secret.csv").write_text("a,b\n1,2\n")
    with duckdb.connect(str(folder / "secret.duckdb")) as con:
        con.execute("CREATE TABLE t AS SELECT 42 AS x")
    (folder / "import").mkdir()
    (folder / "import" / "schema.sql").write_text("CREATE TABLE stolen (x INT);")
    (folder / "import" / "load.sql").write_text("")
    return folder


@pytest.fixture
def con(warehouse: Path) -> Iterator[duckdb.DuckDBPyConnection]:
    with query.opened(Layout(warehouse)) as opened:
        yield opened


def test_there_are_enough() -> None:
    assert len(HOSTILE) >= 80
    assert len({text for text, _ in HOSTILE}) == len(HOSTILE)


@pytest.mark.parametrize(("text", "says"), HOSTILE, ids=lambda value: value[:50])
def test_hostile_statements_are_refused(
    text: str, says: str, con: duckdb.DuckDBPyConnection, trap: Path, warehouse: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    secret_frame = duckdb.sql("SELECT 42 AS x")  # in reach of a replacement scan, were there one
    assert secret_frame is not None
    monkeypatch.chdir(trap)
    part = next((warehouse / "tables" / "documents").glob("*.parquet"))
    before = (sorted(path.name for path in trap.rglob("*")), part.read_bytes())
    with (
        pytest.raises(UsageError) as refused,
        query.answered(con, text.replace("{d}", str(trap)).replace("{p}", str(part)), 20) as relation,
    ):
        relation.fetchall()
    assert says in str(refused.value), refused.value
    assert "\n" not in str(refused.value)
    assert (sorted(path.name for path in trap.rglob("*")), part.read_bytes()) == before
    with query.answered(con, "SELECT count(*) FROM documents") as relation:  # and the connection still answers
        assert relation.fetchall()[0][0] > 10


@pytest.mark.parametrize(
    "text",
    [
        "SELECT * FROM read_text('{d}/secret.csv')",
        "SELECT * FROM '{d}/secret.csv'",
        "COPY (SELECT 1) TO '{d}/out.csv'",
        "ATTACH '{d}/secret.duckdb' AS s",
        "SET enable_external_access = true",
        "SET allowed_paths = ['{d}/secret.csv']",
        "INSTALL httpfs",
        "CREATE TABLE t AS SELECT 1",
    ],
)
def test_duckdb_itself_refuses_too(text: str, con: duckdb.DuckDBPyConnection, trap: Path) -> None:
    """The second wall, where something should pass the first."""
    with pytest.raises(duckdb.Error):
        con.execute(text.replace("{d}", str(trap)))
    assert not (trap / "out.csv").exists()


@pytest.mark.parametrize(
    "text",
    [
        "SELECT count(*) FROM documents",
        "FROM documents SELECT doc_id LIMIT 1",
        "VALUES (1), (2)",
        "TABLE runs",
        "DESCRIBE figures",
        "SUMMARIZE figures",
        "SHOW TABLES",
        "(SELECT 1) UNION ALL (SELECT 2)",
        "WITH RECURSIVE t(n) AS (SELECT 1 UNION ALL SELECT n + 1 FROM t WHERE n < 5) SELECT sum(n) FROM t",
        "SELECT * FROM person_timeline('le')",
        "SELECT fold('Đoàn'), unnest([1, 2]), range FROM range(3)",
        "SELECT b.unnest FROM documents d, unnest(d.byline) b",
        "PIVOT figures ON unit IN ('đồng', 'ha') USING count(*)",
        "SELECT comment FROM duckdb_columns() WHERE table_name = 'figures'",
        "SELECT 'a;b' -- ; no second statement",
        "SELECT '/etc/passwd', 'secret.csv' AS \"x.csv\"",
        "SELECT 1;",
    ],
)
def test_what_reads_is_answered(text: str, con: duckdb.DuckDBPyConnection) -> None:
    with query.answered(con, text) as relation:
        relation.fetchall()


def test_a_query_that_takes_too_long_is_cancelled(con: duckdb.DuckDBPyConnection) -> None:
    with (
        pytest.raises(UsageError, match=r"longer than 0\.2 s"),
        query.answered(con, "SELECT count(*) FROM range(1000000000000)", 0.2) as relation,
    ):
        relation.fetchall()
    with query.answered(con, "SELECT 1", 5) as relation:
        assert relation.fetchall() == [(1,)]


def test_a_query_that_needs_too_much_memory_is_refused(warehouse: Path) -> None:
    with (
        query.opened(Layout(warehouse), memory="100MB") as con,
        pytest.raises(UsageError, match="--memory-limit"),
        query.answered(con, "SELECT list(range) FROM range(1000000000)") as relation,
    ):
        relation.fetchall()


def test_what_spills_goes_beside_no_file_of_the_warehouse_and_is_gone(
    warehouse: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("tempfile.tempdir", str(tmp_path))
    spilling = "SELECT count(*) FROM (SELECT DISTINCT md5(range::VARCHAR) || repeat('x', 100) AS m FROM range(1500000))"
    before = sorted(warehouse.rglob("*"))
    with query.opened(Layout(warehouse), memory="100MB") as con, query.answered(con, spilling) as relation:
        assert relation.fetchall() == [(1_500_000,)]
        assert sorted(warehouse.rglob("*")) == before
    assert list(tmp_path.iterdir()) == []


def test_ctrl_c_stops_a_query(con: duckdb.DuckDBPyConnection) -> None:
    for attempt in range(5):
        threading.Timer(0.2 + attempt / 20, os.kill, (os.getpid(), signal.SIGINT)).start()
        with pytest.raises(KeyboardInterrupt), query.answered(con, "SELECT count(*) FROM range(1000000000000)") as relation:
            relation.fetchall()
        with query.answered(con, "SELECT 1", 20) as relation:  # not waiting for the threads of the one before
            assert relation.fetchall() == [(1,)]


def test_ctrl_c_ends_the_command_with_130(warehouse: Path) -> None:
    arguments = ["sql", "SELECT count(*) FROM range(1000000000000)", "--warehouse", str(warehouse)]
    code = "import os, signal, sys, threading; from flows.cli import main\n"
    code += "threading.Timer(1.5, os.kill, (os.getpid(), signal.SIGINT)).start()\n"
    done = subprocess.run(
        [sys.executable, "-c", f"{code}sys.exit(main({arguments!r}))"], cwd=ROOT, capture_output=True, text=True, timeout=60
    )
    assert (done.returncode, done.stdout) == (130, "")
    assert done.stderr.startswith("khobao: interrupted") and done.stderr.count("\n") == 1


@pytest.mark.parametrize(
    ("query", "more", "told"),
    [
        ("SELECT list_sort(range(30000000))[1]", ["--memory-limit", "100MB"], "more memory"),
        ("SELECT sum(length(repeat('x', 1000000000))) FROM range(100)", ["--timeout", "1"], "could not be cancelled"),
    ],
)
def test_a_value_without_end_ends_the_command(query: str, more: list[str], told: str, warehouse: Path) -> None:
    # In a process of its own, with less patience than people get.
    program = (
        "import sys; from warehouse import query; from flows.cli import main; "
        "query.HEEDS = 0.5; query.BESIDE = 200_000_000; sys.exit(main(sys.argv[1:]))"
    )
    arguments = ["sql", query, "--warehouse", str(warehouse), *more]
    done = subprocess.run([sys.executable, "-c", program, *arguments], cwd=ROOT, capture_output=True, text=True, timeout=300)
    assert (done.returncode, done.stderr.count("\n")) == (2, 1)
    assert told in done.stderr
