"""What stands after a number: a measure, money, a share, or a counted noun phrase with its head noun."""

from __future__ import annotations

import re
from typing import NamedTuple

from transforms.extract.figure_endings import hangs, is_glued, is_name_part, label, without_hanging, without_subject
from transforms.extract.figure_phrase import NAMES_AT_HEAD, cut_back, ends_in_place, is_joined, tells_size
from transforms.extract.figure_units import units
from transforms.extract.numbers import words_of
from transforms.text import LOWER, UPPER

_LETTER = f"{LOWER}{UPPER}"


class Counted(NamedTuple):
    """``unit`` is canonical, ``end`` where its printed form ends; ``what`` the whole phrase, ending at ``what_end``.

    ``known`` is true where the head noun stands in the lexicon.
    """

    unit: str
    kind: str  # measure, money, share, count
    end: int
    what: str | None
    what_end: int
    known: bool = True


# A word, or an abbreviation, of a noun phrase. Brackets, quotes and stops end it.
_WORD = re.compile(rf" ([{_LETTER}][{_LETTER}\d]*(?:[-/][{_LETTER}][{_LETTER}\d]*)*)")
# "đồng/kg", "đồng/người/ngày", "tấn/1 ha"; "trên 1 ha".
RATE = re.compile(
    r"(?: ?/ ?(?:1 |một )?(héc[- ]ta|hec[- ]ta|cm2|cm²|mm2|m2|m²|m3|m³|km2|m [23](?![\d.,]*\d)|đầu người|ngày đêm"
    r"|học sinh|đơn vị|cổ phiếu|lao động"
    r"|hồ sơ|trường hợp|cử tri|hộ dân|báo cáo|xét nghiệm|bệnh nhân|sản phẩm|hành khách|sinh viên|thành viên|tài khoản"
    r"|thuê bao|giường bệnh|nhà chờ|lượt xe|lượt khách|lượt người|chuyến xe|chuyến bay|phòng học|hộ nghèo|trẻ em|liên tuyến"
    r"|căn hộ|xe máy|xe đạp|ô tô|phương tiện|tín chỉ|suất ăn|giao dịch"
    rf"|(?!(?:dung|ram|rom)(?!\w))[{LOWER}]{{1,7}})| trên (?:1|một) (ha|người|m2|đơn vị|hộ|km))(?!\w)"
)
_HECTARE = re.compile(r"héc[- ]?ta|hec[- ]?ta")
_CURRENCIES = {"usd": "USD", "eur": "EUR", "euro": "EUR"}
_EACH = re.compile(r" (?:một|mỗi) (kg|ký|cân|lượng|chỉ|lít|tấn|tạ|m2|ha|con|chiếc|người|hộ|tháng(?! (?:trước|sau|qua)))(?!\w)")
# Of a speed: "120 km mỗi giây".
_SPEED = re.compile(r" (?:một|mỗi) (giây|giờ|phút)(?!\w)")
_MOVING = frozenset(["km", "m", "vòng", "lít", "hải lý", "dặm"])
# No part of a head: "2 con đầu".
_ADJECTIVES = frozenset(["đầu", "cuối", "lớn", "nhỏ", "mới", "cũ", "rộng", "dài", "cụ", "chính", "khác", "nặng", "nhẹ", "đủ",
                         "mở", "riêng", "màu", "ngậm"])  # fmt: skip
