-- question: Do the parts of a total add up to it?
-- question_vi: Các phần "trong đó" có cộng lại bằng tổng số không?
-- grain: one row per total that has parts
-- columns: total, sum of its parts, difference, verdict (equal, less, more), spans of the total and of the parts
-- caveats: less is ordinary (a text names only some parts); more is worth a look; shares in percent are left out
-- order: verdict DESC, doc_id, start_char
SELECT t.doc_id, t.start_char, t.end_char, t.what, t.unit, t.value AS total, sum(p.value) AS parts_sum, count(*) AS parts,
       t.value - sum(p.value) AS difference,
       CASE WHEN sum(p.value) = t.value THEN 'equal' WHEN sum(p.value) < t.value THEN 'less' ELSE 'more' END AS verdict,
       list({doc_id: p.doc_id, start_char: p.start_char, end_char: p.end_char, value: p.value} ORDER BY p.start_char) AS sources
FROM figures t JOIN figures p ON p.doc_id = t.doc_id AND p.part_of = t.row_no AND p.unit = t.unit
WHERE p.unit <> '%'
GROUP BY t.doc_id, t.start_char, t.end_char, t.what, t.unit, t.value
