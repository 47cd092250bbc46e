"""Official documents cited: by number and symbol, by congress or plenum, by name and year."""

from __future__ import annotations

import re
from datetime import date
from functools import cache

from schemas.rows import Citation, DateMention
from transforms.clean.unicode import fold_tones
from transforms.document import Article, Facts
from transforms.extract import counted
from transforms.extract.issuing import (
    ISSUER_OF,
    NAMED_BY_NUMBER,
    SECOND,
    SYMBOLS_BY_ISSUER,
    issuer_at,
    normal_symbol,
    term_on,
)  # fmt: skip
from transforms.extract.lexicon_files import table
from transforms.match import Hit, Lexicon
from transforms.text import UPPER

_ROMANS = (
    "xviii|xvii|xvi|xv|xiv|xiii|xii|xi|xxx|xxix|xxviii|xxvii|xxvi|xxv|xxiv|xxiii|xxii|xxi|xx|xix|x|ix|viii|vii|vi|v|iv|iii|ii|i"
)
_NUMBER_WORDS = {"nhất": 1, "hai": 2, "ba": 3, "tư": 4, "bốn": 4, "năm": 5, "sáu": 6, "bảy": 7, "tám": 8, "chín": 9, "mười": 10,
    "mười một": 11, "mười hai": 12, "mười ba": 13, "mười bốn": 14, "mười lăm": 15}  # fmt: skip
# Between kind and number: "số", a colon, an acronym in brackets.
_TO_NUMBER = re.compile(
    r"(?: hành động| công tác| thẩm tra| tiếp thu| hành chính| phối hợp)?\s{0,2}(?:\([^()\n]{1,12}\)\s)?(số\s{0,2}:?(?: số)?|:)?\s{0,2}(?=\d)"
)
# Number and symbol: 05-CT/TW, 30/2020/NĐ-CP, 19-2017/NQ-CP, 35- NQ/TW, 57/NQ-TW, 24/2018/QH14.
_NUMBERED = re.compile(
    r"(\d{1,5}(?:[ab](?![^\W_]))?)(?:\s?([/-])\s?((?:19|20)\d\d)(?!\d))?"
    rf"(?:\s{{0,2}}([/–\u2010\u2011-])\s{{0,2}}((?:[{UPPER}][A-Za-zĐđịiÐ]{{0,7}}\d{{0,2}}|\d?[{UPPER}]{{1,8}})(?:\s?[-–\u2010\u2011/]\s?[{UPPER}&][{UPPER}a-z&]{{0,12}}\d{{0,2}}(?:[-.][{UPPER}]{{2,10}}){{0,2}}){{0,2}}))?"
)
_MORE = re.compile(r"\s{0,2}(?:,|;|và|,? cùng)\s{1,2}(?:số\s{0,2})?(?=\d{1,5}(?!\d|[.,]\d))")
_UNIT_AFTER = re.compile(r"\s?(?:%|[^\W\d_]+)")
_AFTER_BARE = frozenset(
    ["của", "ngày", "về", "khóa", "năm", "và", "là", "do", "được", "có", "đã", "tại", "trong", "hết", "quy", "cũng", "sẽ", "theo", "ban", "thay", "ra", "đến", "thì", "đi", "vào", "với", "để", "hay", "hoặc", "phù", "chưa", "như", "gắn", "không", "nhằm", "đối", "nêu", "yêu", "từ", "trên", "giao", "đề", "hiệu", "đang", "vẫn", "khi", "bộ", "chính", "hội", "trung", "ubnd", "hđnd", "tỉnh", "thành"]
)
# Kinds that are also planned or counted things: one digit after them is a quantity. The others are always cited by number.
_COUNTABLE = frozenset(["chương trình", "kế hoạch", "đề án", "thông báo", "hướng dẫn"])
_STRICT = frozenset(["chỉ thị", "nghị định", "thông tư", "nghị quyết", "kết luận", "quyết định"])
_DATED = re.compile(r"[\s,(]{0,3}(?:ban hành |ký )?(?:vào )?(?:ngày )?$")
_OF = re.compile(r"[\s,)]{0,3}(?:do |của )?")
_TERM = re.compile(rf"[\s,(]{{0,3}}(?:nhiệm kỳ |khóa )({_ROMANS})(?![^\W_])\)?")
_PLENUM = re.compile(
    rf"(?:của )?(?:các )?(?:hội nghị )?(?:lần thứ (?P<n1>\d{{1,2}}|[^\W\d_]{{2,5}}(?: một| hai| ba| bốn| lăm)?)[,]? |(?P<n0>\d{{1,2}}) )?(?:của )?(?:bch |ban chấp hành )?(?:trung ương|t\.ư|tw)(?: đảng)?"
    rf"(?:,? (?:lần thứ )?(?P<n2>\d{{1,2}}|[ivx]{{1,4}})(?![^\W_]))?(?:,? (?:lần thứ )?(?P<n3>nhất|hai|ba|tư|bốn|năm|sáu|bảy|tám|chín|mười(?: một| hai| ba| bốn| lăm)?)(?![^\W_]))?"
    rf"(?:[\s,(]{{1,3}}(?:khóa )(?P<term>{_ROMANS}|\d{{1,2}})(?![^\W_])(?P<more>(?:(?:, | và )(?:khóa )?(?:{_ROMANS})(?![^\W_]))*)\)?)?"
)
_TERMS_MORE = re.compile(rf"(?<![^\W_])(?:{_ROMANS})(?![^\W_])")
_CONGRESS = re.compile(r"(?:của )?đại hội(?![^\W_])")
_ORDINAL = re.compile(rf"(?:lần thứ (?P<n>{_ROMANS}|\d{{1,2}}|nhất)|(?P<bare>{_ROMANS}))(?![^\W_])")
_WORD = re.compile(r"[^\W_]+")
_LAW_NUMBER = re.compile(r",? (?:\([^()\n]{1,8}\) )?số:? (?=\d)")
_LAW_SHORT = (("htx", "hợp tác xã"), ("bhxh", "bảo hiểm xã hội"), ("bhyt", "bảo hiểm y tế"), ("mttq", "mặt trận tổ quốc"),
    ("nsnn", "ngân sách nhà nước"), ("pctn", "phòng, chống tham nhũng"), ("hđnd", "hội đồng nhân dân"))  # fmt: skip
