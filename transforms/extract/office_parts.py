"""Parts of a body whose kind no lexicon knows, told by the words after an office: a ward, a department, a squad, an office."""

from __future__ import annotations

import re

from transforms.clean.unicode import fold_tones
from transforms.document import Article
from transforms.extract.names import name_end
from transforms.extract.organisations import read_body
from transforms.extract.place_names import read_name
from transforms.text import LOWER, UPPER

# Words that no body's name goes on with.
NO_NAME = (
    r"(?:cho|nói|phát biểu|chia sẻ|khẳng định|nhấn mạnh|đã|đang|cũng|là|trao|dự|chủ trì|nhận định|kiêm|khóa|khoá|nhiệm kỳ|"
    r"giai đoạn|từ|tại|có|được|bị|trong|chúc|báo cáo|trình bày|tham dự|đánh giá|thông tin|nêu|làm|kể|từng|vừa|hiện|vẫn|sẽ|"
    r"xác nhận|phản ánh|kết luận|yêu cầu|đề nghị|thay|không|bày tỏ|tiếp|gồm|cùng|với|và (?:là|các)|thừa nhận|phân tích|"
    r"giải thích|lý giải|khai|viết|bác bỏ|cảnh báo|trả lời|tuyên bố|ký|chỉ đạo|mong|hứa|gửi|tặng|thăm|xin|đề xuất|kiến nghị|"
    r"đến (?:nhận|công tác|dự|thăm)|nhắc nhở)\b"
)
# Where a part's name ends: a mark, a verb, or the body to which it belongs.
_STOP = (
    r"(?! ?[-–] (?:Mũi|Họng|Hàm|Mặt|[Cc]hống độc|Phụ khoa|Lồng ngực|Sọ não|Thần kinh|Thận)\b)"
    rf"(?= ?(?:[,;:()\n“”\"]|\.(?!\w)|\Z)| ?[-–] | {NO_NAME}| (?:của|thuộc|này|trên|thì|rằng|ông|bà)\b|"
    r" (?:[Bb]ệnh viện|BV|[Tt]rường|[Cc]ông an|CA|CATP|[Ss]ở|[Cc]ông ty|[Tt]ập đoàn|[Nn]gân hàng|[Vv]iện|[Hh]ọc viện)\b|"
    rf" ĐH [{UPPER}])"
)
_WORD = rf"(?!{NO_NAME})[^\W\d_]+"
_SECTION = re.compile(rf" ({_WORD}(?:(?: | - | & ){_WORD}){{1,8}}?){_STOP}")
_FEAST = re.compile(
    rf" ((?:lễ hội|hội thi|cuộc thi|giải|liên hoan|festival|chương trình|ngày hội|hội thao|đại hội|diễn đàn|hội nghị|hội thảo|"
    rf"hội diễn|hội chợ|hội trại|triển lãm|tuần lễ|hội xuân|lễ kỷ niệm|cuộc vận động|trại hè)(?: {_WORD}){{0,10}}?"
    rf"(?: lần thứ (?:\d{{1,3}}|[ivx]+))?(?: (?:năm )?20\d\d)?){_STOP}",
    re.I,
)
_PAGODA = re.compile(
    rf" ((?:chùa|tu viện|thiền viện|tịnh xá|đền) [{UPPER}][{LOWER}]+(?: [{UPPER}][{LOWER}]+){{0,3}})"
    rf"(?:{_STOP}|(?= (?:dưới|trên|bên|gần|nằm|ở) ))"
)
_SINGLE = re.compile(rf" (Nội|Ngoại|Sản|Nhi|Dược|Mắt|Lao|Luật|Toán|Báo|Kinh tế|Báo chí){_STOP}")
# With which the names of departments and of wards begin, where they aren't told from a person's by letters of both cases.
_FIRST = {
    "phòng": re.compile(
        r"(?:bảo|cảnh|chính|công|đào|đầu|điều|gíao|giáo|hành|hợp|kế|kiểm|kinh|kỹ|nghiệp|nghiên|nội|pháp|phòng|quản|quy|sản|tài|tham|"
        r"thanh|thông|tiếp|tổ|tổng|truyền|tuyển|tư|văn|vật|xây|xuất|y) "
    ),
    "khoa": re.compile(
        r"(?:báo|bỏng|cấp|chẩn|chấn|cơ|công|da|dinh|du|dược|điện|gây|giáo|hô|hồi|khám|kiểm|kinh|kỹ|lão|luật|ngoại|ngữ|nhi|nội|"
        r"phẫu|phục|quản|quốc|răng|sản|sơ|tai|tài|thần|thận|tiết|tiêu|tim|toán|triết|truyền|ung|vật|xét|xã|xây|y) "
    ),
}
_OF_FIRMS = ("sản xuất", "kinh doanh", "bán hàng")  # departments that no public body has
_SHORT = {"ĐH": "đại học", "CSGT": "Cảnh sát giao thông", "CSHS": "Cảnh sát hình sự", "CSĐT": "Cảnh sát điều tra"}
_CAPITALS = re.compile(r"\b(?:ĐH|CSGT|CSHS|CSĐT|Q\. ?(?=\d)|P\. ?(?=\d))")
# "Đội trưởng đội CSGT đường thủy", "Đội phó Đội quản lý trật tự đô thị Q.1"
_TEAM = re.compile(
    rf" ((?:CSGT|CSHS|CSĐT|QLTT|[{LOWER}]+)(?: (?!{NO_NAME})[{LOWER}]+){{1,7}}(?: (?:[QP]\. ?\d{{1,2}}|số \d{{1,3}}))?)"
    r"(?= ?[,;()\n]|\.(?!\w)| - | – )"
)
_PALACE = re.compile(r" (?:của )?(phủ (?:tổng thống|chủ tịch|thủ tướng)|nhà trắng|nhà xanh)\b")
_RURAL = re.compile(
    r" (?:thường trực )?điều phối (?:ctmtqg |chương trình mtqg )?(?:(?:xây dựng )?nông thôn mới|(?:xd)?ntm)\b"
    r"(?: (trung ương|tw)\b)?"
)
_UNIT = re.compile(r" (tỉnh|thành phố|tp\.?|huyện) ")
_NUMBER = re.compile(r" ([12]|II?|phía Nam) (?=[TtGg])")
_CHURCH = re.compile(r"trung ương giáo hội phật giáo(?: việt nam)?\b")
# The youth union's centre, after a department of it.
_UNION = re.compile(
    r"(?: [Tt]rường học| [Nn]ông thôn)?(?: Trung ương| TW| T\.?Ư\.?)? Đoàn"
    rf"(?: (?:TNCS|[Tt]hanh niên [Cc]ộng sản) (?:HCM|Hồ Chí Minh)\b|(?= ?(?:[,;:()\n]|\.(?!\w)|\Z| [-–] )| {NO_NAME}))"
)
_PARTS = ("Phòng ", "Đội ", "Khoa ", "Trạm ", "Đồn ", "Hạt ")
_SCHOOLS, _UNIVERSITIES = ("Đại học ", "Trường Đại học "), (" (Đại học ", " (ĐH ")  # a school may be one of a university's
_IN_FULL = {"CATP": "Công an thành phố", "CAT": "Công an tỉnh", "CAQ": "Công an quận", "CAH": "Công an huyện"}
_STATE = re.compile(r" (liên bang|vương quốc|cộng hòa) ")
_CODE = re.compile(r" \(P[A-ZĐ]{1,3}\d{1,3}\) ")
_POLICE = re.compile(rf" ({'|'.join(_IN_FULL)})(?!\w| [{UPPER}])")


