"""Offices as printed: title and the body in which it is held, wherever they stand; whose they are is told elsewhere."""

from __future__ import annotations

import re
from functools import cache, lru_cache
from typing import NamedTuple

from transforms.clean.unicode import fold_key, fold_tones
from transforms.document import Article
from transforms.extract.bodies_ministries import ministry_field
from transforms.extract.lexicon_files import table
from transforms.extract.names import name_end
from transforms.extract.office_parts import (
    NO_NAME,
    of_whole,
    past_union,
    read_feast,
    read_pagoda,
    read_secretariat,
    read_section,
    read_team,
)
from transforms.extract.organisations import read_body
from transforms.extract.place_names import VILLAGES, read_name
from transforms.match import Lexicon, in_one_pass
from transforms.text import LOWER, UPPER


class Office(NamedTuple):
    """An office at ``[start, end)``. ``organisation`` is the body printed with it; ``bare_end`` is where the title ends."""

    start: int
    end: int
    title: str
    organisation: str | None
    tenure: str | None
    bare_end: int


_BODILESS = "?"  # in the lexicon: no office unless its body is printed


class _Entry(NamedTuple):
    title: str
    shared: int  # letters at the end that also begin the body's name: Trưởng [ban] Tuyên giáo
    body: str | None


# Before the title, and part of it as the contract has it.
_BEFORE = re.compile(r"(?:(nguyên|cựu|cố|quyền|hàm)(?: là)?|q\.) {1,2}\Z")
_POWER = re.compile(r"\b(?:dưới|trong|chính|chủ|thẩm|thừa|nhân|tập|đặc|lực|lợi) quyền {1,2}\Z")  # words of their own
_SUFFIX = re.compile(
    r" {1,2}(th(?:ườ|ươ)ng trực|phụ trách(?! (?:ngành|khối|mảng|bộ phận|lĩnh vực) )|"
    r"chuyên trách|kiêm nhiệm|danh dự|điều hành|thứ nhất|luân phiên|đương nhiệm"
    r"|tt(?= (?:(?:tỉnh|thành|huyện|quận|thị|đảng) (?:ủy|đoàn)|hđnd|ubnd|mttq|hội)\b))\b"
)
_LINK = re.compile(r"(?: {1,2}(?:của|thuộc|tại|(?:kiêm|phụ trách) quản lý))?(?: nhóm(?: các)?(?: nước)?(?= g\d))?(?: {1,2})")
_PASSING = re.compile(r" (chỉ đạo|tổ chức|giám khảo|soạn thảo|quản lý|vận động)\b")  # committees for an occasion
_INSPECTING = re.compile(r" ((?:công tác|thanh tra|kiểm tra|giám sát|khảo sát)(?: số \d+)?)\b")  # delegations for an occasion
_RANKED = re.compile(r"(Đội|Tổ|Trạm|Hạt|Đồn) (?:trưởng|phó)")  # whose name begins with the same word: Đội trưởng Đội …
_VERBS = frozenset(
    ["đã", "đang", "sẽ", "được", "là", "có", "với", "cho", "làm", "đến", "về", "tại", "do", "bị", "cùng", "nói", "nêu"]
)
_RANK_PART = re.compile(rf"[{UPPER}][{LOWER}]+(?: (?:[{LOWER}]+|\d{{1,4}})){{1,4}}(?=[,.;()\n])")  # Tuần tra kiểm soát 188
_VILLAGE = re.compile(rf"({VILLAGES})(?: (?:số )?\d{{1,3}}(?!\w)|(?: [{UPPER}][{LOWER}]*){{1,6}})")
_WORD = re.compile(r" ([^\W\d_]+)")
_PARTY = re.compile(
    r"(?:trung ương|tw|t\.? ?ư) đảng(?: cộng sản việt nam)?\b|(?:tỉnh|thành|huyện|quận|thị|đảng|khu) ủy\b|"
    r"ban cán sự(?: đảng)?\b|đảng đoàn\b|chi bộ\b"
)
_CAPITALISED = re.compile(rf" ([{UPPER}])")
# Whose a party cell is: "chi bộ khoa Địa lý", "chi bộ thôn 4".
_CELL = re.compile(
    r" (?:khoa|phòng|ban|thôn|bản|ấp|xóm|buôn|khóm|khu|khối|tổ|cơ quan|trường|văn phòng|viện|trung tâm|công ty|trạm|đội|số \d|\d)"
    rf"(?! {NO_NAME})[^,;.:()\n]{{0,60}}?(?= ?(?:[,;:()\n]|\.(?!\w)|$)| [-–] | {NO_NAME})"
)
_CENTRE = re.compile(r" {1,2}(?:trung ương|tw|t\.? ?ư)\b")
# A party's organs are another party's where its name follows: "Ủy viên Bộ Chính trị Đảng Cộng sản Cuba".
_ORGANS = ("Bộ Chính trị", "Ban Bí thư", "Trung ương Đảng", "Ban Chấp hành Trung ương Đảng")
_PARTY_OF = re.compile(r"(?: đảng)? ((?:cộng sản|nhân dân cách mạng|nhân dân) )")
# Councils of a unit that is printed without its class word.
_COUNCILS = ("Ủy ban nhân dân", "Hội đồng nhân dân")
_CLASS = re.compile(r"(?<!\w)(phường|thị trấn|thị xã|(?<!thị )xã|huyện|quận)(?= )")
_PIECE = re.compile(r" [^\W\d_]+(?!\w)")
_UNIT_NAME = re.compile(rf" ([{UPPER}][{LOWER}]+(?: [{UPPER}][{LOWER}]+){{1,3}})(?! [{UPPER}])")
_OF_COUNCILS, _COUNCILS_OF = ("Cố vấn", "Tư lệnh"), ("hội đồng ", "ban ", "nhóm ", "tổ ", "đội ngũ ", "bộ ")  # Bộ Tư lệnh
OF_VILLAGES = ("rưởng thôn", "rưởng bản", "rưởng ấp", "rưởng xóm", "rưởng buôn", "rưởng làng", "rưởng khóm")  # "thôn Hội Phú"
_PREVENTION = (" phòng chống ", " phòng, chống ")  # begins a field, not the word for a department again
_IN_VIETNAM = ("Giám đốc", "Trưởng đại diện", "Đại diện", "Giám đốc Quốc gia", "Giám đốc điều hành")
# Envoys: for whom and where they are.
_ENVOYS = ("Đại sứ", "Phó Đại sứ", "Đại sứ đặc mệnh toàn quyền", "Tổng Lãnh sự", "Phó Tổng Lãnh sự", "Công sứ", "Tham tán",
           "Tham tán Công sứ", "Tham tán thương mại", "Đại biện", "Đại biện lâm thời")  # fmt: skip
