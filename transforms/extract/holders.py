"""Whose an office is: chains of offices before a name, after it, or given to it by a verb."""

from __future__ import annotations

import re
from typing import NamedTuple

from transforms.document import Article, Facts
from transforms.extract.mentions import Mention
from transforms.extract.offices import Office


class Held(NamedTuple):
    """An office, with its holder (a number in the list of mentions) and the body settled by its chain."""

    office: Office
    holder: int
    organisation: str | None
    tenure: str | None


_TERM = r"(?: ?\([^()\n]{1,40}\))?(?:,? (?:khóa|khoá|nhiệm kỳ) [\dIVXLivxl]+(?: ?[-–] ?\d+)?(?:,? nhiệm kỳ \d+ ?[-–] ?\d+)?)?"
_LIFE = r"(?:,? ?\(?(?:sn|sinh năm|sinh)\.?:? ?[\d/\-]{4,10}\)?|,? ?\(?\d\d tuổi\)?)?"
# Between two offices of one person.
_BETWEEN = re.compile(rf"{_TERM} ?(?:,|[-–—]| và|,? kiêm(?: nhiệm)?(?: chức)?|, đồng thời là|, nay là|, hiện là)(?: (?:kiêm|là|và|hiện là|nay là|nguyên là))? {{0,2}}\Z", re.I)
# Between a name and the office after it.
_AFTER = re.compile(
    rf"{_LIFE}(?: ?\([^()\n]{{1,30}}\))?(?: ?[,:]| ?[-–—]| ?\()(?: (?:hiện(?: đang)?(?: là)?|đang là|là|nay là|khi đó là|lúc đó là|vốn là|"
    rf"người (?:giữ|đảm nhiệm)(?: chức(?: vụ)?)?|với cương vị|trên cương vị|giữ chức(?: vụ)?|kiêm|đại diện|thay mặt))? {{0,2}}\Z"
    rf"| (?:hiện |đang |nay |từng |hiện nay |vẫn |cũng |khi đó |vốn )?(?:là|làm) \Z", re.I)
# Between a name and the office it is given or loses, with other words in between.
_GIVEN = re.compile(
    r"[^.;!?\n]{0,90}?\b(?:(?P<given>(?:được |đã )*(?:bầu|bổ nhiệm|phân công|chỉ định|điều động|giới thiệu|luân chuyển|tiếp nhận|tái cử|"
    r"trúng cử)?[^.;!?\n]{0,60}?\b(?:giữ|làm|đảm nhiệm|đảm nhận|vào)(?: các)?(?: chức(?: vụ| danh)?)?)|"
    r"(?P<left>(?:thôi|miễn nhiệm|rời|nghỉ|bãi nhiệm|cách|từ)[^.;!?\n]{0,30}?(?:giữ |làm |đảm nhiệm )?(?:chức(?: vụ| danh)?|làm)))"
    r":? {1,2}\Z", re.I)
_GIVING = re.compile(r"\b(?:bầu|bổ nhiệm|phân công|chỉ định|điều động|luân chuyển|trúng cử|tái cử|giới thiệu)\b", re.I)
_LEAVING = re.compile(r"\b(?:thôi|miễn nhiệm|cho thôi|nghỉ hưu|nghỉ công tác|bãi nhiệm|cách chức|từ chức)\b", re.I)
# Between an office and the name after it.
_BEFORE = re.compile(rf"{_TERM} {{1,2}}\Z")
_BEFORE_CALLED = re.compile(
    rf"{_TERM}(?:,| là| của [^,.;\n]{{1,20}} là|:| [-–])? {{1,2}}\Z|(?: [^\W\d_]+){{1,3}} này, \Z")
_COUNTRY = re.compile(r" {1,2}[^,.;:()\n]{2,22} {1,2}\Z")
_WITH = re.compile(r"(?:\A|[.!?…] ?|\n)(?:với|về phía|phía|đại diện(?: cho)?|thay mặt)(?: (?:lãnh đạo|phía))? \Z", re.I)
_COMMITTEE = re.compile(r"(?:(?:Tỉnh|Thành|Huyện|Quận|Thị|Đảng) ủy|Trung ương|Đảng bộ)\b.*")
_PARTY_TITLES = ("Ủy viên Ban Thường vụ", "Ủy viên Ban Chấp hành", "Ủy viên Thường vụ")
_HEADS = ("Chủ tịch", "Phó Chủ tịch", "Tổng Giám đốc", "Phó Tổng Giám đốc", "Tổng Thư ký", "Phó Tổng Thư ký", "Giám đốc", "Phó Chủ tịch Thường trực")


