"""Short second mentions get the full name, and lists get the honorific that is printed once for all."""

from __future__ import annotations

import re
from bisect import bisect_right
from functools import lru_cache

from transforms.clean.syllables import is_syllable
from transforms.clean.unicode import fold_key
from transforms.document import Article
from transforms.extract.calls import Honorific
from transforms.extract.mention import Mention
from transforms.extract.names import is_family
from transforms.match import Hit

_SEX = {"ông": "m", "anh": "m", "chú": "m", "cậu": "m", "bà": "f", "chị": "f", "cô": "f"}
PLURAL = re.compile(r"(?:các|những|hai|ba|bốn|năm|quý|\d) (?:vị )?\Z")


def completed(found: list[Mention], wives: bool = False) -> list[Mention]:
    """``ông Dũng`` becomes the Dũng named in full last before, else the first after; unknown ones stay only as printed.

    A Vietnamese name is called by its last word (or its last two), a foreign one by any. ``wives``: the text speaks of a first
    lady, who bears her husband's name; a woman is then only one who is called so in full.
    """
    sexes: dict[str, set[str]] = {}
    later: dict[str, list[str]] = {}  # full names by short form, each once, in text order
    for mention in found:
        if mention.honorific in _SEX and " " in mention.name:
            sexes.setdefault(mention.name, set()).add(_SEX[mention.honorific])
        for key in _short_forms(mention.name):
            names = later.setdefault(key, [])
            if mention.name not in names:
                names.append(mention.name)
    earlier: dict[str, list[str]] = {}  # the same, of the mentions before, the latest last
    kept: list[Mention] = []
    for mention in found:
        count = mention.name.count(" ") + 1
        name = None
        if count <= 2:
            key, sex = fold_key(mention.name), _SEX.get(mention.honorific or "")
            candidates = [*reversed(earlier.get(key, ())), *later.get(key, ())]
            unknown = set() if wives and sex == "f" else {sex}
            fitting = (full for full in candidates if full != mention.name and (not sex or sexes.get(full, unknown) >= {sex}))
            name = next(fitting, None)
        for key in _short_forms(mention.name):
            names = earlier.setdefault(key, [])
            if mention.name in names:
                names.remove(mention.name)
            names.append(mention.name)
        if name is not None:
            kept.append(mention._replace(name=name))
        elif count > 1 or mention.by in ("address", "rank"):
            kept.append(mention)
    return kept


@lru_cache(maxsize=4096)
def _short_forms(name: str) -> tuple[str, ...]:
    pieces = [fold_key(piece) for piece in name.split()]
    if len(pieces) < 2:
        return ()
    if is_family(pieces[0]) is None or not all(is_syllable(piece) for piece in pieces):
        return tuple(dict.fromkeys(pieces))
    return (pieces[-1], " ".join(pieces[-2:])) if len(pieces) > 2 else (pieces[-1],)


def spread(article: Article, hits: list[Hit[Honorific]], found: list[Mention]) -> list[Mention]:
    """``các đồng chí: A, B`` calls each of the list ``đồng chí``, to the end of the sentence."""
    folded = article.folded
    plurals = [hit for hit in hits if hit.value.kind == "address" and PLURAL.search(folded, max(0, hit.start - 12), hit.start)]
    if not plurals:
        return found
    starts = [hit.end for hit in plurals]
    sentences = [sentence.start for sentence in article.sentences]
    kept: list[Mention] = []
    for mention in found:
        number = bisect_right(starts, mention.start) - 1
        if number >= 0 and (mention.honorific is None or mention.by in ("rank", "title")):
            sentence = bisect_right(sentences, mention.start) - 1
            if sentence >= 0 and sentences[sentence] <= starts[number]:
                mention = mention._replace(honorific=plurals[number].value.word)
        kept.append(mention)
    return kept
