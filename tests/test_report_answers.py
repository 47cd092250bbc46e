"""Reports must not say more than their rows hold: dates known only to a year, first places nobody can tell, rounded numbers."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, datetime
from typing import Any

import duckdb
import pytest

from schemas import tables
from schemas.render import sql_type
from warehouse import reports
from warehouse.catalog import COPIES

YEAR = {"dated_from": date(2019, 1, 1), "dated_to": date(2019, 12, 31), "dated_by": "period"}
DAY = {"dated_from": date(2019, 5, 20), "dated_to": date(2019, 5, 20), "dated_by": "event"}
HERE = {"province_code": "20", "province_code_set": "2024", "province_code_now": "20", "province_name_now": "Lạng Sơn"}


class Told:
    """A catalog of which the rows are given, so that a test needs no rule of extraction."""

    def __init__(self, con: duckdb.DuckDBPyConnection) -> None:
        self._con = con
        con.execute("CREATE SCHEMA history")
        for table in (*tables.HISTORY, *tables.JOURNAL):
            columns = (*table.columns, COPIES) if table is tables.DOCUMENTS else table.columns
            declared = ", ".join(f'"{c.name}" {sql_type(c)}' for c in columns)
            con.execute(f"CREATE TABLE history.{table.name} ({declared})")
            con.execute(f"CREATE VIEW main.{table.name} AS FROM history.{table.name}")
        for statement in reports.statements():
            con.execute(statement)
        self.add("units", code="20", code_set="2025", level="province", name="Lạng Sơn", full_name="tỉnh Lạng Sơn")

    def add(self, table: str, **row: Any) -> None:
        names = ", ".join(f'"{name}"' for name in row)
        self._con.execute(f"INSERT INTO history.{table} ({names}) VALUES ({', '.join('?' * len(row))})", list(row.values()))

    def ask(self, query: str) -> list[tuple[Any, ...]]:
        return self._con.execute(query).fetchall()


@pytest.fixture
def told() -> Iterator[Told]:
    with duckdb.connect() as con:
        yield Told(con)


def test_a_year_is_no_day_in_january(told: Told) -> None:
    told.add("documents", doc_id="a", **YEAR, **HERE)
    told.add("documents", doc_id="b", **DAY, **HERE)
    for doc_id in "ab":
        told.add("events", doc_id=doc_id, event_no=0, start_char=0, end_char=5, kind="trao tặng")
    assert told.ask("SELECT month::VARCHAR, events FROM activity_by_province") == [("2019-05-01", 1), (None, 1)]
    assert told.ask("SELECT doc_id, held_from::VARCHAR FROM agreements_and_gifts ORDER BY doc_id") == [
        ("a", None),
        ("b", "2019-05-20"),
    ]
    gaps = "SELECT documents, longest_gap_days, sources FROM coverage_gaps('{}') WHERE province_code_now = '20'"
    assert told.ask(gaps.format("2019")) == [(2, 225, ["a", "b"])]  # from 21 May to the end
    assert told.ask(gaps.format("2019-01")) == [(0, 31, [])]
    assert told.ask(gaps.format("2019-05")) == [(1, 19, ["b"])]


def test_people_are_dated_by_what_is_known_to_the_half_year(told: Told) -> None:
    for doc_id, known in (("a", YEAR), ("b", DAY)):
        told.add("documents", doc_id=doc_id, **known, **HERE)
        told.add(
            "positions", doc_id=doc_id, row_no=0, start_char=0, end_char=9, surface="Giám đốc Sở Y tế", person="Lộc Thị Đào",
            title="Giám đốc", organisation="Sở Y tế", as_of_from=known["dated_from"], as_of_to=known["dated_to"],
        )  # fmt: skip
    assert told.ask("SELECT doc_id, day::VARCHAR, day_to::VARCHAR FROM person_timeline('loc thi dao')") == [
        ("b", "2019-05-20", "2019-05-20"),
        ("a", None, None),
    ]
    assert told.ask("SELECT doc_id, attested_on::VARCHAR FROM office_holders('2020-06-30')") == [("b", "2019-05-20")]


def test_one_name_in_one_office_is_one_person(told: Told) -> None:
    for doc_id, person_id, day in (("a", "lộc thị đào@20", date(2019, 5, 20)), ("b", "lộc thị đào@TW", date(2019, 6, 1))):
        told.add("documents", doc_id=doc_id, dated_from=day, dated_to=day, dated_by="event")
        told.add(
            "positions", doc_id=doc_id, row_no=0, start_char=0, end_char=9, person="Lộc Thị Đào", person_id=person_id,
            title="Bộ trưởng", organisation="Bộ Y tế", body_id="bộ y tế@TW", as_of_from=day, as_of_to=day,
        )  # fmt: skip
    assert told.ask("SELECT doc_id, later_holder FROM office_holders('2020-01-01')") == [("b", None)]


def test_stories_dated_to_a_year_come_last_in_a_trail(told: Told) -> None:
    for doc_id, known in (("a", YEAR), ("b", DAY)):
        told.add("documents", doc_id=doc_id, **known)
        told.add("citations", doc_id=doc_id, row_no=0, start_char=0, end_char=9, key="5-NQ/TU", kind="nghị quyết")
        told.add("statements", doc_id=doc_id, sentence_no=0, start_char=0, end_char=20, surface="Còn chậm.", kind="limitation")
    assert told.ask("SELECT doc_id FROM document_trail('05-nq/tu')") == [("b",), ("a",)]
    assert told.ask("SELECT doc_id, dated_to::VARCHAR FROM limitations") == [("b", "2019-05-20"), ("a", "2019-12-31")]


def test_a_task_of_which_nobody_could_tell_comes_last(told: Told) -> None:
    days = {"a": date(2019, 5, 20), "b": date(2019, 1, 7), "c": date(2019, 9, 1)}
    for doc_id, day in days.items():
        place = HERE if doc_id != "c" else HERE | {"province_code_now": "22", "province_name_now": "Quảng Ninh"}
        told.add("documents", doc_id=doc_id, dated_from=day, dated_to=day, dated_by="event", **place)
    told.add("documents", doc_id="y", **YEAR, **HERE)
    task = {"sentence_no": 0, "start_char": 0, "end_char": 10, "surface": "Phải xong.", "kind": "task", "topic": "health"}
    for doc_id in (*days, "y"):
        told.add("statements", doc_id=doc_id, **task)
    found = told.ask("SELECT doc_id, later_documents FROM task_followup")
    assert found == [("b", 1), ("a", 0), ("c", 0)]


@pytest.mark.parametrize(
    ("printed", "first"),
    [
        ([("2019-05-20 08:00", "minute"), ("2019-05-20 09:30", "minute")], "a"),
        ([("2019-05-20 00:00", "day"), ("2019-05-20 09:30", "minute")], None),
        ([("2019-05-20 00:00", "day"), ("2019-05-21 00:00", "day")], "a"),
        ([("2019-05-20 08:00", "minute"), ("2019-05-20 08:00", "minute")], None),
        ([("2019-05-20 08:00", "minute"), (None, None)], "a"),
        ([(None, None), (None, None)], None),
    ],
)
def test_who_had_a_story_first_is_told_only_where_it_is_known(
    printed: list[tuple[str | None, str | None]], first: str | None, told: Told
) -> None:
    for doc_id, (at, precision) in zip("ab", printed, strict=True):
        moment = at and datetime.fromisoformat(at)
        dated = {"published_at": moment, "published_precision": precision}
        told.add("documents", doc_id=doc_id, source_name=f"source {doc_id}", title="Tin", **dated)
        told.add("duplicates", doc_id=doc_id, cluster_id="k", similarity=1.0, method="exact")
    source = first and f"source {first}"
    found = told.ask("SELECT first_doc_id, first_source, title, documents, carriers FROM duplicates_across_sources")
    assert found == [(first, source, "Tin", 2, 2)]


@pytest.mark.parametrize(
    ("total", "parts", "verdict"),
    [
        (("exact", 500, None), [("exact", 300), ("exact", 220)], "more"),
        (("nearly", 500, None), [("exact", 300), ("over", 220)], "more"),
        (("over", 500, None), [("exact", 300), ("exact", 220)], "rounded"),
        (("exact", 500, None), [("about", 300), ("exact", 220)], "rounded"),
        (("exact", 500, 600), [("exact", 300), ("exact", 220)], "less"),
        (("about", 520, None), [("exact", 300), ("exact", 220)], "equal"),
    ],
)
def test_parts_exceed_a_total_only_where_the_numbers_are_exact_enough(
    total: tuple[str, float, float | None], parts: list[tuple[str, float]], verdict: str, told: Told
) -> None:
    told.add("documents", doc_id="a", **DAY)
    qualifier, value, value_to = total
    given = {"qualifier": qualifier, "value": value, "value_to": value_to}
    told.add("figures", doc_id="a", row_no=0, start_char=0, end_char=3, unit="suất", **given)
    for row_no, (kind, share) in enumerate(parts, 1):
        told.add(
            "figures", doc_id="a", row_no=row_no, start_char=row_no * 10, end_char=row_no * 10 + 3, qualifier=kind, value=share,
            unit="suất", part_of=0,
        )  # fmt: skip
    assert told.ask("SELECT verdict FROM part_checks") == [(verdict,)]


def test_what_one_story_gives_two_values_for_is_no_conflict(told: Told) -> None:
    told.add("units", code="20", code_set="2024", level="province", name="Lạng Sơn", successor_code="20")
    period = {"period_from": date(2019, 1, 1), "period_to": date(2019, 6, 30)}

    def count(doc_id: str, row_no: int, what: str, value: float) -> None:
        told.add(
            "figures", doc_id=doc_id, row_no=row_no, start_char=row_no * 10, end_char=row_no * 10 + 3, qualifier="exact",
            value=value, unit=what.split()[0], what=what, **period,
        )  # fmt: skip

    for doc_id in "ab":
        told.add("documents", doc_id=doc_id, **DAY, **HERE)
    count("a", 0, "dự án", 4)
    count("a", 1, "dự án", 6)
    count("b", 0, "dự án", 80)
    count("a", 2, "lớp tập huấn", 12)
    count("b", 2, "lớp tập huấn", 15)
    assert told.ask('SELECT counted, "values" FROM conflicting_figures') == [("lớp tập huấn", [12.0, 15.0])]


def test_a_source_is_as_fresh_as_the_newest_day_that_can_be_trusted(told: Told) -> None:
    told.add("runs", run_id="r", started_at=datetime(2019, 8, 1, 5), status="completed")
    told.add("sightings", source_name="báo", source_uri="a", doc_id="a", first_run_id="r", last_run_id="r")
    told.add("documents", doc_id="a", source_name="báo", **DAY)
    told.add("documents", doc_id="b", source_name="báo", **YEAR | {"dated_to": date(2035, 1, 1)})
    told.add("documents", doc_id="c", source_name="báo", **DAY | {"dated_from": date(2035, 1, 1)})
    found = told.ask("SELECT newest::VARCHAR, days_behind_last_run, sources[1] FROM source_health")
    assert found == [("2019-05-20", 73, "a")]
