"""The descriptor of an export: a Frictionless Data Package, version 2 of the standard, that the tools for version 1 read as well.

Types, meanings, keys, references and closed lists come from the schemas; here they are put into the standard's words.
"""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

from schemas import tables
from schemas.model import Column, Reference, Table
from schemas.render import column_comment
from warehouse.layout import Snapshot

NAME = "datapackage.json"
_PROFILES = "https://datapackage.org/profiles/2.0/"
_TYPES = {
    "string": "string",
    "int32": "integer",
    "int64": "integer",
    "float64": "number",
    "bool": "boolean",
    "date": "date",
    "timestamp": "datetime",
    "list<string>": "array",
}
_MEDIA = {"parquet": "application/vnd.apache.parquet", "csv": "text/csv", "jsonl": "application/jsonl"}
# Copies that are not shown in main stand in it with their cluster: the document may be one that an export doesn't have.
_WITHOUT_DOCUMENT = (tables.DUPLICATES.name, tables.SIGHTINGS.name)


def package(
    resources: list[dict[str, Any]], form: str, snapshot: Snapshot, sources: list[str], licence: str | None
) -> dict[str, Any]:
    """The descriptor of a whole export. ``khobao`` marks the folder as one that a later export may replace."""
    return {
        "$schema": f"{_PROFILES}datapackage.json",
        "name": "khobao",
        "title": "khobao: what Vietnamese public-affairs texts say, as tables",
        "description": (
            "Documents and the facts read from them; each fact with the exact span of the text it rests on. Offsets are 0-based, "
            "half-open, in Unicode code points of documents.text. One row of documents is one story: its current version."
        ),
        "version": f"{snapshot.snapshot_id}.0.0",
        "created": f"{snapshot.created_at.replace(' ', 'T')}+07:00",
        "keywords": ["Vietnam", "public affairs", "documents", "văn bản", "thời sự"],
        "licenses": [
            {"name": licence}
            if licence
            else {"name": "notspecified", "title": "The texts remain their publishers'; ask them before republishing"}
        ],
        "sources": [{"title": source} for source in sources],
        "resources": resources,
        "khobao": {
            "format": form,
            "snapshot_id": snapshot.snapshot_id,
            "run_id": snapshot.run_id,
            "extractor_version": snapshot.extractor_version,
        },
    }


def resource(table: Table, form: str, size: int, digest: str, rows: int) -> dict[str, Any]:
    """The descriptor of one table's file."""
    return {
        "$schema": f"{_PROFILES}dataresource.json",
        "name": table.name,
        "type": "table",
        "path": f"{table.name}.{form}",
        "description": _description(table),
        "format": form,
        "mediatype": _MEDIA[form],
        **({} if form == "parquet" else {"encoding": "utf-8"}),
        # The frictionless tool (5.21) does not see the size of a Parquet file, and would find it wrong.
        **({"khobao": {"bytes": size}} if form == "parquet" else {"bytes": size}),
        "hash": f"sha256:{digest}",
        "rowCount": rows,
        "schema": schema(table, form),
    }


def schema(table: Table, form: str) -> dict[str, Any]:
    """The table's columns, key and references, as the standard's Table Schema."""
    found: dict[str, Any] = {"$schema": f"{_PROFILES}tableschema.json", "fields": [_field(table, c, form) for c in table.columns]}
    if all(table.column(key).required for key in table.key):
        found["primaryKey"] = list(table.key)
    keys = [
        {"fields": list(r.columns), "reference": {"resource": r.target, "fields": list(r.target_columns)}}
        for r in table.references
        if _declared(table, r)
    ]
    if keys:
        found["foreignKeys"] = keys
    return found


def _declared(table: Table, reference: Reference) -> bool:
    """The standard knows no key of which one part is unknown: such references are told in words."""
    together = len(reference.columns) == 1 or reference.columns[1] == f"{reference.columns[0]}_set"  # a unit's code and its set
    known = all(table.column(name).required for name in reference.columns)
    return (known or together) and table.name not in _WITHOUT_DOCUMENT


