"""Words around a name that tell whether it is a person's: what things are named after people, what credits an author."""

from __future__ import annotations

import re
from functools import cache

from transforms.clean.syllables import is_syllable
from transforms.document import Facts
from transforms.extract.lexicon_files import table
from transforms.extract.mention import Mention
from transforms.text import UPPER

_ADDRESS = re.compile(r"[\d/]+\w?")  # the number of a house before its street
# "Chùa Hang - Nhà tù Chợ Chu - [Hồ Bảo Linh]": a sight before a dash or comma
_SIGHT = re.compile(
    r"(?:[-–,] ?|liên hoàn |: ?|gồm |như |\A)(?:chùa|đền|núi|thác|hang|động|nhà tù|suối|đèo|đảo|vịnh|biển|bãi|rừng|"
    r"đầm|hồ|khu du lịch|khu di tích|vườn quốc gia|tháp|thành cổ|di tích|làng) [^-–,.;\n]{2,40} ?[-–,] ?\Z"
)
# Where something lies: "khu đất ở [Hoàng Hoa Thám]"; not what is seen in somebody.
_LIES = re.compile(r"(?<!thấy)(?<!có)(?<!ẩn)(?<!người) (?:ở|tại|dọc|góc|mặt tiền) \Z|[(](?:ở|tại) \Z")
# "John Doe (do Jane Roe thủ vai)", "John Doe (Jane Roe đóng)": a part, and nobody
_PLAYED = re.compile(
    rf"(?: ?\(|,? )(?:do )?(?:[a-zà-ỹđ]+ ){{0,4}}?[{UPPER}][^(),;\n]{{2,40}} "
    r"(?:thủ vai|đóng|thể hiện|vào vai|lồng tiếng|đảm nhận)\b"
)
_GENITIVE = re.compile(r"['’]s(?!\w)")  # "Victoria's Secret"
# A god in a prayer: "ngài Bản gia Thổ địa Tôn thần"
_GOD = re.compile(r"[^.,;\n]{0,30}\b(?:tư mệnh|táo phủ|thần quân|tôn thần|chư vị|bồ tát|thích ca|thiên tôn|đại đế|tiên nương)\b")
_IS_PLACE = re.compile(
    r" là (?:một |1 |tên )?(?:xã|huyện|phường|thị trấn|làng|thôn|bản|tỉnh|công ty|tập đoàn|hãng|thương hiệu)\b"
)
_RELATIONS = ("vợ", "chồng", "vợ chồng", "con trai", "con gái")  # they tell a name, but nobody is addressed so
_UNTOLD = ("bare", "office")  # a firm may stand so too
_OF_GODS = ("ngài", "giáo chủ", "cô", "cậu")
_DYNASTY = re.compile(r"(?:thời|thời kỳ|triều|triều đại|nhà|đời|cuối|đầu) \Z")
_WINDOW = 30  # characters looked at before a name
_MOST = 5  # words of a key, and of a name that ends a firm's
_ABBREVIATED = 3  # characters of a word that a full stop may shorten, with it: "phố." ends a sentence


@cache
def name_words(kind: str) -> frozenset[str]:
    """The folded words of one kind in the lexicon ``name_words.tsv``.

    ``thing``: what is named after people (a name after it is none of a person); ``credit``: what stands before an author's name;
    ``devotion``: what is said of Hồ Chí Minh's thought, mausoleum, … rather than of himself; ``memorial``: what is named after
    people with their honorific; ``heading``: heads of bodies that no name begins with; ``either``: given names that also head
    bodies; ``company``: words of company names; ``middle``: usual middle names; ``opening``: first words of sentences, after
    which a name may stand; ``fixed``: second words of fixed expressions (Bà Rịa, ông Táo); ``street``: people after whom
    streets are named in most cities; ``house``: seats of foreign governments, which a name may follow; ``titled``: what
    a foreigner's name is the title, the brand or the part of (phim, vai, hãng); ``dynasty``: dynasties that look like a name.
    """
    return frozenset(row["key"] for row in table("name_words.tsv") if row["kind"] == kind)


@cache
def _last_words(kind: str) -> frozenset[str]:
    return frozenset(key.rpartition(" ")[2] for key in name_words(kind))


def follows_thing(folded: str, pos: int) -> bool:
    """Whether what stands right before ``pos`` makes the name there a street's, a school's, a prize's, or an author's credit.

    >>> [follows_thing(text, len(text)) for text in ("tại trường thcs ", "số 36 ", "ảnh: ", "theo ông ", "quốc hội: ")]
    [True, True, True, False, False]
    """
    return follows(folded, pos, "thing") or follows(folded, pos, "credit")