def read_section(article: Article, end: int, kind: str) -> tuple[int, str] | None:
    """``Trưởng khoa`` + ``Tai Mũi Họng``, ``trưởng phòng`` + ``đào tạo ĐH``: up to a mark, a verb or the body it belongs to."""
    text = article.text
    section = _SECTION.match(text, end)
    if section is None:
        single = _SINGLE.match(text, end) if kind == "khoa" else None
        return (single.end(1), f"Khoa {single[1]}") if single else None
    name = section[1]
    first = name.partition(" ")[0]
    if kind == "phòng" and name.lower().startswith(_OF_FIRMS):
        return None
    mixed = first[0].isupper() and re.search(rf" [{LOWER}]", name) is not None
    if not mixed and (kind not in _FIRST or _FIRST[kind].match(name.lower()) is None):
        return None
    if first[0].isupper() and name_end(text, end + 1):
        return None
    return section.end(1), f"{kind.capitalize()} {_in_full(name)}"


def read_feast(article: Article, end: int) -> int | None:
    """Where that ends for which a committee of organisers is: ``Ban tổ chức`` + ``lễ hội cầu ngư làng Thượng``."""
    feast = _FEAST.match(article.text, end)
    return feast.end(1) if feast else None


def read_pagoda(article: Article, end: int) -> tuple[int, str] | None:
    """``Trụ trì`` + ``chùa Non``."""
    pagoda = _PAGODA.match(article.text, end)
    return (pagoda.end(1), fold_tones(pagoda[1][0].upper() + pagoda[1][1:])) if pagoda else None


