-- question: What is to be done, by topic?
-- question_vi: Những nhiệm vụ nào được đề ra, theo lĩnh vực?
-- grain: one row per topic and province (as it is now)
-- grain_vi: mỗi lĩnh vực và tỉnh (theo tên hiện nay) một dòng
-- caveats: a sentence that lists several tasks counts each of them; no topic: none of the list fits
-- caveats_vi: câu nêu nhiều nhiệm vụ thì tính từng nhiệm vụ; để trống: không thuộc lĩnh vực nào trong danh mục
-- columns: topic, province_code_now, province_name_now, tasks, with_due_day, first_due, sources
-- column tasks: tasks | số nhiệm vụ
-- column with_due_day: of these, with a due day | trong đó có thời hạn
-- column first_due: first due day | thời hạn sớm nhất
-- order: tasks DESC, topic, fold(province_name_now)
-- chart: bars topic tasks
SELECT coalesce(c.topic, s.topic) AS topic, d.province_code_now, d.province_name_now, count(*) AS tasks, count(c.due_on) AS with_due_day,
       min(c.due_on) AS first_due,
       list({doc_id: s.doc_id, start_char: coalesce(c.start_char, s.start_char), end_char: coalesce(c.end_char, s.end_char),
             text: coalesce(c.surface, s.surface)} ORDER BY s.doc_id, coalesce(c.start_char, s.start_char)) AS sources
FROM history.statements s
LEFT JOIN history.clauses c ON c.doc_id = s.doc_id AND c.sentence_no = s.sentence_no AND c.kind = 'task'
JOIN documents d ON d.doc_id = s.doc_id
WHERE s.kind = 'task' OR c.kind = 'task'
GROUP BY ALL
