"""Whether a figure is a change or an amount, and whether it was reached, is reckoned or aimed at: told by the words before it."""

from __future__ import annotations

import re

from transforms.extract.counted import Counted
from transforms.text import holds_any

_FILL = (
    r"(?: (?:thêm|lần lượt|giá đề xuất|giá niêm yết|giá|vọt|tiếp|nhanh|đáng kể|bình quân|khoảng|gần|hơn|trên|tới|được|ước"
    r"|trung bình|đột ngột|bất ngờ|giá vàng(?: miếng| quốc tế| thế giới| trong nước)?(?: sjc)?(?: bán lẻ)?|giá bán"
    r"|giá mua|đều|khá|mạnh|nhẹ"
    r"|so với cùng kỳ|mới|năm (?:\d{4}|trước|ngoái)))*"
)
_LEVEL = r"(?P<level> (?:lên|lên tới|lên đến|còn|xuống còn|xuống|từ))?"
_MORE_BY = re.compile(r"(?<!\w)(?:(?:cao|nhiều|lớn|thấp|ít|nhỏ) hơn|thêm) từ ?$")  # a difference, not a level
_UP = re.compile(
    rf"(?<!\w)(?:tăng trưởng(?: đạt| bình quân| kinh tế| ước đạt)*|tăng|(?<!độ )(?<!chiều )cao hơn|nhiều hơn|lớn hơn|đắt hơn"
    rf"|(?:sâu|cao|dài|rộng|nặng|đắt|mở rộng) thêm)"
    rf"{_FILL}{_LEVEL}{_FILL} ?$"
)
_DOWN = re.compile(
    rf"(?<!\w)(?:giảm|thấp hơn|hụt|ít hơn|nhỏ hơn|rẻ hơn|(?:mất|rớt|trượt|sụt|tụt) giá"
    rf"|(?:(?<!mua )(?<!bán )vàng|cổ phiếu|index|chỉ số) mất(?= ?\Z)|(?:tụt(?: mất)?|bớt)(?= ?\Z)|sụt mất(?= ?\Z)|rớt(?= ?\Z))"
    rf"{_FILL}{_LEVEL}{_FILL} ?$"
)
# What tells of a rise or a fall, so that most words before a figure need not be searched.
_RISING, _FALLING = ("tăng", "hơn", "thêm"), ("giảm", "hơn", "hụt", "giá", "tụt", "sụt", "rớt", "bớt", " mất")
# What rises or falls stands between: "giảm giá vé tới 200.000 đồng", "tăng lượng trái phiếu thêm 5 tỷ đồng".
_OBJECT = re.compile(
    r"(?<!\w)(?:(?P<up>tăng(?! cường| áp| tốc| lên| từ))|(?P<down>giảm(?! xuống| còn| từ)))"
    r"(?: (?!lên|xuống|còn|từ|và|để|với|đạt|có|cho)[^\W\d]+){1,5} (?:tới|thêm)(?: hơn| gần| khoảng| trên)? ?$"
)
# Without a word between: where it is told what does so ("làm tăng giá thanh toán 35.000 đồng"), and shares ("giảm chi phí 20 %").
_OBJECT_ONLY = re.compile(
    r"(?<!\w)(?P<by>(?:làm|giúp|khiến) )?(?:(?P<up>tăng(?! cường| áp| tốc| lên| từ| trưởng))|(?P<down>giảm(?! xuống| còn| từ)))"
    r"(?: (?!lên|xuống|còn|từ|và|để|với|đạt|có|cho|là|chiếm|bằng|thì|khi|của|sau|trong|đến|tới|ở|vào|mức|gấp"
    r"|tăng|giảm)[^\W\d]+){1,5}"
    r"(?: hơn| gần| khoảng| trên)? ?$"
)
# By how much each of a list was moved: "; giảm chi quản lý là 35 tỷ đồng", "giảm kinh phí lên tới 162 tỷ đồng".
_OBJECT_IS = re.compile(
    r"(?:\A|[;,–-] |: |(?<!\w)và )(?:(?P<up>tăng(?! cường| áp| tốc| lên| từ| trưởng))|giảm(?! xuống| còn| từ))"
    r"(?: (?!lên|xuống|còn|từ|và|để|với|đạt|có|cho|là|chiếm|bằng|thì|khi|của|sau|trong|đến|tới|ở|vào|mức|gấp|nhất|mạnh|cao"
    r"|nhiều|so|hơn)[^\W\d]+){1,8} là(?: hơn| gần| khoảng| trên)? ?$"
)
_AT_WORST = re.compile(r"(?<!\w)(?:(?P<up>tăng lên)|giảm xuống) (?:thấp|cao|sâu|mạnh) nhất (?:tới|đến)(?: hơn| gần| khoảng)? ?$")
_OF_EACH = re.compile(r" (?:(?:về|số) [^.;,()\d]{1,40}(?:,| và) |[^\W\d]+(?: [^\W\d]+){0,2} và )")
_OVER_PLAN = re.compile(rf"(?<!\w)vượt{_FILL} ?$")
_OF_PLAN = re.compile(
    r",? (?:so với |của |vượt )?(?:tổng )?(?:số )?(?:kế hoạch|chỉ tiêu|dự toán|nghị quyết|mục tiêu|kh|nq)(?!\w)"
)
_OF_BASE = re.compile(
    r"(?:[^.;,]|,\d){0,20}?(?<!\w)(?:cùng kỳ|năm trước|tháng trước|quý trước|năm ngoái|so với (?:năm|tháng|quý) \d+)"
    r"(?!\w)"
)
_EQUALS = re.compile(r"(?<!\w)(?:bằng|đạt)(?: tỷ lệ| tỉ lệ)?(?: khoảng| gần| hơn| trên)? ?$")
_SHARE = re.compile(r"(?<!\w)(?:chiếm|tỷ lệ|tỉ lệ)[^.;,]{0,40}$")
_TALL = 80  # centimetres from which a height is somebody's, not a difference
_STOPPED = re.compile(r"[;,.](?!\d)")
_OF_WHOLE = re.compile(
    r" (?:tổng|số|các|cán|đảng|hộ|dân|học|người|thôn|xã|đại|ý|cử|trẻ|diện|đơn|chi|lao|doanh|giáo|nhà|hồ|trường)(?!\w)"
)
_TARGET = re.compile(
    r"(?<!\w)(?:phấn đấu|(?<!\d )(?<!diệt )(?<!tìm )(?<!bắn )(?<!đạt được )(?<!xấp xỉ )(?<!đạt )"
    r"mục tiêu(?! (?:này|đó|trên|ấy)(?!\w))|"
    r"(?<!\d )(?<!về )(?<!vượt )(?<!đạt )(?<!thành )(?<!đạt được )(?<!xấp xỉ )chỉ tiêu|"
    r"dự kiến(?! giữa)|sẽ|đến năm 20\d\d|kế hoạch|được giao(?! dịch)|cần|phải|nếu|để)(?!\w)"
)
# What all of these hold: most clauses have none of it, which is sooner told than searched for.
_AIMING = ("sẽ", "để", "cần", "phải", "nếu", "dự kiến", "tiêu", "phấn đấu", "kế hoạch", "năm 20", "được giao")
# What is merely thought of. "nếu" and "giả sử" govern the clause behind them, too.
_THOUGHT = ("đồn đoán", "được đồn", "tin đồn", "ý định", "đề xuất", "nếu", "giả sử", "một khi", "có thể", "muốn", "dự báo",
            "dự đoán", "kỳ vọng", "phạt", "khả năng", " quyền ", "phép",
            "dự trù", "dự tính", "chuẩn bị ", "yêu cầu ", "sẽ", "sắp", "nên ", "hãy ", "lẽ ra", "đáng lẽ")  # fmt: skip
