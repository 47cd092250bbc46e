"""Scores against annotations: those of the independent scorer, intervals, what few annotations have, and a history."""

from __future__ import annotations

import importlib.util
import json
import shutil
from pathlib import Path
from typing import Any

import pytest

from flows.cli import main
from tests.conftest import ROOT, Runner
from tests.test_accuracy import OWN, dev  # noqa: F401
from tests.test_run import ask
from transforms.scoring import TABLES, Tally, score_each, total
from transforms.scoring_intervals import intervals

DETAILS = ROOT / "tests" / "gold" / "details"


def tallied(*counts: tuple[float, float, float]) -> list[dict[str, Tally]]:
    return [{"x": Tally(*one)} for one in counts]


def test_an_interval_holds_the_score_is_always_the_same_and_narrows_with_more_documents() -> None:
    few = tallied((9, 10, 10), (5, 10, 8), (7, 7, 9), (2, 9, 6))
    low, high = intervals(few)["x"]
    f1 = total(few)["x"].f1
    assert 0.3 < low < f1 < high < 1
    assert intervals(few) == intervals(few)
    narrow = intervals(few * 25)["x"]
    assert narrow[1] - narrow[0] < (high - low) / 3
    assert intervals(tallied((1, 1, 1)))["x"] == (0.0, 1.0), "one document tells nothing of others"
    assert intervals(tallied((0, 0, 0), (0, 0, 0)))["x"] == (1.0, 1.0), "nothing wanted and nothing found is right"


def test_the_interval_covers_what_it_promises() -> None:
    """Of many sets of 40 documents, each word right with a chance of 0.8, nearly all intervals hold 0.8."""
    import numpy as np

    draw = np.random.default_rng(7)
    held = 0
    for _ in range(60):
        rights = draw.binomial(20, 0.8, 40)
        low, high = intervals(tallied(*((float(r), 20.0, 20.0) for r in rights)), resamples=400)["x"]
        held += low <= 0.8 <= high
    assert held >= 52


ROW = {
    "doc_id": "1", "surface": "", "start_char": 0, "kind": "", "level": None, "issuer": None, "name": "", "key": "", "value": 0.0,
    "unit": "", "what": "", "qualifier": "exact", "period_from": None, "period_to": None, "speaker": None, "event_no": 0,
    "date_from": None, "date_to": None,
}  # fmt: skip
TEXT = "Ông Lò Văn Khải, Sở Y tế nói. Ông Lò Văn Khải họp. Có 40 lớp."


def details(annotation: dict[str, Any], **rows: list[dict[str, Any]]) -> dict[str, Tally]:
    tables: dict[str, list[dict[str, Any]]] = {name: [] for name in TABLES}
    tables["documents"] = [{"doc_id": "1", "source_uri": "x/a.txt", "text": TEXT}]
    tables |= {name: [{**ROW, **row} for row in more] for name, more in rows.items()}
    return total(one for _, one in score_each([{"source": "a.txt", **annotation}], tables, details=True))


def test_what_few_annotations_have_is_scored_where_it_is_annotated() -> None:
    name = "Lò Văn Khải"
    places = [{"surface": name, "start_char": TEXT.index(name)}, {"surface": "Y tế", "start_char": TEXT.index("Y tế")}]
    spans = details({"spans": {"people": [[name, 0], [name, 1]]}}, people=places)["spans_people"]
    assert (spans.right, spans.predicted, spans.wanted) == (1, 2, 2)
    assert len(spans.errors) == 2 and any("missed" in line for line in spans.errors)
    levels = [{"name": "Sở Y tế", "level": "province"}, {"name": "Tỉnh ủy", "level": "district"}]
    level = details(
        {"organisation_levels": [["Sở Y tế", "province"], ["Tỉnh uỷ", "province"], ["Huyện ủy", None]]}, organisations=levels
    )
    assert (level["organisation_level"].right, level["organisation_level"].wanted) == (1, 3)
    issuers = [{"key": "05-CT/TW", "issuer": "Bộ Chính trị"}, {"key": "12-KH/TU"}]
    issuer = details(
        {"citation_issuers": [["05-CT/TW", "Bộ chính trị"], ["12-KH/TU", None], ["1-KL/TW", None]]}, citations=issuers
    )
    assert (issuer["citation_issuer"].right, issuer["citation_issuer"].wanted) == (2, 3)
    figures = [{"value": 40.0, "unit": "lớp", "period_from": "2024-01-01", "period_to": "2024-03-31"}]
    wanted = [[40, "lớp", "2024-01-01", "2024-03-31"], [40, "lớp", None, None]]
    assert details({"figure_periods": wanted}, figures=figures)["figure_period"].right == 1
    said = [{"surface": "Ông Lò Văn Khải, Sở Y tế nói.", "speaker": name}, {"surface": "Có 40 lớp."}]
    speakers = [["Ông Lò Văn Khải, Sở", name], ["Có 40", None], ["Ông Lò Văn Khải họp", None]]
    assert details({"statement_speakers": speakers}, statements=said)["statement_speaker"].right == 2
    dated = [{"surface": "quý I", "date_from": "2024-01-01", "date_to": "2024-03-31"}]
    worded = details({"dates": [["Quý I", "2024-01-01", "2024-03-31"], ["năm 2024", "2024-01-01", "2024-12-31"]]}, dates=dated)
    assert (worded["date_surfaces"].right, worded["dates"].right) == (1, 1)


