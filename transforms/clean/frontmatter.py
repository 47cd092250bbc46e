"""Front matter: the fields in JSON or YAML that a Markdown file has before its text."""

from __future__ import annotations

import re

from transforms.clean.blocks import Block, cleaned
from transforms.clean.headers import role_of

_OPEN = re.compile(r"\s*---[ \t]*(json|yaml|yml)?[ \t]*\r?\n", re.IGNORECASE)
_CLOSE = re.compile(r"^(?:---|\.\.\.)[ \t]*(?:\r?\n|\Z)", re.MULTILINE)
_JSON_FIELD = re.compile(r'"([^"\\\n]{1,40})"\s*:\s*"((?:[^"\\\n]|\\.){0,20000})"')
_YAML_FIELD = re.compile(r"^([A-Za-z][\w-]{0,39})[ \t]*:[ \t]*([^\r\n]*)", re.MULTILINE)
_MAX = 200_000  # of front matter; what is longer is text


def read_front_matter(text: str, fields: dict[str, str], repairs: set[str]) -> tuple[list[Block], int]:
    """The fields that say something about the article as blocks, all of them in ``fields``; and where the text begins.

    >>> fields = {}
    >>> blocks, at = read_front_matter("---\\ntitle: Họp báo\\ndate: 2025-07-01 09:30\\n---\\nBài", fields, set())
    >>> [(b.role, b.text) for b in blocks], at
    ([('title', 'Họp báo'), ('dateline', '2025-07-01 09:30')], 46)
    """
    opening = _OPEN.match(text)
    if not opening:
        return [], 0
    closing = _CLOSE.search(text, opening.end(), opening.end() + _MAX)
    if not closing:
        return [], 0
    is_json = text[opening.end() : opening.end() + 20].lstrip().startswith("{")
    pattern = _JSON_FIELD if is_json else _YAML_FIELD
    blocks: list[Block] = []
    for found in pattern.finditer(text, opening.end(), closing.start()):
        start, end = found.span(2)
        while end > start and text[end - 1].isspace():
            end -= 1
        kind = "json" if is_json else "plain"
        if not is_json and end - start >= 2 and text[start] == text[end - 1] and text[start] in "\"'":
            kind = "json" if text[start] == '"' else kind
            start, end = start + 1, end - 1
        key, raw = found[1].lower().replace("-", "_"), text[start:end]
        value = cleaned(kind, raw, repairs)
        role = role_of(key)
        if key not in fields and value:
            fields[key] = value
            if role != "boilerplate":
                while raw and raw[0].isspace():
                    start, raw = start + 1, raw[1:]
                blocks.append(Block(start, end, kind, value, hint="header", role=role))
    return blocks, closing.end()
