"""``khobao describe``: what there is to query, and what each table, column, report, macro and code means.

Read from the catalog itself, so it tells the same as DuckDB does to those who have no khobao; keys and references come from the
schemas, and a report's parameters and Vietnamese labels from its file.
"""

from __future__ import annotations

import argparse
import json
import os
import textwrap
from difflib import get_close_matches
from pathlib import Path
from typing import TYPE_CHECKING, Any

from schemas import tables
from schemas.errors import UsageError
from schemas.render import quoted
from schemas.vocabularies import LISTS
from warehouse.layout import Layout
from warehouse.reports import Report, reports

if TYPE_CHECKING:
    import duckdb

_RELATIONS = """SELECT schema_name, view_name AS name, comment FROM duckdb_views()
    WHERE NOT internal AND database_name = current_database()
    UNION ALL SELECT schema_name, table_name, comment FROM duckdb_tables() WHERE database_name = current_database()
    ORDER BY ALL"""
_MACROS = """SELECT DISTINCT function_name, parameters, comment FROM duckdb_functions()
    WHERE function_type = 'macro' AND NOT internal AND database_name = current_database() ORDER BY ALL"""


def describe(options: argparse.Namespace) -> int:
    from warehouse.query import opened

    layout = Layout(Path(options.warehouse or os.environ.get("KHOBAO_WAREHOUSE") or "warehouse/data"))
    with opened(layout) as con:
        found = overview(con) if options.name is None else described(con, options.name)
    if options.format == "json":
        print(json.dumps(found, ensure_ascii=False, indent=1))
    else:
        print(as_text(found))
    return 0


def overview(con: duckdb.DuckDBPyConnection) -> dict[str, Any]:
    """Everything that can be queried, with one line each."""
    known = {r.name: r for r in reports()}
    relations = con.execute(_RELATIONS).fetchall()
    return {
        "tables": {name: comment for schema, name, comment in relations if schema == "main" and name not in known},
        "history": [name for schema, name, _ in relations if schema == "history"],
        "journal": [name for schema, name, _ in relations if schema == "journal"],
        "reports": {f"{r.name}({', '.join(r.parameters)})" if r.declared else r.name: r.question for r in known.values()},
        "macros": {f"{name}({', '.join(parameters)})": comment for name, parameters, comment in con.execute(_MACROS).fetchall()},
    }


def described(con: duckdb.DuckDBPyConnection, name: str) -> dict[str, Any]:
    """One table, view, report, macro or code list. Raises UsageError, with the nearest name, where there is none."""
    report = next((r for r in reports() if r.name == name), None)
    if report:
        return _report(con, report)
    relations = [(schema, relation) for schema, relation, _ in con.execute(_RELATIONS).fetchall()]
    schema, _, relation = name.rpartition(".")
    for where in (schema,) if schema else ("main", "history", "journal"):
        if (where, relation) in relations:
            return _relation(con, where, relation)
    macros = {macro: (parameters, comment) for macro, parameters, comment in con.execute(_MACROS).fetchall()}
    if name in macros:
        parameters, comment = macros[name]
        return {"name": f"{name}({', '.join(parameters)})", "about": comment}
    if name in LISTS:
        return {"name": name, "about": "a closed list", "codes": [code._asdict() for code in LISTS[name]]}
    known = [*(r for _, r in relations), *(f"{s}.{r}" for s, r in relations), *macros, *LISTS, *(r.name for r in reports())]
    near = get_close_matches(name, known, 1, 0.5)
    meant = f"; did you mean {near[0]!r}?" if near else ""
    raise UsageError(f"nothing is called {name!r}{meant}; `khobao describe` lists all")


