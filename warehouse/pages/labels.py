"""What tables and columns are called on the pages, in English and Vietnamese."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from warehouse.pages.words import Words

# Kinds of facts in the order of the legend: how a mention is called, and how many of them.
KINDS = {
    "people": (Words("Person", "Người"), Words("People", "Người")),
    "positions": (Words("Office", "Chức vụ"), Words("Offices", "Chức vụ")),
    "organisations": (Words("Body", "Cơ quan, tổ chức"), Words("Bodies", "Cơ quan, tổ chức")),
    "places": (Words("Place", "Địa danh"), Words("Places", "Địa danh")),
    "citations": (Words("Cited document", "Văn bản được viện dẫn"), Words("Cited documents", "Văn bản viện dẫn")),
    "dates": (Words("Date", "Thời gian"), Words("Dates", "Thời gian")),
    "figures": (Words("Figure", "Số liệu"), Words("Figures", "Số liệu")),
    "events": (Words("Event", "Sự kiện"), Words("Events", "Sự kiện")),
    "participants": (Words("Participant", "Thành phần tham gia"), Words("Participants", "Thành phần")),
    "statements": (Words("Sentence", "Câu"), Words("Sentences", "Câu")),
    "clauses": (Words("Item of a sentence", "Vế câu"), Words("Items", "Vế câu")),
}
WHOLE_SENTENCES = ("statements", "clauses")  # marked at their beginning; the others under each word

TABLES = {
    **{name: several for name, (_, several) in KINDS.items()},
    "documents": Words("Documents", "Tài liệu"),
    "blocks": Words("Blocks", "Khối văn bản"),
    "duplicates": Words("Duplicates", "Bản trùng"),
    "bodies": Words("Bodies told apart", "Cơ quan đã phân biệt"),
    "units": Words("Administrative units", "Đơn vị hành chính"),
    "runs": Words("Runs", "Lượt chạy"),
    "sightings": Words("Places where documents were seen", "Nơi thấy tài liệu"),
}

COLUMNS = {
    "addressee": Words("to be done by", "giao cho"),
    "addressee_body_id": Words("id of the body in charge", "mã cơ quan được giao"),
    "as_of_from": Words("attested from", "ghi nhận từ"),
    "as_of_to": Words("attested to", "ghi nhận đến"),
    "body_id": Words("body id", "mã cơ quan"),
    "byline": Words("by", "tác giả"),
    "code": Words("code", "mã đơn vị hành chính"),
    "code_set": Words("set of codes", "bộ mã"),
    "date_from": Words("from", "từ ngày"),
    "date_to": Words("to", "đến ngày"),
    "dated_by": Words("dated by", "căn cứ xác định ngày"),
    "dated_from": Words("dated from", "xác định từ ngày"),
    "dated_to": Words("dated to", "đến ngày"),
    "direction": Words("direction", "xu hướng"),
    "doc_id": Words("document", "mã tài liệu"),
    "document_id": Words("document id", "mã văn bản"),
    "due_on": Words("due on", "thời hạn"),
    "encoding": Words("encoding", "bảng mã"),
    "event_no": Words("event no.", "sự kiện số"),
    "extractor_version": Words("extracted by version", "phiên bản trích xuất"),
    "grain": Words("grain", "độ chi tiết"),
    "held_from": Words("held from", "diễn ra từ"),
    "held_to": Words("held to", "đến ngày"),
    "honorific": Words("honorific", "danh xưng"),
    "indicator": Words("indicator", "chỉ tiêu thống kê"),
    "inferred": Words("partly from context", "suy từ ngữ cảnh"),
    "is_person": Words("a person", "là người"),
    "issued_on": Words("issued on", "ngày ban hành"),
    "issuer": Words("issued by", "cơ quan ban hành"),
    "key": Words("symbol, normalised", "ký hiệu chuẩn hóa"),
    "kind": Words("kind", "loại"),
    "language": Words("language", "ngôn ngữ"),
    "lead": Words("standfirst", "sapô"),
    "level": Words("level", "cấp"),
    "measure": Words("measures", "loại số liệu"),
    "media_type": Words("media type", "định dạng"),
    "name": Words("name", "tên"),
    "number": Words("number", "số"),
    "organisation": Words("body", "cơ quan"),
    "outlet": Words("outlet", "cơ quan đăng"),
    "part_of": Words("part of figure", "thuộc số liệu"),
    "participant": Words("participant", "bên tham gia"),
    "period_from": Words("period from", "kỳ từ"),
    "period_to": Words("period to", "kỳ đến"),
    "person": Words("person", "người"),
    "person_id": Words("person id", "mã người"),
    "place": Words("where", "địa điểm"),
    "place_code": Words("area code", "mã địa bàn"),
    "place_code_set": Words("set of codes", "bộ mã"),
    "plan_from": Words("plans from", "kế hoạch từ"),
    "plan_to": Words("plans to", "kế hoạch đến"),
    "province_by": Words("province told by", "căn cứ xác định tỉnh"),
    "province_code": Words("province", "mã tỉnh"),
    "province_code_now": Words("province today", "mã tỉnh hiện nay"),
    "province_name": Words("province", "tỉnh"),
    "province_name_now": Words("province today", "tỉnh hiện nay"),
    "published_at": Words("published", "đăng lúc"),
    "qualifier": Words("qualifier", "mức ước lượng"),
    "raw_bytes": Words("bytes as received", "số byte gốc"),
    "relation": Words("relation", "quan hệ"),
    "repairs": Words("repairs", "đã sửa"),
    "review_from": Words("looks back from", "nhìn lại từ"),
    "review_to": Words("looks back to", "đến ngày"),
    "role": Words("role", "vai trò"),
    "run_id": Words("run", "lượt chạy"),
    "source_body_id": Words("source id", "mã cơ quan phát ngôn"),
    "source_name": Words("source", "nguồn"),
    "source_uri": Words("where from", "địa chỉ nguồn"),
    "speaker": Words("said by", "người phát biểu"),
    "status": Words("status", "trạng thái"),
    "subject": Words("subject", "nội dung"),
    "supersedes": Words("newer version of", "thay cho bản"),
    "symbol": Words("symbol", "ký hiệu"),
    "tenure": Words("tenure", "tình trạng giữ chức"),
    "term": Words("term", "khóa"),
    "term_from": Words("term from", "thời hạn từ"),
    "term_to": Words("term to", "thời hạn đến"),
    "title": Words("title", "chức danh"),
    "topic": Words("topic", "chủ đề"),
    "unit": Words("unit", "đơn vị tính"),
    "value": Words("value", "giá trị"),
    "value_to": Words("up to", "đến"),
    "what": Words("what is counted", "nội dung"),
    "word_count": Words("syllables", "số tiếng"),
}


def column(name: str) -> Words:
    """The label of a column; its own name where none is kept."""
    return COLUMNS.get(name, Words(name, name))


def table(name: str) -> Words:
    return TABLES.get(name, Words(name, name))


def meaning(observed: Mapping[str, Any], otherwise: str) -> Words:
    """What an expectation says must hold, as its result keeps it."""
    en = str(observed.get("meaning") or observed.get("found") or otherwise)
    return Words(en, str(observed.get("meaning_vi") or en))


def suite(name: str) -> Words:
    """A suite of quality results: a table, the whole warehouse, or one source."""
    if name.startswith("source:"):
        source = name.partition(":")[2]
        return Words(f"Source {source}", f"Nguồn {source}")
    return Words("The whole warehouse", "Toàn kho") if name == "warehouse" else table(name)
