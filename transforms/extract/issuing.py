"""Who issues official documents: symbols, and issuers as printed after a number."""

from __future__ import annotations

import re
from datetime import date

from transforms.clean.unicode import fold_tones
from transforms.extract.bodies_lexicon import TOPICS, phrase_at
from transforms.extract.lexicon_files import table
from transforms.text import UPPER

# Kinds that are cited by a bare number: "Chỉ thị 05", "Nghị quyết 35".
NAMED_BY_NUMBER = frozenset(row["kind"] for row in table("document_kinds.tsv") if row["bare"])
_ISSUERS = {row["symbol"]: row for row in table("issuers.tsv")}
MINISTRIES = {
    row["issuer"].lower(): symbol for symbol, row in _ISSUERS.items() if row["issuer"].startswith(("Bộ ", "Thanh tra C"))
}
_PARTY = frozenset(symbol for symbol, row in _ISSUERS.items() if row["style"] == "party")

# Kind and issuer that together leave one symbol only. "Quyết định … của Thủ tướng" has two forms and stays open.
_CENTRE = (
    "bộ chính trị",
    "ban bí thư",
    "ban chấp hành trung ương đảng",
    "ban chấp hành trung ương",
    "trung ương",
    "trung ương đảng",
    "ban bí thư trung ương đảng",
    "bch trung ương",
    "bch trung ương đảng",
    "ban bí thư trung ương",
)
SYMBOLS_BY_ISSUER: dict[tuple[str, str], str] = {}
for _kind, _symbol in (
    ("nghị quyết", "NQ"),
    ("chỉ thị", "CT"),
    ("kết luận", "KL"),
    ("quy định", "QĐ"),
    ("hướng dẫn", "HD"),
    ("kế hoạch", "KH"),
    ("thông báo", "TB"),
    ("quyết định", "QĐ"),
    ("chương trình", "CTr"),
):
    for _issuer in _CENTRE:
        SYMBOLS_BY_ISSUER[_kind, _issuer] = f"{_symbol}/TW"
    for _issuer in ("tỉnh ủy", "ban thường vụ tỉnh ủy", "ban chấp hành đảng bộ tỉnh"):
        SYMBOLS_BY_ISSUER[_kind, _issuer] = f"{_symbol}/TU"
    for _issuer in ("huyện ủy", "ban thường vụ huyện ủy"):
        SYMBOLS_BY_ISSUER[_kind, _issuer] = f"{_symbol}/HU"
for _symbol, _issuer in (
    ("BTGTW", "ban tuyên giáo trung ương"),
    ("BTCTW", "ban tổ chức trung ương"),
    ("UBKTTW", "ủy ban kiểm tra trung ương"),
    ("BDVTW", "ban dân vận trung ương"),
):
    for _kind, _short in (("hướng dẫn", "HD"), ("kế hoạch", "KH")):
        SYMBOLS_BY_ISSUER[_kind, _issuer] = f"{_short}/{_symbol}"
SYMBOLS_BY_ISSUER["nghị quyết", "chính phủ"] = "NQ-CP"
SYMBOLS_BY_ISSUER["nghị định", "chính phủ"] = "NĐ-CP"
SYMBOLS_BY_ISSUER["chỉ thị", "thủ tướng chính phủ"] = SYMBOLS_BY_ISSUER["chỉ thị", "thủ tướng"] = "CT-TTg"

_TERMS = (
    (date(2026, 1, 25), "XIV"),
    (date(2021, 2, 1), "XIII"),
    (date(2016, 1, 28), "XII"),
    (date(2011, 1, 19), "XI"),
    (date(2006, 4, 25), "X"),
    (date(2001, 4, 22), "IX"),
)


def term_on(day: date) -> str | None:
    """The term of the Party's congress in which a day falls; None before 2001.

    >>> term_on(date(2018, 10, 22))
    'XII'
    """
    return next((term for since, term in _TERMS if day > since), None)


# Kinds of symbols as they stand where the Đ was typed or converted wrongly.
_SLIPS = {"QD": "QĐ", "QDD": "QĐ", "QĐD": "QĐ", "QÐ": "QĐ", "ND": "NĐ", "NDD": "NĐ", "NÐ": "NĐ"}


