"""Validation: one wrong thing at a time, each caught by the rule meant for it; the gate; the quality page."""

from __future__ import annotations

import json
from collections.abc import Callable
from datetime import date
from pathlib import Path
from typing import Any

import pyarrow as pa
import pytest

from schemas import tables
from schemas.model import Severity
from schemas.render import arrow_schema
from schemas.row_rules import FEW_REFUSED
from tests.harm import CASES, IN_SET, NOT_NULL, NOT_REGEX, ORDER, Judged, document, few, stage
from warehouse import rules
from warehouse.parquet import write_table
from warehouse.validate import Rejected, Verdict, validate

pytestmark = pytest.mark.xdist_group("validation")  # Great Expectations takes seconds to import: in one worker only


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


def _found(judged: Judged) -> dict[tuple[int, str, int], Rejected]:
    """(document, table, row of the document) → what was refused, from file and file_row."""
    half = len(judged.documents) // 2
    places = {}
    for table, files in judged.staged.items():
        for file, documents in zip(files, (range(half), range(half, len(judged.documents))), strict=True):
            row = 0
            for number in documents:
                for own in range(len(judged.documents[number][table])):
                    places[table, str(file), row] = (number, table, own)
                    row += 1
    return {places[r.table, r.file, r.file_row]: r for r in judged.verdict.rejected}


@pytest.mark.parametrize("number", range(len(CASES)), ids=[case.label for case in CASES])
def test_one_wrong_thing_is_caught_by_the_rule_meant_for_it(harmed: Judged, number: int) -> None:
    case = CASES[number]
    own = [(table, row, refused) for (document, table, row), refused in _found(harmed).items() if document == number]
    found = {(table, row, refused.reason_code) for table, row, refused in own}
    if "12345" in (row.get("doc_id") for row in harmed.documents[number]["documents"]):
        # Its rows refer to a document that isn't there, since no one can know that they mean this one.
        assert {code for table, _, code in found if table != "documents"} == {"reference"}
        found = {one for one in found if one[0] == "documents"}
    assert found == case.refused
    broken = [json.loads(r.observed or "") for r in harmed.verdict.results if r.unexpected_count and r.expectation == case.rule]
    if case.refused:
        assert {refused.reason for _, _, refused in own} & {observed["meaning"] for observed in broken}
    else:
        assert any(f"{number:020x}" in example.split() for observed in broken for example in observed["examples"])


def test_nothing_is_refused_twice_and_the_tolerance_of_one_lets_the_run_pass(harmed: Judged) -> None:
    assert len(_found(harmed)) == len(harmed.verdict.rejected)
    assert not harmed.verdict.blocked
    assert all(r.success for r in harmed.verdict.results if r.severity == "critical")
    assert {r.severity for r in harmed.verdict.results if not r.success} == {"warning", "info"}


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


@pytest.mark.parametrize(
    ("count", "wrong", "tolerance", "blocked"),
    [(40, 2, 0.05, False), (40, 3, 0.05, True), (5, 1, 0.05, False), (5, 2, 0.05, True), (40, 1, 0.0, True)],
    ids=["within", "beyond", "one of a few", "several of a few", "no tolerance"],
)
def test_too_many_wrong_rows_hold_the_run_back(
    gazetteer: Path, tmp_path: Path, count: int, wrong: int, tolerance: float, blocked: bool
) -> None:
    verdict = validate(stage(tmp_path, few(count, wrong)), "r1", units=gazetteer, tolerance=tolerance)
    assert (verdict.blocked, len(verdict.rejected)) == (blocked, wrong)
    failed = [(r.table_name, r.column_name, r.expectation) for r in verdict.results if not r.success]
    assert failed == ([("dates", None, FEW_REFUSED), ("dates", "grain", IN_SET)] if blocked else [])
    if blocked:
        assert verdict.message is not None and "\n" not in verdict.message
        assert verdict.message.startswith(f"{wrong} of {count} rows of dates break the rule that grain is a code of the list")


