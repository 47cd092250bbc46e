"""The pages: a document, the quality of a run. What they say, and how they are used in a browser."""

from __future__ import annotations

import re
from datetime import timedelta
from pathlib import Path
from typing import Any

import duckdb
import pytest

from flows import stages
from flows.cli import main
from flows.page import write_quality_page
from flows.show import page
from schemas.errors import BlockedError, UsageError
from tests.browser import Browser, unharmed
from tests.conftest import CLOCK, Runner
from warehouse.layout import Layout
from warehouse.pages import document, kit, labels, quality
from warehouse.pages.evidence import Reader
from warehouse.pages.kit import write_page
from warehouse.pages.reading import catalog
from warehouse.pages.spans import lanes, pieces

pytestmark = pytest.mark.xdist_group("validation")


def stored_of(root: Path, where: str = "true") -> document.Stored:
    with duckdb.connect(str(root / "khobao.duckdb"), read_only=True) as con:
        doc_id = con.execute(f"SELECT doc_id FROM history.documents WHERE {where} ORDER BY doc_id LIMIT 1").fetchall()[0][0]
    return document.stored(Layout(root), doc_id)


# A document


def test_pieces_give_the_text_back_and_cover_what_they_say() -> None:
    text = "Ban Tuyên giáo Tỉnh ủy Hà Giang họp sáng 5/7"
    spans = [(0, 31), (15, 31), (23, 31), (20, 40), (36, 44), (44, 44), (40, 99), (-5, 3)]
    cut = pieces(len(text), spans)
    assert "".join(text[piece.start : piece.end] for piece in cut) == text
    for number, (start, end) in enumerate(spans):
        covered = [at for piece in cut if number in piece.covering for at in range(piece.start, piece.end)]
        assert covered == list(range(max(0, start), min(end, len(text)))), spans[number]
        assert sum(number in piece.starting for piece in cut) == (1 if covered else 0)


def test_spans_that_overlap_never_share_a_line() -> None:
    spans = [(0, 31), (15, 31), (23, 31), (20, 40), (36, 44), (40, 99), (0, 31)]
    line = lanes(spans)
    for one, (start, end) in enumerate(spans):
        for other in range(one):
            if spans[other][0] < end and start < spans[other][1]:
                assert line[one] != line[other], (spans[one], spans[other])


def test_a_page_marks_every_fact_of_its_document_once(warehouse: Path) -> None:
    with duckdb.connect(str(warehouse / "khobao.duckdb"), read_only=True) as con:
        documents = [row[0] for row in con.execute("SELECT doc_id FROM history.documents ORDER BY doc_id").fetchall()]
        counts = {
            name: dict(con.execute(f"SELECT doc_id, count(*) FROM history.{name} GROUP BY doc_id").fetchall())  # type: ignore[arg-type]
            for name in labels.KINDS
        }
    assert len(documents) > 10
    for doc_id in documents:
        html, found = page(Layout(warehouse), doc_id[:12])
        assert found == doc_id
        for name in labels.KINDS:
            anchors = re.findall(rf' id="({name}-[0-9-]+)"', html)
            assert len(anchors) == len(set(anchors)) == counts[name].get(doc_id, 0), (doc_id, name)


def test_every_column_of_a_fact_has_a_label_in_both_languages() -> None:
    from schemas.tables import BY_NAME

    told = {name for table in labels.KINDS for name in BY_NAME[table].names}
    told -= {"doc_id", "row_no", "sentence_no", "clause_no", "start_char", "end_char", "surface"}
    assert told <= set(labels.COLUMNS)


