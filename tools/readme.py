"""Writes the answers of README.md's queries anew, from a warehouse of the samples: ``python -m tools.readme WAREHOUSE``."""

from __future__ import annotations

import re
import subprocess
import sys
from pathlib import Path

README = Path(__file__).resolve().parent.parent / "README.md"
BLOCK = re.compile(r'```console\n\$ khobao sql "(?P<query>[^"]+)"\n(?P<answer>.*?)```', re.DOTALL)


def main(warehouse: str) -> None:
    def answered(block: re.Match[str]) -> str:
        query = block["query"]
        command = [sys.executable, "-m", "flows", "sql", query, "--warehouse", warehouse]
        answer = subprocess.run(command, capture_output=True, text=True, check=True).stdout
        return f'```console\n$ khobao sql "{query}"\n{answer.strip()}\n```'

    README.write_text(BLOCK.sub(answered, README.read_text(encoding="utf-8")), encoding="utf-8")


if __name__ == "__main__":
    main(sys.argv[1])
