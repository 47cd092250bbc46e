-- question: Which tasks were followed by results on the same topic in the same province, and which were not?
-- question_vi: Nhiệm vụ nào sau đó đã có kết quả cùng lĩnh vực, cùng địa phương; nhiệm vụ nào chưa?
-- grain: one row per task with a topic, in a document with a province and a date
-- columns: the task, results reported within 400 days after it, the first of them, sources of the results
-- caveats: same topic and province, not the same task: a hint where to read on, not a verdict
-- order: results, tasked_on, doc_id, start_char
SELECT s.doc_id, s.start_char, s.end_char, s.topic, d.province_name_now, d.dated_from AS tasked_on, s.surface AS task,
       count(r.doc_id) AS results, min(r.dated_from) AS first_result_on,
       list({doc_id: r.doc_id, start_char: r.start_char, end_char: r.end_char} ORDER BY r.dated_from, r.doc_id, r.start_char)
           FILTER (r.doc_id IS NOT NULL) AS sources
FROM statements s
JOIN documents d USING (doc_id)
LEFT JOIN (
    SELECT x.doc_id, x.start_char, x.end_char, x.topic, y.province_code_now, y.dated_from
    FROM statements x JOIN documents y USING (doc_id) WHERE x.kind = 'result'
) r ON r.topic = s.topic AND r.province_code_now = d.province_code_now AND r.dated_from > d.dated_to
    AND r.dated_from <= d.dated_to + INTERVAL 400 DAY
WHERE s.kind = 'task' AND s.topic IS NOT NULL AND d.province_code_now IS NOT NULL AND d.dated_from IS NOT NULL
GROUP BY ALL
