"""What the reports stand on: ``fold``, the bounds of a period, the closed lists as a view, and figures with their place."""

from __future__ import annotations

from collections.abc import Iterator

from schemas.render import column_comment, quoted
from schemas.tables import DOCUMENTS, FIGURES
from schemas.vocabularies import LISTS

# Names are found whatever their accents, case or tone placement. strip_accents leaves đ, and Ð (eth) stands for Đ on some pages.
_FOLD = "CREATE MACRO fold(printed) AS lower(strip_accents(translate(nfc_normalize(printed), 'đĐÐð', 'dddd')))"

PERIOD = r"\d{4}(-(H[12]|Q[1-4]|0[1-9]|1[0-2]))?"
_FIRST = f"""CREATE MACRO period_first(period) AS CASE
    WHEN NOT regexp_full_match(period, {quoted(PERIOD)})
        THEN error('no period ' || period || ': give 2024, 2024-H1, 2024-Q3 or 2024-07')::DATE
    WHEN period[6] = 'H' THEN make_date(period[1:4]::INT, period[7]::INT * 6 - 5, 1)
    WHEN period[6] = 'Q' THEN make_date(period[1:4]::INT, period[7]::INT * 3 - 2, 1)
    WHEN length(period) = 7 THEN make_date(period[1:4]::INT, period[6:7]::INT, 1)
    ELSE make_date(period::INT, 1, 1) END"""
_LAST = """CREATE MACRO period_last(period) AS (period_first(period) + CASE
    WHEN period[6] = 'H' THEN INTERVAL 6 MONTH WHEN period[6] = 'Q' THEN INTERVAL 3 MONTH
    WHEN length(period) = 7 THEN INTERVAL 1 MONTH ELSE INTERVAL 1 YEAR END - INTERVAL 1 DAY)::DATE"""

# A code goes with its set: that of the document's province, else the one in force at its date. A figure whose own place the text
# does not tell takes the document's.
_PLACED = """CREATE VIEW placed_figures AS
WITH province AS (
    SELECT p.code, p.code_set, CASE WHEN p.code_set = '2025' THEN p.code ELSE p.successor_code END AS code_now
    FROM units p WHERE p.level = 'province'
), place AS (
    SELECT u.code, u.code_set, u.name, u.level, o.code_now, n.name AS name_now
    FROM units u
    LEFT JOIN units v ON v.code = u.parent_code AND v.code_set = u.code_set
    LEFT JOIN province o ON o.code_set = u.code_set
        AND o.code = CASE WHEN u.level = 'province' THEN u.code WHEN v.level = 'province' THEN v.code ELSE v.parent_code END
    LEFT JOIN units n ON n.code = o.code_now AND n.code_set = '2025' AND n.level = 'province'
    WHERE u.level <> 'country'
), story AS (
    SELECT d.doc_id, d.dated_from, d.dated_to, d.outlet, d.title, coalesce(d.place_code, d.province_code) AS place_code,
           coalesce(d.province_code_set, CASE WHEN d.dated_from < DATE '2025-07-01' THEN '2024' ELSE '2025' END) AS code_set
    FROM documents d
)
SELECT f.doc_id, f.row_no, f.start_char, f.end_char, f.surface, f.value, f.value_to, f.qualifier, f.unit, f.what, f.measure,
       f.direction, f.status, f.part_of, f.event_no, f.body_id, f.indicator, f.period_from, f.period_to,
       coalesce(f.place_code, s.place_code) AS place_code, p.name AS place_name, p.level AS place_level,
       CASE WHEN f.place_code IS NOT NULL THEN 'figure' WHEN s.place_code IS NOT NULL THEN 'document' END AS place_by,
       p.code_now AS province_code_now, p.name_now AS province_name_now, s.dated_from, s.dated_to, s.outlet, s.title
FROM history.figures f JOIN story s USING (doc_id)
LEFT JOIN place p ON p.code = coalesce(f.place_code, s.place_code) AND p.code_set = s.code_set"""


def statements() -> Iterator[str]:
    """The SQL that makes them, with comments."""
    yield _FOLD
    yield "COMMENT ON MACRO fold IS 'lower case without accents and with d for đ: compare names by it'"
    yield _FIRST
    yield "COMMENT ON MACRO period_first IS 'first day of a period given as 2024, 2024-H1, 2024-Q3 or 2024-07'"
    yield _LAST
    yield "COMMENT ON MACRO period_last IS 'last day of a period given as 2024, 2024-H1, 2024-Q3 or 2024-07'"
    yield from _codes()
    yield _PLACED
    yield (
        "COMMENT ON VIEW placed_figures IS 'figures with the place they are about (their own, else their document''s: place_by),"
        " its province of today, and date, outlet and headline of the document; one row per figure'"
    )
    for name, meaning in _placed_columns().items():
        yield f"COMMENT ON COLUMN placed_figures.{name} IS {quoted(meaning)}"


def _placed_columns() -> dict[str, str]:
    figures = {column.name: column_comment(column) for column in FIGURES.columns}
    documents = {column.name: column_comment(column) for column in DOCUMENTS.columns}
    own = {
        "place_code": "code of the unit it is about, in the set of its document's date",
        "place_name": "name of that unit",
        "place_level": "level of that unit",
        "place_by": "whose place it is: figure or document",
        "province_code_now": "the province of today to which that unit belongs",
        "province_name_now": "its name",
    }
    return figures | own | {name: documents[name] for name in ("dated_from", "dated_to", "outlet", "title")}


def _codes() -> Iterator[str]:
    rows = ",\n".join(
        f"({', '.join(quoted(value) for value in (name, *code))})" for name, codes in sorted(LISTS.items()) for code in codes
    )
    yield f"CREATE VIEW codes AS SELECT * FROM (VALUES\n{rows}\n) AS c(list, code, meaning, meaning_vi)"
    yield "COMMENT ON VIEW codes IS 'every code of every closed list, with its meaning in English and Vietnamese'"
    for column, meaning in (
        ("list", "name of the closed list"),
        ("code", "the code, as columns hold it"),
        ("meaning", "what it means"),
        ("meaning_vi", "nghĩa tiếng Việt"),
    ):
        yield f"COMMENT ON COLUMN codes.{column} IS {quoted(meaning)}"
