"""The period for which a figure is told: its clause's or sentence's own, else the only one of its paragraph."""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Iterable
from datetime import date, timedelta
from typing import NamedTuple

from schemas.rows import DateMention
from transforms.document import Article, Facts
from transforms.extract.counted import Counted
from transforms.extract.figure_dates import BIRTH_WORDS, GOAL_WORDS, JOINED, LISTED, PAST_WORDS, Dates, goes_back
from transforms.text import Sentence, holds_any


class Period(NamedTuple):
    """The days told of, and where that is printed; two years in one phrase (``2 năm 2015 và 2016``) are one period."""

    start: int
    end: int
    date_from: date
    date_to: date
    grain: str
    listed: bool = False  # one of several that are named together, and leave open whose the figure is


_LAST_YEARS = re.compile(r" (?:của |vào |trong )?(?:cùng kỳ|năm ngoái|năm trước)(?!\w)")  # a base, told but not dated
_ONE_DAY = timedelta(days=1)
# A year of saying, not of what is said: "Năm 2004, nhóm nghiên cứu chỉ ra rằng: vùng này có 5 cửa sông".
_PAST_IT = ("nếu ", " rằng", " sang 20", " sang năm ", " thời gian tới", " sắp tới")
# Engines and the like are of a model, whose year stands behind its name: "Mazda 3 2017".
_NEVER = frozenset(["bên", "cấp", "đảng", "nhà nước", "kV", "MP", "megapixel", "GB", "TB", "mAh", "inch", "GHz",
                    "tầng", "chỗ", "xi-lanh", "xi lanh", "xilanh", "xy-lanh", "cửa", "bánh"])  # hai nước
_OF_MODELS = frozenset(["mã lực", "Nm", "km/h", "cc", "cm3", "lít", "lít/100km", "vòng/phút", "kW", "hp", "PS"])
_NOW = re.compile(
    r"(?<!\w)(?:năm nay|(?<!thực )(?<!phát )(?<!xuất )(?<!thể )(?<!biểu )hiện(?: nay| có| còn| đang| đã| tại|,)"
    r"|hôm nay|lúc này|bây giờ|(?<!trước )(?:đến|tới) nay"
    r"|\d+ (?:năm|tháng|quý) (?:gần|qua|liền|liên tiếp|trở lại)(?: \w+)?)(?!\w)"
)
_UNTIL_NOW = ("đến nay", "tính đến nay", "cho đến nay", "tới nay", "cho tới nay", "đến thời điểm này", "tính đến thời điểm")
_NOT_NOW = ("hiện tượng", "hiện trường", "hiện vật", "hiện thực", "hiện trạng", "hiện đại")
_REACH = 200  # characters before a figure in which something may take its period away
_SIGNS = ("nay", "hiện", "này", "bây giờ", " năm ", " tháng ", " quý ")  # what all of these hold
# Between a figure and a period behind it: the period is another clause's.
_AWAY = re.compile(
    r"[;:]|,[^,]*,|\) và |(?<!\w)(?:rằng|và (?:được|bị|đã|từng)|so với|sẽ|hồi|kể từ|(?:mức|đỉnh|đáy) (?:thấp|cao)|có thể|kỳ vọng"
    r"|để|nhằm|gấp|nhưng|sau đó|sau khi|trước đó|thì|dự kiến|do đó|do vậy|vì vậy|vì thế|phải(?! thu| trả| nộp)|cần)(?!\w)"
)
# A second pair of levels, or what came later: "từ 40 % năm 2015 lên 45 % năm 2016 và từ 42 % lên 45 %".
_PAIR_OR_LATER = re.compile(r"(?:,| và|;) từ (?:gần |hơn |khoảng |trên )?(?:\d|\Z)|(?<!\w)(?:sau đó|năm qua)(?!\w)")
# The level from which something rose or fell, whose period is not that of the one it came to.
_FROM_LEVEL = re.compile(r"(?<!\w)từ (?:mức |khoảng |gần |hơn )*\d[\d.,]*[^,;()]{0,40}\Z")
_FROM = tuple(f"{verb} từ {about}" for verb in ("tăng", "giảm", "nâng", "hạ", "rút") for about in ("", "khoảng ", "gần ", "hơn "))
_TO_LEVEL = (" lên ", " sang ", " xuống ", " về ")
_YEAR_TOO = re.compile(r"(?:,| và| hoặc| hay) (?:năm )?(?:19|20)\d\d(?!\d)")  # năm 2015 và 2016
# A day up to which is counted, at the head of a sentence, takes the place of what the paragraph dates.
_UP_TO_DAY = ("đến ngày ", "tính đến ", "đến hết ngày ", "tính tới ", "cho đến ngày ")
_SOON = timedelta(days=31)
_SINCE = re.compile(r"[,;] từ (?:năm|tháng) \d")  # năm 2012 họ chiếm bãi cạn, từ năm 2013 xây 7 công trình
_SCHEMES = ("kế hoạch ", "đề án ", "quy hoạch ", "chiến lược ")
_YEAR_AND_MORE = timedelta(days=366)
_PLAN_OF = re.compile(r"% (?:so với )?(?:tổng )?(?:kế hoạch|dự toán|chỉ tiêu|kh)(?: \w+){0,3} \Z")
_AND_ANOTHER = re.compile(r"(?:,| và| hoặc| hay| đến| ?[-–]) ?(?:năm |tháng |quý )?\d")
_STRAIGHT = re.compile(
    r" (?:\((?:trong |vào |hồi )?|(?:trong|vào|của|cho|hồi) (?:cả |riêng )?|(?=năm |quý |tháng ))"
    r"|(?P<more>, \w+ \w+) (?:trong|của) "
)
_STANDING = ("đường biên giới", "bờ biển", "biên giới đất liền")  # as long in any year
# What something was before stands behind the year it is compared with: "tăng 5 % so với năm 2015 (30 tỷ đồng)".
_BASE_BRACKET = re.compile(r"so với[^()]*\d{4} ?\((?:là |với |đạt |chỉ |khoảng |hơn |gần |trên )*(?:\d|\Z)")
# The last month of an account that began earlier: "tính đến hết tháng 6, lợi nhuận đạt …"; a debt or a number of people is of it.
_UNTIL_THEN = ("đến hết ", "tới hết ", "tính đến ", "đến cuối ")
_OF_YEAR = ("kế hoạch", "dự toán", "chỉ tiêu")
_FLOWS = ("lợi nhuận", "doanh thu", " thu ", "kim ngạch", "xuất khẩu", "nhập khẩu", "giải ngân", "sản lượng", "đã bán", "thu hút",
          "đã xử lý", "xảy ra", "đã kết nạp", "hoàn thành", "thực hiện")  # fmt: skip
