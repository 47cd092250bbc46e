"""Where a counted phrase ends that was read word by word: before a list of names, before an attribute whose measure follows."""

from __future__ import annotations

import re

from transforms.extract.numbers import words_of
from transforms.text import LOWER, UPPER

# After a phrase that ends in a name: another name, so that what is counted are the names together.
_NAMES = re.compile(
    rf"(?: \([^()\n]{{1,20}}\))?(?: và (?:(?:làng|xã|thôn|bản|huyện|phường|tỉnh|trường) )?| ?[-–] ?|"
    rf", (?=(?:[{UPPER}][{LOWER}]* ?){{1,4}}(?:,| \(| và )))[{UPPER}][{LOWER}]"
)
NAMES_AT_HEAD = re.compile(
    rf"(?:(?: \([^()\n]{{1,20}}\))? và (?:làng|xã|thôn|bản|huyện|phường|tỉnh|trường)|,| và| -| –) [{UPPER}]"
)
# What names belong to and a phrase cannot end with: "9 tỉnh miền Trung và Tây Nguyên".
_OF_NAMES = frozenset(["tuyến", "đội", "hãng", "vực", "miền", "vùng", "tỉnh", "nước", "khu", "tên", "gặp", "nối", "trận", "đấu"])
_FORMER = frozenset(["cựu", "tân", "phó", "cái"])  # what follows is of the head: "hai cựu Ngoại trưởng"
# "3 màn hình kích thước 17 inch": of the measure that follows; "loại ma túy chất lượng kém": of the word that ends the phrase.
_ATTRIBUTES = words_of("attribute")
_OF_ATTRIBUTE = re.compile(r" (?:\d|kém |trước |từ |khoảng |hơn |lên |dưới |trên |không |cao |thấp |khá |rất |cực )")
_COMPARED = frozenset(["nhiều", "ít", "cao", "thấp", "lớn", "nhỏ", "mạnh", "tốt", "nhanh", "dài"])
# Measures that tell how large a thing is: what follows them is its next attribute or its name, not what is measured.
_SIZES = frozenset(["inch", "mm", "kV", "kVA", "MP", "megapixel", "Hz", "GHz", "MHz", "mAh", "mã lực"])

