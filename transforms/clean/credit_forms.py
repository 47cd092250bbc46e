"""The forms of author and source lines as patterns: labels, names, ranks, offices and bodies."""

from __future__ import annotations

import re

from transforms.text import LOWER, UPPER

LABEL_WORD = (
    r"tin|bài(?:\s+viết)?|ảnh|hình(?:\s+ảnh)?|clip|video|đồ\s*họa|infographics?|thơ|nhạc|tư\s+liệu|(?:nhóm\s+)?tác\s+giả"
    r"|(?:trích\s+)?nguồn(?:\s+tin)?|thực\s+hiện|người\s+(?:viết|thực\s+hiện|đăng|đưa\s+tin|gửi)"
    r"|biên\s+(?:tập|soạn|dịch)|tổng\s+hợp|viết\s+bởi|đăng\s+bởi|nhóm\s+(?:pv|phóng\s+viên)|p\.?v|phóng\s+viên|c\.?t\.?v"
    r"|cộng\s+tác\s+viên|trình\s+bày|thiết\s+kế|dịch|t/?h(?=\s*:)|photo|text|source|by|author|theo"
)
LABELS = rf"(?:{LABEL_WORD})(?:(?:\s*(?:,|&|và|-|–|/|\+)\s*|\s+)(?:{LABEL_WORD})){{0,4}}"
LABEL = re.compile(rf"(?<!\w)(?P<label>{LABELS})\s*:\s*", re.IGNORECASE)
LABELLED = re.compile(
    rf"[\s(\[*_•–-]*{LABELS}\s*(?:\([^)\n]{{1,40}}\)\s*)?:",
    re.IGNORECASE,
)
SPOKEN = re.compile(r"\W*(?:p\.?v|phóng viên|hỏi|nhà báo)\s*:\s*(?:[^?!]{1,600}[?!]|(?:\S+ ){5})", re.IGNORECASE)
SPEAKER = re.compile(r"\W*(?:p\.?v|phóng viên|hỏi|nhà báo)\s*:\W*", re.IGNORECASE)
PICTURE_LABEL = re.compile(r"[\s(\[*_•–-]*(?:nguồn\s+)?(?:ảnh|hình|hình ảnh|clip|video|photo)\s*:", re.IGNORECASE)
SOURCE_LABEL = re.compile(r"nguồn|source", re.IGNORECASE)
THEO = re.compile(r"\(?\s*theo[:\s]\s*(?P<source>[^()]{2,80})\)?\.?", re.IGNORECASE)
BRACKET = re.compile(r"[(\[][^()\[\]]{0,100}[)\]]?")
TOGETHER = re.compile(
    r"[(\[]?\s*(?:tổng\s+hợp|t/h|th|lược\s+dịch|biên\s+dịch|st|sưu\s+tầm|ghi|thực\s+hiện)\s*[)\]]?\s*\Z",
    re.IGNORECASE,
)
# Hyphens part names, not the initials of a body (TT-TH, HĐND-UBND).
BETWEEN = re.compile(
    rf"\s+[-–—]\s*|\s*[-–—]\s+|[–—;,&+|/]|\s+và\s+|(?<=\w[{LOWER}])-(?=\w{{2}})"
    rf"|(?<=[{UPPER}]{{2}})-(?=[{UPPER}]{{2,8}} [{UPPER}]{{2}}|[{UPPER}][{LOWER}])"
)
ADDRESSED = re.compile(r"\W*(?:đ/c|đồng chí)\s*:?\s*", re.IGNORECASE)
RANK = re.compile(
    r"\A(?:(?:pv|ctv|btv|p\.v|nhóm\s+pv|phóng\s+viên|cộng\s+tác\s+viên|nhà\s+(?:báo|văn|thơ)|pgs|gs|ts|ths|th\.s|ts\.|bs"
    r"|(?:thiếu|trung|thượng|đại)\s+(?:úy|uý|tá|tướng)|tiến\s+sĩ|thạc\s+sĩ|nhạc\s+sĩ"
    r"|bác\s+sĩ|cn|ks|lm|luật\s+sư|ls|đ/c|đồng\s+chí|ông|bà|by|bởi|viết bởi|đăng bởi)\b\.?[\s:,/]*)+(?=[^\W\d_])",
    re.IGNORECASE,
)  # fmt: skip
STAFF = frozenset(
    (
        "pv", "p.v", "bbt", "ctv", "c.t.v", "nhóm p.v", "pv ctv", "bttt", "t h", "th", "t/h", "admin", "administrator",
        "super user", "quản trị", "quản trị viên",
        "ban biên tập", "nhóm pv", "nhóm phóng viên", "phóng viên", "cộng tác viên", "tổng hợp", "sưu tầm",
    )
)  # fmt: skip
BODY = re.compile(
    r"(?:báo|đài|tạp chí|ban|phòng|sở|bộ|cục|chi cục|tổng cục|trung tâm|cổng|hội|liên đoàn|ubnd|hđnd|ubmttq|mttq"
    r"|văn phòng|thông tấn|công ty|tập đoàn|chi bộ|website|vksnd|tand|bch|quân khu"
    r"|ủy ban|nguồn|theo|internet|học viện|đại học|bệnh viện|vp|ttxvn|công an|truyền thông|truyền hình|thông tin|tư liệu"
    r"|sưu tầm|cơ quan|đảng (?:ủy|bộ)|(?:tỉnh|thành|huyện|quận|thị) (?:ủy|đoàn|phố)|thị (?:xã|trấn)"
    r"|đoàn (?:tn|luật sư|đại biểu|thanh niên|tncs|xã|phường|đbqh)|trang (?:thông tin|tin)|(?:viện|khoa|tổ|vụ|quận|huyện|tỉnh|xã"
    r"|phường|tiểu đoàn|trung đoàn) [^\W\d_]+ "
    r"|trường (?:đại học|cao đẳng|trung cấp|thpt|thcs|tiểu học|chính trị|mầm non|sĩ quan|cán bộ|đh|cđ|th))(?![^\W\d_])",
    re.IGNORECASE,
)  # fmt: skip
SYLLABLE = rf"(?:[{UPPER}][{LOWER}’']{{1,7}}(?:[{UPPER}][{LOWER}]{{1,7}})?|[{UPPER}][{LOWER}]?)"
INITIALS = rf"(?:[{UPPER}][{LOWER}]?\.\s?){{1,4}}[{UPPER}]?[{LOWER}]{{0,7}}\.?|[{UPPER}]{{2,4}}"
# What stands after an author's name: an office, or a body by its initials.
OFFICE = re.compile(
    r"(?:(?:phó|quyền|nguyên)\s+)*(?:tổng\s+)?(?:giám đốc|chủ tịch|bí thư|trưởng|hiệu trưởng|hiệu phó|viện trưởng|cục trưởng"
    r"|chánh|thư ký|ủy viên|chuyên viên|cán bộ|giáo viên|gv|giảng viên|công chức|đội trưởng|đội phó|chỉ huy|chính trị viên"
    r"|chủ nhiệm|tổ trưởng|học viên|sinh viên|học sinh|đoàn viên|hội viên)(?![^\W\d_])",
    re.IGNORECASE,
)
INITIALS_OF_A_BODY = re.compile(
    rf"[{UPPER}]{{2,7}}(?:-[{UPPER}]{{2,7}})?"
    rf"(?: (?:[{UPPER}][{LOWER}]*|huyện|tỉnh|xã|phường|thị|trấn|thành|phố|quận|ủy|uỷ|đoàn|và)){{0,5}}"
)
HONORIFIC = re.compile(r"\W*(?:ông|bà|anh|chị|đồng chí|đ/c)\b", re.IGNORECASE)
# A body alone, as offices sign their reports.
UNIT = re.compile(
    r"(?:văn phòng|vp|phòng|ban|trung tâm|tt|đài|công an|đoàn (?:thanh niên|tn)|hội (?:phụ nữ|nông dân|cựu|lh|liên hiệp|chữ)"
    r"|liên đoàn|ubnd|hđnd|ubmttq|ủy ban|trường|trạm|chi cục|cục|sở|vksnd|tand|bch|bchqs|ban chqs|tổ truyền thông)\b"
    rf" ?(?:(?!(?:(?-i:tổ chức|họp|trao|tặng)|đã|sẽ|đang|và các|cùng|phối hợp|cho biết|được|phát biểu|thăm|ra mắt)\b)"
    rf"[{LOWER}{UPPER}\d&–-]+ ?){{1,10}}",
    re.IGNORECASE,
)
BARE_LABEL = re.compile(
    r"(?i:(?:tin|bài|ảnh)(?:(?:\s*[,&]\s*|\s+và\s+|\s+)(?:tin|bài|ảnh))*"
    rf"|(?:ghi chép|phóng sự|bút ký|ký sự|bài viết|bài|tin)(?: và ảnh)? của)\s+(?=[{UPPER}][{LOWER}]{{1,6}} [{UPPER}])"
)
INNER_LABEL = re.compile(rf"\s*[-–,;|/]\s*(?:{LABELS})\s*:\s*", re.IGNORECASE)
ABBREVIATED_SOURCE = re.compile(
    rf"(?P<source>[{UPPER}]{{3,8}}|[\w.-]{{2,30}}\.(?:vn|com)) (?P<name>[{UPPER}][{LOWER}]+(?: [{UPPER}][{LOWER}]+){{1,3}})"
)
NEWSROOM = re.compile(rf"[{UPPER}]{{2,8}} (?:Media|News|Online|TV)|(?:[{UPPER}][{LOWER}]+ ){{1,3}}(?:Media|News|Online|TV)")
NAME = re.compile(rf"(?:{SYLLABLE}(?:[ .]{{1,2}}{SYLLABLE}){{0,5}}|[{UPPER}]{{1,8}}(?: [{UPPER}]{{1,8}}){{1,5}}|{INITIALS})")
PUBLISHERS = "(?i:báo|tạp chí|đài|cổng|trang|bản tin|chuyên trang|website)"
PUBLISHER = re.compile(
    r"(?!.{1,40} (?:sẽ|đã|đang|vừa|tiếp tục|xin|mong|nhận được|có bài|đưa tin) )"
    rf"{PUBLISHERS}\s+"
    rf"(?:(?i:ttđt|tt-th|pt-th|ptth|thông tin|điện tử|tin|truyền|phát|tiếng|chuyên|của)\b|[{UPPER}“\"])[^.!?:;]{{0,60}}\Z"
)
AFTER = re.compile(rf"[Tt]heo [{UPPER}][^,.;:!?]{{1,60}}")
FROM = re.compile(
    r"\W{0,3}(?:nguồn(?: tin| bài)?|theo|source|link(?: gốc| bài)?)\s*:?\s*(?:[^:\s]{1,20}\s*:?\s*)?https?://\S+",
    re.IGNORECASE,
)
# After an author and the station: its regional office, and the words before a source on a line of its own.
_BRANCH = re.compile(
    r"(?P<kept>/\s*(?:VOV\d?|VTV\d?|VTC|TTXVN|SGGP)(?:\.VN)?)"
    r"(?:\s*[-–]\s*(?:Trung tâm [^-–/,;()]{2,30}?|[Mm]iền (?:Trung|Bắc|Nam|Tây|Đông)|Tây (?:Nguyên|Bắc)|Đông (?:Bắc|Nam Bộ)"
    r"|ĐBSCL|Đồng bằng sông Cửu Long|(?:TP\.? ?)?(?:HCM|Hồ Chí Minh|Hà Nội|Đà Nẵng|Cần Thơ|Hải Phòng)))?"
    r"(?:\s+(?:[Tt]heo|[Ll]ược dịch(?: từ)?|[Bb]iên dịch|[Cc]lip|[Tt]ổng hợp))?\s*\Z"
)
INITIALLED = re.compile(rf"(?:[{UPPER}]\.\s?){{1,2}}[{UPPER}][{LOWER}]{{1,6}}(?: [{UPPER}][{LOWER}]{{1,6}})?")
SECOND = re.compile(rf"[{UPPER}{LOWER}]+ (?!(?:và|theo) )[{LOWER}]+ [^()\[\]]*\Z")
WEB = re.compile(
    r"(?:www\.)?[a-z0-9-]{2,40}(?:\.[a-z0-9-]{2,30})?\.(?:vn|com|net|org|info|gov)(?:\.vn)?(?:/\S*)?",
    re.IGNORECASE,
)

