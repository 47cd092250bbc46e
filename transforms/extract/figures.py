"""Quantities reported: value, qualifier, unit and counted phrase, and what the sentence says of them.

Numbers inside dates, citations and names are none, nor are ordinals, durations, ages, list numbers and parts of names. A number
in words counts only before a noun that is plainly counted; ``một`` is an article but before prizes and powers of ten.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from schemas.rows import Figure
from transforms.document import Article, Facts
from transforms.extract import counted
from transforms.extract.counted import Counted
from transforms.extract.figure_context import Context, Number
from transforms.extract.figure_implied import implied, is_average
from transforms.extract.numbers import MULTIPLIERS, SPOKEN, printed, spoken, words_of
from transforms.match import Lexicon, in_one_pass
from transforms.text import LOWER, UPPER, Sentence, Spans, digit_runs

_LETTER = f"{LOWER}{UPPER}"
_PRINTED = r"\d+(?:[.,]\d+)*"
# The digit stands first, so that the scan can skip from digit to digit; what must not stand before it is looked back at.
_DIGITS = re.compile(rf"\d(?<![{_LETTER}\d.,:+]\d)(?<![\d{UPPER} ]/\d)(?<![{_LETTER}\d][-–]\d)\d*(?:[.,]\d+)*(?!\d)")
# Lines of addresses and telephone numbers.
_CONTACTS = ("điện thoại:", "điện thoại ngoài giờ", "địa chỉ:", "đt:", "tel:", "fax:", "hotline:", "số điện thoại:")
_WORDS = Lexicon((word, None) for word in ["một", "hai", "ba", "bốn", "năm", "sáu", "bảy", "bẩy", "tám", "chín", "mười"])
_find_words = in_one_pass(lambda: _WORDS)
_POWER = re.compile(rf" ?({'|'.join(MULTIPLIERS)})(?![{_LETTER}]| phú(?!\w))")  # but: 6 tỷ phú
# What the patterns of times, powers of ten, parts and ranges begin by: most numbers have none of it behind them.
_GOES_ON = re.compile(rf" ?(?:[/%:’'–—-]|giờ|h|g|phút|đến |tới |{'|'.join(MULTIPLIERS)})")
_FACTOR = re.compile(r"[.,]\d{1,6} ?[x×*] ?\Z")
_STEP = re.compile(rf" (\d{{1,3}}) (nghìn|ngàn|triệu)(?![{_LETTER}])")  # 1 tỷ 250 triệu
_RATIO = re.compile(rf" ?/ ?({_PRINTED})(?![\d/])")
_RANGE = re.compile(
    rf"(?: ?(?:%|{'|'.join(MULTIPLIERS)}))?(?: ?[-–—] ?| đến | tới )(?:gần |hơn |khoảng |trên )?({_PRINTED})(?![\d/])"
)
# "từ 5 triệu đồng đến 10 triệu đồng": the upper end has a unit of its own.
_UP_TO = re.compile(rf"(?: ?[-–—] ?| (?:cho )?(?:đến|tới) )(?:gần |hơn |khoảng |trên )?({_PRINTED})(?!\d)")
# "5, 10 và 15 triệu đồng", "từ 20 lên 35 xã": the unit of the last is that of all.
_SHARED = re.compile(
    rf"(?:(?:, (?:hay )?{_PRINTED}){{0,4}},? (?:và|hoặc|hay)| (?:lên(?: (?:tới|đến|thành))?|xuống(?: còn)?|còn)) "
    rf"(?:gần |hơn |khoảng )?(?={_PRINTED}(?![\d/]))"
)
_STEPS = (" lên ", " xuống ", " còn ")
_IN_TURN = ("lần lượt là ", "lần lượt ", "lần lượt đạt ", "lần lượt có ", "tương ứng là ", "tương ứng ")
_SHARED_BEGINS = (", ", " và ", " hoặc ", " hay ", *_STEPS)
# Right before a whole number these make it an ordinal or a part of a name.
_ORDINAL = words_of("numbered")
_COUNTED_NUMBER = words_of("counted_after")
# These head a name before a number ("lớp 9", "nhà 12"), unless a noun follows the number ("mỗi lớp 30 học sinh").
_AMBIGUOUS = words_of("numbered_or_counted")
# Counted nouns that may have a decimal number.
_MEASURED = words_of("decimal")
_BRAND = re.compile(r"[A-Z][A-Za-z]*[ -]$")  # a name or code whose part the number is: "Windows 10", "Mazda 3"
_CODE = re.compile(r"(?<!\w)[A-Z]{2,4}[ -]$")  # PC 45 Công an
_UNITS_AROUND = frozenset(["xã", "phường", "thị trấn", "huyện", "quận", "thị xã", "tỉnh", "thành phố"])  # ấp 1 xã X
_YEAR_LIKE = re.compile(r"(?:199|20[0-3])\d")
_COUNTS = re.compile(
    r"(?<!\w)(?:có|còn|với|gần|hơn|khoảng|trên|được|là|cho|gồm|đạt|tổng số|trong số|ít nhất|mở|cấp|tới|đến|dự|:) ?$"
)
_EVERY = words_of("each")
# Wishes, whose "1" is the article, too: "ai cũng muốn mua được 1 chiếc xe".
_WISHED = re.compile(
    r"(?<!\w)(?:muốn|mong|mong ước|ước|mơ ước|ước mơ|thích) (?:được )?(?:mua|có|sở hữu|tậu|thuê|xây|nuôi|tìm|gặp|làm|chọn)"
    r"(?: được| thêm)? \Z"
)
_YEARS = re.compile(r"(?<!\d)(?:19|20)\d\d ?(?:đến |tới |-|–|- |– )\Z")
_ARTICLES = re.compile(r"(?<!\w)(?:điều|khoản|chương) \d{1,3}(?:, \d{1,3})*(?:, | và )\Z")  # Điều 2, 3, 4 Nghị quyết …
_RANKED = re.compile(r"(?<!\w)(?:hạng|vị trí) (?:thứ|từ (?:thứ )?\d+ (?:lên|xuống|còn)(?: thứ)?) \Z")  # tăng hạng từ 91 lên 82
_ALTERNATIVES = frozenset(["inch", "GB", "MB", "TB"])
# Before these "1" is the article: "trở thành 1 lễ hội lớn".
_BECOMES = ("trở thành ", "đây là ", "như là ", "coi là ", "xem là ", "cũng là ", "vẫn là ", "chính là ",
            "mới là ", "không phải là ")  # fmt: skip
_SPOKEN_OF = ("con số ", "là số ", "trung ương ", "bộ ")
_HIGHEST_GRADE = 17  # of a storm: beyond it, "cấp" is what is done, "cấp 20 giấy phép"
_HOURS = 24
_TIME = re.compile(r" ?(?:giờ|h|g|phút|:|’|')\d{0,2}(?![\w/])")
_LIST_MARK = re.compile(r"\s?[.)/\-–:](?:\s|$|[^\d\s])")
_SUBTITLE = re.compile(rf": [{UPPER}][^,;.:)\d\n–-]*\)")  # one name, where several things would need several
_SPOKEN_NO = re.compile(
    r"ba (?:lô|rọi|gác|hoa|đờ)(?!\w)|(?:mười )?(?:tám|chín) đôi mươi|"
    r"(?:hai|ba) con số(?! (?:này|trên|đó|ấy|tương)|\w)|"  # tăng trưởng hai con số
    r"(?:hai|ba|bốn|năm) (?:là|miền|mặt(?! hàng| trận)|chiều|phần|ngày)(?!\w)|(?:ba|bốn|năm) nước (?:lớn|nhỏ)(?!\w)|"
    r"năm (?:ông|bà|anh|chị|cô|cậu|tôi|em|bé|cháu) (?:\d|lên|học lớp|mới|tròn|vừa|mất|qua đời)|"
    r"năm (?:chủ tịch asean|du lịch quốc gia|apec|"
    r"học|nay|qua|tới|trước|sau|châu|bên|nước|đảng|\d)"
)
_LIST_OF = re.compile(rf"\. [{UPPER}]")
_NOT_AFTER = re.compile(
    r"(?:viên năm|giải|ngôi sao|thứ|tháng|lần|ngày|mùng|(?<!trong )số|khóa|quý|lớp|tầng|lầu|một|mấy|độ|thập|vài|đôi|dăm) $"
)
_NO_FIVE = re.compile(
    r"(?:trăm|nghìn|ngàn|vạn|trong|mỗi|hằng|hàng|cả|nhiều|những|các|đầu|cuối|giữa|sang|tới|qua|vài|một|hai|ba|bốn|năm|mười"
    r"|lăm|suốt|sau|trước|cũng là|đây là|chính là|\d là|\d) $"
)
_ONE = re.compile(r"một (?:giải (?:nhất|nhì|ba|đặc|khuyến|a|b|c|vàng|tập)|(?:triệu|tỷ|tỉ)(?! phú)|nghìn|ngàn|trăm)(?!\w)")
_LEAST = ("ít nhất ", "tối thiểu ", "tối đa ", "không quá ")


def extract(article: Article, facts: Facts) -> list[Figure]:
    """Every figure of title, lead, headings and body, in text order.

    >>> article = Article.from_text("Đã mở gần 30 lớp, trong đó có 04 lớp cho 1.250 đảng viên.")
    >>> [(f.value, f.qualifier, f.unit, f.part_of) for f in extract(article, Facts())]
    [(30.0, 'nearly', 'lớp', None), (4.0, 'exact', 'lớp', 0), (1250.0, 'exact', 'đảng viên', None)]
    """
    rows: list[Figure] = []
    context = Context(article, facts)
    for sentence, number in _numbers(article, facts):
        context.enter(sentence, len(rows))
        rows.append(context.figure(number, rows))
    return rows


def _numbers(article: Article, facts: Facts) -> Iterator[tuple[Sentence, Number]]:
    """Every number that counts something, with its sentence, in text order and none inside another."""
    text, folded = article.text, article.folded
    spots = [match.span() for start in digit_runs(folded) if (match := _DIGITS.match(folded, start)) is not None]
    spots += [(hit.start, 0) for hit in _find_words(folded)]
    if not spots:
        return
    spots.sort()
    taken = Spans.of([*facts.dates, *facts.citations, *facts.places, *facts.organisations, *facts.people])
    sentences = iter(article.sentences)
    sentence = next(sentences, None)
    done, unit = _contact_end(folded, sentence), ""
    for start, end in spots:
        while sentence is not None and sentence.end <= start:
            sentence = next(sentences, None)
            done = max(done, _contact_end(folded, sentence))
        if sentence is None:
            return
        if start < max(done, sentence.start) or start in taken:
            continue
        number = _printed(text, folded, sentence, start, end) if end else _in_words(text, folded, sentence, start)
        if number is None:
            continue
        whole = start == done + 1 and folded[done] == "/" and number.counted.unit == unit  # 39 tỷ đồng/77 tỷ đồng
        done, unit = number.end, number.counted.unit
        if not whole:
            yield sentence, number


def _contact_end(folded: str, sentence: Sentence | None) -> int:
    """Where a line ends that gives an address or a telephone number, else 0."""
    return sentence.end if sentence is not None and folded.startswith(_CONTACTS, sentence.start) else 0


def _printed(text: str, folded: str, sentence: Sentence, start: int, end: int) -> Number | None:
    digits = text[start:end]
    factor = digits.startswith("10") and len(digits) in (3, 4) and digits not in ("100", "1000")
    if factor and _FACTOR.search(folded, max(sentence.start, start - 14), start):
        return None  # 5,97 x 1024 kg: a power of ten that lost its superscript
    goes_on = _GOES_ON.match(folded, end) is not None
    gram = goes_on and text[end] in "gG" and not text[end + 1 : end + 2].isalnum()
    timed = goes_on and not gram and _TIME.match(folded, end, end + 8)
    if len(digits) > 20 or (digits[0] == "0" and len(digits) > 3 and digits.isdigit()):
        return None  # of an account
    if timed or (gram and (printed(digits) or 0) <= _HOURS):
        return None  # 7g, 4G, but 100g
    power, after = _power(folded, end) if goes_on else (1.0, end)
    alone = power == 1 and digits.isdigit() and not (goes_on and _is_range(text, folded, sentence, digits, end))
    if alone and _is_ordinal(text, folded, sentence, start, end):
        return None
    step = _STEP.match(folded, after, min(sentence.end, after + 12)) if power >= 1e6 else None
    extra = int(step[1]) * MULTIPLIERS[step[2]] if step and MULTIPLIERS[step[2]] < power else 0
    if step and extra:
        after = step.end()
    upper, highest = "", power
    ratio = _RATIO.match(folded, after, min(sentence.end, after + 16)) if goes_on else None
    span = None if ratio or not goes_on else _RANGE.match(folded, end, min(sentence.end, end + 28))
    if ratio is not None:
        after = ratio.end()
    elif span is not None and (span.end() == sentence.end or folded[span.end()] not in ".,-–"):
        upper = span[1]
        shared, after = _power(folded, span.end())
        power, highest = power if power > 1 else shared, shared if shared > 1 else power  # 300 nghìn đến 1 triệu
    found = counted.read(text, folded, after, sentence.end)
    if found is None and not ratio:
        fellow = None if upper else _shared(text, folded, sentence, start, end, power)
        if fellow is not None:
            return fellow
        found = implied(text, folded, sentence, start, end, after, power)
        if found is None and not upper:
            return None
    if found is not None and found.kind == "count" and power >= 1e3 and counted.is_money(found.unit, power):
        found = Counted("đồng", "money", after, text[after:found.what_end].strip(), found.what_end)  # 9,7 tỷ tiền lãi
    if found is None:
        return None
    if ratio is not None and found.unit in _ALTERNATIVES and _are_alternatives(digits, ratio[1]):
        upper = ratio[1]  # by version: 14/15 inch
    elif ratio is not None and not _is_part(digits, ratio[1], found):
        return None
    if digits == "1" and power == 1 and not upper and found.kind == "count" and _is_article(folded, sentence, start):
        return None
    if power == 1 and found.kind == "count" and _is_numbered(text, folded, sentence, (start, after), found):
        return None
    capital = text[after + 1 : after + 2].isupper()
    named = not found.known or found.unit == "tổ chức" or (capital and not counted.is_common(text, found, after + 1))
    if found.kind == "count" and named and digits[0] == "0":
        return None
    if found.kind == "count" and (named or capital) and (_BRAND if named else _CODE).search(text, max(0, start - 16), start):
        return None
    if found.kind == "count" and _is_named(text, folded, start, found):
        return None
    if not found.known and (folded[start - 1 : start] == "/" or folded.endswith(_SPOKEN_OF, 0, start)):
        return None  # "con số 12 tượng trưng cho …": the number itself is spoken of
    whole = found.kind == "count" and power == 1
    like_year = (whole or (power == 1 and found.unit == "lần")) and not upper and _YEAR_LIKE.fullmatch(digits)
    counts = not folded.endswith(("nay đến ", "nay tới "), 0, start)  # "từ nay đến 2020 thành phố sẽ …"
    if like_year and not (counts and _COUNTS.search(folded, max(sentence.start, start - 14), start)):
        return None  # "bản 2017 tiêu chuẩn": a year
    value = _value(digits, power, whole)
    if whole and found.unit not in _MEASURED and digits.endswith((".00", ",00", ".0", ",0")):
        return None  # 66.00 người: a digit is lost
    if value is None or (value == 5 and found.unit == "châu"):  # "khắp 5 châu"
        return None
    if whole and not value.is_integer() and found.unit not in _MEASURED and not is_average(folded, sentence, start, found):
        return None
    value_to = _value(upper, highest, whole) if upper else None
    if upper and (value_to is None or value_to <= value):
        return None  # a score, two years
    number = Number(start, max(found.end, after), value + extra, value_to, found)
    return _with_upper_end(text, folded, sentence, number) if not upper and found.kind != "count" else number


def _is_article(folded: str, sentence: Sentence, start: int) -> bool:
    """Whether ``1`` is the article: what something becomes, or what somebody wishes for."""
    if folded.endswith(_BECOMES, sentence.start, start):
        return True
    return _WISHED.search(folded, max(sentence.start, start - 40), start) is not None


def _is_numbered(text: str, folded: str, sentence: Sentence, span: tuple[int, int], found: Counted) -> bool:
    """Whether a number is a rank, the last of several articles of a law, or ends a span of years."""
    start, end = span
    window = max(sentence.start, start - 30)
    if (not found.known and folded.endswith(("hạng ", "vị trí "), window, start)) or _RANKED.search(folded, window, start):
        return True  # hạng 1.443 thế giới
    listed = text[end + 1 : end + 2].isupper() and folded[start - 2 : start] in (", ", "à ")
    if listed and _ARTICLES.search(folded, window, start):
        return True
    return end - start == 4 and _YEARS.search(folded, window, start) is not None


def _are_alternatives(lower: str, upper: str) -> bool:
    """Whether ``a/b`` of a size are two of a kind, and no fraction or two sizes of two things."""
    one, other = printed(lower) or 0.0, printed(upper) or 0.0
    return 5 <= one < other <= 2 * one


def _is_named(text: str, folded: str, start: int, found: Counted) -> bool:
    """Whether a number is of an address, a hotel's class, or begins a title: ``khách sạn 4 sao``, ``(50 sắc thái: Đen)``."""
    if found.unit in ("đường", "phố"):
        return text[found.end + 1 : found.end + 2].isupper()  # 12 đường Láng: an address
    if found.unit == "sao":
        return folded.endswith(("khách sạn ", "hạng ", "chuẩn ", "resort ", "nghỉ dưỡng "), 0, start)
    if text[start - 1 : start] != "(" or text[found.what_end : found.what_end + 2] != ": ":
        return False
    return _SUBTITLE.match(text, found.what_end, found.what_end + 60) is not None


