"""Lines that only say what a picture shows."""

from __future__ import annotations

import re

from transforms.clean.openings import first_words
from transforms.clean.unicode import fold_line, fold_opening
from transforms.text import LOWER, UPPER, holds_any

MAX_CAPTION = 420  # with "Ảnh: …" at its end
MAX_SCENE = 260  # without
MAX_HEADING = 80  # longer lines without an end mark are captions more often than headings
MAX_UNFINISHED = 180

_OPENING = re.compile(
    r"[\s(\[*_]*(?:(?:ảnh|hình|video|clip|infographic|đồ họa|biểu đồ|sơ đồ)(?:\s+(?:ảnh|minh họa|tư liệu|internet|bên"
    r"|trên|dưới|\d{1,2}))?\s*[:.)\]]|ảnh minh họa|hình minh họa|ảnh tư liệu"
    r"|(?:một số |một vài |những |chùm |vài )?hình ảnh (?:khác|tại|về|hội nghị|buổi|lễ|trong|minh họa|đẹp|hoạt động|của)"
    r"|(?:dưới đây|sau đây) là (?:một số |những )?hình ảnh|(?:quang|toàn|khung) cảnh(?! (?:thiên nhiên|nên thơ))"
    r"|cảnh (?:tại|buổi|hội))",
)
_CREDIT = re.compile(
    r"[\s.,;(\[|–-](?:ảnh|hình|nguồn|photo|clip|video|đồ họa)(?:\s+(?:ảnh|minh họa"
    r"|tư liệu))?\s*:\s*[^:.!?]{1,60}(?:\.[^:.!?\s]{0,20}){0,3}[)\]]?\s*\.?\s*\Z|[(\[]\s*(?:ảnh"
    r"|hình)[^()\[\]]{0,60}[)\]]\s*\.?\s*\Z|(?:[.,–-]|\))\s*ảnh (?:minh họa|tư liệu|internet|chụp màn hình"
    r"|cắt từ clip)[^.!?:]{0,40}[.)]?\s*\Z|[.,–-]\s*ảnh:?\s*\Z"
)
_MEETING = (
    r"(?:hội nghị|hội thảo|hội thi|hội thao|hội chợ|hội trại|buổi [^,.;]{2,60}|cuộc [^,.;]{2,40}|lễ [^,.;]{2,80}"
    r"|đại hội[^,.;]{0,60}|phiên [^,.;]{2,60}|kỳ họp[^,.;]{0,60}|tọa đàm[^,.;]{0,60}|diễn đàn[^,.;]{0,60}"
    r"|chương trình[^,.;]{0,80}|hội trường[^,.;]{0,40}|lớp [^,.;]{2,60}|điểm cầu[^,.;]{0,50}|giao ban[^,.;]{0,40}"
    r"|hội đàm[^,.;]{0,40}|(?:buổi )?(?:họp báo|gặp mặt|lễ)|tiếp xúc cử tri[^,.;]{0,40}"
    r"|ngày hội[^,.;]{0,60}|cuộc họp[^,.;]{0,40}|đợt [^,.;]{2,50})"
)
_AT = rf"(?:(?:ở|tại|trong|với|cho) )?(?:{_MEETING})(?:[^,.;]{{0,60}})?"
_SPEAKS = re.compile(
    rf"(?:phát biểu|trình bày|báo cáo|tham luận|kết luận|chỉ đạo|thảo luận|trao đổi|chủ trì|điều hành|khai mạc|bế mạc"
    rf"|giới thiệu|quán triệt|truyền đạt|công bố|đọc|giải trình|trả lời|góp ý|đóng góp ý kiến|nêu ý kiến|tham gia ý kiến"
    rf"|dự|tham dự|tham gia|nêu|chia sẻ|triển khai)(?: [^,.;]{{0,70}})? ?{_AT}\s*[.…]?\s*\Z"
    r"|(?:phát biểu|phát biểu (?:chỉ đạo|khai mạc|kết luận|bế mạc|ý kiến|tham luận|thảo luận|chào mừng|đáp từ"
    r"|nhận nhiệm vụ|giao nhiệm vụ))(?: hội nghị| đại hội| hội thảo)?\s*[.…]?\s*\Z"
)
_MEETINGS = (*first_words(_MEETING), "phát biểu")  # what every such place is named by
_SHOWN = re.compile(
    r"(?:chụp (?:ảnh|hình)|lưu niệm|tặng (?:hoa|quà|giấy khen|bằng khen|cờ|kỷ niệm chương|huân chương|huy chương"
    r"|học bổng|nhà|biển)|trao (?:quà|giấy khen|bằng khen|cờ|huy hiệu|huân chương|thưởng|giải|quyết định|tặng|bảng|biển"
    r"|giấy|học bổng|hỗ trợ|danh hiệu|kỷ niệm chương|nhà|tiền|chứng nhận|phần thưởng|danh hiệu|hoa|sổ)"
    r"|dâng (?:hoa|hương)|thắp hương|viếng|ký kết|cắt băng|bấm nút|nhấn nút|ấn nút|bỏ phiếu|biểu quyết|tham quan|kiểm tra"
    r"|thăm (?:hỏi|quan|gian|mô hình|và|gia đình|hộ|nơi)?|chúc mừng|chứng kiến|tiếp (?:đoàn|công dân|xã giao|ngài|đại sứ"
    r"|ông|bà)|đón (?:nhận|tiếp)|bắt tay|trò chuyện|ra mắt|khánh thành|khởi công|động thổ|gặp gỡ|biểu diễn|trao đổi với"
    r"|chủ trì (?:hội nghị|buổi|cuộc|phiên)|điều hành (?:hội nghị|buổi|phiên)|tại (?:hội nghị|buổi lễ|lễ [^.;]{2,60}"
    r"|buổi [^.;]{2,60})\.?$|đang |nhận (?:giấy khen|bằng khen|quà|thưởng|hoa))"
)
_WHO = re.compile(
    r"(?:các |toàn bộ |nhiều |đông đảo |thay mặt |đoàn |đại diện |tập thể )?(?:đồng chí|đ/c|đại biểu|ông|bà|anh|chị"
    r"|lãnh đạo|ban lãnh đạo|các đại biểu|cán bộ|học sinh|sinh viên|giáo viên|đoàn viên|hội viên|thanh niên|người dân"
    r"|bí thư|phó bí thư|chủ tịch|phó chủ tịch|bộ trưởng|thứ trưởng|thủ tướng|phó thủ tướng|tổng bí thư|trưởng ban"
    r"|phó trưởng ban|giám đốc|phó giám đốc|trưởng|phó|thường trực|ban|đại sứ|đại tá|thượng tá|trung tá|thiếu tướng"
    r"|trung tướng|thượng tướng|đại tướng|gs|pgs|ts|ths|nhân dân|cử tri|lực lượng|công nhân|nông dân|các|đoàn|tiết mục"
    r"|một|chiến sĩ|bác sĩ|thủ trưởng|nguyên (?:bí thư|phó|chủ|trưởng|giám|bộ|ủy|tổng|thủ|đại)|hội đồng|chủ nhiệm"
    r"|viện trưởng|cục trưởng|phóng viên|tác giả|mô hình|(?:đại diện )?(?:hai|các|ba) (?:bên|đơn vị|ngành|cơ quan)(?= ký kết|"
    r" trao| chụp| bắt tay)"
    r"|trao (?!đổi)|tặng|văn nghệ|mc)\b"
)
_PERSON = re.compile(
    r"(?:các )?(?:đồng chí|đ/c|ông|bà|anh|chị|em|cụ|bí thư|phó bí thư|chủ tịch|phó chủ tịch|bộ trưởng|thứ trưởng"
    r"|thủ tướng|phó thủ tướng|tổng bí thư|trưởng ban|phó trưởng ban"
    r"|giám đốc|phó giám đốc|tổng giám đốc|trưởng phòng|phó trưởng phòng|trưởng|phó|đại sứ|đại tá|thượng tá|trung tá"
    r"|thiếu tá|đại úy|thượng úy|thiếu tướng|trung tướng|thượng tướng|đại tướng"
    r"|gs|pgs|ts|ths|bs|bác sĩ|luật sư|nhà báo|nghệ sĩ|nsnd|nsưt|hlv|viện trưởng|cục trưởng|vụ trưởng|chủ nhiệm"
    r"|nguyên (?:bí thư|phó|chủ|trưởng|giám|bộ|ủy|tổng|thủ|đại)"
    r"|thầy|cô|nghệ nhân|linh mục|hòa thượng|thượng tọa|đại biểu)\b"
)
_NAME = re.compile(rf"[{UPPER}][{LOWER}]{{1,6}}(?: [{UPPER}][{LOWER}]{{1,6}}){{1,4}}")
_INTRODUCED = re.compile(
    r"(?:đồng chí|đ/c|ông|bà|anh|chị|[\w.]{2,6})(?: \w+){2,5}\s*[,–-]\s*"
    r"(?:phó |quyền |nguyên )?(?:bí thư|chủ tịch|giám đốc|tổng giám đốc|trưởng|cục trưởng|vụ trưởng|bộ trưởng"
    r"|thứ trưởng|viện trưởng|hiệu trưởng|chủ nhiệm|chánh|ủy viên|đại biểu|chuyên gia)[^,.;:]{0,90}\.?"
)
_NAME_LAST = re.compile(
    rf"(?:^|[{LOWER},] )[{UPPER}][{LOWER}]{{1,6}}(?: [{UPPER}][{LOWER}]{{1,6}}){{1,4}}(?: \([^()]{{2,40}}\))?\.?\s*\Z"
)
# What headings call for, in plans and reports.
_CALL = re.compile(
    r"(?:nâng cao|tăng cường|quy định|đẩy mạnh|xây dựng|thực hiện|phát huy|tập trung|đổi mới|hoàn thiện|triển khai"
    r"|bảo đảm|đảm bảo|chủ động|phát triển"
    r"|chuyển đổi|giải quyết|tháo gỡ|siết|xử lý|kiểm soát|khai|đưa|góp phần|hướng tới|khơi dậy|lan tỏa|tạo|mở rộng"
    r"|giữ|gắn|nhân rộng|củng cố|sắp xếp|ưu tiên"
    r"|thúc đẩy|huy động|quản lý|rà soát|kiện toàn|hỗ trợ|đột phá|quyết tâm|kịp thời|làm tốt|chú trọng|công tác"
    r"|nhiệm vụ|mục tiêu|giải pháp|kết quả)\b"
)
_SIGHT = re.compile(
    r"(?:Trụ sở|Một góc|Hiện trường|Khu vực|Một đoạn|Đoạn đường|Tuyến đường|Cổng"
    r"|Bản đồ|Chân dung|Phối cảnh|Công trình)(?: [\w-]+){0,6}"
    rf"(?: [{UPPER}][{LOWER}]{{1,6}}){{1,5}}(?: \([^()]{{2,40}}\))?\.?"
)
# Where something happened or is to be built, and who stands before the court; told of without a verb of its own.
_SCENE = re.compile(
    r"(?!.{0,110} (?:đã|đang|cho thấy|được|rất|vẫn|cũng|sẽ|là|có) )(?:Hiện trường (?:vụ|nơi|xảy ra|phát hiện)|Phối cảnh"
    r"|Nơi xảy ra|(?:Bị cáo|Đối tượng|Nghi phạm|Nghi can|Hung thủ)(?: [\w.]+){1,6} (?:tại (?:phiên )?t[oò][àa]"
    r"|tại (?:cơ quan|trụ sở)|(?:khi|lúc) bị bắt))\b[^.,;:!?]{0,80}\.?"
)
_TOLD = re.compile(
    r"(?:sáng|chiều|tối|trưa|ngày|vừa qua|mới đây|hôm nay|hôm qua|theo đó|theo|trong đó|trong|tại|để|nhằm|đây là"
    r"|bên cạnh|ngoài ra|đồng thời|tuy nhiên|cùng với|qua đó|sau |trước |về |với |từ |do |vì |nếu |khi |được biết|cụ thể"
    r"|đến nay|hiện nay|dịp này|nhân dịp|cũng |còn |phát biểu (?:tại|chỉ đạo|kết luận|khai mạc)[^,.;]{0,80},"
    r"|kết luận [^,.;]{0,60},|tham dự |dự |đến dự |chủ trì |cùng )\b"
)
# In small letters only: Cần Thơ is no need.
_TENSE = re.compile(r"\b(?:là|vừa|rằng|từng|cần|phải|không(?! gian| quân| khí| chuyên)|chưa|vì|nhưng)\b")
_REPORTED = re.compile(
    r"\b(?:(?<!ban )tổ chức|phối hợp|nhận định|nhất trí|lên tiếng|đưa tin|nhiều lần"
    r"|mặc dù|dự kiến|tiếp tục|được chỉ ra|đặt hy vọng)\b|"
    r"\b(?:đã|sẽ|cho biết|cho rằng|nhấn mạnh|khẳng định|đề nghị|yêu cầu|bày tỏ|lưu ý|chia sẻ:|nói:|nêu rõ|mong muốn"
    r"|đánh giá cao|ghi nhận|hy vọng|tin tưởng|đã được|sẽ được"
    r"|thông tin(?! (?:và truyền|cổ|tuyên))|kiến nghị|kêu gọi|chỉ rõ|cam kết)\b|:\s*[“\"]"
    r"|[“\"][^”\"]{40}"
)
# A closed line that names a sight in the country; without the stop it may be a heading.
_COUNTRY = re.compile(
    r"(?:Đường hoa|Con đường|Cánh đồng|Vườn|Đồi|Ruộng|Rừng|Mô hình|Gian hàng|Sản phẩm|Ngôi nhà|Cây cầu|Công trường|Dự án|Nhà máy)"
    rf"(?: [\w-]+){{0,6}}(?: [{UPPER}][{LOWER}]{{1,6}}){{1,5}}(?: \([^()]{{2,40}}\))?\."
)
_NAMED = re.compile(rf"[{UPPER}][{LOWER}]+ [{UPPER}][{LOWER}]+")
# Where somebody is to be found in a picture.
_POSITION_WORDS = ("trái", "phải", "giữa", "ngoài cùng", "hàng ", "ngồi ", "đứng ", "cầm ", "mặc áo ", "ảnh ")
_SIDE = r"(?:trái|phải|giữa)"
_POSITION = re.compile(
    rf"[{LOWER}]\s*\((?:[^()]{{0,20}}[ ,])?(?:thứ (?:\d{{1,2}}|nhất|hai|ba|tư|năm|sáu|bảy)(?: \w+)?,?"
    r" (?:từ|tính từ|bên) [^()]{2,30}"
    rf"|(?:từ|tính từ|bên|phía|bìa|ngoài cùng,?(?: bên| phía)?) {_SIDE}(?: sang| qua| ảnh| ngoài cùng| cùng| hàng \w+)?"
    rf"|(?:ngồi|đứng)(?: \w+)? (?:{_SIDE}|ngoài cùng|hàng \w+|thứ \w+|đầu tiên)(?: \w+){{0,3}}|{_SIDE}"
    r"|(?:ở |chính )giữa|ngoài cùng"
    r"|hàng (?:đầu|trước|sau|đứng|ngồi|trên|dưới),? (?:bên|từ|thứ) [^()]{2,30}|(?:người )?mặc áo [^()]{2,20}"
    r"|người (?:đứng(?! đầu)|ngồi|cầm) [^()]{2,30}|ảnh (?:trên|dưới|trái|phải))\)"
)
_OPEN_CREDIT = re.compile(r"(?:ảnh|hình|nguồn|video|clip|đồ họa)\s*:\s*\Z")
_OPENING_WORDS = first_words(_OPENING.pattern)
_WHO_WORDS, _PERSON_WORDS = first_words(_WHO.pattern), first_words(_PERSON.pattern)
_SIGHT_WORDS = frozenset(map(str.lower, first_words("|".join((_SIGHT.pattern, _SCENE.pattern, _COUNTRY.pattern)))))
_STOP = re.compile(r"[.!?…](?=\s+[^\W\d_])")
_END_MARKS = frozenset('.!?…”"’):')


