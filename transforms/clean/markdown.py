"""Markdown: lines as blocks, without their marks."""

from __future__ import annotations

import re

from transforms.clean.blocks import Block, cleaned

_HEADING = re.compile(r"\s{0,3}(#{1,6})\s+\S")
_COMMENT = re.compile(r"\s{0,3}\[[^\]\n]{1,80}\]:\s")  # link definitions, and comments written as such
_PICTURE = re.compile(r"\s*(?:\[?!\[[^\]\n]{0,500}\]\([^)\n]{0,2000}\)\]?(?:\([^)\n]{0,2000}\))?\s*)+\Z")
_RULE = re.compile(r"\s*(?:[-*_=]\s*){3,}\Z|\s*\|?(?:\s*:?-{2,}:?\s*\|)+\s*:?-*:?\s*\Z")
_BOLD = re.compile(r"\s*(\*\*|__)[^*_]{1,300}\1\s*\Z")
_ITALIC = re.compile(r"\s*(?:\*[^*\s][^*]{1,500}\*|_[^_\s][^_]{1,500}_)\s*\Z")
_OPENS = re.compile(r"[\s\u200b-\u200d\u2060\ufeff]*# ")  # behind what is not seen
SIGN = re.compile(r"^\s{0,3}(?:#{1,6}\s+\S|>\s|\[//\]:)|!\[[^\]\n]{0,300}\]\(|\*\*\S[^*\n]{0,300}\*\*", re.MULTILINE)


def segment(text: str, start: int, end: int, repairs: set[str]) -> list[Block]:
    """The lines of ``text[start:end]`` as blocks; pictures, rules and comments are none.

    >>> blocks = segment("# Họp báo\\n\\n![](a.jpg)\\n\\n> **Quang cảnh** [hội nghị](b)", 0, 54, set())
    >>> [(b.hint, b.picture, b.text) for b in blocks]
    [('heading', False, 'Họp báo'), ('quote', True, 'Quang cảnh hội nghị')]
    """
    blocks: list[Block] = []
    position, gap, pictured = start, 0, False
    for line in text[start:end].splitlines(keepends=True):
        stripped = line.strip()
        here = position
        position += len(line)
        if not stripped or _COMMENT.match(line) or _RULE.match(line):
            gap += 1
            continue
        if _PICTURE.match(line):
            pictured, gap = True, gap + 1
            continue
        left = here + len(line) - len(line.lstrip())
        content = cleaned("markdown", stripped, repairs)
        if not content:
            continue
        heading = _HEADING.match(line)
        hint = "heading" if heading else "quote" if stripped[0] == ">" else "strong" if _BOLD.match(line) else ""
        hint = hint or ("italic" if _ITALIC.match(line) else "")
        tag = f"h{len(heading[1])}" if heading else ""
        blocks.append(Block(left, left + len(stripped), "markdown", content, hint, tag, gap, picture=pictured))
        gap, pictured = 0, False
    return blocks


def is_markdown(text: str, start: int) -> bool:
    """Whether a text without front matter is written in Markdown: headings, quotes or pictures in its manner.

    >>> is_markdown("\\u200b\\n# Họp báo", 0), is_markdown("Bài số # 1", 0)
    (True, False)
    """
    return (text.find("](", start) >= 0 and SIGN.search(text, start) is not None) or _OPENS.match(text, start) is not None