_DATING = ("năm", "ngày", "sáng", "trưa", "chiều", "tối")
_NUMBERED = frozenset(["khóa", "số", "thứ", "hạng", "quận", "phường", "tháng", "đợt", "kỳ", "lớp"])  # sinh viên khóa 1
_QUALITIES = words_of("adjective")
_ATTRIBUTES = words_of("attribute")
_SEXES = frozenset(["nam", "nữ"])
_PARTS = frozenset(["bánh", "chỗ", "cửa", "cánh", "cầu"])
# "23 đội anh từng gặp": the pronoun is the clause's subject.
_PRONOUNS = frozenset(["bạn", "anh", "chị", "ông", "bà", "cô", "cậu", "cụ", "tôi", "ta", "chúng"])
_OF_CLAUSE = (" từng ", " đã ", " đang ", " sẽ ", " có ", " được ", " đều ", " phải ", " ta", " tôi", " không ", " ấy ")
_FORMER = frozenset(["cựu", "tân"])
# "hai bên đường" is a noun phrase, "hai bên nhất trí" a clause.
_SIDE_OF = re.compile(
    r" (?:bờ|cánh|cửa|đùi|gia đình|đường|hành lang|hè|hông|lề|liên quan|láng giềng|cộng hòa|sông|tuyến|thành viên|thân|"
    r"vỉa)(?!\w)"
)
_TOLD_BY = frozenset(["điều", "việc"])  # "5 điều Hà Nội khuyến cáo": the name is the clause's subject
_PLAYED = (" chơi ", " ghi ", " đá ", " ra sân", " thi đấu", " vắng ", " không ", " bắt ", " được ", " có ")
_NEVER_NAMES = frozenset(["bên", "đảng", "nước"])
_DONG = re.compile(rf" ?Đồng [{UPPER}][{LOWER}]")  # 3Đồng Nai: the number of a line, a name
# After a measure these begin another: "dài 1 m giá …", "cao 2 m nặng …".
_NEXT_MEASURE = frozenset(["giá", "nặng", "cao", "rộng", "dài", "sâu", "dày", "trị", "so"])
# Words that are no stuff: "15 kg bất ngờ chạy vào", "cao 3 m tạc bằng ngọc". What lengths are of is told by few nouns.
_NOT_MEASURED = words_of("not_measured")
_LENGTHS = frozenset(["m", "km", "cm", "mm"])
_OF_LENGTH = words_of("of_length")
_OWNERS = frozenset(["dân", "thành", "khu", "thị", "da", "an", "ủy", "uỷ", "cấp"])  # tổ dân phố, công an tỉnh
_BARE = frozenset(["số", "tổng", "lượng", "mức"])  # "70% số", of what is not plain
# What capitals after these name may be a stuff: "3 tấn Hydroxit nhôm"; after lengths they begin something else.
_OF_STUFF = frozenset(["tấn", "tạ", "kg", "g", "lít", "ml", "m3", "ha"])
_OF_MONEY = words_of("of_money")
# A tenth of a tael, where no "only" can stand: "mua 5 chỉ trở lên", "nhẫn 2 chỉ”".
_OF_GOLD = re.compile(r" chỉ(?=[.,;)”\"\n]| (?:trở lên|trở xuống|cầu may)(?!\w))")
_OTHER_WORD = {"lần": " lượt", "tấn": " công "}  # what looks like a measure: "bộ 3 tấn công"
_THOUSANDS = ("triệu", "tỷ", "tỉ", "nghìn", "ngàn", "000")
_LONGEST = 9  # words of a counted phrase
# Words that begin something else than the counted phrase: its verb, its place, a comparison.
_STOP = words_of("ends") | words_of("ends_unless_joined")
# Stop words that may also stand inside or at the head of a noun: told by what is around them.
_JOINED = words_of("ends_unless_joined")
_SHORT = frozenset(["họp", "thi", "gọi", "hẹn", "chiến", "sống", "chơi", "đua", "gặp", "bầu"])  # cuộc họp, cuộc thi
# What a phrase that is in no lexicon may not begin with, besides the stop words.
_NO_HEAD = words_of("no_head")


