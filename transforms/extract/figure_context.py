"""What the sentence says of a figure: change or amount, reached or aimed at, of what whole, whose, where, for which period."""

from __future__ import annotations

import re
from bisect import bisect_left

from schemas.rows import Figure
from transforms.document import Article, Facts
from transforms.extract.counted import Counted
from transforms.extract.figure_indicators import indicator
from transforms.extract.figure_parts import Number as Number
from transforms.extract.figure_parts import total_of
from transforms.extract.figure_periods import Periods
from transforms.extract.figure_ruled import GOES_ON, is_ruled
from transforms.extract.figure_ruled import is_to_come as is_listed_to_come
from transforms.extract.figure_sense import is_beyond_plan, is_to_come, limit, measured, opens_estimate, shares_verb, status
from transforms.extract.numbers import words_of
from transforms.text import LOWER, UPPER, Sentence, holds_any

_LETTER = f"{LOWER}{UPPER}"


_PEOPLE = frozenset(
    [
        "người",
        "đại biểu",
        "lượt người",
        "cán bộ",
        "đảng viên",
        "học viên",
        "hội viên",
        "đoàn viên",
        "học sinh",
        "cử tri",
        "thí sinh",
        "cá nhân",
        "đồng chí",
        "hộ dân",
        "lượt đại biểu",
    ]
)
_ATTEND = re.compile(r"(?<!\w)(?:dự(?! khuyết| án| kiến| toán| bị| báo| thảo)|tham dự|tham gia|có mặt|thu hút|với sự)(?!\w)")
_GATHERING = re.compile(
    r"(?<!\w)(?:hội nghị|buổi|lễ(?: \w+)?|lớp|đại hội|kỳ họp|chương trình|hội thi|tọa đàm|hội thảo|ngày hội|chương trình)(?!\w)"
)
_ATTENDED = re.compile(r"[^.;,]{0,24}(?<!\w)(?:tham dự|tham gia|đến dự|về dự|dự(?! khuyết| án| kiến| toán| bị| báo))(?!\w)")
# What follows a subject.
_SUBJECT = re.compile(
    r",? (?:đã|hiện|có|đạt|còn|gồm|tổ chức|tiếp nhận|tiếp|xử lý|mở|trao|tặng|hỗ trợ|kết nạp|thực hiện|phối hợp|ban hành"
    r"|triển khai|thi hành|kiểm tra|phát hiện|giải quyết|khởi tố|huy động|vận động|được|phấn đấu|ước"
    r"|thu hút|giải ngân|thu|chi|hoàn thành|sẽ|tăng|giảm)(?!\w)"
)
# A clause with a subject of its own: "Sở A có 6 phó giám đốc, Sở B có 5".
_ANOTHER = re.compile(
    rf"; [{UPPER}]|[,;] (?:còn |riêng |và )?[{UPPER}][^,;\n]{{1,70}}? (?:có|đạt|đã|còn|gồm|được|là|chiếm|tăng|giảm)(?!\w)"
)
_AND_SO = re.compile(r"(?: (?:ở |mỗi )?chiều [\w ]{2,12})? và ")  # giảm 5 đồng và 8 đồng; ở chiều mua và … ở chiều bán
# The growth of an amount that is reckoned is so, too: "ước đạt 4 tỷ USD, tăng 9 %".
# So are the growth against another base and the items of a list: "; xuất siêu …", "tăng 8 % so tháng trước và tăng 30 %".
_SO_MUCH = re.compile(
    r"(?: \([^()\d]{1,70}\))?(?: (?:dự toán|kế hoạch|chỉ tiêu)(?: [^\W\d]+){0,3}(?: \d{4})?| so [^.;,()]{1,40})?"
    r"(?:,| và|, và)?(?: | \()(?:tăng|giảm|bằng|vượt|chiếm)(?: \w+){0,3} ?\(?"
)
_LISTED = re.compile(
    r"(?: so [^.;,()]{1,40}|\))*[;,](?: (?!đã |thực |mới |năm |cùng |kỳ |trước |nhưng |còn )[^\W\d][^\s;:,]*){1,12}"
    r" (?:đạt|tăng|giảm|chiếm|bằng)(?: thêm| khoảng| hơn| gần| trên| tới)* ?"
)
_ITEM = 90  # characters from one item's number to the next
_THAT_IS = re.compile(r" \((?:tương đương|tức|khoảng)(?: với)? ?")  # the same in other money
_GROWN = 26
_COMPARED_TOO = 110  # with what it is compared with between
_GIVE = re.compile(r"(?<!\w)(?:trao|tặng|ủng hộ|hỗ trợ|trị giá|tổng giá trị)(?!\w)")
_WHOLE_PROVINCE = re.compile(r"(?<!\w)(?:toàn|cả|trên địa bàn|của|trong) tỉnh(?!\w)")
_WHOLE_UNIT = re.compile(r"(?<!\w)(?:toàn|cả|trên địa bàn) (huyện|quận|thị xã|thành phố|xã|phường|thị trấn)(?!\w)")
_COMMUNES = frozenset(["xã", "phường", "thị trấn"])
_LARGER = frozenset(["tỉnh", "nước", "quốc gia", "tỉnh, thành phố", "tỉnh thành"])  # of which none is in a province
_CITIES = frozenset(["01", "31", "46", "48", "79", "92"])  # centrally run: no "tỉnh"
_COMMUNE = 5  # digits of a commune's code
# After the whole province is named, what follows is of somewhere else.
_ELSEWHERE = ("cả nước", "toàn quốc", "thế giới", "bắc lào", "các tỉnh")
_DISTANCE = re.compile(r"(?<!\w)(?:cách|nằm cách|trải dài|xa)(?!\w)[^,;]{0,24}\Z")
# Between a body and a figure: the figure is of what the body says, finds or orders.
_OTHERS = ("(", ": ", " về việc ", " cho thấy", " phát hiện, ", " phát hiện năm", " rằng ", " chính quyền địa phương", "mục tiêu")
_OWN_REACH = 130  # characters from a body to what is its figure
# A heading in capitals that the sentence was printed behind, on one line.
_HEADING = re.compile(rf"(?:(?<![{_LETTER}])[{UPPER}]+[ .\d,–-]+){{2,16}}(?=[{UPPER}][{LOWER} ])")
_NEAR = 90  # characters looked at before a number
_FURTHER = 220  # characters before a number in which its clause may say that it is yet to be
_AT_HEAD = 8  # characters from the beginning of a sentence within which its subject begins: "Tại", "Riêng"

