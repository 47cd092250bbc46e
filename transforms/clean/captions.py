"""Lines that only say what a picture shows."""

from __future__ import annotations

import re

from transforms.clean.unicode import fold_tones
from transforms.text import LOWER, UPPER

MAX_CAPTION = 420  # with "Ảnh: …" at its end
MAX_SCENE = 260  # without

_OPENING = re.compile(
    r"[\s(\[*_]*(?:(?:ảnh|hình|video|clip|infographic|đồ họa|biểu đồ|sơ đồ)(?:\s+(?:ảnh|minh họa|tư liệu|internet|bên|trên|dưới|\d{1,2}))?\s*[:.)\]]|ảnh minh họa|hình minh họa|ảnh tư liệu"
    r"|(?:một số |một vài |những |chùm |vài )?hình ảnh (?:khác|tại|về|hội nghị|buổi|lễ|trong|minh họa|đẹp|hoạt động|của)|(?:dưới đây|sau đây) là (?:một số |những )?hình ảnh|(?:quang|toàn|khung) cảnh(?! (?:thiên nhiên|nên thơ))|cảnh (?:tại|buổi|hội))",
)
_CREDIT = re.compile(r"[\s.,;(\[|–-](?:ảnh|hình|nguồn|photo|clip|video|đồ họa)(?:\s+(?:ảnh|minh họa|tư liệu))?\s*:\s*[^:.!?]{1,60}(?:\.[^:.!?\s]{0,20}){0,3}[)\]]?\s*\.?\s*\Z|[(\[]\s*(?:ảnh|hình)[^()\[\]]{0,60}[)\]]\s*\.?\s*\Z|(?:[.,–-]|\))\s*ảnh (?:minh họa|tư liệu|internet|chụp màn hình|cắt từ clip)[^.!?:]{0,40}[.)]?\s*\Z|[.,–-]\s*ảnh:?\s*\Z")
_MEETING = r"(?:hội nghị|hội thảo|hội thi|hội thao|hội chợ|hội trại|buổi [^,.;]{2,60}|cuộc [^,.;]{2,40}|lễ [^,.;]{2,80}|đại hội[^,.;]{0,60}|phiên [^,.;]{2,60}|kỳ họp[^,.;]{0,60}|tọa đàm[^,.;]{0,60}|diễn đàn[^,.;]{0,60}|chương trình[^,.;]{0,80}|hội trường[^,.;]{0,40}|lớp [^,.;]{2,60}|điểm cầu[^,.;]{0,50}|giao ban[^,.;]{0,40}|hội đàm[^,.;]{0,40}|ngày hội[^,.;]{0,60}|cuộc họp[^,.;]{0,40}|đợt [^,.;]{2,50})"
_AT = rf"(?:(?:ở|tại|trong|với|cho) )?(?:{_MEETING})(?:[^,.;]{{0,60}})?"
_SPEAKS = re.compile(
    rf"(?:phát biểu|trình bày|báo cáo|tham luận|kết luận|chỉ đạo|thảo luận|trao đổi|chủ trì|điều hành|khai mạc|bế mạc|giới thiệu|quán triệt|truyền đạt|công bố|đọc|giải trình|trả lời|góp ý|đóng góp ý kiến|nêu ý kiến|tham gia ý kiến|dự|tham dự|tham gia|nêu|chia sẻ|triển khai)(?: [^,.;]{{0,70}})? ?{_AT}\s*[.…]?\s*\Z"
    r"|(?:phát biểu|phát biểu (?:chỉ đạo|khai mạc|kết luận|bế mạc|ý kiến|tham luận|thảo luận|chào mừng|đáp từ|nhận nhiệm vụ|giao nhiệm vụ))(?: hội nghị| đại hội| hội thảo)?\s*[.…]?\s*\Z"
)
_SHOWN = re.compile(
    r"(?:chụp (?:ảnh|hình)|lưu niệm|tặng (?:hoa|quà|giấy khen|bằng khen|cờ|kỷ niệm chương|huân chương|huy chương|học bổng|nhà|biển)|trao (?:quà|giấy khen|bằng khen|cờ|huy hiệu|huân chương|thưởng|giải|quyết định|tặng|bảng|biển|giấy|học bổng|hỗ trợ|danh hiệu|kỷ niệm chương|nhà|tiền|chứng nhận|phần thưởng|danh hiệu|hoa|sổ)"
    r"|dâng (?:hoa|hương)|thắp hương|viếng|ký kết|cắt băng|bấm nút|nhấn nút|bỏ phiếu|biểu quyết|tham quan|kiểm tra|thăm (?:hỏi|quan|gian|mô hình|và|gia đình|hộ|nơi)?|chúc mừng|chứng kiến|tiếp (?:đoàn|công dân|xã giao|ngài|đại sứ|ông|bà)|đón (?:nhận|tiếp)|bắt tay|trò chuyện|ra mắt|khánh thành|khởi công|động thổ|gặp gỡ|biểu diễn|trao đổi với|chủ trì (?:hội nghị|buổi|cuộc|phiên)|điều hành (?:hội nghị|buổi|phiên)|tại (?:hội nghị|buổi lễ|lễ [^.;]{2,60}|buổi [^.;]{2,60})\.?$|đang |nhận (?:giấy khen|bằng khen|quà|thưởng|hoa))"
)
_WHO = re.compile(
    r"(?:các |toàn bộ |nhiều |đông đảo |thay mặt |đoàn |đại diện |tập thể )?(?:đồng chí|đ/c|đại biểu|ông|bà|anh|chị|lãnh đạo|ban lãnh đạo|các đại biểu|cán bộ|học sinh|sinh viên|giáo viên|đoàn viên|hội viên|thanh niên|người dân|bí thư|phó bí thư|chủ tịch|phó chủ tịch|bộ trưởng|thứ trưởng|thủ tướng|phó thủ tướng|tổng bí thư|trưởng ban|phó trưởng ban|giám đốc|phó giám đốc|trưởng|phó|thường trực|ban|đại sứ|đại tá|thượng tá|trung tá|thiếu tướng|trung tướng|thượng tướng|đại tướng|gs|pgs|ts|ths|nhân dân|cử tri|lực lượng|công nhân|nông dân|các|đoàn|tiết mục|một|chiến sĩ|bác sĩ|thủ trưởng|nguyên|hội đồng|chủ nhiệm|viện trưởng|cục trưởng|phóng viên|tác giả|mô hình|văn nghệ|mc)\b"
)
_TOLD = re.compile(
    r"(?:sáng|chiều|tối|trưa|ngày|vừa qua|mới đây|hôm nay|hôm qua|theo đó|theo|trong đó|trong|tại|để|nhằm|đây là|bên cạnh|ngoài ra|đồng thời|tuy nhiên|cùng với|qua đó|sau |trước |về |với |từ |do |vì |nếu |khi |được biết|cụ thể|đến nay|hiện nay|dịp này|nhân dịp|cũng |còn |phát biểu (?:tại|chỉ đạo|kết luận|khai mạc)[^,.;]{0,80},|kết luận [^,.;]{0,60},|tham dự |dự |đến dự |chủ trì |cùng dự |cùng tham)\b"
)
_REPORTED = re.compile(r"\b(?:đã|sẽ|cho biết|cho rằng|nhấn mạnh|khẳng định|đề nghị|yêu cầu|bày tỏ|lưu ý|chia sẻ:|nói:|nêu rõ|mong muốn|đánh giá cao|ghi nhận|hy vọng|tin tưởng|đã được|sẽ được|thông tin|kiến nghị|kêu gọi|chỉ rõ|cam kết)\b|:\s*[“\"]|[“\"][^”\"]{40}")
_NAMED = re.compile(rf"[{UPPER}][{LOWER}]+ [{UPPER}][{LOWER}]+")
_OPEN_CREDIT = re.compile(r"(?:ảnh|hình|nguồn|video|clip|đồ họa)\s*:\s*\Z")
_STOP = re.compile(r"[.!?…](?=\s+[^\W\d_])")
_ENDED = re.compile(r"[.!?…”\"’):]\s*\Z")