_STATE = re.compile(r"(?:nước |chxhcn |(?:liên bang|lb|vương quốc|cộng hòa(?: [^\W\d_]+){0,4}?) )?")
_CITY = re.compile(rf"[{UPPER}][\w-]*(?: [{UPPER}][\w-]*){{0,2}}, ")
_AIDES = ("Trợ lý", "Thư ký", "Thư ký báo chí", "Cố vấn", "Cố vấn cấp cao", "Phát ngôn viên", "Người phát ngôn",
          "Chánh Văn phòng", "Phó Chánh Văn phòng")  # fmt: skip
_TENURES = {"nguyên": "former", "cựu": "former", "cố": "former", "quyền": "acting", "q.": "acting"}


@cache
def lexicon() -> Lexicon[_Entry]:
    entries: list[tuple[str, _Entry]] = []
    for row in table("offices.tsv"):
        shared = [word for word in row["shared"].split("|") if word]
        for alias in [row["title"], *row["aliases"].split("|")]:
            key = fold_key(alias)
            tail = next((len(word) for word in shared if key.endswith(word)), 0)
            if not key or (alias == row["title"] and (row["body"] or (shared and not tail))):
                continue  # a word that names its body ("Tỉnh ủy viên", "ĐBQH"): the bare title is another word, or none
            entries.append((key, _Entry(row["title"], tail, row["body"] or None)))
    return Lexicon(entries)


_find_offices = in_one_pass(lexicon)


