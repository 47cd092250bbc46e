"""Decoding: cases as data, round trips through every encoding, other implementations as oracles, spans to bytes, bad input."""

from __future__ import annotations

import contextlib
import gzip
import json
import random
import shutil
import subprocess
import unicodedata
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from schemas.errors import UndecodableError
from transforms.clean import charsets, viqr
from transforms.clean.decode import byte_span, decode, known
from transforms.clean.mojibake import repair

HERE = Path(__file__).parent
CASES = json.loads((HERE / "cases" / "encodings.json").read_text(encoding="utf-8"))
LEGACY = (*charsets.NAMES, "viqr")
WIDE = ("utf-16", "utf-16-le", "utf-16-be", "utf-32", "utf-32-le", "utf-32-be")
# What no older encoding has, as its users wrote it.
TYPED = {ord(a): b for a, b in zip("“”„‘’–—…•\u00a0", ['"', '"', '"', "'", "'", "-", "-", "...", "*", " "], strict=True)}
NEWS = """Ủy ban nhân dân huyện Phú Bình tổ chức hội nghị sơ kết 6 tháng đầu năm. Đồng chí Vũ Thị Hường, Phó Chủ tịch, chủ trì.
Theo báo cáo, toàn huyện có 1.250 hộ thoát nghèo; thu ngân sách đạt 84,5% dự toán. Kỷ luật, kỷ cương được giữ vững ở các xã.
ĐẠI HỘI ĐẢNG BỘ QUÝ IV: “Xây dựng nông thôn mới” – ý nghĩa và kết quả… Những khuyết điểm, yếu kém cần sớm khắc phục."""


def own_texts() -> list[str]:
    texts = [NEWS]
    texts += [json.loads(path.read_text(encoding="utf-8"))["text"] for path in sorted((HERE / "gold" / "own").glob("*.json"))]
    for path in sorted((HERE.parent / "samples" / "news").iterdir()):
        if path.suffix in (".txt", ".md", ".html"):
            with contextlib.suppress(UnicodeDecodeError):  # one of them is no text
                texts.append(path.read_text(encoding="utf-8-sig"))
    return [unicodedata.normalize("NFC", text) for text in texts if len(text) >= 200]


def typable(text: str, encoding: str) -> str:
    """The text with what the encoding has; for TCVN3 its accented capitals made small."""
    text = unicodedata.normalize("NFC", text.translate(TYPED))
    if encoding == "viqr":
        letters = {letter for _, letter in charsets.rows("viqr")}
        return "".join(c for c in text if c < "\x80" or c in letters)
    kept = []
    capitals = {letter for _, letter in charsets.rows("tcvn3")}
    for character in text:
        # Where its fonts have no letter, TCVN3 shows that of Windows: nobody types a capital Ú so.
        lowered = encoding == "tcvn3" and character > "\x80" and character.isupper() and character not in capitals
        for candidate in (character.lower(),) if lowered else (character, character.lower()):
            try:
                charsets.write(candidate, encoding)
            except UnicodeEncodeError:
                continue
            kept.append(candidate)
            break
    return "".join(kept)


def written(text: str, encoding: str) -> bytes:
    return viqr.write(text).encode("ascii") if encoding == "viqr" else charsets.write(text, encoding)


def misread(text: str, encoding: str) -> str:
    """UTF-8 read in another encoding, with a control character for each byte that it leaves open."""
    if encoding == "latin-1":
        return text.encode().decode("latin-1")
    return "".join(bytes([b]).decode("cp1252", "ignore") or chr(b) for b in text.encode())


def parameters() -> list[Any]:
    return [pytest.param(case, id=case["label"].replace(" ", "_")) for case in CASES]


