"""What is printed short in a body's name, written out: ``VBĐQ``, ``Dịch vụ & Thương mại``."""

from __future__ import annotations

import re

from transforms.clean.syllables import is_syllable

_SHORT = (("QLDA", "Quản lý dự án"), ("TW", "Trung ương"), ("VN", "Việt Nam"), ("BĐS", "Bất động sản"), ("XNK", "Xuất nhập khẩu"),
          ("TMDV", "Thương mại Dịch vụ"), ("TMDVXD", "Thương mại Dịch vụ Xây dựng"), ("VTDLTM", "Vận tải Du lịch Thương mại"),
          ("TM&VT", "Thương mại và Vận tải"), ("TM&DV", "Thương mại và Dịch vụ"), ("DVVT", "Dịch vụ Vận tải"), ("CP", "cổ phần"),
          ("KCN", "khu công nghiệp"), ("KKT", "khu kinh tế"))  # fmt: skip
# Those that stand for nothing else, even beside an acronym that is a brand.
_ALWAYS = (("VBĐQ", "Vàng bạc đá quý"), ("ĐTXDCT", "Đầu tư Xây dựng công trình"), ("ĐSVN", "Đường sắt Việt Nam"),
           ("GTVT", "Giao thông vận tải"), ("NDVN", "Nông dân Việt Nam"), ("CCBVN", "Cựu chiến binh Việt Nam"),
           ("LHPN", "Liên hiệp Phụ nữ"), ("TDTT", "Thể dục thể thao"), ("CNTT", "Công nghệ thông tin"))  # fmt: skip
_AND = re.compile(r"(\w+) & (\w+)")


def written_out(printed: str) -> str:
    """The words of a name with their abbreviations in full.

    >>> written_out("VBĐQ SJC"), written_out("Dịch vụ & Thương mại"), written_out("Tech & Art")
    ('Vàng bạc đá quý SJC', 'Dịch vụ và Thương mại', 'Tech & Art')
    """
    for short, long in _ALWAYS if printed.upper() == printed else _ALWAYS + _SHORT:
        if short in printed:
            printed = f" {printed} ".replace(f" {short} ", f" {long} ").strip()
    return _AND.sub(_and_written, printed)


def _and_written(match: re.Match[str]) -> str:
    first, second = match[1], match[2]
    return f"{first} và {second}" if is_syllable(first.lower()) and is_syllable(second.lower()) else match[0]
