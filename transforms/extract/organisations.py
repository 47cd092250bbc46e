"""Mentions of named bodies: where the grammar of their names finds one that is meant as a particular body."""

from __future__ import annotations

import re
from bisect import bisect_right
from itertools import zip_longest
from operator import attrgetter

from schemas.rows import Organisation
from transforms.clean.unicode import fold_key, fold_tones
from transforms.document import Article, Facts, Home
from transforms.extract import bodies_called, bodies_generic, bodies_inspectors, bodies_listed, gazetteer
from transforms.extract.bodies_companies import ITEM, read_companies
from transforms.extract.bodies_grammar import Body, read
from transforms.extract.bodies_lexicon import Head, find_heads, heads_at
from transforms.extract.bodies_names import wants_topic
from transforms.extract.bodies_units import Unit
from transforms.extract.place_names import CLASSES, read_name
from transforms.text import Spans

_PLURAL = re.compile(
    r"(?:^|[\s(])(?:các(?! cấp)|những|mỗi|từng|mọi|nhiều|một số|(?<!thứ )(?:hai|ba|bốn|(?<!lầu )năm)|"
    r"(?<!thứ )(?<!ngày )\d{1,3}(?:\.\d{3})?)[ \u00a0](?:[^\W\d]{2,6}, |[^\W\d]{2,6} và )*$"
)
_THOUSANDS = re.compile(r"\.\d{3} ")  # "38.000 CLB": never particular ones
# How all of them end: most words before a body are none of these, which is sooner told than searched for.
_PLURAL_WORDS = ("các", "những", "mỗi", "từng", "mọi", "nhiều", "một số", "hai", "ba", "bốn", "năm")
_EACH = ("các ", "những ", "mỗi ", "từng ", "mọi ", "nhiều ")
_PLURAL_ENDS = (*(word + space for word in _PLURAL_WORDS for space in " \u00a0"), ", ", " và ", "\n")
_GENERIC_AFTER = re.compile(
    r"[ \u00a0](?:của[ \u00a0])?(?:ở )?(?:các|cấp|hai cấp|từng|mỗi|những|3 cấp|2 cấp|ba cấp|trực thuộc|cơ sở|viên|"
    r"địa phương|một số|"
    r"\d{1,3} (?:nước|huyện|xã|phường|tỉnh|quận|thành phố|thị xã|đảng|chi bộ|cơ sở|đơn vị))(?!\w)"
)
_GENERIC_UNITS = re.compile(
    r"(?:, ?| và |/| - |-)(?:xã|phường|thị trấn|huyện|quận|thị xã|thành phố|tỉnh)(?! ủy| đoàn| hội)(?!\w)"
)
_OFFICE_BEFORE = re.compile(
    r"(?:bí thư|chủ tịch|trưởng|phó ban|phó|giám đốc|chủ nhiệm|hiệu trưởng|ủy viên|viên chức|cán bộ|"
    r"chánh|đoàn|lãnh đạo|đại diện)[ \u00a0]$"
)
_MEMBER_BEFORE = re.compile(r"(?:ủy viên|ủy viên dự khuyết|uv)[ \u00a0]$")
_DEPUTY_BEFORE = re.compile(
    r"(?:bí thư|chủ tịch|chủ nhiệm|thủ tướng|trưởng|trưởng ban|phó ban|ủy viên|giám đốc|phó)[ \u00a0]$"
)
_CLASS_WORD = "(tỉnh|thành phố|quận|huyện|thị xã|xã|phường|thị trấn) "
_SEVERAL = re.compile(rf" (?:các|hai|ba|bốn|năm|\d) {_CLASS_WORD}")
_UNIT_CLASS = re.compile(rf"(?:các )?{_CLASS_WORD}")
_GAP = re.compile(r"[ \u00a0]{1,2}(?:của[ \u00a0])?")
_CHAIN = re.compile(r",[ \u00a0]|[ \u00a0]và[ \u00a0]|[ \u00a0]")
_CAPITAL = frozenset(
    ["Vụ", "Bộ", "Cục", "Hội", "Viện", "Đại học", "Ủy ban", "Hội đồng", "Quốc hội", "Thanh tra", "Văn phòng", "Thường trực",
     "Thường vụ", "Hải quan", "Cảng vụ", "Cổng thông tin", "Cổng thông tin điện tử"]
)  # fmt: skip
_STATE = ("Quốc", "Chính", "Bộ", "Cục", "Tổng", "Ủy")  # first words of bodies that every state has
_FRONT = "Ủy ban Mặt trận Tổ quốc Việt Nam"
_BARE_STATE = ("Quốc hội", "Chính phủ")
_OTHERS = re.compile(r" (?:của )?(?:nước (?:này|đó|họ|sở tại|bạn)|hai nước)(?!\w)")
# Committees that are meant as particular bodies even where they are printed small.
_LOWER = frozenset(
    ["Tỉnh ủy", "Huyện ủy", "Thành ủy", "Quận ủy", "Thị ủy", "Bộ Chính trị", "Quốc hội", "Ban Bí thư", "Hạ viện", "Thượng viện"]
)
_DATELINE = re.compile(r" [-–] | (?:Chủ tịch|Phó|Bí thư|Tổng|Thủ tướng|Bộ trưởng|Đồng chí|Ông|Bà) ")
# Committees of every kind: "bí thư huyện ủy, quận ủy, thị ủy".
_COMMITTEES = re.compile(r"(?:(?:, | và |/)(?:tỉnh|thành|huyện|quận|thị) ủy(?!\w)){1,2}")
_OF_ALL = (" trực thuộc", " ở các ", " các ", " ở địa phương", " địa phương")
_BESIDE = re.compile(r"(?<!\w)(?:(?:tỉnh|thành|huyện|quận|thị) ủy(?:, | và |/))+\Z")
_SEATS = frozenset(["Nhà Trắng", "Phòng Bầu dục", "Lầu Năm Góc", "Điện Kremlin"])
_INTO = ("vào ", "tại ", "trong ", "ở ", "rời ", "đến ", "tới ", "bên ngoài ", "trước ")
_BARE = frozenset(["opt", "none", "foreign"])
_BOARDS = ("Ban Thường vụ", "Ban Chấp hành", "Thường trực", "Thường vụ", "Ban Thường trực", "Đoàn Chủ tịch")


