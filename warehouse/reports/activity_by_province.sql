-- question: What kinds of events were held in which province, month by month?
-- question_vi: Mỗi tháng, từng tỉnh tổ chức những loại sự kiện nào?
-- grain: one row per province (as it is now), month and kind of event
-- columns: number of events, sources (doc_id and span of each)
-- caveats: counts reports, not activity: a province with a busy newspaper reports more; events without a day take the document's date
-- order: province_name_now, month, kind
SELECT d.province_code_now, d.province_name_now, date_trunc('month', coalesce(e.held_from, d.dated_from))::DATE AS "month", e.kind,
       count(*) AS events,
       list({doc_id: e.doc_id, start_char: e.start_char, end_char: e.end_char} ORDER BY e.doc_id, e.start_char) AS sources
FROM events e JOIN documents d USING (doc_id)
GROUP BY ALL
