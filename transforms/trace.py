"""The way back: from a span of the published text to its sentence, to the decoded document, and to the bytes as received.

Nothing is kept for this: cleaning is deterministic, so it is run again, and its steps are replayed with their edits for
just the blocks that the span touches.
"""

from __future__ import annotations

import json
from typing import NamedTuple

from transforms.clean import clean
from transforms.clean.blocks import cleaned_with_offsets
from transforms.clean.cleaning import Cleaned
from transforms.clean.decode import byte_span
from transforms.document import RawDocument
from transforms.text import sentences


class Trace(NamedTuple):
    """Where a span comes from. ``decoded`` is a span of ``decoded_text``, ``raw_bytes`` one of the document's bytes."""

    surface: str
    sentence: tuple[int, int]
    sentence_text: str
    decoded: tuple[int, int]
    raw_bytes: tuple[int, int]
    decoded_text: str

    @property
    def passage(self) -> str:
        """What stands in the decoded document where the span comes from."""
        return self.decoded_text[self.decoded[0] : self.decoded[1]]


def trace(raw: RawDocument, start: int, end: int) -> Trace:
    """Lead ``text[start:end]`` of a document's published text back to its source.

    Raises ValueError where the span is empty or not inside the text.

    >>> source = "Họp báo về lúa\\n05/07/2024 | 12\\nSáng 5/7,  tỉnh   họp báo. Kết quả tốt, lúa được mùa cả tỉnh.".encode()
    >>> found = trace(RawDocument("0" * 20, "s", "a.txt", "text/plain", source), 25, 37)
    >>> found.surface, found.passage, source[slice(*found.raw_bytes)].decode()
    ('tỉnh họp báo', 'tỉnh   họp báo', 'tỉnh   họp báo')
    """
    cleaned = clean(raw)
    document = cleaned.document
    if not 0 <= start < end <= len(document.text):
        raise ValueError(f"no span {start}:{end} in a text of {len(document.text)} characters")
    decoded = to_decoded(cleaned, start, end)
    sentence = next(
        ((s.start, s.end) for s in sentences(document.text, document.paragraphs) if s.start <= start < s.end), (start, end)
    )
    sentence_text = document.text[sentence[0] : sentence[1]]
    return Trace(
        document.text[start:end], sentence, sentence_text, decoded, to_bytes(raw, cleaned, *decoded), cleaned.decoded_text
    )


def to_decoded(cleaned: Cleaned, start: int, end: int) -> tuple[int, int]:
    """The span of the decoded text that ``document.text[start:end]`` was made of; over several blocks, all between them."""
    return _decoded_edge(cleaned, start, start + 1)[0], _decoded_edge(cleaned, end - 1, end)[1]


def _decoded_edge(cleaned: Cleaned, start: int, end: int) -> tuple[int, int]:
    part = max((p for p in cleaned.parts if p.start_char <= start), key=lambda p: p.start_char)
    raw_text = cleaned.decoded_text[part.raw_start : part.raw_end]
    text, offsets = cleaned_with_offsets(part.kind, raw_text)
    start, end = start - part.start_char, end - part.start_char
    if start >= len(text):  # the newline between two blocks
        return part.raw_end, part.raw_end
    left, right = offsets.to_input(start, end)
    return part.raw_start + left, part.raw_start + right


def to_bytes(raw: RawDocument, cleaned: Cleaned, start: int, end: int) -> tuple[int, int]:
    """The bytes of the document that decode to ``decoded_text[start:end]``; of a record, bytes of its canonical JSON."""
    if raw.record is None:
        return byte_span(raw.data, cleaned.document.encoding, start, end)
    prefix = cleaned.prefix
    if start < prefix:
        title = raw.record["title"]
        inset = len(title) - len(title.lstrip())
        first, last = _field_span(raw, "title", start + inset, min(end, prefix - 1) + inset)
        if end <= prefix:
            return first, last
        return tuple(sorted((first, _text_span(raw, cleaned, 0, end - prefix)[1])))  # type: ignore[return-value]
    return _text_span(raw, cleaned, start - prefix, end - prefix)


def _text_span(raw: RawDocument, cleaned: Cleaned, start: int, end: int) -> tuple[int, int]:
    assert raw.record is not None
    encoded = raw.record["text"].encode("utf-8", "surrogatepass")
    left, right = byte_span(encoded, cleaned.document.encoding, start, end)
    # The text's own bytes, then the same characters where they stand, escaped, in the record.
    first = len(encoded[:left].decode("utf-8", "replace"))
    return _field_span(raw, "text", first, first + len(encoded[left:right].decode("utf-8", "replace")))


def _field_span(raw: RawDocument, field: str, start: int, end: int) -> tuple[int, int]:
    """Where characters of a field's value stand in the canonical JSON: sorted keys, no spaces, letters as they are."""
    assert raw.record is not None
    ascii_only = raw.data.isascii()  # as canonical JSON is written where a lone surrogate can't be encoded
    before = {key: value for key, value in raw.record.items() if key < field}
    value = raw.record[field]
    opening = len(_canonical(before, ascii_only)) - 1 + bool(before) + len(_canonical(field, ascii_only)) + 2
    first = opening + len(_canonical(value[:start], ascii_only)) - 2
    return first, first + len(_canonical(value[start:end], ascii_only)) - 2


def _canonical(value: object, ascii_only: bool) -> bytes:
    text = json.dumps(value, ensure_ascii=ascii_only, sort_keys=True, separators=(",", ":"))
    return text.encode("utf-8", "surrogatepass")
