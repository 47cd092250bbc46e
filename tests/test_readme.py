"""What the README shows is what the samples answer."""

from __future__ import annotations

from pathlib import Path

import pytest

from flows.cli import main
from tools.readme import BLOCK, README

BLOCKS = list(BLOCK.finditer(README.read_text(encoding="utf-8")))


def test_there_are_five() -> None:
    assert len(BLOCKS) >= 5


@pytest.mark.parametrize("number", range(len(BLOCKS)))
def test_the_answer_is_the_real_one(number: int, warehouse: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["sql", BLOCKS[number]["query"], "--warehouse", str(warehouse)]) == 0
    assert capsys.readouterr().out.strip() == BLOCKS[number]["answer"].strip(), "run `make readme` after `make run`"


def test_the_lines_for_a_server_can_be_pasted_at_once() -> None:
    """``server start --background`` returns before the server listens: something must wait before the next command."""
    told = []
    for path in (README, README.parent / "docs" / "server.md"):
        block = next(b for b in path.read_text(encoding="utf-8").split("```") if "server start --background" in b)
        told.append(block.strip().splitlines())
    assert told[0] == told[1]
    started = next(number for number, line in enumerate(told[0]) if "server start" in line)
    assert told[0][started + 1].startswith("until .venv/bin/prefect ")
    assert "work-pool create" in told[0][started + 2]
