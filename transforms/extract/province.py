"""The province that a document is about, told by its headline, its publisher, the units and the bodies that it names.

A province must stand out: a report that names several with none in front, or only the place of a national meeting
(``tại Hà Nội``), is about none.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from collections import defaultdict
from functools import cache, lru_cache
from typing import NamedTuple

from schemas.rows import Place
from transforms.document import Article, Facts, Home
from transforms.extract import gazetteer
from transforms.extract.lexicon_files import table
from transforms.extract.place_codes import code_set
from transforms.match import Lexicon

# A local authority's name before a place, and words that only a local report uses without a name.
_AUTHORITY = re.compile(
    r"(?:ubnd|hđnd|ủy ban nhân dân|hội đồng nhân dân|tỉnh ủy|thành ủy|huyện ủy|quận ủy|thị ủy|đảng bộ|đảng ủy|công an|"
    r"tỉnh đoàn|mttq|việt nam|bộ chqs|quân sự|lđlđ|lao động|phụ nữ|nông dân|sở [\w ,&-]{2,40}|tuyên giáo|"
    r"trung tâm [\w -]{3,30}|"
    r"phòng [\w &,-]{3,30})[ \u00a0](?:của[ \u00a0])?$"
)
_MEETING = re.compile(r"(?:tại|ở|đến|từ|về|ra|và)[ \u00a0](?:thủ đô[ \u00a0])?$|[(]$")
# Words of a national and of a local report.
_CENTRAL_WORDS = """
chính phủ|quốc hội|thủ tướng|bộ trưởng|thứ trưởng|trung ương|cả nước|toàn quốc|63 tỉnh|bộ chính trị|ban bí thư|vụ trưởng
cục trưởng|tổng cục|bộ công an|bộ quốc phòng|bộ tài chính|bộ y tế|bộ nội vụ
"""
_LOCAL_WORDS = """
toàn tỉnh|của tỉnh|tỉnh ủy|trong tỉnh|ubnd tỉnh|hđnd tỉnh|trên địa bàn tỉnh|địa bàn tỉnh|thành ủy|toàn huyện|của huyện|huyện ủy
trong huyện|trên địa bàn huyện|ubnd huyện|địa bàn thành phố|của thành phố|toàn thành phố|quận ủy|của quận|toàn quận|địa bàn quận
ubnd quận|ubnd thành phố|ubnd tp|ubnd xã|ubnd phường|toàn xã|của xã|thị ủy|ubnd thị xã|địa phương|đảng bộ tỉnh|đảng bộ huyện
công an tỉnh|công an huyện|sở
"""
_CENTRAL = Lexicon([(word, word) for word in _CENTRAL_WORDS.replace("\n", "|").split("|") if word])
_LOCAL = Lexicon([(word, word) for word in _LOCAL_WORDS.replace("\n", "|").split("|") if word])
_LABELS = re.compile(r"[^a-z]+")
_CAPITALS = frozenset(["01", "79"])  # where national meetings are held
_PASSING = 3.0  # the weight of a unit named once, in the opening at most
_WEAK, _MODEST = 3.0, 7.0  # the weight of one mention in the opening; of two or three
_FEW, _OPENING, _SHORT, _PLAINLY_LOCAL = 2, 3, 6, 10  # sentences; words of a local report
_TITLE, _LEAD, _BODY = 4.0, 2.0, 1.0


@cache
def _hosts() -> dict[str, tuple[tuple[str, str, str], ...]]:
    """Provinces and districts as web addresses have them, without accents, to (code, set, level)."""
    found: dict[str, list[tuple[str, str, str]]] = defaultdict(list)
    for (key, level), units in gazetteer.by_name().items():
        name = gazetteer.ascii_key(key)
        if level in ("province", "district") and len(name) >= 5 and not name.isdigit():
            found[name] += [(unit.code, unit.code_set, level) for unit in units]
    return {name: tuple(codes) for name, codes in found.items()}


@cache
def _national() -> frozenset[str]:
    """The publishers of the whole country, whose names tell no province."""
    rows = table("outlets.tsv")
    names = (name for row in rows for name in (row["name"], row["source"], *row["aliases"].split("|")))
    return frozenset(gazetteer.ascii_key(name) for name in names)


def settle(article: Article, facts: Facts) -> Home | None:
    """The province, what told it, and the smallest unit that the document as a whole is about."""
    chosen = code_set(facts, facts.places)
    outlet = _by_outlet(article, chosen)
    weights, by_title, governed, units, sentences = _weights(article, facts, chosen)
    if outlet and (not weights or outlet[0] in weights or max(weights.values()) < 3):
        rival = max((weight for code, weight in weights.items() if code != outlet[0]), default=0.0)
        if rival <= weights.get(outlet[0], 0.0) + 3:
            by = "title" if outlet[0] in by_title else "place" if weights.get(outlet[0], 0.0) >= 2 else "outlet"
            return Home(outlet[0], chosen, by, _smallest(units.get(outlet[0], {}), weights.get(outlet[0], 0.0), outlet[1]))
    if not weights:
        return None
    ranked = sorted(weights.items(), key=lambda item: (-item[1], item[0]))
    best, weight = ranked[0]
    others = sum(value for _, value in ranked[1:])
    if any(code != best and weights[code] >= 0.7 * weight for code in by_title) and best in by_title:
        return None  # two provinces in the headline, and neither in front
    if best in by_title:
        others *= 0.6
    if weight < 1.6 * others or weight < (1.0 if best in by_title else 2.0):
        return None  # whatever else is said
    national = len(_CENTRAL.find(article.folded))
    local = len(_LOCAL.find(article.folded))
    needed = 2.0 if local >= 2 and local > national else 3.0
    if best in by_title:
        needed = 1.0 if local else 2.0
    if best in _CAPITALS and best not in by_title and best not in governed and national >= local:
        return None
    if (
        best not in by_title
        and len(article.sentences) >= _SHORT
        and not (best in governed and not others and not national)
        and _in_passing(weight, others, sentences.get(best, set()), national, local)
    ):
        return None
    if weight < needed or (national > 3 * (local + 1) and best not in by_title and weight < 6):
        return None
    return Home(best, chosen, "title" if best in by_title else "place", _smallest(units.get(best, {}), weight, None))


def _in_passing(weight: float, others: float, sentences: set[int], national: int, local: int) -> bool:
    """Whether a province is only where somebody comes from, where a firm has its seat, where a national meeting is held."""
    if weight <= _WEAK and local < _PLAINLY_LOCAL:
        return True
    if national > local and weight < _MODEST and len(sentences) <= _FEW:
        return True
    return len(sentences) == 1 and min(sentences) > _OPENING and others > 0


class _Evidence(NamedTuple):
    weights: dict[str, float]  # by province
    by_title: set[str]  # provinces in the headline
    governed: set[str]  # provinces whose authorities or smaller units are named
    units: dict[str, dict[str, float]]  # by province, the weight of each smaller unit
    sentences: dict[str, set[int]]  # by province, in which sentences it or its units are named


def _weights(article: Article, facts: Facts, chosen: str) -> _Evidence:
    """What the places say, weighed by where they stand."""
    weights: dict[str, float] = defaultdict(float)
    units: dict[str, dict[str, float]] = defaultdict(lambda: defaultdict(float))
    sentences: dict[str, set[int]] = defaultdict(set)
    starts = [sentence.start for sentence in article.sentences]
    by_title: set[str] = set()
    governed: set[str] = set()
    paragraphs, at = article.paragraphs, 0
    for place in facts.places:
        if place.province_code is None or place.level == "country":
            continue
        while at + 1 < len(paragraphs) and paragraphs[at].end <= place.start_char:
            at += 1
        role = paragraphs[at].role if paragraphs else "body"
        value, is_authority = _value(article, place, role, at)
        province = place.province_code
        if place.code_set != chosen:
            province = gazetteer.province_now(province, place.code_set or "2024")
        weights[province] += value
        sentences[province].add(bisect_right(starts, place.start_char))
        if is_authority or place.level != "province":
            governed.add(province)
        if role == "title":
            by_title.add(province)
        if place.code and place.level in ("district", "commune"):
            units[province][place.code] += value
    _undecided(facts, weights, chosen)
    return _Evidence(dict(weights), by_title, governed, units, dict(sentences))


def _value(article: Article, place: Place, role: str, paragraph: int) -> tuple[float, bool]:
    folded = article.folded
    before = folded[max(0, place.start_char - 50) : place.start_char]
    value = _TITLE if role == "title" else _LEAD if role == "lead" or paragraph <= 1 else _BODY
    if _AUTHORITY.search(before) or folded.startswith(("tỉnh ", "huyện ", "quận ", "thị xã "), place.start_char):
        return value * 1.5, True
    if _MEETING.search(before) and place.level == "province" and place.name in ("Hà Nội", "Hồ Chí Minh"):
        return 0.3, False
    return value * (0.7 if place.level == "province" and _MEETING.search(before) else 1.0), False


def _undecided(facts: Facts, weights: dict[str, float], chosen: str) -> None:
    """Districts and communes of several provinces count for the one in which most that are named can lie."""
    options: dict[tuple[str, str], set[str]] = {}
    for place in facts.places:
        if place.province_code is None and place.level in ("district", "commune") and not place.name.isdigit():
            found = gazetteer.by_name().get((gazetteer.unit_key(place.name), place.level), ())
            options[place.name, place.level] = {gazetteer.province_of(unit) for unit in found if unit.code_set == chosen}
    tally: dict[str, int] = defaultdict(int)
    for codes in options.values():
        for code in codes:
            tally[code] += 1
    best = sorted(tally.items(), key=lambda item: -item[1])
    if best and best[0][1] >= 2 and (len(best) == 1 or best[1][1] < best[0][1]):
        weights[best[0][0]] += 1.5 * (best[0][1] - 1)
    for code in tally:
        if code in weights:
            weights[code] += 1.0


def _by_outlet(article: Article, chosen: str) -> tuple[str, str | None] | None:
    """The province (and district) whose name the publisher's name holds: ``binhdinh.gov.vn``, ``VNPT Hưng Yên``."""
    for printed in (article.outlet, article.source_name):
        told = _by_name(printed, chosen) if printed else None
        if told:
            return told
    return None


