"""What a sentence does with the documents it cites: carries them out, reviews, issues, amends or only mentions them."""

from __future__ import annotations

import re

from schemas.rows import Citation
from transforms.document import Article
from transforms.match import Lexicon
from transforms.text import holds_any

_JOINED = re.compile(r"\s?(?:\(sửa đổi[^()\n]{0,30}\))?(?:,| và|, và|;)\s(?:số )?(?:(?:khoản \d+ )?điều \d+ (?:của )?)?")
_LINKED = re.compile(
    r"\s?(?:năm \d{4}\s?)?(?:trước đây\s?)?(?:\([^()\n]{1,80}\)\s?)?"
    r"(?:(?:, ?)?(?:về|ban hành|quy định|phê duyệt) [^.;:\n]{1,240}?)?(?:,| và|, và|;| gắn với)\s?(?:khóa |số )?"
    r"(?:tại )?(?:(?:chương|điều|khoản|mục|phần|điểm) [\da-zđ]{1,4},? (?:của )?){0,4}"
)
_ARTICLE = r"(?:điểm|khoản|điều|mục|chương|phần) [\da-zđ]{1,4}"
_ITS_ARTICLES = re.compile(rf"(?:{_ARTICLE}(?:,| và|, và|;)? )+(?:của )?\Z")
_LISTED = 300  # characters of a list of articles before their law
_CUES = (
    ("sửa đổi", "amends"), ("bổ sung", "amends"), ("thay thế", "replaces"), ("sơ kết", "reviews"), ("tổng kết", "reviews"),
    ("ban hành", "issues"), ("thông qua", "issues"),
    ("thực hiện", "implements"), ("triển khai", "implements"), ("quán triệt", "implements"), ("thi hành", "implements"),
    ("cụ thể hóa", "implements"), ("thể chế hóa", "implements"), ("ký", "issues"), ("ra", "issues"),
    ("theo", "implements"), ("chấp hành", "implements"), ("hướng dẫn", "implements"), ("áp dụng", "implements"),
    ("đúng quy định", "implements"), ("không đúng quy định", ""), ("chưa đúng quy định", ""),
    ("kèm theo", ""), ("dựa theo", "implements"), ("quy định chi tiết", "implements"),
)  # fmt: skip
_RELATION = Lexicon(_CUES)
_BRIDGES = ("trọng tâm là ", "đặc biệt là ", "nhất là ", "cụ thể là ", " và ")
_REACH = 280  # characters from what is carried out to its chief document
_CARRIED_OUT = re.compile(
    r"\b(?:quán triệt|thực hiện|triển khai|thể chế hóa|cụ thể hóa|thi hành|chấp hành)(?:,? (?!và)[^\W\d_]+){0,5}? (?:các )?"
    r"(?:nghị quyết|chỉ thị|chủ trương|đường lối|quy định|văn bản|kết luận)(?!\w)"
    r"(?:[^.;:\n]{0,220},? (?:trọng tâm|đặc biệt|nhất|cụ thể) là \Z"
    r"|(?:, (?:chủ trương|đường lối|chính sách|nghị quyết|chỉ thị))*[^,.;:\n]{0,140} và \Z)"
)
_LISTS = ("đó là ", "gồm ", "trong đó có ", ": ", ", ", " và ")
_ISSUED = re.compile(
    r"\b(?:ban hành (?:\d{1,2}|các|hai|ba|bốn|năm(?! \d)|nhiều) [^.;:\n]{2,140}|thông qua(?: tại [^.,;:\n]{2,40})?)"
    r"(?:(?:, đó là|,? gồm|, trong đó có):?|:) "
    r"(?:[^.;:\n]{2,160}(?:,| và) )?\Z"
)
_IS_DONE = re.compile(
    r"(?: \([^()\n]{1,20}\))?(?: của [^,.;:\n]{1,40}?)?(?: về [^,.;:\n]{1,90}?)? (?:đã |đang |được |đã và đang )?được "
    r"(?:(?:các|hai) (?:bên|ngành|cấp|đơn vị|địa phương) )?(?:tổ chức |phối hợp )?"
    r"(triển khai|thực hiện|quán triệt|thi hành|(?:sửa đổi|bổ sung|thay thế)(?=[^.;:\n]{0,20} (?:bởi|bằng)))(?!\w)"
)
_TOGETHER = re.compile(r"(?:,| và) (?:số )?")
_OF_ITS_EFFECT = ("tác động của ", "vai trò của ", "ý nghĩa của ")  # what a document brings about: nobody carries it out there
_LETTERS = ("công văn", "báo cáo", "tờ trình", "thông báo")
_AS_CUES = dict(_CUES)
_SHARED = ("implements", "reviews", "amends", "replaces", "issues")


