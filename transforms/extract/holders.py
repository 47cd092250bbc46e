"""Whose an office is: chains of offices before a name, after it, or given to it by a verb."""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from typing import NamedTuple

from schemas.rows import Organisation
from transforms.document import Article, Facts
from transforms.extract.mention import Mention
from transforms.extract.offices import Office
from transforms.text import Sentence


class Held(NamedTuple):
    """An office, with its holder (a number in the list of mentions) and the body settled by its chain."""

    office: Office
    holder: int
    organisation: str | None
    tenure: str | None


_TERM = r"(?: ?\([^()\n]{1,40}\))?(?:,? (?:khóa|khoá|nhiệm kỳ) [\dIVXLivxl]+(?: ?[-–] ?\d+)?(?:,? nhiệm kỳ \d+ ?[-–] ?\d+)?)?"
_TRAIT = r"(?:, (?:kiều bào|quê|dân tộc|trú|người|chuyên gia|giảng viên|đảng viên)[^,.;:()\n]{0,30}(?=,))?"
_LIFE = r"(?:,? ?\(?(?:sn|sinh năm|sinh)\.?:? ?[\d/\-]{4,10}\)?|,? ?\(?\d\d tuổi\)?)?"
# Between two offices of one person.
_BETWEEN = re.compile(
    rf"{_TERM} ?(?:,|[-–—]| và|,? kiêm(?: nhiệm)?(?: chức)?|, đồng thời là|, nay là|, hiện là)"
    r"(?: (?:kiêm|là|và|hiện là|nay là|nguyên là))? {0,2}\Z",
    re.I,
)
# Between a name and the office after it.
_AFTER = re.compile(
    rf"{_LIFE}{_TRAIT}(?: ?\([^()\n]{{1,30}}\))?(?: ?[,:]| ?[-–—]| ?\()(?: (?:hiện(?: đang)?(?: là)?|đang là|là|nay là|khi đó là|"
    r"lúc đó là|vốn là|người (?:giữ|đảm nhiệm)(?: chức(?: vụ)?)?|với cương vị|trên cương vị|giữ chức(?: vụ)?|kiêm|đại diện|"
    r"thay mặt))? {0,2}\Z| (?:hiện |đang |nay |từng |hiện nay |vẫn |cũng |khi đó |vốn )?(?:là|làm) \Z",
    re.I,
)
# Between a name and the office it is given or loses, with other words in between.
_GIVEN = re.compile(
    r"[^.;!?\n]{0,90}?\b(?:(?:(?<!bắt )(?<!tạm )giữ|làm|đảm nhiệm|đảm nhận|vào)(?: các)?(?: chức(?: vụ| danh)?)?|"
    r"(?P<left>(?:thôi|miễn nhiệm|rời|nghỉ|bãi nhiệm|cách|từ)[^.;!?\n]{0,30}?(?:giữ |làm |đảm nhiệm )?"
    r"(?:chức(?: vụ| danh)?|làm))):? {1,2}\Z",
    re.I,
)
_GIVING = re.compile(r"\b(?:bầu|bổ nhiệm|phân công|chỉ định|điều động|luân chuyển|trúng cử|tái cử|giới thiệu)\b", re.I)
_REMOVES = re.compile(r"(?<!bị )(?<!được )(?<!xin )\b(?:cách chức|bãi nhiệm|miễn nhiệm|sa thải)\b", re.I)  # somebody else
_ONCE = re.compile(r"\b(?:khi đó|lúc đó|lúc ấy|từng|vốn|nguyên|trước đây)(?: giữ chức| giữ| đảm nhiệm| là| làm)", re.I)
# Heads of state and of government, whom a clause of its own may begin with.
_CHIEFS = ("Thủ tướng", "Chủ tịch nước", "Tổng thống", "Tổng Bí thư")
_ACTS = re.compile(
    r" (?:giao|cho biết|yêu cầu|đề nghị|nhấn mạnh|khẳng định|chỉ đạo|nói|đã|cũng|hỏi|lưu ý|kết luận|bày tỏ|ghi nhận|đánh giá|"
    r"mong|biểu dương|đồng ý|quyết định|chúc|cảm ơn|tin|nêu|kêu gọi|phát biểu|hoan nghênh|tuyên bố)\b"
)
_SOUGHT = re.compile(r"\b(?:cử|ghế|bầu|chức) \Z", re.I)  # an office spoken of, not held: "tranh cử tổng thống, bà A"
_PAST = re.compile(
    r"\b(?:thời gian|thời kỳ|khi còn|lúc)(?: [^\W\d_]+){0,2} (?:giữ|làm|là|đảm nhiệm)"
    r"(?: các)?(?: (?:chức vụ|cương vị|chức))?:? \Z",
    re.I,
)
_LEAVING = re.compile(r"\b(?:thôi|miễn nhiệm|cho thôi|nghỉ hưu|nghỉ công tác|bãi nhiệm|cách chức|từ chức)\b", re.I)
# Between an office and the name after it.
_BEFORE = re.compile(rf"{_TERM} {{1,2}}\Z")
_BEFORE_CALLED = re.compile(
    rf"{_TERM}(?:,| là| của [^,.;\n]{{1,20}} là|:| [-–])? {{1,2}}\Z|(?P<this>(?: [^\W\d_]+){{1,3}} này, )\Z"
)
_COUNTRY = re.compile(r" {1,2}[^,.;:()\n]{2,22} {1,2}\Z")
_WITH = re.compile(r"\s*(?:với|về phía|phía|đại diện(?: cho)?|thay mặt)(?: (?:lãnh đạo|phía))? ", re.I)
_PLURAL = re.compile(r"\b(?:các|những|nhiều|một số|hàng|hai|ba|bốn|\d) (?:đồng chí |vị |ông |bà )?\Z")
_LISTED = re.compile(r"(?: ?[,;]| và|, và)(?: các)?(?: đồng chí| đ/c| ông| bà)? ?")
# Between an office and the list of those who hold it.
_ROSTER = re.compile(r" (?:gồm|gồm có|là|có) (?:các )?(?:đồng chí|ông|bà|vị) ?: {1,2}")
_COMMITTEE = re.compile(r"(?:(?:Tỉnh|Thành|Huyện|Quận|Thị|Đảng) ủy|Trung ương|Đảng bộ)\b.*")
_PARTY_TITLES = ("Ủy viên Ban Thường vụ", "Ủy viên Ban Chấp hành", "Ủy viên Thường vụ")
_HEADS = (
    "Chủ tịch", "Phó Chủ tịch", "Phó Chủ tịch Thường trực", "Tổng Giám đốc", "Phó Tổng Giám đốc", "Tổng Thư ký",
    "Phó Tổng Thư ký", "Giám đốc", "Chủ tịch Hội đồng quản trị", "Chủ tịch Hội đồng thành viên",
)  # fmt: skip


