"""What a body's own words say of it: its kind (``Cục`` + ``Hậu cần`` is the army's), and whether they are a thing it makes."""

from __future__ import annotations

import re
from functools import cache

from transforms.clean.syllables import is_syllable
from transforms.document import Article
from transforms.extract.bodies_lexicon import Head
from transforms.extract.lexicon_files import table
from transforms.extract.place_names import read_name
from transforms.text import LOWER, UPPER

_LINE = re.compile(rf" ([{UPPER}][A-Za-z]{{2,}}|[2-5]G)(?!\w)")  # a brand's line of business
# "Tòa phúc thẩm" + "khu vực số 9"
_CIRCUIT = re.compile(r" (?:liên bang )?(?:khu vực (?:số )?|số )\d{1,2}(?!\w)")
_NUMBERED = ("Tòa án Phúc thẩm", "Phòng Cảnh sát Phòng cháy chữa cháy")
_OWN_ACRONYM = re.compile(r" \(([A-ZĐ]{2,5})\)(?= [^\W\d_])")
_HERE = re.compile(r" (?:Việt Nam|Vietnam)(?!\w| ?[-–])")
# Bodies of the United Nations and other states that have a mission here under their own name.
_MISSIONS = frozenset(["UNICEF", "UNDP", "UNFPA", "UNESCO", "WHO", "JICA", "KOICA", "USAID", "IOM", "ILO", "FAO", "WWF"])
# Small words that a club's name goes on with, up to a mark or a unit: "Câu lạc bộ Trái" + "tim nhân ái".
_CLUB = re.compile(
    rf"(?: [{LOWER}]+){{1,5}}?(?=[,.;:()\n”\"]|\Z| [-–] | [{UPPER}]| (?:tỉnh|thành phố|huyện|quận|thị xã|xã|phường|thôn|bản|ấp) |"
    r" (?:đã|vừa|đang|sẽ|là|có|cho|về|tại|trong|với|của|do|ra|vào|ở|để|và|được|phối|tổ|trao|tặng|hỗ|thăm|gồm|cùng|đến)(?!\w))"
)
# Parts that are of their owner's kind where that is one of these.
_UNIONS, _PARTS = ("front_and_unions",), ("military_police", "front_and_unions", "company", "school", "court_procuracy", "media")
_FORCES_OWN = dict.fromkeys(("Đội", "Trạm", "Viện", "Trung tâm"), ("military_police",))
_OWNERS = {"Phòng": _PARTS, "Khoa": ("school",), "Vụ": ("party_committee",), **_FORCES_OWN,
           "Ban": ("party_committee", *_PARTS[1:]), "Ban Pháp chế": ("company",),
           "Ban Chỉ đạo": ("court_procuracy", "party_committee"), "Ủy ban Kiểm tra": _UNIONS,
           "Chủ nhiệm Ủy ban Kiểm tra": _UNIONS}  # fmt: skip
_BESIDE = ("military_police", "court_procuracy", "front_and_unions")  # kinds of owners that else stand beside what is no part
_CODED = re.compile(r"P[ACKVX]\d{2}(?!\w)")  # departments of the provincial police by their codes: "Phòng PC45"
# What steering committees are for that the General Secretary chairs.
_STEERED = tuple(
    f"ban chỉ đạo trung ương về {aim}"
    for aim in ("phòng, chống tham nhũng", "hoàn thiện thể chế", "phát triển khoa học, công nghệ, đổi mới sáng tạo")
)
_CENTRE = re.compile(r" Trung ương(?! Cục)(?!\w)")
_HOUSES = (" Quốc hội", " Hạ viện", " Thượng viện")
_OF_THE_NATION = (" quốc gia", " Quốc gia")
_WORLDWIDE = (" toàn cầu", " ở nước ngoài")
_SOCIETIES = frozenset(["Ban", "Ban Vận động", "Hội", "Hiệp hội", "Tổng hội", "Liên hiệp hội", "Câu lạc bộ", "Liên đoàn"])


@cache
def _kinds() -> dict[str, list[tuple[str, str]]]:
    """By head: the openings of what follows it, and the kind that they make it."""
    found: dict[str, list[tuple[str, str]]] = {}
    for row in table("body_kinds.tsv"):
        for head in row["heads"].split("|"):
            found.setdefault(head, []).append((row["opening"], row["kind"]))
    return found


# Words of the forces in the subjects of their institutes: "Viện Kỹ thuật" + "Phòng không - Không quân".
_FORCES = re.compile(
    r"(?<!\w)(?:phòng không|không quân|hải quân|biên phòng|cảnh sát biển|quân (?:khu|đội|sự|chủng|y|khí|nhu|giới)|"
    r"binh chủng|công binh|pháo binh|tăng thiết giáp|khoa học hình sự|kỹ thuật hình sự|bộ đội|công an)(?!\w)"
)
_INSTITUTES = ("Viện", "Trung tâm")


@cache
def _abroad() -> frozenset[str]:
    """Fields of ministries that only other states have."""
    return frozenset(row["name"] for row in table("body_topics.tsv") if row["source"] == "ministries abroad")


