"""A warehouse of three thousand real articles: every span true, keys unique, references whole, in SQL (``make corpus``)."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import duckdb
import pytest

from schemas import tables
from schemas.model import Table
from tests.conftest import CLOCK, Runner

pytestmark = [pytest.mark.corpus, pytest.mark.xdist_group("corpus")]


@pytest.fixture(scope="module")
def corpus(run: Runner, shared: Path, tmp_path_factory: pytest.TempPathFactory) -> Any:
    root = tmp_path_factory.mktemp("corpus") / "warehouse"
    outcome = run(shared / "corpus" / "articles.jsonl.gz", warehouse=root, clock=CLOCK)
    assert outcome.run.documents_seen == 3000
    assert outcome.run.documents_new + outcome.run.documents_quarantined == 3000
    con = duckdb.connect(str(root / "khobao.duckdb"), read_only=True)
    yield con
    con.close()


def count(con: duckdb.DuckDBPyConnection, query: str) -> int:
    return int(con.execute(f"SELECT count(*) FROM ({query})").fetchall()[0][0])


@pytest.mark.parametrize("table", tables.PER_DOCUMENT, ids=lambda t: t.name)
def test_keys_are_unique_and_never_null(corpus: duckdb.DuckDBPyConnection, table: Table) -> None:
    key = ", ".join(f'"{name}"' for name in table.key)
    assert count(corpus, f"SELECT {key} FROM history.{table.name} GROUP BY ALL HAVING count(*) > 1") == 0
    for name in table.key:
        assert count(corpus, f'SELECT 1 FROM history.{table.name} WHERE "{name}" IS NULL') == 0


@pytest.mark.parametrize("table", [t for t in tables.PER_DOCUMENT if t.has_span], ids=lambda t: t.name)
def test_every_span_is_true(corpus: duckdb.DuckDBPyConnection, table: Table) -> None:
    false = f"""SELECT 1 FROM history.{table.name} r LEFT JOIN history.documents d USING (doc_id)
        WHERE r.surface IS DISTINCT FROM substr(d.text, r.start_char + 1, r.end_char - r.start_char) OR r.surface = ''"""
    assert count(corpus, false) == 0
    assert count(corpus, f"SELECT 1 FROM history.{table.name}") > 100


@pytest.mark.parametrize("table", [t for t in tables.PER_DOCUMENT if t.references], ids=lambda t: t.name)
def test_references_are_whole(corpus: duckdb.DuckDBPyConnection, table: Table) -> None:
    for reference in table.references:
        own = " AND ".join(f'r."{a}" = t."{b}"' for a, b in zip(reference.columns, reference.target_columns, strict=True))
        given = " AND ".join(f'r."{name}" IS NOT NULL' for name in reference.columns)
        orphans = f"""SELECT 1 FROM history.{table.name} r WHERE {given}
            AND NOT EXISTS (SELECT 1 FROM history.{reference.target} t WHERE {own})"""
        assert count(corpus, orphans) == 0, reference


def test_participants_are_people_or_bodies_of_their_document(corpus: duckdb.DuckDBPyConnection) -> None:
    unknown = """SELECT 1 FROM history.participants r WHERE CASE WHEN is_person
        THEN NOT EXISTS (SELECT 1 FROM history.people p WHERE p.doc_id = r.doc_id AND p.name = r.participant)
        ELSE NOT EXISTS (SELECT 1 FROM history.organisations o WHERE o.doc_id = r.doc_id AND o.name = r.participant) END"""
    assert count(corpus, unknown) == 0


def test_nothing_was_rejected_by_validation(corpus: duckdb.DuckDBPyConnection) -> None:
    rows = corpus.execute(
        "SELECT table_name, reason_code, count(*) FROM quarantine WHERE stage <> 'clean' GROUP BY ALL"
    ).fetchall()
    assert rows == []
