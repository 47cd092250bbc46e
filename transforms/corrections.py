"""Corrections by people: facts of a document that are added, changed or dropped after extraction, each with reason and author.

A correction names its fact by document, table and place in the text, so it holds as long as the document's text does, whatever
the rules find. What refers to a name follows: a person who is renamed or dropped everywhere is so in offices, parts and speeches.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterable, Mapping, Sequence
from datetime import date, datetime
from typing import Any, NamedTuple

from schemas import tables
from schemas.errors import UsageError
from schemas.model import Column, Table
from transforms.document import Facts

COLUMNS = ("doc_id", "table", "action", "start_char", "end_char", "column", "value", "reason", "author")
ACTIONS = ("add", "change", "drop")
_NAMED = ("people", "organisations")  # whose names other facts refer to
_TABLES = {table.name: table for table in tables.FACTS}


class Correction(NamedTuple):
    """One line of the file. ``values``: what is set, by column; for ``drop``, what the row must say besides its place."""

    line: int
    doc_id: str
    table: str
    action: str
    start_char: int
    end_char: int
    values: dict[str, Any]
    reason: str
    author: str


def read(text: str, name: str = "corrections.tsv") -> list[Correction]:
    """The corrections of a TSV with the header ``COLUMNS``. Raises UsageError, naming the line, for what can't be one.

    ``value`` is the column's new value as text (dates as 2024-07-05, nothing for NULL); for ``add`` it is a JSON object of all
    columns and ``column`` is empty.

    >>> line = ["0" * 20, "people", "change", "4", "10", "name", "Bùi An", "typo", "me"]
    >>> read("\\t".join(COLUMNS) + "\\n" + "\\t".join(line))[0].values
    {'name': 'Bùi An'}
    """
    lines = text.removeprefix("\ufeff").splitlines()
    if not lines or tuple(lines[0].split("\t")) != COLUMNS:
        raise UsageError(f"{name}: the first line must be {' '.join(COLUMNS)}, with tabs between")
    found = []
    for number, line in enumerate(lines[1:], 2):
        if not line.strip() or line.startswith("#"):
            continue
        cells = line.split("\t")
        if len(cells) != len(COLUMNS):
            raise UsageError(f"{name}:{number}: {len(cells)} cells instead of {len(COLUMNS)}")
        try:
            found.append(_correction(number, dict(zip(COLUMNS, map(str.strip, cells), strict=True))))
        except ValueError as error:
            raise UsageError(f"{name}:{number}: {error}") from None
    return found


def _correction(line: int, cells: Mapping[str, str]) -> Correction:
    table = _TABLES.get(cells["table"])
    if table is None:
        raise ValueError(f"no table of facts {cells['table']!r}: one of {', '.join(_TABLES)}")
    if cells["action"] not in ACTIONS:
        raise ValueError(f"no action {cells['action']!r}: one of {', '.join(ACTIONS)}")
    if len(cells["doc_id"]) != 20 or not (cells["start_char"].isdigit() and cells["end_char"].isdigit()):
        raise ValueError("doc_id has 20 digits, start_char and end_char are whole numbers")
    if not cells["reason"] or not cells["author"]:
        raise ValueError("a correction needs a reason and an author")
    if cells["action"] == "add":
        try:
            given = json.loads(cells["value"])
        except ValueError:
            given = None
        if not isinstance(given, dict):
            raise ValueError("the value of an added fact is a JSON object of its columns")
        values = {name: _value(_column(table, name), value) for name, value in given.items()}
    elif cells["column"]:
        values = {cells["column"]: _value(_column(table, cells["column"]), cells["value"] or None)}
    elif cells["action"] == "change":
        raise ValueError("a change needs a column")
    else:
        values = {}
    start, end = int(cells["start_char"]), int(cells["end_char"])
    if end <= start:
        raise ValueError("the place is empty: end_char must be larger than start_char")
    if cells["action"] == "add":
        _made(table, start, end, values)  # so that a missing column is told now
    return Correction(
        line, cells["doc_id"], table.name, cells["action"], start, end, values, cells["reason"], cells["author"]
    )  # fmt: skip


def _column(table: Table, name: str) -> Column:
    own = table.row._fields  # type: ignore[attr-defined]
    if name in ("start_char", "end_char") or name not in own:
        known = ", ".join(n for n in own if n not in ("start_char", "end_char"))
        raise ValueError(f"no column {name!r} of {table.name} that can be set: one of {known}")
    return table.column(name)


def _value(column: Column, given: Any) -> Any:
    if given is None:
        if column.required:
            raise ValueError(f"{column.name} can't be empty")
        return None
    try:
        match column.kind:
            case "string":
                value: Any = str(given)
            case "int32" | "int64":
                value = int(given)
            case "float64":
                value = float(given)
            case "bool":
                value = {"true": True, "false": False}[str(given).lower()]
            case "date":
                value = date.fromisoformat(str(given))
            case "timestamp":
                value = datetime.fromisoformat(str(given))
            case _:
                value = tuple(given if isinstance(given, list) else json.loads(given))
    except (ValueError, KeyError, TypeError):
        raise ValueError(f"{given!r} is no {column.kind} for {column.name}") from None
    if column.codes and value not in column.codes.values:
        raise ValueError(f"{value!r} is no code of {column.name}: one of {', '.join(column.codes.values)}")
    return value


def digests(corrections: Iterable[Correction]) -> dict[str, str]:
    """By document, a digest of what its corrections say: another one makes the document stale."""
    by_document: dict[str, list[str]] = {}
    for one in corrections:
        by_document.setdefault(one.doc_id, []).append(repr(one[2:7]))
    return {
        doc_id: hashlib.sha256("\n".join(sorted(said)).encode()).hexdigest()[:8] for doc_id, said in sorted(by_document.items())
    }


def apply(facts: Facts, text: str, corrections: Sequence[Correction]) -> dict[int, str]:
    """Correct the facts of one document, in place. Gives the line numbers of corrections that did nothing, with the reason."""
    unused: dict[int, str] = {}
    was = {table: {(row.start_char, row.end_char): row.name for row in getattr(facts, table)} for table in _NAMED}
    for one in corrections:
        why = _one(facts, text, one)
        if why:
            unused[one.line] = why
    for table, names in was.items():
        mine = [one for one in corrections if one.table == table]
        if gone := set(names.values()) - {row.name for row in getattr(facts, table)} if mine else set():
            places = {(one.start_char, one.end_char): one.values["name"] for one in mine if "name" in one.values}
            renamed = {names[place]: new for place, new in places.items() if place in names}
            _follow(facts, table == "people", {name: renamed.get(name) for name in gone})
    return unused


def _one(facts: Facts, text: str, one: Correction) -> str | None:
    rows: list[Any] = getattr(facts, one.table)
    if one.end_char > len(text):
        return f"the text has {len(text)} characters only"
    at = [n for n, row in enumerate(rows) if (row.start_char, row.end_char) == (one.start_char, one.end_char)]
    if one.action == "add":
        made = _made(_TABLES[one.table], one.start_char, one.end_char, one.values)
        if any(rows[n] == made for n in at):
            return "the fact is there already"
        _put(facts, one.table, [*rows, made], list(range(len(rows))))
        return None
    if one.action == "drop":
        at = [n for n in at if all(getattr(rows[n], name) == value for name, value in one.values.items())]
        if not at:
            return "no such fact at this place"
        kept = [n for n in range(len(rows)) if n not in at]
        _put(facts, one.table, [rows[n] for n in kept], kept)
        return None
    if not at:
        return "no such fact at this place"
    if all(getattr(rows[n], name) == value for n in at for name, value in one.values.items()):
        return "the fact says so already"
    for n in at:
        rows[n] = rows[n]._replace(**one.values)
    return None


def _made(table: Table, start: int, end: int, values: Mapping[str, Any]) -> Any:
    try:
        return table.row(start_char=start, end_char=end, **values)
    except TypeError as error:
        missing = str(error).rpartition(": ")[2]
        raise ValueError(f"the added fact lacks {missing}") from None


def _put(facts: Facts, table: str, rows: list[Any], were: list[int]) -> None:
    """Set the rows of a table in text order; ``were`` has the former number of each that is not new."""
    order = sorted(range(len(rows)), key=lambda n: (rows[n].start_char, rows[n].end_char, n))
    if table == "figures":  # parts name their totals by number
        now = {were[n]: position for position, n in enumerate(order) if n < len(were)}
        rows = [row if row.part_of is None else row._replace(part_of=now.get(row.part_of)) for row in rows]
    setattr(facts, table, [rows[n] for n in order])


def _follow(facts: Facts, is_person: bool, now: Mapping[str, str | None]) -> None:
    """Have what refers to names that are gone follow to their new form, or go where there is none."""
    kept: list[Any] = []
    for row in facts.participants:
        name = now.get(row.participant, row.participant) if row.is_person == is_person else row.participant
        if name is not None:
            kept.append(row._replace(participant=name))
    facts.participants = kept
    if not is_person:
        return
    held: list[Any] = []
    for office in facts.positions:
        name = now.get(office.person, office.person)
        if name is not None:
            held.append(office._replace(person=name))
    facts.positions = held
    facts.statements = [
        said._replace(speaker=now[said.speaker]) if said.speaker and said.speaker in now else said for said in facts.statements
    ]
