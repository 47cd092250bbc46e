"""The shell of ``khobao sql``: history, completion, queries over several lines, and a few commands that begin with a dot.

The editing is prompt_toolkit's, the colours are Pygments'; both are loaded only here.
"""

from __future__ import annotations

import io
import os
import re
import shutil
from collections.abc import Callable, Iterable, Iterator
from contextlib import redirect_stdout
from pathlib import Path
from typing import TYPE_CHECKING, Any

from prompt_toolkit import PromptSession
from prompt_toolkit.auto_suggest import AutoSuggestFromHistory
from prompt_toolkit.completion import CompleteEvent, Completer, Completion
from prompt_toolkit.document import Document
from prompt_toolkit.filters import Condition
from prompt_toolkit.history import FileHistory, History, InMemoryHistory
from prompt_toolkit.lexers import PygmentsLexer
from pygments.lexers.sql import PostgresLexer  # type: ignore[import-untyped]

from schemas.errors import KhobaoError, UsageError
from warehouse import query

if TYPE_CHECKING:
    import duckdb

_WELCOME = "khobao: SQL over the warehouse, read-only. End a query with ; — .help says more, .quit or Ctrl-D leaves."
_HELP = """A query ends with ; and may have several lines. Tab completes, Ctrl-R finds earlier ones, Ctrl-C stops one.

  .tables            what there is to query: tables, reports, macros
  .describe NAME     one of them in full: columns, meaning, parameters
  .reports           the ready-made reports, with the question each answers
  .format FORM       table, csv or json (now: {form})
  .rows N            rows that a table shows (now: {rows})
  .help, .quit

Tables: main (each story once), history (every version and copy), journal (what runs did)."""
FORMS = ("table", "csv", "json")
COMMANDS = (".describe", ".format", ".help", ".quit", ".reports", ".rows", ".tables")
# What may hide a semicolon: strings, quoted names, dollar quotes, comments; an open one hides everything after it.
_HIDDEN = re.compile(r"'(?:[^']|'')*(?:'|\Z)|\"[^\"]*(?:\"|\Z)|\$\$.*?(?:\$\$|\Z)|--[^\n]*|/\*.*?(?:\*/|\Z)", re.DOTALL)
_KEYWORDS = re.findall(
    r"\w+",
    "SELECT FROM WHERE GROUP BY ORDER LIMIT JOIN LEFT USING ON AS AND OR NOT IN IS NULL LIKE ILIKE BETWEEN DISTINCT HAVING "
    "COUNT SUM MIN MAX AVG CASE WHEN THEN ELSE END WITH UNION ALL DESC ASC NULLS LAST FIRST UNNEST DESCRIBE SUMMARIZE FILTER "
    "OVER PARTITION QUALIFY EXISTS DATE INTERVAL EXCLUDE PIVOT",
)


def finished(text: str) -> bool:
    """Whether what was typed can be run: a dot command, nothing, or a query with its semicolon.

    >>> finished("SELECT 1"), finished("SELECT 1;"), finished("SELECT ';"), finished("SELECT 1; -- end"), finished(".tables")
    (False, True, False, True, True)
    """
    plain = text.strip()
    return not plain or plain.startswith(".") or _HIDDEN.sub(_cover, plain).rstrip().endswith(";")


def _cover(found: re.Match[str]) -> str:
    return " " if found[0].startswith(("--", "/*")) else "x"


class Names(Completer):
    """Completes relations, macros, columns and keywords; after ``alias.`` the columns of what it stands for."""

    def __init__(self, con: duckdb.DuckDBPyConnection) -> None:
        self._columns: dict[str, list[str]] = {}
        self._about: dict[str, str] = {}
        rows = con.execute(
            """SELECT c.schema_name, c.table_name, c.column_name FROM duckdb_columns() c
            WHERE NOT c.internal AND c.database_name = current_database() ORDER BY c.schema_name, c.table_name, c.column_index"""
        ).fetchall()
        for schema, relation, column in rows:
            name = relation if schema == "main" else f"{schema}.{relation}"
            self._columns.setdefault(name, []).append(column)
        macros = con.execute(
            "SELECT DISTINCT function_name FROM duckdb_functions() WHERE NOT internal AND function_type LIKE '%macro' ORDER BY 1"
        ).fetchall()
        self._macros = [f"{name}(" for (name,) in macros]

    def get_completions(self, document: Document, complete_event: CompleteEvent) -> Iterable[Completion]:
        text = document.text_before_cursor
        if text.lstrip().startswith("."):
            yield from self._command(text.lstrip())
            return
        if _inside(text):
            return
        word = re.search(r"[\w.]*$", text)
        yield from _beginning(self._fitting(document.text, word[0] if word else "", text), word[0] if word else "")

    def _command(self, text: str) -> Iterator[Completion]:
        name, space, rest = text.partition(" ")
        if not space:
            yield from _beginning([(command, "") for command in COMMANDS], name)
        elif name == ".describe":
            relations = [*self._columns, *(macro[:-1] for macro in self._macros)]
            yield from _beginning([(relation, "") for relation in sorted(relations)], rest.lstrip())
        elif name == ".format":
            yield from _beginning([(form, "") for form in FORMS], rest.lstrip())

    def _fitting(self, whole: str, word: str, before: str) -> Iterator[tuple[str, str]]:
        qualifier, dot, _ = word.rpartition(".")
        if dot and qualifier not in ("main", "history", "journal"):
            relation = _aliases(whole).get(qualifier, qualifier)
            yield from ((f"{qualifier}.{column}", relation) for column in self._columns.get(relation, ()))
            return
        relations = [(name, "") for name in self._columns]
        macros = [(name, "") for name in self._macros]
        if re.search(r"\b(?:from|join|describe|summarize)\s+[\w.]*$", before, re.IGNORECASE):
            yield from sorted(relations + macros)
            return
        used = [relation for relation in dict.fromkeys(_aliases(whole).values()) if relation in self._columns]
        yield from dict.fromkeys((column, relation) for relation in used for column in self._columns[relation])
        yield from sorted(relations + macros)
        yield from ((keyword, "") for keyword in _KEYWORDS)


