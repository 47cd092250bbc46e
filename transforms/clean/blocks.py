"""A block while it is being cleaned, and the steps that make its text of what stands in the document.

Every step is a pattern and what replaces its matches. Cleaning runs the steps as substitutions; tracing runs the very
same steps as lists of edits. So both give the same text, and only what is traced pays for offsets.
"""

from __future__ import annotations

import html
import json
import re
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from functools import lru_cache
from typing import NamedTuple

from transforms.clean.capitals import may_be_lowered
from transforms.clean.unicode import mend
from transforms.offsets import Edit, OffsetMap, apply_edits

# A tag with its attributes; a quote that is never closed ends the attempt, not the scan. Templates have <?…?> in attributes.
_SCRIPTED = r"<(?:\?(?:[^?]|\?(?!>)){0,2000}+\?>)?"
# The first alternative says no more than the second: it is for most tags, which have up to three plain values.
_PLAIN = r"""[^<>"']*+(?:>|"[^"<]*+"[^<>"']*+(?:>|"[^"<]*+"[^<>"']*+(?:>|"[^"<]*+"[^<>"']*+>)))"""
ATTRIBUTES = (
    rf"""(?:{_PLAIN}|[^<>"']*+(?:"[^"<]*+(?:{_SCRIPTED}[^"<]*+)*+"[^<>"']*+"""
    rf"""|'[^'<]*+(?:{_SCRIPTED}[^'<]*+)*+'[^<>"']*+)*+>|[^<>]*>)"""
)


def either(words: Iterable[str]) -> str:
    """A pattern of exactly these words in either case, letter by letter: a third of the time of a plain alternation, and less
    than that of one that ignores case.

    >>> either(["td", "tr"]), re.fullmatch(either(["link"]), "LIN\u212a") is not None
    ('(?:[tT](?:[dD]|[rR]))', True)
    """
    tails: dict[str, list[str]] = {}
    for word in words:
        tails.setdefault(word[:1], []).append(word[1:])
    parts = [f"[{one}{one.upper()}{_SAME.get(one, '')}]{either(rest)}" for one, rest in sorted(tails.items()) if one.isalpha()]
    parts += [one + either(rest) for one, rest in sorted(tails.items()) if one and not one.isalpha()]
    return "(?:" + "|".join(parts) + ")" + ("?" if "" in tails else "") if parts else ""


_SAME = {"i": "\u0130\u0131", "k": "\u212a", "s": "\u017f"}  # what else is the same letter where case is ignored
_SCRIPTS = ["script", "style", "noscript", "template", "svg", "math", "iframe", "object", "canvas"]
SKIPPED = either([*_SCRIPTS, "video", "audio", "select", "textarea"])


def until(end: str) -> str:
    """A pattern of everything up to a tag (``end`` is what follows its ``<``), that tag included, or up to the text's end."""
    return rf"[^<]*+(?:<(?!{end})[^<]*+)*+(?:<{end}|\Z)"


# Comments, instructions of templates, and elements whose content is no text.
UNREAD = (
    r"!--[^-]*+(?:-(?!->)[^-]*+)*+(?:-->|\Z)|\?[^?]*+(?:\?(?!>)[^?]*+)*+(?:\?>|\Z)"
    rf"|{SKIPPED}\b{ATTRIBUTES}" + until(rf"/{SKIPPED}\s*>")
)
_APART = either(["br", "img", "hr", "td", "th", "tr", "p", "div", "li"])  # leave a space
INLINE = re.compile(rf"<(?:{UNREAD}|(?:({_APART})\b|/?[A-Za-z\u0130\u0131\u017f\u212a][\w:-]*|!\[?){ATTRIBUTES})", re.DOTALL)
_SPACING = re.compile(rf"<{_APART}\b")
ENTITY = re.compile(r"&(?:amp;)*(?:#[0-9]{1,7};?|#[xX][0-9a-fA-F]{1,6};?|[A-Za-z][A-Za-z0-9]{1,24};)")
SPACES = re.compile(r"\s+")
ESCAPE = re.compile(r'\\(?:u[0-9a-fA-F]{4}(?:\\u[dD][c-fC-F][0-9a-fA-F]{2})?|["\\/bfnrt])')
# Markdown inside a line: pictures and comments go, links keep their words, marks of emphasis go.
MARKS = re.compile(
    r"!\[[^\]\n]{0,500}\]\([^)\n]{0,2000}\)|(?<!!)\[([^\]\n]{1,500})\]\([^)\n]{0,2000}\)"
    r"|(\*\*\*|\*\*|__|~~)(?=\S)|(?<=\S)(\*\*\*|\*\*|__|~~)|(?<![\w*\u0300-\u036f])\*(?=[^\s*])|(?<=[^\s*])\*(?![\w*])"
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
    unless: re.Pattern[str] | None = None  # where this is not found, all matches are removed


_TAGS = Step(INLINE, lambda m: " " if m[1] else "", "<", None, _SPACING)
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
            plain = step.unless is not None and step.unless.search(text) is None  # no call for each match then
            changed = step.pattern.sub("" if plain else step.replacement, text)
            if step.repair and changed != text:
                repairs.add(step.repair)
                sound = False
            text = changed
    if not text or text.isspace():
        return ""
    if sound and not may_be_lowered(text):
        return single_spaced(text.strip())
    mended = mend(text)
    if mended.repairs:
        repairs.update(mended.repairs)
    return " ".join(mended.text.split())


def single_spaced(text: str) -> str:
    """A stripped sound text with single spaces; what other spaces there are is not sound."""
    if "  " in text or "\n" in text or "\t" in text or "\r" in text:
        return " ".join(text.split())
    return text


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
