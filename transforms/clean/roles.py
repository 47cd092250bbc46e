"""Every block's role: first what a line says by itself, then what its place among the others tells.

Title, lead and bylines are settled by position; captions by what they say, by the pictures around them and by being
printed twice; what is left is body.
"""

from __future__ import annotations

import re
from difflib import SequenceMatcher

from transforms.clean import bylines, captions
from transforms.clean.blocks import Block
from transforms.clean.datelines import is_dateline
from transforms.clean.furniture import furniture_role, is_placeholder
from transforms.clean.unicode import fold_key

LONG = 430  # a line longer than this is a paragraph, whatever it says
MAX_TITLE = 260
MAX_LEAD = 1200
MAX_HEADING = 160
_SLUG = re.compile(r"/([a-z0-9]+(?:-[a-z0-9]+){3,60})(?:[./?#]|\Z)", re.IGNORECASE)
_PLAIN = str.maketrans("đð", "dd")
_NUMBERED = re.compile(r"(?:[IVX]{1,5}|\d{1,2}(?:\.\d{1,2}){0,3}|[a-zđ])\s?[.)\-–:]\s?\S|(?:Phần|Chương|Mục|Điều|Bài|Kỳ)\s+(?:[IVX]+|\d+|thứ)", re.IGNORECASE)
_CLOSED = re.compile(r"[.!…;,:]\s*[”\"’)]?\s*\Z")
_ENDED = re.compile(r"[.!?…;:”\"’)\]]\s*\Z")
_CUT = re.compile(r"(?:\.\.\.|…)\s*\Z")
_LIST_ITEM = re.compile(r"\s*(?:[-–—•*+·»>]|\d{1,2}[/-]\d{1,2}[/-]\d{2,4}|\(\d{1,2}[/-]\d{1,2})")
_DATE_TAIL = re.compile(r"[\s(\[–-]*\d{1,2}[/.-]\d{1,2}[/.-]\d{2,4}[\s,|–-]*(?:\d{1,2}[:h]\d\d)?\s*[)\]]*\s*\Z")
_KEPT = frozenset(("title", "lead", "heading", "body"))


def assign(blocks: list[Block], fields: dict[str, str]) -> None:
    """Set ``role`` of every block that has none yet. ``fields`` are those of front matter or header lines."""
    for block in blocks:
        if not block.role:
            block.role = _by_itself(block)
    _related(blocks)
    first = _title(blocks, fields)
    last = _ending(blocks, first)
    _repeated(blocks, first)
    _pictured(blocks, first)
    _lead(blocks, first, last)
    _headings(blocks)
    for block in blocks:
        block.role = block.role or "body"


def _by_itself(block: Block) -> str:
    text, hint = block.text, block.hint
    if hint in ("boilerplate", "related"):
        return hint
    if len(text) > LONG:
        return ""
    if hint == "caption":
        return "caption"
    found = furniture_role(text)
    if found:
        return "related-heading" if found == "heading" else found
    if text[0] == "[" and is_placeholder(text):
        return "boilerplate"
    if any(map(str.isdigit, text)) and is_dateline(text):
        return "dateline"
    if bylines.is_labelled(text):
        return "byline"
    if hint == "byline" and len(text) <= bylines.MAX_LINE and bylines.is_signature(text):
        return "byline"
    if captions.opens_like_a_caption(text) or captions.ends_with_photographer(text) or captions.waits_for_photographer(text):
        return "caption"
    return ""


def _related(blocks: list[Block]) -> None:
    """A list of other articles: its heading and the headlines below it, until something else begins."""
    listing, listed = False, 0
    total = len(blocks)
    for number, block in enumerate(blocks):
        if block.role == "related-heading":
            # Near the top of a page or before long text it is only a menu's or a box's word.
            block.role, listing, listed = "related", True, 0
            continue
        if not listing or block.hint == "header":
            continue
        if block.role in ("", "caption", "dateline"):
            if _is_headline(block.text) and not (listed > 0 and _resumes(blocks, number, total)):
                block.role, listed = "related", listed + 1
            else:
                listing = False
        elif block.role == "byline" or (block.role == "boilerplate" and block.text[:1] in "©["):
            listing = block.role != "byline"