def opens_like_a_caption(text: str) -> bool:
    """Whether a line says by its first words that it is a picture's caption or introduces pictures.

    >>> [opens_like_a_caption(t) for t in ("Quang cảnh Hội nghị.", "Ảnh: Đại biểu dự họp", "Một số hình ảnh khác:")]
    [True, True, True]
    >>> opens_like_a_caption("Quang cảnh " + "rất dài " * 60)
    False
    """
    if len(text) > MAX_SCENE:
        return False
    found = _OPENING.match(fold_opening(text))
    # "Dưới đây là một số hình ảnh. Trong mưa, các đội vẫn thi đấu." tells of more than pictures.
    return found is not None and not (found[0].lstrip().startswith(("dưới", "sau")) and _STOP.search(text) is not None)


def ends_with_photographer(text: str) -> bool:
    """Whether a line ends with who made the picture, and is no longer than a caption.

    >>> ends_with_photographer("Ông Bùi Văn An phát biểu (Ảnh: M.Q)."), ends_with_photographer("Đại biểu dự lễ. Ảnh: Hà Vân")
    (True, True)
    >>> ends_with_photographer("Hình ảnh: một vùng quê. Tỉnh đã làm nhiều việc, sáng nay mở hội.")
    False
    """
    if len(text) > MAX_CAPTION:
        return False
    folded = fold_line(text)
    return _CREDIT.search(folded, max(0, len(folded) - 150)) is not None and len(_STOP.findall(text)) <= 4


