"""Every published table in build order: grain, key, columns, references, row rules.

This is the one declaration of each; the translations are in ``render``, the row classes in ``rows`` and ``journal``.
"""

from __future__ import annotations

from typing import NamedTuple

from schemas import journal, rows
from schemas.fields import DocId, RowNo, Surface
from schemas.model import Ordered, Reference, Severity, SqlRule, Table, columns_of

OF_DOCUMENT = Reference(("doc_id",), "documents", ("doc_id",))
OF_PERSON = Reference(("doc_id", "person"), "people", ("doc_id", "name"))
OF_EVENT = Reference(("doc_id", "event_no"), "events", ("doc_id", "event_no"))

SPAN_TRUE = SqlRule(
    "span_true",
    "r.surface IS DISTINCT FROM d.text[r.start_char + 1 : r.end_char] OR r.end_char <= r.start_char",
    "surface is what stands in the document's text between start_char and end_char",
    "span",
    "surface đúng là đoạn chữ của văn bản từ start_char đến end_char",
)
_PARTICIPANT_NAMED = SqlRule(
    "participant_named",
    "NOT EXISTS (SELECT 1 FROM people p WHERE r.is_person AND p.doc_id = r.doc_id AND p.name = r.participant)"
    " AND NOT EXISTS (SELECT 1 FROM organisations o WHERE NOT r.is_person AND o.doc_id = r.doc_id"
    " AND o.name = r.participant)",
    "a participant is a person or body named in the document",
    "reference",
    "người hoặc tổ chức tham gia phải được nêu tên trong văn bản",
)
_TEXT_COMPOSED = SqlRule(
    "text_composed", "nfc_normalize(r.text) IS DISTINCT FROM r.text", "text is in Unicode NFC, so that its spans count the same",
    "spelling", "văn bản ở dạng Unicode NFC, để vị trí của dữ kiện đếm như nhau",
)  # fmt: skip
_BLOCK_IN_TEXT = SqlRule(
    "in_text",
    "r.end_char > length(d.text) OR (r.start_char IS NULL) <> (r.end_char IS NULL)",
    "a block's place lies in the document's text",
    "span",
    "vị trí của khối nằm trong văn bản",
)


def _together(name: str, first: str, second: str, vi: str) -> SqlRule:
    """Two columns that are known together or not at all."""
    violation = f"(r.{first} IS NULL) <> (r.{second} IS NULL)"
    return SqlRule(name, violation, f"{first} and {second} are known together, or neither is", "missing", vi)


def _somewhere(column: str) -> SqlRule:
    """A unit's code without its set: of this or the other."""
    return SqlRule(
        f"{column}_known", f"r.{column} IS NOT NULL AND NOT EXISTS (SELECT 1 FROM units u WHERE u.code = r.{column})",
        f"{column} is a code of the gazetteer", "reference", f"{column} là mã đơn vị hành chính có trong danh mục",
    )  # fmt: skip


def _province(column: str, code_set: str) -> SqlRule:
    violation = (
        f"r.{column} IS NOT NULL AND NOT EXISTS "
        f"(SELECT 1 FROM units u WHERE u.code = r.{column} AND u.code_set = {code_set} AND u.level = 'province')"
    )
    meaning = f"{column} is the code of a province in its set"
    return SqlRule(f"{column}_known", violation, meaning, "reference", f"{column} là mã một tỉnh trong bộ mã của nó")