_UP_TO_NOW = re.compile(r"(?<!trước )đến nay|(?<=[.] )hiện (?:tại|nay)(?!\w)")
_STOCKS = ("thuê bao", "tổng số", "nợ", "dân số", "số dư", "nguồn vốn", "tài sản")
_PLANS = ("mục tiêu", "phấn đấu", " sẽ ", "dự kiến")
_FEES = ("mức phí", "mức phạt", "giá vé", "lệ phí", "mức giá", "được đầu tư", "mỗi ",
         "với tổng vốn đầu tư", "có tổng vốn đầu tư")  # fmt: skip
_START_OF_YEAR = ("tháng đầu năm", "nửa đầu năm", "nửa năm")
_OPENED = 18  # characters from a bracket to the first of the years in it that are one period
_TIMES = ("năm ", "qua ", "nay ", "tháng ", "tuần ", "ngày ", "tết ", "nghỉ ", "kỳ ", "dậu ", "trước ", "giai đoạn ", "quý ")
_UP_TO = 24  # characters from the head of a sentence to the day up to which it counts
_BEHIND = 90  # characters from a figure to a period behind it
# What a thing measures does not belong to a period, unless its own sentence says so.
_SIZES = frozenset(["kg", "lít", "km/l", "mã lực", "Nm", "kW", "hp", "m", "cm", "mm", "inch", "km/h", "GB", "MB", "TB", "mAh",
                    "kV", "Hz", "GHz", "MP", "độ", "độ C"])  # fmt: skip
# Things counted are told of a paragraph's period only by a sentence that goes on with the account of it, or right behind it.
_LINKS = ("trong đó", "cụ thể", "ngoài ra", "bên cạnh đó", "kết quả", "trong số", "riêng ", "tổng ", "đồng thời", "đáng chú ý",
          "trong năm", "trong tháng", "trong quý", "trong kỳ", "tính chung", "theo đó", "song song", "cùng với", "tiếp theo",
          "toàn ", "đứng ", "qua đó", "đã ", "đặc biệt", "bình quân", "trung bình")  # fmt: skip
_DEEDS = ("đã ", "đạt ", "có ", "chỉ còn ", "bán ", "trao ", "doanh số ", "chọn ", "bắt ", "thu ", "đón ",
          "xảy ra ", "hoàn thành ")  # fmt: skip
