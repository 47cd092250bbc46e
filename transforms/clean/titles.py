"""Which block is the headline, and which repeat it."""

from __future__ import annotations

import re

from transforms.clean import captions
from transforms.clean.blocks import Block
from transforms.clean.datelines import read_stamp
from transforms.clean.furniture import names_a_section
from transforms.clean.mastheads import goes_on, names_the_site
from transforms.clean.openings import first_words
from transforms.clean.outlets import printed_outlet
from transforms.clean.unicode import fold_key, without_marks

MAX_TITLE = 260
# A telephone number is no headline.
_WORDS = re.compile(r"[^\W\d_]{2,}\W+[^\W\d_]{2,}|[^\W\d_]{8,}")
_ADDRESSED = re.compile(r"kính (?:gửi|thưa|trình)\b")
_MAX_SECTION = 40
_MAX_LINES, _MAX_LINE = 5, 160  # of a title that is broken into lines
_CLOSING = frozenset(".!…;,:")
_QUOTES = frozenset('”"’)')
_SLUG = re.compile(r"/([a-z0-9]+(?:-[a-z0-9]+){3,60})(?=[./?#]|\Z)", re.IGNORECASE)
_MOTTO = re.compile(r"(?:cộng hòa xã hội chủ nghĩa|đảng cộng sản) việt nam|độc lập\W+tự do\W+hạnh phúc")
_MOTTO_WORDS = first_words(_MOTTO.pattern)
_KIND = re.compile(
    r"nghị quyết|quyết định|kế hoạch|chỉ thị|kết luận|quy định|quy chế|hướng dẫn|chương trình|đề án|thông báo|thông tư"
    r"|nghị định|luật|pháp lệnh|công văn|tờ trình|báo cáo|điều lệ|thông tri|công điện|giấy mời|biên bản"
    r"|kế hoạch liên tịch|nghị quyết liên tịch|thông tư liên tịch|dự thảo"
)


def find_title(blocks: list[Block], lines: list[int], fields: dict[str, str], official: bool) -> int:
    """Find the title, mark its repetitions, and say which block comes after it.

    ``lines`` are the blocks that aren't furniture by their markup; ``official``: this is an official paper.
    """
    chosen = next((n for n in lines if blocks[n].role == "title"), None)
    if chosen is None:
        chosen = _choose_title(blocks, lines, fields, official)
    if chosen is None:
        return next((n for n in lines if not blocks[n].role), 0)
    title = blocks[chosen]
    title.role = "title"
    key = fold_key(title.text)
    least, most = len(title.text) - 12, len(title.text) + 12
    for number in lines:
        block = blocks[number]
        if block is title or block.role not in ("", "title", "caption"):
            continue
        if (least <= len(block.text) <= most or (len(block.text) < most and is_cut(block.text))) and _same_title(
            fold_key(block.text), key
        ):
            block.role = "title"
    return chosen + 1


def is_closed(text: str) -> bool:
    """Whether a line ends with a mark, perhaps before a closing quote or bracket.

    >>> is_closed("Tỉnh đã họp.”"), is_closed("Tỉnh họp (lần hai)")
    (True, False)
    """
    return text[-1] in _CLOSING or (text[-1] in _QUOTES and text[:-1].rstrip()[-1:] in _CLOSING)


def is_cut(text: str) -> bool:
    """Whether a line ends with dots, as one that was cut short.

    >>> is_cut("Tỉnh đã..."), is_cut("Tỉnh đã.")
    (True, False)
    """
    return text[-1] == "…" or text.endswith("...")


def _same_title(other: str, key: str) -> bool:
    if other == key:
        return True
    cut = other.rstrip(".… ")
    return len(cut) >= 30 and cut != other and key.startswith(cut)


def _choose_title(blocks: list[Block], lines: list[int], fields: dict[str, str], official: bool) -> int | None:
    hinted = [n for n in lines if (b := blocks[n]).hint == "title" and not b.role and len(b.text) <= MAX_TITLE]
    if hinted:
        return hinted[0]
    wanted = _slug_words(fields)
    seen = 0
    if official and (subject := _official_title(blocks)) is not None:
        return subject
    for number in lines:
        block = blocks[number]
        if block.role or not _WORDS.search(block.text):
            continue
        if seen > 6:
            break
        seen += 1
        if len(block.text) > MAX_TITLE:
            return None
        if wanted:
            if not _fits_slug(block.text, wanted) and len(block.text) <= _MAX_SECTION and seen <= 3:
                continue  # a section's name, perhaps
            return number if _fits_slug(block.text, wanted) else None
        if block.tag in ("h1", "h2") and block.hint != "header" and seen <= 3:
            return number
        return _below_section(blocks, number) if _is_title(blocks, number) else None
    return None


