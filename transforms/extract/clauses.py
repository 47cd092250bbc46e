"""The single tasks, results and limitations of sentences that list several."""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from datetime import date
from itertools import pairwise

from schemas.rows import Clause, DateMention, Organisation, Statement
from transforms.document import Article, Facts
from transforms.extract.topics import topic_of, topic_terms

_MARK = re.compile(r"[;“”\"(){}\[\]«»]")
_OPEN = {"“": "”", "(": ")", "[": "]", "{": "}", "«": "»"}
_HEAD = re.compile(
    r"\b(?:đề nghị|yêu cầu|(?<!bàn )giao(?! thông| ban| lưu| dịch)|chỉ đạo|mong muốn|kiến nghị"
    r"|đề xuất|lưu ý|nhắc nhở|kêu gọi|khuyến cáo)\s(?P<who>[^;:]{3,260}?)"
    r"(?=,?\s(?:phải|cần|tiếp tục|tập trung|tăng cường|đẩy mạnh|chủ động|quan tâm|thực hiện|nâng cao|khẩn trương|bám sát"
    r"|trong thời gian tới|khi|sớm|triển khai"
    r"|phối hợp|tổ chức|theo dõi|rà soát|báo cáo|nghiêm túc|kịp thời|xây dựng|tham mưu|chỉ đạo|làm tốt|duy trì|phát huy"
    r"|quán triệt|bảo đảm|đảm bảo|nhanh chóng|đổi mới"
    r"|chú trọng|thường xuyên|cụ thể hóa|cụ thể hoá|hoàn thành|xác định|không|chuẩn bị|mở|đưa|chủ trì|khắc phục|chấn chỉnh"
    r"|xử lý|(?<!đoàn )(?<!ủy ban )kiểm tra|có trách nhiệm|thành lập"
    r"|giải quyết|nghiên cứu|đôn đốc|xem xét|hỗ trợ|tạo điều kiện|ban hành|cung cấp|bố trí|ưu tiên|siết chặt"
    r"|giữ vững|đánh giá|hướng dẫn|tuyên truyền|làm rõ|nắm chắc|nêu cao|rút kinh nghiệm)\b)"
)
# What follows the verb and is nobody: a time, a place, the task itself, or whose demand it is.
_VAGUE = re.compile(
    r"(?:trong thời gian tới|thời gian tới|rằng|cần|phải|phấn đấu|tiếp tục|chủ trì|chủ động|đề xuất|phối hợp|của|tại|trong"
    r"|về|theo|để|việc|những việc|nhiệm vụ|truy tố|khởi tố|xử lý|xem xét|làm rõ|nêu|này|đó|là|cụ thể|chi tiết|thực hiện"
    r"|triển khai|khi|giải quyết|điều tra|bổ sung|sửa đổi|một số|các giải pháp|các nội dung|các nhiệm vụ)\b"
)
# "kiến nghị với Quốc hội"; "chỉ đạo tại hội nghị, đồng chí X yêu cầu các xã": the last verb has the addressee.
_BEFORE_WHO = re.compile(r"(?:.*\b(?:đề nghị|yêu cầu)\s)?(?:(?:với|tới|đến|cho) )?", re.S)
_DUE = re.compile(
    r"(?:trước|chậm nhất|hoàn thành|xong|trong|đến hết|đến|muộn nhất|hạn)(?:\s(?:là|vào|trong|ngày|tháng|hết))*\W{0,2}$"
)


