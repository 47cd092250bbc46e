"""Weights of the signs that tell a sentence's kind: ``python -m tools.fit_sentences`` (``make weights``).

Learns from the sentences that readers have labelled: the rounds of ``tests/judged/blind`` (articles of the corpus, answered
without a look at what the rules make of them), the development set, and the project's own texts and cases. First it tells how
right the weights are on articles that they were not learnt from (every tenth article left out in turn), beside the rules alone;
then it learns from all and writes ``transforms/lexicons/sentence_weights.tsv``. Multinomial logistic regression with a Gaussian
prior, by SciPy's L-BFGS.
"""

from __future__ import annotations

import csv
import json
import re
from collections import Counter
from collections.abc import Iterator, Mapping
from dataclasses import replace
from pathlib import Path
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray
from scipy.optimize import minimize
from scipy.sparse import csr_matrix
from scipy.special import log_softmax

from tests.test_cases import unmarked
from tools.blind import SENTENCES, stored
from tools.blind import Sentence as Labelled
from tools.judged import CORPUS, ROOT, documents, extracted
from transforms.document import Article, Facts, fold
from transforms.extract import extract
from transforms.extract.sentence_weights import KINDS, signs, words_of
from transforms.extract.sentence_words import STORED
from transforms.extract.statements import read, told_by_rules
from warehouse.sources import Found, resolve
from warehouse.sources import read as read_source

TARGET = ROOT / "transforms" / "lexicons" / "sentence_weights.tsv"
SHARED = CORPUS.parent
GOLD = (
    (SHARED / "gold" / "dev", SHARED / "samples"),
    (ROOT / "tests" / "gold" / "own", ROOT / "samples" / "news"),
    (ROOT / "tests" / "gold" / "genre", ROOT / "tests" / "gold" / "genre" / "texts"),
)
CASES = ROOT / "tests" / "cases" / "statements.json"
_CAPITALISED = re.compile(r"[^\W\d_]+")
FEWEST = 4  # sentences in which a sign must stand
PRIOR = 0.05  # variance of a weight
SCALE = 1000
TRUST = 6.0  # how much more the gold sets count, whose annotator decides what a kind is, than a round's sentences
FOLDS = 10


class Example(NamedTuple):
    doc_id: str
    round: str
    signs: frozenset[str]
    plain: frozenset[str]  # its words and pairs of words outside names
    kinds: list[str]  # the reading preferred, which is learnt, then others as good
    rule: str


def examples() -> list[Example]:
    """The sentences that readers have labelled, article by article."""
    wanted: dict[str, dict[int, Labelled]] = {}
    for row in stored(SENTENCES, Labelled):
        wanted.setdefault(row.doc_id, {})[int(row.start_char)] = row
    found: list[Example] = []
    for doc_id, article, facts in extracted(one for one in documents() if one.doc_id in wanted):
        rows = wanted[doc_id]
        kinds = {start: row.wanted.split("|") for start, row in rows.items()}
        found += _seen(doc_id, next(iter(rows.values())).round, article, facts, kinds)
    for gold, texts in GOLD:
        found += _annotated(gold, texts)
    return [*found, *_cases()]


def _seen(doc_id: str, number: str, article: Article, facts: Facts, kinds: Mapping[int, list[str]]) -> Iterator[Example]:
    sentences = read(article, facts)
    rules = told_by_rules(article, facts, sentences)
    masked = replace(article, folded=_without_names(article, facts))
    for place, one in enumerate(sentences):
        if said := kinds.get(one.sentence.start):
            seen, plain = signs(article, sentences, rules, place), words_of(masked, one)
            yield Example(doc_id, number, frozenset(seen), frozenset(plain), said, rules[place].kind)


def _without_names(article: Article, facts: Facts) -> str:
    """The folded text with a line in place of each letter of a name: a person's, place's or body's, or told by its capital."""
    letters = list(article.folded)
    begins = {sentence.start for sentence in article.lines}
    for word in _CAPITALISED.finditer(article.text):
        if word[0][0].isupper() and word.start() not in begins:
            letters[word.start() : word.end()] = "_" * len(word[0])
    for row in (*facts.people, *facts.places, *facts.organisations):
        letters[row.start_char : row.end_char] = "_" * (row.end_char - row.start_char)
    return "".join(letters)


def _annotated(gold: Path, texts: Path) -> Iterator[Example]:
    answers = {(one := json.loads(path.read_text(encoding="utf-8")))["source"]: one for path in sorted(gold.glob("*.json"))}
    sources = resolve([str(texts)])
    files: list[Found] = [one for s in sources for path in s.files for one in read_source(s, path) if isinstance(one, Found)]
    for doc_id, article, facts in extracted(one for one in files if Path(one.uri).name in answers):
        name = next(Path(one.uri).name for one in files if one.doc_id == doc_id)
        openings = [("".join(fold(text).split())[:50], kind) for text, kind in answers[name]["statements"]]
        kinds = {}
        for sentence in article.lines:
            opening = "".join(article.folded[sentence.start : sentence.start + 400].split())
            kinds[sentence.start] = [kind for text, kind in openings if text and opening.startswith(text)][:1]
        yield from _seen(doc_id, gold.name, article, facts, kinds)