def read_body(article: Article, pos: int) -> tuple[int, str] | None:
    """The end and the canonical name of the body whose name begins at ``pos``, whatever its case.

    >>> read_body(Article.from_text("Trưởng ban Tuyên giáo Tỉnh uỷ, nêu"), 7)
    (29, 'Ban Tuyên giáo Tỉnh ủy')
    """
    body = read(article, pos)
    return (body.end, body.name) if body else None


def extract(article: Article, facts: Facts) -> list[Organisation]:
    """Bodies in text order, with the units to which they belong.

    >>> article = Article.from_text("Công an huyện Na Rì và các Sở: Y tế, Nội vụ phối hợp UBND tỉnh.")
    >>> [row.name for row in extract(article, Facts())]
    ['Công an huyện Na Rì', 'Sở Y tế', 'Sở Nội vụ', 'Ủy ban nhân dân tỉnh']
    """
    found: list[Body] = []
    done = 0
    plural_until = -1
    text, folded = article.text, article.folded
    inside = Spans((place.start_char + 1, place.end_char) for place in facts.places)  # "phường Sở Dầu"
    for start, options in find_heads(text, folded):
        if start < done or not options:
            continue
        if text.startswith("quốc H", start):  # "đại biểu toàn quốc [Hội Nông dân …]"
            start, options = start + 5, heads_at(text, folded, start + 5)
        if text[start].islower() and wants_topic(article, options) and text.find(":", start, start + 14) < 0:
            continue  # "vụ án", "phòng chống", "bộ phận": half of what begins as a body does
        plural = folded.endswith(_PLURAL_ENDS, 0, start) or folded[start - 2 : start - 1].isdecimal()
        plural = plural and _PLURAL.search(folded, max(0, start - 30), start) is not None
        if plural or text.find(":", start, start + 14) > 0:
            listed = bodies_listed.distributed(article, start) if plural else []
            listed = listed or read_companies(article, start)
            if listed:
                found += listed
                done = listed[-1].end
                continue
        shared = _of_units(article, start, options)
        if shared:
            found += shared
            done = shared[-1].end
            continue
        body = read(article, start, options=options)
        if body is None or start in inside:
            continue
        body = _without_office(article, body)
        if body is None:
            continue
        chained = plural_until >= 0 and _CHAIN.fullmatch(folded, plural_until, start) is not None
        if plural and ((body.head.tail == "run" and text[start].islower()) or _THOUSANDS.fullmatch(text, start - 5, start)):
            continue
        if not body.is_named and ((plural and not _is_ministry(article, body)) or (chained and not body.is_tailed)):
            plural_until = body.end
            if body.head.name in _BOARDS and (folded[start - 2].isdecimal() or folded.endswith(_EACH, 0, start)):
                done = body.end  # "10 Ban Thường vụ Tỉnh ủy"
            continue
        if found and bodies_called.is_brand_of(article, found[-1], body):
            continue
        if _is_meant(article, body):
            fields = bodies_listed.fields_after(article, body) if body.head.name in ("Bộ", "Sở") else []
            if fields:
                found += fields
                done = found[-1].end
                continue
            if body.head.kind == "media":
                body = bodies_called.with_class(article, body)
            elif body.head.name == "Công an":
                body = bodies_called.with_code(article, body)
            elif body.head.name in ("Ủy ban nhân dân", "Hội đồng nhân dân"):
                body = bodies_called.with_commune(article, body)
            found.append(body)
            done = body.end
            small = body.unit is not None and body.unit.level == "commune"
            if plural and body.unit and body.unit.name and (small or body.head.level in ("province", "district")):
                more = _fellows(article, body)
                found += more
                done = found[-1].end
    found = bodies_generic.without_those_of_all(article, facts, bodies_generic.without_distributed(article, found))
    found = bodies_generic.without_those_in_general(article, facts, found)
    found = bodies_inspectors.with_founders(article, bodies_inspectors.with_kinds(found))
    found = [_of_the_same(article, body, after) for body, after in zip_longest(found, found[1:])]
    found += bodies_called.by_acronyms(article, found)
    found += bodies_called.papers(article, found)
    found += bodies_called.by_short_names(article, found)
    abroad = _is_abroad(article, facts)
    rows = [_row(article, facts, body, abroad) for body in sorted(found)]
    return [row for number, row in enumerate(rows) if not number or rows[number - 1].start_char != row.start_char]


