"""What a line says by itself: the role that its words tell, wherever it stands."""

from __future__ import annotations

from functools import lru_cache

from transforms.clean import bylines, captions
from transforms.clean.bars import is_bar, may_be_bar
from transforms.clean.datelines import CENTURY, is_dateline, may_be_dateline
from transforms.clean.furniture import furniture, furniture_role
from transforms.clean.openings import first_word
from transforms.clean.surroundings import LONG

SHORT = 200
_NO_CREDIT = 160  # characters; no date, author or label is longer
_TOLD_BY = frozenset(("by", "bởi", "viết", "đăng", "theo"))  # first words of author and source lines without a colon
_LISTED = {"heading": "related-heading", "tags": "tags-heading"}  # furniture that is followed by a list


def by_itself(text: str, hint: str) -> tuple[str, str]:
    """The role that a line tells by itself, or nothing; and its first word.

    >>> by_itself("Lượt xem: 1.204", ""), by_itself("Tin, ảnh: Mai Lan", ""), by_itself("Sáng 5/7, tỉnh họp báo.", "")
    (('dateline', 'lượt'), ('byline', 'tin'), ('', 'sáng'))
    """
    if hint in ("boilerplate", "related"):
        return hint, ""
    if len(text) > LONG:
        return ("boilerplate" if hint == "outside" else ""), ""
    first = first_word(text)
    return _told(text, hint, first), first


short_by_itself = lru_cache(maxsize=16384)(by_itself)  # menus and lists of headlines are the same, page after page


def _told(text: str, hint: str, first: str) -> str:
    if hint == "outside":
        heads = len(text) <= 60 and furniture().may_be(first, text) and furniture_role(text) == "heading"
        return "related-heading" if heads else "boilerplate"
    if hint == "caption":
        return "caption"
    wordless = not first or " " not in text
    # Before each question, what its answer needs at least: most lines are asked none.
    if wordless or furniture().may_be(first, text) or "://" in text:
        found = furniture_role(text)
        # "Chuyên mục: Tin xã | 15/03/2024" tells a date; the site's own counter tells nothing of the article.
        if found and not (found == "boilerplate" and is_dateline(text) and "truy cập" not in text.lower()):
            return _LISTED.get(found, found)
    if len(text) > _NO_CREDIT:
        if "://" in text and bylines.is_source_address(text):
            return "byline"
    elif told := _credited(text, hint, first, wordless):
        return told
    if may_be_bar(first, text) and is_bar(text):
        return "boilerplate"
    if (wordless or captions.may_open_a_caption(first)) and captions.opens_like_a_caption(text):
        return "caption"
    if captions.may_name_photographer(text) and (captions.ends_with_photographer(text) or captions.waits_for_photographer(text)):
        return "caption"
    if "(" in text and captions.may_point_into_a_picture(text) and captions.points_into_a_picture(text):
        return "caption"
    return ""


def _credited(text: str, hint: str, first: str, wordless: bool) -> str:
    """Whether a line says when, by whom or after whom the article was written."""
    if (wordless or may_be_dateline(first, text)) and is_dateline(text):
        return "dateline"
    if (wordless or ":" in text or first in _TOLD_BY) and (bylines.is_labelled(text) or bylines.is_source_address(text)):
        return "byline"
    if (text[-1].isdigit() or text[0].isdigit() or "|" in text) and CENTURY.search(text) and bylines.beside_date(text):
        return "dateline"
    if hint == "dateline" and len(text) <= 80 and any(map(str.isdigit, text)) and text[-1] != ".":
        return "dateline"
    if hint == "byline" and len(text) <= bylines.MAX_LINE and bylines.is_signature(text):
        return "byline"
    return ""
