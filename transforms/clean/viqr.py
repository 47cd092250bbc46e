"""VIQR, Vietnamese in plain ASCII: marks follow their letter (``Ho^.i nghi.``), a backslash makes a mark punctuation.

Many writers never used the backslash. In a text without one, a mark that makes no syllable, or that ends a sentence, is left as
the punctuation it looks like.
"""

from __future__ import annotations

import re
from functools import cache

from transforms.clean.charsets import rows
from transforms.clean.evidence import weigh
from transforms.clean.syllables import is_syllable
from transforms.offsets import Edit, apply_edits

_VOWELS = "aAeEiIoOuUyY"
_TONES = "'`?~."
_LETTER = rf"[dD][dD]|[{_VOWELS}][\^(+*]?[{_TONES}]?"
_MARKED = re.compile(rf"\\([\\^(+*'`?~.dD])|({_LETTER})")
_SIGN = re.compile(r"[aeoAEO]\^|[aA]\(|[oOuU][+*]|[dD][dD]|[aeiouyAEIOUY]['`?~]")
_WORD = re.compile(rf"(?:[A-Za-z]|(?<=[{_VOWELS}])[\^(+*]|(?<=[{_VOWELS}^(+*])[{_TONES}]){{1,16}}")
_RUN = re.compile(r"<[^<>]{0,2000}>|&#?\w{1,24};|[^\s<&]+|[<&]")
_NO_WORDS = re.compile(r"://|www\.|@|[\\/][A-Za-z]\w{0,40}[\\/]|\A[<&].")  # tags, entities, addresses, paths
_SENTENCE_ENDS = re.compile(r"[\"')\]]{0,3}(?:\s+[\"'(\[]?[A-Z0-9]|\s*$)", re.MULTILINE)
_STRONG = re.compile(r"[aeoAEO]\^|[aA]\(|[oOuU][+*]|^[dD]d|^DD|[aeiouyAEIOUY]['`~][a-z]")
_ESCAPE = re.compile(r"\\[.?'`~^(+*]|[dD]\\[dD]")
# Two tones in a word, the second before a space: it is a full stop, and its writer knew no backslash.
_TWICE = re.compile(rf"[{_VOWELS}][\^(+*]?[{_TONES}][{_VOWELS}]{{0,2}}[\^(+*]?[.?](?=\s|$)", re.MULTILINE)
# Words that end in a vowel and come with the mark "." or "?" more often than without: at the end of a sentence it stays a mark.
# Source: counts over three thousand news articles.
_RATHER_MARKED = frozenset(
    re.findall(
        r"\w+",
        """
    để ở thể bị sự chỉ bộ vụ cả chủ dự thủ thị độ sở tổ vị tỷ trẻ hệ họ trở sử vệ trị nghệ phụ vợ mẹ bỏ nhỏ nghị phủ mở sẻ khả
    đủ kể hộ trợ cụ lộ hạ lệ tỉ đỏ bổ ngủ tỏ vẻ nhẹ chợ nợ kẻ nổ trụ phổ tệ thổ chở nở thọ rẻ vỏ khổ tụ lẻ nhở ngụ đệ sổ hở huệ
    thả mỏ mẻ củ rỉ lở rổ nụ nộ dở rộ vở nể rủ trọ hủ rể bẻ""",
    )
)
_FEW, _ENOUGH = 4, 8  # words


@cache
def _letters() -> dict[str, str]:
    return {written.decode("ascii"): letter for written, letter in rows("viqr")}


def edits(text: str) -> list[Edit]:
    """What reading ``text`` as VIQR changes.

    >>> apply_edits(raw := "Ho^.i ddo^`ng ho.p. DDa~ qua 3 na(m\\\\.", edits(raw))
    'Hội đồng họp. Đã qua 3 năm.'
    """
    return _escaped(text) if _ESCAPE.search(text) or not _TWICE.search(text) else _plain(text)


