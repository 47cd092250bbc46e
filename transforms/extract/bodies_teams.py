"""Bodies known by a number or a polling place, and those that two countries share: ``Quân khu 7``, ``Đoàn kiểm tra số 12``."""

from __future__ import annotations

import re

from transforms.clean.syllables import is_syllable
from transforms.clean.unicode import fold_tones
from transforms.document import Article
from transforms.extract import bodies_purpose
from transforms.extract.bodies_lexicon import Head, phrase_at
from transforms.extract.bodies_names import read_topic
from transforms.extract.place_names import VILLAGES, read_name
from transforms.text import LOWER, UPPER

# Tails of heads that are told by a number: alone, or (``serial``) by a number or the body that sent them.
BOARDS = ("Ban Quản lý", "Ban Chỉ đạo")
NUMBERED = frozenset(["number", "numbered", "serial"])
_NUMBER = re.compile(r"[ \u00a0]{1,2}(?:số[ \u00a0])?(\d{1,4}|[IVX]{1,4}|Thủ đô)(?!\w)")
# What some divisions are called besides: "Sư đoàn 3 Sao Vàng".
_EPITHET = re.compile(
    r" (Sao [Vv]àng|Quân [Tt]iên [Pp]hong|Bông [Ll]au|Vinh [Qq]uang|Chiến [Tt]hắng|Đồng [Bb]ằng|Cửu Long)(?!\w)"
)
# A number that counts what follows it is no name: "Tổ công tác 5 người".
_TEAM = re.compile(
    r"[ \u00a0]{1,2}(số[ \u00a0]{0,2})?(\d{1,4}|[IVX]{1,4})(?![\w/.,-]*\d)(?!\w|-)"
    r"(?! (?:người|thành viên|đồng chí|cán bộ|ngày|năm|tháng|tỉnh|huyện|xã|đơn vị|cơ quan|%|tỷ|triệu))"
)
_STEERED = re.compile(r"[ \u00a0](\d{2,4})(?![\w/.,-]*\d)(?!\w)(?=[ \u00a0]?(?:[,;.:()\n–-]|$)| [^\W\d])")
_PLACE = re.compile(
    rf"[ \u00a0]({VILLAGES})[ \u00a0]"
    rf"((?:số[ \u00a0])?\d{{1,3}}|[{UPPER}][{LOWER}]*(?:[ \u00a0][{UPPER}][{LOWER}]*){{0,3}})(?!\w)"
)
# What each of a pair of countries may be called before its name.
_STATE = re.compile(r"(?:(?:Liên bang|LB|Vương quốc|Cộng hòa|CHDCND|nước)[ \u00a0])?")
_PAIRED = re.compile(r"[ \u00a0]{0,2}(?:[-–]|và|với)[ \u00a0]{0,2}")
_SPACE, _AGAIN = re.compile(r"[ \u00a0]"), re.compile(r"[ \u00a0](?:và[ \u00a0]|-[ \u00a0])?")
_OWN = re.compile(rf" ([{UPPER}][A-Za-z]+)(?: [{UPPER}][A-Za-z]+){{0,2}}(?!\w)")  # a name in another tongue
_FRIEND = "(?:Việt|Lào|Nga|Nhật|Hàn|Trung|Mỹ|Pháp|Đức|Anh|Úc|Ấn|Thái|Xô|Cuba|Séc|Hung|Bun)"
_SHORT_PAIR = re.compile(rf" ({_FRIEND} [-–] {_FRIEND})(?!\w)(?! (?:Nam|Lan|Quốc|Bản|Độ))")
# Whose names end in the countries.
_MIXED = ("Nhóm Nghị sĩ Hữu nghị", "Ủy ban liên Chính phủ", "Ủy ban Hỗn hợp", "Ủy ban Hợp tác")