def read(text: str, folded: str, pos: int, stop: int) -> Counted | None:
    """What the number that ends at ``pos`` counts; None for a duration, or where no noun follows.

    >>> line = "29 lớp bồi dưỡng, 2.302 lượt người dự; 60.000 đồng/kg"
    >>> read(line, line, 2, 99)[:4], read(line, line, 23, 99)[0], read(line, line, 45, 99)[0]
    (('lớp', 'count', 6, 'lớp bồi dưỡng'), 'lượt người', 'đồng/kg')
    """
    lexicon = units()
    if folded.startswith(" chỉ", pos) and folded[pos - 1].isdigit() and _OF_GOLD.match(folded, pos, stop + 1):
        return Counted("chỉ", "count", pos + 4, "chỉ", pos + 4)
    known = _compound(folded, pos, stop)
    if known is not None and known[1] == "đồng tiền" and folded.endswith(_THOUSANDS, 0, pos):
        known = None  # 400 triệu đồng tiền mặt
    if known is None or folded.startswith(" độ c", pos):
        measures = lexicon.measures.get(folded[pos + 1 : pos + 2] if folded.startswith(" ", pos) else folded[pos : pos + 1])
        measure = measures.match(folded, pos, stop) if measures is not None else None
        if measure is not None:
            return _measured(text, folded, pos, measure, stop)
    elif (
        text[pos + 1].isupper()
        and text[pos + 2].islower()
        and known.end() < stop
        and text[known.end() + 1 : known.end() + 2].isupper()
    ):
        return (
            None
            if known[1] in ("thành phố", "thị xã", "thị trấn", "nhà máy", "công ty")
            else _noun(text, folded, pos, known, stop)
        )
    return _noun(text, folded, pos, known, stop)


def _compound(folded: str, pos: int, stop: int) -> re.Match[str] | None:
    """What ``Units.compound`` matches at ``pos``."""
    pattern = units().compounds.get(folded[pos + 1 : pos + 3])
    return pattern.match(folded, pos, stop) if pattern is not None else None


def is_common(text: str, found: Counted, at: int) -> bool:
    """Whether a head printed with a capital is no name: ``hai Bộ trưởng``, ``5 Tổng công ty``, ``hai Bên``."""
    if not found.known or found.kind != "count":
        return False
    space = text.find(" ", at, found.end)
    if space > 0:
        return found.unit in units().heads and text[space + 1].islower()
    return found.unit in _NEVER_NAMES or found.unit == "giải"


def is_money(unit: str, power: float) -> bool:
    """Whether thousands or millions of it are of money: ``9,7 tỷ tiền lãi``, ``32 tỷ lãi``."""
    return unit.startswith("tiền ") or (power >= 1e6 and unit in ("lãi", "lợi nhuận", "doanh thu"))


def _measured(text: str, folded: str, pos: int, measure: re.Match[str], stop: int) -> Counted | None:
    unit, kind = units().canonical[measure[0].strip()]
    end = measure.end()
    if (unit == "đồng" and _DONG.match(text, pos, stop)) or folded.startswith(_OTHER_WORD.get(unit, "\0"), end):
        return None
    printed = unit
    if kind != "share":
        unit, end = _with_rate(folded, unit, end, stop)
    each = _EACH.match(folded, end, min(stop, end + 20)) if kind == "money" and unit == printed else None
    if each is not None:  # 250.000 đồng một kg
        unit, end = f"{unit}/{each[1]}", each.end()
    speed = _SPEED.match(folded, end, min(stop, end + 12)) if unit == printed in _MOVING else None
    if speed is not None:
        unit, end = f"{unit}/{speed[1]}", speed.end()
    words = _phrase(text, folded, end, stop) if unit == printed != "lần" else []
    first = folded[words[0][0] : words[0][1]] if words else ""
    refused = words and (first in units().refused or (first in _NEXT_MEASURE and kind == "measure"))
    refused = refused or (kind == "share" and (first in _NOT_SHARED or folded.startswith(" chủ yếu", end)))
    if words and (refused or _begins_verb(folded, words[0], stop) or _does(folded, words[0], stop)):
        words = []
    if len(words) == 1 and (first in _BARE or hangs(folded, words[0]) or ends_in_place(folded, words[0], stop)):
        words = []
    if words and kind == "measure" and not _is_stuff(text[words[0][0] : words[0][1]], first, unit):
        words = []
    named = words and kind == "measure" and unit not in _OF_STUFF and text[words[0][0]].isupper()
    named = named and text[words[0][0] + 1].islower()
    if words and (named or tells_size(unit, words) or _runs_on(text, folded, words, stop)):
        words = []
    sums = words and kind == "money" and text[words[0][0]].isupper() and text[words[0][0] + 1].islower()
    if words and kind == "money" and (sums or first not in _OF_MONEY):  # "2.000.000đ Tổng Cộng": the next line's
        words = []
    what_end = words[-1][1] if words else end
    return Counted(unit, kind, end, text[pos:what_end].strip() if words else None, what_end)