def _inside(text: str) -> bool:
    """Whether the cursor is within a string or comment that is still open."""
    hidden = list(_HIDDEN.finditer(text))
    if not hidden or hidden[-1].end() < len(text):
        return False
    opening = hidden[-1][0]
    if opening.startswith("--"):
        return True
    closing = {"'": "'", '"': '"', "$": "$$", "/": "*/"}[opening[0]]
    return len(opening) < 2 * len(closing) or not opening.endswith(closing)


def _beginning(choices: Iterable[tuple[str, str]], word: str) -> Iterator[Completion]:
    for choice, about in choices:
        if choice.lower().startswith(word.lower()) and choice != word:
            yield Completion(choice, -len(word), display_meta=about)


def _aliases(text: str) -> dict[str, str]:
    """Which relation each name of a query stands for.

    >>> _aliases("SELECT d.t FROM documents d JOIN history.places AS p ON true")
    {'documents': 'documents', 'd': 'documents', 'history.places': 'history.places', 'p': 'history.places'}
    """
    found: dict[str, str] = {}
    for relation, alias in re.findall(r"\b(?:from|join)\s+([\w.]+)(?:\s+(?:as\s+)?(\w+))?", text, re.IGNORECASE):
        found[relation] = relation
        if alias and alias.upper() not in _KEYWORDS:
            found[alias] = relation
    return found


def history() -> History:
    """Earlier queries, in the user's own state folder; only in memory where that can't be written."""
    folder = Path(os.environ.get("XDG_STATE_HOME") or Path.home() / ".local" / "state") / "khobao"
    try:
        folder.mkdir(parents=True, exist_ok=True, mode=0o700)
        file = folder / "sql_history"
        file.touch(mode=0o600)
        return FileHistory(str(file))
    except OSError:
        return InMemoryHistory()


class Shell:
    """Reads and answers until told to leave. An error of a query is one line, and the shell goes on."""

    def __init__(
        self, con: duckdb.DuckDBPyConnection, form: str = "table", seconds: float | None = None, rows: int = 200, **session: Any
    ) -> None:
        self._con = con
        self._form = form
        self._seconds = seconds
        self._rows = rows
        self._session: PromptSession[str] = PromptSession(
            history=session.pop("history", None) or history(),
            completer=Names(con),
            lexer=PygmentsLexer(PostgresLexer),
            auto_suggest=AutoSuggestFromHistory(),
            # Of the query, not of the buffer in focus: while an earlier query is searched for, that is the words of the search.
            multiline=Condition(lambda: not finished(self._session.default_buffer.text)),
            prompt_continuation="   ...> ",
            complete_while_typing=False,
            **session,
        )

    def run(self) -> None:
        print(_WELCOME)
        while True:
            try:
                text = self._session.prompt("khobao> ").strip()
            except KeyboardInterrupt:
                continue  # the line is given up
            except EOFError:
                return
            if text in (".quit", ".exit", ".q"):
                return
            try:
                self._carry_out(text)
            except KeyboardInterrupt:
                print("stopped")
            except KhobaoError as error:
                print(f"khobao: {error}")

    def _carry_out(self, text: str) -> None:
        if text.startswith("."):
            self._command(*text.split(None, 1))
        elif text:
            self._answer(text)

    def _answer(self, text: str) -> None:
        from flows.sql import print_answer

        with query.answered(self._con, text, self._seconds) as relation:
            if self._form != "table":  # as it comes: it may be long, and is for copying
                print_answer(relation, self._form, self._rows, 0)
                return
            table = _caught(lambda: print_answer(relation, self._form, self._rows, shutil.get_terminal_size().columns))
        _page(table)

    def _command(self, name: str, argument: str = "") -> None:
        from flows import describe

        argument = argument.strip().rstrip(";")
        if name == ".tables":
            _page(describe.as_text(describe.overview(self._con)).replace("khobao describe", ".describe") + "\n")
        elif name == ".describe":
            if not argument:
                raise UsageError(".describe NAME: a table, report, macro or code list")
            found = describe.described(self._con, argument.partition("(")[0])
            _page(describe.as_text(found).replace("khobao describe", ".describe") + "\n")
        elif name == ".reports":
            listed = describe.overview(self._con)["reports"].items()
            _page("".join(f"{report}\n    {question}\n" for report, question in listed))
        elif name == ".format":
            if argument not in FORMS:
                raise UsageError(f".format {' or '.join(FORMS)}")
            self._form = argument
        elif name == ".rows":
            if not argument.isdigit() or argument == "0":
                raise UsageError(".rows N: a whole number of at least 1")
            self._rows = int(argument)
        elif name == ".help":
            print(_HELP.format(form=self._form, rows=self._rows))
        else:
            raise UsageError(f"there is no command {name}: {' '.join(COMMANDS)}")


def _caught(printing: Callable[[], None]) -> str:
    caught = io.StringIO()
    with redirect_stdout(caught):
        printing()
    return caught.getvalue()


def _page(text: str) -> None:
    """Print; what is longer than the screen goes through the pager, if there is one."""
    pager = shutil.which("less")
    if pager and text.count("\n") >= shutil.get_terminal_size().lines - 1 and not os.environ.get("KHOBAO_NO_PAGER"):
        import pydoc

        pydoc.pipepager(text, f"{pager} -SRFX")
    else:
        print(text, end="")
