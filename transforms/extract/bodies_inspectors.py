"""Whose inspectors and steering committees a text tells of.

``Ủy ban Kiểm tra`` is the Party's, but for one that a union has; ``Ban Chỉ đạo`` is theirs who set it up.
"""

from __future__ import annotations

import re

from transforms.document import Article
from transforms.extract.bodies_grammar import Body
from transforms.extract.bodies_kinds import kind_of_owner

_INSPECTORS = "Ủy ban Kiểm tra"
_SET_UP = re.compile(r" (?:(?:đã|vừa|cũng|sẽ|mới) )*thành lập ")


def with_kinds(found: list[Body]) -> list[Body]:
    """With bare inspection committees of the kind of those that are named in full, where these are of one kind."""
    if not any(body.head.name == _INSPECTORS and body.kind == "front_and_unions" for body in found):
        return found
    if any(body.head.name.startswith(_INSPECTORS) and body.is_tailed and body.kind != "front_and_unions" for body in found):
        return found
    return [
        body._replace(kind="front_and_unions") if body.head.name == _INSPECTORS and not body.is_tailed else body for body in found
    ]


def with_founders(article: Article, found: list[Body]) -> list[Body]:
    """With steering committees of the kind, level and unit of who set them up: ``TAND tỉnh X đã thành lập Ban Chỉ đạo …``."""
    for number, body in enumerate(found[1:], 1):
        owner = found[number - 1]
        if body.head.name != "Ban Chỉ đạo" or body.unit or body.level or not 0 < body.start - owner.end < 32:
            continue
        if _SET_UP.fullmatch(article.folded, owner.end, body.start) and (owner.unit or owner.level == "central"):
            kind = kind_of_owner(body.head, owner.kind) or body.kind
            found[number] = body._replace(kind=kind, level=owner.level, unit=owner.unit)
    return found