def _cases() -> Iterator[Example]:
    """The project's own sentences, written one by one for what the rules must know."""
    for number, case in enumerate(json.loads(CASES.read_text(encoding="utf-8"))):
        if case["expect"] != "pass":
            continue
        text, spans = unmarked(case["text"])
        article = Article.from_text(text)
        kinds = {start: [row["kind"]] for (start, _), row in zip(spans, case.get("found", []), strict=False)}
        yield from _seen(f"case {number}", "cases", article, extract(article), kinds)


def learn(given: list[Example], names: list[str]) -> NDArray[np.int64]:
    """The weights that make what the readers said likeliest, by sign and kind, as whole numbers."""
    matrix = table_of(given, names)
    said = np.array([[kind == one.kinds[0] for kind in KINDS] for one in given])
    trust = np.array([TRUST if one.round in ("dev", "own", "cases") else 1.0 for one in given])

    def loss(values: NDArray[np.float64]) -> tuple[float, NDArray[np.float64]]:
        weights = values.reshape(-1, len(KINDS))
        sums = np.asarray(matrix @ weights)
        chances = log_softmax(sums, axis=1)
        gradient = matrix.T @ ((np.exp(chances) - said) * trust[:, None]) + weights / PRIOR
        return float((weights**2).sum() / PRIOR / 2 - trust @ chances[said]), gradient.ravel()

    found = minimize(loss, np.zeros(len(names) * len(KINDS)), jac=True, method="L-BFGS-B", options={"maxiter": 300})
    weights: NDArray[np.int64] = np.rint(found.x * SCALE).astype(np.int64).reshape(-1, len(KINDS))
    assert np.abs(weights).max() <= np.iinfo(STORED).max, "a weight that the extractor can't hold"
    return weights


def table_of(given: list[Example], names: list[str]) -> csr_matrix:
    place = {name: number for number, name in enumerate(names)}
    cells = [(row, place[sign]) for row, one in enumerate(given) for sign in sorted(one.signs) if sign in place]
    rows, columns = zip(*cells, strict=True)
    return csr_matrix((np.ones(len(cells), np.int64), (rows, columns)), shape=(len(given), len(names)))


def names_of(given: list[Example]) -> list[str]:
    """The signs that are learnt: in sentences enough, and words only where they stand outside names often enough.

    Who somebody is, or where, must not tell what a sentence is.
    """
    counts = Counter(sign for one in given for sign in one.signs)
    plain = Counter(word for one in given for word in one.plain)

    def is_plain(sign: str) -> bool:
        where, _, words = sign.partition(" ")
        if where in ("OPEN", "SAYS"):
            return plain[words] >= FEWEST
        return sign[0].isupper() or plain[sign] >= FEWEST

    return sorted(sign for sign, count in counts.items() if count >= FEWEST and is_plain(sign))


def told(given: list[Example], names: list[str], weights: NDArray[np.int64]) -> list[str]:
    return [KINDS[kind] for kind in np.asarray(table_of(given, names) @ weights).argmax(axis=1)]


def left_out(given: list[Example]) -> list[str]:
    """The kind of each example by weights learnt from other articles."""
    order = {doc_id: number % FOLDS for number, doc_id in enumerate(sorted({one.doc_id for one in given}))}
    parts = np.array([order[one.doc_id] for one in given])
    found = [""] * len(given)
    for part in range(FOLDS):
        known = [given[number] for number in np.flatnonzero(parts != part)]
        names, asked = names_of(known), np.flatnonzero(parts == part)
        answers = told([given[number] for number in asked], names, learn(known, names))
        for number, answer in zip(asked, answers, strict=True):
            found[number] = answer
    return found


def main() -> None:
    given = examples()
    pairs = list(zip(given, left_out(given), strict=True))
    print(f"{'articles not learnt from':26}{'sentences':>10}{'weights':>9}{'rules':>9}   (either reading)")
    for number in (*dict.fromkeys(one.round for one, _ in pairs), None):
        chosen = [(one, answer) for one, answer in pairs if number in (one.round, None)]
        shares = [
            sum(right) / len(chosen)
            for right in (
                [answer == one.kinds[0] for one, answer in chosen], [one.rule == one.kinds[0] for one, _ in chosen],
                [answer in one.kinds for one, answer in chosen], [one.rule in one.kinds for one, _ in chosen],
            )
        ]  # fmt: skip
        print(f"{number or 'all':26}{len(chosen):10}{shares[0]:9.3f}{shares[1]:9.3f}   ({shares[2]:.3f}, {shares[3]:.3f})")
    names = names_of(given)
    weights = learn(given, names)
    with TARGET.open("w", encoding="utf-8", newline="") as stream:
        writer = csv.writer(stream, delimiter="\t", lineterminator="\n", quoting=csv.QUOTE_NONE, quotechar=None)
        writer.writerow(["sign", *KINDS])
        for name, row in zip(names, weights.tolist(), strict=True):
            if any(row):
                writer.writerow([name, *row])


if __name__ == "__main__":
    main()
