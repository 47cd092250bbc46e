"""Mentions of named people, and what they and their offices are told by."""

from __future__ import annotations

import re
from bisect import bisect_left
from functools import lru_cache, partial
from typing import NamedTuple

from schemas.rows import Person
from transforms.clean.syllables import is_syllable
from transforms.clean.unicode import fold_key
from transforms.document import Article, Facts
from transforms.extract.holder_bodies import Held
from transforms.extract.holders import hold
from transforms.extract.mention import Mention
from transforms.extract.mentions import mentions
from transforms.extract.names import is_family
from transforms.extract.offices import read_offices


class Analysis(NamedTuple):
    """What an article says of people: read once, for the tables ``people`` and ``positions``."""

    mentions: list[Mention]
    held: list[Held]
    ids: dict[str, str]  # person_id by name


_CENTRAL = re.compile(
    r"Trung ương|Bộ Chính trị|Ban Bí thư|Chính phủ|(?<!đại biểu )Quốc hội|Nhà nước|"
    r"^Bộ (?!đội|môn|phận|Chỉ huy|Tư lệnh|CHQS)|Quân ủy|Tòa án nhân dân tối cao|Viện kiểm sát nhân dân tối cao"
)
_CENTRAL_TITLES = (
    *("Tổng Bí thư", "Chủ tịch nước", "Phó Chủ tịch nước", "Thủ tướng", "Phó Thủ tướng", "Phó Thủ tướng Thường trực"),
    *("Bộ trưởng", "Thứ trưởng"),
)
_LOCAL = re.compile(
    r"(?:Tỉnh|Thành|Huyện|Quận|Thị|Đảng) ủy|Đảng bộ|Đoàn đại biểu Quốc hội|Ủy ban nhân dân|Hội đồng nhân dân|^Sở |tỉnh|huyện|"
    r"thành phố|quận|thị xã|(?<!tấn )xã(?! hội)|phường|thị trấn"
)
_MAYBE_LOCAL = ("Ban ", "Phòng ", "Chi cục")  # of the document's province, where its holder has no office at the centre
_SCHOOL = re.compile(r"Trường (?!Chính trị)|Bệnh viện|Học viện|Công ty")  # a "Trung ương" in their name is no seat
_MEMBERS = ("Ủy viên", "Đại biểu")  # of a body at the centre, as heads of provinces are too
_OF_ANY = ("Đảng ủy", "Ban Thường vụ Đảng ủy", "Đảng bộ", "Ban Chấp hành Đảng bộ")  # any body may have them
_PASSING = ("Ban Chỉ đạo Năm", "Ban Tổ chức")  # of an occasion, which may be anywhere
_person = partial(tuple.__new__, Person)  # half the time of Person(…)
_latest: list[tuple[Article, Facts, Analysis]] = []  # the article being read: two extractors ask for it, one after the other


def extract(article: Article, facts: Facts) -> list[Person]:
    """Every mention of a named person, in text order.

    Shape: a capitalised name after an honorific, a rank or an office, or a family name with two or three more words elsewhere.
    Short second mentions (``ông Dũng``) get the full name that the document gives.
    Not handled: people told by initials (``ông NVR``), bare given names, people after whom something is named.

    >>> text = "Đồng chí Cao Văn Dũng, Bí thư Huyện ủy phát biểu. Theo ông Dũng, trường Lê Lợi đã xong."
    >>> [(p.name, p.honorific) for p in extract(Article.from_text(text), Facts())]
    [('Cao Văn Dũng', 'đồng chí'), ('Cao Văn Dũng', 'ông')]
    """
    analysis = analyse(article, facts)
    ids = analysis.ids
    return [_person((m.start, m.end, m.name, m.honorific, ids.get(m.name))) for m in analysis.mentions]


def analyse(article: Article, facts: Facts) -> Analysis:
    """The people of an article and their offices."""
    if _latest and _latest[0][0] is article and _latest[0][1] is facts:
        return _latest[0][2]
    offices = read_offices(article)
    found = mentions(article, facts, offices)
    held = hold(article, facts, found, offices)
    analysis = Analysis(found, held, _ids(facts, found, held))
    _latest[:] = [(article, facts, analysis)]
    return analysis


def _ids(facts: Facts, found: list[Mention], held: list[Held]) -> dict[str, str]:
    """``person_id`` of those whose office tells the province (or the centre); nobody else has one."""
    seats: dict[str, set[str]] = {}
    likely: dict[str, str] = {}
    committees: dict[str, str] = {}
    centre = {body.name for body in facts.organisations if body.body_id and body.body_id.endswith("@TW")}
    placed: set[str] = set()  # who has an office in a body at the centre
    abroad = {found[one.holder].name for one in held if _is_abroad(facts, one)} if _has_abroad(facts) else set()
    for one in held:
        body = one.organisation or ""
        if body.startswith(_PASSING) or not _is_vietnamese(found[one.holder].name) or found[one.holder].name in abroad:
            continue
        seat = _seat(facts, one)
        if body in centre and not one.office.title.removeprefix("Nguyên ").startswith(_MEMBERS):
            placed.add(found[one.holder].name)
        if seat and seat != "TW" and body in _OF_ANY:  # whose committee it is may be told by his other office
            committees.setdefault(found[one.holder].name, seat)
        elif seat:
            seats.setdefault(found[one.holder].name, set()).add(seat)
        elif facts.home and body.startswith(_MAYBE_LOCAL):
            likely.setdefault(found[one.holder].name, facts.home.province_code)
    for name, code in committees.items():
        if name not in placed:
            seats.setdefault(name, set()).add(code)
    for name, code in likely.items():
        seats.setdefault(name, {code})
    ids = {}
    for name, codes in seats.items():
        local = codes - {"TW"}
        if len(local) <= 1 and "@" not in name:
            ids[name] = f"{fold_key(name)}@{next(iter(local), 'TW')}"
    return ids


@lru_cache(maxsize=4096)
def _is_vietnamese(name: str) -> bool:
    """Foreign office holders have no seat here, though their titles are the same."""
    pieces = fold_key(name).split()
    return is_family(pieces[0]) is not None and all(is_syllable(piece) for piece in pieces)


def _has_abroad(facts: Facts) -> bool:
    return any(place.level == "country" and place.name != "Việt Nam" for place in facts.places)


def _is_abroad(facts: Facts, one: Held) -> bool:
    """Whether an office ends in another country's name, or has it right after it."""
    number = bisect_left(facts.places, one.office.start, key=lambda place: place.start_char)
    return any(
        place.level == "country" and place.name != "Việt Nam" and place.start_char <= one.office.end + 1 <= place.end_char + 1
        for place in facts.places[number : number + 4]
    )


def _seat(facts: Facts, one: Held) -> str | None:
    body = one.organisation or ""
    number = bisect_left(facts.places, one.office.start, key=lambda place: place.start_char)
    for place in facts.places[number : number + 4]:
        if place.start_char < one.office.end and place.province_code:
            return place.province_code
    if one.office.title.removeprefix("Nguyên ") in _CENTRAL_TITLES or (_CENTRAL.search(body) and not _SCHOOL.search(body)):
        return "TW"
    if facts.home and not body.startswith("Câu lạc bộ") and _LOCAL.search(body):  # a club plays away too
        return facts.home.province_code
    return None
