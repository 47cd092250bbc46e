"""Reading several articles in turns changes nothing of what is found in each."""

from __future__ import annotations

from pathlib import Path

from transforms.document import Article
from transforms.extract import extract, extract_many

NEWS = sorted((Path(__file__).parents[1] / "samples" / "news").glob("*.txt"))
ODD = "", "Đề nghị 𝐀 các xã vào cuộc.", "x" * 20_000, "Đã mở 12 lớp. " * 2_000, "Sở Y tế họp."


def test_facts_are_the_same() -> None:
    texts = [*(path.read_text(encoding="utf-8", errors="replace") for path in NEWS), *ODD, *ODD]
    articles = [Article.from_text(text) for text in texts]
    alone = [extract(article) for article in articles]
    assert extract_many(articles) == alone
    assert extract_many(articles[::-1]) == alone[::-1]
    assert extract_many(articles[:1]) == alone[:1]
    assert extract_many([]) == []
