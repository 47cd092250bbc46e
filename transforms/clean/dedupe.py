"""Same and nearly same texts: what two documents are compared by.

A text is folded to its syllables (case, tone placement and punctuation do not count); its 5-syllable shingles give a MinHash
signature, cut into bands. Texts that share a band are candidates, and ``similarity`` tells the truth about them.
"""

from __future__ import annotations

import hashlib
import re
import struct
from typing import TYPE_CHECKING, NamedTuple

from rensa import RMinHash

from transforms.clean.unicode import fold_key

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

SHINGLE = 5
THRESHOLD = 0.8
# 21 bands of 6: a pair at the threshold is a candidate with probability 0.998, one at 0.85 with 0.99995.
ROWS, BANDS = 6, 21
_SEED = 42
_SYLLABLE = re.compile(r"\w+")


class Signature(NamedTuple):
    """``text_hash`` is equal for equal folded texts; two texts are candidates when they share a value of ``bands``."""

    text_hash: str
    bands: tuple[int, ...]


def shingles(text: str) -> set[str]:
    """The distinct 5-syllable shingles of the folded text; a shorter text is one shingle.

    >>> sorted(shingles("Uỷ ban nhân dân tỉnh họp"))
    ['ban nhân dân tỉnh họp', 'ủy ban nhân dân tỉnh']
    """
    syllables = _SYLLABLE.findall(fold_key(text))
    if len(syllables) <= SHINGLE:
        return {" ".join(syllables)}
    return {" ".join(syllables[i : i + SHINGLE]) for i in range(len(syllables) - SHINGLE + 1)}


def numbered(text: str) -> NDArray[np.int64]:
    """The shingles as sorted numbers of 64 bits, quick to compare; they mean something within one process only.

    >>> len(numbered("Uỷ ban nhân dân tỉnh họp"))
    2
    """
    import numpy as np

    return np.unique(np.fromiter(map(hash, shingles(text)), np.int64))


def sign(text: str) -> Signature:
    """The signature of a cleaned text.

    >>> sign("Hoà bình.").text_hash == sign("hòa  bình").text_hash
    True
    """
    syllables = _SYLLABLE.findall(fold_key(text))
    text_hash = hashlib.blake2b(" ".join(syllables).encode(), digest_size=10).hexdigest()
    sketch = RMinHash(num_perm=ROWS * BANDS, seed=_SEED)
    sketch.update(sorted(shingles(text)))
    digest = sketch.digest()
    bands = []
    for number in range(BANDS):
        packed = struct.pack(f">B{ROWS}I", number, *digest[number * ROWS : (number + 1) * ROWS])
        bands.append(int.from_bytes(hashlib.blake2b(packed, digest_size=8).digest(), "big"))
    return Signature(text_hash, tuple(bands))


def similarity(first: str, second: str) -> float:
    """Jaccard similarity of two texts' shingles, from 0 to 1.

    >>> similarity("một hai ba bốn năm sáu", "một hai ba bốn năm bảy")
    0.3333333333333333
    """
    a, b = shingles(first), shingles(second)
    return len(a & b) / len(a | b)
