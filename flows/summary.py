"""What a run says at its end: on the terminal, and as the Prefect artifact."""

from __future__ import annotations

from flows.record import Outcome
from flows.settings import on

QUERY = "SELECT kind, count(*) AS events FROM events GROUP BY kind ORDER BY events DESC LIMIT 5"
_STATUS = {"completed": "completed", "nothing_new": "nothing new", "failed": "failed", "blocked": "blocked"}


def _by_reason(total: int, counts: dict[str, int]) -> str:
    reasons = ", ".join(f"{code} {count:,}" for code, count in sorted(counts.items()))
    return f"{total:,} ({reasons})" if reasons else f"{total:,}"


def _waiting(outcome: Outcome) -> str:
    """What waits in quarantine in all; nothing where that is just what this run has refused."""
    here = (sum(outcome.quarantined.values()), sum(outcome.refused_rows.values()))
    if outcome.waiting in ((0, 0), here):
        return ""
    kinds = zip(outcome.waiting, ("document", "row"), strict=True)
    return " and ".join(f"{count:,} {kind}{'' if count == 1 else 's'}" for count, kind in kinds if count)


def _facts(outcome: Outcome) -> list[tuple[str, str]]:
    run = outcome.run
    lines = [
        ("seen", f"{run.documents_seen:,} documents in {', '.join(run.sources) or 'the warehouse'}"),
        ("new", f"{run.documents_new:,}"),
        ("known", f"{run.documents_known:,}"),
    ]
    if run.documents_reprocessed:
        lines.append(("reprocessed", f"{run.documents_reprocessed:,}"))
    lines.append(("quarantined", _by_reason(run.documents_quarantined, outcome.quarantined)))
    if outcome.refused_rows:
        lines.append(("rows refused", _by_reason(sum(outcome.refused_rows.values()), outcome.refused_rows)))
    if still := _waiting(outcome):
        lines.append(("in quarantine", f"still {still} in all; `khobao quarantine{on(outcome.warehouse)}` says why"))
    if run.documents_stale and not run.documents_reprocessed:
        again = f"khobao run --reprocess{on(outcome.warehouse)}"
        lines.append(("stale", f"{run.documents_stale:,} extracted by an older version; `{again}` does them again"))
    if outcome.ignored_files:
        endings = ", ".join(f"{ending} {count:,}" for ending, count in sorted(outcome.ignored_files.items()))
        lines.append(("ignored", f"{sum(outcome.ignored_files.values()):,} files of other types ({endings})"))
    return lines


def text(outcome: Outcome) -> str:
    """The summary for a terminal."""
    run = outcome.run
    snapshot = f", snapshot {run.snapshot_id}" if run.snapshot_id is not None else ", no new snapshot"
    lines = [f"run {run.run_id}: {_STATUS[run.status]}{snapshot}"]
    lines += [f"  {name:<14}{value}" for name, value in _facts(outcome)]
    if outcome.tables:
        lines.append(f"  {'rows':<14}" + "  ".join(f"{name} {count:,}" for name, count in outcome.tables.items()))
    if outcome.warnings:
        more = f"; and {len(outcome.warnings) - 3} more" if len(outcome.warnings) > 3 else ""
        lines.append(f"  {'warnings':<14}{'; '.join(outcome.warnings[:3])}{more}")
    if outcome.quality:
        lines.append(f"  {'quality':<14}{outcome.quality / 'index.html'}")
    lines.append(f"  {'warehouse':<14}{outcome.warehouse}")
    refused = run.documents_quarantined and not (run.documents_new or run.documents_known)
    command = "khobao quarantine list" if refused else f'khobao sql "{QUERY}"'
    lines.append(f"  {'try':<14}{command}{on(outcome.warehouse)}")
    return "\n".join(lines)


def line(outcome: Outcome) -> str:
    """The same in a line, for lists of runs."""
    run = outcome.run
    told = [f"{run.documents_seen:,} documents seen", f"{run.documents_new:,} new", f"{run.documents_quarantined:,} quarantined"]
    if run.documents_reprocessed:
        told.insert(2, f"{run.documents_reprocessed:,} reprocessed")
    if still := _waiting(outcome):
        told.append(f"still in quarantine: {still}")
    last = f"snapshot {run.snapshot_id}" if run.snapshot_id is not None else "no new snapshot"
    return f"{_STATUS[run.status]}: {', '.join(told)}; {last}"


def markdown(outcome: Outcome) -> str:
    """The same for the Prefect page."""
    run = outcome.run
    lines = [f"## Run `{run.run_id}`: {_STATUS[run.status]}", "", "| | |", "| --- | --- |"]
    lines += [f"| {name} | {value} |" for name, value in _facts(outcome)]
    if outcome.tables:
        lines += [
            "",
            "| table | rows |",
            "| --- | ---: |",
            *(f"| {name} | {count:,} |" for name, count in outcome.tables.items()),
        ]
    if outcome.quality:
        lines += ["", f"Quality report: `{outcome.quality / 'index.html'}`"]
    lines += ["", f"```sql\n{QUERY}\n```"]
    return "\n".join(lines)