_QUALIFIERS = (
    ("at_least", r"ít nhất(?: là)?|tối thiểu(?: là)?|không dưới|không thấp hơn|không ít hơn|chí ít|từ trên|≥ ?"),
    ("at_most", r"tối đa(?: là)?|không quá|không vượt quá|không hơn|nhiều nhất(?: là)?|dưới(?: mức| mốc| ngưỡng)?"
        r"|(?:chưa|không|chẳng) (?:đến|tới|đầy)|≤ ?|< ?"),
    ("about",
            r"ước(?: tính)?(?: (?:khoảng|đạt|thực hiện|tăng|giảm|có|còn|thu|chi|bằng|hoàn thành|giải ngân|chiếm|là|trên|"
            r"gần|hơn)){0,3}"
        r"|(?<!xoay )(?<!xung )(?<!vòng )quanh(?: mức| mốc| ngưỡng)?"
        r"|khoảng(?: trên| hơn| gần)?|chừng|vài|tầm(?: khoảng)?|xấp xỉ|trên dưới"
        r"|(?<!tốc )(?<!nhiệt )(?<!mật )(?<!trình )(?<!mức )(?<!cường )(?<!nồng )(?<!góc )độ khoảng|ngót nghét|~ ?"),
    ("nearly", r"gần|ngót|suýt soát"),
    ("over", r"hơn|trên(?: mức| mốc| ngưỡng)?|quá|(?<!cầu )vượt(?: mức| mốc| ngưỡng)?|> ?"),
)  # fmt: skip
_QUALIFIED = re.compile(
    rf"(?<![{_LETTER}])(?:{'|'.join(f'(?P<{name}>{forms})' for name, forms in _QUALIFIERS)})(?: |(?<=[≥≤<>~]))$"
)
_PARTED = re.compile(
    r"(?:(?P<least>(?<!\w)(?:ít nhất|chí ít|tối thiểu))|(?<!tốc độ )(?<!\w)tối đa)"
    r"(?: (?:cũng|phải|cần|được|có|đạt|là|từ|chỉ|cho|sẽ)){1,3} \Z"
)
# The last words of all of these: most numbers have none of them before.
_LAST_WORDS = words_of("qualifies")
_BOUNDS = ("at_most", "at_least")
_BARE_VERBS = ("tăng ", "giảm ", "thành lập ", "hình thành ")
# Mostly of rules, not of what is so.
_NORM = ("không quá ", "không vượt quá ", "không thấp hơn ", "không ít hơn ", "tối thiểu ", "tối đa ")
_SIGN = {"(-": "down", "(−": "down", "(–": "down"}  # VN-Index giảm 0,31 điểm (-0,04%)
_FALLEN = "âm "  # tăng trưởng âm 3 %
_MINUS = re.compile(r"(?<![\dcộ°%])[ (\n][-−–]\Z")
_DEGREES = frozenset(["độ", "độ C"])
_NOT_YET = tuple(f"{no} {until} " for no in ("chưa", "không", "chẳng") for until in ("đến", "tới", "đầy"))
_COMPARED = re.compile(
    r"(?<!độ )(?<!chiều )(?:cao|thấp|nhiều|ít|lớn|nhỏ|dài|ngắn"
    r"|nhanh|chậm|kém|sớm|muộn|đông|tốt|nặng|nhẹ|đắt|rẻ) \Z"
)
# What is reckoned for one of a measure.
_PER = re.compile(
    r"(?<!\w)(?:giá|giá thành|chi phí|năng suất|sản lượng|mật độ|lợi nhuận|lãi|doanh thu|thu nhập|tính|bình quân|trung bình"
    r"|đầu tư|định mức|tỷ lệ|tỉ lệ|hiệu quả|đồng|kg|tấn)(?!\w)[^.;:]{0,24}\Z"
)
_ONWARDS = re.compile(rf"(?:[ {_LETTER}]{{0,24}}) trở (lên|xuống)")


