"""The command line. Each command imports what it needs when it runs, so that ``--help`` and queries answer at once.

Exit status: 0 done, 1 a run failed or was blocked, 2 wrong use or input, 3 warnings (`quality --strict`), 4 another run
holds the warehouse, 130 interrupted.
"""

from __future__ import annotations

import argparse
import os
import sys
from collections.abc import Callable, Sequence
from difflib import get_close_matches
from importlib import import_module
from typing import Any

from schemas.errors import KhobaoError

_RECORD_FIELDS = ("text", "url", "id", "title", "date")


def main(arguments: Sequence[str] | None = None) -> int:
    """Run one command and return its exit status. Errors are one line on stderr."""
    options = _parser().parse_args(arguments)
    if options.command is None:
        _parser().print_help()
        return 0
    try:
        return int(_handler(options)(options))
    except KhobaoError as error:
        return _fail(str(error), error.exit_code)
    except KeyboardInterrupt:
        return _fail("interrupted; the warehouse is as it was before", 130)
    except BrokenPipeError:
        # The reader of a pipe (head) has gone: not an error. Keep Python from complaining at exit.
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        return 0
    except Exception as error:
        if os.environ.get("KHOBAO_DEBUG"):
            raise
        return _fail(
            f"{type(error).__name__}: {str(error).splitlines()[0] if str(error) else ''} (KHOBAO_DEBUG=1 shows where)", 1
        )


def _handler(options: argparse.Namespace) -> Callable[[argparse.Namespace], int]:
    """What carries a command out: the function of its name in its module, imported only now."""
    found: Callable[[argparse.Namespace], int] = getattr(import_module(options.module), options.command.replace("-", "_"))
    return found


def _fail(message: str, status: int) -> int:
    print(f"khobao: {message}", file=sys.stderr)
    return status


class _Parser(argparse.ArgumentParser):
    def parse_known_args(self, args: Any = None, namespace: Any = None) -> tuple[Any, list[str]]:
        """As argparse does, but a command tells of what it doesn't know itself, so that its own help is named."""
        found, unknown = super().parse_known_args(args, namespace)
        if unknown:
            self.error(f"unrecognized arguments: {' '.join(unknown)}")
        return found, unknown

    def _check_value(self, action: argparse.Action, value: Any) -> None:
        """For a mistyped command say which one may have been meant, instead of all there are."""
        if isinstance(action, argparse._SubParsersAction) and value not in action.choices:
            near = get_close_matches(str(value), list(action.choices), 1)
            guess = f": did you mean {near[0]}?" if near else f": one of {', '.join(action.choices)}"
            raise argparse.ArgumentError(None, f"there is no {str(action.metavar).lower()} {value!r}{guess}")
        super()._check_value(action, value)

    def error(self, message: str) -> None:  # type: ignore[override]
        print(f"khobao: {message}{'' if message.endswith('?') else ';'} see `{self.prog} --help`", file=sys.stderr)
        sys.exit(2)


def _positive(text: str) -> int:
    value = int(text) if text.isdigit() else 0
    if value < 1:
        raise argparse.ArgumentTypeError(f"{text!r} is not a whole number of at least 1")
    return value


def _count(text: str) -> int:
    if not text.isdigit():
        raise argparse.ArgumentTypeError(f"{text!r} is not a whole number")
    return int(text)


def _seconds(text: str) -> float:
    try:
        value = float(text)
    except ValueError:
        value = 0.0
    if not 0 < value < 1e9:
        raise argparse.ArgumentTypeError(f"{text!r} is not a number of seconds above 0")
    return value


def _share(text: str) -> float:
    try:
        value = float(text)
    except ValueError:
        value = -1.0
    if not 0 <= value <= 1:
        raise argparse.ArgumentTypeError(f"{text!r} is not a share between 0 and 1")
    return value


