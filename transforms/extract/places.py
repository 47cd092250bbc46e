"""Mentions of administrative units: country, province, district, commune.

A name counts with its class word (``huyện Na Rì``, ``TP.HCM``, ``Phường 15``), in a list that shares one, after a committee's
name (``Huyện ủy Tân Trụ``), and bare where it is a province or a country. Bare names of districts and communes need support:
the same name with its class word in the text, a headline's prefix (``Bình Thủy: …``), or neighbours. Names that are also
persons' or common words (``Hòa Bình``, ``Vinh``, ``phong cách Hồ Chí Minh``) are left alone without it.
"""

from __future__ import annotations

import re
from bisect import bisect_left
from functools import cache, lru_cache, partial

from schemas.rows import Place, UnitRow
from transforms.clean.unicode import fold_tones
from transforms.document import Article, Facts
from transforms.extract import gazetteer, place_rows
from transforms.extract.countries import countries
from transforms.extract.lexicon_files import table
from transforms.extract.place_codes import code_set, resolve
from transforms.extract.place_names import CLASSES, DOTTED, Name, previous_word, read_name, stands_free
from transforms.match import Lexicon, in_one_pass, occurrences
from transforms.text import LOWER, UPPER

__all__ = ["code_set", "extract", "resolve"]

COMMITTEES = {
    "tỉnh ủy": "province", "thành ủy": "city", "huyện ủy": "district", "quận ủy": "district", "thị ủy": "district",
    "tỉnh đoàn": "province", "thành đoàn": "city", "huyện đoàn": "district", "quận đoàn": "district", "thị đoàn": "district",
    "tỉnh hội": "province", "huyện hội": "district", "thành hội": "city",
}  # fmt: skip
# Longer words that hold a class word or a name but are neither.
_BLOCKED = (
    "xã hội", "hợp tác xã", "công xã", "làng xã", "xã viên", "xã luận", "xã giao", "xã đoàn", "xã tắc", "thái bình dương",
    "xô viết nghệ tĩnh", "hà nam ninh", "hà tu", "thông tấn xã", "phường hội", "thành phố hồ chí minh city",
    "đại học thái bình dương",
    "quận công", "anh em", "anh hùng", "anh chị", "anh cả", "anh hai", "anh ấy", "anh ta", "anh này", "đức tin", "đức tính",
    "đức thánh", "đức phật", "đức mẹ", "đức giáo hoàng", "đức cha", "đức vua", "đức chúa", "mỹ thuật", "mỹ phẩm", "mỹ lệ",
    "mỹ nhân", "mỹ nghệ", "mỹ tục", "mỹ quan", "pháp luật", "pháp lý", "pháp lệnh", "pháp sư", "pháp danh", "pháp nhân",
    "pháp chế", "pháp y", "pháp hội", "pháp định", "ý kiến", "ý thức", "ý nghĩa", "ý chí", "ý tưởng", "ý đồ", "ý định",
    "áo dài", "áo ấm", "áo quần", "nhật ký", "nhật báo", "nhật trình", "nhật thực", "nga my", "điện biên phủ trên không",
    "bà xã", "ông xã", "mẹ việt nam", "bà mẹ việt nam", "việt nam cộng hòa", "mỹ latinh", "mỹ latin", "mỹ la tinh",
    "mỹ la-tinh", "pháp đình", "điện biên phủ", "việt nam đồng",
)  # fmt: skip
# Cities that are called by their bare names everywhere.
_TOWNS = frozenset(
    """
    hạ long|móng cái|cẩm phả|uông bí|việt trì|phủ lý|sầm sơn|đồng hới|hội an|quy nhơn|qui nhơn|tuy hòa|nha trang|cam ranh
    phan thiết
    pleiku|buôn ma thuột|buôn mê thuột|đà lạt|thủ dầu một|biên hòa|vũng tàu|mỹ tho|sa đéc|long xuyên|châu đốc|rạch giá|hà tiên
    phú quốc|sa pa|sapa
    """.replace("\n", "|")
    .replace(" " * 4, "")
    .split("|")
) - {""}
# What a town's name is only a part of.
_NAMED_AFTER = (
    "vịnh ", "cầu ", "sân ", "đường ", "phố ", "chùa ", "chợ ", "hồ ", "bến ", "đèo ", "cảng ", "chiến dịch ", "đoàn ",
    "chiến thắng ",
    "trận ", "giao lộ ", "ngã tư ", "đảo ", "núi ", "sông ", "trường ", "xi măng ", "cà phê ", "nước mắm ", "gà ", "công viên ",
    "mặt trận ", "bia ", "trận đánh ", "chiến sĩ ", "tàu ", "clb ", "đền ", "đình ", "miếu ", "suối ",
    "ngã ba ", "ngõ ", "khu công nghiệp ",
    "chi nhánh ", "thiền viện ", "làng ",
)  # fmt: skip
_SMALLER = re.compile(rf"(?<![\w-])([{UPPER}][\w'’]*(?: [{UPPER}][\w'’]*){{1,2}})(?:, ?| ?\(| ?[-–] ?)\Z")
_BRACKET = re.compile(r"\)|, [^()\n]{1,40}\)")
_NEVER_BARE = frozenset({"hồ chí minh", "hcm", "hồ chí mính", "hà bắc", "nam hà", "sông bé"})
_WARY = frozenset({"hòa bình", "huế"})  # provinces that are words or given names too
_VENUES = (
    "vịnh ",
    "sân vận động ",
    "sân ",
    "chợ ",
    "cầu ",
    "công viên ",
    "bệnh viện ",
    "trường thpt ",
)  # named after a district or alike
_SHRINES = ("đền ", "chùa ", "đình ", "miếu ", "hồ ", "suối ", "cầu ", "chợ ", "bến ", "đèo ")  # named after the unit
_LOCATIVES = "tại ở về đến từ ra vào tới qua thuộc trên nhánh ubnd hđnd quê ngụ trú lên xuống"
_PREPOSITIONS = frozenset(_LOCATIVES.split())

