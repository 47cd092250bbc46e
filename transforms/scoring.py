"""Scores of extracted rows against annotations made by hand: what is right, what is missed, what is too much.

An annotation is one JSON object per document (``source``, ``document``, ``blocks``, ``text``, ``people``, ``positions``,
``organisations``, ``places``, ``citations``, ``dates``, ``figures``, ``event``, ``statements``), as in ``tests/gold/own``.
Sets are compared by their distinct values per document and scored by micro-averaged F1, single values by the share that is
right, the cleaned text by its lines weighted by their length.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import PurePath
from typing import Any

from transforms.clean.unicode import fold_key

Rows = Sequence[Mapping[str, Any]]
_ODD = re.compile(r"[\s\W_]+")
_MENTIONS = "blocks people positions organisations places citations dates figures events participants statements"
TABLES = ("documents", *_MENTIONS.split())


@dataclass(slots=True)
class Tally:
    """Counts of one field; ``errors`` has a line for each difference."""

    right: float = 0
    predicted: float = 0
    wanted: float = 0
    errors: list[str] = field(default_factory=list)

    def add_sets(self, source: str, wanted: set[Any], predicted: set[Any]) -> None:
        self.right += len(wanted & predicted)
        self.predicted += len(predicted)
        self.wanted += len(wanted)
        self.errors += [f"{source}: missed {v}" for v in sorted(wanted - predicted, key=str)]
        self.errors += [f"{source}: extra {v}" for v in sorted(predicted - wanted, key=str)]

    def add_value(self, source: str, wanted: Any, predicted: Any) -> None:
        self.wanted += 1
        self.predicted += 1
        self.right += wanted == predicted
        if wanted != predicted:
            self.errors.append(f"{source}: wanted {wanted!r}, got {predicted!r}")

    @property
    def precision(self) -> float:
        return self.right / self.predicted if self.predicted else float(not self.wanted)

    @property
    def recall(self) -> float:
        return self.right / self.wanted if self.wanted else 1.0

    @property
    def f1(self) -> float:
        """The harmonic mean of precision and recall; for single values the share that is right."""
        both = self.precision + self.recall
        return 2 * self.precision * self.recall / both if both else 0.0


def fold(value: Any) -> str | None:
    """How printed values are compared: folded, every run of other characters than letters and digits one space.

    >>> fold("05-CT/TW,  Hoà  Bình")
    '05 ct tw hòa bình'
    """
    return None if value is None else _ODD.sub(" ", fold_key(str(value))).strip()


def _day(value: Any) -> str | None:
    return None if value is None else str(value)[:10]


def _number(value: Any) -> str:
    return f"{float(value):.12g}"


def _minute(value: Any) -> str | None:
    return None if value is None else str(value)[:16].replace("T", " ")


def score(annotations: Iterable[Mapping[str, Any]], tables: Mapping[str, Rows]) -> dict[str, Tally]:
    """Score the rows of ``tables`` (those named in ``TABLES``); documents are matched by the file name of ``source_uri``."""
    tallies: dict[str, Tally] = defaultdict(Tally)
    documents = {PurePath(d["source_uri"]).name: d for d in tables["documents"]}
    grouped: dict[str, dict[str, list[Mapping[str, Any]]]] = {name: defaultdict(list) for name in _MENTIONS.split()}
    for name, by_doc in grouped.items():
        for row in tables[name]:
            by_doc[row["doc_id"]].append(row)
    for gold in sorted(annotations, key=lambda a: str(a["source"])):
        source = gold["source"]
        document = documents.get(source)
        tallies["found"].add_value(source, True, document is not None)
        found: Mapping[str, Any] = document or defaultdict(lambda: None)
        rows = {name: by_doc.get(found["doc_id"], []) for name, by_doc in grouped.items()}
        _score_document(tallies, source, gold, found, rows["blocks"])
        _score_mentions(tallies, source, gold, rows)
        tallies["figures"].add_sets(source, *_figures(gold["figures"], rows["figures"]))
        _score_event(tallies, source, gold.get("event"), rows["events"], rows["participants"])
        _score_statements(tallies, source, gold["statements"], rows["statements"])
    return dict(tallies)


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
        tallies[name].add_sets(source, {fold(x) for x in gold[name]}, {fold(r["name"]) for r in rows[name]})
    wanted = {tuple(map(fold, row)) for row in gold["positions"]}
    got = {(fold(r["person"]), fold(r["title"]), fold(r["organisation"])) for r in rows["positions"]}
    tallies["positions"].add_sets(source, wanted, got)
    tallies["positions_person_title"].add_sets(source, {row[:2] for row in wanted}, {row[:2] for row in got})
    places = {(fold(name), level) for name, level in gold["places"]}
    tallies["places"].add_sets(source, places, {(fold(r["name"]), r["level"]) for r in rows["places"]})
    citations = {(fold(kind), fold(key)) for kind, key in gold["citations"]}
    tallies["citations"].add_sets(source, citations, {(fold(r["kind"]), fold(r["key"])) for r in rows["citations"]})
    dates = {(first, last) for _, first, last in gold["dates"]}
    tallies["dates"].add_sets(source, dates, {(_day(r["date_from"]), _day(r["date_to"])) for r in rows["dates"]})


def _figures(annotated: Sequence[Sequence[Any]], rows: Rows) -> tuple[set[Any], set[Any]]:
    """Value, qualifier and unit; the head noun may be cut shorter or longer than the annotated one."""
    wanted = sorted((_number(value), qualifier, fold(unit) or "") for value, qualifier, unit in annotated)
    got = set()
    for row in rows:
        unit = fold(row["unit"]) or ""
        what = fold(row["what"]) or unit
        key = (_number(row["value"]), row["qualifier"], unit)
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
            tallies["event_dates"].add_value(f"{source} {name}", wanted, _day(event[name]))


def _score_statements(tallies: dict[str, Tally], source: str, gold: Sequence[Sequence[str]], rows: Rows) -> None:
    got = [(fold(r["surface"]) or "", r["kind"]) for r in rows]
    for sentence, kind in gold:
        start = (fold(sentence) or "")[:60]
        found = next((k for s, k in got if start and s.startswith(start)), None)
        if found is None:
            found = next((k for s, k in got if start and start[:40] in s), None)
        tallies["statements"].add_value(f"{source} {sentence[:50]!r}", kind, found)
