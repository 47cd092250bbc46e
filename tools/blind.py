"""Sentences and events of unseen articles answered blind: ``python -m tools.blind`` compares them with what is made now.

``draw --seed N`` prints articles of the genre, their sentences numbered, without what the extractors made of them. A reader
answers in a file, one line per article: its number, a letter per sentence (``e`` event, ``t`` task, ``l`` limitation,
``r`` result, ``o`` other, ``-`` no sentence, ``[tr]`` where two readings may stand), and of the main event kind, day, organisers
and chairs, or ``NONE``, or ``?``; commas part readings, semicolons names, ``-`` is nothing::

    7 | e [rt] t t | sơ kết | 2022-07-08 | Ban Tuyên giáo Huyện ủy | Vũ Văn Tám

``settle --seed N FILE`` notes the answers in ``tests/judged/blind`` (ids and kinds; names as digests; no text), beside what was
made then.
"""

from __future__ import annotations

import argparse
import csv
import hashlib
import random
import re
from collections import Counter
from collections.abc import Iterator
from pathlib import Path
from typing import NamedTuple, TypeVar

from tools.judged import CORPUS, FOLDER, documents, extracted
from transforms.document import Article, Facts, fold
from warehouse.sources import Found

SENTENCES, EVENTS = FOLDER / "blind" / "sentences.tsv", FOLDER / "blind" / "events.tsv"
KINDS = {"e": "event", "t": "task", "l": "limitation", "r": "result", "o": "other"}
# What an article of the genre names in its opening: a gathering, and bodies that hold such.
_GATHERING = re.compile(
    r"hội nghị|hội thảo|tập huấn|đại hội|kỳ họp|phiên họp|sơ kết|tổng kết|giao ban|lễ [kptc]|buổi lễ|cuộc họp|làm việc|tọa đàm"
    r"|gặp mặt|hội thi|tiếp xúc cử tri|đoàn kiểm tra|khai mạc|thăm"
)
_BODY = re.compile(
    r"ban tuyên giáo|ubnd|ủy ban|tỉnh ủy|thành ủy|huyện ủy|quận ủy|thị ủy|đảng ủy|hđnd|hội đồng nhân dân|mttq|mặt trận"
    r"|hội nông dân|liên đoàn|công đoàn|đoàn thanh niên|hội liên hiệp|\bbộ [a-zđ]|\bsở |quốc hội|chính phủ|đồng chí"
    r"|chủ tịch|thủ tướng|bí thư|tỉnh|huyện"
)


class Sentence(NamedTuple):
    round: str
    doc_id: str
    start_char: str
    wanted: str
    got: str


class Event(NamedTuple):
    round: str
    doc_id: str
    wanted: str
    got: str


T = TypeVar("T", Sentence, Event)


def known() -> set[str]:
    return {row.doc_id for row in stored(SENTENCES, Sentence)}


def of_genre(article: Article, wide: bool) -> bool:
    """Whether an article's opening names bodies and a gathering; ``wide``: bodies are enough, and it may be longer."""
    head = article.folded[:450]
    if len(set(_BODY.findall(head))) < 2:
        return False
    return 5 <= len(article.lines) <= (30 if wide else 16) and (wide or bool(_GATHERING.search(head)))


def draw(seed: int, count: int, wide: bool) -> Iterator[tuple[Found, Article, Facts]]:
    """Articles of the genre that no round has had, in the order of the seed."""
    found, seen = documents(), known()
    for one in random.Random(seed).sample(found, len(found)):
        if count and one.doc_id not in seen:
            _, article, facts = next(extracted([one]))
            if of_genre(article, wide):
                count -= 1
                yield one, article, facts


def digest(name: str) -> str:
    return hashlib.sha256(fold(name).encode()).hexdigest()[:8]


def names(said: str) -> str:
    """Readings parted by commas, each a sorted list of digests; ``-`` and ``?`` stay."""
    return ",".join(one if one in "-?" else ";".join(sorted(map(digest, one.split(";")))) for one in said.split(","))


def made(facts: Facts) -> str:
    main = next((event for event in facts.events if event.event_no == 0), None)
    if main is None:
        return "NONE"
    who = {
        role: ";".join({p.participant: "" for p in facts.participants if p.event_no == 0 and p.role == role}) or "-"
        for role in ("organiser", "chair")
    }
    held = main.held_from.isoformat() if main.held_from else "-"
    return "|".join((main.kind, held, *(said if said == "-" else names(said.replace(",", " ")) for said in who.values())))


def settle(seed: int, answers: Path, count: int, wide: bool) -> None:
    lines = [line for line in answers.read_text(encoding="utf-8").splitlines() if line.strip() and not line.startswith("#")]
    drawn = list(draw(seed, count, wide))
    sentences, events = stored(SENTENCES, Sentence), stored(EVENTS, Event)
    for line in lines:
        number, letters, *event = (part.strip() for part in line.split("|"))
        found, _, facts = drawn[int(number)]
        kinds = re.findall(r"\[\w+\]|\S", letters)
        if len(kinds) != len(facts.statements):
            raise SystemExit(f"article {number} has {len(facts.statements)} sentences, {len(kinds)} are answered")
        for kind, row in zip(kinds, facts.statements, strict=True):
            if kind != "-":
                wanted = "|".join(KINDS[letter] for letter in kind.strip("[]"))
                sentences.append(Sentence(str(seed), found.doc_id, str(row.start_char), wanted, row.kind))
        said = event[:2] + [names(one) for one in event[2:]]
        events.append(Event(str(seed), found.doc_id, "|".join(said), made(facts)))
    store(SENTENCES, sentences)
    store(EVENTS, events)


