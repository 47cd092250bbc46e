"""From bytes to text: which encoding a document is in, and which bytes each character came from.

What is certain goes first (byte order marks, well-formed UTF-8, the zero bytes of UTF-16); then evidence decides: under the right
encoding nearly every word with an accent is a Vietnamese syllable, under a wrong one hardly any. What stays open is refused
with a reason, never turned into nonsense.
"""

from __future__ import annotations

import codecs
import re
from collections.abc import Callable
from typing import NamedTuple

from schemas.errors import UndecodableError
from transforms.clean import mojibake
from transforms.clean.charsets import NAMES, VARIANTS, table
from transforms.clean.syllables import is_syllable
from transforms.offsets import Edit, OffsetMap, apply_edits

Span = Callable[[int, int], tuple[int, int]]
_BOMS = (
    (b"\xff\xfe\0\0", "utf-32"),
    (b"\0\0\xfe\xff", "utf-32"),
    (b"\xef\xbb\xbf", "utf-8"),
    (b"\xff\xfe", "utf-16"),
    (b"\xfe\xff", "utf-16"),
)
# PNG, JPEG, GIF, PDF, ZIP and Office, old Office, gzip, ELF, RIFF, RTF.
_MAGIC = (
    b"\x89PNG", b"\xff\xd8\xff", b"GIF8", b"%PDF-", b"PK\x03\x04", b"\xd0\xcf\x11\xe0", b"\x1f\x8b", b"\x7fELF", b"RIFF",
    b"{\\rtf",
)  # fmt: skip
_SAMPLE = 65_536  # bytes of evidence, from the beginning and from the middle
_WORD = re.compile(r"[^\W\d_]+")
_TAG = re.compile(rb"<[^<>]{0,2000}>")
_HIGH = re.compile(rb"[\x80-\xff]")
_CHARSET = re.compile(rb"(?:charset|encoding)\s*=\s*[\"']?\s*([A-Za-z0-9_.:-]{3,30})", re.IGNORECASE)
_SURE, _FAIR = 0.9, 0.75  # share of accented words that are syllables
_APART = 0.12  # by how much the best encoding must lead where few words speak
_FEW, _ENOUGH = 2, 8  # words
_VIETNAMESE = 0.3  # share of words with an accent: above it in any Vietnamese text, below it in any Western one
_ALIASES = {
    "utf8": "utf-8", "utf-8": "utf-8", "utf-16": "utf-16", "utf16": "utf-16", "unicode": "utf-16", "utf-32": "utf-32",
    "windows-1258": "windows-1258", "cp1258": "windows-1258", "x-viet-vps": "vps", "vps": "vps", "viqr": "viqr",
    "viscii": "viscii",
    "x-viet-tcvn": "tcvn3", "x-viet-tcvn5712": "tcvn3", "tcvn": "tcvn3", "tcvn-5712": "tcvn3", "tcvn3": "tcvn3",
    "x-viet-vni": "vni", "vni": "vni", "iso-8859-1": "latin-1", "latin1": "latin-1", "windows-1252": "latin-1",
    "cp1252": "latin-1", "us-ascii": "latin-1",
}  # fmt: skip
_VIQR_MARKS = "^(+*'`?~.dD\\"
_VIQR_WORD = re.compile(r"[A-Za-z^(+*'`?~.]{2,24}")
_VIQR_CERTAIN = re.compile(r"[aeoAEO]\^|[aA]\(|[oOuU][+*]|[aeiouyAEIOUY]['`~][a-z]|^dd|^DD|^Dd")
# A word of capitals among whose letters are accented small ones: with two plain capitals, or before or after such words.
_LETTERS = r"(?:[A-Z]|[^\x00-\x7f\W\d_])"
_CAPITALS = re.compile(rf"(?<![^\W\d_])(?={_LETTERS}*[A-Z]{_LETTERS}*[A-Z]){_LETTERS}+(?![^\W\d_])")
_UPPER = "A-ZÀÁẢÃẠĂẰẮẲẴẶÂẦẤẨẪẬÈÉẺẼẸÊỀẾỂỄỆÌÍỈĨỊÒÓỎÕỌÔỒỐỔỖỘƠỜỚỞỠỢÙÚỦŨỤƯỪỨỬỮỰỲÝỶỸỴĐ"
_BETWEEN = re.compile(
    rf"(?:(?<=[{_UPPER}]{{2}} )|(?<=^)){_LETTERS}+(?= [{_UPPER}]{{2}})|(?<=[{_UPPER}]{{2}} ){_LETTERS}+(?=[.,;:]?$)", re.MULTILINE
)