_YEAR_AFTER = re.compile(r"\s(?:\(?năm\s)?((?:19|20)\d\d)(?![\d/.-]\d|\d)\)?")
_YEAR_AFTER_SHORT = re.compile(r"\s\([^\W\d_]{2,6}\),? năm ((?:19|20)\d\d)(?![\d/.-]\d|\d)")
_GENERIC = frozenset(["các", "những", "mọi", "nhiều", "một", "số"])
_NOT_BEFORE = re.compile(r"(?:dự thảo|dự án|xây dựng|soạn thảo|hồ sơ)\s(?:các\s)?$")


@cache
def _kinds() -> Lexicon[str]:
    entries = [("dự thảo luật", ""), ("dự án luật", ""), ("luật sư", ""), ("pháp luật", ""), ("kỷ luật", ""), ("quy luật", "")]
    for row in table("document_kinds.tsv"):
        for literal in (row["kind"], *filter(None, row["aliases"].split("|"))):
            entries.append((literal, row["kind"]))
    return Lexicon(entries)


@cache
def _laws() -> Lexicon[str]:
    return Lexicon((prefix + row["name"], prefix) for row in table("laws.tsv") for prefix in ("luật ", "bộ luật ", "pháp lệnh "))


def extract(article: Article, facts: Facts) -> list[Citation]:
    """Every official document cited by number, by congress or plenum, or by name and year.

    Not handled: documents told by their subject alone, drafts, plurals.

    >>> from transforms.document import Article, Facts
    >>> article = Article.from_text("Triển khai Kế hoạch số 106-KH/TU và Chỉ thị 05 của Bộ Chính trị, Luật Đất đai năm 2024.")
    >>> [c.key for c in extract(article, Facts())]
    ['106-KH/TU', '05-CT/TW', 'luật đất đai 2024']
    >>> extract(Article.from_text("Quán triệt các nghị quyết của Đảng, kế hoạch 5 năm."), Facts())
    []
    """
    text, folded = article.text, article.folded
    rows: list[Citation] = []
    reader = _Reader(text, folded, facts.dates)
    done = 0
    for hit in _kinds().find(folded):
        if hit.start < done or not hit.value:
            continue
        found = reader.read(hit)
        if found:
            rows.extend(found)
            done = found[-1].end_char
    return [_with_relation(article, row) for row in _one_key(rows)]


