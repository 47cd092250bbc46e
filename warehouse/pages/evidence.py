"""From a refused or doubtful row back to the sentence that it comes from."""

from __future__ import annotations

import codecs
import json
import re
from collections.abc import Callable
from typing import Any, NamedTuple

import duckdb

from schemas import tables
from schemas.model import Table
from schemas.render import quoted
from warehouse.pages.reading import rows

_AROUND = 480  # characters on each side at most
_PAYLOAD = 600  # characters of a payload
_VALUE, _OPENING = 120, 240  # characters of one value, and of a document's beginning
_BESIDE = ("doc_id", "source_name", "source_uri", "run_id", "extractor_version", "raw_bytes", "media_type", "text")
_NUMBERS = ("row_no", "clause_no", "sentence_no", "event_no", "block_no")
TextOf = Callable[[dict[str, Any]], str | None]


class Evidence(NamedTuple):
    """A place in a document, or what else there is to see of a row. ``marked`` stands between ``before`` and ``after``."""

    doc_id: str | None
    source: str
    before: str = ""
    marked: str = ""
    after: str = ""
    payload: str = ""
    trace: str | None = None  # the command that shows the row where it stands


class Reader:
    """Leads rows back to their sentences.

    The texts of published documents come from the catalog; ``unpublished`` gives the cleaned text of one that was held back
    from its row of ``raw``, or None where it can't be made again.
    """

    def __init__(self, con: duckdb.DuckDBPyConnection, unpublished: TextOf | None = None) -> None:
        self._con = con
        self._unpublished = unpublished
        self._texts: dict[str, str | None] = {}

    def of_row(self, refused: dict[str, Any]) -> Evidence:
        """The evidence of a row of the quarantine."""
        source = f"{refused['source_name']}: {refused['source_uri']}"
        try:
            row = json.loads(refused["payload"] or "")
        except ValueError:  # the bytes of a document, or a row that was cut
            row = None
        payload = _shortened(told(row) if isinstance(row, dict) else readable(refused["payload"] or ""))
        place = None
        if refused["table_name"] and refused["doc_id"] and isinstance(row, dict):
            place = self._place(refused["doc_id"], row.get("start_char"), row.get("end_char"))
        return Evidence(refused["doc_id"], source, *(place or ("", "", "")), payload)

    def of_result(self, result: dict[str, Any], at_most: int) -> list[Evidence]:
        """The evidence of the examples kept with a result: keys of rows ("DOC_ID 3"), or values of its column."""
        table = tables.BY_NAME.get(result["table_name"])
        examples = result["observed"].get("examples", [])
        return [self._of_example(table, result["column_name"], str(example)) for example in examples[:at_most]]

    def _of_example(self, table: Table | None, column: str | None, example: str) -> Evidence:
        row = self._row(table, column, example) if table else None
        if row is None or table is None:
            return Evidence(None, "", payload=_shortened(example))
        place = self._place(row["doc_id"], row.get("start_char"), row.get("end_char"))
        number = next((row[name] for name in _NUMBERS if name in table.key), None)
        trace = f"khobao trace {table.name} {row['doc_id']} {number}" if place and number is not None else None
        payload = "" if place else _shortened(example)
        if table.name == "documents":
            payload = _shortened(self._text(row["doc_id"]) or example, _OPENING)
            trace = f"khobao show {row['doc_id']}"
        return Evidence(row["doc_id"], self._source(row["doc_id"]), *(place or ("", "", "")), payload, trace)

    def _row(self, table: Table, column: str | None, example: str) -> dict[str, Any] | None:
        """The published row that an example stands for."""
        if table.schema != "history" or "doc_id" not in table.names:
            return None
        key = example.split(" ")
        if len(key) == len(table.key) and re.fullmatch("[0-9a-f]{20}", key[0]) and all(part.isdigit() for part in key[1:]):
            where = " AND ".join(f'"{name}" = {quoted(part)}' for name, part in zip(table.key, key, strict=True))
        elif column in table.names:
            where = f'CAST("{column}" AS VARCHAR) = {quoted(example)}'
        else:
            return None
        places = ", ".join(name for name in ("doc_id", *_NUMBERS, "start_char", "end_char") if name in table.names)
        order = ", ".join(f'"{name}"' for name in table.key)
        found = rows(self._con, f"SELECT {places} FROM history.{table.name} WHERE {where} ORDER BY {order} LIMIT 1")
        return found[0] if found else None

    def _source(self, doc_id: str) -> str:
        query = f"SELECT source_name, source_uri FROM history.documents WHERE doc_id = {quoted(doc_id)}"
        return ": ".join(self._con.execute(query).fetchall()[0])

    def _place(self, doc_id: str, start: Any, end: Any) -> tuple[str, str, str] | None:
        """The sentence around a span, cut in three. None where there is no text, or no such place in it."""
        if not isinstance(start, int) or not isinstance(end, int) or not 0 <= start < end:
            return None
        text = self._text(doc_id)
        if text is None or end > len(text):
            return None
        inside = f"doc_id = {quoted(doc_id)} AND start_char <= {start} AND end_char > {start}"
        query = f"SELECT start_char, end_char FROM history.statements WHERE {inside} ORDER BY ALL LIMIT 1"
        sentence = self._con.execute(query).fetchall()
        left, right = sentence[0] if sentence else (text.rfind("\n", 0, start) + 1, (text + "\n").index("\n", start))
        left, right = max(left, start - _AROUND), max(end, min(right, end + _AROUND))
        return text[left:start], text[start:end], text[end:right]

    def _text(self, doc_id: str) -> str | None:
        if doc_id not in self._texts:
            found = self._con.execute(f"SELECT text FROM history.documents WHERE doc_id = {quoted(doc_id)}").fetchall()
            self._texts[doc_id] = found[0][0] if found else self._made_again(doc_id)
        return self._texts[doc_id]

    def _made_again(self, doc_id: str) -> str | None:
        raw = rows(self._con, f"SELECT * FROM history.raw WHERE doc_id = {quoted(doc_id)}") if self._unpublished else []
        return self._unpublished(raw[0]) if raw and self._unpublished else None


def told(row: dict[str, Any]) -> str:
    """A refused row in one line: what it says, without what is unknown and what the entry tells anyway.

    >>> told({"doc_id": "0" * 20, "row_no": 3, "grain": "week", "inferred": False, "issued_on": None, "byline": []})
    'row_no: 3 · grain: week · inferred: false'
    """
    said = {name: value for name, value in row.items() if name not in _BESIDE and value not in (None, "", [])}
    values = {name: value if isinstance(value, str) else json.dumps(value, ensure_ascii=False) for name, value in said.items()}
    return " · ".join(f"{name}: {_shortened(value, _VALUE)}" for name, value in values.items())


def readable(payload: str) -> str:
    r"""Escaped bytes as a person reads them: as text where they are UTF-8 (which may be cut at its end), else as they are.

    >>> readable(r"H\xe1\xbb\x8dp\xe1\xbb")
    'Họp'
    >>> readable(r"\x89PNG\x00")
    '\\x89PNG\\x00'
    """
    try:
        data = payload.encode("ascii").decode("unicode_escape").encode("latin-1")
        text = codecs.getincrementaldecoder("utf-8")().decode(data)
    except ValueError:
        return payload
    return text if all(c.isprintable() or c in "\n\r\t" for c in text) else payload


def _shortened(payload: str, width: int = _PAYLOAD) -> str:
    return payload if len(payload) <= width else payload[:width] + "…"
