"""Every published table in build order: grain, key, columns, references, row rules.

This is the one declaration of each; the translations are in ``render``, the row classes in ``rows`` and ``journal``.
"""

from __future__ import annotations

from typing import NamedTuple

from schemas import journal, rows
from schemas.fields import DocId, RowNo, Surface
from schemas.model import Ordered, Reference, Table, columns_of
from schemas.row_rules import RULES, SPAN_TRUE, numbered

OF_DOCUMENT = Reference(("doc_id",), "documents", ("doc_id",))
OF_PERSON = Reference(("doc_id", "person"), "people", ("doc_id", "name"))
OF_EVENT = Reference(("doc_id", "event_no"), "events", ("doc_id", "event_no"))


class _DocKey(NamedTuple):
    doc_id: DocId


class _RowKey(NamedTuple):
    row_no: RowNo


class _Printed(NamedTuple):
    surface: Surface


_DOC_ID, _ROW_NO, _SURFACE = (columns_of(c)[0] for c in (_DocKey, _RowKey, _Printed))


def _facts(
    name: str,
    row: type,
    grain: str,
    key: tuple[str, ...] = ("doc_id", "row_no"),
    references: tuple[Reference, ...] = (),
    ordered: tuple[tuple[str, str], ...] = (),
) -> Table:
    """A table of facts with spans: ``doc_id``, the key, ``row_no`` where it is part of the key, span and surface first."""
    own = columns_of(row)
    before = tuple(c for c in own if c.name in key)
    after = tuple(c for c in own if c.name not in key)
    span = tuple(c for c in after if c.name in ("start_char", "end_char"))
    rest = tuple(c for c in after if c not in span)
    supplied = ("doc_id", "row_no", "surface") if "row_no" in key else ("doc_id", "surface")
    numbering = (_ROW_NO,) if "row_no" in key else ()
    in_order = (numbered(name),) if key == ("doc_id", "row_no") else ()
    return Table(
        name, row, grain, key, (_DOC_ID, *before, *numbering, *span, _SURFACE, *rest),
        references=(OF_DOCUMENT, *references), ordered=tuple(Ordered(*pair) for pair in ordered),
        rules=(SPAN_TRUE, *RULES[name], *in_order), supplied=supplied,
    )  # fmt: skip


def _plain(name: str, row: type, grain: str, key: tuple[str, ...], schema: str = "history", **more: object) -> Table:
    return Table(name, row, grain, key, columns_of(row), schema=schema, **more)  # type: ignore[arg-type]


