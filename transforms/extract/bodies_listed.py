"""Bodies that share a head, which stands only before the first of them: ``các Sở: Y tế, Nội vụ``, ``Bộ Tài chính, Tư pháp``."""

from __future__ import annotations

from transforms.document import Article
from transforms.extract import bodies_kinds
from transforms.extract.bodies_companies import ITEM
from transforms.extract.bodies_grammar import Body
from transforms.extract.bodies_lexicon import Head, heads_at
from transforms.extract.bodies_names import read_topic

_FORCES = ("Công an", "Quốc phòng", "Thanh tra")  # fields that are bodies of their own below the ministries
_ALSO_BODIES = (*_FORCES, "Chính trị")  # fields that head bodies and words of their own
_CLOSED = (", ", "; ", ")", ".", " và ")


def distributed(article: Article, start: int) -> list[Body]:
    """``các Sở: Y tế, Nội vụ``: bodies that share a head; the later ones are told by their topics alone."""
    for key_end, head in _topic_heads(article, start):
        end = key_end + 1 if article.text[key_end : key_end + 1] == ":" else key_end
        found: list[Body] = []
        topic = read_topic(article, end, head, listed=True)
        while topic:
            printed = article.text[end : topic[0]].lstrip()
            begin = start if not found and end == key_end else topic[0] - len(printed)
            name = f"{head.name} {topic[1]}"
            kind = bodies_kinds.kind_of(head, topic[1]) or head.kind
            kind, level = bodies_kinds.whole(name, head, kind, head.level)
            found.append(Body(begin, topic[0], name, name, kind, level, None, head, True, True))
            link = ITEM.match(article.text, topic[0])
            if link is None:
                break
            end = link.end() - 1
            topic = read_topic(article, end, head, listed=True)
            if topic and head.name != "Bộ" and topic[1] in _FORCES:
                break
        if len(found) > 1:
            return found
    return []


def fields_after(article: Article, body: Body) -> list[Body]:
    """The bodies in ``Sở Tài chính, Công Thương, Y tế``, whose first is ``body``; none where only that one is meant."""
    text = article.text
    listed = body.unit is None and text[body.start].isupper() and text.startswith(", ", body.end)
    if not listed or not text[body.end + 2 : body.end + 3].isupper():
        return []
    found = distributed(article, body.start)
    for other in found[1:]:
        if other.name.endswith(_ALSO_BODIES) and not text.startswith(_CLOSED, other.end):
            return []
    return found


def _topic_heads(article: Article, start: int) -> list[tuple[int, Head]]:
    return [(end, head) for end, head in heads_at(article.text, article.folded, start) if head.tail == "topic"]