# The end of a paragraph with what is glued to it: after a full stop, names and perhaps a source in brackets.
GLUED = re.compile(r"(?<=[.!?…”\"’)])\s+(?P<tail>[^.!?…]{1,90}(?:\.[^.!?…\s][^.!?…]{0,60}){0,3}\.?)\s*\Z")
# Without a full stop between: after a year, in capitals, or after a label.
UNSTOPPED = re.compile(
    rf"(?:(?<=\b(?:19|20)\d\d)\s(?P<name>[{UPPER}][{LOWER}]{{1,6}}(?: [{UPPER}][{LOWER}]{{1,6}}){{1,2}})"
    rf"|(?<=[{LOWER}]{{2}})\s(?P<capitals>[{UPPER}]{{2,7}}(?: [{UPPER}]{{2,7}}){{1,3}})"
    rf"|\s(?P<labelled>(?:Tin|Bài|Ảnh|Tác giả|Nguồn)[^.:]{{0,30}}: [^.:;!?]{{2,60}}))\s*\Z"
)
BY = re.compile(rf"\W*(?:(?:[Vv]iết|[Đđ]ăng) )?(?:[Bb]ởi|[Bb]y):? {NAME.pattern}")
BARRED = re.compile(r"\|(?P<author>[^|\n]{2,80})\|\s*https?://\S{1,1000}\s*\Z")
CUT_SHORT = re.compile(rf"(?:^|[\s(])(?:TP|Tp|TX|TT|Q|P|H|X|Đ|GS|PGS|TS|ThS|BS|[{UPPER}])\.\s*\Z")

