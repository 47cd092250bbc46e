"""Short second mentions get the full name, and lists get the honorific that is printed once for all."""

from __future__ import annotations

import re
from bisect import bisect_right
from collections import Counter
from collections.abc import Callable
from functools import lru_cache

from transforms.clean.syllables import is_syllable
from transforms.clean.unicode import fold_key
from transforms.document import Article
from transforms.extract.calls import GROUP, Honorific
from transforms.extract.foreign_names import heads
from transforms.extract.mention import Mention, canonical
from transforms.extract.names import AFTER, PARTICLES, is_family
from transforms.extract.namesakes import name_words
from transforms.match import Hit, occurrences
from transforms.text import LOWER, UPPER

_SEX = {"ông": "m", "anh": "m", "chú": "m", "cậu": "m", "bà": "f", "chị": "f", "cô": "f"}
_BEARERS = 24  # of one short name, before and after a mention of it, among whom the likeliest is chosen
_FIRST_LADY = ("đệ nhất phu nhân", "phu nhân", "cựu đệ nhất phu nhân")
_ROYAL = ("quốc vương", "nữ hoàng", "hoàng tử", "công nương", "công chúa", "thái tử", "giáo hoàng", "nữ công tước")
_TOLD = ("address", "title", "rank", "office")
_PIECE = rf"(?:[{UPPER}]\.|[{UPPER}][{LOWER}{UPPER}'’-]*)"
_FOREIGN_WORD = re.compile(rf"({_PIECE}|{PARTICLES}) ")
_FOREIGN_BEFORE = re.compile(rf"(?<![\w-]){_PIECE} (?:(?:{_PIECE}|{PARTICLES}) ){{0,2}}\Z")
_CAPITAL_BEFORE = re.compile(rf"(?<!\w)[{UPPER}][\w-]* \Z")
_SMALL_AFTER = re.compile(rf" [{LOWER}]")
# "Park Geun-hyeđã": a small word that lacks the space before it
_OFFICE = 12  # characters after a name that tell an office
_GLUED_ENDS = ("đã", "đang", "cũng", "được")
_DASHED = ("là", "người", "tên", "một", "chủ", "nguyên", "hiện")  # after a dash that lacks its spaces
_GLUED = re.compile(rf"\w({'|'.join(_GLUED_ENDS)})\Z")
_FIRST_OF_TWO = ("y", "h")  # "Y Khan" of "Y Khan Niê": in the Highlands the clan's name stands last
_CAPITAL_AFTER = re.compile(rf" [{UPPER}]")
# First words of nicknames in the South: by the order of birth.
_BIRTH_ORDER = frozenset(["út", "hai", "ba", "tư", "năm", "sáu", "bảy", "tám", "chín", "mười"])
PLURAL = re.compile(r"(?:các|những|hai|ba|bốn|năm|quý|\d) (?:vị )?\Z")
_QUOTED, _NEVER = 300, 1 << 40  # characters after a plural in which a quotation's end is looked for; -1 % _NEVER is far away
_STATESMAN = re.compile(r"(?:cựu |tân )?(tổng thống|giáo hoàng|nữ hoàng|quốc vương|thủ tướng|ngoại trưởng|thượng nghị s[ĩỹ]) ")