_SUPPOSED = re.compile(r"(?<!\w)(?:nếu|giả sử|một khi|lẽ ra|đáng lẽ)(?!\w)")
_POSSIBLE = re.compile(
    r"(?<!\w)(?:có thể(?! (?:thấy|nói|khẳng định|kể|coi|gọi|nhận thấy))|"
    r"(?:có|từng) ý định|(?<!giá )đề xuất|đồn đoán|được đồn|tin đồn|muốn|dự báo|dự đoán|kỳ vọng"
    r"|(?<!mức )(?<!giới hạn )(?<!đa )cho phép(?! của)|có khả năng|khả năng (?:nâng|mở|chứa|đến)"
    r"|dự trù|dự tính|(?<!đã )chuẩn bị (?:phóng|khởi công|đầu tư|xây|mở|ra mắt|triển khai|đưa|phát hành|khai trương)"
    r"|yêu cầu [^,;.]{1,60}? (?:trả lại|hoàn trả|bồi thường|đền bù|nộp lại)"
    r"|mức phạt|khung (?:xử |hình )?phạt|phạt tiền (?:từ|đến|tới)|bị phạt (?:từ|đến|tới)"
    r"|(?:có|được|đủ) quyền|được phép|"
    r"sẽ (?:tự )?(?:bị|phải|gây|mất|khiến|chịu|lỗ|thiệt"
    r"|hủy|phá|làm (?:mất|giảm|hại|suy)|đe dọa)"
    r"|sắp(?! xếp| tới)|nên (?:tăng|giảm|dùng|uống|ăn|có|đạt|chọn|mua"
    r"|rút|chú ý|tập|thực hiện|duy trì|giữ|bổ sung|sử dụng|nghiên cứu|đầu tư|quan tâm)|hãy)(?!\w)"
)
_DEMANDED = ("phải có ", "phải đạt ", "phải đáp ứng ", "phải bảo đảm ", "phải đảm bảo ", "yêu cầu ", "đề nghị ")
_AIMED = ("phấn đấu", "đặt chỉ tiêu", "đặt mục tiêu", "đề ra chỉ tiêu", "đề ra mục tiêu", "đặt ra mục tiêu", "đặt ra chỉ tiêu",
          "đề ra các chỉ tiêu", "đề ra các mục tiêu", "đặt ra các chỉ tiêu", "đặt ra các mục tiêu")  # fmt: skip
