"""The command line below Prefect: one clear line and the right exit status for wrong input, and the doors to the tables."""

from __future__ import annotations

import csv
import io
import json
import os
import shlex
import shutil
from pathlib import Path

import duckdb
import pytest

from flows.cli import main
from tests.conftest import Runner
from warehouse.layout import Layout
from warehouse.lock import held


def one_line(capsys: pytest.CaptureFixture[str]) -> str:
    """What stands on stderr; fails unless it is one line, and nothing on stdout."""
    printed = capsys.readouterr()
    assert printed.out == ""
    assert printed.err.count("\n") == 1, printed.err
    assert printed.err.startswith("khobao: ")
    assert "Traceback" not in printed.err
    return printed.err


@pytest.mark.parametrize(
    ("arguments", "says"),
    [
        (["run", "nowhere"], "nowhere"),
        (["run", "nowhere/*.txt"], "nowhere"),
        (["run"], "SOURCE"),
        (["run", "tables.xlsx"], ".txt"),
        (["run", "empty"], "empty"),
        (["run", "a.txt", "--batch-size", "0"], "batch-size"),
        (["run", "a.txt", "--tolerance", "7"], "tolerance"),
        (["run", "a.txt", "--memory-limit", "lots"], "memory-limit"),
        (["run", "a.txt", "--name", "x", "--name", "y"], "name"),
        (["run", "a.txt", "--warehouse", "a.txt"], "folder"),
        (["run", "a.txt", "--colour", "red"], "--colour"),
        (["run", "a.txt", "--colour", "red"], "see `khobao run --help`"),
        (["quarantine", "drop", "x", "--because", "y", "--colour"], "see `khobao quarantine drop --help`"),
        (["walk"], "walk"),
        (["statsu"], "did you mean status?"),
        (["quarantine", "lsit"], "did you mean list?"),
        (["sql", "SELECT 1", "--warehouse", "nowhere"], "khobao run"),
        (["status", "--warehouse", "nowhere"], "khobao run"),
        (["export", "out", "--warehouse", "nowhere"], "khobao run"),
        (["relocate", "--warehouse", "nowhere"], "khobao run"),
        (["sql", "SELECT 1", "--snapshot", "last"], "argument --snapshot: 'last' is not a whole number"),
        (["trace", "people", "0123", "first"], "argument ROW_NO: 'first' is not a whole number"),
    ],
)
def test_wrong_use_is_one_line_and_exit_2(
    arguments: list[str], says: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.chdir(tmp_path)
    monkeypatch.delenv("KHOBAO_WAREHOUSE", raising=False)
    (tmp_path / "a.txt").write_text("Tin\nNội dung.", encoding="utf-8")
    (tmp_path / "tables.xlsx").write_bytes(b"PK")
    (tmp_path / "empty").mkdir()
    try:
        status = main(arguments)
    except SystemExit as stop:
        status = int(str(stop.code))
    assert status == 2
    assert says in one_line(capsys)
    assert not (tmp_path / "warehouse").exists()


@pytest.mark.skipif(os.geteuid() == 0, reason="root can read every folder")
def test_an_unreadable_folder_is_told(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    folder = tmp_path / "closed"
    folder.mkdir(mode=0o000)
    assert main(["run", str(folder), "--warehouse", str(tmp_path / "wh")]) == 2
    assert "closed" in one_line(capsys)


@pytest.mark.parametrize(
    ("arguments", "says"),
    [
        (["corrections", "nothing.tsv"], "can't read nothing.tsv: No such file or directory"),
        (["corrections", "legacy.tsv"], "can't read legacy.tsv: it is no text in UTF-8"),
        (["evaluate", "nowhere"], "no such folder: nowhere; give one that holds annotations, NAME.json for each document"),
        (["report", "office_holders"], "the day, as 2024-06-30; try --param as_of=2024-06-30"),
        (["report", "document_trail"], "unnumbered document; try --param key=57-NQ/TW"),
    ],
)
def test_wrong_use_of_a_warehouse_is_one_line_without_the_words_of_a_library(
    arguments: list[str],
    says: str,
    warehouse: Path,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
) -> None:
    monkeypatch.chdir(tmp_path)
    (tmp_path / "legacy.tsv").write_bytes(b"doc_id\xfe")
    assert main([*arguments, "--warehouse", str(warehouse)]) == 2
    assert one_line(capsys).strip().endswith(says)


def test_a_warehouse_in_use_is_told_with_exit_4(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    (tmp_path / "a.txt").write_text("Tin\nNội dung.", encoding="utf-8")
    with held(Layout(tmp_path / "wh")):
        assert main(["run", str(tmp_path / "a.txt"), "--warehouse", str(tmp_path / "wh")]) == 4
    assert "--wait" in one_line(capsys)


@pytest.mark.parametrize(
    "query", ["DELETE FROM documents", "SELEC 1", "SELECT * FROM 'secret.csv'", "SELECT nothing FROM documents"]
)
def test_a_query_that_is_refused_is_told(query: str, warehouse: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["sql", query, "--warehouse", str(warehouse)]) == 2
    one_line(capsys)


def test_sql_prints_tables_csv_and_json(warehouse: Path, capsys: pytest.CaptureFixture[str]) -> None:
    query = "SELECT doc_id, title, published_at, byline FROM documents WHERE title IS NOT NULL ORDER BY doc_id"
    outputs = {}
    for form in ("table", "csv", "json"):
        assert main(["sql", query, "--format", form, "--warehouse", str(warehouse)]) == 0
        outputs[form] = capsys.readouterr().out
    records = json.loads(outputs["json"])
    assert len(records) > 10
    assert list(records[0]) == ["doc_id", "title", "published_at", "byline"]
    rows = list(csv.DictReader(io.StringIO(outputs["csv"])))
    assert [row["title"] for row in rows] == [record["title"] for record in records]
    assert any(record["byline"] for record in records)
    assert [json.loads(row["byline"] or "null") for row in rows] == [record["byline"] for record in records]
    assert records[0]["doc_id"] in outputs["table"]


def test_an_empty_answer_is_valid_json(warehouse: Path, capsys: pytest.CaptureFixture[str]) -> None:
    query = "SELECT 1 AS one WHERE false"
    assert main(["sql", query, "--format", "json", "--warehouse", str(warehouse)]) == 0
    assert json.loads(capsys.readouterr().out) == []


@pytest.mark.usefixtures("quick")
def test_sql_of_an_earlier_snapshot(run: Runner, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    root, source = tmp_path / "wh", tmp_path / "src"
    source.mkdir()
    for number, text in enumerate(("Sở Y tế họp giao ban.", "Huyện đoàn trao quà cho học sinh."), 1):
        (source / f"{number}.txt").write_text(text, encoding="utf-8")
        run(source, warehouse=root, run_id=f"r{number}")
    counts = {}
    for snapshot in ("0", "1", "2"):
        query = ["sql", "SELECT count(*) AS n FROM documents", "--format", "json", "--snapshot", snapshot]
        assert main([*query, "--warehouse", str(root)]) == 0
        counts[snapshot] = json.loads(capsys.readouterr().out)[0]["n"]
    assert counts == {"0": 0, "1": 1, "2": 2}
    assert main(["sql", "SELECT 1", "--snapshot", "9", "--warehouse", str(root)]) == 2
    assert "9" in one_line(capsys)


def test_a_moved_warehouse_is_pointed_anew(warehouse: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    copy = tmp_path / "copy"
    shutil.copytree(warehouse, copy)
    assert main(["relocate", "--warehouse", str(copy)]) == 0
    capsys.readouterr()
    with duckdb.connect(str(copy / "khobao.duckdb"), read_only=True) as con:
        paths = {
            row[0]
            for row in con.execute(
                "SELECT DISTINCT filename FROM read_parquet('" + str(copy) + "/tables/*/*.parquet')"
            ).fetchall()
        }
        views = " ".join(row[0] for row in con.execute("SELECT sql FROM duckdb_views() WHERE NOT internal").fetchall())
    assert paths
    assert str(warehouse) not in views
    shutil.rmtree(copy / "state", ignore_errors=False)
    assert main(["status", "--warehouse", str(copy)]) == 2


@pytest.mark.parametrize("gone", [True, False], ids=["moved", "copied"])
def test_a_moved_warehouse_says_what_to_do(
    gone: bool, warehouse: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    first, then = tmp_path / "first", tmp_path / "then it's here"
    shutil.copytree(warehouse, first)
    assert main(["relocate", "--warehouse", str(first)]) == 0
    shutil.copytree(first, then)
    if gone:
        shutil.rmtree(first)
    capsys.readouterr()
    query = "SELECT count(*) FROM documents"
    for arguments in (["status"], ["sql", query], ["sql", query, "--snapshot", "1"], ["show", "a"], ["quality"]):
        assert main([*arguments, "--warehouse", str(then)]) == 2
        assert f"this warehouse was moved: `khobao relocate --warehouse {shlex.quote(str(then))}`" in one_line(capsys)
    assert main(["relocate", "--warehouse", str(then)]) == 0
    assert main(["status", "--warehouse", str(then)]) == 0
    link = tmp_path / "link"
    link.symlink_to(then)
    assert main(["status", "--warehouse", str(link)]) == 0, "the same folder by another name"


def test_status_tells_runs_counts_and_what_is_stale(warehouse: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["status", "--format", "json", "--warehouse", str(warehouse)]) == 0
    found = json.loads(capsys.readouterr().out)
    assert found["documents"]["stale"] == 0
    assert found["runs"][0]["status"] == "completed"
    assert found["rows"]["documents"] >= found["documents"]["shown"] > 10
    assert main(["status", "--warehouse", str(warehouse)]) == 0
    assert found["runs"][0]["run_id"] in capsys.readouterr().out


def test_the_broken_sample_is_in_quarantine(warehouse: Path, capsys: pytest.CaptureFixture[str]) -> None:
    query = "SELECT source_uri, stage, reason_code FROM quarantine WHERE table_name IS NULL"
    assert main(["sql", query, "--format", "json", "--warehouse", str(warehouse)]) == 0
    assert json.loads(capsys.readouterr().out) == [{"source_uri": "broken.txt", "stage": "clean", "reason_code": "binary"}]
