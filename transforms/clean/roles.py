"""Every block's role: first what a line says by itself, then what its place among the others tells.

Title, lead and bylines are settled by position; captions by what they say, by the pictures around them and by being
printed twice; what is left is body.
"""

from __future__ import annotations

import re
from bisect import bisect_left

from transforms.clean import bylines, captions, mastheads, retold, surroundings
from transforms.clean.blocks import Block
from transforms.clean.credit_forms import OFFICE
from transforms.clean.datelines import CENTURY
from transforms.clean.furniture import is_placeholder
from transforms.clean.lines import SHORT, by_itself, short_by_itself
from transforms.clean.outlets import printed_outlet
from transforms.clean.titles import find_title, is_closed, is_cut, is_official
from transforms.clean.unicode import fold_key

MAX_LEAD = 1200
MAX_HEADING = 160
_SUMMARY = (60, 265)  # characters of a standfirst of one sentence
_MAX_WOVEN = 40
_RUN = 12  # words that two paragraphs share by no accident
_NUMBERED = re.compile(rf"{retold.ITEM}|(?:Phần|Chương|Mục|Điều|Bài|Kỳ)\s+(?:[IVX]+|\d+|thứ)", re.IGNORECASE)
_WORDY = re.compile(r"[^\W\d_]{2,}\W+[^\W\d_]{2,}\W+[^\W\d_]{2,}")
# The end of a line that a link's words continue.
_LEADS_ON = re.compile(r"\b(?:trang|tờ|báo|mạng|trên|qua|của|ở|tại|là|và|theo|bằng|với|cho|từ|vào|mục|hội|nhóm|kênh)\s*\Z")
# No heading or caption ends so.
_HANGING = re.compile(r"(?:\b(?:và|hoặc|của|gồm|cho|với|các|những|để)|:\s*[\"“])\s*\Z")


def assign(blocks: list[Block], fields: dict[str, str]) -> None:
    """Set ``role`` of every block that has none yet. ``fields`` are those of front matter or header lines."""
    lines: list[int] = []  # all but furniture by its markup, which most blocks of a page are: what the steps go through
    headed = False
    for number, block in enumerate(blocks):
        if not block.role:
            if (hint := block.hint) == "boilerplate" or hint == "related":
                block.role = hint
                continue
            short = len(block.text) <= SHORT and block.kind == "html"
            block.role, block.first = (short_by_itself if short else by_itself)(block.text, hint)
            headed = headed or block.role in surroundings.HEADINGS
        lines.append(number)
    _woven(blocks, lines)
    retold.join_broken(blocks, lines)
    surroundings.mark(blocks, lines, headed)
    official = is_official(blocks)
    if not official:
        mastheads.mark(blocks, lines)
    first = find_title(blocks, lines, fields, official)
    below = lines[bisect_left(lines, first) :] if first else lines
    last = _ending(blocks, below, first, official)
    _lead(blocks, lines, first, last)
    _repeated(blocks, below)
    _pictured(blocks, lines, first)
    retold.mark(blocks, below, first, standfirst=last is not None)
    _repeated(blocks, below)
    _headings(blocks, lines)
    for number in lines:
        block = blocks[number]
        block.role = block.role or "body"


def _woven(blocks: list[Block], lines: list[int]) -> None:
    """A word of a share bar or label that is a piece of a broken sentence belongs to the article."""
    for number in lines:
        block = blocks[number]
        if (
            block.role == "boilerplate"
            and block.kind == "plain"
            and not block.hint
            and number
            and not (before := blocks[number - 1]).role
            and (len(block.text) <= _MAX_WOVEN or (block.text[0].islower() and " " in block.text))
            and (_goes_on(blocks, number) or _LEADS_ON.search(before.text))
        ):
            block.role = "" if block.text[0].isalnum() else block.role


# -- the end: authors, and a standfirst printed last -----------------------------------------------------