# Whose plan it is, told in an item of the list before: "xây dựng kế hoạch sản xuất tăng 19 %; tiêu thụ tăng 30 %".
_PLAN = re.compile(r"(?<!đã )(?<!\w)(?:đặt|đề ra|xây dựng|lên) kế hoạch (?:sản xuất|kinh doanh|doanh thu|lợi nhuận)(?!\w)")
# What must be where, or whoever has it: a rule's condition.
_WHERE = re.compile(r"(?<!\w)đối với(?: [^\W\d]+){1,4} có (?:từ |dưới |trên |hơn )?\Z")
_WEATHER = frozenset(["độ", "độ C"])
_MEASURED = ("đo được", "ghi nhận", "đã ")
_REACHED = ("đã ", "năm qua", "kết quả", "đến nay", "hiện ")
_MODAL = re.compile(r"(?<!\w)(?:phải|cần|sẽ|yêu cầu|đề nghị|phấn đấu"
    r"|(?<!\d )(?<!xấp xỉ )(?<!đạt )(?<!đạt được )(?<!vượt )mục tiêu|dự kiến|kế hoạch|để|nhằm)(?!\w)")
# After "sẽ": what will be so, or what a thing will have or cost, which nobody aims at.
_FORESEEN = re.compile(
    r" (?:(?:chỉ |còn |được |phải )?(?:nhận|học tập|diễn ra|là (?:xe|mẫu|chiếc|phiên bản)"
    r"|có (?:sự|giá|mức giá|màn hình|dung lượng|phiên bản)|trở thành|thay đổi"
    r"|thể hiện|trang bị|tìm thấy|thấy|mua|bán|vượt|cao hơn|thấp hơn|"
    r"cung cấp|tiêu thụ|đi kèm|có tới|có đến|"
    r"cạnh tranh|đối đầu|gặp|thi|sử dụng|dùng|không|chia|để lại|trả|hợp tác|công bố|cần|chạy|ở mức|sở hữu|mang|tốn|mất))"
    r"(?!\w)|(?<!\w)(?:giá|phiên bản|mẫu|màn hình|tùy chọn|thiết kế|trong khi|nhờ|như|vì|do|mỗi|mã|kỷ lục|tùy)(?!\w)"
)
# What somebody does on purpose: only that makes "sẽ" an aim; all else that will be is foreseen.
_INTENDED = re.compile(
    r" (?:(?:chỉ|tiếp tục|tiến hành|bắt đầu|chính thức|cùng lúc|cùng|còn|sớm|trực tiếp|tập trung|được|phối hợp|hướng tới|chủ động"
    r"|ưu tiên|từng bước|cố gắng|quyết tâm) )*"
    r"(?:thực hiện|triển khai|đầu tư|vận động|xem xét|thông qua|mở|mở rộng|sản xuất|chi|nâng|kiểm tra|thanh tra|thanh, kiểm tra"
    r"|giám sát|khởi công|xây|thuê|bổ sung|viện trợ|xử lý|thoái|thoái vốn|tuyển|đào tạo|cổ phần hóa|hoàn thành|huy động|trao|tặng"
    r"|trồng|vay|tổ chức|gửi|trưng bày|cấp|phát hành|đón|thu hút|bố trí|dành|hỗ trợ|thành lập|cắt giảm|tinh giản|giải quyết"
    r"|giải ngân|kéo dài|buộc thôi|giúp đỡ|tăng thêm|thu hẹp|nộp|phấn đấu|lắp đặt|lắp|áp dụng|rà soát|sắp xếp|tinh gọn"
    r"|thu hồi|di dời|cải tạo|cung ứng|kết nạp|ký|ban hành|đưa vào|đưa thêm|đầu tư xây|giảm biên|sáp nhập)(?!\w)"
)
_IN_FACT = ("mới đạt", "đến nay là ", "đến nay đạt ", "đến nay có ", "số thực tế", "thực tế đạt",
            "thực tế là", "thực tế chỉ", "thực tế,")