def _is_stuff(printed: str, word: str, unit: str) -> bool:
    """Whether a word behind a measure can be what is measured."""
    return word not in _NOT_MEASURED and (unit not in _LENGTHS or word in _OF_LENGTH or printed.isupper())


def _with_rate(folded: str, unit: str, end: int, stop: int) -> tuple[str, int]:
    """``đồng`` to ``đồng/người/ngày`` where that is printed, and the end of it."""
    for _ in range(3):
        rate = RATE.match(folded, end, min(stop, end + 20))
        if rate is None:
            break
        per = _HECTARE.sub("ha", (rate[1] or rate[2]).replace("²", "2").replace("³", "3").replace("m ", "m"))
        unit, end = f"{unit}/{_CURRENCIES.get(per, per)}", rate.end()
    return unit, end


def _noun(text: str, folded: str, pos: int, known: re.Match[str] | None, stop: int) -> Counted | None:
    lexicon = units()
    words = _phrase(text, folded, pos, stop, known)
    if not words:
        return None
    words = without_subject(folded, words)
    begin = words[0][0]
    first = folded[begin : words[0][1]]
    if known is not None:
        end = known.end()
    elif first.partition("/")[0] in lexicon.refused or folded[begin : words[min(1, len(words) - 1)][1]] in lexicon.refused:
        return None
    elif first in lexicon.classifier:
        named = len(words) > 1 and text[words[1][0]].isupper()  # "170 chiếc Mig-35", but: "hai cựu Ngoại trưởng"
        named = named and (first not in _FORMER or _compound(folded, words[0][1], stop) is None)
        end = words[0][1] if named else _classified(folded, words, stop)
    elif first in lexicon.single:
        if text[begin].isupper() and len(words) > 1 and text[words[1][0]].isupper() and first != "giải":
            return None
        if first == "khóa" and len(words) > 1 and text[words[1][0]].isupper():
            return None  # the plenum's number before the term's: Trung ương 5 khóa XII
        end = words[0][1]
        if first in _SEXES:  # 4 nam thanh niên
            inner = _compound(folded, end, stop)
            end = inner.end() if inner is not None else end
        elif first in _PARTS and text[end + 1 : end + 2].isupper():
            words = words[:1]  # "xe máy 4 bánh ATV": the name is the whole's
        played = first == "trận" and folded.startswith(_PLAYED, words[-1][1])  # "ba trận Minh chơi trọn vẹn"
        if (first in _TOLD_BY or played) and text[end + 1 : end + 2].isupper():
            words = words[:1]
        if first in _NEVER_NAMES and (first == "bên" or folded[pos - 1].isalpha()) and not _SIDE_OF.match(folded, end, stop):
            words = words[:1]
    else:  # a noun that is in no lexicon: mostly of two syllables
        if text[begin].isupper() or first in _NO_HEAD or len(first) == 1:
            return None
        named = len(words) > 1 and text[words[1][0]].isupper()
        short = named or _is_adjective(folded, words) or (len(words) > 1 and folded[slice(*words[1])] in _ADJECTIVES)
        end = words[0 if short else min(3 if first == "sự" else 2, len(words)) - 1][1]  # sự lựa chọn
        return Counted(folded[begin:end], "count", end, text[begin : words[-1][1]], words[-1][1], known=False)
    unit, end = _with_rate(folded, folded[begin:end], end, stop)
    what_end = max(end, words[-1][1])
    if what_end > end and text[end + 1].isupper() and NAMES_AT_HEAD.match(text, what_end, stop):
        what_end = end  # "hai xã Sơn Thủy và Sơn Hà": the first of the names told
    elif what_end > end and (tells_size(unit, words[1:]) or _runs_on(text, folded, words, stop)):
        what_end = end
    return Counted(unit, "count", end, text[begin:what_end], what_end)


