"""Whether a country's name stands for the country: many are persons' names or common words too (Anh, Đức, Nga, Mỹ, Ý, Áo).

What is said before it tells: words of state (``Thủ tướng Anh``, ``quân đội Đức``) always; another small word (``với Pháp``) where
nobody in the text bears the name; at the head of a sentence, the same country elsewhere in the text; in a list, its neighbours.
"""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Iterator
from functools import lru_cache

from transforms.clean.syllables import is_syllable
from transforms.document import Article
from transforms.extract.place_names import PERSONS, Name, previous_word, stands_free
from transforms.text import UPPER

_RARELY = frozenset(["mỹ", "nga", "lào", "úc", "nhật"])  # names of persons too, but rarely
_OFTEN = frozenset(["anh", "pháp", "đức", "ý", "áo", "bỉ", "séc"])  # names or words as often as not
_FIRST = frozenset(["pháp", "đức", "bỉ"])  # of those, what seldom begins a sentence as another word
_GIVEN = frozenset(["jordan", "chad"])  # foreign first names and family names
# Words before a country that hardly stand before a person's bare name (two words are joined by a low line).
_STATE_WORDS = """
tổng_thống thủ_tướng ngoại_trưởng bộ_trưởng nữ_hoàng hoàng_gia chính_phủ quốc_hội nghị_viện hạ_viện thượng_viện lưỡng_viện
nội_các tòa_án nghị_sĩ nghị_sỹ chính_khách cử_tri quan_chức giới_chức đại_sứ ngoại_giao quốc_phòng tình_báo hải_quân không_quân
lục_quân quân_đội quân lính phi_công giặc đế_quốc thực_dân chống cảnh_sát truyền_thông nước nhà_nước người cộng_hòa liên_bang
vương_quốc quốc_gia thị_trường ngân_hàng hãng hãng_xe tỷ_phú tỉ_phú ngoại_hạng liên_đoàn tuyển đội_tuyển đội_bóng bóng_đá bờ_biển
tại ở sang rời khỏi chdcnd chlb đt đtqg phu_nhân
"""
_STATE = frozenset(word.replace("_", " ") for word in _STATE_WORDS.split())
# Of those, what a foreigner's name follows: "Thủ tướng Anh May".
_OFFICES = frozenset(["tổng thống", "thủ tướng", "ngoại trưởng", "nữ hoàng", "hạ viện", "thượng viện"])
# First words of a sentence after which a country may stand.
_OPENING_WORDS = "tại ở sang đến tới từ thăm vào bên phía với theo nếu khi nhưng và cả do trong của riêng cùng còn giữa vì"
_OPENING = frozenset(_OPENING_WORDS.split())
# Words before a region's or a person's name, a language, a currency; before a person's bare name.
_OTHERS_WORDS = "tiếng bảng bắc nam trung tây đông châu phú bầu vợ chồng tên tổ chùa"
_OTHERS = frozenset(_OTHERS_WORDS.split())
_CALLINGS_WORDS = "trai gái hậu mẫu sư sĩ sỹ viên giả khôi tá úy tướng hoằng thuyết chánh phật tam"
_CALLINGS = frozenset(_CALLINGS_WORDS.split())
_NEAR = re.compile(r"[ \u00a0]?(?:,|[-–/]|và|hay|hoặc|cùng)[ \u00a0]?(?:và )?")
_ABROAD = re.compile(rf"([{UPPER}][\w'’-]*), \Z")  # "London, Anh"
_LEADS_WORDS = "ông bà anh chị cô chú bác bé bầu thầy cháu em thị thanh thu thúy hằng quỳnh tuyết ngọc phương hoàng"
_LEADS = frozenset(_LEADS_WORDS.split())
_VIETNAM_HEADS = re.compile(
    r"(?<!\w)(?:mặt trận|đảng cộng sản|hội|liên đoàn|liên hiệp|liên minh|tổng|quân đội|ngân hàng|tập đoàn|công ty|đài|viện|"
    r"học viện|đoàn|phụ nữ|giáo hội|thông tấn xã|trung tâm|báo|tạp chí|bảo hiểm|cục|phòng thương mại|ủy ban|công đoàn|"
    r"hiệp hội|kiểm toán|"
    r"đại học|nhà xuất bản|quỹ|cơ sở|trường|ngày|giải|lao động|ttxvn|tcty|cty|tổng cục|mttq|công an|cảnh sát|thanh niên)(?!\w)"
)
_VIETNAM_BREAK = re.compile(
    r"(?<!\w)(?:của|ở|tại|cho|với|từ|đến|do|ra|vào|trong|về|người|là|có|được|đã|tổ chức|thế giới|nước|giữa|sang|khi|"
    r"nhất|tới|để)(?!\w)"
)

_INDEX = ("-index", " index", "-allshare")  # VN-Index: of shares
_WHERE = (" ở ", " tại ")
# Bodies whose names begin with the country's.
_BODY_OF_OLD = (" giải phóng quân", " tuyên truyền giải phóng", " quốc dân đảng", " cách mạng thanh niên", " độc lập đồng minh",
                " cách mạng đồng minh")  # fmt: skip
_OF_PEOPLE = re.compile(r"(?<!\w)hội(?: liên lạc với| bảo trợ| văn hóa)? người \Z")  # Tổng hội người Việt Nam tại Bỉ


