"""What can't be read where it lies (folders, files, records): refused in its place with a reason, and closed once it is read."""

from __future__ import annotations

import json
import os
from pathlib import Path
from typing import Any

import pytest

from flows import summary
from flows.cli import main
from schemas.errors import UsageError
from tests.conftest import Runner
from tests.test_run import FIRST, SECOND, ask, assert_balanced, put
from warehouse import sources

pytestmark = [pytest.mark.xdist_group("validation"), pytest.mark.usefixtures("quick")]

ENTRIES = "SELECT source_uri, reason_code, status FROM quarantine ORDER BY source_uri"


def close(monkeypatch: pytest.MonkeyPatch, *closed: Path, error: type[OSError] = PermissionError) -> None:
    """Take the right to list folders, and to read files. (Root, who runs tests in containers, can't be denied it for real.)"""
    scandir, opened = os.scandir, sources._opened

    def listed(path: Any) -> Any:
        if isinstance(path, str | Path) and Path(path) in closed:
            raise error(13, "Permission denied", str(path))
        return scandir(path)

    def read(path: Path) -> Any:
        if path in closed:
            raise error(13, "Permission denied", str(path))
        return opened(path)

    monkeypatch.setattr(os, "scandir", listed)
    monkeypatch.setattr(sources, "_opened", read)


