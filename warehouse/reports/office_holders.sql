-- question: Who held which office on a given day, as far as documents attest it?
-- question_vi: Vào một ngày nhất định, ai giữ chức vụ nào?
-- parameters: as_of
-- example: DATE '2026-01-01'
-- grain: one row per office (title and body) and person, as last attested on or before the day
-- columns: person, office, body, province, day of the attestation, doc_id and span
-- caveats: an attestation is not a term of office: who left without a text about it still stands here; former holders are left out
-- order: organisation, title, attested_on DESC, person
SELECT p.person, p.person_id, p.title, p.organisation, p.body_id, d.province_name_now, p.tenure, p.as_of_to AS attested_on,
       p.doc_id, p.start_char, p.end_char
FROM positions p JOIN documents d USING (doc_id)
WHERE p.as_of_to <= as_of::DATE AND p.organisation IS NOT NULL
QUALIFY row_number() OVER (
    PARTITION BY p.title, coalesce(p.body_id, p.organisation || coalesce(d.province_code, '')), coalesce(p.person_id, p.person)
    ORDER BY p.as_of_to DESC, p.doc_id, p.start_char) = 1
    AND coalesce(p.tenure, 'current') NOT IN ('former', 'left')
