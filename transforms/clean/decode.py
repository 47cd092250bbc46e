"""From bytes to text: which encoding a document is in, and which bytes each character came from.

What is certain goes first (byte order marks, well-formed UTF-8, the zero bytes of UTF-16); then evidence decides, with the
declared charset as one more piece of it. What stays open is refused with a reason, never turned into nonsense.
"""

from __future__ import annotations

import codecs
import re
import unicodedata
from collections.abc import Callable
from contextvars import ContextVar
from typing import NamedTuple

from schemas.errors import UndecodableError
from transforms.clean import charsets, letters, mojibake, viqr
from transforms.clean.evidence import Evidence, weigh
from transforms.clean.signatures import SIGNATURES
from transforms.offsets import OffsetMap, apply_edits

Span = Callable[[int, int], tuple[int, int]]
_BOMS = (
    (b"\xff\xfe\0\0", "utf-32"),
    (b"\0\0\xfe\xff", "utf-32"),
    (b"\xef\xbb\xbf", "utf-8"),
    (b"\xff\xfe", "utf-16"),
    (b"\xfe\xff", "utf-16"),
)
_STARTS = (*SIGNATURES, *(mark for mark, _ in _BOMS))
_CONTROLS = bytes(b for b in range(32) if b not in (9, 10, 12, 13))
_CHANCE = 8  # bytes beyond ASCII that could be well-formed UTF-8 by chance
_SAMPLE = 65_536  # bytes of evidence, from the beginning and from the middle
_TAG = re.compile(rb"<[^<>]{0,2000}>")
_ENTITY = re.compile(rb"&#(?:\d{3,4}|[xX][0-9a-fA-F]{2,4});")
_LINE = re.compile(rb"[^\r\n]+")
_CHARSET = re.compile(rb"(?:charset|encoding)\s*=\s*[\"']?\s*([A-Za-z0-9_.:-]{3,30})", re.IGNORECASE)
_VISIBLE = re.compile(r"[^\s\x00-\x1f\x7f-\xa0\xad\u034f\u180e\u200b-\u200f\u2028-\u202e\u2060-\u206f\ufeff\ufffc-\uffff]")
_SURE, _FAIR = 0.9, 0.75  # share of accented words that are syllables
_ODDS = 10.0  # bits by which the best encoding must lead
_TOLD, _USUAL = 12.0, 3.0  # bits: what a declaration counts; that VISCII and VPS were the rarer ones
_LEGACY_WORDS = 3
_WESTERN_WORDS = 12
_VIETNAMESE = 0.15  # share of words with an accent: far above it in Vietnamese, mostly below in Western languages
_GOOD_TO_BAD = 4  # well-formed characters to broken ones, in UTF-8 that was damaged
_TYPOGRAPHIC = frozenset("–—‘’“”„…•\u00a0\ufeff«»°²³½©®™€→·")
_ALIASES = {
    "utf8": "utf-8", "utf-16": "utf-16", "utf16": "utf-16", "utf-16le": "utf-16", "utf-16be": "utf-16", "unicode": "utf-16",
    "ucs-2": "utf-16", "utf-32": "utf-32", "utf32": "utf-32", "utf-32le": "utf-32", "utf-32be": "utf-32", "ucs-4": "utf-32",
    "windows-1258": "windows-1258", "cp1258": "windows-1258", "x-cp1258": "windows-1258", "vps": "vps", "viqr": "viqr",
    "viscii": "viscii", "viscii1.1-1": "viscii", "tcvn": "tcvn3", "abc": "tcvn3", "vni": "vni", "csviscii": "viscii",
    "csviqr": "viqr", "iso-8859-1": "latin-1", "iso8859-1": "latin-1", "latin1": "latin-1", "latin-1": "latin-1",
    "windows-1252": "latin-1", "cp1252": "latin-1", "x-cp1252": "latin-1", "us-ascii": "latin-1", "ascii": "latin-1",
    "iso-8859-15": "latin-1",
}  # fmt: skip


