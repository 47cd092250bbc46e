"""Who wrote it and who published it: author and source lines in their forms, and the names glued to an article's end."""

from __future__ import annotations

import re
from functools import cache, lru_cache
from typing import NamedTuple

from transforms.clean.credit_forms import (
    ABBREVIATED_SOURCE,
    ADDRESSED,
    AFTER,
    BARE_LABEL,
    BARRED,
    BETWEEN,
    BODY,
    BRACKET,
    BY,
    CUT_SHORT,
    FROM,
    GLUED,
    HONORIFIC,
    INITIALLED,
    INITIALS_OF_A_BODY,
    INNER_LABEL,
    LABEL,
    LABELLED,
    NAME,
    NEWSROOM,
    OFFICE,
    PICTURE_LABEL,
    PUBLISHER,
    PUBLISHERS,
    RANK,
    SECOND,
    SOURCE_LABEL,
    SPEAKER,
    SPOKEN,
    STAFF,
    THEO,
    TOGETHER,
    UNIT,
    UNSTOPPED,
    WEB,
    without_branch,
)  # fmt: skip
from transforms.clean.datelines import dateless
from transforms.clean.lexicon import lexicon
from transforms.clean.openings import first_word, first_words
from transforms.clean.unicode import fold_key
from transforms.text import holds_any

MAX_LINE = 140  # longer lines are no author lines
_TWO_WORDS = re.compile(r"[^\W\d_] [^\W\d_]")
APART = ("|", " - ", " – ", "•")  # what sets an author apart from the date


_OFFICES = frozenset(
    ("ban", "công", "đài", "đoàn", "đồn", "hội", "khoa", "phòng", "sở", "tổ", "trạm", "trung", "trường", "văn", "vp")
)
_DATED = re.compile(r"[^\W\d_]+ \d|\d{1,2}/\d{1,2}/\d")  # how no name begins
_TOGETHER_ENDS = frozenset(("ợp", "/h", "th", "ch", "st", "ầm", "hi", "hı", "hi\u0307", "ện"))  # of what TOGETHER finds


class Credits(NamedTuple):
    """The persons and the publisher that a line names."""

    names: tuple[str, ...]
    outlet: str | None = None


@cache
def _opening_words() -> frozenset[str]:
    """First words of authors and outlets that may go on in small letters."""
    return first_words("|".join([*_outlets(), *STAFF, PUBLISHERS, RANK.pattern]))


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
    key, known = fold_key(text), _outlets()
    if key in known or WEB.fullmatch(text.strip()):
        return True
    if len(text) <= 80 and PUBLISHER.match(text.strip()):
        return True
    return "/" in text and all(fold_key(part) in known for part in text.split("/"))


@lru_cache(maxsize=4096)  # a site's authors and sources are the same few, page after page
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
    text = _unaddressed(text.partition(": ")[2] if is_member(text) else text)
    for label, value in _parts(text):
        theo = THEO.search(value) if not label or "theo" not in label else None
        if theo and (theo.start() == 0 or value[theo.start()] == "(" or value[: theo.start()].rstrip()[-1:] not in ",:"):
            source, after = _source(theo["source"]) or "", value[theo.end() :]
            value = value[: theo.start()] + " " + after
            if "/" in source or any(is_outlet(bracket.strip("()[] ")) for bracket in BRACKET.findall(value)):
                value = source + " / " + value  # "Theo Mai Lan/VOV", "Theo Mai Lan (VOV)": the author and where she writes
            elif INITIALLED.fullmatch(source):
                value = source + " / " + value
            elif short := ABBREVIATED_SOURCE.fullmatch(source):  # "Theo TTXVN Mai Lan"
                outlet, value = outlet or short["source"], short["name"] + " / " + value
            else:
                outlet = outlet or source or None
        if SOURCE_LABEL.search(label) or label == "theo":
            value, _, after = value.partition(") ")  # "(Nguồn: …) Mai Lan"
            printed = _source(BRACKET.sub("", value))
            writer, _, where = (printed or "").rpartition("/")
            if NAME.fullmatch(writer.strip()) and is_outlet(where) and not is_outlet(writer):
                printed, after = where.strip(), writer
            elif short := ABBREVIATED_SOURCE.fullmatch(printed or ""):
                printed, after = short["source"], short["name"]
            if printed and (is_outlet(printed) or not NAME.fullmatch(printed)):
                outlet, value = outlet or printed, after
                if not after:
                    continue
        for bracket in BRACKET.findall(value):
            if is_outlet(bracket.strip("()[] ")):
                outlet = outlet or bracket.strip("()[] ")
        value = TOGETHER.sub("", BRACKET.sub(" ", value))
        if is_outlet(value.strip(" .-–—")) and value.strip():
            outlet = outlet or value.strip(" .-–—")
            continue
        for part in BETWEEN.split(value):
            part = RANK.sub("", part.strip(" \t*_:\"“”'")).strip()
            part = part if re.search(r"(?:^|[\s.])[^\W\d_]\.$", part) else part.rstrip(".")
            if not part:
                continue
            if is_outlet(part):
                outlet = outlet or part
            elif fold_key(part).strip(" .") not in STAFF and not BODY.match(part) and NAME.fullmatch(part) and part not in names:
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


