"""Corrections by people, applied on every run and reported where they do nothing; and in what snapshots differ."""

from __future__ import annotations

import argparse
from pathlib import Path
from typing import Any

import pytest

from flows.cli import main
from flows.corrected import NAME, check, parse
from flows.diff import answer
from schemas.errors import UsageError
from tests.conftest import Runner
from transforms.corrections import COLUMNS, digests, read
from warehouse.diff import Comparison, Count, scans, table_of
from warehouse.layout import Layout
from warehouse.query import opened

TEXT = """Xã Bình Lộc sơ kết phong trào thi đua
Sáng 5/7/2024, đồng chí Bùi Văn An, Chủ tịch Hội Nông dân xã Bình Lộc chủ trì hội nghị sơ kết.
Bà con góp công để làm 120 km đường; trong đó, xã Ea Yông làm 45 km, xã Hòa An 40 km, xã Ea Kly 35 km.
Đồng chí Bùi Văn An đề nghị các chi hội cố gắng."""


def ask(root: Path, query: str) -> list[tuple[Any, ...]]:
    with opened(Layout(root)) as con:
        return con.execute(query).fetchall()


def write(root: Path, *lines: tuple[str, ...]) -> None:
    rows = ["\t".join(COLUMNS), *("\t".join(map(str, line)) for line in lines)]
    (root / NAME).write_text("\n".join(rows) + "\n", encoding="utf-8")


@pytest.fixture
def made(run: Runner, tmp_path: Path) -> tuple[Path, Path, str]:
    source, root = tmp_path / "in", tmp_path / "warehouse"
    source.mkdir()
    (source / "a.txt").write_text(TEXT, encoding="utf-8")
    run(source, warehouse=root)
    return source, root, ask(root, "SELECT doc_id FROM documents")[0][0]


def test_corrections_are_applied_survive_and_are_taken_back(run: Runner, made: tuple[Path, Path, str]) -> None:
    source, root, doc_id = made
    places = ask(root, "SELECT start_char, end_char FROM people WHERE name = 'Bùi Văn An' ORDER BY 1")
    total, part = ask(root, "SELECT start_char, end_char FROM figures WHERE value IN (120, 45) ORDER BY value DESC")
    assert len(places) == 2
    before = ask(root, "SELECT count(*) FROM figures")[0][0]
    write(
        root,
        *((doc_id, "people", "change", *place, "name", "Bùi Văn Ân", "misprint", "me") for place in places),
        (doc_id, "figures", "drop", *part, "", "", "no part", "me"),
        (doc_id, "figures", "change", *total, "value", "121", "misprint", "me"),
        (doc_id, "citations", "drop", 0, 5, "", "", "there is none", "me"),
    )
    outcome = run(source, warehouse=root)
    assert (outcome.run.documents_new, outcome.run.documents_reprocessed) == (0, 1)
    for _ in range(2):  # also when everything is extracted again
        assert ask(root, "SELECT DISTINCT name FROM people") == [("Bùi Văn Ân",)]
        assert ask(root, "SELECT DISTINCT person FROM positions") == [("Bùi Văn Ân",)]
        assert ask(root, "SELECT count(*), max(value) FROM figures") == [(before - 1, 121.0)]
        parts = (
            "SELECT count(*) FROM figures f JOIN figures t ON t.doc_id = f.doc_id AND t.row_no = f.part_of WHERE t.value = 121"
        )
        assert ask(root, parts) == [(2,)]
        run(source, warehouse=root, reprocess=True)
    (warned,) = ask(
        root, "SELECT success, severity, unexpected_count, observed FROM journal.quality_results WHERE suite = 'corrections'"
    )[:1]
    assert warned[:3] == (False, "warning", 1) and "line 6" in warned[3]

    (root / NAME).unlink()
    assert run(source, warehouse=root).run.documents_reprocessed == 1
    assert ask(root, "SELECT DISTINCT name FROM people") == [("Bùi Văn An",)]
    assert ask(root, "SELECT count(*) FROM figures")[0][0] == before


@pytest.mark.usefixtures("quick")
def test_the_difference_between_snapshots_names_its_cause(run: Runner, made: tuple[Path, Path, str], tmp_path: Path) -> None:
    source, root, doc_id = made
    (place,) = ask(root, "SELECT start_char, end_char FROM figures WHERE value = 35")
    write(root, (doc_id, "figures", "change", *place, "value", "36", "misprint", "me"))
    (source / "b.txt").write_text(TEXT.replace("Bình Lộc", "Bình Thuận"), encoding="utf-8")
    run(source, warehouse=root)
    layout = Layout(root)
    compared = Comparison(scans(layout, layout.snapshot(1)), scans(layout, layout.snapshot(2)))  # type: ignore[arg-type]
    try:
        counts = {(count.table, count.why): count for count in compared.counts()}
        assert counts["figures", "correction"] == Count("figures", "correction", 0, 0, 1)
        assert counts["documents", "source"] == Count("documents", "source", 1, 0, 0)
        assert all(count.why == "source" for (table, _), count in counts.items() if table != "figures")
        (changed,) = [d for d in compared.differences(table_of("figures"), 50) if d.sign == "~"]  # type: ignore[arg-type]
        assert changed.columns == {"value": (35.0, 36.0)} and changed.surface == "35 km"
        said = answer(compared, argparse.Namespace(table="figures", limit=3, format="table"), "snapshot 1 and 2")
        assert "value: 35.0 -> 36.0" in said
        with pytest.raises(UsageError):
            answer(compared, argparse.Namespace(table="nothing", limit=3, format="table"), "")
    finally:
        compared.close()


