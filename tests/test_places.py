"""Units, places and their codes, the document's province, bodies: what the cases in ``tests/cases`` can't say."""

from __future__ import annotations

from collections import Counter
from datetime import date

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from schemas import codes
from transforms.clean.unicode import fold_tones
from transforms.document import Article, Facts
from transforms.extract import extract, gazetteer, organisations, places, province
from transforms.extract.lexicon_files import table
from transforms.units import gazetteer as units


def read(text: str, published: date | None = date(2023, 5, 10), titled: bool = False, outlet: str | None = None) -> Facts:
    """The facts that this area adds, without the extractors around it."""
    bare = Article.from_text(text, published, titled)
    article = Article.from_parts(text, bare.paragraphs, published, outlet, "", bare.title)
    facts = Facts(dated=(published, published, "printed") if published else None)
    facts.places = places.extract(article, facts)
    facts.home = province.settle(article, facts)
    facts.places = places.resolve(article, facts)
    facts.organisations = organisations.extract(article, facts)
    return facts


def test_both_sets_are_whole() -> None:
    counts = Counter((unit.code_set, unit.level) for unit in units())
    assert counts == {
        ("2024", "province"): 63, ("2024", "district"): 696, ("2024", "commune"): 10035,
        ("2025", "province"): 34, ("2025", "commune"): 3321,
    }  # fmt: skip


def test_every_reference_leads_to_a_unit() -> None:
    known = {(unit.code, unit.code_set): unit for unit in units()}
    assert len(known) == len(units())
    for unit in units():
        assert unit.name == fold_tones(unit.name)
        assert unit.full_name.endswith(unit.name)
        assert (unit.parent_code is None) == (unit.level == "province")
        if unit.parent_code:
            assert (unit.parent_code, unit.code_set) in known
        if unit.successor_code:
            assert unit.code_set == "2024"
            assert (unit.successor_code, "2025") in known
        if unit.level == "province" and unit.code_set == "2024":
            assert unit.successor_code


@pytest.mark.parametrize(
    ("name", "code", "now"),
    [("Bắc Kạn", "06", "19"), ("Bến Tre", "83", "86"), ("Long An", "80", "80"), ("Bình Định", "52", "52")],
)
def test_provinces_of_today(name: str, code: str, now: str) -> None:
    unit = next(u for u in gazetteer.by_name()[gazetteer.unit_key(name), "province"] if u.code_set == "2024")
    assert (unit.code, gazetteer.province_now(unit.code, "2024")) == (code, now)


def test_lexicon_of_bodies_is_sound() -> None:
    tails = {"opt", "req", "none", "topic", "run", "number", "numbered", "serial", "party", "foreign", "abroad"}
    kinds = {kind.code for kind in codes.ORGANISATION_KINDS.codes} | {"="}
    for row in table("organisations.tsv"):
        assert row["tail"] in tails, row
        assert row["kind"] in kinds, row
        assert row["level"] in {"", "central", "province", "district", "commune"}, row
        assert row["name"] == fold_tones(row["name"])
    heads = {row["name"] for row in table("organisations.tsv")}
    assert {row["heads"] for row in table("body_topics.tsv")} <= heads | {""}


@pytest.mark.parametrize(
    ("text", "titled", "outlet", "wanted"),
    [
        ("Bến Tre: Ra quân trồng cây\nHội nghị bàn về công tác của tỉnh.", True, None, ("83", "title", None)),
        ("Huyện ủy Tân Trụ, Huyện ủy Bến Lức và Huyện ủy Thủ Thừa dự hội nghị của Tỉnh ủy.", False, None, ("80", "place", None)),
        ("Sáng nay, Thành ủy giao ban, nghe UBND thành phố báo cáo.", False, "VNPT Hưng Yên", ("33", "outlet", None)),
        ("Ban chấp hành họp phiên cuối năm.", False, "thaibinh.gov.vn", ("34", "outlet", None)),
        ("UBND tỉnh Bắc Giang ban hành kế hoạch; các huyện của tỉnh triển khai.", False, None, ("24", "place", None)),
        ("UBND huyện Na Rì, tỉnh Bắc Kạn khen thưởng. Huyện Na Rì về đích.", False, None, ("06", "place", "066")),
    ],
)  # fmt: skip
def test_province_is_told(text: str, titled: bool, outlet: str | None, wanted: tuple[str, str, str | None]) -> None:
    home = read(text, titled=titled, outlet=outlet).home
    assert home is not None
    assert (home.province_code, home.by, home.place_code) == wanted