_REPORT = 6  # numbers behind a paragraph's period that make it the report on that
_NUMBERS = re.compile(r"(?<![\d/.,])\d[\d.,]*(?![\d/])")
_CLAUSE = 40  # characters before a figure in which it may be told that it is none of what was done
_NO_DEED = ("hiện ", "phải ", "đề xuất", "đề ra", "cùng ", "đại diện ", "thay mặt ", "thủ trưởng ", "đến nay", "năm qua", "để ",
            "sẽ ", "dài ", "rộng ", "“", "hồi ")  # fmt: skip
_OPENING = 40  # characters before a period at the head of a paragraph's report: "Tính trong thời gian"
_COUNTED_IN = ("tính ", "riêng ", "trong ", "chỉ tính ", "chỉ riêng ")
_CLAUSE_HEAD = re.compile(r", (?:(?:chỉ |tính )?riêng |tính )?(?:trong )?(?:cả )?\Z")
_LOOKED_BACK = ("giải ", "sơ kết", "tổng kết")
_TOLD_BY = ("cho biết", "cho thấy", "cho hay", "báo cáo", "theo ", "thống kê", "đánh giá", "nêu rõ")
_REPORTS = ("báo cáo ", "theo ", "số liệu ", "thống kê ")  # Báo cáo của UBND tỉnh cho thấy, năm 2025 …
_SENTENCES = 2  # between a paragraph's period and a figure
_ADVERB = 16  # characters before a period at the head of a sentence: "Riêng trong"
_LONG = timedelta(days=6 * 366)  # what spans more is an anniversary or a plan, not what a paragraph reports on
_TOO_FAR = 450  # characters from a paragraph's period to a figure
_ASKED = ("mục tiêu", "phấn đấu", "chỉ tiêu", "đề nghị", "yêu cầu", "thúc đẩy", "nhiệm kỳ")
_SIZE = re.compile(r"(?<!\w)(?:cách|dài|cao|sâu|rộng|nặng|dày)(?: [^\d,;]{0,24})?$")


