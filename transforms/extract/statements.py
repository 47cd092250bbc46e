"""What each sentence says: a result, a limitation, a task, an event, or something else; about what, and who says so."""

from __future__ import annotations

import re
from datetime import date
from typing import TypeVar

from schemas.rows import DateMention, Organisation, Person, Statement
from transforms.document import Article, Facts
from transforms.extract.cues import Cue, by_span, find_cues, head_of
from transforms.extract.topics import find_topic_terms, topic_of
from transforms.match import Hit
from transforms.text import Sentence, Spans

_Row = TypeVar("_Row", DateMention, Organisation, Person)

# Verbs that attribute: what follows them is somebody's words.
_ATTRIBUTING = frozenset(
    ["đề nghị", "yêu cầu", "mong muốn", "mong rằng", "đề xuất", "kiến nghị", "chỉ đạo các", "giao nhiệm vụ cho",
     "lưu ý", "hy vọng", "hi vọng", "tin tưởng", "kỳ vọng", "kêu gọi", "khuyến cáo", "đề nghị các", "mong các",
     "cũng mong", "bày tỏ mong", "tin tưởng rằng", "nhắc nhở", "giao các", "giao cho", "yêu cầu các", "phấn đấu",
     "cho biết", "nhấn mạnh", "khẳng định", "chia sẻ", "bày tỏ", "thừa nhận", "cho rằng", "cho hay", "nêu rõ",
     "nhận định", "phân tích", "báo cáo tại", "phát biểu", "phát biểu khai mạc"]
)  # fmt: skip
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
_NUMBER = re.compile(
    r"\d[\d.,]*\s?(?:%|tỷ|tỉ|triệu|nghìn|ha\b|tấn|lượt|người|hộ|vụ|đồng|km|m2|suất|lớp|cuộc|buổi|trường hợp|đồng chí)"
)
_ANAPHORA = re.compile(
    r"(?:đồng chí|ông|bà)(?: \w+)? (?:cũng |đã |còn |tiếp tục )?(?=đề nghị|yêu cầu|nhấn mạnh|cho biết|khẳng định|mong|chỉ"
    r"|lưu|cho|đánh)"
)
# "Mặc dù khó khăn nhưng …": what is granted before the turn is not what the sentence says.
_GRANTED = re.compile(r"(?<!\()\b(?:mặc dù|dù|tuy|cho dù)\b[^.;]{3,200}?\b(?:nhưng|song|vẫn)\b")
_HELD = re.compile(r"\b(?:tổ chức|khai mạc|mở|họp|có|dự|chủ trì|đã|tiến hành)\s(?:\w+\s){0,4}$")
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
_DIGIT = re.compile(r"\d")
_GIFT = re.compile(r"\b(?:trao|tặng|ủng hộ|hỗ trợ|thưởng|góp|quyên góp) (?:thêm |hơn |gần |trên )?\d")


def extract(article: Article, facts: Facts) -> list[Statement]:
    """One row per sentence of lead and body, in order.

    A sentence is weighed by its cues, by its figures, and by the sentences before it: tasks listed after ``đề nghị`` stay
    tasks until something else begins.

    >>> article = Article.from_text("Đồng chí đề nghị các xã vào cuộc. Tăng cường tuyên truyền.")
    >>> [s.kind for s in extract(article, Facts())]
    ['task', 'task']
    """
    reader = _Reader(article, facts)
    return [reader.read(number, sentence) for number, sentence in enumerate(reader.sentences)]


