-- question: How does each source do: how fresh, how much, how much of it refused?
-- question_vi: Từng nguồn hoạt động thế nào: mới đến đâu, bao nhiêu tin, bao nhiêu bị loại?
-- grain: one row per source
-- columns: documents, newest publication, first and last run that saw it, documents now in quarantine, share without title, date, province
-- caveats: freshness is counted back from the last run, not from today; sources leads to up to five documents without a title
-- order: source_name
WITH seen AS (
    SELECT source_name, count(DISTINCT doc_id) AS documents_seen, min(first_run_id) AS first_run_id, max(last_run_id) AS last_run_id
    FROM sightings GROUP BY source_name
), refused AS (
    SELECT source_name, count(*) AS quarantined FROM quarantine WHERE status = 'open' AND table_name IS NULL GROUP BY source_name
), shown AS (
    SELECT source_name, count(*) AS documents, max(published_at) AS newest, avg((title IS NULL)::INT) AS share_without_title,
           avg((dated_from IS NULL)::INT) AS share_undated, avg((province_code IS NULL)::INT) AS share_without_province,
           (list(doc_id ORDER BY doc_id) FILTER (title IS NULL))[1:5] AS sources
    FROM documents GROUP BY source_name
)
SELECT coalesce(s.source_name, r.source_name) AS source_name, coalesce(d.documents, 0) AS documents, d.newest,
       date_diff('day', d.newest, (SELECT max(started_at) FROM runs)) AS days_behind_last_run, s.first_run_id, s.last_run_id,
       coalesce(r.quarantined, 0) AS quarantined, round(d.share_without_title, 4) AS share_without_title,
       round(d.share_undated, 4) AS share_undated, round(d.share_without_province, 4) AS share_without_province, d.sources
FROM seen s FULL JOIN refused r USING (source_name) LEFT JOIN shown d ON d.source_name = coalesce(s.source_name, r.source_name)
