"""Captions without any mark between a plain text's paragraphs: they only tell again what the article tells, or name what is seen.

Such a line is one sentence, shorter than the closed paragraphs around it, and tells nothing in the ways of news. One that does
more than that is left alone: a paragraph lost costs more than a caption kept.
"""

from __future__ import annotations

import re
from collections import Counter
from itertools import pairwise

from transforms.clean import bylines, captions
from transforms.clean.blocks import Block
from transforms.clean.openings import first_words
from transforms.clean.unicode import fold_line, fold_tones
from transforms.text import holds_any

_SHORTEST, _LONGEST = 15, 200
_BROKEN = 80
_AROUND = 60  # the paragraphs around a caption are longer
_NAMES_ONLY = 60  # a longer line that ends with a name may well be a sentence
_TOLD_AGAIN, _LONG_TOLD_AGAIN = 0.5, 0.56  # of a caption's pairs of words stand elsewhere in the article
_PLAIN_WORDS = 40
_HEADLINE = 80
_SUBHEADING = range(16, 90)
_WORD = re.compile(r"[^\W_]+")
_PAIR = re.compile(r"([^\W_]++)(?= ([^\W_]+))")  # with nothing but a space between
_STOP = re.compile(r"(?<!TP)(?<!\bTS)(?<!\bDr)\.(?= +[^\W\d_])|[!?…](?= +[^\W\d_])")
_STOPS = (". ", "! ", "? ", "… ")
ITEM = r"(?:[IVX]{1,5}|\d{1,2}(?:\.\d{1,2}){0,3}|[a-zđ])\s?[.)\-–:]\s?\S"  # the number or letter of a list's item
_LISTED = re.compile(rf"{ITEM}|[-–•+*]")
# How sentences of an article begin, and what no caption says: figures compared, decisions, what was spoken of just now.
_GOES_ON = re.compile(
    r"(?:hai bên|như|hơn nữa|đặc biệt|ngoài|hiện|tổng (?:số|mức|vốn|cộng|kinh phí)|kết quả|nguyên nhân|gần đây|vài năm"
    r"|rạng sáng|vào|thực hiện|giảm|tăng"
    r"|được|năm|tháng|quý|mỗi|đối với|riêng|thời gian|việc|điều|quyết định|nội dung|thứ (?:nhất|hai|ba|tư)|mục|ngay|chính vì"
    r"|lúc|khoảng|tuy|nhưng|song|và|vậy|đó|đây|họ|chúng|tôi|mọi|bởi|thế|đáng|dự kiến|nhờ|căn cứ|địa điểm|thành phần|có|phải"
    r"|hội nghị (?:kết thúc|bế mạc|thông qua|bầu|có|còn)|đề nghị|yêu cầu|hãy|chỉ|dù|không|chưa|đối tượng)\b"
)
_SAYS_MORE = re.compile(
    r"\b(?:này|cũng|rất|liên quan|có thể|(?<!khi )còn(?! lại)|tiến hành|kính thưa"
    r"|nói trên|trên đây|bao gồm|gồm|đạt|diễn ra|thống nhất|thông qua|quyết định (?!s)|hiệu lực|hiện có"
    r"|giải thích|dường như"
    r"|trở thành|kết thúc|thành lập|quy định|trực thuộc|ban hành|bằng cách|mới|nên|hãy|tránh|được biết|giúp|nhằm|nhờ|khiến"
    r"|bị can|bị cáo|kể|hỏi|đáp|nói|viết|(?:có|hơn|gần|khoảng|tăng|giảm) \d[\d.,]*"
    r"|có (?:đồng chí|các đồng chí|ông|bà|đại diện|các|lãnh đạo))\b"
    r"|%|\d (?:tỷ|tỉ|triệu|tấn|ha|km)\b"
)
_SEEN = re.compile(
    r"(?:ảnh (?!hưởng)|hình ảnh (?!này)|cảnh (?!sát|giác|báo|cáo|quan|ngộ|vệ|binh|tỉnh)|bức ảnh|tấm ảnh|đoạn clip (?!này)"
    r"|bên trong |khu vực |một góc |hiện trường )"
)
_FIRST_OF_SEEN = first_words(_SEEN.pattern)
_UNDONE = re.compile(r"(?:phải|cần|bắt buộc|khẩn|để|vì|không|chưa|hướng tới|chào mừng|sẽ|có)\b")
_CREDIT = re.compile(r"(?!ảnh|hình|nguồn)\W{0,3}(?:[^.!?:]{0,60}[.(])?\s*(?:ảnh|hình|nguồn)(?: ảnh)?\s*:")


def join_broken(blocks: list[Block], lines: list[int]) -> None:
    """The pieces of a caption that the source broke at its markup, before the piece that names the photographer."""
    for number in lines:
        block = blocks[number]
        if block.kind != "plain" or block.role != "caption" or block.gap or not number:
            continue
        if (block.text[0] not in ".,;)" and not block.text[0].islower()) or not _CREDIT.match(fold_line(block.text)):
            continue
        start, total = number, len(block.text)
        while start and not blocks[start].gap and _is_piece(blocks[start - 1]) and total <= captions.MAX_SCENE:
            start -= 1
            total += len(blocks[start].text)
        # What is before them is a whole paragraph, else a broken sentence of the article would go with them.
        before = blocks[start - 1] if start else None
        whole = before is not None and (before.role == "title" or captions.has_end_mark(before.text))
        if whole and total <= captions.MAX_SCENE and blocks[start].text[0].isupper():
            for piece in blocks[start:number]:
                piece.role = "caption"


