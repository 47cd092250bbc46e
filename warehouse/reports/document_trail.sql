-- question: Where is an official document named, and what is done with it, in order of time?
-- question_vi: Một văn bản chỉ đạo được nhắc đến ở đâu, được triển khai, sơ kết thế nào theo thời gian?
-- parameter key: '57-NQ/TW' | number and symbol, or the document_id of a citation, or the name of an unnumbered document | số, ký hiệu; hoặc document_id; hoặc tên văn bản không số
-- grain: one row per mention
-- grain_vi: mỗi lần nhắc đến một dòng
-- caveats: numbers repeat between issuers and terms: look at issuer and document_id; stories dated no better than to a year come last, for that may be a year they only speak of
-- caveats_vi: số, ký hiệu lặp lại giữa các nơi ban hành và nhiệm kỳ: xem issuer và document_id; tin chỉ rõ đến năm xếp sau, vì đó có thể chỉ là năm được nhắc tới
-- columns: dated_from, dated_to, province_name_now, outlet, title, kind, key, document_id, issuer, issued_on, relation, sentence, doc_id, start_char, end_char
-- column kind: kind of document | loại văn bản | kind of official document
-- column key: number and symbol | số, ký hiệu
-- column document_id: document, told apart | mã phân biệt
-- column issuer: issued by | nơi ban hành
-- column issued_on: issued on | ngày ban hành
-- column relation: what is done with it | cách nhắc đến | what the sentence does with the document
-- order: dated_to - dated_from > 184, dated_from, doc_id, start_char
-- chart: timeline dated_from province_name_now
SELECT d.dated_from, d.dated_to, d.province_name_now, d.outlet, d.title, c.kind, c."key", c.document_id, c.issuer, c.issued_on, c.relation,
       s.surface AS sentence, c.doc_id, c.start_char, c.end_char
FROM history.citations c JOIN documents d USING (doc_id)
LEFT JOIN history.statements s ON s.doc_id = c.doc_id AND s.start_char <= c.start_char AND c.end_char <= s.end_char
WHERE ltrim(replace(fold(key), ' ', ''), '0')
      IN (ltrim(replace(fold(c."key"), ' ', ''), '0'), ltrim(replace(fold(c.document_id), ' ', ''), '0'))
