"""Cleaning from decoded text to roles, metadata and offsets: cases as data, properties, and the way back to the bytes."""

from __future__ import annotations

import json
import unicodedata
from pathlib import Path
from typing import Any

import pytest

from schemas.codes import BLOCK_ROLES, TEXT_ROLES
from schemas.errors import UndecodableError
from transforms.clean import clean
from transforms.clean.cleaning import Cleaned
from transforms.document import Document, RawDocument
from transforms.trace import to_decoded, trace

CASES = json.loads((Path(__file__).parent / "cases" / "blocks.json").read_text(encoding="utf-8"))

PARAGRAPH = "Sáng 5/7, Hội Nông dân xã Bình Lộc tổ chức hội nghị sơ kết phong trào sản xuất giỏi sáu tháng đầu năm."


def raw(text: str | bytes, media_type: str = "text/plain", record: dict[str, str] | None = None) -> RawDocument:
    data = text if isinstance(text, bytes) else text.encode()
    if record is not None:
        data = json.dumps(record, ensure_ascii=False, sort_keys=True, separators=(",", ":")).encode()
    return RawDocument("0" * 20, "cases", "a.txt", media_type, data, record)


def cleaned(text: str, media_type: str = "text/plain") -> Document:
    return clean(raw(text, media_type)).document


def marked() -> list[Any]:
    return [
        pytest.param(
            case,
            id=case["label"].replace(" ", "_"),
            marks=[pytest.mark.xfail(strict=True, reason=case["reason"])] if case["expect"] == "xfail" else [],
        )
        for case in CASES
    ]


def passing() -> list[Any]:
    return [case for case in marked() if not case.marks]


@pytest.mark.parametrize("case", marked())
def test_case(case: dict[str, Any]) -> None:
    document = cleaned(case["text"], case.get("media_type", "text/plain"))
    if "roles" in case:
        assert [b.role for b in document.blocks] == case["roles"], [(b.role, b.raw_text[:50]) for b in document.blocks]
    if "kept" in case:
        assert document.text.split("\n") == case["kept"]
    for name in ("title", "outlet", "published_precision"):
        if name in case:
            assert getattr(document, name) == case[name]
    if "byline" in case:
        assert list(document.byline) == case["byline"]
    if "published_at" in case:
        assert (document.published_at and document.published_at.isoformat()) == case["published_at"]


@pytest.mark.parametrize("case", passing())
def test_every_block_stands_where_it_says(case: dict[str, Any]) -> None:
    result = clean(raw(case["text"], case.get("media_type", "text/plain")))
    document = result.document
    last = 0
    for number, block in enumerate(document.blocks):
        assert block.block_no == number
        assert block.role in BLOCK_ROLES.values
        assert result.decoded_text[block.raw_start : block.raw_end] == block.raw_text != ""
        assert block.raw_start >= last
        last = block.raw_start
        if block.start_char is None:
            assert block.end_char is None
        else:
            assert block.role in TEXT_ROLES
            assert "\n" not in document.text[block.start_char : block.end_char]
    assert [p.role for p in document.paragraphs] == [b.role for b in document.blocks if b.start_char is not None]
    assert "\n".join(document.text[p.start : p.end] for p in document.paragraphs) == document.text
    assert sum(b.role == "title" and b.start_char is not None for b in document.blocks) <= 1


@pytest.mark.parametrize("case", passing())
def test_cleaning_the_text_again_changes_nothing(case: dict[str, Any]) -> None:
    text = cleaned(case["text"], case.get("media_type", "text/plain")).text
    kept = set(text.split("\n"))
    again = set(cleaned(text).text.split("\n"))
    assert again <= kept


@pytest.mark.parametrize("case", passing())
def test_composed_and_decomposed_letters_give_the_same_rows(case: dict[str, Any]) -> None:
    media_type = case.get("media_type", "text/plain")
    composed = cleaned(unicodedata.normalize("NFC", case["text"]), media_type)
    decomposed = cleaned(unicodedata.normalize("NFD", case["text"]), media_type)
    assert decomposed.text == composed.text
    assert [b.role for b in decomposed.blocks] == [b.role for b in composed.blocks]
    assert (decomposed.title, decomposed.byline, decomposed.outlet) == (composed.title, composed.byline, composed.outlet)
    assert decomposed.published_at == composed.published_at


def test_a_record_has_its_title_first_and_its_date_where_the_page_prints_none() -> None:
    record = {"text": PARAGRAPH + "\nHội viên thi đua.", "title": "Nông dân thi đua", "date": "2024-05-06T00:00:00", "url": "u"}
    result = clean(raw("", record=record))
    assert result.document.title == "Nông dân thi đua"
    assert result.document.published_at is not None
    assert result.document.published_at.isoformat() == "2024-05-06T00:00:00"
    assert result.decoded_text.startswith("Nông dân thi đua\n" + PARAGRAPH[:10])


def test_a_records_title_is_not_doubled() -> None:
    record = {"text": "Họp. Bàn. Làm.\n" + PARAGRAPH, "title": "Họp. Bàn. Làm."}
    document = clean(raw("", record=record)).document
    assert document.text == record["text"]
    assert document.title == record["title"]


# -- the way back ------------------------------------------------------------------------------------------------------------