_AIM = frozenset(["phấn đấu", "mục tiêu", "chỉ tiêu", "đặt ra", "đề ra", "dự kiến", "sẽ", "được giao"])
_WEAK_AIM = ("sẽ", "dự kiến", "chỉ tiêu")  # only close before the figure
_CLOSE = 40
_CONSISTS = re.compile(r"[^\d]*, (?:bao )?gồm \Z")  # nơi đây sẽ đào tạo theo chuẩn, gồm 6 đặc trưng
_DONE = re.compile(
    r"(?<!\w)(?:đã|đạt|có(?! thể| nơi| lúc| khi| chiều| kích thước| công suất| trọng lượng| quy mô"
    r"| tổng mức| tổng vốn| vốn đầu tư| tổng đầu tư| dung tích| sức chứa"
    r"| tốc độ| tầm| động cơ)|mở được|tổ chức|hoàn thành|kết nạp|tiếp nhận|xử lý|phát hiện|thu hút|giải quyết|chiếm|"
    r"tăng|giảm|thực hiện(?! đều)|cấp được)(?!\w)"
)
_PROMISED = re.compile(r"(?<!vốn )(?<!fdi )(?<!các )(?<!với )(?<!theo )(?<!từ )(?<!\w)cam kết(?! vào)(?!\w)(?!.* đã )")
_COMING = (" sẽ ", " dự kiến ", " được dự kiến", " được dự tính", " sắp ", " được đề xuất", " đang được đề xuất", " muốn ",
           " từ nay đến", " từ nay tới")  # fmt: skip
_ESTIMATE = re.compile(
    r"(?<!\w)(?<!công )(?<!hiệp )(?<!mơ )(?<!quy )(?<!khế )(?<!điều )(?<!giao )(?<!mong )(?<!ao )"
    r"ước(?! (?:mơ|muốn|vọng|nguyện|lệ|gì|ao|mong))(?!\w)"
)
# ước tính họ ấy có khoảng 90 người; ước giá trị sản xuất cả năm đạt 40 tỷ đồng
_RECKONED = re.compile(
    rf"{_ESTIMATE.pattern} [^,.;:()\n]{{1,70}} (?:có|đạt|tăng|giảm|còn|chiếm|bằng)(?: thêm)? (?:khoảng |hơn |gần |trên )?\Z"
)
# What somebody is asked to do: "yêu cầu sở xử lý nghiêm 3 cán bộ", but "theo yêu cầu, đơn vị xử lý …", "đã đề nghị …".
_ASKING = ("yêu cầu ", "đề nghị ", "kêu gọi ", "mong ", "khuyến cáo ")