class _Bearers:
    """What the text tells of each whole name: the sexes of its honorifics, the high offices before it, whether it is called."""

    def __init__(self, found: list[Mention], folded: str) -> None:
        self.sexes: dict[str, set[str]] = {}
        self.chiefs: set[tuple[str, str]] = set()
        self.titles: set[tuple[str, str | None]] = set()
        self.called: set[str] = set()
        self.later: dict[str, list[str]] = {}  # whole names by short form, each once, in text order
        for mention in found:
            if " " in mention.name:
                self._note(mention, folded)
            for key in _short_forms(mention.name):
                names = self.later.setdefault(key, [])
                if mention.name not in names:
                    names.append(mention.name)
        for mention in found:
            if " " not in mention.name and mention.honorific in _SEX:
                self._note_first(mention)

    def _note(self, mention: Mention, folded: str) -> None:
        if mention.honorific in _SEX:
            self.sexes.setdefault(mention.name, set()).add(_SEX[mention.honorific])
        elif mention.by == "office" and folded.startswith(_FIRST_LADY, mention.lead):
            self.sexes.setdefault(mention.name, set()).add("f")
        self.titles.add((mention.name, mention.honorific))
        if mention.by != "bare":
            self.called.add(mention.name)
        chief = _chief(mention, folded)
        if chief:
            self.chiefs.add((mention.name, chief))

    def _note_first(self, mention: Mention) -> None:
        """``bà Jane`` tells the sex of Jane Doe, so that ``ông Doe`` is her husband."""
        key = fold_key(mention.name)
        if heads().get(key, "given") == "given" and not is_syllable(key):
            for full in self.later.get(key, ())[:_BEARERS]:
                if fold_key(full).startswith(f"{key} "):
                    self.sexes.setdefault(full, set()).add(_SEX[mention.honorific or ""])

    def _is_short(self, name: str) -> bool:
        """Whether a name of two words is itself called in full elsewhere: ``Văn An`` of ``Lê Văn An``."""
        return name.count(" ") == 1 and fold_key(name) in self.later

    def best(self, mention: Mention, folded: str, earlier: list[str], wives: bool) -> str | None:
        """The name in full: of those who fit, whose office or sex agrees, whom some word calls, then the nearest."""
        key, sex = _called_by(mention.name), _SEX.get(mention.honorific or "")
        chief = _chief(mention, folded)
        unknown = set() if wives and sex == "f" else {sex}
        best, most = None, -1
        for full in [*earlier[: -_BEARERS - 1 : -1], *self.later.get(key, ())[:_BEARERS]]:
            sexes = self.sexes.get(full, unknown)
            if full == mention.name or (sex and sex not in sexes) or self._is_short(full):
                continue
            is_likely = full in self.sexes if sex else chief != "" and sexes == {"m"}
            is_likely = is_likely or (mention.honorific is not None and (full, mention.honorific) in self.titles)
            ends = fold_key(full).endswith(key)
            fit = 8 * ((full, chief) in self.chiefs) + 4 * is_likely + 2 * ends + (full in self.called)
            if fit > most:
                best, most = full, fit
        return best


def _called_by(name: str) -> str:
    """The folded name by which somebody is looked for: of ``Út Lan``, the youngest child's, the given name."""
    key = fold_key(name)
    first, _, rest = key.partition(" ")
    return rest if rest and first in _BIRTH_ORDER else key


def _chief(mention: Mention, folded: str) -> str:
    """The high office right before a name: ``tổng thống`` of ``cựu Tổng thống Mỹ X``."""
    if mention.by != "office":
        return ""
    match = _STATESMAN.match(folded, mention.lead, mention.start)
    return match[1] if match else ""


def cut(found: list[Mention], text: str) -> list[Mention]:
    """Names without what is no part of them: a sentence's first word after a missing full stop, a small word glued on.

    ``Trần Văn An Báo chí`` is ``Trần Văn An`` where the text has him elsewhere, and the longer name only once.
    """
    printed = Counter(one.name for one in found)
    kept: list[Mention] = []
    for one in found:
        head, _, last = one.name.rpartition(" ")
        end = one.end
        if head.count(" ") >= 2 and printed[one.name] == 1 and head in printed and _SMALL_AFTER.match(text, end):
            end = text.rindex(" ", one.start, end)
            end -= len(text[one.start : end]) - len(text[one.start : end].rstrip())
        elif "-" in last and _is_dashed(last, text[end : end + _OFFICE]):
            end -= len(last) - last.index("-")
        elif last.endswith(_GLUED_ENDS) and (glued := _GLUED.search(last)) and not is_syllable(last.lower()):
            end -= len(last) - glued.start(1)
        kept.append(one if end == one.end else one._replace(end=end, name=canonical(text[one.start : end])))
    return kept