def may_point_into_a_picture(text: str) -> bool:
    """What every way to say where somebody stands needs: most brackets hold none of it."""
    if len(text) > MAX_SCENE:
        return False
    lowered = text.lower()
    return holds_any(lowered, _POSITION_WORDS)


def points_into_a_picture(text: str) -> bool:
    """Whether a line says where in the picture somebody is seen.

    >>> points_into_a_picture("Bà Mai (thứ hai từ phải sang) nhận quà"), points_into_a_picture("Bà Mai (thứ hai) nhận quà")
    (True, False)
    >>> points_into_a_picture("Ông An (bên trái) trao quà cho bà Mai"), points_into_a_picture("Ngày mai (thứ Ba) họp")
    (True, False)
    """
    if "(" not in text or len(text) > MAX_CAPTION:
        return False
    found = _POSITION.search(fold_line(text))
    # Somebody's: after a name, not after a thing ("phần đường (bên phải)").
    return found is not None and text[: found.start() + 1].rsplit(None, 1)[-1][0].isupper()


def may_name_photographer(text: str) -> bool:
    """What every way to name a photographer needs: most lines have none of it."""
    tail = text[-80:]
    return (
        "ảnh" in tail
        or "Ảnh" in tail
        or "ẢNH" in tail
        or ((")" in tail[-4:] or "]" in tail[-4:]) and "hình" in tail.lower())
        or ":" in text[-150:]
    )


