-- question: Where is an official document named, and what is done with it, in order of time?
-- question_vi: Một văn bản được nhắc đến ở đâu, được triển khai, sơ kết thế nào theo thời gian?
-- parameters: key
-- example: '05-CT/TW'
-- grain: one row per mention
-- columns: day and province of the naming document, relation, the sentence, doc_id and span
-- caveats: numbers repeat between issuers: look at issuer and document_id
-- order: dated_from, doc_id, start_char
SELECT d.dated_from, d.province_name_now, d.outlet, d.title, c.kind, c."key", c.document_id, c.issuer, c.issued_on, c.relation,
       s.surface AS sentence, c.doc_id, c.start_char, c.end_char
FROM citations c JOIN documents d USING (doc_id)
LEFT JOIN statements s ON s.doc_id = c.doc_id AND s.start_char <= c.start_char AND c.end_char <= s.end_char
WHERE fold(c."key") = fold(key) OR fold(c.document_id) = fold(key)