def _is_range(text: str, folded: str, sentence: Sentence, digits: str, end: int) -> bool:
    """Whether a share, money or a measure has this number as its lower end: ``ở mức 70 - 75%``."""
    span = _RANGE.match(folded, end, min(sentence.end, end + 28))
    if span is None or (printed(span[1]) or 0.0) <= (printed(digits) or 0.0):
        return False
    found = counted.read(text, folded, _power(folded, span.end())[1], sentence.end)
    return found is not None and found.kind != "count"


def _shared(text: str, folded: str, sentence: Sentence, start: int, end: int, power: float) -> Number | None:
    """A number whose unit stands only behind the last of its fellows: ``các mức 5, 10 và 15 triệu đồng``."""
    if power > 1 or not folded.startswith(_SHARED_BEGINS, end) or _YEAR_LIKE.fullmatch(text, start, end):
        return None
    between = _SHARED.match(folded, end, min(sentence.end, end + 60))
    last = _DIGITS.match(folded, between.end(), sentence.end) if between is not None else None
    if between is None or last is None:
        return None
    power, after = _power(folded, last.end())
    found = counted.read(text, folded, after, sentence.end)
    if found is None or not found.known:
        return None
    steps = folded.startswith(_STEPS, end)
    if steps and not folded.endswith("từ ", max(sentence.start, start - 4), start):
        return None
    listed = folded.endswith(_IN_TURN, 0, start)
    if found.kind == "count" and not steps and not listed and found.unit not in _MEASURED:
        return None
    whole = found.kind == "count" and power == 1
    value, top = _value(text[start:end], power, whole), _value(last[0], power, whole)
    if value is None or top is None or (value >= top and not steps and not listed):
        return None
    return Number(start, end, value, None, found._replace(end=end, what=None, what_end=end))


