"""The body in which an office is held, where it is not printed right after the office."""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from typing import NamedTuple

from schemas.rows import Organisation
from transforms.clean.syllables import is_syllable
from transforms.clean.unicode import fold_key, fold_tones
from transforms.document import Article, Facts
from transforms.extract.mention import Mention
from transforms.extract.office_parts import NO_NAME
from transforms.extract.offices import OF_VILLAGES, Office
from transforms.extract.place_names import read_name
from transforms.text import LOWER, UPPER, Sentence

CHIEFS = ("Thủ tướng", "Chủ tịch nước", "Tổng thống", "Tổng Bí thư")  # heads of state, of government and of the party
_WITH = re.compile(r"\s*(?:với|về phía|phía|đại diện(?: cho)?|thay mặt)(?: (?:lãnh đạo|phía))? ", re.I)
_COMMITTEE = re.compile(r"(?:(?:Tỉnh|Thành|Huyện|Quận|Thị|Đảng) ủy|(?:Tỉnh|Thành|Huyện|Quận|Thị) đoàn|Trung ương|Đảng bộ)\b.*")
_PARTY_TITLES = ("Ủy viên Ban Thường vụ", "Ủy viên Ban Chấp hành", "Ủy viên Thường vụ")
_HEADS = (
    "Chủ tịch", "Phó Chủ tịch", "Phó Chủ tịch Thường trực", "Tổng Giám đốc", "Phó Tổng Giám đốc", "Tổng Thư ký",
    "Phó Tổng Thư ký", "Hiệu trưởng", "Phó Hiệu trưởng", "Viện trưởng", "Phó Viện trưởng", "Giám đốc", "Giám đốc điều hành",
    "Chủ tịch Hội đồng quản trị", "Chủ tịch Hội đồng thành viên", "Thành viên Hội đồng quản trị",
    "Thành viên Hội đồng thành viên", "Ủy viên Hội đồng quản trị", "Ủy viên Hội đồng thành viên",
)  # fmt: skip
# A body whose kind no lexicon knows, told by its first word: "Giám đốc Cảng vụ Đường thủy nội địa", "Trưởng ban Nghi lễ".
_UNREAD = re.compile(
    r" ((?:Hội|Hiệp hội|Liên hiệp|Liên đoàn|(?:Liên )?[Cc]hi hội|Câu lạc bộ|CLB|Trung tâm|Công ty|Tổng [Cc]ông ty|Tập đoàn|"
    r"Xí nghiệp|Nhà máy|Ban|Phòng|Cục|Vụ|Viện|Học viện|Trường|Khoa(?! học)|Bệnh viện|Quỹ|Ngân hàng|Cảng vụ|Cơ quan|Hợp tác xã|"
    r"HTX|Bảo tàng|Thư viện|Nhà hát|Nhà xuất bản|Tạp chí|Văn phòng|Ủy ban|Uỷ ban|Hội đồng|Diễn đàn|Mạng lưới|Trạm|Đội|Tổ|"
    r"Đồn(?= [Cc]ông an| [Bb]iên phòng)|"
    r"Tổ chức|[Cc]hương trình|Dự án|Khu|Vườn|Hạm đội|Khối|Chi nhánh|"
    rf"(?:cục|vụ|trường|trung tâm|bộ|viện)(?= [{UPPER}]))"
    rf" (?!{NO_NAME})(?:[^,;.:()\n]|\.(?=[A-Z])){{3,100}}?)(?= ?(?:[,;:()\n]|\.(?!\w)|$)| (?:[-–—] )?{NO_NAME})"
)
# A body of which only the name has capitals: "phát ngôn viên của lực lượng Houthi".
_OF_LOWER = re.compile(
    r"(?: của (?=\w)| (?=hãng ))"
    r"((?:lực lượng|cảnh sát|quân đội|chính quyền|quỹ đầu tư|quỹ|tập đoàn|hãng|công ty|tổ chức|phong trào|liên minh|"
    rf"đại sứ quán|lãnh sự quán|tổng lãnh sự quán|phái bộ)"
    rf" [{UPPER}][\w’'-]*(?: (?:[{LOWER}]+ )?[{UPPER}][\w’'-]*){{0,6}})(?!\w)"
)
_MANAGERS = re.compile(
    r"Giám đốc|Hội đồng quản trị|Hội đồng thành viên|Kế toán trưởng|Trưởng đại diện|Tổng Biên tập|"
    r"^(?:Nguyên |Cựu )?(?:Phó )?Chủ tịch$"
)
_BRAND = re.compile(
    rf" ([{UPPER}][\w&-]*(?: (?!20\d\d)[{UPPER}\d][\w&-]*){{0,6}})(?=[,;.)\n]|$| [{LOWER}(]| [-–] (?![{UPPER}])| 20\d\d)"
)
_IN_FULL = (("Trường ĐH ", "Trường Đại học "), ("TP.HCM", "Thành phố Hồ Chí Minh"), ("TPHCM", "Thành phố Hồ Chí Minh"))
_HEADS_IN_SMALL = (" cục ", " vụ ", " trường ", " trung tâm ", " bộ ", " viện ")
# For what of a firm somebody answers: "Chủ tịch ngành hóa chất của Tập đoàn X"
_DIVISION = re.compile(
    rf" (?:(?:ngành|khối|mảng|bộ phận|phụ trách)(?: [{LOWER}]+){{1,6}}|[Mm]arketing) của(?= [{UPPER}])"
)
# Titles whose last word begins their body's name, and the rest of that: "Trưởng bộ môn" + "Luật hình sự"
_SHARED = re.compile(r"rưởng (ban|phòng|bộ môn|khoa)$")
_OF_SHARED = re.compile(
    rf" ([{UPPER}][{LOWER}]+[ -](?!{NO_NAME})[^,;.:()\n]{{1,50}}?|[{UPPER}][{LOWER}]+)"
    rf"(?= ?(?:[,;:()\n]|\.(?!\w)|$)| (?:[-–—] )?{NO_NAME}| rồi )"
)
_HALF_WORD = re.compile(rf" [{UPPER}][{LOWER}]+\Z")
_GOES_ON = re.compile(rf" (?!{NO_NAME})[{LOWER}]")
_NO_BRANDS = ("TP", "UBND", "HĐND", "HĐQT", "HĐTV", "VN", "MTTQ", "UB", "BCH", "BTV", "TW", "TƯ", "Marketing")
# A body's class word alone after an office: "ông A, phó giám đốc sở, cho biết".
_CLASS = re.compile(
    r" (sở|bệnh viện|trung tâm|công ty|cục|viện|học viện|tập đoàn|ngân hàng|tổng công ty|hiệp hội|quỹ|nhà máy)"
    rf"(?=[,.;:()\n]| [-–]| {NO_NAME})"
)
_SEATS = ("Nhà Trắng", "Lầu Năm Góc", "Điện Kremlin", "điện Kremlin", "Nhà Xanh")  # that stand for who sits there
_ALLIANCE = re.compile(rf" ([A-Z]{{2,6}}|[{UPPER}][\w&-]{{2,}}|{'|'.join(_SEATS)}) ")  # Tổng thư ký NATO, CEO Apple
_RUN = ("company", "cooperative")  # kinds of bodies that managers run
_RUNS = re.compile(r"(?:, [^,.;:()\n]{2,30})? làm ")  # with his nation between
_SPEAKS = re.compile(r"hát ngôn|hẩm phán$|iám đốc|hát ngôn viên|ại diện$|hân tích|Huấn luyện viên|^(?:Phó )?Chủ tịch$")
_BY = re.compile(r"\bdo (?:đồng chí |ông |bà )?\Z")
# A body that is said to be led by him: "Đoàn kiểm tra của Bộ Chính trị do ông A làm Trưởng đoàn".
_FIRST_CLAUSE = re.compile(rf" {NO_NAME}")
_LED = re.compile(
    r"(?:\A|[\s(])((?:Ban|Đoàn|Tổ|Tiểu ban|Hội đồng|Ủy ban|"
    r"đoàn (?=kiểm tra|giám sát|thanh tra|công tác|khảo sát|liên ngành)) ?"
    r"[^,;.:()\n]{2,90}?)(?: gồm [^,;.:()\n]{2,40})? ?[(,]? ?do \Z"
)


