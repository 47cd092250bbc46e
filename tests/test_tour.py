"""The tour is real: every command in it runs on the samples, and prints what stands below it."""

from __future__ import annotations

import re
import shlex
from pathlib import Path

import pytest

from flows.cli import main
from tests.conftest import ROOT
from tools.tour import BLOCK, TOUR, answer

TEXT = TOUR.read_text(encoding="utf-8")
BLOCKS = list(BLOCK.finditer(TEXT))
SILENT = re.findall(r"```sh\n(khobao [^\n]+)\n```", TEXT)


def test_it_leads_from_make_run_to_five_questions() -> None:
    assert TEXT.index("make run") < TEXT.index("## 2. Five questions")
    questions = TEXT[TEXT.index("## 2. Five questions") : TEXT.index("## 3.")]
    assert len(re.findall(r"^\*\*[^*]+\?\*\*", questions, re.MULTILINE)) == 5
    assert len(re.findall(r"^_.+[?.]_$", questions, re.MULTILINE)) == 5, "each is asked in Vietnamese too"
    assert len(BLOCK.findall(questions)) == 5
    assert TEXT.count("```console") == len(BLOCKS) and TEXT.count("```sh") == len(SILENT) == 3


@pytest.mark.parametrize("number", range(len(BLOCKS)))
def test_the_answer_is_the_real_one(number: int, warehouse: Path) -> None:
    block = BLOCKS[number]
    assert answer(block["command"], str(warehouse)) == block["answer"].strip(), "run `make tour`"
    assert block["answer"].count("\n") > 4


@pytest.mark.parametrize("command", SILENT)
def test_what_it_hands_on_is_written(
    command: str, warehouse: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.chdir(tmp_path)
    assert main([*shlex.split(command)[1:], "--warehouse", str(warehouse)]) == 0
    assert len(list(tmp_path.iterdir())) == 1 and capsys.readouterr().out


def test_what_it_mentions_exists() -> None:
    for name in re.findall(r"`(\w+\.md)`", TEXT):
        assert (ROOT / "docs" / name).exists(), name
    for command in re.findall(r"`khobao (\w+)", TEXT):
        with pytest.raises(SystemExit) as end:
            main([command, "--help"])
        assert end.value.code == 0
    for parameter in re.findall(r"khobao report document_trail --param (\w+)=", TEXT):
        assert parameter == "key"
