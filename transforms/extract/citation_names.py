"""Official documents cited by name: laws, charters, resolutions of congresses and plenums, yearly resolutions and programmes."""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import cache
from typing import NamedTuple

from transforms.clean.unicode import fold_tones
from transforms.extract.issuing import SECOND, issuer_at
from transforms.extract.lexicon_files import table
from transforms.match import Hit, Lexicon
from transforms.text import UPPER

ROMANS = (
    "xviii|xvii|xvi|xv|xiv|xiii|xii|xi|xxx|xxix|xxviii|xxvii|xxvi|xxv|xxiv|xxiii|xxii|xxi|xx|xix|x|ix|viii|vii|vi|v|iv|iii|ii|i"
)


class Named(NamedTuple):
    """A document told by its name: where it stands, its key, what makes it the same document, its issuer and term."""

    start: int
    end: int
    key: str
    document_id: str | None = None
    issuer: str | None = None
    term: str | None = None


_NUMBER_WORDS = {"nhất": 1, "hai": 2, "ba": 3, "tư": 4, "bốn": 4, "năm": 5, "sáu": 6, "bảy": 7, "tám": 8, "chín": 9, "mười": 10,
    "mười một": 11, "mười hai": 12, "mười ba": 13, "mười bốn": 14, "mười lăm": 15}  # fmt: skip
# Hội nghị lần thứ tư Ban Chấp hành Trung ương Đảng (khóa XII); Trung ương 4, khóa XI, XII; Hội nghị Trung ương lần thứ tám.
_PLENUM = re.compile(
    r"(?:của )?(?:các )?(?:hội nghị )?"
    r"(?:lần thứ (?P<n1>\d{1,2}|[^\W\d_]{2,5}(?: một| hai| ba| bốn| lăm)?)[,]? |(?P<n0>\d{1,2}) )?"
    r"(?:của )?(?:bch |ban chấp hành )?(?:trung ương|t\.ư|tw)(?: đảng)?"
    r"(?:,? (?:lần thứ )?(?P<n2>\d{1,2}|[ivx]{1,4})(?![^\W_]))?"
    r"(?:,? (?:lần thứ )?(?P<n3>nhất|hai|ba|tư|bốn|năm|sáu|bảy|tám|chín|mười(?: một| hai| ba| bốn| lăm)?)(?![^\W_]))?"
    rf"(?:[\s,(]{{1,3}}(?:khóa )(?P<term>{ROMANS}|\d{{1,2}})(?![^\W_])"
    rf"(?P<more>(?:(?:, | và )(?:khóa )?(?:{ROMANS})(?![^\W_]))*)\)?)?"
)
_TERM = re.compile(rf"(?<![^\W_])(?:{ROMANS})(?![^\W_])")
_CONGRESS = re.compile(r"(?:của )?đại hội(?![^\W_])")
_ORDINAL = re.compile(rf"(?:lần thứ (?P<n>{ROMANS}|\d{{1,2}}|nhất)|(?P<bare>{ROMANS}))(?![^\W_])")
_GAP = re.compile(r"[\s,]{1,2}")
_TERM_YEARS = re.compile(r",? nhiệm kỳ (\d{4}\s?[-–]\s?\d{4})")
_WORD = re.compile(r"[^\W_]+")
_NEXT_KIND = ("nghị", "chỉ", "kết", "chương", "thông", "quyết", "kế")
_SECOND_SYLLABLES = frozenset(SECOND.split("|"))
_CONGRESS_WORDS = frozenset(
    ["đại", "biểu", "toàn", "quốc", "đảng", "bộ", "của", "tỉnh", "thành", "phố", "huyện", "quận", "thị", "xã", "phường", "khối",
     "các", "cơ", "quan", "lần", "đoàn", "tncs", "ương"]
)  # fmt: skip
_BODY_WORDS = ("đảng", "đoàn", "bộ", "công", "hội", "mặt")
_UNTOLD = ("đảng", "đảng bộ", "toàn quốc", "đại biểu toàn quốc", "đảng toàn quốc")
_OF_BODY = ("của đảng", "của đoàn", "của công đoàn", "của hội", "của mặt")
_LAW_SHORT = (("htx", "hợp tác xã"), ("bhxh", "bảo hiểm xã hội"), ("bhyt", "bảo hiểm y tế"), ("mttq", "mặt trận tổ quốc"),
    ("nsnn", "ngân sách nhà nước"), ("pctn", "phòng, chống tham nhũng"), ("hđnd", "hội đồng nhân dân"))  # fmt: skip
