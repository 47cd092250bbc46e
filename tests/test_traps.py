"""The 54 traps of the genre: each stands as a case, here or with its number in ``tests/cases``."""

from __future__ import annotations

import json
from collections.abc import Callable
from datetime import date
from pathlib import Path

import pytest

from transforms.clean import clean
from transforms.document import Article, Document, RawDocument
from transforms.extract import extract

FOLDER = Path(__file__).parent / "cases"
TRAPS = range(1, 55)


def cleaned(text: str) -> Document:
    return clean(RawDocument("0" * 20, "traps", "a.txt", "text/plain", text.encode())).document


def bare_committees_belong_to_the_province_of_title_or_dateline() -> None:
    for title, code in (("Bến Tre: Sơ kết công tác tuyên giáo", "83"), ("Lào Cai: Sơ kết công tác tuyên giáo", "10")):
        facts = extract(Article.from_text(f"{title}\nSáng 5/7, Tỉnh ủy họp bàn về nông thôn mới.", date(2023, 7, 6), titled=True))
        assert {row.body_id for row in facts.organisations if row.name == "Tỉnh ủy"} == {f"tỉnh ủy@{code}"}
        assert facts.home is not None and facts.home.province_code == code
    # Nothing in the text tells the province: then none is made up.
    unknown = extract(Article.from_text("Sơ kết công tác tuyên giáo\nSáng 5/7, Tỉnh ủy họp bàn.", date(2023, 7, 6), titled=True))
    assert unknown.home is None and {row.body_id for row in unknown.organisations} == {None}


def publication_dates_have_counters_bars_or_are_missing() -> None:
    body = "\nSáng 5/7, Hội Nông dân xã Bình Lộc tổ chức hội nghị sơ kết công tác 6 tháng đầu năm 2022 ở hội trường xã."
    title = "Bình Lộc sơ kết phong trào nông dân thi đua\n"
    for line, told in (
        ("Thứ sáu - 08/07/2022 04:06 161 0", ("2022-07-08T04:06:00", "minute")),
        ("29/07/2021 | 70", ("2021-07-29T00:00:00", "day")),
    ):
        document = cleaned(title + line + body)
        assert document.published_at is not None
        assert (document.published_at.isoformat(), document.published_precision) == told
    undated = cleaned(title.rstrip() + body)
    assert undated.published_at is None
    found = extract(Article.of(undated)).dates
    assert [(row.date_from.year, row.inferred) for row in found if row.grain in ("time", "day")] == [(2022, True)]


def facts_of_the_page_are_no_facts_of_the_article() -> None:
    document = cleaned(
        "Bình Lộc sơ kết phong trào nông dân thi đua\n"
        "Sáng 5/7, Hội Nông dân xã Bình Lộc tổ chức hội nghị sơ kết phong trào sản xuất giỏi sáu tháng đầu năm.\n"
        "Tin liên quan\nHọc tập Kết luận 21-KL/TW ở các chi bộ\nKế hoạch quý IV năm 2024 của huyện\n"
        "Bạn đã không sử dụng Site, Bấm vào đây để tiếp tục. Thời gian chờ: 60 giây\n© 2016 Copyright by VNPT Hưng Yên."
    )
    facts = extract(Article.of(document))
    assert not facts.citations and not facts.figures
    assert all("2016" not in document.text[row.start_char : row.end_char] for row in facts.dates)
    assert document.outlet == "VNPT Hưng Yên"


def spaces_of_any_kind_and_lines_without_a_stop_part_what_they_part() -> None:
    title, last = "Bình Lộc sơ kết công tác năm 2023", "Hội nghị bàn tiếp việc làm đường và xây trường học ở các thôn xa."
    document = cleaned(f"{title}\n\u00a0\nChủ trì hội nghị của Đảng  và chính quyền\u00a0xã là ông An.\n\u00a0 \u00a0\n{last}")
    assert document.text == f"{title}\nChủ trì hội nghị của Đảng và chính quyền xã là ông An.\n{last}"
    assert [sentence.paragraph for sentence in Article.of(document).sentences] == [0, 1, 2]


HERE: dict[int, Callable[[], None]] = {
    15: bare_committees_belong_to_the_province_of_title_or_dateline,
    27: publication_dates_have_counters_bars_or_are_missing,
    46: facts_of_the_page_are_no_facts_of_the_article,
    54: spaces_of_any_kind_and_lines_without_a_stop_part_what_they_part,
}


@pytest.mark.parametrize("number", HERE)
def test_trap(number: int) -> None:
    HERE[number]()


def test_every_trap_has_a_case() -> None:
    covered = set(HERE)
    for path in FOLDER.glob("*.json"):
        for case in json.loads(path.read_text(encoding="utf-8")):
            numbers = case.get("trap", [])
            covered |= set(numbers if isinstance(numbers, list) else [numbers])
    assert covered == set(TRAPS)
