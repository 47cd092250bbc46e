"""The packaged lexicons, read once each."""

from __future__ import annotations

from functools import cache
from itertools import zip_longest
from pathlib import Path

_FOLDER = Path(__file__).parent.parent / "lexicons"


@cache
def table(name: str) -> tuple[dict[str, str], ...]:
    """The rows of a lexicon file: tab-separated, a header line first, ``#`` before comments; missing last columns are empty."""
    lines = [line for line in (_FOLDER / name).read_text(encoding="utf-8").splitlines() if line and not line.startswith("#")]
    header = lines[0].split("\t")
    return tuple(dict(zip_longest(header, line.split("\t"), fillvalue="")) for line in lines[1:])
