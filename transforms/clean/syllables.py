"""Whether a word could be a Vietnamese syllable: an onset, a rime and a tone that can stand together.

This is spelling, not a dictionary: about 19,000 forms, of which some 7,000 are in use. A text read in the wrong encoding
falls apart into forms that are not among them, which is what decoding and the repair of lookalikes go by.
Source: the inventory of onsets and rimes of Vietnamese orthography, as school grammars list it; the coda ``k`` of place names of
the Central Highlands (Đắk, Lắk) is added.
"""

from __future__ import annotations

import unicodedata
from functools import cache

_TONES = ("", "\u0300", "\u0301", "\u0303", "\u0309", "\u0323")
_STOPPED = ("", "\u0301", "\u0323")  # before p, t, c, ch; toneless only in plain letters, which never count as evidence
_ONSETS = "- b c ch d đ g gh gi h k kh l m n ng ngh nh p ph qu r s t th tr v x"
# Nuclei and the codas that each takes ("-" is none).
_CODAS = """
a - i y o u c ch m n ng nh p t k
ă c m n ng p t k
â u y c m n ng p t k
e - o c m n ng p t k
ê - u ch m n nh p t k c ng
i - a u ch m n nh p t k
y - t nh ch
o - a e i c m n ng p t k
oo c ng t
ô - i c m n ng p t k
ơ - i m n p t
u - a ê i y ơ c m n ng p t k
ư - a i u c m n ng t k
iê u c m n ng p t
yê u m n ng t
uô i c m n ng t k
ươ i u c m n ng p t
oa i y o c ch n ng nh t m p
oă c n ng t m p
oe o n t
uâ y n ng t
uê ch n nh
uơ n
uy - a u ch n nh t p
uyê n t
"""
_FRONT = "iêey"  # what k, gh and ngh stand before; c, g and ng stand before the others


@cache
def syllables() -> frozenset[str]:
    """All forms, in small letters, NFC, with either place of the tone mark where spelling knows two."""
    rimes: dict[str, list[str]] = {}
    for line in _CODAS.split("\n"):
        nucleus, *codas = line.split() or [""]
        for coda in codas:
            rime = nucleus + coda.replace("-", "")
            rimes[rime] = [form for place in _places(rime) for form in _toned(rime, place)]
    forms = {"gì", "gí", "gỉ", "gị", "gĩ"}
    for onset in _ONSETS.replace("-", "").split(" "):
        for rime, toned in rimes.items():
            if _fit(onset, rime):
                forms.update(onset + form for form in toned)
    return frozenset(forms)


def _fit(onset: str, rime: str) -> bool:
    if onset in ("k", "gh", "ngh"):
        return rime[0] in _FRONT or (onset == "k" and rime in ("an", "ông", "ăk", "ôk"))  # Bắc Kạn, Mê Kông
    if onset in ("c", "ng"):
        return rime[0] not in _FRONT
    if onset == "g":
        return rime[0] not in "êey"
    if onset == "gi":
        return rime[0] not in "iy"
    if onset == "qu":
        return rime[0] in "aăâeêiyôơ" and not rime.startswith("iê")
    if rime[0] == "y":
        return rime == "y" or (onset == "" and rime not in ("ynh", "ych"))
    return True


def _places(rime: str) -> tuple[int, ...]:
    """Where the tone mark stands."""
    marked = [i for i, letter in enumerate(rime) if letter in "ăâêôơư"]
    if marked:
        return (0,) if rime == "ưa" else (marked[0],) if rime == "ưu" else (marked[-1],)
    vowels = len([letter for letter in rime if letter in "aeiouy"])
    if rime in ("oa", "oe", "uy"):
        return (0, 1)
    if rime[:2] in ("oa", "oe", "uy", "oo") and len(rime) > 2:
        return (1,)
    return (0,) if vowels else ()


def _toned(rime: str, place: int) -> list[str]:
    stopped = rime[-1] in "ptck" or rime.endswith("ch")
    compose = unicodedata.normalize
    return [compose("NFC", rime[: place + 1] + tone + rime[place + 1 :]) for tone in (_STOPPED if stopped else _TONES)]


def is_syllable(word: str) -> bool:
    """Whether a word (NFC, any case) is spelled as a Vietnamese syllable can be.

    >>> [is_syllable(w) for w in ("Nghiêng", "hoà", "hòa", "QUYẾT", "giếng", "Đắk", "Quỳnh", "nưóc", "gấ", "tổõ")]
    [True, True, True, True, True, True, True, False, False, False]
    """
    return word.lower() in syllables()
