"""What the attributes of an element tell about its role."""

from __future__ import annotations

import re
from functools import lru_cache

from transforms.text import holds_any

_VALUES = re.compile(
    r"""(?:class|id|itemprop|role|rel|property)\s*=\s*(?:"([^"]{0,400})"|'([^']{0,400})'|([^\s>"']{1,100}))""", re.IGNORECASE
)
_NAMING = ("class", "id", "itemprop", "role", "rel", "property")
_SIDES, _HIDING = ("center", "right"), ("none", "hidden")
_CENTRED = re.compile(
    r"text-align\s*:\s*(center|right)|align\s*=\s*[\"']?(center|right)|class=[^>]{0,80}text-?(center|right)",
    re.IGNORECASE,
)
_HIDDEN = re.compile(
    r"display\s*:\s*none|visibility\s*:\s*hidden|(?<![\w:-])hidden(?=[\s>=])|aria-hidden\s*=\s*[\"']?true",
    re.IGNORECASE,
)

# Words of class and id values, each as sites of this kind use it; the first that fits counts. (Seen in the markup of
# Vietnamese newspapers' and public bodies' pages; Vietnamese words are written without accents there.)
_ROLES: tuple[tuple[str, re.Pattern[str]], ...] = tuple(
    (role, re.compile(rf"(?<![a-z])(?:{words})(?![a-z])"))
    for role, words in (
        ("main", r"articlebody|article[-_]?(?:body|content|detail)"
                 r"|(?:detail|entry|post|news|single|content)[-_]?(?:content|body|detail|text)"
                 r"|noi[-_]?dung(?:[-_]?(?:bai[-_]?viet|tin|chi[-_]?tiet))?|chi[-_]?tiet[-_]?(?:tin|bai[-_]?viet"
                 r"|noi[-_]?dung)?|fck[-_]?detail"
                 r"|main[-_]?detail|cms[-_]?body|journal[-_]?content[-_]?article|bodytext|ckeditor|divcontent"),
        ("caption", r"(?:image|photo|img|pic|picture|figure|wp|media|foto)?[-_]?captions?(?:[-_]?text)?"
                    r"|chu[-_]?thich(?:[-_]?anh)?"
                    r"|(?:image|photo|img|pic)[-_]?(?:desc|note|title|text)|pcaption"),
        ("related", r"related?|relates|lien[-_]?quan"
                  r"|tin[-_]?(?:khac|lien[-_]?quan|cung|moi|noi[-_]?bat|xem[-_]?nhieu|doc[-_]?nhieu)[a-z-_]*"
                    r"|cung[-_]?chuyen[-_]?muc|bai[-_]?(?:viet[-_]?)?(?:khac|lien[-_]?quan)|other[-_]?(?:news|posts?"
                    r"|articles?)|xem[-_]?them|doc[-_]?them"
                    r"|read[-_]?more|see[-_]?more|recommend(?:ed|ation)?s?|most[-_]?(?:read|viewed)|latest(?:[-_]?news)?"
                    r"|hot[-_]?news|list[-_]?news|news[-_]?list"
                    r"|related[-_]?[a-z-_]+|news[-_]?(?:other|more|relat[a-z]*)"),
        ("title", r"(?:article|detail|post|entry|news|page|single)[-_]?(?:title|headline)"
                  r"|(?:title|headline)[-_]?(?:article|detail|post|entry|news|single)"
                  r"|headline|tieu[-_]?de(?:[-_]?(?:tin|bai[-_]?viet))?"),
        ("lead", r"sapo|lead|chapeau|standfirst"
                  r"|(?:article|detail|news|post|content)?[-_]?(?:summary|desc|description|intro)(?:[-_]?(?:article|detail|news|post))?"
                 r"|tom[-_]?tat|mo[-_]?ta|trich[-_]?dan|hometext"),
        ("byline", r"(?:article|post|news|copy)?[-_]?authors?(?:[-_]?(?:name|info))?|tac[-_]?gia|by[-_]?line"
                  r"|pen[-_]?name|nguon(?:[-_]?tin)?|source"),
        ("dateline", r"(?:article|post|entry|news|detail|publish(?:ed)?)?[-_]?(?:date|time|datetime|publish(?:ed)?"
                  r"|published?[-_]?(?:date|time))\d?"
                     r"|ngay[-_]?(?:dang|gio)?|(?:post|entry|article)[-_]?meta|luot[-_]?xem|view[-_]?counts?|thoi[-_]?gian"),
        ("boilerplate", r"nav(?:bar|igation)?|(?:main|top|sub)?[-_]?menu[a-z-_]*|breadcrumbs?|footer[a-z-_]*"
                  r"|site[-_]?header|header|top[-_]?(?:bar|header)|side[-_]?bar[a-z-_]*"
                        r"|banner[a-z-_]*|ads?|advert[a-z]*|quang[-_]?cao|shar(?:e|ing)[a-z-_]*|social[a-z-_]*"
                        r"|comments?[a-z-_]*|binh[-_]?luan|cookies?|login|search[a-z-_]*"
                        r"|tim[-_]?kiem|toolbar|pagination|paging|tags?(?:[-_]?(?:list|cloud|links))?|rating|popup|modal"
                        r"|copyright|off-?canvas(?!-content)|logo|widget[a-z-_]*"
                        r"|weblinks?|thong[-_]?ke|statistics?|dang[-_]?nhap|tox-[a-z-]+|skip[-_]?link|fb-[a-z-]+|danh[-_]?gia"),
    )
)  # fmt: skip
_ELEMENTS = {
    "nav": "boilerplate", "footer": "boilerplate", "aside": "boilerplate", "form": "boilerplate", "header": "header",
    "figcaption": "caption", "time": "dateline", "article": "main", "main": "",
}  # fmt: skip


def hint_of(element: str, attributes: str) -> str:
    """The role that an element's name and attributes tell, ``main`` for the article's own container, or nothing.

    >>> hint_of("div", ' class="col-md-9 tin-lien-quan"'), hint_of("p", ' class="mtb5"'), hint_of("nav", "")
    ('related', '', 'boilerplate')
    """
    hint = _ELEMENTS.get(element, "")
    if len(attributes) < 4:
        return hint
    if _holds(attributes, _HIDING) and _HIDDEN.search(attributes):
        return "boilerplate"
    if not _holds(attributes, _NAMING):  # but for its style, as of most that have any
        return hint
    values = " ".join(filter(None, (v for found in _VALUES.findall(attributes) for v in found))).lower()
    return _role_of(values, hint == "boilerplate") or hint if values else hint


def _holds(attributes: str, words: tuple[str, ...]) -> bool:
    """Whether one of the words is there in any case: what tells most attributes apart in less time than a pattern."""
    return holds_any(attributes.lower(), words) or not attributes.isascii()


@lru_cache(maxsize=4096)  # where styles differ, classes are the same
def _role_of(values: str, furniture: bool) -> str:
    for role, pattern in _ROLES:
        if not (furniture and role in ("main", "title")) and pattern.search(values):
            return role
    return ""


def alignment_of(attributes: str) -> str:
    found = _CENTRED.search(attributes) if len(attributes) > 8 and _holds(attributes, _SIDES) else None
    return (found[1] or found[2] or found[3]).lower() if found else ""


@lru_cache(maxsize=8192)
def hints_of(element: str, attributes: str) -> tuple[str, str]:
    """Both: the role that an element's name and attributes tell, and how it is aligned."""
    return hint_of(element, attributes), alignment_of(attributes)
