-- question: Which figures do documents report, who says them, about where and when?
-- question_vi: Văn bản nêu những số liệu nào, của ai, ở đâu, kỳ nào?
-- grain: one row per figure
-- columns: the figure, its sentence, kind and speaker of the sentence, province, outlet, doc_id and span
-- caveats: the place is the figure's own where known, else the document's province
-- order: doc_id, start_char
SELECT f.doc_id, f.start_char, f.end_char, f.value, f.value_to, f.qualifier, f.unit, f.what, f.indicator, f.measure, f.direction,
       f.status, f.period_from, f.period_to, f.body_id, coalesce(f.place_code, d.province_code) AS place_code, d.province_name_now,
       d.outlet, d.title, s.kind AS sentence_kind, s.speaker, s.surface AS sentence
FROM figures f
JOIN documents d USING (doc_id)
LEFT JOIN statements s ON s.doc_id = f.doc_id AND s.start_char <= f.start_char AND f.end_char <= s.end_char
