"""Subjects of both cases that no lexicon has: ``Trung tâm`` + ``Động lực học Thủy khí Môi trường``."""

from __future__ import annotations

import re

from transforms.clean.unicode import fold_tones
from transforms.document import Article
from transforms.extract.bodies_lexicon import Head, heads_at
from transforms.extract.names import name_end
from transforms.extract.place_names import read_name
from transforms.text import LOWER, UPPER

MIXED = frozenset(["Ban", "Viện", "Trung tâm", "Cục", "Vụ", "Tổng cục", "Hội", "Hiệp hội", "Liên đoàn", "Hội đồng", "Ủy ban"])
_SMALL_AFTER = ("Viện", "Trung tâm")  # may go on with small words up to a mark: "Viện Khoa học hình sự"
_WANTING = ("nghiên cứu", "kỹ thuật")  # topics that say little without what is studied
_STUDIED = re.compile(r"(?:[ \u00a0][^\W\d_][\w-]*){1,10}")
_OTHER = re.compile(rf" và (?:[{UPPER}]{{2}}|[Ôô]ng |[Bb]à )")
# Words with a capital and those that go on with them; they may be cut where a verb or a unit's class word stands.
_TERM = rf"[{UPPER}][{LOWER}]+(?:[ \u00a0][{LOWER}]+){{0,4}}"
_SUBJECT = re.compile(rf"{_TERM}(?:[ \u00a0](?:(?:và|&|-|–)[ \u00a0])?{_TERM}){{0,5}}")
_ENDS = re.compile(
    r"[ \u00a0]?(?:[,;:.()\n\"”]|$)|[ \u00a0](?:- |– )|"
    r"[ \u00a0](?:(?:tỉnh|thành phố|tp|huyện|quận|thị xã|xã|phường|trung ương|việt nam|tw|vn)(?!\w))"
)
_WORD = re.compile(r"\w+")
_CAPITAL = re.compile(rf" [{UPPER}]")
# Words that no name has, and verbs: there the name has ended.
CUT = re.compile(
    r" (?:đã|vừa|đang|sẽ|là|có|cho|về|tại|trong|với|của|từ|đến|do|ra|vào|ở|để|hoặc|khi|nhằm|theo|trên|dưới|được|bị|phải|"
    r"cần|chưa|không|cũng|còn|vẫn|đều|này|đó|nói|ngày|năm|tháng|thuộc|rồi|mà|thì|nên|nêu|cùng|gồm|sau|trước|giữa|"
    r"và (?:các|những)|như|lại|hiện|luôn|trao|tặng|thăm|dự|họp|ký|mở|gửi|gặp|chúc|mời|bầu|trình|giao|"
    r"nhận (?:được|định)|phối hợp|phát (?:biểu|động)|báo cáo|đề (?:nghị|xuất)|yêu cầu|chỉ đạo|tham (?:mưu|gia|dự)|"
    r"ban hành|thực hiện|triển khai|tổ chức|chủ trì|kiểm tra|khẳng định|nhấn mạnh|chia sẻ|khởi (?:tố|công)|công bố|"
    r"thông (?:qua|báo)|quyết định|kêu gọi|đón|tiếp (?:tục|nhận)|hỗ trợ|chứng nhận|nghiên cứu|tiến hành|ghi nhận|"
    r"xác (?:định|nhận)|khuyến cáo|cảnh báo|phê duyệt|đánh giá|hoàn thành|chuẩn bị|kiến nghị|hướng dẫn|tập hợp|nhất trí|"
    r"thống nhất|rà soát|xem xét|đồng ý|phát hiện|bắt|tạm giữ|(?<!độc )lập|đưa|quyên góp|ủng hộ|thẩm định|tỉnh|huyện|"
    r"quận|phường|xã(?! hội)|thị xã)(?!\w)"
)
# Words that open a sentence whose full stop is lost.
_OPENS = (
    *("với ", "của ", "cho ", "trong ", "tại ", "theo ", "khi ", "để ", "từ ", "được ", "do ", "nhằm ", "sau ", "trước "),
    *("trên ", "qua ", "nhân dịp ", "các ", "những ", "đây ", "đó "),
)
_GREETS = ("chúc ", "trao ", "tặng ", "thăm ", "kính ", "phát động")


def read_mixed(article: Article, pos: int, head: Head, known: tuple[int, str] | None) -> tuple[int, str] | None:
    """``known``, or what begins at ``pos`` too but goes further: words of both cases up to a mark, a verb or a unit."""
    if known and head.name in _SMALL_AFTER and article.folded[pos : known[0]] in _WANTING:
        studied, mixed = _studied(article, pos, known), _mixed(article, pos, head, known)
        return mixed if mixed and mixed[0] > (studied or known)[0] else studied
    return _mixed(article, pos, head, known)


def _mixed(article: Article, pos: int, head: Head, known: tuple[int, str] | None) -> tuple[int, str] | None:
    text, folded = article.text, article.folded
    least = known[0] if known else pos + 1
    if head.name not in MIXED or (known and _ENDS.match(folded, least)):
        return known
    subject = _SUBJECT.match(text, pos)
    if subject is None or subject.end() <= least or folded.startswith(_OPENS, pos):
        return known
    end = subject.end()
    cut = CUT.search(text, pos, end) or CUT.match(text, end)
    if cut:
        end = cut.start()
    for word in _WORD.finditer(text, pos, end):
        start = word.start()
        if word[0][0].isupper():
            if start > pos and _begins(article, start):
                return known
            country = read_name(article, start, "country")
            if country and start == pos:
                return known
            if country:
                end, cut = country.end, cut or word
                break
    words = text[pos:end].removesuffix(" và").removesuffix(" các")
    if not (cut or _ENDS.match(folded, end)) or words.count(" ") < 2 or words.endswith((" -", " –")):
        return known
    if known and not _CAPITAL.search(text, known[0], pos + len(words)) and (cut or head.name not in _SMALL_AFTER):
        return known
    return pos + len(words), fold_tones(" ".join(words.split()))


def _studied(article: Article, pos: int, known: tuple[int, str]) -> tuple[int, str] | None:
    """The subject in small letters of ``Viện Nghiên cứu`` + ``hoa hồng``, up to a mark or verb; none where it wants one."""
    text, end = article.text, known[0]
    subject = _STUDIED.match(text, end)
    if subject is None:
        return None if known[1].lower() == _WANTING[0] else known
    cut = CUT.search(text, end, subject.end()) or CUT.match(text, subject.end())
    cut = _OTHER.search(text, end, cut.start() if cut else subject.end() + 4) or cut
    stop = min(cut.start(), subject.end()) if cut else subject.end()
    if stop == end or not (cut or _ENDS.match(article.folded, stop)):
        return known if stop > end or known[1].lower() != _WANTING[0] else None
    words = " ".join(text[pos:stop].removesuffix(" và").split())
    return pos + len(words), fold_tones(f"{words[0].upper()}{words[1:]}")


def _begins(article: Article, pos: int) -> bool:
    """Whether another body, a person or a unit begins at ``pos``."""
    joined = article.folded.endswith(("và ", "- "), 0, pos)
    bodies = any(joined or head.tail not in ("topic", "party") for _, head in heads_at(article.text, article.folded, pos))
    return (
        bodies
        or article.folded.startswith(_GREETS, pos)
        or bool(name_end(article.text, pos))
        or read_name(article, pos, "province") is not None
    )
