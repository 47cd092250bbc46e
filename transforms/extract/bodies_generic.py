"""Names that stand for no particular body: a congress, deputies of councils of every level, a rule's committees."""

from __future__ import annotations

import re

from transforms.document import Article, Facts
from transforms.extract.bodies_grammar import Body
from transforms.extract.bodies_units import COMMITTEES
from transforms.extract.names import name_end
from transforms.extract.place_names import read_name
from transforms.text import UPPER

_COUNCIL, _COMMITTEE = "Hội đồng nhân dân", "Ủy ban nhân dân"
_GATHERINGS = ("đại ", "lễ ", "dạ ", "vũ ")  # "Đại [hội Phụ nữ xã]"
# Candidates and deputies of councils of every level: "ứng cử đại biểu Quốc hội và đại biểu Hội đồng nhân dân".
_ELECTED = re.compile(
    r"(?:quốc hội(?: khóa [^\s,]{1,5})?(?:,| và| hoặc|/) ?(?:(?:những )?người )?(?:ứng cử |bầu )?|ứng cử |bầu (?:cử )?|"
    r"tiêu chuẩn (?:của )?)đại biểu \Z"
)
_SYMBOL = re.compile(r"\d/[A-ZĐ]{1,4} ?[-–] ?\Z")
_PROJECT = re.compile(r"dự án (?:đầu tư |xây dựng |xây |mở rộng |cải tạo |nâng cấp |tổ hợp |số \d+ )+\Z")
FORA = frozenset(["APEC", "ASEM", "ASEAN", "G7", "G8", "G20"])
_OCCASION = re.compile(r"[ \u00a0-](?:[ivx]+(?!\w)|\d)")
_BUILDS = ("khởi công ", "khởi công xây dựng ", "hoàn thành xây dựng ", "hoàn thành việc xây dựng ", "động thổ xây dựng ")
_PRESS_CENTRES = ("trung tâm báo chí tp", "trung tâm báo chí thành phố", "trung tâm báo chí và")  # bodies of a city
_BUILDINGS = ("chung cư ", "tòa nhà ", "toà nhà ", "tòa tháp ", "toà tháp ", "cao ốc ", "khu đô thị ", "khu nhà ", "tháp ")
_SCHOOLS_LISTED = re.compile(r"các trường [^\W\d]{2,6}(?:, trường [^\W\d]{2,6})*(?:, | và )\Z")
# A committee's own boards, which are told by it.
_BOARDS = ("tuyên giáo", "tuyên giáo và dân vận", "tổ chức", "dân vận", "nội chính", "xây dựng đảng")
_ADVISERS = tuple(f"ban {board} {committee}" for board in _BOARDS for committee in (*COMMITTEES, "trung ương"))
_CLUBS = ("monaco",)  # countries whose club has just their name
_LEAGUES = (" Premier League", " V-League", " La Liga", " Serie A", " Bundesliga", " Ligue 1", " châu Âu", " châu Á")
# Signs of a rule for every unit.
_NATIONAL = ("thông tư ", "nghị định ", "các tỉnh, thành", "các địa phương", "trực thuộc trung ương")

# A subject that stands for every district or commune, and works together with offices there.
_EVERY = re.compile(
    r"các (?:[^\W\d]+ ){0,4}(?:quận|huyện|xã|phường)(?:, | và |/)(?:[^,.;]{0,12}, )?"
    r"(?:quận|huyện|xã|phường|thị xã|thị trấn|thành phố)[^.;]*phối hợp (?:chặt chẽ )?(?:với|cùng) [^.;]*\Z"
)

