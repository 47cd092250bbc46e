"""The packaged word lists that cleaning reads."""

from __future__ import annotations

from functools import cache
from pathlib import Path

_FOLDER = Path(__file__).parent.parent / "lexicons"


@cache
def lexicon(name: str) -> tuple[dict[str, str], ...]:
    """The rows of a lexicon file: tab-separated, with a header line.

    >>> lexicon("outlets.tsv")[0]["name"]
    'TTXVN'
    """
    lines = (_FOLDER / name).read_text(encoding="utf-8").splitlines()
    header = lines[0].split("\t")
    return tuple(dict(zip(header, line.split("\t"), strict=True)) for line in lines[1:] if line)