_AFTER_CLASS = re.compile(
    r"\.?[ \u00a0]{0,2}(?:(?:đảo|miền núi|vùng cao|biên giới|ven biển|ngoại thành|vùng sâu|trung du)[ \u00a0])?"
)  # "huyện đảo Lý Sơn"
# "18 xã, phường (8 phường, 10 xã), gồm: …", "các huyện miền núi như: …", "các xã vùng cao gồm …"
_AFTER_PLURAL = re.compile(
    r"[ \u00a0]\([^()\n]{1,40}\)[,:]?[ \u00a0]{1,2}(?:(?:gồm(?: có)?|như|là)[ \u00a0]?:?[ \u00a0]{1,2})?"
    rf"|[ \u00a0](?:[{LOWER}]{{1,8}} ){{1,4}}?(?:gồm(?: có)?|như)(?: ?:)?[ \u00a0]{{1,2}}"
    rf"|[ \u00a0](?:[{LOWER}]{{1,8}} ){{0,3}}[{LOWER}]{{1,8}} ?:[ \u00a0]{{1,2}}"
    r"|[ \u00a0]?(?:[:(]|gồm:?|như:?|là:?)?[ \u00a0]{0,2}"
)
_NEXT = re.compile(
    r"(?:[ \u00a0]?\([^()\n]{1,40}\))?(?:,[ \u00a0]+(?:và[ \u00a0]+)?|;[ \u00a0]+|[ \u00a0]+(?:và|hoặc|cùng)[ \u00a0]+)"
)
_NEXT_NUMBER = re.compile(r"(?:,[ \u00a0]*(?:và[ \u00a0]+)?|[ \u00a0]+và[ \u00a0]+)(?=\d{1,2}(?!\d))")
_PLURAL = re.compile(
    r"(?:^|[\s(])(?:các|những|hai|ba|bốn|năm|sáu|bảy|tám|nhiều|một số|\d{1,2})[ \u00a0]"
    r"(?:\w+(?:[ \u00a0]xã|[ \u00a0]phố|[ \u00a0]trấn)?(?:, | và |/))*$"
)
# How all of them end, which is sooner told than searched for.
_PLURAL_WORDS = ("các", "những", "hai", "ba", "bốn", "năm", "sáu", "bảy", "tám", "nhiều", "một số")
_PLURAL_ENDS = (*(word + space for word in _PLURAL_WORDS for space in " \u00a0"), ", ", " và ", "/")