def _of_units(article: Article, start: int, options: list[tuple[int, Head]]) -> list[Body]:
    """``UBND các xã Tân An và Tân Bình``: bodies whose head and class word stand once, before a list of units' names."""
    text, folded = article.text, article.folded
    end, head = options[0]
    several = _SEVERAL.match(folded, end) if head.tail in ("req", "opt") and head.level != "central" else None
    if several is None:
        return []
    found: list[Body] = []
    word, pos = several[1], several.end()
    while len(found) < 30:
        name = read_name(article, pos, CLASSES[word], unknown=True)
        if name is None:
            break
        unit = Unit(name.end, f"{word} {fold_tones(text[name.start : name.end])}", name.level, name)
        bare = fold_tones(text[name.start : name.end]) if head.name in _LOWER else unit.text
        full, begin = f"{head.name} {bare}", pos if found else start
        found.append(Body(begin, name.end, full, head.name, head.kind, head.level or name.level, unit, head, True, True))
        link = ITEM.match(text, name.end)
        if link is None:
            break
        again = _UNIT_CLASS.match(folded, link.end())
        word, pos = (again[1], again.end()) if again else (word, link.end())
    return found if len(found) > 1 else []


def _without_office(article: Article, body: Body) -> Body | None:
    """The body in ``Ủy viên Ban Thường vụ Tỉnh ủy`` and ``Phó Bí thư Thường trực Tỉnh ủy`` is ``Tỉnh ủy``."""
    name = body.head.name
    if name not in _BOARDS:
        return body
    pattern = _MEMBER_BEFORE if name in ("Ban Thường vụ", "Thường vụ", "Ban Chấp hành", "Đoàn Chủ tịch") else _DEPUTY_BEFORE
    before = pattern.search(article.folded, max(0, body.start - 24), body.start)
    if before is None and body.name != "Thường trực Ban Bí thư" and not article.folded.endswith("cơ quan ", 0, body.start):
        return body
    for end, head in heads_at(article.text, article.folded, body.start):
        if head.name == name:
            gap = _GAP.match(article.folded, end)
            return read(article, gap.end()) if gap else None
    return None


