"""What a number counts that no noun follows: the noun, or the money, of which its clause speaks before it."""

from __future__ import annotations

import re

from transforms.extract import counted
from transforms.extract.counted import Counted
from transforms.extract.figure_units import units
from transforms.text import Sentence

# What a number without a noun counts may stand before it: "thuê bao nước ngoài hơn 30 triệu", "tổng kinh phí 1,2 tỷ".
_LINK = re.compile(
    r"(?:(?: (?:là|đạt|có|từ|còn|lên|lên tới|lên đến|tới|đến|gồm|được|với|tăng|giảm|thêm|xuống|khoảng|gần|hơn|trên|"
    r"ước|ước tính|chỉ|mức|bằng"
    r"|giá|tiền|tổng cộng|vốn|phí|quỹ|trị giá|thu nhập))|:){1,4} ?$"
)
# Nouns of which no millions are told: "có đề xuất hơn 50 tỷ" speaks of money, "nộp ngân sách nhà nước 3.600 tỷ" too.
_NO_BILLIONS = frozenset(["mã", "phiên", "đề xuất", "đề nghị", "nhà nước", "dự án", "công trình", "gói thầu", "hợp đồng", "năm",
                          "nhóm", "công ty", "ngân hàng", "tập đoàn", "bị can", "bị cáo", "đối tượng", "lãnh đạo", "cán bộ",
                          "xã", "huyện", "tỉnh", "thành phố", "mức"])  # fmt: skip
_NUMBER_OF = re.compile(r"(?<!\w)(?:số|số lượng|tổng số)\Z")  # số doanh nghiệp quay lại hoạt động đạt 11.545
# Without these small numbers are more often a code or a grade: "mã vùng điện thoại mới là 24".
_NUMBER = re.compile(r"(?<!\w)(?:(?<!đa )(?<!hệ )(?<!điểm )số|tổng|chỉ tiêu|lượng|thuê bao)(?!\w)")
_RANK = re.compile(r"(?<!\w)(?:hạng|vị trí) [^,;.()]*\Z")
_NO_MONEY = re.compile(r"(?<!\w)(?:dân số|dân|người|lượt|năm|tuổi|cổ phần|euro|yên|nhân dân tệ|tỉ lệ)(?!\w)")
_ONE_OF = (" trong số", " trong những", " trong các", " trong nhiều")  # "Tập đoàn X là 1 trong số …"
_PRONOUNS = frozenset(["anh", "chị", "ông", "bà", "cô", "cậu", "em", "bạn", "cháu", "con"])  # từ năm lên 4: who is spoken of
_AGES = ("tuổi trên ", "tuổi hơn ", "tuổi ngoài ", "tuổi dưới ", "tuổi gần ", "tuổi khoảng ", "tuổi từ ")
_STRONG_LINK = re.compile(r"(?: (?:là|đạt|lên|lên tới|lên đến|gần|hơn|trên|khoảng)|:){1,3} ?$")
_MONEY = re.compile(
    r"(?<!\w)(?:giá|tiền|vốn|kinh phí|doanh thu|trị giá|lương|nợ|lãi|lời|lỗ|quỹ|phí|đồng|ngân sách|vay|thuế|thu "
    r"nhập|đầu tư|mức chi|lợi nhuận|thiệt hại|thất thoát)(?!\w)"
)
# What is done with money: "trả lại 40 triệu", "bị phạt hơn 5 triệu".
_PAID = re.compile(
    r"(?<!\w)(?:trả|trả lại|nộp|nộp lại|phạt|thưởng|ủng hộ|hỗ trợ|vay|bồi thường|đóng góp|quyên góp|chiếm đoạt|trộm|cướp"
    r"|thiệt hại|thất thoát|nhặt được|đánh rơi|lừa|mất|tốn|nợ|lãi|lỗ)(?: (?:số tiền|hơn|gần|khoảng|trên|tới|đến|thêm)){0,2} ?\Z"
)
_FOREIGN = re.compile(r"(?<!\w)(?:bảng|usd|euro|đô la|đô-la|won|yên)(?!\w)")
_PRICE = re.compile(r"(?<!\w)(?:giá|phí|mức thu|tiền)(?!\w)")
_SAID = 200  # characters before a number in which its clause may name a currency
_OF_MILLIONS = re.compile(r"\d (?:tỷ|tỉ|triệu) (?:đồng|usd|đô la)(?!\w)")
_BREAK = re.compile(r"[,;:(](?= )")
_BARE_END = re.compile(
    r"\s?(?:[.,;)\]”\"…!?](?!\d)|$|\n)|\s(?:và|so|trong|tăng|giảm|vào|của|thì|ở|tại|để|cho|nhưng|với|mỗi)(?!\w)"
)


