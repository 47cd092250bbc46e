"""Weaker signs of the year of a day: a gathering or plan of the year, the turn of the year since the last date, comparisons."""

from __future__ import annotations

import re

from transforms.document import Article
from transforms.extract.date_forms import Part
from transforms.extract.date_neighbours import ELSEWHEN, PAST, is_issue_date

_OLDEST, _NEWEST = 2000, 2035  # articles of the web
_PLANNED_UNTIL = 8  # in the months after it, what is planned for a year may be spoken of in the year before
_TURN_SINCE, _TURN_UNTIL = 10, 3  # months: dates as late in a year, days as early in the next
# Before a bare year: it has begun, or what is held or planned in it is at hand.
_AT_HAND = re.compile(
    r"(?:(?:triển khai|thực hiện) (?:công tác|nhiệm vụ|kế hoạch)[^.;,\n]{0,20}|nhiệm vụ[^.;,\n]{0,24}|phương hướng[^.;,\n]{0,20}"
    r"|chỉ tiêu[^.;,\n]{0,20}|tuyển sinh(?: \w+){0,3}|dự toán[^.;,\n]{0,16}|(?<!sửa đổi, )(?<!sửa đổi và )(?<!sửa đổi )bổ sung"
    r"|mừng xuân[^.;,\n]{0,12}|(?:tháng|tuần|ngày) đầu(?: tiên)?(?: của)?|quốc gia|lễ hội[^.;,\n]{0,30}|ngày hội[^.;,\n]{0,30}"
    r"|liên hoan[^.;,\n]{0,40}|festival[^.;,\n]{0,20}|tính từ đầu"
    r"|đầu tiên (?:của|trong)|ngay (?:trong|từ đầu)|cho cả|chuyên đề) (?:năm )?$"
)
_BACK = re.compile(r"kết quả|tình hình|đánh giá|tổng kết|sơ kết|báo cáo|năm ngoái")  # it is looked back upon
_FAR = re.compile(r"[^.;\n]{0,50}(?:sắp tới|sang năm|năm tới|dự kiến)")
_COMPARED = re.compile(r"so với (?:cùng thời (?:điểm|gian)|cuối|(?:tết|dịp|ngày|mùa)(?: \w+){0,3}) (?:năm )?$")
_ACCOUNT = re.compile(r"(?:(?:tính|cập nhật) (?:đến|tới)(?: hết)?|đến(?: hết)?|so với)(?: ngày)? $")
_NO_TURN = re.compile(r"(?:vụ|đến|tới|trước|dự kiến|sẽ)(?: (?:ngày|tháng|vào|cuối|hết)){0,2} $")
_HELD = re.compile(r" sẽ (?:chính thức )?(?:được )?(?:diễn ra|tổ chức|khai mạc|khai hội)")
_AHEAD = ("sẽ ", "dự kiến", "phấn đấu")
_REACH = 60  # characters
_PRIZE = re.compile(
    r"(?<!\w)(?:giải (?:báo chí|thưởng|văn học|sách)|trao giải|danh hiệu|cờ (?:thi đua|đơn vị)|kết quả kiểm điểm)(?!\w)"
    r"[^.;:\n]{0,60}?(?: lần thứ [\divx]{1,6} ?[-–,]? ?| )\Z"
)


def is_of_prize(folded: str, start: int) -> bool:
    """``Giải báo chí … lần thứ XI-2016``: whether the year at ``start`` is a prize's, which is given in it or in the next."""
    return _PRIZE.search(folded, max(0, start - 100), start) is not None


def _after(last: tuple[int, int], month: int) -> int:
    """The year of an early day after a late last date; 0 for others: texts on the past name days of any year after it."""
    return last[0] + 1 if last[1] >= _TURN_SINCE and month <= _TURN_UNTIL else 0


class Hints:
    """Signs of the year of days, for where nothing firmer tells it; read on the first question."""

    def __init__(self, article: Article, parts: list[Part]) -> None:
        self.article, self.parts = article, parts
        self.read: tuple[int, tuple[int, int], int] | None = None

    def year_of(self, month: int) -> int | None:
        """The year of a day in a month."""
        if month > _PLANNED_UNTIL:
            return None
        at_hand, last, compared = self._told()
        return at_hand or _after(last, month) or compared or None

    def turned(self, month: int) -> int | None:
        """The next year, for an early month in a text whose last date is a late one."""
        return _after(self._told()[1], month) or None

    def _told(self) -> tuple[int, tuple[int, int], int]:
        if self.read is None:
            self.read = self._signs()
        return self.read

    def _signs(self) -> tuple[int, tuple[int, int], int]:
        """The year at hand, year and month of the last date, the year after the one compared with; 0 where nothing tells."""
        latest = compared = 0
        at_hand: set[int] = set()
        far: set[int] = set()
        last = (0, 0)
        for part in self.parts:
            end = part.tail if part.form == "joined" and part.tail else part
            year = end.until or end.year
            if part.form == "year" and is_of_prize(self.article.folded, part.start):
                continue
            if year is None or not _OLDEST <= year <= _NEWEST:
                continue
            single = end.until in (None, end.year)
            before = self._before(part)
            if single and not ELSEWHEN.search(before):
                latest = max(latest, year)
            if end.form in ("day", "month"):
                if end.form == "day" and (end.high, end.month) == (31, 12) and _ACCOUNT.search(before):
                    compared = max(compared, year)  # accounts drawn up to the end of a year
                elif self._has_passed(part):
                    last = max(last, (year, end.month if end.form == "day" else end.high))
            elif end.form == "last":
                at_hand.add(year)
            elif part.form == "year" and single:
                if self._is_far(part):
                    far.add(year)
                elif (_AT_HAND.search(before) or self._takes_place(part)) and not _BACK.search(before):
                    at_hand.add(year)
                elif _COMPARED.search(before):
                    compared = max(compared, year)
        if last[0] < latest:
            last = (0, 0)
        near = max(at_hand - far, default=0)
        return near if near >= latest else 0, last, compared + 1 if compared and compared >= latest else 0

    def _before(self, part: Part) -> str:
        end = part.start + 4 if self.article.folded.startswith("năm ", part.start) else part.start
        return self.article.folded[max(0, part.start - _REACH) : end]

    def _is_far(self, part: Part) -> bool:
        """Whether what bears the year is only to come, perhaps in the next one."""
        return _FAR.match(self.article.folded, part.end) is not None

    def _takes_place(self, part: Part) -> bool:
        """``Lễ hội … năm 2017 sẽ diễn ra``."""
        return self.article.folded.startswith(" sẽ ", part.end) and _HELD.match(self.article.folded, part.end) is not None

    def _has_passed(self, part: Part) -> bool:
        """Whether a date is told as past: not of a paper cited, not a deadline, nothing to come."""
        folded = self.article.folded
        if folded.startswith((" này", " tới"), part.end) or is_issue_date(self.article, part):
            return False
        before = folded[max(0, part.start - _REACH) : part.start].rpartition(".")[2]
        return not PAST.search(before) and not _NO_TURN.search(before) and not any(word in before for word in _AHEAD)
