"""Validation: one wrong thing at a time, each caught by the rule meant for it; the gate; the quality page."""

from __future__ import annotations

import json
import math
import os
import unicodedata
from collections.abc import Callable
from datetime import date
from html import unescape
from html.parser import HTMLParser
from pathlib import Path
from typing import Any, NamedTuple

import pyarrow as pa
import pytest

from schemas import tables
from schemas.journal import QualityResult
from schemas.model import Severity
from schemas.render import arrow_schema
from warehouse import rules
from warehouse.parquet import write_table
from warehouse.validate import Verdict, validate

pytestmark = pytest.mark.xdist_group("validation")  # Great Expectations takes seconds to import: in one worker only

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


@pytest.fixture(scope="module")
def units(tmp_path_factory: pytest.TempPathFactory) -> Path:
    path = tmp_path_factory.mktemp("gazetteer") / "units.parquet"
    lao_cai = {"code": "10", "code_set": "2024", "level": "province", "name": "Lào Cai", "full_name": "tỉnh Lào Cai"}
    write_table(path, pa.Table.from_pylist([lao_cai], arrow_schema(tables.UNITS)))
    return path


class Case(NamedTuple):
    """What is done to a good document, the rule that must see it, and every row that must be refused (table, row, reason)."""

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
NAMED = {("positions", 0, "reference"), ("participants", 0, "reference")}  # they refer to the one person of the document
CASES = [
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
    Case("a repeated key", "key_unique", repeat("dates", grain="month"), {("dates", 0, "key"), ("dates", 1, "key")}),
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


@pytest.fixture(scope="module")
def good(units: Path, tmp_path_factory: pytest.TempPathFactory) -> Judged:
    folder = tmp_path_factory.mktemp("good")
    documents = [document(number) for number in range(3)]
    staged = stage(folder, documents)
    return Judged(validate(staged, "r1", units=units, docs_dir=folder / "docs"), documents, staged, folder / "docs")


@pytest.fixture(scope="module")
def harmed(units: Path, tmp_path_factory: pytest.TempPathFactory) -> Judged:
    """Every case in a document of its own, all judged at once; a tolerance of 1 lets nothing block."""
    folder = tmp_path_factory.mktemp("harmed")
    documents = []
    for number, case in enumerate(CASES):
        documents.append(document(number))
        case.harm(documents[-1])
    staged = stage(folder, documents)
    return Judged(
        validate(staged, "r1", units=units, tolerance=1.0, docs_dir=folder / "docs"), documents, staged, folder / "docs"
    )


def test_a_good_batch_passes_every_rule(good: Judged) -> None:
    verdict = good.verdict
    assert (verdict.rejected, verdict.blocked, verdict.message) == ([], False, None)
    assert [r for r in verdict.results if not r.success or r.unexpected_count] == []
    for table in tables.PER_DOCUMENT:
        sizes = {r.element_count for r in verdict.results if r.table_name == table.name}
        assert sizes == {sum(len(rows[table.name]) for rows in good.documents)}
    keys = [(r.suite, r.table_name, r.column_name, r.expectation) for r in verdict.results]
    assert len(keys) == len(set(keys)) > 250
    assert {"span_true", "key_unique", "in_documents", "has_blocks", NOT_NULL, IN_SET} <= {r.expectation for r in verdict.results}


def _found(judged: Judged) -> dict[tuple[int, str, int], str]:
    """(document, table, row of the document) → reason code, from file and file_row."""
    half = len(judged.documents) // 2
    places = {}
    for table, files in judged.staged.items():
        for file, documents in zip(files, (range(half), range(half, len(judged.documents))), strict=True):
            row = 0
            for number in documents:
                for own in range(len(judged.documents[number][table])):
                    places[table, str(file), row] = (number, table, own)
                    row += 1
    return {places[r.table, r.file, r.file_row]: r.reason_code for r in judged.verdict.rejected}


@pytest.mark.parametrize("number", range(len(CASES)), ids=[case.label for case in CASES])
def test_one_wrong_thing_is_caught_by_the_rule_meant_for_it(harmed: Judged, number: int) -> None:
    case = CASES[number]
    found = {(table, row, code) for (document, table, row), code in _found(harmed).items() if document == number}
    if "12345" in (row.get("doc_id") for row in harmed.documents[number]["documents"]):
        # Its rows refer to a document that isn't there, since no one can know that they mean this one.
        assert {code for table, _, code in found if table != "documents"} == {"reference"}
        found = {one for one in found if one[0] == "documents"}
    assert found == case.refused
    broken = {r.expectation for r in harmed.verdict.results if r.unexpected_count and r.table_name in {t for t, _, _ in found}}
    assert case.rule in broken


def test_nothing_is_refused_twice_and_the_tolerance_of_one_lets_the_run_pass(harmed: Judged) -> None:
    assert len(_found(harmed)) == len(harmed.verdict.rejected)
    assert not harmed.verdict.blocked
    assert all(r.success for r in harmed.verdict.results)


def test_the_evidence_is_the_row_as_json(harmed: Judged) -> None:
    assert all(len(r.payload.encode()) <= 4096 and json.loads(r.payload) for r in harmed.verdict.rejected)
    swapped = next(r for r in harmed.verdict.rejected if r.table == "dates" and r.reason_code == "order")
    row = json.loads(swapped.payload)
    assert (row["date_from"], row["date_to"], row["surface"]) == ("2024-04-05", "2024-04-01", "05/4/2024")
    assert (row["doc_id"], swapped.reason) == (swapped.doc_id, "date_from is not after date_to")
    infinite = next(r for r in harmed.verdict.rejected if r.reason_code == "range" and r.table == "figures")
    assert json.loads(infinite.payload)["value"] == "inf"


def test_results_tell_count_share_meaning_and_a_few_values(harmed: Judged) -> None:
    result = harmed.result("positions", NOT_REGEX, "title")
    assert result.unexpected_count == 2
    assert result.unexpected_percent == round(200 / len(CASES), 3)
    observed = json.loads(result.observed or "")
    assert "canonical spelling" in observed["meaning"]
    control, decomposed = observed["examples"]
    assert control == r"Trưởng\x07 ban" and r"\u0309" in decomposed, "what can't be seen is written out"
    swapped = json.loads(harmed.result("dates", ORDER).observed or "")["examples"]
    assert swapped == ["2024-04-05 … 2024-04-01"]
    shifted = json.loads(harmed.result("dates", "span_true").observed or "")["examples"]
    assert [key.split()[1] for key in shifted] == ["0"], "a row that breaks a rule is named by its key"
    assert all(len(json.loads(r.observed or "{}").get("examples", [])) <= 5 for r in harmed.verdict.results)


# --- the gate


def few(count: int, wrong: int) -> list[Rows]:
    """Documents without facts but dates, of which some have a wrong grain."""
    documents = []
    for number in range(count):
        rows = document(number)
        documents.append({name: rows[name] if name in ("documents", "blocks", "dates") else [] for name in rows})
        if number < wrong:
            documents[-1]["dates"][0]["grain"] = "week"
    return documents


@pytest.mark.parametrize(
    ("count", "wrong", "tolerance", "blocked"),
    [(40, 2, 0.05, False), (40, 3, 0.05, True), (5, 1, 0.05, False), (5, 2, 0.05, True), (40, 1, 0.0, True)],
    ids=["within", "beyond", "one of a few", "several of a few", "no tolerance"],
)
def test_too_many_wrong_rows_hold_the_run_back(
    units: Path, tmp_path: Path, count: int, wrong: int, tolerance: float, blocked: bool
) -> None:
    verdict = validate(stage(tmp_path, few(count, wrong)), "r1", units=units, tolerance=tolerance)
    assert (verdict.blocked, len(verdict.rejected)) == (blocked, wrong)
    failed = [(r.table_name, r.column_name, r.expectation) for r in verdict.results if not r.success]
    assert failed == ([("dates", "grain", IN_SET)] if blocked else [])
    if blocked:
        assert verdict.message is not None and "\n" not in verdict.message
        assert verdict.message.startswith(f"{wrong} of {count} rows of dates break the rule that grain is a code of the list")


def test_a_table_without_rows_passes_and_one_without_files_too(units: Path, tmp_path: Path) -> None:
    staged = stage(tmp_path, few(2, 0))
    staged["figures"] = []
    verdict = validate(staged, "r1", units=units)
    assert not verdict.blocked
    assert {(r.success, r.element_count) for r in verdict.results if r.table_name in ("figures", "people")} == {(True, 0)}


@pytest.mark.parametrize(
    ("harm", "told"),
    [
        (lambda t: t.set_column(1, "row_no", t["row_no"].cast(pa.int64())), "has row_no as int64, not int32"),
        (lambda t: t.drop_columns(["grain"]), "has no column grain"),
        (lambda t: t.append_column("note", t["grain"]), "more than declared"),
    ],
    ids=["type", "missing column", "extra column"],
)
def test_columns_other_than_declared_block(units: Path, tmp_path: Path, harm: Callable[[pa.Table], pa.Table], told: str) -> None:
    staged = stage(tmp_path, [document(0), document(1)])
    wrong = pa.Table.from_pylist(document(1)["dates"], arrow_schema(tables.DATES))
    write_table(staged["dates"][1], harm(wrong))
    verdict = validate(staged, "r1", units=units)
    assert verdict.blocked and told in (verdict.message or "") and "dates" in (verdict.message or "")
    assert [(r.table_name, r.success) for r in verdict.results] == [("dates", False)]


def test_what_an_earlier_stage_refused_leaves_no_orphans(units: Path, tmp_path: Path) -> None:
    documents = few(3, 0)
    staged = stage(tmp_path, documents)
    write_table(staged["documents"][0], arrow_schema(tables.DOCUMENTS).empty_table())
    write_table(staged["dates"][0], arrow_schema(tables.DATES).empty_table())
    assert (
        validate(staged, "r1", units=units).message
        == "3 of 9 rows of blocks break the rule that doc_id is found in documents (at most 5% may)"
    )
    write_table(
        staged["documents"][0].with_name("refused.parquet"), pa.table({"doc_id": [documents[0]["documents"][0]["doc_id"]]})
    )
    verdict = validate(staged, "r1", units=units)
    assert (verdict.blocked, verdict.rejected) == (False, [])


def test_a_warning_is_told_and_refuses_nothing(units: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    select = "SELECT r.filename AS file, r.file_row_number AS file_row FROM dates r WHERE length(r.surface) > 3"
    warning = rules.Rule("dates", "long", "range", "a date is short", select, Severity.WARNING)
    real = rules.rules
    monkeypatch.setattr(rules, "rules", lambda table: [*real(table), *([warning] if table is tables.DATES else [])])
    verdict = validate(stage(tmp_path, few(3, 0)), "r1", units=units)
    assert (verdict.blocked, verdict.rejected) == (False, [])
    assert [(r.expectation, r.severity, r.unexpected_count) for r in verdict.results if not r.success] == [("long", "warning", 3)]


def test_a_held_back_run_shows_some_of_the_evidence(units: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("warehouse.validate._EVIDENCE", 3)
    verdict = validate(stage(tmp_path, few(20, 20)), "r1", units=units)
    assert verdict.blocked and len(verdict.rejected) == 3
    assert [r.unexpected_count for r in verdict.results if not r.success] == [20]


def test_the_verdict_does_not_depend_on_how_rows_are_spread_over_files(harmed: Judged, units: Path, tmp_path: Path) -> None:
    again = validate(stage(tmp_path, harmed.documents[::-1]), "r1", units=units, tolerance=1.0)

    def counts(verdict: Verdict) -> list[tuple[Any, ...]]:
        return [(r.table_name, r.column_name, r.expectation, r.unexpected_count) for r in verdict.results]

    assert counts(again) == counts(harmed.verdict)
    assert sorted((r.table, r.doc_id or "", r.reason_code) for r in again.rejected) == sorted(
        (r.table, r.doc_id or "", r.reason_code) for r in harmed.verdict.rejected
    )


# --- Data Docs


class Page(HTMLParser):
    """Tags, and what they load."""

    def __init__(self, html: str) -> None:
        super().__init__()
        self.tags: set[str] = set()
        self.attributes: list[tuple[str, str | None]] = []
        self.feed(html)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.tags.add(tag)
        self.attributes += attrs


@pytest.mark.parametrize("which", ["good", "harmed"])
def test_the_quality_page_loads_nothing_and_runs_nothing(request: pytest.FixtureRequest, which: str) -> None:
    judged: Judged = request.getfixturevalue(which)
    html = (judged.docs / "index.html").read_text(encoding="utf-8")
    page = Page(html)
    assert page.tags.isdisjoint({"script", "link", "img", "iframe", "object", "embed", "form", "base"})
    names = {name for name, _ in page.attributes}
    assert not {name for name in names if name.startswith("on")} | (names & {"src", "style"})
    assert all((value or "").startswith("#") for name, value in page.attributes if name == "href")
    policy = next(value for name, value in page.attributes if name == "content" and "default-src" in (value or ""))
    assert policy is not None and "default-src 'none'" in policy and "script-src" not in policy
    assert "http://" not in html and "https://" not in html
    for table in tables.PER_DOCUMENT:
        assert f'id="{table.name}"' in html


def test_values_from_the_data_are_escaped_on_the_quality_page(harmed: Judged) -> None:
    html = (harmed.docs / "index.html").read_text(encoding="utf-8")
    assert "&lt;script&gt;alert(1)&lt;/script&gt;" in html, "the value is evidence, so it is shown"
    assert SCRIPT not in html and "<img" not in html
    for other in harmed.docs.rglob("*"):
        if other.name != "index.html":
            assert "alert(1)" not in other.read_text(encoding="utf-8"), f"{other.name} holds counts only"


def test_a_held_back_run_says_so_on_its_page(units: Path, tmp_path: Path) -> None:
    verdict = validate(stage(tmp_path, few(5, 3)), "r1", units=units, docs_dir=tmp_path / "docs")
    assert (verdict.message or "?") in unescape((tmp_path / "docs" / "index.html").read_text(encoding="utf-8"))


def test_validation_writes_nothing_but_the_docs_and_sends_nothing(good: Judged, units: Path) -> None:
    assert os.environ["GX_ANALYTICS_ENABLED"] == "false"
    assert sorted(path.name for path in units.parent.iterdir()) == ["units.parquet"]
    assert sorted(path.name for path in good.docs.iterdir()) == ["index.html", "results.json"]