@pytest.mark.usefixtures("quick")
def test_added_facts_stand_in_text_order(run: Runner, made: tuple[Path, Path, str]) -> None:
    source, root, doc_id = made
    write(
        root,
        (
            doc_id,
            "dates",
            "add",
            0,
            2,
            "",
            '{"grain": "year", "date_from": "2024-01-01", "date_to": "2024-12-31", "inferred": true}',
            "x",
            "me",
        ),
    )
    run(source, warehouse=root)
    assert ask(root, "SELECT row_no, grain, surface FROM dates ORDER BY row_no LIMIT 1") == [(0, "year", "Xã")]
    assert [one.why for one in check(Layout(root), Layout(root).snapshot(2), parse(root / NAME))] == [None]


WRONG = {
    "no header": "a\tb\n",
    "too few cells": "\t".join(COLUMNS) + "\nx\ty\n",
    "unknown table": ("0" * 20, "nothing", "drop", "1", "2", "", "", "r", "a"),
    "unknown action": ("0" * 20, "people", "burn", "1", "2", "", "", "r", "a"),
    "unknown column": ("0" * 20, "people", "change", "1", "2", "colour", "red", "r", "a"),
    "no code of the list": ("0" * 20, "dates", "change", "1", "2", "grain", "aeon", "r", "a"),
    "no number": ("0" * 20, "figures", "change", "1", "2", "value", "many", "r", "a"),
    "empty where something must be": ("0" * 20, "people", "change", "1", "2", "name", "", "r", "a"),
    "an empty place": ("0" * 20, "people", "drop", "2", "2", "", "", "r", "a"),
    "no reason": ("0" * 20, "people", "drop", "1", "2", "", "", "", "a"),
    "an added fact that lacks a column": ("0" * 20, "dates", "add", "1", "2", "", '{"grain": "year"}', "r", "a"),
    "an added fact that is no object": ("0" * 20, "dates", "add", "1", "2", "", "year", "r", "a"),
}


@pytest.mark.parametrize("given", WRONG.values(), ids=[name.replace(" ", "_") for name in WRONG])
def test_what_is_no_correction_is_refused_with_its_line(given: str | tuple[str, ...]) -> None:
    text = given if isinstance(given, str) else "\t".join(COLUMNS) + "\n" + "\t".join(given)
    with pytest.raises(UsageError) as caught:
        read(text)
    assert "\n" not in str(caught.value) and "corrections.tsv" in str(caught.value)


def test_reason_and_author_do_not_make_a_document_stale() -> None:
    line = ["0" * 20, "people", "drop", "1", "2", "", "", "why", "me"]
    one = digests(read("\t".join(COLUMNS) + "\n" + "\t".join(line)))
    assert one == digests(read("\t".join(COLUMNS) + "\n" + "\t".join([*line[:7], "because", "you"])))
    assert one != digests(read("\t".join(COLUMNS) + "\n" + "\t".join([*line[:4], "3", *line[5:]])))


@pytest.mark.usefixtures("quick")
def test_who_corrects_a_copy_or_an_older_version_is_told_what_readers_see(
    run: Runner, made: tuple[Path, Path, str], capsys: pytest.CaptureFixture[str]
) -> None:
    source, root, first = made
    (source / "b.txt").write_text(TEXT + "\n", encoding="utf-8")  # a copy, word for word
    run(source, warehouse=root, run_id="r2")
    (source / "a.txt").write_text("Xã Bình Lộc\nSáng 9/7/2024, xã Bình Lộc họp.", encoding="utf-8")  # a later version
    run(source, warehouse=root, run_id="r3")
    run(source, warehouse=root, run_id="r4")
    shown = dict(ask(root, "SELECT source_uri, doc_id FROM documents"))
    assert set(shown) == {"a.txt", "b.txt"}, "the copy stands for the story since the other has another text"
    at = ("people", "drop", "1", "2", "", "", "why", "me")
    write(root, (first, *at), (shown["b.txt"], *at))
    assert main(["corrections", "--warehouse", str(root)]) == 0
    told = capsys.readouterr().err
    assert told.count("\n") == 1 and told.startswith(f"khobao: {first} ") and shown["a.txt"] in told
    (source / "c.txt").write_text(TEXT + "\n\n", encoding="utf-8")
    run(source, warehouse=root, run_id="r5")
    copy = ask(root, "SELECT doc_id FROM history.documents WHERE source_uri = 'c.txt'")[0][0]
    write(root, (copy, *at))
    assert main(["corrections", str(root / NAME), "--warehouse", str(root)]) == 0, "taking a file over tells it too"
    told = capsys.readouterr().err
    assert told.startswith(f"khobao: {copy} ") and shown["b.txt"] in told


def test_the_commands_answer(made: tuple[Path, Path, str], capsys: pytest.CaptureFixture[str]) -> None:
    _, root, doc_id = made
    at = ["--warehouse", str(root)]
    assert main(["diff", "0", "1", "--format", "json", *at]) == 0
    assert '"table": "documents"' in capsys.readouterr().out
    assert main(["diff", "1", *at]) == 0
    assert "say the same" in capsys.readouterr().out
    assert main(["diff", "7", *at]) == 2
    write(root, (doc_id, "citations", "drop", "0", "5", "", "", "there is none", "me"))
    assert main(["corrections", *at]) == 0
    assert "1 corrections, 1 unused" in capsys.readouterr().out
    assert main(["corrections", str(root / "nothing.tsv"), *at]) == 2
