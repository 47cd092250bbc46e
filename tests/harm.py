"""Good documents as rows, and ways to harm them one at a time, each with the rule that must see it."""

from __future__ import annotations

import math
import unicodedata
from collections.abc import Callable
from datetime import date, datetime
from pathlib import Path
from typing import Any, NamedTuple

import pyarrow as pa

from schemas import tables
from schemas.journal import QualityResult
from schemas.render import arrow_schema
from warehouse.parquet import write_table
from warehouse.validate import Verdict

Rows = dict[str, list[dict[str, Any]]]
Staged = dict[str, list[Path]]

BODY = (
    "Ngày 05/4/2024, tại tỉnh Lào Cai, Tỉnh ủy Lào Cai tổ chức Hội nghị sơ kết công tác dân vận quý I. "
    "Đồng chí Lò Văn Khải, Trưởng ban Dân vận Tỉnh ủy chủ trì. "
    "Theo Kế hoạch số 12-KH/TU, toàn tỉnh đã mở 40 lớp, trong đó 15 lớp ở xã; vận động 1.200 lượt người hiến đất."
)
TEXT = f"Lào Cai sơ kết công tác dân vận\n{BODY}"


def document(number: int) -> Rows:
    """One document in which nothing is wrong, with rows in every table."""
    doc_id = f"{number:020x}"

    def row(surface: str, **more: Any) -> dict[str, Any]:
        start = TEXT.index(surface)
        return {"doc_id": doc_id, "start_char": start, "end_char": start + len(surface), "surface": surface, **more}

    first, second, third = (part if part.endswith(".") else f"{part}." for part in BODY.split(". "))
    return {
        "documents": [
            {
                "doc_id": doc_id, "source_name": "tinh", "source_uri": f"{number}.txt", "run_id": "r1", "extractor_version": "1",
                "raw_bytes": 700, "media_type": "text/plain", "encoding": "utf-8", "repairs": ["nfc"], "byline": ["Vàng A Páo"],
                "dated_from": date(2024, 4, 5), "dated_to": date(2024, 4, 5), "dated_by": "event", "province_code": "10",
                "province_name": "Lào Cai", "province_code_set": "2024", "province_by": "place", "text": TEXT,
                "word_count": len(TEXT.split()), "language": "vi",
            }
        ],
        "blocks": [
            {"doc_id": doc_id, "block_no": 0, "role": "title", "raw_text": TEXT[:31], "start_char": 0, "end_char": 31,
             "raw_start": 0, "raw_end": 31},
            {"doc_id": doc_id, "block_no": 1, "role": "body", "raw_text": BODY, "start_char": 32, "end_char": len(TEXT),
             "raw_start": 32, "raw_end": len(TEXT)},
            {"doc_id": doc_id, "block_no": 2, "role": "related", "raw_text": "Tin khác", "raw_start": 400, "raw_end": 408},
        ],
        "dates": [row("05/4/2024", row_no=0, grain="day", date_from=date(2024, 4, 5), date_to=date(2024, 4, 5), inferred=False)],
        "citations": [row("Kế hoạch số 12-KH/TU", row_no=0, kind="kế hoạch", number=12, symbol="KH/TU", key="12-KH/TU")],
        "places": [row("tỉnh Lào Cai", row_no=0, name="Lào Cai", level="province", code="10", code_set="2024")],
        "organisations": [
            row("Tỉnh ủy Lào Cai", row_no=0, name="Tỉnh ủy Lào Cai", kind="party_committee", level="province",
                body_id="tinh uy@10"),
        ],
        "people": [row("Lò Văn Khải", row_no=0, name="Lò Văn Khải", honorific="đồng chí", person_id="lo van khai@10")],
        "positions": [
            row("Trưởng ban Dân vận Tỉnh ủy", row_no=0, person="Lò Văn Khải", title="Trưởng ban",
                organisation="Ban Dân vận Tỉnh ủy", as_of_from=date(2024, 4, 5), as_of_to=date(2024, 4, 5)),
        ],
        "figures": [
            row("40 lớp", row_no=0, value=40.0, qualifier="exact", unit="lớp"),
            row("15 lớp", row_no=1, value=15.0, qualifier="exact", unit="lớp", part_of=0),
            row("1.200 lượt người", row_no=2, value=1200.0, qualifier="exact", unit="lượt người", event_no=0),
        ],
        "events": [row("Hội nghị sơ kết công tác dân vận", event_no=0, kind="sơ kết", held_from=date(2024, 4, 5))],
        "participants": [
            row("Lò Văn Khải", event_no=0, row_no=0, participant="Lò Văn Khải", is_person=True, role="chair"),
            row("Tỉnh ủy Lào Cai", event_no=0, row_no=1, participant="Tỉnh ủy Lào Cai", is_person=False, role="organiser"),
        ],
        "statements": [
            row(first, sentence_no=0, kind="event"), row(second, sentence_no=1, kind="event"),
            row(third, sentence_no=2, kind="result"),
        ],
        "clauses": [row("vận động 1.200 lượt người hiến đất", sentence_no=2, clause_no=0, kind="result")],
    }  # fmt: skip