class Context:
    """Reads the surroundings of the figures of one article, sentence after sentence."""

    def __init__(self, article: Article, facts: Facts) -> None:
        self.article, self.facts = article, facts
        self.periods = Periods(article, facts)
        self.bodies = [row.start_char for row in facts.organisations]
        self.places = [row.start_char for row in facts.places]
        self.sentence: Sentence | None = None
        self.first = 0
        self.reckoned = False  # it is reckoned from its first word on
        self.parts = False  # it tells the parts of what the sentence before told
        self.to_come = False  # the sentence lists what the one before it says is to come

    def enter(self, sentence: Sentence, first: int) -> None:
        """Begin a sentence, whose first figure will be row ``first``; nothing happens inside the same one."""
        if sentence is self.sentence:
            return
        last, folded = self.sentence, self.article.folded
        self.sentence, self.first = sentence, first
        beside = self.to_come and last is not None and sentence.start - last.end <= 2
        beside = beside and folded.startswith(GOES_ON, sentence.start)
        self.to_come = beside or is_listed_to_come(folded, self.article.paragraphs[sentence.paragraph].start, sentence)
        self.reckoned = opens_estimate(folded, sentence.start)
        self.parts = folded.startswith("trong đó", sentence.start) and last is not None and sentence.start - last.end <= 2
        self.periods.enter(sentence)

    def figure(self, number: Number, rows: list[Figure]) -> Figure:
        """The row of a number; ``rows`` are those before it."""
        assert self.sentence is not None
        sentence, folded, found = self.sentence, self.article.folded, number.counted
        before = folded[max(sentence.start, number.start - _NEAR) : number.start]
        after = folded[number.end : min(sentence.end, number.end + 60)]
        qualifier, start = _qualified(folded, sentence, number)
        last = rows[-1] if len(rows) > self.first else None
        if last is not None and last.end_char + 1 == start and folded.startswith("trên ", start):
            qualifier, start = "exact", number.start  # 51 bàn trên 47 trận
        value, value_to, start = _signed(folded, sentence, number, start)
        lead = folded[max(sentence.start, start - 40) : start]
        ranged = number.value_to is not None and holds_any(folded[number.start : number.end], "-–—")
        measure, direction = measured(found, lead, after, folded[start : number.start], ranged)
        if value > 0 and found.kind == "share":
            sign = _SIGN.get(folded[number.start - 2 : number.start]) if folded.startswith(")", number.end) else None
            sign = "down" if folded.startswith(_FALLEN, start) else sign
            measure, direction = ("change", sign) if sign else (measure, direction)
        fellow = rows[-1] if len(rows) > self.first and found.kind == "money" and measure == "amount" else None
        if fellow and fellow.measure == "change" and _AND_SO.fullmatch(folded, fellow.end_char, start):
            measure, direction = "change", fellow.direction
        if last is not None and found.kind == "share" and measure in (None, "share") \
                and shares_verb(last.measure or "", folded[last.end_char : start], after):  # fmt: skip
            measure, direction = "change", last.direction
        said = folded[max(sentence.start, number.start - _FURTHER) : number.start]
        standing = self._standing(number, before, said, found)
        if last is not None and standing in (None, "actual") and start - last.end_char <= _GROWN \
                and _THAT_IS.fullmatch(folded, last.end_char, start):  # fmt: skip
            standing = last.status
        norm = folded.startswith(_NORM, start) or (qualifier in _BOUNDS and "mỗi " in folded[sentence.start : start])
        norm = norm and " đã " not in before
        norm = norm or (qualifier in _BOUNDS and holds_any(folded[sentence.start : start], (" trở lên", " trở xuống")))
        if standing == "actual" and (norm or self._is_proposed(number, after)):
            standing = None
        elif value == 2 and found.unit.lower() in ("bên", "nước", "đảng", "nhà nước"):
            standing = None  # quan hệ hai nước: nobody's result
        if standing == "actual" and self._is_reckoned(folded, rows, start):
            standing = "estimate"
        what = found.what or (found.unit if found.kind == "count" else None)
        since, until = self.periods.of(number.start, number.end, sentence.end, found)
        return Figure(
            start, number.end, value, value_to, qualifier, found.unit, what, measure, direction,
            standing, total_of(self.article.folded, number, rows, self.first) if measure == "amount" else None,
            self._event_no(found, before, after), self._body_id(number.start),
            self._place_code(number.start, before) if found.unit not in _LARGER else None,
            indicator(found, before, what, measure, value), since, until,
        )  # fmt: skip

    def _is_reckoned(self, folded: str, rows: list[Figure], start: int) -> bool:
        """Whether a figure goes with others that are estimates: their growth, their parts, their fellows in a list."""
        assert self.sentence is not None
        if self.parts and 0 < self.first <= len(rows):
            near = [row for row in rows[max(0, self.first - 3) : self.first] if row.start_char >= self.sentence.start - _ITEM]
            if {row.status for row in near} == {"estimate"} and folded.find("đã ", self.sentence.start, start) < 0:
                return True
        if self.reckoned:
            return folded.find("đã ", self.sentence.start, start) < 0
        last = rows[-1] if len(rows) > self.first else None
        if last is None or not any(row.status == "estimate" for row in rows[self.first :]):
            return False
        marker = folded.rfind("trong đó", rows[self.first].end_char, start)
        if marker >= 0:
            told = [row.status for row in rows[self.first :] if row.end_char <= marker and row.status]
            if told[-1:] == ["estimate"] and folded.find("đã ", marker, start) < 0:
                return True
        for row in rows[max(self.first, len(rows) - 3) :]:  # in a bracket behind one
            said = folded[row.end_char : start] if row.status == "estimate" else ""
            if said.startswith(" (") and said.count("(") > said.count(")") and "đã " not in said:
                return True
        if last.status != "estimate":
            return False
        gap = start - last.end_char
        if gap <= _COMPARED_TOO and _SO_MUCH.fullmatch(folded, last.end_char, start):
            return True
        return gap <= _ITEM and _LISTED.fullmatch(folded, last.end_char, start) is not None

    def _is_proposed(self, number: Number, after: str) -> bool:
        """Whether a sentence without a subject may tell what is to be done: ``Tăng thuế lên 9 %``, ``4. Giảm 20 % tiền thuê``."""
        assert self.sentence is not None
        begin, folded = self.sentence.start, self.article.folded
        while begin < number.start and folded[begin] in "0123456789.)-+ ":
            begin += 1
        if not folded.startswith(_BARE_VERBS, begin) or folded.find("đã ", begin, number.start) >= 0:
            return False
        return not holds_any(after, ("so ", "cùng kỳ", "%"))

    def _standing(self, number: Number, before: str, said: str, found: Counted) -> str | None:
        standing = status(before, said, found.unit)
        if standing == "target" and found.kind == "count" and before.endswith("("):
            return None  # bằng các nước ASEAN-4 (bốn nước đứng đầu): what it means
        if standing == "target":
            text = self.article.text
            heading = _HEADING.search(text, number.start - len(said), number.start)
            if heading is not None:  # MỤC TIÊU in a heading that the line goes on after
                told = self.article.folded[heading.end() : number.start]
                return standing if status(told[-_NEAR:], told, found.unit) == standing else None
        elif standing == "actual" and (self.to_come or is_to_come(self.article.folded, max(number.end, found.what_end))):
            return None
        elif standing == "actual" and self.sentence is not None:
            ruled = is_ruled(self.article.folded, self.sentence, number.start, number.end, found.unit)
            return None if ruled else standing
        return standing

    def _event_no(self, found: Counted, before: str, after: str) -> int | None:
        """The main event, where the words around the figure speak of attendance, or of gifts at a giving."""
        if not self.facts.events or self.facts.events[0].event_no != 0 or self.sentence is None:
            return None
        if self.facts.events[0].kind == "trao tặng" and (found.kind == "money" or "quà" in (found.what or "")):
            return 0 if _GIVE.search(before) else None
        if found.kind != "count" or found.unit not in _PEOPLE:
            return None
        if not _ATTEND.search(before) and not _ATTENDED.match(after):
            return None
        said = self.article.folded[self.sentence.start : min(self.sentence.end, self.sentence.start + 400)]
        named = (self.facts.events[0].name or "").lower()
        if holds_any(before, ("có thể ", "phải ", "cần ")) or (named.startswith("họp báo") and "họp báo" not in said):
            return None
        if "bầu " in before and "bầu cử" not in before:
            return None  # who is elected to attend another congress
        met = {match[0] for match in _GATHERING.finditer(said)}
        return 0 if met and (not named or any(word in named for word in met)) else None

    def _body_id(self, position: int) -> str | None:
        """The body that is the subject of the sentence: whose figure it is."""
        assert self.sentence is not None
        at = bisect_left(self.bodies, self.sentence.start)
        if at == len(self.bodies) or self.bodies[at] > min(position, self.sentence.start + _AT_HEAD):
            return None
        body = self.facts.organisations[at]
        said = self.article.folded[body.end_char : position]
        if len(said) > _OWN_REACH or holds_any(said, _OTHERS) or self.article.folded.startswith("theo ", self.sentence.start):
            return None
        if _ANOTHER.search(self.article.text, body.end_char, position):
            return None
        return body.body_id if _SUBJECT.match(self.article.folded, body.end_char, body.end_char + 20) else None

    def _place_code(self, position: int, before: str) -> str | None:
        """The unit that is the subject of the sentence, or the whole province or unit that the document is about."""
        assert self.sentence is not None
        home = self.facts.home
        whole = home is not None and "tỉnh" in before and _WHOLE_PROVINCE.search(before)
        if whole and home is not None:
            if holds_any(before[whole.end() :], _ELSEWHERE) or _DISTANCE.search(before):
                return None
            return home.province_code if home.province_code not in _CITIES else None  # another province is spoken of
        of_unit = _WHOLE_UNIT.search(before) if home is not None and home.place_code else None
        if of_unit is not None and home is not None and home.place_code:
            digits = len(home.place_code)
            fits = digits == _COMMUNE if of_unit[1] in _COMMUNES else digits < _COMMUNE and of_unit[1] != "thành phố"
            return home.place_code if fits and not holds_any(before[of_unit.end() :], _ELSEWHERE) else None
        at = bisect_left(self.places, self.sentence.start)
        if at == len(self.places) or self.places[at] > min(position, self.sentence.start + _AT_HEAD):
            return None
        place = self.facts.places[at]
        if _ANOTHER.search(self.article.text, place.end_char, position):
            return None
        return place.code if _SUBJECT.match(self.article.folded, place.end_char, place.end_char + 20) else None


