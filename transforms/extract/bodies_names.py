"""What follows the head of a body's name: a topic (``Sở`` + ``Y tế``) or a proper name (``Công ty TNHH`` + ``Hải Long``)."""

from __future__ import annotations

import re
from dataclasses import dataclass

from transforms.clean.syllables import is_syllable
from transforms.clean.unicode import fold_tones
from transforms.document import Article
from transforms.extract.bodies_halves import AMOUNT, NO_FIRST, begins_sentence, goes_on, is_reporter, whole_word
from transforms.extract.bodies_lexicon import TOPICS, WORDS, Head, begins_phrase, heads_at, phrase_at
from transforms.extract.bodies_ministries import CLAUSE, and_field, field_abroad
from transforms.extract.bodies_mixed import MIXED, read_mixed
from transforms.extract.bodies_short import written_out
from transforms.extract.bodies_sites import read_site
from transforms.extract.names import name_end
from transforms.extract.place_names import read_name
from transforms.text import LOWER, UPPER

UNIT_WORD = re.compile(
    r"(tỉnh|thành phố|tp|quận|huyện|thị xã|tx|xã|phường|thị trấn|đặc khu|[qphx](?=\.)|tt(?=\.))(?!\w)\.?[ \u00a0]{0,2}"
)
_OPEN = ("Ban Chỉ đạo", "Ban Quản lý", "Hội", "Hiệp hội")  # heads of which topics are read that no list has
_FIRST = re.compile(r"[ \u00a0]{1,2}(\w+)")
SPACE = re.compile(r"[ \u00a0]{1,2}")
_LONGEST, _MOST_WORDS = 130, 16
_TOKEN = re.compile(r"[^\W_][\w'’]*(?:[.&/-][\w'’]+)*")
_CONNECTOR = re.compile(r"(?:và|&)[ \u00a0]{1,2}|[-–][ \u00a0]{1,2}")
_INITIALS = re.compile(r" (?!TP |VN )[A-Z]{2,5}(?= (?:Việt Nam|VN)(?!\w))")  # "Hiệp hội Doanh nghiệp" + "FDI" + "Việt Nam"
_LETTER = re.compile(rf" [{UPPER}] \Z")
_LINK = re.compile(r"[ \u00a0](và|-|–)[ \u00a0]|[ \u00a0]")
_FRIENDS = re.compile(r"(?:Úc|Nhật|Pháp|Đức|Hàn|Trung|Xô|Nga|Mỹ|Tiệp|Lào|Ý|Bỉ|Anh|Thái|Hung|Bun|Ba Lan|Séc|Sing|Đài|Hà)(?!\w)")
_HALF = re.compile(rf" (?!(?:quận|huyện|thị xã|thành phố|tỉnh|xã|phường) )[{LOWER}]+ [{UPPER}]")
_SERIAL = re.compile(r"(?:số[ \u00a0]\d{1,3}|khu vực[ \u00a0](?:[ivx]{1,4}|\d{1,2}))(?!\w)")
_BOUNDARY = re.compile(r"[ \u00a0]*(?:[,.;:()\n\"”]|$| - | – )|[ \u00a0](?:tỉnh|thành phố|tp|huyện|quận|thị xã|xã|phường)(?!\w)")
# First words after a head that make it something else than a body's name.
_NO_TOPIC = re.compile(
    r"(?:giám hiệu|giám đốc|giám khảo|chung khảo|sơ khảo|"
    r"chủ nhiệm|chỉ huy|lãnh đạo|nha|biên tập|tổng giám|điều hành|đại diện|cán sự|chấp hành|"
    r"thường vụ|thường trực|thanh tra nhân dân|nghị|thảo|trường|thi|viên|trại|chợ|xuân|lim|gióng|"
    r"an(?! ninh| toàn)|diễn(?! viên| đàn)|luật|máy|phận|trưởng|"
    r"chỉ số|tiêu|tài liệu|hội nghị|triển lãm|thương mại|mua sắm|huyện|quận|tỉnh|bản|đồng quản trị|quy tắc|câu hỏi|"
    r"lĩnh|lớn|thao|quán|hoa|chứng|làng|hè|đua|báo|chùa|phết|vật(?! lý| liệu| lí)|đình|"
    r"ngộ|tụ|nhập|thoại|ý|pv|sách|ảnh|phim|"
    r"nhân dân|bí thư|chính trị|khách|họp|làm|hộp|cháy|chống|ngủ|khám|gym|đọc|trà|quản trị|thành|"
    r"khánh tiết|tin|dân phố|tngt)(?!\w)"
)
# A number that counts what follows it: "Tổng công ty Khánh Việt 380 triệu đồng".
_COUNT = re.compile(
    r"[\d.,]+[ \u00a0]?"
    r"(?:%|(?:triệu|tỷ|tỉ|nghìn|ngàn|đồng|usd|suất|phần|xe|căn|chiếc|người|cái|lô|tấn|kg|thùng|bộ|tuổi|năm)(?!\w))"
)
# "Nghiên cứu và bảo tồn văn hóa dân gian Việt Nam": small words up to the country.
_SMALL_REST = ("Trung tâm", "Viện")
# "Nông nghiệp và sinh học quốc tế"
_WORLDWIDE = re.compile(rf" và(?! (?:các|những|chuyên|cơ|tổ|đối|đoàn)(?!\w))(?: [{LOWER}]+){{1,5}}? (?:quốc tế|quốc gia)(?!\w)")
_FOR_COUNTRY = re.compile(rf"(?: [{LOWER}]+){{2,12}}(?= Việt Nam)")
# What a plant makes, between its class word or legal form and its name: "Nhà máy [đóng tàu] Dung Quất".
_MADE = re.compile(rf"[{LOWER}]+(?: [{LOWER}]+){{0,3}}(?= [{UPPER}][{LOWER}])")
_WORKS = ("Nhà máy", "Xí nghiệp")
_FORMS = re.compile(r"(?:tnhh|cổ phần|cp|mtv|thành viên|hữu hạn) \Z")
_JOINED, _LAST = ("& ", "- "), ("& ", " và ", "TNHH ", "phần ", "CP ", "MTV ")
_FORM_BEFORE = re.compile(r"(?:tnhh|cổ phần|cp|mtv|thành viên|hữu hạn) \w+ \Z")
_SMALL_WORDS = re.compile(rf"[{LOWER}]+(?: [{LOWER}]+){{0,2}}(?= [{UPPER}])")
_THOSE = re.compile(rf"[Cc]ác(?: [{LOWER}]+){{2,6}}(?=[,.;()\n]| Việt Nam| tỉnh| TP)")  # "Hiệp hội các nhà đầu tư tài chính"
_NUMERAL = re.compile(r"[IVX]{1,4}(?!\w)")  # "Vụ II", "Cục IV" of an inspectorate
_NUMBERED = ("Cục", "Vụ")
_IN_SERIES = ("Trung tâm", "Cục", "Chi cục")
_EDITION = re.compile(r" (?:điện tử|plus)(?!\w)")
_SERIES = re.compile(r" (?:[1-9]|[IVX]{1,4})(?![\w.,]?\w)")
_STOPS = """
đã vừa đang sẽ là có cho về tại trong với của từ đến do ra vào ở để và hoặc khi nhằm theo trên dưới tổ được bị phải cần không
cũng còn đều phối phát biểu báo cáo đề nghị yêu cầu chỉ đạo lãnh tham mưu ban hành thực hiện triển khai tiến trao tặng đón tiếp
thăm chúc dự chủ trì kiểm giám làm mở xây giữ nêu khẳng nhấn mạnh chia sẻ cùng gồm như này đó nói trực thuộc trình ký họp hỗ trợ
tăng giảm đạt dành quyết định sau trước ngày năm tháng bắt khởi truy công bố cấp gửi thông qua quán triệt nghe bàn tuyên truyền
vận động đưa lấy lại nên thì mà nay thẩm gặp khóa nhiệm kỳ chi mua bán thu nhận xử phạt chuẩn chưa khám nộp thua đối hoạt khuyến
"""
_STOP_WORDS = frozenset(_STOPS.split())
_STOP_PAIRS = ("số tiền", "phân tích", "sai phạm", "nghiên cứu")  # whose first words may close a name
_SUBJECT = re.compile(
    rf"[{LOWER}]+(?: [{LOWER}]+){{1,9}}(?= (?:Việt Nam|Hà Nội|Trung ương|TP[. H]|TPHCM|Thành phố|(?:tỉnh|thành phố) [{UPPER}]))"
)
_LONG = frozenset(["Trung tâm", "Viện", "Liên đoàn", "Hiệp hội", "Cục", "Hội"])  # heads whose subjects may be printed small
_COMPANIES = frozenset(["Ngân hàng", "Tập đoàn", "Nhà máy", "Tổng công ty", "Công ty", "Xí nghiệp"])
_VERBS = frozenset(["Tổ chức", "Thông tin", "Tham mưu", "Tuyên giáo"])  # topics that are verbs where printed small
_HELD, _OFFICES = ("Tổ chức", "Tham mưu"), ("Ban", "Phòng", "Vụ")  # their topics may be printed small
_STUDY = _VERBS | {"Nghiên cứu"}
_ACTS = _VERBS | {"Thanh tra", "Kiểm tra", "Lao động", "Giáo dục", "Thống kê", "Báo chí", "Dự án", "Chính trị", "Việc làm"}
_DEEDS = _ACTS | {"Xây dựng", "Hợp tác quốc tế", "Bảo tồn", "Nghiên cứu", "Pháp luật"}
_TWO_WORDS = frozenset(
    ["Ban", "Hội", "Vụ", "Viện", "Hội đồng", "Trung tâm", "Ủy ban", "Cục", "Liên đoàn"]
)  # want a topic of two words