# Outlets in the text: agency or site before the first sentence, and holders in copyright lines.
PREFIX = re.compile(
    rf"\s*(?:(?:(?:[{UPPER}][{LOWER}]{{1,7}} ){{1,4}})?[(\[](?P<inside>[^()\[\]\n]{{2,60}})[)\]]\s*(?P<dash>[-–—.:,]*)"
    rf"|(?P<bare>[{UPPER}][{UPPER}\d&/]{{1,9}}"
    rf"|[\w-]{{2,30}}\.(?i:vn|com|gov\.vn|com\.vn|org|net))\s*[-–—]+)\s*(?=[{UPPER}“\"‘'0-9])"
)
# A newspaper's name before the first sentence, to be looked up.
NAMED_PREFIX = re.compile(
    rf"\s*(?P<named>[{UPPER}][{LOWER}{UPPER}&+]*(?: [{LOWER}{UPPER}&+]+){{1,5}})\s*[-–—]+\s*(?=[{UPPER}“\"‘'0-9])"
)
HOLDER = re.compile(
    r"(?:©|\(c\)|copyright|bản quyền)[\s\d©,–-]*(?:copyright|bản quyền)?[\s\d©:,–-]*(?:by|thuộc\s+về|thuộc"
    r"|của)?\s*(?P<holder>[^.|©\n]{3,80}?)\s*(?:[.|]|all rights|\Z)",
    re.IGNORECASE,
)


def without_branch(text: str) -> str:
    """An author's line without the regional office of the station.

    >>> without_branch("Mai Lan/VOV-Tây Nguyên"), without_branch("Mai Lan/VOV.VN Theo"), without_branch("Mai Lan/VOV - Bùi An")
    ('Mai Lan/VOV', 'Mai Lan/VOV.VN', 'Mai Lan/VOV - Bùi An')
    """
    return _BRANCH.sub(r"\g<kept>", text, count=1) if "/" in text else text