class Decoded(NamedTuple):
    """The text of a document. ``encoding`` and ``repairs`` are codes of ``schemas.codes``; ``confidence`` is from 0 to 1.

    ``sound`` texts are known to hold nothing that ``unicode.mend`` replaces, but for capitals; ``even`` ones not even those.
    """

    text: str
    encoding: str
    repairs: tuple[str, ...]
    declared: str | None
    confidence: float
    sound: bool = False
    even: bool = False


def decode(data: bytes, declared: str | None = None, media_type: str = "text/plain") -> Decoded:
    """Find the encoding of a document and decode it. ``declared`` is a charset told from outside, None to look for one inside.

    Raises UndecodableError (``empty``, ``binary``, ``undecodable``, ``ambiguous_encoding``) for what can't become a text.

    >>> decode("Hội nghị".encode()).encoding
    'utf-8'
    >>> decode(b"H\\xe9i ngh\\xde t\\xe6ng k\\xd5t n\\xa8m 2003")[:2]
    ('Hội nghị tổng kết năm 2003', 'tcvn3')
    """
    charset = _declared(data, declared, media_type)
    told = known(charset) if charset else None
    plain = _plain(data)
    sound = even = False
    if plain is not None:  # nearly every document: valid UTF-8 with nothing odd
        encoding, confidence, text, repairs = "utf-8", 1.0, plain[0], set[str]()
        sound, even = not plain[1] & letters.UNSOUND, not plain[1]
    else:
        encoding, confidence = _detect(data, told)
        text, _, repairs = _read(data, encoding)
    if _VISIBLE.search(text) is None:
        raise UndecodableError("empty", "no visible character")
    if encoding not in ("utf-8", "utf-16", "utf-32", "latin-1"):
        repairs.add("legacy_encoding")
    if charset and told != encoding and not (encoding == "utf-8" and data.isascii()):
        repairs.add("wrong_charset")
    return Decoded(text, encoding, tuple(sorted(repairs)), charset, confidence, sound, even)


def byte_span(data: bytes, encoding: str, start: int, end: int) -> tuple[int, int]:
    """The bytes that decode to ``text[start:end]`` of ``decode(data).text``; ``encoding`` as ``decode`` gave it.

    >>> byte_span("Hội".encode(), "utf-8", 1, 2), byte_span(b"H\\xe9i", "tcvn3", 1, 2)
    ((1, 4), (1, 2))
    """
    _, span, _ = _read(data, encoding)
    return span(start, end)


def known(charset: str) -> str | None:
    """The encoding that a charset's label means; None for one that Vietnamese texts don't come in.

    >>> known("X-VIET-TCVN5712"), known("iso-8859-1"), known("koi8-r")
    ('tcvn3', 'latin-1', None)
    """
    label = charset.strip().lower().replace("_", "-").removeprefix("x-viet-")
    return "tcvn3" if label.startswith("tcvn") else "utf-8" if label == "utf-8" else _ALIASES.get(label)


def _declared(data: bytes, declared: str | None, media_type: str) -> str | None:
    if declared is None and media_type == "text/html":
        found = _CHARSET.search(data[:4096])
        declared = found[1].decode("ascii") if found else None
    return declared


def _plain(data: bytes) -> tuple[str, int] | None:
    """The text of well-formed UTF-8 where nothing has to be found out, and what a look at its letters tells."""
    if data.startswith(_STARTS) or b"\0" in data:
        return None
    try:
        text = data.decode("utf-8")
    except UnicodeDecodeError:
        return None
    seen = letters.look(text)
    if len(data) - len(text) <= _CHANCE or seen & letters.MISREAD or text[:1] == "\ufeff":
        return None
    head = data[:1024]
    return (text, seen) if len(head) - len(head.translate(None, _CONTROLS)) <= 10 else None