class _Reader:
    """Goes through an article's sentences once, keeping what a sentence leaves to the next."""

    def __init__(self, article: Article, facts: Facts) -> None:
        self.article, self.facts = article, facts
        self.sentences = [s for s in article.sentences if s.role in ("lead", "body")]
        folded = article.folded
        self.cues = by_span(find_cues(folded), self.sentences)
        self.topics = by_span(find_topic_terms(folded), self.sentences)
        self.dates = _spread(facts.dates, self.sentences)
        self.people = _spread(facts.people, self.sentences)
        self.bodies = _spread(facts.organisations, self.sentences)
        # Where the main event and its like are named as held: their sentences tell of an event.
        self.held = [e.start_char for e in facts.events if _HELD.search(folded, max(0, e.start_char - 40), e.start_char)]
        self.main = next((e.start_char for e in facts.events if e.event_no == 0), None)
        self.headings = _headings(article)
        self.cited = Spans.of(facts.citations)
        self.head = 0, 0  # where the sentence begins, and where once its connectives are passed over
        self.firm = False  # whether the tasks before were plainly asked for
        self.mode = ""  # the kind that a sentence without a subject takes
        self.paragraph = -1
        self.speaker: str | None = None
        self.source: str | None = None
        self.last_person: str | None = None
        self.period: tuple[date, date] | None = None

    def read(self, number: int, sentence: Sentence) -> Statement:
        if sentence.paragraph != self.paragraph:
            heading = self.headings.get(sentence.paragraph)
            if heading is not None:
                self.mode, self.firm = heading, heading == "task"
            self.paragraph, self.period, self.source = sentence.paragraph, None, None
            if self.mode != "task":
                self.speaker = None
        hits = self.cues[number]
        self.head = head_of(self.article.folded, sentence)
        kind = self._kind(number, sentence, hits)
        speaker, source = self._attribution(number, sentence, hits, kind)
        first, last = self._period(number, sentence, kind)
        self.firm = self.firm and kind == "task"
        self.mode = kind if kind in ("task", "result", "limitation") else ("" if kind == "event" else self.mode)
        if self.people[number]:
            self.last_person = self.people[number][-1].name
        return Statement(
            number, sentence.start, sentence.end, kind, topic_of(self.topics[number]), speaker, source,
            self._subject(number, sentence), first, last,
        )  # fmt: skip

    def _kind(self, number: int, sentence: Sentence, hits: list[Hit[Cue]]) -> str:
        start, head = self.head
        folded = self.article.folded[sentence.start : sentence.end]
        score = {"event": 0.0, "task": 0.0, "limitation": 0.0, "result": 0.0, "other": 1.5}
        opened = aimed = praised = ahead = False
        directed = self._handed_out(number, sentence)
        score["task"] += 5.0 if directed else 0.0
        fresh = sentence.start == self.article.paragraphs[sentence.paragraph].start
        granted = _GRANTED.search(folded) if "dù" in folded or "tuy" in folded else None
        turn = sentence.start + granted.end() if granted else 0
        for hit in hits:
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
        if not directed and folded.find("đã", 0, 160) >= 0 and _MEETS.search(folded, 0, 160):
            score["event"] += 5
        if not directed and self.held and any(sentence.start <= at < sentence.end for at in self.held):
            score["event"] += 4
        if not directed and self.main is not None and sentence.start <= self.main < sentence.end:
            score["event"] += 1.5
        if not directed and self._acts_on_a_day(number, sentence, head):
            score["event"] += 2.5
        if not (aimed or directed):
            numbers = _NUMBER.findall(folded)
            score["result"] += min(len(numbers), 4) * 0.8
            score["result"] += 4.0 if not directed and _DIGIT.search(folded) and _GIFT.search(folded) else 0.0
        if opened:
            if self.mode in ("task", "result"):
                score[self.mode] += 4
            else:
                score["task"] += 1.5
        if _TURN.match(self.article.folded, head) and not opened:
            pass
        elif self.mode == "task" and not _PAST.search(folded, 0, 120):
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

    def _handed_out(self, number: int, sentence: Sentence) -> bool:
        """``Bộ trưởng giao Vụ Kế hoạch …``: near the beginning, a body is given something to do."""
        folded = self.article.folded
        return any(
            folded.startswith("giao ", body.start_char - 5) and body.start_char - sentence.start < 150
            for body in self.bodies[number]
            if body.start_char - 5 > sentence.start
        )

    def _acts_on_a_day(self, number: int, sentence: Sentence, head: int) -> bool:
        """``Sáng 6/2, ông Lê Tám …``: what a person did that day, without figures."""
        people, bodies = self.people[number], self.bodies[number]
        if not people or (bodies and bodies[0].start_char < people[0].start_char):
            return False
        return bool(_DAY_FIRST.match(self.article.folded, head, sentence.end)) and not _NUMBER.search(
            self.article.folded, sentence.start, sentence.end
        )

    def _attribution(self, number: int, sentence: Sentence, hits: list[Hit[Cue]], kind: str) -> tuple[str | None, str | None]:
        folded = self.article.folded
        verb = next((h for h in hits if folded[h.start : h.end] in _ATTRIBUTING), None)
        if verb is not None:
            people = [p for p in self.people[number] if p.end_char <= verb.start]
            if people:
                self.speaker, self.source = people[0].name if verb.start - people[0].end_char > 200 else people[-1].name, None
            elif _ANAPHORA.search(folded, max(sentence.start, verb.start - 30), verb.end + 12):
                self.speaker, self.source = self.last_person, None
            else:
                bodies = [b for b in self.bodies[number] if b.end_char <= verb.start and verb.start - b.end_char < 40]
                self.speaker, self.source = None, bodies[-1].body_id if bodies else None
            return self.speaker, self.source
        if folded.startswith("theo ", self.head[1]):
            bodies = [b for b in self.bodies[number] if b.start_char - sentence.start < 60]
            if bodies:
                return None, bodies[0].body_id
            people = [p for p in self.people[number] if p.start_char - sentence.start < 60]
            if people:
                return people[0].name, None
        if kind == "task" and self.mode == "task" and not self.people[number]:
            return self.speaker, self.source
        self.speaker = self.source = None
        return None, None

    def _subject(self, number: int, sentence: Sentence) -> str | None:
        """The body at the head of the sentence, or after the time that opens it."""
        for body in self.bodies[number][:2]:
            before = self.article.folded[sentence.start : body.start_char]
            if len(before) <= 40 and (not before or before.rstrip().endswith(",") or before.strip(" -–").isdigit()):
                return body.body_id
        return None

    def _period(self, number: int, sentence: Sentence, kind: str) -> tuple[date | None, date | None]:
        for mention in self.dates[number]:
            if mention.grain in ("time", "day"):
                continue
            before = self.article.folded[max(sentence.start, mention.start_char - 24) : mention.start_char]
            if "so với" in before or "cùng kỳ" in before + self.article.folded[mention.start_char : mention.end_char]:
                continue
            if mention.start_char in self.cited:
                continue
            self.period = mention.date_from, mention.date_to
            return self.period
        if self.period and kind in ("result", "limitation"):
            return self.period
        return None, None


def _headings(article: Article) -> dict[int, str]:
    """The mode that a heading sets, by the number of the paragraph after it."""
    found = {}
    for number, paragraph in enumerate(article.paragraphs):
        if paragraph.role == "heading":
            text = article.folded[paragraph.start : paragraph.end]
            found[number + 1] = next((kind for kind, pattern in _HEADS if pattern.search(text)), "")
    return found


def _spread(rows: list[_Row], sentences: list[Sentence]) -> list[list[_Row]]:
    """The rows of a table inside each sentence; both in text order."""
    found: list[list[_Row]] = []
    at = 0
    for sentence in sentences:
        while at < len(rows) and rows[at].start_char < sentence.start:
            at += 1
        first = at
        while at < len(rows) and rows[at].start_char < sentence.end:
            at += 1
        found.append(rows[first:at])
    return found
