"""The words of which names of bodies are made: heads, topics, words of company and school names."""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import cache
from typing import NamedTuple

from transforms.clean.unicode import fold_key
from transforms.extract.lexicon_files import table
from transforms.match import Lexicon, in_one_pass

TOPICS, WORDS = "body_topics.tsv", "body_words.tsv"
_FIRST = re.compile(r"\w+")
_MORE = 3  # characters after the first word that tell most heads apart
_SHORT = 3  # letters of an abbreviation that may stand for other words if misspelt
_LONGEST = 90  # characters of a phrase


class Head(NamedTuple):
    """What a name of a body begins with, and what must (``req``) or may (``opt``) follow it.

    ``topic``: a subject (``Sở Y tế``); ``run``: a proper name (``Công ty …``); ``number`` (``Quân khu 7``); ``foreign``: perhaps
    a country; ``abroad``: another country; ``none``: the name is complete. A ``kind`` of ``=`` is its body's.
    """

    name: str
    kind: str
    level: str | None
    tail: str


class Phrase(NamedTuple):
    key: str
    value: str
    capitals: bool  # an abbreviation, which must be printed in capitals
    head: str  # the only head with which it goes; empty: any


@cache
def heads() -> dict[str, list[tuple[Head, bool]]]:
    """Heads by folded literal, each with whether the literal must be printed in capitals."""
    found: dict[str, list[tuple[Head, bool]]] = {}
    for row in table("organisations.tsv"):
        head = Head(row["name"], row["kind"], row["level"] or None, row["tail"])
        literals = (row["name"], *filter(None, row["aliases"].split("|")))
        for literal in dict.fromkeys(spelling for name in literals for spelling in _spellings(name)):
            entry = (head, literal.isupper())
            entries = found.setdefault(fold_key(literal), [])
            if entry not in entries:
                entries.append(entry)
    return found


def _spellings(literal: str) -> Iterator[str]:
    """A literal, with the centre's abbreviations and the dashes that papers print."""
    yield literal
    for centre in ("TW", "T.Ư", "TƯ") if "Trung ương" in literal else ():
        yield literal.replace("Trung ương", centre)
    for dash in ("-", "- ", " – ") if " - " in literal else ():
        yield literal.replace(" - ", dash)


@cache
def head_lexicon() -> Lexicon[list[tuple[int, Head, bool]]]:
    """To each literal, all heads that begin with it, longest first: their lengths, and whether capitals are wanted."""
    found = []
    for literal in heads():
        sizes = [size for size in range(len(literal), 0, -1) if not literal[size : size + 1].isalnum()]
        within = [(size, *entry) for size in sizes for entry in heads().get(literal[:size], ())]
        found.append((literal, within))
    return Lexicon(found)


_find = in_one_pass(head_lexicon)


def find_heads(text: str, folded: str) -> Iterator[tuple[int, list[tuple[int, Head]]]]:
    """Where heads begin that no longer one holds, with what ``heads_at`` has there: the hit itself tells it.

    >>> text = "Sở Y tế, Ban Chấp hành Đảng bộ"
    >>> [(start, options == heads_at(text, text.lower(), start)) for start, options in find_heads(text, text.lower())]
    [(0, True), (9, True), (23, True)]
    """
    for start, end, within in _find(folded):
        if folded[end : end + 1].isalnum():  # a letter that the pass over the text doesn't know
            yield start, heads_at(text, folded, start)
        else:
            yield (
                start,
                [(start + size, head) for size, head, caps in within if not caps or text[start : start + size].isupper()],
            )


def _printed(topic: str) -> Iterator[str]:
    """A topic as papers print it: with other dashes, an abbreviation also with ``D`` or ``DD`` for ``Đ``."""
    yield from (topic, topic.replace(" - ", "-"), topic.replace(" - ", "- "))
    if "Đ" in topic and topic.isupper() and len(topic) > _SHORT:
        yield from (topic.replace("Đ", "D"), topic.replace("Đ", "DD"))


@cache
def _by_first(names: tuple[str, ...]) -> dict[str, list[Phrase]]:
    found: dict[str, list[Phrase]] = {}
    for name in names:
        for row in table(name):
            value = row["name"]
            literals = (value, *filter(None, row.get("aliases", "").split("|")))
            for literal in dict.fromkeys(one for name in literals for one in _printed(name)):
                key = fold_key(literal)
                first = _FIRST.search(key)
                if first:
                    found.setdefault(key[: first.end()], []).append(Phrase(key, value, literal.isupper(), row.get("heads", "")))
    for phrases in found.values():
        phrases.sort(key=lambda phrase: (-len(phrase.key), not phrase.head))
    return found


_Entries = list[tuple[str, list[tuple[Head, bool]]]]


@cache
def _heads_by_opening() -> tuple[dict[str, _Entries], dict[str, _Entries]]:
    """Heads by their first word and ``_MORE`` characters; those that are shorter by their first word."""
    longer: dict[str, _Entries] = {}
    short: dict[str, _Entries] = {}
    for key in sorted(heads(), key=len, reverse=True):
        first = _FIRST.match(key)
        assert first is not None
        opening = key[: first.end() + _MORE]
        if len(opening) == first.end() + _MORE:
            longer.setdefault(opening, []).append((key, heads()[key]))
        else:
            short.setdefault(first[0], []).append((key, heads()[key]))
    for opening, entries in longer.items():
        entries += short.get(opening[:-_MORE], ())
    return longer, short


def heads_at(text: str, folded: str, pos: int) -> list[tuple[int, Head]]:
    """The heads that stand at ``pos``, longest first, with their ends."""
    first = _FIRST.match(folded, pos)
    if first is None:
        return []
    longer, short = _heads_by_opening()
    entries = longer.get(folded[pos : first.end() + _MORE]) or short.get(first[0]) or []
    return [
        (pos + len(key), head)
        for key, heads_of in entries
        if folded.startswith(key, pos) and not folded[pos + len(key) : pos + len(key) + 1].isalnum()
        for head, capitals in heads_of
        if not capitals or text[pos : pos + len(key)].isupper()
    ]


def begins_phrase(word: str, *files: str) -> bool:
    return word in _by_first(files)


def phrase_at(text: str, folded: str, pos: int, head: str, *files: str) -> tuple[int, str] | None:
    """The longest phrase of the lexicon files at ``pos`` that goes with a head: its end and canonical form."""
    first = _FIRST.match(folded, pos)
    phrases = _by_first(files).get(first[0]) if first else None
    if phrases:
        ahead = folded[pos : pos + _LONGEST].replace("–", "-")
        for key, value, capitals, only in phrases:
            end = pos + len(key)
            if not ahead.startswith(key) or folded[end : end + 1].isalnum() or only not in ("", head):
                continue
            if folded[end : end + 1] == "-" and " " not in key and text[pos].isupper() and text[end + 1 : end + 2].islower():
                continue  # "Đại sứ quán In-đô-nê-xi-a"
            if not capitals or text[pos:end].isupper():
                return end, value
    return None