def wants_topic(article: Article, options: list[tuple[int, Head]]) -> bool:
    """Whether heads printed in small letters want a known topic, and none follows, by its first word."""
    for end, head in options:
        if head.tail != "topic" or head.name in _OPEN:
            return False
        first = _FIRST.match(article.folded, end)
        if first and begins_phrase(first[1], TOPICS):
            return False
    return True


def read_topic(article: Article, end: int, head: Head, listed: bool = False, known_only: bool = False) -> tuple[int, str] | None:
    """What a department, association, centre, … is about: a known topic, else a run of capitalised words.

    The head ends at ``end``. ``listed``: an item of a list of topics, which share a head; only known ones count there.
    """
    gap = SPACE.match(article.text, end)
    if gap is None:
        return None
    pos = gap.end()
    if listed and not article.text[pos : pos + 1].isupper():
        return None
    those = _THOSE.match(article.text, pos) if head.name in ("Hội", "Hiệp hội") and not listed else None
    if those and not _STOP_WORDS & set(those[0].split()):
        return those.end(), fold_tones(those[0])
    known = None if head.name == "Cơ quan" else phrase_at(article.text, article.folded, pos, head.name, TOPICS)
    if known and known[1] in _HELD and article.text[pos].islower() and head.name not in _OFFICES:
        return None  # "Trung tâm tổ chức lớp học"
    if known and head.name == "Ban Chỉ đạo" and known[1] in _DEEDS and article.text[pos].islower():
        known = None  # "giúp Ban Chỉ đạo xây dựng Đề án"
    if known:
        wider = field_abroad(article, pos) if head.name == "Bộ" and and_field(article, known[0]) else None
        return wider or (known if listed else read_mixed(article, pos, head, _extended(article, known, head)))
    if listed or known_only or head.name == "Khoa":
        return None
    if head.name in ("Bộ", "Cơ quan"):
        return field_abroad(article, pos)
    numeral = _NUMERAL.match(article.text, pos) if head.name in _NUMBERED else None
    if numeral:
        return numeral.end(), numeral[0]
    if _NO_TOPIC.match(article.folded, pos) or not article.text[end - 1 : end].isalpha():
        return None
    if not article.text[pos : pos + 1].isupper():
        return _small(article, pos) if head.name in _LONG else None
    return read_mixed(article, pos, head, read_run(article, end, head, proper=False))