def _is_adjective(folded: str, words: list[tuple[int, int]]) -> bool:
    """Whether the two words after the first are an adjective: ``2 rãnh hiện đại``."""
    pair = folded[words[1][0] : words[2][1]] if len(words) > 2 else ""
    return pair in _QUALITIES or pair in _ATTRIBUTES


def _classified(folded: str, words: list[tuple[int, int]], stop: int) -> int:
    """Where the head ends that begins with a classifier: with the noun after it."""
    lexicon = units()
    if len(words) == 1:
        return words[0][1]
    inner = _compound(folded, words[0][1], stop)
    if inner is not None:
        return inner.end()
    first, second = folded[words[0][0] : words[0][1]], folded[words[1][0] : words[1][1]]
    if second in _ADJECTIVES or _is_adjective(folded, words):
        return words[0][1]
    if first == "cuộc":
        return words[1 if second in _SHORT else min(3, len(words)) - 1][1]
    if second in lexicon.single or second in lexicon.classifier or first not in ("lượt", "buổi"):
        return words[1][1]
    return words[min(3, len(words)) - 1][1]


def _phrase(
    text: str, folded: str, pos: int, stop: int, known: re.Match[str] | None = None
) -> list[tuple[int, int]]:  # fmt: skip
    """The words of the noun phrase at ``pos``; a head noun that the lexicon knows is one word of it."""
    words: list[tuple[int, int]] = []
    if known is not None:
        words.append(known.span(1))
        pos = known.end()
    while len(words) < _LONGEST:
        found = _WORD.match(text, pos, stop)
        if found is None:
            mark = label(text, pos, stop) if words else None
            words += [mark] if mark is not None else []
            break
        word = folded[found.start(1) : found.end(1)]
        if (word in _DATING or (words and word in _NUMBERED)) and text[found.end() + 1 : found.end() + 2].isdigit():
            break
        of_noun = words and folded.endswith(_VERB_IN_NOUN, words[-1][0], found.end(1))
        if words and not of_noun and _begins_verb(folded, found.span(1), stop):
            break
        if words and found.end() < stop - 1 and text[found.end()] in "-.&" and text[found.end() + 1].isalnum():
            break  # half a name: TP.HCM, GP-10, M&A
        acting = words and word in _DOING and not of_noun and folded[words[0][0] : words[0][1]] not in _EVENTS
        if acting and _does(folded, found.span(1), stop):
            break
        if word in _STOP and not (
            (word in _JOINED and (_inside(folded, words, word, found.end(), stop) or (word == "tổ" and not words)))
            or (words and is_name_part(text, words[-1], *found.span(1), word))
        ):
            break
        if words and word == "thành" and folded.startswith(" công ty", found.end()):
            break  # 100% vốn nhà nước thành công ty cổ phần
        if words and text[found.start(1)].isupper() and text[words[-1][0]].islower() and is_glued(folded, found.start(1)):
            break
        apart = len(words) >= 4 and folded[words[-1][0] : words[-1][1]] not in _OWNERS
        apart = apart and word in units().single and text[found.start(1)].islower()
        apart = apart and folded[words[0][0] : words[1][1]] not in _OF_ACTION
        if apart and not _belongs(folded, words[-1], found.span(1), stop):
            break
        words.append(found.span(1))
        pos = found.end()
    if len(words) == _LONGEST and text[words[-1][0]].isupper() and text[pos + 1 : pos + 2].isupper():
        while len(words) > 1 and text[words[-1][0]].isupper():
            words.pop()  # no half names
    words = cut_back(text, folded, without_hanging(text, folded, words, stop, _least(folded, words)), stop)
    if words:
        pos = words[-1][1]
    subject = len(words) > 1 and text[words[-1][0] : words[-1][1]] in _PRONOUNS and folded.startswith(_OF_CLAUSE, pos)
    if subject and folded[words[-2][0] : words[-2][1]] not in ("đàn", "quý", "người"):
        words.pop()
    return words