_OF_DOCUMENTS = (
    _TEXT_COMPOSED,
    _together("precision_told", "published_at", "published_precision", "thời điểm đăng luôn kèm độ chính xác"),
    _together("dated_to_an_end", "dated_from", "dated_to", "ngày đầu và ngày cuối của văn bản cùng có hoặc cùng không"),
    _together("dating_explained", "dated_from", "dated_by", "ngày của văn bản luôn kèm căn cứ xác định"),
    _together("province_explained", "province_code", "province_by", "tỉnh của văn bản luôn kèm căn cứ xác định"),
    _together("province_named", "province_code", "province_name", "mã tỉnh và tên tỉnh cùng có hoặc cùng không"),
    _province("province_code_now", "'2025'"),
    SqlRule("words_fit", "r.word_count > length(r.text)", "a text has no more words than characters", "range",
            "số từ không nhiều hơn số ký tự"),
)  # fmt: skip
_OF_PLACES = (
    _province("province_code", "r.code_set"),
    _province("province_code_now", "'2025'"),
    SqlRule(
        "unit_agrees",
        "EXISTS (SELECT 1 FROM units u WHERE u.code = r.code AND u.code_set = r.code_set"
        " AND (u.name <> r.name OR u.level <> r.level))",
        "a coded place has the name and level that the gazetteer gives its code", "code",
        "địa danh có mã thì tên và cấp đúng như trong danh mục",
    ),
    SqlRule(
        "set_of_its_time",
        "(r.code_set = '2024' AND d.dated_from >= DATE '2025-07-01') OR (r.code_set = '2025' AND d.dated_to < DATE '2025-07-01')",
        "a place has a code of the set in force at the document's date, unless the text speaks of another time", "code",
        "mã địa danh thuộc bộ mã có hiệu lực vào ngày của văn bản, trừ khi văn bản nói về thời điểm khác", Severity.INFO,
    ),
)  # fmt: skip
_OF_PARTICIPANTS = (
    _PARTICIPANT_NAMED,
    SqlRule(
        "identity_fits", "CASE WHEN r.is_person THEN r.body_id IS NOT NULL ELSE r.person_id IS NOT NULL END",
        "a person has no body_id and a body no person_id", "code", "người không có mã tổ chức, tổ chức không có mã người",
    ),
)  # fmt: skip
_ONE_DAY = SqlRule(
    "one_day", "r.grain IN ('day', 'time') AND r.date_from <> r.date_to", "a day begins and ends on the same day", "order",
    "mốc ngày bắt đầu và kết thúc trong cùng một ngày",
)  # fmt: skip
_NO_PART_OF_ITSELF = SqlRule(
    "no_part_of_itself",
    "r.part_of = r.row_no",
    "a figure is no part of itself",
    "reference",
    "số liệu không là phần của chính nó",
)
_ID_OF_PERSON = SqlRule(
    "identity_of_person",
    "r.person_id IS NOT NULL AND NOT EXISTS (SELECT 1 FROM people p WHERE p.doc_id = r.doc_id AND p.person_id = r.person_id)",
    "the person_id of an office is that of a person of the document", "reference",
    "mã người của chức vụ là mã của một người trong văn bản",
)  # fmt: skip
_IN_SENTENCE = SqlRule(
    "in_sentence",
    "EXISTS (SELECT 1 FROM statements s WHERE s.doc_id = r.doc_id AND s.sentence_no = r.sentence_no"
    " AND (r.start_char < s.start_char OR r.end_char > s.end_char))",
    "an item lies within its sentence", "span", "mục liệt kê nằm trong câu của nó",
)  # fmt: skip


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
    rules: tuple[SqlRule, ...] = (),
) -> Table:
    """A table of facts with spans: ``doc_id``, the key, ``row_no`` where it is part of the key, span and surface first."""
    own = columns_of(row)
    before = tuple(c for c in own if c.name in key)
    after = tuple(c for c in own if c.name not in key)
    span = tuple(c for c in after if c.name in ("start_char", "end_char"))
    rest = tuple(c for c in after if c not in span)
    supplied = ("doc_id", "row_no", "surface") if "row_no" in key else ("doc_id", "surface")
    numbering = (_ROW_NO,) if "row_no" in key else ()
    return Table(
        name, row, grain, key, (_DOC_ID, *before, *numbering, *span, _SURFACE, *rest),
        references=(OF_DOCUMENT, *references), ordered=tuple(Ordered(*pair) for pair in ordered),
        rules=(SPAN_TRUE, *rules), supplied=supplied,
    )  # fmt: skip


def _plain(name: str, row: type, grain: str, key: tuple[str, ...], schema: str = "history", **more: object) -> Table:
    return Table(name, row, grain, key, columns_of(row), schema=schema, **more)  # type: ignore[arg-type]


