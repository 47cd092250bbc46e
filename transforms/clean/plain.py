"""Plain text: every line that holds something is a block."""

from __future__ import annotations

import re

from transforms.clean.blocks import Block, cleaned
from transforms.clean.unicode import mend

# Where a document holds none of this and needs no mending, its lines are their own cleaned texts.
_ODD = re.compile(r"[^\S \n\r]|  |&(?:#|\w{2,24};)")


def segment(text: str, start: int, end: int, repairs: set[str]) -> list[Block]:
    """The lines of ``text[start:end]`` as blocks.

    >>> [(b.text, b.gap) for b in segment("Một  dòng\\n\\n hai ", 0, 16, set())]
    [('Một dòng', 0), ('hai', 1)]
    """
    part = text if start == 0 and end == len(text) else text[start:end]
    odd = _ODD.search(part) is not None or bool(mend(part).repairs)
    blocks: list[Block] = []
    position, gap = start, 0
    for line in part.splitlines(keepends=True):
        stripped = line.strip()
        if stripped:
            left = position + len(line) - len(line.lstrip())
            content = cleaned("plain", stripped, repairs) if odd else stripped
            if content:
                blocks.append(Block(left, left + len(stripped), "plain", content, gap=gap))
                gap = 0
        else:
            gap += 1
        position += len(line)
    return blocks