def read_number(article: Article, end: int, head: Head) -> tuple[int, str] | None:
    """Where the number after a head ends, and its words."""
    if head.tail == "number":
        number = _NUMBER.match(article.text, end)
        epithet = _EPITHET.match(article.text, number.end()) if number and head.name == "Sư đoàn" else None
        if number and epithet:
            return epithet.end(), f"{number[1]} {epithet[1].title()}"
        return (number.end(), number[1]) if number else None
    place = _PLACE.match(article.text, end) if head.name in ("Tổ bầu cử", "Ban Công tác Mặt trận") else None
    if place:
        return place.end(), f"{place[1]} {fold_tones(place[2])}"
    team = _TEAM.match(article.text, end)
    return (team.end(), f"số {team[2]}" if team[1] else team[2]) if team else None


def read_board(article: Article, end: int, head: Head, known_only: bool) -> tuple[int, str] | None:
    """What a board is for: a project by its title, the number of a decision (``Ban Chỉ đạo`` + ``24``), a topic, grounds."""
    steers = head.name == "Ban Chỉ đạo"
    number = _STEERED.match(article.text, end) if steers else None
    found = (number.end(), number[1]) if number else bodies_purpose.read_quoted(article, end)
    found = found or read_topic(article, end, head, known_only=True)
    if found is None:
        found = bodies_purpose.read_purpose(article, end, head) if steers else bodies_purpose.read_grounds(article, end)
    return found or (None if known_only else read_topic(article, end, head))


def read_pair(article: Article, end: int, head: Head) -> tuple[int, str] | None:
    """``Ủy ban liên Chính phủ`` + ``Việt Nam - Lào``."""
    return _pair(article, end) if head.name in _MIXED else None


def read_friends(article: Article, end: int, own: str | None) -> tuple[int, str] | None:
    """Whose friendship an association is for: ``Hội Hữu nghị`` + ``Việt Nam - Lào``, ``Việt - Nhật``."""
    if own is None or not own.endswith("Hữu nghị"):
        return None
    short = _SHORT_PAIR.match(article.text, end)
    pair = (short.end(), short[1].replace("–", "-")) if short else _pair(article, end)
    return (pair[0], f"{own} {pair[1]}") if pair else None


def _pair(article: Article, end: int) -> tuple[int, str] | None:
    if article.text[end : end + 1] not in (" ", "\u00a0"):
        return None
    first = _country(article, end + 1)
    link = _PAIRED.match(article.text, first[0]) if first else None
    second = _country(article, link.end()) if link else None
    if first is None or link is None or second is None:
        return None
    joint = "-" if link[0].strip() in "-–" else link[0].strip()
    return second[0], f"{first[1]} {joint} {second[1]}"


def read_party(article: Article, end: int, head: Head) -> tuple[int, str] | None:
    """What a party calls itself: ``Đảng`` + ``Dân chủ`` + ``Tự do``."""
    text, pos, words, small = article.text, end, "", False
    while head.tail == "party" and len(words) < 60:
        link = _AGAIN.match(text, pos) if words else _SPACE.match(text, pos)
        if link is None:
            break
        known = phrase_at(text, article.folded, link.end(), head.name, "party_names.tsv")
        if known is None:
            break
        small = small or not text[link.end()].isupper()
        words, pos = words + link[0] + known[1], known[0]
    if small and not (words and read_name(article, pos + 1, "country")):  # "Đảng mặt trận quốc gia Pháp"
        return None
    if not words and head.tail == "party":
        own = _OWN.match(text, end)  # "Đảng Likud"
        if own and not is_syllable(own[1].lower()) and not own[1].startswith("CS") and not read_name(article, end + 1, "country"):
            return own.end(), own[0].strip()
    return (pos, " ".join(words.split())) if words else None


def _country(article: Article, pos: int) -> tuple[int, str] | None:
    state = _STATE.match(article.text, pos)
    name = read_name(article, state.end(), "country") if state else None
    return (name.end, fold_tones(article.text[pos : name.end])) if name and article.text[name.start].isupper() else None
