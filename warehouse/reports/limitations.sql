-- question: What do documents say fell short, where, about what?
-- question_vi: Các văn bản nêu những hạn chế, tồn tại gì, ở đâu, về lĩnh vực nào?
-- grain: one row per sentence, or per item of a sentence that lists several
-- columns: topic, sentence or item, speaker, province, day, doc_id and span
-- caveats: the document's own judgement, in its words
-- order: dated_from, doc_id, start_char
SELECT coalesce(c.topic, s.topic) AS topic, coalesce(c.surface, s.surface) AS text, s.speaker, s.body_id, d.province_name_now,
       d.dated_from, d.title, s.doc_id, coalesce(c.start_char, s.start_char) AS start_char, coalesce(c.end_char, s.end_char) AS end_char
FROM statements s JOIN documents d USING (doc_id)
LEFT JOIN clauses c ON c.doc_id = s.doc_id AND c.sentence_no = s.sentence_no AND c.kind = 'limitation'
WHERE s.kind = 'limitation'