def _unaddressed(text: str) -> str:
    """Without the words before a name that have no colon: ``Bài và ảnh Mai Lan``, ``Đ/c Mai Lan``."""
    text = without_branch(ADDRESSED.sub("", text, count=1))
    return BARE_LABEL.sub("", text, count=1) if BARE_LABEL.match(text) else text


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
    if ("by" in opening or "bởi" in opening) and BY.fullmatch(undated(text)):
        return True
    if ":" in text and LABELLED.match(text):
        if PICTURE_LABEL.match(text) or SPEAKER.fullmatch(text):  # a caption's photographer, an interviewer
            return False
        value = text.split(":", 1)[1].strip(' .)"“”*_')
        return (
            len(value.split()) <= 14
            and not text.endswith(("!", "?"))
            and not is_question(text)
            and (
                not value
                or value[0].isupper()
                or bool(WEB.match(value))
                or fold_key(value.split()[0]) in STAFF
                or (" " not in value and SOURCE_LABEL.match(text) is not None)
            )
        )
    if "theo " not in opening:
        return False
    bare = text.strip("() .*_")
    if not bare.lower().startswith("theo "):
        return False
    source = BRACKET.sub("", bare[5:]).strip(" .,-–")
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
    return SPOKEN.match(text) is not None


def is_speaker(text: str) -> bool:
    """Whether a line only says that an interviewer speaks next.

    >>> is_speaker("PV:"), is_speaker("PV: Mai Lan")
    (True, False)
    """
    return len(text) <= 20 and SPEAKER.fullmatch(text) is not None


def is_source(text: str) -> bool:
    """Whether an article's last line says after whom it is told.

    >>> is_source("Theo Hội Liên lạc huyện Bình Lộc"), is_source("Theo đó, huyện sẽ họp.")
    (True, False)
    """
    return len(text) <= 70 and text[1:5] == "heo " and AFTER.fullmatch(text) is not None


def is_source_address(text: str) -> bool:
    """Whether a line only says from which address the text was taken.

    >>> is_source_address("Nguồn: https://huyen.gov.vn/tin/1"), is_source_address("Nguồn nước ở https://a.vn rất tốt")
    (True, False)
    """
    return "://" in text and len(text) <= 400 and FROM.fullmatch(text) is not None


def is_signature(text: str) -> bool:
    """Whether a line holds nothing but authors or an outlet, as at an article's end.

    >>> lines = "Hà Vân – Lý Sơn (Đài huyện)", "PV (tổng hợp)", "Quang cảnh Hội nghị", "Hội nghị Báo cáo viên"
    >>> [is_signature(line) for line in lines]
    [True, True, False, False]
    """
    if len(text) > MAX_LINE or text.endswith((":", "?", "!", ",")):
        return False
    printed, text = text, INNER_LABEL.sub(" - ", text) if ":" in text else text
    if text[:1] == "(" and text.rstrip(" .")[-1:] == ")" and text.count("(") == 1:
        inside = text.strip("(). ")
        named = NAME.fullmatch(inside) or NEWSROOM.fullmatch(inside)
        return named is not None or (inside != text and not inside.startswith("(") and is_signature(inside))
    text = _unaddressed(text)
    if (_DATED.match(text) or SECOND.match(text)) and first_word(text) not in _opening_words():
        return False  # two words of a sentence
    bare = BRACKET.sub(" ", text) if "(" in text or "[" in text else text
    if bare.rstrip().rstrip(")]").rstrip()[-2:].casefold() in _TOGETHER_ENDS:  # else it is looked for at every letter, in vain
        bare = TOGETHER.sub("", bare)
    bare = bare.strip(" .*_-–—")
    if "theo" in bare.lower():
        bare = re.sub(r"\s+theo\s+[^,]{2,60}\Z", "", bare, flags=re.IGNORECASE)
    if not bare:
        inside = text.strip("()[]. ")
        together = TOGETHER.fullmatch(inside) is not None or inside.lower().startswith("theo ")
        return len(text) <= 40 and (together or is_outlet(inside))
    if is_outlet(bare) or fold_key(bare) in STAFF:
        return True
    if (head := RANK.sub("", BETWEEN.split(bare, 1)[0].strip())) and not _names_a_person(head):
        return False  # as most lines: their other parts needn't be found
    parts = [p for part in BETWEEN.split(bare) if (p := RANK.sub("", part.strip()))]
    names = list(filter(_names_a_person, parts))
    if not names or names[0] != parts[0]:
        return False
    # After the names, only their bodies and offices: "Mai Lan, Ban Tuyên giáo Huyện ủy".
    shown = HONORIFIC.match(printed) is not None or " " not in names[0]
    return all(
        p in names
        or is_outlet(p)
        or (len(p) < 60 and (BODY.match(p) or INITIALS_OF_A_BODY.fullmatch(p) or (OFFICE.match(p) and not shown)))
        for p in parts
    )


