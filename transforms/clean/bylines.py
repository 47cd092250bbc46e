"""Who wrote it and who published it: author and source lines in their forms, and the names glued to an article's end."""

from __future__ import annotations

import re
from functools import cache
from typing import NamedTuple

from transforms.clean.lexicon import lexicon
from transforms.clean.openings import first_word, first_words
from transforms.clean.unicode import fold_key
from transforms.text import LOWER, UPPER

MAX_LINE = 140  # longer lines are no author lines

_LABEL_WORD = (
    r"tin|bài(?:\s+viết)?|ảnh|hình(?:\s+ảnh)?|clip|video|đồ\s*họa|infographics?|thơ|nhạc|tư\s+liệu|(?:nhóm\s+)?tác\s+giả"
    r"|nguồn(?:\s+tin)?|thực\s+hiện|người\s+(?:viết|thực\s+hiện|đăng)"
    r"|biên\s+(?:tập|soạn|dịch)|tổng\s+hợp|viết\s+bởi|đăng\s+bởi|nhóm\s+(?:pv|phóng\s+viên)|p\.?v|phóng\s+viên|c\.?t\.?v"
    r"|cộng\s+tác\s+viên|trình\s+bày|thiết\s+kế|dịch|photo|text|source|by|author|theo"
)
LABEL = re.compile(
    rf"(?<!\w)(?P<label>(?:{_LABEL_WORD})(?:\s*(?:,|&|và|-|–|/|\+)\s*(?:{_LABEL_WORD})){{0,4}})\s*:\s*", re.IGNORECASE
)
_LABELLED = re.compile(
    rf"[\s(\[*_•–-]*(?:{_LABEL_WORD})(?:\s*(?:,|&|và|-|–|/|\+)\s*(?:{_LABEL_WORD})){{0,4}}\s*(?:\([^)\n]{{1,40}}\)\s*)?:",
    re.IGNORECASE,
)
_SPOKEN = re.compile(r"\W*(?:p\.?v|phóng viên|hỏi|nhà báo)\s*:\s*(?:[^?!]{1,600}[?!]|(?:\S+ ){5})", re.IGNORECASE)
_PICTURE_LABEL = re.compile(r"[\s(\[*_•–-]*(?:ảnh|hình|hình ảnh|clip|video|photo)\s*:", re.IGNORECASE)
_SOURCE_LABEL = re.compile(r"nguồn|source", re.IGNORECASE)
_THEO = re.compile(r"\(?\s*theo[:\s]\s*(?P<source>[^()]{2,80})\)?\.?", re.IGNORECASE)
_BRACKET = re.compile(r"[(\[][^()\[\]]{0,100}[)\]]?")
_TOGETHER = re.compile(
    r"[(\[]?\s*(?:tổng\s+hợp|t/h|th|lược\s+dịch|biên\s+dịch|st|sưu\s+tầm|ghi|thực\s+hiện)\s*[)\]]?\s*\Z",
    re.IGNORECASE,
)
_BETWEEN = re.compile(r"\s+[-–—]\s*|\s*[-–—]\s+|[–—;,&+|/]|\s+và\s+|(?<=\w{2})-(?=\w{2})")
_RANK = re.compile(
    r"\A(?:(?:pv|ctv|btv|p\.v|nhóm\s+pv|phóng\s+viên|cộng\s+tác\s+viên|nhà\s+(?:báo|văn|thơ)|pgs|gs|ts|ths|th\.s|ts\.|bs"
    r"|bác\s+sĩ|cn|ks|lm|luật\s+sư|ls|đ/c|đồng\s+chí|ông|bà|by|bởi|viết bởi|đăng bởi)\b\.?[\s:,/]*)+(?=[^\W\d_])",
    re.IGNORECASE,
)  # fmt: skip
_STAFF = frozenset(
    (
        "pv", "bbt", "ctv", "pv ctv", "bttt", "t h", "th", "t/h", "admin", "administrator",
        "super user", "quản trị", "quản trị viên",
        "ban biên tập", "nhóm pv", "nhóm phóng viên", "phóng viên", "cộng tác viên", "tổng hợp", "sưu tầm",
    )
)  # fmt: skip
_BODY = re.compile(
    r"(?:báo|đài|tạp chí|ban|phòng|sở|bộ|cục|chi cục|tổng cục|trung tâm|cổng|hội|liên đoàn|ubnd|hđnd|ubmttq|mttq"
    r"|văn phòng|thông tấn|công ty|tập đoàn|chi bộ|website|vksnd|tand|bch|quân khu"
    r"|ủy ban|nguồn|theo|internet|học viện|đại học|bệnh viện|vp|ttxvn|công an|truyền thông|truyền hình|thông tin|tư liệu"
    r"|sưu tầm|cơ quan|đảng (?:ủy|bộ)|(?:tỉnh|thành|huyện|quận|thị) (?:ủy|đoàn|phố)|thị (?:xã|trấn)"
    r"|đoàn (?:luật sư|đại biểu|thanh niên|tncs|xã|phường|đbqh)|trang (?:thông tin|tin)|(?:viện|khoa|tổ|vụ|quận|huyện|tỉnh|xã"
    r"|phường|tiểu đoàn|trung đoàn) [^\W\d_]+ "
    r"|trường (?:đại học|cao đẳng|trung cấp|thpt|thcs|tiểu học|chính trị|mầm non|sĩ quan|cán bộ|đh|cđ|th))(?![^\W\d_])",
    re.IGNORECASE,
)  # fmt: skip
_SYLLABLE = rf"(?:[{UPPER}][{LOWER}’']{{1,7}}(?:[{UPPER}][{LOWER}]{{1,7}})?|[{UPPER}][{LOWER}]?)"
_INITIALS = rf"(?:[{UPPER}][{LOWER}]?\.\s?){{1,4}}[{UPPER}]?[{LOWER}]{{0,7}}\.?|[{UPPER}]{{2,4}}"
NAME = re.compile(rf"(?:{_SYLLABLE}(?:[ .]{{1,2}}{_SYLLABLE}){{0,5}}|[{UPPER}]{{1,8}}(?: [{UPPER}]{{1,8}}){{1,5}}|{_INITIALS})")
_PUBLISHER = re.compile(
    r"(?i:báo|tạp chí|đài|cổng|trang|bản tin|chuyên trang|website)\s+"
    rf"(?:(?i:ttđt|tt-th|pt-th|ptth|thông tin|điện tử|tin|truyền|phát|tiếng|chuyên|của)\b|[{UPPER}“\"])[^.!?:;]{{0,60}}\Z"
)
_AFTER = re.compile(rf"[Tt]heo [{UPPER}][^,.;:!?]{{1,60}}")
_FROM = re.compile(
    r"\W{0,3}(?:nguồn(?: tin| bài)?|theo|source|link(?: gốc| bài)?)\s*:?\s*(?:[^:\s]{1,20}\s*:?\s*)?https?://\S+",
    re.IGNORECASE,
)
_INITIALLED = re.compile(rf"(?:[{UPPER}]\.\s?){{1,2}}[{UPPER}][{LOWER}]{{1,6}}(?: [{UPPER}][{LOWER}]{{1,6}})?")
_SECOND = re.compile(rf"[{UPPER}{LOWER}]+ (?!(?:và|theo) )[{LOWER}]+ [^()\[\]]*\Z")
_WEB = re.compile(
    r"(?:www\.)?[a-z0-9-]{2,40}(?:\.[a-z0-9-]{2,30})?\.(?:vn|com|net|org|info|gov)(?:\.vn)?(?:/\S*)?",
    re.IGNORECASE,
)

