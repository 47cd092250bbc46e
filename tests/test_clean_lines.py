"""Single lines where articles have them: over and under the headline, between paragraphs, below the last one."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest

from transforms.clean import clean
from transforms.document import RawDocument

CASES = json.loads((Path(__file__).parent / "cases" / "lines.json").read_text(encoding="utf-8"))
TITLE = "Xã Bình Lộc tổng kết công tác thu ngân sách"
PARAGRAPHS = """Sáng 12/3, tại hội trường trung tâm xã, Ủy ban nhân dân xã Bình Lộc tổ chức hội nghị tổng kết công tác thu ngân sách năm qua và triển khai nhiệm vụ năm nay. Dự hội nghị có lãnh đạo các phòng, ban của huyện và hơn 80 đại biểu.
Theo báo cáo, năm qua toàn xã thu được 12,4 tỷ đồng, đạt 105% kế hoạch. Các khoản thu từ đất đai và lệ phí đều vượt chỉ tiêu được giao, riêng thuế ngoài quốc doanh chỉ đạt 91% kế hoạch.
Phát biểu kết luận hội nghị, đồng chí Bí thư Đảng ủy xã đề nghị các đơn vị tiếp tục rà soát nguồn thu, chống thất thu và công khai kết quả từng tháng để nhân dân cùng giám sát.""".splitlines()  # noqa: E501
DATE = "15/03/2024"


def article(place: str, lines: list[str]) -> str:
    first, *rest = PARAGRAPHS
    if place == "over":
        return "\n".join([*lines, TITLE, DATE, *PARAGRAPHS])
    if place == "top":
        return "\n".join([TITLE, *lines, *PARAGRAPHS])
    return "\n".join([TITLE, DATE, first, *lines, *rest] if place == "middle" else [TITLE, DATE, *PARAGRAPHS, *lines])


@pytest.mark.parametrize("case", CASES, ids=lambda case: f"{case['place']}: {case['lines'][0]}"[:60])
def test_line(case: dict[str, Any]) -> None:
    text = article(case["place"], case["lines"])
    document = clean(RawDocument("0" * 20, "s", "a.txt", "text/plain", text.encode())).document
    roles = {block.raw_text: block.role for block in document.blocks}
    assert roles[TITLE] == "title"
    assert all(roles[paragraph] in ("body", "lead") for paragraph in PARAGRAPHS)
    if "roles" in case:
        assert [roles[line] for line in case["lines"]] == case["roles"]
    if "byline" in case:
        assert list(document.byline) == case["byline"]
    if "outlet" in case:
        assert document.outlet == case["outlet"]
    if "published_at" in case:
        assert (document.published_at and document.published_at.isoformat()) == case["published_at"]
