"""Writes the answers of docs/tour.md anew from a warehouse of the samples: ``python -m tools.tour WAREHOUSE`` (``make tour``)."""

from __future__ import annotations

import contextlib
import io
import os
import re
import shlex
import sys
import tempfile
from pathlib import Path

from flows.cli import main

TOUR = Path(__file__).resolve().parent.parent / "docs" / "tour.md"
BLOCK = re.compile(r"```console\n\$ (?P<command>khobao (?:[^\n\"]|\"[^\"]*\")+)\n(?P<answer>.*?)```", re.DOTALL)


def answer(command: str, warehouse: str) -> str:
    """What a command of the tour prints. Files that it writes go to the current folder."""
    printed = io.StringIO()
    with contextlib.redirect_stdout(printed):
        status = main([*shlex.split(command)[1:], "--warehouse", warehouse])
    if status:
        raise SystemExit(f"{command}: exit {status}")
    return "\n".join(line.rstrip() for line in printed.getvalue().strip().splitlines())


def rewrite(warehouse: str) -> None:
    def answered(block: re.Match[str]) -> str:
        return f"```console\n$ {block['command']}\n{answer(block['command'], warehouse)}\n```"

    text = TOUR.read_text(encoding="utf-8")
    with tempfile.TemporaryDirectory() as folder, contextlib.chdir(folder):
        text = BLOCK.sub(answered, text)
    TOUR.write_text(text, encoding="utf-8")


if __name__ == "__main__":
    rewrite(os.path.abspath(sys.argv[1]))  # noqa: PTH100 (before the folder is changed)
