"""How an office stands before a name: right before it, after a mark, in a list, given to it; and offices that act alone."""

from __future__ import annotations

import re

from transforms.extract.holder_bodies import CHIEFS
from transforms.extract.mention import Mention
from transforms.extract.names import is_family
from transforms.extract.offices import Office
from transforms.text import UPPER

TERM = r"(?: ?\([^()\n]{1,40}\))?(?:,? (?:các )?(?:khóa|khoá|nhiệm kỳ) [\dIVXLivxl]+(?: ?[-–] ?\d+)?" \
    r"(?:(?:, | và )[IVXL]+\b)*(?:,? nhiệm kỳ \d+ ?[-–] ?\d+)?)?"  # fmt: skip
_ACTS = re.compile(
    r" (?:giao|cho biết|yêu cầu|đề nghị|nhấn mạnh|khẳng định|chỉ đạo|nói|đã|cũng|hỏi|lưu ý|kết luận|bày tỏ|ghi nhận|đánh giá|"
    r"mong|biểu dương|đồng ý|quyết định|chúc|cảm ơn|tin|nêu|kêu gọi|phát biểu|hoan nghênh|tuyên bố)\b"
)
_SOUGHT = re.compile(r"\b(?:cử|ghế|bầu|chức) \Z", re.I)  # an office spoken of, not held: "tranh cử tổng thống, bà A"
_SERVES = re.compile(r"(?:[Cc]ựu )?(?:[Cc]ố vấn|[Tt]rợ lý|[Tt]hư ký)")  # "Cố vấn ông A": of him
# A firm of a country: "CEO Audi Mỹ".
_OF_COUNTRY = re.compile(r"\A[A-Z][\w&-]+ (?:Mỹ|Nga|Pháp|Trung Quốc|Nhật Bản|Hàn Quốc|Việt Nam|Thái Lan|Ấn Độ|[Cc]hâu Á|Asia)\Z")
_MANAGES = re.compile(r"(?:CEO|[Gg]iám đốc(?: điều hành)?)\Z")
# Between an office and the name after it.
_BEFORE = re.compile(rf"{TERM} {{1,2}}\Z")
_BEFORE_CALLED = re.compile(
    rf"{TERM}(?: tại [{UPPER}][^,.;:()\n]{{1,20}}|, (?:quận|huyện|thị xã|thành phố|TP\.?|tỉnh) [{UPPER}][^,.;:()\n]{{1,20}})?"
    rf"(?:,| là| của [^,.;\n]{{1,20}} là|:| [-–])? {{1,2}}\Z|(?P<this>(?: [^\W\d_]+){{1,3}} này, )\Z"
)
_BEFORE_GIVEN = re.compile(rf"{TERM} (?:đối với|với|cho) \Z")  # "bổ nhiệm Giám đốc Sở Y tế đối với ông A"
_BEFORE_DASH = re.compile(rf"{TERM} [-–] \Z")
_COUNTRY = re.compile(r" {1,2}(?:TP\. ?)?[^,.;:()\n]{2,22},? {1,2}\Z")
_CLASS_WORD = re.compile(r" (?:thành phố|tỉnh|bang|hạt|quận|tp\.?) ?", re.I)
_NATION = re.compile(r" \([^()\n]{2,12}\) (?:MTTQ )?Việt Nam \Z")  # Mặt trận Tổ quốc (MTTQ) Việt Nam
_UNIT = re.compile(rf" (?:TP|Tp|tp|tỉnh|thành phố)\.? ?[{UPPER}][^,.;:()\n]{{2,22}} \Z")
# Between an office and the list of those who hold it.
ROSTER = re.compile(
    rf"{TERM} (?:(?:gồm|gồm có|là|có) (?:các )?(?:đồng chí|ông|bà|vị)|"
    r"(?P<to>đối với|cho)(?: các| \d+)?(?: (?:đồng chí|cán bộ|ông|bà|vị))*(?: (?:gồm|gồm có|sau|sau đây|như sau))?) ?: {1,2}"
)


def is_subject(text: str, folded: str, office: Office) -> bool:
    """Whether a clause of its own begins with the office: ``với ông A, Giám đốc Sở X, Thủ tướng yêu cầu …``."""
    if office.title not in CHIEFS or text[office.start - 2 : office.start] != ", ":
        return False
    return _ACTS.match(folded, office.end) is not None


def heads(text: str, start: int, end: int, mention: Mention) -> str | None:
    """How a name follows an office: ``direct``, after a ``colon``, with an honorific (``called``), with one after a ``comma``,
    after a ``dash``, or ``given`` it by what stands before the office."""
    if not 0 < mention.start - end <= 80:
        return None
    gap = text[end : mention.lead] if mention.lead > end else text[end : mention.start]
    if _CLASS_WORD.fullmatch(gap) and is_family(mention.name.partition(" ")[0].lower()) is None:
        return None  # "thị trưởng thành phố A": a city's name
    if mention.by == "office" and _MANAGES.search(text, start, end) and _OF_COUNTRY.search(mention.name):
        return None
    if mention.honorific and gap in (" ", " ông ", " bà ") and _SERVES.fullmatch(text, start, end):
        return None
    if _BEFORE.match(gap):
        return "direct"
    if gap.rstrip(" ") == ":" or ROSTER.fullmatch(gap):
        return "colon"
    called = _BEFORE_CALLED.match(gap) if mention.lead > end and mention.honorific else None
    if called:
        if gap.startswith(",") and _SOUGHT.search(text, max(0, start - 12), start):
            return None
        return "this" if called["this"] else "comma" if gap.startswith(",") else "called"
    by_office = mention.by == "office" and mention.lead <= end
    if (by_office and (_COUNTRY.match(gap) or _UNIT.match(gap))) or ("(" in gap and _NATION.match(gap)):
        return "direct"
    if _BEFORE_GIVEN.match(gap):
        return "given"
    return "dash" if mention.by == "bare" and _BEFORE_DASH.match(gap) else None