YEAR_AFTER = re.compile(r"\s(?:\(?năm\s)?((?:19|20)\d\d)(?![\d/.-]\d|\d)\)?")
_OF_ITS_YEAR = re.compile(r" năm (?:19|20)\d\d(?![\d/.-]\d|\d)")  # printed small throughout: luật đất đai năm 2013
_YEAR_AFTER_SHORT = re.compile(r"\s\([^\W\d_]{2,6}\),? năm ((?:19|20)\d\d)(?![\d/.-]\d|\d)")
# A law whose name is in no list: only with its year behind it.
_UNLISTED = re.compile(r"(?: [^\W\d_]+,?){1,12}?(?= (?:năm )?(?:19|20)\d\d)")
_EXPLAINED = re.compile(rf" \(([{UPPER}]{{2,8}})\)")
_CHARTER = re.compile(
    r" (?:của )?((?:đảng(?: cộng sản việt nam)?|đoàn(?: tncs hồ chí minh| thanh niên cộng sản hồ chí minh)?"
    r"|công đoàn(?: việt nam)?|mặt trận tổ quốc việt nam|mttq việt nam"
    r"|hội (?:nông dân|cựu chiến binh|liên hiệp phụ nữ|chữ thập đỏ|nhà báo)(?: việt nam)?))(?![^\W_])"
)
_OF_TERM = re.compile(rf",? khóa ({ROMANS})(?![^\W_])")
_OF_YEAR = re.compile(r"(?:công tác )?(?:năm \d{4}|toàn khóa(?: [ivx]+)?) của ")


@cache
def _laws() -> Lexicon[None]:
    return Lexicon((prefix + row["name"], None) for row in table("laws.tsv") for prefix in ("luật ", "bộ luật ", "pháp lệnh "))


def law(text: str, folded: str, hit: Hit[str], defined: dict[str, str]) -> Named | None:
    """``Luật Đất đai năm 2024``: a law of the list, any with its year, or one whose abbreviation the text has defined."""
    found = next(iter(_laws().find(folded[hit.start : hit.start + 110])), None)
    capital = text[hit.end + 1 : hit.end + 2].isupper()
    if found and found.start == 0:
        end = hit.start + found.end
        if text[hit.start].islower() and not capital and not _OF_ITS_YEAR.match(folded, end):
            return None
        following = _WORD.match(folded, end + 1, end + 10)
        if following and text[end] == " " and following[0] in ("sư", "học"):
            return None
    elif (abbreviation := _WORD.match(folded, hit.end + 1, hit.end + 12)) and abbreviation[0] in defined and capital:
        end = abbreviation.end()
    else:
        match = _UNLISTED.match(text, hit.end, hit.end + 90)
        if not capital or match is None or " của " in match[0] or " sư" in match[0][:4]:
            return None
        end = match.end()
    name = folded[hit.start : end]
    for short, full in (*_LAW_SHORT, *defined.items()):
        name = re.sub(rf"(?<![^\W_]){short}(?![^\W_])", full, name) if short in name else name
    year = YEAR_AFTER.match(folded, end, end + 12) or _YEAR_AFTER_SHORT.match(folded, end, end + 24)
    if year is None:
        return Named(hit.start, end, plain(name))
    end = year.end() - (text[year.end() - 1] == ")" and "(" not in year[0])
    key = plain(f"{name} {year[1]}")
    return Named(hit.start, end, key, key)


def abbreviated(text: str, folded: str) -> dict[str, str]:
    """Laws' abbreviations that a text explains anywhere, to their names: ``thuế bảo vệ môi trường (BVMT)``.

    >>> abbreviated(text := "Phí bảo vệ môi trường (BVMT) theo Luật BVMT, quỹ phòng học (PH).", text.lower())
    {'bvmt': 'bảo vệ môi trường'}
    """
    found: dict[str, str] = {}
    for match in _EXPLAINED.finditer(text):
        words = folded[max(0, match.start() - 80) : match.start()].split(" ")[-len(match[1]) :]
        name = " ".join(words)
        if "".join(word[:1] for word in words) == match[1].lower() and f"luật {name}" in _laws().entries:
            found.setdefault(match[1].lower(), name)
    return found


def charter(text: str, folded: str, hit: Hit[str]) -> Named | None:
    """``Điều lệ Đảng``, with a capital."""
    match = _CHARTER.match(folded, hit.end, hit.end + 70)
    if match is None or text[hit.start].islower() or not text[match.start(1)].isupper():
        return None
    return Named(hit.start, match.end(), plain(f"điều lệ {match[1]}"))


def plenum(folded: str, hit: Hit[str], at: int) -> Iterator[Named]:
    """``Nghị quyết Trung ương 4 khóa XI, XII``: one for each term."""
    match = _PLENUM.match(folded, at, at + 130)
    if match is None:
        return
    printed = match["n2"] or match["n3"] or match["n1"] or match["n0"]
    if printed is None:
        return
    number = int(printed) if printed.isdigit() else _NUMBER_WORDS.get(printed) or _value(printed)
    if number is None:
        return
    issuer = "Ban Chấp hành Trung ương Đảng"
    name = f"{hit.value} trung ương {number}"
    if match["term"] is None:
        yield Named(hit.start, match.end(), name, None, issuer)
        return
    further = list(_TERM.finditer(folded, match.start("more"), match.end("more")))
    term = as_roman(match["term"])
    key = f"{name} khóa {term}"
    yield Named(hit.start, match.end("term") if further else match.end(), key, key, issuer, term.upper())
    for more in further:
        key = f"{name} khóa {more[0]}"
        yield Named(more.start(), match.end() if more is further[-1] else more.end(), key, key, issuer, more[0].upper())


