"""Where a counted phrase ends that nothing stopped: before a verb left hanging, a glued heading, the subject of a clause."""

from __future__ import annotations

import re
from collections.abc import Iterable

from transforms.extract.numbers import words_of

Words = list[tuple[int, int]]


def _by_last(phrases: Iterable[str]) -> dict[str, frozenset[str]]:
    """The words that stand before it, by last word; '' where any may."""
    found: dict[str, set[str]] = {}
    for phrase in phrases:
        before, _, last = phrase.rpartition(" ")
        found.setdefault(last, set()).add(before)
    return {last: frozenset(before) for last, before in found.items()}


# Verbs and numbers that no noun phrase ends with where the sentence goes on ("97 người tìm được việc"), but: "3 lượt tìm".
_HANGING = _by_last(words_of("hanging"))
_IN_NOUN = _by_last(words_of("hanging_in_noun"))
_HANGING_PAIRS = _by_last(words_of("hanging_pair"))
# What is told of a thing, or done by it, with the number behind it: "2 con dao dài 40 cm", "12 đơn vị nợ hơn 3 tỷ đồng".
_SIZES = frozenset(["giá", "cao", "rộng", "dài", "nặng", "sâu", "dày", "loại", "size", "cỡ", "nợ", "vượt", "thành", "bậc", "cấp",
                    "ngõ", "hiến", "trồng", "xây", "trả", "phát", "đón", "vay"])  # fmt: skip
_SIZE = re.compile(r" (?:\d|(?:từ|khoảng|hơn|gần|trên|tới|đến) \d)")
_LABEL = re.compile(r" ([2-6][DGK])(?!\w)")  # trạm 3G, phim 3D
# Syllables of names that end a phrase elsewhere: "Triệu Quang Phục", "Model X".
_NAME_PARTS = frozenset(["x", "phục", "giáp", "thường", "liên", "thuộc", "hàng", "diễn", "lúc", "tiếp"])
# Printed with a capital behind small letters these begin a heading or a sentence whose stop is lost.
_GLUED = frozenset(["hội nghị", "lễ hội", "hội thảo", "chương trình", "cuộc thi", "ngày hội", "buổi lễ", "theo đó", "ngoài ra",
                    "tuy nhiên", "bên cạnh", "đồng thời", "hiện nay", "mới đây", "phát biểu", "kết luận",
                    "tham dự", "nhân dịp", "căn cứ", "chia sẻ", "trao đổi"])  # fmt: skip
# What somebody is to do, or does, follows these as a clause with a subject: "7 điều công dân nên làm".
_TOLD_BY = frozenset(["điều", "việc", "lý do", "dấu hiệu", "thói quen", "sai lầm", "bí quyết", "nội dung", "vấn đề", "quy tắc",
                      "mẹo", "câu hỏi", "kỹ năng", "khoảnh khắc", "nguyên nhân", "câu"])  # fmt: skip
# So do these, where those who act follow: "2.200 vụ báo chí đưa tin".
_HAPPENINGS = frozenset(["vụ", "trận", "lần", "đợt", "pha"])
_ACTING = ("người dân ", "báo chí ", "học sinh ", "phụ huynh ", "công dân ", "khách hàng ", "cơ quan ", "lực lượng ")
_CLAUSE = (" nên ", " phải ", " đang ", " hay ", " thường ", " đã ", " sẽ ", " từng ", " luôn ", " có ", " muốn ",
           " không nên ", " nhất định ")  # fmt: skip
_QUALITIES = words_of("adjective")


def without_hanging(text: str, folded: str, words: Words, stop: int, least: int) -> Words:
    """The words of a phrase, ``least`` or more, without those at its end that need what follows them."""
    while len(words) > 1:
        (before, after), (begin, end) = words[-2:]
        last = folded[begin:end]
        if end >= stop or folded[end] != " " or not folded[end + 1].isalnum() or text[begin].isupper():
            break
        previous = folded[before:after].rpartition(" ")[2]
        if len(words) > 2 and previous in _HANGING_PAIRS.get(last, ()):
            if folded[slice(*words[-3])].rpartition(" ")[2] in _IN_NOUN.get(last, ()):
                break
            words = words[:-2]
        elif _measured_behind(folded, previous, last, end, stop) or (len(words) > least and _hangs_after(previous, last)):
            words = words[:-1]
        else:
            break
    return words


def _measured_behind(folded: str, previous: str, last: str, end: int, stop: int) -> bool:
    return last in _SIZES and previous not in _IN_NOUN.get(last, ()) and _SIZE.match(folded, end, stop) is not None


def _hangs_after(previous: str, last: str) -> bool:
    before = _HANGING.get(last)
    return before is not None and ("" in before or previous in before) and previous not in _IN_NOUN.get(last, ())


def hangs(folded: str, word: tuple[int, int]) -> bool:
    """Whether the one word behind a measure is none of what is measured: ``50 g trộn``."""
    return "" in _HANGING.get(folded[word[0] : word[1]], ())


def label(text: str, pos: int, stop: int) -> tuple[int, int] | None:
    """Where a label stands that begins with a digit: ``trạm 3G``."""
    found = _LABEL.match(text, pos, stop) if text[pos + 1 : pos + 2].isdigit() else None
    return found.span(1) if found is not None else None


def is_name_part(text: str, last: tuple[int, int], begin: int, end: int, word: str) -> bool:
    """Whether a word that mostly ends a phrase is a syllable of the name before it."""
    if word not in _NAME_PARTS or not (text[begin].isupper() and text[last[0]].isupper()):
        return False
    return end - begin == 1 or text[end - 1].islower()


def is_glued(folded: str, begin: int) -> bool:
    """Whether a capitalised word behind small letters begins something else."""
    space = folded.find(" ", begin, begin + 8)
    end = folded.find(" ", space + 1, space + 9) if space > 0 else -1
    return end > 0 and folded[begin:end] in _GLUED


def without_subject(folded: str, words: Words) -> Words:
    """The head alone of a phrase that runs on into the subject of a clause: ``7 điều công dân nên làm``."""
    if len(words) < 3:
        return words
    if folded[slice(*words[0])] in _HAPPENINGS and folded.startswith(_ACTING, words[1][0]):
        return words[:1] if folded.startswith((*_CLAUSE, " đưa", " bị ", " được ", " tố "), words[2][1]) else words
    if not folded.startswith(_CLAUSE, words[-1][1]) or folded[slice(*words[0])] not in _TOLD_BY:
        return words
    return words if folded[words[1][0] : words[2][1]] in _QUALITIES else words[:1]