# The end of a paragraph with what is glued to it: after a full stop, names and perhaps a source in brackets.
_GLUED = re.compile(r"(?<=[.!?…”\"’)])\s+(?P<tail>[^.!?…]{1,90}(?:\.[^.!?…\s][^.!?…]{0,60}){0,3}\.?)\s*\Z")
# Without a full stop between: after a year, in capitals, or after a label.
_UNSTOPPED = re.compile(
    rf"(?:(?<=\b(?:19|20)\d\d)\s(?P<name>[{UPPER}][{LOWER}]{{1,6}}(?: [{UPPER}][{LOWER}]{{1,6}}){{1,2}})"
    rf"|(?<=[{LOWER}]{{2}})\s(?P<capitals>[{UPPER}]{{2,7}}(?: [{UPPER}]{{2,7}}){{1,3}})"
    rf"|\s(?P<labelled>(?:Tin|Bài|Ảnh|Tác giả|Nguồn)[^.:]{{0,30}}: [^.:;!?]{{2,60}}))\s*\Z"
)
_BY = re.compile(rf"\W*(?:(?:[Vv]iết|[Đđ]ăng) )?(?:[Bb]ởi|[Bb]y):? {NAME.pattern}")
_BARRED = re.compile(r"\|(?P<author>[^|\n]{2,80})\|\s*https?://\S{1,1000}\s*\Z")
_CUT_SHORT = re.compile(rf"(?:^|[\s(])(?:TP|Tp|TX|TT|Q|P|H|X|Đ|GS|PGS|TS|ThS|BS|[{UPPER}])\.\s*\Z")

