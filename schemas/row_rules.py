"""Row rules that only SQL can say, by table: each with its severity and its meaning in English and Vietnamese.

A rule is critical where a row that breaks it is wrong for certain; what may be the author's own slip, or right in a rare case,
is a warning, and what is merely worth knowing is told as information. What follows from a column's declaration (types, lists,
bounds, forms, keys, references) is not here: see ``render`` and ``warehouse/rules.py``.
"""

from __future__ import annotations

from schemas.codes import TEXT_ROLES
from schemas.model import Severity, SqlRule

_WARNING, _INFO = Severity.WARNING, Severity.INFO
_SINCE_2025 = "DATE '2025-07-01'"  # when the 34 provinces and their codes came into force
_SPACE = "[\\s\\pZ]"

SPAN_TRUE = SqlRule(
    "span_true",
    # As BIGINT: the sum must not overflow where the greatest integer stands.
    "r.surface IS DISTINCT FROM d.text[r.start_char::BIGINT + 1 : r.end_char] OR r.end_char <= r.start_char",
    "surface is what stands in the document's text between start_char and end_char",
    "span",
    "surface đúng là đoạn chữ của văn bản từ start_char đến end_char",
)


FEW_REFUSED = "few_rows_refused"  # of all rules of a table together; the result counts the rows that were refused


def numbered(table: str) -> SqlRule:
    """Rows of a document are numbered from 0, in the order of the text."""
    return SqlRule(
        "numbered_in_order",
        f"r.row_no > 0 AND NOT EXISTS (SELECT 1 FROM {table} b"
        " WHERE b.doc_id = r.doc_id AND b.row_no = r.row_no - 1 AND b.start_char <= r.start_char)",
        "rows are numbered from 0 in the order of the text", "order", "các dòng được đánh số từ 0 theo thứ tự trong văn bản",
        _WARNING,
    )  # fmt: skip


def _together(name: str, first: str, second: str, vi: str) -> SqlRule:
    """Two columns that are known together or not at all."""
    violation = f"(r.{first} IS NULL) <> (r.{second} IS NULL)"
    return SqlRule(name, violation, f"{first} and {second} are known together, or neither is", "missing", vi)


def _whole(period: str, vi: str) -> SqlRule:
    """A period has both its ends."""
    told = f"{vi} có đủ ngày đầu và ngày cuối, hoặc không có cả hai"
    return _together(f"{period}_whole", f"{period}_from", f"{period}_to", told)


def _somewhere(column: str) -> SqlRule:
    """A unit's code without its set: of this or the other."""
    return SqlRule(
        f"{column}_known", f"r.{column} IS NOT NULL AND NOT EXISTS (SELECT 1 FROM units u WHERE u.code = r.{column})",
        f"{column} is a code of the gazetteer", "reference", f"{column} là mã đơn vị hành chính có trong danh mục",
    )  # fmt: skip


def _province(column: str, code_set: str) -> SqlRule:
    violation = (
        f"r.{column} IS NOT NULL AND NOT EXISTS "
        f"(SELECT 1 FROM units u WHERE u.code = r.{column} AND u.code_set = {code_set} AND u.level = 'province')"
    )
    meaning = f"{column} is the code of a province in its set"
    return SqlRule(f"{column}_known", violation, meaning, "reference", f"{column} là mã một tỉnh trong bộ mã của nó")


def _identity(column: str, vi: str) -> SqlRule:
    """What stands after the @ of an identity is a unit of either set, or TW."""
    code = f"split_part(r.{column}, '@', 2)"
    return SqlRule(
        f"{column}_of_unit",
        f"r.{column} IS NOT NULL AND {code} <> 'TW' AND NOT EXISTS (SELECT 1 FROM units u WHERE u.code = {code})",
        f"the unit in {column} is in the gazetteer, or TW", "reference", f"đơn vị trong {vi} có trong danh mục, hoặc là TW",
    )  # fmt: skip


