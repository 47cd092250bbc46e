"""Accuracy on annotated texts may only rise: floors for the project's own gold sets, and for the development set beside it.

``tests/gold/floors.json`` holds, per set, the digest of its annotations and the floor of each field. ``make floors`` raises them
to what is measured now (less a point of rounding); nothing lowers them but a changed gold set.
"""

from __future__ import annotations

import hashlib
import importlib.util
import json
import subprocess
from pathlib import Path
from typing import Any

import duckdb
import pytest

from tests.conftest import ROOT, Runner
from transforms.scoring import TABLES, Tally, score

OWN = ROOT / "tests" / "gold" / "own"
GENRE = ROOT / "tests" / "gold" / "genre"  # written before the extractors saw them
FLOORS = ROOT / "tests" / "gold" / "floors.json"
# What the first version had to reach; floors stand above these.
MINIMA = {
    "title": 0.9,
    "published_at": 0.9,
    "text": 0.95,
    "citations": 0.85,
    "dates": 0.8,
    "people": 0.75,
    "places": 0.7,
    "figures": 0.7,
    "organisations": 0.6,
}


def annotations(folder: Path) -> list[dict[str, Any]]:
    return [json.loads(path.read_text(encoding="utf-8")) for path in sorted(folder.glob("*.json"))]


def digest(folder: Path) -> str:
    """Of the annotations' content, whatever their layout."""
    return hashlib.sha256(json.dumps(annotations(folder), sort_keys=True, ensure_ascii=False).encode()).hexdigest()[:16]


def rows(warehouse: Path) -> dict[str, list[dict[str, Any]]]:
    with duckdb.connect(str(warehouse / "khobao.duckdb"), read_only=True) as con:
        return {name: con.execute(f'SELECT * FROM "{name}"').to_arrow_table().to_pylist() for name in TABLES}


@pytest.fixture(scope="session")
def dev(run: Runner, shared: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    root = tmp_path_factory.mktemp("dev") / "warehouse"
    run(shared / "samples", warehouse=root)
    return root


@pytest.fixture(scope="session")
def pages(run: Runner, tmp_path_factory: pytest.TempPathFactory) -> Path:
    root = tmp_path_factory.mktemp("genre") / "warehouse"
    run(GENRE / "texts", warehouse=root)
    return root


def assert_floors(name: str, gold: Path, tallies: dict[str, Tally]) -> None:
    floors = json.loads(FLOORS.read_text())[name]
    assert digest(gold) == floors["digest"], f"the {name} gold set has changed: measure again and write its new floors"
    assert tallies["found"].recall == 1.0, tallies["found"].errors
    assert set(floors["floors"]) == set(tallies), "a field without a floor"
    below = {field: (round(tally.f1, 4), floors["floors"][field]) for field, tally in tallies.items()}
    assert {f: pair for f, pair in below.items() if pair[0] < pair[1]} == {}, "accuracy fell below its floor"


@pytest.mark.xdist_group("accuracy")
def test_own_gold_set(warehouse: Path) -> None:
    assert_floors("own", OWN, score(annotations(OWN), rows(warehouse)))


@pytest.mark.xdist_group("accuracy")
def test_pages_of_the_genre(pages: Path) -> None:
    assert_floors("genre", GENRE, score(annotations(GENRE), rows(pages)))


@pytest.mark.xdist_group("accuracy")
def test_development_set(shared: Path, dev: Path) -> None:
    gold = shared / "gold" / "dev"
    assert_floors("dev", gold, score(annotations(gold), rows(dev)))


@pytest.mark.xdist_group("accuracy")
def test_scores_agree_with_the_independent_scorer(shared: Path, dev: Path, tmp_path: Path) -> None:
    from warehouse.export import export
    from warehouse.layout import Layout

    export(Layout(dev), tmp_path / "export", "parquet")
    spec = importlib.util.spec_from_file_location("independent_scorer", shared / "gold" / "score.py")
    assert spec is not None and spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    theirs = {name: tally.scores()["f1"] for name, tally in module.score(shared / "gold" / "dev", tmp_path / "export").items()}
    ours = {name: tally.f1 for name, tally in score(annotations(shared / "gold" / "dev"), rows(dev)).items()}
    assert ours == pytest.approx(theirs, abs=1e-9)


def test_a_wrong_fact_costs_precision_and_a_missing_one_recall() -> None:
    tally = Tally()
    tally.add_sets("a.txt", {"x", "y"}, {"x", "z"})
    assert (tally.precision, tally.recall, tally.f1) == (0.5, 0.5, 0.5)
    assert tally.errors == ["a.txt: missed y", "a.txt: extra z"]


def test_no_floor_lies_below_the_minimum() -> None:
    floors = json.loads(FLOORS.read_text())
    assert set(floors) == {"own", "genre", "dev"}
    for name, gold_set in floors.items():
        low = {f: gold_set["floors"][f] for f, least in MINIMA.items() if gold_set["floors"][f] < least}
        assert low == {}, name


def test_floors_were_never_lowered() -> None:
    """Every committed version of the floors for the same gold set is at most as high as the present one."""
    done = subprocess.run(
        ["git", "log", "--format=%H", "--", str(FLOORS.relative_to(ROOT))], cwd=ROOT, capture_output=True, text=True
    )
    if done.returncode:
        pytest.skip("not a git clone: there is no history to compare with")
    now = json.loads(FLOORS.read_text())
    lowered = []
    for commit in done.stdout.split():
        shown = subprocess.run(["git", "show", f"{commit}:tests/gold/floors.json"], cwd=ROOT, capture_output=True, text=True)
        if shown.returncode:
            continue  # the commit that moved or removed the file
        for name, then in json.loads(shown.stdout).items():
            if then["digest"] != now[name]["digest"]:
                continue
            lowered += [(commit[:9], name, f) for f, floor in then["floors"].items() if now[name]["floors"].get(f, 0) < floor]
    assert lowered == []