# Words that a sentence about every council or committee of a level has.
_OF_LEVEL = re.compile(
    r"(?:hđnd|ubnd|hội đồng nhân dân|ủy ban nhân dân) (?:ở )?(?:cấp (?:huyện|xã|tỉnh|phường|cơ sở)|(?:hai|2|ba|3) cấp)(?!\w)"
)
_PROVINCES = re.compile(r"(?<!\w)(?:các|63|cả|những|\d\d) (?:tỉnh, thành|tỉnh thành|địa phương|điểm cầu|tỉnh/thành)")
_OF_SO_MANY = re.compile(
    r"của (?:toàn bộ|tất cả|cả|mọi) (?:các )?(?:\d{1,3} )?(?:xã|phường|thị trấn|huyện|quận|thị xã|tỉnh|đơn vị)[, ]"
)
_OF_SITES = re.compile(r"tại \d{2} (?:điểm cầu|tỉnh)")
_BREAKS = (". ", "\n")  # between sentences
_NEAR = 400  # characters of a sentence before and after a body
FIELDS = ("công tác ", "ngành ", "lĩnh vực ", "nghiệp vụ ", "chế độ ", "chính sách ")
# What only other states have.
_ABROAD = ("tổng thống", "thượng viện", "hạ viện", "nghị sĩ", "nhà trắng", "phe đối lập", "quốc vương", "đảng đối lập")
_CAPITAL = re.compile(rf"(?<![\w-])[{UPPER}]")

# Societies and centres that have an international body's name in theirs, and its cups and leagues.
_NAMED_AFTER = ("trung tâm ", "câu lạc bộ ", "clb ", "các hội ", "liên hiệp hội ", "hiệp hội ")
_CUPS = (" club world cup", " world cup", " cup", " confederations cup", " champions league", " europa league", " super cup")

# Heads of one syllable, and what makes another word of them: cơ sở, nhiệm vụ, cán bộ, xã hội, trụ sở.
_COMPOUNDS = {
    "Sở": ("cơ ", "trụ ", "xứ "),
    "Vụ": ("nhiệm ", "dịch ", "nghĩa ", "phục ", "mùa "),
    "Bộ": ("cán ", "nội ", "toàn ", "tiến ", "đảng ", "đi "),
    "Ban": ("tây ",),
    "Cục": ("kết ", "cung ", "bi ", "bố "),
    "Hội": ("xã ", "cơ ", "lễ ", "đại ", "quốc "),
    "Viện": ("bệnh ", "học ", "nhập ", "ra ", "thẩm "),
    "Báo": ("nhà ", "thông ", "tình ", "dự ", "cảnh ", "quảng ", "tin ", "họp ", " hội ", "hổ "),
    "Quốc hội": ("nhà ", "toà nhà ", "tòa nhà "),
    "Phòng": ("quốc ", "dự ", "biên ", "hải ", "văn ", "căn ", "đề "),
    "Hải quan": ("ngành ",),
    "Ngân hàng": ("khối ",),
    "Nghị viện": ("tòa ", "nhà "),
    "Cao đẳng": ("bằng ", "hệ ", "độ "),
    "Khoa": ("chuyên ", "nha ", "thủ ", "văn ", "y "),
    "Hội Việt Nam Cách mạng Thanh niên": ("chi ",),
}


def is_compound(folded: str, body: Body) -> bool:
    """Whether a head is but the end of another word: ``cơ`` + ``sở``, ``chuyên`` + ``khoa``."""
    return folded[max(0, body.start - 7) : body.start].endswith(_COMPOUNDS.get(body.head.name, "\n\n"))


def is_occasion(folded: str, start: int, end: int) -> bool:
    """Whether a forum's name stands for its summit or year, and not for the group: ``APEC 2017``."""
    return folded.endswith(("cấp cao ", "năm chủ tịch ", " năm "), 0, start) or _OCCASION.match(folded, end) is not None


def is_no_body(article: Article, body: Body) -> bool:
    """Whether a name is but a building's, a project's, an address or that of schools in general."""
    folded, name = article.folded, body.head.name
    if body.name == "Ban Thanh tra" and folded.startswith(" nhân dân", body.end):  # every commune and office has one
        return True
    if name == "Công đoàn" and not body.is_named and folded.endswith(("công đoàn ngành, ", "công đoàn ngành và "), 0, body.start):
        return True
    if name in ("Nhà máy", "Trung tâm"):
        return is_building(article, body) or is_project(folded, body.start)
    return is_address(folded, body) or is_of_listed_schools(folded, body)