DOCUMENTS = _plain(
    "documents", rows.DocumentRow, "one row per document", ("doc_id",),
    ordered=(Ordered("dated_from", "dated_to"),),
    references=(
        Reference(("province_code", "province_code_set"), "units", ("code", "code_set")),
        Reference(("place_code", "province_code_set"), "units", ("code", "code_set")),
    ), rules=_OF_DOCUMENTS,
)  # fmt: skip
BLOCKS = _plain(
    "blocks", rows.BlockRow, "one row per line or element of the raw document, kept or not", ("doc_id", "block_no"),
    references=(OF_DOCUMENT,), ordered=(Ordered("start_char", "end_char"), Ordered("raw_start", "raw_end")),
    rules=(_BLOCK_IN_TEXT,),
)  # fmt: skip
PEOPLE = _facts("people", rows.Person, "one row per mention of a named person")
POSITIONS = _facts(
    "positions", rows.Position, "one row per office that the text gives a person", references=(OF_PERSON,),
    ordered=(("as_of_from", "as_of_to"),), rules=(_ID_OF_PERSON,),
)  # fmt: skip
ORGANISATIONS = _facts(
    "organisations", rows.Organisation, "one row per mention of a named body",
    references=(Reference(("place_code", "place_code_set"), "units", ("code", "code_set")),),
)  # fmt: skip
PLACES = _facts(
    "places", rows.Place, "one row per mention of an administrative unit",
    references=(Reference(("code", "code_set"), "units", ("code", "code_set")),), rules=_OF_PLACES,
)  # fmt: skip
CITATIONS = _facts("citations", rows.Citation, "one row per mention of an official document")
DATES = _facts(
    "dates",
    rows.DateMention,
    "one row per expression that fixes a calendar interval",
    ordered=(("date_from", "date_to"),),
    rules=(_ONE_DAY,),
)
FIGURES = _facts(
    "figures", rows.Figure, "one row per quantity reported",
    references=(Reference(("doc_id", "part_of"), "figures", ("doc_id", "row_no")), OF_EVENT),
    ordered=(("value", "value_to"), ("period_from", "period_to")), rules=(_NO_PART_OF_ITSELF, _somewhere("place_code")),
)  # fmt: skip
EVENTS = _facts(
    "events", rows.Event, "one row per event reported as held", ("doc_id", "event_no"),
    ordered=(("held_from", "held_to"), ("review_from", "review_to"), ("plan_from", "plan_to"), ("term_from", "term_to")),
    rules=(_somewhere("place_code"),),
)  # fmt: skip
PARTICIPANTS = _facts(
    "participants", rows.Participant, "one row per part that a person or body had in an event", ("doc_id", "event_no", "row_no"),
    references=(OF_EVENT,), rules=_OF_PARTICIPANTS,
)  # fmt: skip
STATEMENTS = _facts(
    "statements", rows.Statement, "one row per sentence of lead and body", ("doc_id", "sentence_no"),
    references=(Reference(("doc_id", "speaker"), "people", ("doc_id", "name")),),
    ordered=(("period_from", "period_to"),),
)  # fmt: skip
CLAUSES = _facts(
    "clauses", rows.Clause, "one row per item of a sentence that lists several tasks, results or limitations",
    ("doc_id", "sentence_no", "clause_no"),
    references=(Reference(("doc_id", "sentence_no"), "statements", ("doc_id", "sentence_no")),), rules=(_IN_SENTENCE,),
)  # fmt: skip
DUPLICATES = _plain(
    "duplicates", rows.DuplicateRow, "one row per document that is in a cluster of copies", ("doc_id",), references=(OF_DOCUMENT,)
)
BODIES = _plain("bodies", rows.BodyRow, "one row per body that could be told apart", ("body_id",))
UNITS = _plain("units", rows.UnitRow, "the gazetteer: one row per administrative unit and set of codes", ("code", "code_set"))
RAW = _plain("raw", rows.RawRow, "every document's bytes, by content", ("doc_id",), schema="journal")

RUNS = _plain(
    "runs", journal.Run, "one row per run", ("run_id",), schema="journal", ordered=(Ordered("started_at", "finished_at"),)
)
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
)

FACTS = (DATES, CITATIONS, PLACES, ORGANISATIONS, PEOPLE, POSITIONS, FIGURES, EVENTS, PARTICIPANTS, STATEMENTS, CLAUSES)
PER_DOCUMENT = (DOCUMENTS, BLOCKS, *FACTS)
DERIVED = (DUPLICATES, BODIES, UNITS)
HISTORY = (*PER_DOCUMENT, *DERIVED)
JOURNAL = (RUNS, RUN_TABLES, SIGHTINGS, QUALITY_RESULTS, QUARANTINE, RAW)
TABLES = (*HISTORY, *JOURNAL)
BY_NAME = {table.name: table for table in TABLES}