@cache
def _lexicon() -> Lexicon[tuple[str, str]]:
    entries: list[tuple[str, tuple[str, str]]] = [(word, ("class", level)) for word, level in CLASSES.items()]
    entries += [(word, ("committee", level)) for word, level in COMMITTEES.items()]
    entries += [(word, ("blocked", "")) for word in _BLOCKED if word != "điện biên phủ"]
    names: dict[str, str] = {}
    for key, level in gazetteer.by_name():
        if level == "province" and key not in _NEVER_BARE:
            names[key] = level
    for row in table("places.tsv"):
        for name in (row["name"], *filter(None, row["aliases"].split("|"))):
            key = gazetteer.unit_key(name)
            if row["level"] in ("province", "country") and key not in _NEVER_BARE:
                names.setdefault(key, row["level"])
    for key, level in gazetteer.by_name():
        if level == "district" and (" " in key or "-" in key):
            names.setdefault(key, level)
    for key, level in names.items():
        entries.append((key, ("name", level)))
        if "-" in key:
            entries += [(key.replace("-", " - "), ("name", level)), (key.replace("-", " – "), ("name", level))]
    for city in ("tphcm", "tp hcm"):
        entries.append((city, ("city", "province")))
    return Lexicon(entries)


_place = partial(tuple.__new__, Place)  # half the time of Place(…)
_find_names = in_one_pass(_lexicon)


def extract(article: Article, facts: Facts) -> list[Place]:
    """Mentions in text order, with the codes that can be told without knowing the document's province.

    >>> article = Article.from_text("Dự có lãnh đạo huyện Na Rì, tỉnh Bắc Kạn và Huyện uỷ Tân Trụ (Long An).")
    >>> [(place.name, place.level) for place in extract(article, Facts())]
    [('Na Rì', 'district'), ('Bắc Kạn', 'province'), ('Tân Trụ', 'district'), ('Long An', 'province')]
    """
    sure, maybe = _collect(article, facts)
    named = {(found.key, found.level) for found in sure}
    taken = sorted(sure)
    homes = _homes(sure) if maybe else set()
    sure += [found for found in maybe if _is_supported(article, found, named, taken, homes)]
    sure += _in_a_row(article, maybe, sure)
    sure += place_rows.counted(article, maybe, sure)
    sure += _smaller(article, sure)
    sure += place_rows.in_names(article, sure)
    sure += _repeated(article, sure)
    found_rows = []
    end = 0
    for found in sorted(sure, key=lambda one: (one.start, -one.end)):
        if found.start >= end:
            name = gazetteer.canonical(found.key, found.level) or _as_printed(article, found)
            found_rows.append(_place((found.start, found.end, name, found.level, None, None, None, None)))
            end = found.end
    facts.places = found_rows
    return resolve(article, facts)


def _as_printed(article: Article, found: Name) -> str:
    """An unknown name in canonical spelling: the last words of the mention, as many as its key has; a number as it is."""
    if found.key.isdigit():
        return found.key
    words = article.text[found.start : found.end].split()
    return fold_tones(" ".join(words[-len(found.key.split()) :]))


def _collect(article: Article, facts: Facts) -> tuple[list[Name], list[Name]]:
    """Mentions that stand by themselves, and bare names that need support."""
    text = article.text
    sure: list[Name] = []
    maybe: list[Name] = []
    abroad: list[Name] = []
    done = 0
    for start, end, (what, level) in _find_names(article.folded):
        if start < done or what == "blocked":
            continue
        if what in ("class", "committee"):
            found = _after_class(article, facts, start, end, level, what)
            if found:
                sure += found
                done = found[-1].end
        elif not text[start].isupper():
            continue
        elif what == "city":
            sure.append(Name(start, end, "hcm", level))
        else:
            one = Name(start, end, gazetteer.tidy(article.folded[start:end]), level)
            if level == "district":
                if stands_free(article, one) and not article.folded.endswith(_VENUES, 0, start):
                    maybe.append(one)
            elif level == "country":
                abroad.append(one)
            elif stands_free(article, one):
                (maybe if one.key in _WARY else sure).append(one)
    sure += countries(article, abroad)
    return sure, maybe


