"""What a steering committee or a project's board is for: ``Ban Chỉ đạo`` + ``xử lý các dự án chậm tiến độ``."""

from __future__ import annotations

import re

from transforms.clean.unicode import fold_tones
from transforms.document import Article
from transforms.extract.bodies_lexicon import Head, heads_at, phrase_at
from transforms.extract.names import name_end
from transforms.extract.place_names import VILLAGES, read_name
from transforms.text import LOWER, UPPER

_ABOUT = re.compile(r"[ \u00a0]về[ \u00a0]")
# First words of a purpose that is printed small and without "về"; what else may follow the head is the committee's deed.
_PURPOSES = re.compile(
    r"[ \u00a0](?=(?:xử lý|giải quyết|đổi mới|sắp xếp|cổ phần|tái cơ cấu|cải cách|phòng|chống|phát triển|ứng phó|"
    r"xây dựng(?! và (?:triển|ban|thực|trình)| kế hoạch| quy chế| phương án| dự thảo| đề án)|"
    r"thi hành|tổng kết|bảo vệ|công tác|vận động|chương trình|dự án|đề án|chuyển đổi|hội nhập|giảm nghèo|xóa|giải phóng|"
    r"cưỡng chế|diễn tập|kỳ thi|thi (?!đua)|tổng điều tra|liên ngành|quản lý|điều hành|an toàn|năm du lịch|"
    r"thực hiện (?:quy chế|các? ?chương trình|chương trình|đề án|dự án|nghị quyết|chỉ thị|chiến lược|"
    r"phong trào|cuộc vận động))(?!\w))"
)
# "Ban Chỉ đạo thực hiện Kết luận 80-KL/TW" (của Ban Bí thư về …)
_CARRIED = re.compile(r" (thực hiện (?:nghị quyết|chỉ thị|kết luận|quyết định|nghị định|kế hoạch|đề án)(?: số)? \d[\w/-]*)")
_WORD = re.compile(r"[ \u00a0]?([^\W_][\w/-]*)")
_VERBS = """
đã vừa đang sẽ là có cho tại trong với từ do ra vào để khi nhằm theo trên được bị phải cần không cũng còn đều phát yêu đề báo họp
nêu cùng gồm như này đó trực ngày năm tháng khẳng nhấn giao tỉnh thành huyện quận xã phường thị ở đến tổ thuộc ban trưởng phó tiếp
bàn tiến nghe chủ cuộc kiểm thống sau trước hoàn đánh
"""
_STOPS = frozenset(_VERBS.split())
_GOES_ON = ("phát triển", "đề án", "báo chí", "tổ chức bộ", "hoàn thiện", "tiến độ", "kiểm soát", "thuộc ngành")
# What is one of a pair or list after a comma, so that the purpose goes on: "phòng, chống …", "tồn tại, yếu kém".
_SECONDS = (
    "chống", "yếu kém", "kém hiệu quả", "chậm tiến độ", "vướng mắc", "khó khăn", "hạn chế", "lãng phí", "tiêu cực", "pháp luật",
    "cứu nạn", "cứu hộ", "chữa cháy", "hiện đại hóa", "đổi mới", "gian lận", "hàng giả", "trật tự", "chính quy", "công nghệ",
    "tái cơ cấu", "sắp xếp", "phát triển", "tái định cư", "hỗ trợ",
)  # fmt: skip
_YEARS = re.compile(rf"[ \u00a0](?:[-–][ \u00a0])?(?:[{UPPER}][{LOWER}]+[ \u00a0]){{0,4}}20\d\d(?![\w/-])")
_QUOTED = re.compile(
    r"[ \u00a0]((?:[Dd]ự án|[Pp]hong trào|[Cc]uộc vận động|[Đđ]ề án|[Cc]hương trình)[ \u00a0])?[“\"]([^“”\"\n]{6,160})[”\"]"
)
_WHOLE = ("tồn tại", "vấn đề", "nhà ở")
# "Ban Tổ chức" + "Lễ hội", "Hội thi Tiếng hát mãi xanh lần thứ 3"
_OCCASION = re.compile(
    r"[ \u00a0]((?:lễ hội|hội thi|cuộc thi|giải thưởng|giải|liên hoan|hội diễn|hội chợ|ngày hội|festival|hội thao|sự kiện|"
    r"chương trình|lễ kỷ niệm)(?!\w))"
)
_OCCASION_NAME = re.compile(
    rf"((?:[ \u00a0][{UPPER}]\w*){{0,7}})(?:[ \u00a0]lần thứ [\dIVX]+)?(?:[ \u00a0](?:năm )?20\d\d)?"
    r"(?=[,.;:()\n\"”]|$|[ \u00a0](\w+))"
)
_BRANCH = re.compile(
    r"(?:[ \u00a0]?\([^()\n]{1,30}\))?[ \u00a0]?[-–,]?[ \u00a0]?[Cc]hi nhánh[ \u00a0]"
    rf"((?:(?:tỉnh|thành phố|huyện|quận|thị xã)(?!\w)(?:[ \u00a0](?=[{UPPER}]))?)?"
    rf"(?:[{UPPER}][\w]*(?:[ \u00a0][{UPPER}][\w]*){{0,3}})?)(?<=\w)(?!\w)"
)
_FORM = re.compile(  # "Tổng công ty Hàng không Việt Nam - CTCP"
    r"[ \u00a0]?[-–][ \u00a0]?(CTCP|Công ty (?:CP|[Cc]ổ phần|TNHH(?: MTV| [Mm]ột thành viên)?)|"
    rf"TNHH (?:MTV|[Mm]ột thành viên))(?! [{UPPER}]|\w)"
)
_TRADES = ("vận tải", "nông nghiệp", "dịch vụ", "dịch vụ nông nghiệp", "thủy sản", "thương mại", "sản xuất", "tín dụng")
TWINS = r"(?: ?[-–] ?(?:Quốc Tử Giám|Kẻ Bàng|Kiếp Bạc|Bái Đính|Tam Cốc))?"  # second halves of monuments' names
_GROUNDS = re.compile(rf"[ \u00a0]((?:Khu )?[{LOWER}]+(?: [{LOWER}]+){{0,4}}(?: [{UPPER}][{LOWER}]*){{1,4}}{TWINS})(?!\w)")
_CELL = re.compile(
    rf"[ \u00a0]((?:{VILLAGES}) (?:số )?(?:\d{{1,2}}|[{UPPER}][{LOWER}]*(?: [{UPPER}][{LOWER}]*){{0,3}}(?: \d{{1,2}})?)(?=\W|$)|"
    rf"(?:Khách sạn|Siêu thị)(?: [{UPPER}][{LOWER}]+){{1,3}}|"
    rf"[{UPPER}][{LOWER}]+(?: [{UPPER}][{LOWER}]+){{1,2}}|\d{{1,2}}(?=[,.;)\n]| [^\W\d]))(?!\w| [{UPPER}])"
)
_LEGAL_WORDS = r"tnhh|cp|cổ phần|tm|mtv|trách nhiệm hữu hạn|một thành viên|dv|xd|sx|tập đoàn|tư nhân|đại chúng|và|mẹ"
LEGAL = re.compile(rf"(?:(?:{_LEGAL_WORDS}|tổng công ty|công ty|nhà máy|xí nghiệp)\s?)*")  # no name by themselves
_ABROAD = frozenset(["Công ty", "Tập đoàn", "Ngân hàng", "Trường", "Trường Đại học", "Đại học", "Hãng tin", "Hãng thông tấn"])
_KOREAN = re.compile(r"[A-Z][a-z]+ [A-Z][a-z]+-[a-z]+")
_STAGES = ("MN", "MG", "TH", "THCS", "THPT")
_LONGEST = 36  # words