class Held(NamedTuple):
    """An office, with its holder (a number in the list of mentions) and the body settled by its chain."""

    office: Office
    holder: int
    organisation: str | None
    tenure: str | None


def shared(chain: list[Held]) -> list[Held]:
    """A chain of offices with the body of its last one, which no lexicon knows, given to the heads of the same firm before it."""
    for place in range(len(chain) - 2, -1, -1):
        one, after = chain[place], chain[place + 1]
        is_same = one.holder == after.holder and one.organisation is None and after.organisation is not None
        if is_same and _title(one) in _HEADS and _title(after) in _HEADS:
            past = "former" if one.tenure == "former" and after.tenure == "current" else after.tenure
            chain[place : place + 2] = [one._replace(organisation=after.organisation), after._replace(tenure=past)]
    return chain


def _title(held: Held) -> str:
    return held.office.title.removeprefix("Nguyên ").removeprefix("Cựu ")


def chain_bodies(chain: list[Office]) -> list[str | None]:
    """The body of each office of a chain: its own, or for a party committee's member the committee that closes the chain."""
    bodies = [office.organisation for office in chain]
    for place in range(len(chain) - 2, -1, -1):
        title = chain[place].title.removeprefix("Nguyên ").removeprefix("Cựu ")
        is_member = title in _PARTY_TITLES
        past = place + 2 if is_member and bodies[place + 1] is None else place + 1  # a head of a department between them
        following = bodies[past] if past < len(bodies) else None
        if bodies[place] is not None or following is None:
            continue
        if is_member:
            committee = _COMMITTEE.search(following)
            bodies[place] = committee[0] if committee else None
        elif title in _HEADS and chain[place + 1].title in _HEADS:
            bodies[place] = following
    return bodies