def hold(article: Article, facts: Facts, mentions: list[Mention], offices: list[Office]) -> list[Held]:
    """The offices that the text gives somebody, in text order."""
    text = article.text
    if not mentions or not offices:
        return []
    held: list[Held] = []
    starts = [m.start for m in mentions]
    number = 0  # the first mention that starts after the chain
    fronted: set[int] = set()
    index = 0
    while index < len(offices):
        chain = [offices[index]]
        while index + 1 < len(offices) and _joined(text, chain[-1].end, offices[index + 1].start):
            index += 1
            chain.append(offices[index])
        index += 1
        while number < len(starts) and starts[number] < chain[0].start:
            number += 1
        inside = [n for n in range(number, len(starts)) if starts[n] < chain[-1].end]
        if inside:  # a name within what was read as a body: the offices end before it
            chain = [office for office in chain if office.end <= starts[inside[0]]] or chain[:1]
        before, after = number - 1 if number else None, number if number < len(starts) else None
        post = None if before is None else _post(text, mentions[before].end, chain[0].start)
        pre = None if after is None else _pre(text, chain[-1].end, mentions[after], facts)
        bodies = _chain_bodies(chain)
        split = 0  # offices that go to the name before
        if post is not None and pre is not None:
            split = 0 if post == "given" else len(chain)
            if pre == "direct":
                split = 0 if before in fronted else len(chain) - 1
        elif post is not None:
            split = len(chain)
        elif pre is None:
            continue
        for place, office in enumerate(chain):
            holder = before if place < split else after
            if holder is None or (place >= split and pre is None):
                continue
            if place >= split:
                fronted.add(holder)
            tenure = office.tenure or (post if place < split and post in ("appointed", "left") else "current")
            organisation = bodies[place]
            if organisation is None and place < split and len(chain) == 1:
                organisation = _with_body(article, facts, mentions[holder])
            held.append(Held(office, holder, organisation, tenure))
    return held


def _joined(text: str, end: int, start: int) -> bool:
    return 0 < start - end <= 60 and _BETWEEN.match(text[end:start]) is not None


def _post(text: str, end: int, start: int) -> str | None:
    """How an office follows a name: ``next`` to it, or ``appointed`` or ``left`` by a verb."""
    if not 0 < start - end <= 170:
        return None
    gap = text[end:start]
    if _AFTER.match(gap):
        return "next"
    match = _GIVEN.match(gap)
    if match is None:
        return None
    if match["left"] or _LEAVING.search(gap):
        return "left"
    window = text[max(0, end - 160) : end].rsplit(".", 1)[-1] + gap
    return "appointed" if _GIVING.search(window) else "next"


def _pre(text: str, end: int, mention: Mention, facts: Facts) -> str | None:
    """How a name follows an office: ``direct``, or after a comma with an honorific (``called``)."""
    if not 0 < mention.start - end <= 80:
        return None
    gap = text[end : mention.lead] if mention.lead > end else text[end : mention.start]
    if _BEFORE.match(gap):
        return "direct"
    if mention.lead > end and mention.honorific and _BEFORE_CALLED.match(gap):
        return "called"
    if mention.by == "office" and mention.lead <= end and _COUNTRY.match(gap):
        return "direct"
    return None


def _chain_bodies(chain: list[Office]) -> list[str | None]:
    """The body of each office of a chain: its own, or for a party committee's member the committee that closes the chain."""
    bodies = [office.organisation for office in chain]
    for place in range(len(chain) - 2, -1, -1):
        following = bodies[place + 1]
        if bodies[place] is not None or following is None:
            continue
        title = chain[place].title
        if title.removeprefix("Nguyên ") in _PARTY_TITLES:
            committee = _COMMITTEE.search(following)
            bodies[place] = committee[0] if committee else None
        elif title in _HEADS and chain[place + 1].title in _HEADS:
            bodies[place] = following
    return bodies


def _with_body(article: Article, facts: Facts, mention: Mention) -> str | None:
    """The body in ``Với Tập đoàn X, ông A, Phó tổng giám đốc`` or ``Về phía X có bà B, Giám đốc``."""
    sentence = next((s for s in article.sentences if s.start <= mention.start < s.end), None)
    if sentence is None:
        return None
    for body in facts.organisations:
        if sentence.start <= body.start_char < mention.lead and mention.lead - body.end_char < 40:
            if _WITH.search(article.text[max(0, sentence.start - 1) : body.start_char]):
                return body.name
    return None
