"""Which part of a page is the article: by what the markup says, else by where the paragraphs stand."""

from __future__ import annotations

from transforms.clean.blocks import Block
from transforms.clean.bylines import is_labelled, is_signature
from transforms.clean.datelines import is_dateline
from transforms.clean.html import Node, Page
from transforms.clean.metadata import PageFacts
from transforms.clean.unicode import fold_key

_PARAGRAPH = 80  # characters from which a block of little links counts as one
_LINKED = 0.5
_FURNITURE = ("nav", "footer", "aside", "form")
_SURE = 0.5  # share of the paragraphs that one container holds
_MAX_SECOND_OPINION = 1_000_000  # characters


def keep_main(page: Page, facts: PageFacts, source: str) -> None:
    """Mark as boilerplate what stands outside the article of a whole page; a fragment is all article.

    Where no container of the markup stands out, a full extractor of main texts is asked too, and its answer is laid over
    the blocks in their order.
    """
    blocks = page.blocks
    if not page.whole:
        return
    weights = [0.0] * len(page.nodes)
    for block in blocks:
        length = len(block.text)
        if length >= _PARAGRAPH and block.links < _LINKED and (hint := block.hint) != "boilerplate" and hint != "related":
            weights[block.node] += length
    total = sum(weights)
    if not total and not (total := _unnamed(page, weights)):
        return
    main, share = _main_node(page.nodes, weights, total)
    inside = _below(page.nodes, main)
    if share < _SURE and len(source) <= _MAX_SECOND_OPINION:
        told = _second_opinion(source, blocks)
        if sum(len(blocks[n].text) for n in told) >= 0.3 * total:
            inside = {blocks[n].node for n in told}
    within = [block.node in inside for block in blocks]
    begins = within.index(True) if True in within else 0
    title = _title(blocks, within, facts)
    ends = len(blocks) - 1 - within[::-1].index(True) if True in within else len(blocks)
    for number, (block, held) in enumerate(zip(blocks, within, strict=True)):
        if (hint := block.hint) == "boilerplate" or hint == "related":
            continue
        if held:
            if block.links > 0.8 and hint != "title" and len(block.text) < 200 and block.tag in ("li", "a", "td"):
                block.hint = "boilerplate"
        elif number == title:
            block.hint = "title"
        elif not _belongs(block, number, title, begins) and not (ends < number <= ends + 3 and _signs(block)):
            block.hint = "outside"


def _unnamed(page: Page, weights: list[float]) -> float:
    """For a page whose paragraphs all stand in what is named like furniture: the names mean nothing, so they are dropped."""
    for block in page.blocks:
        if len(block.text) >= _PARAGRAPH and block.links < _LINKED and page.nodes[block.node].element not in _FURNITURE:
            weights[block.node] += len(block.text)
    if total := sum(weights):
        inside = _below(page.nodes, _main_node(page.nodes, weights, total)[0])
        for block in page.blocks:
            if block.node in inside:
                block.hint = ""
    return total


def _belongs(block: Block, number: int, title: int | None, begins: int) -> bool:
    """Whether a block above the article's container is part of it: a dump's bare lines, or date and authors under the title."""
    if number > begins or block.links >= _LINKED:
        return False
    if title is None:
        return block.node == 0
    return title < number <= title + 8 and (
        block.hint in ("dateline", "byline", "lead") or is_dateline(block.text) or is_labelled(block.text)
    )


def _signs(block: Block) -> bool:
    """Whether a block right below the article's container holds its authors or source."""
    return (
        len(block.text) <= 120
        and block.links < _LINKED
        and (is_labelled(block.text) or (block.hint == "byline" and is_signature(block.text)))
    )


def _second_opinion(source: str, blocks: list[Block]) -> set[int]:
    """The blocks whose text a full extractor keeps, matched forward, so that no block is looked for twice."""
    try:
        from trafilatura import extract  # heavy, and needed for few pages

        kept = extract(source, include_comments=False, include_tables=True, fast=True) or ""
    except Exception:  # it may fail on odd markup; then the first opinion stands
        return set()
    lines = {fold_key(line) for line in kept.split("\n") if len(line) >= _PARAGRAPH}
    return {n for n, b in enumerate(blocks) if len(b.text) >= _PARAGRAPH and fold_key(b.text) in lines}


def _main_node(nodes: list[Node], weights: list[float], total: float) -> tuple[int, float]:
    """The smallest container that holds most of the paragraphs, and the share that it holds; hints make it more likely."""
    sums = list(weights)
    for number in range(len(nodes) - 1, 0, -1):  # children come after their parents
        if held := sums[number]:
            sums[nodes[number].parent] += held
    holding = [number for number, held in enumerate(sums) if held]  # where no paragraph stands, the article doesn't
    marked = [
        n
        for n in holding
        if (node := nodes[n]).hint == "main" and sums[n] >= 0.4 * total and nodes[max(0, node.parent)].hint != "main"
    ]
    best = max(marked, key=lambda n: (sums[n], -n), default=0)
    below: dict[int, list[int]] = {}
    for number in holding:
        below.setdefault(nodes[number].parent, []).append(number)
    while True:
        children = below.get(best)
        if not children:
            return best, sums[best] / total
        heavy = max(children, key=lambda n: sums[n])
        if sums[heavy] < 0.75 * sums[best]:
            # Spread over many containers, of which none is marked: who knows.
            spread = not marked and nodes[best].element in ("", "html", "body", "div") and weights[best] < 0.5 * sums[best]
            return best, (sums[heavy] if spread else sums[best]) / total
        best = heavy


def _below(nodes: list[Node], main: int) -> set[int]:
    inside = {main}
    for number in range(main + 1, len(nodes)):
        if nodes[number].parent in inside:
            inside.add(number)
    return inside


def _title(blocks: list[Block], within: list[bool], facts: PageFacts) -> int | None:
    """The block above or in the article that is its title: what the page declares, else the last first-level heading above it."""
    start = next((n for n, held in enumerate(within) if held and len(blocks[n].text) >= _PARAGRAPH), 0)
    if facts.title:
        declared = fold_key(facts.title)
        for number in range(min(len(blocks), start + 3) - 1, -1, -1):
            block = blocks[number]
            if block.links < _LINKED and 12 <= len(block.text) < 400:
                key = fold_key(block.text)
                if len(key) >= 12 and 2 * len(key) >= len(declared) and declared.startswith(key):  # not a section's name
                    return number
    for tags in (("h1",), ("h2", "h3")):
        for number in range(start, -1, -1):
            if (
                blocks[number].tag in tags
                and len(blocks[number].text) >= 12
                and blocks[number].hint not in ("related", "boilerplate")
            ):
                return number
    for hint, reach in (("title", start), ("strong", 8)):
        for number in range(start - 1, max(-1, start - 1 - reach), -1):
            if blocks[number].hint == hint and 12 <= len(blocks[number].text) <= 250 and blocks[number].links < _LINKED:
                return number
    return None
