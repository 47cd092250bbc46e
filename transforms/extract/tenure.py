"""What the words around an office say of whether its holder still has it."""

from __future__ import annotations

import re

from schemas.rows import Position
from transforms.extract.offices import Office

_CLAUSE = re.compile(r"[,;] | và | để ")  # the last of them begins the clause that gives or takes the office
_GIVING = re.compile(
    r"\b(?:bầu|bổ nhiệm|phân công|chỉ định|phê chuẩn|điều động|luân chuyển|trúng cử|tái cử|giới thiệu|đắc cử|trở thành|"
    r"nhận (?:nhiệm vụ|công tác)|được cử|(?:bổ sung|(?<!\w )cử) (?:đồng chí|ông|bà))\b",
    re.I,
)
# Candidates: "được giới thiệu để bầu giữ chức", "dự kiến giữ chức".
_NOMINATED = re.compile(
    r"\b(?:để(?: được)? (?:bầu|cử|bổ nhiệm|giữ|đảm nhiệm|đảm nhận|làm)|"
    r"(?:dự kiến|có thể|sẽ được xem xét)(?: sẽ)?(?: được)? (?:bầu|bổ nhiệm|giữ|đảm nhiệm|đảm nhận|làm)|"
    r"(?:giới thiệu|đề cử|đề nghị|quy hoạch)(?: (?:để|tái cử|ứng cử|bầu|cử|vào|tiếp tục|bổ nhiệm))* (?:giữ|làm|vào|đảm nhiệm))\b",
    re.I,
)
_TO_COME = re.compile(
    r"\b(?:sẽ|dự kiến)(?: được)? (?:(?:tái )?bầu|bổ nhiệm|phân công|chỉ định|điều động|luân chuyển|giới thiệu|phê chuẩn)\b", re.I
)
# Who is yet to go: "sẽ chuyển từ Đoàn ĐBQH tỉnh X về làm"
_TO_GO = re.compile(r"\bsẽ (?:được )?(?:chuyển|về|sang|nhận|giữ|làm|đảm nhiệm|tiếp quản|trở thành)\b")
_BORROWED = re.compile(r"\b(?:được|bị) (?:nhờ|thuê)\b")  # of straw men
_PROPOSED = re.compile(r"\bviệc (?:chỉ định|đề cử|giới thiệu)\b[^,;]*\b(?:trở thành|làm|giữ|vào)\b", re.I)  # not done
_AIM = re.compile(r"\bđể (?:được )?[^.,;\n]{0,40}trở thành \Z")  # of whoever the sentence names after it
# "Từ năm 1999 đến giữa năm 2006, ông A đảm nhiệm …", "Trước đó, ông A là …"
_TERMED = re.compile(
    r"\b[Tt]ừ [^.;,\n]{0,18}\d{4} (?:đến|tới|-|–) [^.;,\n]{0,20}\d{4},? \Z|\b(?:Trước đó|Trước đây|Khi đó|Lúc đó), \Z"
)
_REMOVES = re.compile(r"(?<!bị )(?<!được )(?<!xin )\b(?:cách chức|bãi nhiệm|miễn nhiệm|sa thải)\b", re.I)  # somebody else
_ONCE = re.compile(r"\b(?:khi đó|lúc đó|lúc ấy|từng|vốn|nguyên|trước đây)(?: giữ chức| giữ| đảm nhiệm| đảm nhận| là| làm)", re.I)
_PAST = re.compile(
    r"\b(?:thời gian|thời kỳ|thời điểm|khi còn|khi đang|lúc|trước khi|giai đoạn|\d+ năm)"
    r"(?: [^\W\d_]+){0,2} (?:giữ|làm|là|đảm nhiệm)"
    r"(?: các)?(?: (?:chức vụ|cương vị|chức))?:? \Z",
    re.I,
)
_MOURNED = (
    r"(?:lễ tang|tang lễ|quốc tang|lễ viếng|linh cữu|lễ truy điệu|tưởng niệm|tưởng nhớ(?: tới)?)(?: của)?(?: đồng chí| cố)?"
)
# Whose time is spoken of, be it over or not, or who is mourned: "Bộ trưởng Tư pháp dưới thời Tổng thống A".
_TIME_OF = re.compile(
    rf"\b(?:(?:dưới|từ|trong|vào|ở) (?:thời|nhiệm kỳ)(?: kỳ)?(?: của)?|dưới quyền|{_MOURNED}"
    r"|(?<!đồng )(?<!kịp )(?<!hiện )(?<!nhất )(?<!tức )(?<!đương )thời(?: (?:tổng thống|thủ tướng) [^.,;\n]{2,40} và)?) \Z",
    re.I,
)
_OF_THE_DEAD = re.compile(rf"\b{_MOURNED} \Z")
_DEATH = ("lễ tang", "tang lễ", "quốc tang", "lễ viếng", "linh cữu", "truy điệu", "tưởng niệm", "tưởng nhớ")
# Who is sent elsewhere from the office that stands in apposition to his name: "điều động ông A, chuyên viên Vụ X, đến …".
_SENT = re.compile(r"\b(?:điều động|luân chuyển|thuyên chuyển|biệt phái)\b[^.;!?\n]*\Z", re.I)
_ELSEWHERE = re.compile(
    r"[^.;!?\n]{0,60}? (?:(?:đến|về|sang|tới)(?: công tác| nhận| làm| giữ| tại)|(?:giữ|làm|nhận) (?:chức|nhiệm vụ|công tác))\b"
)
_GIVEN_HERE = re.compile(
    r"\bđược (?:tái )?(?:bổ nhiệm|bầu|cử|điều động|phân công|chỉ định)(?: (?:giữ|làm|là|vào|chức|vụ|chức vụ))* \Z"
)
_LEAVING = re.compile(
    r"\b(?:thôi|miễn nhiệm|cho thôi|nghỉ hưu|nghỉ công tác|bãi nhiệm|cách chức|từ chức|rời (?:chức|ghế|cương vị)|"
    r"nghỉ (?:giữ|làm|chức))\b",
    re.I,
)


