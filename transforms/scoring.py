"""Scores of extracted rows against annotations made by hand: what is right, what is missed, what is too much.

An annotation is one JSON object per document (``source``, ``document``, ``blocks``, ``text``, ``people``, ``positions``,
``organisations``, ``places``, ``citations``, ``dates``, ``figures``, ``event``, ``statements``), as in ``tests/gold/own``.
Sets are compared by their distinct values per document and scored by micro-averaged F1, single values by the share that is
right, the cleaned text by its lines weighted by their length. What an annotation does not have is not scored; what it may have
besides is in ``transforms.scoring_details``, intervals are in ``transforms.scoring_intervals``.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from pathlib import PurePath
from typing import Any

from transforms.scoring_details import score_details
from transforms.scoring_tally import Rows, Tally, day, fold, number

__all__ = ["TABLES", "Tally", "fold", "score", "score_each", "total"]
_MENTIONS = "blocks people positions organisations places citations dates figures events participants statements"
TABLES = ("documents", *_MENTIONS.split())


def _minute(value: Any) -> str | None:
    return None if value is None else str(value)[:16].replace("T", " ")


def score(annotations: Iterable[Mapping[str, Any]], tables: Mapping[str, Rows]) -> dict[str, Tally]:
    """Score the rows of ``tables`` (those named in ``TABLES``); documents are matched by the file name of ``source_uri``."""
    return total(one for _, one in score_each(annotations, tables))


def total(tallies: Iterable[Mapping[str, Tally]]) -> dict[str, Tally]:
    """The sum of the counts of several documents, by field."""
    found: dict[str, Tally] = {}
    for one in tallies:
        for name, tally in one.items():
            found.setdefault(name, Tally()).add(tally)
    return found


def score_each(
    annotations: Iterable[Mapping[str, Any]], tables: Mapping[str, Rows], details: bool = False
) -> Iterator[tuple[Mapping[str, Any], dict[str, Tally]]]:
    """Score document by document: each annotation with its counts; with ``details`` also what few annotations have."""
    documents = {PurePath(d["source_uri"]).name: d for d in tables["documents"]}
    grouped: dict[str, dict[str, list[Mapping[str, Any]]]] = {name: defaultdict(list) for name in _MENTIONS.split()}
    for name, by_doc in grouped.items():
        for row in tables[name]:
            by_doc[row["doc_id"]].append(row)
    for gold in sorted(annotations, key=lambda a: str(a["source"])):
        source = gold["source"]
        document = documents.get(source)
        tallies: dict[str, Tally] = defaultdict(Tally)
        tallies["found"].add_value(source, True, document is not None)
        found: Mapping[str, Any] = document or defaultdict(lambda: None)
        rows = {name: by_doc.get(found["doc_id"], []) for name, by_doc in grouped.items()}
        if "document" in gold:
            _score_document(tallies, source, gold, found, rows["blocks"])
        _score_mentions(tallies, source, gold, rows)
        if "figures" in gold:
            tallies["figures"].add_sets(source, *_figures(gold["figures"], rows["figures"]))
        if "event" in gold:
            _score_event(tallies, source, gold["event"], rows["events"], rows["participants"])
        _score_statements(tallies, source, gold.get("statements", ()), rows["statements"])
        if details:
            score_details(tallies, source, gold, found["text"] or "", rows)
        yield gold, dict(tallies)


def _score_document(
    tallies: dict[str, Tally], source: str, gold: Mapping[str, Any], found: Mapping[str, Any], blocks: Rows
) -> None:
    want = gold["document"]
    tallies["title"].add_value(source, fold(want["title"]), fold(found["title"]))
    tallies["published_at"].add_value(source, _minute(want["published_at"]), _minute(found["published_at"]))
    tallies["province"].add_value(source, want["province_code"], found["province_code"])
    tallies["byline"].add_sets(source, {fold(x) for x in want["byline"]}, {fold(x) for x in found["byline"] or []})
    kept = [line for line in map(fold, gold["text"].split("\n")) if line]
    got = [line for line in map(fold, (found["text"] or "").split("\n")) if line]
    right, made = set(kept), set(got)
    size = sum(map(len, kept))
    text = tallies["text"]
    text.right += min(sum(len(line) for line in got if line in right), size)
    text.predicted += sum(map(len, got))
    text.wanted += size
    text.errors += [f"{source}: lost {line[:60]}" for line in kept if line not in made]
    text.errors += [f"{source}: kept {line[:60]}" for line in got if line not in right]
    wanted = {(fold(line), role) for line, role in gold["blocks"] if fold(line)}
    if wanted:  # the elements of marked-up pages are not annotated
        tallies["blocks"].add_sets(source, wanted, {(fold(b["raw_text"]), b["role"]) for b in blocks if fold(b["raw_text"])})


def _score_mentions(tallies: dict[str, Tally], source: str, gold: Mapping[str, Any], rows: Mapping[str, Rows]) -> None:
    for name in ("people", "organisations"):
        if name in gold:
            tallies[name].add_sets(source, {fold(x) for x in gold[name]}, {fold(r["name"]) for r in rows[name]})
    if "positions" in gold:
        wanted = {tuple(map(fold, row)) for row in gold["positions"]}
        got = {(fold(r["person"]), fold(r["title"]), fold(r["organisation"])) for r in rows["positions"]}
        tallies["positions"].add_sets(source, wanted, got)
        tallies["positions_person_title"].add_sets(source, {row[:2] for row in wanted}, {row[:2] for row in got})
    if "places" in gold:
        places = {(fold(name), level) for name, level in gold["places"]}
        tallies["places"].add_sets(source, places, {(fold(r["name"]), r["level"]) for r in rows["places"]})
    if "citations" in gold:
        citations = {(fold(kind), fold(key)) for kind, key in gold["citations"]}
        tallies["citations"].add_sets(source, citations, {(fold(r["kind"]), fold(r["key"])) for r in rows["citations"]})
    if "dates" in gold:
        dates = {(first, last) for _, first, last in gold["dates"]}
        tallies["dates"].add_sets(source, dates, {(day(r["date_from"]), day(r["date_to"])) for r in rows["dates"]})


def _figures(annotated: Sequence[Sequence[Any]], rows: Rows) -> tuple[set[Any], set[Any]]:
    """Value, qualifier and unit; the head noun may be cut shorter or longer than the annotated one."""
    wanted = sorted((number(value), qualifier, fold(unit) or "") for value, qualifier, unit in annotated)
    got = set()
    for row in rows:
        unit = fold(row["unit"]) or ""
        what = fold(row["what"]) or unit
        key = (number(row["value"]), row["qualifier"], unit)
        for candidate in wanted:
            noun = candidate[2]
            if candidate[:2] != key[:2] or not noun:
                continue
            if unit.startswith(noun) or (unit and noun.startswith(unit)) or what.startswith(noun):
                key = candidate
                break
        got.add(key)
    return set(wanted), got


def _score_event(
    tallies: dict[str, Tally], source: str, gold: Mapping[str, Any] | None, events: Rows, participants: Rows
) -> None:
    tallies["event_found"].add_value(source, bool(gold), any(r["event_no"] == 0 for r in events))
    if not gold:
        return
    event = min(events, key=lambda r: int(r["event_no"])) if events else defaultdict(lambda: None)
    for name, wanted in gold.items():
        if name in ("organiser", "chair"):
            got = {fold(p["participant"]) for p in participants if p["event_no"] == event["event_no"] and p["role"] == name}
            tallies[f"event_{name}"].add_sets(source, {fold(x) for x in wanted}, got)
        elif name == "kind":
            tallies["event_kind"].add_value(source, fold(wanted), fold(event["kind"]))
        else:
            tallies["event_dates"].add_value(f"{source} {name}", wanted, day(event[name]))


def _score_statements(tallies: dict[str, Tally], source: str, gold: Sequence[Sequence[str]], rows: Rows) -> None:
    got = [(fold(r["surface"]) or "", r["kind"]) for r in rows]
    for sentence, kind in gold:
        start = (fold(sentence) or "")[:60]
        found = next((k for s, k in got if start and s.startswith(start)), None)
        if found is None:
            found = next((k for s, k in got if start and start[:40] in s), None)
        tallies["statements"].add_value(f"{source} {sentence[:50]!r}", kind, found)
