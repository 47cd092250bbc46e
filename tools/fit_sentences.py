"""Weights of the signs that tell a sentence's kind: ``python -m tools.fit_sentences`` (``make weights``).

Learns from the sentences that readers have labelled: the rounds of ``tests/judged/blind`` (articles of the corpus, answered
without a look at what the rules make of them), the development set, and the project's own texts and cases. First it tells how
right the weights are on articles that they were not learnt from (every tenth article left out in turn), beside the rules alone;
then it learns from all and writes ``transforms/lexicons/sentence_weights.tsv``. A conditional random field over the sentences
of an article (what each weighs, and which kind follows which) with a Gaussian prior, from SciPy's L-BFGS.
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
from scipy.special import logsumexp

from tests.test_cases import unmarked
from tools.blind import SENTENCES, stored
from tools.blind import Sentence as Labelled
from tools.judged import CORPUS, ROOT, documents, extracted
from transforms.document import Article, Facts, fold
from transforms.extract import extract
from transforms.extract.sentence_weights import KINDS, TURNS, fresh, heaviest, signs, words_of
from transforms.extract.statements import read, told_by_rules
from warehouse.sources import Found, resolve
from warehouse.sources import read as read_source

TARGET = ROOT / "transforms" / "lexicons" / "sentence_weights.tsv"
SHARED = CORPUS.parent
GOLD = ((SHARED / "gold" / "dev", SHARED / "samples"), (ROOT / "tests" / "gold" / "own", ROOT / "samples" / "news"))
CASES = ROOT / "tests" / "cases" / "statements.json"
_CAPITALISED = re.compile(r"[^\W\d_]+")
FEWEST = 4  # sentences in which a sign must stand
PRIOR = 0.05  # variance of a weight
TURN_PRIOR = 0.5  # of the weight of a turn from one kind to another
BARRED = 1e6  # what a kind weighs less that the reader has not said
SCALE = 1000
TRUST = 6.0  # how much more the gold sets count, whose annotator decides what a kind is, than a round's sentences
FOLDS = 10


class Example(NamedTuple):
    doc_id: str
    round: str
    signs: frozenset[str]
    plain: frozenset[str]  # its words and pairs of words outside names
    kinds: list[str]  # the reading preferred, then others as good; none where no reader said one
    rule: str
    fresh: bool  # whether it stands in another paragraph than the sentence before


def examples() -> list[list[Example]]:
    """The sentences of each article that readers have labelled, in order."""
    wanted: dict[str, dict[int, Labelled]] = {}
    for row in stored(SENTENCES, Labelled):
        wanted.setdefault(row.doc_id, {})[int(row.start_char)] = row
    found = []
    for doc_id, article, facts in extracted(one for one in documents() if one.doc_id in wanted):
        rows = wanted[doc_id]
        kinds = {start: row.wanted.split("|") for start, row in rows.items()}
        found.append(_seen(doc_id, next(iter(rows.values())).round, article, facts, kinds))
    for gold, texts in GOLD:
        found += _annotated(gold, texts)
    return [*found, *_cases()]


def _seen(doc_id: str, number: str, article: Article, facts: Facts, kinds: Mapping[int, list[str]]) -> list[Example]:
    sentences = read(article, facts)
    rules = told_by_rules(article, facts, sentences)
    masked = replace(article, folded=_without_names(article, facts))
    return [
        Example(
            doc_id, number, frozenset(signs(article, sentences, rules, place)), frozenset(words_of(masked, one)),
            kinds.get(one.sentence.start, []), rules[place].kind, broken,
        )
        for place, (one, broken) in enumerate(zip(sentences, fresh(sentences), strict=True))
    ]  # fmt: skip


def _without_names(article: Article, facts: Facts) -> str:
    """The folded text with a line in place of each letter of a name: a person's, place's or body's, or told by its capital."""
    letters = list(article.folded)
    begins = {sentence.start for sentence in article.sentences}
    for word in _CAPITALISED.finditer(article.text):
        if word[0][0].isupper() and word.start() not in begins:
            letters[word.start() : word.end()] = "_" * len(word[0])
    for row in (*facts.people, *facts.places, *facts.organisations):
        letters[row.start_char : row.end_char] = "_" * (row.end_char - row.start_char)
    return "".join(letters)