def is_over(folded: str, start: int) -> bool:
    """Whether the words before an office tell of a time that is over: ``thời kỳ ông làm Giám đốc``."""
    return _PAST.search(folded, max(0, start - 60), start) is not None


def is_dead(folded: str, end: int) -> bool:
    """Whether the words after a name tell of its bearer's death: ``Quốc vương A qua đời năm 2015``."""
    return folded.startswith((" qua đời", " từ trần", " băng hà", " tạ thế"), end)


def is_somebodys_time(folded: str, start: int) -> bool:
    """Whether the office names a time, be it over or not, or one of the dead: ``dưới thời Tổng thống A``, ``lễ tang …``."""
    return _TIME_OF.search(folded, max(0, start - 64), start) is not None


def mourned(folded: str, rows: list[Position]) -> set[str]:
    """Who is buried or commemorated somewhere in the text: he holds no office in any sentence of it."""
    if not any(word in folded for word in _DEATH):
        return set()
    return {row.person for row in rows if _OF_THE_DEAD.search(folded, max(0, row.start_char - 40), row.start_char)}


def is_sent(folded: str, lead: int, end: int) -> bool:
    """Whether the sentence sends somebody, who is named from ``lead`` on, from an office that ends at ``end`` to another."""
    return bool(_SENT.search(folded, max(0, lead - 120), lead) and _ELSEWHERE.match(folded, end))


def shares_past(chain: list[Office], bodies: list[str | None], place: int) -> bool:
    """``nguyên tổng giám đốc, phó tổng giám đốc Công ty X``: what is said of the first holds for both, as its body does."""
    before = chain[place - 1] if place else None
    if before is None or before.tenure != "former" or before.organisation is not None:
        return False
    return bodies[place - 1] == bodies[place]


def is_dated(text: str, lead: int) -> bool:
    """Whether a time that is over stands before the name that begins at ``lead``."""
    return _TERMED.search(text, max(0, lead - 60), lead) is not None


def was_once(gap: str) -> bool:
    """Whether the words between a name and an office say that he had it once."""
    return _ONCE.search(gap) is not None


def is_aimed_at(before: str) -> bool:
    """Whether an office after these words is what somebody, named after it, is to become: ``để được … trở thành``."""
    return _AIM.search(before) is not None


def given(text: str, start: int) -> str | None:
    """Whether an office is given or taken by the words before it: ``bổ nhiệm Giám đốc Sở Y tế đối với ông A``."""
    window = re.split(r"[.;!?\n]", text[max(0, start - 60) : start])[-1]
    if _LEAVING.search(window):
        return "left"
    return "appointed" if _GIVING.search(window) else None


def given_to(text: str, lead: int) -> str | None:
    """Whether the words before a name that begins at ``lead`` give or take what follows it: ``phân công ông A làm Giám đốc``."""
    return "sought" if _TO_COME.search(text, max(0, lead - 40), lead) else given(text, lead)


def given_here(folded: str, start: int) -> str | None:
    """``Trước khi được bổ nhiệm làm Giám đốc, ông A …``: whether a verb of giving stands right before an office."""
    return "appointed" if _GIVEN_HERE.search(folded, max(0, start - 40), start) else None


def told_by(gap: str, window: str, dated: bool) -> str | None:
    """What a verb makes of an office: ``sought``, ``left``, ``former``, ``appointed``, else ``next``; None: another's.

    ``gap`` is what stands between name and office, ``window`` that with the sentence before the name.
    """
    nominated = [*_NOMINATED.finditer(gap)]
    if nominated and not _CLAUSE.search(gap, nominated[-1].end()):
        return "sought"
    if _PROPOSED.search(window) or _BORROWED.search(gap) or _TO_COME.search(window) or _TO_GO.search(gap):
        return "sought"
    if _LEAVING.search(_CLAUSE.split(gap)[-1]):
        return None if _REMOVES.search(gap) else "left"
    if was_once(gap) or " thời điểm đang" in gap or dated:
        return "former"
    return "appointed" if _GIVING.search(window) else "next"
