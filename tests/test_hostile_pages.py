"""Markup wherever a document can have it: on every page it stays text, and nothing in it comes alive in a browser."""

from __future__ import annotations

import json
import re
from html import escape
from pathlib import Path
from typing import Any

import duckdb
import pytest

from flows import stages
from flows.show import page
from tests.browser import Browser, unharmed
from tests.conftest import Runner
from tests.harm import Judged
from tests.test_pages import stored_of
from warehouse.layout import Layout
from warehouse.pages import document, kit
from warehouse.pages.evidence import Reader
from warehouse.pages.kit import write_page
from warehouse.pages.reading import catalog

pytestmark = pytest.mark.xdist_group("validation")

# Each marks the page in a way of its own if it comes alive; none may.
SCRIPT = "<script>document.documentElement.dataset.alive=1</script>"
IMAGE = '"><img src="http://pages.example/x.png" onerror="document.documentElement.dataset.alive=2">'
TEMPLATE = "{{7*7}}"
HOSTILE = f"{SCRIPT} {IMAGE} {TEMPLATE}"
FILE_NAME = 'tin "><img src=x onerror=document.documentElement.dataset.alive=3> {{7*7}}.html'
TITLE = f"Quảng Bình {HOSTILE} tổng kết công tác dân vận"
BODY = f"""Sáng 15/01, tại thành phố Đồng Hới, Ban Dân vận Tỉnh ủy Quảng Bình tổ chức hội nghị tổng kết {HOSTILE} năm 2023. \
Đồng chí Lê Văn Bảo, Phó Bí thư Tỉnh ủy chủ trì hội nghị.
Năm 2023, toàn tỉnh mở 125 hội nghị {HOSTILE} với 12.400 lượt người dự theo Kế hoạch số 15-KH/TU."""
# As a page has it whose publisher escapes what it prints: the document's own words are the markup.
HTML = f"""<html><head><meta charset="utf-8"><title>{escape(TITLE)}</title>
<meta property="og:title" content="{escape(TITLE)}"><meta property="og:site_name" content="{escape(HOSTILE)}">
<meta name="author" content="{escape(HOSTILE)}"><meta property="article:published_time" content="2024-01-15T08:30:00+07:00">
</head><body><h1>{escape(TITLE)}</h1><article>
{"".join(f"<p>{escape(line)}</p>" for line in BODY.splitlines())}
<p class="author">Tác giả: {escape(HOSTILE)}</p></article></body></html>"""


