"""What stands around an article in its own lines: lists of other articles, keywords, the page's imprint."""

from __future__ import annotations

import re

from transforms.clean.blocks import Block
from transforms.clean.openings import first_words

LONG = 430  # a line longer than this is a paragraph, whatever it says
_LINKED, _PARAGRAPH, _FEWEST_SPACES = 0.95, 80, 3
_HEADING = re.compile(r"h[1-6]")
_MENU = 4
_MAX_FOOTER, _MAX_KEYWORD = 200, 50
ENDS = frozenset('.!?…;:”"’)]')  # no headline, keyword or broken line ends so
_LIST_ITEM = re.compile(r"\s*(?:[-–—•*+·»>]|\d{1,2}[/-]\d{1,2}[/-]\d{2,4}|\(\d{1,2}[/-]\d{1,2})")
_IMPRINT = re.compile(
    r"\W{0,3}(?:©|\(c\)|copyright|bản quyền|giấy phép[^.]{0,80}"
    r"(?:ttđt|tttt|gp-|xuất bản|báo chí|trang thông tin)|(?:người )?chịu trách nhiệm|(?:phó )?tổng biên tập|trưởng ban)",
    re.IGNORECASE,
)
_IMPRINT_OPENS = frozenset(word[:2] for word in first_words(_IMPRINT.pattern))  # if by a letter
_CONTACT = re.compile(
    r"\W{0,3}(?:địa chỉ|trụ sở|điện thoại|đt|sđt|số điện thoại|tel|hotline|đường dây nóng|fax|e-?mail|thư điện tử|hòm thư"
    r"|website)\s*(?:\([^)]{1,20}\))?\s*:",
    re.IGNORECASE,
)
_FIELD = re.compile(
    r"\W{0,3}(?:họ(?: và)? tên|tên|tên của bạn|tiêu đề|nội dung|địa chỉ|điện thoại|email|mã bảo vệ|mã xác nhận|ý kiến)"
    r"\s*(?:\(\*\)\s*:?|\*?\s*:)"
    r"|(?:hôm nay|hôm qua|(?:tuần|tháng) (?:này|trước)|trong (?:ngày|tuần|tháng|năm)|tất cả|tổng)\s*:?\s*[\d.,]+",
    re.IGNORECASE,
)
_DATE_TAIL = re.compile(r"[\s(\[–-]*\d{1,2}[/.-]\d{1,2}[/.-]\d{2,4}[\s,|–-]*(?:\d{1,2}[:h]\d\d)?\s*[)\]]*\s*\Z")
_SEE_ALSO_FIRST = frozenset("xXđĐ")
_SEE_ALSO = re.compile(r"(?:xem|đọc) thêm\W*", re.IGNORECASE)


HEADINGS = ("related-heading", "tags-heading")  # roles of what begins a list


def mark(blocks: list[Block], lines: list[int], headed: bool) -> None:
    """Set the roles of other articles' headlines, of keywords, and of the imprint.

    ``lines`` are the blocks that aren't furniture by their markup; ``headed``: one of them has a role of ``HEADINGS``.
    """
    last = _last_paragraph(blocks, lines)
    if headed or _sees_also(blocks, last):
        _related(blocks, last)
    _form(blocks, last)
    _linked(blocks, lines)
    _footer(blocks, lines)


def _sees_also(blocks: list[Block], last: int) -> bool:
    few = [b for b in blocks[last + 1 :] if b.text[0] in _SEE_ALSO_FIRST]  # most lines are told by their first letter
    return any(b.role == "boilerplate" and _SEE_ALSO.fullmatch(b.text) for b in few)


def _linked(blocks: list[Block], lines: list[int]) -> None:
    """Headlines of other articles between an article's paragraphs: whole lines that are links.

    Where most lines are links they are what the page is about.
    """
    found = [
        n
        for n in lines
        if (b := blocks[n]).links >= _LINKED
        and not b.role
        and not b.picture
        and not _HEADING.fullmatch(b.tag)
        and b.text.count(" ") >= _FEWEST_SPACES
        and _is_headline(b.text)
    ]
    if not found:
        return
    told = [n for n in lines if not (b := blocks[n]).role and b.links < _LINKED and len(b.text) >= _PARAGRAPH]
    for number in found if len(found) < len(told) else ():
        if number > told[0]:
            blocks[number].role = "related"