_EVENTS = words_of("event_noun")
# What a word that mostly ends a phrase belongs to, where one of these stands before it: "tự do", "trực thuộc", "yếu kém".
_AFTER_JOINED = {
    "thi": frozenset(["cụm", "cuộc", "bài", "hội", "kỳ", "phòng", "môn", "đề", "điểm", "dự"]),
    "hàng": frozenset(["cửa", "khách", "mặt", "gian", "thẳng", "nhà", "ngân", "đơn", "lô", "chuyến", "bán", "xe", "tấn", "đặt"]),
    "thể": frozenset(["giải", "tập", "cá", "cơ", "đoàn", "tổng", "cụ", "tinh"]),
    "mới": frozenset(["lắp", "kiểu", "tươi", "mắc", "nông thôn", "thôn", "viên", "làm", "lập", "hệ"]),
    "bay": frozenset(["máy", "chuyến", "sân", "bị"]),
    "đi": frozenset(["chuyến"]),
    "liên": frozenset(["tuyến", "đoàn"]),
    "ngoài": frozenset(["nước", "vốn"]),
    "triển": frozenset(["phát"]),
    "phục": frozenset(["khắc", "chinh", "trang", "đồng", "lễ", "quân", "khôi"]),
    "sang": frozenset(["giàu", "chuyển", "xe", "hạng", "nhà"]),
    "gặp": frozenset(["cuộc", "buổi", "lần", "lượt"]),
    "diễn": frozenset(["đạo", "biểu", "trình"]),
    "bao": frozenset(["thuê"]),
    "bằng": frozenset(["đồng", "cân", "công", "văn", "thăng"]),
    "chiếm": frozenset(["lấn", "xâm"]),
    "cố": frozenset(["gia", "củng", "sự", "kiên"]),
    "cứ": frozenset(["căn"]),
    "góp": frozenset(["vốn", "phần"]),
    "không": frozenset(["hàng"]),
    "lẫn": frozenset(["nhầm"]),
    "từ": frozenset(["cụm"]),
    "đủ": frozenset(["đầy"]),
    "bị": frozenset(["thiết"]),
    "chuyển": frozenset(["vận", "dây", "luân"]),
    "có": frozenset(["giàu", "sẵn"]),
    "cùng": frozenset(["cuối"]),
    "do": frozenset(["tự"]),
    "giáp": frozenset(["con", "nàng", "thiết", "bọc", "áo", "mũ"]),
    "họ": frozenset(["dòng"]),
    "kém": frozenset(["yếu"]),
    "ký": frozenset(["chữ", "đăng", "thư", "nhật", "hồi", "lễ", "tốc"]),
    "mời": frozenset(["thư", "giấy", "lời", "khách", "vé"]),
    "ngồi": frozenset(["chỗ", "ghế"]),
    "nghĩ": frozenset(["suy"]),
    "nhìn": frozenset(["cái", "tầm", "điểm", "góc", "cách"]),
    "thuộc": frozenset(["trực", "phụ"]),
    "thường": frozenset(["bất", "bình", "bồi", "dân", "vô"]),
    "thực": frozenset(["đích", "trung", "chân", "ẩm"]),
    "trong": frozenset(["nhớ"]),
    "trú": frozenset(["nội", "ngoại", "bán", "lưu", "cư"]),
    "tiếp": frozenset(["trực", "gián", "giao", "liên", "chuyển"]),
    "vừa": frozenset(["và"]),
    "đổi": frozenset(["thay", "chuyển", "sửa", "trao", "hoán", "biến"]),
    "dọc": frozenset(["chiều", "trục", "sọc", "đường", "thanh"]),
    "tức": frozenset(["tin", "lợi", "cổ"]),
}
_HOUSING = re.compile(
    r" (?:xã hội|thương mại|riêng lẻ|công nhân|công vụ|cao tầng|thấp tầng|tái định cư|cho công nhân|cho người)(?!\w)"
)
_HOUSED = (" sàn nhà", "dự án nhà", "khu nhà", "quỹ nhà", "tiền nhà", "căn hộ nhà")
# Verbs that no noun phrase ends with where the place, the way or the fellow follows: "thí sinh lọt vào", "xe kéo nhau".
_BEFORE_PLACE = words_of("verb_before_place")
_PLACE = re.compile(r" (?:ven|bên|cạnh|vào|ra|lên|xuống|sang|qua|về|đến|tới|ở|tại|trên|trong|từ|với)(?!\w)")
_HOLDS = frozenset(["đựng", "giành"])  # what they hold follows behind a stop word: "gói ni lông đựng các viên nén"
_NO_PLACE = ("kết quả hòa", "trận hòa", "tỷ số hòa", "biết bơi", "kịp bơi", "sức sống", "cuộc sống", "đời sống", "lối sống")
_OF_ONE = frozenset(["chiếc", "cái", "con", "cây", "quả"])  # "chiếc kéo" is a thing
# Verbs behind a name that what is counted has: "8 tỉnh Bắc Lào xây dựng".
_AFTER_NAME = words_of("verb_after_name")

# What follows where cars have risen, where no tanks are spoken of: "lượng xe tăng 5%".
_RISES = re.compile(r" (?:\d|thêm|mạnh|so|hơn|gần|khoảng|trưởng|nhanh|cao|nhẹ|từ|lên|tốc|đột|giá|dần)")
# "2 em học sinh xui gặp tai nạn", "hai người may mắn thoát chết": how what is told came about.
_LUCK = frozenset(["may", "rủi", "xui", "mắn", "xẻo", "chẳng"])
_BY_LUCK = re.compile(r" (?:may )?(?:gặp|bị|được|thoát|không|trúng|sống|mất|chỉ)(?!\w)")
# "tàu hộ vệ lớp này": the class, not the ship, is pointed at.
_CLASSES = frozenset(["lớp", "loại", "đời", "dòng", "hạng", "cỡ", "kiểu", "việc"])
_THIS = (" này", " đó", " ấy", " trên")
# What a house or a car has so many of tells its kind; what follows is the house's own: "biệt thự hai tầng đơn giản".
_PART_OF = frozenset(["tầng", "cánh", "cửa", "chỗ", "dây", "mảnh"])
_WHOLE_BEFORE = re.compile(
    r"(?:nhà|biệt thự|xe|ô tô|căn hộ|khách sạn|villa|ô-tô|ôtô|váy|áo|đầm|bikini) "
    r"(?:\d{1,2}|hai|ba|bốn|năm|sáu|bảy|tám|chín|mười)\Z"
)
_STOREYS = frozenset(["hầm", "ngầm", "nổi", "lầu", "ngồi", "trệt"])

Words = list[tuple[int, int]]


