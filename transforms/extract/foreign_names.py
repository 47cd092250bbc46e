"""Foreigners' names that nothing calls: told by a first name of other countries, or a Korean family name with two syllables."""

from __future__ import annotations

import re
from functools import cache

from transforms.clean.syllables import is_syllable
from transforms.clean.unicode import fold_key
from transforms.extract.lexicon_files import table
from transforms.extract.names import Word, bounded, is_family, surnames, words
from transforms.extract.namesakes import name_words
from transforms.text import UPPER

_MOST = 4  # words of a name
_PARTICLE_WORDS = "van von de del di da le la el al bin ben dos du der den st"
_PARTICLES = frozenset(_PARTICLE_WORDS.split())
_CLOSES = re.compile(r" ?& ?[A-Z]| \d(?!\d? tuổi)|-\d| \((?:do|diễn viên) ")  # a firm, a product, a part
_LAST = re.compile(r"jr|sr|jnr|[ivx]+")
_KOREAN = re.compile(rf"[{UPPER}][a-zé]+-[A-Za-z][a-z]+")
_WORDS_TOO = frozenset(["kim", "song", "han", "hong", "nam", "son", "go", "ha", "im", "cho", "moon"])  # Korean names and words
_SIDES = ("phía ", "miền ", "hướng ", "đông ", "tây ")
_ROMAN = re.compile(r"[IVX]{1,5}")


@cache
def _kinds() -> dict[str, str]:
    return {fold_key(row["key"]): row["kind"] for row in table("foreign_names.tsv")}


@cache
def heads() -> dict[str, str]:
    """Folded words with which a name may begin, and what they are: ``family``, ``given``, ``korean``.

    >>> heads()["nguyễn"], heads()["alexander"], heads()["choi"]
    ('family', 'given', 'korean')
    """
    known = {key: kind for key, kind in _kinds().items() if kind in ("given", "korean")}
    return known | dict.fromkeys(surnames(), "family")


def foreign_end(text: str, folded: str, pos: int) -> int | None:
    """Where the foreigner's name ends that begins at ``pos``; None where none does.

    Shape: a first name and a word that is no Vietnamese syllable, with initials and small words between; or a family name or
    two Vietnamese syllables after a first name that is none; or ``Park Seo Joon``.

    >>> text = "gồm Alexander J. Brandt, Charlotte van Hoorn, Calvin Klein"
    >>> [text[pos:end] for pos in (4, 25, 46) if (end := foreign_end(text, text.lower(), pos))]
    ['Alexander J. Brandt', 'Charlotte van Hoorn']
    """
    found = words(text, folded, pos, _MOST + 1, foreign=True)
    found = bounded(folded, found)
    if folded.endswith(_SIDES, 0, pos) and folded.startswith("nam ", pos):  # "phía Nam TP Dubai"
        return None
    size = _korean(text, found) if _kinds().get(found[0].key if found else "", "korean") == "korean" else _western(text, found)
    if size < 2:
        return None
    kinds = _kinds()
    kept = found[:size]
    if any(kinds.get(word.key) == "noun" for word in found[1 : size + 1]) or text[kept[0].start : kept[0].end].isupper():
        return None
    if kinds.get(" ".join(word.key for word in kept[:2])) in ("brand", "firm", "fiction") or _CLOSES.match(text, kept[-1].end):
        return None
    return kept[-1].end


def is_thing(found: list[Word]) -> bool:
    """Whether the words are a team's, a brand's or a character's name, which no person bears."""
    return len(found) > 1 and _kinds().get(f"{found[0].key} {found[1].key}") in ("firm", "fiction")


def ends_in_place(places: dict[int, int], found: list[Word], foreign: bool) -> bool:
    """``nhà sáng lập Maker Hà Nội``, ``CEO Acme Mỹ``, ``tiền vệ Than Hà Nam``: a firm's or a team's name."""
    ends = [places[word.start] - word.end for word in found[1:] if word.start in places]
    return any(end > 0 or (foreign and heads().get(found[0].key) != "given") for end in ends)


def after_city(found: list[Word]) -> int | None:
    """Where the name begins in ``Thị trưởng Bordeaux Alain Dupont``: at a first name after a foreign word that is none."""
    if len(found) < 3 or is_syllable(found[0].key) or is_syllable(found[2].key):
        return None
    known = heads()
    return found[1].start if found[0].key not in known and known.get(found[1].key) == "given" else None


def _western(text: str, found: list[Word]) -> int:
    """How many words are the name of somebody with a first name of the West; 0 for none."""
    size, surname = 1, False
    while size < min(len(found), _MOST):
        word = found[size]
        piece = text[word.start : word.end]
        if len(piece) == 1 or word.key in _PARTICLES:
            if size + 1 >= len(found) or (len(piece) > 1 and is_syllable(found[size + 1].key)):
                break
        elif _LAST.fullmatch(word.key):
            if not surname and not _ROMAN.fullmatch(piece):
                return 0
            size += 1
            surname = True
            break
        elif piece.isupper() or is_syllable(word.key):
            break
        else:
            surname = True
        size += 1
    if surname:  # "Al" is no end of a name
        return size + 1 if found[size - 1].key in _PARTICLES and size < len(found) else size
    return _vietnamese(text, found) if size == 1 else 0


def _vietnamese(text: str, found: list[Word]) -> int:
    """``Jessica Trần``, ``Angela Phương Linh``: how many words; 0 where it is no such name."""
    rest = [word for word in found[1:] if not text[word.start : word.end].isupper()]
    if is_syllable(found[0].key) or not 1 <= len(rest) == len(found) - 1 <= 2 or not all(is_syllable(word.key) for word in rest):
        return 0
    if is_family(rest[0].key) is None and (len(rest) == 1 or rest[0].key not in name_words("middle")):
        return 0
    return len(found)


def _korean(text: str, found: list[Word]) -> int:
    """``Park Seo Joon``, ``Moon Jae-in``: how many words; 0 where it is no such name."""
    if len(found) > 1 and _KOREAN.fullmatch(text[found[1].start : found[1].end]):
        return 2
    three = found[:3]
    if len(found) != 3:
        return 0
    odd = any(not is_syllable(word.key) for word in three[1:])
    short = all(word.end - word.start <= 5 for word in three[1:])
    return 3 if short and (odd or three[0].key not in _WORDS_TOO) else 0
