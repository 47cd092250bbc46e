"""What holds for any text that is cleaned: once is enough, composed or not is the same, and every character has a source."""

from __future__ import annotations

import unicodedata

from hypothesis import given, settings
from hypothesis import strategies as st

from schemas.errors import UndecodableError
from transforms.clean import clean
from transforms.clean.cleaning import Cleaned
from transforms.clean.decode import decode
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
pieces = st.sampled_from(LINES) | st.text("aăâđêôơưáạ &;*#\u0301\u200b\u00ad\x00\n", max_size=20)
texts = st.lists(pieces, max_size=8).map("\n".join)


def cleaned(data: bytes, media_type: str = "text/plain") -> Cleaned | None:
    try:
        return clean(RawDocument("0" * 20, "s", "a.txt", media_type, data))
    except UndecodableError as refused:
        assert refused.reason_code
        return None


@given(texts)
@settings(deadline=None)
def test_composed_and_decomposed_texts_are_cleaned_alike(text: str) -> None:
    composed = cleaned(unicodedata.normalize("NFC", text).encode())
    decomposed = cleaned(unicodedata.normalize("NFD", text).encode())
    assert (composed and composed.document.text) == (decomposed and decomposed.document.text)


@given(texts)
@settings(deadline=None)
def test_decoding_and_mending_what_was_cleaned_changes_nothing(text: str) -> None:
    once = cleaned(text.encode())
    if once is not None:
        again = decode(once.document.text.encode())
        assert again.text == once.document.text
        assert mend(again.text).text == once.document.text


@given(texts, st.data())
@settings(deadline=None)
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
