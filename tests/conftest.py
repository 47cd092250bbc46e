"""Fixtures that more than one test module uses."""

from __future__ import annotations

import os
import signal
from collections.abc import Callable, Iterator
from datetime import datetime
from pathlib import Path

import hypothesis
import pyarrow as pa
import pytest

from flows.engine import Inline
from flows.progress import Silent
from flows.record import Outcome
from flows.run import execute
from flows.settings import Settings
from schemas import tables
from schemas.render import arrow_schema
from tests.browser import Browser, chromium
from tests.harm import CASES, Judged, document, stage
from warehouse.layout import Layout
from warehouse.parquet import write_table
from warehouse.validate import Verdict, validate

ROOT = Path(__file__).resolve().parent.parent
SHARED = ROOT.parent / "shared"
CLOCK = datetime(2026, 1, 2, 3, 4, 5)

os.environ["KHOBAO_DEBUG"] = "1"  # unexpected errors show where, in tests

# A shell that starts tests in the background has them, and all that they start, ignore Ctrl-C, which some of them press.
if signal.getsignal(signal.SIGINT) is signal.SIG_IGN:
    signal.signal(signal.SIGINT, signal.default_int_handler)

# What a property says doesn't depend on how busy the machine is.
hypothesis.settings.register_profile("untimed", deadline=None)
hypothesis.settings.load_profile("untimed")


@pytest.fixture(scope="session")
def shared() -> Path:
    """The folder of real texts beside the project; tests that need it are skipped where it is absent."""
    if not (SHARED / "samples").is_dir():
        pytest.skip("needs the real texts in ../shared, which a fresh clone does not have")
    return SHARED


@pytest.fixture(scope="session")
def samples() -> Path:
    return ROOT / "samples" / "news"


Runner = Callable[..., Outcome]


@pytest.fixture(scope="session")
def run() -> Runner:
    """``run(source…, warehouse=…, **settings)``: a run in this process, without Prefect, with a fixed clock."""

    def carry_out(*sources: Path | str, warehouse: Path, **more: object) -> Outcome:
        settings = {"clock": CLOCK, **more}
        return execute(Settings(tuple(map(str, sources)), warehouse, **settings), Inline(), Silent())  # type: ignore[arg-type]

    return carry_out


@pytest.fixture
def quick() -> Iterator[None]:
    """Runs whose rows are not judged one by one: nothing is wrong with them, and that takes most of a small run's time."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr("flows.run.validate", lambda *_, **__: Verdict([], [], False, None))
        yield


@pytest.fixture(scope="session")
def warehouse(run: Runner, samples: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A warehouse of the project's own samples. Read-only: tests that write make their own."""
    root = tmp_path_factory.mktemp("samples") / "warehouse"
    run(samples, warehouse=root)
    return root


@pytest.fixture(scope="session")
def told(tmp_path_factory: pytest.TempPathFactory) -> Layout:
    """A warehouse of both folders of samples, as the golden results and the questions have it. Read-only."""
    from tools.golden import build

    return build(tmp_path_factory.mktemp("told") / "warehouse")


@pytest.fixture(scope="session")
def gazetteer(tmp_path_factory: pytest.TempPathFactory) -> Path:
    path = tmp_path_factory.mktemp("gazetteer") / "units.parquet"
    provinces = (("10", "2024", "Lào Cai"), ("11", "2024", "Điện Biên"), ("15", "2025", "Lào Cai"))
    units = [
        {"code": code, "code_set": code_set, "level": "province", "name": name, "full_name": f"tỉnh {name}"}
        for code, code_set, name in provinces
    ]
    write_table(path, pa.Table.from_pylist(units, arrow_schema(tables.UNITS)))
    return path


@pytest.fixture(scope="session")
def good(gazetteer: Path, tmp_path_factory: pytest.TempPathFactory) -> Judged:
    folder = tmp_path_factory.mktemp("good")
    documents = [document(number) for number in range(3)]
    staged = stage(folder, documents)
    return Judged(validate(staged, "r1", units=gazetteer, docs_dir=folder / "docs"), documents, staged, folder / "docs")


@pytest.fixture(scope="session")
def harmed(gazetteer: Path, tmp_path_factory: pytest.TempPathFactory) -> Judged:
    """Every case in a document of its own, all judged at once; a tolerance of 1 lets nothing block."""
    folder = tmp_path_factory.mktemp("harmed")
    documents = []
    for number, case in enumerate(CASES):
        documents.append(document(number))
        case.harm(documents[-1])
    staged = stage(folder, documents)
    return Judged(
        validate(staged, "r1", units=gazetteer, tolerance=1.0, docs_dir=folder / "docs"), documents, staged, folder / "docs"
    )


@pytest.fixture(scope="module")
def browser() -> Iterator[Browser]:
    if chromium() is None:
        pytest.skip("needs Chromium (`make ci-deps` installs it)")
    with Browser() as opened:
        yield opened