def stage(folder: Path, documents: list[Rows]) -> Staged:
    """Write documents as the stages would, in two batches: one file per table and batch."""
    half = len(documents) // 2
    staged: Staged = {table.name: [] for table in tables.PER_DOCUMENT}
    for number, part in enumerate((documents[:half], documents[half:])):
        for table in tables.PER_DOCUMENT:
            # Of a schema without the marks of what is required: wrong rows must be writable.
            schema = pa.schema([field.with_nullable(True) for field in arrow_schema(table)])
            rows = [row for one in part for row in one[table.name]]
            path = folder / f"{number:05d}" / f"{table.name}.parquet"
            write_table(path, pa.Table.from_pylist(rows, schema))
            staged[table.name].append(path)
    return staged


class Case(NamedTuple):
    """What is done to a good document, the rule that must see it, and every row that must be refused (table, row, reason).

    None is refused where the rule only tells of it.
    """

    label: str
    rule: str
    harm: Callable[[Rows], object]
    refused: set[tuple[str, int, str]]


def put(table: str, row: int = 0, **values: Any) -> Callable[[Rows], object]:
    return lambda rows: rows[table][row].update(values)


def move(table: str, by: int) -> Callable[[Rows], object]:
    def harm(rows: Rows) -> None:
        for edge in ("start_char", "end_char"):
            rows[table][0][edge] += by

    return harm


def repeat(table: str, **values: Any) -> Callable[[Rows], object]:
    return lambda rows: rows[table].append({**rows[table][0], **values})


def stretch(row: dict[str, Any], by: int) -> None:
    """A span that is true, and too long."""
    row["end_char"] += by
    row["surface"] = TEXT[row["start_char"] : row["end_char"]]


def each(*harms: Callable[[Rows], object]) -> Callable[[Rows], object]:
    return lambda rows: [harm(rows) for harm in harms]


