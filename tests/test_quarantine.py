"""The quarantine: what it shows, another try after a fix, giving up with a reason; and that counts add up at every step."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest

from flows import stages, summary
from flows.cli import main
from schemas.errors import UndecodableError, UsageError
from tests.conftest import Runner
from tests.test_run import FIRST, SECOND, ask, assert_balanced, put
from warehouse import replay as store
from warehouse.layout import Layout

pytestmark = pytest.mark.xdist_group("validation")


def break_cleaning(monkeypatch: pytest.MonkeyPatch, word: str) -> None:
    """A rule that is wrong: every document in which ``word`` stands is no text."""
    real = stages.clean

    def wrong(raw: Any) -> Any:
        if word.encode() in raw.data:
            raise UndecodableError("no_text", "planted")
        return real(raw)

    monkeypatch.setattr(stages, "clean", wrong)


def replay(run: Runner, root: Path, run_id: str, *ids: str, reason: str | None = None, held: bool = False, **more: object) -> Any:
    choice = store.choose(Layout(root), ids, reason, held)
    return run(warehouse=root, run_id=run_id, replay=choice.documents, **more)


HISTORY = """SELECT doc_id, source_name, source_uri, supersedes, title, province_code, text
    FROM history.documents ORDER BY doc_id"""


@pytest.mark.usefixtures("quick")
def test_what_a_broken_rule_refused_returns_after_the_fix(
    run: Runner, samples: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    root, sound = tmp_path / "wh", tmp_path / "sound"
    break_cleaning(monkeypatch, "2025")
    first = run(samples, warehouse=root, run_id="r1").run
    refused = ask(root, "SELECT count(*) FROM quarantine WHERE reason = 'planted' AND status = 'open'")[0][0]
    assert refused >= 5 and first.documents_quarantined == refused + 1
    assert first.documents_seen == first.documents_new + first.documents_quarantined
    again = replay(run, root, "r2").run
    assert (again.documents_seen, again.documents_quarantined, again.documents_reprocessed) == (refused + 1, refused + 1, 0)
    assert ask(root, "SELECT count(*) FROM quarantine") == [(refused + 1,)], "the first refusal stands"
    monkeypatch.undo()
    fixed = replay(run, root, "r3", reason="no_text").run
    assert (fixed.documents_seen, fixed.documents_reprocessed, fixed.documents_quarantined) == (refused, refused, 0)
    assert fixed.sources == ("news",)
    states = "SELECT status, resolved_run_id, resolved_at IS NOT NULL, count(*) FROM quarantine GROUP BY ALL ORDER BY 1"
    assert ask(root, states) == [
        ("open", None, False, 1),
        ("replayed", "r3", True, refused),
    ]
    run(samples, warehouse=sound, run_id="r1")
    assert ask(root, HISTORY) == ask(sound, HISTORY), "as if they had never been refused"
    for table in ("people", "figures", "statements", "blocks", "sightings"):
        query = f"SELECT * FROM history.{table} ORDER BY ALL"
        assert ask(root, query) == ask(sound, query)
    assert_balanced(root)


def test_refused_rows_return_too_and_a_row_refused_again_stays_open(
    run: Runner, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    source, root = put(tmp_path / "src", a=FIRST, b=SECOND), tmp_path / "wh"
    real = stages.fact_rows

    def wrong(doc_id: str, text: str, facts: Any) -> Any:
        rows = real(doc_id, text, facts)
        if "Bắc Quang" in text:
            rows["figures"] = [(*row[:3], row[3] + 1, *row[4:]) for row in rows["figures"]]  # every span ends one too late
        return rows

    monkeypatch.setattr(stages, "fact_rows", wrong)
    run(source, warehouse=root, run_id="r1", tolerance=1.0)
    assert ask(root, "SELECT count(*) FROM figures WHERE surface LIKE '85%'") == [(0,)]
    open_rows = ask(root, "SELECT table_name, reason_code FROM quarantine WHERE status = 'open'")
    assert open_rows == [("figures", "span")]
    capsys.readouterr()
    assert command("show", "span", root=root) == 0
    shown = capsys.readouterr().out
    assert "cho ⟦85 học viên.⟧" in shown and "surface" in shown and "a row of figures" in shown
    replay(run, root, "r2", reason="span", tolerance=1.0)
    assert ask(root, "SELECT status, run_id FROM quarantine") == [("open", "r1")]
    monkeypatch.undo()
    assert replay(run, root, "r3").run.documents_reprocessed == 1
    assert ask(root, "SELECT status, resolved_run_id FROM quarantine") == [("replayed", "r3")]
    assert ask(root, "SELECT count(*) FROM figures WHERE surface LIKE '85%'") == [(1,)]
    assert ask(root, "SELECT count(*), count(DISTINCT doc_id) FROM history.documents") == [(2, 2)]
    monkeypatch.setattr(stages, "fact_rows", wrong)  # broken once more: what had passed is open again
    monkeypatch.setattr("flows.run.extractor_version", lambda: "0.0.2+broken")
    run(warehouse=root, run_id="r4", reprocess=True, tolerance=1.0)
    assert ask(root, "SELECT status, resolved_run_id, run_id FROM quarantine") == [("open", None, "r4")]
    assert_balanced(root)


@pytest.mark.usefixtures("quick")
def test_a_released_version_takes_its_place_in_the_line_of_versions(
    run: Runner, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    source, root = put(tmp_path / "src", a=FIRST), tmp_path / "wh"
    run(source, warehouse=root, run_id="r1")
    break_cleaning(monkeypatch, "130")
    put(source, a=FIRST.replace("120", "130"), b=SECOND)
    run(source, warehouse=root, run_id="r2")
    put(source, a=FIRST.replace("120", "140"), b=SECOND.replace("85", "130"))
    run(source, warehouse=root, run_id="r3")
    monkeypatch.undo()
    assert replay(run, root, "r4").run.documents_reprocessed == 2
    line = """SELECT d.source_uri, regexp_extract(d.text, '1[234]0|85') AS said, regexp_extract(o.text, '1[234]0|85'),
            s.is_current, s.first_run_id
        FROM history.documents d JOIN sightings s USING (doc_id) LEFT JOIN history.documents o ON o.doc_id = d.supersedes
        ORDER BY 1, 2"""
    assert ask(root, line) == [
        ("a.txt", "120", None, False, "r1"),
        ("a.txt", "130", "120", False, "r2"),  # a newer version had been seen at its place: that one stays current
        ("a.txt", "140", "120", True, "r3"),
        ("b.txt", "130", "85", True, "r3"),  # nothing newer stands at its place
        ("b.txt", "85", None, False, "r2"),
    ]


@pytest.mark.usefixtures("quick")
def test_documents_of_a_run_that_was_held_back_can_be_replayed_without_their_source(
    run: Runner, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    source, root = put(tmp_path / "src", a=FIRST, b=SECOND), tmp_path / "wh"

    def full(*_: object) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr("flows.run.publish", full)
    with pytest.raises(Exception, match="No space left"):
        run(source, warehouse=root, run_id="r1")
    monkeypatch.undo()
    for path in source.iterdir():
        path.unlink()
    assert (store.held(Layout(root)), store.by_reason(Layout(root))) == (2, [])
    assert replay(run, root, "r2", held=True).run.documents_reprocessed == 2
    assert store.held(Layout(root)) == 0
    assert ask(root, "SELECT source_name, source_uri, is_current FROM sightings ORDER BY 2") == [
        ("src", "a.txt", True),
        ("src", "b.txt", True),
    ]
    assert_balanced(root)


@pytest.mark.usefixtures("quick")
def test_a_file_that_could_not_be_read_is_done_with_when_its_place_is_read(run: Runner, tmp_path: Path) -> None:
    source, root = put(tmp_path / "src", b=SECOND), tmp_path / "wh"
    (source / "a.jsonl").write_text("no record\n", encoding="utf-8")
    run(source, warehouse=root, run_id="r1")
    entry = ask(root, "SELECT quarantine_id, stage, reason_code FROM quarantine")[0]
    assert entry[1:] == ("ingest", "bad_record")
    choice = store.choose(Layout(root), [entry[0][:8]], None, False)
    assert (choice.documents, choice.entries, choice.unread) == ((), 1, 1)
    (source / "a.jsonl").write_text(json.dumps({"text": FIRST}, ensure_ascii=False), encoding="utf-8")
    run(source, warehouse=root, run_id="r2")
    assert ask(root, "SELECT status, resolved_run_id FROM quarantine") == [("replayed", "r2")]


def command(*arguments: str, root: Path) -> int:
    return main(["quarantine", *arguments, "--warehouse", str(root)])


@pytest.fixture
def stored(run: Runner, tmp_path: Path, quick: None) -> Path:
    source, root = put(tmp_path / "src", a=FIRST), tmp_path / "wh"
    (source / "picture.txt").write_bytes(b"\x89PNG\r\n\x1a\n\x00\x00\x00\rIHDR" + bytes(range(256)))
    (source / "blank\x1b[7m.txt").write_bytes(b" \n\t\n")
    run(source, warehouse=root, run_id="r1")
    return root


def test_the_list_names_reasons_and_the_evidence_can_be_shown(stored: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert command(root=stored) == 0
    listed = capsys.readouterr().out
    assert "binary" in listed and "không phải văn bản" in listed and "picture.txt" in listed and "src" in listed
    assert command("--format", "json", root=stored) == 0
    reasons = {entry["reason_code"]: entry for entry in json.loads(capsys.readouterr().out)["reasons"]}
    assert reasons["binary"]["documents"] == 1 and reasons["binary"]["sources"] == ["src"]
    assert command("show", "empty", root=stored) == 0
    assert command("show", "binary", root=stored) == 0
    shown = capsys.readouterr().out
    for part in ("PNG", "r1", "src: picture.txt", "the whole document", "bytes kept", "open", "IHDR"):
        assert part in shown
    assert "\x1b" not in shown + listed
    one = reasons["binary"]["example"]["quarantine_id"]
    assert command("show", one[:6], "--format", "json", root=stored) == 0
    assert [entry["quarantine_id"] for entry in json.loads(capsys.readouterr().out)] == [one]


def test_the_action_list_is_the_same_as_none(stored: Path, capsys: pytest.CaptureFixture[str]) -> None:
    one = ask(stored, "SELECT quarantine_id FROM quarantine WHERE reason_code = 'binary'")[0][0]
    assert command("drop", one, "--because", "a picture", root=stored) == 0
    capsys.readouterr()
    answers = []
    for options in ([], ["--all"], ["--format", "json"]):
        for arguments in (options, ["list", *options], [*options, "list"]):
            assert command(*arguments, root=stored) == 0
            answers.append(capsys.readouterr().out)
    for first in (0, 3, 6):
        assert len(set(answers[first : first + 3])) == 1
    assert len(set(answers)) == 3


@pytest.mark.usefixtures("quick")
def test_hints_name_the_warehouse_where_it_is_not_the_default_one(
    run: Runner, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    source, root = put(tmp_path / "src", a=FIRST), tmp_path / "my texts"
    (source / "picture.txt").write_bytes(b"\x89PNG\r\n\x1a\n\x00\x00\x00\rIHDR" + bytes(range(256)))
    for name in ("a.CSV", "b.csv", "c.docx", "LIESMICH"):
        (source / name).write_bytes(b"x")
    outcome = run(source, warehouse=root, run_id="r1")
    assert "ignored       4 files of other types (.csv 2, .docx 1, no ending 1)\n" in summary.text(outcome)
    monkeypatch.delenv("KHOBAO_WAREHOUSE", raising=False)
    assert summary.text(outcome).endswith(f"{summary.QUERY}\" --warehouse '{root}'")
    assert command(root=root) == 0
    hints = capsys.readouterr().out.splitlines()[-1]
    assert hints.count(f"--warehouse '{root}'`") == 2
    monkeypatch.setenv("KHOBAO_WAREHOUSE", str(root))
    assert summary.text(outcome).endswith(f'{summary.QUERY}"')
    assert command(root=root) == 0
    assert "--warehouse" not in capsys.readouterr().out


@pytest.mark.usefixtures("quick")
def test_giving_up_needs_a_reason_and_stays_in_the_journal(
    stored: Path, run: Runner, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    one = ask(stored, "SELECT quarantine_id FROM quarantine WHERE reason_code = 'binary'")[0][0]
    assert command("drop", one, "--because", "  ", root=stored) == 2
    assert command("drop", one, "--because", "a picture, no article", root=stored) == 0
    assert ask(stored, "SELECT status, resolution, resolved_at IS NOT NULL FROM quarantine WHERE reason_code = 'binary'") == [
        ("dropped", "a picture, no article", True)
    ]
    assert command("drop", one, "--because", "again", root=stored) == 2
    capsys.readouterr()
    assert command("replay", one, root=stored) == 0
    assert capsys.readouterr().out == "nothing to replay: 1 given up (a picture, no article)\n"
    assert store.choose(Layout(stored), [], "binary", False).entries == 0
    again = run(tmp_path / "src", warehouse=stored, run_id="r2").run
    assert (again.status, again.documents_known) == ("nothing_new", 3), "what was given up is not tried again by itself"
    capsys.readouterr()
    assert command("--all", root=stored) == 0
    assert "binary" in capsys.readouterr().out


@pytest.mark.parametrize(
    ("arguments", "says"),
    [
        (["show", "nope"], "reasons there: binary"),
        (["show", "ffffffff"], "no"),
        (["show", "crash"], "crash"),
        (["replay", "--reason", "nope"], "unknown reason"),
        (["replay", "zz"], "zz"),
        (["drop", "abcdef", "--because", "x"], "abcdef"),
    ],
)
def test_what_is_not_there_is_told_in_one_line(
    stored: Path, arguments: list[str], says: str, capsys: pytest.CaptureFixture[str]
) -> None:
    assert command(*arguments, root=stored) == 2
    told = capsys.readouterr().err
    assert says in told and told.count("\n") == 1


def test_a_refused_text_is_shown_as_text(run: Runner, tmp_path: Path, capsys: pytest.CaptureFixture[str], quick: None) -> None:
    with pytest.MonkeyPatch.context() as patch:
        break_cleaning(patch, "85")
        run(put(tmp_path / "src", b=SECOND), warehouse=tmp_path / "wh", run_id="r1")
    assert command("show", "no_text", root=tmp_path / "wh") == 0
    assert "Khai giảng lớp bồi dưỡng" in capsys.readouterr().out


def test_nothing_to_replay_starts_no_run(stored: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert command("replay", "--reason", "crash", root=stored) == 0
    assert "nothing to replay" in capsys.readouterr().out
    with pytest.raises(UsageError):
        store.choose(Layout(stored), ["not-an-id"], None, False)


def test_a_quarantine_written_before_columns_were_added_can_be_read(stored: Path) -> None:
    import pyarrow.parquet as pq

    from warehouse import catalog

    layout = Layout(stored)
    state = layout.state()
    path = layout.root / state.journal["quarantine"][0]
    pq.write_table(pq.read_table(path).drop_columns(["resolved_at", "resolution"]), path)
    catalog.build(layout, [state.snapshot_id or 0], state)
    assert ask(stored, "SELECT DISTINCT status, resolution FROM quarantine") == [("open", None)]
    assert sum(entry["documents"] for entry in store.by_reason(layout)) == 2
