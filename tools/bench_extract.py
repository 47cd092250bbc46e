"""What facts cost beside word segmenters and a name recogniser: ``python -m tools.bench_extract`` (``make bench-extract``).

The input and the manner of ``tools.bench_clean``. One core. The rows "of which" are shares of the same runs, an extractor each;
"one pass of all lexicons" is charged by itself and not to the first extractor that asks. Prints a table, writes the same as
JSON, judges nothing. The other tools are those of ``requirements/bench.in``; they tell words, or people, bodies and places,
and nothing of what the other tables hold.
"""

from __future__ import annotations

import time
from collections import Counter
from collections.abc import Callable, Sequence
from typing import Any

from flows.pools import collect_seldom
from tools.bench_clean import Row, measure, parse, raw, report, texts_for
from transforms import extract as stage
from transforms.clean import clean
from transforms.document import Article, Facts
from transforms.extract import extract, extract_many
from transforms.match import TOGETHER, hits_of_all

_FEW, _FEWER = 60, 9  # documents for tools that do a few dozen, or a few, a second


def peers(texts: Sequence[str]) -> list[Row]:
    from pyvi import ViTokenizer
    from underthesea import ner, word_tokenize

    few, fewer = ([text.encode() for text in texts[:count]] for count in (_FEW, _FEWER))
    for warm in (ViTokenizer.tokenize, word_tokenize, ner):
        warm("Hội nghị sơ kết công tác")  # models are read at the first call
    return [
        measure("plain text", "pyvi, words", few, lambda n: ViTokenizer.tokenize(texts[n])),
        measure("plain text", "underthesea, words", few, lambda n: word_tokenize(texts[n])),
        measure("plain text", "underthesea, names", fewer, lambda n: ner(texts[n])),
    ]


def shares(articles: Sequence[Article], size: int) -> list[Row]:
    """Every extractor's part of one run over all articles; ``size`` in bytes."""
    spent: Counter[str] = Counter()

    def clocked(name: str, work: Callable[..., Any]) -> Callable[..., Any]:
        def run(*given: Any) -> Any:
            begun = time.process_time()
            found = work(*given)
            spent[name] += time.process_time() - begun
            return found

        return run

    plain = stage.EXTRACTORS
    stage.EXTRACTORS = tuple((name, clocked(name, work)) for name, work in plain)
    one_pass, whole = clocked("one pass of all lexicons", hits_of_all), clocked("whole", extract)
    try:
        for article in articles:
            one_pass(article.folded)
            whole(article)
    finally:
        stage.EXTRACTORS = plain
    total = spent.pop("whole")
    spent["years, days and codes of the document"] = total - sum(spent[name] for name, _ in plain)
    return [Row("of which", name, size / 1e6 / took, len(articles) / took) for name, took in spent.most_common()]


def in_turns(plain: Sequence[bytes]) -> Row:
    """Clean and extract as a run does, a few articles at a time; documents are articles all the same."""
    groups = [range(first, first + TOGETHER) for first in range(0, len(plain) - TOGETHER + 1, TOGETHER)]

    def facts_of(number: int) -> object:
        return extract_many([Article.of(clean(raw(n, plain[n], "text/plain")).document) for n in groups[number]])

    sizes = [b"".join(plain[number] for number in group) for group in groups]
    row = measure("plain text", f"khobao: clean and extract, {TOGETHER} at a time", sizes, facts_of)
    return row._replace(documents=row.documents * TOGETHER)


def rows(texts: Sequence[str]) -> list[Row]:
    plain = [text.encode() for text in texts]

    def facts_of(number: int, data: bytes) -> Facts:
        return extract(Article.of(clean(raw(number, data, "text/plain")).document))

    facts_of(0, plain[0])  # lexicons are read at the first call
    cleaned = [clean(raw(n, data, "text/plain")).document for n, data in enumerate(plain)]
    found = [
        measure("plain text", "khobao: clean and extract", plain, lambda n: facts_of(n, plain[n])),
        measure("plain text", "khobao: clean", plain, lambda n: clean(raw(n, plain[n], "text/plain"))),
        measure("plain text", "khobao: extract", plain, lambda n: extract(Article.of(cleaned[n]))),
        in_turns(plain),
        *peers(texts),
        *shares([Article.of(document) for document in cleaned], sum(map(len, plain))),
    ]
    for size in (10_000, 100_000, 1_000_000):
        text = "\n".join(texts)
        data = text.encode()[:size].decode(errors="ignore").encode()
        found.append(measure("one document", f"khobao: {len(data):,} bytes", [data], lambda n, d=data: facts_of(n, d)))
    return found


def main() -> None:
    options = parse("What facts cost beside word segmenters and a name recogniser.")
    collect_seldom()  # as in every worker
    report(rows(texts_for(options)), options.json)


if __name__ == "__main__":
    main()
