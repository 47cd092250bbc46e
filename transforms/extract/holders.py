"""Whose an office is: chains of offices before a name, after it, or given to it by a verb."""

from __future__ import annotations

import re
from bisect import bisect_left
from operator import attrgetter

from transforms.document import Article, Facts
from transforms.extract import tenure
from transforms.extract.holder_bodies import (
    CHIEFS,
    Held,
    abbreviated,
    after_name,
    alliance,
    chain_bodies,
    classed,
    closed_by,
    led,
    owner,
    past_country,
    sentence_at,
    shared,
    this_body,
    unread,
    with_body,
)
from transforms.extract.holder_gaps import ROSTER, TERM, heads, is_subject
from transforms.extract.mention import Mention
from transforms.extract.names import is_family
from transforms.extract.office_lists import list_of, outside
from transforms.extract.office_parts import NO_NAME, of_whole
from transforms.extract.offices import Office
from transforms.text import LOWER, UPPER

_TRAIT = r"(?:, (?:kiều bào|quê|dân tộc|trú|người|chuyên gia|giảng viên|đảng viên)[^,.;:()\n]{0,30}(?=,))?"
_LIFE = r"(?:,? ?\(?(?:sn|sinh năm|sinh ngày|sinh)\.?:? ?[\d/\-]{4,10}\)?|,? ?\(?\d\d tuổi\)?)?"
# Between two offices of one person.
_BETWEEN = re.compile(
    rf"{TERM} ?(?:,|[-–—]| và|,? rồi|,? kiêm(?: nhiệm)?(?: chức)?|, đồng thời là|, nay là|, hiện là)"
    r"(?: (?:kiêm|là|và|hiện là|nay là|nguyên là|tân))? {0,2}\Z",
    re.I,
)
# Between a name and the office after it.
_AFTER = re.compile(
    rf"{_LIFE}{_TRAIT}(?: ?\([^()\n]{{1,30}}\))?(?: ?[,:]| ?(?:--|[-–—])| ?\()"
    r"(?: (?:hiện(?: đang)?(?: là)?|tân|đang là|là|nay là|khi đó là|"
    r"lúc đó là|vốn là|người (?:giữ|đảm nhiệm)(?: chức(?: vụ)?)?|với cương vị|trên cương vị|(?:hiện )?giữ chức(?: vụ)?|"
    r"chức vụ(?: là)?:?|kiêm))? {0,2}\Z| (?:hiện |đang |nay |từng |hiện nay |vẫn |cũng |khi đó |vốn )?(?:là|làm) \Z|"
    r" có (?:học hàm|học vị|trình độ)[^.;()\n]{2,60}, (?:hiện |từng )?là \Z",
    re.I,
)
# Between a name and the office it is given or loses, with other words in between.
_GIVEN = re.compile(
    r"[^.;!?\n]{0,90}?\b(?:(?:(?<!bắt )(?<!tạm )giữ|làm|đảm nhiệm|đảm nhận|vào)(?: các| những)?"
    r"(?: (?:chức(?: vụ| danh)?|cương vị|vị trí|nhiệm vụ)(?: (?:mới|như|là))*)?|"
    r"nhận (?:chức(?: vụ)?|nhiệm vụ|công tác)(?: (?:mới|là|làm|với cương vị))*|(?:tái )?đắc cử|trúng cử|trở thành|"
    r"được (?!giới thiệu|đề cử)[^,.;!?\n]{0,30}?(?:bầu|(?<!ứng )(?<!tái )(?<!đề )cử|bổ nhiệm|chỉ định)(?: là)?|"
    r"(?:bổ nhiệm|bầu|kinh qua|trải qua|đảm trách) các (?:chức vụ|chức danh|cương vị|vị trí)(?: (?:như|là))?|"
    r"(?:thôi|miễn nhiệm|bãi nhiệm|cách|rời|nghỉ|từ(?= chức))[^.;!?\n]{0,30}?chức(?: vụ| danh)?):? {1,2}\Z",
    re.I,
)
_APPOINTS = re.compile(r" (?:đã )?(?:bổ nhiệm|phân công|giao|tuyển|giới thiệu|bầu|chỉ định|cử|điều động|mời|chọn|đề cử)\b")
_BY = re.compile(r"\b(?:được|do|bởi) \Z")
_DOES = re.compile(rf" [{LOWER}]")
_PRONOUN = re.compile(r", (ông|bà|anh|chị|cô)(?: này| ấy)? (?:[^\W\d_]+ ){0,6}(?:làm|giữ|trở thành|đảm nhiệm|đắc cử|trúng cử)\b")
# Who is meant is told by a pronoun alone: "Năm 2010, ông được bầu làm Giám đốc".
_MEANT = re.compile(r"(?:[.!?…\n”\"] ?|, )(ông|bà|đồng chí) (?=[^\W\d_])", re.I)
_IS = re.compile(r" (?:hiện |đang |nay |từng |hiện nay |vẫn |cũng |còn |khi đó |vốn )*(?:là|làm) \Z")
_IS_OTHER = re.compile(rf" là [{UPPER}][\w-]+ [{UPPER}]")  # "con rể ông A là B, dù giữ vị trí …"
_WOMEN = ("bà", "chị", "cô")
# In whose name somebody else acts: "Thừa ủy quyền của Chủ tịch nước, Bí thư Tỉnh ủy A trao …"
_MANDATE = re.compile(r"\b(?:(?:ủy quyền|ủy nhiệm)(?: của)?|thay mặt|thừa quyền|thừa lệnh|thừa ủy quyền)(?: đồng chí)? \Z", re.I)
_ADDRESSED = re.compile(r"\b(?:với|gửi|tới|đến|đề nghị|mời|cảm ơn) \Z", re.I)
_FRONT = re.compile(
    r"(?:\A\W*|, )(?:theo|thực hiện|căn cứ|được sự|dưới sự|sau|tại|trong|trước|cùng với|"
    r"đồng tình|đồng ý|nhất trí|tiếp thu|trả lời) [^.;:,\n]{3,90} (?:của|với|bởi|từ)"
    r"(?: đồng chí)? \Z",
    re.I,
)
# Words that no lexicon knows as a body between two offices of one person: "…, Chủ tịch Hội Xuất bản, Phó Giám đốc …"
_NAMES = re.compile(rf" [{UPPER}][{LOWER}]+ [{UPPER}][{LOWER}-]+\b")
_UNKNOWN = re.compile(rf" [{UPPER}][^.;:()\n,]{{2,60}}(?:, | [-–] | kiêm | và | rồi )\Z")
# The rest of a body's name that was read in part: "…, Tổng Biên tập Báo Công lý, Phó Trưởng ban …"
_REST = re.compile(rf" (?=[{LOWER}])(?!{NO_NAME})[^,.;:()\n ]{{1,12}}(?: (?!{NO_NAME})[^,.;:()\n ]{{1,12}}){{0,8}}(?:,| kiêm) \Z")
_NEAR = 600  # characters before an office that are looked at, however many offices a verb gave its holder before
_ROSTER = re.compile(r"\b(?:các|gồm|có) (?:đồng chí|đ/c|ông|bà|vị)\b")
_PLURAL = re.compile(r"\b(?:các|những|nhiều|một số|hàng|hai|ba|bốn|\d) (?:đồng chí |vị |ông |bà )?\Z")