def extract(article: Article, facts: Facts) -> list[Clause]:
    """The items of each task, result or limitation sentence, split at semicolons outside quotes and brackets.

    The addressee of the head goes for every item; the day by which an item is due is its own.

    >>> article = Article.from_text("Yêu cầu các xã rà soát hộ nghèo; xây dựng nhà ở (mái; tường).")
    >>> facts = Facts(statements=[Statement(0, 0, len(article.text), "task")])
    >>> [(c.clause_no, article.text[c.start_char:c.end_char], c.addressee) for c in extract(article, facts)]
    [(0, 'Yêu cầu các xã rà soát hộ nghèo', 'các xã'), (1, 'xây dựng nhà ở (mái; tường)', 'các xã')]
    """
    rows: list[Clause] = []
    bodies = facts.organisations
    starts = [body.start_char for body in bodies]
    days = [mention.start_char for mention in facts.dates]
    for statement in facts.statements:
        if statement.kind not in ("task", "result", "limitation"):
            continue
        if article.text.find(";", statement.start_char, statement.end_char) < 0:
            continue  # as most: nothing to split at
        spans = _items(article.text, statement.start_char, statement.end_char)
        if len(spans) < 2:
            continue
        task = statement.kind == "task"
        addressee, body_id = _addressee(article, bodies, starts, statement, spans[0]) if task else (None, None)
        for number, (start, end) in enumerate(spans):
            topic = topic_of(topic_terms().find(article.folded[start:end])) or statement.topic
            due = _due(article, facts.dates, days, start, end) if task else None
            rows.append(Clause(statement.sentence_no, number, start, end, statement.kind, topic, addressee, body_id, due))
    return rows


def _items(text: str, start: int, end: int) -> list[tuple[int, int]]:
    """Spans between semicolons at depth 0. A quote or bracket that never closes hides nothing."""
    cuts, closing = [start], [""]
    straight = text.count('"', start, end) % 2 == 0
    for mark in _MARK.finditer(text, start, end):
        char = mark.group()
        if char == closing[-1]:
            closing.pop()
        elif char in _OPEN and text.find(_OPEN[char], mark.end(), min(end, mark.end() + 600)) >= 0:
            closing.append(_OPEN[char])
        elif char == '"' and straight:
            closing.append('"')
        elif char == ";" and len(closing) == 1:
            cuts.append(mark.end())
    cuts.append(end + 1)
    spans = []
    for first, following in pairwise(cuts):
        left, right = first, min(following - 1, end)
        while left < right and not text[left].isalnum() and text[left] not in '“"(':
            left += 1
        while right > left and (text[right - 1].isspace() or text[right - 1] in ".…;,/"):
            right -= 1
        if right - left >= 4:
            spans.append((left, right))
    return spans


def _addressee(
    article: Article, bodies: list[Organisation], starts: list[int], statement: Statement, first: tuple[int, int]
) -> tuple[str | None, str | None]:
    """Who is told to do it, in the head of the sentence."""
    found = _HEAD.search(article.folded, statement.start_char, min(first[1], statement.start_char + 700))
    if found is None:
        return None, None
    start, end = found.span("who")
    inner = _BEFORE_WHO.match(article.folded, start, end)
    start = inner.end() if inner else start
    passive = article.folded.endswith("được ", 0, found.start())
    if passive or end - start < 3 or _VAGUE.match(article.folded, start, end):
        return None, None
    at = bisect_right(starts, start - 1)
    named = [b for b in bodies[at : at + 3] if b.start_char == start and b.end_char >= end - 1]
    return article.text[start:end].rstrip(" ,"), named[0].body_id if named else None


def _due(article: Article, dates: list[DateMention], starts: list[int], start: int, end: int) -> date | None:
    """``trước ngày 30/9``, ``hoàn thành trong quý IV/2024``: the day before the first, the last day of the other."""
    for mention in dates[bisect_left(starts, start) : bisect_left(starts, end)]:
        before = article.folded[max(start, mention.start_char - 30) : mention.start_char]
        found = _DUE.search(before)
        if found and mention.grain in ("day", "time", "month", "quarter", "year"):
            word = found.group()
            loose = word.startswith(("trong", "đến", "xong")) and not word.startswith("đến hết")
            if loose and mention.grain in ("day", "time") and "hoàn thành" not in before:
                continue
            return mention.date_from if word.startswith("trước") else mention.date_to
    return None
