"""Reads the name of a body that begins at a given place: head, topic or proper name, and to what it belongs.

``Ban Tuyên giáo`` + ``Tỉnh ủy`` + ``Bến Tre``; ``Phòng`` + ``GD&ĐT`` + ``huyện``; ``Công ty TNHH`` + a proper name. A name ends
before a person, an office, a verb, a comma, a bracket or a dash.
"""

from __future__ import annotations

import re
from typing import NamedTuple

from transforms.clean.syllables import is_syllable
from transforms.clean.unicode import fold_tones
from transforms.document import Article
from transforms.extract import bodies_kinds, bodies_purpose, bodies_teams
from transforms.extract.bodies_lexicon import Head, heads_at
from transforms.extract.bodies_names import SPACE, read_run, read_topic
from transforms.extract.bodies_units import (
    COMMITTEES,
    ELECTED,
    NATION,
    SMALL,
    Unit,
    bare_unit,
    past_acronym,
    past_term,
    read_unit,
)
from transforms.extract.place_names import printed_name, read_name
from transforms.text import UPPER

_DEPTH = 4
_OF = re.compile(r"[ \u00a0]{1,2}(?:của[ \u00a0]{1,2})?")
_CENTRAL = re.compile(r"(?:(?:trung ương(?! cục)|tw|t\.ư|tư)(?: đảng)?|tối cao)(?!\w)")
_WIDE = re.compile(
    r"(?:quốc gia|nhà nước|quốc tế|thế giới|toàn cầu|châu á|châu âu|miền (?:nam|bắc|trung|tây|đông)|phía nam|"
    r"khu vực (?:[ivx]+|\d+)|việt nam|vn)(?!\w)"
)
_ORGANS = re.compile(
    r"(?:khối (?:các )?cơ quan(?: và doanh nghiệp| đảng| dân chính đảng)?|khối doanh nghiệp|khối dân chính đảng|"
    r"các cơ quan đảng(?! ủy)|khối đảng|khối các trường[\w, ]{0,40}|công an|quân sự|ngoài nước|dân chính đảng|quân đội|"
    r"biên phòng|bộ đội biên phòng)(?!\w)"
)
_ABROAD = re.compile(
    r"[ \u00a0](tại|ở)[ \u00a0](?:(?:Vương quốc|Cộng h(?:òa|oà)|nước|.hành phố|.hủ đô) )?"
    rf"[{UPPER}][\w-]*(?:[ \u00a0][{UPPER}][\w-]*){{0,3}}"
)
# The one in question: "Đảng ủy Công ty", "Ban Tuyên giáo Đảng ủy Khối".
_IN_QUESTION = re.compile(
    rf"(?:Khối|Công ty|Tổng công ty|Tập đoàn|Nhà trường|Trường|Sở|Viện)(?!\w| [{UPPER}\d]| (?:các|cơ quan|doanh|dân))"
)
_HERE, _IN_VIETNAM = " tại việt nam", " tại Việt Nam"
_COURTS, _COURT = re.compile(r" (?:của )?(?:tand|tòa án nhân dân)(?!\w)"), "Tòa án nhân dân"  # all of them
_FRONTS = ("Ủy ban Mặt trận", "Ủy ban MTTQ", "UBMTTQ", "UB MTTQ")  # a purpose's words keep their abbreviations
_NAMED = re.compile(rf" ([{UPPER}][\w]*)")
_MISSIONS = ("Phân hiệu", "Đại sứ quán", "Tổng Lãnh sự quán", "Lãnh sự quán", "Văn phòng đại diện",
             "Tòa Phúc thẩm Tòa án nhân dân tối cao")  # fmt: skip
