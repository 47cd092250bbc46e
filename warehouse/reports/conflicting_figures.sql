-- question: Where do documents give different values for the same thing?
-- question_vi: Những số liệu nào về cùng một việc mà các văn bản nêu khác nhau?
-- grain: one row per noun phrase or indicator, province, period, measure and status with more than one value in more than one story
-- columns: the values, sources (doc_id, span and value of each)
-- caveats: only exact figures with a period; the same words may still count different things: read the sources
-- order: province_name_now, period_from, counted, unit
SELECT coalesce(f.indicator, lower(f.what)) AS counted, f.unit, f.measure, f.status, d.province_code_now, d.province_name_now,
       f.period_from, f.period_to, list(DISTINCT f.value ORDER BY f.value) AS "values", count(DISTINCT f.doc_id) AS documents,
       list({doc_id: f.doc_id, start_char: f.start_char, end_char: f.end_char, value: f.value} ORDER BY f.doc_id, f.start_char) AS sources
FROM figures f JOIN documents d USING (doc_id)
WHERE f.qualifier = 'exact' AND f.period_from IS NOT NULL AND f.part_of IS NULL AND coalesce(f.indicator, f.what) IS NOT NULL
  AND d.province_code_now IS NOT NULL
GROUP BY ALL
HAVING count(DISTINCT f.value) > 1 AND count(DISTINCT f.doc_id) > 1
