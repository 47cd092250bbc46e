-- question: What do documents say fell short, where, about what?
-- question_vi: Các văn bản nêu những hạn chế, tồn tại gì, ở đâu, về lĩnh vực nào?
-- grain: one row per item of a sentence that lists several, else one per sentence
-- grain_vi: mỗi ý của câu liệt kê nhiều ý một dòng, nếu không thì mỗi câu một dòng
-- caveats: the document's own judgement, in its words; an item without a topic of its own takes its sentence's; stories dated no better than to a year come last, for that may be a year they only speak of
-- caveats_vi: là nhận định của chính văn bản, giữ nguyên lời; ý không rõ lĩnh vực lấy lĩnh vực của câu; tin chỉ rõ đến năm xếp sau, vì đó có thể chỉ là năm được nhắc tới
-- columns: topic, text, speaker, body_id, province_name_now, dated_from, dated_to, title, doc_id, start_char, end_char
-- order: dated_to - dated_from > 184, dated_from, doc_id, start_char
-- chart: bars topic *
SELECT coalesce(c.topic, s.topic) AS topic, coalesce(c.surface, s.surface) AS text, s.speaker, s.body_id, d.province_name_now,
       d.dated_from, d.dated_to, d.title, s.doc_id, coalesce(c.start_char, s.start_char) AS start_char, coalesce(c.end_char, s.end_char) AS end_char
FROM history.statements s
LEFT JOIN history.clauses c ON c.doc_id = s.doc_id AND c.sentence_no = s.sentence_no AND c.kind = 'limitation'
JOIN documents d ON d.doc_id = s.doc_id
WHERE s.kind = 'limitation' OR c.kind = 'limitation'