def is_project(folded: str, start: int) -> bool:
    """Whether what begins at ``start`` is but what a project builds: ``dự án đầu tư xây dựng [Nhà máy …]``.

    A plant right after ``dự án`` may be one that stands.
    """
    if folded.endswith(_BUILDS, 0, start):
        return True
    opening = folded.rfind("dự án ", max(0, start - 32), start)
    return opening >= 0 and _PROJECT.match(folded, opening, start) is not None


def is_symbol(article: Article, start: int) -> bool:
    """Whether what begins at ``start`` ends a document's symbol that is printed with spaces: ``13/HD -MTTQ``."""
    slash = article.text.find("/", max(0, start - 8), start)
    return slash > 0 and _SYMBOL.match(article.text, slash - 1, start) is not None


def is_building(article: Article, body: Body) -> bool:
    """Whether a centre is but a building: ``Trung tâm hành chính TP``, ``Trung tâm thương mại``, an event's press centre."""
    if body.name == "Trung tâm Báo chí" and not any(city in article.folded for city in _PRESS_CENTRES):
        return True
    return body.name.lower().startswith("trung tâm hành chính") or body.name == "Trung tâm Thương mại"


def is_address(folded: str, body: Body) -> bool:
    """Whether a brand or acronym only names a building: ``chung cư`` + ``VOV`` + ``Mễ Trì``."""
    return body.head.tail == "none" and body.kind in ("media", "company") and folded.endswith(_BUILDINGS, 0, body.start)


def is_of_listed_schools(folded: str, body: Body) -> bool:
    """Whether schools of a stage are told by their unit only, in a plural list: ``các trường ĐH, trường THPT thành phố X``."""
    if body.kind != "school" or body.unit is None or not folded.endswith((", ", " và "), 0, body.start):
        return False
    return _SCHOOLS_LISTED.search(folded, max(0, body.start - 60), body.start) is not None


def is_of_a_country(article: Article, body: Body) -> bool:
    """Whether a paper or a club is told by its country or league only: ``báo Pháp``, ``CLB Trung Quốc``, ``CLB V-League``."""
    printed = article.text[body.start : body.end]
    of_here = printed.endswith(" Việt") and printed[:-4].islower() and printed.count(" ") > 2  # "tạp chí thời trang Việt"
    if of_here or printed.endswith(_LEAGUES) or printed[-2:-1] == " ":  # "tờ báo A, tờ báo B"
        return True
    start = body.start + printed.find(" ") + 1
    if body.head.name == "Câu lạc bộ" and article.folded.startswith("câu lạc bộ ", body.start):
        start = body.start + len("câu lạc bộ ")
    country = read_name(article, start, "country")
    return country is not None and country.end == body.end and country.key not in _CLUBS


def is_gathering(folded: str, body: Body) -> bool:
    """Whether a head ``Hội …`` is but the end of ``Đại hội …``, or a council is named only for those to be elected into it."""
    if folded.endswith(_GATHERINGS, 0, body.start):
        return True
    if body.unit or body.head.name != _COUNCIL or not folded.endswith("đại biểu ", 0, body.start):
        return False
    return _ELECTED.search(folded, max(0, body.start - 60), body.start) is not None


def without_those_of_all(article: Article, facts: Facts, found: list[Body]) -> list[Body]:
    """Without the bare committees of a text that tells of a rule and names no unit: ``do UBND tỉnh ban hành``."""
    if facts.home or not all(place.level == "country" for place in facts.places):
        return found
    if not any(sign in article.folded for sign in _NATIONAL):
        return found
    return [body for body in found if not (body.unit and body.unit.name is None and body.head.name in (_COUNCIL, _COMMITTEE))]


def without_those_in_general(article: Article, facts: Facts, found: list[Body]) -> list[Body]:
    """Without bare bodies in sentences that speak of those of every unit, of a level, of all provinces."""
    return [body for body in found if body.is_named or not _is_in_general(article, facts, body)]