def _is_meant(article: Article, body: Body) -> bool:
    """Whether a name stands for a particular body, by its capitals and what surrounds it."""
    text, folded = article.text, article.folded
    printed = text[body.start : body.end]
    if not body.is_tailed and body.head.tail not in _BARE:
        return False
    if folded[body.end : body.end + 5].startswith(" viên") and body.name.endswith("ủy"):
        return False
    if body.unit and body.unit.name is None and _GENERIC_UNITS.match(folded, body.end):
        return False
    if body.head.name == "Chính phủ" and folded.endswith(("liên ", "trái phiếu "), 0, body.start):
        return False
    if body.name == "Chính phủ" and folded.startswith((" điện tử", " kiến tạo", " số "), body.end):
        return False
    if not body.is_named and body.head.kind == "front_and_unions" and folded.endswith("các cấp ", 0, body.start):
        return False
    if not body.is_named and (_GENERIC_AFTER.match(folded, body.end) or _is_left_open(text, body)):
        return False
    at = " tại" if not body.is_named and body.level != "central" and folded.startswith(" tại ", body.end) else ""
    if at and _GENERIC_AFTER.match(folded, body.end + len(at)):  # "Hội Phụ nữ tại 126 xã"
        return False
    if body.start > 1 and text[body.start - 1] in "-/" and text[body.start - 2].isalnum():  # the symbol of a document
        return False
    if text[body.start - 1 : body.start] in ("-", " ") and bodies_generic.is_symbol(article, body.start):
        return False
    if body.head.tail == "party" and folded.endswith(("toàn ", "xây dựng ", "công tác ", "trung ương "), 0, body.start):
        return False
    if body.head.name in ("Báo", "Tạp chí", "Câu lạc bộ") and bodies_generic.is_of_a_country(article, body):
        return False
    if bodies_generic.is_no_body(article, body):
        return False
    if body.head.name in bodies_generic.FORA:
        return not bodies_generic.is_occasion(folded, body.start, body.end)
    if body.name.endswith("ủy") and folded.startswith(" quyền", body.end):  # "được tỉnh ủy quyền"
        return False
    if body.head.kind == "media" and (body.name.endswith((" Xuân", " Tết")) or body.name.startswith(("Báo PV", "Báo Xuân"))):
        return False  # the issue for the New Year; a reporter
    if body.head.kind == "media" and body.head.tail == "none":  # a picture's or an agency's credit
        before, after = folded[max(0, body.start - 7) : body.start], text[body.end : body.end + 1]
        if before[-1:] in ("\n", "") and _DATELINE.match(text, body.end):  # or a picture's credit
            return False
        if before.endswith("pv ") and not body.name.startswith("Báo"):
            return False
        if after in ("", "\n") and text.endswith("Theo ", 0, body.start):  # the source below a report
            return False
        if before.endswith("ảnh ") and text[body.start - 4] == "Ả":  # "Ảnh TTXVN"
            return False
        return not before.endswith(("ảnh: ", "nguồn: ", "/", "(", "chỉ số ")) and after not in ("/", ")")
    if body.name in _SEATS and folded.endswith(_INTO, 0, body.start):  # the house, not who governs from it
        return False
    if bodies_generic.is_compound(folded, body) or bodies_generic.is_in_a_name(folded, body):
        return False
    if not body.is_named and (bodies_generic.is_a_field(article, body) or folded.endswith(" một ", 0, body.start)):
        return False
    if body.head.name.startswith("Hội ") and bodies_generic.is_gathering(folded, body):
        return False
    if printed[0].isupper() or printed.startswith("al-"):
        return not (text[body.start - 1 : body.start] == "(" and text[body.end : body.end + 1] == ")" and printed.isupper())
    if printed.startswith(("ban ", "văn phòng ")) and (told := bodies_generic.is_told_small(folded, body)) is not None:
        return told and not _is_one_of_all(folded, body)
    if body.head.name in _LOWER:
        return body.is_named or not _is_one_of_all(folded, body)
    if body.head.name in _CAPITAL:  # but "bộ ngoại giao Trung Quốc"
        return body.head.name == "Bộ" and body.is_named and body.unit is None and printed[-1:].islower()
    if body.head.tail == "run":
        return body.is_named and printed != printed.lower()
    if body.is_named:
        return any(character.isupper() for character in printed)
    if _OFFICE_BEFORE.search(folded, max(0, body.start - 16), body.start):
        return body.is_tailed or (body.head.tail == "none" and printed != printed.lower())
    if printed == printed.lower():
        return False
    if printed.startswith("cơ quan ") or (body.head.tail == "none" and " " in printed):
        return True  # "cơ quan Cảnh sát điều tra", "tổ chức Hiệp ước …"
    return body.is_tailed or body.head.kind == "party" or body.head.name == "Thanh tra Bộ"


