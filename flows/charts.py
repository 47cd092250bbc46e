"""Charts of reports as SVG, drawn by hand: bars, points over time, a timeline. Every text is escaped; nothing is linked.

What is drawn stands in the report's head: ``bars LABEL VALUE`` (summed; ``*`` counts rows), ``points DAY VALUE SERIES UNIT``,
``timeline DAY LABEL``.
"""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from collections.abc import Mapping, Sequence
from datetime import date, timedelta
from html import escape
from typing import Any

from flows.renderings import day, number, words
from warehouse.reports import Report

_WIDTH = 760
_MOST = 40  # bars or moments; the rest is told in the last line
_SERIES = 8
STYLE = """.k-text{fill:#1f2933}.k-soft{fill:#52606d}.k-line{stroke:#9aa5b1}.k-bar{fill:#2f6f9f}
.k-0{fill:#2f6f9f;stroke:#2f6f9f}.k-1{fill:#b4530b;stroke:#b4530b}.k-2{fill:#3f7d3f;stroke:#3f7d3f}.k-3{fill:#8a3f8a;stroke:#8a3f8a}
.k-4{fill:#7a6200;stroke:#7a6200}.k-5{fill:#b03050;stroke:#b03050}.k-6{fill:#0f7a7a;stroke:#0f7a7a}.k-7{fill:#5a5a5a;stroke:#5a5a5a}
.k-open{fill-opacity:0}.k-path{fill:none}
@media (prefers-color-scheme:dark){.k-text{fill:#e4e7eb}.k-soft{fill:#9aa5b1}.k-line{stroke:#616e7c}.k-bar{fill:#6fb1e0}
.k-0{fill:#6fb1e0;stroke:#6fb1e0}.k-1{fill:#f0a05a;stroke:#f0a05a}.k-2{fill:#86c986;stroke:#86c986}.k-3{fill:#d39bd3;stroke:#d39bd3}
.k-4{fill:#e0c95a;stroke:#e0c95a}.k-5{fill:#f09ab0;stroke:#f09ab0}.k-6{fill:#6fd0d0;stroke:#6fd0d0}.k-7{fill:#c0c0c0;stroke:#c0c0c0}
.k-open{fill-opacity:0}.k-path{fill:none}}"""
_GROUND = "@media (prefers-color-scheme:dark){svg{background:#121920}}"
_UNKNOWN = {"en": "(not told)", "vi": "(không rõ)"}
_NOT_XML = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f\ud800-\udfff\ufffe\uffff\u202a-\u202e\u2066-\u2069]")

Rows = Sequence[tuple[Any, ...]]


def draw(report: Report, rows: Rows, lang: str, standalone: bool = True) -> str:
    """The chart that the report's head names. ``standalone`` adds what a file of its own needs: namespace and style."""
    assert report.chart is not None
    kind, *names = report.chart.split()
    place = {column.name: at for at, column in enumerate(report.columns)}
    meanings = {c.name: {code.code: code.meaning_vi for code in c.codes} if lang == "vi" else {} for c in report.columns}
    records = [{name: row[place[name]] for name in place} for row in rows]
    maker = {"bars": _bars, "points": _points, "timeline": _timeline}[kind]
    body, height = maker(records, names, meanings, lang)
    title = report.question_vi if lang == "vi" else report.question
    head = f"<title>{_text(title)}</title>"
    name_space, style = (' xmlns="http://www.w3.org/2000/svg"', f"<style>{STYLE}{_GROUND}</style>") if standalone else ("", "")
    top = 0 if standalone else 28  # a page has the title already
    return (
        f'<svg{name_space} viewBox="0 {top} {_WIDTH} {height - top}" width="{_WIDTH}" role="img" aria-label="{_text(title)}" '
        f'font-family="system-ui, sans-serif" font-size="12">{head}{style}'
        + (_label(8, 20, title, "k-text", size=14, bold=True) if standalone else "")
        + body
        + "</svg>\n"
    )


def _text(text: str) -> str:
    return escape(_NOT_XML.sub("\N{REPLACEMENT CHARACTER}", text), quote=True)


def _label(x: float, y: float, text: str, kind: str, anchor: str = "start", size: int = 12, bold: bool = False) -> str:
    weight = ' font-weight="600"' if bold else ""
    return f'<text x="{x:g}" y="{y:g}" class="{kind}" text-anchor="{anchor}" font-size="{size}"{weight}>{_text(text)}</text>'


def _cut(text: str, most: int) -> str:
    return text if len(text) <= most else text[: most - 1] + "…"


Meanings = Mapping[str, Mapping[str, str]]
Records = Sequence[Mapping[str, Any]]


def _bars(records: Records, names: Sequence[str], meanings: Meanings, lang: str) -> tuple[str, int]:
    label, value = names
    sums: Counter[str] = Counter()
    for record in records:
        key = words(record[label], lang, dict(meanings[label])) or _UNKNOWN[lang]
        sums[key] += 1 if value == "*" else record[value] or 0
    ranked = sorted(sums.items(), key=lambda item: (-item[1], item[0]))
    shown, rest = ranked[:_MOST], ranked[_MOST:]
    highest = max((amount for _, amount in shown), default=0) or 1
    parts, top = [], 36
    for at, (name, amount) in enumerate(shown):
        y = top + at * 22
        length = (_WIDTH - 330) * amount / highest
        parts.append(_label(250, y + 14, _cut(name, 38), "k-text", "end"))
        parts.append(f'<rect class="k-bar" x="258" y="{y + 2}" width="{length:.1f}" height="16" rx="2"/>')
        parts.append(_label(264 + length, y + 14, number(amount, lang), "k-soft"))
    height = top + len(shown) * 22 + 12
    if rest:
        more = {"en": f"and {len(rest)} more", "vi": f"và {len(rest)} mục khác"}[lang]
        parts.append(_label(258, height + 4, more, "k-soft"))
        height += 16
    return "".join(parts), height


