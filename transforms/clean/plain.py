"""Plain text: every line that holds something is a block."""

from __future__ import annotations

import re

from transforms.clean.blocks import Block, cleaned
from transforms.clean.capitals import may_be_lowered
from transforms.clean.unicode import mend

_ENTITY = re.compile(r"&(?:#|\w{2,24};)")


def _is_mended(text: str, sound: bool) -> bool:
    return not may_be_lowered(text) if sound else mend(text).text is text


def segment(text: str, start: int, end: int, repairs: set[str], sound: bool = False, even: bool = False) -> list[Block]:
    """The lines of ``text[start:end]`` as blocks.

    >>> [(b.text, b.gap) for b in segment("Một  dòng\\n\\n hai ", 0, 16, set())]
    [('Một dòng', 0), ('hai', 1)]
    """
    part = text if start == 0 and end == len(text) else text[start:end]
    # Where a document needs no mending, its lines are their own cleaned texts.
    odd = "  " in part or "\t" in part or ("&" in part and _ENTITY.search(part)) or not (even or _is_mended(part, sound))
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
