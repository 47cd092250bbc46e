"""What else a text calls a body: an acronym that it defines, a broadcaster with its class word, a firm by its short name."""

from __future__ import annotations

import re
from functools import cache

from transforms.clean.syllables import is_syllable
from transforms.clean.unicode import fold_key, fold_tones, without_marks
from transforms.document import Article
from transforms.extract.bodies_generic import FIELDS, FORA, is_occasion
from transforms.extract.bodies_grammar import Body
from transforms.extract.bodies_lexicon import Head, heads
from transforms.extract.bodies_ministries import has_clause
from transforms.extract.bodies_units import commune_told
from transforms.extract.names import name_end
from transforms.extract.place_names import read_name
from transforms.text import LOWER, UPPER, Spans

_ACRONYM = re.compile(
    r"[ \u00a0]?\([ ]?(?:gọi tắt là |sau đây gọi (?:tắt )?là |viết tắt là )?[“\"]?([A-ZĐƯ][A-ZĐƯa-z&.-]{1,11})[”\"]?[ ]?\)"
)
_FULL = re.compile(
    r"(?:Tổ chức|Diễn đàn|Liên minh|Hiệp hội|Quỹ|Cơ quan|Liên đoàn|Cao ủy)"
    r"(?: (?!Tổ chức|Diễn đàn|Liên minh|Hiệp hội|Quỹ|Cơ quan|Liên đoàn|Cao ủy)[^\W\d_]+,?| [-–]){2,12}\Z"
)
_CITIES = ("TP.HCM", "TPHCM", "TP", "HCM", "HN", "VN")  # no acronyms of the body before: "Bệnh viện Nhi đồng 1 (TP.HCM)"
_CLASS = re.compile(r"(?:[Đđ]ài|[Hh]ãng tin|[Hh]ãng thông tấn) $")
_SHORT_NAME = re.compile(rf"[{UPPER}][{LOWER}]+ [{UPPER}][{LOWER}]+|[{UPPER}][A-Za-z]{{3,}}")
_SCHOOL_NAME = re.compile(rf"[{UPPER}][{LOWER}]+(?: [{UPPER}][{LOWER}]+){{1,3}}|[{UPPER}][A-Za-z]{{3,}}")
_FIRMS = ("Tập đoàn", "Công ty", "Tổng công ty")
_GOES_ON = re.compile(rf"[ -]?(?:[{UPPER}\d]|- [{UPPER}])|[&/]")
# Before a name: the end of a longer one, or what is made or sold under it.
_PART = re.compile(
    rf"(?:[{UPPER}][\w&]*|[{UPPER}]\w* -|"
    r"(?<!\w)(?:xe|hiệu|nhãn|máy|mẫu|chiếc|dòng|thoại|tàu|thép|tô|hình|tên|vàng|sữa|bia|sân|đường|phố|chợ|cầu|tòa|nhà|án)) \Z"
)
_CODE = re.compile(r"(?<![\w-])(phòng )?P[ACKVX]\d{2} \Z")
_PAPER = re.compile(r"(?<!\w)tờ ((?:The )?[A-Z][A-Za-z]+(?: (?:of |the )?[A-Z][A-Za-z]+){0,3})(?!\w)")
_TITLE = Head("", "media", None, "none")
_OF_LEVELS = (" cấp tỉnh", " cấp huyện", " cấp xã", " các cấp", " các tỉnh", " các huyện", " các địa phương")
_MOST = 12  # short names of one text


def with_class(article: Article, body: Body) -> Body:
    """A broadcaster or agency of another country with the class word before it: ``Đài`` + ``Sputnik``."""
    if body.head.tail != "none" or is_syllable(body.name.lower()):
        return body
    word = _CLASS.search(article.text, max(0, body.start - 15), body.start)
    if word is None:
        return body
    name = f"{word[0][0].upper()}{word[0][1:]}{body.name}"
    return body._replace(start=word.start(), name=name, stem=name)


def with_code(article: Article, body: Body) -> Body:
    """The police with the department's code before them: ``PC45`` + ``Công an tỉnh Hà Nam``."""
    code = _CODE.search(article.text, max(0, body.start - 14), body.start) if body.start > 4 else None
    if code is None:
        return body
    words = f"{code[0][0].upper()}{code[0][1:]}"
    return body._replace(start=code.start(), name=f"{words}{body.name}", stem=f"{words}{body.stem}")


def with_commune(article: Article, body: Body) -> Body:
    """A commune's committee with the name that the text has elsewhere with its class word: ``UBND`` + ``Ngọc Trạo``."""
    is_bare = body.unit is None and article.text[body.end : body.end + 2].strip().isupper()
    unit = commune_told(article, body.end + 1) if is_bare else None
    if unit is None:
        return body
    return body._replace(end=unit.end, name=f"{body.name} {unit.text}", level=unit.level, unit=unit, is_named=True)


def papers(article: Article, found: list[Body]) -> list[Body]:
    """Papers of other countries that no list has: ``tờ`` + ``Plavi Glas``."""
    named = [(paper.start(1), paper.end(1)) for paper in _PAPER.finditer(article.text)]
    if not named:
        return []
    taken = Spans((body.start, body.end) for body in found)
    return [
        Body(start, end, article.text[start:end], article.text[start:end], "media", None, None, _TITLE, True, True)
        for start, end in named
        if start not in taken and not all(map(is_syllable, article.folded[start:end].split()))
    ]