# Outlets in the text: agency or site before the first sentence, and holders in copyright lines.
PREFIX = re.compile(
    rf"\s*(?:[(\[](?P<inside>[^()\[\]\n]{{2,60}})[)\]]\s*(?P<dash>[-–—.:,]*)|(?P<bare>[{UPPER}][{UPPER}\d&/]{{1,9}}"
    rf"|[\w-]{{2,30}}\.(?:vn|com|gov\.vn|org|net))\s*[-–—]+)\s*(?=[{UPPER}“\"‘'0-9])"
)
_HOLDER = re.compile(
    r"(?:©|\(c\)|copyright|bản quyền)[\s\d©,–-]*(?:copyright|bản quyền)?[\s\d©:,–-]*(?:by|thuộc\s+về|thuộc"
    r"|của)?\s*(?P<holder>[^.|©\n]{3,80}?)\s*(?:[.|]|all rights|\Z)",
    re.IGNORECASE,
)


class Credits(NamedTuple):
    """The persons and the publisher that a line names."""

    names: tuple[str, ...]
    outlet: str | None = None


@cache
def _opening_words() -> frozenset[str]:
    """First words of authors and outlets that may go on in small letters."""
    return first_words("|".join([*_outlets(), *_STAFF, _PUBLISHER.pattern, _RANK.pattern]))


@cache
def _outlets() -> dict[str, str]:
    known: dict[str, str] = {}
    for row in lexicon("outlets.tsv"):
        for form in (row["name"], *filter(None, row["aliases"].split("|"))):
            known[fold_key(form)] = row["name"]
    return known


def is_outlet(text: str) -> bool:
    """Whether a phrase names a newspaper, station, agency or site.

    >>> is_outlet("TTXVN"), is_outlet("Báo Nhân Dân"), is_outlet("baolaocai.vn"), is_outlet("Thu Trang")
    (True, True, True, False)
    """
    key = fold_key(text)
    known = _outlets()
    if key in known or _WEB.fullmatch(text.strip()):
        return True
    if len(text) <= 80 and _PUBLISHER.match(text.strip()):
        return True
    return "/" in text and all(fold_key(part) in known for part in text.split("/"))


def read_credits(line: str) -> Credits:
    """The names in an author line, without role words, ranks and offices, and the outlet if it names one.

    >>> read_credits("Tin, ảnh: Lê Thị Mận - Bùi An").names, read_credits("Hà Vân – Lý Sơn (Đài truyền thanh huyện)").names
    (('Lê Thị Mận', 'Bùi An'), ('Hà Vân', 'Lý Sơn'))
    >>> read_credits("(Theo TTXVN)"), read_credits("Mai Lan/VOV"), read_credits("PV")
    (Credits(names=(), outlet='TTXVN'), Credits(names=('Mai Lan',), outlet='VOV'), Credits(names=(), outlet=None))
    """
    names: list[str] = []
    outlet: str | None = None
    text = line.strip().strip("*_")
    if text[:1] == "(" and text.rstrip(" .")[-1:] == ")" and text.count("(") == 1:
        text = text.strip("(). ")
    for label, value in _parts(text):
        theo = _THEO.search(value) if not label or "theo" not in label else None
        if theo and (theo.start() == 0 or value[theo.start()] == "(" or value[: theo.start()].rstrip()[-1:] not in ",:"):
            source, after = _source(theo["source"]) or "", value[theo.end() :]
            value = value[: theo.start()] + " " + after
            if "/" in source or any(is_outlet(bracket.strip("()[] ")) for bracket in _BRACKET.findall(value)):
                value = source + " / " + value  # "Theo Mai Lan/VOV", "Theo Mai Lan (VOV)": the author and where she writes
            elif _INITIALLED.fullmatch(source):
                value = source + " / " + value
            else:
                outlet = outlet or source or None
        if _SOURCE_LABEL.search(label) or label == "theo":
            printed = _source(_BRACKET.sub("", value))
            if printed and (is_outlet(printed) or not NAME.fullmatch(printed)):
                outlet = outlet or printed
                continue
        for bracket in _BRACKET.findall(value):
            if is_outlet(bracket.strip("()[] ")):
                outlet = outlet or bracket.strip("()[] ")
        value = _TOGETHER.sub("", _BRACKET.sub(" ", value))
        if is_outlet(value.strip(" .-–—")) and value.strip():
            outlet = outlet or value.strip(" .-–—")
            continue
        for part in _BETWEEN.split(value):
            part = _RANK.sub("", part.strip(" \t*_:\"“”'")).strip()
            part = part if re.search(r"(?:^|[\s.])[^\W\d_]\.$", part) else part.rstrip(".")
            if not part:
                continue
            if is_outlet(part):
                outlet = outlet or part
            elif (
                fold_key(part).strip(" .") not in _STAFF and not _BODY.match(part) and NAME.fullmatch(part) and part not in names
            ):
                names.append(part)
    return Credits(tuple(names), outlet)


