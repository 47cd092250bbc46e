-- question: Which stories were carried by several sources, and who was first?
-- question_vi: Tin nào được nhiều nguồn đăng lại, nguồn nào đăng trước?
-- grain: one row per cluster of copies
-- grain_vi: mỗi cụm tin trùng một dòng
-- caveats: near copies share at least 0.8 of their five-syllable shingles; who printed no date comes last; a doc_id stands for the whole document
-- caveats_vi: tin gần trùng chung ít nhất 0,8 số cụm năm tiếng; tin không in ngày xếp sau; doc_id chỉ cả văn bản
-- columns: cluster_id, first_doc_id, first_source, title, first_published_at, documents, carriers, sources
-- column cluster_id: cluster | cụm
-- column first_doc_id: first document | văn bản đăng đầu
-- column first_source: carried first by | nguồn đăng đầu
-- column first_published_at: first published at | đăng đầu lúc
-- column carriers: outlets or sources | số nơi đăng
-- order: carriers DESC, documents DESC, cluster_id
SELECT u.cluster_id, arg_min(d.doc_id, (coalesce(d.published_at, '9999-01-01'::TIMESTAMP), d.doc_id)) AS first_doc_id,
       arg_min(coalesce(d.outlet, d.source_name), (coalesce(d.published_at, '9999-01-01'::TIMESTAMP), d.doc_id)) AS first_source,
       arg_min(d.title, (coalesce(d.published_at, '9999-01-01'::TIMESTAMP), d.doc_id)) AS title, min(d.published_at) AS first_published_at,
       count(*) AS documents, count(DISTINCT coalesce(d.outlet, d.source_name)) AS carriers,
       list({doc_id: d.doc_id, carrier: coalesce(d.outlet, d.source_name), published_at: d.published_at, similarity: round(u.similarity, 4), method: u.method}
            ORDER BY d.published_at NULLS LAST, d.doc_id) AS sources
FROM duplicates u JOIN history.documents d USING (doc_id)
GROUP BY u.cluster_id
