"""Reads the name of a body that begins at a given place: head, topic or proper name, and to what it belongs.

``Ban Tuyên giáo`` + ``Tỉnh ủy`` + ``Bến Tre``; ``Phòng`` + ``GD&ĐT`` + ``huyện``; ``Công ty TNHH`` + a run of capitalised words and words that
company names use. A name ends before a person, an office, a verb, a comma, a bracket or a dash.
"""

from __future__ import annotations

import re
from typing import NamedTuple

from transforms.clean.unicode import fold_tones
from transforms.document import Article
from transforms.extract import gazetteer
from transforms.extract.bodies_lexicon import Head, heads_at, phrase_at
from transforms.extract.names import name_end
from transforms.extract.place_names import CLASSES, Name, read_name
from transforms.text import UPPER

TOPICS, WORDS = "body_topics.tsv", "body_words.tsv"
_DEPTH = 4

_SPACE = re.compile(r"[ \u00a0]{1,2}")
_OF = re.compile(r"[ \u00a0]{1,2}(?:của[ \u00a0]{1,2})?")
_UNIT = re.compile(r"(tỉnh|thành phố|tp|quận|huyện|thị xã|tx|xã|phường|thị trấn|đặc khu)(?!\w)\.?[ \u00a0]{0,2}")
_UNITS = {"tp": "thành phố", "tx": "thị xã"}
_NO_UNIT = re.compile(r"(?:ủy|đoàn|hội|đội|nghèo|thông minh|nông thôn|đảo|miền|biên giới|lân cận|bạn|khác|này|viên|thuộc|trực)(?!\w)")
_HCM = re.compile(r"tp\.?[ ]?hcm(?!\w)")
_CENTRAL = re.compile(r"(?:trung ương đảng|trung ương|tw đảng|tw|t\.ư|tư|tối cao)(?!\w)")
_NATION = re.compile(r"(?:việt nam|vn)(?!\w)")
_WIDE = re.compile(r"(?:quốc gia|nhà nước|quốc tế|thế giới|châu á|châu âu|miền nam|miền bắc|miền trung|phía nam|khu vực (?:[ivx]+|\d+)|việt nam|vn)(?!\w)")
_ORGANS = re.compile(
    r"(?:khối (?:các )?cơ quan(?: và doanh nghiệp| đảng| dân chính đảng)?|khối doanh nghiệp|khối dân chính đảng|các cơ quan đảng(?! ủy)|"
    r"khối đảng|khối các trường[\w, ]{0,40}|công an|quân sự|ngoài nước|dân chính đảng|quân đội|biên phòng|bộ đội biên phòng)(?!\w)"
)
_TOKEN = re.compile(r"[^\W_][\w'’]*(?:[.&/-][\w'’]+)*")
_CONNECTOR = re.compile(r"(?:và|&)[ \u00a0]{1,2}|[-–][ \u00a0]{1,2}")
_NUMBER = re.compile(r"[ \u00a0]{1,2}(?:số[ \u00a0])?(\d{1,4}|[IVX]{1,4}|Thủ đô)(?!\w)")
_SERIAL = re.compile(r"số[ \u00a0]\d{1,3}(?!\w)")
_BRANCH = re.compile(rf"(?:[ \u00a0]?\([^()\n]{{1,30}}\))?[ \u00a0]?[-–,]?[ \u00a0]?([Cc]hi nhánh)[ \u00a0]([{UPPER}][\w]*(?:[ \u00a0][{UPPER}][\w]*){{0,3}})")
_BOUNDARY = re.compile(r"[ \u00a0]*(?:[,.;:()\n\"”]|$| - | – )|[ \u00a0](?:tỉnh|thành phố|tp|huyện|quận|thị xã|xã|phường)(?!\w)")
# First words after a head that make it something else than a body's name.
_NO_TOPIC = re.compile(
    r"(?:giám hiệu|giám đốc|giám khảo|chủ nhiệm|chỉ huy|lãnh đạo|nha|biên tập|tổng giám|điều hành|đại diện|cán sự|chấp hành|thường vụ|"
    r"liên lạc|thanh tra nhân dân|nghị|thảo|trường|thi|viên|trại|chợ|xuân|lim|gióng|an|diễn|luật|máy|phận|trưởng|chỉ số|tiêu|tài liệu|"
    r"hội nghị|triển lãm|thương mại|mua sắm|thành phố|huyện|quận|tỉnh|bản|đồng quản trị|quy tắc|câu hỏi|lĩnh|sách|ảnh|phim|nhân dân|bí thư|"
    r"chính trị|khách|họp|làm|hộp|cháy|chống|ngủ|khám|gym|đọc|trà|quản trị|thành viên|thành|khánh tiết|tin|dân phố)(?!\w)"
)
_STOP_WORDS = frozenset(
    "đã vừa đang sẽ là có cho về tại trong với của từ đến do ra vào ở để và hoặc khi nhằm theo trên dưới tổ được bị phải cần không cũng còn đều "
    "phối phát biểu báo cáo đề nghị yêu cầu chỉ đạo lãnh tham mưu ban hành thực hiện triển khai tiến trao tặng đón tiếp thăm chúc dự chủ trì "
    "kiểm giám làm mở xây giữ nêu khẳng nhấn mạnh chia sẻ cùng gồm như này đó nói trực thuộc trình ký họp hỗ trợ tăng giảm đạt quyết định sau "
    "trước ngày năm tháng bắt khởi truy công bố cấp gửi thông qua quán triệt nghe bàn tuyên truyền vận động đưa lấy lại nên thì mà nay khóa nhiệm kỳ".split()
)  # fmt: skip


