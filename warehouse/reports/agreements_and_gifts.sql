-- question: Who agreed with whom on what and until when; who gave what to whom?
-- question_vi: Ai ký kết với ai, về việc gì, đến khi nào; ai trao tặng gì cho ai?
-- grain: one row per event of signing or giving
-- columns: subject and term, givers or signatories, receivers, amounts linked to the event, doc_id and span
-- caveats: amounts are those that the text ties to the event; parts of a total stand beside the total
-- order: held_from, doc_id, event_no
SELECT e.doc_id, e.event_no, e.start_char, e.end_char, e.kind, e.name, coalesce(e.held_from, d.dated_from) AS held_from, d.province_name_now,
       e.subject, e.term_from, e.term_to,
       (SELECT list(DISTINCT p.participant ORDER BY p.participant) FROM participants p
        WHERE p.doc_id = e.doc_id AND p.event_no = e.event_no AND p.role IN ('signatory', 'donor')) AS signed_or_gave,
       (SELECT list(DISTINCT p.participant ORDER BY p.participant) FROM participants p
        WHERE p.doc_id = e.doc_id AND p.event_no = e.event_no AND p.role = 'recipient') AS received,
       (SELECT list({value: f.value, unit: f.unit, what: f.what, start_char: f.start_char, end_char: f.end_char} ORDER BY f.start_char)
        FROM figures f WHERE f.doc_id = e.doc_id AND f.event_no = e.event_no) AS amounts
FROM events e JOIN documents d USING (doc_id)
WHERE e.kind IN ('ký kết', 'trao tặng')