class Decoded(NamedTuple):
    """The text of a document. ``encoding`` and ``repairs`` are codes of ``schemas.codes``; ``confidence`` is from 0 to 1."""

    text: str
    encoding: str
    repairs: tuple[str, ...]
    declared: str | None
    confidence: float


def decode(data: bytes, declared: str | None = None, media_type: str = "text/plain") -> Decoded:
    """Find the encoding of a document and decode it. ``declared`` is a charset told from outside, None to look for one inside.

    Raises UndecodableError (``empty``, ``binary``, ``undecodable``, ``ambiguous_encoding``) for what can't become a text.

    >>> decode("Hội nghị".encode()).encoding
    'utf-8'
    >>> decode(b"H\\xe9i ngh\\xde t\\xe6ng k\\xd5t n\\xa8m 2003")[:2]
    ('Hội nghị tổng kết năm 2003', 'tcvn3')
    """
    told = _declared(data, declared, media_type)
    encoding, confidence = _detect(data, told)
    text, _, repairs = _read(data, encoding)
    if not text or text.isspace() or not any(c.isprintable() and not c.isspace() for c in text[:4096].strip() or text):
        raise UndecodableError("empty", "no visible character")
    if encoding not in ("utf-8", "utf-16", "utf-32", "latin-1"):
        repairs.add("legacy_encoding")
    if told is not None and told != encoding and not (data.isascii() and encoding != "viqr"):
        repairs.add("wrong_charset")
    return Decoded(text, encoding, tuple(sorted(repairs)), told, confidence)


def byte_span(data: bytes, encoding: str, start: int, end: int) -> tuple[int, int]:
    """The bytes that decode to ``text[start:end]`` of ``decode(data).text``; ``encoding`` as ``decode`` gave it.

    >>> byte_span("Hội".encode(), "utf-8", 1, 2), byte_span(b"H\\xe9i", "tcvn3", 1, 2)
    ((1, 4), (1, 2))
    """
    _, span, _ = _read(data, encoding)
    return span(start, end)


def _declared(data: bytes, declared: str | None, media_type: str) -> str | None:
    if declared is None and media_type == "text/html":
        found = _CHARSET.search(data[:4096])
        declared = found[1].decode("ascii") if found else None
    return _ALIASES.get(declared.lower()) if declared else None