def _is_left_open(text: str, body: Body) -> bool:
    """``dân phòng, Công an huyện…``: those of the districts or communes concerned, none in particular."""
    is_local = body.unit is not None and body.unit.name is None and body.unit.level in ("district", "commune")
    return is_local and text.startswith(("…", "..."), body.end)


def _is_ministry(article: Article, body: Body) -> bool:
    """Whether one ministry of several is told by its field: ``các Bộ Y tế; Bộ Công an``."""
    return body.head.name == "Bộ" and article.text[body.start + 3 : body.start + 4].isupper()


def _is_one_of_all(folded: str, body: Body) -> bool:
    """Whether at least two other kinds of committee are listed beside one: no particular one is meant."""
    after = _COMMITTEES.match(folded, body.end)
    if after and folded.startswith(_OF_ALL, after.end()):
        return True
    before = _BESIDE.search(folded, max(0, body.start - 40), body.start)
    return sum(found[0].count("ủy") for found in (before, after) if found) > 1


def _fellows(article: Article, body: Body) -> list[Body]:
    """``các Huyện ủy Bến Lức, Thủ Thừa``: the committees whose word stands once."""
    found: list[Body] = []
    assert body.unit is not None and body.unit.name is not None
    end = body.end
    word = body.unit.text.removesuffix(fold_tones(article.text[body.unit.name.start : body.unit.name.end]))
    before = body.name.removesuffix(body.unit.text) if body.unit.level == "commune" else f"{body.head.name} "
    for _ in range(20):
        link = ITEM.match(article.text, end)
        again = _UNIT_CLASS.match(article.folded, link.end()) if link and word else None
        word = f"{again[1]} " if again else word
        name = read_name(article, again.end() if again else link.end(), body.unit.name.level) if link else None
        if name is None:
            break
        unit = body.unit._replace(end=name.end, text=article.text[name.start : name.end], name=name)
        full = f"{before}{word}{gazetteer.canonical(name.key, name.level) or unit.text}"
        found.append(body._replace(start=name.start, end=name.end, name=full, unit=unit))
        end = name.end
    return found