def _description(table: Table) -> str:
    told = [table.grain[0].upper() + table.grain[1:]]
    told += [
        f"{', '.join(r.columns)} refers to {r.target} ({', '.join(r.target_columns)})"
        + ("" if table.name in _WITHOUT_DOCUMENT else ", where known")
        for r in table.references
        if not _declared(table, r)
    ]
    return ". ".join(told)


def _field(table: Table, column: Column, form: str) -> dict[str, Any]:
    kind = _TYPES[column.kind]
    # From Parquet the same tool takes lists for texts, and an unknown number for NaN; the file itself has the types.
    unbounded = form == "parquet" and not column.required and kind in ("integer", "number")
    if form == "parquet":
        kind = "any" if kind == "array" else "number" if unbounded else kind
    found: dict[str, Any] = {"name": column.name, "type": kind, "description": column_comment(column)}
    limits: dict[str, Any] = {"required": True} if column.required else {}
    if table.key == (column.name,):
        limits["unique"] = True
    if column.codes and column.kind == "string":
        found["categories"] = [{"value": c.code, "label": f"{c.meaning} / {c.meaning_vi}"} for c in column.codes.codes]
        limits["enum"] = list(column.codes.values)
    if column.kind != "list<string>" and not unbounded:
        limits |= {name: bound for name, bound in (("minimum", column.low), ("maximum", column.high)) if bound is not None}
        if column.pattern:
            limits["pattern"] = column.pattern
    if limits:
        found["constraints"] = limits
    return found


def write(path: Path, descriptor: dict[str, Any]) -> None:
    path.write_text(json.dumps(descriptor, ensure_ascii=False, indent=1) + "\n", encoding="utf-8")


def ours(folder: Path) -> dict[str, Any] | None:
    """The descriptor of an earlier export; None where the folder is something else."""
    try:
        found = json.loads((folder / NAME).read_text(encoding="utf-8"))
        return found if found["khobao"]["format"] and found["resources"] is not None else None
    except (OSError, ValueError, KeyError, TypeError):
        return None


_GUARDING = """
## CSV

UTF-8 with a byte order mark, commas, a head line; empty is unknown, lists are JSON, times are local (UTC+7).

A spreadsheet runs a cell that begins with `=`, `+`, `-` or `@` as a formula. So in text cells an apostrophe stands before each
of these characters, and before an apostrophe, wherever they begin the cell or follow a line break, a tab or a semicolon. To have
the text as it was (offsets count on it), take one apostrophe away at each of these places, which in Python is
`re.sub(r"(\\A|[;\\t\\r\\n])(\\x22*)'", r"\\1\\2", cell)`. Parquet and JSONL hold the texts as they are.

Ô bắt đầu bằng `=`, `+`, `-`, `@` có thể bị bảng tính chạy như công thức, nên được thêm một dấu nháy đơn ở trước; muốn có nguyên
văn thì bỏ dấu nháy ấy, hoặc dùng Parquet hay JSONL.
"""


def readme(package: dict[str, Any], form: str) -> str:
    """What stands beside the files for people."""
    lines = [
        f"# {package['title']}",
        "",
        package["description"],
        "",
        f"Snapshot {package['khobao']['snapshot_id']} of {package['created']}. What files and columns mean, keys, closed lists:",
        f"`{NAME}`, a Frictionless Data Package (`frictionless validate {NAME}` checks the files against it).",
        "",
        f"Mỗi tệp là một bảng; ý nghĩa từng cột, khóa và danh mục mã có trong `{NAME}`.",
        "",
        "| file | rows | one row is |",
        "| --- | ---: | --- |",
        *(f"| `{r['path']}` | {r['rowCount']:,} | {r['description']} |" for r in package["resources"]),
    ]
    return "\n".join(lines) + "\n" + (_GUARDING if form == "csv" else "")