def past_country(article: Article, office: Office) -> int:
    """Where an office ends with the country that follows it: ``cựu Thủ tướng`` + ``Ý``."""
    if office.organisation or not article.text[office.end + 1 : office.end + 2].isupper():
        return office.end
    country = read_name(article, office.end + 1, "country")
    return country.end if country else office.end


def abbreviated(text: str, facts: Facts, office: Office) -> tuple[Office, str | None]:
    """``Chủ tịch HĐQT MHB``: a body by its acronym, which the text defines, after an office."""
    start = office.end + 1
    if text[office.end : start] != " " or not text[start : start + 1].isupper():
        return office, None
    body = _body_at(facts, start)
    if body is None or not text[start : body.end_char].isupper():
        return office, None
    return office._replace(end=body.end_char, organisation=body.name), body.name


def closed_by(text: str, facts: Facts, office: Office) -> tuple[Office, str | None]:
    """``Ông A, Chánh Văn phòng, Bộ X``, ``… - Phó Tham mưu trưởng - Bộ Tư lệnh``: the body after the comma is the office's."""
    start = office.end + (3 if text.startswith((" - ", " – "), office.end) else 2)
    if text[office.end : start] not in (", ", " - ", " – ") or office.title in CHIEFS or not text[start : start + 1].isupper():
        return office, None
    body = _body_at(facts, start)
    if body is None:
        return office, None
    if body.kind in ("media", "party") or text[body.end_char : body.end_char + 1] not in (",", ")", " ", ";", "."):
        return office, None
    if text.startswith((" là ", " đã ", " được "), body.end_char):  # a clause of its own
        return office, None
    name = f"Văn phòng {body.name}" if office.title.endswith("Chánh Văn phòng") else body.name
    return office._replace(end=body.end_char, organisation=name), name