def countries(article: Article, named: list[Name]) -> Iterator[Name]:
    """Those of the names of countries (in text order) that stand for the countries."""
    sure: list[Name] = []
    maybe: list[tuple[Name, str]] = []
    for one in named:
        verdict = _verdict(article, one)
        if verdict == "sure":
            sure.append(one)
        elif verdict:
            maybe.append((one, verdict))
    yield from sure
    if not maybe:
        return
    keys = {one.key for one in sure}
    starts = {one.start for one in sure}
    ends = sorted(one.end for one in sure)
    left = []
    for one, verdict in maybe:
        if (verdict == "named" and one.key in keys) or _follows_one(article, one, ends):
            starts.add(one.start)
            ends.insert(bisect_left(ends, one.end), one.end)
            yield one
        else:
            left.append(one)
    for one in reversed(left):
        near = _NEAR.match(article.folded, one.end)
        if near and near.end() in starts:
            starts.add(one.start)
            yield one


def _follows_one(article: Article, one: Name, ends: list[int]) -> bool:
    number = bisect_left(ends, one.start) - 1
    return number >= 0 and one.start - ends[number] < 8 and bool(_NEAR.fullmatch(article.folded, ends[number], one.start))


def _verdict(article: Article, found: Name) -> str | None:
    """``sure``; ``named`` or ``near`` where the same country elsewhere, or a neighbour, would tell; None where it is none."""
    text, folded = article.text, article.folded
    key = found.key
    if key == "vn":
        if text[found.start : found.end] != "VN" or folded.startswith(_INDEX, found.end):
            return None
        return None if in_fixed_name(folded, found.start) else "sure"
    if key == "việt nam":
        if folded.startswith(_BODY_OF_OLD, found.end):
            return None
        abroad = folded.startswith(_WHERE, found.end) and _OF_PEOPLE.search(folded, max(0, found.start - 40), found.start)
        return None if abroad or in_fixed_name(folded, found.start) else "sure"
    if key in _GIVEN:
        adjoined = previous_word(article, found.start)[:1].isupper() or _next_capital(text, found.end)
        return None if adjoined else "sure"
    if key not in _RARELY and key not in _OFTEN:
        return "sure" if stands_free(article, found) else None
    if text[found.start + 1 : found.end].isupper():
        return None
    word = previous_word(article, found.start)
    return _after_word(article, found, word) if word else _after_mark(article, found)


def _after_word(article: Article, found: Name, word: str) -> str | None:
    text, key = article.text, found.key
    lowered = word.lower()
    pair = " ".join(article.folded[max(0, found.start - 24) : found.start].split()[-2:]).lstrip("(“\"'‘")
    state = lowered in _STATE or pair in _STATE
    following = _next_capital(text, found.end)
    if following and pair not in _OFFICES and (is_syllable(following.lower()) or not (state or word.islower())):
        return None
    if state:
        return "sure"
    if lowered in PERSONS or lowered in _OTHERS or (key in _OFTEN and lowered in _CALLINGS):
        return None
    if (word[0].isupper() and lowered not in _OPENING) or _is_borne(text, key):
        return None
    return "sure"


def _after_mark(article: Article, found: Name) -> str | None:
    """At the head of a sentence, after punctuation or a bracket."""
    text, key = article.text, found.key
    following = _next_capital(text, found.end)
    if following:
        return None
    before = text[max(0, found.start - 24) : found.start]
    if before[-1:] == "(" and text[found.end : found.end + 1] in (")", ","):
        return "sure"
    abroad = _ABROAD.search(before)
    if abroad:
        if not is_syllable(abroad[1].lower()) and key not in ("ý", "áo"):
            return "sure"
        if key in _OFTEN:
            return "near"
    if _is_borne(text, key):
        return None
    is_first = before[-2:].strip(" \n") in ("", ".") or before[-1:] in "“\"'‘"
    if key in _RARELY:
        return "named" if is_first else "sure"
    return "named" if key in _FIRST else "near"


def _next_capital(text: str, end: int) -> str:
    """The capitalised word after a space, else an empty string."""
    if text[end : end + 1] == " " and text[end + 1 : end + 2].isupper():
        return text[end + 1 : end + 20].split()[0].strip(',.;:)”"')
    return ""


@lru_cache(maxsize=32)
def _is_borne(text: str, key: str) -> bool:
    """Whether somebody in the text bears the name of a country; asked for each of its mentions."""
    name = f" {key.capitalize()}"
    pos = text.find(name)
    while pos >= 0:
        end = pos + len(name)
        if not text[end : end + 1].isalnum():
            words = text[max(0, pos - 12) : pos].split()
            word = words[-1].lstrip('“"(') if words and words[-1][-1].isalnum() else ""
            lowered = word.lower()
            if lowered in _LEADS and not (lowered == "em" and words[-2:-1] == ["trẻ"]):
                return True
            if (
                key in _OFTEN
                and word[:1].isupper()
                and lowered not in _STATE
                and lowered not in _OPENING
                and is_syllable(lowered)
            ):
                return True
        pos = text.find(name, end)
    return False


def in_fixed_name(folded: str, start: int) -> bool:
    """Whether ``Việt Nam`` closes the name of a body (``Mặt trận Tổ quốc Việt Nam``) or of a day."""
    window = folded[max(0, start - 70) : start]
    cut = max(window.rfind(mark) for mark in ',.;:()"“”\n?!–')
    window = window[cut + 1 :]
    heads = list(_VIETNAM_HEADS.finditer(window))
    return bool(heads) and _VIETNAM_BREAK.search(window, heads[-1].end()) is None
