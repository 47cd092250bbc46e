"""Rows of unseen articles judged by hand: ``python -m tools.judged`` tells each table's precision, and what has changed since.

``tests/judged/TABLE.tsv`` holds what readers decided: the round, the document, the row's place, a digest of its values, ``right``
or ``wrong``, and why; no text. Where the corpus lies beside the project, the articles judged are extracted again: a row right
then and gone now may be a loss, a row wrong then and gone now is a gain. ``draw TABLE --seed N`` notes rows of a new round and
prints them for a reader, each with its sentence; ``settle TABLE --seed N FILE`` notes the verdicts: the lines of the file
(``NUMBER<tab>CAUSE``) name the wrong ones, the others are right. ``again TABLE --seed N`` prints rows of a judged round again,
without the first verdict, for a second reader; ``settle-again`` notes what he decides in ``tests/judged/second.tsv``.
``readme`` writes the tables of rounds in the README anew.
"""

from __future__ import annotations

import argparse
import csv
import hashlib
import json
import random
import re
from collections import Counter
from collections.abc import Iterable, Iterator
from graphlib import TopologicalSorter
from itertools import pairwise
from pathlib import Path
from typing import Any, NamedTuple

from transforms.clean import clean
from transforms.document import Article, Facts, RawDocument
from transforms.extract import extract
from warehouse.sources import Found, read, resolve

ROOT = Path(__file__).resolve().parent.parent
FOLDER = ROOT / "tests" / "judged"
CORPUS = ROOT.parent / "shared" / "corpus"
ARTICLES, ROWS = 200, 100
COLUMNS = ("round", "doc_id", "start_char", "end_char", "digest", "verdict", "cause")
# One row per document that has a home; it has no place in the text.
HOMES = "provinces"
# What a second reader decided, all tables in one file.
SECOND = "second"
AGAIN = 30
# Columns by which a fact is known, and causes for which a row is wrong in others only.
CORE = {
    "citations": "kind, key", "figures": "value, unit", "people": "name", "positions": "person, title, organisation",
    "organisations": "name",
}  # fmt: skip
ELSEWHERE = frozenset([
    "period", "what", "status", "measure", "part_of", "as_of", "tenure", "relation", "issuer", "issued_on", "kind", "honorific",
    "person_id",
])  # fmt: skip
# The tables of the README: of which columns, in order.
GROUPS = (("places", "dates", "citations", "figures", HOMES), ("people", "positions", "organisations"))


class Judged(NamedTuple):
    round: str
    doc_id: str
    start_char: int
    end_char: int
    digest: str
    verdict: str
    cause: str


class Drawn(NamedTuple):
    doc_id: str
    start: int
    end: int
    values: dict[str, Any]
    article: Article

    @property
    def digest(self) -> str:
        said = json.dumps(self.values, ensure_ascii=False, sort_keys=True, default=str)
        return hashlib.sha256(said.encode()).hexdigest()[:12]

    @property
    def key(self) -> tuple[str, int, int, str]:
        return self.doc_id, self.start, self.end, self.digest


def documents() -> list[Found]:
    """The articles of the corpus, then its pages, each in order."""
    sources = resolve([str(CORPUS / "articles.jsonl.gz"), str(CORPUS / "pages")])
    return [one for source in sources for path in source.files for one in read(source, path) if isinstance(one, Found)]


def sample(seed: int) -> list[Found]:
    return random.Random(seed).sample(documents(), ARTICLES)


def extracted(found: Iterable[Found]) -> Iterator[tuple[str, Article, Facts]]:
    for one in found:
        raw = RawDocument(one.doc_id, "corpus", one.uri, one.media_type, one.data, one.record)
        article = Article.of(clean(raw).document)
        yield one.doc_id, article, extract(article)


def rows_of(table: str, doc_id: str, article: Article, facts: Facts) -> Iterator[Drawn]:
    if table == HOMES and not facts.home:
        return
    if table == HOMES:
        values: dict[str, Any] = {"province": facts.home and facts.home[:2], "by": facts.home and facts.home.by,
            "place_code": facts.home and facts.home.place_code}  # fmt: skip
        yield Drawn(doc_id, 0, 0, values, article)
        return
    for row in getattr(facts, table):
        values = {name: value for name, value in row._asdict().items() if name not in ("start_char", "end_char")}
        yield Drawn(doc_id, row.start_char, row.end_char, values, article)


def draw(table: str, seed: int, count: int) -> list[Drawn]:
    """Rows of a table drawn from the articles sampled with the same seed, in text order."""
    rows = [row for one in extracted(sample(seed)) for row in rows_of(table, *one)]
    chosen = random.Random(f"{seed}{table}").sample(range(len(rows)), min(count, len(rows)))
    return [rows[number] for number in sorted(chosen)]