def unread(text: str, limit: int, office: Office) -> tuple[Office, str | None]:
    """The words after an office that follows its holder, where they can only name its body, up to the next name or office."""
    end = office.end + len(" của") if text.startswith(" của ", office.end) else office.end
    if office.title in CHIEFS or office.title.endswith(OF_VILLAGES):
        return office, None
    if text[end : end + 1] != " ":
        return office, None
    is_manager = _MANAGERS.search(office.title) is not None
    division = _DIVISION.match(text, end) if is_manager else None
    if division:
        end = division.end()
    elif is_manager and text.startswith((" - ", " – "), end):
        end += 2
    if not text[end + 1 : end + 2].isupper() and not text.startswith(_HEADS_IN_SMALL, end):
        lower = _OF_LOWER.match(text, office.end)
        if lower is None or limit < lower.end():
            return office, None
        name = fold_tones(lower[1][0].upper() + lower[1][1:])
        return office._replace(end=lower.end(1), organisation=name), name
    match = _UNREAD.match(text, end)
    shared = _SHARED.search(office.title) if match is None and end == office.end else None
    if shared:
        match = _OF_SHARED.match(text, end)
    if match is None and is_manager:
        match = _BRAND.match(text, end)
        first = match[1].partition(" ")[0] if match else ""
        if match and (len(first) < 2 or first in _NO_BRANDS or (is_syllable(fold_key(first)) and not first.isupper())):
            match = None
        if match and _HALF_WORD.search(match[1]) and _GOES_ON.match(text, match.end()):
            match = None  # "PGD Ngân" of "PGD Ngân hàng"
    if match is None or limit < match.end():
        return office, None
    name = fold_tones(match[1].replace(" của ", " ").replace(" thuộc ", " "))
    name = f"{shared[1].capitalize()} {name}" if shared else f"{name[0].upper()}{name[1:]}"
    for short, full in _IN_FULL:
        name = name.replace(short, full)
    if name.endswith(" VN"):
        name = f"{name.removesuffix(' VN')} Việt Nam"
    return office._replace(end=match.end(1), organisation=name), name


def alliance(text: str, facts: Facts, office: Office, start: int) -> tuple[Office, str | None]:
    """``Tổng Thư ký NATO John Smith``: the acronym, firm or seat between an office and the name at ``start``."""
    match = _ALLIANCE.fullmatch(text, office.end, start)
    if match and match[1] in _SEATS:
        return office._replace(end=match.end(1), organisation=match[1]), fold_tones(match[1])
    if match and not match[1].isupper():
        number = bisect_left(facts.places, match.start(1), key=lambda place: place.start_char)
        is_place = number < len(facts.places) and facts.places[number].start_char == match.start(1)
        if is_place or is_syllable(fold_key(match[1])):
            return office, None
    if match is None or match[1] in _NO_BRANDS or not (_MANAGERS.search(office.title) or office.title.endswith("Thư ký")):
        return office, None
    return office._replace(end=match.end(1), organisation=match[1]), match[1]


def after_name(article: Article, facts: Facts, office: Office, end: int) -> str | None:
    """``Người phát ngôn John Smith của Bộ Quốc phòng Mỹ``: the body after the name of who speaks or acts for it."""
    if not article.text.startswith(" của ", end) or not _SPEAKS.search(office.title):
        return None
    body = _body_at(facts, end + len(" của "))
    return body.name if body and body.kind != "party" else None


def owner(text: str, facts: Facts, office: Office) -> str | None:
    """The club or firm in ``CLB Hải Phú của quyền Chủ tịch A``, which is the one that he heads."""
    if not text.endswith(" của ", 0, office.start) or not _MANAGERS.search(office.title.removeprefix("Quyền ")):
        return None
    number = bisect_right(facts.organisations, office.start, key=_start) - 1
    body = facts.organisations[number] if number >= 0 else None
    if body is None or body.end_char != office.start - len(" của "):
        return None
    return body.name if body.kind in _RUN or body.name.startswith("Câu lạc bộ") else None