def _is_dashed(last: str, after: str) -> bool:
    """``An-Ủy`` before ``viên``, ``An-là``: a dash without its spaces, and no double name."""
    name, _, rest = last.partition("-")
    return is_syllable(name.lower()) and (rest in _DASHED or AFTER.match(f"{rest}{after}".lower()) is not None)


def completed(found: list[Mention], folded: str) -> list[Mention]:
    """``ông Dũng`` becomes the Dũng named in full last before, else the first after; unknown ones stay only as printed.

    A Vietnamese name is called by its last word (or its last two), a foreign one by any. Of several bearers of a name it is the
    one whose office or honorific agrees: ``Tổng thống Trump`` is not the president's daughter. Where the text speaks of a first
    lady, who bears her husband's name, a woman is only one who is called so in full. An office alone tells a single name only of
    statesmen: ``Tổng thống Trump``, not ``Giám đốc Apple``.
    """
    wives = "phu nhân" in folded
    bearers = _Bearers(found, folded)
    earlier: dict[str, list[str]] = {}  # whole names of the mentions before, the latest last
    kept: list[Mention] = []
    for mention in found:
        count = mention.name.count(" ") + 1
        name = None
        if count <= 2:
            name = bearers.best(mention, folded, earlier.get(_called_by(mention.name), []), wives)
        for key in _short_forms(mention.name):
            names = earlier.setdefault(key, [])
            if mention.name in names:
                names.remove(mention.name)
            names.append(mention.name)
        if name is not None:
            kept.append(mention._replace(name=name))
        elif count > 1 or mention.by in ("address", "rank") or _is_statesman(mention, folded):
            kept.append(mention)
    return kept


def _is_statesman(mention: Mention, folded: str) -> bool:
    """Whether a single name is a statesman's or a prince's: ``Quốc vương Abdullah``."""
    is_royal = mention.by == "title" and mention.honorific in _ROYAL and heads().get(fold_key(mention.name), "family") == "given"
    if (mention.by != "office" and not is_royal) or mention.name.isupper() or is_syllable(mention.name.lower()):
        return False
    return is_royal or _STATESMAN.match(folded, mention.lead, mention.start) is not None


def introduced(article: Article, found: list[Mention], is_free: Callable[[int, int], bool]) -> list[Mention]:
    """``found`` with the mentions that only the rest of the text tells.

    ``John Porter`` where ``ông Porter`` follows, and the whole name of a foreigner or an artist wherever it is repeated with
    nothing before it.
    """
    text, folded = article.text, article.folded
    wholes = {fold_key(one.name) for one in found if one.by in _TOLD and " " in one.name and _is_unusual(one.name)}
    known = {key for one in found for key in _short_forms(one.name)}
    short = {fold_key(one.name) for one in found if " " not in one.name and not is_syllable(one.name.lower())} - known
    keys = [*wholes, *short]
    if not keys:
        return found
    more: list[Mention] = []
    starts = [one.start for one in found]
    past = end = -1
    for number, pos, stop in occurrences(keys, folded):
        if pos < past:  # inside a longer one, or over the end of the one before
            continue
        past = stop
        if not text[pos].isupper() or text[stop : stop + 1].isalnum() or (pos and text[pos - 1].isalnum()):
            continue
        begin = pos if keys[number] in wholes else _first_names(text, pos)
        after = bisect_right(starts, begin)
        if begin < end or (begin == pos and keys[number] in short) or not text[begin].isupper():
            continue
        if (after and found[after - 1].end > begin) or (after < len(found) and found[after].start < stop):
            continue
        if begin == pos and (_CAPITAL_BEFORE.search(text, max(0, pos - 16), pos) or _CAPITAL_AFTER.match(text, stop)):
            continue
        if is_free(begin, stop):
            more.append(Mention(begin, stop, canonical(text[begin:stop]), None, begin, "bare"))
            end = stop
    return sorted([*found, *more], key=lambda one: one.start) if more else found