class Unit(NamedTuple):
    """The unit at the end of a body's name: named (``name``), or only by its class word."""

    end: int
    text: str
    level: str | None
    name: Name | None


class Body(NamedTuple):
    """A name that was read. ``stem`` is the name without its unit; ``is_named`` tells a unit's or a proper name in it."""

    start: int
    end: int
    name: str
    stem: str
    kind: str
    level: str | None
    unit: Unit | None
    head: Head
    is_named: bool
    is_tailed: bool  # something follows the head


class _Tail(NamedTuple):
    end: int
    text: str
    stem: str
    level: str | None
    unit: Unit | None
    kind: str | None
    is_named: bool


def read(article: Article, pos: int, depth: int = 0) -> Body | None:
    """The longest body's name that begins at ``pos``, None where none does.

    >>> body = read(Article.from_text("Ban tuyên giáo Tỉnh uỷ Bến Tre Ký kết"), 0)
    >>> body.name, body.end
    ('Ban Tuyên giáo Tỉnh ủy Bến Tre', 30)
    """
    for end, head in heads_at(article.text, article.folded, pos):
        body = read_after(article, pos, end, head, depth)
        if body:
            return body
    return None


def read_after(article: Article, start: int, end: int, head: Head, depth: int = 0) -> Body | None:
    """The body whose head stands at ``start`` to ``end``."""
    tail: _Tail | None = None
    own: str | None = None  # topic or proper name
    if head.tail == "number":
        number = _NUMBER.match(article.text, end)
        if number is None:
            return None
        return Body(start, number.end(), f"{head.name} {number[1]}", f"{head.name} {number[1]}", head.kind, head.level, None, head, True, True)
    if head.tail in ("topic", "run"):
        topic = read_topic(article, end, head) if head.tail == "topic" else _run(article, end, head, proper=False)
        if topic is None and not (head.tail == "run" and head.name == "Trường Chính trị"):
            return None
        if topic:
            end, own = topic
    is_named = head.tail == "run"
    if head.tail == "foreign":
        tail = _country(article, end)
    elif head.tail != "none":
        tail = _owner(article, end, head, depth)
    if tail is None and (head.tail == "req" or (own is None and head.name == "Trường Chính trị")):
        return None
    name = stem = f"{head.name} {own}" if own else head.name
    kind, level, unit = head.kind, head.level, None
    if tail:
        end, unit, is_named = tail.end, tail.unit, is_named or tail.is_named
        name, stem = f"{name} {tail.text}", f"{stem} {tail.stem}".strip()
        level = level if tail.level is None or (head.level and head.tail not in ("topic", "opt")) else tail.level
        if kind == "=":
            kind = tail.kind or "other"
    elif kind == "=":
        kind = "other"
    if head.tail == "run":
        branch = _BRANCH.match(article.text, end, min(len(article.text), end + 90))
        if branch and head.kind in ("company", "school"):
            end = branch.end()
            name = stem = f"{name} - Chi nhánh {fold_tones(branch[2])}"
    return Body(start, end, name, stem, kind, level, unit, head, is_named, own is not None or tail is not None)