def test_a_folder_and_a_file_without_rights_are_refused_in_their_place_and_the_rest_goes_on(
    run: Runner, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    source, root = put(tmp_path / "src", a=FIRST, shut=SECOND), tmp_path / "wh"
    put(source / "closed" / "deep", c=SECOND + "\nHội nghị có 15 đại biểu.")
    with monkeypatch.context() as patch:
        close(patch, source / "closed", source / "shut.txt")
        first = run(source, warehouse=root, run_id="r1")
        assert (first.run.documents_seen, first.run.documents_new, first.quarantined) == (3, 1, {"unreadable": 2})
        assert ask(root, ENTRIES) == [("closed/", "unreadable", "open"), ("shut.txt", "unreadable", "open")]
        assert ask(root, "SELECT DISTINCT reason FROM quarantine") == [("can't be read: Permission denied",)]
        assert "in quarantine" not in summary.text(first)
        assert run(source, warehouse=root, run_id="r2").run.status == "nothing_new"
        assert ask(root, "SELECT count(*) FROM quarantine") == [(2,)], "told once"
    assert run(source, warehouse=root, run_id="r3").run.documents_new == 2
    assert ask(root, "SELECT DISTINCT status, resolved_run_id FROM quarantine") == [("replayed", "r3")]
    assert_balanced(root)


def test_a_folder_that_vanishes_during_the_run_is_told(run: Runner, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    source, root = put(tmp_path / "src", a=FIRST), tmp_path / "wh"
    gone = put(source / "gone", b=SECOND)
    close(monkeypatch, gone, gone / "b.txt", error=FileNotFoundError)
    assert run(source, warehouse=root).quarantined == {"unreadable": 1}
    assert_balanced(root)


def test_what_was_known_and_shut_for_a_while_is_closed_though_nothing_is_new(
    run: Runner, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    source, root = put(tmp_path / "src", a=FIRST, b=SECOND), tmp_path / "wh"
    run(source, warehouse=root, run_id="r1")
    with monkeypatch.context() as patch:
        close(patch, source / "b.txt")
        run(source, warehouse=root, run_id="r2")
        assert ask(root, ENTRIES) == [("b.txt", "unreadable", "open")]
    assert run(source, warehouse=root, run_id="r3").run.status == "nothing_new"
    assert ask(root, "SELECT status, resolved_run_id FROM quarantine") == [("replayed", "r3")]


def test_a_source_that_cannot_be_read_at_all_is_wrong_use(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    source = put(tmp_path / "src", a=FIRST)
    close(monkeypatch, source)
    assert main(["run", str(source), "--warehouse", str(tmp_path / "wh")]) == 2
    error = capsys.readouterr().err
    assert error.count("\n") == 1 and "src" in error and "Permission denied" in error

    def denied(path: Path) -> bool:
        raise PermissionError(13, "Permission denied", str(path))

    monkeypatch.setattr(Path, "is_dir", denied)
    with pytest.raises(UsageError, match=r"can't read .*src: Permission denied"):
        sources.resolve([str(source)])


def lines(path: Path, *records: dict[str, str]) -> Path:
    path.write_text("\n".join(json.dumps(record, ensure_ascii=False) for record in records), encoding="utf-8")
    return path


RECORDS = ({"noi_dung": FIRST, "url": "https://example.vn/1"}, {"noi_dung": SECOND, "ma": "tin-2"}, {"ma": "tin-3"})


@pytest.mark.parametrize("form", ["jsonl", "parquet"])
def test_a_record_without_text_names_its_fields_and_is_closed_once_it_is_mapped_though_its_place_moves(
    form: str, run: Runner, tmp_path: Path
) -> None:
    path, root = tmp_path / f"dump.{form}", tmp_path / "wh"
    if form == "parquet":
        import pyarrow as pa
        import pyarrow.parquet as pq

        pq.write_table(pa.Table.from_pylist([{"noi_dung": None, "url": None, "ma": None} | one for one in RECORDS]), path)
    else:
        lines(path, *RECORDS)
    run(path, warehouse=root, run_id="r1")
    assert ask(root, "SELECT count(*), min(status) FROM quarantine WHERE reason_code = 'bad_record'") == [(3, "open")]
    reason = ask(root, "SELECT reason FROM quarantine WHERE source_uri LIKE '%#0'")[0][0]
    assert "its fields: noi_dung, url" in reason and "--text-field" in reason
    fields = sources.FieldMap(text=("noi_dung",), id=("ma",))
    mapped = run(path, warehouse=root, run_id="r2", fields=fields)
    assert mapped.run.documents_new == 2
    assert ask(root, "SELECT source_uri FROM documents ORDER BY ALL") == [("https://example.vn/1",), ("tin-2",)]
    states = ask(root, "SELECT source_uri, status, resolved_run_id FROM quarantine ORDER BY ALL")
    assert states[:2] == [(f"dump.{form}#0", "replayed", "r2"), (f"dump.{form}#1", "replayed", "r2")]
    assert all(status == "open" for _, status, _ in states[2:]), "the third has no text under any name"
    assert_balanced(root)


def test_a_record_refused_as_it_was_mapped_is_closed_once_it_is_mapped_and_named_otherwise(run: Runner, tmp_path: Path) -> None:
    root = tmp_path / "wh"
    path = lines(tmp_path / "dump.jsonl", {"text": "\x01\x02 \x03", "noi_dung": FIRST, "ma": "tin-1"})
    run(path, warehouse=root, run_id="r1")
    assert ask(root, "SELECT source_uri, stage, status FROM quarantine") == [("dump.jsonl#0", "clean", "open")]
    run(path, warehouse=root, run_id="r2", fields=sources.FieldMap(text=("noi_dung",), id=("ma",)))
    assert ask(root, "SELECT source_uri, status, resolved_run_id FROM quarantine") == [("dump.jsonl#0", "replayed", "r2")]


def test_a_repeated_run_says_what_is_still_in_quarantine(run: Runner, tmp_path: Path) -> None:
    source, root = put(tmp_path / "src", a=FIRST, b=" "), tmp_path / "wh"
    assert "in quarantine" not in summary.text(run(source, warehouse=root, run_id="r1")), "it has just said so"
    again = run(source, warehouse=root, run_id="r2")
    assert again.run.documents_quarantined == 0
    assert f"in quarantine still 1 document in all; `khobao quarantine --warehouse {root}` says why" in summary.text(again)
    assert "still in quarantine: 1 document" in summary.line(again)
    more = run(put(source, c="\n"), warehouse=root, run_id="r3")
    assert (more.run.documents_quarantined, more.waiting) == (1, (2, 0))
    assert "still 2 documents in all" in summary.text(more)


def test_a_new_version_of_a_refused_file_does_not_close_it(run: Runner, tmp_path: Path) -> None:
    source, root = put(tmp_path / "src", a=" "), tmp_path / "wh"
    run(source, warehouse=root, run_id="r1")
    put(source, a=FIRST)
    run(source, warehouse=root, run_id="r2")
    assert ask(root, ENTRIES) == [("a.txt", "empty", "open")], "its bytes are kept, and it can be replayed as the version before"