def implied(text: str, folded: str, sentence: Sentence, start: int, end: int, after: int, power: float) -> Counted | None:
    """What a number counts that no noun follows: the noun, or the money, that the clause speaks of before it."""
    if folded[start - 1 : start] == "(" and folded[after : after + 1] == ")":
        share = _in_brackets(text, folded, sentence, start, after)
        if share is not None:
            return share
    rated = folded[after : after + 1] == "/" and (power >= 1e6 or _is_price(folded, sentence, start, end))
    rate = counted.RATE.match(folded, after, min(sentence.end, after + 16)) if rated else None
    if rate is not None:  # 300 triệu/cuộc
        return Counted(f"đồng/{rate[1]}", "money", rate.end(), None, rate.end())
    if not _BARE_END.match(folded, after, min(sentence.end, after + 8)) and after < sentence.end:
        return None
    one_of = text[start:end] == "1" and folded.startswith(" trong ", after) and folded[after + 7 : after + 8].isdigit()
    if one_of or folded.startswith(_ONE_OF, after):
        return None
    if folded[after : after + 1] == "." and folded[after + 1 : after + 2].isalpha():
        return None  # 1.Tác phẩm: the mark of a list
    if power == 1 and folded.endswith(_AGES, 0, start):
        return None  # ở tuổi trên 40
    if power == 1 and _RANK.search(folded, max(sentence.start, start - 40), start):
        return None  # tăng hạng từ 91 lên 82
    clause = folded[max(sentence.start, start - 70) : start]
    cut = [match.end() for match in _BREAK.finditer(clause) if match.end() < len(clause) - 1]
    if cut:
        clause = clause[cut[-1] :]
    link = _LINK if power >= 1e3 else _STRONG_LINK
    paid = power >= 1e6 and _PAID.search(clause) and not _NO_MONEY.search(clause)
    if paid and not _FOREIGN.search(folded, max(sentence.start, start - _SAID), start):
        return Counted("đồng", "money", after, None, after)
    if power >= 1e9 and clause.endswith("(") and not _NO_MONEY.search(clause):
        return Counted("đồng", "money", after, None, after)  # mức vốn còn thấp (72 tỷ)
    if not link.search(clause) or (power == 1 and (not text[start:end].replace(".", "").isdigit() or end - start == 4)):
        return None
    lexicon = units()
    spaced = f" {clause}"
    nouns = list(lexicon.compound.finditer(spaced))
    unit = next((noun[1] for noun in nouns if _NUMBER_OF.search(spaced, 0, noun.start())), None)
    few = power == 1 and end - start < 3 and _NUMBER.search(clause) is None
    if unit is None and nouns and not few:
        unit = nouns[-1][1]
        head, after_noun = (start - len(clause) - 1 + at for at in nouns[-1].span(1))
        if text[head].isupper() and text[after_noun + 1].isupper() and unit != "chỉ số":
            unit = None  # a name: "Ngân hàng X mua vào là 22.540"
    if unit is None and not few:
        first = clause.split(maxsplit=3)[:3]
        heads = [word for word in first if (word in lexicon.single or word in lexicon.classifier) and word not in _PRONOUNS]
        unit = heads[0] if heads and (first[0] == heads[0] or "số" in first[:2]) else None
    if unit == "tài khoản" and power == 1 and end - start > 6:
        return None  # its number
    if unit in _NO_BILLIONS:
        unit = None
    money = _MONEY.findall(clause) if power >= 1e6 else []
    if money and (unit is None or clause.rfind(unit) < clause.rfind(money[-1]) or f"giá {unit}" in clause):
        return Counted("đồng", "money", after, None, after)
    if unit is None and power == 1e6 and _OF_MILLIONS.search(folded, max(sentence.start, start - _SAID), start):
        power = 1e9  # xuất khẩu đạt 3,3 tỷ USD, trong đó tôm đạt 900 triệu
    if unit is None and power >= 1e9 and not _NO_MONEY.search(clause):
        said = folded[max(sentence.start, start - _SAID) : start]  # xuất khẩu đạt 3,3 tỷ USD, trong đó tôm đạt 2 tỷ
        return Counted("USD" if "usd" in said or "đô la" in said else "đồng", "money", after, None, after)
    if unit is None or few or (power == 1 and start - sentence.start < 8):
        return None
    return Counted(unit, "count", after, None, after)


def is_average(folded: str, sentence: Sentence, start: int, found: Counted) -> bool:
    """Whether a decimal number of things is one for each of others: ``63,8 người/ngày``, ``bình quân 39,1 khách một chuyến``."""
    if "/" in found.unit or folded.startswith((" mỗi ", "/"), found.end):
        return True
    return folded.find("bình quân", max(sentence.start, start - 40), start) >= 0 or (
        folded.find("trung bình", max(sentence.start, start - 40), start) >= 0
    )


def _in_brackets(text: str, folded: str, sentence: Sentence, start: int, after: int) -> Counted | None:
    """The noun behind a number that a share has in brackets beside it: ``73% (58.587) ý kiến``."""
    if not folded.endswith("%", 0, start - 1) and not folded.endswith("% ", 0, start - 1):
        return None
    found = counted.read(text, folded, after + 1, sentence.end)
    return found._replace(end=after, what=None, what_end=after) if found and found.known and found.kind == "count" else None


def _is_price(folded: str, sentence: Sentence, start: int, end: int) -> bool:
    """Whether full thousands are a price: ``phí trông xe 5.000/lượt``."""
    digits = folded[start:end]
    return digits.endswith("00") and "." in digits and _PRICE.search(folded, max(sentence.start, start - 60), start) is not None
