"""What holds for any text that is cleaned: once is enough, composed or not is the same, and every character has a source."""

from __future__ import annotations

import unicodedata

from hypothesis import assume, example, given, settings
from hypothesis import strategies as st

from schemas.codes import MEDIA_TYPES
from schemas.errors import UndecodableError
from transforms.clean import captions, clean, html, letters, mojibake, repeats
from transforms.clean.capitals import may_be_lowered
from transforms.clean.cleaning import Cleaned
from transforms.clean.datelines import is_dateline, may_be_dateline
from transforms.clean.decode import decode
from transforms.clean.furniture import furniture, furniture_role
from transforms.clean.openings import first_word
from transforms.clean.unicode import mend
from transforms.document import RawDocument
from transforms.trace import trace

LINES = """Hội nghị tổng kết công tác năm của Đảng bộ xã Tân Lập
Sáng 05/7, tại hội trường Ủy ban nhân dân huyện, đồng chí phát biểu.
Ðồng chí  Bí thư\u00a0Huyện uỷ nêu rõ:
HộI NGHị TổNG KếT
<p>Kết quả&nbsp;đạt được</p>
* **Một** là
Há»™i nghá»‹ tá»•ng káº¿t
Héi nghÞ tæng kÕt n¨m cña tØnh
\u200b\ufeff
Tin, ảnh: Hoài An

05/07/2024 | 12
&#272;ại h&#7897;i
\uf0b7 Hai là""".splitlines()
PARAGRAPHS = """Sáng 5/7, Hội Nông dân xã Bình Lộc tổ chức hội nghị sơ kết phong trào sản xuất giỏi sáu tháng đầu năm.
Trong sáu tháng, toàn xã có 120 hộ thoát nghèo; thu nhập bình quân đạt 45 triệu đồng một người, tăng gấp rưỡi so với năm trước.
Ông Bùi Văn An, Chủ tịch Hội Nông dân xã, cho biết bà con sẽ tiếp tục trồng lúa nếp trên đất cao và nuôi cá ở đất trũng.
Kết quả ấy là nhờ sự cố gắng của cán bộ và nhân dân trong toàn huyện, nhất là ở những thôn xa trung tâm.
Bên cạnh đó vẫn còn hạn chế: một số hộ chưa vay được vốn, đường vào ruộng còn khó đi trong mùa mưa.
Thời gian tới, Hội sẽ mở thêm 3 lớp tập huấn cho 150 hội viên, hoàn thành trước ngày 30/9.
Hội nghị đã trao giấy khen cho 12 hộ tiêu biểu và tặng quà cho 5 gia đình có hoàn cảnh khó khăn.""".splitlines()
# Beginnings that the patterns of cleaning know, of bylines, captions, datelines and furniture, and of none.
OPENINGS = [
    *(phrase for role in ("boilerplate", "related", "heading") for phrase, told in furniture().whole.items() if told == role),
    *"""Quang cảnh buổi lễ; Toàn cảnh hội nghị; Một số hình ảnh tại hội nghị; Ảnh minh họa; Hình: Mai Lan; Các đại biểu dự lễ
    Đồng chí Bùi An phát biểu tại hội nghị; Đ/c Bùi An trao quà; Trụ sở xã Bình Lộc; Một góc phố Bình Lộc; Ông Bùi An
    Nguyên Bí thư Bùi An; Thứ sáu; Chủ nhật; Ngày đăng; T6,; CN; Đăng lúc; Lượt xem: 12; Số lượt đọc 5; BBT
    Lào Cai, ngày 5 tháng 7 năm 2024; Tin; Theo TTXVN; Viết bởi Mai Lan; By Mai Lan; Nguồn; Hôm nay; Sáng 5/7
    Đại biểu dự lễ. Ảnh: Hà Vân; Kết quả (hình: Hà Vân); Bản quyền; © Báo; All rights reserved; Ghi rõ nguồn khi dùng lại
    GHI RÕ NGUỒN""".replace("\n", ";").split(";"),
]


def damaged(data: bytes) -> st.SearchStrategy[bytes]:
    """The same bytes, cut somewhere, with a few others put in."""
    return st.builds(
        lambda at, junk, end: (data[:at] + junk + data[at:])[: max(1, end)],
        st.integers(0, max(1, len(data))), st.binary(max_size=6), st.integers(1, len(data) + 6),
    )  # fmt: skip


pieces = st.sampled_from(LINES) | st.text("aăâđêôơưáạ &;*#\u0301\u200b\u00ad\x00\n", max_size=20)
texts = st.lists(pieces, max_size=8).map("\n".join)


def cleaned(data: bytes, media_type: str = "text/plain") -> Cleaned | None:
    try:
        return clean(RawDocument("0" * 20, "s", "a.txt", media_type, data))
    except UndecodableError as refused:
        assert refused.reason_code
        return None


@given(texts)
@example("# \ná*a")  # a mark that stands by itself is within a word, too
def test_composed_and_decomposed_texts_are_cleaned_alike(text: str) -> None:
    composed = cleaned(unicodedata.normalize("NFC", text).encode())
    decomposed = cleaned(unicodedata.normalize("NFD", text).encode())
    assert (composed and composed.document.text) == (decomposed and decomposed.document.text)


@given(texts)
@example("Héi nghÞ tæng kÕt n¨m cña tØnh\na\xad\na\xad\na\xad")  # soft hyphens are letters of TCVN3, too
def test_decoding_and_mending_what_was_cleaned_changes_nothing(text: str) -> None:
    once = cleaned(text.encode())
    if once is not None:
        again = decode(once.document.text.encode())
        assert again.text == once.document.text
        assert mend(again.text).text == once.document.text


