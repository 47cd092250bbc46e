"""A report as one self-contained HTML page: no script, nothing from elsewhere, every value escaped, light and dark."""

from __future__ import annotations

import re
from base64 import b64encode
from hashlib import sha256
from html import escape
from typing import TYPE_CHECKING

from flows.charts import STYLE, draw
from flows.renderings import said

if TYPE_CHECKING:
    from flows.renderings import Answer

_STYLE = (
    """:root{color-scheme:light dark;--ink:#1f2933;--soft:#52606d;--line:#d5dbe1;--ground:#fff;--band:#f4f6f8}
@media (prefers-color-scheme:dark){:root{--ink:#e4e7eb;--soft:#9aa5b1;--line:#323f4b;--ground:#121920;--band:#1a232c}}
body{font:15px/1.5 system-ui,sans-serif;color:var(--ink);background:var(--ground);margin:2rem auto;padding:0 1rem;max-width:80rem}
h1{font-size:1.4rem;margin:0 0 .3rem}p{margin:.2rem 0 .8rem}.soft{color:var(--soft)}.wide{overflow-x:auto}
table{border-collapse:collapse;width:100%;font-size:.9rem}th,td{text-align:left;vertical-align:top;padding:.35rem .6rem}
th{border-bottom:2px solid var(--line);position:sticky;top:0;background:var(--ground)}td{border-bottom:1px solid var(--line)}
tr:nth-child(even) td{background:var(--band)}.n{text-align:right;font-variant-numeric:tabular-nums}
.t{min-width:20rem}.d{white-space:nowrap}.where{min-width:9rem;font-family:ui-monospace,monospace;font-size:.8rem;overflow-wrap:anywhere}summary{cursor:pointer}svg{max-width:100%;height:auto}
@media print{th{position:static}}
"""
    + STYLE
)
_SPAN = re.compile(r"[0-9a-f]{20}\b")
_WORDS = {
    "en": {"none": "no rows", "rows": "rows", "mind": "Mind", "one": "One row"},
    "vi": {"none": "không có dòng nào", "rows": "dòng", "mind": "Lưu ý", "one": "Một dòng"},
}


def page(answer: Answer, headers: list[str], cells: list[list[str | list[str]]], numeric: list[bool]) -> str:
    """The whole page."""
    lang = answer.lang or "en"
    found, labels = answer.report, _WORDS[lang]
    question, other = (found.question_vi, found.question) if lang == "vi" else (found.question, found.question_vi)
    told = ", ".join(f"{name} = {value}" for name, value in answer.values.items())
    digest = b64encode(sha256(_STYLE.encode()).digest()).decode()
    head = "".join(f"<th{_right(right)} scope=col>{escape(title)}</th>" for title, right in zip(headers, numeric, strict=True))
    body = "\n".join("<tr>" + "".join(map(_cell, row, numeric)) + "</tr>" for row in cells)
    grain, caveats = (found.grain_vi, found.caveats_vi) if lang == "vi" else (found.grain, found.caveats)
    grain, caveats = said(found, grain, lang), said(found, caveats, lang)
    return f"""<!doctype html>
<html lang="{lang}"><head><meta charset="utf-8">
<meta http-equiv="Content-Security-Policy" content="default-src 'none'; style-src 'sha256-{digest}'; base-uri 'none'">
<meta name="viewport" content="width=device-width, initial-scale=1"><title>{escape(question)}</title>
<style>{_STYLE}</style></head><body>
<h1>{escape(question)}</h1>
<p class="soft">{escape(other)}</p>
<p>{f"<b>{escape(told)}</b> · " if told else ""}{f"{len(cells):,} {labels['rows']}" if cells else labels["none"]}</p>
{draw(found, answer.kept, lang, standalone=False) if found.chart and cells else ""}
<div class="wide"><table><thead><tr>{head}</tr></thead><tbody>
{body}
</tbody></table></div>
<p class="soft">{labels["one"]}: {escape(grain)}. {labels["mind"]}: {escape(caveats)}.</p>
</body></html>
"""


def _right(right: bool) -> str:
    return " class=n" if right else ""


def _cell(cell: str | list[str], right: bool) -> str:
    """A cell, of a class by which it gets room: long texts some width, days and numbers one line, spans small type."""
    if isinstance(cell, str):
        kind = "n" if right else "where" if _SPAN.match(cell) else "t" if len(cell) > 60 else "d" if cell[:2].isdigit() else ""
        return f"<td class={kind}>{escape(cell)}</td>" if kind else f"<td>{escape(cell)}</td>"
    listed = "<br>".join(escape(item) for item in cell)
    if len(cell) > 1:
        return f"<td><details><summary>{len(cell)}</summary><span class=where>{listed}</span></details></td>"
    return f"<td class=where>{listed}</td>"