def test_what_is_not_annotated_is_not_scored() -> None:
    assert set(details({})) == {"found"}
    assert set(details({"people": ["Lò Văn Khải"]})) == {"found", "people"}


def evaluated(root: Path, gold: Path, capsys: pytest.CaptureFixture[str], *more: str) -> dict[str, Any]:
    capsys.readouterr()
    assert main(["evaluate", str(gold), "--warehouse", str(root), "--format", "json", *more]) == 0
    answer: dict[str, Any] = json.loads(capsys.readouterr().out)
    return answer


@pytest.mark.xdist_group("accuracy")
def test_scores_are_those_of_the_independent_scorer(
    shared: Path,
    dev: Path,  # noqa: F811
    tmp_path: Path,
    capsys: pytest.CaptureFixture[str],
) -> None:
    root, gold = tmp_path / "wh", shared / "gold" / "dev"
    shutil.copytree(dev, root)
    assert main(["relocate", "--warehouse", str(root)]) == 0
    assert main(["export", str(tmp_path / "export"), "--warehouse", str(root)]) == 0
    spec = importlib.util.spec_from_file_location("independent_scorer", shared / "gold" / "score.py")
    assert spec is not None and spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    theirs = {name: tally.scores() for name, tally in module.score(gold, tmp_path / "export").items()}
    ours = evaluated(root, gold, capsys)["scores"]
    assert set(theirs) <= set(ours)
    for name, wanted in theirs.items():
        got = {part: ours[name][part] for part in ("precision", "recall", "f1", "wanted")}
        assert got == pytest.approx(wanted, abs=1e-5), name
        assert ours[name]["low"] <= got["f1"] + 1e-5 and got["f1"] <= ours[name]["high"] + 1e-5


@pytest.mark.xdist_group("accuracy")
def test_accuracy_has_a_history(warehouse: Path, run: Runner, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    root = tmp_path / "wh"
    shutil.copytree(warehouse, root)
    assert main(["relocate", "--warehouse", str(root)]) == 0
    count = "SELECT count(*) FROM quality_results WHERE suite LIKE 'accuracy:own@%'"
    assert evaluated(root, OWN, capsys, "--no-record")["recorded"] is False
    assert ask(root, count) == [(0,)]
    first = evaluated(root, OWN, capsys)
    assert first["recorded"] is True
    kept = ask(root, count)
    assert kept[0][0] == len(first["scores"])
    assert evaluated(root, OWN, capsys) == {**first, "recorded": False}, "the same rows and annotations are judged once"
    assert ask(root, count) == kept
    observed = json.loads(
        ask(root, "SELECT observed FROM quality_results WHERE expectation = 'people' AND suite LIKE 'acc%'")[0][0]
    )
    assert observed["value"] == first["scores"]["people"]["f1"] and observed["low"] <= observed["value"] <= observed["high"]
    assert observed["meaning_vi"] and observed["gold"] == "own"
    more = tmp_path / "more"
    more.mkdir()
    (more / "new.txt").write_text("Sở Y tế tỉnh Lào Cai họp giao ban.\nCó 40 đại biểu dự.", encoding="utf-8")
    run(more, warehouse=root, run_id="29990101T000000-new")
    second = evaluated(root, OWN, capsys)
    assert second["recorded"] is True and second["run_id"] != first["run_id"]
    assert second["scores"]["people"]["before"] == first["scores"]["people"]["f1"]
    assert ask(root, "SELECT count(DISTINCT run_id) FROM quality_results WHERE suite LIKE 'accuracy%'") == [(2,)]
    assert ask(root, "SELECT count(*) FROM quality_results WHERE suite LIKE 'accuracy%' AND NOT success") == [(0,)]


def test_a_table_with_intervals_and_the_differences(warehouse: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["evaluate", str(OWN), "--warehouse", str(warehouse), "--no-record", "--errors"]) == 0
    printed = capsys.readouterr().out
    assert "95 % interval" in printed and "tiêu đề" in printed
    assert "missed" in printed or "extra" in printed


@pytest.mark.parametrize(
    ("content", "says"),
    [
        (None, "no such folder"),
        ({}, "no annotations"),
        ({"a.json": "{"}, "a.json"),
        ({"a.json": "[]"}, "source"),
        ({"a.json": '{"source": "lao_cai_ky_hop.txt", "document": {}}'}, "form"),
    ],
)
def test_wrong_annotations_are_told_in_one_line(
    content: dict[str, str] | None, says: str, warehouse: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    gold = tmp_path / "gold"
    if content is not None:
        gold.mkdir()
        for name, text in content.items():
            (gold / name).write_text(text, encoding="utf-8")
    assert main(["evaluate", str(gold), "--warehouse", str(warehouse), "--no-record"]) == 2
    told = capsys.readouterr().err
    assert says in told and told.count("\n") == 1


FLOORS = {
    "spans_people": 1.0,
    "spans_citations": 1.0,
    "organisation_level": 0.95,
    "citation_issuer": 0.857,
    "figure_period": 1.0,
    "statement_speaker": 0.875,
    "statement_period": 1.0,
}


def test_places_levels_issuers_periods_and_speakers_of_the_own_details(
    warehouse: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    scores = evaluated(warehouse, DETAILS, capsys, "--no-record")["scores"]
    assert set(scores) == {"found", *FLOORS}
    assert {name: scores[name]["f1"] for name, floor in FLOORS.items() if scores[name]["f1"] < floor} == {}
