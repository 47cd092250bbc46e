-- question: Which figures do documents report, who says them, about where and when?
-- question_vi: Văn bản nêu những số liệu nào, của ai, ở đâu, trong kỳ nào?
-- grain: one row per figure
-- grain_vi: mỗi số liệu một dòng
-- caveats: the place is the figure's own where the text gives it, else the document's (place_by says which); a figure in the headline has no sentence
-- caveats_vi: địa bàn là của chính số liệu nếu văn bản nêu, nếu không thì là của văn bản (xem place_by); số liệu ở tiêu đề không có câu
-- columns: doc_id, start_char, end_char, value, value_to, qualifier, unit, what, indicator, measure, direction, status, period_from, period_to, body_id, place_code, place_name, place_level, place_by, province_name_now, dated_from, dated_to, outlet, title, sentence_kind, speaker, sentence
-- order: doc_id, start_char
-- unsorted: sorting a million wide rows costs as much as finding them
SELECT f.doc_id, f.start_char, f.end_char, f.value, f.value_to, f.qualifier, f.unit, f.what, f.indicator, f.measure, f.direction,
       f.status, f.period_from, f.period_to, f.body_id, f.place_code, f.place_name, f.place_level, f.place_by, f.province_name_now,
       f.dated_from, f.dated_to, f.outlet, f.title, s.kind AS sentence_kind, s.speaker, s.surface AS sentence
FROM placed_figures f
LEFT JOIN history.statements s ON s.doc_id = f.doc_id AND s.start_char <= f.start_char AND f.end_char <= s.end_char