def told(row: Drawn) -> str:
    """A row as its reader sees it: its sentence with the span marked, and its columns."""
    text = row.article.text
    around = next((s for s in row.article.sentences if s.start <= row.start < s.end), None)
    begin = max(around.start if around else 0, row.start - 260)
    stop = min(around.end if around else len(text), row.end + 160)
    said = f"{text[begin : row.start]}⟦{text[row.start : row.end]}⟧{text[row.end : stop]}".replace("\n", " / ")
    values = " ".join(f"{name}={value}" for name, value in row.values.items() if value is not None)
    return f"{said}\n    {values} [{row.doc_id[:6]} {row.article.published}]"


def lines_of(name: str) -> list[dict[str, str]]:
    path = FOLDER / f"{name}.tsv"
    if not path.exists():
        return []
    with path.open(encoding="utf-8", newline="") as stream:
        return list(csv.DictReader(stream, delimiter="\t"))


def judged(line: dict[str, str]) -> Judged:
    return Judged(*(int(line[c]) if c.endswith("char") else line[c] for c in COLUMNS))  # type: ignore[arg-type]


def stored(table: str) -> list[Judged]:
    return [judged(line) for line in lines_of(table)]


def store(table: str, rows: list[Judged]) -> None:
    write(table, [COLUMNS, *rows])


def write(name: str, rows: Iterable[tuple[Any, ...]]) -> None:
    FOLDER.mkdir(exist_ok=True)
    with (FOLDER / f"{name}.tsv").open("w", encoding="utf-8", newline="") as stream:
        csv.writer(stream, delimiter="\t", lineterminator="\n").writerows(rows)


def note(table: str, seed: int, rows: list[Drawn]) -> None:
    """Begin a round: its rows, with no verdict yet."""
    others = [row for row in stored(table) if row.round != str(seed)]
    store(table, others + [Judged(str(seed), *row.key, "", "") for row in rows])


def settled(rows: list[Judged], seed: int, wrong: dict[int, str]) -> list[Judged]:
    """The rows of a table with the verdicts on those of one round, which stand together, numbered from 0."""
    first = next(number for number, row in enumerate(rows) if row.round == str(seed))
    causes = [wrong.get(number - first, "") for number in range(len(rows))]
    return [
        row._replace(verdict="wrong" if cause else "right", cause=cause) if row.round == str(seed) else row
        for row, cause in zip(rows, causes, strict=True)
    ]  # fmt: skip


def still_made(table: str, rows: list[Judged]) -> list[Drawn]:
    """Of rows judged before, those that the rules still make, in the order of the documents' ids."""
    keys = {row[1:5] for row in rows}
    wanted = {row.doc_id for row in rows}
    found = extracted(one for one in documents() if one.doc_id in wanted)
    made = {row.key: row for one in found for row in rows_of(table, *one) if row.key in keys}
    return [made[key] for key in sorted(made)]


def again(table: str, seed: int, count: int) -> list[Drawn]:
    """Rows of a judged round for a second reader, drawn from those that the rules still make."""
    made = still_made(table, [row for row in stored(table) if row.round == str(seed)])
    return [made[n] for n in sorted(random.Random(f"again{seed}{table}").sample(range(len(made)), min(count, len(made))))]


def second() -> dict[str, list[Judged]]:
    """What a second reader decided, by table."""
    found: dict[str, list[Judged]] = {}
    for line in lines_of(SECOND):
        found.setdefault(line["table"], []).append(judged(line))
    return found


def store_second(table: str, rows: list[Judged]) -> None:
    verdicts = second() | {table: rows}
    write(SECOND, [("table", *COLUMNS), *((name, *row) for name in sorted(verdicts) for row in verdicts[name])])


def note_second(table: str, seed: int, rows: list[Drawn]) -> None:
    others = [row for row in second().get(table, []) if row.round != str(seed)]
    store_second(table, others + [Judged(str(seed), *row.key, "", "") for row in rows])


def agreement(table: str, rows: list[Judged]) -> tuple[int, int]:
    """How many rows the second reader found right, and on how many both agree."""
    first = {row[:5]: row.verdict for row in stored(table)}
    return sum(row.verdict == "right" for row in rows), sum(row.verdict == first.get(row[:5]) for row in rows)


def tables() -> list[str]:
    return sorted(path.stem for path in FOLDER.glob("*.tsv") if path.stem != SECOND)


def precision(rows: list[Judged]) -> dict[str, tuple[int, int]]:
    """(right, judged) by round, in the order of the file."""
    found: dict[str, tuple[int, int]] = {}
    for row in rows:
        right, count = found.get(row.round, (0, 0))
        found[row.round] = (right + (row.verdict == "right"), count + 1)
    return found


