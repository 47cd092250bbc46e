"""Closed lists: every code that a column may hold, with its meaning. The long vocabularies have rooms of their own.

Source: the data contract; kinds of documents after Nghị định 30/2020/NĐ-CP and Quy định 66-QĐ/TW.
"""

from __future__ import annotations

from schemas.model import Code, CodeList


def _list(name: str, *rows: tuple[str, str, str]) -> CodeList:
    return CodeList(name, tuple(Code(*row) for row in rows))


BLOCK_ROLES = _list(
    "block role",
    ("title", "the headline", "tiêu đề"),
    ("lead", "the standfirst", "sapô"),
    ("heading", "a heading inside the article", "đề mục"),
    ("body", "a paragraph of the article", "thân bài"),
    ("caption", "a picture's caption", "chú thích ảnh"),
    ("byline", "author or source line", "tác giả, nguồn"),
    ("dateline", "date, time, view counters", "ngày giờ, lượt xem"),
    ("related", "other articles' headlines", "tin liên quan"),
    ("boilerplate", "navigation, copyright, notices, share bars", "phần khung trang"),
)
TEXT_ROLES = ("title", "lead", "heading", "body")

ENCODINGS = _list(
    "encoding",
    ("utf-8", "UTF-8", "UTF-8"),
    ("utf-16", "UTF-16", "UTF-16"),
    ("utf-32", "UTF-32", "UTF-32"),
    ("windows-1258", "Windows code page 1258", "Windows-1258"),
    ("tcvn3", "TCVN3 (ABC)", "TCVN3 (ABC)"),
    ("vni", "VNI-Windows", "VNI-Windows"),
    ("viscii", "VISCII", "VISCII"),
    ("vps", "VPS", "VPS"),
    ("viqr", "VIQR", "VIQR"),
    ("latin-1", "ISO 8859-1", "ISO 8859-1"),
)

REPAIRS = _list(
    "repair",
    ("nfc", "composed to NFC", "dựng sẵn (NFC)"),
    ("mojibake", "UTF-8 that had been read in another encoding", "sửa lỗi đọc sai bảng mã"),
    ("legacy_encoding", "converted from a legacy Vietnamese encoding", "chuyển từ bảng mã cũ"),
    ("mixed_encoding", "lines in different encodings", "nhiều bảng mã trong một văn bản"),
    ("wrong_charset", "the declared charset was not the true one", "khai sai bảng mã"),
    ("bad_bytes", "bytes that are no text were replaced", "thay byte hỏng"),
    ("bom", "byte order mark removed", "bỏ dấu thứ tự byte"),
    ("lookalikes", "letters that look Vietnamese but are not", "sửa chữ giống hình"),
    ("spacing_accents", "accents printed after their letter", "ghép dấu rời"),
    ("zero_width", "invisible characters removed", "bỏ ký tự vô hình"),
    ("control_chars", "control characters removed", "bỏ ký tự điều khiển"),
    ("private_use", "private-use bullets replaced", "thay ký tự riêng"),
    ("entities", "HTML entities resolved", "giải mã thực thể HTML"),
    ("truncated", "cut at the size limit", "cắt ở giới hạn kích thước"),
    ("markup", "markup that could not be parsed as usual", "sửa mã đánh dấu hỏng"),
)

MEDIA_TYPES = _list(
    "media type",
    ("text/plain", "plain text", "văn bản thuần"),
    ("text/html", "HTML page or fragment", "trang HTML"),
    ("text/markdown", "Markdown", "Markdown"),
)

