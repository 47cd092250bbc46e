"""The design, checked: what every extractor must have, what every table must say, what may not happen where."""

from __future__ import annotations

import ast
import subprocess
import sys
from pathlib import Path

import pytest

from schemas import tables
from schemas.model import Table
from schemas.render import arrow_schema, dictionary, expectations
from transforms.document import Facts
from transforms.extract import EXTRACTORS

ROOT = Path(__file__).resolve().parent.parent
ROOMS = ("schemas", "transforms", "warehouse", "flows")


def test_every_fact_table_has_an_extractor_a_place_in_facts_and_cases() -> None:
    wanted = {table.name for table in tables.FACTS}
    assert {name for name, _ in EXTRACTORS} == wanted
    assert wanted <= set(Facts.__dataclass_fields__)
    missing = [name for name in sorted(wanted) if not (ROOT / "tests" / "cases" / f"{name}.json").exists()]
    assert missing == [], "tables without tests/cases/NAME.json"


@pytest.mark.parametrize("table", tables.TABLES, ids=lambda t: t.name)
def test_every_table_is_whole(table: Table) -> None:
    assert set(table.key) <= set(table.names)
    assert len(set(table.names)) == len(table.names)
    assert all(column.meaning for column in table.columns)
    assert arrow_schema(table).names == list(table.names)
    for reference in table.references:
        target = tables.BY_NAME[reference.target]
        assert set(reference.columns) <= set(table.names)
        assert set(reference.target_columns) <= set(target.names)
    checked = {e.column for e in expectations(table) if e.type == "expect_column_values_to_not_be_null"}
    assert checked == {column.name for column in table.columns if column.required}


def test_the_data_dictionary_is_up_to_date() -> None:
    written = (ROOT / "docs" / "data_dictionary.md").read_text(encoding="utf-8")
    assert written == dictionary(tables.TABLES) + "\n", "run `make docs`"


@pytest.mark.parametrize("room", ROOMS)
def test_modules_are_small_and_say_what_they_are(room: str) -> None:
    for path in sorted((ROOT / room).rglob("*.py")):
        source = path.read_text(encoding="utf-8")
        assert ast.get_docstring(ast.parse(source)), f"{path.relative_to(ROOT)} has no docstring"
        assert source.count("\n") <= 400, f"{path.relative_to(ROOT)} is longer than 400 lines"
        assert path.stem not in {"utils", "helpers", "common", "base", "manager"}


@pytest.mark.parametrize("arguments", (["--help"], ["--version"]))
def test_light_commands_load_nothing_heavy(arguments: list[str]) -> None:
    code = (
        "import sys; from flows.cli import main\n"
        f"try: main({arguments!r})\nexcept SystemExit: pass\n"
        "heavy = ('prefect', 'great_expectations', 'pandas', 'duckdb', 'pyarrow')\n"
        "print([m for m in heavy if m in sys.modules], file=sys.stderr)"
    )
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, cwd=ROOT, check=True)
    assert done.stderr.strip() == "[]"


def test_a_query_loads_neither_prefect_nor_great_expectations(warehouse: Path) -> None:
    code = (
        "import sys; from flows.cli import main\n"
        f"main(['sql', 'select 1', '--warehouse', {str(warehouse)!r}]); main(['status', '--warehouse', {str(warehouse)!r}])\n"
        "print([m for m in ('prefect', 'great_expectations', 'pandas') if m in sys.modules], file=sys.stderr)"
    )
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, cwd=ROOT, check=True)
    assert done.stderr.strip() == "[]"
