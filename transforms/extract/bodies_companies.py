"""Companies that share their class word: ``các Tổng công ty: Sông Đà, HUD``, ``các tập đoàn lớn như Dầu khí, Điện lực``."""

from __future__ import annotations

import re

from transforms.clean.syllables import is_syllable
from transforms.clean.unicode import fold_tones
from transforms.document import Article
from transforms.extract.bodies_grammar import Body
from transforms.extract.bodies_lexicon import Head, heads_at
from transforms.extract.bodies_mixed import CUT
from transforms.extract.bodies_names import read_run
from transforms.extract.bodies_purpose import LEGAL
from transforms.text import LOWER, UPPER

# "các tổng công ty lớn như", one of them up to what parts it from the next, what may stand between them
_SUCH = re.compile(
    r"(?:[ \u00a0](?:kinh tế|nhà nước|lớn|thành viên|trực thuộc|của Nhà nước))*"
    r"(?P<like>[ \u00a0](?:như|gồm|là))?(?=:|[ \u00a0]):?"
)
_COMPANY_ITEM = re.compile(rf"[{UPPER}][^,;:.()\n]{{1,60}}?(?=, [{UPPER}]| \([{UPPER}][\w&-]{{1,11}}\)| và [{UPPER}])")
ITEM = re.compile(r"(?:,?[ \u00a0]và|[,;])[ \u00a0]")  # what parts the items of a list
_NEXT_COMPANY = re.compile(rf"(?: \([{UPPER}][\w&-]{{1,11}}\))?{ITEM.pattern}")
_PLAIN = re.compile(r"[^,;:.()\n]+")
_CAPITAL_END = re.compile(rf" [{UPPER}][{LOWER}]*\Z")
_LISTED = frozenset(["Bệnh viện", "Báo", "Tạp chí", "Trường Đại học", "Đại học", "Học viện", "Trường Cao đẳng", "Hợp tác xã"])
_OFFICES = ("phó ", "chủ tịch", "thủ tướng", "bộ trưởng", "thứ trưởng", "giám đốc", "tổng giám đốc", "bí thư", "ông ")
_TRADES = ("Điện lực", "Bưu điện")  # heads that companies are named after


def read_companies(article: Article, start: int) -> list[Body]:
    """``các Tổng công ty: Sông Đà, HUD``: companies that share their class word."""
    for key_end, head in heads_at(article.text, article.folded, start):
        if head.tail != "run" or not (head.kind == "company" or head.name in _LISTED):
            continue
        such = _SUCH.match(article.text, key_end)
        end = such.end() if such else key_end
        found: list[Body] = []
        for _ in range(30):
            first = end + 1
            stop = _company(article, end, head) if article.text[first : first + 1].isupper() else None
            if stop is None:
                break
            printed = fold_tones(article.text[first:stop])
            own = such is not None and such["like"] is not None and _is_brand(article, first, stop)
            name = printed if own else f"{head.name} {printed}"
            begin = start if not found and end == key_end else first
            found.append(Body(begin, stop, name, name, head.kind, head.level, None, head, True, True))
            link = _NEXT_COMPANY.match(article.text, stop)
            if link is None:
                break
            end = link.end() - 1
        if len(found) > 1:
            return found
    return []


def _company(article: Article, end: int, head: Head) -> int | None:
    """Where the name of one of several companies ends that begins after ``end``."""
    text, first = article.text, end + 1
    if article.folded.startswith(_OFFICES, first):  # "Công ty Hải Long và Hạ Long, Phó Thủ tướng …"
        return None
    if any(one.tail != "none" and one.name not in _TRADES for _, one in heads_at(text, article.folded, first)):
        return None
    item = _COMPANY_ITEM.match(text, first)
    if item and not CUT.search(text, first, item.end()):
        return item.end()
    own = read_run(article, end, head, proper=True)
    if own is None or LEGAL.fullmatch(own[1].lower()):
        return None
    if " " not in own[1]:  # "Đảm" + "bảo an toàn hàng hải Miền Bắc chưa …"
        cut = CUT.search(text, first, first + 60)
        words = text[first : cut.start()] if cut else ""
        if own[0] < first + len(words) and _CAPITAL_END.search(words) and _PLAIN.fullmatch(words):
            return first + len(words)
    inner = ITEM.search(text, first, own[0])
    return inner.start() if inner else own[0]


def _is_brand(article: Article, start: int, end: int) -> bool:
    """Whether a company is called by its name alone: ``các ngân hàng như Vietcombank``."""
    known = any(stop == end and head.tail == "none" for stop, head in heads_at(article.text, article.folded, start))
    return known or not is_syllable(article.folded[start:end].partition(" ")[0])