def is_nameless(article: Article, first: int, end: int, head: Head) -> bool:
    """Whether a company's or school's name is but its legal form or country: ``một công ty Nhật``."""
    own = article.text[first:end].strip()
    if head.kind == "company" and (_KOREAN.fullmatch(own) or (own[:1].islower() and article.folded.startswith(" này", end))):
        return True  # "chủ tịch tập đoàn Kim Min-soo", "công ty điện tử Nhật Bản này"
    if head.name == "Hợp tác xã" and own.lower() in _TRADES:  # "các HTX Vận tải"
        return True
    if own in _STAGES:  # "các cơ sở giáo dục MN"
        return True
    if head.name == "Nhà máy" and ((" " in own and own[1:].islower()) or (len(own) < 4 and own.isalpha() and own.isupper())):
        # "Dự án Nhà máy Sản xuất tấm bạt", "nhà máy PP"
        return True
    country = read_name(article, first + 1, "country") if head.name in _ABROAD and own.count(" ") < 2 else None
    return (country is not None and country.end == end) or (head.kind == "company" and LEGAL.fullmatch(own.lower()) is not None)


def is_stock_bank(own: str) -> bool:
    """Whether a bank's name tells its shares: a city in it is but a part of the name (``TMCP Phát triển`` + ``TP.HCM``)."""
    return "cổ phần" in own.lower() or own.startswith(("TMCP", "TM CP"))


def read_purpose(article: Article, end: int, head: Head) -> tuple[int, str] | None:
    """The end of a purpose after the head (or what stands between, ``Trung ương``) that ends at ``end``, and its words."""
    about = _ABOUT.match(article.folded, end)
    if about:
        known = phrase_at(article.text, article.folded, about.end(), head.name, "body_topics.tsv")
        read = known or _words(article, about.end())
        return (read[0], f"về {read[1]}") if read else None
    if head.name != "Ban Chỉ đạo":
        return None
    carried = _CARRIED.match(article.folded, end)
    if carried:
        return carried.end(), fold_tones(article.text[carried.start(1) : carried.end()])
    start = _PURPOSES.match(article.folded, end)
    return _words(article, start.end()) if start else None


