"""Official documents cited: by number and symbol, by congress or plenum, by name and year."""

from __future__ import annotations

import re
from collections.abc import Iterable
from datetime import date
from functools import cache

from schemas.rows import Citation, DateMention
from transforms.document import Article, Facts
from transforms.extract import bodies_grammar, citation_names, counted
from transforms.extract.citation_names import ROMANS, YEAR_AFTER, Named, as_roman
from transforms.extract.citation_relations import with_relations
from transforms.extract.issuing import (
    ISSUER_OF,
    MINISTRIES,
    NAMED_BY_NUMBER,
    SYMBOLS_BY_ISSUER,
    issuer_at,
    normal_symbol,
    term_on,
)  # fmt: skip
from transforms.extract.lexicon_files import table
from transforms.extract.numbers import words_of
from transforms.match import Hit, Lexicon, in_one_pass
from transforms.text import UPPER

# Between kind and number: "số", a colon, an acronym in brackets.
_TO_NUMBER = re.compile(
    r"(?: hành động| công tác| thẩm tra| tiếp thu| hành chính| phối hợp)?\s{0,2}(?:\([^()\n]{1,12}\)\s)?"
    r"(số\s{0,2}:?(?: số)?|:)?\s{0,2}(?=\d)"
)
# Who issued it, before its number: Nghị quyết HĐND tỉnh số 15/2019/NQ-HĐND.
_ISSUED_BY = re.compile(
    r" (?:của )?(?:hđnd|ubnd|[uủ][yỷ] ban|hội đồng|bộ|ban|chính phủ|thủ tướng|quốc hội|trung ương|tw|bch|sở|cục|chủ tịch|"
    r"(?:tỉnh|thành|huyện|quận|thị|đảng) ủy)(?!\w)(?:(?! (?:và|tại) (?:nghị|quyết|chỉ|kế|kết|thông|luật))[^,.;:()\n\d]){0,50}?"
    r" số:? ?(?=\d{1,5}(?:/\d{4})?[-/][^\W\d_])"
)
# Number and symbol: 05-CT/TW, 30/2020/NĐ-CP, 19-2017/NQ-CP, 35- NQ/TW, 57/NQ-TW, 24/2018/QH14.
_NUMBERED = re.compile(
    r"(\d{1,5}(?:[ab](?![^\W_]))?)(?:\s?([/-])\s?((?:19|20)\d\d)(?!\d))?"
    r"(?:\s{0,2}([/–\u2010\u2011-])\s{0,2}"
    rf"((?:[{UPPER}][A-Za-zĐđịiÐ]{{0,7}}(?:&[{UPPER}]{{1,6}}|\d{{0,2}})|\d?[{UPPER}]{{1,8}})"
    rf"(?:\s?[-–\u2010\u2011/]\s?[{UPPER}&][{UPPER}a-z&]{{0,12}}\d{{0,2}}(?:[-.][{UPPER}]{{1,10}}(?![^\W_])){{0,2}}){{0,2}}))?"
)
_MORE = re.compile(r"\s{0,2}(?:,|;|và|,? cùng)\s{1,2}(?:số\s{0,2})?(?=\d{1,5}(?!\d|[.,]\d))")
_UNIT_AFTER = re.compile(r"\s?(?:%|[^\W\d_]+)")
_AFTER_BARE = words_of("after_document")
# Kinds that are also planned or counted things: one digit after them is a quantity. The others are always cited by number.
_COUNTABLE = frozenset(["chương trình", "kế hoạch", "đề án", "thông báo", "hướng dẫn"])
_STRICT = frozenset(["chỉ thị", "nghị định", "thông tư", "nghị quyết", "kết luận", "quyết định"])
# Whole years of one National Assembly, whose number stands in the symbol.
_ASSEMBLIES = (("2008", "2010", "QH12"), ("2012", "2015", "QH13"), ("2017", "2020", "QH14"), ("2022", "2025", "QH15"))
# Kinds whose numbers always have their year.
_WITH_YEAR = frozenset(["nghị định", "thông tư"])
_OF_YEAR = re.compile(r" năm ((?:19|20)\d\d)(?![\d/.-]\d|\d)")
_DATED = re.compile(r"[\s,(]{0,3}(?:ban hành |ký )?(?:vào )?(?:ngày )?$")
_TERM = re.compile(rf"(?:[\s,]{{0,2}}(\()?)(?:nhiệm kỳ (?!\d)|khóa )({ROMANS}|\d{{1,2}})(?![^\W_])(?(1)\)?)")
_ON_DAY = re.compile(r",? (?:\()?(?:ban hành )?ngày \d")
_OF_WHAT_FOLLOWS = re.compile(rf", [{UPPER}]")  # theo Nghị định 67, ngày 25/8/2014, Bộ X có …
_AMENDED = ("sửa đổi, bổ sung một số điều của ", "sửa đổi một số điều của ", "bổ sung một số điều của ", "sửa đổi, bổ sung ")
_ABOUT = re.compile(r"(?<!quốc gia)(?<!trung ương) về ", re.I)  # the document's subject, but: Ủy ban Quốc gia về …
_OF_BODY = re.compile(r",? (?:của|do) (?=\w)")
_NO_YEAR = re.compile(r" ngày \d{1,2}[/.-]\d{1,2}(?![/.-]?\d)")  # its year is not known: what follows is still the issuer
_WORD = re.compile(r"[^\W_]+")
_LAW_NUMBER = re.compile(r",? (?:\([^()\n]{1,8}\) )?số:? (?=\d)")
_SHORT = re.compile(rf" [{UPPER}]{{2,8}}(?![^\W_])")
_DEFINED = re.compile(rf" \(([{UPPER}]{{2,8}})\)")
_ANY = "văn bản"  # a document whose symbol tells its kind; one that tells none is an official letter (Nghị định 30/2020/NĐ-CP)
_NOT_BEFORE = re.compile(r"(?:dự thảo|dự án|(xây dựng)|soạn thảo|hồ sơ|ngành|cử nhân|khoa|đại học|đh|trường)\s(?:các\s)?$")

