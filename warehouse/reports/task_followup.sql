-- question: Which tasks were followed by results on the same topic in the same province, and which were not?
-- question_vi: Nhiệm vụ nào sau đó đã có kết quả cùng lĩnh vực, cùng địa phương; nhiệm vụ nào chưa?
-- grain: one row per task with a topic, in a document with a province and a date
-- grain_vi: mỗi nhiệm vụ có lĩnh vực, trong văn bản rõ tỉnh và ngày, một dòng
-- caveats: same topic and province within 400 days, not the same task: a hint where to read on, not a verdict; no later documents: nobody could have told; sources leads to the first ten results
-- caveats_vi: cùng lĩnh vực, cùng tỉnh trong 400 ngày, chưa chắc cùng nhiệm vụ: là gợi ý đọc tiếp, không phải kết luận; không có tin về sau thì không thể biết; nguồn chỉ nêu mười kết quả đầu
-- columns: topic, province_name_now, tasked_on, due_on, addressee, task, results, first_result_on, later_documents, doc_id, start_char, end_char, sources
-- column tasked_on: set on | đề ra ngày
-- column task: task | nhiệm vụ
-- column results: results reported later | số kết quả nêu sau đó
-- column first_result_on: first of them on | kết quả đầu tiên ngày
-- column later_documents: later stories from the province | số tin về sau của tỉnh
-- column sources: the first ten results | mười kết quả đầu
-- order: results, tasked_on, doc_id, start_char
WITH point AS (  -- every result and every task of a topic and province, on one line of days
    SELECT s.topic, d.province_code_now AS province, 1 AS is_result, d.dated_from AS "day", s.doc_id, s.start_char, s.end_char,
           NULL AS task, NULL AS due_on, NULL AS addressee, NULL AS province_name, NULL AS tasked_on
    FROM statements s JOIN documents d USING (doc_id)
    WHERE s.kind = 'result' AND s.topic IS NOT NULL AND d.province_code_now IS NOT NULL AND d.dated_from IS NOT NULL
    UNION ALL
    SELECT coalesce(c.topic, s.topic), d.province_code_now, 0, d.dated_to, s.doc_id, coalesce(c.start_char, s.start_char),
           coalesce(c.end_char, s.end_char), coalesce(c.surface, s.surface), c.due_on, c.addressee, d.province_name_now, d.dated_from
    FROM statements s
    LEFT JOIN clauses c ON c.doc_id = s.doc_id AND c.sentence_no = s.sentence_no AND c.kind = 'task'
    JOIN documents d ON d.doc_id = s.doc_id
    WHERE (s.kind = 'task' OR c.kind = 'task') AND coalesce(c.topic, s.topic) IS NOT NULL
      AND d.province_code_now IS NOT NULL AND d.dated_from IS NOT NULL
), counted AS (
    SELECT p.*, sum(p.is_result) OVER (PARTITION BY p.topic, p.province ORDER BY p."day") AS before,
           coalesce(sum(p.is_result) OVER (PARTITION BY p.topic, p.province ORDER BY p."day"
               RANGE BETWEEN INTERVAL 1 DAY FOLLOWING AND INTERVAL 400 DAY FOLLOWING), 0)::BIGINT AS results
    FROM point p
), result AS (
    SELECT p.topic, p.province, p.doc_id, p.start_char, p.end_char, p."day",
           row_number() OVER (PARTITION BY p.topic, p.province ORDER BY p."day", p.doc_id, p.start_char) AS place
    FROM point p WHERE p.is_result = 1
), followed AS (
    SELECT t.doc_id, t.start_char, r.place - t.before AS nth, r.doc_id AS result_doc, r.start_char AS result_start, r.end_char AS result_end, r."day"
    FROM counted t JOIN result r ON r.topic = t.topic AND r.province = t.province
        AND r.place > t.before AND r.place <= t.before + least(t.results, 10)
    WHERE t.is_result = 0
), listed AS (
    SELECT f.doc_id, f.start_char, min(f."day") AS first_result_on,
           list({doc_id: f.result_doc, start_char: f.result_start, end_char: f.result_end} ORDER BY f.nth) AS sources
    FROM followed f GROUP BY f.doc_id, f.start_char
), later AS (
    SELECT d.doc_id, count(*) OVER (PARTITION BY d.province_code_now ORDER BY d.dated_from
               RANGE BETWEEN INTERVAL 1 DAY FOLLOWING AND INTERVAL 400 DAY FOLLOWING) AS documents
    FROM documents d WHERE d.province_code_now IS NOT NULL AND d.dated_from IS NOT NULL
)
SELECT t.topic, t.province_name AS province_name_now, t.tasked_on, t.due_on, t.addressee, t.task, t.results, l.first_result_on,
       e.documents AS later_documents, t.doc_id, t.start_char, t.end_char, coalesce(l.sources, []) AS sources
FROM counted t LEFT JOIN listed l ON l.doc_id = t.doc_id AND l.start_char = t.start_char JOIN later e ON e.doc_id = t.doc_id
WHERE t.is_result = 0
