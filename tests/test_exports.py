"""Exports: what leaves the warehouse is complete, described, read by the public tools, and harmless in a spreadsheet."""

from __future__ import annotations

import csv
import hashlib
import importlib.util
import json
import re
import shutil
import subprocess
import sys
from pathlib import Path

import duckdb
import pyarrow.parquet as pq
import pytest
from hypothesis import given
from hypothesis import strategies as st

from flows.cli import main
from schemas import tables
from schemas.errors import UsageError
from tests.conftest import Runner
from warehouse.export import EXPORTED, FORMATS, _guarded, export, unguarded
from warehouse.export_duckdb import export_duckdb
from warehouse.layout import Layout

SOUND = re.compile(r"(?:\A|[;\t\r\n])\"*[=+\-@＝＋－＠]")  # what a spreadsheet may run


@pytest.fixture(scope="module")
def exported(warehouse: Path, tmp_path_factory: pytest.TempPathFactory) -> dict[str, Path]:
    folder = tmp_path_factory.mktemp("exports")
    for form in FORMATS:
        export(Layout(warehouse), folder / form, form)
    return {form: folder / form for form in FORMATS}


def package(folder: Path) -> dict[str, object]:
    return json.loads((folder / "datapackage.json").read_text(encoding="utf-8"))  # type: ignore[no-any-return]


def rows(warehouse: Path, query: str) -> list[tuple[object, ...]]:
    with duckdb.connect(str(warehouse / "khobao.duckdb"), read_only=True) as con:
        return con.execute(query).fetchall()


@pytest.mark.parametrize("form", FORMATS)
def test_every_table_of_main_is_there_and_described(form: str, exported: dict[str, Path], warehouse: Path) -> None:
    folder = exported[form]
    views = {name for (name,) in rows(warehouse, "SELECT view_name FROM duckdb_views() WHERE schema_name = 'main'")}
    wanted = views & set(tables.BY_NAME)
    assert {path.name for path in folder.iterdir()} == {f"{name}.{form}" for name in wanted} | {"datapackage.json", "README.md"}
    found = package(folder)
    assert found["$schema"] == "https://datapackage.org/profiles/2.0/datapackage.json"
    for resource in found["resources"]:  # type: ignore[attr-defined]
        content = (folder / resource["path"]).read_bytes()
        assert resource["hash"] == f"sha256:{hashlib.sha256(content).hexdigest()}"
        assert (resource["khobao"] if form == "parquet" else resource)["bytes"] == len(content)
        assert rows(warehouse, f"SELECT count(*) FROM {resource['name']}") == [(resource["rowCount"],)]
        columns = [name for (name, *_) in rows(warehouse, f"DESCRIBE {resource['name']}")]
        assert [field["name"] for field in resource["schema"]["fields"]] == columns
        assert all(field["description"] for field in resource["schema"]["fields"])
    assert str(warehouse) not in json.dumps(found)
    figures = next(r for r in found["resources"] if r["name"] == "figures")["schema"]  # type: ignore[attr-defined]
    assert figures["primaryKey"] == ["doc_id", "row_no"]
    assert {"fields": ["doc_id"], "reference": {"resource": "documents", "fields": ["doc_id"]}} in figures["foreignKeys"]
    status = next(field for field in figures["fields"] if field["name"] == "status")
    assert status["constraints"]["enum"] == [category["value"] for category in status["categories"]]


@pytest.mark.skipif(importlib.util.find_spec("frictionless") is None, reason="needs frictionless")
@pytest.mark.parametrize("form", FORMATS)
def test_the_public_tool_accepts_it(form: str, exported: dict[str, Path], tmp_path: Path) -> None:
    left_out = set()
    if form == "parquet":  # it takes ten seconds for the gazetteer alone
        left_out = {"units"}
        found = package(exported[form])
        shutil.copytree(exported[form], tmp_path, dirs_exist_ok=True)
        found["resources"] = [r for r in found["resources"] if r["name"] not in left_out]  # type: ignore[attr-defined]
        for resource in found["resources"]:
            keys = resource["schema"].get("foreignKeys", [])
            resource["schema"]["foreignKeys"] = [key for key in keys if key["reference"]["resource"] not in left_out]
        (tmp_path / "datapackage.json").write_text(json.dumps(found))
    command = [sys.executable, "-m", "frictionless", "validate", "datapackage.json", "--json"]
    folder = tmp_path if left_out else exported[form]
    done = subprocess.run(command, cwd=folder, capture_output=True, text=True, timeout=120)
    report = json.loads(done.stdout)
    assert report["valid"], [task["errors"][:2] for task in report["tasks"] if task["errors"]]
    assert len(report["tasks"]) == len(EXPORTED) - len(left_out)
    assert not report["warnings"] and not any(task["warnings"] for task in report["tasks"])