def with_relations(article: Article, rows: list[Citation]) -> list[Citation]:
    """What the sentence does with each; the members of a list share it (``thực hiện Nghị quyết … và Chỉ thị …``).

    >>> from transforms.document import Facts
    >>> from transforms.extract import citations
    >>> text = "Xã thực hiện Nghị quyết số 12-NQ/TU về đất đai và Chỉ thị số 9-CT/TU; ban hành Kế hoạch số 40-KH/ĐU."
    >>> [row.relation for row in citations.extract(Article.from_text(text), Facts())]
    ['implements', 'implements', 'issues']
    """
    found: list[Citation] = []
    for row in rows:
        before = found[-1] if found else None
        told = _with_relation(article, row, before.end_char if before else 0)
        if told.relation == "mentions" and before and before.relation in _SHARED:
            near = row.start_char - before.end_char <= 250
            linked = _LINKED if before.relation in ("implements", "reviews") else _JOINED
            if near and linked.fullmatch(article.folded, before.end_char, row.start_char):
                told = told._replace(relation=before.relation)
        found.append(told)
    return _with_passives(article, found)


def _with_passives(article: Article, rows: list[Citation]) -> list[Citation]:
    """``Quyết định số 217, số 218 đã được triển khai``: what is told after a citation, and of those joined to it."""
    found: list[Citation] = []
    for row in reversed(rows):
        if row.relation == "mentions":
            after = found[-1] if found else None
            done = _is_done(article, row)
            if after and after.relation == "implements" and _TOGETHER.fullmatch(article.folded, row.end_char, after.start_char):
                done = done or _is_done(article, after)
            row = row._replace(relation=done) if done else row
        found.append(row)
    return found[::-1]


def _is_done(article: Article, row: Citation) -> str | None:
    done = _IS_DONE.match(article.folded, row.end_char, row.end_char + 180)
    return _AS_CUES[done[1]] if done else None


# What stands between "thông qua" and what is adopted; more means "by way of": thông qua việc tuyên truyền Luật …
_PASSED = re.compile(
    r"(?: (?:toàn văn|các|các luật|các nghị quyết))?(?:,? (?:gồm|bao gồm))?:? (?:\d+ luật:? ?)?"
    r"|(?: một| các)? (?:đạo luật|luật|nghị quyết|nghị định) [^.;:\n]{1,60}: "
)


_BY_WHICH = re.compile(r" (?:bởi|bằng) |(?:, bổ sung)?(?: một số điều)? tại \Z")  # Luật A được sửa đổi bởi Luật B


def _bears(cue: str, between: str) -> bool:
    """Whether a cue speaks of the citation after it: not ``chi bổ sung …``, ``theo Bộ X, …``, ``ban hành căn cứ …``."""
    if _BY_WHICH.match(between):
        return False
    if cue in ("sửa đổi", "bổ sung") and ")" in between:
        return False  # Luật A (được sửa đổi, bổ sung năm 2025) và Nghị quyết B
    if cue == "bổ sung":
        return len(between) <= 16 and " tại " not in between  # bổ sung phí mới tại Nghị quyết C
    if cue in ("ký", "ra", "hướng dẫn", "áp dụng"):  # right before it: đã ký Quyết định số 12, but not: ký hợp đồng theo …
        return between == " "
    if cue == "thông qua":
        return _PASSED.fullmatch(between) is not None
    if cue == "theo":
        return "," not in between or holds_any(between, (" điều ", " mục ", " khoản ", " phần ", " chương "))
    return cue != "ban hành" or "căn cứ" not in between


def _introduced(folded: str, start: int) -> str:
    """What is done with a citation that is introduced: ``quán triệt các …, trọng tâm là``, ``ban hành hai …, đó là``."""
    if folded.endswith(_BRIDGES, 0, start) and _CARRIED_OUT.search(folded, max(0, start - _REACH), start):
        return "implements"
    if folded.endswith(_LISTS, 0, start) and _ISSUED.search(folded, max(0, start - _REACH), start):
        return "issues"
    return "mentions"


def _with_relation(article: Article, row: Citation, done: int) -> Citation:
    """``done`` is where the citation before it ends, whose name tells nothing (``Luật Thi hành án``)."""
    listed = _ITS_ARTICLES.search(article.folded, max(0, row.start_char - _LISTED), row.start_char)
    told = listed.start() if listed else row.start_char
    begin = max(min(done, row.start_char), told - 60)
    cut = max(article.folded.rfind(mark, begin, row.start_char) for mark in (".", ";", "\n"))
    said = article.folded[max(begin, cut + 1) : row.start_char]
    if said.endswith(_OF_ITS_EFFECT):
        return row._replace(relation="mentions")
    hits = [hit for hit in _RELATION.find(said) if hit.value and _bears(said[hit.start : hit.end], said[hit.end :])]
    if not hits:
        return row._replace(relation=_introduced(article.folded, row.start_char))
    last, before = hits[-1].value, said[: hits[-1].start].rstrip()
    if row.kind in _LETTERS and said[hits[-1].start : hits[-1].end] == "theo" and before[-1:] in ("", ","):
        return row._replace(relation="mentions")  # the source of the news: "Theo Công văn số 12, …"
    if last == "implements" and any(hit.value == "reviews" for hit in hits):  # sơ kết 5 năm thực hiện
        last = "reviews"
    return row._replace(relation=last)
