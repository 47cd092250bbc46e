"""What a run says at its end: on the terminal, and as the Prefect artifact."""

from __future__ import annotations

from flows.record import Outcome

QUERY = "SELECT name, count(*) AS mentions FROM people GROUP BY name ORDER BY mentions DESC LIMIT 5"
_STATUS = {"completed": "completed", "nothing_new": "nothing new", "failed": "failed", "blocked": "blocked"}


def _facts(outcome: Outcome) -> list[tuple[str, str]]:
    run = outcome.run
    lines = [
        ("seen", f"{run.documents_seen:,} documents in {', '.join(run.sources) or 'the warehouse'}"),
        ("new", f"{run.documents_new:,}"),
        ("known", f"{run.documents_known:,}"),
    ]
    if run.documents_reprocessed:
        lines.append(("reprocessed", f"{run.documents_reprocessed:,}"))
    reasons = ", ".join(f"{code} {count}" for code, count in sorted(outcome.quarantined.items()))
    lines.append(
        ("quarantined", f"{run.documents_quarantined:,}" + (f" documents ({reasons}; rows included)" if reasons else ""))
    )
    if run.documents_stale and not run.documents_reprocessed:
        lines.append(
            ("stale", f"{run.documents_stale:,} extracted by an older version; `khobao run … --reprocess` does them again")
        )
    if outcome.ignored_files:
        lines.append(("ignored", f"{outcome.ignored_files:,} files of other types"))
    return lines


def text(outcome: Outcome) -> str:
    """The summary for a terminal."""
    run = outcome.run
    snapshot = f", snapshot {run.snapshot_id}" if run.snapshot_id is not None else ", no new snapshot"
    lines = [f"run {run.run_id}: {_STATUS[run.status]}{snapshot}"]
    lines += [f"  {name:<12}{value}" for name, value in _facts(outcome)]
    if outcome.tables:
        lines.append(f"  {'rows':<12}" + "  ".join(f"{name} {count:,}" for name, count in outcome.tables.items()))
    if outcome.warnings:
        lines.append(f"  {'warnings':<12}{len(outcome.warnings)} expectations not met: {'; '.join(outcome.warnings[:3])}")
    if outcome.quality:
        lines.append(f"  {'quality':<12}{outcome.quality / 'index.html'}")
    lines.append(f"  {'warehouse':<12}{outcome.warehouse}")
    lines.append(f'  {"try":<12}khobao sql "{QUERY}"')
    return "\n".join(lines)


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