_BANKS = ("Ngân hàng ", "Agribank", "BIDV", "VietinBank", "Vietcombank")
_SOCIETIES = frozenset(["Hội", "Hiệp hội", "Tổng hội", "Liên hiệp hội", "Câu lạc bộ"])  # of Vietnamese abroad
_ALONE = ("none", "party", "number")  # heads of bodies that belong to no other
_STATES_OWN = frozenset(["Bộ", "Đảng", "Cơ quan", "Bộ Tư lệnh", "Liên đoàn", "Hiệp hội", "Cục", "Ủy ban"])  # of which country
_OF_BODIES = ("Chi nhánh", "Phân hiệu")  # parts of another body only
_WANTING = ("req", "run", "serial", "party", "abroad")  # heads that are no name alone
_GO_ON = frozenset(["Ban Chấp hành Trung ương", "Ban Thường vụ Trung ương", "Thanh tra Bộ", "Thanh tra Sở", "Văn phòng Bộ"])
# Bodies of a region: "Kho bạc Nhà nước khu vực II".
_REGIONAL = frozenset(["Tòa án nhân dân", "Viện kiểm sát nhân dân", "Kho bạc Nhà nước", "Kiểm toán Nhà nước", "Bảo hiểm xã hội",
     "Cảng vụ Hàng không", "Cảng vụ Hàng hải", "Cảng vụ Đường thủy nội địa"])  # fmt: skip
_OF_THE_PARTY = ("Thường vụ Trung ương", "Ban Thường vụ Trung ương", "Ban Chấp hành Trung ương")
_NATIONAL = ("Ban Chỉ đạo quốc gia", "Ban Chỉ đạo Quốc gia", "Ban Chỉ đạo Trung ương")  # for what, in small letters
_CONCERNED = ("Ban Chỉ đạo", "Ủy ban", "Hội đồng")
_CELLS = frozenset(["Đảng bộ", "Đảng ủy", "Chi bộ", "Liên chi bộ", "Công đoàn", "Đoàn Thanh niên"])  # any body may have them
_HOSTS = ("trường đại học ", "trường đh ", "bệnh viện ", "học viện ", "trường cao đẳng ", "bv ", "viện ")  # of faculties
_SMALL_PARTS = (*SMALL, "trường ", "bệnh viện ", "công ty ", "tổng công ty ", "ngân hàng ", "sở ", "viện ", "khoa ")
# Bodies that stand beside another and do not own it.
_SIDE = frozenset(
    ["Báo", "Tạp chí", "Ban", "Hội", "Tòa án nhân dân", "Viện kiểm sát nhân dân", "Mặt trận Tổ quốc", "Ban Tuyên giáo"]
)


class Body(NamedTuple):
    """A name that was read. ``stem`` is the name without its unit; ``is_named`` tells a unit's or a proper name in it."""

    start: int
    end: int
    name: str
    stem: str
    kind: str
    level: str | None
    unit: Unit | None
    head: Head
    is_named: bool
    is_tailed: bool  # something follows the head


class _Tail(NamedTuple):
    end: int
    text: str
    stem: str
    level: str | None
    unit: Unit | None
    kind: str | None
    is_named: bool


def read(article: Article, pos: int, depth: int = 0, options: list[tuple[int, Head]] | None = None) -> Body | None:
    """The longest body's name that begins at ``pos``, None where none does; ``options`` are the heads there, if known.

    >>> body = read(Article.from_text("Ban tuyên giáo Tỉnh uỷ Bến Tre Ký kết"), 0)
    >>> body.name, body.end
    ('Ban Tuyên giáo Tỉnh ủy Bến Tre', 30)
    """
    longest = 0
    for end, head in heads_at(article.text, article.folded, pos) if options is None else options:
        if head.tail == "topic" and end < longest:  # "Ban Tổ chức" of a contest is no "Ban" for "Tổ chức"
            continue
        if head.name in _GO_ON and _goes_on(article, end, head):
            continue
        body = read_after(article, pos, end, head, depth)
        if body:
            return body
        longest = longest or end
    return None


def _goes_on(article: Article, end: int, head: Head) -> bool:
    """Whether more follows a name that may stand alone: ``Ban Chấp hành Trung ương`` + ``Hội Nông dân``."""
    if article.text[end : end + 1] != " " or not article.text[end + 1 : end + 2].isupper():
        return False
    return head.kind == "government" or any(
        one.kind == "front_and_unions" for _, one in heads_at(article.text, article.folded, end + 1)
    )