def _detect(data: bytes, told: str | None) -> tuple[str, float]:
    if not data.strip():
        raise UndecodableError("empty", "no visible character")
    for mark, encoding in _BOMS:
        if data.startswith(mark):
            return encoding, 1.0
    if data.startswith(_MAGIC):
        raise UndecodableError("binary", "the first bytes are those of a binary format, not of a text")
    wide = _wide(data)
    if wide:
        return wide, 0.95
    sample = _sample(data)
    if sample.count(0) > max(2, len(sample) // 100) or _controls(sample) > max(8, len(sample) // 5):
        raise UndecodableError("binary", f"{_controls(sample):,} of {len(sample):,} bytes looked at are control characters")
    if data.isascii():
        return ("viqr", 0.95) if _is_viqr(data) else ("utf-8", 1.0)
    good, bad = _utf8_share(data)
    if bad == 0:
        return "utf-8", 1.0
    if good > 4 * bad and not _legacy_lines(data):
        return "utf-8", good / (good + bad)
    return _by_evidence(data, told, good)


def _sample(data: bytes) -> bytes:
    half = _SAMPLE // 2
    return data if len(data) <= _SAMPLE else data[:half] + data[len(data) // 2 : len(data) // 2 + half]


def _controls(sample: bytes) -> int:
    return len(sample) - len(sample.translate(None, bytes(b for b in range(32) if b not in (9, 10, 12, 13))))


def _wide(data: bytes) -> str | None:
    """UTF-16 or UTF-32 without a byte order mark, by where its zero bytes stand."""
    head = data[: 4096 - 4096 % 4]
    if head.count(0) * 5 < len(head) or len(head) < 4:
        return None
    for encoding in ("utf-32", "utf-16"):
        try:
            text = head[: len(head) - len(head) % 4].decode(_codec(data, encoding), "strict")
        except UnicodeDecodeError:
            continue
        if sum(c.isprintable() or c.isspace() for c in text) >= 0.98 * len(text):
            return encoding
    return None


def _codec(data: bytes, encoding: str) -> str:
    """Python's codec; the order of bytes of UTF-16 and UTF-32 is told by the mark, else by where the zero bytes stand."""
    if encoding == "utf-8":
        return encoding
    if data.startswith((b"\xff\xfe", b"\xfe\xff", b"\0\0\xfe\xff")):
        little = data.startswith(b"\xff\xfe")
        return f"{encoding}-{'le' if little else 'be'}"
    head = data[:4096]
    size = 2 if encoding == "utf-16" else 4
    return f"{encoding}-{'be' if head[::size].count(0) > head[size - 1 :: size].count(0) else 'le'}"


def _utf8_share(data: bytes) -> tuple[int, int]:
    """Well-formed multi-byte characters, and stretches that are none."""
    try:
        data.decode("utf-8")
        return 1, 0
    except UnicodeDecodeError:
        sample = _sample(data)
        text = sample.decode("utf-8", "replace")
        bad = text.count("\N{REPLACEMENT CHARACTER}") - sample.count(b"\xef\xbf\xbd")
        good = sum(1 for c in text if c > "\x7f") - text.count("\N{REPLACEMENT CHARACTER}")
        return good, max(bad, 1)


def _legacy_lines(data: bytes) -> bool:
    """Whether the lines that are no UTF-8 are Vietnamese in another encoding: a document put together of two."""
    broken = b"\n".join(line for line in _sample(data).split(b"\n") if _is_broken(line))
    scores = _scores(broken)
    return bool(scores) and scores[0][0] >= _SURE and scores[0][1] >= _ENOUGH


def _is_broken(line: bytes) -> bool:
    try:
        line.decode("utf-8")
        return False
    except UnicodeDecodeError:
        return True


def _scores(data: bytes) -> list[tuple[float, int, str]]:
    """(share of accented words that are syllables, number of them, encoding), best first."""
    scores = []
    for name in NAMES:
        best = (0.0, 0)
        for variant in VARIANTS.get(name, (name,)):
            best = max(best, _score(_substituted(data, variant)[0]))
        if best[1]:
            scores.append((*best, name))
    return sorted(scores, key=lambda s: (-s[0], -s[1], NAMES.index(s[2])))


def _score(text: str) -> tuple[float, int]:
    words = [word for word in _WORD.findall(text) if not word.isascii()]
    return (sum(map(is_syllable, words)) / len(words), len(words)) if words else (0.0, 0)


def _by_evidence(data: bytes, told: str | None, good_utf8: int) -> tuple[str, float]:
    sample = _TAG.sub(b" ", _sample(data))
    own = b"\n".join(line for line in sample.split(b"\n") if _is_broken(line)) if good_utf8 else sample
    scores = _scores(own)
    for share, words, name in scores:
        if name == told and share >= _FAIR and words >= _FEW:
            return name, share
    if scores:
        share, words, name = scores[0]
        others = [s for s in scores[1:] if _substituted(own, s[2])[0] != _substituted(own, name)[0]]
        lead = share - (others[0][0] if others else 0.0)
        accented = words / max(1, len(own.split()))
        if (
            share >= _FAIR
            and accented >= _VIETNAMESE / 2
            and ((words >= _ENOUGH and lead > 0.02) or (words >= _FEW and share >= _SURE and lead >= _APART))
        ):
            return name, share
    if _is_western(own):
        return "latin-1", 0.6
    if scores and scores[0][0] >= 0.5:
        names = ", ".join(name for share, _, name in scores if share >= 0.5)
        raise UndecodableError("ambiguous_encoding", f"too little text to tell its encoding; it could be {names}")
    raise UndecodableError("undecodable", "neither UTF-8 nor any known Vietnamese encoding gives words")


def _is_western(data: bytes) -> bool:
    """Few words with accents, and those spelled with letters that Western languages use in small letters."""
    text = data.decode("cp1252", "replace")
    words = _WORD.findall(text)
    accented = [word for word in words if not word.isascii()]
    odd = sum(1 for c in text if c > "\x7f" and not c.isalpha() and c not in "\u00a0–—‘’“”…•©®™°«»§·€£²³½¼¾ºª")
    fits = all(word[1:].islower() or len(word) == 1 or word.isupper() for word in accented)
    return len(words) >= 3 and len(accented) <= _VIETNAMESE * len(words) and fits and odd <= len(words) // 50


def _read(data: bytes, encoding: str) -> tuple[str, Span, set[str]]:
    """Decode in a known encoding: the text, the way from its spans to bytes, and what was mended."""
    repairs: set[str] = set()
    span: Span
    if encoding in ("utf-8", "utf-16", "utf-32"):
        skip = next((len(mark) for mark, name in _BOMS if name == encoding and data.startswith(mark)), 0)
        text, span, broken = _unicode(data, skip, _codec(data, encoding))
        repairs |= ({"bom"} if skip else set()) | ({"bad_bytes"} if broken else set())
    else:
        text, offsets, mixed = _substituted(data, encoding)
        repairs |= {"mixed_encoding"} if mixed else set()
        span = offsets.to_input
    mended, back = mojibake.repair(text)
    if back is None:
        return text, span, repairs
    return mended, lambda start, end: span(*back.to_input(start, end)), repairs | {"mojibake"}


def _unicode(data: bytes, skip: int, codec: str) -> tuple[str, Span, bool]:
    """The text from byte ``skip`` on; every stretch that is not well-formed becomes one replacement character."""
    body = data[skip:] if skip else data
    broken: list[tuple[int, int]] = []

    def note(error: UnicodeError) -> tuple[str, int]:
        assert isinstance(error, UnicodeDecodeError)
        broken.append((error.start, error.end))
        return "\N{REPLACEMENT CHARACTER}", error.end

    codecs.register_error("khobao.note", note)
    text = body.decode(codec, "khobao.note")

    def position(character: int) -> int:
        """Where the character begins, counted in bytes."""
        seen = at = 0
        for first, last in [*broken, (len(body), len(body))]:
            part = body[at:first].decode(codec)
            if character <= seen + len(part):
                return at + len(part[: character - seen].encode(codec))
            seen, at = seen + len(part) + 1, last
        return len(body)

    def span(start: int, end: int) -> tuple[int, int]:
        first = position(start)
        if end <= start:
            return skip + first, skip + first
        last = position(end - 1)
        size = next((b - a for a, b in broken if a == last), 0) or len(text[end - 1].encode(codec))
        return skip + first, skip + last + size

    return text, span, bool(broken)


def _substituted(data: bytes, encoding: str) -> tuple[str, OffsetMap, bool]:
    """A text in an encoding that is a table. Lines that are Vietnamese as UTF-8 are read so: was there one, besides others?"""
    if encoding == "latin-1":
        return data.decode("cp1252", "replace"), OffsetMap.identity(len(data)), False
    if encoding in VARIANTS:
        sample = _sample(data)
        scored = [(_score(_with_table(sample, name)[0]), name) for name in VARIANTS[encoding]]
        encoding = max(scored, key=lambda s: s[0])[1]
    text, offsets, mixed = _with_table(data, encoding)
    return (_raised(text) if encoding == "tcvn3" else text), offsets, mixed


def _with_table(data: bytes, name: str) -> tuple[str, OffsetMap, bool]:
    letters, pattern = table(name)
    printed = data.decode("latin-1")
    edits: list[Edit] = []
    mixed = False
    start = 0
    for line in data.split(b"\n"):
        end = start + len(line)
        if name == "viqr":
            edits += _viqr_edits(printed, start, end, b"\\" in data)
        elif _is_utf8_line(line):
            mixed = True
            at = start
            for character in line.decode("utf-8"):
                size = len(character.encode("utf-8"))
                if size > 1:
                    edits.append(Edit(at, at + size, character))
                at += size
        else:
            edits += [
                Edit(m.start(), m.end(), letters[m[0]]) for m in pattern.finditer(printed, start, end) if letters[m[0]] != m[0]
            ]
        start = end + 1
    return apply_edits(printed, edits), OffsetMap.from_edits(len(printed), edits), mixed


def _is_utf8_line(line: bytes) -> bool:
    if line.isascii():
        return False
    try:
        share, words = _score(line.decode("utf-8"))
    except UnicodeDecodeError:
        return False
    return words == 0 or share >= _FAIR


def _raised(text: str) -> str:
    """ABC fonts had no accented capitals in their set: words of capitals have their accented letters small (``HéI`` for ``HỘI``).

    Certain with two plain capitals, and between words of capitals; a name (``Hà``) is left alone.

    >>> _raised("HộI NGHị tỉnh Hà Nam; Uỷ BAN Và ý KIếN")
    'HỘI NGHỊ tỉnh Hà Nam; UỶ BAN Và Ý KIẾN'
    """
    text = _CAPITALS.sub(lambda m: _upper(m[0]), text)
    return _BETWEEN.sub(lambda m: _upper(m[0]), text)


def _upper(word: str) -> str:
    return word.upper() if len(word.upper()) == len(word) else word


def _viqr_edits(printed: str, start: int, end: int, escaped: bool) -> list[Edit]:
    """Where nothing in the text is escaped, its author knew no backslash: the last mark of a line is its full stop."""
    letters, pattern = table("viqr")
    edits = []
    at = start
    while at < end:
        found = pattern.search(printed, at, end)
        slash = printed.find("\\", at, found.start() if found else end)
        if slash >= 0 and slash + 1 < end and printed[slash + 1] in _VIQR_MARKS:
            edits.append(Edit(slash, slash + 1, ""))
            at = slash + 2
            continue
        if found is None:
            break
        written, stop = found[0], found.end()
        if not escaped and stop == end and written[-1] in ".?" and len(written) > 1:
            written, stop = written[:-1], stop - 1
        if written in letters:
            edits.append(Edit(found.start(), stop, letters[written]))
        at = stop
    return edits


def _is_viqr(data: bytes) -> bool:
    """ASCII marks after vowels that make most words with marks Vietnamese, and many of them: no English text or code has that."""
    sample = _TAG.sub(b" ", _sample(data))
    marked = [word for word in _VIQR_WORD.findall(sample.decode("ascii")) if _VIQR_CERTAIN.search(word)]
    if len(marked) < _ENOUGH:
        return False
    words = sample.split()
    text = _with_table(b"\n".join(word.encode() for word in marked), "viqr")[0]
    share, accented = _score(text)
    return accented >= _ENOUGH and share >= _SURE and len(marked) >= 0.15 * len(words)
