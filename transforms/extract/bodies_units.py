"""The units to which bodies belong, as printed in their names: ``tỉnh X``, ``huyện đảo X``, ``Bến Tre``."""

from __future__ import annotations

import re
from functools import lru_cache
from typing import NamedTuple

from transforms.document import Article
from transforms.extract.bodies_lexicon import Head
from transforms.extract.bodies_names import UNIT_WORD
from transforms.extract.names import name_end
from transforms.extract.place_names import CLASSES, IN_FULL, Name, printed_name, read_name

_NO_UNIT = re.compile(
    r"(?:ủy(?! quyền)|đoàn|hội|đội|nghèo|thông minh|nông thôn|đảo|miền|biên giới|lân cận|bạn|khác|này|viên|thuộc|"
    r"trực(?! tiếp))(?!\w)"
)
# What is told of a unit between its class word and its name: "huyện đảo Lý Sơn".
_TRAIT = re.compile(r"(?:đảo|miền núi|vùng cao|biên giới|ven biển)[ \u00a0](?=\w)")
_TERM = re.compile(r" (?:khóa|khoá) (?:[ivx]+|\d{1,2})(?:,? nhiệm kỳ \d{4} ?[-–] ?\d{4})?(?= )| nhiệm kỳ \d{4} ?[-–] ?\d{4}(?= )")
ELECTED = frozenset(["Đoàn đại biểu Quốc hội", "Hội đồng nhân dân"])
_HCM = re.compile(r"tp\.?[ ]?hcm(?!\w)")
NATION = re.compile(r"(?:việt nam|vn)(?!\w)")
_OF = re.compile(r"[ \u00a0]{1,2}(?:của[ \u00a0]{1,2})?")
_ACRONYM = re.compile(r" \([A-ZĐƯ][A-ZĐƯ&. -]{1,12}\d{0,2}\)(?= )")
_CENTRE = re.compile(r"(?:trung ương|tw|t\.ư)(?! đoàn| hội)(?!\w)")
_FRONTS = ("mttq", "mặt trận tổ quốc")
_PART = re.compile(r"(?:Bắc|Nam|Đông|Tây) (?=[A-ZĐ])")
COMMITTEES = ("tỉnh ủy", "huyện ủy", "thành ủy", "quận ủy", "thị ủy", "đảng ủy")
_POLICE = ("công an tỉnh", "công an thành phố", "công an tp", "công an huyện", "công an quận", "công an thị xã")
SMALL = (*COMMITTEES, "đảng bộ", *_POLICE)


class Unit(NamedTuple):
    """The unit at the end of a body's name: named (``name``), or only by its class word."""

    end: int
    text: str
    level: str | None
    name: Name | None


def read_unit(article: Article, pos: int) -> Unit | None:
    """A unit with its class word at ``pos``, whether named or not (``tỉnh``, ``huyện Na Rì``, ``TP.HCM``)."""
    folded = article.folded
    city = _HCM.match(folded, pos)
    if city:
        return Unit(city.end(), "Thành phố Hồ Chí Minh", "province", Name(pos, city.end(), "hồ chí minh", "province"))
    word = UNIT_WORD.match(folded, pos)
    if word is None or (word[1] == "tp" and folded.startswith("bank", word.end())):  # "Tiên Phong TP bank"
        return None
    full = IN_FULL.get(word[1], word[1])
    if word.end() > word.end(1) and (len(word[1]) < 3 or "." not in word[0]):  # no "thành phố. Đoàn …"
        trait = _TRAIT.match(folded, word.end()) if folded[word.end() : word.end() + 1] in "đmvb" else None
        pos, full = (
            (trait.end(), f"{full} {trait[0][:-1]}") if trait and article.text[trait.end()].isupper() else (word.end(), full)
        )
        name = read_name(article, pos, CLASSES[word[1]], unknown=word[1] not in ("tp", "tx"))
        if name:
            return Unit(name.end, f"{full} {printed_name(article, name)}", name.level, name)
        if _NO_UNIT.match(folded, word.end()):
            return None
    if word[1] in ("q", "p", "h", "x", "tt"):  # may be somebody's initials
        return None
    level = {"tỉnh": "province", "thành phố": None}.get(full, "district" if full in ("quận", "huyện", "thị xã") else "commune")
    return Unit(word.end(1), full, level, None)


