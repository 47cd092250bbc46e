"""Short second mentions get the full name, and lists get the honorific that is printed once for all."""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Callable
from functools import lru_cache

from transforms.clean.syllables import is_syllable
from transforms.clean.unicode import fold_key
from transforms.document import Article
from transforms.extract.calls import Honorific
from transforms.extract.mention import Mention, canonical
from transforms.extract.names import PARTICLES, is_family
from transforms.extract.namesakes import name_words
from transforms.match import Hit, occurrences
from transforms.text import LOWER, UPPER

_SEX = {"ông": "m", "anh": "m", "chú": "m", "cậu": "m", "bà": "f", "chị": "f", "cô": "f"}
_TOLD = ("address", "title", "rank", "office")
_PIECE = rf"(?:[{UPPER}]\.|[{UPPER}][{LOWER}{UPPER}'’-]*)"
_FOREIGN_WORD = re.compile(rf"({_PIECE}|{PARTICLES}) ")
_FOREIGN_BEFORE = re.compile(rf"(?<![\w-]){_PIECE} (?:(?:{_PIECE}|{PARTICLES}) ){{0,2}}\Z")
_CAPITAL_BEFORE = re.compile(rf"(?<!\w)[{UPPER}][\w-]* \Z")
_CAPITAL_AFTER = re.compile(rf" [{UPPER}]")
PLURAL = re.compile(r"(?:các|những|hai|ba|bốn|năm|quý|\d) (?:vị )?\Z")
_STATESMAN = re.compile(r"(?:cựu |tân )?(?:tổng thống|giáo hoàng|nữ hoàng|thủ tướng|ngoại trưởng|thượng nghị s[ĩỹ]) ")


def completed(found: list[Mention], folded: str) -> list[Mention]:
    """``ông Dũng`` becomes the Dũng named in full last before, else the first after; unknown ones stay only as printed.

    A Vietnamese name is called by its last word (or its last two), a foreign one by any. Where the text speaks of a first lady,
    who bears her husband's name, a woman is only one who is called so in full. An office alone tells a single name only of
    statesmen: ``Tổng thống Trump``, not ``Giám đốc Apple``.
    """
    wives = "phu nhân" in folded
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
        elif count > 1 or mention.by in ("address", "rank") or _is_statesman(mention, folded):
            kept.append(mention)
    return kept


def _is_statesman(mention: Mention, folded: str) -> bool:
    if mention.by != "office" or mention.name.isupper() or is_syllable(mention.name.lower()):
        return False
    return _STATESMAN.match(folded, mention.lead, mention.start) is not None


def introduced(article: Article, found: list[Mention], is_free: Callable[[int, int], bool]) -> list[Mention]:
    """``found`` with the mentions that only the rest of the text tells.

    ``John Porter`` where ``ông Porter`` follows, and the whole name of a foreigner or an artist wherever it is repeated with
    nothing before it.
    """
    text, folded = article.text, article.folded
    wholes = {fold_key(one.name) for one in found if one.by in _TOLD and " " in one.name and _is_unusual(one.name)}
    known = {key for one in found for key in _short_forms(one.name)}
    short = {fold_key(one.name) for one in found if " " not in one.name and not is_syllable(one.name.lower())} - known
    keys = [*wholes, *short]
    if not keys:
        return found
    more: list[Mention] = []
    starts = [one.start for one in found]
    past = end = -1
    for number, pos, stop in occurrences(keys, folded):
        if pos < past:  # inside a longer one, or over the end of the one before
            continue
        past = stop
        if not text[pos].isupper() or text[stop : stop + 1].isalnum() or (pos and text[pos - 1].isalnum()):
            continue
        begin = pos if keys[number] in wholes else _first_names(text, pos)
        after = bisect_right(starts, begin)
        if begin < end or (begin == pos and keys[number] in short) or not text[begin].isupper():
            continue
        if (after and found[after - 1].end > begin) or (after < len(found) and found[after].start < stop):
            continue
        if begin == pos and (_CAPITAL_BEFORE.search(text, max(0, pos - 16), pos) or _CAPITAL_AFTER.match(text, stop)):
            continue
        if is_free(begin, stop):
            more.append(Mention(begin, stop, canonical(text[begin:stop]), None, begin, "bare"))
            end = stop
    return sorted([*found, *more], key=lambda one: one.start) if more else found


def _first_names(text: str, pos: int) -> int:
    """Where the foreign name begins whose last word stands at ``pos``: up to three words that are no Vietnamese syllables."""
    before = _FOREIGN_BEFORE.search(text, max(0, pos - 40), pos)
    if before is None:
        return pos
    begin = pos
    for match in reversed(list(_FOREIGN_WORD.finditer(text, before.start(), pos))):
        word = match[1].rstrip(".")
        if len(word) > 1 and word[0].isupper() and (is_syllable(word.lower()) or word.isupper()):
            break
        if word.lower() in name_words("house"):  # "điện Kremlin Dmitry Peskov"
            break
        begin = match.start()
    return begin


@lru_cache(maxsize=4096)
def _is_unusual(name: str) -> bool:
    pieces = [fold_key(piece) for piece in name.split()]
    return is_family(pieces[0]) is None or not all(is_syllable(piece) for piece in pieces)


@lru_cache(maxsize=4096)
def _short_forms(name: str) -> tuple[str, ...]:
    pieces = [fold_key(piece) for piece in name.split()]
    if len(pieces) < 2:
        return ()
    if is_family(pieces[0]) is None or not all(is_syllable(piece) for piece in pieces):
        return tuple(dict.fromkeys([*pieces, " ".join(pieces[-2:])] if len(pieces) > 2 else pieces))
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