def read_quoted(article: Article, end: int) -> tuple[int, str] | None:
    """``Ban Quản lý dự án “Đẩy mạnh …”``: a project or movement by its title in quotes."""
    quoted = _QUOTED.match(article.text, end)
    if quoted is None:
        return None
    return quoted.end(), f"{(quoted[1] or '').lower()}“{fold_tones(quoted[2].strip())}”"


def read_grounds(article: Article, end: int) -> tuple[int, str] | None:
    """What a board looks after: ``Ban Quản lý`` + ``vịnh Hạ Long``."""
    grounds = _GROUNDS.match(article.text, end)
    if grounds is None or _STOPS & set(grounds[1].split()):
        return None
    return grounds.end(), fold_tones(grounds[1])


def read_occasion(article: Article, end: int) -> tuple[int, str] | None:
    """For what an organising committee stands: ``Ban Tổ chức`` + ``Hội thi Cán bộ giỏi lần thứ 3``; none where it goes on."""
    noun = _OCCASION.match(article.folded, end)
    name = _OCCASION_NAME.match(article.text, noun.end()) if noun else None
    if noun is None or name is None or (name[2] and name[2].lower() not in _STOPS and not name[2].isdigit()):
        return None
    if not (name[1] or article.text[noun.start(1)].isupper()):  # "ban tổ chức giải": the one in question
        return None
    words = fold_tones(" ".join(article.text[noun.start(1) : name.end()].split()))
    return name.end(), f"{words[0].upper()}{words[1:]}"


def read_cell(article: Article, start: int, end: int) -> tuple[int, str] | None:
    """The proper name of a party cell, which no person's may be: ``Chi bộ`` + ``Vạn Đức``."""
    cell = _CELL.match(article.text, end) if article.text[start].isupper() else None
    if cell is None:
        return None
    if article.text[cell.start(1)].islower():  # a village's
        return cell.end(), fold_tones(cell[1])
    if name_end(article.text, cell.start(1)) or article.folded.endswith("bí thư ", 0, start):
        return None
    return cell.end(), fold_tones(cell[1])


def _words(article: Article, pos: int) -> tuple[int, str] | None:
    """Words up to a mark, a verb, a unit or another body."""
    text, folded = article.text, article.folded
    stop, count = pos, 0
    for _ in range(_LONGEST):
        word = _WORD.match(folded, stop)
        if word is None:
            if folded.startswith(", ", stop) and folded.startswith(_SECONDS, stop + 2):
                stop += 1
                continue
            if (
                folded[stop : stop + 3] in (" - ", " – ")
                and text[stop + 3 : stop + 4].isupper()
                and not _is_other(article, stop + 3)
            ):
                stop += 2
                continue
            break
        if word[1] == "và" and text[pos].islower() and text[word.end() + 1 : word.end() + 2].isupper():
            break  # "… ngành Công Thương và Kết luận": another thing
        following = folded[word.start(1) : word.end() + 12]
        if word[1] in _STOPS and not following.startswith(_GOES_ON) and folded[max(pos, stop - 3) : word.end()] not in _WHOLE:
            break
        if count and text[word.start(1)].isupper() and heads_at(text, folded, word.start(1)):
            break
        stop, count = word.end(), count + 1
    while count and folded[pos:stop].rpartition(" ")[2] in ("và", "về", "của", "các", "một", "những"):
        stop = pos + folded[pos:stop].rindex(" ") if " " in folded[pos:stop] else pos
        count -= 1
    if count < 2:
        return None
    words = " ".join(text[pos:stop].split())
    return with_years(article, stop, fold_tones(words).replace(" của ", " "))


def _is_other(article: Article, pos: int) -> bool:
    """Whether a person or another body begins at ``pos``."""
    return bool(name_end(article.text, pos) or heads_at(article.text, article.folded, pos))


def with_years(article: Article, end: int, words: str) -> tuple[int, str]:
    """A name with the year that closes it: ``Năm Du lịch Quốc gia - Ninh Bình 2021``."""
    years = _YEARS.match(article.text, end)
    return (years.end(), f"{words} {fold_tones(years[0].strip())}") if years else (end, words)


def read_close(article: Article, end: int, head: Head) -> tuple[int, str]:
    """What may close the name of a company or school after a dash: its legal form, its branch."""
    more = ""
    form = _FORM.match(article.text, end) if head.kind == "company" else None
    if form:
        end, more = form.end(), f" - {form[1]}"
    branch = _BRANCH.match(article.text, end, min(len(article.text), end + 90))
    if branch:
        end, more = branch.end(), f"{more} - Chi nhánh {fold_tones(branch[1])}"
    return end, more
