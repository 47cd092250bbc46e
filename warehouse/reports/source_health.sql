-- question: How does each source do: how fresh, how much, how much of it refused?
-- question_vi: Từng nguồn hoạt động thế nào: mới đến đâu, bao nhiêu tin, bao nhiêu bị loại?
-- grain: one row per source
-- grain_vi: mỗi nguồn một dòng
-- caveats: freshness is counted back from the last run, not from today; dates after it, and those that only a period tells, are not trusted for that; sources leads to the five newest documents, refused to five whole documents in quarantine
-- caveats_vi: độ mới tính lùi từ lần chạy cuối, không phải từ hôm nay; không tính ngày sau lần đó và ngày chỉ suy từ kỳ báo cáo; nguồn dẫn tới năm văn bản mới nhất, mục bị loại dẫn tới năm văn bản trong khu cách ly
-- columns: source_name, documents, newest, days_behind_last_run, first_run_id, last_run_id, quarantined, share_quarantined, share_without_title, share_undated, share_without_province, sources, refused
-- column newest: newest story | tin mới nhất
-- column days_behind_last_run: days before the last run | số ngày trước lần chạy cuối
-- column first_run_id: first run | lần chạy đầu
-- column last_run_id: last run that saw it | lần chạy cuối thấy nguồn
-- column quarantined: in quarantine | bị cách ly
-- column share_quarantined: share in quarantine | tỷ lệ bị cách ly
-- column share_without_title: share without title | tỷ lệ không có tiêu đề
-- column share_undated: share without date | tỷ lệ không rõ ngày
-- column share_without_province: share without province | tỷ lệ không rõ tỉnh
-- column sources: newest documents (doc_id) | văn bản mới nhất (doc_id)
-- column refused: refused (quarantine_id) | bị loại (quarantine_id)
-- order: source_name
-- chart: bars source_name documents
WITH ran AS (
    SELECT max(u.started_at) AS last FROM runs u
), seen AS (
    SELECT s.source_name, min(s.first_run_id) AS first_run_id, max(s.last_run_id) AS last_run_id FROM sightings s GROUP BY s.source_name
), refused AS (
    SELECT q.source_name, count(*) AS quarantined, (list(q.quarantine_id ORDER BY q.quarantined_at DESC, q.quarantine_id))[1:5] AS refused
    FROM quarantine q WHERE q.status = 'open' AND q.table_name IS NULL GROUP BY q.source_name
), shown AS (
    SELECT d.source_name, count(*) AS documents, max(d.told) AS newest,
           avg((d.title IS NULL)::INT) AS share_without_title, avg((d.dated_from IS NULL)::INT) AS share_undated,
           avg((d.province_code IS NULL)::INT) AS share_without_province,
           arg_max(d.doc_id, (coalesce(d.told, '0001-01-01'::TIMESTAMP), d.doc_id), 5) AS sources
    FROM (
        SELECT s.*, CASE WHEN s.dated_by <> 'period' AND coalesce(s.published_at, s.dated_from) <= ran.last
                         THEN coalesce(s.published_at, s.dated_from) END AS told
        FROM documents s, ran
    ) d GROUP BY d.source_name
)
SELECT coalesce(s.source_name, r.source_name) AS source_name, coalesce(d.documents, 0) AS documents, d.newest::DATE AS newest,
       date_diff('day', d.newest, (SELECT last FROM ran)) AS days_behind_last_run, s.first_run_id, s.last_run_id,
       coalesce(r.quarantined, 0) AS quarantined,
       round(coalesce(r.quarantined, 0) / (coalesce(r.quarantined, 0) + coalesce(d.documents, 0)), 4) AS share_quarantined,
       round(d.share_without_title, 4) AS share_without_title, round(d.share_undated, 4) AS share_undated,
       round(d.share_without_province, 4) AS share_without_province, coalesce(d.sources, []) AS sources, coalesce(r.refused, []) AS refused
FROM seen s FULL JOIN refused r USING (source_name) LEFT JOIN shown d ON d.source_name = coalesce(s.source_name, r.source_name)
