-- question: Do the parts of a total add up to it?
-- question_vi: Các phần "trong đó" cộng lại có bằng tổng số không?
-- grain: one row per total that has parts of the same unit
-- grain_vi: mỗi tổng số có phần "trong đó" cùng đơn vị một dòng
-- caveats: less is ordinary, for a text names only some of the parts; more is worth a look, but parts may overlap (women, party members); rounded: the parts exceed it, but one of the numbers is only approximate; shares in percent are left out
-- caveats_vi: "less" là bình thường vì văn bản chỉ nêu một số phần; "more" nên xem lại, song các phần có thể trùng nhau (nữ, đảng viên); "rounded" là vượt nhưng có số chỉ ước chừng; không xét tỷ lệ phần trăm
-- columns: doc_id, start_char, end_char, province_name_now, dated_from, dated_to, what, unit, total, parts_sum, parts, difference, verdict, sentence, sources
-- column total: total | tổng số
-- column parts_sum: sum of the parts | cộng các phần
-- column parts: number of parts | số phần
-- column difference: total less the parts | chênh lệch
-- column verdict: the parts are | các phần so với tổng | equal = bằng, less = thiếu, more = vượt, rounded = vượt nhưng có số ước chừng
-- order: verdict <> 'more', verdict DESC, doc_id, start_char
WITH total AS (
    SELECT t.doc_id, t.row_no, t.start_char, t.end_char, t.what, t.unit, coalesce(t.value_to, t.value) AS total, round(sum(p.value), 6) AS parts_sum,
           count(*) AS parts,
           t.qualifier IN ('about', 'over', 'at_least') OR bool_or(p.qualifier IN ('about', 'nearly', 'at_most')) AS rounded,
           list({doc_id: p.doc_id, start_char: p.start_char, end_char: p.end_char, value: p.value} ORDER BY p.start_char) AS sources
    FROM figures t JOIN figures p ON p.doc_id = t.doc_id AND p.part_of = t.row_no AND p.unit = t.unit
    WHERE p.part_of IS NOT NULL AND p.unit <> '%'
    GROUP BY t.doc_id, t.row_no, t.start_char, t.end_char, t.what, t.unit, t.value, t.value_to, t.qualifier
)
SELECT t.doc_id, t.start_char, t.end_char, d.province_name_now, d.dated_from, d.dated_to, t.what, t.unit, t.total, t.parts_sum, t.parts,
       round(t.total - t.parts_sum, 6) AS difference,
       CASE WHEN t.parts_sum = t.total THEN 'equal' WHEN t.parts_sum < t.total THEN 'less' WHEN t.rounded THEN 'rounded' ELSE 'more' END AS verdict,
       s.surface AS sentence, t.sources
FROM total t JOIN documents d USING (doc_id)
LEFT JOIN history.statements s ON s.doc_id = t.doc_id AND s.start_char <= t.start_char AND t.end_char <= s.end_char