def _annotated(gold: Path, texts: Path) -> Iterator[list[Example]]:
    answers = {(one := json.loads(path.read_text(encoding="utf-8")))["source"]: one for path in sorted(gold.glob("*.json"))}
    sources = resolve([str(texts)])
    files: list[Found] = [one for s in sources for path in s.files for one in read_source(s, path) if isinstance(one, Found)]
    for doc_id, article, facts in extracted(one for one in files if Path(one.uri).name in answers):
        name = next(Path(one.uri).name for one in files if one.doc_id == doc_id)
        openings = [("".join(fold(text).split())[:50], kind) for text, kind in answers[name]["statements"]]
        kinds = {}
        for sentence in article.sentences:
            opening = "".join(article.folded[sentence.start : sentence.start + 400].split())
            kinds[sentence.start] = [kind for text, kind in openings if text and opening.startswith(text)][:1]
        yield _seen(doc_id, gold.name, article, facts, kinds)


def _cases() -> Iterator[list[Example]]:
    """The project's own sentences, written one by one for what the rules must know."""
    for number, case in enumerate(json.loads(CASES.read_text(encoding="utf-8"))):
        text, spans = unmarked(case["text"])
        article = Article.from_text(text)
        kinds = {start: [row["kind"]] for (start, _), row in zip(spans, case.get("found", []), strict=False)}
        yield _seen(f"case {number}", "cases", article, extract(article), kinds if case["expect"] == "pass" else {})


class Weights(NamedTuple):
    signs: NDArray[np.float64]  # by sign and kind
    turns: NDArray[np.float64]  # by turn (``TURNS``), the kind before, and the kind after


def learn(given: list[list[Example]], names: list[str]) -> Weights:
    """The weights that make what the readers said likeliest; sentences that none labelled may be of any kind."""
    flat = [one for article in given for one in article]
    matrix, grid = table_of(flat, names), Grid.of(given)
    allowed = np.array([[not one.kinds or one.kinds[0] == kind for kind in KINDS] for one in flat])
    barred = grid.spread(np.where(allowed, 0.0, -BARRED))
    trust = np.array([TRUST if article[0].round in ("dev", "own", "cases") else 1.0 for article in given])
    shape, turns = (len(names), len(KINDS)), (len(TURNS), len(KINDS), len(KINDS))

    def apart(values: NDArray[np.float64]) -> Weights:
        cut = shape[0] * shape[1]
        return Weights(values[:cut].reshape(shape), values[cut:].reshape(turns))

    def loss(values: NDArray[np.float64]) -> tuple[float, NDArray[np.float64]]:
        weights = apart(values)
        sums = grid.spread(np.asarray(matrix @ weights.signs))
        free, said = grid.chances(sums, weights.turns, trust), grid.chances(sums + barred, weights.turns, trust)
        by_sentence = ((free.kinds - said.kinds) * trust[:, None, None])[grid.filled]
        gradient = matrix.T @ by_sentence + weights.signs / PRIOR, free.turns - said.turns + weights.turns / TURN_PRIOR
        total = (trust * (free.total - said.total)).sum()
        total += (weights.signs**2).sum() / PRIOR / 2 + (weights.turns**2).sum() / TURN_PRIOR / 2
        return float(total), np.concatenate([one.ravel() for one in gradient])

    start = np.zeros(shape[0] * shape[1] + turns[0] * turns[1] * turns[2])
    found = minimize(loss, start, jac=True, method="L-BFGS-B", options={"maxiter": 300})
    return apart(np.asarray(found.x))


class Chances(NamedTuple):
    total: NDArray[np.float64]  # logarithm of the sum over all sequences of kinds, by article
    kinds: NDArray[np.float64]  # by article, sentence and kind
    turns: NDArray[np.float64]  # summed over the articles, each by its trust