def read_after(article: Article, start: int, end: int, head: Head, depth: int = 0) -> Body | None:
    """The body whose head stands at ``start`` to ``end``."""
    tail: _Tail | None = None
    own: str | None = None  # topic or proper name
    first = end
    if head.tail in bodies_teams.NUMBERED:
        number = bodies_teams.read_number(article, end, head)
        if number is None and (head.tail != "serial" or article.text[start].islower()):
            return None
        end, own = number or (end, None)
    if head.tail in ("topic", "run"):
        first = end = bodies_kinds.past_own_acronym(article, start, end)
        if head.tail == "topic":
            reader = bodies_teams.read_board if head.name in bodies_teams.BOARDS else read_topic
            topic = reader(article, end, head, known_only=article.text[start].islower())
        else:
            topic = read_run(article, end, head, proper=True)
        if topic and head.name == "Ban Chỉ đạo" and topic[1].startswith("Bộ "):  # a ministry's own
            topic = None
        if topic is None and head.tail == "topic":
            tail = _owner(article, end, head, depth) if head.name == "Ban Chỉ đạo" else None
            if tail is None:
                return None
        if topic:
            closed = bodies_purpose.with_years if head.name == "Ban Chỉ đạo" else bodies_kinds.read_club
            end, own = closed(article, *topic) if head.name in ("Ban Chỉ đạo", "Câu lạc bộ") else topic
    other = bodies_teams.read_pair(article, end, head) or bodies_teams.read_party(article, end, head)
    other = other or bodies_teams.read_friends(article, end, own)
    if other:
        end, own = other
    is_named = head.tail == "run" or (own is not None and (head.tail in bodies_teams.NUMBERED or other is not None))
    if head.tail in ("foreign", "abroad"):
        tail = _country(article, end, home=head.level == "central")
    elif head.tail not in _ALONE and tail is None and not (own and own.startswith("thực hiện") and "/" in own):
        tail = _owner(article, end, head, depth)
    if tail is None and own and head.name in _STATES_OWN:
        tail = _country(article, end)
    if tail is None and head.name == "Chi bộ":
        cell = bodies_purpose.read_cell(article, start, end)
        if cell:
            end, own, is_named = *cell, True
    occasion = bodies_purpose.read_occasion(article, end) if head.name == "Ban Tổ chức" and tail is None else None
    if occasion:
        end, own = occasion
    of_body = head.tail == "serial" or head.name in _OF_BODIES
    if own is None and (head.tail in _WANTING if tail is None else of_body and not tail.kind):
        return None
    if tail is None and own and bodies_purpose.is_nameless(article, first, end, head):
        return None
    if tail is None and own is None and head.tail in ("none", "opt"):
        if head.kind == "company" and bodies_kinds.is_product(article, end, head):
            return None
        end, own = bodies_kinds.read_line(article, end, head) or (end, own)
    name = stem = f"{head.name} {own}" if own else head.name
    kind, level, unit = "other" if occasion else bodies_kinds.kind_of(head, own) or head.kind, head.level, None
    if tail:
        end, unit, is_named = tail.end, tail.unit, is_named or tail.is_named
        name, stem = f"{name} {tail.text}", f"{stem} {tail.stem}".strip()
        level = level if tail.level is None or (head.level and head.tail not in ("topic", "opt")) else tail.level
        kind = bodies_kinds.kind_of_owner(head, tail.kind) or kind
        if kind == "=":
            kind = tail.kind or "other"
            if kind == "party" and head.name.startswith("Ban "):  # the committee of a party organisation
                kind = "party_committee"
    if kind == "=" or (head.kind == "=" and kind == "other" and level == "central"):
        kind = "party_committee" if level == "central" and (name.endswith("Đảng") or name in _OF_THE_PARTY) else "other"
    if head.name == "Ban Chỉ đạo" and any(front in name for front in _FRONTS):
        kind = "front_and_unions"
    if head.name == "Ủy ban" and name.endswith(("Quốc tế", "quốc tế")):
        kind = "other"
    of_home = head.name in _SOCIETIES and name.endswith(("Việt Nam", "Người Việt"))
    extra = _ABROAD.match(article.text, end) if of_home or head.name in _MISSIONS else None
    if extra and not (extra[1] == "ở" and head.name == "Đại sứ quán"):  # where it stands
        begin = extra.start() + len(extra[1]) + 2
        city = found if (found := read_unit(article, begin)) and found.name else None  # not "Thành phố" + "Osaka"
        end = city.end if city else extra.end()
        name = stem = f"{name} {f'{extra[1]} {city.text}' if city else fold_tones(extra[0].strip())}"
    concerned = head.name in _CONCERNED and article.folded.startswith(" về ", end) and not (own and own.isdigit())
    concerned = concerned or name in _NATIONAL
    concerned = concerned and not article.folded.startswith(" về việc ", end)  # what a document of it is about
    about = bodies_purpose.read_purpose(article, end, head) if concerned else None
    if about:
        end, name, stem = about[0], f"{name} {about[1]}", f"{stem} {about[1]}"
    if unit is None and head.kind == "front_and_unions":
        if article.folded.startswith(_HERE, end) and not name.endswith("Việt Nam"):  # "Hiệp hội Doanh nghiệp châu Âu"
            end, name, stem = end + len(_HERE), f"{name}{_IN_VIETNAM}", f"{stem}{_IN_VIETNAM}"
        elif name.endswith("Việt Nam") and not (name.endswith(("- Việt Nam", "-Việt Nam")) or (tail and tail.kind == "company")):
            level = "central"
    reach = bodies_kinds.read_reach(article, end, name, head)
    if reach:
        end, name, stem = reach[0], f"{name} {reach[1]}", f"{stem} {reach[1]}"
    if (head.tail == "run" and head.kind in ("company", "school")) or (unit is None and head.name.startswith(_BANKS)):
        end, more = bodies_purpose.read_close(article, end, head)
        name, stem = name + more, stem + more
    if head.name == "Báo" and tail is None and own:  # a province's paper
        place = read_name(article, first + 1, "province")
        if place and article.folded[place.end : end] in ("", " điện tử"):
            unit, level = Unit(place.end, own, "province", place), "province"
    if head.name == "Ngân hàng" and unit and own and bodies_purpose.is_stock_bank(own):  # of the whole country
        unit, level = None, head.level
    if unit is None:
        kind, level = bodies_kinds.whole(name, head, kind, level)
    return Body(start, end, name, stem, kind, level, unit, head, is_named, own is not None or tail is not None)


