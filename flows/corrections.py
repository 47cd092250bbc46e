"""``khobao corrections``: what people corrected, and whether each correction still does something."""

from __future__ import annotations

import argparse
import json
import os
import sys
from pathlib import Path
from typing import Any

from flows.corrected import NAME, Told, check, file_of, parse, shown_instead
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
    instead = shown_instead(layout, {one.correction.doc_id for one in told})
    if options.format == "json":
        records = [_record(one) | {"shown_instead": instead.get(one.correction.doc_id)} for one in told]
        print(json.dumps(records, ensure_ascii=False, default=plain, indent=1))
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
    _warn(instead)
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
    _warn(shown_instead(layout, {one.doc_id for one in found}))
    return 0


def _warn(instead: dict[str, str]) -> None:
    for doc_id, other in sorted(instead.items()):
        print(
            f"khobao: {doc_id} is seen in history only: main shows {other} in its place, a copy or a later version of it; "
            "correct that one too",
            file=sys.stderr,
        )


def _record(one: Told) -> dict[str, Any]:
    return one.correction._asdict() | {"used": one.why is None, "why": one.why}