@given(texts)
def test_what_is_cleaned_again_keeps_its_lines_letter_for_letter(text: str) -> None:
    """A line may be left out the second time, where what it stood beside (markup, a caption) is gone; none is changed.

    Not so where soft hyphens are taken out, which are the letter ư in TCVN3: a few words without them may be told to be such;
    nor where the mark of a heading comes to stand first: then it is read as one.
    """
    assume("\xad" not in text)
    once = cleaned(text.encode())
    if once is not None and (again := cleaned(once.document.text.encode())) is not None:
        assume(not once.document.text.startswith("# "))
        assert set(again.document.text.split("\n")) <= set(once.document.text.split("\n"))


@given(st.lists(st.sampled_from(PARAGRAPHS), min_size=2, max_size=9, unique=True))
def test_a_plain_article_is_its_own_cleaning(paragraphs: list[str]) -> None:
    text = "\n".join(["Xã Bình Lộc sơ kết phong trào nông dân sản xuất giỏi", *paragraphs])
    once = cleaned(text.encode())
    assert once is not None and once.document.text == text


@given(st.binary(max_size=400) | texts.map(str.encode).flatmap(damaged), st.sampled_from(MEDIA_TYPES.values))
@settings(max_examples=300)
def test_any_bytes_are_cleaned_or_refused_with_a_reason(data: bytes, media_type: str) -> None:
    found = cleaned(data, media_type)
    if found is not None:
        document = found.document
        for block in document.blocks:
            assert found.decoded_text[block.raw_start : block.raw_end] == block.raw_text
        assert document.text == "\n".join(document.text[p.start : p.end] for p in document.paragraphs)
        assert not set(document.text) & set(map(chr, [*range(10), *range(11, 32), 0x200B, 0xFEFF, 0xAD]))


@given(st.text(max_size=60) | texts)
def test_one_look_tells_what_the_closer_ones_would(text: str) -> None:
    seen = letters.look(text)
    if not seen & letters.MISREAD:
        assert not mojibake.ODD.search(text)
    if not seen & letters.UNSOUND:
        assert unicodedata.is_normalized("NFC", text)
        assert mend(text).text == text or may_be_lowered(text)
    if not seen & letters.UNEVEN:
        assert not may_be_lowered(text)


FURNITURE = (
    '<ul class="menu"><li><a href="/a">Tin tức</a></li><li><a href="/b">Văn bản</a></li></ul>',
    '<div class="sidebar"><div class="item"><a href="/c"><img src="c.jpg"><h3>Xã Bình Lộc họp dân</h3></a></div></div>',
    '<footer><p title="Bản quyền">Bản quyền thuộc UBND xã Bình Lộc</p></footer>',
)
PIECES = st.sampled_from(
    ["", "<br>", "<img src=a>", "<a href=x>", "</a>", "</div>", "</ul>", "<p title='", '<b class="', '">', "<!--"]
)


@given(st.lists(st.tuples(PIECES, st.sampled_from(FURNITURE), PIECES), max_size=4))
@settings(deadline=None)
def test_what_pages_have_in_common_is_read_as_on_a_page_of_its_own(parts: list[tuple[str, str, str]]) -> None:
    body = f"<p>{PARAGRAPHS[0]}</p>".join(before + furniture + after for before, furniture, after in parts)
    page = f"<html><body><h1>Xã Bình Lộc họp dân</h1><p>{PARAGRAPHS[1]}</p>{body}<p title='x'>{PARAGRAPHS[2]}</p></body></html>"
    repeats.forget()
    first = html.segment(page, 0, len(page), set(), True, True)
    for _ in range(3):
        assert html.segment(page, 0, len(page), set(), True, True) == first


@given(st.sampled_from(OPENINGS), st.sampled_from(["", " ", ":", ": ", " họp", " 05/7/2024", " của Báo Lào Cai.", " - Mai Lan"]))
def test_no_line_is_told_by_what_its_first_word_rules_out(opening: str, rest: str) -> None:
    """What a look at the first word rules out, the full patterns don't find either."""
    line = (opening + rest).strip()
    first = first_word(line)
    if not first or " " not in line:
        return
    assert captions.may_open_a_caption(first) or not captions.opens_like_a_caption(line)
    assert captions.may_show_a_scene(first, line) or not captions.shows_a_scene(line)
    assert captions.may_name_a_sight_or_person(first) or not (captions.names_a_sight(line) or captions.names_a_person(line))
    assert captions.may_name_photographer(line) or not captions.ends_with_photographer(line)
    assert may_be_dateline(first, line) or not is_dateline(line)
    assert furniture().may_be(first, line) or "://" in line or not furniture_role(line)


@given(texts, st.data())
def test_any_span_leads_to_the_bytes_it_was_made_of(text: str, data: st.DataObject) -> None:
    raw = RawDocument("0" * 20, "s", "a.txt", "text/plain", text.encode())
    once = cleaned(raw.data)
    if once is None or not once.document.text:
        return
    start = data.draw(st.integers(0, len(once.document.text) - 1))
    end = data.draw(st.integers(start + 1, len(once.document.text)))
    found = trace(raw, start, end)
    assert found.surface == once.document.text[start:end]
    first, last = found.raw_bytes
    assert 0 <= first <= last <= len(raw.data)
    letters = [c for c in found.surface if c.isascii() and c.isdigit()]
    assert "".join(letters) in "".join(c for c in raw.data[first:last].decode("latin-1") if c.isdigit()) or "&" in text
