"""``khobao quality``: the verdict of a run, for people and for machines.

``critical``: the run was held back or failed, or a critical rule is broken. ``warning``: some rule that only warns is.
``passed``: neither. A run that found nothing new judges nothing but whether a source has been silent for too long; for the rest
the verdict of the last run that did still stands.
"""

from __future__ import annotations

import argparse
import json
import sys
from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import datetime
from pathlib import Path
from typing import Any, NamedTuple
from xml.sax.saxutils import escape, quoteattr

from schemas import codes
from schemas.errors import UsageError
from schemas.render import quoted
from schemas.row_rules import FEW_REFUSED
from warehouse.layout import Layout
from warehouse.pages.history import ACCURACY

PASSED, WARNING, CRITICAL = "passed", "warning", "critical"
EXIT = {PASSED: 0, WARNING: 0, CRITICAL: 1}
STRICT = 3  # exit status of warnings with --strict
_WORDS = {
    PASSED: ("passed", "đạt"),
    WARNING: ("passed, with warnings", "đạt, có cảnh báo"),
    CRITICAL: ("not passed", "không đạt"),
}


class Check(NamedTuple):
    """One result of a run."""

    suite: str
    table: str
    column: str | None
    expectation: str
    severity: str
    success: bool
    elements: int
    unexpected: int
    meaning: str
    meaning_vi: str
    observed: dict[str, Any]

    @property
    def is_score(self) -> bool:
        """Of accuracy against annotations, measured by `khobao evaluate`: kept with a run, but none of its expectations."""
        return self.suite.startswith(ACCURACY)

    @property
    def name(self) -> str:
        return ".".join(part for part in (self.table, self.column) if part) + f" {self.expectation}"


@dataclass(frozen=True, slots=True)
class Verdict:
    """What is to be said of a run. ``judged_run_id`` is the run whose results these are: itself, or the last one that judged."""

    run_id: str
    status: str
    started_at: datetime
    message: str | None
    verdict: str
    judged_run_id: str | None
    snapshot_id: int | None
    quarantined: dict[str, int]
    checks: list[Check] = field(default_factory=list)
    says_something: bool = True  # of its own: a run that found nothing new may still have found a source silent

    @property
    def failed(self) -> list[Check]:
        return [check for check in self.checks if not check.success]

    def summary(self) -> dict[str, Any]:
        """Everything but the single results that were met, as plain values."""
        return {
            "run_id": self.run_id,
            "status": self.status,
            "started_at": self.started_at.isoformat(),
            "verdict": self.verdict,
            "message": self.message,
            "snapshot_id": self.snapshot_id,
            "judged_run_id": self.judged_run_id,
            "checks": sum(not check.is_score for check in self.checks),
            "scores": sum(check.is_score for check in self.checks),
            "critical": sum(check.severity == "critical" for check in self.failed),
            "warnings": sum(check.severity == "warning" for check in self.failed),
            "rows_refused": sum(check.unexpected for check in self.checks if check.expectation == FEW_REFUSED),
            "quarantine_open": self.quarantined,
            "failed": [check._asdict() for check in self.failed],
        }


def quality(options: argparse.Namespace) -> int:
    from flows.settings import warehouse_path

    layout = Layout(warehouse_path(options.warehouse))
    found = verdict(layout, options.run)
    if options.format == "json":
        print(json.dumps(found.summary(), ensure_ascii=False, indent=1))
    elif options.format == "junit":
        print(as_junit(found, options.strict))
    else:
        print(as_text(found))
    if options.page:
        from flows.page import write_quality_page

        path = write_quality_page(layout, Path(options.page), options.run)
        print(path, file=sys.stdout if options.format == "table" else sys.stderr)
    return STRICT if options.strict and found.verdict == WARNING else EXIT[found.verdict]


