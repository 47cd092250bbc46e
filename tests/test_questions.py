"""The twenty-four questions: each answered by at most ten lines of SQL, and the answer in the document is the real one."""

from __future__ import annotations

import re

import pytest

from tools.golden import BLOCK, QUESTIONS, answer
from warehouse.layout import Layout
from warehouse.query import opened
from warehouse.reports import reports

pytestmark = pytest.mark.xdist_group("reports")
TEXT = QUESTIONS.read_text(encoding="utf-8")
BLOCKS = list(BLOCK.finditer(TEXT))


def test_there_are_six_of_each_of_four() -> None:
    parts = re.split(r"^## ", TEXT, flags=re.MULTILINE)[1:]
    assert [len(re.findall(r"^### \d+\. .+\?$", part, re.MULTILINE)) for part in parts] == [6, 6, 6, 6]
    assert [int(number) for number in re.findall(r"^### (\d+)\.", TEXT, re.MULTILINE)] == list(range(1, 25))
    assert len(re.findall(r"^_.+\?_$", TEXT, re.MULTILINE)) == 24, "each is asked in Vietnamese too"
    assert len(BLOCKS) == 24


def test_they_make_use_of_most_reports() -> None:
    used = {found.name for found in reports() if any(re.search(rf"\b{found.name}\b", block["query"]) for block in BLOCKS)}
    assert {found.name for found in reports()} - used == set()


@pytest.mark.parametrize("number", range(len(BLOCKS)), ids=lambda number: str(number + 1))
def test_the_answer_is_the_real_one(number: int, told: Layout) -> None:
    block = BLOCKS[number]
    assert block["query"].count("\n") <= 10
    with opened(told) as con:
        assert answer(con, block["query"]) == block["answer"], "read the difference, then run `make golden`"
    assert block["answer"].count("\n") > 2, "an answer without a row answers nothing"
