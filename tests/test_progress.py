"""What a run says of its progress where stderr is no terminal."""

from __future__ import annotations

import pytest

from flows import progress


def test_a_stage_that_ends_on_the_tick_is_told_once(monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> None:
    clock = [0.0]
    monkeypatch.setattr(progress.time, "monotonic", lambda: clock[0])
    lines = progress.Lines()
    lines.begin("extract", 30)
    for clock[0] in (10.0, 15.0, 20.0):
        lines.advance("extract", 10)
    lines.finish("extract")
    told = capsys.readouterr().err.splitlines()
    assert [line.split()[:4] for line in told] == [["extract", "10", "documents", "in"], ["extract", "30", "documents", "in"]]
    assert "left" in told[0] and "left" not in told[1]
