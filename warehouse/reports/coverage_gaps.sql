-- question: From which provinces is there nothing, or little, about a period?
-- question_vi: Trong một kỳ, tỉnh nào chưa có tin, có ít tin hoặc vắng tin lâu?
-- parameter period: '2025-H2' | 2024, 2024-H1, 2024-Q3 or 2024-07 | năm 2024, nửa năm 2024-H1, quý 2024-Q3 hoặc tháng 2024-07
-- grain: one row per province of today
-- grain_vi: mỗi tỉnh hiện nay một dòng
-- caveats: says what the warehouse holds, not what happened; documents without a province, or not known to fall within the period, are in no row; a gap is told by those known to the month; a doc_id stands for the whole document
-- caveats_vi: cho biết kho có gì, không phải việc gì đã diễn ra; văn bản không rõ tỉnh, hoặc không chắc thuộc kỳ, không được tính; khoảng vắng tính theo văn bản rõ đến tháng; mã không kèm vị trí chỉ cả văn bản
-- columns: province_code_now, province_name_now, documents, first_document, last_document, longest_gap_days, longest_gap_from, sources
-- column documents: stories dated in the period | số tin trong kỳ
-- column first_document: first | tin đầu
-- column last_document: last | tin cuối
-- column longest_gap_days: longest time without a story, in days | số ngày vắng tin dài nhất
-- column longest_gap_from: from | vắng từ ngày
-- column sources: documents (doc_id) | văn bản (doc_id)
-- order: documents, fold(province_name_now)
-- chart: bars province_name_now documents
WITH story AS (
    SELECT d.province_code_now, d.doc_id, d.dated_from, d.dated_to
    FROM documents d
    WHERE d.province_code_now IS NOT NULL AND d.dated_from >= period_first(period) AND d.dated_to <= period_last(period)
), province AS (
    SELECT u.code, u.name FROM units u WHERE u.level = 'province' AND u.code_set = '2025'
), edge AS (
    SELECT DISTINCT s.province_code_now AS code, s.dated_from AS "day" FROM story s WHERE s.dated_to - s.dated_from <= 31
    UNION ALL SELECT p.code, (period_last(period) + INTERVAL 1 DAY)::DATE FROM province p
), gap AS (
    SELECT e.code, coalesce(lag(e."day") OVER (PARTITION BY e.code ORDER BY e."day"), (period_first(period) - INTERVAL 1 DAY)::DATE) AS before,
           e."day"
    FROM edge e
), longest AS (
    SELECT g.code, max(g."day" - g.before - 1) AS days, arg_max((g.before + INTERVAL 1 DAY)::DATE, (g."day" - g.before, -epoch(g.before))) AS since
    FROM gap g GROUP BY g.code
)
SELECT p.code AS province_code_now, p.name AS province_name_now, count(s.doc_id) AS documents, min(s.dated_from) AS first_document,
       max(s.dated_from) AS last_document, l.days AS longest_gap_days, CASE WHEN l.days > 0 THEN l.since END AS longest_gap_from,
       coalesce(list(s.doc_id ORDER BY s.dated_from, s.doc_id) FILTER (s.doc_id IS NOT NULL), []) AS sources
FROM province p JOIN longest l ON l.code = p.code LEFT JOIN story s ON s.province_code_now = p.code
GROUP BY p.code, p.name, l.days, l.since