def read_offices(article: Article) -> list[Office]:
    """Every office printed in an article, with its body where one follows.

    >>> [(o.title, o.organisation) for o in read_offices(Article.from_text("Nguyên Phó bí thư huyện ủy"))]
    [('Nguyên Phó Bí thư', 'Huyện ủy')]
    """
    found: list[Office] = []
    past = 0
    for hit in _find_offices(article.folded):
        if hit.start >= past:
            if not hit.value.title:  # a body's name that only holds an office's (Đoàn Chủ tịch)
                past = hit.end
                continue
            if hit.value.title in _OF_COUNCILS and article.folded.endswith(_COUNCILS_OF, 0, hit.start):
                continue
            office = _read(article, hit.start, hit.end, hit.value)
            if hit.value.body == _BODILESS and office.organisation is None:
                continue
            if found and found[-1].title in _AIDES and _is_principal(article, found[-1], office):
                office = _aide(article, found.pop(), office)
            found.append(office)
            past = office.end
    return found


def _is_principal(article: Article, aide: Office, office: Office) -> bool:
    """Whether an office is that of whom an aide serves; with a name right after ``của …`` it is the named one's own."""
    if aide.organisation is not None or aide.end >= office.start:
        return False
    between, after = article.folded[aide.end : office.start], article.text[office.end : office.end + 2]
    if between == " của " and after[:1] == " " and after[1:].isupper():
        return read_name(article, office.end + 1, "country") is not None
    return between in (" ", " của ")


def _aide(article: Article, aide: Office, principal: Office) -> Office:
    """``Trợ lý Chủ tịch Quốc hội``, ``Chánh Văn phòng Tổng thống Ukraine``: the second office is not his, but whom he serves."""
    end, country = principal.end, read_name(article, principal.end + 1, "country") if principal.organisation is None else None
    if country and article.text[principal.end] == " ":
        end = country.end
    served = fold_tones(article.text[principal.start : end])
    office = f"Văn phòng {served[:1].upper()}{served[1:]}" if aide.title.endswith("Văn phòng") else None
    return aide._replace(end=end, organisation=office)


def _read(article: Article, start: int, end: int, entry: _Entry) -> Office:
    folded, title, tenure = article.folded, entry.title, None
    suffix = _SUFFIX.match(folded, end)
    if suffix:
        entry = entry._replace(shared=0)  # "Phó Trưởng ban Thường trực Ban Dân vận": the word for the body is printed again
    if suffix and title != "Thường trực":
        word = "Thường trực" if suffix[1].endswith(("trực", "tt")) else "Thứ nhất" if suffix[1] == "thứ nhất" else suffix[1]
        title, end = title if word == "đương nhiệm" else f"{title} {word}", suffix.end()
        if word == "phụ trách":
            tenure = "acting"
    if title == "Ủy viên Ban Chấp hành" and _CENTRE.match(folded, end):  # a body of its own, not a part of one
        title, end = "Ủy viên", start + len("ủy viên")
        entry = entry._replace(title=title)
    body_end, organisation = _body(article, start, end, entry)
    if organisation in _COUNCILS:
        body_end, organisation = _of_unit(article, body_end, organisation)
    elif organisation and folded.startswith(" tại việt nam", body_end) and title.endswith(_IN_VIETNAM):
        body_end, organisation = body_end + len(" tại việt nam"), f"{organisation} tại Việt Nam"
    elif organisation:
        body_end, organisation = of_whole(article, body_end, organisation)
    if organisation in _ORGANS and organisation:
        body_end, organisation = _abroad(article, body_end, organisation)
    elif title in _ENVOYS:
        body_end = _post(article, end)
    elif title.endswith("ghị sĩ") and organisation and organisation.startswith("Đảng "):
        organisation = None  # the seat is a parliament's; the party tells whose side he is on
    before = _BEFORE.search(folded, max(0, start - 12), start)
    apart = before and (before.start() == 0 or not folded[before.start() - 1].isalnum())
    if before and apart and not _POWER.search(folded, max(0, start - 16), start):
        word = before[1] or "quyền"
        tenure = _TENURES.get(word)  # the rank of an office is none held
        if word != "cố":  # the late: no part of the office
            start, title = before.start(), f"{word.capitalize()} {title}"
    return Office(start, max(end, body_end), title, organisation, tenure, end)


