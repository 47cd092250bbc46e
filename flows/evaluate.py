"""``khobao evaluate GOLD_DIR``: how right the published rows are, by annotations made by hand, with intervals and a history."""

from __future__ import annotations

import argparse
import hashlib
import json
from collections.abc import Mapping, Sequence
from pathlib import Path, PurePath
from typing import TYPE_CHECKING, Any, NamedTuple

from schemas.errors import UsageError
from schemas.journal import QualityResult
from schemas.model import Severity
from schemas.render import quoted
from warehouse.layout import Layout

if TYPE_CHECKING:
    import duckdb

    from transforms.scoring import Tally

SUITE = "accuracy"  # of the quality results: accuracy:NAME@DIGEST of the annotations
# What a field is about, where its name does not say it: table and words.
_ABOUT = {
    "found": ("documents", "annotated documents that are in the warehouse", "tài liệu đã gán nhãn có trong kho"),
    "title": ("documents", "titles", "tiêu đề"),
    "published_at": ("documents", "times of publication", "thời điểm đăng"),
    "province": ("documents", "provinces of documents", "tỉnh, thành phố của tài liệu"),
    "byline": ("documents", "authors", "tác giả"),
    "text": ("documents", "lines of the cleaned text, by length", "các dòng văn bản đã làm sạch, theo độ dài"),
    "blocks": ("blocks", "roles of blocks", "vai trò của các khối"),
    "people": ("people", "people", "người"),
    "positions": ("positions", "offices with person and body", "chức vụ kèm người và cơ quan"),
    "positions_person_title": ("positions", "offices with person", "chức vụ kèm người"),
    "organisations": ("organisations", "bodies", "cơ quan, tổ chức"),
    "organisation_level": ("organisations", "levels of bodies", "cấp của cơ quan"),
    "places": ("places", "places", "địa danh"),
    "citations": ("citations", "official documents", "văn bản được dẫn"),
    "citation_issuer": ("citations", "issuers of official documents", "cơ quan ban hành văn bản"),
    "dates": ("dates", "dates and periods", "ngày và khoảng thời gian"),
    "date_surfaces": ("dates", "wordings of dates", "cách ghi ngày"),
    "figures": ("figures", "figures", "số liệu"),
    "figure_period": ("figures", "periods of figures", "kỳ báo cáo của số liệu"),
    "event_found": ("events", "whether there is a main event", "có sự kiện chính hay không"),
    "event_kind": ("events", "kinds of main events", "loại sự kiện chính"),
    "event_dates": ("events", "dates of main events", "ngày của sự kiện chính"),
    "event_organiser": ("participants", "organisers of main events", "đơn vị tổ chức"),
    "event_chair": ("participants", "chairs of main events", "người chủ trì"),
    "statements": ("statements", "kinds of statements", "loại câu"),
    "statement_speaker": ("statements", "speakers of statements", "người phát biểu"),
    "statement_period": ("statements", "periods of statements", "kỳ báo cáo của câu"),
}


class Score(NamedTuple):
    """One field's score over all annotated documents that have it, and the score before it."""

    field: str
    precision: float
    recall: float
    f1: float
    low: float
    high: float
    wanted: float
    right: float
    documents: int
    before: float | None = None


class Gold(NamedTuple):
    """A folder of annotations: its name, the digest of its content, and what it holds."""

    name: str
    digest: str
    annotations: list[dict[str, Any]]

    @property
    def suite(self) -> str:
        return f"{SUITE}:{self.name}@{self.digest}"


