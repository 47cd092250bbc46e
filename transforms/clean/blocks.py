"""A block while it is being cleaned, and the steps that make its text of what stands in the document.

Every step is a pattern and what replaces its matches. Cleaning runs the steps as substitutions; tracing runs the very
same steps as lists of edits. So both give the same text, and only what is traced pays for offsets.
"""

from __future__ import annotations

import html
import json
import re
from collections.abc import Callable
from dataclasses import dataclass
from functools import lru_cache
from typing import NamedTuple

from transforms.clean.capitals import may_be_lowered
from transforms.clean.unicode import mend
from transforms.offsets import Edit, OffsetMap, apply_edits

MAX_NAME = 60  # longest run of letters that is looked at as a tag's or an entity's name

# A tag with its attributes; a quote that is never closed ends the attempt, not the scan. Templates have <?…?> in attributes.
_SCRIPTED = r"<(?:\?(?:[^?]|\?(?!>)){0,2000}+\?>)?"
ATTRIBUTES = (
    rf"""(?:[^<>"']*+(?:"[^"<]*+(?:{_SCRIPTED}[^"<]*+)*+"[^<>"']*+|'[^'<]*+(?:{_SCRIPTED}[^'<]*+)*+'[^<>"']*+)*+>|[^<>]*>)"""
)
SKIPPED = "script|style|noscript|template|svg|math|iframe|object|canvas|video|audio|select|textarea"


def until(end: str) -> str:
    """A pattern of everything up to a tag (``end`` is what follows its ``<``), that tag included, or up to the text's end."""
    return rf"[^<]*+(?:<(?!{end})[^<]*+)*+(?:<{end}|\Z)"


# Comments, instructions of templates, and elements whose content is no text.
UNREAD = (
    r"!--[^-]*+(?:-(?!->)[^-]*+)*+(?:-->|\Z)|\?[^?]*+(?:\?(?!>)[^?]*+)*+(?:\?>|\Z)"
    rf"|(?:{SKIPPED})\b{ATTRIBUTES}" + until(rf"/(?:{SKIPPED})\s*>")
)
INLINE = re.compile(
    rf"<(?:{UNREAD}"
    rf"|(?:(br|img|hr|td|th|tr|p|div|li)\b|/?[A-Za-z][\w:-]*|!\[?){ATTRIBUTES})",
    re.IGNORECASE | re.DOTALL,
)
ENTITY = re.compile(r"&(?:amp;)*(?:#[0-9]{1,7};?|#[xX][0-9a-fA-F]{1,6};?|[A-Za-z][A-Za-z0-9]{1,24};)")
SPACES = re.compile(r"\s+")
ESCAPE = re.compile(r'\\(?:u[0-9a-fA-F]{4}(?:\\u[dD][c-fC-F][0-9a-fA-F]{2})?|["\\/bfnrt])')
# Markdown inside a line: pictures and comments go, links keep their words, marks of emphasis go.
MARKS = re.compile(
    r"!\[[^\]\n]{0,500}\]\([^)\n]{0,2000}\)|(?<!!)\[([^\]\n]{1,500})\]\([^)\n]{0,2000}\)"
    r"|(\*\*\*|\*\*|__|~~)(?=\S)|(?<=\S)(\*\*\*|\*\*|__|~~)|(?<![\w*])\*(?=[^\s*])|(?<=[^\s*])\*(?![\w*])"
    r"|\\(?=[\\`*_{}\[\]()#+.!>-])"
)
LINE_MARK = re.compile(r"\A(?:\s{0,8}(?:#{1,6}\s+|>\s?|[-*+]\s+(?=\S)))+|\s+#+\s*\Z|\s*\\\s*\Z")


@lru_cache(maxsize=4096)
def _character(entity: str) -> str:
    """The character of an entity, also of one escaped twice; an unknown one is left as it stands."""
    bare = "&" + entity[1:].replace("amp;", "") if entity.startswith("&amp;") and entity != "&amp;" else entity
    if bare == "&":
        return "&"
    plain = html.unescape(bare if bare.endswith(";") else bare + ";")
    return entity if plain == bare else plain


def _unescaped(match: re.Match[str]) -> str:
    return str(json.loads(f'"{match[0]}"'))


class Step(NamedTuple):
    pattern: re.Pattern[str]
    replacement: Callable[[re.Match[str]], str]
    sign: str  # nothing to do where this is not in the text
    repair: str | None = None


_TAGS = Step(INLINE, lambda m: " " if m[1] else "", "<")
_ENTITIES = Step(ENTITY, lambda m: _character(m[0]), "&", "entities")
_STEPS: dict[str, tuple[Step, ...]] = {
    "plain": (_ENTITIES,),
    "html": (_TAGS, _ENTITIES),
    "markdown": (Step(LINE_MARK, lambda m: "", ""), _TAGS, Step(MARKS, lambda m: m[1] or "", ""), _ENTITIES),
    "json": (Step(ESCAPE, _unescaped, "\\"), _TAGS, _ENTITIES),
}


@dataclass(slots=True)
class Block:
    """A line or element: ``decoded[start:end]`` without the space around it, its cleaned text, and what marks it.

    ``hint`` is the role that its markup tells, ``tag`` its element; ``gap`` counts the empty lines above it.
    """

    start: int
    end: int
    kind: str
    text: str
    hint: str = ""
    tag: str = ""
    gap: int = 0
    node: int = 0
    links: float = 0.0  # share of its text that is links
    picture: bool = False  # has a picture of its own, or comes right after one
    aligned: str = ""
    role: str = ""
    first: str = ""  # its first word, folded; empty where it begins otherwise, and for paragraphs


def cleaned(kind: str, raw: str, repairs: set[str], sound: bool = False) -> str:
    """The text of a block that stands in the document as ``raw``; of a ``sound`` document, as ``decode`` found it."""
    text = raw
    for step in _STEPS[kind]:
        if step.sign in text:
            changed = step.pattern.sub(step.replacement, text)
            if step.repair and changed != text:
                repairs.add(step.repair)
                sound = False
            text = changed
    if not text or text.isspace():
        return ""
    if sound and not may_be_lowered(text):
        return " ".join(text.split())
    mended = mend(text)
    if mended.repairs:
        repairs.update(mended.repairs)
    return " ".join(mended.text.split())


def cleaned_with_offsets(kind: str, raw: str) -> tuple[str, OffsetMap]:
    """The same text, with the map from it to ``raw``."""
    text, offsets = raw, OffsetMap.identity(len(raw))
    for step in _STEPS[kind]:
        edits = [Edit(m.start(), m.end(), step.replacement(m)) for m in step.pattern.finditer(text)]
        text, offsets = apply_edits(text, edits), offsets.then(OffsetMap.from_edits(len(text), edits))
    mended = mend(text)
    text, offsets = mended.text, offsets.then(mended.offsets)
    edits = []
    for space in SPACES.finditer(text):
        at_edge = space.start() == 0 or space.end() == len(text)
        wanted = "" if at_edge else " "
        if space[0] != wanted:
            edits.append(Edit(space.start(), space.end(), wanted))
    return apply_edits(text, edits), offsets.then(OffsetMap.from_edits(len(text), edits))