def _points(records: Records, names: Sequence[str], meanings: Meanings, lang: str) -> tuple[str, int]:
    when, value, series, unit = names
    known = [r for r in records if r[when] is not None and r[value] is not None]
    if not known:
        return _label(8, 50, {"en": "nothing with a period", "vi": "không có số liệu rõ kỳ"}[lang], "k-soft"), 70
    # Values of different units or measures share no axis: the commonest is drawn.
    kind, _ = Counter((r[unit], r.get("measure")) for r in known).most_common(1)[0]
    drawn = [r for r in known if (r[unit], r.get("measure")) == kind]
    groups: dict[str, list[Mapping[str, Any]]] = defaultdict(list)
    for record in sorted(drawn, key=lambda r: r[when]):
        groups[words(record[series], lang) or _UNKNOWN[lang]].append(record)
    # More series than colours are a cloud: those with most figures are drawn, the legend counts the rest.
    ranked = sorted(groups, key=lambda name: (-len(groups[name]), name))
    shown = ranked[:_SERIES]
    drawn = [r for name in shown for r in groups[name]]
    first, last = min(r[when] for r in drawn), max(r[when] for r in drawn)
    first, last = (first, last) if first < last else (first - timedelta(200), last + timedelta(200))
    highest = max(r[value] for r in drawn) or 1.0
    left, right, top, bottom = 90, _WIDTH - 24, 60, 300

    def at(record: Mapping[str, Any]) -> tuple[float, float]:
        share = (record[when] - first) / (last - first)
        return left + share * (right - left), bottom - (bottom - top) * record[value] / highest

    parts = [_label(8, 46, kind[0], "k-soft"), _axis(left, right, top, bottom, highest, first, last, lang)]
    for number_of, name in enumerate(shown):
        colour, members = f"k-{number_of}", groups[name]
        reached = [at(r) for r in members if r.get("status") != "target"]
        if len(reached) > 1:
            parts.append(f'<polyline class="{colour} k-path" points="{" ".join(f"{x:.1f},{y:.1f}" for x, y in reached)}"/>')
        for record in members:
            x, y = at(record)
            hollow = " k-open" if record.get("status") == "target" else ""
            told = f"{words(record[series], lang)}: {number(record[value], lang)} {kind[0]}, {day(record[when], lang)}"
            tip = f"<title>{_text(told)}</title>"
            parts.append(f'<circle class="{colour}{hollow}" cx="{x:.1f}" cy="{y:.1f}" r="4">{tip}</circle>')
    return "".join(parts) + _legend(ranked, bottom + 50, lang), bottom + 62 + 18 * min(len(ranked), _SERIES + 1)


def _axis(left: int, right: int, top: int, bottom: int, highest: float, first: date, last: date, lang: str) -> str:
    parts = [f'<path class="k-line k-path" d="M{left} {top}V{bottom}H{right}"/>']
    for step in range(5):
        y = bottom - (bottom - top) * step / 4
        amount = highest * step / 4
        text = number(round(amount) if highest >= 8 else round(amount, 2), lang)
        parts.append(_label(left - 8, y + 4, text, "k-soft", "end"))
    # The newest ends of periods; the first and last tell enough of the scale.
    parts.append(_label(left, bottom + 18, day(first, lang), "k-soft"))
    parts.append(_label(right, bottom + 18, day(last, lang), "k-soft", "end"))
    return "".join(parts)


def _legend(series: Sequence[str], top: int, lang: str) -> str:
    hollow = {"en": "hollow: aimed at", "vi": "vòng rỗng: chỉ tiêu"}[lang]
    parts = [_label(_WIDTH - 24, top, hollow, "k-soft", "end")]
    for at, name in enumerate(series[:_SERIES]):
        y = top + at * 18
        parts.append(f'<circle class="k-{at}" cx="96" cy="{y - 4}" r="4"/>' + _label(106, y, _cut(name, 60), "k-text"))
    if len(series) > _SERIES:
        rest = len(series) - _SERIES
        more = {"en": f"and {rest} more, not drawn", "vi": f"và {rest} nơi khác, không vẽ"}[lang]
        parts.append(_label(106, top + _SERIES * 18, more, "k-soft"))
    return "".join(parts)


def _timeline(records: Records, names: Sequence[str], meanings: Meanings, lang: str) -> tuple[str, int]:
    when, label = names
    known = sorted((r for r in records if r[when] is not None), key=lambda r: r[when])
    shown, top = known[:_MOST], 44
    parts = []
    if shown:
        parts.append(f'<path class="k-line k-path" d="M110 {top}V{top + (len(shown) - 1) * 26}"/>')
    for at, record in enumerate(shown):
        y = top + at * 26
        name = words(record[label], lang, dict(meanings[label])) or _UNKNOWN[lang]
        beside = ("body_or_event", "relation", "title")
        more = [words(record[key], lang, dict(meanings[key])) for key in beside if record.get(key)]
        parts.append(_label(100, y + 4, day(record[when], lang), "k-soft", "end"))
        parts.append(f'<circle class="k-0" cx="110" cy="{y}" r="4"/>')
        parts.append(_label(122, y + 4, _cut(": ".join([name, *more[:1]]), 92), "k-text"))
    if len(known) > len(shown):
        more_text = {"en": f"and {len(known) - len(shown)} more", "vi": f"và {len(known) - len(shown)} mục khác"}[lang]
        parts.append(_label(122, top + len(shown) * 26 + 4, more_text, "k-soft"))
    return "".join(parts), top + (len(shown) + 1) * 26
