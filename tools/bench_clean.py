"""What cleaning costs beside tools that do a part of it: ``python -m tools.bench_clean [JSON]`` (``make bench-clean``).

Same input, same process, one core, best of three rounds over documents of their own. The input is made of the project's own
samples, their paragraphs drawn anew with a fixed seed and their figures changed, so that no document is like another; or, with
``--articles FILE``, of the texts of a JSONL file. Prints a table, writes the same as JSON, judges nothing. The other tools are
those of ``requirements/bench.in``.
"""

from __future__ import annotations

import argparse
import gzip
import json
import random
import re
import time
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import NamedTuple

from flows.pools import collect_seldom
from schemas.errors import UndecodableError
from transforms.clean import charsets, clean
from transforms.clean.capitals import may_be_lowered
from transforms.clean.decode import decode
from transforms.clean.unicode import mend
from transforms.document import RawDocument
from warehouse.sources import Found, read, resolve

ROOT = Path(__file__).resolve().parent.parent
ROUNDS, DOCUMENTS, SLOW = 3, 1200, 90  # SLOW: documents for tools that do a few hundred a second
PAGE_BYTES = 20_000
_SIGNS = re.compile("[^\x00-\x7fà-ỹ]")  # what TCVN3 lacks


class Row(NamedTuple):
    """One measurement; ``megabytes`` a second of input, and documents a second."""

    what: str
    tool: str
    megabytes: float
    documents: float


def sample_texts() -> list[str]:
    found = []
    for source in resolve([str(ROOT / "samples" / "news")]):
        for item in (item for path in source.files for item in read(source, path)):
            if isinstance(item, Found):
                try:
                    data = RawDocument(item.doc_id, source.name, item.uri, item.media_type, item.data, item.record)
                    found.append(clean(data).document.text)
                except UndecodableError:  # the sample that is no text
                    continue
    return found


def articles(texts: Sequence[str], count: int) -> list[str]:
    """Articles of 8 to 24 paragraphs, all different."""
    draw = random.Random(1)
    titles = [text.split("\n", 1)[0] for text in texts]
    paragraphs = [line for text in texts for line in text.split("\n")[1:]]
    made = []
    for _ in range(count):
        lines = [draw.choice(titles), "05/07/2024 | 12", *draw.choices(paragraphs, k=draw.randint(8, 24)), "Tin, ảnh: Mai Lan"]
        made.append(re.sub(r"\d+", lambda m: str(draw.randint(1, 10 ** len(m[0]))), "\n\n".join(lines)))
    return made