def _body_named(column: str, vi: str) -> SqlRule:
    """A body_id that is also that of a mention in the same document."""
    return SqlRule(
        f"{column}_named",
        f"r.{column} IS NOT NULL AND NOT EXISTS "
        f"(SELECT 1 FROM organisations o WHERE o.doc_id = r.doc_id AND o.body_id = r.{column})",
        f"{column} is that of a body named in the document", "reference", f"{vi} là mã một cơ quan được nêu trong văn bản",
    )  # fmt: skip


def _person_named(name: str, column: str, vi: str) -> SqlRule:
    return SqlRule(
        name,
        "r.person_id IS NOT NULL AND NOT EXISTS (SELECT 1 FROM people p"
        f" WHERE p.doc_id = r.doc_id AND p.person_id = r.person_id AND p.name = r.{column})",
        "person_id is that of a mention of the same person in the document", "reference", vi,
    )  # fmt: skip


def _folded(column: str, vi: str) -> SqlRule:
    part = f"split_part(r.{column}, '@', 1)"
    return SqlRule(f"{column}_folded", f"{part} <> lower({part})", f"the name in {column} is in lower case", "spelling",
                   f"tên trong {vi} viết thường")  # fmt: skip


_PERSON = (_identity("person_id", "mã người"), _folded("person_id", "mã người"))
_BODY = (_identity("body_id", "mã cơ quan"), _folded("body_id", "mã cơ quan"))

