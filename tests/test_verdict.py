"""The verdict of a run, for people and machines."""

from __future__ import annotations

import json
import xml.etree.ElementTree as ET
from datetime import datetime
from pathlib import Path

import pytest

from flows.cli import main
from flows.quality import as_markdown, verdict
from schemas.errors import BlockedError
from schemas.journal import QualityResult
from tests.conftest import Runner
from tests.test_quality import told, two_runs  # noqa: F401
from tests.test_run import FIRST, SECOND, ask, put
from warehouse import catalog, journal
from warehouse.layout import Layout
from warehouse.measures import Audited

pytestmark = pytest.mark.xdist_group("validation")


def test_a_run_that_passed(two_runs: Path, capsys: pytest.CaptureFixture[str]) -> None:  # noqa: F811
    status, text = told(two_runs, capsys, "--strict")
    assert status == 0 and "r2" in text and "passed / đạt" in text
    status, text = told(two_runs, capsys, "--format", "json")
    answer = json.loads(text)
    assert (status, answer["verdict"], answer["failed"], answer["critical"]) == (0, "passed", [], 0)
    assert answer["checks"] == ask(two_runs, "SELECT count(*) FROM quality_results WHERE run_id = 'r2'")[0][0]
    status, text = told(two_runs, capsys, "--format", "junit")
    suites = ET.fromstring(text)
    assert (status, suites.get("failures")) == (0, "0")
    assert int(suites.get("tests") or 0) == len(suites.findall(".//testcase")) == answer["checks"] + 1
    assert told(two_runs, capsys, "--run", "r1")[0] == 0
    assert main(["quality", "--warehouse", str(two_runs), "--run", "nope"]) == 2


@pytest.mark.usefixtures("quick")
def test_a_run_that_was_held_back_is_critical_until_another_is_judged(
    run: Runner, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    source, root = put(tmp_path / "src", a=FIRST), tmp_path / "wh"
    run(source, warehouse=root, run_id="r1", clock=datetime(2026, 1, 1))
    real = Audited
    monkeypatch.setattr("flows.run.Audited", lambda *given: real(*given[:6], (9, 1, 0, 0, 0), *given[7:]))
    put(source, b=SECOND)
    with pytest.raises(BlockedError, match="quality gate: runs: 8 of 9") as error:
        run(source, warehouse=root, run_id="r2", clock=datetime(2026, 1, 2))
    assert getattr(error.value.outcome, "run", None) is not None, "the flow's artifact is made from it"
    monkeypatch.undo()
    (source / "b.txt").unlink()
    run(source, warehouse=root, run_id="r3", clock=datetime(2026, 1, 3))
    assert ask(root, "SELECT run_id, status FROM runs ORDER BY 1")[1:] == [("r2", "blocked"), ("r3", "nothing_new")]
    for extra in ([], ["--strict"], ["--run", "r2"]):
        assert told(root, capsys, *extra)[0] == 1
    text = told(root, capsys)[1]
    assert "not passed / không đạt" in text and "verdict is that of run r2" in text and "quality gate" in text
    suites = ET.fromstring(told(root, capsys, "--format", "junit")[1])
    assert int(suites.get("failures") or 0) == len(suites.findall(".//failure")) >= 2
    assert "8 of 9" in as_markdown(verdict(Layout(root)))
    put(source, b=SECOND)
    run(source, warehouse=root, run_id="r4", clock=datetime(2026, 1, 4))
    assert told(root, capsys, "--strict")[0] == 0


@pytest.mark.usefixtures("quick")
def test_warnings_count_with_strict_only(run: Runner, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    source, root = put(tmp_path / "src", a=FIRST), tmp_path / "wh"
    run(source, warehouse=root, run_id="r1")
    layout = Layout(root)
    observed = json.dumps({"meaning": "x < y & z|", "value": 9.0, "low": 1.0, "high": 2.0, "source": "src"})
    warning = QualityResult("r1", "source:src", "people", None, "rows_per_document", "warning", False, 20, 1, 100.0, observed)
    state = journal.append_results(layout, layout.state(), "test", [warning])
    catalog.build(layout, [state.snapshot_id or 0], state)
    assert [told(root, capsys, *more)[0] for more in ([], ["--strict"])] == [0, 3]
    text = told(root, capsys)[1]
    assert "passed, with warnings" in text and "9, expected 1 … 2" in text and "source src" in text
    suites = ET.fromstring(told(root, capsys, "--format", "junit")[1])
    assert (suites.get("failures"), len(suites.findall(".//skipped"))) == ("0", 1)
    assert ET.fromstring(told(root, capsys, "--format", "junit", "--strict")[1]).get("failures") == "1"
    assert "x &lt; y &amp; z\\|" in as_markdown(verdict(layout)), "what comes from data can't break the page"


def test_scores_of_accuracy_are_counted_apart_in_the_command_and_on_the_page(
    run: Runner, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    source, root = put(tmp_path / "src", a=FIRST), tmp_path / "wh"
    run(source, warehouse=root, run_id="r1")
    before = json.loads(told(root, capsys, "--format", "json")[1])
    scores = [
        QualityResult("r1", "accuracy:own@0123", "people", None, f"f1_{n}", "info", True, 5, 0, 0.0, '{"value": 0.9}')
        for n in range(3)
    ]
    journal.append_results(Layout(root), Layout(root).state(), "scores", scores)
    catalog.build(Layout(root), [1], Layout(root).state())
    after = json.loads(told(root, capsys, "--format", "json")[1])
    assert (after["checks"], after["scores"], before["scores"]) == (before["checks"], 3, 0)
    page = tmp_path / "page.html"
    printed = told(root, capsys, "--page", str(page))[1]
    assert f"{before['checks']:,} expectations and 3 scores of accuracy" in printed and str(page) in printed
    html = page.read_text(encoding="utf-8")
    assert f"/{before['checks']:,}</span>" in html and "scores of accuracy beside them" in html
    assert str(page) not in told(root, capsys, "--format", "junit", "--page", str(page))[1], "which is a document of its own"


def test_a_warehouse_without_runs_has_no_verdict(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["quality", "--warehouse", str(tmp_path / "nowhere")]) == 2
    assert capsys.readouterr().err.count("\n") == 1