class Periods(Dates):
    """The periods around the figures of one article, sentence after sentence."""

    def __init__(self, article: Article, facts: Facts) -> None:
        super().__init__(article, facts)
        self.paragraphs = article.paragraphs
        # "đến hết ngày 30/11" is of an account within the period.
        days = [row.start_char for row in facts.dates if row.grain in ("day", "time")]
        self.ends = [row for row in facts.dates if row.grain == "day"]
        self.ends_at = [row.start_char for row in self.ends]
        self.days = [start for start in days if not self.folded.endswith(("đến ", "hết ", "tới "), 0, start)]
        self.paragraph = -1
        self.begin = 0
        self.own: list[Period] = []
        self.own_starts: list[int] = []
        self.shared: DateMention | None = None
        self.is_report = False  # whether the paragraph tells much of its period
        self.is_plan = False  # whether it plans that period

    def enter(self, sentence: Sentence) -> None:
        """Begin a sentence."""
        if sentence.paragraph != self.paragraph:
            self.paragraph = sentence.paragraph
            paragraph = self.paragraphs[sentence.paragraph]
            around = [row for row in self._told(paragraph.start, paragraph.end) if not self._follows(row, GOAL_WORDS)]
            dated = {(row.date_from, row.date_to) for row in self._dated(paragraph.start, paragraph.end)}
            self.shared = around[0] if around and len(dated) == 1 and not self._names_scheme(around[0]) else None
            if self.shared is not None and self.shared.date_to - self.shared.date_from > _LONG:
                self.shared = None
            self.is_plan = self.shared is not None and self._is_planned(self.shared)
            self.is_report = self.shared is not None and self._is_report(self.shared, paragraph.start, paragraph.end)
        self.begin = sentence.start
        apart = "lần lượt" in self.folded[sentence.start : sentence.end] if self.starts else True
        self.own = self._joined(self._told(sentence.start, sentence.end), apart)
        self.own_starts = [row.start for row in self.own]

    def _is_report(self, shared: DateMention, start: int, end: int) -> bool:
        """Whether a paragraph reports on a period: it dates a clause or a review, no other noun, and many numbers follow."""
        if len(_NUMBERS.findall(self.folded, shared.end_char, end)) < _REPORT:
            return False
        head = max(start, *(self.folded.rfind(sign, start, shared.start_char) + len(sign) for sign in (". ", ": ", "; ")))
        said = self.folded[head : shared.start_char]
        opens = len(said) <= _ADVERB or (len(said) <= _OPENING and said.startswith(_COUNTED_IN))
        if opens or said.endswith("("):
            return True
        if holds_any(said, _LOOKED_BACK):
            return True
        return _CLAUSE_HEAD.search(said[-_ADVERB:]) is not None and holds_any(said, _TOLD_BY)

    def _is_planned(self, shared: DateMention) -> bool:
        """Whether the sentence that tells a paragraph's period plans it: nothing else in the paragraph need be of that."""
        head = max(self.folded.rfind(". ", 0, shared.start_char), self.folded.rfind("\n", 0, shared.start_char)) + 1
        stop = self.folded.find(". ", shared.end_char)
        return holds_any(self.folded[head : stop if stop >= 0 else shared.end_char + _REACH], _PLANS)

    def _is_left(self, shared: DateMention, position: int) -> bool:
        """Whether another time has been told of since, of which no date could be made: ``trong 6 tháng đầu năm``, ``đến nay``."""
        since = self.folded[shared.end_char : position]
        if _UP_TO_NOW.search(self.folded, shared.end_char, self.begin):
            return True
        for word in _START_OF_YEAR:
            at = since.find(word)
            if at >= 0:
                start = shared.end_char + at
                dated = bisect_left(self.starts, start + len(word))
                return not dated or self.all[dated - 1].end_char <= start
        return False

    def _joined(self, rows: Iterable[DateMention], apart: bool) -> list[Period]:
        """Periods that follow on each other and are named together are one, unless each has its own figure."""
        found: list[Period] = []
        for row in rows:
            if row.date_from is None or row.date_to is None:
                continue
            last = found[-1] if found else None
            if (
                last is not None
                and not apart
                and last.date_to + _ONE_DAY == row.date_from
                and self.folded[last.end : row.start_char] in JOINED
            ):
                found[-1] = last._replace(end=row.end_char, date_to=row.date_to, grain="range", listed=False)
                continue
            listed = last is not None and last.grain == row.grain and self.folded[last.end : row.start_char] in LISTED
            if last is not None and listed:
                found[-1] = last._replace(listed=True)
            listed = listed or (row.grain == "year" and _YEAR_TOO.match(self.folded, row.end_char) is not None)
            found.append(Period(row.start_char, row.end_char, row.date_from, row.date_to, row.grain, listed))
        return found

    def of(self, position: int, end: int, stop: int, counted: Counted) -> tuple[date | None, date | None]:
        """That of the figure from ``position`` to ``end`` in the sentence that ends at ``stop``."""
        if counted.unit in _NEVER or (counted.unit == "nước" and self.folded.startswith(("hai ", "2 "), position)):
            return None, None
        if _LAST_YEARS.match(self.folded, end, stop):
            return None, None
        if counted.kind == "measure" and counted.what and holds_any(counted.what, _STANDING):
            return None, None
        times = counted.unit == "lần" and self.folded.rfind("gấp", max(self.begin, position - 20), position) >= 0
        times = times and not self.folded.startswith(" vào ", end)
        if self.folded.endswith(_FROM, self.begin, position) and self.folded.startswith(_TO_LEVEL, end):
            return None, None  # tăng từ 8 % lên 10 % trong năm 2016: what it was before
        told = self._right_behind(max(end, counted.what_end), stop) if not times else None
        if told is not None and counted.unit == "%" and counted.what and holds_any(counted.what, _OF_YEAR):
            own = [row for row in self.own if row.end <= position and not self._is_of_plan(row)]
            told = (own[-1].date_from, own[-1].date_to) if own else told  # nửa năm đạt 53 % kế hoạch năm 2017
        if told is not None:
            return told
        if not self.own:
            return self._shared_by(position, counted)
        at = bisect_left(self.own_starts, position)
        following = self.own[at] if at < len(self.own) else None
        gap = self.folded[end : min(following.start, end + _BEHIND + 1)] if following is not None else ""
        if gap.startswith((" và ", " hay ", " hoặc ")) and len(gap) <= 9:
            following = None  # lỗ 9 tỷ đồng và năm 2018 lỗ …: the next figure's
        if following is not None and (times or self._is_beyond(following, gap, position)):
            following = None
        if following is not None and len(gap) <= 7 and not holds_any(gap, (",", ";")):
            return (None, None) if following.listed else (following.date_from, following.date_to)
        while at and self._is_of_plan(self.own[at - 1]) and self.folded[self.own[at - 1].end : position] != " (":
            at -= 1  # bằng 53 % kế hoạch năm 2017, nộp ngân sách …: the plan's
        if at:
            chosen = self.own[at - 1]
            between = self.folded[max(chosen.end, position - _REACH) : position]
            if " có thể " in between and "kết" in self.folded[max(self.begin, chosen.start - 40) : chosen.start]:
                return None, None  # tại lễ tổng kết năm 2016, ông A cho biết: có thể …
            if chosen.listed or holds_any(between, _PAST_IT) or self._is_past(chosen, between, position):
                return None, None
            if " từ " in between and _SINCE.search(between):
                return None, None
            if "(" in between and _BASE_BRACKET.search(between) and ")" not in between[between.rfind("(") :]:
                return None, None
            if "cả năm" in between and chosen.grain not in ("year", "range"):
                return None, None
            if self._is_of_another(chosen, between, end, stop):
                return None, None
            if ";" in between and self._is_of_scheme(chosen.start, chosen.date_from, chosen.date_to):
                return None, None
            if counted.unit in _SIZES and _SIZE.search(between[-60:]):
                return None, None
            if counted.unit in _OF_MODELS and chosen.end - chosen.start == 4:
                return None, None
            if holds_any(between, _SIGNS) and _NOW.search(between):
                return None, None
            return chosen.date_from, chosen.date_to
        if following is None or following.listed or len(gap) > _BEHIND or _AWAY.search(gap):
            return None, None
        return following.date_from, following.date_to

    def _is_of_plan(self, period: Period) -> bool:
        """Whether a year is that of a plan of which a share is told."""
        before = self.folded[max(self.begin, period.start - 40) : period.start]
        return "%" in before and _PLAN_OF.search(before) is not None

    def _is_of_another(self, chosen: Period, between: str, end: int, stop: int) -> bool:
        """Whether a month is one of planning, the last of a longer account, or a year dates what stands before its bracket."""
        opened = self.folded.rfind("(", max(self.begin, chosen.start - _OPENED), chosen.start)
        only = opened >= 0 and between.startswith(")") and not any(map(str.isalpha, self.folded[opened : chosen.start]))
        if only and self.folded[chosen.start].isdigit() and not self.folded.endswith(_TIMES, 0, opened):
            return holds_any(between, (";", ",", " và ", " cùng "))
        if "]" in between and "[" not in between:
            return True
        if chosen.grain not in ("month", "quarter"):
            return False
        if chosen.grain == "month" and bisect_left(self.days, chosen.end) != bisect_left(self.days, chosen.end + len(between)):
            return True  # về vụ việc hồi tháng 4, chiều 13.6, công an đã khởi tố …
        if holds_any(between, ("lên kế hoạch", "đề xuất")) or self.folded.startswith((" mỗi năm", " một năm"), end):
            return True
        if not self.folded.endswith(_UNTIL_THEN, 0, chosen.start) or holds_any(between, _STOCKS):
            return False
        return holds_any(self.folded[end : min(stop, end + _BEHIND)], _OF_YEAR) or holds_any(between, _FLOWS)

    def _is_beyond(self, following: Period, gap: str, position: int) -> bool:
        """Whether a period behind a figure is a base, a term that is moved, or not that of what is so now."""
        if following.grain == "range" and gap.endswith(_SCHEMES) and following.date_to - following.date_from > _YEAR_AND_MORE:
            return True  # 12 đơn vị xây dựng kế hoạch giai đoạn 2017-2020
        if "(" in gap and ")" not in gap:
            closed = self.folded.find(")", following.end, following.end + _BEHIND)
            if any(map(str.isdigit, self.folded[following.end : max(closed, 0)])):
                return True  # đón 8 nghìn khách (dịp Tết năm 2016 có 7 nghìn): the bracket's own
        if "từ mức " in gap and _FROM_LEVEL.search(gap):
            return True
        if gap.endswith(" từ ") and self.folded.startswith(_TO_LEVEL, following.end):
            return True
        if bisect_left(self.starts, position) < bisect_left(self.starts, following.start):
            return True  # 692 giàn từ đầu năm 2017, 509 giàn năm 2016: a nearer one was passed over
        near = self.folded[max(self.begin, position - 60) : position]
        return "," in gap and "hiện" in near and _NOW.search(near) is not None

    def _is_past(self, chosen: Period, between: str, position: int) -> bool:
        """Whether a period ends before a figure: a bracket around it has closed, or another, passed over, has followed."""
        if _PAIR_OR_LATER.search(between):
            return True
        if _FROM_LEVEL.search(self.folded, max(self.begin, chosen.start - 60), chosen.start):
            return True
        closed = between.find(")")
        if closed >= 0 and "(" not in between[:closed] and any(char.isdigit() for char in between[:closed]):
            opened = self.folded.rfind("(", self.begin, chosen.start)
            if opened > self.folded.rfind(")", self.begin, chosen.start):
                return True
        passed = self.all[bisect_left(self.starts, chosen.end) : bisect_left(self.starts, position)]
        return any(row.date_from != chosen.date_from and self._is_since(row) for row in passed)

    def _is_since(self, row: DateMention) -> bool:
        """Whether a period was passed over as the time from, before or at which something else is told."""
        return self._follows(row, PAST_WORDS) and not self._follows(row, BIRTH_WORDS) and not self._is_base(row)

    def _right_behind(self, end: int, stop: int) -> tuple[date | None, date | None] | None:
        """The period told right behind a figure's phrase: ``tăng lên 65 % vào năm 2018``, ``84 đầu việc trong năm 2017``."""
        link = _STRAIGHT.match(self.folded, end, stop) if self.starts else None
        if link is None:
            return None
        at = bisect_left(self.starts, link.end())
        if at == len(self.starts) or self.starts[at] != link.end():
            return None
        row = self.all[at]
        if at and row.start_char - self.all[at - 1].end_char <= _BEHIND and goes_back(self.all[at - 1], row):
            return None, None
        further = _AND_ANOTHER.match(self.folded, row.end_char, stop) is not None
        further = further or (link["more"] is not None and not self.folded.startswith((",", ".", ";"), row.end_char))
        return None if further or self._is_base(row) else (row.date_from, row.date_to)

    def _is_account(self, shared: DateMention, before: str) -> bool:
        """Whether a sentence goes on to tell of things done in the paragraph's period."""
        if self.folded.startswith(_LINKS, self.begin):
            return True
        if self.is_report and not holds_any(before[-_CLAUSE:], _NO_DEED):
            return True
        if not holds_any(before, _DEEDS) or self.folded.count(". ", shared.end_char, self.begin) > _SENTENCES:
            return False
        head = max(self.folded.rfind(". ", 0, shared.start_char) + 2, self.folded.rfind("\n", 0, shared.start_char) + 1)
        return shared.start_char - head <= _ADVERB or self.folded.startswith(_REPORTS, head)

    def _ends_otherwise(self, shared: DateMention) -> bool:
        """Whether the sentence begins with a day at which its account ends, and which is not that of the paragraph's period."""
        at = bisect_left(self.ends_at, self.begin)
        if at == len(self.ends) or self.ends[at].start_char > self.begin + _UP_TO or shared.date_to is None:
            return False
        day = self.ends[at].date_to
        return day is None or shared.date_from is None or not shared.date_from <= day <= shared.date_to + _SOON

    def _shared_by(self, position: int, counted: Counted) -> tuple[date | None, date | None]:
        if self.shared is None or self.shared.start_char > position:
            return None, None  # what a paragraph dates further down it does not date here
        if bisect_left(self.days, self.shared.end_char) != bisect_left(self.days, position):
            return None, None  # a day has been told of since
        if self.folded.startswith(_UNTIL_NOW, self.begin):
            return None, None
        if self.folded.startswith(_UP_TO_DAY, self.begin) and self._ends_otherwise(self.shared):
            return None, None
        if self.folded.startswith("hiện ", self.begin) and not self.folded.startswith(_NOT_NOW, self.begin):
            return None, None
        before = self.folded[max(self.begin, position - _REACH) : position]
        if before.endswith(("trong số ", "trong tổng số ")):
            return None, None  # of how many there are anyhow
        if (position - self.shared.end_char > _TOO_FAR and not self.is_report) or holds_any(before, _ASKED):
            return None, None
        if counted.kind in ("count", "measure") and not self._is_account(self.shared, before):
            return None, None
        apart = self.is_plan and self.begin > self.shared.start_char and not holds_any(before, _PLANS)
        if apart and not self.folded.startswith((*_LINKS, "có "), self.begin):
            return None, None
        if self._is_left(self.shared, position) or (counted.kind == "money" and holds_any(before, _FEES)):
            return None, None
        if counted.unit in _SIZES or (counted.kind == "measure" and _SIZE.search(before[-60:])):
            return None, None
        if holds_any(before, _SIGNS) and _NOW.search(before):
            return None, None
        return self.shared.date_from, self.shared.date_to
