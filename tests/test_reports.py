"""Reports: whole and labelled, golden on the samples, answered in every form, and safe against what documents hold."""

from __future__ import annotations

import csv
import io
import json
import re
import shutil
import unicodedata
from collections.abc import Iterator
from pathlib import Path
from typing import Any
from xml.etree import ElementTree

import duckdb
import pytest

from flows import renderings
from flows.charts import draw
from flows.cli import main
from flows.describe import as_text, described, overview
from schemas.errors import UsageError
from tools import golden
from warehouse.export import unguarded
from warehouse.layout import Layout
from warehouse.reports import Report, report, reports

pytestmark = pytest.mark.xdist_group("reports")
NAMED = {
    "figures_by_period", "figure_claims", "conflicting_figures", "part_checks", "office_holders", "person_timeline",
    "activity_by_province", "coverage_gaps", "limitations", "tasks_by_topic", "task_followup", "document_trail",
    "agreements_and_gifts", "duplicates_across_sources", "source_health",
}  # fmt: skip
EVERY = pytest.mark.parametrize("found", reports(), ids=lambda found: found.name)
HOSTILE = "=cmd|' /C calc'!A0 <script>alert(1)</script>\"><img onerror=x>{{7*7}}"


@pytest.fixture(scope="session")
def con(told: Layout, tmp_path_factory: pytest.TempPathFactory) -> Iterator[duckdb.DuckDBPyConnection]:
    # A copy: one process can't have the same file open with two configurations, and the commands open it themselves.
    catalog = tmp_path_factory.mktemp("copy") / "khobao.duckdb"
    shutil.copyfile(told.catalog, catalog)
    with duckdb.connect(str(catalog), read_only=True) as connection:
        yield connection


def test_the_reports_that_were_promised_are_there() -> None:
    assert {found.name for found in reports()} >= NAMED


@EVERY
def test_columns_are_as_declared_and_rows_lead_to_their_sources(found: Report, con: duckdb.DuckDBPyConnection) -> None:
    given = dict(con.execute(f"SELECT column_name, column_type FROM (DESCRIBE FROM {found.example})").fetchall())
    assert list(given) == [column.name for column in found.columns]
    assert all(column.label and column.label_vi for column in found.columns)
    assert {"doc_id", "start_char", "end_char"} <= set(given) or given["sources"].endswith("[]")


@EVERY
def test_the_answer_is_the_golden_one(found: Report, con: duckdb.DuckDBPyConnection) -> None:
    written = (golden.GOLDEN / f"{found.name}.json").read_text(encoding="utf-8")
    assert golden.golden(con, found) == written, "read the difference, then run `make golden`"
    assert json.loads(written)["rows"], "a golden result without a row shows nothing"


def test_no_golden_file_outlives_its_report() -> None:
    assert {path.stem for path in golden.GOLDEN.glob("*.json")} == {found.name for found in reports()}


@EVERY
def test_every_span_stands_in_its_document(found: Report, con: duckdb.DuckDBPyConnection) -> None:
    texts = dict(con.execute("SELECT doc_id, text FROM history.documents").fetchall())
    rows = json.loads((golden.GOLDEN / f"{found.name}.json").read_text(encoding="utf-8"))["rows"]
    for row in rows:
        listed = [source for source in row.get("sources") or [] if isinstance(source, dict) and "start_char" in source]
        for place in [row] * ("start_char" in row) + listed:
            surface = texts[place["doc_id"]][place["start_char"] : place["end_char"]]
            assert surface and surface.strip() == surface
            assert place.get("text") in (None, surface)
        for doc_id in (source for source in row.get("sources") or [] if isinstance(source, str)):
            assert doc_id in texts


@pytest.mark.parametrize("printed", ["Hà Thị Thúy Hòa", "HÀ THỊ THUÝ HOÀ", "Ha Thi Thuy Hoa", "hà thị thúy hoà"])
def test_fold_finds_a_name_whatever_its_accents(printed: str, con: duckdb.DuckDBPyConnection) -> None:
    for form in ("NFC", "NFD"):
        assert con.execute(f"SELECT fold('{unicodedata.normalize(form, printed)}')").fetchall() == [("ha thi thuy hoa",)]
    assert con.execute("SELECT fold('Đà Đồng'), fold('Ðà Nẵng')").fetchall() == [("da dong", "da nang")]