_DOCUMENTS = (
    SqlRule("text_composed", "nfc_normalize(r.text) IS DISTINCT FROM r.text",
            "text is in Unicode NFC, so that its spans count the same", "spelling",
            "văn bản ở dạng Unicode NFC, để vị trí của dữ kiện đếm như nhau"),
    SqlRule("words_counted",
            # Nearly every text has single spaces and line breaks only: those are counted fast.
            "CASE WHEN r.word_count = length(r.text) - length(replace(replace(r.text, ' ', ''), chr(10), '')) + 1 THEN false"
            f" ELSE r.word_count <> len(list_filter(string_split_regex(r.text, '{_SPACE}+'), x -> x <> '')) END",
            "word_count is the number of words of the text", "range", "word_count đúng là số tiếng của văn bản"),
    _together("precision_told", "published_at", "published_precision", "thời điểm đăng luôn kèm độ chính xác"),
    SqlRule("day_is_midnight", "r.published_precision = 'day' AND r.published_at <> date_trunc('day', r.published_at)",
            "a page that prints only the day gives midnight", "range", "trang chỉ ghi ngày thì giờ đăng là 0 giờ"),
    SqlRule("published_within_reason", "r.published_at NOT BETWEEN TIMESTAMP '1900-01-01' AND TIMESTAMP '2100-12-31'",
            "published_at is from 1900 to 2100", "range", "thời điểm đăng từ năm 1900 đến năm 2100"),
    SqlRule("dated_within_reason", "r.dated_from < DATE '1945-01-01'", "a document is hardly older than 1945", "range",
            "văn bản khó có trước năm 1945", _WARNING),
    _together("dated_to_an_end", "dated_from", "dated_to", "ngày đầu và ngày cuối của văn bản cùng có hoặc cùng không"),
    _together("dating_explained", "dated_from", "dated_by", "ngày của văn bản luôn kèm căn cứ xác định"),
    SqlRule("printed_is_published", "r.dated_by = 'printed' AND r.published_at IS NULL",
            "a document dated by what is printed has its publication time", "missing",
            "văn bản xác định ngày theo trang in thì có thời điểm đăng"),
    _together("province_explained", "province_code", "province_by", "tỉnh của văn bản luôn kèm căn cứ xác định"),
    _together("province_named", "province_code", "province_name", "mã tỉnh và tên tỉnh cùng có hoặc cùng không"),
    _together("province_set_told", "province_code", "province_code_set", "mã tỉnh luôn kèm bộ mã"),
    _together("province_now_named", "province_code_now", "province_name_now",
              "mã và tên tỉnh hiện nay cùng có hoặc cùng không"),
    SqlRule("province_agrees",
            "EXISTS (SELECT 1 FROM units u WHERE u.code = r.province_code AND u.code_set = r.province_code_set"
            " AND (u.level <> 'province' OR u.name <> r.province_name))",
            "the province has the name that the gazetteer gives its code", "code",
            "tên tỉnh đúng như danh mục đặt cho mã tỉnh"),
    _province("province_code_now", "'2025'"),
    SqlRule("province_now_agrees",
            "EXISTS (SELECT 1 FROM units u WHERE u.code = r.province_code_now AND u.code_set = '2025'"
            " AND u.name <> r.province_name_now)",
            "the province of today has the name that the gazetteer gives its code", "code",
            "tên tỉnh hiện nay đúng như danh mục đặt cho mã tỉnh"),
    SqlRule("set_in_force",
            f"(r.province_code_set = '2024' AND r.dated_from >= {_SINCE_2025})"
            f" OR (r.province_code_set = '2025' AND r.dated_to < {_SINCE_2025})",
            "the province's code is of the set in force at the document's date", "code",
            "mã tỉnh thuộc bộ mã có hiệu lực vào ngày của văn bản"),
    SqlRule("place_within_province", "r.place_code IS NOT NULL AND r.province_code_set IS NULL",
            "a document about a place is about its province", "missing", "văn bản nói về một địa bàn thì có tỉnh của địa bàn đó"),
    SqlRule("not_its_own_successor", "r.supersedes = r.doc_id", "a document does not supersede itself", "reference",
            "văn bản không thay thế chính nó"),
    SqlRule("title_in_text", "NOT contains(r.text, r.title)", "the headline stands in the text", "span",
            "tiêu đề có trong văn bản", _WARNING),
    SqlRule("text_of_blocks",
            "(SELECT sum(b.end_char::BIGINT - b.start_char + 1) - 1 FROM blocks b WHERE b.doc_id = r.doc_id) <> length(r.text)",
            "the text is what its blocks hold, with a line break between two", "span",
            "văn bản gồm đúng nội dung các khối, cách nhau một dấu xuống dòng", _WARNING),
    SqlRule("lead_in_text", "NOT contains(r.text, r.lead)", "the standfirst stands in the text", "span",
            "sapô có trong văn bản", _WARNING),
)  # fmt: skip
# A block with the character on each side of it, cut out once: a text is walked from its beginning each time.
_AROUND_BLOCK = "d.text[greatest(r.start_char, 1) : r.end_char::BIGINT + 1]"
_BLOCKS = (
    SqlRule("in_text", "r.end_char > length(d.text) OR (r.start_char IS NULL) <> (r.end_char IS NULL)",
            "a block's place lies in the document's text", "span", "vị trí của khối nằm trong văn bản"),
    SqlRule("only_the_article",
            f"r.start_char IS NOT NULL AND r.role NOT IN ({', '.join(repr(role) for role in TEXT_ROLES)})",
            "only title, lead, headings and body come into the text", "code",
            "chỉ tiêu đề, sapô, đề mục và thân bài được đưa vào văn bản"),
    SqlRule("whole_lines",
            f"(r.start_char > 0 AND NOT starts_with({_AROUND_BLOCK}, chr(10)))"
            f" OR (r.end_char < length(d.text) AND NOT ends_with({_AROUND_BLOCK}, chr(10)))",
            "a block takes up whole lines of the text", "span", "khối chiếm trọn dòng trong văn bản"),
    SqlRule("blocks_in_order",
            "EXISTS (SELECT 1 FROM blocks b WHERE b.doc_id = r.doc_id AND b.block_no = r.block_no::BIGINT + 1"
            " AND (b.raw_start < r.raw_end OR b.start_char < r.end_char))",
            "blocks follow one another in the raw document and in the text", "order",
            "các khối nối tiếp nhau trong bản gốc và trong văn bản", _WARNING),
)  # fmt: skip
_PEOPLE = (
    SqlRule("honorific_lower", "r.honorific <> lower(r.honorific)", "an honorific is in lower case", "spelling",
            "danh xưng viết thường"),
    *_PERSON,
)  # fmt: skip
_POSITIONS = (
    _person_named("identity_of_person", "person", "mã người của chức vụ là mã của chính người đó trong văn bản"),
    *_PERSON, *_BODY, _whole("as_of", "thời điểm ghi nhận chức vụ"),
    SqlRule("body_of_office", "r.body_id IS NOT NULL AND r.organisation IS NULL", "an office with a body_id names its body",
            "missing", "chức vụ có mã cơ quan thì nêu tên cơ quan"),
    SqlRule("office_capital", "r.title[1] <> upper(r.title[1])", "an office begins with a capital letter", "spelling",
            "chức vụ viết hoa chữ đầu"),
)  # fmt: skip
_ORGANISATIONS = (
    _together("set_told", "place_code", "place_code_set", "mã địa bàn luôn kèm bộ mã"),
    *_BODY,
    SqlRule("identity_of_place",
            "r.place_code IS NOT NULL AND split_part(r.body_id, '@', 2) NOT IN ('TW', r.place_code)",
            "the unit in body_id is the body's own", "code", "đơn vị trong mã cơ quan đúng là địa bàn của cơ quan"),
    SqlRule("level_of_place",
            "EXISTS (SELECT 1 FROM units u WHERE u.code = r.place_code AND u.code_set = r.place_code_set"
            " AND u.level <> r.level)",
            "a body's level is that of the unit to which it belongs", "code",
            "cấp của cơ quan là cấp của đơn vị hành chính mà nó thuộc về", _WARNING),
)  # fmt: skip
_CITATIONS = (
    SqlRule("number_in_key", "NOT contains(r.key, r.number::VARCHAR)",
            "the number is part of the key", "code", "số văn bản nằm trong khóa chuẩn hóa"),
    SqlRule("symbol_in_key", "NOT contains(r.key, r.symbol)", "the symbol is part of the key", "code",
            "ký hiệu nằm trong khóa chuẩn hóa"),
    SqlRule("symbol_has_number", "r.symbol IS NOT NULL AND r.number IS NULL", "a symbol comes with a number", "missing",
            "ký hiệu luôn kèm số"),
    SqlRule("issued_before", "r.issued_on > d.dated_to", "a cited document is not issued after the citing one", "range",
            "văn bản được viện dẫn không ban hành sau văn bản viện dẫn", _WARNING),
)  # fmt: skip
_PLACES = (
    _province("province_code", "r.code_set"),
    _province("province_code_now", "'2025'"),
    SqlRule("unit_agrees",
            "EXISTS (SELECT 1 FROM units u WHERE u.code = r.code AND u.code_set = r.code_set"
            " AND (u.name <> r.name OR u.level <> r.level))",
            "a coded place has the name and level that the gazetteer gives its code", "code",
            "địa danh có mã thì tên và cấp đúng như trong danh mục"),
    SqlRule("set_told", "r.code_set IS NULL AND (r.code IS NOT NULL OR r.province_code IS NOT NULL)",
            "a code comes with its set", "missing", "mã luôn kèm bộ mã"),
    SqlRule("in_its_province",
            "(r.level = 'province' AND r.code <> r.province_code) OR EXISTS (SELECT 1 FROM units u"
            " LEFT JOIN units p ON p.code = u.parent_code AND p.code_set = u.code_set AND p.level = 'district'"
            " WHERE u.code = r.code AND u.code_set = r.code_set AND u.level <> 'province'"
            " AND coalesce(p.parent_code, u.parent_code) <> r.province_code)",
            "a place lies in the province that is given for it", "code", "địa danh thuộc đúng tỉnh đã ghi"),
    SqlRule("set_of_its_time",
            f"(r.code_set = '2024' AND d.dated_from >= {_SINCE_2025}) OR (r.code_set = '2025' AND d.dated_to < {_SINCE_2025})",
            "a place has a code of the set in force at the document's date, unless the text speaks of another time", "code",
            "mã địa danh thuộc bộ mã có hiệu lực vào ngày của văn bản, trừ khi văn bản nói về thời điểm khác", _INFO),
)  # fmt: skip
_FIRST_DAY = "(day(r.date_from) = 1 AND month(r.date_from) IN ({}) AND r.date_to = last_day(r.date_from + INTERVAL {} MONTH))"
_DATES = (
    SqlRule("one_day", "r.grain IN ('day', 'time') AND r.date_from <> r.date_to", "a day begins and ends on the same day",
            "order", "mốc ngày bắt đầu và kết thúc trong cùng một ngày"),
    SqlRule("whole_interval",
            "CASE r.grain"
            f" WHEN 'month' THEN NOT {_FIRST_DAY.format('1,2,3,4,5,6,7,8,9,10,11,12', 0)}"
            f" WHEN 'quarter' THEN NOT {_FIRST_DAY.format('1,4,7,10', 2)}"
            f" WHEN 'half_year' THEN NOT {_FIRST_DAY.format('1,7', 5)}"
            f" WHEN 'year' THEN NOT {_FIRST_DAY.format('1', 11)} END",
            "a month, quarter, half-year or year runs from its first day to its last", "order",
            "tháng, quý, nửa năm, năm tính từ ngày đầu đến ngày cuối"),
)  # fmt: skip
_FIGURES = (
    SqlRule("no_part_of_itself", "r.part_of = r.row_no", "a figure is no part of itself", "reference",
            "số liệu không là phần của chính nó"),
    SqlRule("part_within_total",
            "EXISTS (SELECT 1 FROM figures t WHERE t.doc_id = r.doc_id AND t.row_no = r.part_of AND t.unit = r.unit"
            " AND r.value > coalesce(t.value_to, t.value))",
            "a part is not more than its total", "range", "phần không lớn hơn tổng", _WARNING),
    SqlRule("share_within_hundred", "r.measure = 'share' AND r.unit = '%' AND r.value > 100",
            "a share is at most a hundred percent", "range", "tỷ lệ không quá một trăm phần trăm", _WARNING),
    SqlRule("value_within_reason", "abs(r.value) > 1e18 OR abs(r.value_to) > 1e18",
            "a figure is less than a billion billions", "range", "số liệu nhỏ hơn một tỷ tỷ", _WARNING),
    _whole("period", "kỳ báo cáo"), _somewhere("place_code"), *_BODY, _body_named("body_id", "mã cơ quan của số liệu"),
)  # fmt: skip
_EVENTS = (
    _somewhere("place_code"),
    SqlRule("held_from_known", "r.held_from IS NULL AND r.held_to IS NOT NULL", "an event that ends on a day begins on one",
            "missing", "sự kiện có ngày kết thúc thì có ngày bắt đầu"),
    _whole("review", "kỳ nhìn lại"), _whole("plan", "kỳ kế hoạch"),
    *(SqlRule(f"{column}_printed", f"NOT contains(d.text, r.{column})", f"{column} is as printed in the text", "span",
              f"{vi} ghi đúng như trong văn bản")
      for column, vi in (("name", "tên sự kiện"), ("place", "địa điểm"), ("subject", "nội dung thỏa thuận"))),
    SqlRule("terms_of_agreement",
            "r.kind <> 'ký kết' AND (r.subject IS NOT NULL OR r.term_from IS NOT NULL OR r.term_to IS NOT NULL)",
            "only an agreement has a subject and a term", "code", "chỉ thỏa thuận ký kết mới có nội dung và thời hạn", _WARNING),
    SqlRule("held_within_reason", "r.held_from NOT BETWEEN d.dated_from - 3660 AND d.dated_to + 366",
            "an event is held in the ten years before the document or the year after it", "range",
            "sự kiện diễn ra trong mười năm trước hoặc một năm sau ngày của văn bản", _WARNING),
)  # fmt: skip
_PARTICIPANTS = (
    SqlRule("participant_named",
            "NOT EXISTS (SELECT 1 FROM people p WHERE r.is_person AND p.doc_id = r.doc_id AND p.name = r.participant)"
            " AND NOT EXISTS (SELECT 1 FROM organisations o WHERE NOT r.is_person AND o.doc_id = r.doc_id"
            " AND o.name = r.participant)",
            "a participant is a person or body named in the document", "reference",
            "người hoặc tổ chức tham gia phải được nêu tên trong văn bản"),
    SqlRule("identity_fits", "CASE WHEN r.is_person THEN r.body_id IS NOT NULL ELSE r.person_id IS NOT NULL END",
            "a person has no body_id and a body no person_id", "code", "người không có mã tổ chức, tổ chức không có mã người"),
    _person_named("identity_of_person", "participant", "mã người tham gia là mã của chính người đó trong văn bản"),
    _body_named("body_id", "mã cơ quan tham gia"),
)  # fmt: skip
_STATEMENTS = (
    _whole("period", "kỳ báo cáo"), _body_named("body_id", "mã cơ quan được nói đến"),
    _body_named("source_body_id", "mã cơ quan phát ngôn"),
    SqlRule("sentences_apart",
            "EXISTS (SELECT 1 FROM statements s WHERE s.doc_id = r.doc_id AND s.sentence_no = r.sentence_no::BIGINT + 1"
            " AND s.start_char < r.end_char)",
            "sentences follow one another", "order", "các câu nối tiếp nhau, không chồng lên nhau", _WARNING),
)  # fmt: skip
_CLAUSES = (
    SqlRule("in_sentence",
            "EXISTS (SELECT 1 FROM statements s WHERE s.doc_id = r.doc_id AND s.sentence_no = r.sentence_no"
            " AND (r.start_char < s.start_char OR r.end_char > s.end_char))",
            "an item lies within its sentence", "span", "mục liệt kê nằm trong câu của nó"),
    SqlRule("kind_of_item", "r.kind NOT IN ('task', 'result', 'limitation')", "an item is a task, a result or a limitation",
            "code", "mục liệt kê là nhiệm vụ, kết quả hoặc hạn chế"),
    SqlRule("addressee_told", "r.addressee_body_id IS NOT NULL AND r.addressee IS NULL",
            "an addressee with a body_id is named", "missing", "nơi được giao có mã thì có tên"),
    SqlRule("addressee_printed", "NOT contains(d.text, r.addressee)", "an addressee is as printed in the text", "span",
            "nơi được giao ghi đúng như trong văn bản"),
    _body_named("addressee_body_id", "mã cơ quan được giao"),
)  # fmt: skip