def hold(article: Article, facts: Facts, mentions: list[Mention], offices: list[Office]) -> list[Held]:
    """The offices that the text gives somebody, in text order."""
    return _Reader(article, facts, mentions, offices).read() if mentions and offices else []


class _Reader:
    """One pass over the chains of offices.

    ``fronted``: who has an office before his name; ``last``: who got the last one after his name, and where that ends.
    """

    def __init__(self, article: Article, facts: Facts, mentions: list[Mention], offices: list[Office]) -> None:
        self.article, self.text, self.folded, self.facts = article, article.text, article.folded, facts
        self.mentions, self.offices = mentions, offices
        self.starts = [m.start for m in mentions]
        self.fronted: set[int] = set()
        self.last = (-1, 0)
        self.held: list[Held] = []

    def read(self) -> list[Held]:
        index, count = 0, len(self.offices)
        while index < count:
            chain = [self.offices[index]]
            before = bisect_left(self.starts, chain[0].start) - 1
            while index + 1 < count and self._continues(chain, self.offices[index + 1], before):
                index += 1
                chain.append(self.offices[index])
            index += 1
            if is_subject(self.text, self.folded, chain[-1]):
                chain = chain[:-1]
            if chain:
                self._settle(chain, before)
        return self.held

    def _continues(self, chain: list[Office], office: Office, before: int) -> bool:
        text, end, start = self.text, chain[-1].end, office.start
        gap = text[past_country(self.article, chain[-1]) : start] if 0 < start - end <= 80 else None
        if gap is None:
            return False
        if " và " in gap and any(one.title == office.title and one.organisation == office.organisation for one in chain):
            return False  # "…, Bộ trưởng Bộ X và Ủy viên Bộ Chính trị, Bí thư Thành ủy B": those of the next name
        if gap == " " and chain[-1].title == "Bộ trưởng" and office.title == "Chủ nhiệm":  # a comma left out
            return True
        if len(gap) <= 60 and (_BETWEEN.match(gap) or (office.tenure == "former" and gap == " (")):
            return True
        between = _UNKNOWN if chain[-1].organisation is None else _REST
        if chain[-1].title in CHIEFS or before < 0 or not between.match(gap):
            return False
        nobody = before + 1 == len(self.starts) or self.starts[before + 1] > start
        return nobody and _AFTER.match(text, self.mentions[before].end, chain[0].start) is not None

    def _settle(self, chain: list[Office], first: int) -> None:
        """Gives the offices of a chain to the name before or after it; ``first`` is the number of the name before, or -1."""
        text, folded, mentions, starts = self.text, self.folded, self.mentions, self.starts
        before = outside(text, mentions, first, chain[0].start) if first >= 0 else None
        after = first + 1 if first + 1 < len(starts) else None
        if after is not None and starts[after] < chain[-1].end:  # a name within what was read as a body
            chain = [office for office in chain if office.end <= starts[after]] or chain[:1]
        post = None if before is None else self._post(before, mentions[before].end, chain[0])
        pre = None if after is None else heads(text, chain[-1].start, chain[-1].end, mentions[after])
        if post is None and pre is None and before is not None:
            before, post = self._meant(before, chain[0])
        if self._is_mandate(chain, after, pre):
            chain = chain[1:]
            if not chain:
                return
        if pre == "comma" and len(chain) == 1 and chain[0].end == chain[0].bare_end and self._is_addressed(chain[0], after):
            pre = None
        if post is None and len(chain) > 1 and folded.endswith(" là ", 0, chain[0].start) and text[chain[0].start].islower():
            chain = chain[1:]  # "… đảng viên là trưởng thôn, Bí thư Huyện ủy X": a class of people before the office
        if pre == "dash" and post is not None:
            pre = None
        if pre == "given" and tenure.given(text, chain[0].start):  # "… cho thôi chức Giám đốc với ông B"
            post = None
        if post == "next" and pre is None and before in self.fronted and self._is_strangers(mentions[first].end, chain):
            return
        if after is not None and pre in ("comma", "direct") and self._is_fronted(chain[0], after):
            if len(chain) == 1 and pre == "comma":
                pre = None
            elif len(chain) > 1 and text[chain[0].end : chain[1].start] == ", " and chain[0].organisation:
                chain = chain[1:]
        if pre == "colon" and chain[-1].title in CHIEFS:  # who speaks in an interview, and whom the answer names
            is_plural = _PLURAL.search(folded, max(0, chain[0].start - 16), chain[0].start)
            pre = pre if is_plural else None
        if after is not None and self._listed(chain, after, pre):
            return
        split = 0  # offices that go to the name before
        if post is not None and pre is not None:
            split = len(chain)
            called = text[mentions[first + 1].lead].isupper() and mentions[first + 1].lead > chain[-1].end  # a sentence begins
            if pre == "comma" and before in self.fronted and _DOES.match(text, mentions[first + 1].end):
                split = 0  # "…, Tổng thống A, Thư ký báo chí Tổng thống, ông B nói"
            if pre == "direct" and not (called and mentions[first + 1].honorific):
                split = 0 if before in self.fronted else self._parted(chain, mentions[first + 1])
        elif post is not None:
            split = len(chain)
        elif pre is None:
            return
        self._give(chain, split, before, after, post, pre)

    def _parted(self, chain: list[Office], after: Mention) -> int:
        """How many offices of a chain between two names are the first one's: all but the last, and those with which it is one."""
        split = len(chain) - 1
        while split and " kiêm " in self.text[chain[split - 1].end : chain[split].start]:
            split -= 1
        is_firm = split == 0 and len(chain) > 1 and is_family(after.name.partition(" ")[0].lower()) is None
        return len(chain) if is_firm else split  # "Mark Olsen, Chủ tịch kiêm Giám đốc điều hành General Motors"

    def _is_fronted(self, office: Office, after: int) -> bool:
        """``Theo quyết định của Giám đốc Sở X, ông A được …``: the office ends a phrase that stands before the subject."""
        sentence = sentence_at(self.article, office.start)
        end = self.mentions[after].end
        number = bisect_left(self.offices, end, key=attrgetter("start"))
        own = number < len(self.offices) and self.offices[number].start - end <= 3  # he has an office of his own
        if sentence is None or (self.text.startswith(",", end) and not own):
            return False
        before = self.text[max(sentence.start, office.start - 140) : office.start]
        return _FRONT.search(before) is not None or tenure.is_aimed_at(before)

    def _is_addressed(self, office: Office, after: int | None) -> bool:
        """Whether the name after a bare office is that of who speaks to it: ``Báo cáo với Bộ trưởng, cô A - Hiệu trưởng``."""
        number = bisect_left(self.offices, office.end, key=attrgetter("start"))
        if after is None or number == len(self.offices) or not 0 < self.offices[number].start - self.mentions[after].end <= 3:
            return False
        return _ADDRESSED.search(self.text, max(0, office.start - 8), office.start) is not None

    def _is_strangers(self, end: int, chain: list[Office]) -> bool:
        """Whether an office in a list of offices and names stands before a name that is not known as one (of a foreigner)."""
        office = chain[-1]
        if self.text[end : chain[0].start] != ", " or office.organisation is None:
            return False
        return _NAMES.match(self.text, office.end) is not None

    def _is_mandate(self, chain: list[Office], after: int | None, pre: str | None) -> bool:
        """Whether the first office is that of somebody in whose name the one before or after acts."""
        first = chain[0]
        if _MANDATE.search(self.folded, max(0, first.start - 24), first.start) is None:
            return False
        other = after is not None and self.mentions[after].lead == first.end + 1 < self.starts[after]  # with his own office
        return len(chain) > 1 or pre != "direct" or other

    def _listed(self, chain: list[Office], after: int, pre: str | None) -> bool:
        """Gives the offices to all names of a list after them; whether the chain is done with."""
        folded, text, start, bodies = self.folded, self.text, chain[0].start, chain_bodies(chain)
        if pre is not None and _PLURAL.search(folded, max(0, start - 16), start):
            if len(chain) == 1 and pre != "comma":
                alone = "đồng chí" in folded[max(0, start - 16) : start] and ":" not in text[chain[0].end : self.starts[after]]
                kind = None if pre != "colon" else "all" if "ủy viên" in chain[0].title.lower() else "named"
                numbers = [after] if alone else list_of(text, self.mentions, after, kind)
                self.held += [Held(chain[0], n, bodies[0], chain[0].tenure or "current") for n in numbers]
            return True
        if pre != "colon":
            return False
        given = ROSTER.fullmatch(text, chain[-1].end, max(chain[-1].end, self.mentions[after].lead))
        how = tenure.given(text, chain[0].start) if given and given["to"] else "current"
        if how is not None:
            numbers = list_of(text, self.mentions, after)
            self.held += [Held(o, n, b, o.tenure or how) for n in numbers for o, b in zip(chain, bodies, strict=True)]
        return True

    def _give(
        self, chain: list[Office], split: int, before: int | None, after: int | None, post: str | None, pre: str | None
    ) -> None:
        bodies = chain_bodies(chain)
        folded, start = self.folded, chain[0].start
        past, under = tenure.is_over(folded, start), tenure.is_somebodys_time(folded, start)
        told = tenure.given(self.text, start) if pre == "given" else tenure.given_here(folded, start)
        given: list[Held] = []
        for place, office in enumerate(chain):
            follows = place < split
            holder = before if follows else after
            if holder is None or (not follows and (pre is None or (pre == "given" and told is None))):
                continue
            if follows and split == 1 and post == "next":
                self.held += [Held(office, n, bodies[0], office.tenure or "current") for n in self._beside(holder, office)]
            if follows:
                self.last = holder, office.end
            else:
                self.fronted.add(holder)
            how: str | None = office.tenure or "current"
            if post == "sought" and follows:
                how = None
            elif office.tenure is None:
                how = (post if follows and post in ("appointed", "left", "former") else told) or "current"
            if how == "current" and (past or tenure.shares_past(chain, bodies, place)):
                how = "former"
            mention = self.mentions[holder]
            if how == "current" and tenure.is_dead(folded, mention.end):
                how = None
            sent = follows and post == "next" and tenure.is_sent(folded, self.mentions[holder].lead, chain[-1].end)
            if how == "current" and (under or sent):
                how = None
            organisation = bodies[place]
            if organisation is None:
                is_last = place == len(chain) - 1
                limit = len(self.text) if is_last else chain[place + 1].start
                office, organisation = self._body(office, holder, follows, is_last, len(chain) == 1, pre, limit)
            given.append(Held(office, holder, organisation, how))
        self.held += shared(given)

    def _beside(self, holder: int, office: Office) -> list[int]:
        """``các đ/c: A, Bí thư X; B, C, Phó Bí thư X``: the names that share a deputy's office with the one right before it."""
        if not office.title.removeprefix("Nguyên ").startswith("Phó "):
            return []
        numbers = []
        for number in range(holder - 1, max(-1, holder - 5), -1):
            between = self.text[self.mentions[number].end : self.mentions[number + 1].lead]
            if between not in (", ", " và ", ", và "):
                break
            numbers.append(number)
        first = self.mentions[numbers[-1]].lead if numbers else 0
        sentence = sentence_at(self.article, office.start) if self.text.endswith((": ", "; "), 0, first) else None
        listed = sentence and _ROSTER.search(self.folded, sentence.start, first)
        return numbers[::-1] if listed else []

    def _body(
        self, office: Office, holder: int, follows: bool, is_last: bool, alone: bool, pre: str | None, limit: int
    ) -> tuple[Office, str | None]:
        """The body of an office that is printed without one, where what surrounds it tells."""
        text, facts, mention = self.text, self.facts, self.mentions[holder]
        office, organisation = abbreviated(text, facts, office)
        if organisation is None and follows:
            office, organisation = classed(self.article, facts, office)
        if organisation is None and follows:
            organisation = led(self.article, facts, mention, office)
        if organisation is None and alone:
            if follows:
                organisation = with_body(self.article, facts, mention)
            elif pre == "this":
                organisation = this_body(self.article, facts, office.start)
        if organisation is None and is_last and follows:
            office, organisation = closed_by(text, facts, office)
        if organisation is None and follows:
            number = bisect_left(self.starts, office.end)
            limit = min([limit, *self.starts[number : number + 1]])
            office, organisation = unread(text, limit, office)
            if organisation:
                end, organisation = of_whole(self.article, office.end, organisation)
                office = office._replace(end=end)
        if organisation is None and pre == "direct" and not follows:
            organisation = owner(text, facts, office) if alone else None
        if organisation is None and pre == "direct" and not follows:
            office, organisation = alliance(text, facts, office, mention.start)
            organisation = organisation or (after_name(self.article, facts, office, mention.end) if is_last else None)
        return office, organisation

    def _is_headline(self, number: int) -> bool:
        """Whether a name stands in the article's title, and is not that of somebody by whom something is done."""
        mention = self.mentions[number]
        sentence = sentence_at(self.article, mention.start)
        by = _BY.search(self.folded, max(0, mention.lead - 6), mention.lead)
        return sentence is not None and sentence.role == "title" and by is None

    def _meant(self, before: int, office: Office) -> tuple[int, str | None]:
        """Whom a pronoun in the office's sentence means, and how the office follows it: the only one named last before."""
        sentence = sentence_at(self.article, office.start)
        if sentence is None or self.starts[before] >= sentence.start or office.start - self.starts[before] > 800:
            return before, None
        pronouns = [*_MEANT.finditer(self.text, max(0, sentence.start - 2), office.start)]
        earlier = sentence_at(self.article, self.starts[before])
        if not pronouns or earlier is None:
            return before, None
        pronoun = pronouns[-1]
        numbers = range(bisect_left(self.starts, earlier.start), before + 1)
        word = pronoun[1].lower()
        called = [(n, self.mentions[n].honorific) for n in numbers]
        fitting = [n for n, other in called if other == word or (word != "đồng chí" and (other in _WOMEN) == (word == "bà"))]
        if len({self.mentions[n].name for n in fitting}) != 1:
            return before, None
        return fitting[-1], self._post(fitting[-1], pronoun.end() - 1, office)

    def _post(self, before: int, end: int, office: Office) -> str | None:
        """How an office follows a name that ends at ``end``: ``next`` to it, or ``appointed`` or ``left`` by a verb."""
        text, start = self.text, office.start
        since = self.last[1] if self.last[0] == before and self.last[1] > end else end
        if not 0 < start - since <= 170:
            return None
        gap = text[since:start]
        if " tân " in gap and office.title in CHIEFS:  # a new one is told apart from the name before
            return None
        meant = end != self.mentions[before].end
        follows = (
            _IS.match(gap)
            if meant
            else _AFTER.match(gap)
            or (gap == " " and (office.tenure == "former" or (office.organisation is not None and self.text[start].isupper())))
        )
        is_dated = tenure.is_dated(text, self.mentions[before].lead if not meant else text.rfind(" ", 0, end) + 1)
        if since == end and follows:
            if gap == " làm " and self._is_headline(before):
                return "appointed"
            given = tenure.given_to(text, self.mentions[before].lead) if gap == " làm " and not meant else None
            if given:
                return given
            return "former" if tenure.was_once(gap) or (is_dated and _IS.match(gap)) else "next"
        if _GIVEN.match(gap) is None or _IS_OTHER.search(gap) or " để bầu " in gap or tenure.is_aimed_at(gap):
            return None
        near = max(end, start - _NEAR)
        if self._is_others(self.mentions[before], end, near, start):
            return None
        window = text[max(0, end - 160) : end].rsplit(".", 1)[-1] + text[near:start]
        return tenure.told_by(gap, window, is_dated and not meant)

    def _is_others(self, mention: Mention, end: int, near: int, start: int) -> bool:
        """Whether the office at ``start`` is given by him, or in a clause about somebody else, to whom a pronoun points."""
        if _APPOINTS.match(self.text, end, start) and _BY.search(self.folded, max(0, mention.lead - 6), mention.lead):
            return True
        pronoun = _PRONOUN.search(self.text, near, start)
        return pronoun is not None and mention.honorific is not None and pronoun[1] != mention.honorific