def verdict(layout: Layout, run_id: str | None = None) -> Verdict:
    """The verdict of a run, the last one unless named. Raises UsageError where there is no such run."""
    from warehouse.query import opened

    with opened(layout) as con:
        where = f"WHERE run_id = {quoted(run_id)}" if run_id is not None else ""
        runs = con.execute(
            f"""SELECT run_id, status, started_at, message, snapshot_id FROM runs {where}
            ORDER BY started_at DESC, run_id DESC LIMIT 1"""
        ).fetchall()
        if not runs:
            raise UsageError(
                f"there is no run {run_id!r} in {layout.root}" if run_id else f"there is no run yet in {layout.root}"
            )
        run, status, started_at, message, snapshot_id = runs[0]
        judged = con.execute(
            f"""SELECT run_id, message FROM runs WHERE status <> 'nothing_new'
            AND (started_at, run_id) <= ({quoted(started_at.isoformat())}::TIMESTAMP, {quoted(run)})
            ORDER BY started_at DESC, run_id DESC LIMIT 1"""
        ).fetchall()
        judged_run, message = judged[0] if judged else (None, message)
        rows = con.execute(
            f"""SELECT suite, table_name, column_name, expectation, severity, success, element_count, unexpected_count, observed
            FROM quality_results WHERE run_id IN ({quoted(judged_run or "")}, {quoted(run)})
            QUALIFY run_id = {quoted(run)} OR NOT bool_or(run_id = {quoted(run)})
                OVER (PARTITION BY suite, table_name, column_name, expectation)
            ORDER BY suite, table_name, column_name NULLS FIRST, expectation"""
        ).fetchall()
        own = con.execute(f"SELECT count(*) FROM quality_results WHERE run_id = {quoted(run)}").fetchall()[0][0]
        waiting = con.execute(
            "SELECT reason_code, count(*) FROM quarantine WHERE status = 'open' GROUP BY ALL ORDER BY 1"
        ).fetchall()
    checks = [_check(*row) for row in rows]
    return Verdict(
        run, status, started_at, message, _judged(message, checks), judged_run, snapshot_id, dict(waiting), checks, bool(own)
    )  # fmt: skip


def _check(
    suite: str, table: str, column: str | None, name: str, severity: str, success: bool, elements: int | None,
    unexpected: int | None, observed: str | None,
) -> Check:  # fmt: skip
    told = json.loads(observed or "{}")
    meaning = str(told.pop("meaning", None) or told.get("found") or name)
    meaning_vi = str(told.pop("meaning_vi", None) or meaning)
    return Check(suite, table, column, name, severity, success, elements or 0, unexpected or 0, meaning, meaning_vi, told)


def _judged(message: str | None, checks: Sequence[Check]) -> str:
    """A run has a message when it failed or was held back, and only then."""
    if message or any(not check.success and check.severity == "critical" for check in checks):
        return CRITICAL
    return WARNING if any(not check.success and check.severity == "warning" for check in checks) else PASSED


def as_text(found: Verdict) -> str:
    """For a terminal."""
    english, vietnamese = _WORDS[found.verdict]
    lines = [f"run {found.run_id} ({found.started_at:%Y-%m-%d %H:%M}): {english} / {vietnamese}"]
    if found.status == "nothing_new":
        lines.append(f"  nothing was new; the verdict is that of run {found.judged_run_id or '-'}")
    if found.message:
        lines.append(f"  {found.message}")
    summary = found.summary()
    lines.append(
        f"  {_counted(summary)}, not met: {summary['critical']:,} critical, {summary['warnings']:,} warnings; "
        f"rows refused: {summary['rows_refused']:,}"
    )
    for check in found.failed:
        severity = next((c.meaning_vi for c in codes.SEVERITIES.codes if c.code == check.severity), "")
        lines += [
            f"  {check.severity} / {severity}: {_where(check)}",
            f"      {check.meaning} / {check.meaning_vi}{_measured(check)}",
        ]
    waiting = ", ".join(f"{code} {count:,}" for code, count in found.quarantined.items())
    lines.append(f"  quarantine  {waiting or 'empty'}")
    return "\n".join(lines)