def _qualified(folded: str, sentence: Sentence, number: Number) -> tuple[str, int]:
    """The qualifier and where the figure begins with it."""
    window = max(sentence.start, number.start - 34)
    match = None
    last = folded[max(window, number.start - 8) : number.start].rstrip(" ").rpartition(" ")[2].lstrip("(“\"[:")
    if last in _LAST_WORDS or last[-1:] in ("≥", "≤", "<", ">", "~") or folded.endswith(_NOT_YET, window, number.start):
        match = _QUALIFIED.search(folded[window : number.start])
    onwards = None
    if folded.find(" trở ", number.end, min(sentence.end, number.end + 36)) >= 0:
        onwards = _ONWARDS.match(folded, number.end, min(sentence.end, number.end + 36))
    if onwards is not None:
        return ("at_least" if onwards[1] == "lên" else "at_most"), number.start
    if match is None or match.lastgroup is None:
        return _parted(folded, window, number.start), number.start
    start, kind = window + match.start(), match.lastgroup
    if kind == "over" and match[0] == "hơn ":
        return _compared(folded, sentence, window, start, number)
    if match[0].startswith(("quanh ", "vượt ")) and not _bounds(match[0], folded, number):
        return "exact", number.start
    bound = match[0] == "dưới " and folded.endswith("có ", window, start)  # có dưới 2 con
    if not bound and match[0] in ("trên ", "dưới ", "quá ") and number.counted.kind == "count" and number.value < 10:
        return "exact", number.start  # on three fields, not more than three
    if match[0] == "trên " and number.value == 1 and _PER.search(folded, max(sentence.start, start - 60), start):
        return "exact", number.start  # giá thành trên 1 kg
    return kind, start