SCRIPT = "<script>alert(1)</script>"
IMAGE = '"><img src=x onerror=alert(1)>'
NOT_NULL, IN_SET, BETWEEN, REGEX, NOT_REGEX, ORDER = (
    "expect_column_values_to_not_be_null",
    "expect_column_values_to_be_in_set",
    "expect_column_values_to_be_between",
    "expect_column_values_to_match_regex",
    "expect_column_values_to_not_match_regex",
    "expect_column_pair_values_a_to_be_greater_than_b",
)
NOWHERE = dict.fromkeys(("province_code", "province_name", "province_code_set", "province_by"))
NAMED = {("positions", 0, "reference"), ("participants", 0, "reference")}  # they refer to the one person of the document
OF_EVENT = {("participants", 0, "reference"), ("participants", 1, "reference"), ("figures", 2, "reference")}
CASES = [
    Case("a lost block", "text_of_blocks", lambda rows: rows["blocks"].pop(1), set()),
    Case("a day that isn't known", NOT_NULL, put("dates", date_from=None), {("dates", 0, "missing")}),
    Case("a place beyond all numbers", "span_true", put("places", start_char=2**31 - 1), {("places", 0, "span")}),
    Case("a block that begins too late", "whole_lines", put("blocks", 1, start_char=33), {("blocks", 1, "span")}),
    Case("a row left out", "numbered_in_order", put("dates", row_no=1), set()),
    Case("a line break in a unit", "one_line", put("figures", 2, unit="lượt\nngười"), {("figures", 2, "spelling")}),
    Case("an author with a control character", "clean_items", put("documents", byline=["Vàng\x07 A"]),
         {("documents", 0, "spelling")}),
    Case("more than there is", "value_within_reason", put("figures", 2, value=1e30), set()),
    Case("an addressee who isn't printed", "addressee_printed", put("clauses", addressee="Sở Y tế"), {("clauses", 0, "span")}),
    Case("a required value is NULL", NOT_NULL, put("dates", grain=None), {("dates", 0, "missing")}),
    Case("a required list is NULL", NOT_NULL, put("documents", repairs=None), {("documents", 0, "missing")}),
    Case("no document is named", NOT_NULL, put("citations", doc_id=None), {("citations", 0, "missing")}),
    Case("a code outside the list", IN_SET, put("organisations", kind="ministry"),
         {("organisations", 0, "code"), ("participants", 1, "reference")}),
    Case("a code with a space after it", IN_SET, put("statements", kind="event "), {("statements", 0, "code")}),
    Case("a day before the bounds", BETWEEN, put("dates", date_from=date(900, 1, 1)), {("dates", 0, "range")}),
    Case("a day after the bounds", BETWEEN, put("dates", date_to=date(2999, 1, 1)), {("dates", 0, "range")}),
    Case("a negative offset", BETWEEN, put("places", start_char=-1), {("places", 0, "range")}),
    Case("a document without words", BETWEEN, put("documents", word_count=0), {("documents", 0, "range")}),
    Case("a malformed person", REGEX, put("people", person_id="lo van khai"), {("people", 0, "pattern"), *NAMED}),
    Case("a newline after a code", REGEX, put("figures", 2, place_code="10\n"), {("figures", 2, "pattern")}),
    Case("digits of another script", REGEX, put("figures", 2, place_code="\u0661\u0660"), {("figures", 2, "pattern")}),
    Case("a doc_id of another kind", REGEX, put("documents", doc_id="12345"), {("documents", 0, "pattern")}),
    Case("a swapped interval", ORDER, put("dates", date_to=date(2024, 4, 1)), {("dates", 0, "order")}),
    Case("a swapped interval of a document", ORDER, put("documents", dated_to=date(2023, 4, 5)), {("documents", 0, "order")}),
    Case("a block that ends before it begins", ORDER, put("blocks", 2, raw_end=399), {("blocks", 2, "order")}),
    Case("a control character", NOT_REGEX, put("positions", title="Trưởng\x07 ban"), {("positions", 0, "spelling")}),
    Case("an invisible character", NOT_REGEX, put("positions", organisation="Tỉnh\u200b ủy"), {("positions", 0, "spelling")}),
    Case("a decomposed name", NOT_REGEX, put("positions", title=unicodedata.normalize("NFD", "Trưởng ban")),
         {("positions", 0, "spelling")}),
    Case("the old tone placement", NOT_REGEX, put("positions", organisation="Ban Dân vận Tỉnh uỷ"),
         {("positions", 0, "spelling")}),
    Case("a space at the end", NOT_REGEX, put("citations", issuer="Chính phủ "), {("citations", 0, "spelling")}),
    Case("a span shifted by one", "span_true", move("dates", 1), {("dates", 0, "span")}),
    Case("a span beyond the text", "span_true", move("citations", 9999), {("citations", 0, "span")}),
    Case("a span in a decomposed text", "text_composed", put("documents", text=unicodedata.normalize("NFD", TEXT)),
         {("documents", 0, "spelling")}),
    Case("a block beyond the text", "in_text", put("blocks", 1, end_char=len(TEXT) + 1), {("blocks", 1, "span")}),
    Case("a block with half a place", "in_text", put("blocks", 1, end_char=None), {("blocks", 1, "span")}),
    Case("an unknown repair", "codes_in_list", put("documents", repairs=["nfc", "polish"]), {("documents", 0, "code")}),
    Case("an author without a name", "no_empty_items", put("documents", byline=[""]), {("documents", 0, "missing")}),
    Case("an empty text", "no_empty_text", put("documents", text=" \n"), {("documents", 0, "missing")}),
    Case("an empty unit", "no_empty_text", put("figures", 2, unit=""), {("figures", 2, "missing")}),
    Case("a number without bounds", "finite", put("figures", 2, value=math.inf), {("figures", 2, "range")}),
    Case("a repeated key", "key_unique", repeat("dates", inferred=True), {("dates", 0, "key"), ("dates", 1, "key")}),
    Case("a document twice", "key_unique", repeat("documents", source_uri="elsewhere"),
         {("documents", 0, "key"), ("documents", 1, "key")}),
    Case("a row of no document", "in_documents", put("places", doc_id="f" * 20), {("places", 0, "reference")}),
    Case("a unit that isn't in the gazetteer", "in_units", put("places", code="98"), {("places", 0, "reference")}),
    Case("a unit of the other set", "in_units", put("places", code_set="2025"), {("places", 0, "reference")}),
    Case("an office of a person who isn't named", "in_people", put("positions", person="Vàng A Páo"),
         {("positions", 0, "reference")}),
    Case("a part in an event that isn't there", "in_events", put("participants", event_no=7), {("participants", 0, "reference")}),
    Case("a participant who isn't named", "participant_named", put("participants", is_person=False),
         {("participants", 0, "reference")}),
    Case("a clause of no sentence", "in_statements", put("clauses", sentence_no=9), {("clauses", 0, "reference")}),
    Case("a document without blocks", "has_blocks", lambda rows: rows["blocks"].clear(), {("documents", 0, "reference")}),
    Case("what refers to a refused row goes too, step by step", "in_figures",
         each(put("figures", qualifier="roughly"), put("figures", 2, part_of=1)),
         {("figures", 0, "code"), ("figures", 1, "reference"), ("figures", 2, "reference")}),
    Case("a row wrong twice is refused once", IN_SET,
         each(put("dates", grain="week"), move("dates", 1)), {("dates", 0, "code")}),
    Case("markup as a code", IN_SET, put("clauses", kind=SCRIPT), {("clauses", 0, "code")}),
    Case("markup as an identity", REGEX, put("statements", body_id=IMAGE), {("statements", 0, "pattern")}),
    Case("markup as a name", NOT_REGEX, put("people", name=SCRIPT), {("people", 0, "spelling"), *NAMED}),
    Case("markup as a body's name", NOT_REGEX, put("organisations", name=IMAGE),
         {("organisations", 0, "spelling"), ("participants", 1, "reference")}),
    Case("an unknown role of a block", IN_SET, put("blocks", 2, role="menu"), {("blocks", 2, "code")}),
    Case("an unknown role of a participant", IN_SET, put("participants", 1, role="guest"), {("participants", 1, "code")}),
    Case("an unknown encoding", IN_SET, put("documents", encoding="koi8-r"), {("documents", 0, "code")}),
    Case("a language of three letters", REGEX, put("documents", language="vie"), {("documents", 0, "pattern")}),
    Case("a document without bytes", BETWEEN, put("documents", raw_bytes=0), {("documents", 0, "range")}),
    Case("a negative row number", BETWEEN, put("places", row_no=-1), {("places", 0, "range")}),
    Case("no surface", NOT_NULL, put("people", surface=None), {("people", 0, "missing"), *NAMED}),
    Case("whether it is inferred is not said", NOT_NULL, put("dates", inferred=None), {("dates", 0, "missing")}),
    Case("a number that is none", NOT_NULL, put("figures", 2, value=math.nan), {("figures", 2, "missing")}),
    Case("a range that falls", ORDER, put("figures", 2, value_to=3.0), {("figures", 2, "order")}),
    Case("an office held backwards in time", ORDER, put("positions", as_of_to=date(2023, 1, 1)), {("positions", 0, "order")}),
    Case("a period of an event that ends before it begins", ORDER,
         put("events", review_from=date(2024, 12, 31), review_to=date(2024, 1, 1)), {("events", 0, "order"), *OF_EVENT}),
    Case("a person twice", "key_unique", repeat("people"), {("people", 0, "key"), ("people", 1, "key"), *NAMED}),
    Case("a part twice", "key_unique", repeat("participants", role="speaker"),
         {("participants", 0, "key"), ("participants", 2, "key")}),
    Case("a speaker who isn't named", "in_people", put("statements", speaker="Vàng A Páo"), {("statements", 0, "reference")}),
    Case("a body in a unit that isn't there", "in_units",
         put("organisations", place_code="98", place_code_set="2024", body_id=None),
         {("organisations", 0, "reference"), ("participants", 1, "reference")}),
    Case("a document of a unit that isn't there", "in_units", put("documents", place_code="98765"),
         {("documents", 0, "reference")}),
    Case("a publication time of unknown precision", "precision_told", put("documents", published_at=datetime(2024, 4, 6)),
         {("documents", 0, "missing")}),
    Case("a document dated without an end", "dated_to_an_end", put("documents", dated_to=None), {("documents", 0, "missing")}),
    Case("a document dated without a reason", "dating_explained", put("documents", dated_by=None),
         {("documents", 0, "missing")}),
    Case("a province without a reason", "province_explained", put("documents", province_by=None),
         {("documents", 0, "missing")}),
    Case("a province without a name", "province_named", put("documents", province_name=None), {("documents", 0, "missing")}),
    Case("a province of today that isn't there", "province_code_now_known",
         put("documents", province_code_now="99", province_name_now="Lào Cai"),
         {("documents", 0, "reference")}),
    Case("one word too many", "words_counted", put("documents", word_count=len(TEXT.split()) + 1), {("documents", 0, "range")}),
    Case("a name that isn't the code's", "unit_agrees", put("places", name="Lai Châu"), {("places", 0, "code")}),
    Case("a place in a province that isn't there", "province_code_known", put("places", province_code="98"),
         {("places", 0, "reference")}),
    Case("a person with the identity of a body", "identity_fits", put("participants", body_id="tinh uy@10"),
         {("participants", 0, "code")}),
    Case("a day of two days", "one_day", put("dates", date_to=date(2024, 4, 6)), {("dates", 0, "order")}),
    Case("a figure that is part of itself", "no_part_of_itself", put("figures", 1, part_of=1), {("figures", 1, "reference")}),
    Case("a figure of a unit that isn't there", "place_code_known", put("figures", 2, place_code="98"),
         {("figures", 2, "reference")}),
    Case("an event in a unit that isn't there", "place_code_known", put("events", place_code="98"),
         {("events", 0, "reference"), *OF_EVENT}),
    Case("an office of somebody else's identity", "identity_of_person", put("positions", person_id="ai do@10"),
         {("positions", 0, "reference")}),
    Case("an item outside its sentence", "in_sentence", put("clauses", sentence_no=1), {("clauses", 0, "span")}),
    Case("a control character in a headline", "clean_text", put("documents", title=f"{TEXT[:4]}\x07"),
         {("documents", 0, "spelling")}),
    Case("an invisible character in a unit", "clean_text", put("figures", 2, unit="lượt\u200b người"),
         {("figures", 2, "spelling")}),
    Case("a space after a unit", "clean_text", put("figures", 2, unit="lượt "), {("figures", 2, "spelling")}),
    Case("a decomposed outlet", "composed", put("documents", outlet=unicodedata.normalize("NFD", "Báo Lào Cai")),
         {("documents", 0, "spelling")}),
    Case("a headline that stands nowhere", "title_in_text", put("documents", title="Tin khác hẳn"), set()),
    Case("a standfirst that stands nowhere", "lead_in_text", put("documents", lead="Một đoạn khác."), set()),
    Case("a day with an hour", "day_is_midnight",
         put("documents", published_at=datetime(2024, 4, 6, 7), published_precision="day"), {("documents", 0, "range")}),
    Case("published in another millennium", "published_within_reason",
         put("documents", published_at=datetime(2999, 4, 6), published_precision="day"), {("documents", 0, "range")}),
    Case("a document of 1930", "dated_within_reason",
         put("documents", dated_from=date(1930, 2, 3), dated_to=date(1930, 2, 3)), set()),
    Case("dated as printed where nothing is", "printed_is_published", put("documents", dated_by="printed"),
         {("documents", 0, "missing")}),
    Case("a province of another name", "province_agrees", put("documents", province_name="Lai Châu"),
         {("documents", 0, "code")}),
    Case("a province's code without its set", "province_set_told", put("documents", province_code_set=None),
         {("documents", 0, "missing")}),
    Case("a province of today without a name", "province_now_named", put("documents", province_code_now="15"),
         {("documents", 0, "missing")}),
    Case("a province of today of another name", "province_now_agrees",
         put("documents", province_code_now="15", province_name_now="Yên Bái"), {("documents", 0, "code")}),
    Case("a province's code before it was in force", "set_in_force",
         put("documents", province_code="15", province_code_set="2025"), {("documents", 0, "code")}),
    Case("a place of no province", "place_within_province", put("documents", **NOWHERE, place_code="10"),
         {("documents", 0, "missing")}),
    Case("a document that supersedes itself", "not_its_own_successor",
         lambda rows: rows["documents"][0].update(supersedes=rows["documents"][0]["doc_id"]), {("documents", 0, "reference")}),
    Case("a picture's caption in the text", "only_the_article", put("blocks", 2, role="caption", start_char=0, end_char=5),
         {("blocks", 2, "code")}),
    Case("blocks out of order", "blocks_in_order", put("blocks", 2, raw_start=0), set()),
    Case("an honorific in capitals", "honorific_lower", put("people", honorific="Đồng chí"), {("people", 0, "spelling"), *NAMED}),
    Case("a person of a unit that isn't there", "person_id_of_unit", put("people", person_id="lo van khai@99"),
         {("people", 0, "reference"), *NAMED}),
    Case("an identity in capitals", "person_id_folded", put("people", person_id="Lo Van Khai@10"),
         {("people", 0, "spelling"), *NAMED}),
    Case("an office attested without an end", "as_of_whole", put("positions", as_of_to=None), {("positions", 0, "missing")}),
    Case("an office in a body without a name", "body_of_office", put("positions", organisation=None, body_id="tinh uy@10"),
         {("positions", 0, "missing")}),
    Case("an office in small letters", "office_capital", put("positions", title="trưởng ban"), {("positions", 0, "spelling")}),
    Case("an office in a body of a unit that isn't there", "body_id_of_unit", put("positions", body_id="ban dan van@99"),
         {("positions", 0, "reference")}),
    Case("a body's unit without its set", "set_told", put("organisations", place_code="10"),
         {("organisations", 0, "missing"), ("participants", 1, "reference")}),
    Case("a body's identity of another unit", "identity_of_place",
         put("organisations", place_code="11", place_code_set="2024"),
         {("organisations", 0, "code"), ("participants", 1, "reference")}),
    Case("a commune's body that belongs to a province", "level_of_place",
         put("organisations", place_code="10", place_code_set="2024", level="commune"), set()),
    Case("a body's identity in capitals", "body_id_folded", put("organisations", body_id="Tinh uy@10"),
         {("organisations", 0, "spelling"), ("participants", 1, "reference")}),
    Case("another number than the key's", "number_in_key", put("citations", number=3), {("citations", 0, "code")}),
    Case("another symbol than the key's", "symbol_in_key", put("citations", symbol="CT/TW"), {("citations", 0, "code")}),
    Case("a symbol without a number", "symbol_has_number", put("citations", number=None), {("citations", 0, "missing")}),
    Case("issued after it was cited", "issued_before", put("citations", issued_on=date(2024, 12, 31)), set()),
    Case("a place's code without its set", "set_told", put("places", code_set=None), {("places", 0, "missing")}),
    Case("a place in another province", "in_its_province", put("places", province_code="11"), {("places", 0, "code")}),
    Case("a code of another time", "set_of_its_time",
         put("documents", **NOWHERE, dated_from=date(2026, 4, 5), dated_to=date(2026, 4, 5)), set()),
    Case("a month of one day", "whole_interval", put("dates", grain="month"), {("dates", 0, "order")}),
    Case("a quarter of another quarter's months", "whole_interval",
         put("dates", grain="quarter", date_from=date(2024, 2, 1), date_to=date(2024, 4, 30)), {("dates", 0, "order")}),
    Case("a part that is more than its total", "part_within_total", put("figures", 1, value=400.0), set()),
    Case("a share of more than all", "share_within_hundred", put("figures", 2, value=120.0, unit="%", measure="share"), set()),
    Case("a period without an end", "period_whole", put("figures", 2, period_from=date(2024, 1, 1)), {("figures", 2, "missing")}),
    Case("a figure of a body that isn't named", "body_id_named", put("figures", 2, body_id="so y te@10"),
         {("figures", 2, "reference")}),
    Case("an event that ends and never began", "held_from_known", put("events", held_from=None, held_to=date(2024, 4, 5)),
         {("events", 0, "missing"), *OF_EVENT}),
    Case("a look back without an end", "review_whole", put("events", review_from=date(2024, 1, 1)),
         {("events", 0, "missing"), *OF_EVENT}),
    Case("a plan without a beginning", "plan_whole", put("events", plan_to=date(2024, 12, 31)),
         {("events", 0, "missing"), *OF_EVENT}),
    Case("an event's name that isn't printed", "name_printed", put("events", name="Hội nghị khác"),
         {("events", 0, "span"), *OF_EVENT}),
    Case("an event's place that isn't printed", "place_printed", put("events", place="Hà Nội"),
         {("events", 0, "span"), *OF_EVENT}),
    Case("a review with the terms of an agreement", "terms_of_agreement", put("events", term_from=date(2024, 1, 1)), set()),
    Case("an event of another age", "held_within_reason", put("events", held_from=date(1990, 4, 5)), set()),
    Case("a part of somebody else's identity", "identity_of_person", put("participants", person_id="ai do@10"),
         {("participants", 0, "reference")}),
    Case("a part of a body that isn't named", "body_id_named", put("participants", 1, body_id="so y te@10"),
         {("participants", 1, "reference")}),
    Case("a sentence about a body that isn't named", "body_id_named", put("statements", body_id="so y te@10"),
         {("statements", 0, "reference")}),
    Case("a sentence of a source that isn't named", "source_body_id_named", put("statements", source_body_id="so y te@10"),
         {("statements", 0, "reference")}),
    Case("a sentence's period without an end", "period_whole", put("statements", period_from=date(2024, 1, 1)),
         {("statements", 0, "missing")}),
    Case("sentences that overlap", "sentences_apart", lambda rows: stretch(rows["statements"][0], 9), set()),
    Case("an item that is an event", "kind_of_item", put("clauses", kind="event"), {("clauses", 0, "code")}),
    Case("an addressee without a name", "addressee_told", put("clauses", addressee_body_id="tinh uy@10"),
         {("clauses", 0, "missing")}),
    Case("an addressee who isn't named elsewhere", "addressee_body_id_named",
         put("clauses", addressee="toàn tỉnh", addressee_body_id="so y te@10"), {("clauses", 0, "reference")}),
]  # fmt: skip


class Judged(NamedTuple):
    verdict: Verdict
    documents: list[Rows]
    staged: Staged
    docs: Path

    def result(self, table: str, rule: str, column: str | None = None) -> QualityResult:
        return next(
            r
            for r in self.verdict.results
            if (r.table_name, r.expectation) == (table, rule) and (column is None or r.column_name == column)
        )


def few(count: int, wrong: int) -> list[Rows]:
    """Documents without facts but dates, of which some have a wrong grain."""
    documents = []
    for number in range(count):
        rows = document(number)
        documents.append({name: rows[name] if name in ("documents", "blocks", "dates") else [] for name in rows})
        if number < wrong:
            documents[-1]["dates"][0]["grain"] = "week"
    return documents