def _value(digits: str, power: float, whole: bool) -> float | None:
    value = printed(digits, whole or (power == 1 and digits.endswith(",000")))  # 100,000 đô la: no decimals are all noughts
    if value is None:
        return None
    return float(round(value * power, 4)) if power > 1 else value


def _with_upper_end(text: str, folded: str, sentence: Sentence, number: Number) -> Number:
    """``từ 5 triệu đồng đến 10 triệu đồng`` as one range, ``22.550 đồng/USD - 22.630 đồng/USD`` too."""
    opened = folded.endswith(("từ ", "từ khoảng ", "dao động từ "), max(sentence.start, number.start - 12), number.start)
    if not opened and not (number.counted.kind == "money" and folded.startswith((" - ", " – "), number.end)):
        return number
    match = _UP_TO.match(folded, number.end, min(sentence.end, number.end + 26))
    if match is None:
        return number
    power, after = _power(folded, match.end())
    found = counted.read(text, folded, after, sentence.end)
    top = _value(match[1], power, False)
    if found is None or top is None or top <= number.value or number.counted.unit not in (found.unit, found.unit.split("/")[0]):
        return number
    return Number(number.start, found.end, number.value, top, found)


def _power(folded: str, end: int) -> tuple[float, int]:
    """The powers of ten after a number ("nghìn tỷ"), and where they end."""
    power = 1.0
    while (found := _POWER.match(folded, end, end + 12)) is not None:
        power *= MULTIPLIERS[found[1]]
        end = found.end()
    return power, end