def _is_piece(block: Block) -> bool:
    return block.role in ("", "boilerplate") and not block.hint and not captions.has_end_mark(block.text)


def mark(blocks: list[Block], below: list[int], first: int, standfirst: bool) -> None:
    """Give such lines their role. ``standfirst``: one is printed at the end, so that none stands under the title."""
    plain = [n for n in below if (b := blocks[n]).kind == "plain" and not b.role and _SHORTEST < len(b.text) <= _LONGEST]
    article = _Article(blocks)
    for number in plain:
        block = blocks[number]
        if not block.hint and _among_paragraphs(blocks, number, first) and _may_be(block.text):
            block.role = "caption" if _shows(blocks, number, first, standfirst, article) else ""


class _Article:
    """The pairs of words of the article's lines, counted when first asked for: once, however many lines ask."""

    def __init__(self, blocks: list[Block]) -> None:
        self._blocks = blocks
        self._told: Counter[tuple[str, str]] | None = None

    def told_again(self, folded: str) -> float:
        """The share of a line's pairs of words that stand elsewhere in the article as well."""
        if self._told is None:
            kept = ("", "title", "lead", "body", "heading")
            told = "\n".join([b.text for b in self._blocks if b.role in kept])
            self._told = Counter(_PAIR.findall(fold_tones(told.lower())))
        pairs = set(pairwise(_WORD.findall(folded)))
        return sum(self._told[pair] > 1 for pair in pairs) / len(pairs) if pairs else 0.0


def _may_be(text: str) -> bool:
    if not text[0].isupper() or text[-1] in ":;,?!”\"'/":
        return False
    return (not holds_any(text, _STOPS) or not _STOP.search(text)) and not _LISTED.match(text)


def is_one_sentence(text: str) -> bool:
    """Whether no sentence ends inside a line.

    >>> is_one_sentence("Sáng 5/7, TP. Bình Lộc họp báo."), is_one_sentence("Tỉnh họp. Huyện dự.")
    (True, False)
    """
    return not holds_any(text, _STOPS) or _STOP.search(text) is None


def _among_paragraphs(blocks: list[Block], number: int, first: int) -> bool:
    """Whether closed paragraphs stand before and after a line, one of them at least longer than it."""
    if number + 1 >= len(blocks) or blocks[number + 1].role == "lead":
        return False
    before = blocks[number - 1] if number > first else None
    if before is not None and len(before.text) <= _AROUND and not before.role:
        return False  # as most short lines
    around = [blocks[number + 1]] if before is None else [blocks[number + 1], before]
    longest = 0
    for block in around:
        text = block.text
        if block.role in ("", "body", "lead"):
            if len(text) <= _AROUND or bylines.is_question(text):
                return False
            # A long paragraph below may be broken at a link.
            if not captions.has_end_mark(text) and (block is not around[0] or len(text) <= _BROKEN):
                return False
            longest = max(longest, len(text))
        elif block.role != "caption":
            return False
    return longest > len(blocks[number].text)


def _shows(blocks: list[Block], number: int, first: int, standfirst: bool, article: _Article) -> bool:
    text = blocks[number].text
    folded = fold_line(text)
    if captions.is_unfinished(text):
        if blocks[number].first in _FIRST_OF_SEEN and _SEEN.match(folded):
            return not captions.tells_news(text)
        if captions.is_long_and_unfinished(text):
            return True
        return number == first and standfirst and _is_no_heading(blocks, number, text, folded)
    if _GOES_ON.match(folded) or _SAYS_MORE.search(folded) or captions.tells_news(text) or captions.calls_for(text):
        return False
    if blocks[number].first in _FIRST_OF_SEEN and _SEEN.match(folded):
        return True
    if number == first:
        return standfirst and (text[-1] != ")" or _is_no_heading(blocks, number, text, folded))
    if len(text) <= _NAMES_ONLY and captions.ends_with_a_name(text):
        return True
    return article.told_again(folded) >= (_TOLD_AGAIN if len(text) <= _HEADLINE else _LONG_TOLD_AGAIN)


def _is_no_heading(blocks: list[Block], number: int, text: str, folded: str) -> bool:
    """Whether an unfinished line right under the title is the first picture's caption: no other line is like it."""
    if len(text) < _PLAIN_WORDS and text[1:].islower():
        return False  # a few plain words
    if ":" in text or captions.calls_for(text) or _UNDONE.match(folded):
        return False
    return not any(
        b.role in ("", "heading") and len(b.text) in _SUBHEADING and captions.is_unfinished(b.text) and b.text[0].isupper()
        for b in blocks[number + 1 :]
    )
