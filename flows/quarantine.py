"""``khobao quarantine``: what was refused and why, the evidence, another try after a fix, and giving up with a reason."""

from __future__ import annotations

import argparse
import json
from datetime import date
from pathlib import Path
from typing import Any

from flows.settings import on, warehouse_path
from schemas.errors import UsageError
from warehouse import replay as store
from warehouse.layout import Layout
from warehouse.pages.evidence import readable

_CONTEXT = 120  # characters of the text on each side of a refused row
_SHOWN = 600  # characters of evidence on a terminal; JSON has all of it


def quarantine(options: argparse.Namespace) -> int:
    layout = Layout(warehouse_path(options.warehouse))
    layout.require()
    if options.action == "show":
        return _show(layout, options)
    if options.action == "replay":
        return _replay(layout, options)
    if options.action == "drop":
        return _drop(layout, options)
    return _list(layout, options)


def _list(layout: Layout, options: argparse.Namespace) -> int:
    found, held = store.by_reason(layout, None if options.resolved else "open"), store.held(layout)
    if options.format == "json":
        print(_json({"reasons": found, "documents_held": held}))
        return 0
    there = on(layout.root)
    if not found:
        print("nothing waits in quarantine / không có gì trong khu cách ly")
    else:
        print(f"{'reason':<20}{'documents':>10}{'rows':>8}  {'since':<17}sources")
    for entry in found:
        print(
            f"{entry['reason_code']:<20}{entry['documents']:>10,}{entry['rows']:>8,}  "
            f"{entry['since']:%Y-%m-%d %H:%M} {_line(', '.join(entry['sources']))}"
        )
        example = entry["example"]
        print(f"  {entry['meaning']} / {entry['meaning_vi']}")
        print(f"  such as {example['quarantine_id'][:8]}  {_line(example['source_uri'] + ': ' + example['reason'])}")
    if held:
        print(f"{held:,} documents were held with runs that published nothing: `khobao quarantine replay --held{there}`")
    if found:
        print(f"`khobao quarantine show ID_OR_REASON{there}` gives the evidence, ", end="")
        print(f"`khobao quarantine replay{there}` tries again after a fix")
    return 0


def _show(layout: Layout, options: argparse.Namespace) -> int:
    found, count = store.entries(layout, options.wanted, options.limit)
    for entry in found:
        entry |= _passage(layout, entry)
    if options.format == "json":
        print(_json([{name: value for name, value in entry.items() if name != "content"} for entry in found]))
        return 0
    print("\n\n".join(_evidence(entry) for entry in found))
    if count > len(found):
        print(f"\n{count - len(found):,} more: --limit N shows them")
    return 0


def _passage(layout: Layout, entry: dict[str, Any]) -> dict[str, Any]:
    """The place of a refused row in the text of its document, marked; nothing where the row names no place in it."""
    row = store.row_of(entry)
    start, end = row.get("start_char"), row.get("end_char")
    if not isinstance(start, int) or not isinstance(end, int):
        return {}
    text = _text(layout, entry)
    if text is None or not 0 <= start <= end <= len(text):
        return {"passage": f"{start}:{end} lies outside the text" if text is not None else None}
    before, after = text[max(0, start - _CONTEXT) : start], text[end : end + _CONTEXT]
    return {"passage": f"{before}⟦{text[start:end]}⟧{after}"}


def _text(layout: Layout, entry: dict[str, Any]) -> str | None:
    """The text of an entry's document: as published, else cleaned again from its bytes; None where that fails too."""
    snapshot = layout.snapshot(layout.state().snapshot_id)
    assert snapshot is not None
    published = store.text_of(layout, snapshot, entry["doc_id"]) if entry["doc_id"] else None
    if published is not None or entry["content"] is None:
        return published
    from transforms.clean import clean
    from transforms.document import RawDocument

    try:
        raw = RawDocument(entry["doc_id"], entry["source_name"], entry["source_uri"], "text/plain", entry["content"], None)
        return clean(raw).document.text
    except Exception:
        return None  # what refused the document refuses it here too


def _evidence(entry: dict[str, Any]) -> str:
    where = f"{entry['stage']}, " + (f"a row of {entry['table_name']}" if entry["table_name"] else "the whole document")
    size = f", {entry['raw_bytes']:,} bytes kept" if entry["raw_bytes"] is not None else ", its bytes could not be kept"
    lines = [
        f"{entry['quarantine_id']}  {entry['status']}",
        f"  reason    {entry['reason_code']}: {entry['meaning']} / {entry['meaning_vi']}",
        f"  rule      {_line(entry['reason'])}",
        f"  refused   by {where}; run {entry['run_id']}, {entry['quarantined_at']:%Y-%m-%d %H:%M}",
        f"  from      {_line(entry['source_name'] + ': ' + entry['source_uri'])}",
        f"  document  {entry['doc_id'] or '-'}{size}",
    ]
    if entry["status"] == "replayed":
        lines.append(f"  passed    {entry['resolved_at']:%Y-%m-%d %H:%M} in run {entry['resolved_run_id']}")
    if entry["status"] == "dropped":
        lines.append(f"  given up  {entry['resolved_at']:%Y-%m-%d %H:%M}: {_line(entry['resolution'])}")
    if entry.get("passage"):
        lines.append(f"  passage   …{_line(entry['passage'])}…")
    row = store.row_of(entry)
    if row:
        lines += ["  row"] + [f"    {name:<18}{_line(_plain(value))}" for name, value in row.items() if value is not None]
    elif entry["payload"]:
        content = readable(entry["payload"])
        lines.append(f"  content   {_line(content[:_SHOWN])}{'…' if len(content) > _SHOWN else ''}")
    return "\n".join(lines)


def _replay(layout: Layout, options: argparse.Namespace) -> int:
    choice = store.choose(layout, options.ids, options.reason, options.held)
    if choice.unread:
        print(f"{choice.unread:,} entries have no bytes in the raw store: running their source again reads them anew")
    if not choice.documents:
        closed = store.closed(layout, options.ids)
        print(f"nothing to replay{': ' + closed if closed else ''}")
        return 0
    print(f"replaying {len(choice.documents):,} documents of {choice.entries:,} entries")

    from flows.commands import carry_out

    status = carry_out(
        {
            "sources": [], "warehouse": str(layout.root), "wait": options.wait, "workers": options.workers,
            "tolerance": options.tolerance, "replay": list(choice.documents),
        },
        [],
    )  # fmt: skip
    passed, left = store.outcome(layout, choice.documents)
    print(f"of {passed + left:,} entries {passed:,} passed, {left:,} are still open")
    return status


def _drop(layout: Layout, options: argparse.Namespace) -> int:
    from flows.settings import Settings
    from warehouse.lock import held

    if not options.because.strip():
        raise UsageError("--because is empty: nothing is given up without a reason")
    with held(layout):
        count = store.drop(layout, options.ids, options.because.strip(), Settings((), Path(layout.root)).now())
    print(f"{count:,} entries given up: {options.because.strip()}")
    return 0


def _line(text: str | None) -> str:
    """A value in one line, without what a terminal would take for a command."""
    return "".join(c if c.isprintable() else {"\n": "␊", "\t": "␉"}.get(c, "\N{REPLACEMENT CHARACTER}") for c in text or "")


def _plain(value: Any) -> str:
    return value if isinstance(value, str) else json.dumps(value, ensure_ascii=False)


def _json(value: Any) -> str:
    return json.dumps(value, ensure_ascii=False, indent=1, default=lambda v: v.isoformat() if isinstance(v, date) else str(v))
