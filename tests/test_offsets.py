"""Offset maps: against the plain way of finding out, which is to edit a list of numbered characters."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from transforms.offsets import Edit, OffsetMap, apply_edits


@st.composite
def edited(draw: st.DrawFn) -> tuple[str, list[Edit]]:
    text = draw(st.text("abcđ", max_size=30))
    cuts = sorted(draw(st.lists(st.integers(0, len(text)), max_size=8)))
    pairs = list(zip(cuts[::2], cuts[1::2], strict=False))
    return text, [Edit(a, b, draw(st.text("XY", max_size=3))) for a, b in pairs]


def sources(length: int, edits: list[Edit], start: int = 0) -> list[tuple[int, int]]:
    """For each character of the output, the span of the input that it was made of."""
    found: list[tuple[int, int]] = []
    position = start
    for edit in edits:
        found += [(i, i + 1) for i in range(position, edit.start)]
        found += [(edit.start, edit.end)] * len(edit.replacement)
        position = edit.end
    return found + [(i, i + 1) for i in range(position, length)]


@given(edited())
def test_every_span_leads_to_the_smallest_span_it_was_made_of(case: tuple[str, list[Edit]]) -> None:
    text, edits = case
    output = apply_edits(text, edits)
    offsets = OffsetMap.from_edits(len(text), edits)
    wanted = sources(len(text), edits)
    assert len(wanted) == len(output)
    for start in range(len(output)):
        for end in range(start + 1, len(output) + 1):
            assert offsets.to_input(start, end) == (wanted[start][0], wanted[end - 1][1])
    for position in range(len(output) + 1):
        first, last = offsets.to_input(position, position)
        assert first == last
        assert 0 <= first <= len(text)


@given(edited(), st.data())
def test_two_maps_chained_are_one_after_the_other(case: tuple[str, list[Edit]], data: st.DataObject) -> None:
    text, edits = case
    middle = apply_edits(text, edits)
    cuts = sorted(data.draw(st.lists(st.integers(0, len(middle)), max_size=6)))
    later = [Edit(a, b, "Z") for a, b in zip(cuts[::2], cuts[1::2], strict=False)]
    first, second = OffsetMap.from_edits(len(text), edits), OffsetMap.from_edits(len(middle), later)
    length = len(apply_edits(middle, later))
    chained = [first.then(second), OffsetMap.later(lambda: first).then(second), first.then(OffsetMap.later(lambda: second))]
    for start in range(length):
        for end in range(start, length + 1):
            wanted = first.to_input(*second.to_input(start, end))
            assert [offsets.to_input(start, end) for offsets in chained] == [wanted] * 3


def test_identity_is_neutral() -> None:
    offsets = OffsetMap.from_edits(5, [Edit(1, 3, "")])
    same = OffsetMap.identity(5)
    assert same.then(offsets).to_input(0, 3) == offsets.to_input(0, 3) == offsets.then(same).to_input(0, 3) == (0, 5)
    assert same.to_input(2, 4) == (2, 4)


def test_a_map_is_built_when_it_is_asked_and_only_once() -> None:
    asked: list[int] = []

    def build() -> OffsetMap:
        asked.append(1)
        return OffsetMap.from_edits(3, [Edit(0, 1, "")])

    offsets = OffsetMap.later(build)
    assert asked == []
    assert offsets.to_input(0, 1) == offsets.to_input(0, 1) == (1, 2)
    assert asked == [1]


@pytest.mark.parametrize(
    "edits", [[Edit(2, 4, ""), Edit(3, 5, "")], [Edit(3, 2, "")], [Edit(4, 9, "")], [Edit(4, 5, ""), Edit(1, 2, "")]]
)
def test_edits_that_cannot_be_are_refused(edits: list[Edit]) -> None:
    with pytest.raises(ValueError, match="edit"):
        OffsetMap.from_edits(6, edits)
