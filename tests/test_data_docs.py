"""The Data Docs page of a validated batch."""

from __future__ import annotations

import os
from html import unescape
from html.parser import HTMLParser
from pathlib import Path

import pytest

from schemas import tables
from tests.harm import SCRIPT, Judged, few, stage
from warehouse.validate import validate

pytestmark = pytest.mark.xdist_group("validation")


class Page(HTMLParser):
    """Tags, and what they load."""

    def __init__(self, html: str) -> None:
        super().__init__()
        self.tags: set[str] = set()
        self.attributes: list[tuple[str, str | None]] = []
        self.feed(html)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.tags.add(tag)
        self.attributes += attrs


@pytest.mark.parametrize("which", ["good", "harmed"])
def test_the_quality_page_loads_nothing_and_runs_nothing(request: pytest.FixtureRequest, which: str) -> None:
    judged: Judged = request.getfixturevalue(which)
    html = (judged.docs / "index.html").read_text(encoding="utf-8")
    page = Page(html)
    assert page.tags.isdisjoint({"script", "link", "img", "iframe", "object", "embed", "form", "base"})
    names = {name for name, _ in page.attributes}
    assert not {name for name in names if name.startswith("on")} | (names & {"src", "style"})
    assert all((value or "").startswith("#") for name, value in page.attributes if name == "href")
    policy = next(value for name, value in page.attributes if name == "content" and "default-src" in (value or ""))
    assert policy is not None and "default-src 'none'" in policy and "script-src" not in policy
    assert "http://" not in html and "https://" not in html
    for table in tables.PER_DOCUMENT:
        assert f'id="{table.name}"' in html


def test_values_from_the_data_are_escaped_on_the_quality_page(harmed: Judged) -> None:
    html = (harmed.docs / "index.html").read_text(encoding="utf-8")
    assert "&lt;script&gt;alert(1)&lt;/script&gt;" in html, "the value is evidence, so it is shown"
    assert SCRIPT not in html and "<img" not in html
    for other in harmed.docs.rglob("*"):
        if other.name != "index.html":
            assert "alert(1)" not in other.read_text(encoding="utf-8"), f"{other.name} holds counts only"


def test_a_held_back_run_says_so_on_its_page(gazetteer: Path, tmp_path: Path) -> None:
    verdict = validate(stage(tmp_path, few(5, 3)), "r1", units=gazetteer, docs_dir=tmp_path / "docs")
    assert (verdict.message or "?") in unescape((tmp_path / "docs" / "index.html").read_text(encoding="utf-8"))


def test_validation_writes_nothing_but_the_docs_and_sends_nothing(good: Judged, gazetteer: Path) -> None:
    assert os.environ["GX_ANALYTICS_ENABLED"] == "false"
    assert sorted(path.name for path in gazetteer.parent.iterdir()) == ["units.parquet"]
    assert sorted(path.name for path in good.docs.iterdir()) == ["index.html", "results.json"]
