"""Data Docs: the validation results of a run as pages that open offline.

Great Expectations' own pages load scripts and styles from elsewhere and put values from the data into the page unescaped, so its
result objects are rendered here instead: no script, one small style, every value escaped, and a policy that forbids the rest
(``docs/decisions/data-docs.md``).
"""

from __future__ import annotations

import json
from collections.abc import Sequence
from pathlib import Path
from typing import Any

from schemas.journal import QualityResult

_POLICY = "default-src 'none'; style-src 'unsafe-inline'; img-src data:; base-uri 'none'; form-action 'none'"
_PAGE = """<!DOCTYPE html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta http-equiv="Content-Security-Policy" content="{{ policy }}">
<meta name="viewport" content="width=device-width, initial-scale=1">
<title>Data quality of run {{ run_id }}</title>
<style>
:root { color-scheme: light dark; --line: color-mix(in srgb, currentColor 18%, transparent); --bad: #b3261e; --warn: #9a5b00; --good: #1b6e3c; }
@media (prefers-color-scheme: dark) { :root { --bad: #ff8f86; --warn: #f0b45b; --good: #7fd6a0; } }
body { font: 16px/1.5 system-ui, sans-serif; max-width: 68rem; margin: 2rem auto; padding: 0 1rem; }
h1 { font-size: 1.6rem; margin: 0; } h2 { font-size: 1.15rem; margin: 2rem 0 .5rem; }
table { border-collapse: collapse; width: 100%; font-size: .92rem; }
th, td { text-align: left; padding: .35rem .6rem; border-bottom: 1px solid var(--line); vertical-align: top; overflow-wrap: anywhere; }
td.n, th.n { text-align: right; font-variant-numeric: tabular-nums; white-space: nowrap; }
.bad { color: var(--bad); font-weight: 600; } .warn { color: var(--warn); font-weight: 600; } .good { color: var(--good); }
.scroll { overflow-x: auto; } nav a { margin-right: .8rem; }
summary { cursor: pointer; margin: .5rem 0; }
code { font-size: .9em; }
</style>
</head>
<body>
<h1>Data quality <small>/ Chất lượng dữ liệu</small></h1>
<p>Run <code>{{ run_id }}</code>: {{ total }} expectations on {{ suites|length }} tables, judged by Great Expectations {{ version }}.</p>
<p class="{{ 'bad' if held else 'good' if not failed else 'warn' }}">
{%- if held %}Held back: {{ held[0] }}. Nothing was published.
{%- elif failed %}{{ failed|length }} broken by some rows / có dòng không đạt. The rows that broke a critical one are in quarantine with the reason, the rest goes on.
{%- else %}No row breaks any / Đạt tất cả.{% endif %}</p>
{% if failed %}
<h2>Broken / Không đạt</h2>
<div class="scroll"><table>
<tr><th>table</th><th>what must hold</th><th>severity</th><th class="n">rows</th><th class="n">of</th><th>values or keys of some rows</th></tr>
{% for r in failed %}<tr><td><code>{{ r.table_name }}</code></td><td>{{ r.meaning }}</td><td class="{{ 'bad' if r.severity == 'critical' else 'warn' }}">{{ r.severity }}</td>
<td class="n">{{ '{:,}'.format(r.unexpected_count) }}</td><td class="n">{{ '{:,}'.format(r.element_count) }}</td><td>{{ r.examples|join(' · ') }}</td></tr>
{% endfor %}</table></div>
{% endif %}
<nav>{% for name, rows in suites.items() %}<a href="#{{ name }}">{{ name }}</a>{% endfor %}</nav>
{% for name, rows in suites.items() %}
<h2 id="{{ name }}">{{ name }}</h2>
<details{{ ' open' if rows|selectattr('unexpected_count')|list }}><summary>{{ rows|length }} expectations on {{ '{:,}'.format(rows[0].element_count) }} rows</summary>
<div class="scroll"><table>
<tr><th>column</th><th>what must hold</th><th>expectation</th><th>severity</th><th class="n">broken by</th><th>met</th></tr>
{% for r in rows %}<tr><td><code>{{ r.column_name or '' }}</code></td><td>{{ r.meaning }}</td><td><code>{{ r.expectation }}</code></td><td>{{ r.severity }}</td>
<td class="n">{{ '{:,}'.format(r.unexpected_count) }}</td><td class="{{ 'good' if r.success else 'bad' }}">{{ 'yes' if r.success else 'no' }}</td></tr>
{% endfor %}</table></div></details>
{% endfor %}
</body>
</html>
"""  # noqa: E501


def write_docs(folder: Path, run_id: str, results: Sequence[QualityResult], held: Sequence[str]) -> Path:
    """Write ``index.html`` and the same for programs (``results.json``, counts only); returns the page."""
    import great_expectations
    from jinja2 import Environment

    rows = [_shown(result) for result in results]
    suites: dict[str, list[dict[str, Any]]] = {}
    for row in rows:
        suites.setdefault(row["table_name"], []).append(row)
    page = Environment(autoescape=True).from_string(_PAGE)
    html = page.render(
        policy=_POLICY,
        run_id=run_id,
        total=len(rows),
        suites=suites,
        failed=[row for row in rows if row["unexpected_count"]],
        held=list(held),
        version=great_expectations.__version__,
    )
    folder.mkdir(parents=True, exist_ok=True)
    target = folder / "index.html"
    target.write_text(html, encoding="utf-8")
    counts = [{name: value for name, value in row.items() if name != "examples"} for row in rows]
    (folder / "results.json").write_text(json.dumps(counts, ensure_ascii=False, indent=1), encoding="utf-8")
    return target


def _shown(result: QualityResult) -> dict[str, Any]:
    row = result._asdict()
    observed = json.loads(row.pop("observed") or "{}")
    return {**row, "meaning": observed.get("meaning") or observed.get("found"), "examples": observed.get("examples", [])}