def congress(text: str, folded: str, hit: Hit[str], at: int) -> Named | None:
    """``Nghị quyết Đại hội đại biểu toàn quốc lần thứ XIII của Đảng``; the congress of a party organisation, with its number."""
    match = _CONGRESS.match(folded, at, at + 16)
    if match is None:
        return None
    end, last, term = match.end(), "", None
    ordinal: str | None = None
    body = False
    while True:
        gap = _GAP.match(folded, end, end + 2)
        if gap is None or "\n" in gap[0]:
            break
        spot = gap.end()
        number = _ORDINAL.match(folded, spot, spot + 20)
        if number and (number["n"] or text[spot].isupper()):
            if ordinal:
                break
            ordinal, end = number[number.lastgroup or "n"], number.end()
            term = as_roman(ordinal).upper() if ordinal.isdigit() or _TERM.fullmatch(ordinal) else None
            continue
        word = None if "," in gap[0] else _WORD.match(folded, spot, spot + 14)
        if word is None:
            break
        if word[0] in ("các", "cấp", "những") and ordinal is None and last != "khối":
            return None
        named = text[spot].isupper() and word[0] not in _NEXT_KIND
        if (
            word[0] not in _CONGRESS_WORDS
            and not named
            and not (word[0] in _SECOND_SYLLABLES and text[end - len(last)].isupper())
        ):
            break
        if word[0] == "của" and not folded.startswith(_OF_BODY, spot):
            break
        last, end = word[0], word.end()
        body = body or last in _BODY_WORDS
    if ordinal is None:
        if not body or folded[match.end() : end].strip() in _UNTOLD:
            return None
        years = _TERM_YEARS.match(folded, end, end + 28)
        end = years.end() if years else end
    printed = folded[hit.start : end]
    if ordinal and ordinal.isdigit():  # Đại hội lần thứ 12 is that of the XII
        printed = printed.replace(f"lần thứ {ordinal}", f"lần thứ {as_roman(ordinal)}")
    key = plain(printed)
    national = term is not None and "bộ" not in key and ("đảng" in key or "toàn quốc" in key)
    identity = f"{hit.value} đại hội {term.lower()} đảng" if national and term else None
    return Named(hit.start, end, key, identity, None, term)


def yearly(text: str, folded: str, hit: Hit[str], at: int) -> Named | None:
    """``Nghị quyết Tỉnh ủy năm 2024``; ``Chương trình công tác năm 2017 của Đảng ủy Công an Trung ương``."""
    if text[hit.start].islower() or hit.value not in ("nghị quyết", "chương trình", "kế hoạch"):
        return None
    if hit.value == "nghị quyết":
        told = issuer_at(text, folded, hit.end, bare=True)
        year = YEAR_AFTER.match(folded, told[0], told[0] + 12) if told else None
        if told and year and "năm" in year[0]:
            return Named(hit.start, year.end(), plain(f"{folded[hit.start : told[0]]} năm {year[1]}"), None, told[1])
    match = _OF_YEAR.match(folded, at, at + 30)
    if match and (hit.value == "nghị quyết" or "công tác" in folded[hit.start : match.end()]):
        told = issuer_at(text, folded, match.end() - 5)
        if told:
            term = _OF_TERM.match(folded, told[0], told[0] + 16)
            end = term.end() if term else told[0]
            return Named(hit.start, end, plain(folded[hit.start : end]), None, told[1], term[1].upper() if term else None)
    return None


def plain(name: str) -> str:
    """A name as a key: without ``của``, ``Hội nghị``, brackets, commas.

    >>> plain("nghị quyết của hội nghị trung ương 8, khóa xiii")
    'nghị quyết trung ương 8 khóa xiii'
    """
    name = re.sub(r"(?<![^\W_])(?:hội nghị|của)(?![^\W_])|[(),“”\"]", " ", name)
    return fold_tones(" ".join(name.split()))


def as_roman(number: str) -> str:
    """A number of a congress or term up to 89: ``12`` as ``xii``; a Roman numeral as it is.

    >>> as_roman("12"), as_roman("XI")
    ('xii', 'XI')
    """
    value = int(number) if number.isdigit() else 90
    if value > 89:
        return number
    tens = ("", "x", "xx", "xxx", "xl", "l", "lx", "lxx", "lxxx")[value // 10]
    return tens + ("", "i", "ii", "iii", "iv", "v", "vi", "vii", "viii", "ix")[value % 10]


def _value(numeral: str) -> int | None:
    """The value of a Roman numeral up to 89."""
    values = {"i": 1, "v": 5, "x": 10}
    if any(c not in values for c in numeral):
        return None
    total = 0
    for index, c in enumerate(numeral):
        value = values[c]
        total += -value if index + 1 < len(numeral) and values[numeral[index + 1]] > value else value
    return total
