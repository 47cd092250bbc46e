"""Fixtures that more than one test module uses."""

from __future__ import annotations

import os
from collections.abc import Callable
from datetime import datetime
from pathlib import Path

import pytest

from flows.engine import Inline
from flows.progress import Silent
from flows.record import Outcome
from flows.run import execute
from flows.settings import Settings

ROOT = Path(__file__).resolve().parent.parent
SHARED = ROOT.parent / "shared"
CLOCK = datetime(2026, 1, 2, 3, 4, 5)

os.environ["KHOBAO_DEBUG"] = "1"  # unexpected errors show where, in tests


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


@pytest.fixture(scope="session")
def warehouse(run: Runner, samples: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A warehouse of the project's own samples. Read-only: tests that write make their own."""
    root = tmp_path_factory.mktemp("samples") / "warehouse"
    run(samples, warehouse=root)
    return root