def hold(article: Article, facts: Facts, mentions: list[Mention], offices: list[Office]) -> list[Held]:
    """The offices that the text gives somebody, in text order."""
    text = article.text
    if not mentions or not offices:
        return []
    held: list[Held] = []
    folded = article.folded
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
        if _is_subject(text, folded, chain[-1]):
            chain = chain[:-1]
            if not chain:
                continue
        while number < len(starts) and starts[number] < chain[0].start:
            number += 1
        if number < len(starts) and starts[number] < chain[-1].end:  # a name within what was read as a body
            chain = [office for office in chain if office.end <= starts[number]] or chain[:1]
        before, after = number - 1 if number else None, number if number < len(starts) else None
        post = None if before is None else _post(text, mentions[before].end, chain[0].start)
        pre = None if after is None else _pre(text, chain[-1].start, chain[-1].end, mentions[after], facts)
        if post is None and len(chain) > 1 and folded.endswith(" là ", 0, chain[0].start) and text[chain[0].start].islower():
            chain = chain[1:]  # "… đảng viên là trưởng thôn, Bí thư Huyện ủy X": a class of people before the office
        bodies = _chain_bodies(chain)
        if pre is not None and _PLURAL.search(folded, max(0, chain[0].start - 16), chain[0].start):
            if len(chain) == 1 and after is not None and pre != "comma":
                tenure = chain[0].tenure or "current"
                alone = (
                    "đồng chí" in folded[max(0, chain[0].start - 16) : chain[0].start]
                    and ":" not in text[chain[0].end : starts[after]]
                )
                numbers = [after] if alone else _list_of(text, mentions, after)
                held += [Held(chain[0], n, bodies[0], tenure) for n in numbers]
            continue
        if pre == "colon" and chain[-1].title in _CHIEFS:  # who speaks in an interview, and whom the answer names
            pre = None
        if pre == "colon" and after is not None:
            held += [
                Held(o, n, b, o.tenure or "current")
                for n in _list_of(text, mentions, after)
                for o, b in zip(chain, bodies, strict=True)
            ]
            continue
        past = _PAST.search(folded, max(0, chain[0].start - 60), chain[0].start) is not None
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
            tenure = office.tenure or (post if place < split and post in ("appointed", "left", "former") else "current")
            if tenure == "current" and past:
                tenure = "former"
            organisation = bodies[place]
            if organisation is None:
                office, organisation = _abbreviated(text, facts, office)
            if organisation is None and len(chain) == 1:
                if place < split:
                    organisation = _with_body(article, facts, mentions[holder])
                elif pre == "this":
                    organisation = _this_body(article, facts, office.start)
            if organisation is None and place == len(chain) - 1 and place < split:
                office, organisation = _closed_by(text, facts, office)
            held.append(Held(office, holder, organisation, tenure))
    return held