def page(article: str, headlines: Sequence[str], site: str = "") -> str:
    """A page of about 20 kB around an article: the site's menu, list of other articles, script, style and footer."""
    title, *paragraphs = [line for line in article.split("\n") if line]
    menu = "".join(f'<li class="nav-item"><a href="{site}/chuyen-muc-{n}" title="m">Chuyên mục {n}</a></li>' for n in range(25))
    others = "".join(
        f'<div class="item"><a href="{site}/tin/{n}.html"><img src="/anh/{n}.jpg" alt=""><h3>{line}</h3></a></div>'
        for n, line in enumerate(headlines)
    )
    body = "".join(f'<p style="text-align: justify;">{line}</p>\n' for line in paragraphs)
    head = (
        f'<meta charset="utf-8"><title>{title} - Cổng thông tin</title>'
        '<meta property="article:published_time" content="2024-07-05T08:00:00+07:00">'
    )
    start = f'<!DOCTYPE html><html lang="vi"><head>{head}'
    end = (
        f'</head><body><header><ul class="menu">{menu}</ul></header><div class="content"><article><h1 class="title">{title}</h1>'
        f'<div class="date">05/07/2024 08:00</div><div class="detail-content">{body}</div></article>'
        f'<aside class="sidebar">{others}</aside></div><footer>Bản quyền thuộc Cổng thông tin</footer></body></html>'
    )
    spare = max(0, PAGE_BYTES - len((start + end).encode()) - 17)
    script = ("var a=function(b,c){return b+c};\n" * (spare // 33 + 1))[:spare]
    return f"{start}<script>{script}</script>{end}"


def measure(what: str, tool: str, inputs: Sequence[bytes], work: Callable[[int], object]) -> Row:
    """Processor time of ``work(number)`` for every input: the best of several rounds, each over inputs of its own."""
    best = 0.0, 0.0
    size = max(1, len(inputs) // ROUNDS)
    for first in range(0, size * ROUNDS, size):
        numbers = [number % len(inputs) for number in range(first, first + size)]
        begun = time.process_time()
        for number in numbers:
            work(number)
        took = time.process_time() - begun
        best = max(best, (size / took, sum(len(inputs[number]) for number in numbers) / 1e6 / took))
    return Row(what, tool, best[1], best[0])


def raw(number: int, data: bytes, media_type: str) -> RawDocument:
    return RawDocument(f"{number:020d}", "bench", str(number), media_type, data)


def repaired(data: bytes) -> str:
    """What ftfy does, and decoding: one text in one form."""
    found = decode(data)
    return found.text if found.sound and not may_be_lowered(found.text) else mend(found.text).text


def rows(texts: list[str], headlines: list[str]) -> list[Row]:
    import ftfy
    import trafilatura
    from resiliparse.extract.html2text import extract_plain_text
    from resiliparse.parse.html import HTMLTree

    plain = [text.encode() for text in texts]
    found = [
        measure("plain text", "khobao: decode and repair", plain, lambda n: repaired(plain[n])),
        measure("plain text", "khobao: clean (roles, byline, dates)", plain, lambda n: clean(raw(n, plain[n], "text/plain"))),
        measure("plain text", "ftfy.fix_text", plain[:SLOW], lambda n: ftfy.fix_text(texts[n], uncurl_quotes=False)),
    ]
    old = [charsets.write(_SIGNS.sub("", text.lower()), "tcvn3") for text in texts[:SLOW]]
    found.append(measure("TCVN3 text", "khobao: clean", old, lambda n: clean(raw(n, old[n], "text/plain"))))
    pages = [page(text, headlines) for text in texts]
    sources = [source.encode() for source in pages]
    others = [page(text, headlines, f"https://{n}.example.vn").encode() for n, text in enumerate(texts)]
    found += [
        measure("HTML pages", "khobao: clean, pages of one site", sources, lambda n: clean(raw(n, sources[n], "text/html"))),
        measure("HTML pages", "khobao: clean, of many sites", others, lambda n: clean(raw(n, others[n], "text/html"))),
        measure(
            "HTML pages", "resiliparse, main content", sources,
            lambda n: extract_plain_text(HTMLTree.parse(pages[n]), main_content=True),
        ),
        measure("HTML pages", "trafilatura.extract", sources[:SLOW], lambda n: trafilatura.extract(pages[n])),
        measure("HTML pages", "trafilatura.extract, fast", sources[:SLOW], lambda n: trafilatura.extract(pages[n], fast=True)),
    ]  # fmt: skip
    for size in (1, 10, 100):
        text = "\n".join(texts[:size]).encode()
        found.append(
            measure(
                "one document", f"khobao: clean, {len(text):,} bytes", [text], lambda n, t=text: clean(raw(n, t, "text/plain"))
            )
        )
    return found


def parse(about: str) -> argparse.Namespace:
    """The command line of this bench and of its like."""
    parser = argparse.ArgumentParser(description=about)
    parser.add_argument("json", nargs="?", type=Path, help="file for the results")
    parser.add_argument("--articles", type=Path, metavar="FILE", help="JSONL (.gz) with a field text, instead of the samples")
    return parser.parse_args()


def texts_for(options: argparse.Namespace) -> list[str]:
    """The documents, told about in one printed line."""
    if options.articles:
        with gzip.open(options.articles, "rt", encoding="utf-8") as lines:
            texts = [json.loads(line)["text"] for line in lines][:DOCUMENTS]
    else:
        texts = articles(sample_texts(), DOCUMENTS)
    print(f"{len(texts)} documents, {sum(len(t.encode()) for t in texts) // len(texts):,} bytes of text each")
    return texts


def report(found: Sequence[Row], file: Path | None) -> None:
    print(f"{'input':<14}{'tool':<44}{'MB/s':>9}{'documents/s':>14}")
    for row in found:
        print(f"{row.what:<14}{row.tool:<44}{row.megabytes:>9.2f}{row.documents:>14,.1f}")
    if file:
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_text(json.dumps([row._asdict() for row in found], indent=1) + "\n", encoding="utf-8")


def main() -> None:
    options = parse("What cleaning costs beside tools that do a part of it.")
    collect_seldom()  # as in every worker
    texts = texts_for(options)
    report(rows(texts, [text.split("\n", 1)[0] for text in texts[:25]]), options.json)


if __name__ == "__main__":
    main()