@pytest.fixture(scope="module")
def hostile(run: Runner, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A warehouse of documents that hold markup wherever a document can, rows of which were refused."""
    root = tmp_path_factory.mktemp("hostile")
    source = root / "texts"
    source.mkdir()
    (source / FILE_NAME).write_text(HTML, encoding="utf-8")
    record = {"title": TITLE, "text": BODY, "url": f"javascript:{SCRIPT}"}
    (source / "records.jsonl").write_text(json.dumps(record), encoding="utf-8")
    (source / f"empty {TEMPLATE}.txt").write_bytes(b"\x89PNG\r\n\x1a\n" + SCRIPT.encode())
    extract = stages.extract

    def spoilt(article: Any) -> Any:
        facts = extract(article)
        facts.figures[0] = facts.figures[0]._replace(unit=" ", what=HOSTILE)  # refused: a text is never empty
        return facts

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(stages, "extract_many", lambda articles: [spoilt(article) for article in articles])
        run(source, warehouse=root / "warehouse", names=(HOSTILE,), tolerance=0.9)
    return root / "warehouse"


def test_a_hostile_document_stays_text(hostile: Path, browser: Browser, tmp_path: Path) -> None:
    with duckdb.connect(str(hostile / "khobao.duckdb"), read_only=True) as con:
        documents = con.execute("SELECT doc_id, title, source_uri FROM history.documents ORDER BY ALL").fetchall()
    assert len(documents) == 2 and any("javascript:" in uri for _, _, uri in documents)
    for doc_id, title, uri in documents:
        target = write_page(tmp_path / f"{doc_id}.html", page(Layout(hostile), doc_id)[0])
        for address in ("?lang=en", "?lang=vi#raw", "#figures-1", "#removed", "#<img src=x onerror=alert(1)>"):
            unharmed(browser, browser.open(target, address), target)
        assert browser.run("document.querySelector('h1').textContent") == title == TITLE
        if uri.endswith(".html"):
            head, article = (browser.run(f"document.querySelector('{part}').textContent") for part in (".facts-of", "article"))
            assert FILE_NAME in head and HOSTILE in head and HOSTILE in article, "file name, outlet and text"
        assert browser.run("document.querySelectorAll('.uri a').length") == 0, "javascript: is no address"
        browser.open(target, "#figures-1")
        browser.press("ArrowRight")
        assert browser.run("document.getElementById('tip').hidden") is False
        unharmed(browser, browser.seen, target)


def test_markup_in_any_value_of_a_document_stays_text(warehouse: Path, browser: Browser, tmp_path: Path) -> None:
    stored = stored_of(warehouse, "(SELECT count(*) FROM history.figures f WHERE f.doc_id = documents.doc_id) > 4")
    spoilt = {name: HOSTILE if isinstance(value, str) else value for name, value in stored.row.items()}
    spoilt.update(byline=[HOSTILE], repairs=[HOSTILE], text=stored.row["text"], source_uri=f"https://x/{IMAGE}")
    blocks = [{**block, "raw_text": HOSTILE, "role": HOSTILE} for block in stored.blocks]
    words = kit.words(HOSTILE, HOSTILE + " vi")
    facts = [fact._replace(surface=HOSTILE, tag=words, details=[(words, words)]) for fact in stored.facts]
    html = document.page(document.Stored(spoilt, blocks, facts, stored.raw), HOSTILE + "\x00\x1b\u202e\ud800")
    target = write_page(tmp_path / "spoilt.html", html)
    unharmed(browser, browser.open(target, "#figures-1"), target)
    browser.press("ArrowRight")
    assert SCRIPT in browser.run("document.getElementById('tip').textContent")
    unharmed(browser, browser.seen, target)
    assert not re.search("[\x00-\x08\x1b\ud800-\udfff\u202e]", html)


def test_the_quality_page_of_hostile_data_stays_text(hostile: Path, browser: Browser, tmp_path: Path) -> None:
    target = next((hostile / "quality").iterdir()) / "index.html"
    for address in ("?lang=en", "?lang=vi"):
        unharmed(browser, browser.open(target, address), target)
        browser.run("document.querySelectorAll('details').forEach(d => d.open = true)")
        shown = browser.run("document.body.innerText")
        assert SCRIPT in shown and IMAGE in shown and TEMPLATE in shown, "evidence is shown, as text"
    assert browser.run("document.querySelectorAll('mark').length") > 0
    unharmed(browser, browser.seen, target)


def test_the_data_docs_of_hostile_data_stay_text(hostile: Path, harmed: Judged, browser: Browser) -> None:
    linked = next((hostile / "quality").iterdir()) / "data_docs" / "index.html"
    for target in (linked, harmed.docs / "index.html"):
        seen = browser.open(target)
        unharmed(browser, seen, target)
        assert browser.run("document.querySelectorAll('script').length") == 0
    assert "<script>alert(1)</script>" in browser.run("document.body.textContent")


def test_refused_rows_are_led_back_to_their_sentence(hostile: Path) -> None:
    with catalog(Layout(hostile)) as con:
        query = "SELECT * FROM journal.quarantine WHERE table_name = 'figures' AND source_uri LIKE '%.html'"
        refused = document.rows(con, query)[0]
        evidence = Reader(con).of_row(refused)
    row = json.loads(refused["payload"])
    assert evidence.marked == row["surface"] != ""
    assert evidence.before + evidence.marked + evidence.after in BODY
