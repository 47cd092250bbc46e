"""Whether a figure is of what is urged, ruled, or only to come, though the words beside it tell of something done."""

from __future__ import annotations

import re

from transforms.text import Sentence, holds_any

# What governs all items of a list behind it: "HĐND cần: giám sát …; giải quyết các việc giữa hai kỳ họp".
_GOVERNS = re.compile(
    r"(?<!\w)(?:cần(?! thiết| cẩu| thơ| giờ| thủ)|(?<!không )phải(?! chịu| trả| nộp| di| thu| nhập| là)|yêu cầu(?! của)"
    r"|đề nghị(?! truy)|nhiệm vụ trọng tâm|phương hướng|(?<!đã )tập trung(?! đông)"
    r"|(?<!đã )sẽ(?! là| có| được| bị)|(?<!đã )tiếp tục (?:thực hiện|triển khai|đẩy|tăng cường|nâng))(?!\w)"
)
_GOVERNING = ("cần ", "phải ", "yêu cầu ", "đề nghị ", "nhiệm vụ ", "phương hướng", "tập trung ", "tiếp tục ", "sẽ ")
# What an item begins with that tells what is to be done, not what has been.
_URGES = re.compile(
    r"[-–+*• ]*(?:(?:\d{1,2}|[a-zđ])[.)] |(?:trong đó|cùng với đó|đồng thời|trước mắt|ngoài ra|bên cạnh đó|theo đó),? )?"
    r"(?:tiếp tục|tăng cường|đẩy mạnh|tập trung|giao(?! dịch| thông| lưu| hữu| tranh)|chú trọng|chủ động|kiên quyết|nâng cao"
    r"|khẩn trương|bảo đảm|đảm bảo|ưu tiên)(?!\w)"
)
_URGING = ("tiếp tục", "tăng cường", "đẩy mạnh", "tập trung", "giao ", "chú trọng", "chủ động", "kiên quyết", "nâng cao",
           "khẩn trương", "bảo đảm", "đảm bảo", "ưu tiên")  # fmt: skip
_REACHED = ("đã ", "đạt ", "được ", "kết quả là", "hiện nay", "hiện có", "đến nay", " có ", "vừa ", "vượt ", "chiếm ", "còn ")
# Aims told further off than the words beside a figure: "với mục tiêu đến năm 2020 thu nhập đạt …, 75 % số trường đạt chuẩn".
_AIMED = ("phấn đấu ", "với mục tiêu", "mục tiêu cụ thể", "đặt mục tiêu", "đặt ra mục tiêu", "mục tiêu đến năm", "mục tiêu: ")
_IN_FACT = ("đã ", "đến nay", "mới đạt", "kết quả", "hiện nay", "hiện có", "năm qua", "vượt ", "thực tế", "trong khi",
            "tuy nhiên", "cùng kỳ", "hoàn thành ", "thành công")  # fmt: skip
_NEAR = 90
# The versions that there will be, one after another: "máy sẽ có hai bản, gồm: 4 GB, giá …; 8 GB, giá …".
_WILL_HAVE = re.compile(r" sẽ có [^;:.]{1,60}:")
# What follows from a condition that a figure is part of.
_THEN = re.compile(r"[^.;,]{0,60} thì (?:được|phải|bị|sẽ|bắt buộc|không được|có thể)(?!\w)")
_ONWARDS = re.compile(r"[^.;,]{0,30}? trở (?:lên|xuống)(?!\w)")
# The heads of gatherings whose coming is told anywhere around.
_EVENTS = ("lễ hội ", "giải đấu ", "cuộc thi ", "hội thi ", "hội thảo ", "hội nghị ", "sự kiện ", "ngày hội ", "triển lãm ",
           "hội chợ ", "tuần lễ ", "festival ", "liên hoan ")  # fmt: skip
# With them, those which are to come where the sentence beside tells what will be there.
_GATHERINGS = (
    *_EVENTS, "chương trình ", "giải ", "tham dự ", "tham gia ", "kỳ thi ", "lễ ", "hội xuân ", "nội dung ", "kỳ họp ",
    "đại hội ", "vòng loại ", "vòng chung kết ",
)  # fmt: skip
_AROUND = 500  # characters
GOES_ON = ("có ", "trong đó", "gồm ", "bao gồm", "cụ thể", "riêng ")  # begins a sentence that lists what was told
_HELD = ("đã ", "vừa ", "năm ngoái", "năm trước", "hôm qua", "kết thúc", "diễn ra từ", "trước đó", "khảo sát")
_FAR = 900  # characters of a sentence in which the head of its list may stand
_BESIDE = 400  # characters of the sentences before and behind one
_WILL = " sẽ "
_ADMITS = ("tuyển sinh", "xét tuyển", "thi tuyển", "tuyển thẳng", "hệ chuyên", "hệ chính quy")
# What a project will cost or has been licensed for, an attribute of it: "dự án … với quy mô khoảng 290 triệu USD".
_OF_PROJECT = re.compile(
    r"(?<!\w)(?:với|có|,) (?:quy mô(?: vốn)?|(?:tổng )?(?:vốn|mức|kinh phí) đầu tư|(?:tổng )?vốn đăng ký)"
    r"(?: khoảng| hơn| gần| trên)* \Z"
)
# The weight of a test, which rules give it: "bài kiểm tra chiếm tỷ trọng 40 % điểm".
_MARKS = (" điểm", " tổng điểm", " tổng số điểm", " số điểm", " trọng số")
# Capital that is added by a licence, an attribute of what is yet to be built: "(vốn đầu tư tăng thêm 185 triệu USD)".
_ADDED = "tăng thêm "
_CAPITAL_ADDED = re.compile(r"(?<!\w)vốn (?:đầu tư |đăng ký )*(?:tăng thêm|thêm) \Z")
_FIRMS = ("nắm giữ ", "dn ", "doanh nghiệp ", "công ty ", "hình thức ", "công ty con ")