@pytest.mark.parametrize(
    "text",
    [
        "Ngày 8/6, tại Hà Nội, Bộ Công an tổ chức hội nghị toàn quốc do Thủ tướng Chính phủ chủ trì.",
        "Các tỉnh Gia Lai, Kon Tum, Lâm Đồng, Thái Bình và TP. Hồ Chí Minh báo cáo Bộ Y tế.",
        "Đảng ủy xã Tân An họp giao ban.",
        "Đại hội diễn ra tại Nhật Bản.",
        "",
    ],
)
def test_no_province_is_guessed(text: str) -> None:
    assert read(text).home is None


def test_codes_follow_the_date() -> None:
    text = "UBND tỉnh Tây Ninh giao nhiệm vụ."
    before, after = read(text, date(2025, 6, 30)).places[0], read(text, date(2025, 7, 1)).places[0]
    assert (before.code, before.code_set, before.province_code_now) == ("72", "2024", "80")
    assert (after.code, after.code_set, after.province_code_now) == ("80", "2025", "80")


def test_a_body_without_unit_belongs_to_the_documents_province() -> None:
    rows = read("Bến Tre: Hội nghị cuối năm\nTỉnh ủy và Tỉnh ủy Bến Tre là một; Quốc hội thì không.", titled=True).organisations
    assert [row.body_id for row in rows] == ["tỉnh ủy@83", "tỉnh ủy@83", "quốc hội@TW"]


def test_a_body_is_read_wherever_asked() -> None:
    article = Article.from_text("Phó trưởng phòng tư pháp huyện Na Rì, nguyên cán bộ")
    assert organisations.read_body(article, 11) == (36, "Phòng Tư pháp huyện Na Rì")
    assert organisations.read_body(article, 0) is None


_WORDS = (
    "các |huyện |Tỉnh ủy |Ban |Tuyên giáo |xã |TP.|HCM|Hà Nội|, | và |Sở: |Công ty |của |Phường |15|(|)|\n| - |UBND |"
    "Nguyễn Văn An|số |Trường |Việt Nam|.|\u00a0|Q.|ủy viên |“|Chi nhánh |Bộ |Thường trực |TT|GD&ĐT|quận 1"
)
_PIECES = st.sampled_from(_WORDS.split("|"))


@settings(max_examples=150)
@given(st.lists(st.one_of(_PIECES, st.text(max_size=4)), max_size=30).map("".join))
def test_any_text_is_read_and_spans_are_exact(text: str) -> None:
    facts = read(text)
    for rows in (facts.places, facts.organisations):
        assert all(0 <= row.start_char < row.end_char <= len(text) for row in rows)
        assert [row.start_char for row in rows] == sorted(row.start_char for row in rows)
        assert len({row[:2] for row in rows}) == len(rows)
    for place in facts.places:
        if place.code:
            assert (place.code, place.code_set) in gazetteer.by_code()
        assert (place.province_code is None) == (place.province_code_now is None)


def test_units_have_codes_of_the_day_that_the_events_tell() -> None:
    text = (
        "Quảng Ninh: Hội nghị hiệp thương lần thứ hai tháng 01/2026\nLuật sửa đổi có từ ngày 24/6/2025 là căn cứ của việc này.\n"
        "Ủy ban Mặt trận Tổ quốc tỉnh Quảng Ninh tổ chức hội nghị hiệp thương tại trụ sở."
    )
    facts = extract(Article.from_text(text, titled=True))
    assert facts.dated is not None and facts.dated[0] == date(2026, 1, 1)  # before the events are known, 24/6/2025
    assert facts.home is not None and facts.home.code_set == "2025"
    assert {place.code_set for place in facts.places} == {"2025"}