def _escaped(text: str) -> list[Edit]:
    """By the rules of RFC 1456."""
    letters, found = _letters(), []
    for match in _MARKED.finditer(text):
        if match[1]:
            found.append(Edit(match.start(), match.end(), match[1]))
        else:
            found += _letter(letters, match.start(), match[2])
    return found


def _letter(letters: dict[str, str], start: int, written: str) -> list[Edit]:
    while written not in letters and len(written) > 1:
        written = written[:-1]  # "i^" and the like: the mark is no mark here
    return [Edit(start, start + len(written), letters[written])] if written in letters else []


def _plain(text: str) -> list[Edit]:
    """As written without backslashes: word by word, each mark only where it makes a syllable."""
    found: list[Edit] = []
    for run in _RUN.finditer(text):
        if _NO_WORDS.search(run[0]) is None:
            for match in _WORD.finditer(text, *run.span()):
                if _SIGN.search(match[0]) or "." in match[0] or "?" in match[0]:
                    found += _word(text, match.start(), match[0])
    return found


def _word(text: str, start: int, written: str) -> list[Edit]:
    """The reading of a word that is a syllable, of all of it or without the punctuation at its end; else none."""
    letters = _letters()
    bare = written.rstrip(_TONES)
    last = written[len(bare) :]
    choices = [written, written[:-1]] if last else [written]
    if last and last[-1] in ".?" and _SENTENCE_ENDS.match(text, start + len(written)):
        whole, _ = _read(letters, start, written)
        if whole is None or whole.lower() not in _RATHER_MARKED:
            choices.reverse()
    for choice in choices:
        made, changes = _read(letters, start, choice)
        if made is not None:
            return changes
    return []


def _read(letters: dict[str, str], start: int, written: str) -> tuple[str | None, list[Edit]]:
    changes: list[Edit] = []
    for match in _MARKED.finditer(written):
        changes += _letter(letters, start + match.start(), match[0])
    made = apply_edits(written, [Edit(e.start - start, e.end - start, e.replacement) for e in changes])
    abbreviation = made.isupper() and "Đ" in made and len(made) < 8  # HDDND, NDD
    return (made if made.isalpha() and (is_syllable(made) or not changes or abbreviation) else None), changes


def is_viqr(sample: str) -> bool:
    """Whether ASCII is VIQR: much of it words with marks after vowels, nearly all of which make syllables.

    >>> is_viqr("Ho^.i nghi. to^?ng ke^'t na(m ho.c mo+'i cu?a tru+o+`ng"), is_viqr("He said: don't add `a` or `b^2`.")
    (True, False)
    """
    bare = " ".join([run[0] for run in _RUN.finditer(sample) if _NO_WORDS.search(run[0]) is None])
    words = [word for word in _WORD.findall(bare) if len(word) > 1 or word.isalpha()]
    marked = [word for word in words if _STRONG.search(word)]
    if len(marked) < _FEW or len(marked) < 0.15 * len(words):
        return False
    text = "\n".join(marked)
    evidence = weigh(apply_edits(text, _escaped(text)))
    return evidence.words >= _FEW and evidence.share >= (0.85 if evidence.words >= _ENOUGH else 0.99)


def write(text: str) -> str:
    """A Vietnamese text in VIQR, with backslashes where a sign could be taken for a mark.

    >>> write("Hội đồng họp ở xã.")
    'Ho^.i ddo^`ng ho.p o+? xa~\\\\.'
    """
    by_letter: dict[str, str] = {}
    for written, letter in rows("viqr"):
        by_letter.setdefault(letter, written.decode("ascii"))
    parts: list[str] = []
    signs = "^(+*" + _TONES
    for position, character in enumerate(text):
        before = parts[-1][-1:] if parts else ""
        after = text[position + 1 : position + 2]
        doubled = character in "dD" and after != "" and after in "dDđĐ"
        if character == "\\" or doubled or (character in signs and before != "" and before in _VOWELS + signs):
            parts.append("\\" + character)
        else:
            parts.append(by_letter.get(character, character))
    return "".join(parts)