def _below_section(blocks: list[Block], number: int) -> int:
    """The headline below a line that only names a section or the site, or says the headline with the site's name."""
    first = blocks[number]
    under = next((n for n in range(number + 1, min(number + 4, len(blocks))) if not blocks[n].role), None)
    if under is None or first.tag or is_closed(blocks[under].text) or not 20 <= len(blocks[under].text) <= MAX_TITLE:
        return number
    below = blocks[under].text
    again = any(first.text.startswith(below + mark) for mark in (" | ", " - ", " – "))
    dated = under + 1 < len(blocks) and blocks[under + 1].role == "dateline" and under == number + 1
    shorter = len(first.text) <= _MAX_SECTION and len(below) > 1.3 * len(first.text)
    shorter = shorter and not names_the_site(below) and not (first.text.isupper() and below.isupper() and goes_on(below))
    if again or (_is_title(blocks, under) and (names_a_section(first.text) or (dated and shorter))):
        first.role = "boilerplate"
        return under
    return number


def is_official(blocks: list[Block]) -> bool:
    """Whether this is an official paper, known by the national motto at its head."""
    if _MOTTO_WORDS.isdisjoint([b.first for b in blocks[:40]]):
        return False
    return any(b.first in _MOTTO_WORDS and _MOTTO.match(fold_key(b.text)) for b in blocks[:40] if len(b.text) <= 120)


def whole_title(kept: list[Block]) -> str | None:
    """The title of a text of these blocks; of an official paper, all the lines into which it is broken."""
    number = next((n for n, b in enumerate(kept) if b.role == "title"), None)
    if number is None:
        return None
    title = kept[number].text
    if not is_official(kept):
        return title
    for block in kept[number + 1 : number + _MAX_LINES]:
        if block.role not in ("heading", "body") or not block.text[0].islower() or len(block.text) > _MAX_LINE:
            break
        if is_closed(title) or is_closed(block.text):
            break
        title += " " + block.text
    return title


def _official_title(blocks: list[Block]) -> int | None:
    """Of an official paper: the subject under the kind of document."""
    head = [fold_key(b.text) if len(b.text) <= 120 else "" for b in blocks[:40]]
    for number in range(len(head)):
        if _KIND.fullmatch(head[number].strip(" *:-")) and number + 1 < len(blocks) and number + 1 < len(head) + 1:
            under = number + 1
            while under < len(blocks) - 1 and not any(map(str.isalpha, blocks[under].text)):
                under += 1
            return under if len(blocks[under].text) <= 400 else number
    return None


def _is_title(blocks: list[Block], number: int) -> bool:
    text = blocks[number].text
    if text[0] in "-–•*+" or len(text) < 8 or ((len(text) > 120 or is_closed(text)) and printed_outlet(text)):
        return False
    following = next((b for b in blocks[number + 1 :] if b.role in ("", "dateline", "byline", "caption")), None)
    if following is None or _ADDRESSED.match(fold_key(text[:20])):
        return False
    if following.role == "dateline" and read_stamp(following.text) and blocks[number + 1] is following and len(text) <= 150:
        return True
    if text.rstrip()[-1] in ",!":
        return len(text) <= 150
    if is_closed(text) and not is_cut(text):
        # A closed sentence may be a headline all the same, when it is short and stands off from a longer text.
        shown = captions.shows_a_scene(text) or captions.names_a_person(text)
        return text.rstrip()[-1] == "." and len(text) <= 150 and len(following.text) > 2 * len(text) and not shown
    return True


def _slug_words(fields: dict[str, str]) -> set[str]:
    url = next((fields[key] for key in ("url", "link", "source_url", "permalink", "canonical") if fields.get(key)), "")
    slugs = _SLUG.findall(url[:2000])
    if not slugs:
        return set()
    return {w for w in max(slugs, key=len).lower().split("-") if not w.isdigit() or len(w) < 6}


def _fits_slug(text: str, wanted: set[str]) -> bool:
    """Whether a line has the words of the address, which is made of the headline."""
    words = set(re.findall(r"[a-z0-9]+", without_marks(text.lower())))
    return len(words & wanted) >= 0.6 * max(1, len(wanted)) and len(words & wanted) >= 0.5 * max(1, len(words))
