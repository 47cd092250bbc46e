"""Long lines of one thing over and over are read in time that grows with their length only: ``make test-time``."""

from __future__ import annotations

import time

import pytest

from transforms.document import Article, Facts
from transforms.extract import EXTRACTORS, extract
from transforms.extract.dates import extract as extract_dates

pytestmark = pytest.mark.timed
LENGTH = 60_000  # characters
IN_TIME = 6.0  # seconds of the processor; tenths of one where the time is linear, minutes where it is not
LINES = {
    "digits": ("1", "statements"),
    "digits and points": ("1.", "statements"),
    "gatherings": ("tham dự hội nghị có ", "events"),
    "gatherings told by papers": ("thông báo tại hội nghị ", "events"),
    "gatherings with days": ("hội nghị ngày 1/2/2023 có họp mặt và ", "events"),
}


@pytest.mark.parametrize("name", LINES)
def test_long_lines_are_read_in_time(name: str) -> None:
    line, extractor = LINES[name]
    article, facts = Article.from_text(line * (LENGTH // len(line))), Facts()
    facts.dates = extract_dates(article, facts)
    began = time.process_time()
    list(dict(EXTRACTORS)[extractor](article, facts))
    assert time.process_time() - began < IN_TIME


@pytest.mark.parametrize(
    "line",
    [
        "12 lớp năm 2020 này có ", "ông Lê Văn An, Chủ tịch UBND tỉnh, ngày 1/2/2020; ", "trả lại 40 triệu, ",
        "huyện ủy, quận ủy, ", "Chủ tịch UBND Ngọc Trạo, ", "làm Giám đốc ",
    ],
)  # fmt: skip
def test_long_sentences_are_read_in_time(line: str) -> None:
    article = Article.from_text("Năm 2020 này ông Lê Văn An có " + line * (LENGTH // len(line)))
    began = time.process_time()
    extract(article)
    assert time.process_time() - began < IN_TIME
