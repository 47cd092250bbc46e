"""The shell of ``khobao sql``: what it completes, when a query is finished, its commands; once through a real terminal."""

from __future__ import annotations

import stat
import sys
from collections.abc import Iterator
from pathlib import Path

import duckdb
import pexpect
import pytest
from prompt_toolkit.completion import CompleteEvent
from prompt_toolkit.document import Document
from prompt_toolkit.history import InMemoryHistory
from prompt_toolkit.input import create_pipe_input
from prompt_toolkit.output import DummyOutput

from flows import shell
from tests.conftest import ROOT
from warehouse import query
from warehouse.layout import Layout


@pytest.fixture
def con(warehouse: Path) -> Iterator[duckdb.DuckDBPyConnection]:
    with query.opened(Layout(warehouse)) as opened:
        yield opened


def completed(con: duckdb.DuckDBPyConnection, before: str, after: str = "") -> list[str]:
    document = Document(before + after, len(before))
    return [choice.text for choice in shell.Names(con).get_completions(document, CompleteEvent())]


def typed(con: duckdb.DuckDBPyConnection, *lines: str, capsys: pytest.CaptureFixture[str], **options: object) -> str:
    """What the shell prints when these lines are typed, each with Enter."""
    with create_pipe_input() as keys:
        keys.send_text("".join(f"{line}\r" for line in (*lines, ".quit")))
        shell.Shell(con, history=InMemoryHistory(), input=keys, output=DummyOutput(), **options).run()  # type: ignore[arg-type]
    return capsys.readouterr().out


def test_relations_columns_macros_and_keywords_are_completed(con: duckdb.DuckDBPyConnection) -> None:
    assert completed(con, "SELECT * FROM docum") == ["document_trail(", "documents"]
    assert completed(con, "FROM history.doc") == ["history.documents"]
    assert completed(con, "SELECT d.tit", " FROM documents d") == ["d.title"]
    assert completed(con, "SELECT * FROM documents d JOIN figures AS f USING (doc_id) WHERE f.ind") == ["f.indicator"]
    assert "published_at" in completed(con, "SELECT publ", " FROM documents")
    assert "person_timeline(" in completed(con, "FROM person")
    assert "fold(" in completed(con, "SELECT fo")
    assert "SELECT" in completed(con, "sel")
    assert completed(con, "SELECT 'docu") == []
    assert completed(con, "SELECT 1 -- docu") == []
    assert completed(con, ".de") == [".describe"]
    assert completed(con, ".describe figures_") == ["figures_by_period"]


def test_a_query_over_several_lines_is_run_at_its_semicolon(
    con: duckdb.DuckDBPyConnection, capsys: pytest.CaptureFixture[str]
) -> None:
    printed = typed(con, "SELECT 'a;' AS x,", "  40 + 2 AS answer", ";", capsys=capsys)
    assert "a;" in printed and "42" in printed


def test_an_error_is_one_line_and_the_shell_goes_on(con: duckdb.DuckDBPyConnection, capsys: pytest.CaptureFixture[str]) -> None:
    printed = typed(con, "SELECT nothing FROM documents;", "DROP VIEW documents;", ".fly", "SELECT 40 + 2;", capsys=capsys)
    errors = [line for line in printed.splitlines() if line.startswith("khobao: ")][1:]
    assert [any(word in line for line in errors) for word in ("nothing", "exactly one SELECT", ".fly")] == [True] * 3
    assert len(errors) == 3 and "42" in printed and "Traceback" not in printed


def test_commands(con: duckdb.DuckDBPyConnection, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("KHOBAO_NO_PAGER", "1")
    tables = typed(con, ".tables", capsys=capsys)
    assert "figures" in tables and "person_timeline(name)" in tables
    described = typed(con, ".describe figures", capsys=capsys)
    assert "row_no" in described and "key: doc_id, row_no" in described
    assert "indicator" in typed(con, ".describe figures_by_period(indicator);", capsys=capsys)
    assert "did you mean 'figures'" in typed(con, ".describe figurs", capsys=capsys)
    assert "tasks_by_topic" in typed(con, ".reports", capsys=capsys)
    assert ".quit" in typed(con, ".help", capsys=capsys)
    assert typed(con, ".format csv", "SELECT 1 AS a, 2 AS b;", capsys=capsys).endswith("a,b\r\n1,2\r\n")
    assert '[{"a": 1}' in typed(con, "SELECT 1 AS a;", capsys=capsys, form="json")
    few = typed(con, ".rows 4", "SELECT range AS n FROM range(50);", capsys=capsys)
    assert "50 rows" in few and len(few.splitlines()) < 20
    assert "khobao: .rows N" in typed(con, ".rows many", capsys=capsys)


def test_a_query_that_takes_too_long_is_cancelled(con: duckdb.DuckDBPyConnection, capsys: pytest.CaptureFixture[str]) -> None:
    slow = "SELECT count(*) FROM range(1000000000000);"
    printed = typed(con, slow, "SELECT 40 + 2;", capsys=capsys, seconds=0.3)
    assert "longer than 0.3 s" in printed and "42" in printed


def test_history_is_the_users_own(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.setenv("XDG_STATE_HOME", str(tmp_path / "state"))
    shell.history().append_string("SELECT 1;")
    file = tmp_path / "state" / "khobao" / "sql_history"
    assert "SELECT 1;" in file.read_text() and stat.S_IMODE(file.stat().st_mode) == 0o600
    monkeypatch.setenv("XDG_STATE_HOME", str(file))  # a file: nothing can be kept there
    assert isinstance(shell.history(), InMemoryHistory)


def test_in_a_terminal(warehouse: Path, tmp_path: Path) -> None:
    environment = {
        "XDG_STATE_HOME": str(tmp_path),
        "TERM": "xterm",
        "PATH": "/usr/bin:/bin",
        "LANG": "C.UTF-8",
        "KHOBAO_NO_PAGER": "1",
        "PROMPT_TOOLKIT_NO_CPR": "1",  # a pty has no screen that could be asked where the cursor is
    }
    child = pexpect.spawn(
        sys.executable,
        ["-m", "flows", "sql", "--warehouse", str(warehouse)],
        env=environment,
        cwd=str(ROOT),
        encoding="utf-8",
        timeout=30,
        dimensions=(40, 120),
    )
    try:
        child.expect("khobao>")
        child.send("SELECT 6 * 7 AS answer\r")
        child.expect(r"\.\.\.>")
        child.send("FROM quality_res\t")
        child.expect("ults")
        child.send(" LIMIT 1;\r")
        child.expect("│ +42 │")
        child.expect("khobao>")
        child.send("SELECT count(*) FROM range(1000000000000);\r")
        child.expect("\x1b\\[\\?2004l")  # the line is taken
        for _ in range(20):
            child.send("\x03")  # Ctrl-C; where it comes before the query has begun, it goes to the next line
            if child.expect(["stopped", pexpect.TIMEOUT], timeout=1) == 0:
                break
        child.expect("khobao>")
        child.send("SELECT 40 + 3 AS still_here;\r")
        child.expect("│ +43 │")
        child.expect("khobao>")
        child.send("\x12")  # Ctrl-R: an earlier query is shown while it is searched for
        child.expect("reverse-i-search")
        child.send("AS ans")
        child.expect(r"ans\S*wer")  # of it, what was not typed
        child.send("\x03")
        child.expect("khobao>")
        child.send("\x04")  # Ctrl-D
        child.expect(pexpect.EOF)
        child.close()
        assert child.exitstatus == 0
    finally:
        child.close(force=True)
    assert "still_here" in (tmp_path / "khobao" / "sql_history").read_text()