def stored(path: Path, kind: type[T]) -> list[T]:
    if not path.exists():
        return []
    with path.open(encoding="utf-8", newline="") as stream:
        return [kind(*line) for line in list(csv.reader(stream, delimiter="\t"))[1:]]


def store(path: Path, rows: list[T]) -> None:
    path.parent.mkdir(parents=True, exist_ok=True)
    with path.open("w", encoding="utf-8", newline="") as stream:
        csv.writer(stream, delimiter="\t", lineterminator="\n").writerows([type(rows[0])._fields, *rows])


def tally(rows: list[Sentence]) -> str:
    """Share right, and F1 by kind; a sentence of two readings counts for the one that was made, else for the first."""
    pairs = Counter((row.got if row.got in row.wanted.split("|") else row.wanted.split("|")[0], row.got) for row in rows)
    said = [f"{sum(n for (want, got), n in pairs.items() if want == got)} of {len(rows)} right"]
    for kind in KINDS.values():
        right = pairs[kind, kind]
        wanted = sum(n for (want, _), n in pairs.items() if want == kind)
        got = sum(n for (_, got), n in pairs.items() if got == kind)
        said.append(f"{kind} {2 * right / max(1, wanted + got):.3f}")
    return "  ".join(said)


def confusion(rows: list[Sentence]) -> str:
    pairs = Counter((row.wanted.split("|")[0], row.got) for row in rows if row.got not in row.wanted.split("|"))
    return ", ".join(f"{want} told as {got} {number}" for (want, got), number in pairs.most_common(8))


def matched(rows: list[Event]) -> str:
    """How many events are found, and of those found how many have the right kind, day, organisers and chairs."""
    found: Counter[str] = Counter()
    for row in rows:
        wanted, got = row.wanted.split("|"), row.got.split("|")
        if wanted == ["?"]:
            continue
        found["events found" if got != ["NONE"] else "missed"] += wanted != ["NONE"]
        found["none where none is"] += wanted == got == ["NONE"]
        found["made of nothing"] += wanted == ["NONE"] != got
        if "NONE" in (*wanted, *got):
            continue
        for name, want, what in zip(("kind", "day", "organisers", "chairs"), wanted, got, strict=True):
            found[f"{name} right"] += want == "?" or what in want.split(",")
            found[f"{name} wrong"] += want != "?" and what not in want.split(",")
    return ", ".join(f"{what} {number}" for what, number in found.items() if number)


def report() -> None:
    sentences, events = stored(SENTENCES, Sentence), stored(EVENTS, Event)
    print_rounds("when read", sentences, events)
    if not CORPUS.exists():
        print("the corpus is not here: what is made now can't be told")
        return
    wanted = {row.doc_id for row in (*sentences, *events)}
    facts = {doc_id: made_now for doc_id, _, made_now in extracted(one for one in documents() if one.doc_id in wanted)}
    kinds = {(doc_id, str(row.start_char)): row.kind for doc_id, one in facts.items() for row in one.statements}
    now = [row._replace(got=kinds.get((row.doc_id, row.start_char), "")) for row in sentences]
    print("Weights have been learnt from these since: what follows tells how well they are known, not how right they are")
    print("on others. `make weights` tells that, on articles left out.")
    print_rounds("now", now, [row._replace(got=made(facts[row.doc_id])) for row in events if row.doc_id in facts])


def print_rounds(when: str, sentences: list[Sentence], events: list[Event]) -> None:
    for number in dict.fromkeys(row.round for row in sentences):
        rows = [row for row in sentences if row.round == number]
        print(f"round {number}, {when}: {tally(rows)}")
        print(f"    {confusion(rows)}")
        told = matched([row for row in events if row.round == number])
        if told:
            print(f"    {told}")


def main() -> None:
    parser = argparse.ArgumentParser(description="Sentences and events answered blind, and what is made of them.")
    commands = parser.add_subparsers(dest="command")
    for name in ("draw", "settle"):
        command = commands.add_parser(name)
        command.add_argument("--seed", type=int, required=True)
        command.add_argument("--count", type=int, default=40)
        command.add_argument("--wide", action="store_true", help="articles without a gathering in their opening as well")
    commands.choices["settle"].add_argument("answers", type=Path)
    options = parser.parse_args()
    if options.command == "draw":
        for number, (found, article, _) in enumerate(draw(options.seed, options.count, options.wide)):
            print(f"## {number} {found.doc_id[:8]} {article.published or ''}")
            spans = [(s.role, article.text[s.start : s.end].replace("\n", " / ")) for s in article.lines]
            at = 0
            for role, text in spans:
                print(f"{at}. {text}" if role in ("lead", "body") else f"[{role}] {text}")
                at += role in ("lead", "body")
    elif options.command == "settle":
        settle(options.seed, options.answers, options.count, options.wide)
    else:
        report()


if __name__ == "__main__":
    main()