def cut_back(text: str, folded: str, words: Words, stop: int) -> Words:
    """The words of a phrase without a name that begins a list of names, and without an attribute that is told behind it."""
    if len(words) < 2:
        return words
    if _is_part_of(folded, words):
        return words[:1]
    if folded.startswith("chỗ ngồi", words[0][0]):
        return words[:2]
    if any(text[begin].isupper() for begin, _ in words[1:-1]):
        words = _without_predicate(text, folded, words)
    few = len(words) == 2 and folded[words[0][0] : words[0][1]] in _OF_ONE
    if len(words) > 1 and not few and folded[words[0][0] : words[0][1]] not in _EVENTS and ends_in_place(folded, words[-1], stop):
        return words[:-1]
    words = _without_luck(folded, words, stop)
    end = words[-1][1]
    last = folded[words[-1][0] : end]
    if len(words) > 2 and (last in _HOLDS or (last in _CLASSES and folded.startswith(_THIS, end))):
        return words[:-1]
    if last == "người" and folded.endswith("trường hợp người", 0, end):
        return words[:-1]  # 1 trường hợp người đứng đầu bị kết luận
    if last in _COMPARED and folded.startswith(" hơn", end):
        return words[:-1]  # 1 điểm nhiều hơn
    if len(words) > 2 and folded[words[-2][0] : end] in _ATTRIBUTES and _OF_ATTRIBUTE.match(folded, end, stop):
        return words[:-2]
    former = folded[words[0][0] : words[0][1]] in _FORMER
    since = 1 if not former else 3 if text[words[1][0]].isupper() else 2
    first = next((at for at, (begin, _) in enumerate(words) if at >= since and text[begin].isupper()), 0)
    if first <= 1:
        return words
    if not text[words[-1][0]].isupper() or text[words[first][0] : end].isupper() or not _NAMES.match(text, end, stop):
        return words
    while first > since and folded[words[first - 1][0] : words[first - 1][1]] in _OF_NAMES:
        first -= 1
    return words[:first]


def _is_part_of(folded: str, words: Words) -> bool:
    """Whether what is counted tells the kind of the noun before the number, and more of that noun follows."""
    begin = words[0][0]
    if folded[begin : words[0][1]] not in _PART_OF or folded[slice(*words[1])] in _STOREYS:
        return False
    return _WHOLE_BEFORE.search(folded, max(0, begin - 24), begin - 1) is not None


def _without_luck(folded: str, words: Words, stop: int) -> Words:
    """The words without ``may mắn``, ``xui`` at their end, where what somebody was lucky in follows."""
    begin, end = words[-1]
    if folded[begin:end] not in _LUCK or not _BY_LUCK.match(folded, end, stop):
        return words
    pair = len(words) > 2 and folded[words[-2][0] : end] in ("may mắn", "xui xẻo")
    return words[:-2] if pair else words[:-1]


def tells_size(unit: str, words: Words) -> bool:
    """Whether the words after a measure are none of what it measures: ``70mm Air-to-ground``, ``5,5 inch màu xám``."""
    return unit in _SIZES and bool(words)


def is_joined(folded: str, last: tuple[int, int], word: str, end: int, stop: int) -> bool:
    """Whether a doubtful word, which ends at ``end``, is one with the last of a phrase: ``tự do``, ``nhà ở xã hội``."""
    before = folded[last[0] : last[1]].rpartition(" ")[2]
    if word == "ở":
        return before == "nhà" and (_HOUSING.match(folded, end, stop) is not None or folded.endswith(_HOUSED, 0, last[1]))
    if word == "phục" and before == "người":  # a waiter, at the end of a list: "7 thuyền viên, 1 người phục vụ."
        return folded.startswith(" vụ", end) and (end + 3 >= stop or folded[end + 3] in ".,;)")
    if word in ("tăng", "giảm"):  # 70% số tăng thu, but: quân số tăng cường
        tank = word == "tăng" and before == "xe" and _RISES.match(folded, end, stop) is None
        return tank or folded.endswith("% số", 0, last[1])
    if word == "mới" and before == "cấp" and folded.endswith(("vốn fdi cấp", "đăng ký cấp", "vốn cấp"), 0, last[1]):
        return True  # tổng vốn đăng ký cấp mới
    return before in _AFTER_JOINED.get(word, ())


def ends_in_place(folded: str, last: tuple[int, int], stop: int) -> bool:
    """Whether the last word of a phrase is a verb, told by what follows: ``lọt vào``, ``đổ về``, ``kéo nhau``."""
    if folded.startswith(" nhau", last[1]):
        return True
    if folded.endswith(_NO_PLACE, 0, last[1]):
        return False
    return folded[last[0] : last[1]] in _BEFORE_PLACE and _PLACE.match(folded, last[1], stop) is not None


def _without_predicate(text: str, folded: str, words: Words) -> Words:
    """The words before a verb that stands behind a name."""
    for at in range(2, len(words)):
        if not text[words[at - 1][0]].isupper() or text[words[at][0]].isupper():
            continue
        pair = folded[words[at][0] : words[min(at + 1, len(words) - 1)][1]]
        if pair in _AFTER_NAME or folded[words[at][0] : words[at][1]] in _AFTER_NAME:
            return words[:at]
    return words