def led(article: Article, facts: Facts, mention: Mention, office: Office) -> str | None:
    """The body in ``Ban Pháp chế (do ông A làm Trưởng ban)``: one of the kind that the title tells."""
    text = article.text
    by = _BY.search(text, max(0, mention.lead - 13), mention.lead)
    if by is None:
        return None
    kind = office.title.rpartition(" ")[2].lower()
    end = by.start()
    while end and text[end - 1] in " (,":
        end -= 1
    number = bisect_right(facts.organisations, end, key=_start) - 1
    body = facts.organisations[number] if number >= 0 else None
    if body is not None and body.end_char == end and body.name.lower().startswith(f"{kind} "):
        return body.name
    is_firm = body is not None and body.end_char == end and body.kind in _RUN and _MANAGERS.search(office.title) is not None
    is_school = body is not None and body.end_char == end and body.kind == "school" and office.title.endswith("iệu trưởng")
    if body is not None and (is_firm or is_school) and _RUNS.match(article.folded, mention.end):
        return body.name  # "Công ty X (do bà A làm Chủ tịch HĐQT kiêm Tổng giám đốc)"
    match = _LED.search(text, max(text.rfind("\n", max(0, end - 110), end), end - 110, 0), by.start() + 3)
    if match is None or not match[1].lower().startswith(f"{kind} "):
        return None
    name = fold_tones(_FIRST_CLAUSE.split(match[1])[0].replace(" của ", " "))
    return f"{name[0].upper()}{name[1:]}"


def with_body(article: Article, facts: Facts, mention: Mention) -> str | None:
    """The body in ``Với Tập đoàn X, ông A, Phó tổng giám đốc`` or ``Về phía X có bà B, Giám đốc``."""
    sentence = sentence_at(article, mention.start)
    if sentence is None:
        return None
    opens = _WITH.match(article.text, sentence.start)
    body = _body_at(facts, opens.end()) if opens else None
    return body.name if body and body.start_char < mention.lead < body.end_char + 40 else None


def classed(article: Article, facts: Facts, office: Office) -> tuple[Office, str | None]:
    """``phó giám đốc sở``: the class word alone means the last body of its kind that was named before, not far away."""
    word = _CLASS.match(article.folded, office.bare_end) if office.end == office.bare_end else None
    if word is None:
        return office, None
    number = bisect_left(facts.organisations, office.start, key=_start) - 1
    while number >= 0 and office.start - facts.organisations[number].end_char < 300:
        body = facts.organisations[number]
        if body.name.lower().startswith(word[1]):
            return office._replace(end=word.end(1)), body.name
        number -= 1
    return office, None


def this_body(article: Article, facts: Facts, start: int) -> str | None:
    """The body meant by ``tổng giám đốc nhà mạng này``: the last one named before it in the sentence."""
    sentence = sentence_at(article, start)
    number = bisect_left(facts.organisations, start, key=_start) - 1
    if sentence is None or number < 0 or facts.organisations[number].start_char < sentence.start:
        return None
    return facts.organisations[number].name


def _body_at(facts: Facts, start: int) -> Organisation | None:
    number = bisect_left(facts.organisations, start, key=_start)
    if number == len(facts.organisations) or facts.organisations[number].start_char != start:
        return None
    return facts.organisations[number]


def _start(body: Organisation) -> int:
    return body.start_char


def sentence_at(article: Article, pos: int) -> Sentence | None:
    """The sentence in which ``pos`` lies."""
    number = bisect_right(article.sentences, pos, key=lambda sentence: sentence.start) - 1
    return article.sentences[number] if number >= 0 and pos < article.sentences[number].end else None