def normal_symbol(printed: str, kind: str) -> tuple[str, str]:
    """A symbol with its separators as they ought to be, and its style (``party`` or ``state``).

    The kind comes first; a party organ follows a slash (``NQ/TW``), a state organ a hyphen (``NĐ-CP``).

    >>> normal_symbol("NQ-TW", "nghị quyết"), normal_symbol("QĐ/TTg", "quyết định"), normal_symbol("QH14", "luật")
    (('NQ/TW', 'party'), ('QĐ-TTg', 'state'), ('QH14', 'state'))
    >>> normal_symbol("QDD-TTg", "quyết định"), normal_symbol("QĐ/TƯ", "quyết định")
    (('QĐ-TTg', 'state'), ('QĐ/TW', 'party'))
    """
    head = re.match(r"[^\W_]+", printed)
    if head and head[0] in _SLIPS:
        printed = _SLIPS[head[0]] + printed[head.end() :]
    printed = printed.replace("–", "-").replace("\u2011", "-").replace("\u2010", "-").replace(" ", "").replace("Ð", "Đ")
    printed = f"{printed[:-2]}TW" if printed.endswith("/TƯ") else printed
    pieces = re.split(r"[-/]", printed)
    if len(pieces) == 1:
        return printed, "party" if pieces[0] in _PARTY else "state"
    last = pieces[-1]
    known = next((symbol for symbol in _ISSUERS if symbol.lower() == last.lower()), None)
    if known and len(pieces) == 2:
        last = known
        if known in _PARTY:
            return f"{pieces[0]}/{last}", "party"
        return f"{pieces[0]}-{last}", "state"
    if known in _PARTY or last.endswith(("TW", "TU", "HU", "ĐU", "QU")):
        return f"{pieces[0]}/{'-'.join(pieces[1:])}", "party"
    party = printed.find("/") > 0 and "-" not in printed
    return printed, "party" if party else "state"


def ISSUER_OF(symbol: str) -> str | None:
    """The issuer where a symbol tells it with certainty.

    >>> ISSUER_OF("QĐ-TTg"), ISSUER_OF("QH14"), ISSUER_OF("CT/TW"), ISSUER_OF("TTg-KTN")
    ('Thủ tướng Chính phủ', 'Quốc hội', None, 'Thủ tướng Chính phủ')
    """
    if re.fullmatch(r"QH\d{1,2}", symbol):
        return "Quốc hội"
    if re.fullmatch(r"(?:(?:NQ|PL)-)?UBTVQH\d{1,2}", symbol):
        return "Ủy ban Thường vụ Quốc hội"
    if symbol.startswith(("TTLT", "NQLT")):
        return None  # several issue it
    parts = re.split(r"[-/]", symbol)
    row = _ISSUERS.get(parts[-1]) or _ISSUERS.get(parts[0])  # an official letter's begins with it
    return row["issuer"] or None if row else None


