-- question: From which provinces is there nothing, or little, about a period?
-- question_vi: Trong một kỳ, tỉnh nào chưa có tin hoặc có ít tin?
-- parameters: period
-- example: '2024'
-- grain: one row per province as it is now
-- columns: stories dated within the period, their sources (doc_ids), days since the period began until the first of them
-- caveats: a period is a year 2024, a quarter 2024-Q3 or a month 2024-07; says what the warehouse holds, not what happened; documents without a date or province are in no row
-- order: documents, province_name
WITH bounds AS (
    SELECT CASE WHEN period LIKE '____-Q_' THEN make_date(left(period, 4)::INT, (right(period, 1)::INT - 1) * 3 + 1, 1)
                WHEN length(period) = 7 THEN (period || '-01')::DATE
                ELSE (period || '-01-01')::DATE END AS first_day,
           CASE WHEN period LIKE '____-Q_' THEN INTERVAL 3 MONTH WHEN length(period) = 7 THEN INTERVAL 1 MONTH
                ELSE INTERVAL 1 YEAR END AS size
)
SELECT u.code AS province_code_now, u.name AS province_name, count(d.doc_id) AS documents, min(d.dated_from) AS first_document,
       list(d.doc_id ORDER BY d.doc_id) FILTER (d.doc_id IS NOT NULL) AS sources
FROM units u
CROSS JOIN bounds b
LEFT JOIN documents d ON d.province_code_now = u.code AND d.dated_from >= b.first_day AND d.dated_from < b.first_day + b.size
WHERE u.level = 'province' AND u.code_set = '2025'
GROUP BY ALL