def _is_headline(text: str) -> bool:
    if len(text) > 260:
        return False
    return bool(_LIST_ITEM.match(text) or _DATE_TAIL.search(text)) or not re.search(r"[.;:]\s*\Z", text)


def _resumes(blocks: list[Block], number: int, total: int) -> bool:
    """Whether the article goes on here: this is no list item, and long paragraphs follow."""
    if _LIST_ITEM.match(blocks[number].text):
        return False
    return any(len(b.text) > LONG and not b.role for b in blocks[number + 1 : min(number + 3, total)])


# -- title -----------------------------------------------------------------------------------------------------------------


def _title(blocks: list[Block], fields: dict[str, str]) -> int:
    """Find the title, mark its repetitions, and say which block comes after it."""
    chosen = next((n for n, b in enumerate(blocks) if b.role == "title"), None)
    if chosen is None:
        chosen = _choose_title(blocks, fields)
    if chosen is None:
        return next((n for n, b in enumerate(blocks) if not b.role), 0)
    title = blocks[chosen]
    title.role = "title"
    key = fold_key(title.text)
    for block in blocks:
        if block is not title and block.role in ("", "title", "caption") and _same_title(fold_key(block.text) if len(block.text) <= 400 else "", key):
            block.role = "title"
    return chosen + 1


def _same_title(other: str, key: str) -> bool:
    if other == key:
        return True
    cut = other.rstrip(".… ")
    return len(cut) >= 30 and cut != other and key.startswith(cut)


def _choose_title(blocks: list[Block], fields: dict[str, str]) -> int | None:
    hinted = [n for n, b in enumerate(blocks) if b.hint == "title" and not b.role and len(b.text) <= MAX_TITLE]
    if hinted:
        return hinted[0]
    wanted = _slug_words(fields)
    seen = 0
    for number, block in enumerate(blocks):
        if block.role:
            continue
        if seen > 6:
            break
        seen += 1
        if len(block.text) > MAX_TITLE:
            return None
        if wanted:
            return number if _fits_slug(block.text, wanted) else None
        if block.tag in ("h1", "h2") and block.hint != "header" and seen <= 3:
            return number
        return number if _is_title(blocks, number) else None
    return None


def _is_title(blocks: list[Block], number: int) -> bool:
    text = blocks[number].text
    if text[0] in "-–•*+" or len(text) < 8 or (len(text) > 120 or _CLOSED.search(text)) and bylines.printed_outlet(text):
        return False
    following = next((b for b in blocks[number + 1 :] if b.role in ("", "dateline", "byline", "caption")), None)
    if following is None:
        return False
    if _CLOSED.search(text) and not _CUT.search(text):
        # A closed sentence may be a headline all the same, when it is short and stands off from a longer text.
        return text.rstrip()[-1] in ".!" and len(text) <= 150 and len(following.text) > 2 * len(text) and not captions.shows_a_scene(text) \
            and not captions.names_who_is_seen(text)  # fmt: skip
    return True


def _slug_words(fields: dict[str, str]) -> set[str]:
    url = next((fields[key] for key in ("url", "link", "source_url", "permalink", "canonical") if fields.get(key)), "")
    slugs = _SLUG.findall(url[:2000])
    if not slugs:
        return set()
    return {w for w in max(slugs, key=len).lower().split("-") if not w.isdigit() or len(w) < 6}


def _fits_slug(text: str, wanted: set[str]) -> bool:
    """Whether a line has the words of the address, which is made of the headline."""
    from unicodedata import combining, normalize

    bare = "".join(c for c in normalize("NFD", text.lower()) if not combining(c)).translate(_PLAIN)
    words = set(re.findall(r"[a-z0-9]+", bare))
    return len(words & wanted) >= 0.6 * max(1, len(wanted)) and len(words & wanted) >= 0.5 * max(1, len(words))


