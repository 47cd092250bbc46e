"""What stands over the headline of a plain page: the site's or body's name, its menu, the path to the article, its motto."""

from __future__ import annotations

import re

from transforms.clean.bars import is_menu, is_root, leads_on
from transforms.clean.blocks import Block
from transforms.clean.furniture import names_a_section
from transforms.clean.unicode import fold_line

_HEAD = 9  # lines looked at
_PARAGRAPH = 200  # characters; no line over a headline is longer
_SENTENCE = 110
_MAX_NAME = 130
_HEADLINE = 18
_MAX_SECTION = 40
_SECTION = re.compile(r"(?:tin|hoạt động|công tác|chuyên mục|chuyên đề|chuyên trang)\b(?!.*[:\d])")
_UNIT = re.compile(r"(?:TỈNH|HUYỆN|THÀNH PHỐ|THỊ XÃ|QUẬN|XÃ|PHƯỜNG|TP\.?) [^\W\d_]+(?: [^\W\d_]+){0,3}")
_PLACE = re.compile(r"\b(?:tỉnh|huyện|xã|phường|thành phố|thị xã|quận|TP\.?|Trung ương|Việt Nam) [^\W\d_]")
_MARKS = re.compile(r"\s+[-–]\s+|,\s+")
_NUMBERED = re.compile(r"(?:quân khu|quân đoàn|binh đoàn|sư đoàn|lữ đoàn|trung đoàn|vùng|phường|quận|khu vực|số) \d+")
_CLOSED = frozenset(".!?…;,")
_OPENS = frozenset("\"“”‘'«")
_BODY = re.compile(
    r"(?:ban|báo(?! cáo| động| hiệu)|bộ|cdc|công an|công đoàn|chi cục|cục|cụm|cổng|đài|đảng (?:bộ|ủy)"
    r"|đoàn (?:thanh|tncs|tn|đbqh|đại biểu|khối|luật)|hội(?! chợ| thi| thao| thảo| làng| xuân| trại| nghị| nhập| quán| ngộ)"
    r"|hiệp hội|hđnd|huyện (?:ủy|đoàn)|khối (?:dân|thi|các)|kho bạc|liên (?:đoàn|hiệp|minh)|mặt trận|mttq"
    r"|nhà (?:văn|thiếu|xuất|hát)|ngân hàng|phân hiệu|phòng(?! chống|,| ngừa| trừ| tránh)|quận (?:ủy|đoàn)|quân khu|sở"
    r"|tạp chí|tand|tòa án|tổng liên đoàn|câu lạc bộ|bộ tư lệnh|quân chủng|binh chủng|thành (?:ủy|đoàn)|thị (?:ủy|đoàn)"
    r"|thanh tra|thư viện|tổng (?:cục|công ty)|tỉnh (?:ủy|đoàn)|trang (?:tin|thông|chủ)|trung tâm|trung ương"
    r"|trường(?! hợp)|ubnd|ubmttq|ủy ban|văn phòng|viện|vksnd|học viện|đại học|bảo hiểm xã|bảo tàng|bệnh viện|tổng hội)\b"
)
_SITE = re.compile(
    r"(?:cổng|trang) (?:thông tin|tin|tt)(?: điện tử|đt)?\b|cổng ttđt|trang ttđt|cơ quan (?:của|ngôn luận)"
    r"|diễn đàn (?:của|nhân dân)|tiếng nói (?:của|đảng)|\b[\w-]+\.(?:gov|vn|com|org|edu)\b"
)
# What no name of a body or site holds.
_VERB = re.compile(
    r"\b(?:tổ chức(?! (?:tỉnh|huyện|thành|cán bộ|trung|xây|nhà|hành))|khai (?:mạc|giảng)|bế mạc|tổng kết|sơ kết|họp"
    r"|ra mắt|ra quân|phát động|triển khai|thăm|tặng|trao|làm việc|hội nghị|công bố|ký kết|tập huấn|kết nạp|quyết tâm|nâng cao"
    r"|đẩy mạnh|tăng cường|tích cực|chủ động|thực hiện|tham gia|phối hợp|ban hành|tiếp|đón|dự|về|lần|nhiệm kỳ|kỷ niệm|thành công"
    r"|được|đã"
    r"|sẽ|cần|phải|không|bàn giao|khánh thành|khởi công|bắt|phát hiện|xử phạt|cảnh báo|thông báo|kế hoạch|hướng dẫn|gặp mặt"
    r"|vì sao|như thế nào|mừng|chúc|tuyên dương|biểu dương|khen thưởng|giám sát|chung tay|hỗ trợ|đạt|đoạt|giành)\b"
)


