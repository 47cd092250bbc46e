-- question: How did an indicator develop, place by place and period by period?
-- question_vi: Một chỉ tiêu thay đổi thế nào theo từng địa bàn và từng kỳ?
-- parameter indicator: 'livestock' | code of an indicator, or its English or Vietnamese name | mã chỉ tiêu, hoặc tên tiếng Việt, tiếng Anh | indicator
-- grain: one row per place, period, unit, measure and status
-- grain_vi: mỗi địa bàn, kỳ, đơn vị tính, cách đo và tình trạng một dòng
-- caveats: values are what documents say, never added up; parts of a total are left out; figures without a period come last; the place is the document's where the text gives the figure none
-- caveats_vi: giá trị đúng như văn bản nêu, không cộng dồn; không tính phần "trong đó"; số liệu không rõ kỳ xếp cuối; số liệu không nêu địa bàn thì lấy địa bàn của văn bản
-- columns: province_name_now, place_code, place_name, period_from, period_to, unit, measure, status, lowest, highest, figures, documents, sources
-- column lowest: lowest value | giá trị thấp nhất
-- column highest: highest value | giá trị cao nhất
-- order: fold(province_name_now), fold(place_name), place_code, period_from, period_to, unit, measure, status
-- chart: points period_to highest place_name unit
SELECT f.province_name_now, f.place_code, f.place_name, f.period_from, f.period_to, f.unit, f.measure, f.status,
       min(f.value) AS lowest, max(coalesce(f.value_to, f.value)) AS highest, count(*) AS figures, count(DISTINCT f.doc_id) AS documents,
       list({doc_id: f.doc_id, start_char: f.start_char, end_char: f.end_char, value: f.value} ORDER BY f.doc_id, f.start_char) AS sources
FROM placed_figures f
WHERE f.part_of IS NULL AND f.indicator IN (
    SELECT c.code FROM codes c
    WHERE c.list = 'indicator' AND fold(indicator) IN (fold(c.code), fold(c.meaning), fold(c.meaning_vi)))
GROUP BY ALL