def test_show_writes_a_file_and_says_where(warehouse: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    stored = stored_of(warehouse)
    target = tmp_path / "pages" / "one.html"
    assert main(["show", stored.row["doc_id"][:10], "--output", str(target), "--warehouse", str(warehouse)]) == 0
    assert capsys.readouterr().out.strip() == str(target)
    assert stored.row["doc_id"] in target.read_text(encoding="utf-8")
    assert list(target.parent.iterdir()) == [target]


@pytest.mark.parametrize("prefix, said", [("ffffffffffffffffffff", "no document"), ("xyz", "no doc_id"), ("", "no doc_id")])
def test_show_says_in_one_line_what_is_wrong(warehouse: Path, prefix: str, said: str, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["show", prefix, "--warehouse", str(warehouse)]) == 2
    error = capsys.readouterr().err
    assert said in error and error.count("\n") == 1


def test_a_prefix_must_be_of_one_document_and_a_refused_one_says_why(warehouse: Path) -> None:
    with duckdb.connect(str(warehouse / "khobao.duckdb"), read_only=True) as con:
        query = "SELECT left(doc_id, 1) FROM history.documents GROUP BY 1 HAVING count(*) > 1 ORDER BY 1 LIMIT 1"
        shared = con.execute(query).fetchall()[0][0]
        refused = con.execute("SELECT doc_id FROM journal.quarantine WHERE table_name IS NULL").fetchall()[0][0]
    with pytest.raises(UsageError, match="several documents"):
        document.find(Layout(warehouse), shared)
    with pytest.raises(UsageError, match="was refused"):
        document.find(Layout(warehouse), refused)


def test_a_document_in_the_browser(warehouse: Path, browser: Browser, tmp_path: Path) -> None:
    stored = stored_of(warehouse, "(SELECT count(*) FROM history.figures f WHERE f.doc_id = documents.doc_id) > 4")
    fact = next(fact for fact in stored.facts if fact.anchor == "figures-3")
    html, _ = page(Layout(warehouse), stored.row["doc_id"])
    target = write_page(tmp_path / "document.html", html)
    unharmed(browser, browser.open(target, "?lang=en#figures-3"), target)

    # The anchor scrolls to its fact and marks it, in the text and in the list.
    marked = browser.run("[...document.querySelectorAll('.m.hit')].map(m => m.textContent).join('')")
    assert marked == fact.surface
    assert browser.run("(r => r.top > 0 && r.bottom < innerHeight)(document.getElementById('figures-3').getBoundingClientRect())")
    assert browser.run("document.querySelector('.about.hit').dataset.fact") == "figures-3"

    # Explained by the mouse and by the keyboard; Escape takes it away.
    assert browser.run("document.getElementById('tip').hidden")
    browser.point("#figures-3")
    assert fact.surface in browser.run("document.getElementById('tip').innerText")
    browser.press("Escape")
    assert browser.run("document.getElementById('tip').hidden")
    browser.press("ArrowRight")
    browser.press("ArrowLeft")
    assert browser.run("document.activeElement.id") == "figures-3"
    assert browser.run("document.getElementById('tip').innerText").split("\n")[0] == "Figure"

    # The legend switches a kind off and on, with the keyboard; other marks stay.
    browser.run("document.querySelector('button[data-kind=figures]').focus()")
    browser.press("Enter")
    shown = "document.querySelectorAll('.m.{}:not(.off)').length"
    assert browser.run(shown.format("figures")) == 0 and browser.run(shown.format("places")) > 0
    assert browser.run("document.querySelector('button[data-kind=figures]').getAttribute('aria-pressed')") == "false"
    assert browser.run("document.getElementById('figures-3').tabIndex") == -1
    browser.press("Enter")
    assert browser.run(shown.format("figures")) > 0

    # The other views are one click away, and the article's text is whole.
    words = "p => [...p.querySelectorAll('.p')].map(piece => piece.textContent).join('')"
    article = browser.run(f"[...document.querySelectorAll('article p')].map({words}).join('\\n')")
    assert article == stored.row["text"]
    browser.run("document.getElementById('tab-removed').click()")
    assert browser.run("document.querySelectorAll('#removed .gone').length") == sum(
        block["start_char"] is None for block in stored.blocks
    )
    assert not browser.run("document.getElementById('article').checkVisibility()")
    browser.run("document.getElementById('tab-raw').click()")
    assert stored.row["title"] in browser.run("document.querySelector('.raw').innerText")

    # The language and the light are switched without loading anything.
    before = len(browser.seen.requests)
    browser.run("document.querySelector('button[value=vi]').click()")
    assert browser.run("document.getElementById('tab-raw').innerText") == "Văn bản gốc"
    assert browser.run("document.documentElement.lang") == "vi"
    light = browser.run("getComputedStyle(document.body).backgroundColor")
    browser.run("document.querySelector('button[value=dark]').click()")
    assert browser.run("getComputedStyle(document.body).backgroundColor") != light
    assert len(browser.seen.requests) == before and browser.seen.complaints == []


def test_a_page_follows_the_readers_preference_and_fits_a_narrow_screen(
    warehouse: Path, browser: Browser, tmp_path: Path
) -> None:
    html, _ = page(Layout(warehouse), stored_of(warehouse).row["doc_id"])
    one = write_page(tmp_path / "document.html", html)
    other = write_quality_page(Layout(warehouse), tmp_path / "quality.html")
    try:
        for target in (one, other):
            browser.size(360, 700)
            browser.open(target, "?theme=auto")
            assert browser.run("document.documentElement.scrollWidth") <= 360, target.name
            light = browser.run("getComputedStyle(document.body).backgroundColor")
            browser.open(target, "?theme=auto", dark=True)
            assert browser.run("getComputedStyle(document.body).backgroundColor") != light
    finally:
        browser.size(1300, 900)


# The quality page


def test_a_run_ends_with_a_page_that_links_its_data_docs(warehouse: Path) -> None:
    folder = next((warehouse / "quality").iterdir())
    html = (folder / "index.html").read_text(encoding="utf-8")
    assert 'href="data_docs/index.html"' in html and (folder / "data_docs" / "index.html").exists()
    for said in ("Passed", "Đạt", "Quarantine by reason", "Cách ly theo lý do", "không phải văn bản", folder.name):
        assert said in html


def test_a_warning_is_led_back_to_the_row_that_its_key_names(warehouse: Path) -> None:
    with catalog(Layout(warehouse)) as con:
        query = "SELECT doc_id, row_no, surface, name FROM history.people ORDER BY doc_id, row_no LIMIT 1"
        doc_id, row_no, surface, name = con.execute(query).fetchall()[0]
        result = {"table_name": "people", "column_name": "name", "observed": {"examples": [f"{doc_id} {row_no}", name, "nobody"]}}
        by_key, by_value, unknown = Reader(con).of_result(result, 3)
    assert by_key.marked == surface and by_key.trace == f"khobao trace people {doc_id} {row_no}"
    assert by_value.doc_id is not None and by_value.marked
    assert unknown.payload == "nobody" and not unknown.marked


def test_a_held_back_run_has_a_page_that_leads_to_sentences_nobody_can_read_yet(
    run: Runner, samples: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    root, extract = tmp_path / "warehouse", stages.extract
    run(samples / "nghi_loc_qua_tet.txt", warehouse=root)

    def spoilt(article: Any) -> Any:
        facts = extract(article)
        facts.figures[:] = [figure._replace(unit=" ") for figure in facts.figures]
        return facts

    monkeypatch.setattr(stages, "extract_many", lambda articles: [spoilt(article) for article in articles])
    with pytest.raises(BlockedError):
        run(samples / "ha_giang_so_ket.txt", warehouse=root, clock=CLOCK + timedelta(days=1), tolerance=0.0)
    newest = sorted((root / "quality").iterdir())[-1]
    html = (newest / "index.html").read_text(encoding="utf-8")
    assert "Held back" in html and "Bị giữ lại" in html
    marked = re.findall(r"<blockquote lang=\"vi\">(.*?)<mark>(.*?)</mark>", html)
    source = (samples / "ha_giang_so_ket.txt").read_text(encoding="utf-8")
    assert marked and all(sentence + words in source for sentence, words in marked)
    with pytest.raises(UsageError, match="no run nothing"):
        write_quality_page(Layout(root), tmp_path / "page.html", "nothing")
    # A page of the first run, written later, still tells of the first run.
    first = sorted((root / "quality").iterdir())[0]
    again = write_quality_page(Layout(root), tmp_path / "elsewhere" / "page.html", first.name).read_text(encoding="utf-8")
    assert "Held back" not in again and first.name in again
    assert f'href="../warehouse/quality/{first.name}/data_docs/index.html"' in again


def test_a_page_that_fails_does_not_fail_the_run(
    run: Runner, samples: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def broken(*_: object, **__: object) -> None:
        raise RuntimeError("no page today")

    monkeypatch.delenv("KHOBAO_DEBUG")
    monkeypatch.setattr(quality, "render", broken)
    outcome = run(samples / "nghi_loc_qua_tet.txt", warehouse=tmp_path / "warehouse")
    assert outcome.run.status == "completed" and outcome.quality is None
    assert outcome.warnings == ("no quality page: no page today",)


def test_an_open_reader_does_not_hold_the_page_back(warehouse: Path, tmp_path: Path) -> None:
    with duckdb.connect(str(warehouse / "khobao.duckdb"), read_only=True) as con:
        con.execute("SET lock_configuration = true")
        assert write_quality_page(Layout(warehouse), tmp_path / "page.html").exists()


# Colours


def _contrast(one: tuple[float, ...], other: tuple[float, ...]) -> float:
    def light(colour: tuple[float, ...]) -> float:
        parts = [c / 12.92 if c <= 0.03928 else ((c + 0.055) / 1.055) ** 2.4 for c in colour]
        return 0.2126 * parts[0] + 0.7152 * parts[1] + 0.0722 * parts[2]

    high, low = sorted((light(one), light(other)), reverse=True)
    return (high + 0.05) / (low + 0.05)


def _mixed(over: tuple[float, ...], under: tuple[float, ...], share: float) -> tuple[float, ...]:
    return tuple(share * a + (1 - share) * b for a, b in zip(over, under, strict=True))


def test_text_can_be_read_on_every_ground() -> None:
    assets = Path(kit.__file__).parent / "assets"
    style = "".join((assets / name).read_text(encoding="utf-8") for name in ("kit.css", "document.css", "quality.css"))
    found = {
        name: tuple(tuple(int(colour[i : i + 2], 16) / 255 for i in (0, 2, 4)) for colour in (light, dark))
        for name, light, dark in re.findall(r"--([\w-]+): light-dark\(#([0-9a-f]{6}), #([0-9a-f]{6})\)", style)
    }
    assert set(labels.KINDS) <= set(found)
    for scheme in (0, 1):
        colour = {name: pair[scheme] for name, pair in found.items()}
        for ground in ("paper", "card", "wash"):
            for text in ("ink", "soft", "accent", "good", "warn", "bad"):
                assert _contrast(colour[text], colour[ground]) >= 4.5, (text, ground, scheme)
        assert _contrast(colour["ink"], colour["hit"]) >= 4.5
        for kind in labels.KINDS:
            assert _contrast(colour[kind], colour["card"]) >= 4.5, (kind, scheme)
            for share in (0.13, 0.3):  # a mark, and one that is looked at
                assert _contrast(colour["ink"], _mixed(colour[kind], colour["card"], share)) >= 4.5, (kind, scheme)