def opens_like_a_caption(text: str) -> bool:
    """Whether a line says by its first words that it is a picture's caption or introduces pictures.

    >>> [opens_like_a_caption(t) for t in ("Quang cảnh Hội nghị.", "Ảnh: Đại biểu dự họp", "Một số hình ảnh khác:", "Hình ảnh đẹp của")]
    [True, True, True, True]
    >>> opens_like_a_caption("Quang cảnh " + "rất dài " * 60)
    False
    """
    return len(text) <= MAX_SCENE and _OPENING.match(_folded(text)) is not None


def ends_with_photographer(text: str) -> bool:
    """Whether a line ends with who made the picture, and is no longer than a caption.

    >>> ends_with_photographer("Ông Bùi Văn An phát biểu (Ảnh: M.Q)."), ends_with_photographer("Đại biểu dự lễ. Ảnh: Hà Vân")
    (True, True)
    >>> ends_with_photographer("Hình ảnh: một vùng quê. Tỉnh đã làm nhiều việc, sáng nay mở hội.")
    False
    """
    return len(text) <= MAX_CAPTION and _CREDIT.search(_folded(text)) is not None and len(_STOP.findall(text)) <= 4


def waits_for_photographer(text: str) -> bool:
    """Whether a line ends with ``Ảnh:``, so that the next one names who made the picture.

    >>> waits_for_photographer("Bà con thu hoạch lúa. Ảnh:"), waits_for_photographer("Ảnh: An")
    (True, False)
    """
    return len(text) <= MAX_CAPTION and text[-1] == ":" and _OPEN_CREDIT.search(_folded(text)) is not None