def _parted(folded: str, window: int, start: int) -> str:
    """A bound that a verb parts from its number: ``ít nhất phải có 4 nhà máy``, ``tối đa chỉ được 5 lần``."""
    if folded.find(" nhất ", window, start) < 0 and folded.find("tối ", window, start) < 0:
        return "exact"
    found = _PARTED.search(folded, window, start)
    return "exact" if found is None else "at_least" if found["least"] else "at_most"


def _signed(folded: str, sentence: Sentence, number: Number, start: int) -> tuple[float, float | None, int]:
    """The value and its upper end, below zero where ``âm`` or a minus says so, and where the figure begins with that.

    A negative growth is a fall, whose value stays positive.
    """
    value, value_to, found = number.value, number.value_to, number.counted
    below = start
    if folded.startswith("âm ", start - 3, start) and (start == sentence.start + 3 or folded[start - 4] in " (:"):
        below = start - 3
    elif found.unit in _DEGREES and start == number.start and _MINUS.search(folded, max(sentence.start, start - 4), start):
        below = start - 1
    if below == start or (found.kind not in ("money", "share") and found.unit not in _DEGREES):
        return value, value_to, start
    if found.kind == "share" and folded.endswith("tăng trưởng ", sentence.start, below):
        return value, value_to, below
    return (-value, None, below) if value_to is None else (-value_to, -value, below)


