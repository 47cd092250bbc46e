"""The extractor version: changes whenever a rule or a lexicon changes, and only then."""

from __future__ import annotations

import hashlib
from functools import cache
from pathlib import Path

import transforms

RULES = (".py", ".tsv", ".json")


@cache
def extractor_version() -> str:
    """Release number and a digest of every rule and lexicon file, as ``0.1.0+1a2b3c4d``."""
    from importlib.metadata import version

    folder = Path(transforms.__file__).parent
    digest = hashlib.sha256()
    for path in sorted(p for p in folder.rglob("*") if p.suffix in RULES):
        digest.update(path.relative_to(folder).as_posix().encode() + b"\0" + path.read_bytes() + b"\0")
    return f"{version('khobao')}+{digest.hexdigest()[:8]}"