def _parser() -> argparse.ArgumentParser:
    parser = _Parser(prog="khobao", description="Raw Vietnamese public-affairs texts to tables that answer SQL.")
    parser.add_argument("--version", action="version", version=f"khobao {_version()}")
    commands = parser.add_subparsers(dest="command", metavar="COMMAND", parser_class=_Parser)

    run = commands.add_parser("run", help="bring texts into the warehouse: ingest, clean, extract, validate, publish")
    run.add_argument(
        "sources",
        nargs="*",
        metavar="SOURCE",
        help="file, folder or glob of .txt .md .html .htm .jsonl .ndjson .parquet (also .gz .zst)",
    )
    _run_options(run)
    run.add_argument("--run-id", help=argparse.SUPPRESS)
    run.add_argument("--clock", help=argparse.SUPPRESS)

    serve = commands.add_parser("serve", help="run on a schedule until stopped")
    serve.add_argument("sources", nargs="+", metavar="SOURCE", help="as for `khobao run`")
    when = serve.add_mutually_exclusive_group(required=True)
    when.add_argument("--cron", metavar="EXPRESSION", help='such as "0 5 * * *": daily at five')
    when.add_argument("--every", metavar="SPAN", help="such as 15m, 2h, 1d")
    serve.add_argument(
        "--timezone", default="Asia/Ho_Chi_Minh", metavar="ZONE", help="of the cron expression (default %(default)s)"
    )
    serve.add_argument("--deployment", default="serve", metavar="NAME", help="name on the Prefect pages (default %(default)s)")
    _run_options(serve)

    sql = commands.add_parser("sql", help="answer one SELECT from the warehouse, read-only")
    sql.add_argument(
        "query", nargs="?", metavar="QUERY", help='the query; "-" or nothing: standard input, or a shell where that is a terminal'
    )
    sql.add_argument("--format", choices=("table", "csv", "json"), default="table")
    sql.add_argument("--snapshot", type=_count, metavar="N", help="an earlier snapshot")
    sql.add_argument("--timeout", type=_seconds, metavar="SECONDS", help="cancel a query that takes longer (default: none)")
    sql.add_argument("--memory-limit", default="2GB", metavar="SIZE", help="memory of a query (default %(default)s)")
    sql.set_defaults(module="flows.sql")

    report = commands.add_parser("report", help="the ready-made reports: listed, or one of them answered")
    _report(report)

    describe = commands.add_parser("describe", help="what there is to query, or one table, report, macro or code list in full")
    describe.add_argument("name", nargs="?", metavar="NAME", help="such as figures, history.documents, person_timeline, topic")
    describe.add_argument("--format", choices=("table", "json"), default="table")
    describe.set_defaults(module="flows.describe")

    export = commands.add_parser("export", help="the tables as files in a folder, or everything as one DuckDB file")
    export.add_argument("folder", nargs="?", metavar="DIR", help="the folder to write: new, empty, or an export that is replaced")
    export.add_argument("--format", choices=("parquet", "csv", "jsonl"), help="of the files (default parquet)")
    export.add_argument("--duckdb", metavar="FILE", help="one self-contained DuckDB file instead of a folder")
    export.add_argument("--licence", metavar="NAME", help="what the descriptor says, such as CC-BY-4.0 (default: not specified)")
    export.add_argument("--snapshot", type=_count, metavar="N", help="an earlier snapshot")
    export.add_argument("--force", action="store_true", help="also write where something else than an export stands")
    export.set_defaults(module="flows.export")

    corrections = commands.add_parser("corrections", help="facts corrected by people: listed with what they do, or taken over")
    corrections.add_argument("file", nargs="?", metavar="FILE", help="a TSV to check and make the warehouse's corrections")
    corrections.add_argument("--format", choices=("table", "json"), default="table")
    corrections.set_defaults(module="flows.corrections")

    diff = commands.add_parser("diff", help="what a later snapshot says differently from an earlier one, and why")
    diff.add_argument("earlier", type=_count, metavar="A", help="a snapshot")
    diff.add_argument("later", type=_count, nargs="?", metavar="B", help="a later one (default: the current one)")
    diff.add_argument("--table", metavar="TABLE", help="only this table")
    diff.add_argument("--limit", type=_positive, default=5, metavar="N", help="facts shown of each table (default %(default)s)")
    diff.add_argument("--format", choices=("table", "json"), default="table")
    diff.set_defaults(module="flows.diff")

    status = commands.add_parser("status", help="runs, counts, snapshot, stale documents")
    status.add_argument("--format", choices=("table", "json"), default="table")

    commands.add_parser("relocate", help="re-point a warehouse that was moved or copied: builds its catalogs again")

    trace = commands.add_parser("trace", help="lead a row back to its sentence, the raw passage and the byte range")
    trace.add_argument("table", metavar="TABLE", help="such as people or figures: a table whose rows have a place in the text")
    trace.add_argument("doc_id", metavar="DOC_ID", help="the document, or the beginning of its id where that is enough")
    trace.add_argument(
        "row_no", metavar="ROW_NO", type=_count, help="the row's number in its document: row_no, or the like of its table"
    )

    show = commands.add_parser("show", help="one document as a web page: its text with every fact marked")
    show.add_argument("doc_id", metavar="DOC_ID", help="the document, or the beginning of its id where that is enough")
    show.add_argument("--output", metavar="FILE", help='where to write the page (default DOC_ID.html; "-" for standard output)')
    show.set_defaults(module="flows.show")

    evaluate = commands.add_parser("evaluate", help="score the tables against annotations made by hand, with intervals")
    evaluate.add_argument("gold", metavar="GOLD_DIR", help="folder of annotations, NAME.json for each document NAME")
    evaluate.add_argument("--format", choices=("table", "json"), default="table")
    evaluate.add_argument("--errors", action="store_true", help="list every difference")
    evaluate.add_argument("--no-record", action="store_true", help="do not keep the scores in the journal")
    evaluate.set_defaults(module="flows.evaluate")

    quality = commands.add_parser("quality", help="the verdict of the last run; exit 1 where it is critical")
    quality.add_argument("--run", metavar="RUN_ID", help="an earlier run")
    quality.add_argument("--strict", action="store_true", help="exit 3 on warnings")
    quality.add_argument("--format", choices=("table", "json", "junit"), default="table")
    quality.add_argument("--page", metavar="FILE", help="also write the quality page, one HTML file")
    quality.set_defaults(module="flows.quality")

    _quarantine(commands.add_parser("quarantine", help="what was refused and why; show the evidence, replay after a fix"))

    for command in commands.choices.values():
        command.add_argument("--warehouse", metavar="DIR", help="default: $KHOBAO_WAREHOUSE, else ./warehouse/data")
        if command.get_default("module") is None:
            command.set_defaults(module="flows.commands")
    return parser