def _is_in_general(article: Article, facts: Facts, body: Body) -> bool:
    if body.unit is not None or body.level == "central":
        return False
    folded, name = article.folded, body.head.name
    if name in (_COUNCIL, _COMMITTEE):
        sign: re.Pattern[str] = _OF_LEVEL
    elif name == "Sở" and facts.home is None:
        sign = _PROVINCES
    else:
        sign = _OF_SO_MANY
    begin, stop = _around(folded, body)
    if sign is not _OF_SO_MANY and sign.search(folded, begin, stop):
        return True
    if facts.home is None and _OF_SITES.search(folded, body.end, stop):  # "Ban Tổ chức tỉnh ủy, Sở Nội vụ tại 72 điểm cầu"
        return True
    return _OF_SO_MANY.search(folded, body.end, stop) is not None


def _around(folded: str, body: Body) -> tuple[int, int]:
    """Where the sentence of a body begins and ends, near it."""
    near, far = max(0, body.start - _NEAR), min(len(folded), body.end + _NEAR)
    begin = max((at for mark in _BREAKS if (at := folded.rfind(mark, near, body.start)) >= 0), default=near)
    return begin, min((at for mark in _BREAKS if (at := folded.find(mark, body.end, far)) >= 0), default=far)


def is_in_a_name(folded: str, body: Body) -> bool:
    """Whether an international body is but a word of another name: ``Trung tâm UNESCO …``, ``FIFA Club World Cup``."""
    if body.head.tail != "none" or body.head.kind != "other" or " " in body.name:
        return False
    return folded.endswith(_NAMED_AFTER, 0, body.start) or folded.startswith(_CUPS, body.end)


def is_a_field(article: Article, body: Body) -> bool:
    """Whether letters stand for a field of work, not for who does it: ``công tác THADS``, ``ngành TAND``."""
    return article.text[body.start : body.end].isupper() and article.folded.endswith(FIELDS, 0, body.start)


def is_foreigners(article: Article, body: Body) -> bool:
    """Whether a bare parliament or government is that of another country, by its sentence."""
    text, folded = article.text, article.folded
    small = text[body.start].islower()
    begin, stop = _around(folded, body)
    if small:
        words = _CAPITAL.finditer(text, begin, body.start)
        before = [name.key for word in words if (name := read_name(article, word.start(), "country"))]
        return bool(before) and before[-1] not in ("việt nam", "vn")
    if folded.find("việt nam", begin, stop) >= 0 or folded.endswith("thủ tướng ", 0, body.start):
        return False
    if text[body.end : body.end + 1] == " " and name_end(text, body.end + 1):
        return False
    return any(folded.find(sign, begin, stop) >= 0 for sign in _ABROAD)


def is_told_small(folded: str, body: Body) -> bool | None:
    """Whether a board or office printed in small letters is meant by what it belongs to; None where that tells nothing.

    ``ban tuyên giáo tỉnh ủy``, ``chánh văn phòng UBND tỉnh``; ``giao ban báo chí`` is a briefing.
    """
    if body.head.name == "Ban" and folded.endswith("giao ", 0, body.start):
        return False
    if body.is_tailed and folded.startswith(_ADVISERS, body.start):
        return True
    is_office = body.head.name == "Văn phòng" and body.kind != "other"
    return True if is_office and folded.endswith(("chánh ", "lãnh đạo "), 0, body.start) else None


def without_distributed(article: Article, found: list[Body]) -> list[Body]:
    """Without the bare departments of all districts: ``Các LĐLĐ quận, huyện phối hợp với Phòng Văn hóa``."""
    if not any(_is_bare_department(body) for body in found):
        return found
    return [body for body in found if not (_is_bare_department(body) and _EVERY.search(_before(article, body)))]


def _is_bare_department(body: Body) -> bool:
    return body.head.name == "Phòng" and body.unit is None and not body.is_named and body.level is None


def _before(article: Article, body: Body) -> str:
    """What stands before a body in its sentence, near it."""
    begin, _ = _around(article.folded, body)
    return article.folded[max(begin, body.start - 120) : body.start]