@pytest.mark.skipif(importlib.util.find_spec("frictionless") is None, reason="needs frictionless")
def test_the_public_tool_sees_a_wrong_cell(exported: dict[str, Path], tmp_path: Path) -> None:
    for name in ("datapackage.json", *(f"{table.name}.csv" for table in EXPORTED)):
        content = (exported["csv"] / name).read_text(encoding="utf-8-sig")
        (tmp_path / name).write_text(
            re.sub(r"(?m)^[0-9a-f]{20},0,", "0" * 20 + ",0,", content, count=1) if "dates" in name else content
        )
    command = [sys.executable, "-m", "frictionless", "validate", "datapackage.json", "--json"]
    report = json.loads(subprocess.run(command, cwd=tmp_path, capture_output=True, text=True, timeout=120).stdout)
    errors = {task["name"]: {error["type"] for error in task["errors"]} for task in report["tasks"] if task["errors"]}
    assert "foreign-key" in errors["dates"] and "hash-count" in errors["dates"]


def test_parquet_is_sorted_compressed_and_says_what_it_means(exported: dict[str, Path]) -> None:
    for table in EXPORTED:
        file = pq.ParquetFile(exported["parquet"] / f"{table.name}.parquet")
        assert file.schema_arrow.metadata[b"comment"].decode() == table.grain
        for field in file.schema_arrow:
            assert field.metadata[b"comment"].decode().startswith(table.column(field.name).meaning)
        if file.metadata.num_row_groups:
            assert file.metadata.row_group(0).column(0).compression == "ZSTD"
        keys = [tuple((row[key] is None, row[key] or 0) for key in table.key) for row in file.read().to_pylist()]
        assert keys == sorted(keys)


def test_csv_and_jsonl_hold_the_same_as_the_warehouse(exported: dict[str, Path], warehouse: Path) -> None:
    wanted = rows(warehouse, "SELECT doc_id, title, text, byline, published_at FROM documents ORDER BY doc_id")
    with (exported["csv"] / "documents.csv").open(encoding="utf-8-sig", newline="") as lines:
        for row, record in zip(wanted, csv.DictReader(lines), strict=True):
            title, text = (unguarded(record[name]) for name in ("title", "text"))
            byline = [unguarded(name) for name in json.loads(record["byline"])]
            when = row[4].isoformat() if row[4] else ""  # type: ignore[attr-defined]
            assert (record["doc_id"], title or None, text, byline, record["published_at"]) == (*row[:4], when)
    lines = (exported["jsonl"] / "documents.jsonl").read_text(encoding="utf-8").splitlines()
    for row, record in zip(wanted, map(json.loads, lines), strict=True):
        assert (record["doc_id"], record["title"], record["text"], record["byline"]) == row[:4]


def test_the_same_snapshot_gives_the_same_bytes(exported: dict[str, Path], warehouse: Path, tmp_path: Path) -> None:
    for form in FORMATS:
        export(Layout(warehouse), tmp_path / form, form)
        for path in exported[form].iterdir():
            assert path.read_bytes() == (tmp_path / form / path.name).read_bytes(), path.name


HOSTILE = [
    "=1+1", "+84 912", "-2%", "@SUM(A1)", "=cmd|' /C calc'!A0", "a;=1", 'dòng\n=HYPERLINK("http://x")', "\t=1", "\r\n@x", '"=1"',
    ';;""=1', "＝1", "'=1", "''", "- gạch đầu dòng\n- nữa",
]  # fmt: skip