def _first_names(text: str, pos: int) -> int:
    """Where the foreign name begins whose last word stands at ``pos``: up to three words that are no Vietnamese syllables."""
    before = _FOREIGN_BEFORE.search(text, max(0, pos - 40), pos)
    if before is None:
        return pos
    begin, has_first = pos, False
    for match in reversed(list(_FOREIGN_WORD.finditer(text, before.start(), pos))):
        word = match[1].rstrip(".")
        if len(word) > 1 and word[0].isupper() and (is_syllable(word.lower()) or word.isupper()):
            break
        if word.lower() in name_words("house"):  # "điện Kremlin Dmitry Peskov"
            break
        is_first = heads().get(word.lower()) == "given"
        if has_first and not is_first:  # "cố vấn của ông Trump Michael Flynn"
            break
        begin, has_first = match.start(), has_first or is_first
    return begin


@lru_cache(maxsize=4096)
def _is_unusual(name: str) -> bool:
    pieces = [fold_key(piece) for piece in name.split()]
    return is_family(pieces[0]) is None or not all(is_syllable(piece) for piece in pieces)


@lru_cache(maxsize=4096)
def _short_forms(name: str) -> tuple[str, ...]:
    pieces = [fold_key(piece) for piece in name.split()]
    if len(pieces) < 2 or (len(pieces) == 2 and pieces[0] in _BIRTH_ORDER):
        return ()
    if is_family(pieces[0]) is None or not all(is_syllable(piece) for piece in pieces):
        more = [" ".join(pieces[-2:])] if len(pieces) > 2 else []
        if pieces[0] in _FIRST_OF_TWO and more:
            more.append(" ".join(pieces[:2]))
        return tuple(dict.fromkeys([*pieces, *more]))
    return (pieces[-1], " ".join(pieces[-2:])) if len(pieces) > 2 else (pieces[-1],)


def spread(article: Article, hits: list[Hit[Honorific]], found: list[Mention]) -> list[Mention]:
    """``các đồng chí: A, B`` calls each of the list ``đồng chí``, to the end of the sentence."""
    folded = article.folded
    plurals = [hit for hit in hits if hit.value.kind == "address" and PLURAL.search(folded, max(0, hit.start - 12), hit.start)]
    # not "3 cô con gái của X", "ba mẹ X"
    plurals = [hit for hit in plurals if hit.value.word != "mẹ" and not folded.startswith(" con ", hit.end)]
    if not plurals:
        return found
    starts = [hit.end for hit in plurals]
    sentences = [sentence.start for sentence in article.sentences]
    quotes = [min(article.text.find(mark, hit.end, hit.end + _QUOTED) % _NEVER for mark in "”\"") for hit in plurals]
    for number, hit in enumerate(plurals):
        after = bisect_right(found, hit.end, key=lambda one: one.start)
        if after < len(found) and found[after].by == "office" and GROUP.search(folded, max(0, hit.start - 8), hit.start):
            comma = folded.find(",", hit.end, found[after].lead)
            if comma >= 0 and ":" not in folded[hit.end : comma]:
                quotes[number] = hit.end  # "4 đồng chí Phó Chủ tịch, Chủ tịch X": X is none of them
    kept: list[Mention] = []
    for mention in found:
        number = bisect_right(starts, mention.start) - 1
        if number >= 0 and (mention.honorific is None or mention.by in ("rank", "title")):
            sentence = bisect_right(sentences, mention.start) - 1
            is_said = quotes[number] < mention.start  # “Các bạn …”, X nói
            if sentence >= 0 and sentences[sentence] <= starts[number] and not is_said:
                mention = mention._replace(honorific=plurals[number].value.word)
        kept.append(mention)
    return kept