def _counted(summary: dict[str, Any]) -> str:
    """As the quality page counts them: scores of accuracy stand apart."""
    scores = f" and {summary['scores']:,} scores of accuracy" if summary["scores"] else ""
    return f"{summary['checks']:,} expectations{scores}"


def _where(check: Check) -> str:
    source = check.observed.get("source")
    return check.name + (f", source {source}" if source else "")


def _measured(check: Check) -> str:
    """The value beside its bounds, or how many broke the rule."""
    told = check.observed
    if "value" in told:
        bounds = f"{_number(told.get('low'))} … {_number(told.get('high'))}"
        return f": {_number(told['value'])}, expected {bounds}"
    return f": {check.unexpected:,} of {check.elements:,}"


def _number(value: Any) -> str:
    return "" if value is None else f"{value:,.4g}"


def as_markdown(found: Verdict) -> str:
    """For the Prefect page."""
    english, vietnamese = _WORDS[found.verdict]
    summary = found.summary()
    lines = [f"## Quality of run `{found.run_id}`: {english} / {vietnamese}", ""]
    if found.message:
        lines += [f"> {_cell(found.message)}", ""]
    lines.append(
        f"{_counted(summary)}; not met: {summary['critical']:,} critical, {summary['warnings']:,} warnings. "
        f"Rows refused: {summary['rows_refused']:,}."
    )
    if found.failed:
        lines += ["", "| severity | where | what must hold | found |", "| --- | --- | --- | --- |"]
        for check in found.failed:
            told = _cell(_measured(check).removeprefix(": "))
            lines.append(
                f"| {check.severity} | {_cell(_where(check))} | {_cell(check.meaning)} / {_cell(check.meaning_vi)} | {told} |"
            )
    if found.quarantined:
        lines += ["", "| waits in quarantine | items |", "| --- | ---: |"]
        lines += [f"| {_cell(code)} | {count:,} |" for code, count in found.quarantined.items()]
    return "\n".join(lines)


def _cell(text: str) -> str:
    return escape(text).replace("|", "\\|").replace("\n", " ")


def as_junit(found: Verdict, strict: bool = False) -> str:
    """JUnit XML, a test suite per expectation suite. Warnings are failures with ``strict`` only, else they are skipped."""
    suites: dict[str, list[Check]] = {}
    for check in found.checks:
        suites.setdefault(check.suite, []).append(check)
    failures = sum(_fails(check, strict) for check in found.checks) + bool(found.message)
    lines = [
        '<?xml version="1.0" encoding="UTF-8"?>',
        f'<testsuites name="khobao quality" tests="{len(found.checks) + 1}" failures="{failures}">',
        f'<testsuite name="run" tests="1" failures="{int(bool(found.message))}" timestamp="{found.started_at.isoformat()}">',
        f'<testcase classname="run" name={quoteattr(found.run_id)}>',
        f"<failure message={quoteattr(_xml(found.message))}/></testcase>" if found.message else "</testcase>",
        "</testsuite>",
    ]
    for suite, checks in suites.items():
        failed = sum(_fails(check, strict) for check in checks)
        skipped = sum(not check.success for check in checks) - failed
        lines.append(f'<testsuite name={quoteattr(suite)} tests="{len(checks)}" failures="{failed}" skipped="{skipped}">')
        for check in checks:
            case = f"<testcase classname={quoteattr(suite)} name={quoteattr(check.name)}"
            if check.success:
                lines.append(f"{case}/>")
                continue
            kind = "failure" if _fails(check, strict) else "skipped"
            lines.append(
                f"{case}><{kind} message={quoteattr(_xml(f'{check.severity}: {check.meaning}{_measured(check)}'))}/></testcase>"
            )
        lines.append("</testsuite>")
    return "\n".join([*lines, "</testsuites>"])


def _fails(check: Check, strict: bool) -> bool:
    return not check.success and (check.severity == "critical" or strict)


def _xml(text: str | None) -> str:
    """Without the control characters that XML has no way to write."""
    return "".join(c if c.isprintable() else " " for c in text or "")