def _small(article: Article, pos: int) -> tuple[int, str] | None:
    """A subject in small letters up to the country, a unit, a city: ``Trung tâm`` + ``đào tạo bóng đá`` + ``Việt Nam``."""
    subject = _SUBJECT.match(article.text, pos)
    if subject is None or CLAUSE & set(subject[0].split()):
        return None
    return subject.end(), fold_tones(subject[0])


def _extended(article: Article, known: tuple[int, str], head: Head) -> tuple[int, str]:
    """A known topic and what adds to it: ``Kinh tế`` + ``và`` + ``Hạ tầng``."""
    end, value = known
    if head.name in ("Bộ", "Sở") and " " in value:
        return known
    for _ in range(3):
        link = _LINK.match(article.folded, end)
        small = link and not article.text[link.end() : link.end() + 1].isupper()
        if link is None or (small and head.name not in _LONG):
            break
        more = phrase_at(article.text, article.folded, link.end(), head.name, TOPICS)
        if more is None or more[1] in ("Công an", "Trung ương", "Thành phố Hồ Chí Minh") or (small and more[1] in _ACTS):
            break
        if link[1] and heads_at(article.text, article.folded, link.end()):
            break
        end, value = more[0], f"{value} {link[1] + ' ' if link[1] else ''}{more[1]}"
    serial = _SERIES.match(article.text, end) if head.name in _IN_SERIES or value == "Dự án" else None
    if serial and not _COUNT.match(article.folded, end + 1):
        return serial.end(), f"{value}{serial[0]}"
    rest = _FOR_COUNTRY.match(article.text, end) or _WORLDWIDE.match(article.text, end) if head.name in _SMALL_REST else None
    site = read_site(article, end, value) if head.name == "Ban Quản lý" else None
    if site:
        return site
    letters = _INITIALS.match(article.text, end) if head.name in ("Hội", "Hiệp hội") else None
    if letters:
        return letters.end(), f"{value} {letters[0].strip()}"
    if rest and "hàng đầu" not in rest[0] and not _STOP_WORDS & set(rest[0].split()) - {"và"}:
        end, value = rest.end(), f"{value}{fold_tones(rest[0])}"
    return end, value