def kind_of(head: Head, own: str | None) -> str | None:
    """The kind that the topic after a head makes it, None where it is the head's.

    >>> kind_of(Head("Cục", "government", None, "topic"), "Hậu cần Quân khu 7")
    'military_police'
    """
    if head.name == "Phòng" and own and _CODED.match(own):
        return "military_police"
    if head.name in _INSTITUTES and own and _FORCES.search(own.lower()):
        return "military_police"
    for opening, kind in _kinds().get(head.name, ()):
        if own and own.lower().startswith(opening.lower()) and not own[len(opening) : len(opening) + 1].isalnum():
            return kind
    return None


def kind_of_owner(head: Head, owner: str | None) -> str | None:
    """The kind of a part where its owner tells it: a department of the police, a union's inspectors, the courts' committee.

    >>> committee = Head("Ban Chỉ đạo", "government", None, "topic")
    >>> kind_of_owner(committee, "court_procuracy"), kind_of_owner(committee, "school")
    ('court_procuracy', None)
    """
    if owner in ("company", "government", "school") and head.name == "Ban Thường vụ":  # its party committee's
        return "party_committee"
    return owner if owner in _OWNERS.get(head.name, ()) else None


def owns(head: Head, owner: str) -> bool:
    """Whether a body that else stands beside another owns it by its kind: ``Phòng Tham mưu`` + ``Tòa án …``."""
    return owner in _BESIDE and kind_of_owner(head, owner) is not None


def whole(name: str, head: Head, kind: str, level: str | None) -> tuple[str, str | None]:
    """The kind and level of a body without a unit by its whole name, where that tells more than its head.

    >>> whole("Ban Việt kiều Trung ương", Head("Ban", "government", None, "topic"), "government", None)
    ('government', 'central')
    """
    if head.name == "Ủy ban" and any(house in name for house in _HOUSES):
        return "people_council", level
    if head.name == "Hội đồng" and kind == "other" and name.endswith(_OF_THE_NATION):
        return "government", level
    if head.name == "Bộ" and name[3:] in _abroad():
        return kind, None
    if not head.name.startswith("Ban") or head.tail != "topic":
        return kind, level
    if name.lower().startswith(_STEERED) or (head.name == "Ban" and name.endswith(" Trung ương Đảng")):
        kind = "party_committee"
    if kind == "party_committee" and name.startswith("Ban Chỉ đạo Tây "):
        level = "central"
    return kind, level or ("central" if _CENTRE.search(name) else None)


@cache
def _products() -> dict[str, tuple[str, ...]]:
    """Product lines by folded name, each with the brands whose it is; none: of any."""
    return {row["name"].lower(): tuple(filter(None, row["brands"].split("|"))) for row in table("product_lines.tsv")}


def is_product(article: Article, end: int, head: Head) -> bool:
    """Whether a brand that ends at ``end`` is but the first word of a product: ``Samsung`` + ``Galaxy``."""
    line = _LINE.match(article.text, end)
    brands = _products().get(line[1].lower()) if line else None
    return brands is not None and (not brands or head.name in brands)


def read_line(article: Article, end: int, head: Head) -> tuple[int, str] | None:
    """A brand's line of business or its firm in this country: ``Viettel`` + ``Post``, ``Samsung`` + ``Việt Nam``."""
    is_brand = head.kind in ("company", "media") and head.tail in ("none", "opt") and head.level is None
    here = _HERE.match(article.text, end) if is_brand or head.name in _MISSIONS else None
    if here:
        return here.end(), here[0].strip()
    line = _LINE.match(article.text, end) if head.kind == "company" and head.tail in ("none", "opt") else None
    return (line.end(), line[1]) if line and line[1][0].isalpha() and not is_syllable(line[1].lower()) else None


def read_reach(article: Article, end: int, name: str, head: Head) -> tuple[int, str] | None:
    """Which of a state's courts it is, or that a society is everywhere: ``Hiệp hội Doanh nhân Việt Nam`` + ``ở nước ngoài``."""
    if name.startswith(_NUMBERED):
        circuit = _CIRCUIT.match(article.folded, end)
        return (circuit.end(), circuit[0].strip()) if circuit else None
    if head.name in _SOCIETIES and name.endswith("Việt Nam"):
        wide = next((words for words in _WORLDWIDE if article.folded.startswith(words, end)), None)
        if wide and not article.folded[end + len(wide) : end + len(wide) + 1].isalnum():
            return end + len(wide), wide.strip()
    return None


def past_own_acronym(article: Article, start: int, end: int) -> int:
    """After the brackets that only shorten a head: ``Câu lạc bộ`` + ``(CLB)`` + ``Bóng đá``."""
    acronym = _OWN_ACRONYM.match(article.text, end) if article.text.startswith(" (", end) else None
    if acronym is None:
        return end
    initials = "".join(word[0] for word in article.text[start:end].upper().split())
    return acronym.end() if initials.endswith(acronym[1]) else end  # "nhóm lớp Mầm non" + "(MN)" + "Sen Vàng"


def read_club(article: Article, end: int, own: str) -> tuple[int, str]:
    """A club's name of small words after its first, which is cut else: ``Câu lạc bộ`` + ``Trái`` + ``tim nhân ái``."""
    words = _CLUB.match(article.text, end) if " " not in own and own[1:].islower() and is_syllable(own.lower()) else None
    if words is None or not all(map(is_syllable, words[0].split())):
        return end, own
    if any(read_name(article, end - len(own), level) for level in ("province", "district")):  # "CLB Huế bất ngờ thua"
        return end, own
    return words.end(), f"{own}{words[0]}"
