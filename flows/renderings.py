"""What a report's rows look like: a table for the terminal, CSV, JSON, Markdown, or one self-contained HTML page.

CSV and JSON keep every value as it is; what people read has numbers and days as their language writes them, the closed lists'
codes in words where it is Vietnamese, document and span in one cell, and neither ids nor empty columns.
"""

from __future__ import annotations

import csv
import io
import json
import re
import textwrap
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime
from typing import Any

from warehouse.reports import Report, ReportColumn

Rows = Sequence[tuple[Any, ...]]
_LEFT_OUT = {"person_id", "body_id", "place_code", "place_level", "province_code_now", "cluster_id", "event_no"}
_SPAN = ("doc_id", "start_char", "end_char")
_ENDS = {"dated_to": "dated_from", "day_to": "day"}  # said only where it is another day than the beginning
_PLACE = {"en": "where", "vi": "vị trí"}
_CLIPPED = 160  # characters of a cell in the terminal
_FORMULA = re.compile(r"""(\A|[;\t\r\n])("*)([=+@＝＋－＠'-])""")
_NARROW = 13  # characters of a column, on average, below which a table is no help
_LISTED = 3  # sources in a cell of the terminal


@dataclass(slots=True)
class Answer:
    """A report's rows on their way to the reader, at most ``most``; ``seen`` counts them, ``kept`` are those of a page."""

    report: Report
    values: dict[str, str]
    lang: str | None
    batches: Iterator[list[tuple[Any, ...]]]
    most: int | None = None
    seen: int = 0
    kept: list[tuple[Any, ...]] = field(default_factory=list)

    def rows(self) -> Iterator[list[tuple[Any, ...]]]:
        for batch in self.batches:
            left = None if self.most is None else max(0, self.most - self.seen)
            self.seen += len(batch)
            yield batch[:left]


def pieces(answer: Answer, form: str, width: int) -> Iterator[str]:
    """The text of an answer, in pieces."""
    if form == "csv":
        return _csv(answer)
    if form == "json":
        return _json(answer)
    if form == "md":
        return _markdown(answer)
    if form == "html":
        from flows.report_page import page

        return iter([page(answer, *readable(answer, answer.lang or "en"))])
    return _table(answer, width)


def header(column: ReportColumn, lang: str | None) -> str:
    return {"en": column.label, "vi": column.label_vi}.get(lang or "", column.name)


def number(value: float | int, lang: str) -> str:
    """
    >>> number(1234567.5, "en"), number(1234567.5, "vi"), number(620.0, "en")
    ('1,234,567.5', '1.234.567,5', '620')
    """
    text = f"{value:,}" if isinstance(value, int) or not value.is_integer() else f"{int(value):,}"
    return text.translate(str.maketrans(",.", ".,")) if lang == "vi" else text


def day(value: date, lang: str) -> str:
    """
    >>> day(date(2024, 6, 30), "en"), day(date(2024, 6, 30), "vi")
    ('2024-06-30', '30/06/2024')
    """
    clock = isinstance(value, datetime)
    if lang == "vi":
        return value.strftime("%d/%m/%Y %H:%M" if clock else "%d/%m/%Y")
    return value.isoformat(sep=" ", timespec="minutes") if isinstance(value, datetime) else value.isoformat()


def month(value: date, lang: str) -> str:
    """
    >>> month(date(2024, 9, 1), "en"), month(date(2024, 9, 1), "vi")
    ('2024-09', '9/2024')
    """
    return f"{value.month}/{value.year}" if lang == "vi" else f"{value.year}-{value.month:02}"


def plain(value: Any) -> Any:
    """What JSON has no type for."""
    return value.isoformat() if isinstance(value, date | datetime) else str(value)


def words(value: Any, lang: str, codes: dict[str, str] | None = None) -> str:
    """A value as people read it."""
    if value is None:
        return ""
    if isinstance(value, bool):
        return {"en": ("no", "yes"), "vi": ("không", "có")}[lang][value]
    if isinstance(value, int | float):
        return number(value, lang)
    if isinstance(value, date | datetime):
        return day(value, lang)
    if isinstance(value, dict):
        return _struct(value, lang)
    if isinstance(value, list):
        return "; ".join(words(item, lang, codes) for item in value)
    return (codes or {}).get(value, str(value))