def evaluate(options: argparse.Namespace) -> int:
    from flows.settings import warehouse_path
    from transforms.scoring import total
    from warehouse.query import opened

    gold = read_gold(Path(options.gold))
    layout = Layout(warehouse_path(options.warehouse))
    with opened(layout) as con:
        run_id, snapshot_id = con.execute("SELECT run_id, snapshot_id FROM history.snapshot").fetchall()[0]
        each = scored(con, gold)
        before = _before(con, gold, run_id)
    scores = summed(each, before)
    recorded = False if options.no_record else record(layout, gold, run_id, scores)
    if options.format == "json":
        head = {"gold": gold.name, "digest": gold.digest, "run_id": run_id, "snapshot_id": snapshot_id, "recorded": recorded}
        print(json.dumps({**head, "scores": {s.field: _rounded(s) for s in scores}}, ensure_ascii=False, indent=1))
        return 0
    print(_table(gold, snapshot_id, scores))
    if options.errors:
        for name, tally in total(each).items():
            print("\n".join((f"\n{name}", *(f"  {line}" for line in tally.errors))) if tally.errors else "", end="")
        print()
    return 0


def read_gold(folder: Path) -> Gold:
    """The annotations of a folder. Raises UsageError where there are none, or where one is not of the form."""
    if not folder.is_dir():
        raise UsageError(f"no such folder: {folder}; give one that holds annotations, NAME.json for each document")
    annotations = []
    for path in sorted(folder.glob("*.json")):
        try:
            one = json.loads(path.read_text(encoding="utf-8"))
        except (OSError, ValueError) as error:
            raise UsageError(f"{path} is no annotation: {str(error).splitlines()[0]}") from None
        if not isinstance(one, dict) or not isinstance(one.get("source"), str):
            raise UsageError(f'{path} is no annotation: it needs a "source", the file name of its document')
        annotations.append(one)
    if not annotations:
        raise UsageError(f"no annotations in {folder}: it holds no .json file")
    content = json.dumps(annotations, sort_keys=True, ensure_ascii=False).encode()
    return Gold(folder.resolve().name, hashlib.sha256(content).hexdigest()[:16], annotations)


def scored(con: duckdb.DuckDBPyConnection, gold: Gold) -> list[Mapping[str, Tally]]:
    """The counts of each annotated document, from ``main``: current representatives only, as exports have them."""
    from transforms.scoring import TABLES, score_each

    sources = {one["source"] for one in gold.annotations}
    known = con.execute("SELECT doc_id, source_uri FROM main.documents ORDER BY doc_id").fetchall()
    chosen = {PurePath(uri).name: doc_id for doc_id, uri in known if PurePath(uri).name in sources}
    listed = ", ".join(map(quoted, chosen.values())) or "''"
    tables = {}
    for name in TABLES:
        cursor = con.execute(f'SELECT * FROM main."{name}" WHERE doc_id IN ({listed}) ORDER BY ALL')
        names = [column[0] for column in cursor.description or ()]
        tables[name] = [dict(zip(names, row, strict=True)) for row in cursor.fetchall()]
    try:
        return [tallies for _, tallies in score_each(gold.annotations, tables, details=True)]
    except (KeyError, TypeError, ValueError, AttributeError) as error:
        raise UsageError(f"an annotation in {gold.name} is not of the form that is documented: {error!r}") from None


def summed(each: Sequence[Mapping[str, Tally]], before: Mapping[str, float]) -> list[Score]:
    """The scores of all fields, those of the contract's tables in their order."""
    from transforms.scoring import total
    from transforms.scoring_intervals import intervals

    spread = intervals(each)
    found = []
    for name, tally in total(each).items():
        count = sum(name in one for one in each)
        found.append(
            Score(
                name, tally.precision, tally.recall, tally.f1, *spread[name], tally.wanted, tally.right, count, before.get(name)
            )
        )
    order = list(_ABOUT)
    return sorted(found, key=lambda s: (order.index(s.field) if s.field in order else len(order), s.field))


def about(name: str) -> tuple[str, str, str]:
    """The table of a field, and what it is in English and in Vietnamese."""
    if name.startswith("spans_"):
        table = name.removeprefix("spans_")
        return table, f"exact places of mentions in {table}", f"vị trí chính xác trong bảng {table}"
    return _ABOUT[name]