def _after_class(article: Article, facts: Facts, start: int, end: int, level: str, what: str) -> list[Name]:
    """The unit named after a class word or committee, and those that share the word in a list."""
    text, folded = article.text, article.folded
    word = folded[start:end]
    if word in DOTTED and text[end : end + 1] != ".":
        return []
    plural = folded.endswith(_PLURAL_ENDS, 0, start) or folded[start - 2 : start - 1].isdecimal()
    plural = plural and _PLURAL.search(folded, max(0, start - 30), start) is not None
    if plural and level == "city" and folded.endswith(("tỉnh, ", "tỉnh và ", "tỉnh/"), 0, start):
        level = "province"
    gap = (_AFTER_PLURAL if plural else _AFTER_CLASS).match(text, end)
    pos = gap.end() if gap else end
    if pos == end:
        return []
    first = read_name(article, pos, level, what == "class" and word not in ("tt", "tx", "tp", *DOTTED), facts)
    if first is None:
        return []
    if what == "class" and gap is not None and (not plural or gap[0].strip(" \u00a0.") == ""):
        first = first._replace(start=start)
    found = [first]
    is_number = first.key.isdigit()
    while len(found) < 60:
        last = found[-1]
        link = (_NEXT_NUMBER if is_number else _NEXT).match(text, last.end)
        if link is None:
            break
        following = read_name(article, link.end(), level, False, facts)
        if following is None or following.level != first.level or (not plural and not _shares(article, first, following)):
            break
        found.append(following)
    return found


def _shares(article: Article, first: Name, following: Name) -> bool:
    """Whether a name after a singular class word and a comma is of the same level, rather than the unit around it."""
    if following.key.isdigit():
        return True
    if first.level == "province":
        return False  # the bare name counts by itself
    if gazetteer.is_known(following.key, "province"):
        return False
    if first.level == "commune" and gazetteer.is_known(following.key, "district"):
        return False
    if article.folded[first.end : following.start].strip() in ("và", "hoặc"):
        return True
    return place_rows.are_neighbours(first.key, following.key, first.level)


def _is_supported(article: Article, found: Name, named: set[tuple[str, str]], taken: list[Name], homes: set[str]) -> bool:
    text, folded = article.text, article.folded
    if (found.key, found.level) in named:
        return True
    at_start = found.start == 0 or text[found.start - 1] == "\n"
    if at_start and text[found.end : found.end + 1] == ":":
        return True
    word = previous_word(article, found.start).lower()
    if found.level == "province":
        return word in _PREPOSITIONS or _has_neighbour(folded, found, taken, "province")
    units = gazetteer.by_name().get((found.key, "district"), ())
    if _has_neighbour(folded, found, taken, None):
        return True
    if article.outlet and gazetteer.ascii_key(found.key) in gazetteer.ascii_key(article.outlet):
        return True
    if text[found.end : found.end + 1] == " " and text[found.end + 1 : found.end + 2].isupper():
        return False
    if found.key in _TOWNS:
        whole = not previous_word(article, found.start)[:1].isupper() or at_start
        return whole and not folded.endswith(_NAMED_AFTER, 0, found.start)
    bracketed = text[found.start - 1 : found.start] == "(" and _BRACKET.match(text, found.end) is not None
    if not (bracketed or word in _PREPOSITIONS):
        return False
    near = {gazetteer.province_of(unit) for unit in units} & homes
    if near:
        communes = gazetteer.by_name().get((found.key, "commune"), ())
        return (
            len(near) == 1 and not ({gazetteer.province_of(unit) for unit in communes if unit.code_set == "2024"} & homes) - near
        )
    only = None if bracketed else _only(found.key)
    return only is not None and gazetteer.class_word(only) == "thành phố"


@lru_cache(maxsize=4096)
def _only(key: str) -> UnitRow | None:
    """The district of this name, where there is one only; communes of the name only in its province (its seat, or its heir)."""
    units = gazetteer.by_name().get((key, "district"), ())
    if len({unit.code for unit in units}) != 1:
        return None
    now = gazetteer.province_now(gazetteer.province_of(units[0]), units[0].code_set)
    communes = gazetteer.by_name().get((key, "commune"), ())
    inside = all(gazetteer.province_now(gazetteer.province_of(one), one.code_set) == now for one in communes)
    return units[0] if inside else None