_ABBREVIATED = (
    ("UBND", "Ủy ban nhân dân"), ("HĐND", "Hội đồng nhân dân"), ("BCH", "Ban Chấp hành"), ("BTV", "Ban Thường vụ"),
    ("BCT", "Bộ Chính trị"), ("TW", "Trung ương"), ("MTTQ", "Mặt trận Tổ quốc"), ("LĐLĐ", "Liên đoàn Lao động"),
    ("UBTVQH", "Ủy ban Thường vụ Quốc hội"), ("NHNN", "Ngân hàng Nhà nước"), ("ATGT", "An toàn giao thông"),
)  # fmt: skip
_OF = re.compile(
    r"[\s,)]{1,3}(?:(?:do|của) (?:đồng chí |bộ trưởng |thống đốc |chủ tịch |(?:tổng )?cục trưởng |viện trưởng |chánh án )?"
    r"|(?=bộ chính trị|ban bí thư))"
)
_STARTER = re.compile(
    r"(?:bộ chính trị|ban bí thư(?: trung ương đảng| trung ương)?|(?:ban chấp hành|bch) (?:trung ương|t\.ư|tw|"
    r"t\.w)(?: đảng)?(?: cộng sản việt nam)?|hội nghị (?:lần thứ \w{1,5} )?(?:ban chấp hành |bch )?trung "
    r"ương(?: đảng)?(?: \d{1,2})?|trung ương(?: đảng)?(?! (?:đoàn|hội|mặt))"
    r"|hội đồng (?:bộ trưởng|chính phủ|nhà nước)|(?:tand|vksnd|tòa án nhân dân|viện kiểm sát nhân dân) tối cao"
    r"|nhnn(?: việt nam)?|ủy ban (?:atgt|an toàn giao thông) quốc gia"
    r"|thủ tướng(?: chính phủ)?|chính phủ|quốc hội|(?:ủy ban thường vụ|ubtv) quốc hội|chủ tịch nước|quân ủy trung ương"
    r"|(?:ban thường vụ |btv |thường trực |ban chấp hành |bch )?(?:tỉnh|thành|huyện|quận|thị|đảng) ?ủy(?=[^\w])|"
    r"(?:ban chấp hành |bch )?đảng bộ|ban chấp hành đảng bộ"
    r"|(?:ubnd|hđnd|ủy ban nhân dân|hội đồng nhân dân|ban tuyên giáo(?: và dân vận)?|ban tổ chức|ban dân vận|"
    r"ban nội chính|ủy ban kiểm tra|ban cán sự đảng|văn phòng|tổng liên đoàn|liên đoàn lao động|ban kinh tế|"
    r"đảng đoàn)"
    r"|(?:bộ|sở|tổng cục|cục|ban|ngân hàng|bảo hiểm|thanh tra|viện|tòa án|trung ương) (?=[^\W\d_]))(?![^\W_])?"
)
# Second syllables of names that are written small after a capital: Công an, Nội vụ, Giáo dục và Đào tạo.
SECOND = (
    "dục|tạo|chính|vụ|pháp|dựng|tế|hóa|hoá|thao|lịch|nghiệp|trường|triển|thôn|thương|học|nghệ|tin|thông|động|"
    "binh|hội|giao|phòng|tải|hoạch|tư"
    "|nguyên|tộc|tra|quan|ương|an|đội|sự|vận|chức|giáo|đạo|toán|sát|vệ|niên|nữ|đoàn|em|sản|xuất|mại|lực|khí|"
    "nhân|dân|quốc|ban|trực|hành|ủy"
    "|uỷ|trị|tiêu|chỉ|viện|hiểm|đảng|tướng|ngành|khiển|lý|liệu|chất|đai|ngữ|tịch|quản|xuyên|phố|đình|gia|phủ|"
    "trận|kiểm|tín|chúng|viên|sách|lâm|vật|thủy|sản"
)
_SECOND_NO_VERB = SECOND.replace("|thông|", "|thông(?! báo)|")
_CAPITALS = re.compile(
    rf"(?:(?:,| -| –)? (?:(?:Tỉnh|Thành|Huyện|Quận|Thị|Đảng) (?:ủy|uỷ)(?!\w)"
    rf"|[{UPPER}][\w&-]*(?:\.[\w]+)*(?: (?:thông vận tải|{_SECOND_NO_VERB})(?![^\W_]))?|và(?= "
    rf"[{UPPER}])|nhà nước|tỉnh(?= [{UPPER}])|thành phố(?= [{UPPER}])"
    rf"|huyện(?= [{UPPER}])|quận(?= [{UPPER}])|thị xã(?= [{UPPER}])|xã(?= [{UPPER}])|phường(?= [{UPPER}])))*"
)
_LEVEL = re.compile(r" (?:tỉnh|thành phố|tp|huyện|quận|thị xã|xã|phường|trung ương|khối)(?![^\W_]| ủy)")
# The unit in question, after a name that ends in the country's: "Ủy ban MTTQ Việt Nam xã về …"
_OWN_UNIT = re.compile(r"( (?:tỉnh|thành phố|huyện|quận|thị xã|xã|phường|thị trấn))(?: (?:về|ngày)|[,.;)\n]|\Z)")
_TAIL_STOP = re.compile(
    (
        r"(?:, | (?:và )?(?:Về|Ngày|Theo|Khóa|Nghị|Chỉ|Kế|Kết|Quy|Và|Thông|Luật|Quyết|Hướng|Công văn|Chương|Đề "
        r"án)(?![^\W_])).*$|[.,;]$"
    ),
    re.S,
)
_LONG = frozenset(
    [
        "bộ chính trị",
        "ban bí thư",
        "ban bí thư trung ương đảng",
        "ban bí thư trung ương",
        "thủ tướng",
        "thủ tướng chính phủ",
        "chính phủ",
        "quốc hội",
        "chủ tịch nước",
        "quân ủy trung ương",
        "ban chấp hành trung ương đảng",
        "ban chấp hành trung ương",
        "bch trung ương",
        "bch trung ương đảng",
        "trung ương",
        "trung ương đảng",
        "ủy ban thường vụ quốc hội",
        "ubtv quốc hội",
        "hội đồng bộ trưởng",
        "hội đồng chính phủ",
        "hội đồng nhà nước",
        "tand tối cao",
        "vksnd tối cao",
        "tòa án nhân dân tối cao",
        "viện kiểm sát nhân dân tối cao",
    ]
)


