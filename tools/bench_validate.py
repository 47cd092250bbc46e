"""What validation costs: ``python -m tools.bench_validate [JSON] [--rows N]`` (``make bench-validate``).

A million rows of facts, all good and then with one in a hundred wrong, judged as a run judges them, in a process of its own that
has Great Expectations loaded already. Prints wall and processor time, the most memory, and what each table's expectations and
each rule took; writes the same as JSON. Judges nothing.
"""

from __future__ import annotations

import argparse
import json
import multiprocessing
import resource
import statistics
import tempfile
import time
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pyarrow as pa
import pyarrow.compute as pc
import pyarrow.parquet as pq

from schemas import tables
from schemas.render import arrow_schema
from schemas.render import expectations as expectations_of
from tests.harm import document
from transforms import units
from transforms.tabulate import to_arrow
from warehouse.parquet import write_batches, write_table

CHUNK = 5_000  # documents written at once


def _copies(table: Any, first: int, count: int) -> pa.RecordBatch:
    """The rows of the model document, for so many documents with numbers of their own."""
    rows = document(0)[table.name]
    model = pa.Table.from_pylist(rows, arrow_schema(table))
    many = model.take(pa.array([n for _ in range(count) for n in range(len(rows))]))
    ids = pa.array([f"{first + number:020x}" for number in range(count) for _ in rows])
    at = many.schema.get_field_index("doc_id")
    many = many.set_column(at, many.schema.field(at), ids).combine_chunks()
    return many.to_batches()[0] if count else many.schema.empty_table().to_batches()[0]


def stage(folder: Path, documents: int, wrong_every: int | None) -> dict[str, list[Path]]:
    """Staged files of so many documents; every n-th row of facts ends in the wrong place where that is given."""
    staged = {}
    for table in tables.PER_DOCUMENT:

        def batches(table: Any = table) -> Iterator[pa.RecordBatch]:
            for first in range(0, documents, CHUNK):
                batch = _copies(table, first, min(CHUNK, documents - first))
                if wrong_every and table.name not in ("documents", "blocks"):
                    shift = pa.array([int(n % wrong_every == 0) for n in range(batch.num_rows)], pa.int32())
                    at = batch.schema.get_field_index("end_char")
                    batch = batch.set_column(at, batch.schema.field(at), pc.add(batch.column(at), shift))
                yield batch

        path = folder / f"{table.name}.parquet"
        write_batches(path, arrow_schema(table), batches())
        staged[table.name] = [path]
    return staged


def _timed(staged: dict[str, list[Path]], gazetteer: Path, repeat: int, sent: Any) -> None:
    from warehouse import validate as validation

    validation.warm_up()
    found: dict[str, Any] = {"wall": [], "cpu": []}
    for _ in range(repeat):
        costs: dict[str, float] = {}
        begun, used = time.perf_counter(), time.process_time()
        verdict = validation.validate(staged, "bench", units=gazetteer, memory_limit="512MB", tolerance=1.0, costs=costs)
        found["wall"].append(round(time.perf_counter() - begun, 3))
        found["cpu"].append(round(time.process_time() - used, 3))
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
    found |= {"peak_mb": round(peak), "rejected": len(verdict.rejected), "costs": costs}
    sent.put(found | {"alone": _alone(staged, gazetteer)})


def _alone(staged: dict[str, list[Path]], gazetteer: Path) -> dict[str, float]:
    """What each expectation and each rule takes by itself."""
    from warehouse import expectations, judging, rules
    from warehouse.parquet import connect
    from warehouse.validate import _judge

    costs: dict[str, float] = {}
    with connect(memory_limit="512MB") as con:
        judging.prepare(con, staged, gazetteer)
        for table in tables.PER_DOCUMENT:
            for one in expectations_of(table):
                begun = time.perf_counter()
                for batch in expectations._batches(con, table, expectations._columns([one])):
                    _judge().broken(batch.drop_columns(["file", "file_row"]).to_pandas(), f"{table.name} {one}", [one])
                costs[f"{table.name}: {one.type} {one.column}"] = time.perf_counter() - begun
            for rule in rules.rules(table):
                begun = time.perf_counter()
                con.execute(f"SELECT count(*) FROM ({rule.violations})").fetchall()
                costs[f"{table.name}: {rule.name} {rule.column or ''}".rstrip()] = time.perf_counter() - begun
    return costs


def measure(staged: dict[str, list[Path]], gazetteer: Path, repeat: int) -> dict[str, Any]:
    context = multiprocessing.get_context("spawn")
    queue = context.Queue()
    process = context.Process(target=_timed, args=(staged, gazetteer, repeat, queue))
    process.start()
    found: dict[str, Any] = queue.get()
    process.join()
    return found


def _table(title: str, costs: dict[str, float]) -> None:
    print(f"\n{title}")
    for cost, seconds in sorted(costs.items(), key=lambda item: -item[1]):
        print(f"  {cost:<90}{seconds:>8.3f} s")


def main() -> None:
    parser = argparse.ArgumentParser(description="What validation costs.")
    parser.add_argument("json", nargs="?", type=Path)
    parser.add_argument("--rows", type=int, default=1_000_000, help="rows of facts")
    parser.add_argument("--repeat", type=int, default=3, help="times that it is judged")
    options = parser.parse_args()
    each = sum(len(rows) for name, rows in document(0).items() if name not in ("documents", "blocks"))
    documents = -(-options.rows // each)
    found: dict[str, Any] = {"rows": documents * each, "documents": documents}
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        gazetteer = folder / "units.parquet"
        write_table(gazetteer, to_arrow(tables.UNITS, units.gazetteer()))
        for label, wrong in (("all good", None), ("1 % wrong", 100)):
            staged = stage(folder / label.split()[0], documents, wrong)
            rows = sum(pq.read_metadata(path).num_rows for files in staged.values() for path in files)
            one = found[label] = measure(staged, gazetteer, options.repeat)
            print(f"{label}: {found['rows']:,} rows of facts, {rows:,} with documents and blocks, {one['rejected']:,} rejected")
            for what, unit in (("wall", "s"), ("cpu", "s of processors")):
                print(f"  {statistics.median(one[what]):.2f} {unit} ({', '.join(f'{seconds:.2f}' for seconds in one[what])})")
            print(f"  {one['peak_mb']:,} MB at most, Great Expectations included")
    _table("what each part took, all good (DuckDB works beside Great Expectations)", found["all good"]["costs"])
    _table("the same with 1 % wrong", found["1 % wrong"]["costs"])
    _table("each expectation and each rule, asked alone, all good", found["all good"]["alone"])
    if options.json:
        options.json.parent.mkdir(parents=True, exist_ok=True)
        options.json.write_text(json.dumps(found, indent=1) + "\n", encoding="utf-8")


if __name__ == "__main__":
    main()
