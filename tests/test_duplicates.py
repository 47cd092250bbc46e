"""Near duplicates, planted at known similarities: how many are found, and that nothing else is."""

from __future__ import annotations

import random
from pathlib import Path

import duckdb
import pytest

from transforms.clean.dedupe import SHINGLE, THRESHOLD, numbered, sign, similarity
from warehouse import duplicates
from warehouse.parquet import write_table

SYLLABLES = [
    a + b
    for a in ("b", "đ", "h", "kh", "l", "ng", "ph", "s", "t", "th", "tr", "v", "x")
    for b in ("a", "ân", "iêu", "ó", "ường", "ành")
]


def pair(number: int, shingles: int, changes: int) -> tuple[str, str]:
    """A text of so many distinct shingles, and one with single syllables changed, far apart: each changes five shingles."""
    draw = random.Random(number)
    length = shingles + SHINGLE - 1
    words = [draw.choice(SYLLABLES) + draw.choice(SYLLABLES) for _ in range(length)]
    other = list(words)
    step = length // changes
    for change in range(changes):
        other[SHINGLE + change * step] = f"khác{change}"
    return " ".join(words), " ".join(other)


def reported(a: str, b: str) -> bool:
    """What the publisher reports: texts that share a band, and whose shingles are alike enough."""
    return bool(set(sign(a).bands) & set(sign(b).bands)) and similarity(a, b) >= THRESHOLD


@pytest.mark.parametrize(
    "jaccard, shingles, changes, pairs, least",
    [(0.95, 390, 2, 1000, 0.999), (0.9, 380, 4, 1000, 0.99), (0.85, 370, 6, 1000, 0.97)],
)
def test_planted_pairs_are_found(jaccard: float, shingles: int, changes: int, pairs: int, least: float) -> None:
    planted = [pair(number, shingles, changes) for number in range(pairs)]
    assert similarity(*planted[0]) == pytest.approx(jaccard)
    assert sum(reported(a, b) for a, b in planted) / pairs >= least


@pytest.mark.parametrize("shingles, changes", [(370, 13), (380, 20), (390, 28)])
def test_pairs_below_are_not_reported(shingles: int, changes: int) -> None:
    planted = [pair(number, shingles, changes) for number in range(200)]
    assert all(0.4 < similarity(a, b) < 0.71 for a, b in planted)
    assert not any(reported(a, b) for a, b in planted)


def bulletins(count: int, planted: int) -> dict[str, str]:
    """Texts of one template, alike enough to share bands and none a copy of another, but for pairs ``(n, copy n)``."""
    draw = random.Random(7)
    template = [draw.choice(SYLLABLES) + draw.choice(SYLLABLES) for _ in range(384)]
    texts = {}
    for number in range(count):
        words = list(template)
        for change in range(8):
            words[draw.randrange(0, 48) + change * 48] = f"số{draw.randrange(10**6)}"
        texts[f"{number}"] = " ".join(words)
        if number < planted:
            for change in range(2):
                words[20 + change * 190] = f"khác{number}"
            texts[f"copy {number}"] = " ".join(words)
    return texts


def test_a_crowd_of_bulletins_costs_no_more_than_its_size_and_hides_no_copies(tmp_path: Path) -> None:
    texts = bulletins(700, 100)
    others = [similarity(texts["0"], texts[str(n)]) for n in range(1, 60)]
    assert all(0.6 < other < THRESHOLD for other in others)
    with duckdb.connect() as con:
        con.execute("CREATE TABLE s (doc_id VARCHAR, text_hash VARCHAR, bands UBIGINT[])")
        con.execute("CREATE TABLE d (doc_id VARCHAR, text VARCHAR)")
        for doc_id, text in texts.items():
            signed = sign(text)
            con.execute(f"INSERT INTO s VALUES ('{doc_id}', '{signed.text_hash}', {list(signed.bands)})")
            con.execute(f"INSERT INTO d VALUES ('{doc_id}', '{text}')")
        con.execute("CREATE TABLE accepted AS SELECT doc_id FROM s")
        write_table(tmp_path / "none.parquet", duplicates.PAIRS_SCHEMA.empty_table())
        old = [str(tmp_path / "none.parquet")]
        found = duplicates.new_pairs(con, {"signatures": "s", "documents": "d"}, old, numbered)
        compared = con.execute("SELECT count(*) FROM candidate").fetchall()[0][0]
        crowded = con.execute("SELECT count(*) FROM crowd").fetchall()[0][0]
    assert crowded > 10
    assert compared < len(texts) ** 2 / 5
    hashes = {sign(text).text_hash: doc_id for doc_id, text in texts.items()}
    pairs = {frozenset((hashes[a], hashes[b])) for a, b in zip(found["a"].to_pylist(), found["b"].to_pylist(), strict=True)}
    assert all(any(one.startswith("copy") for one in pair) for pair in pairs)
    assert sum(frozenset((str(n), f"copy {n}")) in pairs for n in range(100)) >= 97
