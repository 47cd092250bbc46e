"""Words in two languages, side by side in the page: the switch shows one of them, so it needs no reload."""

from __future__ import annotations

from datetime import date, datetime
from typing import Any, NamedTuple

from schemas.model import CodeList, Column


class Words(NamedTuple):
    """The same in English and Vietnamese. A template that prints it writes both, escaped.

    >>> print(Words("runs & rows", "lượt chạy").__html__())
    <span class="t" lang="en">runs &amp; rows</span><span class="t" lang="vi">lượt chạy</span>
    >>> print(Words("<2>", "<2>").__html__())
    &lt;2&gt;
    """

    en: str
    vi: str

    def __html__(self) -> str:
        from markupsafe import escape

        if self.en == self.vi:
            return str(escape(self.en))
        return f'<span class="t" lang="en">{escape(self.en)}</span><span class="t" lang="vi">{escape(self.vi)}</span>'


def words(en: object, vi: object | None = None) -> Words:
    """Words for a template; one argument stands in both languages."""
    return Words(str(en), str(en if vi is None else vi))


def number(value: float, digits: int | None = None) -> Words:
    """A number with the marks of each language; as many decimals as it has, or ``digits``.

    >>> number(1234567.5), number(60.0).en, number(0.91234, 3).vi
    (Words(en='1,234,567.5', vi='1.234.567,5'), '60', '0,912')
    """
    if digits is not None:
        en = f"{value:,.{digits}f}"
    elif float(value).is_integer() and abs(value) < 1e15:
        en = f"{int(value):,}"
    else:
        en = f"{value:,.6f}".rstrip("0").rstrip(".") if abs(value) < 1e15 else f"{value:g}"
    return Words(en, en.translate(str.maketrans(",.", ".,")))


def percent(share: float | None, digits: int = 1) -> Words:
    """A share of 1 as a percentage, without a decimal that says nothing.

    >>> percent(0.051), percent(1.0).en, percent(None).en
    (Words(en='5.1%', vi='5,1%'), '100%', '–')
    """
    if share is None:
        return Words("–", "–")
    shown = number(round(100 * share, digits))
    return Words(shown.en + "%", shown.vi + "%")


def when(moment: date | datetime | None, precision: str | None = None) -> Words:
    """A date, or a date and time.

    >>> when(datetime(2024, 3, 5, 7, 9)), when(datetime(2024, 3, 5), "day").vi, when(None).en
    (Words(en='2024-03-05 07:09', vi='05/03/2024 07:09'), '05/03/2024', '–')
    """
    if moment is None:
        return Words("–", "–")
    clock = f" {moment:%H:%M}" if isinstance(moment, datetime) and precision != "day" else ""
    return Words(f"{moment:%Y}-{moment:%m}-{moment:%d}{clock}", f"{moment:%d}/{moment:%m}/{moment:%Y}{clock}")


def coded(codes: CodeList, value: str) -> Words:
    """A code with its meaning in both languages; a value outside the list stands as it is."""
    for code in codes.codes:
        if code.code == value:
            en = f"{value}: {code.meaning}" if value.isascii() else f"{value} ({code.meaning})"
            return Words(code.meaning if code.meaning == value else en, code.meaning_vi)
    return Words(value, value)


def shown(column: Column, value: Any) -> Words:
    """A value of a column as a reader wants it."""
    if value is None:
        return Words("–", "–")
    if column.codes and isinstance(value, str):
        return coded(column.codes, value)
    if isinstance(value, bool):
        return Words("yes", "có") if value else Words("no", "không")
    if isinstance(value, date):
        return when(value)
    if isinstance(value, list | tuple):
        each = [shown(column, item) for item in value]
        return Words(", ".join(one.en for one in each), ", ".join(one.vi for one in each))
    if isinstance(value, float):
        return number(value)
    return words(value)