def _of_the_same(article: Article, body: Body, after: Body | None) -> Body:
    """``HĐND, UBND tỉnh``: the council whose unit is printed once, after the committee beside it."""
    if body.name != "Hội đồng nhân dân" or after is None or after.unit is None or after.head.name != "Ủy ban nhân dân":
        return body
    if article.folded[body.end : after.start] not in (", ", " và ", "-", " - ", "; "):
        return body
    level = after.unit.level or body.level
    return body._replace(name=f"{body.name} {after.unit.text}", unit=after.unit, level=level, is_named=after.is_named)


_start = attrgetter("start_char")


def _is_abroad(article: Article, facts: Facts) -> bool:
    """Whether a text names other countries only: its bare parliaments, governments and ministries are theirs."""
    return bool(facts.places) and all(
        p.level == "country" and (p.name != "Việt Nam" or article.folded.endswith("giờ ", 0, p.start_char)) for p in facts.places
    )


def _row(article: Article, facts: Facts, body: Body, abroad: bool) -> Organisation:
    level, code, chosen = body.level, None, None
    unit = body.unit
    of_nation = body.head.name == "Hội đồng" and body.name.endswith((" quốc gia", " Quốc gia"))
    others = abroad and (of_nation or (not body.is_named and body.name.partition(" ")[0] in _STATE))
    others = others or (body.name in _BARE_STATE and bodies_generic.is_foreigners(article, body))
    if others or _OTHERS.match(article.folded, body.end):
        level = None
    elif unit and unit.name:
        number = bisect_right(facts.places, unit.name.start, key=_start) - 1
        place = facts.places[number] if number >= 0 else None
        if place and unit.name.start < place.end_char:
            code, chosen = place.code, place.code_set
            level = place.level if place.level != "country" else level
        elif facts.home and unit.name.key == _province_key(facts.home):  # "… đô thị Hà Nội": no place's mention
            code, chosen = facts.home.province_code, facts.home.code_set
    elif level == "central" or (unit is None and not facts.home):
        pass
    elif facts.home and body.kind not in ("company", "media", "other", "cooperative"):
        code, chosen, level = _at_home(facts, body, level)
    if level == "central" and facts.home and body.name.endswith(_FRONT):  # the home's own is called so too
        level = None
    if level == "central":
        body_id: str | None = f"{fold_key(body.stem if body.head.tail == 'foreign' else body.name)}@TW"
    else:
        body_id = f"{fold_key(body.stem)}@{code}" if code else None
    if chosen is None or code is None:
        code = chosen = None
    return Organisation(body.start, body.end, body.name, body.kind, level if level != "country" else None, code, chosen, body_id)


def _at_home(facts: Facts, body: Body, level: str | None) -> tuple[str | None, str | None, str | None]:
    """The unit of a body that is printed without one: the document's own, at the body's level."""
    home = facts.home
    assert home is not None
    word = body.unit.text if body.unit else ""
    if word == "thành phố" or (level is None and body.stem.endswith("Thành ủy")):
        level = "province" if _is_city(home) else "district"
    if level == "province":
        if (word == "tỉnh" or body.stem.startswith("Tỉnh")) and _is_city(home):  # another province's
            return None, None, level
        return home.province_code, home.code_set, level
    unit = gazetteer.by_code().get((home.place_code or "", home.code_set))
    while unit and level in ("district", "commune"):
        if unit.level == level:
            return unit.code, unit.code_set, level
        unit = gazetteer.by_code().get((unit.parent_code or "", unit.code_set))
    return None, None, level


def _province_key(home: Home) -> str:
    return gazetteer.unit_key(gazetteer.by_code()[home.province_code, home.code_set].name)


def _is_city(home: Home) -> bool:
    return gazetteer.class_word(gazetteer.by_code()[home.province_code, home.code_set]) == "thành phố"