def _before(con: duckdb.DuckDBPyConnection, gold: Gold, run_id: str) -> dict[str, float]:
    """The newest F1 of each field recorded for an earlier run with annotations of the same name."""
    rows = con.execute(
        f"""SELECT q.expectation, q.observed FROM journal.quality_results q LEFT JOIN journal.runs r USING (run_id)
        WHERE starts_with(q.suite, {quoted(f"{SUITE}:{gold.name}@")}) AND q.run_id <> {quoted(run_id)}
        ORDER BY r.started_at, q.run_id"""
    ).fetchall()
    return {name: float(json.loads(observed)["value"]) for name, observed in rows}


def record(layout: Layout, gold: Gold, run_id: str, scores: Sequence[Score]) -> bool:
    """Add the scores to the journal's quality results, under the run whose rows they judge.

    The same annotations judge the same rows in the same way, so a second time adds nothing. Returns whether they were added.
    """
    from warehouse import catalog, journal
    from warehouse.lock import held
    from warehouse.query import opened

    with held(layout):
        state = layout.state()
        with opened(layout) as con:
            query = f"SELECT count(*) FROM quality_results WHERE run_id = {quoted(run_id)} AND suite = {quoted(gold.suite)}"
            if con.execute(query).fetchall()[0][0]:
                return False
        results = [_result(gold, run_id, score) for score in scores]
        after = journal.append_results(layout, state, f"accuracy-{state.sequence + 1:08d}", results)
        catalog.build(layout, [after.snapshot_id or 0], after)
    return True


def _result(gold: Gold, run_id: str, score: Score) -> QualityResult:
    """A score as a quality result: a warning that is not met where it lies surely below the score before it, else met."""
    table, meaning, meaning_vi = about(score.field)
    fell = score.before is not None and score.high < score.before
    observed = {
        "meaning": f"accuracy of {meaning}, by the annotations {gold.name}",
        "meaning_vi": f"độ chính xác: {meaning_vi}, theo bộ gán nhãn {gold.name}",
        "value": round(score.f1, 6),
        "low": round(score.low, 6),
        "high": round(score.high, 6),
        "precision": round(score.precision, 6),
        "recall": round(score.recall, 6),
        "before": score.before,
        "documents": score.documents,
        "gold": gold.name,
        "digest": gold.digest,
    }
    wanted, missed = round(score.wanted), round(score.wanted - score.right)
    share = round(100.0 * missed / wanted, 3) if wanted else 0.0
    severity = Severity.WARNING if fell else Severity.INFO
    text = json.dumps(observed, ensure_ascii=False)
    return QualityResult(run_id, gold.suite, table, None, score.field, severity.value, not fell, wanted, missed, share, text)


def _rounded(score: Score) -> dict[str, Any]:
    return {
        name: round(value, 6) if isinstance(value, float) else value for name, value in score._asdict().items() if name != "field"
    }


def _table(gold: Gold, snapshot_id: int, scores: Sequence[Score]) -> str:
    lines = [
        f"snapshot {snapshot_id} by {len(gold.annotations)} annotated documents of {gold.name} ({gold.digest})",
        f"{'field':<24}{'precision':>10}{'recall':>8}{'F1':>8}{'95 % interval':>16}{'wanted':>8}{'docs':>6}{'before':>8}  about",
    ]
    for s in scores:
        before = f"{s.before:.3f}" if s.before is not None else ""
        _, meaning, meaning_vi = about(s.field)
        lines.append(
            f"{s.field:<24}{s.precision:>10.3f}{s.recall:>8.3f}{s.f1:>8.3f}{f'{s.low:.3f}–{s.high:.3f}':>16}"
            f"{s.wanted:>8g}{s.documents:>6}{before:>8}  {meaning} / {meaning_vi}"
        )
    return "\n".join(lines)