# -- the end: authors, and a standfirst printed last ---------------------------------------------------------------------------


def _ending(blocks: list[Block], first: int) -> int | None:
    """Mark the authors at the end of the article; return the block of a standfirst printed after them."""
    open_ones = [n for n in range(first, len(blocks)) if not blocks[n].role]
    if not open_ones:
        return None
    standfirst = None
    last = open_ones[-1]
    if last > first and blocks[last].gap >= 3 and len(blocks[last].text) <= MAX_LEAD and len(open_ones) > 1:
        standfirst = last
        blocks[last].role = "lead"
        open_ones.pop()
    elif (
        len(open_ones) > 2
        and last > 0
        and blocks[last - 1].role == "byline"
        and 60 <= len(blocks[last].text) <= MAX_LEAD
        and blocks[last].gap >= 2
    ):
        standfirst = last
        blocks[last].role = "lead"
        open_ones.pop()
    for number in reversed(open_ones[-5:]):
        block = blocks[number]
        if number > first and bylines.is_signature(block.text) and not _is_fragment(blocks, number):
            block.role = "byline"
        elif len(block.text) > 200:
            break
    if not any(b.role == "title" for b in blocks[:first]):
        return standfirst
    # Under the title, between it and the first paragraph.
    for number in open_ones[:2]:
        block = blocks[number]
        if number <= first + 2 and block.role == "" and len(block.text) <= 60 and number + 1 < len(blocks):
            near_date = any(b.role == "dateline" for b in blocks[max(0, number - 1) : number + 2])
            if bylines.is_signature(block.text) and (near_date or block.hint == "byline" or len(block.text.split()) >= 2):
                block.role = "byline"
    return standfirst


def _is_fragment(blocks: list[Block], number: int) -> bool:
    """Whether a line is a piece of a sentence that the source broke at its markup (a link, a name in italics)."""
    text = blocks[number].text
    if text[0].islower() or text[0] in ",.;:)":
        return True
    if number + 1 < len(blocks):
        after = blocks[number + 1]
        if after.gap == 0 and (after.text[0].islower() or after.text[0] in ",.;:)") and not _CLOSED.search(text):
            return True
    before = blocks[number - 1] if number else None
    return before is not None and blocks[number].gap == 0 and before.role in ("", "body") and before.kind in ("plain", "markdown") \
        and not _ENDED.search(before.text) and len(before.text) > 40  # fmt: skip


# -- captions -----------------------------------------------------------------------------------------------------------------


def _repeated(blocks: list[Block], first: int) -> None:
    """Lines printed twice, one right after the other, are captions (a picture's text and its alternative text)."""
    for number in range(max(first, 1), len(blocks)):
        one, other = blocks[number - 1], blocks[number]
        if one.text == other.text and other.role in ("", "caption") and one.role in ("", "caption") and len(one.text) <= captions.MAX_SCENE:
            one.role = other.role = "caption"


def _pictured(blocks: list[Block], first: int) -> None:
    total = len(blocks)
    placeholder = waiting = False
    for number, block in enumerate(blocks):
        if block.role:
            placeholder = block.role == "boilerplate" and is_placeholder(block.text)
            waiting = block.role == "caption" and captions.waits_for_photographer(block.text)
            continue
        after_picture = placeholder or block.picture
        if waiting and len(block.text) <= 40:
            block.role = "caption"
            continue
        if placeholder and not block.aligned:
            block.aligned = "center"
        placeholder = waiting = False
        text = block.text
        if number < first or len(text) > captions.MAX_CAPTION:
            continue
        followed = any(not b.role for b in blocks[number + 1 : min(total, number + 4)])
        if after_picture and _fits_picture(block):
            block.role = "caption"
        elif block.hint == "heading" or (block.tag[:1] == "h" and block.tag[1:].isdigit()):
            continue
        elif captions.shows_a_scene(text) or (block.aligned == "center" and block.hint == "italic" and len(text) <= captions.MAX_SCENE):
            block.role = "caption"
        elif number == first and followed and len(text) <= captions.MAX_SCENE and _who_only(text):
            block.role = "caption"