@given(st.lists(st.one_of(st.sampled_from(HOSTILE), st.text(alphabet="=+-@'\";\t\r\n ab＝", max_size=8)), max_size=30))
def test_no_cell_is_run_and_each_can_be_undone(cells: list[str]) -> None:
    literals = ", ".join("'" + cell.replace("'", "''") + "'" for cell in [*HOSTILE, *cells])
    guarded = duckdb.sql(f"SELECT {_guarded('x')} FROM (SELECT unnest([{literals}]) AS x)").fetchall()
    for cell, (written,) in zip([*HOSTILE, *cells], guarded, strict=True):
        assert not SOUND.search(written)
        assert unguarded(written) == cell


@pytest.mark.usefixtures("quick")
def test_a_hostile_text_is_harmless_in_the_csv(run: Runner, tmp_path: Path) -> None:
    source = tmp_path / "=cmd|calc.txt"
    source.write_text(
        '=HYPERLINK("http://x";"Sở Y tế")\n@SUM(1) Sở Y tế tỉnh Lào Cai họp giao ban.\n+ 40 đại biểu dự;=1+1', encoding="utf-8"
    )
    run(source, warehouse=tmp_path / "wh")
    export(Layout(tmp_path / "wh"), tmp_path / "out", "csv")
    seen = 0
    for path in (tmp_path / "out").glob("*.csv"):
        with path.open(encoding="utf-8-sig", newline="") as lines:
            for record in csv.DictReader(lines):
                kinds = {c.name: c.kind for c in next(t for t in EXPORTED if t.name == path.stem).columns}
                for name, cell in record.items():
                    if kinds[name] == "string":
                        assert not SOUND.search(cell), (path.name, name, cell)
                        seen += "'=" in cell
    assert seen


def test_one_duckdb_file_holds_everything(warehouse: Path, tmp_path: Path) -> None:
    file = tmp_path / "khobao.duckdb"
    counts = export_duckdb(Layout(warehouse), file)
    content = file.read_bytes()
    assert str(warehouse.parent).encode() not in content and b"read_parquet" not in content
    assert [path.name for path in tmp_path.iterdir()] == ["khobao.duckdb"]
    everything = """SELECT schema_name || '.' || view_name FROM duckdb_views() WHERE NOT internal
        UNION ALL SELECT schema_name || '.' || table_name FROM duckdb_tables()"""
    comments = "SELECT schema_name, table_name, column_name, comment FROM duckdb_columns() WHERE NOT internal ORDER BY ALL"
    macros = (
        "SELECT function_name, comment FROM duckdb_functions() WHERE NOT internal AND function_type LIKE '%macro' ORDER BY ALL"
    )
    without_raw = "SELECT * FROM ({}) WHERE {} NOT LIKE '%raw' ORDER BY ALL"
    (tmp_path / "moved").mkdir()
    file.rename(tmp_path / "moved" / "other.duckdb")
    with duckdb.connect(str(tmp_path / "moved" / "other.duckdb"), read_only=True) as con:
        names = [name for (name,) in con.execute(without_raw.format(everything, "#1")).fetchall()]
        assert names == [name for (name,) in rows(warehouse, without_raw.format(everything, "#1"))]
        for name in names:
            same = f"SELECT count(*) FROM {name}"
            assert con.execute(same).fetchall() == rows(warehouse, same), name
        assert con.execute(without_raw.format(comments, "table_name")).fetchall() == rows(
            warehouse, without_raw.format(comments, "table_name")
        )
        assert con.execute(macros).fetchall() == rows(warehouse, macros)
        assert con.execute("SELECT count(*) FROM office_holders(DATE '2025-01-01')").fetchall() == rows(
            warehouse, "SELECT count(*) FROM office_holders(DATE '2025-01-01')"
        )
        assert counts["figures"] == con.execute("SELECT count(*) FROM figures").fetchall()[0][0]
        commented = "SELECT count(*) FROM duckdb_tables() WHERE comment IS NULL"
        assert con.execute(commented).fetchall() == [(0,)]


