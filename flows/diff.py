"""``khobao diff A [B]``: what a later snapshot says differently from an earlier one, and why."""

from __future__ import annotations

import argparse
import json
from typing import TYPE_CHECKING

from flows.plain import plain
from flows.settings import warehouse_path
from schemas.errors import UsageError

if TYPE_CHECKING:
    from warehouse.diff import Comparison, Count, Difference

_WHY = {
    "source": "documents that are in one of the two only",
    "rules": "rules or lexicons changed",
    "correction": "a correction changed",
}


def diff(options: argparse.Namespace) -> int:
    from warehouse.diff import Comparison, scans
    from warehouse.layout import Layout

    layout = Layout(warehouse_path(options.warehouse))
    layout.require()
    later = layout.state().snapshot_id if options.later is None else options.later
    old, new = layout.snapshot(options.earlier), layout.snapshot(later)
    assert old is not None and new is not None
    if not old.files.get("documents") or not new.files.get("documents"):
        raise UsageError(f"snapshot {(old if not old.files.get('documents') else new).snapshot_id} is empty: nothing to compare")
    compared = Comparison(scans(layout, old), scans(layout, new))
    try:
        print(answer(compared, options, f"snapshot {old.snapshot_id} and {new.snapshot_id}"))
    finally:
        compared.close()
    return 0


def answer(compared: Comparison, options: argparse.Namespace, between: str) -> str:
    """What is printed of a comparison: the counts, then the first facts of each table, or all of it as JSON."""
    from warehouse.diff import COMPARED, table_of

    if options.table and table_of(options.table) is None:
        raise UsageError(f"no table {options.table!r}: one of {', '.join(table.name for table in COMPARED)}")
    counts = [count for count in compared.counts() if options.table in (None, count.table)]
    named = [table for name in dict.fromkeys(count.table for count in counts) if (table := table_of(name))]
    facts = [fact for table in named for fact in compared.differences(table, options.limit)]
    if options.format == "json":
        found = {"counts": [count._asdict() for count in counts], "facts": [fact._asdict() for fact in facts]}
        return json.dumps(found, ensure_ascii=False, default=plain, indent=1)
    if not counts:
        return f"{between} say the same"
    return "\n".join([*_counted(counts, between), *(_told(fact) for fact in facts)])


def _counted(counts: list[Count], between: str) -> list[str]:
    lines = [f"between {between}", f"{'table':<16}{'why':<12}{'gained':>9}{'lost':>9}{'changed':>9}"]
    lines += [f"{c.table:<16}{c.why:<12}{c.gained:>9,}{c.lost:>9,}{c.changed:>9,}" for c in counts]
    return [*lines, *(f"{why}: {_WHY[why]}" for why in dict.fromkeys(count.why for count in counts)), ""]


def _told(fact: Difference) -> str:
    place = "" if fact.start_char is None else f" {fact.start_char}:{fact.end_char}"
    said = " ".join((fact.surface or "").split())
    lines = [f"{fact.sign} {fact.table} {fact.doc_id}{place} ({fact.why})  {said[:90]}"]
    for name, (old, new) in fact.columns.items():
        if fact.sign == "~":
            lines.append(f"    {name}: {_short(old)} -> {_short(new)}")
    if fact.sign != "~":
        values = (f"{name}={_short(new if fact.sign == '+' else old)}" for name, (old, new) in fact.columns.items())
        lines.append("    " + ", ".join(values)[:200])
    return "\n".join(lines)


def _short(value: object) -> str:
    text = "nothing" if value is None else " ".join(str(value).split())
    return text if len(text) <= 60 else text[:59] + "…"