def _fits_picture(block: Block) -> bool:
    """Whether a block right after a picture is its caption: short, or set like one."""
    text = block.text
    set_apart = block.aligned == "center" or block.hint in ("italic", "quote")
    if len(text) > (captions.MAX_CAPTION if set_apart else captions.MAX_SCENE):
        return False
    if captions.is_unfinished(text) or captions.shows_a_scene(text):
        return True
    if set_apart and block.hint in ("italic", "quote"):
        return True
    return len(text) <= (captions.MAX_SCENE if set_apart else 110) and not captions.tells_news(text)


def _who_only(text: str) -> bool:
    """A line that begins with a person, unfinished or without a comma's worth of news: what the first picture shows."""
    return captions.names_who_is_seen(text) and captions.is_unfinished(text) and not _NUMBERED.match(text)


# -- lead and headings ------------------------------------------------------------------------------------------------------------


def _lead(blocks: list[Block], first: int, last: int | None) -> None:
    if last is not None or any(b.role == "lead" for b in blocks):
        return
    titled = first > 0 and blocks[first - 1].role == "title"
    if not titled:
        return
    number = next((n for n in range(first, len(blocks)) if blocks[n].role not in ("dateline", "byline", "boilerplate", "title")), None)
    if number is None or blocks[number].role or len(blocks[number].text) > MAX_LEAD:
        return
    lead, rest = blocks[number], [b for b in blocks[number + 1 :] if not b.role]
    if not rest:
        return
    if bylines.printed_outlet(lead.text) and lead.hint != "lead":
        return
    tagged = lead.tag in ("h2", "h3", "h4") and bool(_CLOSED.search(lead.text))
    if tagged or lead.hint == "lead" or _CUT.search(lead.text) or (lead.hint == "strong" and len(lead.text) >= 80):
        lead.role = "lead"
    elif any(b.role == "title" for b in blocks[number + 1 : number + 2]):
        lead.role = "lead"  # the title is printed again below it, over the article
    elif len(lead.text) <= 600 and (len(rest) == 1 and len(rest[0].text) > 2 * len(lead.text) or _tells_again(lead.text, rest[0].text)):
        lead.role = "lead"


def _tells_again(lead: str, body: str) -> bool:
    """Whether the first paragraph repeats what the line above it says."""
    return SequenceMatcher(None, fold_key(lead[:200]), fold_key(body[:400]), autojunk=False).find_longest_match().size >= 60


def _headings(blocks: list[Block]) -> None:
    for number, block in enumerate(blocks):
        if block.role or len(block.text) > MAX_HEADING:
            continue
        tagged = block.hint == "heading" or (len(block.tag) == 2 and block.tag[0] == "h" and block.tag[1].isdigit())
        following = next((b for b in blocks[number + 1 : number + 4] if b.role in ("", "heading", "caption")), None)
        if following is None or following.role == "caption" and number + 2 >= len(blocks):
            continue
        text = block.text
        if tagged or (block.hint == "strong" and not _CLOSED.search(text)):
            block.role = "heading"
        elif block.tag not in ("td", "th") and _stands_over(text, following) and not _is_fragment(blocks, number):
            block.role = "heading"


def _stands_over(text: str, following: Block) -> bool:
    """A short line without an end mark, over a longer paragraph."""
    if len(text) > 110 or text[0].islower() or not text[0].isalnum() and text[0] not in "“\"'‘":
        return False
    if re.search(r"[.!…;,:]\s*\Z", text) or text.endswith(("”", '"')) and text[0] in "“\"":
        return False
    return len(following.text) > len(text) or bool(_NUMBERED.match(following.text))
