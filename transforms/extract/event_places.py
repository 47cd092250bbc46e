"""Where an event was held, as its sentence prints it."""

from __future__ import annotations

import re
from bisect import bisect_left

from transforms.document import Article, Facts
from transforms.text import Sentence, Spans

_AT = re.compile(
    r"\b(?:tại|(?<=tổ chức )ở|(?<=diễn ra )ở|(?<=khai mạc )ở|(?<=nhóm họp )ở)\s"
    r"(?!(?:tại|hội nghị|buổi|lễ|cuộc|phiên|đại hội|kỳ họp|đây|hội thảo|chương trình|đó|họp báo|thời điểm|diễn đàn|tọa đàm)\b)"
)
# Before it: the opening, a day, a mark, that something is held. Elsewhere it may tell where something else happens
# ("tình hình tại …"), unless it follows the name.
_FREE = re.compile(
    r"(?:^|[,;:()“”\"\u2013-]|\d|nay|qua|(?:tổ chức|diễn ra|khai mạc|bế mạc|khai hội|bắt đầu|họp)(?: vào)?)\s?$"
)
_ELSEWHERE = re.compile(
    r"(?:tình hình|chiến sự|ngừng bắn|hoạt động|công tác|an táng|sinh sống|đại diện|dự án|học tập)\s$"
)
_AFFAIRS = ("tình hình ", "chiến sự ", "ngừng bắn ", "xung đột ")
_END = re.compile(
    r"(?<!\btp)(?<!\btx)(?<!\bq)(?<!\bp)(?<!\bh)\.|[,;:()\n“”\"]|\s[-–]\s"
    r"|\s(?:đã|vừa|tổ chức|do|với|nhằm|để|có|diễn ra|long trọng|về|và\s(?:tổ chức|phát|làm)|sáng|trưa|chiều|tối|đêm|ngày|hôm"
    r"|hồi|lúc|vào|từ|kể từ|trong|nhân|giữa|cho|cùng|nơi|thuộc|trước|sau|khiến|sẽ|được|là|trên địa bàn|cuối tuần|đầu tuần)\s"
    r"|(?<=\S)\s(?:diễn ra|này|vừa qua|hôm nay|tuần qua)\b|$"
)
_RANKS = {"commune": 0, "district": 1, "province": 2, "country": 3}
_LONGEST = 100


class Venues:
    """Reads the places of an article's events."""

    def __init__(self, article: Article, facts: Facts) -> None:
        self.article, self.places = article, facts.places
        self.starts = [place.start_char for place in facts.places]
        self.bodies = Spans.of(facts.organisations)

    def read(self, sentence: Sentence, start: int, end: int) -> tuple[str | None, str | None]:
        """The place of the event named from ``start`` to ``end``, outside that name; its code where a unit stands in it."""
        further: tuple[int, int] | None = None
        for found in _AT.finditer(self.article.folded, sentence.start, sentence.end):
            at = found.start()
            if start <= at < end or at in self.bodies:
                continue
            span = self._span(found.end(), sentence.end)
            if span is None:
                continue
            before = self.article.folded[max(sentence.start, at - 24) : at]
            if _FREE.search(before) or (0 <= at - end <= 2 and not before.endswith(_AFFAIRS)):
                return self._told(span)
            if further is None and at >= end and not _ELSEWHERE.search(before):
                further = span
        return self._told(further) if further else (None, None)

    def _span(self, start: int, limit: int) -> tuple[int, int] | None:
        stop = _END.search(self.article.folded, start, min(limit, start + _LONGEST + 20))
        end = stop.start() if stop else limit
        told = self.article.text[start:end]
        fits = 2 <= len(told) <= _LONGEST and any(c.isupper() or c.isdigit() for c in told)
        return (start, end) if fits else None

    def _told(self, span: tuple[int, int]) -> tuple[str | None, str | None]:
        start, end = span
        inside = slice(bisect_left(self.starts, start), bisect_left(self.starts, end))
        units = [place for place in self.places[inside] if place.end_char <= end]
        smallest = min(units, key=lambda place: _RANKS.get(place.level, 4), default=None)
        return self.article.text[start:end].rstrip(), smallest.code if smallest else None
