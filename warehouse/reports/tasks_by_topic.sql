-- question: What is to be done, by topic?
-- question_vi: Những nhiệm vụ nào được đề ra, theo lĩnh vực?
-- grain: one row per topic and province (as it is now)
-- columns: number of tasks, of those with a day by which they are due, first due day, sources (doc_id, span and text of each)
-- caveats: a sentence that lists several tasks counts each of them; topic NULL holds those that fit none
-- order: tasks DESC, topic, province_name_now
WITH task AS (
    SELECT s.doc_id, coalesce(c.topic, s.topic) AS topic, c.due_on, coalesce(c.start_char, s.start_char) AS start_char,
           coalesce(c.end_char, s.end_char) AS end_char, coalesce(c.surface, s.surface) AS text
    FROM statements s LEFT JOIN clauses c ON c.doc_id = s.doc_id AND c.sentence_no = s.sentence_no AND c.kind = 'task'
    WHERE s.kind = 'task'
)
SELECT t.topic, d.province_code_now, d.province_name_now, count(*) AS tasks, count(t.due_on) AS with_due_day, min(t.due_on) AS first_due,
       list({doc_id: t.doc_id, start_char: t.start_char, end_char: t.end_char, text: t.text} ORDER BY t.doc_id, t.start_char) AS sources
FROM task t JOIN documents d USING (doc_id)
GROUP BY ALL