@dataclass(slots=True)
class _Run:
    """A name in the making: where it ends, how many words it has, how many of them are a proper name's."""

    stop: int
    words: int = 0
    names: int = 0
    capital: bool = False
    place: bool = False  # it is a province's name and nothing else


def read_run(article: Article, end: int, head: Head, proper: bool) -> tuple[int, str] | None:
    """Capitalised words, and lower-case ones that such names use, up to what can't belong to the name.

    ``proper``: a company or school, which may be named after a person; in a topic a person's name has no place.
    """
    text, folded = article.text, article.folded
    gap = SPACE.match(text, end)
    if gap is None or UNIT_WORD.match(folded, gap.end()) or folded.startswith(NO_FIRST, gap.end()):
        return None
    pos = begin = gap.end()
    if not proper and len(head.name) > 8 and text[max(0, end - 8) : end].isupper() and text[pos : pos + 4].isupper():
        return None  # in a headline of capitals nothing tells where the name ends
    run, limit, listed = _Run(begin), min(len(text), end + _LONGEST), 0
    while pos < limit and run.words < _MOST_WORDS:
        step = _step(article, pos, head, proper, run)
        if step is None or step > limit:
            break
        run.words += 1
        run.stop = step
        gap = SPACE.match(text, step)
        if gap is None and head.kind == "company" and not run.names and text.startswith(", ", step):
            if phrase_at(text, folded, step + 2, head.name, WORDS) is None:
                break
            listed = listed or step  # "Công ty TNHH sản xuất, dịch vụ Hải Long": a list before the proper name
            pos = step + 2
            continue
        if gap is None:
            break
        pos = gap.end()
        link = _CONNECTOR.match(folded, pos)
        if link:
            if not _joins(article, link, head, run):
                break
            pos = link.end()
    if listed and not run.names:
        run.stop = listed
    city = head.kind == "company" and folded.startswith((" tphcm", " tp.hcm", " tp. hcm", " tp hcm"), run.stop)
    if not (run.capital or city) or run.stop == begin:
        return None
    if head.name == "Báo":
        more = _EDITION.match(folded, run.stop)
        run.stop = more.end() if more else run.stop
    acronym = head.name in ("Cục", "Vụ") and text[begin : run.stop].isupper()
    if not proper and run.words < 2 and head.name in _TWO_WORDS and not acronym:
        ends = _BOUNDARY.match(folded, run.stop) or folded.startswith((" trung ương", " tw", " việt nam", " quốc gia"), run.stop)
        if head.name == "Ban" or not ends or " " not in text[begin : run.stop]:
            return None
    if head.name == "Phòng" and run.words == 1 and _HALF.match(text, run.stop):
        return None  # "Phòng Phong" + "thủy Kiến trúc"
    printed = fold_tones(" ".join(text[begin : run.stop].split())).replace("T.Ư", "Trung ương")
    if printed.endswith(" các"):  # "Ban Liên lạc các" + "cựu chiến binh"
        return None
    if not proper and printed.isupper() and run.words > 1 and text[max(0, end - 3) : end].isupper():
        printed = printed.capitalize()  # in a headline
    elif proper and head.kind == "government" and printed.isupper() and text[max(0, end - 3) : end].isupper():
        printed = " ".join(map(str.capitalize, printed.split()))  # "ĐẠI SỨ QUÁN HOA KỲ"
    return run.stop, written_out(printed.replace("–", "-"))


