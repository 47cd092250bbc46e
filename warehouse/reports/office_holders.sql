-- question: Who held which office on a given day, as far as documents attest it?
-- question_vi: Vào một ngày nhất định, ai giữ chức vụ nào, theo các văn bản?
-- parameter as_of: DATE '2024-06-30' | the day, as 2024-06-30 | ngày, dạng 2024-06-30
-- grain: one row per office (title and body) and person, as last attested on or before the day
-- grain_vi: mỗi chức vụ (chức danh và cơ quan) và người một dòng, theo lần nêu gần nhất không sau ngày đó
-- caveats: an attestation is no term of office: who left without a text about it still stands here; other_office_on and later_holder hint at that; former holders are left out, and attestations known no better than to a year
-- caveats_vi: văn bản nêu chức vụ không phải là nhiệm kỳ: người đã thôi mà không có văn bản vẫn còn ở đây; xem other_office_on và later_holder; không tính người đã thôi giữ chức và lần nêu chỉ rõ đến năm
-- columns: person, title, organisation, province_name_now, tenure, attested_on, other_office_on, later_holder, person_id, body_id, doc_id, start_char, end_char
-- column title: office | chức danh
-- column attested_on: last attested on | nêu lần cuối ngày
-- column other_office_on: given or seen in another office on | được giao hoặc được nêu ở chức vụ khác ngày
-- column later_holder: somebody else attested in this office later | người khác được nêu ở chức vụ này sau đó
-- order: organisation, title, attested_on DESC, person, doc_id, start_char
WITH attested AS (
    SELECT p.person, p.title, p.organisation, d.province_name_now, p.tenure, p.as_of_to AS attested_on, p.person_id, p.body_id, p.doc_id,
           p.start_char, p.end_char, coalesce(p.person_id, p.person) AS who,
           fold(p.person) AS holder,  -- one name in one office is one person, whatever else tells of him
           -- where a document does not tell which body of that name, another one about the same person may
           coalesce(p.body_id, CASE WHEN p.person_id IS NOT NULL AND min(p.body_id) OVER same = max(p.body_id) OVER same
                                    THEN max(p.body_id) OVER same END, p.organisation || '@' || coalesce(d.province_code, '')) AS body
    FROM history.positions p JOIN documents d USING (doc_id)
    WHERE p.as_of_to <= as_of::DATE AND p.as_of_to - p.as_of_from <= 184 AND p.organisation IS NOT NULL
    WINDOW same AS (PARTITION BY p.person_id, p.title, p.organisation, d.province_code)
), last_of AS (
    SELECT a.*, min(CASE WHEN a.tenure = 'appointed' THEN a.attested_on END) OVER (PARTITION BY a.title, a.body, a.holder) AS appointed_on,
           min(a.attested_on) OVER (PARTITION BY a.title, a.body, a.holder) AS first_on
    FROM attested a
    QUALIFY row_number() OVER (PARTITION BY a.title, a.body, a.holder ORDER BY a.attested_on DESC, a.doc_id, a.start_char) = 1
), head AS (  -- offices that one person holds at a time
    SELECT l.title, l.body, max(l.attested_on) AS attested_on, arg_max(l.holder, (l.attested_on, l.holder)) AS holder,
           arg_max(l.person, (l.attested_on, l.holder)) AS person
    FROM last_of l
    WHERE l.title IN ('Bí thư', 'Chủ tịch', 'Giám đốc', 'Tổng Giám đốc', 'Trưởng ban', 'Trưởng phòng', 'Chánh Văn phòng', 'Bộ trưởng',
                      'Hiệu trưởng', 'Chánh án', 'Viện trưởng', 'Chỉ huy trưởng', 'Chính ủy', 'Tổng Biên tập', 'Chủ nhiệm')
      AND coalesce(l.tenure, 'current') IN ('current', 'appointed', 'acting')
    GROUP BY l.title, l.body
), other AS (  -- given another office then or later, or seen in a new one after this was last seen
    SELECT l.who, l.title, l.body,
           min(CASE WHEN o.appointed_on >= l.attested_on AND l.appointed_on IS NULL THEN o.appointed_on ELSE o.first_on END) AS since
    FROM last_of l JOIN last_of o ON o.who = l.who AND (o.title <> l.title OR o.body <> l.body)
    WHERE l.person_id IS NOT NULL
      AND ((o.appointed_on >= l.attested_on AND l.appointed_on IS NULL) OR o.first_on > l.attested_on)
    GROUP BY l.who, l.title, l.body
)
SELECT l.person, l.title, l.organisation, l.province_name_now, l.tenure, l.attested_on,
       t.since AS other_office_on, CASE WHEN h.holder <> l.holder AND h.attested_on > l.attested_on THEN h.person END AS later_holder,
       l.person_id, l.body_id, l.doc_id, l.start_char, l.end_char
FROM last_of l LEFT JOIN head h ON h.title = l.title AND h.body = l.body
LEFT JOIN other t ON t.who = l.who AND t.title = l.title AND t.body = l.body
WHERE coalesce(l.tenure, 'current') NOT IN ('former', 'left')
