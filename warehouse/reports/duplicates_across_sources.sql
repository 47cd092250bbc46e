-- question: Which stories were carried by several sources, and who was first?
-- question_vi: Tin nào được nhiều nguồn đăng lại, nguồn nào đăng trước?
-- grain: one row per cluster of copies
-- columns: representative, its title, number of copies and of sources, first publication, sources (doc_id, source, similarity)
-- caveats: near copies share at least 0.8 of their five-syllable shingles; who printed no date comes last
-- order: sources_count DESC, documents DESC, cluster_id
SELECT u.cluster_id, arg_min(d.doc_id, (coalesce(d.published_at, '9999-01-01'::TIMESTAMP), d.doc_id)) AS first_doc_id,
       arg_min(d.title, (coalesce(d.published_at, '9999-01-01'::TIMESTAMP), d.doc_id)) AS title, min(d.published_at) AS first_published_at,
       count(*) AS documents, count(DISTINCT coalesce(d.outlet, d.source_name)) AS sources_count,
       list({doc_id: d.doc_id, source: coalesce(d.outlet, d.source_name), similarity: u.similarity, method: u.method} ORDER BY d.doc_id) AS sources
FROM duplicates u JOIN history.documents d USING (doc_id)
GROUP BY ALL