def _compared(folded: str, sentence: Sentence, window: int, start: int, number: Number) -> tuple[str, int]:
    """``cao hơn 5 %`` is exact, but ``dài hơn 2 km`` is a length, and ``lớn hơn 750 kg`` a limit."""
    found = _COMPARED.search(folded, window, start)
    if found is None or folded.endswith(" rộng lớn ", window, start):
        return "over", start
    after = folded[number.end : min(sentence.end, number.end + 60)]
    length = found[0] in ("dài ", "nặng ") and number.counted.unit in ("km", "m", "kg", "tấn")
    if length and not after.startswith(" so với"):
        return "over", start
    before = folded[max(sentence.start, start - _NEAR) : start - 1]
    bound = limit(found[0][:-1], number.counted, number.value, before, after)
    return (bound, found.start()) if bound is not None else ("exact", number.start)


def _bounds(words: str, folded: str, number: Number) -> bool:
    """Whether ``quanh`` and ``vượt`` before a figure tell how much it is: not ``vượt 3 đối thủ``, ``vượt 5 % kế hoạch``."""
    after = folded[number.end : number.end + 40]
    if words.startswith("vượt ") and (after.startswith(" so với") or is_beyond_plan(after)):
        return False
    if not words.endswith(("quanh ", "vượt ")):
        return True  # quanh mốc, vượt ngưỡng
    if number.counted.kind == "money" or (words == "quanh " and "/" in number.counted.unit):
        return True
    return words == "quanh " and number.counted.kind != "count"