# What the journal has is never refused, and stays written: these only warn.
_RUNS = (
    SqlRule("documents_add_up",
            "r.documents_seen <> r.documents_new + r.documents_known + r.documents_reprocessed + r.documents_quarantined",
            "documents seen are new, known, reprocessed or quarantined, each once", "range",
            "mỗi tài liệu đã gặp là mới, đã có, xử lý lại hoặc bị cách ly, tính một lần", _WARNING),
    SqlRule("snapshot_of_completed", "(r.status = 'completed') <> (r.snapshot_id IS NOT NULL)",
            "a run that completed has published a snapshot, and no other has", "missing",
            "lượt chạy hoàn tất thì có bản công bố, lượt khác thì không", _WARNING),
    SqlRule("failure_has_message", "(r.status IN ('failed', 'blocked')) <> (r.message IS NOT NULL)",
            "a run that failed or was held back says why, and no other does", "missing",
            "lượt chạy thất bại hoặc bị giữ lại thì có lý do, lượt khác thì không", _WARNING),
)  # fmt: skip
_QUARANTINE = (
    SqlRule("replayed_in_a_run", "(r.status = 'replayed') <> (r.resolved_run_id IS NOT NULL)",
            "what has passed names the run in which it did, and nothing else does", "missing",
            "mục đã qua thì ghi lượt chạy đã xử lý, mục khác thì không", _WARNING),
    SqlRule("given_up_for_a_reason", "(r.status = 'dropped') <> (r.resolution IS NOT NULL)",
            "what was given up says why, and nothing else does", "missing",
            "mục đã bỏ thì ghi lý do, mục khác thì không", _WARNING),
)  # fmt: skip

RULES: dict[str, tuple[SqlRule, ...]] = {
    "documents": _DOCUMENTS, "blocks": _BLOCKS, "people": _PEOPLE, "positions": _POSITIONS, "organisations": _ORGANISATIONS,
    "places": _PLACES, "citations": _CITATIONS, "dates": _DATES, "figures": _FIGURES, "events": _EVENTS,
    "participants": _PARTICIPANTS, "statements": _STATEMENTS, "clauses": _CLAUSES, "runs": _RUNS, "quarantine": _QUARANTINE,
}  # fmt: skip