class Grid(NamedTuple):
    """Articles as rows and their sentences as columns, the short ones padded, so that all are summed over at once."""

    filled: NDArray[np.bool_]
    breaks: NDArray[np.intp]

    @classmethod
    def of(cls, given: list[list[Example]]) -> Grid:
        lengths = np.array([len(article) for article in given])
        filled = np.arange(lengths.max()) < lengths[:, None]
        breaks = np.zeros(filled.shape, dtype=np.intp)
        breaks[filled] = [one.fresh for article in given for one in article]
        return cls(filled, breaks)

    def spread(self, rows: NDArray[np.float64]) -> NDArray[np.float64]:
        found = np.zeros((*self.filled.shape, rows.shape[1]))
        found[self.filled] = rows
        return found

    def chances(self, sums: NDArray[np.float64], turns: NDArray[np.float64], trust: NDArray[np.float64]) -> Chances:
        """The forward-backward algorithm."""
        long = sums.shape[1]
        ahead, back, turned = np.zeros_like(sums), np.zeros_like(sums), np.zeros_like(turns)
        ahead[:, 0] = sums[:, 0]
        for at in range(1, long):
            step = logsumexp(ahead[:, at - 1, :, None] + turns[self.breaks[:, at]], axis=1) + sums[:, at]
            ahead[:, at] = np.where(self.filled[:, at, None], step, ahead[:, at - 1])
        total = logsumexp(ahead[:, -1], axis=1)
        for at in range(long - 1, 0, -1):
            ways = turns[self.breaks[:, at]] + (sums[:, at] + back[:, at])[:, None, :]
            back[:, at - 1] = np.where(self.filled[:, at, None], logsumexp(ways, axis=2), back[:, at])
            pairs = np.exp(ahead[:, at - 1, :, None] + ways - total[:, None, None]) * (trust * self.filled[:, at])[:, None, None]
            np.add.at(turned, self.breaks[:, at], pairs)
        return Chances(total, np.exp(ahead + back - total[:, None, None]) * self.filled[:, :, None], turned)


def table_of(given: list[Example], names: list[str]) -> csr_matrix:
    place = {name: number for number, name in enumerate(names)}
    cells = [(row, place[sign]) for row, one in enumerate(given) for sign in sorted(one.signs) if sign in place]
    rows, columns = zip(*cells, strict=True)
    return csr_matrix((np.ones(len(cells)), (rows, columns)), shape=(len(given), len(names)))


def names_of(given: list[list[Example]]) -> list[str]:
    """The signs that are learnt: in sentences enough, and words only where they stand outside names often enough.

    Who somebody is, or where, must not tell what a sentence is.
    """
    labelled = [one for article in given for one in article if one.kinds]
    counts = Counter(sign for one in labelled for sign in one.signs)
    plain = Counter(word for one in labelled for word in one.plain)

    def is_plain(sign: str) -> bool:
        where, _, words = sign.partition(" ")
        if where in ("OPEN", "SAYS"):
            return plain[words] >= FEWEST
        return sign[0].isupper() or plain[sign] >= FEWEST

    return sorted(sign for sign, count in counts.items() if count >= FEWEST and is_plain(sign))


def told(given: list[list[Example]], names: list[str], weights: Weights) -> list[list[str]]:
    turns = (np.rint(weights.turns * SCALE).astype(int)).tolist()
    found = []
    for article in given:
        sums = np.rint(np.asarray(table_of(article, names) @ weights.signs) * SCALE).astype(int).tolist()
        kinds = heaviest(sums, [one.fresh for one in article], turns)
        found.append([KINDS[kind] for kind in kinds])
    return found


def left_out(given: list[list[Example]]) -> list[list[str]]:
    """The kind of each example by weights learnt from other articles."""
    order = {doc_id: number % FOLDS for number, doc_id in enumerate(sorted({article[0].doc_id for article in given}))}
    found: list[list[str]] = [[] for _ in given]
    for part in range(FOLDS):
        known = [article for article in given if order[article[0].doc_id] != part]
        names = names_of(known)
        asked = [number for number, article in enumerate(given) if order[article[0].doc_id] == part]
        answers = told([given[number] for number in asked], names, learn(known, names))
        for number, answer in zip(asked, answers, strict=True):
            found[number] = answer
    return found


def main() -> None:
    given = [article for article in examples() if any(one.kinds for one in article)]
    pairs = [
        (one, answer)
        for article, answers in zip(given, left_out(given), strict=True)
        for one, answer in zip(article, answers, strict=True)
        if one.kinds
    ]
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
    turns = zip((f"{turn} {kind}" for turn in TURNS for kind in KINDS), weights.turns.reshape(-1, len(KINDS)), strict=True)
    with TARGET.open("w", encoding="utf-8", newline="") as stream:
        writer = csv.writer(stream, delimiter="\t", lineterminator="\n", quoting=csv.QUOTE_NONE, quotechar=None)
        writer.writerow(["sign", *KINDS])
        for name, row in (*turns, *zip(names, weights.signs, strict=True)):
            whole = np.rint(row * SCALE).astype(int).tolist()
            if any(whole):
                writer.writerow([name, *whole])


if __name__ == "__main__":
    main()