def read_unit(article: Article, pos: int) -> Unit | None:
    """A unit with its class word at ``pos``, whether named or not (``tỉnh``, ``huyện Na Rì``, ``TP.HCM``)."""
    folded = article.folded
    city = _HCM.match(folded, pos)
    if city:
        return Unit(city.end(), "Thành phố Hồ Chí Minh", "province", Name(pos, city.end(), "hồ chí minh", "province"))
    word = _UNIT.match(folded, pos)
    if word is None:
        return None
    full = _UNITS.get(word[1], word[1])
    if word.end() > word.end(1):
        name = read_name(article, word.end(), CLASSES[word[1]], unknown=word[1] not in ("tp", "tx"))
        if name:
            return Unit(name.end, f"{full} {_printed(article, name)}", name.level, name)
        if _NO_UNIT.match(folded, word.end()):
            return None
    level = {"tỉnh": "province", "thành phố": None}.get(full, "district" if full in ("quận", "huyện", "thị xã") else "commune")
    return Unit(word.end(1), full, level, None)


def _printed(article: Article, name: Name) -> str:
    printed = article.text[name.start : name.end]
    if name.key.isdigit():
        return name.key
    if printed.isupper() and len(printed) > 3:
        return gazetteer.canonical(name.key, name.level) or fold_tones(printed.title())
    if name.key == "hcm":
        return "Hồ Chí Minh"
    return fold_tones(" ".join(printed.split()))


def _bare_unit(article: Article, pos: int, head: Head) -> Unit | None:
    """A unit's name without class word: ``Tỉnh ủy Bến Tre``, ``Sở Tư pháp Hải Dương``."""
    if not article.text[pos : pos + 1].isupper():
        return None
    levels = {"Tỉnh ủy": ("province",), "Tỉnh đoàn": ("province",), "Thành ủy": ("city",), "Thành đoàn": ("city",)}.get(head.name)
    if levels is None:
        levels = ("district",) if head.level == "district" else ("province", "district")
    for level in levels:
        name = read_name(article, pos, level)
        if name is None or name.key.isdigit() or (level == "province" and name.key in ("hồ chí minh", "hcm", "hồ chí mính")):
            continue
        if level == "district" and len(levels) > 1:
            following = article.text[name.end + 1 : name.end + 2]
            if " " not in name.key or (article.text[name.end : name.end + 1] == " " and following.isupper()) or name_end(article.text, pos):
                continue
        return Unit(name.end, _printed(article, name), name.level, name)
    return None


def _country(article: Article, end: int) -> _Tail | None:
    gap = _SPACE.match(article.text, end)
    if gap is None or not article.text[gap.end() : gap.end() + 1].isupper():
        return None
    name = read_name(article, gap.end(), "country")
    if name is None or name.key in ("việt nam", "vn", "anh", "đức"):
        return None
    printed = _printed(article, name)
    return _Tail(name.end, printed, printed, None, None, None, True)