_ANNOUNCED = re.compile(r" số:? ?\d")  # đã xây dựng Kế hoạch số 22: no draft


@cache
def _kinds() -> Lexicon[str]:
    entries = [("dự thảo luật", ""), ("dự án luật", ""), ("luật sư", ""), ("pháp luật", ""), ("kỷ luật", ""), ("quy luật", "")]
    entries.append((_ANY, _ANY))
    for row in table("document_kinds.tsv"):
        for literal in (row["kind"], *filter(None, row["aliases"].split("|"))):
            entries.append((literal, row["kind"]))
    return Lexicon(entries)


_find_kinds = in_one_pass(_kinds)


@cache
def _kind_of_symbol() -> dict[str, str]:
    rows = table("document_kinds.tsv")
    return {symbol: row["kind"] for row in reversed(rows) for symbol in filter(None, row["symbols"].split("|"))}


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
    folded = article.folded
    rows: list[Citation] = []
    reader = _Reader(article, facts.dates)
    done = 0
    for hit in _find_kinds(folded):
        if hit.start < done or not hit.value:
            continue
        found = reader.read(hit)
        if found:
            rows.extend(found)
            done = found[-1].end_char
    return with_relations(article, _one_key(rows))


class _Reader:
    def __init__(self, article: Article, dates: list[DateMention]) -> None:
        self.article, self.text, self.folded = article, article.text, article.folded
        self.short: dict[str, str] = {}  # laws' abbreviations that the text has defined, to their names
        self.explained = False  # whether those told outside of laws' names are among them
        self.days = {d.start_char: d for d in dates if d.date_from == d.date_to}

    def read(self, hit: Hit[str]) -> list[Citation]:
        before = _NOT_BEFORE.search(self.folded, max(0, hit.start - 16), hit.start)
        if before and not (before[1] and _ANNOUNCED.match(self.folded, hit.end, hit.end + 8)):
            return []
        match = _TO_NUMBER.match(self.folded, hit.end, hit.end + 24) or _ISSUED_BY.match(self.folded, hit.end, hit.end + 90)
        if hit.value == _ANY:
            number = _NUMBERED.match(self.text, match.end(), match.end() + 60) if match else None
            parts = re.split(r"\W", number[5] or "") if number else []
            if match is None or len(parts) < 2:
                return []
            kind = next((kind for part in parts if (kind := _kind_of_symbol().get(part))), "công văn")
            return self.numbered(hit._replace(value=kind), match.end(), True)
        if match:
            return self.numbered(hit, match.end(), bool(match.re is _ISSUED_BY or match[1]))
        if hit.value in ("luật", "pháp lệnh"):
            return self.law(hit)
        return [self.row(hit, named) for named in self.named(hit)]

    def named(self, hit: Hit[str]) -> Iterable[Named]:
        """What is cited without a number."""
        text, folded, kind, at = self.text, self.folded, hit.value, hit.end + 1
        if kind == "hiến pháp":
            year = YEAR_AFTER.match(folded, hit.end, hit.end + 12)
            return [Named(hit.start, year.end(), f"hiến pháp {year[1]}", f"hiến pháp {year[1]}")] if year else []
        if kind == "điều lệ":
            found = citation_names.charter(text, folded, hit)
        elif folded[hit.end : at] not in (" ", "\xa0"):
            return []
        else:
            plenums = list(citation_names.plenum(folded, hit, at)) if kind in ("nghị quyết", "kết luận") else []
            if plenums:
                return plenums
            found = citation_names.congress(text, folded, hit, at) if kind in ("nghị quyết", "kết luận") else None
            found = found or citation_names.yearly(text, folded, hit, at)
        return [found] if found else []

    def row(self, hit: Hit[str], named: Named) -> Citation:
        return Citation(
            named.start, named.end, hit.value, None, None, named.key, named.document_id, named.issuer, None, named.term
        )

    def law(self, hit: Hit[str]) -> list[Citation]:
        """A law or ordinance by its name, and by its number where that follows: ``Luật Giá số 16/2023/QH15``."""
        if not self.explained and _SHORT.match(self.text, hit.end):
            self.short = citation_names.abbreviated(self.text, self.folded) | self.short
            self.explained = True
        named = citation_names.law(self.text, self.folded, hit, self.short)
        if named and (defined := _DEFINED.match(self.text, named.end, named.end + 12)):
            self.short[defined[1].lower()] = self.folded[hit.end + 1 : named.end]
        if named is None:
            return []
        number = _LAW_NUMBER.match(self.text, named.end, named.end + 30)
        found = _NUMBERED.match(self.text, number.end(), number.end() + 40) if number else None
        if found is None or not found[5]:
            row = self.row(hit, named)
            if not _ON_DAY.match(self.folded, named.end, named.end + 14) or self.folded.endswith(_AMENDED, 0, hit.start):
                return [row]  # Luật sửa đổi một số điều của Luật A ngày …: the day is of the law that amends
            day = self.day_at(named.end)
            return [row._replace(end_char=day[0], issued_on=day[1]) if day else row]
        stop, issuer, issued, term = self.after(found.end())
        return [self.keyed(hit.value, hit.start, stop, found, found[5], issuer, issued, term)]

    def numbered(self, hit: Hit[str], at: int, announced: bool) -> list[Citation]:
        items: list[tuple[int, int, re.Match[str]]] = []
        start = hit.start
        while match := _NUMBERED.match(self.text, at, at + 60):
            items.append((start, match.end(), match))
            more = _MORE.match(self.folded, match.end(), match.end() + 14)
            if not more or len(items) > 12:
                break
            following = _NUMBERED.match(self.text, more.end(), more.end() + 60)
            if following is None or not (following[5] or announced or not self.counts(following)):
                break
            start = at = more.end()
        if not items:
            return []
        last = items[-1][2]
        if last[5] is None and last[3] is None and not self.is_plain(hit, last, announced):
            items = [item for item in items if item[2][5]]
            if not items:
                return []
        end, of_year = items[-1][1], None
        if hit.value in _WITH_YEAR and last[3] is None and last[5] is None:
            of_year = _OF_YEAR.match(self.folded, end, end + 12)  # Nghị định 105 năm 2014 của Chính phủ
            end = of_year.end() if of_year else end
        numbers_end = end
        end, issuer, issued, term = self.after(end)
        if hit.value == "nghị định" and issuer not in (None, "Chính phủ"):
            end, issuer, issued, term = numbers_end, None, None, None  # công văn … Nghị định 116 của Bộ X: the letter is the Bộ's
        shared = next((m[5] for _, _, m in reversed(items) if m[5]), None)
        rows = []
        for index, (begin, stop, m) in enumerate(items):
            final = index == len(items) - 1
            row = self.keyed(
                hit.value, begin, end if final else stop, m, m[5] or shared, issuer, issued if final else None, term,
                of_year[1] if of_year and final else None,
            )  # fmt: skip
            rows.append(row)
        return rows

    def counts(self, match: re.Match[str]) -> bool:
        """Whether a noun follows a bare number, which then is a quantity: ``Quyết định 12, 3 văn bản``."""
        if not _UNIT_AFTER.match(self.text, match.end()):
            return False
        word = _WORD.match(self.folded, match.end() + 1, match.end() + 12)
        return word is None or word[0] not in _AFTER_BARE or len(match[1]) < 2

    def is_plain(self, hit: Hit[str], match: re.Match[str], announced: bool) -> bool:
        """Whether a number without a symbol is a document's number and no quantity."""
        if self.folded[match.end() : match.end() + 1] in (",", ".") and self.folded[match.end() + 1 : match.end() + 2].isdigit():
            return False
        if self.folded.startswith(("%", "/", "h", "a ", "–1", "-1"), match.end()):
            return False
        if announced:
            return True
        if hit.value not in NAMED_BY_NUMBER or self.is_whole_line(hit.start, match.end()):
            return False
        word = _WORD.match(self.folded, match.end() + 1, match.end() + 12)
        if self.text[hit.start].islower():
            return len(match[1]) > 1 and word is not None and word[0] in ("của", "về") and self.folded[match.end()] == " "
        if self.folded[match.end() : match.end() + 1] != " " or word is None:
            return len(match[1]) > 1 or hit.value not in _COUNTABLE
        if hit.value in _COUNTABLE and len(match[1]) == 1 and word[0] not in ("của", "năm"):
            return False
        if word[0] == "năm":
            return self.folded[word.end() + 1 : word.end() + 5].isdigit()
        if word[0] in _AFTER_BARE:
            return True
        found = counted.read(self.text, self.folded, match.end(), match.end() + 40)
        return len(match[1]) > 1 and hit.value in _STRICT and (found is None or not found.known)

    def is_whole_line(self, start: int, end: int) -> bool:
        """Whether a kind and a bare number are all that a line says, as a film's name in a list does."""
        return self.text[start - 1 : start] in ("", "\n") and self.text[end : end + 1] in ("", "\n")

    def keyed(
        self, kind: str, start: int, end: int, match: re.Match[str], symbol: str | None, issuer: str | None,
        issued: date | None, term: str | None, of_year: str | None = None,
    ) -> Citation:  # fmt: skip
        number, year = match[1], match[3] or of_year
        if symbol is None:
            symbol = SYMBOLS_BY_ISSUER.get((kind, (issuer or "").lower()))
            if kind == "nghị định":  # always numbered with its year
                year = year or (str(issued.year) if issued and issuer == "Chính phủ" else None)
                symbol = "NĐ-CP" if year else None
            if kind in ("nghị quyết", "luật") and year and issuer == "Quốc hội":
                symbol = next((of for since, until, of in _ASSEMBLIES if since <= year <= until), symbol)
            if kind == "thông tư":
                symbol = MINISTRIES.get(issuer.lower()) if issuer and year else None
                symbol = f"TT-{symbol}" if symbol else None
        if symbol is None:
            key = f"{kind} {number}/{year}" if year else f"{kind} {number}"
            return Citation(start, end, kind, _whole(number), None, key, None, issuer, issued, term)
        symbol, style = normal_symbol(symbol, kind)
        if year:
            key = f"{number}/{year}/{symbol}" if match[2] in ("/", None) or style == "state" else f"{number}-{year}/{symbol}"
        else:
            key = f"{number}-{symbol}" if style == "party" else f"{number}/{symbol}"
        if issuer is None and (kind != "nghị định" or symbol == "NĐ-CP"):  # else the symbol is misprinted
            issuer = ISSUER_OF(symbol)
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
            told = self.issuer_at(end) if issuer is None else None
            if told:
                end, issuer = told
                continue
            day = self.day_at(end) if issued is None else None
            if day:
                end, issued = day
                continue
            loose = _NO_YEAR.match(self.folded, end, end + 16) if issued is None else None
            if loose and (told := self.issuer_at(loose.end())):
                end, issuer = told
                continue
            match = _TERM.match(self.folded, end, end + 24) if term is None else None
            if match:
                end, term = match.end(), as_roman(match[2]).upper()
                continue
            break
        return end, issuer, issued, term

    def issuer_at(self, end: int) -> tuple[int, str] | None:
        """The issuer after ``của`` or ``do``: as documents are signed, or any body whose name goes on farther."""
        told = issuer_at(self.text, self.folded, end)
        of = _OF_BODY.match(self.folded, end, end + 8)
        body = bodies_grammar.read(self.article, of.end()) if of else None
        if of is None or body is None:
            return told
        about, named = _ABOUT.search(self.folded, of.end(), body.end), _ABOUT.search(body.name)
        until, name = (about.start(), body.name[: named.start()]) if about and named else (body.end, body.name)
        return told if told and told[0] >= until else (until, name)

    def day_at(self, end: int) -> tuple[int, date] | None:
        for gap in range(18):
            found = self.days.get(end + gap)
            if found:
                if not _DATED.fullmatch(self.folded[end : end + gap]):
                    return None
                stop = found.end_char
                if self.folded[end] == "," and _OF_WHAT_FOLLOWS.match(self.text, stop):
                    return None
                if "(" in self.text[end : end + gap] and self.text[stop : stop + 1] == ")":
                    stop += 1
                return stop, found.date_from
        return None


def _whole(number: str) -> int:
    """``36a`` as 36."""
    return int(number.rstrip("ab"))


def _identity(key: str, symbol: str, year: str | None, issued: date | None, term: str | None) -> str | None:
    if year and not symbol.endswith(("UBND", "HĐND")):
        return key
    if symbol.endswith("/TW"):
        return f"{key}@{term}" if term else None
    if symbol == "NĐ-CP" and issued:  # as it is elsewhere with its year: 19/2016/NĐ-CP
        return key.replace("/NĐ", f"/{issued.year}/NĐ")
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
