"""Names that a page prints large in their first syllable only: ``Tập đoàn Hòa phát``, ``Tạp chí Lợi ích dân tộc``."""

from __future__ import annotations

import re

from transforms.clean.syllables import is_syllable
from transforms.document import Article
from transforms.extract.bodies_lexicon import TOPICS, WORDS, Head, phrase_at
from transforms.extract.bodies_mixed import CUT
from transforms.extract.names import name_end
from transforms.extract.place_names import read_name
from transforms.text import LOWER, UPPER

# A number right after the head that counts or is a year, and no body's: "Tập đoàn 6 tháng", "Luật Hợp tác xã 2012".
AMOUNT = re.compile(
    r"(?:[1-9]|1[0-2])[ \u00a0](?:tháng|quý)|[\d.,]+[ \u00a0]?(?:%|(?:triệu|tỷ|tỉ|nghìn|ngàn|đồng|usd|lần|tuần)(?!\w))|"
    r"20\d\d(?!\w)"
)
NO_FIRST = ("tại ", "theo ", "trong ", "khi ", "với ")  # a sentence whose full stop is lost
_SENTENCE = (*NO_FIRST, "hiện ", "các ", "những ", "ngoài ", "nhưng ", "tuy ", "hôm ")
_SECOND = re.compile(rf" ([{LOWER}]+)(?!\w)")
_OTHERS = ("Nhà xuất bản", "Câu lạc bộ")  # whose names are read or known otherwise
_LEVELS = ("country", "province", "district")
# What is said of a body whose name is one syllable, and no second syllable of it.
_NO_SECOND = re.compile(
    r" (?:đăng|viết|dẫn|cam kết|khai|khuyến|bán|mua|giảm|tăng|niêm|chi|xin|muốn|nhập|xuất|đầu tư|kinh doanh|hoạt|nằm|quyết|"
    r"phát (?:triển|biểu|hành|động|hiện|sóng|minh|thanh)|có|thắng|ghi|đạt|trả|chính|thành lập|lên|xuống|đứng|gây|nợ|bị|"
    r"sử dụng)(?!\w)"
)
_MORE = re.compile(
    rf"((?: [{LOWER}]+){{1,4}}?)(?=[,.;:()\n\"”]| (?:của|và|đã|vừa|đang|sẽ|là|được|cho|có|nói)(?!\w)| [{UPPER}]|$)"
)
_VERBS = frozenset(["ấn", "hành", "tiếp", "nhận", "tổ", "bố", "khai", "đăng", "phối", "thực", "tham", "đánh"])


def whole_word(article: Article, pos: int, end: int, head: Head) -> int:
    """Where a name ends that begins with the word at ``pos`` to ``end``, or goes on with it after ``và`` or a dash.

    A name of one Vietnamese syllable is rare; where small letters follow it, they are the rest of its word.
    """
    text, folded = article.text, article.folded
    second = _SECOND.match(text, end) if head.name not in _OTHERS else None
    if second is None or not text[pos + 1 : end].islower() or not is_syllable(folded[pos:end]) or not is_syllable(second[1]):
        return end
    if _NO_SECOND.match(folded, end) or CUT.match(text, end) or (head.kind != "school" and folded[pos:end].isascii()):
        return end
    if any(read_name(article, pos, level) for level in _LEVELS):
        return end
    known = phrase_at(text, folded, end + 1, head.name, TOPICS, WORDS)
    if known:
        return known[0] if text[known[0] + 1 : known[0] + 2].isupper() else end
    more = _MORE.match(text, second.end()) if head.kind != "school" else None
    if more and not _VERBS & set(more[0].split()) and not CUT.search(text, second.end(), more.end()):
        return more.end()
    return second.end()


def goes_on(article: Article, end: int) -> bool:
    """Whether a verb or a known phrase follows, and not the second syllable of a word: ``Quản lý điều`` + ``hành``."""
    known = phrase_at(article.text, article.folded, end + 1, "", TOPICS, WORDS)
    return known is not None or CUT.match(article.folded, end) is not None


def begins_sentence(text: str, folded: str, pos: int) -> bool:
    """Whether a sentence begins at ``pos`` whose full stop before it is lost: ``Báo Lao Động`` + ``Hiện nay``."""
    return folded.startswith(_SENTENCE, pos) and text[folded.find(" ", pos) + 1].islower()


def is_reporter(text: str, pos: int) -> bool:
    """Whether a person's name of three words or more stands at ``pos``, after a paper's."""
    end = name_end(text, pos)
    return bool(end) and text.count(" ", pos, end) > 1