@pytest.mark.parametrize("case", parameters())
def test_case(case: dict[str, Any]) -> None:
    data = case["utf8"].encode() if "utf8" in case else case["raw"].encode("cp1252" if "–" in case["raw"] else "latin-1")
    arguments = (data, case.get("declared"), case.get("media_type", "text/plain"))
    if "reason" in case:
        with pytest.raises(UndecodableError) as refused:
            decode(*arguments)
        assert refused.value.reason_code == case["reason"]
        return
    found = decode(*arguments)
    assert (found.text, found.encoding, list(found.repairs)) == (case["text"], case["encoding"], case["repairs"])


@pytest.mark.parametrize("encoding", LEGACY)
def test_round_trip_of_own_texts(encoding: str) -> None:
    for text in own_texts():
        wanted = typable(text, encoding)
        found = decode(written(wanted, encoding))
        assert found.encoding == encoding
        assert found.text == wanted
        assert found.repairs == ("legacy_encoding",)


@pytest.mark.parametrize("encoding", WIDE)
def test_round_trip_of_wide_encodings(encoding: str) -> None:
    for text in own_texts():
        found = decode(text.encode(encoding))
        assert (found.text, found.encoding) == (text, encoding[:6])


@pytest.mark.parametrize("times", [1, 2, 3])
@pytest.mark.parametrize("encoding", ["cp1252", "latin-1"])
def test_misread_utf8_is_made_whole(encoding: str, times: int) -> None:
    for text in own_texts():
        broken = text
        for _ in range(times):
            broken = misread(broken, encoding)
        assert decode(broken.encode()).text == text


@pytest.mark.parametrize("encoding", ["tcvn3", "vni", "viscii", "vps", "windows-1258"])
def test_older_encodings_pasted_into_unicode(encoding: str) -> None:
    wanted = typable(NEWS, encoding)
    shown = written(wanted, encoding).decode("latin-1")
    assert repair(shown).text == wanted
    assert repair("\u2192 " + shown).text == "\u2192 " + wanted
    found = decode((shown + "\nBản quyền thuộc Cổng thông tin điện tử").encode())
    assert found.text == wanted + "\nBản quyền thuộc Cổng thông tin điện tử"
    assert found.repairs == ("legacy_encoding", "mixed_encoding")


@pytest.mark.parametrize("encoding", ["tcvn3", "vni", "viscii", "vps", "windows-1258"])
def test_two_encodings_in_one_file(encoding: str) -> None:
    wanted = typable(NEWS, encoding)
    footer = "Bản quyền thuộc Cổng thông tin điện tử tỉnh"
    for text, data in (
        (wanted + "\n" + footer, written(wanted, encoding) + b"\n" + footer.encode()),
        (footer + "\r\n" + wanted, footer.encode() + b"\r\n" + written(wanted, encoding)),
    ):
        found = decode(data)
        assert found.text == text
        assert found.repairs == ("legacy_encoding", "mixed_encoding")
        start = found.text.index("thông tin")
        assert data[slice(*byte_span(data, found.encoding, start, start + 9))].decode() == "thông tin"


@pytest.mark.parametrize("name", ["viscii", "tcvn5712"])
def test_tables_agree_with_iconv(name: str) -> None:
    if shutil.which("iconv") is None:
        pytest.skip("needs the iconv command")
    label = {"viscii": "VISCII", "tcvn5712": "TCVN5712-1"}[name]
    compared = 0
    for byte in range(256):
        command = ["iconv", "-f", label, "-t", "UTF-8"]
        done = subprocess.run(command, input=bytes([byte]) + b"  ", capture_output=True, check=False)
        if done.returncode:
            if b"not supported" in done.stderr or b"unknown" in done.stderr:
                pytest.skip(f"this iconv does not know {label}")
            continue
        theirs = done.stdout.decode()[:-2]
        if byte > 0x20 or theirs > "\x7f":
            if theirs == "\u00a0":
                continue
            assert charsets.read(bytes([byte]), name) == theirs, hex(byte)
            compared += 1
    assert compared > 200


def test_windows_1258_agrees_with_python() -> None:
    data = bytes(range(256))
    assert [charsets.read(bytes([b]), "windows-1258") for b in data] == list(data.decode("cp1258", "replace"))
    text = typable(NEWS, "windows-1258")
    assert unicodedata.normalize("NFC", written(text, "windows-1258").decode("cp1258")) == text