def may_open_a_caption(first: str) -> bool:
    """Whether ``opens_like_a_caption`` is worth asking about a line with this first word."""
    return first in _OPENING_WORDS


def may_show_a_scene(first: str, text: str) -> bool:
    """Whether ``shows_a_scene`` is worth asking about a line with this first word."""
    return len(text) <= MAX_SCENE and (first in _WHO_WORDS or _NAMED.match(text) is not None)


def may_name_a_sight_or_person(first: str) -> bool:
    """Whether ``names_a_sight`` or ``names_a_person`` is worth asking about a line with this first word."""
    return first in _PERSON_WORDS or first in _SIGHT_WORDS


def waits_for_photographer(text: str) -> bool:
    """Whether a line ends with ``Ảnh:``, so that the next one names who made the picture.

    >>> waits_for_photographer("Bà con thu hoạch lúa. Ảnh:"), waits_for_photographer("Ảnh: An")
    (True, False)
    """
    return len(text) <= MAX_CAPTION and text[-1] == ":" and _OPEN_CREDIT.search(fold_line(text)) is not None


def tells_news(text: str) -> bool:
    """Whether a line is told as news is: by its first words, its tense, or its verbs of saying.

    >>> tells_news("Sáng 5/7, tỉnh tổ chức lễ."), tells_news("Lãnh đạo tỉnh trao quà.")
    (True, False)
    """
    folded = fold_line(text)
    return _TOLD.match(folded) is not None or _REPORTED.search(folded) is not None or _TENSE.search(text) is not None


