"""The corrections of a warehouse: the file ``corrections.tsv`` in its folder, applied whenever its documents are extracted."""

from __future__ import annotations

import json
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING, Any

from schemas.errors import UsageError
from schemas.journal import QualityResult
from transforms.corrections import Correction, apply, digests, read

if TYPE_CHECKING:
    from warehouse.layout import Layout, Snapshot

NAME = "corrections.tsv"


@dataclass(frozen=True, slots=True)
class Corrected:
    """The corrections by document, and the digest of each document's."""

    of_document: dict[str, list[Correction]] = field(default_factory=dict)
    digests: dict[str, str] = field(default_factory=dict)

    @classmethod
    def of(cls, path: Path | None) -> Corrected:
        """Read a file; None is none. Raises UsageError for one that can't be read."""
        if path is None:
            return cls()
        found = parse(path)
        by_document: dict[str, list[Correction]] = {}
        for one in found:
            by_document.setdefault(one.doc_id, []).append(one)
        return cls(by_document, digests(found))


def parse(path: Path) -> list[Correction]:
    try:
        return read(path.read_text(encoding="utf-8"), str(path))
    except OSError as error:
        raise UsageError(f"can't read {path}: {error.strerror or error}") from None
    except UnicodeDecodeError:
        raise UsageError(f"can't read {path}: it is no text in UTF-8") from None


def file_of(layout: Layout) -> Path | None:
    """The warehouse's corrections; None where it has none."""
    path = layout.root / NAME
    return path if path.exists() else None


@dataclass(frozen=True, slots=True)
class Told:
    """One correction and what comes of it; ``why`` is None where it does something."""

    correction: Correction
    why: str | None


def check(layout: Layout, snapshot: Snapshot | None, corrections: list[Correction]) -> list[Told]:
    """What each correction does to its document as a snapshot has it, by extracting it again."""
    if not corrections:
        return []
    found: dict[int, str] = {}
    texts = _articles(layout, snapshot, sorted({one.doc_id for one in corrections}))
    for doc_id in sorted({one.doc_id for one in corrections}):
        own = [one for one in corrections if one.doc_id == doc_id]
        if doc_id not in texts:
            found |= {one.line: "the warehouse has no such document" for one in own}
            continue
        from transforms.extract import extract

        found |= apply(extract(texts[doc_id]), texts[doc_id].text, own)
    return [Told(one, found.get(one.line)) for one in corrections]


def shown_instead(layout: Layout, doc_ids: set[str]) -> dict[str, str]:
    """Of documents that ``main`` doesn't show, the one that stands there in their place: the current version, or of copies the
    representative."""
    from schemas.render import quoted
    from warehouse.query import opened

    if not doc_ids:
        return {}
    listed = ", ".join(map(quoted, sorted(doc_ids)))
    with opened(layout) as con:
        found = con.execute(
            f"""WITH hidden AS (
                SELECT doc_id FROM history.documents WHERE doc_id IN ({listed})
                AND doc_id NOT IN (SELECT doc_id FROM history.representatives)
            ), current AS (
                SELECT DISTINCT h.doc_id, coalesce(c.doc_id, h.doc_id) AS now FROM hidden h
                LEFT JOIN history.sightings s ON s.doc_id = h.doc_id
                LEFT JOIN history.sightings c ON c.source_name = s.source_name AND c.source_uri = s.source_uri AND c.is_current
            )
            SELECT c.doc_id, min(r.doc_id) FROM current c LEFT JOIN history.duplicates u ON u.doc_id = c.now
            JOIN history.representatives r ON r.doc_id = c.now OR r.cluster_id = u.cluster_id GROUP BY c.doc_id"""
        ).fetchall()
    return dict(found)


def judged(layout: Layout, snapshot: Snapshot, run_id: str) -> list[QualityResult]:
    """Whether every correction of the warehouse still does something, as a quality result; none where it has none."""
    path = file_of(layout)
    told = check(layout, snapshot, parse(path)) if path else []
    if not told:
        return []
    unused = [one for one in told if one.why]
    share = round(100 * len(unused) / len(told), 4)
    observed = {
        "meaning": "every correction changes a fact of its document",
        "meaning_vi": "mỗi đính chính đều sửa một dữ kiện của văn bản",
        "found": "; ".join(f"line {one.correction.line}: {one.why}" for one in unused[:20]),
    }
    return [
        QualityResult(
            run_id, "corrections", "documents", None, "corrections_are_used", "warning", not unused, len(told), len(unused),
            share, json.dumps(observed, ensure_ascii=False),
        )
    ]  # fmt: skip


def _articles(layout: Layout, snapshot: Snapshot | None, doc_ids: list[str]) -> dict[str, Any]:
    """The documents as they are extracted."""
    from schemas.codes import TEXT_ROLES
    from schemas.render import quoted
    from transforms.document import Article
    from transforms.text import Paragraph
    from warehouse.parquet import connect, scan

    if snapshot is None or not snapshot.files.get("documents"):
        return {}
    wanted = ", ".join(map(quoted, doc_ids))
    with connect() as con:
        rows = con.execute(
            f"""SELECT doc_id, text, published_at, outlet, source_name, title
            FROM {scan(layout.absolute(snapshot.files["documents"]))} WHERE doc_id IN ({wanted})"""
        ).fetchall()
        spans = con.execute(
            f"""SELECT doc_id, start_char, end_char, role FROM {scan(layout.absolute(snapshot.files["blocks"]))}
            WHERE doc_id IN ({wanted}) AND start_char IS NOT NULL AND role IN ({", ".join(map(quoted, sorted(TEXT_ROLES)))})
            ORDER BY doc_id, start_char"""
        ).fetchall()
    paragraphs: dict[str, list[Paragraph]] = {}
    for doc_id, start, end, role in spans:
        paragraphs.setdefault(doc_id, []).append(Paragraph(start, end, role))
    return {
        doc_id: Article.from_parts(text, tuple(paragraphs.get(doc_id, ())), at and at.date(), outlet, source, title)
        for doc_id, text, at, outlet, source, title in rows
    }