def _ending(blocks: list[Block], below: list[int], first: int, official: bool) -> int | None:
    """Mark the authors at the end of the article; return the block of a standfirst printed after them."""
    open_ones = [n for n in below if not blocks[n].role]
    if not open_ones:
        return None
    _signed_like_a_caption(blocks, open_ones[-1])
    standfirst = None
    last = open_ones[-1]
    shown = captions.is_unfinished(blocks[last].text) and captions.shows_a_scene(blocks[last].text)
    if (last > first and blocks[last].gap >= 3 and len(blocks[last].text) <= MAX_LEAD and len(open_ones) > 1 and not shown) or (
        len(open_ones) > 2
        and not shown
        and last > 0
        and blocks[last - 1].role == "byline"
        and 60 <= len(blocks[last].text) <= MAX_LEAD
        and blocks[last].gap >= 2
    ):
        standfirst = last
        blocks[last].role = "lead"
        open_ones.pop()
    skipped = 0
    # Who signs an official paper is not its author.
    for number in reversed(open_ones[-6:] if not official else []):
        block = blocks[number]
        signed = bylines.is_signature(block.text) or (
            number == open_ones[-1]
            and (bylines.is_source(block.text) or _signed_by_a_unit(block) or bylines.is_member(block.text))
        )
        if number > first and signed and not _is_fragment(blocks, number) and not _under_an_office(blocks, number):
            block.role = "byline"
        elif len(block.text) > 80 or (skipped := skipped + 1) > 1:
            break
    if not (first and blocks[first - 1].role == "title") and not any(b.role == "title" for b in blocks[:first]):
        return standfirst
    # Under the title, beside the date.
    for number in open_ones[:2]:
        block = blocks[number]
        if number <= first + 2 and block.role == "" and len(block.text) <= 60 and not _is_fragment(blocks, number):
            near_date = any(b.role == "dateline" for b in blocks[max(0, number - 1) : number + 2])
            if (near_date or block.hint == "byline") and bylines.is_signature(block.text):
                block.role = "byline"
    return standfirst


def _signed_like_a_caption(blocks: list[Block], last: int) -> None:
    """``Mai Lan - Ảnh: Bùi An`` below the article names its authors; anywhere else, who is seen and by whom."""
    for number in range(last + 1, len(blocks)):
        below = blocks[number]
        if (role := below.role) != "boilerplate" and role != "related":
            if role == "caption" and captions.has_end_mark(blocks[last].text) and bylines.is_signature(below.text):
                below.role = "byline"
            return


def _under_an_office(blocks: list[Block], number: int) -> bool:
    """Whether a name stands below its office in capitals, as whoever signs a paper has it."""
    above = blocks[number - 1].text
    return above.isupper() and OFFICE.fullmatch(above) is not None


def _signed_by_a_unit(block: Block) -> bool:
    return bylines.is_unit(block.text) and not captions.shows_a_scene(block.text)


def _goes_on(blocks: list[Block], number: int) -> bool:
    """Whether a line begins in the middle of a sentence, or the next one does."""
    text = blocks[number].text
    if text[0].islower() or text[0] in ",.;:)":
        return True
    after = blocks[number + 1] if number + 1 < len(blocks) else None
    begun = after is not None and after.gap == 0 and (after.text[0].islower() or after.text[0] in ",.;:)")
    return begun and not is_closed(text)


def _is_fragment(blocks: list[Block], number: int) -> bool:
    """Whether a line is a piece of a sentence that the source broke at its markup (a link, a name in italics)."""
    if _goes_on(blocks, number):
        return True
    before = blocks[number - 1] if number else None
    if before is None or blocks[number].gap or before.role not in ("", "body") or before.kind == "html":
        return False
    return len(before.text) > 40 and before.text[-1] not in surroundings.ENDS


# -- captions --------------------------------------------------------------------------------------------


def _repeated(blocks: list[Block], below: list[int]) -> None:
    """Lines printed twice, one right after the other, are captions (a picture's text and its alternative text).

    What stands between them and is left out doesn't count.
    """
    kept = [b for n in below if (b := blocks[n]).role in ("", "lead", "body", "heading")]
    if len({b.text for b in kept}) == len(kept):
        return  # nothing is printed twice, as mostly
    number = 0
    while number < len(kept) - 1:
        text, after = kept[number].text, number + 1
        while after < len(kept) and kept[after].text == text:
            after += 1
        # Three times and more is no picture; nor are figures.
        free = not any(b.role for b in kept[number:after])
        if free and after - number == 2 and len(text) <= captions.MAX_SCENE and _WORDY.search(text):
            kept[number].role = kept[number + 1].role = "caption"
        number = after