def _related(blocks: list[Block], last: int) -> None:
    """A list of other articles: its heading and the headlines below it, until something else begins."""
    listing, listed = False, 0
    keywords, fewest = False, 1  # words of a headline
    total = len(blocks)
    for number, block in enumerate(blocks):
        if block.role == "tags-heading":
            block.role, keywords = "boilerplate", True
            continue
        if keywords and not block.role and len(block.text) <= _MAX_KEYWORD and block.text[-1] not in ENDS:
            block.role = "boilerplate"
            continue
        keywords = False
        if number > last and block.role == "boilerplate" and _SEE_ALSO.fullmatch(block.text):
            listing, listed, fewest = True, 0, 5
            continue
        if block.role == "related-heading":
            # Above the headline it is only a menu's word.
            above = number <= _MENU and number < last and all(b.role for b in blocks[:number])
            block.role, listing, listed, fewest = "boilerplate" if above else "related", not above, 0, 1
            continue
        if not listing or block.hint == "header":
            continue
        if block.role in ("", "caption", "dateline") or (block.hint == "outside" and block.links > 0.5):
            if block.role != "caption" and _CONTACT.match(block.text):
                block.role = "boilerplate"  # the page's imprint begins
                continue
            if (
                _is_headline(block.text)
                and block.text.count(" ") + 1 >= fewest
                and not (listed > 0 and _resumes(blocks, number, total))
            ):
                block.role, listed = "related", listed + 1
            else:
                listing = False
        elif block.role == "byline" or (block.role == "boilerplate" and block.text[:1] in "©["):
            listing = block.role != "byline"


def _is_headline(text: str) -> bool:
    if len(text) > 260:
        return False
    return text[-1] not in ".;:" or bool(_LIST_ITEM.match(text) or _DATE_TAIL.search(text))


def _resumes(blocks: list[Block], number: int, total: int) -> bool:
    """Whether the article goes on here: this is no list item, and long paragraphs follow."""
    if _LIST_ITEM.match(blocks[number].text):
        return False
    return any(len(b.text) > LONG and not b.role for b in blocks[number + 1 : min(number + 3, total)])


def _last_paragraph(blocks: list[Block], lines: list[int]) -> int:
    for number in reversed(lines):
        if not blocks[number].role and len(blocks[number].text) > _MAX_FOOTER:
            return number
    return -1


def _form(blocks: list[Block], last: int) -> None:
    """The fields of a form for readers' opinions, below other furniture: above the article's end they are a table's."""
    for number in range(max(1, last + 2), len(blocks)):
        block = blocks[number]
        if not block.role and blocks[number - 1].role == "boilerplate" and len(block.text) <= _MAX_KEYWORD:
            block.role = "boilerplate" if _FIELD.fullmatch(block.text) else ""


def _footer(blocks: list[Block], lines: list[int]) -> None:
    """The page's imprint: what stands after a copyright line or licence at the end, and the addresses right above it."""
    begins = next(
        (
            n
            for n in range(_last_paragraph(blocks, lines) + 1, len(blocks))
            if ((text := blocks[n].text)[:2].lower() in _IMPRINT_OPENS or not text[0].isalnum())
            and blocks[n].role == "boilerplate"
            and _IMPRINT.match(text)
        ),
        None,
    )
    if begins is None:
        return
    for block in blocks[begins:]:
        if block.role in ("", "byline", "caption", "dateline"):
            block.role = "boilerplate"
    while begins > 0 and (blocks[begins - 1].role == "boilerplate" or _CONTACT.match(blocks[begins - 1].text)):
        begins -= 1
        blocks[begins].role = "boilerplate"
