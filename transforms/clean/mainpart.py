"""Which part of a page is the article: by what the markup says, else by where the paragraphs stand."""

from __future__ import annotations

from transforms.clean.blocks import Block
from transforms.clean.html import Node, Page
from transforms.clean.metadata import PageFacts
from transforms.clean.unicode import fold_key

_PARAGRAPH = 80  # characters from which a block of little links counts as one
_LINKED = 0.5


def keep_main(page: Page, facts: PageFacts) -> None:
    """Mark as boilerplate what stands outside the article of a whole page; a fragment is all article."""
    blocks = page.blocks
    if not page.whole:
        return
    weights = [0.0] * len(page.nodes)
    for block in blocks:
        if len(block.text) >= _PARAGRAPH and block.links < _LINKED and block.hint not in ("boilerplate", "related"):
            weights[block.node] += len(block.text)
    total = sum(weights)
    if not total:
        return
    main = _main_node(page.nodes, weights, total)
    inside = _below(page.nodes, main)
    title = _title(blocks, inside, facts)
    for number, block in enumerate(blocks):
        if block.node in inside or block.hint in ("boilerplate", "related"):
            if block.links > 0.8 and block.hint not in ("boilerplate", "related", "title") and len(block.text) < 200 and block.tag in ("li", "a", "td"):
                block.hint = "boilerplate"
            continue
        if number == title:
            block.hint = "title"
        elif not (title is not None and title < number <= title + 4 and block.hint in ("dateline", "byline", "lead")):
            block.hint = "boilerplate"


def _main_node(nodes: list[Node], weights: list[float], total: float) -> int:
    """The smallest container that holds most of the paragraphs; hints of the markup make it more likely."""
    sums = list(weights)
    for number in range(len(nodes) - 1, 0, -1):  # children come after their parents
        parent = nodes[number].parent
        sums[parent] += sums[number]
    marked = [n for n, node in enumerate(nodes) if node.hint == "main" and sums[n] >= 0.4 * total and nodes[max(0, node.parent)].hint != "main"]
    best = max(marked, key=lambda n: (sums[n], -n), default=0)
    while True:
        children = [n for n in range(best + 1, len(nodes)) if nodes[n].parent == best]
        if not children:
            return best
        heavy = max(children, key=lambda n: sums[n])
        if sums[heavy] < 0.75 * sums[best]:
            return best
        best = heavy


def _below(nodes: list[Node], main: int) -> set[int]:
    inside = {main}
    for number in range(main + 1, len(nodes)):
        if nodes[number].parent in inside:
            inside.add(number)
    return inside


def _title(blocks: list[Block], inside: set[int], facts: PageFacts) -> int | None:
    """The block above or in the article that is its title: what the page declares, else the last first-level heading above it."""
    start = next((n for n, b in enumerate(blocks) if b.node in inside and len(b.text) >= _PARAGRAPH), 0)
    if facts.title:
        declared = fold_key(facts.title)
        for number in range(min(len(blocks), start + 3) - 1, -1, -1):
            key = fold_key(blocks[number].text) if len(blocks[number].text) < 400 else ""
            if len(key) >= 12 and declared.startswith(key) and blocks[number].links < _LINKED:
                return number
    for tags in (("h1",), ("h2", "h3")):
        for number in range(start, -1, -1):
            if blocks[number].tag in tags and len(blocks[number].text) >= 12 and blocks[number].hint not in ("related", "boilerplate"):
                return number
    hinted = [n for n in range(start, -1, -1) if blocks[n].hint == "title" and len(blocks[n].text) >= 12]
    return hinted[0] if hinted else None