def _pictured(blocks: list[Block], lines: list[int], first: int) -> None:
    placeholder = waiting = False
    expected = 0
    for number in lines:
        block = blocks[number]
        if number != expected:  # furniture stands before it
            placeholder, waiting = is_placeholder(blocks[number - 1].text) and blocks[number - 1].role == "boilerplate", False
        expected = number + 1
        if role := block.role:
            placeholder = role == "boilerplate" and block.text[0] == "[" and is_placeholder(block.text)
            waiting = role == "caption" and captions.waits_for_photographer(block.text)
            continue
        after_picture = placeholder or block.picture
        if waiting and len(block.text) <= 40:
            block.role, waiting = "caption", False
            continue
        if placeholder and not block.aligned:
            block.aligned = "center"
        placeholder = waiting = False
        text = block.text
        if number < first or len(text) > captions.MAX_CAPTION:
            continue
        if after_picture and _fits_picture(block):
            block.role = "caption"
        elif block.hint == "heading" or (block.tag[:1] == "h" and block.tag[1:].isdigit()):
            continue
        elif (
            (captions.may_show_a_scene(block.first, text) and captions.shows_a_scene(text))
            or (block.aligned == "center" and block.hint == "italic" and len(text) <= captions.MAX_SCENE and text[0] != "(")
            or (
                block.kind != "html"
                and _who_only(blocks, number, first)
                and any(not b.role for b in blocks[number + 1 : number + 4])
            )
        ):
            block.role = "caption"


def _fits_picture(block: Block) -> bool:
    """Whether a block right after a picture is its caption: short, or set like one."""
    text = block.text
    set_apart = block.aligned == "center" or block.hint in ("italic", "quote")
    if len(text) > (captions.MAX_CAPTION if set_apart else captions.MAX_SCENE):
        return False
    if captions.shows_a_scene(text):
        return True
    if captions.is_unfinished(text):
        return set_apart or len(text) <= 110 or not captions.tells_news(text)
    if set_apart and block.hint in ("italic", "quote", "strong"):
        return True
    return len(text) <= (captions.MAX_SCENE if set_apart else 110) and not captions.tells_news(text)


def _who_only(blocks: list[Block], number: int, first: int) -> bool:
    """A line that names a person and tells nothing of him, or that is unfinished, between longer paragraphs."""
    text = blocks[number].text
    if len(text) > captions.MAX_SCENE:
        return False
    sight = named = False
    if captions.may_name_a_sight_or_person(blocks[number].first) or number == first or not blocks[number].first:
        sight = captions.names_a_sight(text)
        named = not sight and (captions.names_a_person(text) or (number == first and captions.is_a_name(text)))
    if not sight and not named and not captions.is_unfinished(text):
        return False  # as most lines
    if _NUMBERED.match(text) or _is_fragment(blocks, number) or _HANGING.search(text, max(0, len(text) - 8)):
        return False
    if sight:
        return _between_paragraphs(blocks, number, first)
    if not named or captions.tells_news(text) or ":" in text:
        return captions.is_long_and_unfinished(text) and _between_paragraphs(blocks, number, first)
    if not (captions.is_unfinished(text) or captions.ends_with_a_name(text) or captions.introduces(text)):
        return False
    return _between_paragraphs(blocks, number, first)


def _between_paragraphs(blocks: list[Block], number: int, first: int) -> bool:
    text = blocks[number].text
    after = number + 1
    if text[-1] == "." and after + 1 < len(blocks) and not blocks[after].role and _may_stand_over(blocks[after].text):
        after += 1  # a heading, perhaps: below a closed line only, else both may be items of a list
    around = [
        b
        for b in (blocks[number - 1 : number] if number > first else []) + blocks[after : after + 1]
        if b.role in ("", "body") and not bylines.is_speaker(b.text)
    ]
    return all(len(b.text) > max(90, len(text)) and captions.has_end_mark(b.text) for b in around)


# -- lead and headings -----------------------------------------------------------------------------------