def _owner(article: Article, end: int, head: Head, depth: int) -> _Tail | None:
    """To what the body belongs: the centre, the country, a unit, an organ, another body; up to three after one another."""
    text, folded = article.text, article.folded
    texts: list[str] = []
    stems: list[str] = []
    level = unit = kind = None
    named = False
    for _ in range(3):
        gap = (_OF if not texts else _SPACE).match(folded, end)
        if gap is None:
            break
        pos = gap.end()
        is_of = "của" in gap[0]
        central = _CENTRAL.match(folded, pos)
        if central and not texts and (text[pos].isupper() or central[0].startswith(("trung", "tối"))) and head.level not in ("province", "district"):
            printed = "Trung ương Đảng" if "đảng" in central[0] else "tối cao" if central[0] == "tối cao" else "Trung ương"
            texts.append(printed)
            stems.append(printed)
            end, level, named = central.end(), "central", True
            continue
        nation = (_WIDE if head.tail in ("topic", "run") else _NATION).match(folded, pos)
        if nation and unit is None and not (head.level in ("province", "district")) and (text[pos].isupper() or head.tail != "opt"):
            printed = "Việt Nam" if nation[0] == "vn" else fold_tones(text[pos : nation.end()])
            texts.append(printed)
            stems.append(printed)
            end, named = nation.end(), True
            level = "central" if nation[0] in ("việt nam", "vn", "quốc gia", "nhà nước") else level
            continue
        found = read_unit(article, pos)
        if found is None and unit is None and not is_of:
            found = _bare_unit(article, pos, head)
        if found:
            if unit is not None and found.name is None:
                break
            texts.append(found.text)
            unit, end, level = unit or found, found.end, level if unit else found.level
            named = named or found.name is not None
            continue
        if unit is None and not texts and head.kind in ("party", "party_committee", "=") and head.name not in ("Tỉnh ủy", "Huyện ủy", "Thành ủy", "Quận ủy"):
            organ = _ORGANS.match(folded, pos)
            if organ and (organ[0].startswith(("khối", "các", "ngoài", "dân")) or not read(article, pos, _DEPTH - 1)):
                printed = fold_tones(text[pos : organ.end()]).strip()
                printed = printed[:1].upper() + printed[1:] if printed[:1] != "c" else printed
                texts.append(printed)
                stems.append(printed)
                end = organ.end()
                continue
        if unit is None and depth < _DEPTH and (text[pos].isupper() or folded.startswith(("tỉnh ủy", "huyện ủy", "thành ủy", "quận ủy", "thị ủy", "đảng ủy"), pos)):
            body = read(article, pos, depth + 1)
            if body and body.head.name != head.name and body.head.name not in _SIDE and (not is_of or depth == 0):
                texts.append(body.name)
                stems.append(body.stem)
                end, unit, kind = body.end, body.unit, body.kind
                level, named = body.level or level, named or body.is_named
        break
    if not texts:
        return None
    return _Tail(end, " ".join(texts), " ".join(stems), level, unit, kind, named)


# Bodies that stand beside another and do not own it.
_SIDE = frozenset(["Báo", "Tạp chí", "Ban", "Hội", "Tòa án nhân dân", "Viện kiểm sát nhân dân", "Mặt trận Tổ quốc", "Ban Tuyên giáo"])


def read_topic(article: Article, end: int, head: Head, listed: bool = False) -> tuple[int, str] | None:
    """What a department, association, centre, … is about: a known topic, else a run of capitalised words."""
    gap = _SPACE.match(article.text, end)
    if gap is None:
        return None
    pos = gap.end()
    known = phrase_at(article.text, article.folded, pos, TOPICS)
    if known:
        return known if listed else _extended(article, known, head)
    if listed or head.name == "Bộ" or _NO_TOPIC.match(article.folded, pos):
        return None
    if not article.text[end - 1 : end].isalpha() or not article.text[pos : pos + 1].isupper():
        return None
    return _run(article, end, head, proper=True)