@pytest.mark.parametrize("name", ["tcvn3", "vni", "viscii", "vps"])
def test_tables_agree_with_a_library(name: str) -> None:
    viparse = pytest.importorskip("viparse", reason="needs viparse, a library with tables of its own")
    text = typable(NEWS, name)
    shown = written(text, name).decode("cp1252" if name in ("tcvn3", "vni") else "latin-1")
    assert viparse.fix(shown, encoding=name) == text


@given(st.data())
def test_spans_lead_to_the_bytes_they_were_read_from(data: st.DataObject) -> None:
    encoding = data.draw(st.sampled_from([*LEGACY, *WIDE, "utf-8", "utf-8-sig"]))
    wanted = NEWS if encoding.startswith("utf") else typable(NEWS, encoding)
    raw = wanted.encode(encoding) if encoding.startswith("utf") else written(wanted, encoding)
    found = decode(raw)
    start = data.draw(st.integers(0, len(wanted) - 1))
    end = data.draw(st.integers(start + 1, len(wanted)))
    first, last = byte_span(raw, found.encoding, start, end)
    part = raw[first:last]
    if encoding.startswith("utf"):
        codec = {"utf-16": "utf-16-le", "utf-32": "utf-32-le", "utf-8-sig": "utf-8"}.get(encoding, encoding)
        assert part.decode(codec) == wanted[start:end]
    elif encoding == "viqr":
        assert viqr.apply_edits(part.decode(), viqr._escaped(part.decode())) == wanted[start:end]
    else:
        assert charsets.read(part, encoding) == wanted[start:end]


def test_spans_of_a_repaired_text_lead_to_the_broken_bytes() -> None:
    data = b"\xef\xbb\xbf" + misread(misread(NEWS, "cp1252"), "cp1252").encode() + b"\n\xff!"
    found = decode(data)
    assert found.text == NEWS + "\n\ufffd!"
    assert found.repairs == ("bad_bytes", "bom", "mojibake")
    start = NEWS.index("Hường")
    part = data[slice(*byte_span(data, "utf-8", start, start + 5))]
    assert part == misread(misread("Hường", "cp1252"), "cp1252").encode()
    assert data[slice(*byte_span(data, "utf-8", len(found.text) - 2, len(found.text)))] == b"\xff!"


PIECES = [
    NEWS.encode(), NEWS.encode("utf-16"), charsets.write(typable(NEWS, "tcvn3"), "tcvn3")[:90],
    b"\n", b"\r", b"\xff", b"\0", b"\xe1\xbb", charsets.write(typable(NEWS, "vni"), "vni")[:90],
    viqr.write("Hội nghị tổng kết năm ở đường")[:60].encode(), b"\xef\xbb\xbf",
    misread(NEWS, "cp1252").encode()[:120], b"\xff\xfe", b"\xfe\xff", b"\xff\xfe\0\0", b"<p>&#7897;", b"H\xe9i ngh\xde",
]  # fmt: skip