HTML = (
    '<p class="a">Ng&agrave;y&nbsp;7/2, <b>Hội Nông dân</b> xã <i>Bình Lộc</i> sơ kết phong trào   sản xuất giỏi ở '
    "12 chi hội trong xã, với sự tham gia của 80 đại biểu.</p>\n<p>Kết quả rất tốt, đã có 45 hộ thoát nghèo.</p>"
)


@pytest.mark.parametrize("surface", ["Ngày 7/2", "Hội Nông dân xã Bình Lộc", "phong trào sản xuất", "45 hộ"])
def test_a_span_leads_back_through_markup_entities_and_spaces(surface: str) -> None:
    document = raw("Nông dân thi đua\n" + HTML, "text/html")
    text = clean(document).document.text
    start = text.index(surface)
    found = trace(document, start, start + len(surface))
    assert found.surface == surface
    assert document.data[slice(*found.raw_bytes)].decode() == found.passage
    assert found.passage[-1] == surface[-1]
    assert text[found.sentence[0] : found.sentence[1]].count(surface) == 1


def test_the_passage_of_a_span_with_entities_holds_them() -> None:
    document = raw(HTML, "text/html")
    text = clean(document).document.text
    start = text.index("Ngày 7/2")
    assert trace(document, start, start + 8).passage == "Ng&agrave;y&nbsp;7/2"


def test_a_span_of_a_record_leads_to_the_bytes_of_its_canonical_json() -> None:
    record = {"text": 'Họ nói: "tốt".\n' + PARAGRAPH, "title": 'Chuyện "lúa"\tvà nước ở xã', "id": "7", "url": "https://a.vn/\\b"}
    document = raw("", record=record)
    text = clean(document).document.text
    for surface in ("lúa", "Hội Nông dân", "tốt", "Bình Lộc"):
        start = text.index(surface)
        assert document.data[slice(*trace(document, start, start + len(surface)).raw_bytes)].decode() == surface


def test_a_span_over_two_blocks_leads_to_all_between_them() -> None:
    document = raw(f"Nông dân thi đua sản xuất\n{PARAGRAPH}")
    result = clean(document)
    assert to_decoded(result, 5, 40) == (5, 40)


def test_spans_outside_the_text_are_refused() -> None:
    with pytest.raises(ValueError, match="no span"):
        trace(raw(PARAGRAPH), 5, 5_000)


# -- bad input -----------------------------------------------------------------------------------------------------------------

BAD = {
    "nested": "<div>" * 100_000 + PARAGRAPH,
    "nested and closed": "<div>" * 50_000 + f"<p>{PARAGRAPH}</p>" + "</div>" * 50_000,
    "tables": "<table><tr><td>" * 30_000 + PARAGRAPH,
    "angles": "<" * 200_000 + PARAGRAPH,
    "open quotes": '<a href="' * 30_000 + PARAGRAPH,
    "open comments": "<!-- " * 50_000 + PARAGRAPH,
    "open scripts": "<script>" * 20_000 + PARAGRAPH,
    "templates": '<a href="<? ?' * 10_000 + PARAGRAPH,
    "ampersands": "&" * 200_000 + PARAGRAPH,
    "brackets": "[" * 50_000 + "\n" + PARAGRAPH,
    "stars": "**a" * 50_000,
    "front matter without end": "---\n" + "a: b\n" * 20_000 + PARAGRAPH,
    "capitals": "Lê " * 50_000,
    "stops": ". A" * 50_000,
    "bars": "2020-01-01T00:00:00|" * 10_000,
    "one line": PARAGRAPH * 20_000,
    "many lines": (PARAGRAPH + "\n") * 5_000,
    # Each may be a caption that tells again what the article tells; no pair of their words stands twice.
    "lines of words of their own": "".join(
        f"{PARAGRAPH}\n{' '.join(f'Thửa{number}a{part}' for part in range(9))}.\n" for number in range(6_000)
    ),
}


@pytest.mark.parametrize("media_type", ["text/plain", "text/html", "text/markdown"])
@pytest.mark.parametrize("name", BAD)
def test_bad_input_is_cleaned_or_refused_in_time(name: str, media_type: str) -> None:
    try:
        result = clean(raw(BAD[name], media_type))
    except UndecodableError as error:
        assert error.reason_code in ("no_text", "too_large", "binary", "undecodable", "empty", "ambiguous_encoding")
    else:
        assert isinstance(result, Cleaned)
        assert result.document.text


@pytest.mark.parametrize(
    "page",
    ['<html><body><img src="a.jpg"></body></html>', "<html><head><title>A</title></head><body><nav><a>B</a></nav></body></html>"],
)
def test_a_page_without_text_is_refused(page: str) -> None:
    with pytest.raises(UndecodableError) as caught:
        clean(raw(page, "text/html"))
    assert caught.value.reason_code == "no_text"


# -- real texts ---------------------------------------------------------------------------------------------------------------


def test_every_page_gives_a_text(shared: Path) -> None:
    types = {".htm": "text/html", ".html": "text/html", ".php": "text/html", ".md": "text/markdown"}
    for path in sorted((shared / "corpus" / "pages").iterdir()):
        document = clean(raw(path.read_bytes(), types.get(path.suffix, "text/plain"))).document
        assert document.text.strip(), path.name