class _Reader:
    def __init__(self, text: str, folded: str, dates: list[DateMention]) -> None:
        self.text, self.folded = text, folded
        self.days = {d.start_char: d for d in dates if d.date_from == d.date_to}

    def read(self, hit: Hit[str]) -> list[Citation]:
        if _NOT_BEFORE.search(self.folded, max(0, hit.start - 16), hit.start):
            return []
        match = _TO_NUMBER.match(self.folded, hit.end, hit.end + 24)
        if match:
            return self.numbered(hit, match.end(), bool(match[1]))
        if hit.value in ("luật", "pháp lệnh"):
            return self.law(hit)
        if hit.value == "hiến pháp":
            year = _YEAR_AFTER.match(self.folded, hit.end, hit.end + 12)
            return [self.row(hit, year.end(), f"hiến pháp {year[1]}")] if year else []
        if hit.value == "điều lệ":
            return self.charter(hit)
        if hit.value in ("nghị quyết", "kết luận", "chỉ thị", "chương trình", "kế hoạch", "văn kiện"):
            return self.named(hit)
        return []

    # -- by number ---------------------------------------------------------------------------------------------------
    def numbered(self, hit: Hit[str], at: int, announced: bool) -> list[Citation]:
        items: list[tuple[int, int, re.Match[str]]] = []
        start = hit.start
        while match := _NUMBERED.match(self.text, at, at + 60):
            items.append((start, match.end(), match))
            more = _MORE.match(self.folded, match.end(), match.end() + 14)
            if not more or len(items) > 12:
                break
            following = _NUMBERED.match(self.text, more.end(), more.end() + 60)
            if following is None or not (following[5] or announced or not _UNIT_AFTER.match(self.text, following.end())):
                break
            start = at = more.end()
        if not items:
            return []
        last = items[-1][2]
        if last[5] is None and last[3] is None and not self.is_plain(hit, last, announced):
            items = [item for item in items if item[2][5]]
            if not items:
                return []
        end, issuer, issued, term = self.after(items[-1][1])
        shared = next((m[5] for _, _, m in reversed(items) if m[5]), None)
        rows = []
        for index, (begin, stop, m) in enumerate(items):
            final = index == len(items) - 1
            row = self.keyed(hit.value, begin, end if final else stop, m, m[5] or shared, issuer, issued if final else None, term)
            rows.append(row)
        return rows

    def is_plain(self, hit: Hit[str], match: re.Match[str], announced: bool) -> bool:
        """Whether a number without a symbol is a document's number and no quantity."""
        if self.folded[match.end() : match.end() + 1] in (",", ".") and self.folded[match.end() + 1 : match.end() + 2].isdigit():
            return False
        if self.folded.startswith(("%", "/", "h", "a ", "–1", "-1"), match.end()):
            return False
        if announced:
            return True
        if hit.value not in NAMED_BY_NUMBER:
            return False
        word = _WORD.match(self.folded, match.end() + 1, match.end() + 12)
        if self.text[hit.start].islower():
            return len(match[1]) > 1 and word is not None and word[0] in ("của", "về") and self.folded[match.end()] == " "
        if self.folded[match.end() : match.end() + 1] != " " or word is None:
            return len(match[1]) > 1 or hit.value not in _COUNTABLE
        if word[0] == "năm":
            return self.folded[word.end() + 1 : word.end() + 5].isdigit()
        if word[0] in _AFTER_BARE:
            return True
        found = counted.read(self.text, self.folded, match.end(), match.end() + 40)
        return len(match[1]) > 1 and hit.value in _STRICT and (found is None or not found.known)

    def keyed(
        self, kind: str, start: int, end: int, match: re.Match[str], symbol: str | None, issuer: str | None,
        issued: date | None, term: str | None,
    ) -> Citation:  # fmt: skip
        number, year = match[1], match[3]
        if symbol is None:
            symbol = SYMBOLS_BY_ISSUER.get((kind, (issuer or "").lower()))
            if kind == "nghị định" and year:
                symbol = "NĐ-CP"
            if kind == "thông tư":
                symbol = None
        if symbol is None:
            key = f"{kind} {number}/{year}" if year else f"{kind} {number}"
            return Citation(start, end, kind, _whole(number), None, key, None, issuer, issued, term)
        symbol, style = normal_symbol(symbol, kind)
        if year:
            key = f"{number}/{year}/{symbol}" if match[2] == "/" or style == "state" else f"{number}-{year}/{symbol}"
        else:
            key = f"{number}-{symbol}" if style == "party" else f"{number}/{symbol}"
        issuer = issuer or ISSUER_OF(symbol)
        if term is None and issued and symbol.endswith("/TW"):
            term = term_on(issued)
        return Citation(
            start, end, kind, _whole(number), symbol, key, _identity(key, symbol, year, issued, term), issuer, issued, term
        )

    def after(self, end: int) -> tuple[int, str | None, date | None, str | None]:
        """Issuer, date and term where they follow a number, in any order."""
        issuer: str | None = None
        issued: date | None = None
        term: str | None = None
        for _ in range(4):
            told = issuer_at(self.text, self.folded, end) if issuer is None else None
            if told:
                end, issuer = told
                continue
            day = self.day_at(end) if issued is None else None
            if day:
                end, issued = day
                continue
            match = _TERM.match(self.folded, end, end + 24) if term is None else None
            if match:
                end, term = match.end(), match[1].upper()
                continue
            break
        return end, issuer, issued, term

    def day_at(self, end: int) -> tuple[int, date] | None:
        for gap in range(18):
            found = self.days.get(end + gap)
            if found:
                if not _DATED.fullmatch(self.folded[end : end + gap]):
                    return None
                stop = found.end_char
                if "(" in self.text[end : end + gap] and self.text[stop : stop + 1] == ")":
                    stop += 1
                return stop, found.date_from
        return None

    # -- by name -----------------------------------------------------------------------------------------------------
    def row(self, hit: Hit[str], end: int, key: str, term: str | None = None, issuer: str | None = None) -> Citation:
        return Citation(
            hit.start,
            end,
            hit.value,
            None,
            None,
            fold_tones(key),
            fold_tones(key) if hit.value in ("luật", "hiến pháp") and key[-1].isdigit() else None,
            issuer,
            None,
            term,
        )

    def law(self, hit: Hit[str]) -> list[Citation]:
        found = next(iter(_laws().find(self.folded[hit.start : hit.start + 110])), None)
        if found and found.start == 0:
            end = hit.start + found.end
            if self.text[hit.start].islower() and not self.text[hit.end + 1 : hit.end + 2].isupper():
                return []
            following = _WORD.match(self.folded, end + 1, end + 10)
            if following and self.text[end] == " " and following[0] in ("sư", "học"):
                return []
        else:
            if not self.text[hit.end + 1 : hit.end + 2].isupper() or self.folded.startswith(" sư", hit.end):
                return []
            match = re.compile(r"(?: [^\W\d_]+,?){1,12}?(?= (?:năm )?(?:19|20)\d\d)").match(self.text, hit.end, hit.end + 90)
            if match is None or " của " in match[0] or " sư" in match[0][:4]:
                return []
            end = match.end()
        name = self.folded[hit.start : end]
        for short, full in _LAW_SHORT:
            name = re.sub(rf"(?<![^\W_]){short}(?![^\W_])", full, name) if short in name else name
        year = _YEAR_AFTER.match(self.folded, end, end + 12) or _YEAR_AFTER_SHORT.match(self.folded, end, end + 24)
        if year:
            end, name = year.end() - (self.text[year.end() - 1] == ")" and "(" not in year[0]), f"{name} {year[1]}"
            return [self.row(hit, end, _plain(name))]
        number = _LAW_NUMBER.match(self.text, end, end + 30)
        if number:
            found = _NUMBERED.match(self.text, number.end(), number.end() + 40)
            if found and found[5]:
                stop, issuer, issued, term = self.after(found.end())
                return [
                    self.keyed(
                        "luật" if hit.value == "luật" else hit.value, hit.start, stop, found, found[5], issuer, issued, term
                    )
                ]
        return [self.row(hit, end, _plain(name))]

    def charter(self, hit: Hit[str]) -> list[Citation]:
        if self.text[hit.start].islower():
            return []
        match = re.compile(
            r" (?:của )?((?:đảng(?: cộng sản việt nam)?|đoàn(?: tncs hồ chí minh| thanh niên cộng sản hồ chí minh)?|công đoàn(?: việt nam)?"
            r"|mặt trận tổ quốc việt nam|mttq việt nam|hội (?:nông dân|cựu chiến binh|liên hiệp phụ nữ|chữ thập đỏ|nhà báo)(?: việt nam)?))(?![^\W_])"
        ).match(self.folded, hit.end, hit.end + 60)
        if match is None or not self.text[match.start(1)].isupper():
            return []
        return [self.row(hit, match.end(), _plain(f"điều lệ {match[1]}"))]

    def named(self, hit: Hit[str]) -> list[Citation]:
        at = hit.end + 1
        if self.folded[hit.end : at] not in (" ", "\xa0"):
            return []
        if hit.value in ("nghị quyết", "kết luận"):
            return self.plenum(hit, at) or self.congress(hit, at) or self.yearly(hit, at)
        return self.yearly(hit, at)

    def plenum(self, hit: Hit[str], at: int) -> list[Citation]:
        match = _PLENUM.match(self.folded, at, at + 130)
        if match is None:
            return []
        printed = match["n2"] or match["n3"] or match["n1"] or match["n0"]
        if printed is None:
            return []
        number = int(printed) if printed.isdigit() else _NUMBER_WORDS.get(printed) or _roman(printed)
        if number is None:
            return []
        terms: list[str | None] = [_roman_of(match["term"])] if match["term"] else [None]
        terms += _TERMS_MORE.findall(match["more"] or "")
        rows = []
        for index, term in enumerate(terms):
            key = f"{hit.value} trung ương {number}" + (f" khóa {term}" if term else "")
            start = hit.start if index == 0 else match.start("more") if index == 1 else end
            end = match.end() if index == len(terms) - 1 else match.end("term")
            if index:
                spot = _TERMS_MORE.search(self.folded, start if index > 1 else match.start("more"), match.end())
                if spot is None:
                    break
                start, end = spot.start(), match.end() if index == len(terms) - 1 else spot.end()
            identity = key if term else None
            rows.append(
                Citation(
                    start,
                    end,
                    hit.value,
                    None,
                    None,
                    key,
                    identity,
                    "Ban Chấp hành Trung ương Đảng",
                    None,
                    term.upper() if term else None,
                )
            )
        return rows

    def congress(self, hit: Hit[str], at: int) -> list[Citation]:
        match = _CONGRESS.match(self.folded, at, at + 16)
        if match is None:
            return []
        end, ordinal, body, term, last = match.end(), None, False, None, ""
        while True:
            m = re.compile(r"[\s,]{1,2}").match(self.folded, end, end + 2)
            if m is None or "\n" in m[0]:
                break
            spot = m.end()
            number = _ORDINAL.match(self.folded, spot, spot + 20)
            if number and (number["n"] or self.text[spot].isupper()):
                if ordinal:
                    break
                ordinal, end = number[number.lastgroup or "n"], number.end()
                term = ordinal.upper() if re.fullmatch(_ROMANS, ordinal) else None
                continue
            if "," in m[0]:
                break
            word = _WORD.match(self.folded, spot, spot + 14)
            if word is None:
                break
            if word[0] in ("các", "cấp", "những") and ordinal is None and last != "khối":
                return []
            if (
                word[0] in _CONGRESS_WORDS
                or (self.text[spot].isupper() and word[0] not in _NEXT_KIND)
                or (word[0] in _SECOND_SYLLABLES and self.text[end - len(last)].isupper())
            ):
                if word[0] == "của" and not (
                    self.folded.startswith(("của đảng", "của đoàn", "của công đoàn", "của hội", "của mặt"), spot)
                ):
                    break
                last = word[0]
                body = body or word[0] in ("đảng", "đoàn", "bộ", "công", "hội", "mặt")
                end = word.end()
                continue
            break
        if ordinal is None:
            yearly = re.compile(r",? nhiệm kỳ (\d{4}\s?[-–]\s?\d{4})").match(self.folded, end, end + 28)
            if not body or self.folded[match.end() : end].strip() in (
                "đảng",
                "đảng bộ",
                "toàn quốc",
                "đại biểu toàn quốc",
                "đảng toàn quốc",
            ):
                return []
            if yearly:
                end = yearly.end()
        name = _plain(self.folded[hit.start : end])
        national = term is not None and "bộ" not in name and ("đảng" in name or "toàn quốc" in name)
        identity = f"{hit.value} đại hội {term.lower()} đảng" if national and term else None
        return [Citation(hit.start, end, hit.value, None, None, name, identity, None, None, term)]

    def yearly(self, hit: Hit[str], at: int) -> list[Citation]:
        """``Nghị quyết Tỉnh ủy năm 2024``; ``Chương trình công tác năm 2017 của Đảng ủy Công an Trung ương``."""
        if self.text[hit.start].islower():
            return []
        if hit.value == "nghị quyết":
            told = issuer_at(self.text, self.folded, hit.end, bare=True)
            year = told and _YEAR_AFTER.match(self.folded, told[0], told[0] + 12)
            if told and year and "năm" in year[0]:
                name = _plain(f"{self.folded[hit.start : told[0]]} năm {year[1]}")
                return [Citation(hit.start, year.end(), hit.value, None, None, name, None, told[1])]
        match = re.compile(r"(?:công tác )?năm (\d{4}) của ").match(self.folded, at, at + 30)
        if hit.value in ("nghị quyết", "chương trình", "kế hoạch") and (
            match and ("công tác" in match[0] or hit.value == "nghị quyết" or "công tác" in self.folded[hit.start : hit.end])
        ):
            told = issuer_at(self.text, self.folded, match.end() - 5)
            if told:
                return [
                    Citation(hit.start, told[0], hit.value, None, None, _plain(self.folded[hit.start : told[0]]), None, told[1])
                ]
        return []