def _body(article: Article, start: int, end: int, entry: _Entry) -> tuple[int, str | None]:
    if entry.body and entry.body != _BODILESS:
        whole = read_body(article, end - entry.shared) if entry.shared else None  # "Trưởng BTC Huyện ủy"
        return whole if whole and whole[0] > end else (end, entry.body)
    folded = article.folded
    if entry.title.endswith(OF_VILLAGES):
        return end, None
    if entry.title == "Trụ trì":
        return read_pagoda(article, end) or (end, None)
    link = _LINK.match(folded, end)
    repeated = link and folded.startswith(folded[end - entry.shared : end], link.end())
    if entry.shared and (not repeated or folded.startswith(_PREVENTION, end)):
        body = read_body(article, end - entry.shared)
        if body and body[0] > end:
            return _in_union(article, *body) if entry.title.endswith(("rưởng ban", "Phó ban")) else body
        body = _part(article, end - entry.shared, end)
        if body:
            return body
        if entry.title.endswith(("rưởng ban", "rưởng đoàn", "Phó ban", "Phó đoàn")):
            kind = entry.title[-entry.shared :].capitalize()
            passing = (_PASSING if kind == "Ban" else _INSPECTING).match(folded, end)
            feast = read_feast(article, passing.end()) if passing and passing[1] == "tổ chức" else None
            if passing and feast:
                end = _before_name(article.text, passing.end(), feast)
                return end, f"Ban Tổ chức{fold_tones(article.text[passing.end() : end])}"
            if passing:
                return passing.end(), f"{kind} {passing[1] if kind == 'Đoàn' else passing[1].capitalize()}"
        if entry.shared == len("tiểu ban"):
            return read_section(article, end, "tiểu ban") or (end, None)
        if entry.shared == len("văn phòng"):
            return read_secretariat(article, end) or (end, None)
        kind = entry.title.rpartition(" ")[2] if entry.shared <= 5 else ""
        section = read_section(article, end, kind) if kind in ("khoa", "phòng") else None
        if section:
            return section
    if link:
        at = link.end()
        body = _magazine(article, at, entry) or read_body(article, at) or _party(article, at)
        body = body or _ministry(article, at, entry.title) or (_village(article, at) if "Bí thư" in entry.title else None)
        if body:
            return body
        ranked = _RANKED.search(entry.title)
        if ranked and folded.startswith(f"{ranked[1].lower()} ", link.end()):
            start = link.end() + len(ranked[1])
            body = _part(article, link.end(), start)
            if body:
                return body
            named = _RANK_PART.match(article.text, start + 1)
            if named and not _VERBS & set(named[0].split()):
                return named.end(), f"{ranked[1]} {fold_tones(named[0])}"
            team = read_team(article, start, ranked[1])
            if team:
                return team
    return end, "Ban Bí thư" if entry.title == "Thường trực" else None


def _magazine(article: Article, pos: int, entry: _Entry) -> tuple[int, str] | None:
    """``Trưởng ban`` + ``Tạp chí Cộng sản điện tử``: a department that has the name of what it makes."""
    if entry.shared != len("ban") or not article.folded.startswith(("tạp chí ", "báo "), pos):
        return None
    body = read_body(article, pos)
    return (body[0], f"Ban {body[1]}") if body and article.folded[pos - 5 : pos] != " của " else None


def _of_unit(article: Article, end: int, body: str) -> tuple[int, str]:
    """``UBND`` + ``Ngọc Trạo``: a name that the article gives elsewhere with the unit's class word."""
    name = _UNIT_NAME.match(article.text, end)
    if name is None:
        return end, body
    kind = _classes(article.text, article.folded).get(article.folded[name.start(1) : name.end(1)])
    return (name.end(), f"{body} {kind} {fold_tones(name[1])}") if kind else (end, body)


@lru_cache(maxsize=2)
def _classes(text: str, folded: str) -> dict[str, str]:
    """The class words that the words after them have in a text, wherever they are not the beginning of a longer name."""
    found: dict[str, str] = {}
    for word in _CLASS.finditer(folded):
        pos = word.end()
        for _ in range(4):
            part = _PIECE.match(folded, pos)
            if part is None:
                break
            pos = part.end()
            if not text[pos : pos + 2].strip()[:1].isupper():
                found.setdefault(folded[word.end() + 1 : pos], word[1])
    return found


def _in_union(article: Article, end: int, body: str) -> tuple[int, str]:
    """A department with the youth union's centre after it."""
    past = past_union(article, end)
    if past == end:
        return end, body
    rest = fold_tones(article.text[end:past]).replace("TNCS", "Thanh niên Cộng sản").replace("HCM", "Hồ Chí Minh")
    return past, f"{body}{rest}"