def _parts(text: str) -> list[tuple[str, str]]:
    """The values after each label, with the label folded; text without labels is one value."""
    found = list(LABEL.finditer(text))
    if not found:
        return [("", text)]
    parts = [("", text[: found[0].start()])] if text[: found[0].start()].strip(" (-–") else []
    for number, label in enumerate(found):
        end = found[number + 1].start() if number + 1 < len(found) else len(text)
        parts.append(
            (fold_key(label["label"]), text[label.end() : end].strip(" -–—;,.()|") if end < len(text) else text[label.end() :])
        )
    return parts


def _source(text: str) -> str | None:
    text = text.strip(" .,:;()[]*_-–—")
    return text or None


def is_labelled(text: str) -> bool:
    """Whether a line is an author or source line by what it says: ``Tin: …``, ``(Theo …)``.

    >>> lines = "Tin, ảnh: Mai Lan", "(Theo Báo Lao Động)", "Theo báo cáo, tỉnh thu 2 tỷ đồng.", "Ảnh: Đại biểu dự họp"
    >>> [is_labelled(line) for line in lines]
    [True, True, False, False]
    """
    if len(text) > MAX_LINE:
        return False
    opening = text[:16].lower()
    if ("by" in opening or "bởi" in opening) and _BY.fullmatch(text):
        return True
    if ":" in text and _LABELLED.match(text):
        if _PICTURE_LABEL.match(text):  # a caption's photographer, unless more follows
            return False
        value = text.split(":", 1)[1].strip(' .)"“”*_')
        return (
            len(value.split()) <= 14
            and not text.endswith(("!", "?"))
            and not is_question(text)
            and (not value or value[0].isupper() or bool(_WEB.match(value)))
        )
    if "theo " not in opening:
        return False
    bare = text.strip("() .*_")
    if not bare.lower().startswith("theo "):
        return False
    source = _BRACKET.sub("", bare[5:]).strip(" .,-–")
    words = source.split()
    if text.startswith("(") and text.rstrip(" .").endswith(")"):
        return len(words) <= 10
    # "Theo Bộ Y tế, cả nước …" is a sentence; so is whatever ends with a stop, if it is more than a name.
    return (
        is_outlet(source)
        or is_outlet(source.rpartition("/")[2].strip())
        or (len(words) <= 6 and "," not in source and all(w[:1].isupper() or w[:1] in "&-/(" for w in words))
    )


def is_question(text: str) -> bool:
    """Whether a line is what an interviewer says.

    >>> is_question("PV: Vì sao bà vẫn giữ nghề này?"), is_question("PV: Mai Lan")
    (True, False)
    """
    return _SPOKEN.match(text) is not None


def is_source(text: str) -> bool:
    """Whether an article's last line says after whom it is told.

    >>> is_source("Theo Hội Liên lạc huyện Bình Lộc"), is_source("Theo đó, huyện sẽ họp.")
    (True, False)
    """
    return len(text) <= 70 and text[1:5] == "heo " and _AFTER.fullmatch(text) is not None


def is_source_address(text: str) -> bool:
    """Whether a line only says from which address the text was taken.

    >>> is_source_address("Nguồn: https://huyen.gov.vn/tin/1"), is_source_address("Nguồn nước ở https://a.vn rất tốt")
    (True, False)
    """
    return "://" in text and len(text) <= 400 and _FROM.fullmatch(text) is not None


