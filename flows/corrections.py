"""``khobao corrections``: what people corrected, and whether each correction still does something."""

from __future__ import annotations

import argparse
import json
import os
from pathlib import Path
from typing import Any

from flows.corrected import NAME, Told, check, file_of, parse
from flows.plain import plain
from flows.settings import warehouse_path
from warehouse.layout import Layout


def corrections(options: argparse.Namespace) -> int:
    layout = Layout(warehouse_path(options.warehouse))
    layout.require()
    if options.file:
        return _take_over(layout, Path(options.file))
    path = file_of(layout)
    told = check(layout, layout.snapshot(layout.state().snapshot_id), parse(path)) if path else []
    if options.format == "json":
        print(json.dumps([_record(one) for one in told], ensure_ascii=False, default=plain, indent=1))
        return 0
    if not told:
        print(f"no corrections; put them into {layout.root / NAME}, or take over a file: khobao corrections FILE")
        return 0
    for one in told:
        said = one.correction
        values = ", ".join(f"{name}={plain(value)}" for name, value in said.values.items())
        place = f"{said.table} {said.start_char}:{said.end_char} of {said.doc_id}"
        print(f"{'unused' if one.why else 'used':<7}line {said.line}: {said.action} {place}  {values}")
        print(f"       {said.reason} ({said.author})" + (f"; unused: {one.why}" if one.why else ""))
    unused = sum(one.why is not None for one in told)
    print(f"{len(told)} corrections, {unused} unused")
    return 0


def _take_over(layout: Layout, source: Path) -> int:
    """Check a file, and make it the warehouse's corrections; the next run applies it."""
    found = parse(source)
    target = layout.root / NAME
    aside = target.with_name(f".{NAME}.{os.getpid()}")
    aside.write_bytes(source.read_bytes())
    aside.replace(target)
    print(f"{len(found)} corrections of {len({one.doc_id for one in found})} documents; the next run applies them")
    return 0


def _record(one: Told) -> dict[str, Any]:
    return one.correction._asdict() | {"used": one.why is None, "why": one.why}