def _step(article: Article, pos: int, head: Head, proper: bool, run: _Run) -> int | None:
    """The end of the next word or phrase of the name at ``pos``; None where the name ends before."""
    text, folded = article.text, article.folded
    is_capital = text[pos].isupper() or text[pos].isdigit()
    if text[pos].isdigit() and (_COUNT if run.words and head.kind != "media" else AMOUNT).match(folded, pos):
        return None
    serial = _SERIAL.match(folded, pos) if head.kind != "media" else None  # "Báo Giao thông số 22"
    if serial:
        run.capital = True
        return serial.end()
    phrase = phrase_at(text, folded, pos, head.name, TOPICS, WORDS)
    if is_capital:
        nested = [one for one in heads_at(text, folded, pos) if not _is_word(one[1], head)]
        if nested and not run.words and nested[0][1].tail == "run" and not (phrase and phrase[0] > nested[0][0]):
            run.capital = run.capital or head.kind == "school"  # Học viện Ngân hàng
            return nested[0][0]
        if nested and head.kind == "company":
            inner = next((stop for stop, one in nested if one.name in _COMPANIES), None)
            if inner:
                return inner
        if run.words and (begins_sentence(text, folded, pos) or (head.kind == "media" and is_reporter(text, pos))):
            return None
        if run.words and nested and not (phrase and proper and not folded.startswith(("công an", "bộ "), pos)):
            return None
    ends = UNIT_WORD.match(folded, pos) or folded.startswith(("tphcm", "trung ương"), pos)
    if run.words and ends and not (text[pos].isupper() and phrase and head.kind != "media"):
        return None
    if phrase and phrase[1] == "số":  # "Công ty MHBS [số] tiền"
        return None
    if phrase and phrase[0] - 5 >= pos and folded.startswith("triển khai", phrase[0] - 5):  # "Tập đoàn Hòa Phát triển khai"
        phrase = None
    deeds = _STUDY if proper and run.words else _VERBS  # "Trường Đại học Quốc tế [nghiên cứu]"
    if phrase and phrase[1] != "và" and (is_capital or not (run.names or phrase[1] in deeds)):
        run.capital = run.capital or text[pos].isupper()
        return phrase[0]
    if is_capital:
        step = _capital_word(article, pos, proper, run)
        if step is None or not text[step + 1 : step + 2].islower():
            return step
        is_first = (not run.words and (proper or head.name not in MIXED)) or text.endswith(_LAST if proper else _JOINED, 0, pos)
        whole = whole_word(article, pos, step, head) if is_first else step
        if whole != step:
            run.words, run.names = run.words + 1, int(head.kind == "school")
        return whole
    if proper and run.names == 1 and (run.words == 1 or _FORM_BEFORE.search(folded, max(0, pos - 24), pos)):
        return _compound(article, pos)
    formed = head.kind == "company" and run.words and not run.names and _FORMS.search(folded, max(0, pos - 20), pos)
    if formed or head.name in _WORKS:
        made = _MADE.match(text, pos)
        if made and not _STOP_WORDS & set(made[0].split()) and not read_name(article, made.end() + 1, "country"):
            return made.end()
    if head.kind == "media" or folded.endswith("việt nam", 0, pos - 1):
        return None
    return _lower_words(article, pos, proper) if run.words and not run.names else None


def _is_word(inner: Head, head: Head) -> bool:
    """Whether what might head a body is but a word of the name: ``Viện Lịch sử`` + ``Đảng``, ``Công ty Thép`` + a brand."""
    brand = inner.kind == "company" and inner.tail == "none" and inner.level is None
    return inner.tail in ("party", "abroad") or (brand and head.kind == "company")