def test_rules_that_each_are_broken_seldom_hold_the_run_back_together(gazetteer: Path, tmp_path: Path) -> None:
    documents = few(40, 2)
    for number in (3, 4):
        documents[number]["dates"][0]["surface"] = "05/4/2025"
    documents[5]["dates"][0]["date_to"] = date(2023, 1, 1)
    verdict = validate(stage(tmp_path, documents), "r1", units=gazetteer)
    assert [(r.expectation, r.unexpected_count) for r in verdict.results if not r.success] == [(FEW_REFUSED, 5)]
    assert verdict.blocked and verdict.message == "5 of 40 rows of dates break some rule (at most 5% may)"
    assert not validate(stage(tmp_path / "more", documents), "r1", units=gazetteer, tolerance=0.125).blocked


def test_a_table_without_rows_passes_and_one_without_files_too(gazetteer: Path, tmp_path: Path) -> None:
    staged = stage(tmp_path, few(2, 0))
    staged["figures"] = []
    verdict = validate(staged, "r1", units=gazetteer)
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
def test_columns_other_than_declared_block(
    gazetteer: Path, tmp_path: Path, harm: Callable[[pa.Table], pa.Table], told: str
) -> None:
    staged = stage(tmp_path, [document(0), document(1)])
    wrong = pa.Table.from_pylist(document(1)["dates"], arrow_schema(tables.DATES))
    write_table(staged["dates"][1], harm(wrong))
    verdict = validate(staged, "r1", units=gazetteer)
    assert verdict.blocked and told in (verdict.message or "") and "dates" in (verdict.message or "")
    assert [(r.table_name, r.success) for r in verdict.results] == [("dates", False)]


def test_what_an_earlier_stage_refused_leaves_no_orphans(gazetteer: Path, tmp_path: Path) -> None:
    documents = few(3, 0)
    staged = stage(tmp_path, documents)
    write_table(staged["documents"][0], arrow_schema(tables.DOCUMENTS).empty_table())
    write_table(staged["dates"][0], arrow_schema(tables.DATES).empty_table())
    assert (
        validate(staged, "r1", units=gazetteer).message
        == "3 of 9 rows of blocks break the rule that a row belongs to a document of its batch (doc_id) (at most 5% may)"
    )
    write_table(
        staged["documents"][0].with_name("refused.parquet"), pa.table({"doc_id": [documents[0]["documents"][0]["doc_id"]]})
    )
    verdict = validate(staged, "r1", units=gazetteer)
    assert (verdict.blocked, verdict.rejected) == (False, [])


def test_a_warning_is_told_and_refuses_nothing(gazetteer: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    select = "SELECT r.filename AS file, r.file_row_number AS file_row FROM dates r WHERE length(r.surface) > 3"
    warning = rules.Rule("dates", "long", "range", "a date is short", "ngày thì ngắn", select, Severity.WARNING)
    real = rules.rules
    monkeypatch.setattr(rules, "rules", lambda table: [*real(table), *([warning] if table is tables.DATES else [])])
    verdict = validate(stage(tmp_path, few(3, 0)), "r1", units=gazetteer)
    assert (verdict.blocked, verdict.rejected) == (False, [])
    assert [(r.expectation, r.severity, r.unexpected_count) for r in verdict.results if not r.success] == [("long", "warning", 3)]


def test_a_held_back_run_shows_some_of_the_evidence(gazetteer: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("warehouse.validate._EVIDENCE", 3)
    verdict = validate(stage(tmp_path, few(20, 20)), "r1", units=gazetteer)
    assert verdict.blocked and len(verdict.rejected) == 3
    assert [r.unexpected_count for r in verdict.results if not r.success] == [20, 20]


def test_the_verdict_does_not_depend_on_how_rows_are_spread_over_files(harmed: Judged, gazetteer: Path, tmp_path: Path) -> None:
    again = validate(stage(tmp_path, harmed.documents[::-1]), "r1", units=gazetteer, tolerance=1.0)

    def counts(verdict: Verdict) -> list[tuple[Any, ...]]:
        return [(r.table_name, r.column_name, r.expectation, r.unexpected_count) for r in verdict.results]

    assert counts(again) == counts(harmed.verdict)
    assert sorted((r.table, r.doc_id or "", r.reason_code) for r in again.rejected) == sorted(
        (r.table, r.doc_id or "", r.reason_code) for r in harmed.verdict.rejected
    )