def tells_news(text: str) -> bool:
    """Whether a line is told as news is: by its first words, its tense, or its verbs of saying.

    >>> tells_news("Sáng 5/7, tỉnh tổ chức lễ."), tells_news("Lãnh đạo tỉnh trao quà.")
    (True, False)
    """
    folded = _folded(text)
    return _TOLD.match(folded) is not None or _REPORTED.search(folded) is not None


def shows_a_scene(text: str) -> bool:
    """Whether a single sentence only says who is seen doing what, as captions between paragraphs do.

    >>> [shows_a_scene(t) for t in ("Đồng chí Bùi Văn An, Bí thư Huyện ủy phát biểu tại Hội nghị.", "Đại biểu dự Hội nghị.")]
    [True, True]
    >>> [shows_a_scene(t) for t in ("Sáng 5/7, ông An phát biểu tại Hội nghị.", "Ông An cho biết sẽ phát biểu tại hội nghị.")]
    [False, False]
    """
    if len(text) > MAX_SCENE or _STOP.search(text.replace("TP. ", "TP ")):
        return False
    folded = _folded(text)
    if _TOLD.match(folded) or not (_WHO.match(folded) or _NAMED.match(text)):
        return False
    shown = _SPEAKS.search(folded) or _SHOWN.search(folded)
    # "Lãnh đạo huyện trao quà cho hộ đã thoát nghèo": the tense of what follows says nothing.
    return shown is not None and not _REPORTED.search(folded, 0, shown.end())


def is_unfinished(text: str) -> bool:
    """Whether a line ends without a mark, as headings and captions do.

    >>> is_unfinished("Quang cảnh buổi lễ"), is_unfinished("Tỉnh đã họp.")
    (True, False)
    """
    return not _ENDED.search(text)


def names_who_is_seen(text: str) -> bool:
    """Whether a line begins with persons or a group, as captions do and headings seldom.

    >>> names_who_is_seen("Đồng chí An trao quà"), names_who_is_seen("Nâng cao chất lượng")
    (True, False)
    """
    return _WHO.match(_folded(text)) is not None


def _folded(text: str) -> str:
    return fold_tones(text.lower())
