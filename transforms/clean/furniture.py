"""What belongs to the page and not to the article: notices, share bars, copyright lines, headings of article lists."""

from __future__ import annotations

import re
from functools import cache

from transforms.clean.lexicon import lexicon
from transforms.clean.openings import first_word
from transforms.clean.unicode import fold_line, fold_opening, fold_tones
from transforms.text import holds_any

_MOST_EDGES = 20  # marks around the words of a line
_MAX_LINE = 300  # longer lines are looked at from their beginning only
_EDGES = " \t.:;…-–—•*|>»≡☰▲▼►"
# A line that holds no letter and no figure; a picture's file name; a bare address.
_NO_WORD = re.compile(r"[\W_]+")
_SITE = re.compile(
    r"(?:cổng|trang) (?:thông tin|tt)\b|cổng ttđt|trang ttđt|website "
    r"|(?:tin (?:tức )?)?hoạt động (?:của )?(?:các )?(?:xã|phường)\b"
)
_PLAYER = re.compile(r"\d{1,2}:\d\d(?::\d\d)?(?:\s*/\s*\d{1,2}:\d\d(?::\d\d)?)?|\d(?:\.\d{1,2})?x")
_FILE = re.compile(r"(?:https?://|www\.)\S+|[\w%+.()/-]{1,120}\.(?:jpe?g|png|gif|bmp|webp|mp4|mp3|pdf|docx?)", re.IGNORECASE)
_SHOWN = re.compile(r"\[(?:ảnh|hình)(?: ảnh)?\s*:\s*[^\W\d_]+ [^\W\d_]+ [^\]]{1,80}\]", re.IGNORECASE)  # says what is to be seen
_PLACEHOLDER = re.compile(r"\[(?:img|image|ảnh|photo|video|caption|audio|embed|gallery)\b[^\]]{0,100}\]", re.IGNORECASE)


class Furniture:
    """Whole lines by a set, beginnings by the sets of their lengths: two look-ups for most lines."""

    def __init__(self) -> None:
        self.whole: dict[str, str] = {}
        self.starts: dict[str, list[tuple[str, str]]] = {}
        self.sections: set[str] = set()
        self.within: list[tuple[str, str]] = []
        for row in lexicon("page_furniture.tsv"):
            words = fold_tones(row["words"].lower())
            if row["role"] == "section":
                self.sections.add(words)
                continue
            if row["role"] == "bar":
                continue  # furniture beside other furniture only
            if row["match"] in ("whole", "start"):
                self.whole.setdefault(words.rstrip(":"), row["role"])
            if row["match"] == "start":
                self.starts.setdefault(words[:3], []).append((words, row["role"]))
            if row["match"] == "within":
                self.within.append((words, row["role"]))
        self.lengths = sorted(set(map(len, self.starts)))
        self.longest = max(map(len, self.whole))
        self.whole_first = frozenset(map(first_word, self.whole))
        self.start_first = frozenset(first_word(words) for starts in self.starts.values() for words, _ in starts)
        # In any case but a changing one; without the first letter, which may be a capital.
        self.signs = tuple(form for words, _ in self.within for form in (words[1:], words[1:].upper(), words.title()[1:]))

    def role(self, text: str) -> str:
        opening = fold_opening(text)
        if len(text) <= self.longest + _MOST_EDGES:
            folded = fold_line(text)
            if found := self.whole.get(folded.strip(_EDGES)) or self.whole.get(folded):
                return found
        for length in self.lengths:
            for words, role in self.starts.get(opening[:length], ()):
                if not opening.startswith(words):
                    continue
                folded = fold_line(text[:_MAX_LINE])
                bare = folded.strip(_EDGES)
                if not folded.startswith(words) or folded[len(words) : len(words) + 1].isalpha():
                    continue
                # "Tin nổi bật trong tuần là …" is a sentence, "Tin nổi bật: …" is not.
                if role != "heading" or len(bare) <= len(words) + 12 or folded[len(words)] == ":":
                    return role
        lowered = text[:_MAX_LINE].lower()
        return next((role for words, role in self.within if words in lowered), "")

    def may_be(self, first: str, text: str) -> bool:
        """Whether ``role`` is worth asking about a line with this first word that holds no address or file name."""
        if len(text) <= self.longest + _MOST_EDGES and first in self.whole_first:
            return True
        return first in self.start_first or holds_any(text, self.signs)


@cache
def furniture() -> Furniture:
    return Furniture()


def furniture_role(text: str) -> str:
    """``boilerplate``, ``related``, ``heading`` (of a list of other articles), ``tags`` (heading of keywords), or nothing.

    >>> [furniture_role(t) for t in ("Xem thêm", "Tin khác", ">> Lũ quét ở bản xa", "Chia sẻ với báo chí, bà nói.", "[img]")]
    ['boilerplate', 'heading', 'related', '', 'boilerplate']
    """
    if not text[0].isalnum() and (_NO_WORD.fullmatch(text) or _PLACEHOLDER.fullmatch(text)):
        return "caption" if text[0] == "[" and _SHOWN.fullmatch(text) else "boilerplate"
    if len(text) <= 20 and text[0].isdigit() and _PLAYER.fullmatch(text):
        return "boilerplate"
    if ("." in text[-6:-2] or "://" in text or "www." in text) and _FILE.fullmatch(text):
        return "boilerplate"
    return furniture().role(text)


def names_a_section(text: str) -> bool:
    """Whether a line is a section's or a site's name, as pages have it over the headline.

    >>> names_a_section("Xây dựng Đảng"), names_a_section("CỔNG THÔNG TIN ĐIỆN TỬ XÃ BÌNH LỘC"), names_a_section("Họp báo")
    (True, True, False)
    """
    return len(text) <= 80 and (fold_line(text).strip(_EDGES) in furniture().sections or _SITE.match(fold_line(text)) is not None)


def is_placeholder(text: str) -> bool:
    """Whether a line stands for a picture.

    >>> is_placeholder("[img]"), is_placeholder("Ảnh")
    (True, False)
    """
    return text.startswith("[") and _PLACEHOLDER.fullmatch(text) is not None
