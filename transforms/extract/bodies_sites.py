"""The grounds that a management board looks after, by their names: ``Ban Quản lý Vườn quốc gia`` + ``Tam Đảo``."""

from __future__ import annotations

import re

from transforms.clean.unicode import fold_tones
from transforms.document import Article
from transforms.extract.bodies_lexicon import heads_at
from transforms.extract.bodies_mixed import CUT
from transforms.extract.names import name_end
from transforms.extract.place_names import read_name
from transforms.text import LOWER, UPPER

# "di tích và rừng quốc gia Yên Tử", "di tích chùa Hương"
_GROUNDS = re.compile(
    rf"(?: và(?: [Rr]ừng [Qq]uốc gia|(?: [{LOWER}]+){{1,4}})|"
    rf" (?:chùa|đền|đình|phủ|lăng|nhà tù|hồ|núi|thác|suối|đảo|vịnh|hang|động))(?: [{UPPER}][{LOWER}]+){{1,3}}"
)
_ZONES = frozenset(["Khu kinh tế", "Khu công nghiệp", "Khu công nghệ cao", "Khu kinh tế cửa khẩu"])
_ZONE = re.compile(
    rf"((?: [{UPPER}][{LOWER}]+){{1,3}})?"
    r"(?:,? và (?:(?:[Cc]ác )?[Kk]hu (?:công nghiệp|chế xuất|kinh tế|công nghệ cao)|[Cc]hế xuất))?(?!\w)"
)
_TWIN = re.compile(r" [-–] ")
_SITES = frozenset(["Vườn quốc gia", "Di tích", "Khu di tích", "Khu bảo tồn thiên nhiên", "Khu bảo tồn biển", "Khu du lịch",
                    "Rừng phòng hộ", "Rừng đặc dụng", "Khu đô thị mới", "Đầu tư Xây dựng Khu đô thị mới", "Khu đô thị",
                    "Khu di tích lịch sử", "Dự án", "Cảng cá", "Công viên địa chất", "Công viên địa chất toàn cầu"])  # fmt: skip
# An acronym may stand between the two; a dash joins twin names: "Phong Nha - Kẻ Bàng".
_SITE = re.compile(
    rf"(?: \([A-ZĐ][A-ZĐ .&-]{{1,12}}\))?"
    rf"((?: [{UPPER}][{LOWER}]+)(?:(?: [{UPPER}][{LOWER}]+){{1,3}}(?: ?[-–] ?[{UPPER}][{LOWER}]+(?: [{UPPER}][{LOWER}]+){{0,2}})?"
    r"|(?=[,.;:()\n]|$)))(?!\w)"
)


def read_site(article: Article, end: int, value: str) -> tuple[int, str] | None:
    """Where the name of the grounds ends that a known topic which ends at ``end`` begins, and the whole of it.

    None where a province's name follows, the unit to which the board belongs, or a person.
    """
    if value in _ZONES:
        found = _ZONE.match(article.text, end)
        own = found[1] if found else None
        twin = _TWIN.match(article.text, found.end(1)) if found and own else None
        province = read_name(article, twin.end(), "province") if twin and value == "Khu kinh tế cửa khẩu" else None
        if province:  # "Đồng Đăng - Lạng Sơn"
            return province.end, f"{value}{fold_tones(article.text[end : province.end]).replace('–', '-')}"
    else:
        found = _SITE.match(article.text, end) if value in _SITES else None
        own = found[1] if found else None
    if found is None or (own and _is_other(article, found.start(1) + 1, own)):
        found = own = None
    if found is None or not found[0]:
        grounds = _GROUNDS.match(article.text, end)
        if grounds is None or CUT.search(article.text, end, grounds.end()):
            return None
        return grounds.end(), f"{value}{fold_tones(grounds[0])}"
    printed = found[0] if value in _ZONES else found[1]
    return found.end(), f"{value}{fold_tones(printed).replace('–', '-')}"


def _is_other(article: Article, pos: int, own: str) -> bool:
    """Whether a unit, a person or another body begins at ``pos``."""
    province = read_name(article, pos, "province")
    return (province is not None and province.end - pos + 1 >= len(own)) or bool(
        name_end(article.text, pos) or heads_at(article.text, article.folded, pos)
    )