def shows_a_scene(text: str) -> bool:
    """Whether a single sentence only says who is seen doing what, as captions between paragraphs do.

    >>> [shows_a_scene(t) for t in ("Đồng chí Bùi Văn An, Bí thư Huyện ủy phát biểu tại Hội nghị.", "Đại biểu dự Hội nghị.")]
    [True, True]
    >>> [shows_a_scene(t) for t in ("Sáng 5/7, ông An phát biểu tại Hội nghị.", "Ông An cho biết sẽ phát biểu tại hội nghị.")]
    [False, False]
    """
    if len(text) > MAX_SCENE or text[-1] in ":;,":
        return False
    if not (_WHO.match(fold_opening(text)) or _NAMED.match(text)):
        return False
    folded = fold_line(text)
    if _TOLD.match(folded):
        return False
    if _STOP.search(text.replace("TP. ", "TP ")):
        return False
    if folded.startswith(("trao ", "tặng ")) and not (is_unfinished(text) and text[0].isupper()):
        return False  # what was given, as lists of results have it
    # Where somebody speaks is the last thing in a line, with no comma or stop in it.
    shown = (_SPEAKS.search(folded) if holds_any(_last_clause(folded), _MEETINGS) else None) or _SHOWN.search(folded)
    if shown and shown[0] == "đang " and (len(text) > 120 or not _PERSON.match(folded)):
        return False
    # "Lãnh đạo huyện trao quà cho hộ đã thoát nghèo": the tense of what follows says nothing.
    return shown is not None and not _REPORTED.search(folded, 0, shown.end()) and not _TENSE.search(text, 0, shown.end())