@given(st.binary(max_size=200) | st.lists(st.binary(max_size=6) | st.sampled_from(PIECES), max_size=6).map(b"".join))
def test_no_bytes_raise_anything_else_and_all_spans_are_in_order(data: bytes) -> None:
    try:
        found = decode(data)
    except UndecodableError as refused:
        assert refused.reason_code in ("binary", "undecodable", "empty", "ambiguous_encoding")
        return
    assert decode(data) == found
    found.text.encode()
    reached = 0
    for position in range(0, len(found.text), max(1, len(found.text) // 20)):
        start, end = byte_span(data, found.encoding, position, position + 1)
        assert reached <= start <= end <= len(data)
        reached = start
    assert byte_span(data, found.encoding, 0, len(found.text))[1] <= len(data)


@given(st.text("aáâàăđêếôộơưøùûõïåäëéèöñæóòµ¸·®¨©ª«¬­ÃÂÄÆ»ºâ€™ \n", max_size=60))
def test_repair_leads_back(text: str) -> None:
    repaired = repair(text)
    if repaired.offsets is None:
        assert repaired.text == text
        return
    assert repaired.repairs
    reached = 0
    for position in range(len(repaired.text)):
        start, end = repaired.offsets.to_input(position, position + 1)
        assert reached <= start <= end <= len(text)
        reached = start


def test_short_texts_are_right_or_refused() -> None:
    """Whatever stretch is cut out of a text in an older encoding, it is read as it was or refused, never read as another."""
    random.seed(1)
    for encoding in charsets.NAMES:
        text = " ".join(typable(NEWS, encoding).split())
        refused = 0
        for length in (8, 15, 30, 60):
            for _ in range(25):
                start = random.randrange(len(text) - length)
                wanted = text[start : start + length]
                data = written(wanted, encoding)
                try:
                    found = decode(data, encoding if random.random() < 0.3 else None)
                except UndecodableError as error:
                    assert error.reason_code in ("ambiguous_encoding", "undecodable", "empty")
                    refused += 1
                    assert length < 60 or encoding in ("viscii", "vps")
                    continue
                assert found.text == wanted or sum(b > 0x7F for b in data) <= 2, (encoding, wanted, found)
        assert refused < 70


def test_a_declared_charset_decides_where_the_evidence_is_thin() -> None:
    data = charsets.write("xã Đạ Long", "viscii")
    with pytest.raises(UndecodableError, match="too little"):
        decode(charsets.write("xã Đa", "viscii"))
    assert decode(data, "viscii").text == "xã Đạ Long"


@pytest.mark.parametrize(
    ("label", "encoding"),
    [("UTF8", "utf-8"), ("windows_1258", "windows-1258"), ("x-viet-vps", "vps"), (" Latin1 ", "latin-1"), ("Big5", None)],
)
def test_labels(label: str, encoding: str | None) -> None:
    assert known(label) == encoding


@pytest.mark.parametrize(
    "data",
    [
        (NEWS.replace("\n", " ") + " ").encode() * 12_000,
        written(typable(NEWS.replace("\n", " "), "vni"), "vni") * 12_000,
        (misread(NEWS, "cp1252").replace("\n", " ") + " ").encode() * 4_000,
        NEWS.encode() * 5_000 + b"\xff\xe1",
        b"\xc3\xc3" * 1_000_000,
        b"a^" * 2_000_000,
        "Ã ".encode() * 1_000_000,
        b"\0a" * 1_000_000,
        b"<" * 2_000_000 + b"\xe9",
        b"\n\xe9" * 500_000,
    ],
    ids=["utf-8", "vni", "mojibake", "one bad byte", "bad bytes", "marks", "lost spaces", "nuls", "tags", "lines"],
)
def test_hostile_long_lines_are_decoded_or_refused_with_a_reason(data: bytes) -> None:
    try:
        assert decode(data).text
    except UndecodableError as refused:
        assert refused.reason


def corpus(shared: Path, step: int) -> Iterator[str]:
    with gzip.open(shared / "corpus" / "articles.jsonl.gz") as lines:
        for number, line in enumerate(lines):
            if number % step == 0:
                yield json.loads(line)["text"]


@pytest.mark.corpus
def test_no_unicode_article_is_taken_for_another_encoding(shared: Path) -> None:
    for text in corpus(shared, 1):
        found = decode(text.encode())
        assert (found.text, found.encoding, found.repairs) == (text, "utf-8", ())


@pytest.mark.corpus
@pytest.mark.parametrize("encoding", LEGACY)
def test_round_trip_of_real_texts(shared: Path, encoding: str) -> None:
    texts = [path.read_bytes().decode("utf-8", "ignore") for path in sorted((shared / "samples").iterdir())]
    texts += corpus(shared, 60)
    for text in texts:
        if len(text) >= 200:
            wanted = typable(text, encoding)
            assert decode(written(wanted, encoding)).text == wanted