@lru_cache(maxsize=1024)  # of the same publisher come many documents
def _by_name(printed: str, chosen: str) -> tuple[str, str | None] | None:
    if gazetteer.ascii_key(printed) in _national():
        return None
    found = _spelled(printed, chosen) if not printed.isascii() else _address(printed, chosen)
    if found:
        province = gazetteer.parents()[found[0], found[1]]
        return province, found[0] if found[2] == "district" else None
    short = _SHORT_OUTLETS.get(printed.strip().upper())
    return (short, None) if short else None


def _spelled(printed: str, chosen: str) -> tuple[str, str, str] | None:
    """The unit that a name with accents holds as whole words: ``VNPT Hưng Yên``."""
    words = gazetteer.unit_key(printed).split()
    for size in (4, 3, 2):
        for start in range(len(words) - size + 1):
            key = " ".join(words[start : start + size])
            for level in ("province", "district"):
                for unit in gazetteer.by_name().get((key, level), ()):
                    if unit.code_set == chosen:
                        return unit.code, chosen, level
    return None


def _address(printed: str, chosen: str) -> tuple[str, str, str] | None:
    """The unit whose name a part of a web address begins or ends with: ``baobinhdinh.vn``, ``WEBGOVAP``."""
    best: tuple[int, int, tuple[str, str, str]] | None = None
    for label in _LABELS.split(printed.lower()):
        for size in range(5, min(20, len(label)) + 1):
            for name in (label[:size], label[-size:]):
                for code in _hosts().get(name, ()):
                    rank = (size, code[2] == "province", code)
                    if code[1] == chosen and (best is None or rank[:2] > best[:2]):
                        best = rank
    return best[2] if best else None


# Provincial papers as their datelines abbreviate them, where the letters fit one province only.
_SHORT_OUTLETS = {"BBK": "06", "BBG": "24", "BGLO": "64", "BĐ": "52"}


def _smallest(units: dict[str, float], whole: float, default: str | None) -> str | None:
    """The unit that carries most of the evidence for the province (``whole``), if it stands out and isn't named in passing."""
    total = sum(units.values())
    if not total:
        return default
    code, weight = max(units.items(), key=lambda item: (item[1], item[0]))
    passing = weight <= _PASSING and weight < 0.45 * whole
    return code if weight >= 0.6 * total and weight >= 2 and not passing else default