def _abroad(article: Article, end: int, organ: str) -> tuple[int, str]:
    """``Bộ Chính trị`` with another country's party after it."""
    if not article.folded.startswith((" đảng ", " cộng sản ", " nhân dân "), end):
        return end, organ
    party = _PARTY_OF.match(article.folded, end)
    country = read_name(article, party.end(), "country") if party else None
    if party is None or country is None:
        return end, organ
    if country.key in ("việt nam", "vn"):
        return country.end, organ if organ.startswith("B") else f"{organ.removesuffix(' Đảng')} Đảng Cộng sản Việt Nam"
    name = fold_tones(article.text[country.start : country.end])
    return country.end, f"{organ.removesuffix(' Đảng')} Đảng {party[1].capitalize()}{name}"


def _post(article: Article, end: int) -> int:
    """Where ``Đại sứ Việt Nam tại Cộng hòa Séc`` ends."""
    text, folded = article.text, article.folded
    for link in (" ", " tại "):
        if not folded.startswith(link, end):
            continue
        state = _STATE.match(folded, end + len(link))
        country = read_name(article, state.end(), "country") if state else None
        if country and text[country.start].isupper():
            end = country.end
        elif link == " tại ":
            city = _CITY.match(text, end + len(link))
            country = read_name(article, city.end(), "country") if city else None
            end = country.end if country else end
    return end


def _part(article: Article, start: int, end: int) -> tuple[int, str] | None:
    """``Khoa Nội tim mạch Bệnh viện Bạch Mai``: a part told by a few words, up to the body to which it belongs."""
    pos = end
    for _ in range(8):
        word = _WORD.match(article.text, pos)
        if word is None:
            return None
        begin, pos = word.start(1), word.end()
        if word[1] in _VERBS:
            return None
        body = read_body(article, begin) if begin > end + 1 and article.text[begin].isupper() else None
        if body:
            between = article.text[start:begin].removesuffix("của ").removesuffix("thuộc ").strip()
            return body[0], f"{fold_tones(between[:1].upper() + between[1:])} {body[1]}"
    return None


def _party(article: Article, pos: int) -> tuple[int, str] | None:
    match = _PARTY.match(article.folded, pos)
    if match is None:
        return None
    cell = _CELL.match(article.folded, match.end()) if match[0] == "chi bộ" else None
    if cell:
        end = _before_name(article.text, match.end() + 1, cell.end())
        return end, f"Chi bộ{fold_tones(article.text[match.end() : end])}"
    name = "ban cán sự đảng" if match[0] == "ban cán sự" else match[0]
    if name.startswith("t") and " đảng" in name:
        return match.end(), "Trung ương Đảng" + (" Cộng sản Việt Nam" if "cộng sản" in name else "")
    return match.end(), "Ban Cán sự đảng" if name.startswith("ban cán") else name.capitalize()


def _village(article: Article, pos: int) -> tuple[int, str] | None:
    """``Bí thư thôn Đông Hạ``: the village whose party cell it is."""
    village = _VILLAGE.match(article.text, pos)
    end = _before_name(article.text, village.end(1), village.end()) if village else pos
    return (end, fold_tones(article.text[pos:end])) if village and end > village.end(1) else None


def _before_name(text: str, start: int, end: int) -> int:
    """``end``, or where a person's name begins before it."""
    for word in _CAPITALISED.finditer(text, start, end):
        if name_end(text, word.start(1)):
            return word.start()
    return end


def _ministry(article: Article, pos: int, title: str) -> tuple[int, str] | None:
    """``Bộ trưởng Y tế`` is the head of ``Bộ Y tế``."""
    if "ộ trưởng" not in title and "hứ trưởng" not in title:
        return None
    known = ministry_field(article, pos)
    if known is None:
        return None
    end, printed = known
    country = read_name(article, end + 1, "country") if article.text[end : end + 1] == " " else None
    if country and not read_name(article, end + 1, "province"):
        return country.end, f"Bộ {printed} {article.text[country.start : country.end]}"
    if article.text[pos].islower() and article.folded.startswith((" các", " của", " và"), end):
        return None
    return end, f"Bộ {printed}"