DOCUMENTS = _plain(
    "documents", rows.DocumentRow, "one row per document", ("doc_id",),
    ordered=(Ordered("dated_from", "dated_to"),),
    references=(
        Reference(("province_code", "province_code_set"), "units", ("code", "code_set")),
        Reference(("place_code", "province_code_set"), "units", ("code", "code_set")),
    ), rules=RULES["documents"],
)  # fmt: skip
BLOCKS = _plain(
    "blocks", rows.BlockRow, "one row per line or element of the raw document, kept or not", ("doc_id", "block_no"),
    references=(OF_DOCUMENT,), ordered=(Ordered("start_char", "end_char"), Ordered("raw_start", "raw_end")),
    rules=RULES["blocks"],
)  # fmt: skip
PEOPLE = _facts("people", rows.Person, "one row per mention of a named person")
POSITIONS = _facts(
    "positions", rows.Position, "one row per office that the text gives a person", references=(OF_PERSON,),
    ordered=(("as_of_from", "as_of_to"),),
)  # fmt: skip
ORGANISATIONS = _facts(
    "organisations", rows.Organisation, "one row per mention of a named body",
    references=(Reference(("place_code", "place_code_set"), "units", ("code", "code_set")),),
)  # fmt: skip
PLACES = _facts(
    "places", rows.Place, "one row per mention of an administrative unit",
    references=(Reference(("code", "code_set"), "units", ("code", "code_set")),),
)  # fmt: skip
CITATIONS = _facts("citations", rows.Citation, "one row per mention of an official document")
DATES = _facts(
    "dates",
    rows.DateMention,
    "one row per expression that fixes a calendar interval",
    ordered=(("date_from", "date_to"),),
)
FIGURES = _facts(
    "figures", rows.Figure, "one row per quantity reported",
    references=(Reference(("doc_id", "part_of"), "figures", ("doc_id", "row_no")), OF_EVENT),
    ordered=(("value", "value_to"), ("period_from", "period_to")),
)  # fmt: skip
EVENTS = _facts(
    "events", rows.Event, "one row per event reported as held", ("doc_id", "event_no"),
    ordered=(("held_from", "held_to"), ("review_from", "review_to"), ("plan_from", "plan_to"), ("term_from", "term_to")),
)  # fmt: skip
PARTICIPANTS = _facts(
    "participants", rows.Participant, "one row per part that a person or body had in an event", ("doc_id", "event_no", "row_no"),
    references=(OF_EVENT,),
)  # fmt: skip
STATEMENTS = _facts(
    "statements", rows.Statement, "one row per sentence of lead and body", ("doc_id", "sentence_no"),
    references=(Reference(("doc_id", "speaker"), "people", ("doc_id", "name")),),
    ordered=(("period_from", "period_to"),),
)  # fmt: skip
CLAUSES = _facts(
    "clauses", rows.Clause, "one row per item of a sentence that lists several tasks, results or limitations",
    ("doc_id", "sentence_no", "clause_no"),
    references=(Reference(("doc_id", "sentence_no"), "statements", ("doc_id", "sentence_no")),),
)  # fmt: skip
DUPLICATES = _plain(
    "duplicates", rows.DuplicateRow, "one row per document that is in a cluster of copies", ("doc_id",), references=(OF_DOCUMENT,)
)
BODIES = _plain(
    "bodies", rows.BodyRow, "one row per body that could be told apart", ("body_id",),
    ordered=(Ordered("first_doc_date", "last_doc_date"),),
)  # fmt: skip
UNITS = _plain(
    "units", rows.UnitRow, "the gazetteer: one row per administrative unit and set of codes", ("code", "code_set"),
    ordered=(Ordered("valid_from", "valid_to"),),
)  # fmt: skip
RAW = _plain("raw", rows.RawRow, "every document's bytes, by content", ("doc_id",), schema="journal")

RUNS = _plain(
    "runs", journal.Run, "one row per run", ("run_id",), schema="journal", ordered=(Ordered("started_at", "finished_at"),),
    rules=RULES["runs"],
)  # fmt: skip
RUN_TABLES = _plain(
    "run_tables", journal.RunTable, "one row per run, source and table", ("run_id", "source_name", "table_name"), schema="journal"
)
SIGHTINGS = _plain(
    "sightings", journal.Sighting, "one row per document and place where it was seen", ("source_name", "source_uri", "doc_id"),
    schema="journal",
)  # fmt: skip
QUALITY_RESULTS = _plain(
    "quality_results", journal.QualityResult, "one row per run and expectation",
    ("run_id", "suite", "table_name", "column_name", "expectation"), schema="journal",
)  # fmt: skip
QUARANTINE = _plain(
    "quarantine",
    journal.QuarantineRow,
    "one row per document or row refused, with its reason",
    ("quarantine_id",),
    schema="journal",
    ordered=(Ordered("quarantined_at", "resolved_at"),),
    rules=RULES["quarantine"],
)

FACTS = (DATES, CITATIONS, PLACES, ORGANISATIONS, PEOPLE, POSITIONS, FIGURES, EVENTS, PARTICIPANTS, STATEMENTS, CLAUSES)
PER_DOCUMENT = (DOCUMENTS, BLOCKS, *FACTS)
DERIVED = (DUPLICATES, BODIES, UNITS)
HISTORY = (*PER_DOCUMENT, *DERIVED)
JOURNAL = (RUNS, RUN_TABLES, SIGHTINGS, QUALITY_RESULTS, QUARANTINE, RAW)
TABLES = (*HISTORY, *JOURNAL)
BY_NAME = {table.name: table for table in TABLES}