def _compound(article: Article, pos: int) -> int | None:
    """The rest of a word that begins a proper name (Ánh [sáng] Tuấn Khương): a capital stands on both sides of it.

    After a legal form it may be of more syllables: ``Công ty CP Dụng`` + ``cụ thể thao`` + ``Delta``.
    """
    words = _SMALL_WORDS.match(article.text, pos)
    if words is None or not is_syllable(article.folded[max(0, pos - 12) : pos].split()[-1]):
        return None
    small = words[0].split()
    if len(small) > 1 and not _FORM_BEFORE.search(article.folded, max(0, pos - 24), pos):
        return None
    return None if _STOP_WORDS & set(small) or not all(map(is_syllable, small)) else words.end()


def _capital_word(article: Article, pos: int, proper: bool, run: _Run) -> int | None:
    province = read_name(article, pos, "province")
    if province and run.words and not proper:
        return None  # the unit to which the body belongs
    person = None if province else name_end(article.text, pos)
    if person and run.place and run.words == 1 and article.text.count(" ", pos, person) > 1:
        return None  # "Giám đốc Bảo tàng Lâm Đồng" + "Phạm Văn An"
    run.place = province is not None and not run.words
    if person and (not proper or run.names > 1 or (run.names and _is_head(article.folded, pos, person))):
        return None  # "Chủ tịch Tập đoàn Alphagroup" + "Lê Văn An"
    token = _TOKEN.match(article.text, pos)
    if token is None:
        return None
    run.capital = True
    if "-Công" in token[0] or "-CTCP" in token[0]:  # "Tập đoàn Vingroup-Công ty CP"
        return token.start() + token[0].index("-C")
    if token[0] == "St" and article.text.startswith(". ", token.end()):  # "Đại học St. Bonaventure"
        return token.end() + 1
    if person:
        run.names += 2
    elif proper and not token[0].isupper():
        run.names += 1
    return province.end if province else person or token.end()


def _is_head(folded: str, pos: int, end: int) -> bool:
    """Whether a person's name of three words is a firm's head's, since the word before it is no Vietnamese one."""
    before = folded[max(0, pos - 20) : pos].split()
    return folded.count(" ", pos, end) > 1 and bool(before) and before[-1].isalpha() and not is_syllable(before[-1])


def _joins(article: Article, link: re.Match[str], head: Head, run: _Run) -> bool:
    """Whether ``và``, ``&`` or a dash goes on with the name."""
    text, folded = article.text, article.folded
    after = link.end()
    joined = phrase_at(text, folded, after, head.name, TOPICS, WORDS)
    if not (text[after : after + 1].isupper() or joined) or heads_at(text, folded, after) or name_end(text, after):
        return False
    if link[0][0] in "-–" and folded.startswith("việt ", link.start() - 5) and _FRIENDS.match(text, after):
        return True  # "Bệnh viện Hữu nghị Việt - Tiệp"
    if head.tail != "run":
        return True
    if link[0][0] in "-–" and head.kind == "company" and _LETTER.search(text, link.start() - 3, link.start()):
        return True  # "Tập đoàn E - United"
    return not (link[0][0] in "-–" and not joined) and not (run.names and link[0].startswith("và"))


def _lower_words(article: Article, pos: int, proper: bool) -> int | None:
    """One or two small-letter words that close a name (``… Sinh vật cảnh,``): none a verb, and a clear end after them."""
    folded = article.folded
    end = pos
    for number in range(2):
        token = _TOKEN.match(folded, end)
        if token is None or not article.text[end].islower() or token[0] in _STOP_WORDS or folded.startswith(_STOP_PAIRS, end):
            return None
        if _BOUNDARY.match(folded, token.end()):
            return token.end()
        following = token.end() + 1
        if not proper and article.text[following : following + 1].isupper() and read_name(article, following, "country"):
            return token.end()  # "Hiệp hội Diễn viên" + "Mỹ"
        if folded[token.end() : token.end() + 1] != " ":
            return None
        after = _TOKEN.match(folded, token.end() + 1)
        closes = not proper and number == 0 and after is not None and after[0] in _STOP_WORDS
        if closes and after and (after[0] == "và" or goes_on(article, token.end())):
            return token.end()
        end = token.end() + 1
    return None