def by_short_names(article: Article, found: list[Body]) -> list[Body]:
    """Schools by ``Trường`` and their proper name alone, firms by a name that is no place's or person's."""
    names: dict[str, tuple[str, Body]] = {}
    for body in found:
        if body.head.tail != "run" or len(names) >= _MOST:
            continue
        own = body.name.removeprefix(body.head.name).strip()
        is_school = body.head.name.startswith("Trường ")
        if (_SCHOOL_NAME if is_school else _SHORT_NAME).fullmatch(own) is None:
            continue
        if is_school:
            names.setdefault(f"rường {own}", (f"Trường {own}", body))
        elif body.head.name in _FIRMS and (body.head.name == _FIRMS[0] or not all(map(is_syllable, own.lower().split()))):
            names.setdefault(own, (own, body))
    if not names:
        return []
    taken = Spans((body.start, body.end) for body in found)
    more = []
    for literal, (name, body) in names.items():
        pos = article.text.find(literal)
        while pos >= 0:
            start, end = pos - (literal[0] == "r"), pos + len(literal)
            if start not in taken and _stands_alone(article, start, end):
                more.append(body._replace(start=start, end=end, name=name, stem=name))
            pos = article.text.find(literal, end)
    return more


def _stands_alone(article: Article, start: int, end: int) -> bool:
    """Whether a name is no part of a longer one, of a place's, a person's or a product's."""
    text = article.text
    if text[start - 1 : start].isalnum() or text[end : end + 1].isalnum() or _GOES_ON.match(text, end):
        return False
    if text[start] in "Tt" and article.folded.startswith("trường ", start):
        return True
    if _PART.search(text, max(0, start - 14), start) or name_end(text, start):
        return False
    return not any(read_name(article, start, level) for level in ("province", "district"))


def is_brand_of(article: Article, before: Body, body: Body) -> bool:
    """Whether a brand in brackets only repeats the company before it: ``Tổng công ty Hàng hải Việt Nam (Vinalines)``."""
    if body.head.tail != "none" or not 0 < body.start - before.end <= 2 or body.head.kind != "company":
        return False
    return article.text[body.start - 1] == "(" and article.text[body.end : body.end + 1] == ")"


def by_acronyms(article: Article, found: list[Body]) -> list[Body]:
    """Later mentions by an acronym that the text defines in brackets: ``Thanh tra Chính phủ (TTCP)``."""
    text = article.text
    defined: dict[str, Body] = {}
    for body in found:
        is_next = "(" in text[body.end : body.end + 2]
        acronym = _ACRONYM.match(text, body.end, min(len(text), body.end + 40)) if is_next else None
        if acronym and sum(letter.isupper() for letter in acronym[1]) > 1 and not _is_common(acronym[1], body):
            defined.setdefault(acronym[1], body._replace(end=acronym.end()))
    defined |= _worldwide(article, found, defined)
    if not defined:
        return []
    for number, body in enumerate(found):
        full = defined.get(text[body.start : body.end])
        if full:
            found[number] = full._replace(start=body.start, end=body.end)
    taken = Spans((body.start, body.end) for body in found)
    more = []
    for acronym_text, body in defined.items():
        pos = text.find(acronym_text)
        while pos >= 0:
            end = pos + len(acronym_text)
            inside = pos in taken or body.start <= pos < body.end or article.folded.endswith(FIELDS, 0, pos)
            inside = inside or article.folded.startswith(_OF_LEVELS, end)
            inside = inside or (acronym_text in FORA and is_occasion(article.folded, pos, end))
            if not inside and not text[pos - 1 : pos].isalnum() and not text[end : end + 1].isalnum():
                more.append(body._replace(start=pos, end=end))
            pos = text.find(acronym_text, end)
    return more


def _worldwide(article: Article, found: list[Body], defined: dict[str, Body]) -> dict[str, Body]:
    """International bodies known by their acronym whose full name the text gives as no list has it: ``Tổ chức … (ICAO)``."""
    named: dict[str, Body] = {}
    for body in {body.name: body for body in found if body.head in _worldwide_heads()}.values():
        at = article.text.find(f" ({body.name})")
        full = _FULL.search(article.text, max(0, at - 100), at) if at > 0 else None
        known = defined.get(body.name)
        if full and known and known.start <= full.start():
            continue
        if full and not has_clause(full[0]):
            name = fold_tones(full[0])
            whole = body._replace(start=full.start(), end=full.end(), name=name, stem=name)
            found[:] = [whole if one.end == whole.end and one.start >= whole.start else one for one in found]
            named[body.name] = whole._replace(end=at + len(body.name) + 3)
    return named


@cache
def _worldwide_heads() -> frozenset[Head]:
    every = (head for entries in heads().values() for head, _ in entries)
    return frozenset(head for head in every if head.tail == "none" and head.kind == "other" and head.name.isupper())


def _is_common(acronym: str, body: Body) -> bool:
    """Whether an acronym has a meaning of its own (UBND), or stands for the last words of the name only (doanh nghiệp (DN))."""
    if acronym in _CITIES or body.head.name == "Nhà máy":  # what it makes: "Nhà máy Sản xuất Polypropylene (PP)"
        return True
    words = without_marks(body.name.upper()).split()
    initials = "".join(word[0] for word in words if word[0].isalpha() and word not in ("VA", "-"))
    letters = without_marks("".join(letter for letter in acronym.upper() if letter.isalpha()))
    if body.name.startswith("Hội ") and initials[1:].endswith(letters):
        return True  # the people whose society it is
    if len(initials) > 1 and letters != initials and letters.endswith(initials):
        return True  # it has words before the body: "Đại biểu Quốc hội (ĐBQH)"
    if letters in initials and initials != letters and (body.head.tail == "run" or not initials.startswith(letters)):
        return True
    return any(head.tail in ("opt", "req", "topic") and head.kind != "company" for head, _ in heads().get(fold_key(acronym), ()))