def _last_clause(folded: str) -> str:
    end = folded.rstrip(" .…")
    return end[max(map(end.rfind, ",.;")) + 1 :]


def is_unfinished(text: str) -> bool:
    """Whether a line ends without a mark, as headings and captions do.

    >>> is_unfinished("Quang cảnh buổi lễ"), is_unfinished("Tỉnh đã họp.")
    (True, False)
    """
    return text[-1] not in _END_MARKS


def has_end_mark(text: str) -> bool:
    """Whether a line is closed, as paragraphs are.

    >>> has_end_mark("Tỉnh đã họp."), has_end_mark("Quang cảnh buổi lễ")
    (True, False)
    """
    return text[-1] in _END_MARKS


def names_a_sight(text: str) -> bool:
    """Whether a short line names a place, thing or somebody to be seen and nothing else.

    >>> names_a_sight("Trụ sở UBND xã Bình Lộc."), names_a_sight("Trụ sở mới được xây.")
    (True, False)
    """
    if len(text) <= 80 and (_SIGHT.fullmatch(text) or (text[-1] == "." and _COUNTRY.fullmatch(text) and not tells_news(text))):
        return True
    return len(text) <= 130 and _SCENE.fullmatch(text) is not None


def calls_for(text: str) -> bool:
    """Whether a line begins as the headings of plans and reports do.

    >>> calls_for("Nâng cao chất lượng"), calls_for("Bà con thu hoạch lúa")
    (True, False)
    """
    return _CALL.match(fold_line(text)) is not None


def is_long_and_unfinished(text: str) -> bool:
    """Whether a line is longer than headings are, one sentence without its end mark, and tells no news.

    >>> is_long_and_unfinished("Bà con xã vùng cao thu hoạch lúa nếp trên những thửa ruộng bậc thang vào một sáng đầu mùa")
    True
    """
    if not MAX_HEADING < len(text) <= MAX_UNFINISHED or not text[0].isupper() or ":" in text or ";" in text or text[-1] in ",?“":
        return False
    return is_unfinished(text) and not _STOP.search(text) and not tells_news(text) and not _CALL.match(fold_line(text))


def names_a_person(text: str) -> bool:
    """Whether a line begins with somebody's honorific or office and has a name in it.

    >>> names_a_person("Ông Bùi Văn An trao quà"), names_a_person("Trưởng thành từ cơ sở"), names_a_person("Nâng cao chất lượng")
    (True, False, False)
    """
    return _PERSON.match(fold_opening(text)) is not None and _NAME.search(text) is not None


def is_a_name(text: str) -> bool:
    """Whether a line is a person's name and nothing else.

    >>> is_a_name("Bùi Văn An"), is_a_name("Nâng cao")
    (True, False)
    """
    return _NAME.fullmatch(text) is not None


def introduces(text: str) -> bool:
    """Whether a line is a person's name and office and nothing else.

    >>> introduces("Ông Bùi Văn An, Giám đốc Sở Y tế."), introduces("Ông Bùi Văn An, 50 tuổi, rất vui.")
    (True, False)
    """
    return len(text) <= 140 and _INTRODUCED.fullmatch(fold_line(text)) is not None


def ends_with_a_name(text: str) -> bool:
    """Whether a person's name is the last thing in a line.

    >>> ends_with_a_name("Bí thư Huyện ủy Bùi Văn An."), ends_with_a_name("Ông Bùi Văn An trao quà.")
    (True, False)
    """
    return _NAME_LAST.search(text) is not None