def measured(found: Counted, lead: str, after: str, qualifier: str, ranged: bool) -> tuple[str | None, str | None]:
    """(measure, direction): ``tăng 12 %`` is a change, ``tăng lên 300 hộ`` an amount that rose."""
    if found.kind != "share" and qualifier.startswith(("ước đạt", "ước thu", "ước thực hiện")):
        return "amount", None  # tiền thuê đất được giảm ước đạt gần 13.000 tỷ đồng
    for signs, pattern, direction in ((_RISING, _UP, "up"), (_FALLING, _DOWN, "down")):
        match = pattern.search(lead) if holds_any(lead, signs) else None
        if match is not None and match[0].startswith(("nhỏ hơn", "lớn hơn")) and _is_limit(found, after):
            match = None
        if match is not None:
            level = match["level"] and not _MORE_BY.search(lead)
            level = level and not (ranged and match["level"] == " từ")  # giảm từ 3-5 triệu đồng: by so much
            return ("amount" if found.kind != "share" else None) if level else "change", direction
    moved = _OBJECT.search(lead) if holds_any(lead, (" tới ", " thêm ")) else None
    if moved is None and after.startswith(" so với") and " nhất " in lead:
        moved = _AT_WORST.search(lead)
    if moved is None and found.kind in ("money", "share") and " là " in lead and holds_any(lead, ("tăng ", "giảm ")):
        by_so_much = _OBJECT_IS.search(lead)
        if by_so_much is not None:
            return "change", "up" if by_so_much["up"] else "down"
    if moved is None and holds_any(lead, ("tăng ", "giảm ")):
        moved = _OBJECT_ONLY.search(lead)
        moved = moved if moved is not None and (found.kind == "share" or moved["by"]) else None
    if moved is not None:
        return "change", "up" if moved["up"] else "down"
    if found.kind != "share" and lead.endswith("vượt ") and is_beyond_plan(after):
        return "change", "up"
    if found.kind != "share":
        times = found.unit == "lần" and lead.endswith("gấp ")
        return ("change" if times else "amount"), "up" if times and lead.endswith("tăng gấp ") else None
    if _OVER_PLAN.search(lead):
        return None, "up"
    if _OF_PLAN.match(after):
        return "of_plan", None
    if _OF_BASE.match(after) and _EQUALS.search(lead):
        return "of_base", None
    if _SHARE.search(lead) or _OF_WHOLE.match(after):
        return "share", None
    return None, None


def shares_verb(last: str, between: str, after: str) -> bool:
    """Whether a share rises or falls with the one before it: ``tăng 60 % về số vụ, 175 % số người bị thương``.

    ``last`` is the measure of that one.
    """
    return last == "change" and after.startswith((" về ", " số ")) and _OF_EACH.fullmatch(between) is not None


def opens_estimate(folded: str, start: int) -> bool:
    """Whether a sentence that begins at ``start`` is reckoned from its first word on: ``Ước tính tháng 1, đàn trâu giảm 2 %``."""
    if folded.startswith("ước ", start):
        return _ESTIMATE.match(folded, start) is not None
    return folded.startswith(("theo ước tính", "ước,"), start)


def is_beyond_plan(after: str) -> bool:
    """Whether what follows a figure is the plan that was exceeded by so much; behind a comma another clause tells of it."""
    return not after.startswith(",") and _OF_PLAN.match(after.removeprefix(" so với")) is not None


def limit(compared: str, found: Counted, value: float, before: str, after: str) -> str | None:
    """The qualifier of a limit in comparison's clothes: ``trọng tải lớn hơn 750 kg``, ``cột tro cao hơn 3.000 m``.

    ``compared`` is the adjective; None where so much more or less is told.
    """
    if not _is_limit(found, after) or "so với" in before:
        return None
    if compared in ("nhỏ", "lớn"):
        return None if found.unit == "inch" else "over" if compared == "lớn" else "at_most"
    tall = found.unit in ("m", "km") or (found.unit == "cm" and value >= _TALL)
    if compared in ("cao", "thấp") and tall:
        return "over" if compared == "cao" else "at_most"
    return "over" if compared == "nhiều" and found.kind == "count" and before.endswith("có nhiều") else None


def _is_limit(found: Counted, after: str) -> bool:
    """Whether what is less or more than a figure is only bounded by it: ``tài khoản có lãi nhỏ hơn 1.000 đồng``."""
    return found.kind != "share" and found.unit != "lần" and "so với" not in _STOPPED.split(after, maxsplit=1)[0]