def _is_part(digits: str, total: str, found: Counted) -> bool:
    """Whether ``a/b`` is a part of a whole: no date, no fraction, no scale of a map."""
    part, whole = printed(digits), printed(total)
    if part is None or whole is None or part > whole or found.kind != "count" or not found.known:
        return False
    return not (whole <= 4 and part < whole) and not (part == 1 and whole >= 50) and found.unit not in ("số", "tổng")


def _is_ordinal(text: str, folded: str, sentence: Sentence, start: int, end: int) -> bool:
    before = folded[max(sentence.start, start - 24) : start]
    if not before.strip('-–•+*()“" '):
        return _LIST_MARK.match(folded, end, end + 3) is not None  # the number of a list item
    if (before[-1] in "/-–" and before[-2:-1].strip()) or (before.endswith(": ") and _LIST_OF.match(text, end)):
        return True  # the second: nội dung chính của phiên họp: 1. Ủy ban …
    if before[-1] != " ":
        return before[-1] not in "(“\"‘'[:,;~≥≤><\xa0/"
    words = before.split()
    words[-1] = words[-1].lstrip("(“\"‘'")
    last, pair = words[-1], "_".join(words[-2:])
    if pair.replace("_", " ") in _COUNTED_NUMBER or pair == "cùng_kỳ":
        return False
    if pair == "chỉ_đạo" and len(words) > 2 and words[-3] == "ban":
        return True  # Ban Chỉ đạo 35 Tỉnh ủy
    if last == "năm" and 3 <= end - start <= 4:
        return True
    if pair in _ORDINAL:
        return True
    if last not in _ORDINAL or (last == "cấp" and int(text[start:end]) > _HIGHEST_GRADE):
        return False
    if last in _AMBIGUOUS and folded[end : end + 1] == " " and len(words) > 1 and words[-2] in _EVERY:
        return False
    if last in _AMBIGUOUS and last not in ("ngày", "tháng", "kỳ", "vòng", "ca", "đợt"):
        following = counted.read(text, folded, end, sentence.end)
        if following is not None and following.unit in _UNITS_AROUND:
            return True
        if following is None or not following.known:
            return True
        whole = last in ("nhóm", "khối") and counted.is_common(text, following, end + 1)  # nhóm 5 Tổng công ty
        return following.kind == "count" and text[end + 1].isupper() and not whole
    return True


def _in_words(text: str, folded: str, sentence: Sentence, start: int) -> Number | None:
    match = SPOKEN.match(folded, start, min(sentence.end, start + 24))
    if match is None:
        return None
    words, before = match[0], folded[max(sentence.start, start - 12) : start]
    if text[start].isupper() and before.strip('-–•+*()“" '):
        return None  # Ba Đình, Năm Căn
    if words == "một" and not _ONE.match(folded, start, start + 24) and not before.removesuffix("\n").endswith(_LEAST):
        return None
    if words.startswith("năm") and " " not in words and _NO_FIVE.search(before):
        return None
    if _SPOKEN_NO.match(folded, start, start + 24) or _NOT_AFTER.search(before):
        return None
    power, after = _power(folded, match.end())
    found = counted.read(text, folded, after, sentence.end)
    if found is None or folded[after : after + 1] != " " or not found.known:
        return None
    if power == 1 and (found.kind in ("measure", "share") and words in ("một", "năm") and found.unit != "lần"):
        return None
    if found.kind == "money" and power == 1:
        return None
    if text[after + 1].isupper() and found.kind == "count" and not counted.is_common(text, found, after + 1):
        return None
    return Number(start, found.end, spoken(words) * power, None, found)