def changed(names: list[str]) -> dict[str, Counter[str]]:
    """By table: of the judged rows, how many right and wrong ones the rules still make, and how many no more."""
    rounds = {name: stored(name) for name in names}
    wanted = {row.doc_id for rows in rounds.values() for row in rows}
    now: dict[str, set[tuple[str, int, int, str]]] = {name: set() for name in names}
    for one in extracted(found for found in documents() if found.doc_id in wanted):
        for name in names:
            now[name].update(row.key for row in rows_of(name, *one))
    return {
        name: Counter(f"{row.verdict} {'kept' if row[1:5] in now[name] else 'gone'}" for row in rows)
        for name, rows in rounds.items()
    }  # fmt: skip


def core(name: str, number: str) -> int:
    """How many rows of a round are right in the columns that everybody asks for: right, or wrong for another column's sake."""
    rows = [row for row in stored(name) if row.round == number]
    return sum(row.verdict == "right" or row.cause in ELSEWHERE for row in rows)


def report() -> None:
    names = tables()
    for name in names:
        for number, (right, judged) in precision(stored(name)).items():
            beside = f"   {CORE[name]} {core(name, number) / judged:.3f}" if name in CORE else ""
            print(f"{name:14} round {number:>8}  {right:4} of {judged:4} right  {right / judged:.3f}{beside}")
        causes = Counter(row.cause for row in stored(name) if row.verdict == "wrong")
        print(" " * 15 + ", ".join(f"{cause} {count}" for cause, count in causes.most_common(6)))
    for name, rows in second().items():
        right, same = agreement(name, rows)
        print(
            f"{name:14} judged twice {len(rows)}, right by the second reader {right / len(rows):.3f}, "
            f"agreement with the first {same / len(rows):.3f}"
        )
    if not CORPUS.exists():
        print("the corpus is not here: what has changed since can't be told")
        return
    for name, tally in changed(names).items():
        print(f"{name:14} {', '.join(f'{what}: {count}' for what, count in sorted(tally.items()))}")


def rounds(names: Iterable[str]) -> str:
    """A Markdown table of the precision of every round: in brackets how many rows, then that of the columns of ``CORE``."""
    told = {name: precision(stored(name)) for name in names}
    order: TopologicalSorter[str] = TopologicalSorter()  # as they follow one another in the files
    for name in told:
        for before, after in pairwise([None, *told[name]]):
            order.add(str(after), *([before] if before else []))
    lines = [["round", *[f"{name} | {CORE[name]}" if name in CORE else name for name in told]]]
    for number in order.static_order():
        cells = [number]
        for name in told:
            right, judged = told[name].get(number, (0, 0))
            cells.append(f"{right / judged:.3f} ({judged})" if judged else "")
            if name in CORE:
                cells.append(f"{core(name, number) / judged:.3f}" if judged else "")
        lines.append(cells)
    width = " | ".join(lines[0]).count("|") + 1
    lines.insert(1, ["---"] * width)
    return "\n".join(f"| {' | '.join(cells)} |" for cells in lines)


def write_readme() -> None:
    """The tables of the README anew, each in place of the one that stands there."""
    path = FOLDER / "README.md"
    pieces = re.split(r"((?m:^\| round \|.*\n(?:\|.*\n)+))", path.read_text(encoding="utf-8"))
    for place, names in zip(range(1, len(pieces), 2), GROUPS, strict=False):
        pieces[place] = rounds(names) + "\n"
    path.write_text("".join(pieces), encoding="utf-8")


def main() -> None:
    parser = argparse.ArgumentParser(description="Precision on rows judged by hand, and what has changed since.")
    commands = parser.add_subparsers(dest="command")
    commands.add_parser("readme")
    for name in ("draw", "settle", "again", "settle-again"):
        command = commands.add_parser(name)
        command.add_argument("table")
        command.add_argument("--seed", type=int, required=True)
        if name.startswith("settle"):
            command.add_argument("wrong", type=Path)
        else:
            command.add_argument("--count", type=int, default=ROWS if name == "draw" else AGAIN)
    options = parser.parse_args()
    if options.command in ("draw", "again"):
        drawing, noting = (draw, note) if options.command == "draw" else (again, note_second)
        rows = drawing(options.table, options.seed, options.count)
        noting(options.table, options.seed, rows)
        for number, row in enumerate(rows):
            print(f"{number}. {told(row)}")
    elif options.command in ("settle", "settle-again"):
        lines = [line.split("\t") for line in options.wrong.read_text(encoding="utf-8").splitlines() if line.strip()]
        wrong = {int(number): cause for number, cause in lines}
        if options.command == "settle":
            store(options.table, settled(stored(options.table), options.seed, wrong))
        else:
            store_second(options.table, settled(second()[options.table], options.seed, wrong))
    elif options.command == "readme":
        write_readme()
    else:
        report()


if __name__ == "__main__":
    main()
