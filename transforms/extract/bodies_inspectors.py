"""Whose inspectors a text tells of: ``Ủy ban Kiểm tra`` is the Party's, but for one that a union has."""

from __future__ import annotations

from transforms.extract.bodies_grammar import Body

_INSPECTORS = "Ủy ban Kiểm tra"


def with_kinds(found: list[Body]) -> list[Body]:
    """With bare inspection committees of the kind of those that are named in full, where these are of one kind."""
    if not any(body.head.name == _INSPECTORS and body.kind == "front_and_unions" for body in found):
        return found
    if any(body.head.name.startswith(_INSPECTORS) and body.is_tailed and body.kind != "front_and_unions" for body in found):
        return found
    return [
        body._replace(kind="front_and_unions") if body.head.name == _INSPECTORS and not body.is_tailed else body for body in found
    ]