def read_team(article: Article, end: int, kind: str) -> tuple[int, str] | None:
    """The words of a squad's name that end at a mark: ``Đội`` + ``quản lý trật tự đô thị Q.1``."""
    team = _TEAM.match(article.text, end)
    return (team.end(1), f"{kind} {_in_full(team[1])}") if team else None


def read_secretariat(article: Article, end: int) -> tuple[int, str] | None:
    """``Chánh văn phòng`` + ``phủ Tổng thống``, ``Điều phối nông thôn mới tỉnh X``, ``Phó Văn phòng`` + ``2 Trung ương …``."""
    folded = article.folded
    palace = _PALACE.match(folded, end)
    if palace:
        country = read_name(article, palace.end() + 1, "country") if folded.startswith(" ", palace.end()) else None
        stop = country.end if country else palace.end()
        name = fold_tones(article.text[palace.start(1) : stop])
        return stop, f"Văn phòng {name[0].upper()}{name[1:]}"
    rural = _RURAL.match(folded, end)
    if rural:
        name, stop = "Văn phòng Điều phối nông thôn mới", rural.end()
        if rural[1]:
            return stop, f"{name} Trung ương"
        unit = _UNIT.match(folded, stop)
        home = read_name(article, unit.end(), "province" if unit[1][0] == "t" else "district") if unit else None
        if home:
            return home.end, f"{name} {fold_tones(article.text[stop + 1 : home.end])}"
        return stop, name
    number = _NUMBER.match(article.text, end)
    if number is None:
        return None
    church = _CHURCH.match(folded, number.end())
    body = (church.end(), fold_tones(article.text[church.start() : church.end()])) if church else read_body(article, number.end())
    return (body[0], f"Văn phòng {number[1]} {body[1]}") if body else None


def past_union(article: Article, end: int) -> int:
    """Where a department of the youth union's centre ends: ``Ban Thanh niên`` + ``Trường học Trung ương Đoàn TNCS HCM``."""
    union = _UNION.match(article.text, end) if "Đoàn" in article.text[end : end + 30] else None
    return union.end() if union else end


def _in_full(name: str) -> str:
    said = _CAPITALS.sub(lambda short: _SHORT.get(short[0], "quận " if short[0][0] == "Q" else "phường "), name)
    return fold_tones(said)


def of_whole(article: Article, end: int, part: str) -> tuple[int, str]:
    """``Phòng CSGT (Công an tỉnh X)``: a part, and in brackets whose it is, without which nobody knows it."""
    police = _POLICE.match(article.text, end)
    if police and part.startswith(_PARTS):
        return police.end(), f"{part} {_IN_FULL[police[1]]}"
    state = _STATE.match(article.folded, end) if part.startswith("Bộ ") else None
    if state and (country := read_name(article, state.end(), "country")):
        return country.end, f"{part} {state[1].capitalize()} {fold_tones(article.text[country.start : country.end])}"
    if part.endswith(" CATP"):
        return end, part.removesuffix("CATP") + _IN_FULL["CATP"]
    is_member = part.startswith(_SCHOOLS) and article.text.startswith(_UNIVERSITIES, end)
    if not is_member and not (part.startswith(_PARTS) and article.text.startswith(" (", end)):
        return end, part
    code = _CODE.match(article.text, end)  # "Phòng Công tác Đảng (PX15) Công an tỉnh"
    if code and (whole := read_body(article, code.end())):
        return whole[0], f"{part} {whole[1]}"
    name, at = part, end + 2
    while whole := read_body(article, at):
        if whole[1] == name:  # its abbreviation
            break
        name, at = f"{name} {whole[1]}", whole[0]
        if article.text.startswith(")", at):
            return at + 1, name
        at += 2 if article.text.startswith(", ", at) else 0
    return end, part