def is_signature(text: str) -> bool:
    """Whether a line holds nothing but authors or an outlet, as at an article's end.

    >>> lines = "Hà Vân – Lý Sơn (Đài huyện)", "PV (tổng hợp)", "Quang cảnh Hội nghị", "Hội nghị Báo cáo viên"
    >>> [is_signature(line) for line in lines]
    [True, True, False, False]
    """
    if len(text) > MAX_LINE or text.endswith((":", "?", "!", ",")):
        return False
    if text[:1] == "(" and text.rstrip(" .")[-1:] == ")" and NAME.fullmatch(text.strip("(). ")):
        return True
    if _SECOND.match(text) and first_word(text) not in _opening_words():
        return False  # two words of a sentence
    bare = _TOGETHER.sub("", _BRACKET.sub(" ", text)).strip(" .*_-–—")
    bare = re.sub(r"\s+theo\s+[^,]{2,60}\Z", "", bare, flags=re.IGNORECASE)
    if not bare:
        inside = text.strip("()[]. ")
        return len(text) <= 40 and (
            _TOGETHER.fullmatch(inside) is not None or inside.lower().startswith("theo ") or is_outlet(inside)
        )
    if is_outlet(bare) or fold_key(bare) in _STAFF:
        return True
    parts = [_RANK.sub("", p.strip()) for p in _BETWEEN.split(bare)]
    parts = [p for p in parts if p]
    named = [p for p in parts if (NAME.fullmatch(p) and not _BODY.match(p)) or fold_key(p) in _STAFF]
    if not named or named[0] != parts[0]:
        return False
    # After the names, only their bodies: "Mai Lan, Ban Tuyên giáo Huyện ủy".
    return all(p in named or is_outlet(p) or (_BODY.match(p) and len(p) < 60) for p in parts)


def glued_credits(paragraph: str) -> Credits | None:
    """The authors printed after the last full stop of a paragraph.

    >>> glued_credits("Lễ hội kéo dài ba ngày./. Bùi An - Mai Lan (Theo TTXVN)")
    Credits(names=('Bùi An', 'Mai Lan'), outlet='TTXVN')
    >>> glued_credits("Lễ hội kéo dài ba ngày tại TP. Lạng Sơn") is None
    True
    """
    if barred := _BARRED.search(paragraph, max(0, len(paragraph) - 1200)):
        return read_credits(barred["author"])
    tail_from = max(0, len(paragraph) - 200)
    end = paragraph[tail_from:]
    start = 0
    while True:
        found = _GLUED.search(end, start)
        if not found:
            bare = _UNSTOPPED.search(end)
            return read_credits(bare["name"] or bare["capitals"] or bare["labelled"]) if bare else None
        tail = found["tail"]
        half = len(tail) // 2
        if tail[:half] == tail[half + 1 :] and tail[half] == " ":  # printed twice
            tail = tail[:half]
        if is_labelled(tail) or (is_signature(tail) and not _CUT_SHORT.search(end[: found.start()])):
            credits = read_credits(tail)
            return credits if credits.names or credits.outlet else None
        start = found.start() + 1


def printed_outlet(paragraph: str) -> str | None:
    """The agency or site printed before an article's first sentence.

    >>> lines = "BBK - Sáng 03/10, tại huyện", "(TTXVN) - Ngày 5/7", "(Ảnh: An) Ngày", "(huyen.gov.vn) – Sáng"
    >>> [printed_outlet(line) for line in lines]
    ['BBK', 'TTXVN', None, 'huyen.gov.vn']
    """
    found = PREFIX.match(paragraph)
    if not found:
        return None
    if found["bare"]:
        return found["bare"]
    inside = found["inside"].strip()
    if ":" in inside or (not found["dash"] and not is_outlet(inside)):
        return None
    single = " " not in inside and inside[0].isupper() and not any(c.isdigit() for c in inside)
    return inside if single or is_outlet(inside) or inside.lower().startswith(("cổng", "ttđt")) or inside.isupper() else None


def holder(line: str) -> str | None:
    """Who holds the copyright, in a copyright line.

    >>> holder("© 2016 Copyright by VNPT Hưng Yên."), holder("Bản quyền thuộc Báo Lào Cai. Ghi rõ nguồn khi sử dụng")
    ('VNPT Hưng Yên', 'Báo Lào Cai')
    """
    found = _HOLDER.search(line)
    name = found["holder"].strip(" -–:,") if found else ""
    return name if name and any(c.isupper() for c in name) else None