def _lead(blocks: list[Block], lines: list[int], first: int, last: int | None) -> None:
    titled = first > 0 and blocks[first - 1].role == "title"
    if not titled or last is not None or "lead" in [blocks[n].role for n in lines]:
        return
    number = next(
        (n for n in range(first, len(blocks)) if blocks[n].role not in ("dateline", "byline", "boilerplate", "title")), None
    )
    if number is None or blocks[number].role or blocks[number].picture or len(blocks[number].text) > MAX_LEAD:
        return
    lead, rest = blocks[number], [b for n in lines if n > number and not (b := blocks[n]).role]
    if not rest:
        return
    if len(rest) > 1 and printed_outlet(lead.text) and lead.hint != "lead":
        return
    tagged = lead.tag in ("h2", "h3", "h4") and is_closed(lead.text)
    if tagged or lead.hint == "lead" or is_cut(lead.text) or (lead.hint == "strong" and len(lead.text) >= 80):
        lead.role = "lead"
    elif any(b.role == "title" for b in blocks[number + 1 : number + 2]):
        lead.role = "lead"  # the title is printed again below it, over the article
    elif _sums_up(blocks, first, number) or (
        len(lead.text) <= 600
        and ((len(rest) == 1 and len(rest[0].text) > 2 * len(lead.text)) or _tells_again(lead.text, rest[0].text))
    ):
        lead.role = "lead"


def _sums_up(blocks: list[Block], first: int, number: int) -> bool:
    """Whether one sentence stands by itself under the headline and date of a plain page, as a standfirst does.

    A page prints the date between its headline and the article; bare articles have none, and begin with a short paragraph.
    """
    text = blocks[number].text
    if not _SUMMARY[0] <= len(text) <= _SUMMARY[1] or blocks[number].kind != "plain" or text[-1] not in ".!…":
        return False
    above = blocks[max(0, first - 3) : number]
    if not any(b.role == "dateline" and b.hint != "header" and CENTURY.search(b.text) for b in above):
        return False
    return retold.is_one_sentence(text) and text[0].isalnum() and not printed_outlet(text)


def _tells_again(lead: str, body: str) -> bool:
    """Whether the first paragraph repeats a run of words of the line above it."""
    words = fold_key(lead[:300]).split()
    if len(words) < _RUN:
        return False
    told = " " + fold_key(body[:600]) + " "
    return any(f" {' '.join(words[n : n + _RUN])} " in told for n in range(len(words) - _RUN + 1))


def _headings(blocks: list[Block], lines: list[int]) -> None:
    for number in lines:
        block = blocks[number]
        if block.role or len(block.text) > MAX_HEADING:
            continue
        tagged = block.hint == "heading" or (len(block.tag) == 2 and block.tag[0] == "h" and block.tag[1].isdigit())
        if not tagged and block.hint != "strong" and not _may_stand_over(block.text):
            continue  # as most paragraphs
        following = next(
            (
                b
                for b in blocks[number + 1 : number + 4]
                if b.role in ("", "heading", "caption") and not bylines.is_speaker(b.text)
            ),
            None,
        )
        if following is None or (following.role == "caption" and number + 2 >= len(blocks)):
            continue
        text = block.text
        if (
            tagged
            or (block.hint == "strong" and not is_closed(text))
            or (block.tag not in ("td", "th") and _stands_over(blocks, number, following) and not _is_fragment(blocks, number))
        ):
            block.role = "heading" if tagged or not _HANGING.search(text, max(0, len(text) - 8)) else ""


def _may_stand_over(text: str) -> bool:
    return len(text) <= 110 and text[-1] not in ".!…;,:"


def _stands_over(blocks: list[Block], number: int, following: Block) -> bool:
    """A short line without an end mark, over a paragraph, and no item of a list of such lines."""
    text = blocks[number].text
    if not _may_stand_over(text) or text[0].islower() or (not text[0].isalnum() and text[0] not in "“\"'‘"):
        return False
    if bylines.is_question(text):
        return False
    if text[0] in '“"' and text[-1] in '”"' and (len(following.text) < 90 or re.search(r"[.!?…,].?\Z", text)):
        return False  # somebody's words, not a heading in quotes
    if len(following.text) >= 90 or _NUMBERED.match(text):
        return len(following.text) > len(text) or bool(_NUMBERED.match(following.text))
    before = blocks[number - 1] if number else None
    listed = before is not None and before.role in ("", "body") and before.text[-1] not in surroundings.ENDS
    return not listed and captions.has_end_mark(following.text) and len(following.text) > len(text)