def place(doc_id: str, start: int, end: int) -> str:
    """A span, short enough to read and to give to ``khobao show``."""
    return f"{doc_id}:{start}-{end}"


def _struct(value: dict[str, Any], lang: str) -> str:
    value = dict(value)
    where = place(*(value.pop(name) for name in _SPAN)) if all(name in value for name in _SPAN) else None
    if "unit" in value:  # an amount: its own words say what it counts
        return f"{words(value['value'], lang)} {value.get('what') or value['unit']}"
    rest = ", ".join(words(item, lang) for name, item in value.items() if item is not None and name != "doc_id")
    where = where or value.get("doc_id")
    return f"{where} ({rest})" if where and rest else where or rest


def _words(value: Any, column: ReportColumn, lang: str, codes: dict[str, str]) -> str | list[str]:
    if isinstance(value, list):
        return [words(item, lang) for item in value]
    return month(value, lang) if column.is_month and isinstance(value, date) else words(value, lang, codes)


def said(report: Report, text: str, lang: str) -> str:
    """What a report says of itself, with its columns called as they are labelled where it is shown.

    In Vietnamese every column's name is such a name; in English one with an underscore, others are words as well.
    """
    columns = {column.name: column for column in report.columns if lang == "vi" or "_" in column.name}
    if not columns:
        return text
    names = rf"(?<!\w)(?:{'|'.join(map(re.escape, columns))})(?!\w)"
    return re.sub(names, lambda found: f"“{header(columns[found[0]], lang)}”", text)


def readable(answer: Answer, lang: str, labels: str | None = None) -> tuple[list[str], list[list[Any]], list[bool]]:
    """Headers, cells in words, and which columns are numbers; columns without any value are left out."""
    columns = answer.report.columns
    names = [column.name for column in columns]
    spans = [names.index(name) for name in _SPAN] if all(name in names for name in _SPAN) else []
    answer.kept = rows = [row for batch in answer.rows() for row in batch]
    for end, begin in ((names.index(end), names.index(begin)) for end, begin in _ENDS.items() if end in names):
        rows = [(*row[:end], None if row[end] == row[begin] else row[end], *row[end + 1 :]) for row in rows]
    empty = {i for i in range(len(names)) if rows and all(row[i] is None for row in rows)}
    kept = [i for i, name in enumerate(names) if name not in _LEFT_OUT and i not in spans and i not in empty]
    meanings = [{c.code: c.meaning_vi for c in column.codes} if lang == "vi" else {} for column in columns]
    cells = [
        [_words(row[i], columns[i], lang, meanings[i]) for i in kept] + ([place(*(row[i] for i in spans))] if spans else [])
        for row in rows
    ]
    numeric = [any(isinstance(row[i], int | float) and not isinstance(row[i], bool) for row in rows) for i in kept]
    headers = [header(columns[i], labels or answer.lang or lang) for i in kept] + ([_PLACE[lang]] if spans else [])
    return headers, cells, numeric + [False] * bool(spans)


def _csv(answer: Answer) -> Iterator[str]:
    out = io.StringIO()
    writer = csv.writer(out, lineterminator="\n")
    writer.writerow([header(column, answer.lang) for column in answer.report.columns])
    vietnamese = answer.lang == "vi"
    meanings = [{c.code: c.meaning_vi for c in column.codes} if vietnamese else {} for column in answer.report.columns]
    for batch in answer.rows():
        for row in batch:
            writer.writerow([_cell(value, codes) for value, codes in zip(row, meanings, strict=True)])
        yield out.getvalue()
        out.seek(0)
        out.truncate()
    yield out.getvalue()


