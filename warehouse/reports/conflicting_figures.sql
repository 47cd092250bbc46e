-- question: Where do documents give different values for the same thing?
-- question_vi: Những số liệu nào về cùng một việc mà các văn bản nêu khác nhau?
-- grain: one row per counted thing, place, period, measure and status on which stories share no value
-- grain_vi: mỗi việc, địa bàn, kỳ, cách đo và tình trạng mà các tin không có giá trị chung một dòng
-- caveats: only exact figures with a period, parts of totals left out, and what one story gives two values for; the same words may still count different things, and a plan may stand beside its result where the text does not mark it: read the sources
-- caveats_vi: chỉ xét số liệu chính xác, rõ kỳ, không phải phần "trong đó", và mỗi tin chỉ nêu một giá trị; cùng cách gọi vẫn có thể chỉ việc khác nhau, kế hoạch có thể lẫn với kết quả: hãy đọc nguồn
-- columns: counted, unit, measure, status, province_name_now, place_name, period_from, period_to, values, spread, documents, sources
-- column counted: what is counted | nội dung
-- column values: values given | các giá trị
-- column spread: difference, as a share of the highest | chênh lệch so với giá trị cao nhất
-- order: documents DESC, spread DESC, fold(province_name_now), period_from, counted, unit, measure, status
WITH given AS (
    SELECT coalesce(lower(f.what), f.indicator) AS counted, f.unit, f.measure, f.status, f.province_name_now, f.place_code, f.place_name,
           f.period_from, f.period_to, f.value, list(DISTINCT f.doc_id) AS carriers,
           list({doc_id: f.doc_id, start_char: f.start_char, end_char: f.end_char, value: f.value}) AS sources
    FROM placed_figures f
    WHERE f.qualifier = 'exact' AND f.value_to IS NULL AND f.period_from IS NOT NULL AND f.part_of IS NULL
      AND coalesce(f.what, f.indicator) IS NOT NULL AND f.place_code IS NOT NULL
    GROUP BY ALL
)
SELECT g.counted, g.unit, g.measure, g.status, g.province_name_now, g.place_name, g.period_from, g.period_to,
       list(g.value ORDER BY g.value) AS "values", round((max(g.value) - min(g.value)) / nullif(max(g.value), 0), 4) AS spread,
       len(list_distinct(flatten(list(g.carriers)))) AS documents,
       list_sort(flatten(list(g.sources))) AS sources
FROM given g
GROUP BY g.counted, g.unit, g.measure, g.status, g.province_name_now, g.place_code, g.place_name, g.period_from, g.period_to
HAVING count(*) > 1 AND sum(len(g.carriers)) = len(list_distinct(flatten(list(g.carriers))))
