"""The value that reading people passes on: one name in the text."""

from __future__ import annotations

from typing import NamedTuple

from transforms.clean.unicode import fold_tones


class Mention(NamedTuple):
    """A name at ``[start, end)``. ``lead`` is where the honorifics, ranks and offices before it begin; ``by`` what told it."""

    start: int
    end: int
    name: str
    honorific: str | None
    lead: int
    by: str  # address, title, rank, role, office, bare


def canonical(printed: str) -> str:
    """A name in its canonical spelling: modern tone placement, single spaces, no all-capitals.

    >>> canonical("LÊ  HOÀNG THUỶ TRINH")
    'Lê Hoàng Thủy Trinh'
    """
    name = fold_tones(" ".join(printed.split())).replace(" -", "-")
    return " ".join(piece.capitalize() for piece in name.split()) if name.isupper() and len(name) > 2 else name
