"""What a typed query may be: one SELECT over the warehouse's own relations, told from its parse tree before it is bound.

DuckDB's own locks (``query.opened``) keep files out. They don't keep out table functions that change the connection or write
through it, such as ``enable_profiling(save_location=…)``: so only table functions that are known to read are let through.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from typing import TYPE_CHECKING, Any

from schemas.errors import UsageError
from schemas.render import quoted

if TYPE_CHECKING:
    import duckdb

_ONLY = "a query reads the warehouse and nothing else"
ONE_SELECT = "give exactly one SELECT: the warehouse is read-only"
# Table functions that make rows from their arguments, or tell of the catalog. The macros of the catalog come on top.
READERS = frozenset({
    "range", "generate_series", "unnest", "json_each", "json_tree", "repeat", "repeat_row", "pragma_version", "pragma_table_info",
    "pragma_show", "pg_timezone_names", "icu_calendar_names", "duckdb_columns", "duckdb_constraints", "duckdb_databases",
    "duckdb_functions", "duckdb_indexes", "duckdb_keywords", "duckdb_memory", "duckdb_schemas", "duckdb_settings",
    "duckdb_tables", "duckdb_types", "duckdb_views",
})  # fmt: skip
# Scalar functions that reach outside, write, or run text as a query.
BARRED = frozenset({"getenv", "write_log", "sleep_ms", "nextval", "current_connection_id", "json_execute_serialized_sql"})
_FILE = re.compile(r"[/\\]|\.(?:parquet|csv|tsv|json|jsonl|ndjson|txt|gz|zst|db|duckdb|arrow|xlsx)$", re.IGNORECASE)


def check(con: duckdb.DuckDBPyConnection, query: str) -> None:
    """Raise UsageError unless ``query`` is one SELECT (or FROM, VALUES, DESCRIBE, SUMMARIZE, SHOW) that only reads.

    The text is parsed, not run: as a literal it can't reach anything.
    """
    import duckdb

    try:
        parsed = con.execute(f"SELECT json_serialize_sql({quoted(query)}::VARCHAR)").fetchall()[0][0]
        tree = json.loads(parsed)
    except duckdb.InterruptException:
        raise
    except duckdb.Error as error:
        raise UsageError(str(error).split("\n", 1)[0]) from None
    except RecursionError:
        raise UsageError("the query is nested too deeply") from None
    if tree["error"]:
        raise UsageError(_told(tree, query))
    if len(tree["statements"]) != 1:
        raise UsageError(ONE_SELECT)
    for node in _nodes(tree):
        _check(con, node)


def _told(tree: dict[str, Any], query: str) -> str:
    if tree.get("error_type") != "not implemented":
        return f"Parser Error: {str(tree['error_message']).splitlines()[0]}"
    if re.match(r"\W*(?:pivot|from|select|with)\b", query, re.IGNORECASE) and re.search(r"\bpivot\b", query, re.IGNORECASE):
        return "PIVOT without its values is more than one SELECT: name them, as in PIVOT t ON c IN ('a', 'b') USING count(*)"
    return ONE_SELECT


def _nodes(tree: Any) -> Iterator[dict[str, Any]]:
    """Every object of the parse tree; without recursion, for it is as deep as the query was written."""
    waiting = [tree]
    while waiting:
        node = waiting.pop()
        if isinstance(node, dict):
            yield node
            waiting.extend(node.values())
        elif isinstance(node, list):
            waiting.extend(node)


def _check(con: duckdb.DuckDBPyConnection, node: dict[str, Any]) -> None:
    kind = node.get("type")
    if kind == "TABLE_FUNCTION":
        call = node["function"]
        name = str(call.get("function_name", "")).lower() if isinstance(call, dict) else ""
        if name not in READERS and name not in _macros(con):
            raise UsageError(f"{name or 'this function'}() is not allowed here: {_ONLY}")
    elif node.get("class") == "FUNCTION":
        name = str(node.get("function_name", "")).lower()
        if name in BARRED:
            raise UsageError(f"{name}() is not allowed here: {_ONLY}")
    elif kind == "BASE_TABLE" and _FILE.search(str(node.get("table_name", ""))):
        raise UsageError(f"{str(node['table_name'])!r} looks like a file: {_ONLY}")


def _macros(con: duckdb.DuckDBPyConnection) -> set[str]:
    found = con.execute("SELECT function_name FROM duckdb_functions() WHERE NOT internal AND function_type = 'table_macro'")
    return {name.lower() for (name,) in found.fetchall()}