def names_the_site(text: str) -> bool:
    """Whether a line may be the name of a site or public body, as pages have it at their head.

    >>> [names_the_site(t) for t in ("SỞ Y TẾ TỈNH BÌNH LỘC", "Tỉnh đoàn Bình Lộc - Cổng thông tin điện tử", "SỞ Y TẾ HỌP BÁO")]
    [True, True, False]
    """
    if len(text) > _MAX_NAME or text[-1] in _CLOSED or text[-1] == ":":
        return False
    folded = fold_line(text)
    if any(map(str.isdigit, text)) and any(map(str.isdigit, _NUMBERED.sub("", folded))):
        return False
    if _SITE.search(folded):
        return _VERB.search(_SITE.sub("", folded)) is None
    return ":" not in text and _BODY.match(folded) is not None and _VERB.search(folded) is None


def mark(blocks: list[Block], lines: list[int]) -> None:
    """Make boilerplate of what stands over the headline of a plain text, where a headline is left below it."""
    head = _head(blocks, lines)
    if not head:
        return
    found: list[int] = []
    headline = None
    for number in head:
        if blocks[number].role:
            continue
        if not _may_stand_over(blocks[number].text, bool(found)):
            headline = number
            break
        found.append(number)
    if headline is None or not found or not _may_be_headline(blocks[headline].text):
        return
    text = blocks[headline].text
    dated = any(blocks[n].role == "dateline" for n in head if n in (headline - 1, headline + 1))
    lists = [n for n in head if n < headline and _is_menu(blocks[n])]
    if any(n < lists[-1] or n in lists for n in found if lists) or any(_is_sure(blocks, n, text, dated) for n in found):
        for number in found:
            blocks[number].role = "boilerplate"


def _is_sure(blocks: list[Block], number: int, headline: str, dated: bool) -> bool:
    """Whether a line is no headline without a menu that tells so; ``dated``: the headline below has the date beside it."""
    text = blocks[number].text
    if text.isupper() and headline.isupper() and goes_on(headline):
        return False  # a headline in two lines
    if names_the_site(text) and (_SITE.search(fold_line(text)) or (text.isupper() and (dated or not headline.isupper()))):
        return True
    return dated and blocks[number + 1].role != "dateline" and not text.isupper() and _is_firm(text)


def goes_on(text: str) -> bool:
    """Whether a line begins with what a body does, so that the body's name is above it.

    >>> goes_on("TỔ CHỨC ĐẠI HỘI LẦN THỨ V"), goes_on("XÃ BÌNH LỘC HỌP")
    (True, False)
    """
    return _VERB.match(fold_line(text)) is not None


def _head(blocks: list[Block], lines: list[int]) -> list[int]:
    """The lines before the first paragraph; none where the page tells its title otherwise, or prints none of its own."""
    head: list[int] = []
    for number in lines[:_HEAD]:
        block = blocks[number]
        if block.kind != "plain" or block.hint or block.role == "title":
            return []
        if not block.role and (len(block.text) > _PARAGRAPH or (len(block.text) > _SENTENCE and block.text[-1] in _CLOSED)):
            break
        head.append(number)
    return head if sum(not blocks[n].role for n in head) > 1 else []


def _is_menu(block: Block) -> bool:
    if block.role == "boilerplate":
        return is_menu(block.text) or is_root(block.text) or _names_sections(block.text)
    return not block.role and (leads_on(block.text) or _names_sections(block.text))


def _names_sections(text: str) -> bool:
    """Whether a line is a section's name, or those of several: ``Thời sự - Chính trị``."""
    return names_a_section(text) or (" - " in text and all(part and names_a_section(part) for part in text.split(" - ")))


def _may_be_headline(text: str) -> bool:
    return len(text) >= _HEADLINE and text[-1] not in ".;," and text[0] not in "-–•*+("


def _is_firm(text: str) -> bool:
    """Whether a line in small letters is a section's name or nothing but a name: ``Hội Nông dân tỉnh Bình Lộc``."""
    if not names_the_site(text):
        return True
    words = text.split()
    return words[-1][0].isupper() and (_PLACE.search(text) is not None or all(word[0].isupper() for word in words))


def _may_stand_over(text: str, after_another: bool) -> bool:
    """Whether a line may be a site's, body's or section's name; or, below such a name, its motto or second line."""
    if names_the_site(text) or _names_sections(text) or leads_on(text):
        return True
    if len(text) <= _MAX_SECTION and _SECTION.match(folded := fold_line(text)) and not _VERB.search(folded):
        return True
    if not after_another or len(text) > _SENTENCE:
        return False
    if (text[0] in _OPENS and text[-1] in _OPENS) or (text[0] == "(" and text[-1] == ")") or _UNIT.fullmatch(text):
        return True
    told = _MARKS.split(text)
    return len(told) > 2 and all(1 < len(part.split()) <= 4 for part in told) and not any(map(str.isdigit, text))