_CANONICAL = {
    name.lower(): name
    for name in (
        "Bộ Chính trị", "Ban Bí thư", "Ban Bí thư Trung ương Đảng", "Ban Bí thư Trung ương", "Thủ tướng",
        "Thủ tướng Chính phủ", "Chính phủ",
        "Quốc hội", "Chủ tịch nước", "Quân ủy Trung ương", "Ban Chấp hành Trung ương Đảng", "Ban Chấp hành Trung ương",
        "Trung ương Đảng",
        "Trung ương", "Ủy ban Thường vụ Quốc hội", "Hội đồng Bộ trưởng", "Hội đồng Chính phủ", "Hội đồng Nhà nước",
        "Tòa án nhân dân tối cao", "Viện kiểm sát nhân dân tối cao",
    )
}  # fmt: skip
for _short in ("bch trung ương đảng", "bch t.ư đảng", "bch tw đảng", "ban chấp hành tw đảng", "ban chấp hành t.ư đảng"):
    _CANONICAL[_short] = "Ban Chấp hành Trung ương Đảng"
_CANONICAL |= {"tand tối cao": "Tòa án nhân dân tối cao", "vksnd tối cao": "Viện kiểm sát nhân dân tối cao"}
for _short in ("bch trung ương", "bch tw", "bch t.ư"):
    _CANONICAL[_short] = "Ban Chấp hành Trung ương"
_WITH_FIELD = {"bộ ": "Bộ", "sở ": "Sở"}


def issuer_at(text: str, folded: str, at: int, bare: bool = False) -> tuple[int, str] | None:
    """The issuer printed after ``at`` (``của Bộ Chính trị``; ``bare`` also without ``của``): its end and canonical name."""
    of = _OF.match(folded, at, at + 20)
    start = of.end() if of else at + 1 if bare and folded[at : at + 1] == " " else None
    if start is None or "\n" in folded[at:start]:
        return None
    match = _STARTER.match(folded, start, start + 60)
    if match is None:
        return None
    end = match.end()
    head = _WITH_FIELD.get(match[0])
    field = phrase_at(text, folded, end, head, TOPICS) if head else None
    if folded[start:end].strip() not in _LONG:
        level = _LEVEL.match(folded, end, end + 14)
        if level:
            end = level.end()
        if folded[end - 1] == " ":
            end -= 1
        tail = _CAPITALS.match(text, end, min(len(text), end + 70))
        if tail:
            printed = _TAIL_STOP.sub("", tail[0])
            end += len(printed)
            own = _OWN_UNIT.match(folded, end, end + 16) if folded.endswith("việt nam", start, end) else None
            end = own.end(1) if own else end
        if end == match.end() - 1 or folded[start:end] in ("bộ", "sở", "ban", "cục", "văn phòng"):
            return None
    name = fold_tones(text[start:end])
    if head and field:  # Bộ VH,TT&DL, Sở GD-ĐT tỉnh A
        end = max(end, field[0])
        name = f"{head} {field[1]}{fold_tones(text[field[0] : end])}"
    known = _CANONICAL.get(name.lower())
    if known or name.lower().startswith("hội nghị"):
        return end, known or "Ban Chấp hành Trung ương Đảng"
    for short, full in _ABBREVIATED:
        if short in name:
            name = re.sub(rf"\b{short}\b", full, name)
    name = name[0].upper() + name[1:]
    return end, name
