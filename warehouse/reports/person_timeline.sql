-- question: Where does a person appear, in which office and part, in order of time?
-- question_vi: Một người xuất hiện ở đâu, với chức vụ và vai trò gì, theo thời gian?
-- parameter name: 'nong thi thao van' | full name, with or without accents | họ tên đầy đủ, có dấu hoặc không dấu
-- grain: one row per office attested, part in an event and sentence attributed
-- grain_vi: mỗi lần nêu chức vụ, dự sự kiện hoặc câu nói một dòng
-- caveats: people of the same name stand together; person_id tells them apart where it is known; no day where it is known no better than to a year
-- caveats_vi: người trùng tên đứng chung; phân biệt bằng person_id nếu biết; để trống ngày nếu chỉ rõ đến năm
-- columns: day, day_to, what, part, body_or_event, person, person_id, province_name_now, outlet, text, doc_id, start_char, end_char
-- column day: day | ngày
-- column day_to: until | đến ngày
-- column what: what | loại | office = chức vụ, event = sự kiện, statement = phát biểu
-- column part: office, part or kind of statement | chức danh, vai trò hoặc loại phát biểu | role of a participant + kind of statement
-- column body_or_event: body or event | cơ quan hoặc sự kiện
-- order: day, doc_id, start_char, what, part
-- chart: timeline day part
WITH mention AS (
    SELECT p.doc_id, p.start_char, p.end_char, p.as_of_from AS "day", p.as_of_to AS day_to, 'office' AS what, p.title AS part, p.organisation AS body_or_event,
           p.person AS person, p.person_id, p.surface AS text
    FROM positions p WHERE fold(p.person) = fold(name)
    UNION ALL
    SELECT t.doc_id, t.start_char, t.end_char, e.held_from, e.held_to, 'event', t.role, coalesce(e.name, e.kind), t.participant, t.person_id, t.surface
    FROM participants t JOIN events e USING (doc_id, event_no) WHERE t.is_person AND fold(t.participant) = fold(name)
    UNION ALL
    SELECT s.doc_id, s.start_char, s.end_char, NULL, NULL, 'statement', s.kind, NULL, s.speaker, NULL, s.surface
    FROM statements s WHERE s.speaker IS NOT NULL AND fold(s.speaker) = fold(name)
), told AS (
    SELECT m.* EXCLUDE ("day", day_to), d.province_name_now, d.outlet,
           coalesce(m."day", d.dated_from) AS day_from, coalesce(m.day_to, m."day", d.dated_to) AS day_to
    FROM mention m JOIN documents d USING (doc_id)
)
SELECT CASE WHEN t.day_to - t.day_from <= 184 THEN t.day_from END AS "day", CASE WHEN t.day_to - t.day_from <= 184 THEN t.day_to END AS day_to,
       t.what, t.part, t.body_or_event, t.person, t.person_id, t.province_name_now, t.outlet, t.text, t.doc_id, t.start_char, t.end_char
FROM told t