def _extended(article: Article, known: tuple[int, str], head: Head) -> tuple[int, str]:
    """A known topic and what adds to it: ``Kinh tế`` + ``và`` + ``Hạ tầng``."""
    end, value = known
    if head.name in ("Bộ", "Sở") and " " in value:
        return known
    for _ in range(3):
        link = re.compile(r"[ \u00a0](và|-|–)[ \u00a0]|[ \u00a0]").match(article.folded, end)
        if link is None or not article.text[link.end() : link.end() + 1].isupper():
            break
        more = phrase_at(article.text, article.folded, link.end(), TOPICS)
        if more is None or more[1] in ("Công an", "Trung ương", "Thành phố Hồ Chí Minh") or (link[1] and heads_at(article.text, article.folded, link.end())):
            break
        end, value = more[0], f"{value} {link[1] + ' ' if link[1] else ''}{more[1]}"
    return end, value


def _run(article: Article, end: int, head: Head, proper: bool) -> tuple[int, str] | None:
    """Capitalised words, and lower-case ones that such names use, up to what can't belong to the name.

    ``proper``: a topic is read, in which a person's name has no place; else a company or school may be named after one.
    """
    text, folded = article.text, article.folded
    limit = min(len(text), end + 130)
    gap = _SPACE.match(text, end)
    if gap is None or (text[max(0, end - 8) : end].isupper() and len(head.name) > 8 and text[gap.end() : gap.end() + 4].isupper() and proper):
        return None
    pos = begin = gap.end()
    stop = begin
    words = 0
    seen_name = capital = False
    while pos < limit and words < 16:
        step: int | None = None
        is_capital = text[pos].isupper() or text[pos].isdigit()
        serial = _SERIAL.match(folded, pos)
        vocabulary = None if serial else phrase_at(text, folded, pos, TOPICS, WORDS)
        if serial:
            step, capital = serial.end(), True
        elif words and (_UNIT.match(folded, pos) and not (text[pos].isupper() and vocabulary)):
            break
        elif words and is_capital and heads_at(text, folded, pos) and not (vocabulary and head.tail == "run" and not folded.startswith(("công an", "bộ "), pos)):
            break
        elif vocabulary and vocabulary[1] != "và":
            step = vocabulary[0]
            capital = capital or text[pos].isupper()
        elif is_capital:
            person = name_end(text, pos)
            if person and (proper or seen_name):
                break
            token = _TOKEN.match(text, pos)
            if token is None:
                break
            step = person if person else token.end()
            seen_name = seen_name or person is not None
            if not person and head.tail == "run":
                seen_name = seen_name or vocabulary is None
            capital = True
        elif words:
            lower = _lower_words(article, pos)
            if lower is None:
                break
            step = lower
        if step is None or step > limit:
            break
        words += 1
        stop = step
        gap = _SPACE.match(text, step)
        if gap is None:
            break
        pos = gap.end()
        link = _CONNECTOR.match(folded, pos)
        if link:
            after = text[link.end() : link.end() + 1]
            joined = phrase_at(text, folded, link.end(), TOPICS, WORDS)
            if not (after.isupper() or joined) or heads_at(text, folded, link.end()) or name_end(text, link.end()):
                break
            if head.tail == "run" and link[0][0] in "-–" and not joined:
                break
            if head.tail == "run" and seen_name and link[0].startswith("và"):
                break
            pos = link.end()
    if not capital or stop == begin or (proper and words < 2 and head.name in ("Ban", "Hội", "Vụ", "Viện", "Hội đồng", "Trung tâm", "Ủy ban", "Cục")):
        return None
    printed = fold_tones(" ".join(text[begin:stop].split())).replace("–", "-").replace(" & ", " và ")
    return stop, printed


def _lower_words(article: Article, pos: int) -> int | None:
    """One or two small-letter words that close a name (``… Sinh vật cảnh,``): none a verb, and a clear end after them."""
    end = pos
    for _ in range(2):
        token = _TOKEN.match(article.folded, end)
        if token is None or not article.text[end].islower() or token[0] in _STOP_WORDS:
            return None
        if _BOUNDARY.match(article.folded, token.end()):
            return token.end()
        if article.folded[token.end() : token.end() + 1] != " ":
            return None
        end = token.end() + 1
    return None