@pytest.mark.parametrize(
    ("period", "first", "last"),
    [
        ("2024", "2024-01-01", "2024-12-31"),
        ("2024-H1", "2024-01-01", "2024-06-30"),
        ("2024-H2", "2024-07-01", "2024-12-31"),
        ("2024-Q1", "2024-01-01", "2024-03-31"),
        ("2024-Q4", "2024-10-01", "2024-12-31"),
        ("2024-02", "2024-02-01", "2024-02-29"),
    ],
)
def test_periods(period: str, first: str, last: str, con: duckdb.DuckDBPyConnection) -> None:
    query = f"SELECT period_first('{period}')::VARCHAR, period_last('{period}')::VARCHAR"
    assert con.execute(query).fetchall() == [(first, last)]


@pytest.mark.parametrize("period", ["2024-13", "2024-Q5", "24", "2024-07-01", ""])
def test_what_is_no_period_is_an_error(period: str, con: duckdb.DuckDBPyConnection) -> None:
    with pytest.raises(duckdb.InvalidInputException, match="no period"):
        con.execute(f"SELECT period_first('{period}')").fetchall()


def test_an_indicator_is_found_by_code_and_by_name(con: duckdb.DuckDBPyConnection) -> None:
    by_code = con.execute("FROM figures_by_period('livestock')").fetchall()
    assert len(by_code) > 1
    for name in ("Livestock", "tổng đàn vật nuôi", "tong dan vat nuoi"):
        assert con.execute(f"FROM {report('figures_by_period').call({'indicator': name})}").fetchall() == by_code


def test_everything_in_the_catalog_says_what_it_is(con: duckdb.DuckDBPyConnection) -> None:
    for query in (
        "SELECT schema_name || '.' || view_name FROM duckdb_views() WHERE NOT internal AND comment IS NULL",
        "SELECT schema_name || '.' || table_name FROM duckdb_tables() WHERE comment IS NULL",
        "SELECT table_name || '.' || column_name FROM duckdb_columns() WHERE NOT internal AND comment IS NULL",
        "SELECT function_name FROM duckdb_functions() WHERE NOT internal AND function_type LIKE '%macro' AND comment IS NULL",
    ):
        assert con.execute(query).fetchall() == []


def test_describe_tells_tables_reports_macros_and_codes(con: duckdb.DuckDBPyConnection) -> None:
    whole = as_text(overview(con))
    assert all(name in whole for name in (*NAMED, "documents", "fold(printed)", "placed_figures"))
    assert "key: doc_id, row_no" in as_text(described(con, "figures"))
    assert "what cleaning had to mend" in as_text(described(con, "history.documents"))
    assert "cơ quan hoặc sự kiện" in as_text(described(con, "person_timeline"))
    assert "đương nhiệm" in as_text(described(con, "tenure"))
    with pytest.raises(UsageError, match="did you mean 'figures'"):
        described(con, "figurs")


def ask(told: Layout, capsys: pytest.CaptureFixture[str], *arguments: str) -> tuple[int, str, str]:
    status = main(["report", *arguments, "--warehouse", str(told.root)])
    out, err = capsys.readouterr()
    return status, out, err


@pytest.mark.parametrize(
    ("arguments", "told_is"),
    [
        (["coverage_gap"], "did you mean 'coverage_gaps'?"),
        (["person_timeline"], "needs --param name=VALUE"),
        (["person_timeline", "--param", "nam=x"], "did you mean 'name'?"),
        (["limitations", "--param", "x=1"], "it has none"),
        (["figures_by_period", "--param", "indicator=livestok"], "did you mean 'livestock'?"),
        (["coverage_gaps", "--param", "period=next year"], "period=next year is no period: give 2024, 2024-H1, "),
        (["coverage_gaps", "--param", "period=2024-Q5"], "--param period=2024-Q5 is no period"),
        (["office_holders", "--param", "as_of=yesterday"], "--param as_of=yesterday is no day: give it as 2024-06-30"),
        (["office_holders", "--param", "as_of=2024-02-30"], "--param as_of=2024-02-30 is no day"),
        (["office_holders", "--param", "as_of"], "give NAME=VALUE"),
        (["limitations", "--format", "parquet"], "give --output"),
        (["part_checks", "--plot", "x.svg"], "no natural chart"),
        (["limitations", "--output", "no/such/folder/x.txt"], "can't write"),
    ],
)
def test_wrong_use_is_one_line_and_exit_status_2(
    arguments: list[str], told_is: str, told: Layout, capsys: pytest.CaptureFixture[str]
) -> None:
    status, out, err = ask(told, capsys, *arguments)
    assert (status, out, err.count("\n")) == (2, "", 1)
    assert err.startswith("khobao: ") and told_is in err


