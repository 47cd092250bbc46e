"""What kind of statement each sentence is by the rules: its cues, its figures, and the sentences before it."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from functools import partial
from typing import NamedTuple

from schemas.rows import DateMention, Organisation, Person
from transforms.document import Article
from transforms.extract.cues import Cue
from transforms.match import Hit
from transforms.text import Sentence, holds_any

_HEADS = (
    ("limitation", re.compile(r"hạn chế|tồn tại|khó khăn|bất cập|vướng mắc|khuyết điểm")),
    ("task", re.compile(r"nhiệm vụ|giải pháp|phương hướng|thời gian tới|mục tiêu|kế hoạch|tiếp tục|tập trung|cần |phải ")),
    ("result", re.compile(r"kết quả|thành tựu|thành tích|chuyển biến|hiệu quả|dấu ấn")),
)
_DECISIVE = 8.0  # "tổ chức hội nghị": an event wherever it stands, unless somebody asks for it
_WITHIN = 0.4  # of the weight of results and shortcomings named in what is asked for, or praised
# Cues of an event after which results are what somebody acknowledges.
_PRAISING = ("đánh giá cao", "ghi nhận", "biểu dương", "cảm ơn", "cám ơn", "chúc mừng", "hoan nghênh", "bày tỏ")
# "kế hoạch do bên kia đề xuất": told of a thing, not asked of anybody.
_ASKED_BY = re.compile(r"\bdo\s(?:[^\s,.;]+\s){1,5}$")
# A run of digits and points is read once, from its beginning, and never again from inside it.
NUMBER = re.compile(
    r"(?<![\d.,])[.,]*+\d[\d.,]*+"
    r"\s?(?:%|tỷ|tỉ|triệu|nghìn|ha\b|tấn|lượt|người|hộ|vụ|đồng|km|m2|suất|lớp|cuộc|buổi|trường hợp|đồng chí)"
)
# "Mặc dù khó khăn nhưng …": what is granted before the turn is not what the sentence says.
_GRANTED = re.compile(r"(?<!\()\b(?:mặc dù|dù|tuy|cho dù)\b[^.;]{3,200}?\b(?:nhưng|song|vẫn)\b")
# A meeting that discusses or adopts, whatever it is about.
_MEETS = re.compile(
    r"\b(?:hội nghị|đại hội|đại biểu|kỳ họp|phiên họp|hội thảo)\s(?:[^\s,.;]+\s){0,3}đã\s(?:[^\s,.;]+\s){0,3}"
    r"(?:thảo luận|thống nhất|thông qua|cho ý kiến|phát biểu|nghe|bầu|quyết nghị|nêu)\b"
)
_PAST = re.compile(r"\bđã\b|\bvừa\b")
# Beginnings that leave behind what was listed before.
_TURN = re.compile(
    r"(?:cũng )?theo (?!đó|kế hoạch)|ngày \d|sáng |chiều |tối |hiện |hiện nay|đến nay|tính đến|tuy nhiên|năm \d"
    r"|(?:trong )?\d+ tháng (?:đầu|qua)"
    r"|bên cạnh (?:những |các )?kết quả|nhân dịp|dịp này|cũng tại|tại |cũng trong|trước đó|được biết"
)
# A sentence that tells what is, or of somebody: not one more task of a list.
_STATES = re.compile(
    r"(?:ông|bà|em|cô|anh|chị|đồng chí|các anh|tôi|chúng tôi|như|khi|nếu|đó|đây|sau đó|từ xưa|nằm|sinh)\b"
    r"|(?:[^\s,.;:]+\s){1,8}?(?:là|sinh|gồm|từng|nguyên|thuộc|đang|bị|không|có|cũng|đều|mới)\s"
)
_DAY_FIRST = re.compile(r"(?:vào\s)?(?:sáng|trưa|chiều|tối|ngày)\s[^,.;]{0,40}\d")
_NUMBER_FROM = re.compile(NUMBER.pattern.partition("*+")[2])  # from its first digit
DIGIT = re.compile(r"\d")
_GIFT = re.compile(r"\b(?:trao|tặng|ủng hộ|hỗ trợ|thưởng|góp|quyên góp) (?:thêm |hơn |gần |trên )?\d")


# What matches of these patterns hold: most sentences have none of it, which is sooner told than searched for.
_GRANTING, _TURNS, _MEETINGS, _PASSED = ("dù", "tuy"), ("nhưng", "song", "vẫn"), ("hội", "họp", "đại biểu"), ("đã", "vừa")
_GIVING = ("trao ", "tặng ", "ủng hộ ", "hỗ trợ ", "thưởng ", "góp ")


class Read(NamedTuple):
    """A sentence of lead or body with what was found in it, and where it begins once its connectives are passed over."""

    sentence: Sentence
    cues: list[Hit[Cue]]
    people: list[Person]
    bodies: list[Organisation]
    dates: list[DateMention]
    head: int
    digits: bool  # whether there are any in it
    numbers: int  # of things, shares and sums


def numbers_at(folded: str, runs: Iterable[int], start: int, end: int) -> int:
    """How often ``NUMBER`` is found from ``start`` to ``end``, where digits begin at ``runs``: without a search in between.

    >>> from transforms.text import digit_runs
    >>> text = "Mở 1.250 lớp, 12 buổi, ngày 5/7, ..7 vụ"
    >>> numbers_at(text, digit_runs(text), 0, len(text)), len(NUMBER.findall(text))
    (3, 3)
    """
    count = reached = 0
    for run in runs:
        first = run
        while first > start and folded[first - 1] in ".,":
            first -= 1
        before = folded[first - 1 : first]  # a digit: the number began there
        if run < reached or before.isdecimal() or before in (".", ","):
            continue
        if found := _NUMBER_FROM.match(folded, run, end):
            count, reached = count + 1, found.end()
    return count


class Ruled(NamedTuple):
    """What the rules make of a sentence, and what the sentences before had left to it (``""``: nothing)."""

    kind: str
    mode: str


_made = partial(tuple.__new__, Ruled)  # half the time of Ruled(…)


def ruled(article: Article, sentences: Sequence[Read], held: Sequence[int], main: int | None) -> list[Ruled]:
    """The kind of each sentence by its cues: tasks listed after ``đề nghị`` stay tasks until something else begins.

    ``held`` are the places where events are named as held, ``main`` the one of the article's main event.
    """
    reader = _Reader(article, held, main)
    return [reader.read(one) for one in sentences]


class _Reader:
    """Goes through an article's sentences once, keeping what a sentence leaves to the next."""

    def __init__(self, article: Article, held: Sequence[int], main: int | None) -> None:
        self.article, self.held, self.main = article, held, main
        self.headings = _headings(article)
        self.firm = False  # whether the tasks before were plainly asked for
        self.mode = ""  # the kind that a sentence without a subject takes
        self.paragraph = -1

    def read(self, one: Read) -> Ruled:
        if one.sentence.paragraph != self.paragraph:
            self.paragraph = one.sentence.paragraph
            heading = self.headings.get(self.paragraph)
            if heading is not None:
                self.mode, self.firm = heading, heading == "task"
        mode = self.mode
        kind = self._kind(one)
        self.firm = self.firm and kind == "task"
        self.mode = kind if kind in ("task", "result", "limitation") else ("" if kind == "event" else self.mode)
        return _made((kind, mode))

    def _kind(self, one: Read) -> str:
        sentence, head = one.sentence, one.head
        start = sentence.start
        folded = self.article.folded[sentence.start : sentence.end]
        score = {"event": 0.0, "task": 0.0, "limitation": 0.0, "result": 0.0, "other": 1.5}
        opened = aimed = praised = ahead = False
        directed = bool(one.bodies) and self._handed_out(one)
        score["task"] += 5.0 if directed else 0.0
        fresh = sentence.start == self.article.paragraphs[sentence.paragraph].start
        granted = _GRANTED.search(folded) if holds_any(folded, _GRANTING) and holds_any(folded, _TURNS) else None
        turn = sentence.start + granted.end() if granted else 0
        for hit in one.cues:
            cue = hit.value
            if hit.start < turn and "limitation" in (cue.kind, cue.head_kind):
                continue
            if cue.head_kind and hit.start in (start, head):
                aimed = aimed or cue.head_kind == "task"
                if cue.head_kind == "open":
                    opened = True
                else:
                    score[cue.head_kind] += cue.head_weight
            if cue.kind:
                if cue.weight == 7 and _ASKED_BY.search(self.article.folded, max(start, hit.start - 40), hit.start):
                    continue
                far = hit.start - sentence.start
                weight = cue.weight
                if directed and (weight >= _DECISIVE or cue.kind in ("result", "limitation")):
                    weight = 2.0 if weight >= _DECISIVE else weight * _WITHIN
                elif (praised or ahead) and cue.kind == "result":
                    weight *= _WITHIN
                near = 250 if cue.kind == "limitation" and cue.weight >= 4 else 150  # what falls short stands at the end
                near = 250 if cue.weight >= _DECISIVE else near
                score[cue.kind] += weight * (1.0 if far < near else 0.5 if far < 400 else 0.25)
                directed = directed or (cue.kind == "task" and cue.weight >= 5)
                ahead = ahead or (cue.kind == "task" and far < 150 and self.article.folded.startswith("sẽ", hit.start))
                praised = praised or (cue.kind == "event" and self.article.folded.startswith(_PRAISING, hit.start))
        if not directed and folded.find("đã", 0, 160) >= 0 and holds_any(folded, _MEETINGS) and _MEETS.search(folded, 0, 160):
            score["event"] += 5
        if not directed and self.held and any(sentence.start <= at < sentence.end for at in self.held):
            score["event"] += 4
        if not directed and self.main is not None and sentence.start <= self.main < sentence.end:
            score["event"] += 1.5
        if not directed and self._acts_on_a_day(one):
            score["event"] += 2.5
        if not (aimed or directed):
            score["result"] += min(one.numbers, 4) * 0.8
            score["result"] += 4.0 if not directed and one.digits and holds_any(folded, _GIVING) and _GIFT.search(folded) else 0.0
        if opened:
            if self.mode in ("task", "result"):
                score[self.mode] += 4
            else:
                score["task"] += 1.5
        if _TURN.match(self.article.folded, head) and not opened:
            pass
        elif self.mode == "task" and not (holds_any(folded, _PASSED) and _PAST.search(folded, 0, 120)):
            carried = 3.0 if opened else 1.0 if fresh or not self.firm or _STATES.match(self.article.folded, head) else 3.0
            score["task"] += carried
        elif self.mode == "result":
            score["result"] += 1.6
        elif self.mode == "limitation":
            score["limitation"] += 1
        kind = max(score, key=score.__getitem__)  # the first wins a tie
        if kind == "task":
            self.firm = self.firm or directed or aimed or opened
        return kind

    def _handed_out(self, one: Read) -> bool:
        """``Bộ trưởng giao Vụ Kế hoạch …``: near the beginning, a body is given something to do."""
        folded, start = self.article.folded, one.sentence.start
        return any(
            folded.startswith("giao ", body.start_char - 5) and body.start_char - start < 150
            for body in one.bodies
            if body.start_char - 5 > start
        )

    def _acts_on_a_day(self, one: Read) -> bool:
        """``Sáng 6/2, ông Lê Tám …``: what a person did that day, without figures."""
        people, bodies = one.people, one.bodies
        if not people or (bodies and bodies[0].start_char < people[0].start_char):
            return False
        folded, sentence = self.article.folded, one.sentence
        return one.digits and not one.numbers and _DAY_FIRST.match(folded, one.head, sentence.end) is not None


def _headings(article: Article) -> dict[int, str]:
    """The mode that a heading sets, by the number of the paragraph after it."""
    found = {}
    for number, paragraph in enumerate(article.paragraphs):
        if paragraph.role == "heading":
            text = article.folded[paragraph.start : paragraph.end]
            found[number + 1] = next((kind for kind, pattern in _HEADS if pattern.search(text)), "")
    return found