_NEXT_KIND = ("nghị", "chỉ", "kết", "chương", "thông", "quyết", "kế")
_SECOND_SYLLABLES = frozenset(SECOND.split("|"))
_CONGRESS_WORDS = frozenset(
    ["ương", "đại", "biểu", "toàn", "quốc", "đảng", "bộ", "của", "tỉnh", "thành", "phố", "huyện", "quận", "thị", "xã", "phường", "khối", "các", "cơ", "quan", "lần", "đoàn", "tncs"]
)


def _whole(number: str) -> int:
    """``36a`` as 36."""
    return int(number.rstrip("ab"))


def _plain(name: str) -> str:
    """A name as a key: without ``của``, ``Hội nghị``, brackets, commas.

    >>> _plain("nghị quyết của hội nghị trung ương 8, khóa xiii")
    'nghị quyết trung ương 8 khóa xiii'
    """
    for word in ("hội nghị", "của", "(", ")", ",", "“", "”", '"'):
        name = re.sub(rf"(?<![^\W_]){word}(?![^\W_])", " ", name) if word.isalpha() or " " in word else name.replace(word, " ")
    return fold_tones(" ".join(name.split()))


def _roman_of(number: str) -> str:
    """``12`` as ``xii``; a Roman numeral as it is."""
    if not number.isdigit():
        return number
    value = int(number)
    return "x" * (value // 10) + ("", "i", "ii", "iii", "iv", "v", "vi", "vii", "viii", "ix")[value % 10]


def _roman(printed: str) -> int | None:
    values = {"i": 1, "v": 5, "x": 10}
    if any(c not in values for c in printed):
        return None
    total = 0
    for index, c in enumerate(printed):
        value = values[c]
        total += -value if index + 1 < len(printed) and values[printed[index + 1]] > value else value
    return total


def _identity(key: str, symbol: str, year: str | None, issued: date | None, term: str | None) -> str | None:
    if year and not symbol.endswith(("UBND", "HĐND")):
        return key
    if symbol.endswith("/TW"):
        return f"{key}@{term}" if term else None
    if symbol.endswith(("-CP", "-TTg")):
        return f"{key}@{issued.year}" if issued else None
    return None


def _one_key(rows: list[Citation]) -> list[Citation]:
    """A bare ``Chỉ thị 05`` takes the symbol that the document gives the same number elsewhere; so do identities."""
    full = {(row.kind, row.number): row for row in reversed(rows) if row.symbol and row.number is not None}
    known = {row.key: row for row in reversed(rows) if row.document_id}
    found = []
    for row in rows:
        if row.number is not None and row.symbol is None and (row.kind, row.number) in full:
            same = full[row.kind, row.number]
            row = row._replace(symbol=same.symbol, key=same.key, document_id=same.document_id)
        if row.document_id is None and row.key in known:
            row = row._replace(document_id=known[row.key].document_id)
        found.append(row)
    return found


_CUES = (
    ("sửa đổi", "amends"), ("bổ sung", "amends"), ("thay thế", "replaces"), ("sơ kết", "reviews"), ("tổng kết", "reviews"), ("ban hành", "issues"),
    ("thực hiện", "implements"), ("triển khai", "implements"), ("quán triệt", "implements"), ("thi hành", "implements"), ("cụ thể hóa", "implements"),
    ("theo", "implements"), ("chấp hành", "implements"),
)  # fmt: skip
_RELATION = Lexicon(_CUES)


def _with_relation(article: Article, row: Citation) -> Citation:
    begin = max(0, row.start_char - 60)
    cut = max(article.folded.rfind(mark, begin, row.start_char) for mark in (".", ";", "\n"))
    hits = _RELATION.find(article.folded[max(begin, cut + 1) : row.start_char])
    if not hits:
        return row._replace(relation="mentions")
    last = hits[-1].value
    if last == "implements" and any(hit.value == "reviews" for hit in hits):  # sơ kết 5 năm thực hiện
        last = "reviews"
    return row._replace(relation=last)