def follows(folded: str, pos: int, kind: str) -> bool:
    """Whether the words right before ``pos`` are one of the kind."""
    before = folded[max(0, pos - _WINDOW) : pos].rsplit("\n", 1)[-1].rstrip(" “\"‘'")
    if kind == "credit":
        before = before.rstrip(" :")
    elif kind == "devotion" and before.endswith(" của"):
        before = before[:-4]
    known = name_words(kind)
    pieces = before.split()
    if not pieces:
        return False
    if kind != "credit" and pieces[-1].endswith(".") and (len(pieces[-1]) > _ABBREVIATED or is_syllable(pieces[-1][:-1])):
        return False  # "… tại hội trường. Ông A", "… toàn cầu. Giáo sư A": another sentence
    tail = pieces[-1].lstrip("(“\"'[").rstrip(".") if kind != "credit" else pieces[-1].lstrip('([“"')
    if tail in known or (kind == "thing" and _ADDRESS.fullmatch(tail) is not None):
        return True
    if tail not in _last_words(kind):
        return False
    for piece in pieces[-2 : -_MOST - 1 : -1]:
        tail = f"{piece.lstrip('([')} {tail}"
        if tail in known:
            return True
    return False


def is_sight(folded: str, pos: int) -> bool:
    """Whether a name that begins with *hồ* stands in a chain of sights, where it is a lake."""
    return folded.startswith("hồ ", pos) and _SIGHT.search(folded, max(0, pos - 60), pos) is not None


def lies_there(folded: str, pos: int) -> bool:
    """Whether a place is told by the words before ``pos``: ``khu đất ở``, ``nhà tại``."""
    return (
        folded.endswith(("ở ", "tại ", "dọc ", "góc ", "tiền "), 0, pos)
        and _LIES.search(folded, max(0, pos - 16), pos) is not None
    )


def house_before(keys: list[str]) -> int:
    """How many of the words are a foreign government's seat with a name after it: ``Điện Kremlin`` + ``Dmitry Peskov``.

    >>> house_before(["điện", "kremlin", "dmitry", "peskov"]), house_before(["dmitry", "peskov"])
    (2, 0)
    """
    houses = name_words("house")
    return next((size for size in (3, 2, 1) if len(keys) > size and " ".join(keys[:size]) in houses), 0)


def is_thing_there(folded: str, pos: int, end: int) -> bool:
    """Whether a street, a school, a lake or a dynasty (``thời Lê Trung Hưng``) has the name."""
    if folded[pos:end] in name_words("dynasty") and _DYNASTY.search(folded, max(0, pos - 12), pos):
        return True
    return follows_thing(folded, pos) or is_sight(folded, pos)


def real(found: list[Mention], facts: Facts, text: str, folded: str) -> list[Mention]:
    """``found`` without the parts of plays, gods, brands, and firms that the text calls so elsewhere and nothing calls here."""
    parts: set[str] = set()
    if "vai" in folded or "đóng" in folded:
        parts = {one.name for one in found if one.end - one.start > 3 and _is_played(text, one.end)}
    printed = {text[body.start_char : body.end_char] for body in facts.organisations if body.kind == "company"}
    # The last words of firms' names, but for a firm called its owner's.
    firms = {tail for firm in printed if " của " not in firm for tail in _tails(firm)}
    called = {one.name for one in found if one.by not in _UNTOLD} if firms else set()
    kept = []
    for one in found:
        if one.name in parts or (one.honorific in _OF_GODS and _GOD.match(folded, one.start)):
            continue
        if ("'s" in one.name or "’s" in one.name) and _GENITIVE.search(one.name):
            continue
        if firms and one.by in _UNTOLD and one.name not in called and one.name in firms:
            continue
        if one.by == "bare" and folded.startswith(" là ", one.end) and _IS_PLACE.match(folded, one.end):
            continue
        kept.append(one if one.honorific not in _RELATIONS else one._replace(honorific=None))
    return kept


def _tails(firm: str) -> list[str]:
    words = firm.split(" ")
    return [" ".join(words[-count:]) for count in range(1, min(_MOST, len(words) - 1) + 1)]


def _is_played(text: str, end: int) -> bool:
    return text.startswith((" (", "(", " do ", ", do "), end) and _PLAYED.match(text, end) is not None