PRECISIONS = _list("published precision", ("minute", "to the minute", "đến phút"), ("day", "to the day", "đến ngày"))
DATED_BY = _list(
    "dated by",
    ("printed", "the publication date printed on the page", "ngày đăng in trên trang"),
    ("event", "the day of the event reported", "ngày diễn ra sự kiện"),
    ("period", "a period that the text reports on", "kỳ báo cáo"),
)
CODE_SETS = _list(
    "code set",
    ("2024", "units in force before 2025-07-01", "đơn vị hành chính trước 01/7/2025"),
    ("2025", "units in force since 2025-07-01", "đơn vị hành chính từ 01/7/2025"),
)
PROVINCE_BY = _list(
    "province told by",
    ("title", "the headline", "tiêu đề"),
    ("place", "places named in the text", "địa danh"),
    ("body", "bodies named in the text", "cơ quan"),
    ("outlet", "the publisher", "cơ quan đăng"),
    ("source", "the configured source", "nguồn"),
)
LEVELS = _list(
    "level of a body",
    ("central", "central", "trung ương"),
    ("province", "province or centrally run city", "tỉnh, thành phố trực thuộc trung ương"),
    ("district", "district (until 2025-06-30)", "huyện, quận, thị xã, thành phố thuộc tỉnh"),
    ("commune", "commune, ward, township", "xã, phường, thị trấn"),
)
PLACE_LEVELS = _list(
    "level of a place",
    ("country", "country", "quốc gia"),
    ("province", "province or centrally run city", "tỉnh, thành phố trực thuộc trung ương"),
    ("district", "district (until 2025-06-30)", "huyện, quận, thị xã, thành phố thuộc tỉnh"),
    ("commune", "commune, ward, township", "xã, phường, thị trấn"),
)
ORGANISATION_KINDS = _list(
    "kind of body",
    ("party", "the Party as a whole, a party organisation", "tổ chức đảng (đảng bộ, chi bộ)"),
    ("party_committee", "party committee or its advisory body", "cấp ủy, cơ quan tham mưu của Đảng"),
    ("government", "government, people's committee, ministry, department", "chính phủ, UBND, bộ, sở, ngành"),
    ("people_council", "National Assembly, people's council", "Quốc hội, HĐND"),
    ("front_and_unions", "Fatherland Front, unions, associations", "MTTQ, đoàn thể, hội"),
    ("military_police", "army, police, border guard", "quân đội, công an, biên phòng"),
    ("court_procuracy", "court, procuracy", "tòa án, viện kiểm sát"),
    ("school", "school, university, training centre", "trường học, cơ sở đào tạo"),
    ("company", "company, bank", "doanh nghiệp, ngân hàng"),
    ("cooperative", "cooperative", "hợp tác xã"),
    ("media", "newspaper, station, portal", "cơ quan báo chí"),
    ("other", "any other body", "tổ chức khác"),
)
TENURES = _list(
    "tenure",
    ("current", "holds the office", "đương nhiệm"),
    ("former", "held it before", "nguyên, cựu"),
    ("acting", "holds it provisionally", "quyền, phụ trách"),
    ("appointed", "is given it in this text", "được bổ nhiệm, bầu"),
    ("left", "leaves it in this text", "thôi giữ chức, nghỉ hưu"),
)
DOCUMENT_KINDS = _list(
    "kind of official document",
    ("nghị quyết", "resolution", "nghị quyết"),
    ("chỉ thị", "directive", "chỉ thị"),
    ("kết luận", "conclusion", "kết luận"),
    ("quy định", "regulation", "quy định"),
    ("quyết định", "decision", "quyết định"),
    ("kế hoạch", "plan", "kế hoạch"),
    ("hướng dẫn", "guidance", "hướng dẫn"),
    ("chương trình", "programme", "chương trình"),
    ("đề án", "scheme", "đề án"),
    ("thông báo", "notice", "thông báo"),
    ("thông tư", "circular", "thông tư"),
    ("nghị định", "decree", "nghị định"),
    ("luật", "law", "luật"),
    ("pháp lệnh", "ordinance", "pháp lệnh"),
    ("công văn", "official letter", "công văn"),
    ("tờ trình", "submission", "tờ trình"),
    ("báo cáo", "report", "báo cáo"),
    ("hiến pháp", "constitution", "hiến pháp"),
    ("điều lệ", "charter", "điều lệ"),
)
RELATIONS = _list(
    "what the sentence does with the document",
    ("implements", "carries it out", "triển khai, thực hiện"),
    ("issues", "issues it", "ban hành"),
    ("reviews", "reviews its results", "sơ kết, tổng kết"),
    ("amends", "amends it", "sửa đổi, bổ sung"),
    ("replaces", "replaces it", "thay thế"),
    ("mentions", "only names it", "nhắc đến"),
)
DATE_GRAINS = _list(
    "grain of a date",
    ("time", "a time of day", "giờ, buổi có giờ"),
    ("day", "a day", "ngày"),
    ("month", "a month", "tháng"),
    ("quarter", "a quarter", "quý"),
    ("half_year", "half a year", "sáu tháng"),
    ("year", "a year", "năm"),
    ("range", "any other interval", "khoảng thời gian"),
)
QUALIFIERS = _list(
    "qualifier of a figure",
    ("exact", "as printed", "đúng"),
    ("about", "about", "khoảng, ước"),
    ("nearly", "somewhat less", "gần"),
    ("over", "somewhat more", "hơn, trên"),
    ("at_least", "at least", "ít nhất, từ … trở lên"),
    ("at_most", "at most", "tối đa, không quá"),
)
MEASURES = _list(
    "what a figure measures",
    ("amount", "an amount", "số lượng"),
    ("change", "a change against an earlier period", "mức tăng, giảm"),
    ("of_plan", "a share of the plan", "so với kế hoạch"),
    ("of_base", "a share of an earlier period's amount", "bằng … % so với cùng kỳ"),
    ("share", "a share of a whole", "tỷ lệ"),
)
DIRECTIONS = _list("direction", ("up", "rose", "tăng"), ("down", "fell", "giảm"))
FIGURE_STATUSES = _list(
    "status of a figure",
    ("actual", "reached", "thực hiện"),
    ("estimate", "estimated", "ước thực hiện"),
    ("target", "aimed at", "chỉ tiêu, phấn đấu"),
)
EVENT_KINDS = _list(
    "kind of event",
    ("sơ kết", "interim review", "sơ kết"),
    ("tổng kết", "final review", "tổng kết"),
    ("giao ban", "regular coordination meeting", "giao ban"),
    ("triển khai", "roll-out of tasks", "triển khai"),
    ("quán triệt", "instruction on party documents", "quán triệt"),
    ("tập huấn", "training", "tập huấn, bồi dưỡng"),
    ("hội thi", "contest", "hội thi, hội diễn"),
    ("hội thảo", "seminar", "hội thảo, tọa đàm"),
    ("ký kết", "signing", "ký kết"),
    ("kiểm tra", "inspection", "kiểm tra, giám sát"),
    ("tiếp xúc", "meeting with voters", "tiếp xúc cử tri, đối thoại"),
    ("gặp mặt", "reception", "gặp mặt, tiếp"),
    ("kỷ niệm", "anniversary", "kỷ niệm"),
    ("khen thưởng", "award", "khen thưởng, tôn vinh"),
    ("trao tặng", "giving", "trao tặng, ủng hộ"),
    ("bầu cử", "election", "bầu cử"),
    ("đại hội", "congress", "đại hội"),
    ("kỳ họp", "session", "kỳ họp"),
    ("khánh thành", "opening", "khánh thành, khởi công"),
    ("other", "any other event", "khác"),
)
PARTICIPANT_ROLES = _list(
    "role of a participant",
    ("organiser", "organised it", "đơn vị tổ chức"),
    ("chair", "chaired it", "chủ trì"),
    ("attendee", "attended", "dự"),
    ("speaker", "spoke", "phát biểu"),
    ("presenter", "gave a paper", "tham luận, báo cáo"),
    ("signatory", "signed", "ký"),
    ("donor", "gave", "trao, tài trợ"),
    ("recipient", "received", "nhận"),
)
STATEMENT_KINDS = _list(
    "kind of statement",
    ("result", "done or reached", "kết quả"),
    ("limitation", "what fell short", "hạn chế"),
    ("task", "to be done", "nhiệm vụ"),
    ("event", "that, when, where, by whom something was held or said", "sự kiện"),
    ("other", "anything else", "khác"),
)
DUPLICATE_METHODS = _list(
    "how a duplicate was found",
    ("exact", "same folded text", "trùng khớp"),
    ("minhash", "near, verified by true Jaccard similarity", "gần giống"),
)
RUN_STATUSES = _list(
    "status of a run",
    ("completed", "published a snapshot", "hoàn thành"),
    ("failed", "ended early", "thất bại"),
    ("blocked", "held back by a critical expectation", "bị chặn"),
    ("nothing_new", "found nothing new", "không có gì mới"),
)
STAGES = _list(
    "stage",
    ("ingest", "reading", "thu nhận"),
    ("clean", "cleaning", "làm sạch"),
    ("extract", "extraction", "trích xuất"),
    ("validate", "validation", "kiểm định"),
)
QUARANTINE_STATUSES = _list(
    "status of a quarantined item",
    ("open", "waits", "đang chờ"),
    ("replayed", "passed after a replay", "đã xử lý lại"),
    ("dropped", "given up, with a reason", "đã loại"),
)
SEVERITIES = _list(
    "severity",
    ("critical", "blocks publishing", "nghiêm trọng"),
    ("warning", "worth a look", "cảnh báo"),
    ("info", "for information", "thông tin"),
)
REASONS = _list(
    "reason for quarantine",
    ("unreadable", "the file can't be read", "không đọc được tệp"),
    ("truncated", "the compressed file is cut short", "tệp nén bị cắt"),
    ("bad_record", "a record that can't be parsed or has no text", "bản ghi hỏng"),
    ("too_large", "larger than the limit for one document", "quá lớn"),
    ("empty", "no visible character", "rỗng"),
    ("binary", "not a text", "không phải văn bản"),
    ("undecodable", "no encoding fits", "không giải mã được"),
    ("ambiguous_encoding", "several encodings fit and give different texts", "không rõ bảng mã"),
    ("no_text", "no article text was found", "không có nội dung"),
    ("crash", "the code failed on this document", "lỗi xử lý"),
    ("type", "a value of the wrong type", "sai kiểu"),
    ("missing", "a required value is missing", "thiếu giá trị"),
    ("code", "a value outside the closed list", "ngoài danh mục"),
    ("range", "a value outside its bounds", "ngoài khoảng"),
    ("pattern", "a value of the wrong form", "sai dạng"),
    ("order", "an interval that ends before it begins", "khoảng thời gian ngược"),
    ("key", "a key that occurs twice", "trùng khóa"),
    ("reference", "refers to a row that is not there", "tham chiếu mồ côi"),
    ("span", "does not stand in the text where it says", "sai vị trí"),
    ("spelling", "a canonical value that is not in canonical spelling", "sai chính tả chuẩn"),
)