def test_the_list_names_all_in_two_languages(told: Layout, capsys: pytest.CaptureFixture[str]) -> None:
    english, vietnamese = ask(told, capsys)[1], ask(told, capsys, "--lang", "vi")[1]
    assert all(found.name in english and found.question in english and found.question_vi in vietnamese for found in reports())


def test_csv_and_json_keep_every_value(told: Layout, con: duckdb.DuckDBPyConnection, capsys: pytest.CaptureFixture[str]) -> None:
    totals = [total for (total,) in con.execute("SELECT total FROM part_checks").fetchall()]
    listed = json.loads(ask(told, capsys, "part_checks", "--format", "json")[1])
    assert [row["total"] for row in listed] == totals
    table = list(csv.DictReader(io.StringIO(ask(told, capsys, "part_checks", "--format", "csv", "--lang", "vi")[1])))
    assert [float(row["tổng số"]) for row in table] == totals
    assert json.loads(table[0]["nguồn"]) == listed[0]["sources"]
    assert {row["các phần so với tổng"] for row in table} <= {"bằng", "thiếu", "vượt"}


def test_parquet_carries_the_labels(told: Layout, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    import pyarrow.parquet as pq

    target = tmp_path / "r.parquet"
    assert ask(told, capsys, "limitations", "--format", "parquet", "--output", str(target), "--limit", "3")[0] == 0
    content = pq.read_table(target)
    assert content.num_rows == 3
    assert content.schema.field("topic").metadata[b"comment"].decode() == "topic / lĩnh vực"


def test_a_table_tells_when_there_are_more_rows(told: Layout, capsys: pytest.CaptureFixture[str]) -> None:
    _, out, err = ask(told, capsys, "limitations", "--limit", "2", "--lang", "vi")
    assert "2 dòng" in out and "the first 2 rows" in err
    assert ask(told, capsys, "limitations", "--limit", "0")[2] == ""


def test_numbers_and_days_are_written_as_the_language_has_them(told: Layout, capsys: pytest.CaptureFixture[str]) -> None:
    asked = ("figures_by_period", "--param", "indicator=livestock", "--format", "md", "--lang")
    english, vietnamese = (ask(told, capsys, *asked, lang)[1] for lang in ("en", "vi"))
    assert "322,000" in english and "2024-12-31" in english and "| actual |" in english
    assert "322.000" in vietnamese and "31/12/2024" in vietnamese and "| thực hiện |" in vietnamese


def test_a_month_is_a_month_and_columns_are_called_as_they_are_labelled(told: Layout, capsys: pytest.CaptureFixture[str]) -> None:
    asked = ("activity_by_province", "--format", "md", "--lang")
    english, vietnamese = (ask(told, capsys, *asked, lang)[1] for lang in ("en", "vi"))
    assert "| 2025-09 |" in english and "2025-09-01" not in english
    assert "| 9/2025 |" in vietnamese and "01/09/2025" not in vietnamese
    assert "2025-09-01" in ask(told, capsys, "activity_by_province", "--format", "csv", "--lang", "vi")[1], "for programs: a day"
    trail = ("document_trail", "--param", "key=57-NQ/TW", "--lang", "vi", "--format")
    for form in ("html", "md", "table"):
        page = ask(told, capsys, *trail, form)[1]
        assert "document_id" not in page and "issuer" not in page
        assert form == "table" or "xem “nơi ban hành” và “mã phân biệt”" in page


@pytest.mark.parametrize("found", reports(), ids=lambda found: found.name)
def test_what_a_report_says_of_itself_in_vietnamese_has_no_columns_name(found: Report) -> None:
    told = " ".join(renderings.said(found, text, "vi") for text in (found.question_vi, found.grain_vi, found.caveats_vi))
    assert not re.search(r"\w_\w", told)


def test_what_is_written_is_told_where_no_answer_stands(told: Layout, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    answer, chart = str(tmp_path / "a.md"), str(tmp_path / "c.svg")
    assert ask(told, capsys, "limitations", "--format", "md", "--output", answer, "--plot", chart)[1:] == (
        f"{answer}\n{chart}\n",
        "",
    )
    _, out, err = ask(told, capsys, "limitations", "--format", "json", "--limit", "0", "--plot", chart)
    assert json.loads(out) and err == f"{chart}\n"


def hostile(found: Report) -> renderings.Answer:
    kinds = {"dated_from": None, "start_char": 0, "end_char": 1}
    row: tuple[Any, ...] = tuple(kinds.get(column.name, HOSTILE) for column in found.columns)
    return renderings.Answer(found, {}, "vi", iter([[row]]))


@pytest.mark.parametrize("form", ["html", "md", "csv"])
def test_hostile_values_stay_text(form: str) -> None:
    text = "".join(renderings.pieces(hostile(report("limitations")), form, 200))
    if form == "csv":
        cells = next(iter(list(csv.reader(io.StringIO(text)))[1:]))
        assert all(not cell.startswith("=") for cell in cells) and cells[0] == f"'{HOSTILE}"
    else:
        assert "<script" not in text and "<img" not in text and "&lt;script&gt;" in text


@pytest.mark.parametrize("text", ["=1", "+1", "-1", "@x", "'tis", "＝1", "a;=1", 'a\n"-1', "plain - text"])
def test_csv_guards_formulas_as_exports_do(text: str) -> None:
    guarded = renderings._cell(text, {})
    assert unguarded(guarded) == text
    assert (guarded != text) == (text != "plain - text")


@pytest.mark.parametrize("found", [found for found in reports() if found.chart], ids=lambda found: found.name)
@pytest.mark.parametrize("lang", ["en", "vi"])
def test_charts_are_whole_svg_without_anything_foreign(found: Report, lang: str, con: duckdb.DuckDBPyConnection) -> None:
    rows = con.execute(f"FROM {found.example}").fetchall()
    root = ElementTree.fromstring(draw(found, rows, lang))
    texts = [element.text for element in root.iter("{http://www.w3.org/2000/svg}text")]
    assert (found.question_vi if lang == "vi" else found.question) in texts
    assert sum(1 for e in root.iter() if e.tag.endswith(("}rect", "}circle"))) >= 1
    assert not any("href" in name or name.startswith("on") for element in root.iter() for name in element.attrib)
    assert ElementTree.fromstring(draw(found, [], lang)).tag.endswith("svg")


def test_a_chart_escapes_what_it_writes() -> None:
    found = report("limitations")
    row = tuple(HOSTILE + "\x00\ud800" if column.name == "topic" else None for column in found.columns)
    drawn = draw(found, [row], "en")
    assert "<script" not in drawn
    ElementTree.fromstring(drawn)


def test_describe_answers_on_the_command_line(told: Layout, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["describe", "coverage_gaps", "--format", "json", "--warehouse", str(told.root)]) == 0
    found = json.loads(capsys.readouterr().out)
    assert found["name"] == "coverage_gaps(period)" and found["parameters"][0]["example"] == "'2025-H2'"
    assert main(["describe", "coverage", "--warehouse", str(told.root)]) == 2
    out, err = capsys.readouterr()
    assert (out, err.count("\n")) == ("", 1)


def test_an_office_holder_stands_once_and_hints_tell_who_moved_on(con: duckdb.DuckDBPyConnection) -> None:
    def offices(name: str) -> list[tuple[Any, ...]]:
        hints = "title, other_office_on::VARCHAR, later_holder"
        return con.execute(f"SELECT {hints} FROM office_holders('2026-12-31') WHERE fold(person) = '{name}'").fetchall()

    assert [office for office in offices("cao ba thuyen") if office[0] == "Chủ tịch"] == [("Chủ tịch", None, None)]
    assert ("Trưởng ban", None, "Đặng Thị Mai Thảo") in offices("lu van chan")
    assert ("Phó Trưởng ban", "2024-01-15", None) in offices("dang thi mai thao")
    assert con.execute("SELECT count(*) FROM office_holders('2000-01-01')").fetchall() == [(0,)]