def _detect(data: bytes, told: str | None) -> tuple[str, float]:
    head = data[:_SAMPLE]
    if not head.strip() and not data.strip():
        raise UndecodableError("empty", "no visible character")
    for mark, encoding in _BOMS:
        if data.startswith(mark) and (encoding == "utf-8" or _reads_wide(data, encoding)):
            return encoding, 1.0
    if data.startswith(_STARTS):
        what = next((what for mark, what in SIGNATURES.items() if data.startswith(mark)), None)
        if what:
            raise UndecodableError("binary", f"not a text: {what}")
    for wide in ("utf-32", "utf-16"):
        if head.count(0) * 5 >= len(head) and not _is_utf8(head) and _reads_wide(data, wide):
            return wide, 0.95
    sample = _sample(data)
    controls = len(sample) - len(sample.translate(None, _CONTROLS))
    if controls > max(16, len(sample) // 10):
        raise UndecodableError("binary", f"{controls:,} of {len(sample):,} bytes looked at are control characters")
    if data.isascii():
        return ("viqr", 0.95) if viqr.is_viqr(sample.decode("ascii")) else ("utf-8", 1.0)
    good, bad = _utf8_share(data, sample)
    if bad == 0 and good > _CHANCE:
        return "utf-8", 1.0
    return _by_evidence(data, sample, told, good, bad)


def _sample(data: bytes) -> bytes:
    half = _SAMPLE // 2
    return data if len(data) <= _SAMPLE else data[:half] + data[len(data) // 2 : len(data) // 2 + half]


def _reads_wide(data: bytes, encoding: str) -> bool:
    """Whether bytes make characters as UTF-16 or UTF-32: chance gives many that are controls, private or not assigned."""
    head = data[: _SAMPLE - _SAMPLE % 4]
    text = head[: len(head) - len(head) % (2 if encoding == "utf-16" else 4)].decode(_codec(data, encoding), "replace")
    bad = sum(unicodedata.category(c) in ("Cc", "Co", "Cn", "Cs") and not c.isspace() for c in text) + text.count("\ufffd")
    return bad * 50 <= len(text) + 49 if len(text) > 1 else bad == 0


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


def _utf8_share(data: bytes, sample: bytes) -> tuple[int, int]:
    """Well-formed characters that are not ASCII, and stretches that are no characters."""
    try:
        text = data.decode("utf-8")
    except UnicodeDecodeError:
        text = sample.decode("utf-8", "replace")
        marks = text.count("\N{REPLACEMENT CHARACTER}")
        return _beyond_ascii(text) - marks, max(marks - sample.count(b"\xef\xbf\xbd"), 1)
    return len(data) - len(text), 0  # at least one a character


def _beyond_ascii(text: str) -> int:
    return sum(map("\x7f".__lt__, text))


def _by_evidence(data: bytes, sample: bytes, told: str | None, good: int, bad: int) -> tuple[str, float]:
    lines = _LINE.findall(_TAG.sub(b" ", sample))
    if len(data) > _SAMPLE:
        lines = lines[1:-1] or lines  # the sample's edges may cut characters
    if bad == 0:  # well-formed, but so few characters that chance could have made it so
        text = data.decode("utf-8")
        if good > 0 and (weigh(text).share >= _FAIR or all(c < "\x80" or c in _TYPOGRAPHIC for c in text)):
            return "utf-8", 0.95
        own = b"\n".join(line for line in lines if not line.isascii())
    else:
        own = b"\n".join(line for line in lines if not line.isascii() and not _is_utf8(line))
    found = _best(own, told)
    if bad == 0:
        return (found[0], found[1].share) if found and found[2] >= _ODDS and told == found[0] else ("utf-8", 0.8)
    repairable = good >= _GOOD_TO_BAD * bad or (good >= bad and weigh(sample.decode("utf-8", "ignore")).share >= _SURE)
    if repairable and not (found and found[1].share >= _SURE and found[1].words >= _LEGACY_WORDS and not _damaged(own)):
        return "utf-8", good / (good + bad)
    if found:
        name, evidence, lead = found
        dense = evidence.words >= _VIETNAMESE * len(own.split())
        if evidence.share >= _FAIR and dense and lead >= _ODDS:
            return name, round(evidence.share, 4)
    if _is_western(own) and (told == "latin-1" or len(own.split()) >= _WESTERN_WORDS):
        return "latin-1", 0.6
    if good > bad:
        return "utf-8", good / (good + bad)
    if found and found[1].share >= _FAIR:
        raise UndecodableError("ambiguous_encoding", f"too little text to tell its encoding; it could be {found[0]}, or another")
    raise UndecodableError("undecodable", "neither UTF-8 nor any known Vietnamese encoding gives words")


def _is_utf8(line: bytes) -> bool:
    try:
        return len(line) - len(line.decode("utf-8")) > 0
    except UnicodeDecodeError:
        return False


def _damaged(lines: bytes) -> bool:
    """Whether lines that are not well-formed UTF-8 are so but for a few bytes."""
    text = lines.decode("utf-8", "replace")
    bad = text.count("\N{REPLACEMENT CHARACTER}")
    return _beyond_ascii(text) - bad >= bad


def _best(own: bytes, told: str | None) -> tuple[str, Evidence, float] | None:
    """The likeliest older encoding of bytes, its evidence, and its lead over the next that gives another text, in bits."""
    candidates: list[tuple[float, str, str, Evidence]] = []
    # Word saves Vietnamese as Latin-1, with an entity for each letter that it lacks.
    latin = told == "latin-1" or _ENTITY.search(own)
    for name in (*charsets.NAMES, "latin-1") if latin else charsets.NAMES:
        for variant in charsets.VARIANTS.get(name, (name,)):
            text = charsets.read(own, variant)
            evidence = weigh(text)
            bits = evidence.bits + (_TOLD if name == told else 0) + (_USUAL if name not in ("viscii", "vps") else 0)
            candidates.append((bits, name, text, evidence))
    candidates.sort(key=lambda c: -c[0])
    bits, name, text, evidence = candidates[0]
    if not evidence.words:
        return None
    lead = min((bits - c[0] for c in candidates[1:] if c[1] != name and c[2] != text), default=100.0)
    return name, evidence, lead


def _is_western(data: bytes) -> bool:
    """Few words with accents, spelled with letters that Western languages use, and no other signs than theirs."""
    text = charsets.read(data, "latin-1")
    words = re.findall(r"[^\W\d_]+", text)
    accented = [word for word in words if not word.isascii()]
    odd = sum(1 for c in text if c > "\x7f" and not c.isalpha() and c not in _TYPOGRAPHIC and c not in "§£¼¾ºª±×¿¡")
    fits = all(word[1:].islower() or len(word) == 1 or word.isupper() for word in accented)
    return len(words) >= 3 and len(accented) <= 0.45 * len(words) and fits and odd <= len(words) // 50


def _read(data: bytes, encoding: str) -> tuple[str, Span, set[str]]:
    """Decode in a known encoding: the text, the way from its spans to bytes, and what was mended."""
    repairs: set[str] = set()
    span: Span
    if encoding in ("utf-8", "utf-16", "utf-32"):
        text, span, repairs = _unicode(data, encoding)
    elif encoding == "viqr":
        text, span = _viqr(data)
    else:
        text, span, repairs = _legacy(data, encoding)
    repaired = mojibake.repair(text)
    back = repaired.offsets
    if back is None:
        return text, span, repairs
    return repaired.text, lambda start, end: span(*back.to_input(start, end)), repairs | repaired.repairs


_BROKEN: ContextVar[list[tuple[int, int]] | None] = ContextVar("broken", default=None)


def _note(error: UnicodeError) -> tuple[str, int]:
    """One replacement character for each stretch that is not well-formed, as ``replace`` has it, and where it was."""
    assert isinstance(error, UnicodeDecodeError)
    found = _BROKEN.get()
    if found is not None:
        found.append((error.start, error.end))
    return "\N{REPLACEMENT CHARACTER}", error.end


codecs.register_error("khobao.note", _note)


def _unicode(data: bytes, encoding: str) -> tuple[str, Span, set[str]]:
    skip = next((len(mark) for mark, name in _BOMS if name == encoding and data.startswith(mark)), 0)
    codec = _codec(data, encoding)
    body = data[skip:] if skip else data
    broken: list[tuple[int, int]] = []
    token = _BROKEN.set(broken)
    try:
        text = body.decode(codec, "khobao.note")
    finally:
        _BROKEN.reset(token)

    def span(start: int, end: int) -> tuple[int, int]:
        first = _byte_of(body, codec, broken, start)
        if end <= start:
            return skip + first, skip + first
        last = _byte_of(body, codec, broken, end - 1)
        size = next((b - a for a, b in broken if a == last), 0) or len(text[end - 1].encode(codec))
        return skip + first, skip + last + size

    return text, span, ({"bom"} if skip else set()) | ({"bad_bytes"} if broken else set())


def _byte_of(body: bytes, codec: str, broken: list[tuple[int, int]], character: int) -> int:
    """Where a character of the decoded text begins."""
    seen = at = 0
    for first, last in [*broken, (len(body), len(body))]:
        part = body[at:first].decode(codec)
        if character <= seen + len(part):
            return at + len(part[: character - seen].encode(codec))
        seen, at = seen + len(part) + 1, last
    return len(body)


def _viqr(data: bytes) -> tuple[str, Span]:
    printed = data.decode("latin-1")
    edits = viqr.edits(printed)
    return apply_edits(printed, edits), OffsetMap.from_edits(len(printed), edits).to_input


def _legacy(data: bytes, encoding: str) -> tuple[str, Span, set[str]]:
    """A text in an older encoding; lines that are Vietnamese as UTF-8, and better so, are read as UTF-8."""
    name = encoding
    if encoding in charsets.VARIANTS:
        sample = _sample(data)
        name = max(charsets.VARIANTS[encoding], key=lambda variant: weigh(charsets.read(sample, variant)).bits)
    pieces: list[tuple[int, int, str]] = []  # of bytes, and how they are read
    at = 0
    for line in _LINE.finditer(data):
        if encoding != "latin-1" and _is_utf8(line[0]) and _better_utf8(line[0], name):
            pieces += [(at, line.start(), name), (*line.span(), "utf-8")]
            at = line.end()
    pieces.append((at, len(data), name))
    texts = [_piece(data[first:last], how) for first, last, how in pieces]
    text = "".join(texts)

    def position(character: int, after: bool) -> int:
        """Where a character's bytes begin, or end."""
        seen = 0
        for (first, last, how), part in zip(pieces, texts, strict=True):
            if character < seen + len(part):
                if how == "utf-8":
                    return first + len(part[: character - seen + after].encode())
                found = charsets.offsets(data[first:last], how).to_input(character - seen, character - seen + 1)
                return first + found[after]
            seen += len(part)
        return len(data)

    def span(start: int, end: int) -> tuple[int, int]:
        first = position(start, False)
        return (first, position(end - 1, True)) if end > start else (first, first)

    repairs = {"mixed_encoding"} if len(pieces) > 1 else set()
    return text, span, repairs | ({"bad_bytes"} if "\N{REPLACEMENT CHARACTER}" in text else set())


def _piece(data: bytes, how: str) -> str:
    return data.decode("utf-8") if how == "utf-8" else charsets.read(data, how)


def _better_utf8(line: bytes, name: str) -> bool:
    text = line.decode("utf-8")
    as_utf8, as_legacy = weigh(text), weigh(charsets.read(line, name))
    if not as_utf8.words:
        return all(c < "\x80" or c in _TYPOGRAPHIC for c in text) and as_legacy.share < _FAIR
    return as_utf8.bits > as_legacy.bits