@pytest.mark.usefixtures("quick")
def test_an_earlier_snapshot_is_exported(run: Runner, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    for number, text in enumerate(("Sở Y tế họp giao ban.", "Huyện đoàn trao quà cho học sinh."), 1):
        (tmp_path / f"{number}.txt").write_text(text, encoding="utf-8")
        run(tmp_path / f"{number}.txt", warehouse=tmp_path / "wh", run_id=f"r{number}")
    layout = Layout(tmp_path / "wh")
    assert export(layout, tmp_path / "one", "jsonl", snapshot_id=1)["documents"] == 1
    assert export_duckdb(layout, tmp_path / "one.duckdb", snapshot_id=1)["documents"] == 1
    assert export(layout, tmp_path / "two", "jsonl")["documents"] == 2
    assert (package(tmp_path / "one")["version"], package(tmp_path / "two")["version"]) == ("1.0.0", "2.0.0")
    options = ["--snapshot", "9", "--warehouse", str(tmp_path / "wh")]
    assert main(["export", str(tmp_path / "nine"), *options]) == 2
    assert "no snapshot 9" in capsys.readouterr().err


def test_what_is_no_export_is_left_alone(warehouse: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    mine = tmp_path / "mine"
    mine.mkdir()
    (mine / "thesis.txt").write_text("years of work")
    at = ["--warehouse", str(warehouse)]
    assert main(["export", str(mine), *at]) == 2
    assert "--force" in capsys.readouterr().err
    assert [path.name for path in mine.iterdir()] == ["thesis.txt"]
    assert main(["export", str(mine), "--force", "--format", "csv", *at]) == 0
    assert (mine / "thesis.txt").read_text() == "years of work" and (mine / "figures.csv").exists()
    assert main(["export", str(mine), "--format", "jsonl", *at]) == 0  # now it is one of ours, with a stranger in it
    assert {path.suffix for path in mine.iterdir()} == {".txt", ".jsonl", ".json", ".md"}
    file = tmp_path / "mine.duckdb"
    with duckdb.connect(str(file)) as con:
        con.execute("CREATE TABLE t AS SELECT 42 AS x")
    for path in (file, mine / "thesis.txt"):
        before = path.read_bytes()
        assert main(["export", "--duckdb", str(path), *at]) == 2
        assert "--force" in capsys.readouterr().err
        assert path.read_bytes() == before
    assert main(["export", "--duckdb", str(file), "--force", *at]) == 0
    assert main(["export", "--duckdb", str(file), *at]) == 0  # ours: replaced without a word
    assert sorted(path.name for path in tmp_path.iterdir()) == ["mine", "mine.duckdb"]


def test_what_fails_leaves_the_old_export(warehouse: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    layout, out, file = Layout(warehouse), tmp_path / "out", tmp_path / "one.duckdb"
    export(layout, out, "jsonl", licence="CC-BY-4.0")
    export_duckdb(layout, file)
    before = {path.name: path.read_bytes() for path in out.iterdir()} | {"file": file.read_bytes()}
    assert b"CC-BY-4.0" in before["datapackage.json"]

    def full(*_: object) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr("warehouse.datapackage.write", full)
    monkeypatch.setattr("warehouse.export_duckdb._counts", full)
    with pytest.raises(UsageError, match="No space left"):
        export(layout, out, "csv")
    with pytest.raises(UsageError, match="No space left"):
        export_duckdb(layout, file)
    assert {path.name: path.read_bytes() for path in out.iterdir()} | {"file": file.read_bytes()} == before
    assert sorted(path.name for path in tmp_path.iterdir()) == ["one.duckdb", "out"]


@pytest.mark.parametrize(
    ("arguments", "says"),
    [
        ([], "DIR"),
        (["out", "--duckdb", "x.duckdb"], "DIR"),
        (["--duckdb", "x.duckdb", "--format", "csv"], "--format"),
        (["a.txt"], "is a file"),
        (["a.txt/out"], "can't write"),
        (["--duckdb", "."], "is a folder"),
        (["--duckdb", "a.txt/x.duckdb"], "can't write"),
    ],
)
def test_wrong_use_is_one_line(
    arguments: list[str],
    says: str,
    warehouse: Path,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
) -> None:
    monkeypatch.chdir(tmp_path)
    (tmp_path / "a.txt").write_text("x")
    assert main(["export", *arguments, "--warehouse", str(warehouse)]) == 2
    printed = capsys.readouterr()
    assert says in printed.err and printed.err.count("\n") == 1 and printed.out == ""
    assert [path.name for path in tmp_path.iterdir()] == ["a.txt"]
