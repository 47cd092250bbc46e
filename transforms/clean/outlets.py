"""The publisher as an article's first line and a page's last lines print it."""

from __future__ import annotations

from functools import lru_cache

from transforms.clean.bylines import is_outlet, provinces
from transforms.clean.credit_forms import HOLDER, NAMED_PREFIX, PREFIX
from transforms.clean.unicode import fold_key
from transforms.text import holds_any

_MAX_PREFIX = 60
_NO_OUTLETS = frozenset(("hcm", "tp.hcm", "tphcm", "tp hcm", "hđnd", "ubnd", "mttq", "kính gửi", "còn nữa"))
_SET_APART = "([-–—"  # what stands around or after an agency's name


def printed_outlet(paragraph: str) -> str | None:
    """The agency or site printed before an article's first sentence.

    >>> lines = "BBK - Sáng 03/10, tại huyện", "(TTXVN) - Ngày 5/7", "(Ảnh: An) Ngày", "(huyen.gov.vn) – Sáng"
    >>> [printed_outlet(line) for line in lines]
    ['BBK', 'TTXVN', None, 'huyen.gov.vn']
    """
    if not holds_any(paragraph[:_MAX_PREFIX], _SET_APART):
        return None  # as mostly
    found = PREFIX.match(paragraph)
    if not found:
        named = NAMED_PREFIX.match(paragraph, 0, _MAX_PREFIX)
        return named["named"] if named and is_outlet(named["named"]) else None
    if found["bare"]:
        return found["bare"] if fold_key(found["bare"]) not in _NO_OUTLETS else None
    inside = found["inside"].strip()
    placed = not paragraph.lstrip().startswith(("(", "[")) and not is_outlet(inside)  # "Lào Cai (lần hai) -"
    if placed or fold_key(inside) in _NO_OUTLETS or fold_key(inside) in provinces():
        return None
    if ":" in inside or (not found["dash"] and not is_outlet(inside)):
        return None
    single = " " not in inside and inside[0].isupper() and not any(c.isdigit() for c in inside)
    return inside if single or is_outlet(inside) or inside.lower().startswith(("cổng", "ttđt")) or inside.isupper() else None


@lru_cache(maxsize=4096)  # menus and footers are the same, page after page
def holder(line: str) -> str | None:
    """Who holds the copyright, in a copyright line.

    >>> holder("© 2016 Copyright by VNPT Hưng Yên."), holder("Bản quyền thuộc Báo Lào Cai. Ghi rõ nguồn khi sử dụng")
    ('VNPT Hưng Yên', 'Báo Lào Cai')
    """
    found = HOLDER.search(line)
    name = found["holder"].strip(" -–:,") if found else ""
    return name if name and any(c.isupper() for c in name) else None