def _quarantine(command: argparse.ArgumentParser) -> None:
    command.set_defaults(module="flows.quarantine", wanted=None)
    command.add_argument("--all", action="store_true", dest="resolved", help="also what has passed since, or was given up")
    command.add_argument("--format", choices=("table", "json"), default="table")
    actions = command.add_subparsers(dest="action", metavar="ACTION", parser_class=_Parser)
    listed = actions.add_parser("list", help="what waits, by reason (the same as no action)")
    listed.add_argument(
        "--all", action="store_true", dest="resolved", default=argparse.SUPPRESS, help="as for `khobao quarantine`"
    )
    listed.add_argument("--format", choices=("table", "json"), default=argparse.SUPPRESS)
    show = actions.add_parser("show", help="the evidence of one entry, or of those of a reason")
    show.add_argument("wanted", metavar="ID_OR_REASON", help="id or doc_id (its first digits are enough) or reason")
    show.add_argument("--limit", type=_positive, default=5, metavar="N", help="entries of a reason (default %(default)s)")
    show.add_argument("--format", choices=("table", "json"), default=argparse.SUPPRESS)
    replay = actions.add_parser("replay", help="run documents again from the raw store; what passes is published")
    replay.add_argument("ids", nargs="*", metavar="ID", help="as for show (default: everything that is open)")
    replay.add_argument("--reason", metavar="REASON", help="only what was refused for this reason")
    replay.add_argument("--held", action="store_true", help="documents of runs that published nothing (blocked or failed)")
    replay.add_argument("--wait", action="store_true", help="wait for another run on the same warehouse instead of giving up")
    replay.add_argument(
        "--tolerance", type=_share, default=0.05, metavar="SHARE", help="as for `khobao run` (default %(default)s)"
    )
    replay.add_argument("--workers", type=_positive, metavar="N", help="worker processes (default: one per core)")
    drop = actions.add_parser("drop", help="give entries up, with a reason; they stay in the journal")
    drop.add_argument("ids", nargs="+", metavar="ID", help="as for show")
    drop.add_argument("--because", required=True, metavar="TEXT", help="why; kept in the journal")
    for action in actions.choices.values():
        action.add_argument("--warehouse", metavar="DIR", default=argparse.SUPPRESS, help="as for `khobao quarantine`")


def _report(report: argparse.ArgumentParser) -> None:
    option = report.add_argument
    option("name", nargs="?", metavar="NAME", help="the report; without it they are listed")
    option("--param", action="append", default=[], metavar="NAME=VALUE", help="a parameter of the report, once for each")
    option("--format", choices=("table", "csv", "json", "parquet", "md", "html"), default="table")
    option("--lang", choices=("en", "vi"), help="language of labels, numbers and codes (default: column names, English pages)")
    option("--output", metavar="FILE", help="write there instead of standard output")
    option("--plot", metavar="FILE.svg", help="draw the report's chart")
    option("--limit", type=_count, metavar="N", help="rows; 0 is all (default: 1000 for table, md and html)")
    option("--snapshot", type=_count, metavar="N", help="an earlier snapshot")
    report.set_defaults(module="flows.report")


def _run_options(command: argparse.ArgumentParser) -> None:
    """What a run is told besides its sources; the same for one run and for runs on a schedule."""
    option = command.add_argument
    option(
        "--name",
        action="append",
        default=[],
        dest="names",
        metavar="NAME",
        help="name of the source, once per SOURCE (default: its folder or file)",
    )
    for field in _RECORD_FIELDS:
        option(f"--{field}-field", metavar="FIELD", help=f"field of a record that holds its {field}")
    option("--reprocess", action="store_true", help="extract again what an older version extracted")
    option("--wait", action="store_true", help="wait for another run on the same warehouse instead of giving up")
    option("--batch-size", type=_positive, default=500, metavar="N", help="documents per batch (default 500)")
    option("--workers", type=_positive, metavar="N", help="worker processes (default: one per core)")
    option(
        "--tolerance",
        type=_share,
        default=0.05,
        metavar="SHARE",
        help="share of failing rows above which a run is held back (default %(default)s)",
    )
    option("--memory-limit", default="1GB", metavar="SIZE", help="memory of the sorting engine (default 1GB)")


def _version() -> str:
    from importlib.metadata import version

    return version("khobao")


if __name__ == "__main__":
    sys.exit(main())