def _country(article: Article, end: int, home: bool = False) -> _Tail | None:
    """Another country after its parliament, ministry, party; with ``home`` Việt Nam too, of which the stem says nothing."""
    gap = SPACE.match(article.text, end)
    if gap is None or not article.text[gap.end() : gap.end() + 1].isupper():
        return None
    name = read_name(article, gap.end(), "country")
    given = _NAMED.match(article.text, name.end) if name and name.key in ("anh", "đức") else None
    if given and is_syllable(given[1].lower()):  # a person: Anh Dũng
        return None
    if name and home and name.key in ("việt nam", "vn"):
        return _Tail(name.end, "Việt Nam", "", "central", None, None, True)
    if name is None or name.key in ("việt nam", "vn") or read_name(article, gap.end(), "province"):
        return None
    return _Tail(name.end, printed := printed_name(article, name), printed, None, None, None, True)


def _office(article: Article, end: int, depth: int) -> _Tail:
    """``cơ quan`` and whose it is, after the committee of its party members: ``Đảng ủy cơ quan`` + ``Tạp chí Cộng sản``."""
    gap = SPACE.match(article.text, end)
    if gap is None or (body := read(article, gap.end(), depth + 1)) is None:
        return _Tail(end, "Cơ quan", "Cơ quan", None, None, None, False)
    return _Tail(body.end, f"Cơ quan {body.name}", f"Cơ quan {body.stem}", body.level, body.unit, None, body.is_named)