def is_ruled(folded: str, sentence: Sentence, start: int, end: int, unit: str) -> bool:
    """Whether the figure from ``start`` to ``end`` is a condition, a rule's, or an item of what somebody is to do."""
    begin = max(sentence.start, start - _FAR)
    if folded.startswith(") ", begin + 1) and folded[begin].isalpha() and "đã " not in folded[begin:start]:
        return True  # a) Xe có trọng tải dưới 3.500 kg
    if folded.find(" thì ", end, min(sentence.end, end + 70)) >= 0 and _THEN.match(folded, end, sentence.end):
        return True
    onwards = folded.find(" trở ", end, min(sentence.end, end + 40)) >= 0
    if onwards and folded.endswith("từ ", begin, start) and _ONWARDS.match(folded, end, sentence.end):
        return True
    instead = folded.find(" thay vì ", end, min(sentence.end, end + 40))
    if instead >= 0 and folded.find(" như hiện", instead, instead + 50) >= 0 and "đã " not in folded[begin:start]:
        return True  # tăng vốn góp lên 40 % vốn điều lệ, thay vì 30 % như hiện nay
    if "chương trình công tác " in folded[begin:start] and "đã " not in folded[begin:start]:
        return True
    near = folded[max(begin, start - 40) : start]
    if holds_any(near, ("quy mô", "đầu tư", "đăng ký")) and "hoàn thành" not in folded[begin:start] and _OF_PROJECT.search(near):
        return True
    if unit == "chỉ tiêu" and holds_any(folded[sentence.start : sentence.end], _ADMITS):
        return True  # trường có 90 chỉ tiêu hệ chuyên: a quota
    if unit == "%" and folded.startswith(_MARKS, end) and "đã " not in folded[begin:start]:
        return True
    if folded.endswith(_ADDED, begin, start) and _CAPITAL_ADDED.search(folded, max(begin, start - 40), start):
        return True
    if unit == "%" and folded.startswith(" vốn", end) and folded.endswith(_FIRMS, begin, start):
        return True  # doanh nghiệp 100 % vốn nhà nước
    return _is_urged(folded[begin:start])


def _is_urged(said: str) -> bool:
    """Whether the item that ``said`` ends with is of a list of duties, or begins as one does."""
    item = max(said.rfind(";"), said.rfind(": ")) + 1
    clause = said[item:]
    aimed = max(said.rfind(word) for word in _AIMED)
    if aimed >= 0 and len(said) - aimed > _NEAR and not holds_any(said[aimed:], _IN_FACT):
        return True
    if item and " sẽ có " in said[:item] and "đã " not in said and _WILL_HAVE.search(said, 0, item):
        return True
    if holds_any(clause, _REACHED):
        return False
    if holds_any(clause, _URGING) and _URGES.match(clause.lstrip()):
        return True
    head = said[: max(said.find(";"), 0)]
    if holds_any(head, ("dự đoán", "khảo sát")):
        return False  # 72 % dự đoán vàng sẽ tăng; 17 % nói giảm
    return bool(head) and item > len(head) and holds_any(head, _GOVERNING) and _GOVERNS.search(head) is not None


def is_to_come(folded: str, paragraph: int, sentence: Sentence) -> bool:
    """Whether a sentence lists what there will be at a gathering that the sentence beside tells of with ``sẽ``.

    ``paragraph`` is where its paragraph begins.
    """
    goes_on = folded.startswith((*GOES_ON, "đặc biệt, "), sentence.start)
    if not goes_on and not folded.startswith(_GATHERINGS, sentence.start):
        return False
    if holds_any(folded[sentence.start : sentence.end], _HELD):
        return False
    if not goes_on and folded.startswith(_EVENTS, sentence.start):
        around = folded[max(0, sentence.start - _AROUND) : sentence.end + _AROUND]
        if _WILL in around or " dự kiến " in around:
            return True
    last = folded.rfind(". ", max(paragraph, sentence.start - _BESIDE), max(paragraph, sentence.start - 2))
    before = max(last, paragraph, sentence.start - _BESIDE)
    if folded.find(_WILL, before, sentence.start) >= 0:
        return True
    if goes_on:
        return False
    following = folded.find(". ", sentence.end + 1, sentence.end + _BESIDE)
    return folded.find(_WILL, sentence.start, following if following >= 0 else sentence.end) >= 0