def _least(folded: str, words: list[tuple[int, int]]) -> int:
    """How many words a phrase has at least: a head that is in no lexicon has two."""
    first = folded[slice(*words[0])] if words else ""
    return 1 if first in units().single or (first in units().heads and " " in first) else 2


def _runs_on(text: str, folded: str, words: list[tuple[int, int]], stop: int) -> bool:
    """Whether a phrase is as long as any may be, and more words follow: where it ends is not plain."""
    following = _WORD.match(text, words[-1][1], stop) if len(words) == _LONGEST else None
    if following is None:
        return False
    word = folded[following.start(1) : following.end(1)]
    if word in _DATING and text[following.end() + 1 : following.end() + 2].isdigit():
        return False
    return word not in _STOP and not _begins_verb(folded, following.span(1), stop)


def _belongs(folded: str, last: tuple[int, int], word: tuple[int, int], stop: int) -> bool:
    """Whether a word that may head a noun is half of one with the word before or after it: ``pháp luật``, ``xã hội``."""
    pair = folded[last[0] : word[1]]
    if pair in units().heads or pair in _WHOLE:  # thị trường cổ phiếu
        return True
    following = _WORD.match(folded, word[1], stop)
    return following is not None and f"{folded[word[0] : word[1]]} {following[1]}" in _WHOLE


def _begins_verb(folded: str, word: tuple[int, int], stop: int) -> bool:
    """Whether a verb of two syllables begins with this word: ``38 tỉnh khẩn trương …``."""
    first = folded[word[0] : word[1]]
    following = _WORD.match(folded, word[1], stop) if first in _VERB_HEADS else None
    return following is not None and f"{first} {following[1]}" in _VERBS


def _does(folded: str, word: tuple[int, int], stop: int) -> bool:
    """Whether what is counted acts: ``hai con dao tấn công``, but ``hai vụ tấn công``."""
    following = _WORD.match(folded, word[1], stop)
    return following is not None and f"{folded[word[0] : word[1]]} {following[1]}" in _ACTS


def _inside(folded: str, words: list[tuple[int, int]], word: str, end: int, stop: int) -> bool:
    """Whether a doubtful word belongs to a compound: ``tổ chức``, ``thực phẩm``, ``hàng hóa``, ``cuộc thi``."""
    if words and is_joined(folded, words[-1], word, end, stop):
        return True
    following = _WORD.match(folded, end, stop)
    if following is None:
        return False
    pair = f"{word} {following[1]}"
    return pair in _COMPOUNDS or (not words and pair in units().heads)


_COMPOUNDS = words_of("compound")
# A verb, and what it is done to, belong to these: "50 % khả năng phát triển bệnh tim".
_OF_ACTION = words_of("of_action")
_WHOLE = words_of("whole")
_VERBS = words_of("verb")
_VERB_IN_NOUN = tuple(words_of("verb_in_noun"))  # vốn đăng ký
_NOT_SHARED = words_of("not_shared")
_ACTS = words_of("verb_unless_event")
_DOING = frozenset(act.split()[0] for act in _ACTS)
_EVENTS = words_of("event_noun")
_VERB_HEADS = frozenset(verb.split()[0] for verb in _VERBS)