def status(before: str, said: str, unit: str = "") -> str | None:
    """Whether what stands before a figure, near and further off, tells it as ``actual``, ``estimate`` or ``target``."""
    if unit in _WEATHER and not holds_any(said, _MEASURED):
        return None  # mostly of a forecast: "vùng núi có nơi dưới 10 độ C"
    if "ước" in before and (_ESTIMATE.search(before, max(0, len(before) - 28)) or _RECKONED.search(before)):
        return "estimate"
    clause = before[max(before.rfind(";"), before.rfind(": ")) + 1 :]
    further = said[said.rfind(";") + 1 :]
    if holds_any(further, _THOUGHT) and _is_thought(clause, further):
        return None
    aims = list(_TARGET.finditer(clause)) if holds_any(clause, _AIMING) else []
    if aims:
        if clause.find("đã ", aims[-1].end()) >= 0 or holds_any(clause[aims[-1].end() :], _IN_FACT):
            return "actual"
        if not _is_intended(clause, aims):
            return None
        if aims[-1][0] == "được giao" and "tiêu" not in clause and "dự toán" not in clause and "kế hoạch" not in clause:
            return None
        if "thành công" in clause:
            return None  # với mục tiêu ấy, ngân hàng thành công về chỉ tiêu thu nhập
        if aims[-1][0] == "sẽ" and _CONSISTS.match(clause, aims[-1].end()):
            return None
        aimed = any(match[0] in _AIM and (match[0] not in _WEAK_AIM or len(clause) - match.end() <= _CLOSE) for match in aims)
        return "target" if aimed else None
    if not _DONE.search(clause) or ("cam kết" in clause and _PROMISED.search(clause)):
        return None
    if holds_any(clause, _ASKING) and _is_asked(clause):
        return None
    if (len(further) < len(said) or ": " in said) and holds_any(said, _AIMED) and not holds_any(clause, _REACHED):
        return "target"  # phấn đấu có thêm 9 xã; số tiêu chí bình quân đạt 13
    if "kế hoạch" in said and _PLAN.search(said) and not holds_any(clause, _REACHED):
        return "target"
    if "đối với" in clause and _WHERE.search(clause):
        return None
    if len(further) < len(said) and holds_any(said, _DEMANDED) and not holds_any(clause, _REACHED):
        return None
    modals = [] if len(said) == len(before) or " đã " in clause else _MODAL.findall(further)
    return ("target" if "mục tiêu" in modals or "phấn đấu" in modals else None) if modals else "actual"


def _is_asked(clause: str) -> bool:
    """Whether what is done is what somebody is asked for: ``mong pháp luật xử lý hai người``."""
    asked = max(clause.rfind(word) for word in _ASKING)
    if asked and clause[asked - 1].isalnum():
        return False
    if clause.endswith(("đã ", "vừa ", "theo ", "các ", "những ", "được ", "một "), 0, asked) or "đã " in clause[asked:]:
        return False
    told = clause[asked:]
    return not holds_any(told, (",", "(", "“", "\n", " do ", " vì ", " nên ")) and _DONE.search(told) is not None


def _is_intended(clause: str, aims: list[re.Match[str]]) -> bool:
    """Whether what ``sẽ`` tells last is meant to be done, and not only foreseen: ``máy sẽ ghép hai bức ảnh``."""
    if aims[-1][0] == "sẽ" and _FORESEEN.search(clause, aims[-1].end()):
        return False
    will = [match for match in aims if match[0] in _AIM]
    return not will or any(match[0] != "sẽ" for match in will) or _INTENDED.match(clause, will[-1].end()) is not None


def is_to_come(folded: str, end: int) -> bool:
    """Whether what is counted up to ``end`` is only to come: ``15 đội sẽ tham dự``, ``9 xe được dự tính xuất xưởng``."""
    return folded.startswith(_COMING, end)


def _is_thought(clause: str, further: str) -> bool:
    """Whether a figure is only supposed, possible, forecast, or threatened: neither reached nor aimed at."""
    if _SUPPOSED.search(further) or " vừa cho phép " in further:
        return True
    thoughts = list(_POSSIBLE.finditer(clause))
    return bool(thoughts) and clause.find("đã ", thoughts[-1].end()) < 0
