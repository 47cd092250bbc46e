-- question: What kinds of events were held in which province, month by month?
-- question_vi: Mỗi tháng, từng tỉnh tổ chức những loại sự kiện nào?
-- grain: one row per province (as it is now), month and kind of event
-- grain_vi: mỗi tỉnh (theo tên hiện nay), tháng và loại sự kiện một dòng
-- caveats: counts reports, not activity: a province with a busy newspaper reports more; an event without a day takes the document's; no month where neither is known to the month
-- caveats_vi: đếm tin, không phải đếm hoạt động: tỉnh có báo đăng nhiều thì nhiều; sự kiện không rõ ngày lấy ngày của văn bản; để trống tháng nếu cả hai không rõ đến tháng
-- columns: province_code_now, province_name_now, month, kind, events, sources
-- column month: month | tháng
-- column kind: kind of event | loại sự kiện | kind of event
-- column events: events | số sự kiện
-- order: fold(province_name_now), month, kind
-- chart: bars province_name_now events
SELECT d.province_code_now, d.province_name_now, CASE WHEN coalesce(e.held_to, d.dated_to) - coalesce(e.held_from, d.dated_from) <= 31
            THEN date_trunc('month', coalesce(e.held_from, d.dated_from))::DATE END AS "month", e.kind,
       count(*) AS events,
       list({doc_id: e.doc_id, start_char: e.start_char, end_char: e.end_char} ORDER BY e.doc_id, e.start_char) AS sources
FROM history.events e JOIN documents d USING (doc_id)
GROUP BY ALL
