-- question: Which tasks were followed by results on the same topic in the same province, and which were not?
-- question_vi: Nhiệm vụ nào sau đó đã có kết quả cùng lĩnh vực, cùng địa phương; nhiệm vụ nào chưa?
-- grain: one row per task with a topic, in a document with a province and a date known to the half-year
-- grain_vi: mỗi nhiệm vụ có lĩnh vực, trong văn bản rõ tỉnh và rõ ngày đến nửa năm, một dòng
-- caveats: same topic and province within 400 days, not the same task: a hint where to read on, not a verdict; no later documents: nobody could have told; sources leads to the first five results
-- caveats_vi: cùng lĩnh vực, cùng tỉnh trong 400 ngày, chưa chắc cùng nhiệm vụ: là gợi ý đọc tiếp, không phải kết luận; không có tin về sau thì không thể biết; nguồn chỉ nêu năm kết quả đầu
-- columns: topic, province_name_now, tasked_on, due_on, addressee, task, results, first_result_on, later_documents, doc_id, start_char, end_char, sources
-- column tasked_on: set on | đề ra ngày
-- column task: task | nhiệm vụ
-- column results: results reported later | số kết quả nêu sau đó
-- column first_result_on: first of them on | kết quả đầu tiên ngày
-- column later_documents: later stories from the province | số tin về sau của tỉnh
-- column sources: the first five results | năm kết quả đầu
-- order: later_documents = 0, results, tasked_on, doc_id, start_char
WITH story AS (
    SELECT d.doc_id, d.province_code_now AS province, d.province_name_now, d.dated_from, d.dated_to
    FROM documents d WHERE d.province_code_now IS NOT NULL AND d.dated_to - d.dated_from <= 184
), result AS (
    SELECT s.topic, d.province, d.dated_from AS "day", {doc_id: s.doc_id, start_char: s.start_char, end_char: s.end_char} AS source,
           row_number() OVER (PARTITION BY s.topic, d.province ORDER BY d.dated_from, s.doc_id, s.start_char) AS place
    FROM history.statements s JOIN story d USING (doc_id)
    WHERE s.kind = 'result' AND s.topic IS NOT NULL
), reached AS (  -- how many results a topic and province had by the end of a day
    SELECT r.topic, r.province, r."day", max(r.place) AS until FROM result r GROUP BY r.topic, r.province, r."day"
), following AS (
    SELECT r.topic, r.province, r.place, r."day",
           list(r.source) OVER (PARTITION BY r.topic, r.province ORDER BY r.place ROWS BETWEEN CURRENT ROW AND 4 FOLLOWING) AS sources
    FROM result r
), told AS (
    SELECT d.province, d.dated_from AS "day", sum(count(*)) OVER (PARTITION BY d.province ORDER BY d.dated_from) AS until
    FROM story d GROUP BY d.province, d.dated_from
), task AS (
    SELECT coalesce(c.topic, s.topic) AS topic, d.province, d.province_name_now, d.dated_from AS tasked_on, d.dated_to AS "day",
           d.dated_to + 400 AS until, c.due_on, c.addressee, coalesce(c.surface, s.surface) AS task, s.doc_id,
           coalesce(c.start_char, s.start_char) AS start_char, coalesce(c.end_char, s.end_char) AS end_char
    FROM history.statements s
    LEFT JOIN history.clauses c ON c.doc_id = s.doc_id AND c.sentence_no = s.sentence_no AND c.kind = 'task'
    JOIN story d ON d.doc_id = s.doc_id
    WHERE (s.kind = 'task' OR c.kind = 'task') AND coalesce(c.topic, s.topic) IS NOT NULL
), counted AS (
    SELECT t.topic, t.province, t."day", coalesce(b.until, 0) AS before, coalesce(a.until, 0) - coalesce(b.until, 0) AS results
    FROM (SELECT DISTINCT k.topic, k.province, k."day", k.until FROM task k) t
    ASOF LEFT JOIN reached b ON b.topic = t.topic AND b.province = t.province AND b."day" <= t."day"
    ASOF LEFT JOIN reached a ON a.topic = t.topic AND a.province = t.province AND a."day" <= t.until
), later AS (
    SELECT t.province, t."day", (coalesce(y.until, 0) - coalesce(x.until, 0))::BIGINT AS documents
    FROM (SELECT DISTINCT k.province, k."day", k.until FROM task k) t
    ASOF LEFT JOIN told x ON x.province = t.province AND x."day" <= t."day"
    ASOF LEFT JOIN told y ON y.province = t.province AND y."day" <= t.until
)
SELECT t.topic, t.province_name_now, t.tasked_on, t.due_on, t.addressee, t.task, n.results,
       CASE WHEN n.results > 0 THEN f."day" END AS first_result_on, l.documents AS later_documents, t.doc_id, t.start_char, t.end_char,
       CASE WHEN n.results > 0 THEN f.sources[1 : least(n.results, 5)] ELSE [] END AS sources
FROM task t
JOIN counted n ON n.topic = t.topic AND n.province = t.province AND n."day" = t."day"
JOIN later l ON l.province = t.province AND l."day" = t."day"
LEFT JOIN following f ON f.topic = t.topic AND f.province = t.province AND f.place = n.before + 1
