"""Twenty good batches of different kinds: validation refuses no row of any, and holds none back."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date, datetime
from pathlib import Path

import pyarrow as pa
import pytest

from schemas import codes, tables
from schemas.render import arrow_schema
from tests.harm import TEXT, Rows, document, few, put, stage
from warehouse.parquet import write_table
from warehouse.validate import validate

pytestmark = pytest.mark.xdist_group("validation")

Batch = list[Rows]


def changed(*harms: Callable[[Rows], object], count: int = 2) -> Batch:
    batch = [document(number) for number in range(count)]
    for rows in batch:
        for change in harms:
            change(rows)
    return batch


def without(*names: str) -> Callable[[Rows], object]:
    return lambda rows: [rows[name].clear() for name in names]


def bare() -> Batch:
    """Every optional value is unknown."""
    batch = changed()
    for rows in batch:
        for table in tables.PER_DOCUMENT:
            for row in rows[table.name]:
                for column in table.columns:
                    if not column.required and column.name not in ("start_char", "end_char"):
                        row.pop(column.name, None)
    return batch


def longer(before: str) -> Callable[[Rows], object]:
    """The same facts, further down in a longer text that begins with a line of its own."""

    def change(rows: Rows) -> None:
        shift = len(before) + 1
        for table in tables.PER_DOCUMENT:
            for row in rows[table.name]:
                if row.get("start_char") is not None:
                    row["start_char"] += shift
                    row["end_char"] += shift
        for block in rows["blocks"]:
            block.update(block_no=block["block_no"] + 1, raw_start=block["raw_start"] + shift, raw_end=block["raw_end"] + shift)
        rows["blocks"].append({**rows["blocks"][1], "block_no": 0, "raw_text": before, "start_char": 0, "raw_start": 0})
        rows["blocks"][-1].update(end_char=len(before), raw_end=len(before))
        text = f"{before}\n{TEXT}"
        rows["documents"][0].update(text=text, word_count=len(text.split()))

    return change


def encodings() -> Batch:
    batch = []
    for number, encoding in enumerate(codes.ENCODINGS.values):
        rows = document(number)
        rows["documents"][0].update(encoding=encoding, repairs=["legacy_encoding"])
        batch.append(rows)
    return batch


BATCHES: dict[str, Callable[[], Batch]] = {
    "one document": lambda: changed(count=1),
    "several documents": lambda: changed(count=5),
    "many documents": lambda: few(200, 0),
    "no facts at all": lambda: changed(without(*(table.name for table in tables.FACTS))),
    "sentences without anything else": lambda: changed(without(*(t.name for t in tables.FACTS if t.name != "statements"))),
    "nothing but what must be known": bare,
    "every encoding": encodings,
    "every repair": lambda: changed(put("documents", repairs=list(codes.REPAIRS.values))),
    "a very long text": lambda: changed(longer("Bà con trồng lúa nếp trên đất cao." * 5_000)),
    "letters of other scripts": lambda: changed(longer("Ông 김민준 và bà Мария gặp nhau 🙂 ở Lào Cai.")),
    "dates of long ago": lambda: changed(put("dates", date_from=date(1930, 2, 3), date_to=date(1930, 2, 3))),
    "dates far ahead": lambda: changed(put("dates", grain="year", date_from=date(2050, 1, 1), date_to=date(2050, 12, 31))),
    "a unit of the codes of 2025": lambda: changed(put("places", name="Lào Cai", code="15", code_set="2025")),
    "published to the minute": lambda: changed(
        put("documents", published_at=datetime(2024, 4, 6, 7, 30), published_precision="minute", dated_by="printed")
    ),
    "a page of another language": lambda: changed(put("documents", language="en", media_type="text/html")),
    "no province told": lambda: changed(
        put("documents", province_code=None, province_name=None, province_code_set=None, province_by=None)
    ),
    "ranges, falls and losses": lambda: changed(
        put("figures", 2, value=-3.5, value_to=1e12, qualifier="about", measure="change", direction="down")
    ),
    "two events": lambda: changed(
        lambda rows: rows["events"].append({**rows["events"][0], "event_no": 1, "kind": "kỳ họp", "held_from": None})
    ),
    "several authors and none": lambda: changed(put("documents", byline=["Vàng A Páo", "Lò Thị Mây", "Y Dhăm Mlô"])),
    "copies of one text": lambda: [document(0), document(7), document(9)],
    "a block of every role": lambda: changed(
        lambda rows: rows["blocks"].extend(
            {**rows["blocks"][2], "block_no": 3 + n, "role": role, "raw_start": 408 + n, "raw_end": 409 + n}
            for n, role in enumerate(codes.BLOCK_ROLES.values)
        )
    ),
}


@pytest.fixture(scope="module")
def two_sets(tmp_path_factory: pytest.TempPathFactory) -> Path:
    path = tmp_path_factory.mktemp("gazetteer") / "units.parquet"
    units = [
        {"code": code, "code_set": code_set, "level": "province", "name": "Lào Cai", "full_name": "tỉnh Lào Cai"}
        for code, code_set in (("10", "2024"), ("15", "2025"))
    ]
    write_table(path, pa.Table.from_pylist(units, arrow_schema(tables.UNITS)))
    return path


@pytest.mark.parametrize("make", BATCHES.values(), ids=[name.replace(" ", "_") for name in BATCHES])
def test_a_good_batch_is_accepted_whole(make: Callable[[], Batch], two_sets: Path, tmp_path: Path) -> None:
    batch = make()
    verdict = validate(stage(tmp_path, batch), "r1", units=two_sets, tolerance=0.0)
    assert [(r.table, r.reason, r.payload[:200]) for r in verdict.rejected] == []
    assert not verdict.blocked
    assert [(r.table_name, r.expectation) for r in verdict.results if not r.success and r.severity != "info"] == []
    counted = {r.table_name: r.element_count for r in verdict.results}
    assert counted == {table.name: sum(len(rows[table.name]) for rows in batch) for table in tables.PER_DOCUMENT}
