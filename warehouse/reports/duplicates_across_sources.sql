-- question: Which stories were carried by several sources, and who was first?
-- question_vi: Tin nào được nhiều nguồn đăng lại, nguồn nào đăng trước?
-- grain: one row per cluster of copies
-- grain_vi: mỗi cụm tin trùng một dòng
-- caveats: near copies share at least 0.8 of their five-syllable shingles; who was first is told only where the printed dates tell it; who printed no date comes last; a doc_id stands for the whole document
-- caveats_vi: tin gần trùng chung ít nhất 0,8 số cụm năm tiếng; nơi đăng đầu chỉ nêu khi ngày in cho biết chắc; tin không in ngày xếp sau; mã không kèm vị trí chỉ cả văn bản
-- columns: cluster_id, first_doc_id, first_source, title, first_published_at, documents, carriers, sources
-- column cluster_id: cluster | cụm
-- column first_doc_id: first document | văn bản đăng đầu
-- column first_source: carried first by | nguồn đăng đầu
-- column first_published_at: first published at | đăng đầu lúc
-- column carriers: outlets or sources | số nơi đăng
-- order: carriers DESC, documents DESC, cluster_id
WITH copy AS (
    SELECT u.cluster_id, u.similarity, u.method, d.doc_id, d.title, coalesce(d.outlet, d.source_name) AS carrier, d.published_at,
           d.published_precision = 'day' AS to_the_day, min(d.published_at) OVER (PARTITION BY u.cluster_id) AS earliest
    FROM duplicates u JOIN history.documents d USING (doc_id)
), cluster AS (
    SELECT c.cluster_id, arg_min(c.doc_id, c.published_at) AS doc_id, arg_min(c.carrier, c.published_at) AS carrier,
           -- of two on one day, one of them without an hour, nobody can say which was first
           CASE WHEN bool_or(c.to_the_day) FILTER (c.published_at::DATE = c.earliest::DATE)
                THEN count(*) FILTER (c.published_at::DATE = c.earliest::DATE) = 1
                ELSE count(*) FILTER (c.published_at = c.earliest) = 1 END AS told,
           arg_min(c.title, (coalesce(c.published_at, '9999-01-01'::TIMESTAMP), c.doc_id)) AS title, min(c.published_at) AS earliest,
           count(*) AS documents, count(DISTINCT c.carrier) AS carriers,
           list({doc_id: c.doc_id, carrier: c.carrier, published_at: c.published_at, similarity: round(c.similarity, 4), method: c.method}
                ORDER BY c.published_at NULLS LAST, c.doc_id) AS sources
    FROM copy c GROUP BY c.cluster_id
)
SELECT c.cluster_id, CASE WHEN c.told THEN c.doc_id END AS first_doc_id, CASE WHEN c.told THEN c.carrier END AS first_source,
       c.title, c.earliest AS first_published_at, c.documents, c.carriers, c.sources
FROM cluster c