def _abbreviated(text: str, facts: Facts, office: Office) -> tuple[Office, str | None]:
    """``Chủ tịch HĐQT MHB``: a body by its acronym, which the text defines, after an office."""
    start = office.end + 1
    if text[office.end : start] != " " or not text[start : start + 1].isupper():
        return office, None
    number = bisect_left(facts.organisations, start, key=_start)
    if number == len(facts.organisations) or facts.organisations[number].start_char != start:
        return office, None
    body = facts.organisations[number]
    if not text[start : body.end_char].isupper():
        return office, None
    return office._replace(end=body.end_char, organisation=body.name), body.name


def _closed_by(text: str, facts: Facts, office: Office) -> tuple[Office, str | None]:
    """``Ông A, Chánh Văn phòng, Bộ X``: the body after the comma is the office's."""
    start = office.end + 2
    if text[office.end : start] != ", " or office.title in _CHIEFS or not text[start : start + 1].isupper():
        return office, None
    number = bisect_left(facts.organisations, start, key=_start)
    if number == len(facts.organisations) or facts.organisations[number].start_char != start:
        return office, None
    body = facts.organisations[number]
    if body.kind in ("media", "party") or text[body.end_char : body.end_char + 1] not in (",", ")", " ", ";", "."):
        return office, None
    name = f"Văn phòng {body.name}" if office.title.endswith("Chánh Văn phòng") else body.name
    return office._replace(end=body.end_char, organisation=name), name


def _is_subject(text: str, folded: str, office: Office) -> bool:
    """Whether a clause of its own begins with the office: ``với ông A, Giám đốc Sở X, Thủ tướng yêu cầu …``."""
    if office.title not in _CHIEFS or text[office.start - 2 : office.start] != ", ":
        return False
    return _ACTS.match(folded, office.end) is not None


def _list_of(text: str, mentions: list[Mention], first: int) -> list[int]:
    """The names of ``các Phó Chủ tịch: A, B và C``, as far as nothing else stands between them."""
    numbers = [first]
    for number in range(first + 1, len(mentions)):
        gap = text[mentions[number - 1].end : mentions[number].lead]
        if len(gap) > 14 or mentions[number].by == "office" or not _LISTED.fullmatch(gap):
            break
        numbers.append(number)
    return numbers


def _joined(text: str, end: int, start: int) -> bool:
    return 0 < start - end <= 60 and _BETWEEN.match(text[end:start]) is not None


def _post(text: str, end: int, start: int) -> str | None:
    """How an office follows a name: ``next`` to it, or ``appointed`` or ``left`` by a verb."""
    if not 0 < start - end <= 170:
        return None
    gap = text[end:start]
    if _AFTER.match(gap):
        return "former" if _ONCE.search(gap) else "next"
    match = _GIVEN.match(gap)
    if match is None:
        return None
    if match["left"] or _LEAVING.search(gap):
        return None if _REMOVES.search(gap) else "left"
    window = text[max(0, end - 160) : end].rsplit(".", 1)[-1] + gap
    return "appointed" if _GIVING.search(window) else "next"


def _pre(text: str, start: int, end: int, mention: Mention, facts: Facts) -> str | None:
    """How a name follows an office: ``direct``, after a ``colon``, with an honorific (``called``), with one after a ``comma``."""
    if not 0 < mention.start - end <= 80:
        return None
    gap = text[end : mention.lead] if mention.lead > end else text[end : mention.start]
    if _BEFORE.match(gap):
        return "direct"
    if gap.rstrip(" ") == ":" or _ROSTER.fullmatch(gap):
        return "colon"
    called = _BEFORE_CALLED.match(gap) if mention.lead > end and mention.honorific else None
    if called and gap.startswith(",") and _SOUGHT.search(text, max(0, start - 12), start):
        return None
    if called:
        return "this" if called["this"] else "comma" if gap.startswith(",") else "called"
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
    sentence = _sentence(article, mention.start)
    if sentence is None:
        return None
    for body in facts.organisations[bisect_left(facts.organisations, sentence.start, key=_start) :]:
        if body.start_char >= mention.lead:
            break
        if sentence.start <= body.start_char < mention.lead and mention.lead - body.end_char < 40:  # noqa: SIM102
            if _WITH.fullmatch(article.text[sentence.start : body.start_char]):
                return body.name
    return None


def _this_body(article: Article, facts: Facts, start: int) -> str | None:
    """The body meant by ``tổng giám đốc nhà mạng này``: the last one named before it in the sentence."""
    sentence = _sentence(article, start)
    number = bisect_left(facts.organisations, start, key=_start) - 1
    if sentence is None or number < 0 or facts.organisations[number].start_char < sentence.start:
        return None
    return facts.organisations[number].name


def _start(body: Organisation) -> int:
    return body.start_char


def _sentence(article: Article, pos: int) -> Sentence | None:
    number = bisect_right(article.sentences, pos, key=lambda sentence: sentence.start) - 1
    return article.sentences[number] if number >= 0 and pos < article.sentences[number].end else None