def bare_unit(article: Article, pos: int, head: Head) -> Unit | None:
    """A unit's name without class word: ``Tỉnh ủy Bến Tre``, ``Sở Tư pháp Hải Dương``."""
    if not article.text[pos : pos + 1].isupper():
        return None
    levels: tuple[str, ...] | None = {
        "Tỉnh ủy": ("province",), "Tỉnh đoàn": ("province",), "Thành ủy": ("city",), "Thành đoàn": ("city",),
        "Thành hội": ("city",), "Đoàn xã": ("commune",),
    }.get(head.name)  # fmt: skip
    if levels is None:
        levels = ("district",) if head.level == "district" else ("province", "district")
    part = _PART.match(article.text, pos) if head.kind == "company" else None
    whole = read_name(article, part.end(), "province") if part else None
    if part and whole:  # "Agribank" + "Bắc Thanh Hóa"
        return Unit(whole.end, f"{part[0]}{printed_name(article, whole)}", "province", whole)
    for level in levels:
        name = read_name(article, pos, level)
        if name is None or name.key.isdigit() or (level == "province" and name.key in ("hồ chí minh", "hcm", "hồ chí mính")):
            continue
        if name.key == "điện biên" and article.text.startswith(" Phủ", name.end):  # the city, a battle, a street
            continue
        if level == "district" and len(levels) > 1:
            following = article.text[name.end + 1 : name.end + 2]
            if (
                " " not in name.key
                or (article.text[name.end : name.end + 1] == " " and following.isupper())
                or name_end(article.text, pos)
            ):
                continue
        return Unit(name.end, printed_name(article, name), name.level, name)
    return None


def commune_told(article: Article, pos: int) -> Unit | None:
    """A commune's bare name at ``pos`` that the text has elsewhere with its class word: ``UBND`` + ``Ngọc Trạo``."""
    name = read_name(article, pos, "commune")
    if name is None or " " not in name.key or name_end(article.text, pos):
        return None
    if not _stands_with_class(article.folded, article.folded[name.start : name.end]):
        return None
    return Unit(name.end, printed_name(article, name), name.level, name)


@lru_cache(maxsize=32)  # the names of one text: it is searched once for each
def _stands_with_class(folded: str, name: str) -> bool:
    return any(f"{word} {name}" in folded for word in ("xã", "phường", "thị trấn"))


def past_acronym(article: Article, end: int) -> int:
    """After the brackets in ``Bệnh viện Đa khoa (BVĐK) Lạng Sơn``, where a unit follows them."""
    acronym = _ACRONYM.match(article.text, end) if article.text.startswith(" (", end) else None
    if acronym is None:
        return end
    pos = acronym.end()
    if article.folded.startswith(" mttq việt nam", pos) and article.folded.endswith(_FRONTS, 0, end):  # printed again
        return pos + 5
    named = article.folded.startswith(SMALL, pos + 1) or read_unit(article, pos + 1) or read_name(article, pos + 1, "province")
    known = _CENTRE.match(article.folded, pos + 1) or NATION.match(article.folded, pos + 1)
    return pos if (named or known) and article.text[pos] == " " else end


def past_term(article: Article, end: int) -> int:
    """After the term in ``Đoàn đại biểu Quốc hội khóa XV tỉnh X``, where a named unit follows it."""
    term = _TERM.match(article.folded, end) if article.folded.startswith((" khó", " kho", " nhi"), end) else None
    gap = _OF.match(article.folded, term.end()) if term else None
    unit = read_unit(article, gap.end()) if gap else None
    return term.end() if term and unit and (unit.name or unit.level is None) else end
