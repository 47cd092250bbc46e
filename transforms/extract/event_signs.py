"""What in a sentence speaks for or against a gathering that it names: verbs, days, plans, and where its name ends."""

from __future__ import annotations

import re

ORGANISED = re.compile(
    r"(?:tổ chức|khai mạc|bế mạc|khai giảng|bế giảng|"
    r"chủ trì|chủ tọa|đăng cai|diễn ra|tiến hành|phối hợp mở|mở|họp|có|đã làm)\s(?:thành công\s"
    r"|trọng thể\s|các\s|một số\s)?"
    r"(?:\w+\s){0,2}$"
)
ATTENDED = re.compile(
    r"(?:dự|phát biểu tại|tại|kết luận|chỉ đạo|khai mạc|phát biểu khai mạc|tham gia|trong khuôn khổ|chứng kiến)\s(?:các\s)?$"
)
FUTURE = re.compile(
    r"(?:\bsẽ\b|dự kiến|dự định|chuẩn bị|tiến tới|hướng tới|chào mừng|kế hoạch|phục vụ|sắp"
    r"|đề xuất|chủ trương|việc tổ chức|hủy|hoãn|dừng|tạm ngừng)\b[^.;,]{0,25}$"
)
OTHER_ONE = re.compile(
    r"\s?(?:này\s)?(?:tiếp theo|sau đó|sắp tới|tới đây|lần trước|lần sau|trước đó|hằng năm|hàng năm|trung ương \d)\b"
)
ANNIVERSARY = re.compile(
    r"(?:thành lập|sinh|kỷ niệm|kỉ niệm|năm ngày|nhân ngày|truyền thống|ban hành|trước|chậm nhất)\W{0,3}(?:ngày\W{0,3})?$"
    r"|\(\d\d?[/.-]\d\d?[/.-]\d{4}\s?[-–/]\s?$"  # "(19/5/1890 - 19/5/2017)"
)
GIFT = re.compile(r"\s(?:[^\s,.;]+\s){0,4}(?:quà|học bổng|nhà|xe|kinh phí|đồng|máy|bò|gạo)\b")
QUOTED = re.compile(r"\s(?:“[^“”\n]{3,240}”|\"[^\"\n]{3,240}\")")
PLANNED = re.compile(
    r"[^.;]{0,30}\b(?:sẽ|dự kiến|sắp|lẽ ra|không)\b"
    r"|[^.;,]{0,150}\bsẽ (?:chính thức |long trọng )?(?:được tổ chức|diễn ra|khai mạc)\b"
)
# Before an act: somebody is told to do it.
ORDERED = re.compile(
    r"(?:(?<!ban )chỉ đạo|yêu cầu|đề nghị|kiến nghị|(?<!ngoại )(?<!bàn )\bgiao(?! ban| thông| dịch| lưu| ước))\s[^,.;:]{2,90}$"
)
# What opens a sentence on something else that happened, beside what the article is about.
BESIDES = re.compile(
    r"[\s\"“(]{0,2}(?:trước đó|cũng trong (?:ngày|sáng)|(?:vẫn )?còn nhớ|liên quan (?:đến|tới)|trước đây|năm ngoái)\b"
)
# Somebody is asked to hold it: "đề nghị ủy ban dừng thi công, đồng thời tổ chức".
ASKED = re.compile(
    r"(?:đề nghị|yêu cầu|kiến nghị|\bgiao)\s[^.;:]{2,140}?(?:đồng thời|khẩn trương|sớm|sẽ|cần|phải)\s(?:\w+\s)?(?:tổ chức|mở)\s$"
)
CITED = re.compile(
    r"(?:nghị quyết|văn kiện|tinh thần|chủ trương|kết luận của|quyết định của|chỉ thị|biên bản|theo|nhiệm kỳ|trình|các|những"
    r"|nhiều|mỗi|từng|\d)\s(?:của\s)?$"
)
# A paper that tells what was concluded at a meeting: the paper is the news.
TOLD_BY_PAPER = re.compile(r"\b(?:thông báo|công văn|văn bản)\b[^.;]{0,160}\btại\s$")
PAPER_REACH = 180  # characters: no match of it is longer
DAY_FIRST = re.compile(r"[\s\"“(]{0,3}(?:vào\s)?(?:sáng|trưa|chiều|tối|ngày)\s[^,.;]{0,40}\d")
TODAY_FIRST = re.compile(r"[\s\"“(]{0,3}(?:sáng|trưa|chiều|tối|hôm)\s(?:nay|qua)\b")
# The day of the report right after a name, "buổi làm việc sáng nay (6.2)"; a day after the verb of a long one.
DAY_AFTER = re.compile(r"\s(?:vào\s)?(?:sáng|trưa|chiều|tối|hôm)\s(?:nay|qua)\b")
WITH_DAY = re.compile(r"\s(?:vào\s)?(?:sáng|trưa|chiều|tối|ngày|hôm)\s(?:nay\b|qua\b|ngày\s)?[^,.;]{0,4}\d")
HELD_ON = re.compile(r"(?:diễn ra|tổ chức|khai mạc)(?:\svào)?\s$")
# "triển khai quyết định về công tác cán bộ" appoints somebody.
APPOINTS = re.compile(r"quyết định\b.{0,80}\b(?:phân công|cán bộ|nhân sự|bổ nhiệm|điều động|luân chuyển|chuẩn y)\b")
NOT_HELD = re.compile(r"(?:ngày|nghi|dịp|ban|đoàn|trung tâm|khu|hội trường|thành viên|quy chế|công tác|nhà|phòng)\s$")
# "Công ty X, đơn vị tổ chức Lễ hội": who holds it is told, not that it is held.
BY_TRADE = re.compile(
    r"(?:đơn vị|ban|nhà|bên|đồng hành|kinh phí|phương án|kịch bản|cách thức|ngày|thời gian|địa điểm)"
    r"\s(?:đồng\s)?(?:tổ chức|diễn ra)\s$"
)
# "nhân dịp đang diễn ra kỳ họp", "gửi tới kỳ họp": something else happened then.
BESIDE = re.compile(r"(?:nhân dịp|dịp|trước|sau|gửi đến|gửi tới|đến|tới|trước thềm)\s(?:đang\s)?(?:diễn ra\s)?$")
CALLED_OFF = re.compile(r"\b(?:hủy|hoãn|tạm dừng|dừng|sắp diễn ra|sắp tổ chức|sẵn sàng cho|chuẩn bị)\b")
# What was rolled out is looked at: "rà soát tiến độ và kết quả triển khai …".
LOOKED_AT = re.compile(r"(?:kết quả|tình hình|tiến độ|quá trình|thực trạng|việc)\s$")
# An act told after what cuts a name short: "hội nghị theo hình thức trực tuyến ở 63 điểm cầu, sơ kết một năm …".
LATER_ACTS = ("sơ kết", "tổng kết", "quán triệt")
LATER_ACT = re.compile(
    r"(?:[^,;.“”]{0,110}?(?:,\s|\s(?:nhằm|để)\s|(?<!báo cáo)(?<!việc)(?<!nội dung)\s)"
    r"|(?:\s\([^()]{1,20}\))?(?:,\s(?:khóa|khoá|nhiệm kỳ)\s[^,;.“”]{1,14}){1,2}\s(?:nhằm|để)\s)(sơ kết|tổng kết|quán triệt)\b"
)
OPENINGS = ("lễ khai mạc", "lễ bế mạc", "lễ khai giảng", "lễ bế giảng")
PRESS = ("họp báo", "buổi họp báo", "cuộc họp báo", "họp báo công bố")
LISTED = re.compile(r"(?:,|\svà)?\s[^.;:()]*?(?:,\s|\svà\s|\sgiới thiệu\s)?")
PERSONS = re.compile(
    r"\s(?:(?:\d+|hai|ba|các|những|nhiều|một số)\s)?(?:cô giáo|giáo viên|đối tượng|chủ nhóm|chủ nhà|chủ cơ sở|người|gia đình"
    r"|nhân chứng|lái xe|tài xế|nghi phạm|phụ huynh|cháu|học sinh|ông|bà|anh|chị)\b"
)
# What is made public at a gathering; prices, plans and products are not.
MADE_PUBLIC = {
    "công bố": re.compile(
        r"\s(?:[^\s,.;]+\s){0,3}?(?:quyết định|kết luận|kết quả|nghị quyết|lệnh|chương trình|danh sách|quy hoạch|bộ máy)\b"
    ),
    "ra mắt": re.compile(
        r"\s(?:[^\s,.;]+\s){0,2}?(?:ban|câu lạc bộ|hội|chi hội|mô hình|trung tâm|chương trình|sách|cuốn|đội|tổ|quỹ|cổng|trang)\b"
    ),
}
MEANWHILE = re.compile(r"\b(?:trong khi|trong lúc|trực|kế|gián|nối)\s(?:đang\s|đi\s)?$")
ASSEMBLY = re.compile(
    r"\s(?:đồng(?!\s(?:cổ đông|nhân dân))|(?:đại biểu )?nhân dân|đại biểu nhân dân)\b"
)  # bodies, not gatherings
# "Ngày 6/2, bộ cho biết, mới đây … đã họp": the day on which it was told.
SAID_THEN = re.compile(r"\b(?:cho biết|cho hay|phát đi thông tin|thông tin cho biết)\b(?!\s(?:tại|trong))")
SAID_REACH = 24  # characters: no match of it is longer
HELD_AFTER = re.compile(r"[^.;]{0,60}?\b(?:diễn ra|được tổ chức|khai mạc|bế mạc|đã thành công|do [^.;,]{3,60}? tổ chức)")
PERFORMED = re.compile(
    r"(?:đã|vừa|phối hợp|tổ chức|tiến hành|đến|có buổi|có cuộc|cùng đoàn|dẫn đầu|trực tiếp|long trọng|họp|chủ trì|đi|buổi"
    r"|tới)\s(?:\w+\s){0,2}$"
)
# Where a name ends: at stops, brackets, at words that tell when, where, by whom, what for; at a comma unless the name goes on.
NAME_END = re.compile(
    r"""(?<!\btp)(?<!\bq)\.|[;:!?\n(“"”]
    |\s[-–]\s(?!\d|xã\ hội|an\ ninh|lịch\ sử|văn\ hóa|du\ lịch|liệt\ sĩ|pháp\ luật)
    |,(?!\s(?:triển|phương|nhiệm\ vụ|quán|đánh|bàn|sơ\ kết|tổng\ kết|giai\ đoạn|nhiệm\ kỳ|khóa|khoá|lần\ thứ|tuyên|biểu|học
    |kế\ hoạch|tôn|khen
        |trao|ký\ kết|tham\ mưu|thực\ hiện|phòng|chống|quý|tháng|năm|công\ tác|đợt|đấu|truyền|6\ tháng|\d+\ tháng|và\s|ban\b
        |ngành|quận|huyện|thành\ phố|rút\ kinh\ nghiệm|địa\ phương|đơn\ vị|giám\ sát|\w+\ \w+,))
    |\s(?:sáng|chiều|tối|ngày)\s\d
    |\s(?:sáng|trưa|chiều|tối|lúc)\s(?:nay|qua|cùng|\d)
    |(?<!tồn)\stại\s
    |\s(?:do|với\ sự|nhằm|để|đã|vừa|diễn\ ra|được|vào|đối\ với|cho\ biết|nhân\ dịp|nhân\ kỷ\ niệm|thu\ hút|có\ sự|có(?!\ công)|còn
        |cũng|này
    |từ\ ngày|chủ\ trì|dưới\ sự|sẽ
        |bằng\ hình\ thức|theo\ hình\ thức|theo\ quy\ định|trên\ địa\ bàn|kết\ hợp|nói|phát\ biểu|trong\ đó|là|mà|dự\ kiến
        |thành\ công|chính\ thức|khai\ mạc|bế\ mạc)\s
    |$""",
    re.VERBOSE,
)
# Nouns for what recurs or is talked about as often as it is held: they need a day and somebody who holds it.
LOOSE = frozenset(
    ["lễ hội", "cuộc", "ngày hội", "triển lãm", "festival", "liên hoan", "diễn tập", "hội nghị thượng đỉnh",
     "cuộc thi", "tuần lễ", "hội chợ", "hội xuân", "đại lễ", "diễn đàn", "cuộc gặp", "chuyến thăm", "chương trình"]
)  # fmt: skip
REACH = 240
