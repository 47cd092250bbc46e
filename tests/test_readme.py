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
