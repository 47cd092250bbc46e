-- question: How did an indicator develop, province by province and period by period?
-- question_vi: Một chỉ tiêu thay đổi thế nào theo địa phương và theo kỳ?
-- parameters: indicator
-- example: 'classes_opened'
-- grain: one row per province (as it is now), period, unit, measure and status
-- columns: lowest and highest value reported, number of figures, sources (doc_id and span of each)
-- caveats: values are what documents say; several figures of one period are not added up; figures without a period come last
-- order: province_name_now, period_from, period_to, unit, measure, status
SELECT d.province_code_now, d.province_name_now, f.period_from, f.period_to, f.unit, f.measure, f.status,
       min(f.value) AS lowest, max(coalesce(f.value_to, f.value)) AS highest, count(*) AS figures,
       list({doc_id: f.doc_id, start_char: f.start_char, end_char: f.end_char} ORDER BY f.doc_id, f.start_char) AS sources
FROM figures f JOIN documents d USING (doc_id)
WHERE f.indicator = indicator
GROUP BY ALL