def _names_a_person(part: str) -> bool:
    named = NAME.fullmatch(part) is not None and not BODY.match(part) and not OFFICE.fullmatch(part)
    return named or fold_key(part) in STAFF


def is_unit(text: str) -> bool:
    """Whether a line holds nothing but the name of an office or body, as those sign their reports.

    >>> is_unit("Văn phòng HĐND-UBND xã"), is_unit("Trung tâm Văn hóa - Thông tin huyện"), is_unit("Ban đã họp")
    (True, True, False)
    """
    return len(text) <= 70 and text[0].isupper() and text[-1].isalnum() and UNIT.fullmatch(text) is not None


def is_member(text: str) -> bool:
    """Whether a line holds nothing but an office's name and, after a colon, who wrote for it.

    >>> is_member("Khoa Xây dựng Đảng: Mai Lan"), is_member("Ban Tổ chức: Đã trao giải"), is_member("Mai Lan: Bùi An")
    (True, False, False)
    """
    office, colon, writer = text.partition(": ")
    return bool(colon) and len(text) <= 80 and first_word(office) in _OFFICES and NAME.fullmatch(writer) is not None


def undated(text: str) -> str:
    """A line without its date, time and counters.

    >>> undated("Viết bởi Mai Lan Thứ sáu, 15/03/2020 10:30")
    'Viết bởi Mai Lan'
    """
    return dateless(text).strip(" |,•·-–—") if any(map(str.isdigit, text)) else text


def beside_date(text: str) -> str | None:
    """The author printed in one line with the date, set apart from it; None for a place.

    >>> beside_date("Mai Lan | 15/03/2024 08:05"), beside_date("Hà Nội, 15/03/2024"), beside_date("15/03/2024 - Mai Lan")
    ('Mai Lan', None, 'Mai Lan')
    """
    if len(text) > MAX_LINE or not holds_any(text, APART) or not _TWO_WORDS.search(text):
        return None
    apart = re.split(r"[|•·]|(?:^|\s)[-–—](?:\s|$)", dateless(text, "|"))
    parts = [p for part in apart if (p := part.strip(" ,:-–—"))]
    single = parts[0] if len(parts) == 1 else ""
    return single if single and " " in single and NAME.fullmatch(single) and fold_key(single) not in provinces() else None


@cache
def provinces() -> frozenset[str]:
    return frozenset(fold_key(row["name"]) for row in lexicon("units.tsv") if row["level"] == "province")


def glued_credits(paragraph: str) -> Credits | None:
    """The authors printed after the last full stop of a paragraph.

    >>> glued_credits("Lễ hội kéo dài ba ngày./. Bùi An - Mai Lan (Theo TTXVN)")
    Credits(names=('Bùi An', 'Mai Lan'), outlet='TTXVN')
    >>> glued_credits("Lễ hội kéo dài ba ngày tại TP. Lạng Sơn") is None
    True
    """
    if barred := BARRED.search(paragraph, max(0, len(paragraph) - 1200)):
        return read_credits(barred["author"])
    tail_from = max(0, len(paragraph) - 200)
    end = paragraph[tail_from:]
    start = 0
    while True:
        found = GLUED.search(end, start)
        if not found:
            bare = UNSTOPPED.search(end) if end.rstrip()[-1:] not in tuple(".:;!?") else None  # nothing it finds ends so
            return read_credits(bare["name"] or bare["capitals"] or bare["labelled"]) if bare else None
        tail = found["tail"]
        half = len(tail) // 2
        if tail[:half] == tail[half + 1 :] and tail[half] == " ":  # printed twice
            tail = tail[:half]
        if is_labelled(tail) or (is_signature(tail) and not CUT_SHORT.search(end[: found.start()])):
            credits = read_credits(tail)
            return credits if credits.names or credits.outlet else None
        start = found.start() + 1
