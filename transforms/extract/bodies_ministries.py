"""The fields of ministries, those of other countries too, which no list has: ``Bộ`` + ``Thống nhất`` + ``Hàn Quốc``."""

from __future__ import annotations

import re

from transforms.clean.unicode import fold_tones
from transforms.document import Article
from transforms.extract.bodies_lexicon import TOPICS, heads_at, phrase_at
from transforms.extract.names import name_end
from transforms.extract.place_names import read_name
from transforms.text import LOWER, UPPER

_FIELD = re.compile(rf"(?!Quy|Tiêu|Luật|Sưu|Phim|Chỉ)[{UPPER}]\w*(?:,? [{UPPER}{LOWER}]\w*){{1,9}}")
_IN_CLAUSES = """
đã vừa đang sẽ là có cho về tại trong với của từ do ra vào ở để hoặc khi nhằm theo trên dưới được bị phải cần không cũng còn đều
này đó nói ngày năm tháng đến thuộc rồi mà thì nên lớn nằm gần giữa
"""
CLAUSE = frozenset(_IN_CLAUSES.split())


def ministry_field(article: Article, pos: int) -> tuple[int, str] | None:
    """The field at ``pos`` of whose minister is spoken: ``Bộ trưởng`` + ``Quốc phòng``, ``Nhập cư`` (``Hy Lạp``)."""
    known = phrase_at(article.text, article.folded, pos, "Bộ", TOPICS)
    if known or not article.text[pos : pos + 1].isupper() or name_end(article.text, pos):  # "Bộ trưởng Lê Tuấn Anh"
        return known
    return field_abroad(article, pos)


def field_abroad(article: Article, pos: int) -> tuple[int, str] | None:
    """The field of another country's ministry, which no list has: ``Bộ`` + ``Thống nhất`` + ``Hàn Quốc``."""
    field = _FIELD.match(article.text, pos)
    space = article.text.find(" ", pos, field.end()) if field else -1
    while space > 0 and field:
        country = article.text[space + 1].isupper() and read_name(article, space + 1, "country")
        if country and country.key not in ("việt nam", "vn"):
            words = article.text[pos:space]
            return None if has_clause(words) else (space, fold_tones(words))
        space = article.text.find(" ", space + 1, field.end())
    return None


def has_clause(words: str) -> bool:
    """Whether words of a clause stand among those of what may be a name; the ``không`` of ``Hàng không`` is none."""
    return not CLAUSE.isdisjoint(words.replace(",", "").replace("àng không", "").split())


def and_field(article: Article, end: int) -> bool:
    """Whether another field follows, and no other body: ``Bộ Nông nghiệp`` + ``và Nguồn nước``."""
    text = article.text
    return text.startswith(" và ", end) and text[end + 4 : end + 5].isupper() and not heads_at(text, article.folded, end + 4)