def _homes(sure: list[Name]) -> set[str]:
    """The provinces that are named, or one of whose districts is that has no namesake."""
    found: set[str] = set()
    for key, level in {(one.key, one.level) for one in sure if one.level in ("province", "district")}:
        units = gazetteer.by_name().get((key, level), ())
        provinces = {gazetteer.province_of(unit) for unit in units if unit.code_set == "2024"}
        if len(provinces) == 1:
            found |= provinces
    return found


def _in_a_row(article: Article, maybe: list[Name], sure: list[Name]) -> list[Name]:
    """Three or more districts of one province in a row (``Hoàn Kiếm, Tây Hồ, Long Biên``)."""
    folded, known = article.folded, {one.start for one in sure}
    found: list[Name] = []
    row: list[Name] = []
    for one in [*maybe, None]:
        if one and row and folded[row[-1].end : one.start] in (", ", " và ", ",", " - "):
            row.append(one)
            continue
        if len(row) >= 3:
            homes = [
                {gazetteer.province_of(unit) for unit in gazetteer.by_name().get((name.key, "district"), ())} for name in row
            ]
            if set.intersection(*homes):
                found += [name for name in row if name.start not in known]
        row = [one] if one and one.level == "district" else []
    return found


def _smaller(article: Article, sure: list[Name]) -> list[Name]:
    """The bare commune before its district: ``Hương Sơn, Mỹ Đức, Hà Nội``; ``Khánh Phú (Yên Khánh)``."""
    found = []
    for one in sure:
        if one.level != "district" or one.key.isdigit():
            continue
        before = _SMALLER.search(article.text, max(0, one.start - 40), one.start)
        if before is None:
            continue
        key = gazetteer.tidy(article.folded[before.start(1) : before.end(1)])
        name = Name(before.start(1), before.end(1), key, "commune")
        if article.folded.endswith(_NAMED_AFTER, 0, name.start) or previous_word(article, name.start).isdigit():
            continue
        if (key, "commune") in gazetteer.by_name() and _holds(one.key, key) and stands_free(article, name):
            found.append(name)
    return found


def _has_neighbour(folded: str, found: Name, taken: list[Name], level: str | None) -> bool:
    """Whether a sure mention stands next to it: a province or fellow after a comma, a smaller unit before one."""
    for other in taken[max(0, bisect_left(taken, (found.start,)) - 3) : bisect_left(taken, (found.end + 13,))]:
        if other.start >= found.end and other.start - found.end <= 12:
            between = folded[found.end : other.start].strip()
            if between in (",", "(", "-", "–", "và", ", tỉnh") and (other.level == (level or "province")):
                return True
        if other.end <= found.start and found.start - other.end <= 6:
            between = folded[other.end : found.start].strip()
            if between in (",", "(", "-", "–", "và"):
                if level and other.level == level:
                    return True
                if not level and (other.level == "district" or (other.level == "commune" and _holds(found.key, other.key))):
                    return True
    return False


def _holds(district: str, commune: str) -> bool:
    """Whether some district of the first name has a commune of the second."""
    codes = {unit.code for unit in gazetteer.by_name().get((district, "district"), ())}
    return any(unit.parent_code in codes for unit in gazetteer.by_name().get((commune, "commune"), ()))


def _repeated(article: Article, sure: list[Name]) -> list[Name]:
    """Bare repetitions of communes and one-word districts that the text names with their class word."""
    folded, text = article.folded, article.text
    again: list[Name] = []
    keys = sorted({(one.key, one.level) for one in sure if one.level in ("commune", "district")})
    keys = [(key, level) for key, level in keys if not key.isdigit() and " " in key]
    if not keys:
        return again
    for number, pos, end in occurrences([key for key, _ in keys], folded):
        key, level = keys[number]
        one = Name(pos, end, key, level)
        bounded = not folded[max(0, pos - 1) : pos].isalnum() and not folded[end : end + 1].isalnum()
        bounded = bounded and not folded.endswith(_SHRINES, 0, pos)
        if bounded and text[pos].isupper() and stands_free(article, one) and _is_whole(article, pos, end):
            again.append(one)
    return again


def _is_whole(article: Article, start: int, end: int) -> bool:
    """Whether no capitalised word adjoins, so that the name is not part of a longer one."""
    text = article.text
    word = previous_word(article, start)
    if word[:1].isupper() and word.lower() not in CLASSES and not word.isupper():
        return False
    return not (text[end : end + 1] in (" ", "\u00a0") and text[end + 1 : end + 2].isupper())
