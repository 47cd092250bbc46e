"""Sums of weights are those of the signs one by one, and a sentence's kind is the heaviest."""

from __future__ import annotations

from itertools import accumulate, pairwise
from pathlib import Path

import pytest

from transforms.document import Article, Facts, fold
from transforms.extract import sentence_weights, statements
from transforms.extract.lexicon_files import table
from transforms.extract.sentence_words import WordWeights

NEWS = sorted((Path(__file__).parents[1] / "samples" / "news").glob("*.txt"))
ODD = "hai2hai “hai”… a\u0301 _hai_ ½hai; mươi:hai?mươi", "", "x" * 900, "hội nghị 𝐀 tổng kết"


@pytest.mark.parametrize("text", [*(path.read_text(encoding="utf-8", errors="replace") for path in NEWS), *ODD])
def test_sums_are_those_of_the_signs(text: str) -> None:
    rows = table("sentence_weights.tsv")
    weights = {row["sign"]: [int(row[kind]) for kind in sentence_weights.KINDS] for row in rows}
    words = WordWeights({sign: row for sign, row in weights.items() if not sign[0].isupper()})
    folded = fold(text)
    spans = [(start, min(start + 37, len(folded))) for start in range(0, len(folded), 41)]
    found = words.sums(folded, spans)
    if not folded or max(folded) > "\uffff":
        assert found is None
        return
    assert found is not None
    for (start, end), sums in zip(spans, found.tolist(), strict=True):
        seen = sentence_weights._TOKEN.findall(folded, start, end)
        signs = {*seen, *map(" ".join, pairwise(seen))} & weights.keys()
        assert sums == [sum(weights[sign][rank] for sign in signs) for rank in range(len(sentence_weights.KINDS))]


@pytest.mark.parametrize("step", [1, 700])
def test_each_sign_is_found(step: int) -> None:
    """Also one whose hash shares its first bits with no other, as most do where the signs are few."""
    signs = [row["sign"] for row in table("sentence_weights.tsv") if not row["sign"][0].isupper()][::step]
    text, ends = "\n".join(signs), [*accumulate(len(sign) + 1 for sign in signs)]
    spans = [(end - 1 - len(sign), end - 1) for sign, end in zip(signs, ends, strict=True)]
    found = WordWeights({sign: [1] for sign in signs}).sums(text, spans)
    assert found is not None
    known = set(signs)
    assert found[:, 0].tolist() == [len(known & {sign, *sign.split(" ")}) for sign in signs]


@pytest.mark.parametrize("text", ["Đồng chí đề nghị các xã vào cuộc. Đã mở 12 lớp.", "Đề nghị 𝐀 các xã vào cuộc."])
def test_what_a_sentence_weighs_is_the_sum_of_its_signs_and_the_heaviest_is_its_kind(text: str) -> None:
    article, facts = Article.from_text(text), Facts()
    read = statements.read(article, facts)
    rules = statements.told_by_rules(article, facts, read)
    weights = {row["sign"]: [int(row[kind]) for kind in sentence_weights.KINDS] for row in table("sentence_weights.tsv")}
    kinds = sentence_weights.weighed(article, read, rules)
    for number, sums in enumerate(sentence_weights.sums_of(article, read, rules).tolist()):
        known = sentence_weights.signs(article, read, rules, number) & weights.keys()
        assert sums == [sum(weights[sign][rank] for sign in known) for rank in range(len(sentence_weights.KINDS))]
        assert kinds[number] == sentence_weights.KINDS[sums.index(max(sums))]
