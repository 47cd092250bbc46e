"""Unicode repair: cases as data, what must never change, and the foldings."""

from __future__ import annotations

import gzip
import json
import unicodedata
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from transforms.clean.syllables import is_syllable, syllables
from transforms.clean.unicode import fold_key, fold_tones, mend

CASES = json.loads((Path(__file__).parent / "cases" / "unicode.json").read_text(encoding="utf-8"))
ODD = (
    "12aăâeêôơưyđĐÐðƣǎА`´\u0300\u0301\u0323\u0302\u031b\u200b"
    "\u200d\u00ad\u00a0\ufeff\uf0b7\x00\x0b\x85\x93\ud800\u2028 \nhHnN가\u1100\u1161"
)
any_text = st.text() | st.text(ODD, max_size=40)


def parameters() -> list[Any]:
    return [
        pytest.param(case, id=case["label"].replace(" ", "_"),
                     marks=[pytest.mark.xfail(strict=True, reason=case["reason"])] if case["expect"] == "xfail" else [])
        for case in CASES
    ]  # fmt: skip


@pytest.mark.parametrize("case", parameters())
def test_case(case: dict[str, Any]) -> None:
    mended = mend(case["text"])
    assert mended.text == case["mended"]
    assert list(mended.repairs) == case["repairs"]


@given(any_text)
def test_mending_twice_changes_nothing_more(text: str) -> None:
    once = mend(text).text
    assert mend(once).text == once


@given(any_text)
def test_composed_and_decomposed_texts_give_the_same(text: str) -> None:
    assert mend(unicodedata.normalize("NFC", text)).text == mend(unicodedata.normalize("NFD", text)).text


@given(any_text)
def test_mended_text_can_be_stored_and_holds_nothing_invisible(text: str) -> None:
    mended = mend(text).text
    mended.encode("utf-8")
    assert unicodedata.is_normalized("NFC", mended)
    assert not [c for c in mended if unicodedata.category(c) in ("Cc", "Co", "Cs") and c not in "\n\t\r"]


@given(any_text)
def test_every_character_leads_back_to_what_it_was_made_of(text: str) -> None:
    mended = mend(text)
    reached = 0
    for position, character in enumerate(mended.text):
        start, end = mended.offsets.to_input(position, position + 1)
        assert 0 <= start <= end <= len(text)
        assert start >= reached or end >= reached
        reached = max(reached, start)
        if character.isdecimal() and character.isascii():
            assert character in text[start:end]


def test_a_letter_and_its_marks_lead_back_together() -> None:
    text = "\ufeffBô\u0323 Nô\u0323i vu\u0323"
    mended = mend(text)
    start = mended.text.index("Nội")
    assert text[slice(*mended.offsets.to_input(start, start + 3))] == "Nô\u0323i"


@given(any_text.map(lambda text: unicodedata.normalize("NFC", text)))
def test_folding_tones_keeps_every_position(text: str) -> None:
    folded = fold_tones(text)
    assert len(folded) == len(text)
    assert fold_tones(folded) == folded


@given(any_text)
def test_keys_are_stable(text: str) -> None:
    assert fold_key(fold_key(text)) == fold_key(text)


@pytest.mark.parametrize(
    ("written", "folded"),
    [
        ("Thuỷ", "Thủy"), ("HOÀ", "HÒA"), ("Hoà", "Hòa"), ("khoẻ", "khỏe"), ("uỷ", "ủy"), ("Uỵ", "Ụy"), ("goá", "góa"),
        ("quý", "quý"), ("Quỳ", "Quỳ"), ("quỷ", "quỷ"), ("Quỳnh", "Quỳnh"), ("giữ", "giữ"), ("toàn", "toàn"), ("hoài", "hoài"),
        ("thuyền", "thuyền"), ("huýt", "huýt"), ("ngoằn", "ngoằn"), ("thuở", "thuở"), ("mía", "mía"),
    ],
)  # fmt: skip
def test_only_open_syllables_are_folded(written: str, folded: str) -> None:
    assert fold_tones(written) == folded


def test_both_placements_have_one_key() -> None:
    assert fold_key("UỶ  BAN ") == fold_key("Ủy ban") == fold_key(unicodedata.normalize("NFD", "uỷ\u00a0ban")) == "ủy ban"


@pytest.mark.parametrize("word", ["nghiêng", "khuya", "quốc", "giếng", "gì", "Gia", "yêu", "uống", "thuở", "quýt", "khuỷu"])
def test_syllables(word: str) -> None:
    assert is_syllable(word)
    assert is_syllable(word.upper())


@pytest.mark.parametrize(
    "word", ["Héi", "tæng", "nghiÖp", "hoäi", "ngê", "kà", "catè", "sựć", "café", "thànǵ", "qà", "ê̂", "", "Müller"]
)
def test_no_syllables(word: str) -> None:
    assert not is_syllable(word)


def test_the_inventory_is_closed_under_tone_placement() -> None:
    assert {fold_tones(form) for form in syllables()} <= syllables()


@pytest.mark.corpus
def test_real_articles_are_left_as_they_are(shared: Path) -> None:
    changed = 0
    words = good = 0
    with gzip.open(shared / "corpus" / "articles.jsonl.gz") as lines:
        for line in lines:
            text = json.loads(line)["text"]
            changed += mend(text).text != text.replace("\u00a0", " ")
            if words < 200_000:
                accented = [w for w in text.split() if w.isalpha() and not w.isascii() and w.islower()]
                words += len(accented)
                good += sum(map(is_syllable, accented))
    assert changed <= 10
    assert good > 0.998 * words
