"""What stands over the headline of a plain page: the site's or body's name, its menu, the path to the article, its motto."""

from __future__ import annotations

import re

from transforms.clean.bars import is_menu, leads_on
from transforms.clean.blocks import Block
from transforms.clean.furniture import names_a_section
from transforms.clean.unicode import fold_key, fold_line

_HEAD = 9  # lines looked at
_PARAGRAPH = 200  # characters; no line over a headline is longer
_SENTENCE = 110
_MAX_NAME = 130
_HEADLINE = 18
_CLOSED = frozenset(".!?…;,")
_OPENS = frozenset("\"“”‘'«")
_BODY = re.compile(
    r"(?:ban|báo|bộ|cdc|công an|công đoàn|chi cục|cục|cụm|cổng|đài|đảng (?:bộ|ủy)|đoàn|hội|hiệp hội|hđnd|huyện (?:ủy|đoàn)|khối"
    r"|kho bạc|liên (?:đoàn|hiệp|minh)|mặt trận|mttq|nhà|ngân hàng|phân hiệu|phòng|quận (?:ủy|đoàn)|quân khu|sở|tạp chí"
    r"|tòa án|thành (?:ủy|đoàn)|thị (?:ủy|đoàn)|thanh tra|thư viện|tổng (?:cục|công ty)|tỉnh (?:ủy|đoàn)|trang|trung tâm"
    r"|trung ương|trường|ubnd|ubmttq|ủy ban|văn phòng|viện|vksnd|học viện|đại học|bảo hiểm|bảo tàng|bệnh viện|tổng hội)\b"
)
_SITE = re.compile(
    r"(?:cổng|trang) (?:thông tin|tt)(?: điện tử|đt)?\b|cổng ttđt|trang ttđt|cơ quan (?:của|ngôn luận)"
    r"|diễn đàn (?:của|nhân dân)|tiếng nói (?:của|đảng)|\b[\w-]+\.(?:gov|vn|com|org|edu|example)\b"
)
# What no name of a body or site holds.
_VERB = re.compile(
    r"\b(?:tổ chức(?! (?:tỉnh|huyện|thành|cán bộ|trung|xây|nhà|hành))|khai (?:mạc|giảng)|bế mạc|tổng kết|sơ kết|họp"
    r"|ra mắt|ra quân|phát động|triển khai|thăm|tặng|trao|làm việc|hội nghị|công bố|ký kết|tập huấn|kết nạp|quyết tâm|nâng cao"
    r"|đẩy mạnh|tăng cường|tích cực|chủ động|thực hiện|tham gia|phối hợp|ban hành|tiếp|đón|dự|về|lần|nhiệm kỳ|kỷ niệm|thành công|được|đã"
    r"|sẽ|cần|phải|không|bàn giao|khánh thành|khởi công|bắt|phát hiện|xử phạt|cảnh báo|thông báo|kế hoạch|hướng dẫn|gặp mặt"
    r"|vì sao|như thế nào|mừng|chúc|tuyên dương|biểu dương|khen thưởng|giám sát|chung tay|hỗ trợ|đạt|đoạt|giành)\b"
)


def names_the_site(text: str) -> bool:
    """Whether a line may be the name of a site or public body, as pages have it at their head.

    >>> [names_the_site(t) for t in ("SỞ Y TẾ TỈNH BÌNH LỘC", "Tỉnh đoàn Bình Lộc - Cổng thông tin điện tử", "SỞ Y TẾ HỌP BÁO")]
    [True, True, False]
    """
    if len(text) > _MAX_NAME or text[-1] in _CLOSED or text[-1] == ":" or any(map(str.isdigit, text)):
        return False
    folded = fold_line(text)
    if _SITE.search(folded):
        return _VERB.search(_SITE.sub("", folded)) is None
    return ":" not in text and _BODY.match(folded) is not None and _VERB.search(folded) is None


def mark(blocks: list[Block], lines: list[int]) -> None:
    """Make boilerplate of what stands over the headline of a plain text, where a headline is left below it."""
    head = _head(blocks, lines)
    if not head:
        return
    menus = [n for n in head if _is_menu(blocks[n])]
    last_menu = menus[-1] if menus else -1
    found: list[int] = []
    for place, number in enumerate(head):
        block = blocks[number]
        if block.role:
            continue
        later = [n for n in head[place + 1 :] if not blocks[n].role and n not in menus]
        headline = next((n for n in later if _may_be_headline(blocks[n].text)), None)
        if headline is None or not _is_over(blocks, number, headline, last_menu, bool(found), number in menus):
            break
        found.append(number)
    for number in found:
        blocks[number].role = "boilerplate"


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
    return (block.role == "boilerplate" and is_menu(block.text)) or (not block.role and leads_on(block.text))


def _may_be_headline(text: str) -> bool:
    return len(text) >= _HEADLINE and text[-1] not in ".;," and text[0] not in "-–•*+("


def _is_over(blocks: list[Block], number: int, headline: int, last_menu: int, after_another: bool, menu: bool) -> bool:
    """Whether an open line belongs to the page's head and ``headline`` below it to the article."""
    text, below = blocks[number].text, blocks[headline].text
    if menu:
        return True
    if fold_key(text) == fold_key(below):
        return False  # the headline, printed twice
    named = names_the_site(text)
    if after_another and text[0] in _OPENS and text[-1] in _OPENS and len(text) <= _SENTENCE:
        return True  # its motto
    if number < last_menu:
        return named or names_a_section(text)
    if not named or below.isupper():
        return False  # a headline in capitals may be broken into lines
    return text.isupper() or _SITE.search(fold_line(text)) is not None