def _relation(con: duckdb.DuckDBPyConnection, schema: str, name: str) -> dict[str, Any]:
    condition = f"schema_name = {quoted(schema)} AND database_name = current_database()"
    about = con.execute(
        f"SELECT comment FROM duckdb_views() WHERE view_name = {quoted(name)} AND {condition} "
        f"UNION ALL SELECT comment FROM duckdb_tables() WHERE table_name = {quoted(name)} AND {condition}"
    ).fetchall()[0][0]
    columns = con.execute(
        f"SELECT column_name, data_type, comment FROM duckdb_columns() WHERE table_name = {quoted(name)} AND {condition} "
        "ORDER BY column_index"
    ).fetchall()
    found: dict[str, Any] = {"name": f"{schema}.{name}", "about": about}
    table = tables.BY_NAME.get(name)
    if table:
        found["key"] = list(table.key)
        found["refers_to"] = [f"{', '.join(r.columns)} -> {r.target}({', '.join(r.target_columns)})" for r in table.references]
        lists = {c.name: c.codes for c in table.columns if c.codes}
        found["code_lists"] = {column: codes.name for column, codes in lists.items()}
    found["columns"] = [{"name": column, "type": kind, "meaning": comment} for column, kind, comment in columns]
    return found


def _report(con: duckdb.DuckDBPyConnection, report: Report) -> dict[str, Any]:
    types = dict(con.execute(f"SELECT column_name, column_type FROM (DESCRIBE FROM {report.example})").fetchall())
    return {
        "name": f"{report.name}({', '.join(report.parameters)})" if report.declared else report.name,
        "about": report.question,
        "about_vi": report.question_vi,
        "row": report.grain,
        "mind": report.caveats,
        "parameters": [{"name": p.name, "meaning": p.meaning, "example": p.example} for p in report.declared],
        "example": f"FROM {report.example}",
        "chart": report.chart is not None,
        "columns": [{"name": c.name, "type": types[c.name], "meaning": f"{c.label} / {c.label_vi}"} for c in report.columns],
    }


def as_text(found: dict[str, Any]) -> str:
    """What ``overview`` or ``described`` found, for a terminal."""
    if "reports" in found:
        return _overview_text(found)
    lines = [found["name"], *_wrapped(found["about"] or "", 2)]
    for field in ("about_vi", "row", "mind", "example"):
        if found.get(field):
            lines += _wrapped(f"{'' if field == 'about_vi' else field + ': '}{found[field]}", 2)
    if found.get("key"):
        lines.append(f"  key: {', '.join(found['key'])}")
    lines += [f"  refers to: {reference}" for reference in found.get("refers_to", ())]
    for parameter in found.get("parameters", ()):
        lines += _wrapped(f"parameter {parameter['name']}: {parameter['meaning']}, such as {parameter['example']}", 2)
    for column in found.get("columns", ()):
        if column is found["columns"][0]:
            lines.append("")
        lines += _entry(f"{column['name']}", f"{_type(column['type'])}  {column['meaning'] or ''}")
    for code in found.get("codes", ()):
        lines += _entry(code["code"], f"{code['meaning']} / {code['meaning_vi']}")
    lists = found.get("code_lists")
    if lists:
        named = ", ".join(f"{column} ({name})" for column, name in lists.items())
        lines += ["", *_wrapped(f"code lists: {named}; `khobao describe NAME`", 2)]
    return "\n".join(lines)


def _overview_text(found: dict[str, Any]) -> str:
    lines = ["tables (main: each story once)"]
    for group in ("tables", "reports", "macros"):
        if group != "tables":
            lines += ["", group]
        for name, about in found[group].items():
            lines += _entry(name, about or "")
    lines += ["", *_wrapped(f"history (every version and copy): {', '.join(found['history'])}", 0)]
    lines += _wrapped(f"journal (what runs did): {', '.join(found['journal'])}", 0)
    return "\n".join([*lines, "", "more: khobao describe NAME"])


def _type(kind: str) -> str:
    """A type short enough for a line; fields of a STRUCT stay."""
    return kind.replace("VARCHAR", "text").replace("start_char INTEGER, end_char INTEGER", "start_char, end_char")


def _wrapped(text: str, indent: int) -> list[str]:
    return textwrap.wrap(text, 118, initial_indent=" " * indent, subsequent_indent=" " * (indent + 2), break_on_hyphens=False)


def _entry(name: str, text: str) -> list[str]:
    """A name and what it means, wrapped beside it."""
    first = f"  {name:<26}"
    return textwrap.wrap(
        text, 118, initial_indent=first + ("  " if len(first) > 28 else ""), subsequent_indent=" " * 28, break_on_hyphens=False
    ) or [first.rstrip()]