def _cell(value: Any, codes: dict[str, str]) -> Any:
    """A CSV cell: lists as JSON; what a spreadsheet would run as a formula gets an apostrophe, as in exports.

    ``warehouse.export.unguarded`` takes it away again.

    >>> _cell("=1+1", {}), _cell(-5, {}), _cell("thu; -chi", {})
    ("'=1+1", -5, 'thu; -chi')
    """
    if isinstance(value, list | dict):
        value = json.dumps(value, ensure_ascii=False, default=plain)
    return _FORMULA.sub(r"\1\2'\3", codes.get(value, value)) if isinstance(value, str) else value


def _json(answer: Answer) -> Iterator[str]:
    names = [column.name for column in answer.report.columns]
    begun = False
    for batch in answer.rows():
        for row in batch:
            record = json.dumps(dict(zip(names, row, strict=True)), ensure_ascii=False, default=plain)
            yield ("," if begun else "[") + record + "\n"
            begun = True
    yield "]\n" if begun else "[]\n"


def _markdown(answer: Answer) -> Iterator[str]:
    lang = answer.lang or "en"
    headers, cells, numeric = readable(answer, lang)
    found = answer.report
    yield f"## {found.question_vi if lang == 'vi' else found.question}\n\n"
    told = ", ".join(f"{name} = {value}" for name, value in answer.values.items())
    if told:
        yield f"{_escaped(told)}\n\n"
    yield "| " + " | ".join(map(_escaped, headers)) + " |\n"
    yield "| " + " | ".join("---:" if right else "---" for right in numeric) + " |\n"
    for row in cells:
        yield "| " + " | ".join(_escaped(_joined(cell)) for cell in row) + " |\n"
    yield f"\n_{_escaped(said(found, found.caveats_vi if lang == 'vi' else found.caveats, lang))}_\n"


def _joined(cell: str | list[str], most: int | None = None) -> str:
    if isinstance(cell, str):
        return cell
    more = f" +{len(cell) - most}" if most and len(cell) > most else ""
    return "; ".join(cell[:most]) + more


def _escaped(text: str) -> str:
    """Text that Markdown leaves as it is.

    >>> _escaped("a|b <c>")
    'a\\\\|b &lt;c&gt;'
    """
    for mark in "\\|*_`[]":
        text = text.replace(mark, "\\" + mark)
    return text.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;").replace("\n", " ")


def _table(answer: Answer, width: int) -> Iterator[str]:
    from rich.console import Console
    from rich.table import Table
    from rich.text import Text

    headers, cells, numeric = readable(answer, answer.lang or "en", answer.lang or "name")
    count = f"{len(cells):,} {'dòng' if answer.lang == 'vi' else 'row' if len(cells) == 1 else 'rows'}\n"
    if width / max(1, len(headers)) < _NARROW:
        yield from _records(headers, cells, width)
        yield count
        return
    drawn = Table(pad_edge=False, show_lines=any(len(_joined(cell, _LISTED)) > 40 for row in cells for cell in row))
    for title, right in zip(headers, numeric, strict=True):
        drawn.add_column(Text(title), justify="right" if right else "left", overflow="fold")
    for row in cells:
        drawn.add_row(*(Text(_clipped(_joined(cell, _LISTED))) for cell in row))
    out = io.StringIO()
    Console(file=out, width=width, color_system=None, highlight=False).print(drawn)
    yield "\n".join(line.rstrip() for line in out.getvalue().splitlines()) + "\n"
    yield count


def _records(headers: list[str], cells: list[list[Any]], width: int) -> Iterator[str]:
    """Row after row, a line for each value: where a table would have columns too narrow to read."""
    room = max(map(len, headers), default=0)
    for at, row in enumerate(cells, 1):
        yield f"-- {at} " + "-" * (min(width, 80) - len(f"-- {at} ")) + "\n"
        for title, cell in zip(headers, row, strict=True):
            if text := _joined(cell, _LISTED):
                lines = textwrap.wrap(text, width - room - 2, break_on_hyphens=False)
                yield f"{title:<{room}}  " + f"\n{'':<{room}}  ".join(lines) + "\n"


def _clipped(text: str) -> str:
    return text if len(text) <= _CLIPPED else text[: _CLIPPED - 1] + "…"