def _owner(article: Article, end: int, head: Head, depth: int) -> _Tail | None:
    """To what the body belongs: the centre, the country, a unit, an organ, another body; up to three after one another."""
    text, folded = article.text, article.folded
    texts: list[str] = []
    stems: list[str] = []
    level = unit = kind = None
    named = False
    for _ in range(3):
        if not texts:
            end = past_acronym(article, end)
            end = past_term(article, end) if head.name in ELECTED else end
        gap = (_OF if not texts else SPACE).match(folded, end)
        if gap is None or gap.end() >= len(text):
            break
        pos = gap.end()
        if head.name == "Chi bộ" and folded.startswith("các khoa ", pos):  # "Chi bộ các khoa Hóa học, Vật lý"
            pos += 4
        is_of = "của" in gap[0]
        central = _CENTRAL.match(folded, pos)
        if (
            central
            and unit is None
            and kind is None
            and (text[pos].isupper() or central[0].startswith(("trung", "tối")))
            and head.level not in ("province", "district")
        ):
            printed = "Trung ương Đảng" if "đảng" in central[0] else "tối cao" if central[0] == "tối cao" else "Trung ương"
            texts.append(printed)
            stems.append(printed)
            end, level, named = central.end(), "central", True
            continue
        nation = (_WIDE if head.tail in ("topic", "run") or head.name in _REGIONAL else NATION).match(folded, pos)
        if (
            nation
            and unit is None
            and head.level not in ("province", "district")
            and (text[pos].isupper() or head.tail != "opt" or head.name in _REGIONAL)
            and not (texts and nation[0] == "toàn cầu")
        ):
            printed = "Việt Nam" if nation[0] == "vn" else fold_tones(text[pos : nation.end()])
            texts.append(printed)
            stems.append(printed)
            end, named = nation.end(), True
            level = "central" if nation[0] in ("việt nam", "vn", "quốc gia", "nhà nước") else level
            continue
        found = read_unit(article, pos)
        if found is None and unit is None and not is_of:
            found = bare_unit(article, pos, head)
        if found:
            if unit is not None and found.name is None:
                break
            texts.append(found.text)
            unit, end, level = unit or found, found.end, level if unit else found.level
            named = named or found.name is not None
            continue
        if unit is None and head.kind == "company" and folded.startswith("sài gòn", pos) and text[pos].isupper():
            texts.append("Sài Gòn")
            stems.append("Sài Gòn")
            end, named = pos + 7, True
            continue
        if unit is None and not texts and depth < _DEPTH and head.name in _CELLS and folded.startswith("cơ quan", pos):
            return _office(article, pos + 7, depth)
        if (
            unit is None
            and not texts
            and head.kind in ("party", "party_committee", "=")
            and head.name.lower() not in COMMITTEES[:5]
        ):
            organ = _ORGANS.match(folded, pos)
            if organ and (organ[0].startswith(("khối", "các", "ngoài", "dân")) or not read(article, pos, _DEPTH - 1)):
                printed = fold_tones(text[pos : organ.end()]).strip()
                printed = printed[:1].upper() + printed[1:] if printed[:1] != "c" else printed
                texts.append(printed)
                stems.append(printed)
                end = organ.end()
                continue
        if not texts and head.name == "Ủy ban" and text.startswith("QH", pos) and not text[pos + 2 : pos + 3].isalnum():
            return _Tail(pos + 2, "Quốc hội", "Quốc hội", "central", None, "people_council", True)
        question = _IN_QUESTION.match(text, pos) if unit is None and not texts and head.name in _CELLS else None
        if question:
            return _Tail(question.end(), question[0], question[0], None, None, None, False)
        small = _SMALL_PARTS if head.name in _CELLS else _HOSTS if head.name == "Khoa" else SMALL
        if unit is None and depth < _DEPTH and (text[pos].isupper() or folded.startswith(small, pos)):
            body = read(article, pos, depth + 1)
            if (
                body
                and body.head.name != head.name
                and (
                    body.head.name not in _SIDE
                    or head.name in _CELLS
                    or (head.kind == "=" and body.head.name == "Hội")
                    or bodies_kinds.owns(head, body.kind)
                )
                and (not is_of or depth == 0)
            ):
                texts.append(body.name)
                stems.append(body.stem)
                end, unit, kind = body.end, body.unit, body.kind
                level, named = body.level or level, named or body.is_named
        break
    if not texts:
        courts = _COURTS.match(folded, end) if head.name == "Ban Chỉ đạo" else None
        return _Tail(courts.end(), _COURT, _COURT, None, None, "court_procuracy", False) if courts else None
    return _Tail(end, " ".join(texts), " ".join(stems), level, unit, kind, named)
