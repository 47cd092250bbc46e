-- question: Who agreed with whom on what and until when; who gave what to whom?
-- question_vi: Ai ký kết với ai, về việc gì, đến khi nào; ai trao tặng gì cho ai?
-- grain: one row per event of signing or giving, or at which somebody signed, gave or received
-- grain_vi: mỗi sự kiện ký kết, trao tặng, hoặc có người ký, trao, nhận, một dòng
-- caveats: amounts are those that the text ties to the event, with the parts of a total beside it; an event without a day takes the document's, where that is known to the month; where signed_or_gave is empty, organisers are usually the parties
-- caveats_vi: số lượng là những số văn bản gắn với sự kiện, cả phần "trong đó"; sự kiện không rõ ngày lấy ngày của văn bản nếu rõ đến tháng; nếu không nêu ai ký, ai trao thì thường là đơn vị tổ chức
-- columns: held_from, province_name_now, kind, name, subject, term_from, term_to, signed_or_gave, received, organised, amounts, doc_id, event_no, start_char, end_char, sources
-- column held_from: held on | ngày
-- column kind: kind of event | loại sự kiện | kind of event
-- column name: event | tên sự kiện
-- column subject: subject | nội dung
-- column term_from: from | từ ngày
-- column term_to: until | đến ngày
-- column signed_or_gave: signed or gave | bên ký, bên trao
-- column received: received | bên nhận
-- column organised: organised | đơn vị tổ chức
-- column amounts: amounts | số lượng
-- column event_no: event | sự kiện số
-- order: held_from, doc_id, event_no
WITH part AS (
    SELECT p.doc_id, p.event_no,
           list_sort(list_distinct(list(p.participant) FILTER (p.role IN ('signatory', 'donor')))) AS signed_or_gave,
           list_sort(list_distinct(list(p.participant) FILTER (p.role = 'recipient'))) AS received,
           list_sort(list_distinct(list(p.participant) FILTER (p.role = 'organiser'))) AS organised,
           list({doc_id: p.doc_id, start_char: p.start_char, end_char: p.end_char, role: p.role} ORDER BY p.start_char, p.role) AS sources
    FROM history.participants p
    WHERE p.role IN ('signatory', 'donor', 'recipient', 'organiser')
    GROUP BY p.doc_id, p.event_no
), amount AS (
    SELECT f.doc_id, f.event_no,
           list({value: f.value, unit: f.unit, what: f.what, start_char: f.start_char, end_char: f.end_char} ORDER BY f.start_char) AS amounts
    FROM history.figures f WHERE f.event_no IS NOT NULL GROUP BY f.doc_id, f.event_no
)
SELECT coalesce(e.held_from, CASE WHEN d.dated_to - d.dated_from <= 31 THEN d.dated_from END) AS held_from, d.province_name_now, e.kind, e.name, e.subject, e.term_from, e.term_to,
       p.signed_or_gave, p.received, p.organised, a.amounts, e.doc_id, e.event_no, e.start_char, e.end_char, coalesce(p.sources, []) AS sources
FROM history.events e JOIN documents d USING (doc_id)
LEFT JOIN part p ON p.doc_id = e.doc_id AND p.event_no = e.event_no
LEFT JOIN amount a ON a.doc_id = e.doc_id AND a.event_no = e.event_no
WHERE e.kind IN ('ký kết', 'trao tặng') OR p.signed_or_gave IS NOT NULL OR p.received IS NOT NULL
