-- question: Where does a person appear, in which office and part, in order of time?
-- question_vi: Một người xuất hiện ở đâu, với chức vụ và vai trò gì, theo thời gian?
-- parameters: name
-- example: 'Nguyễn Văn A'
-- grain: one row per office attested and per part in an event
-- columns: day, what (office or role), body or event, doc_id and span
-- caveats: people of the same name stand together; person_id tells them apart where it is known
-- order: day, doc_id, start_char
SELECT * FROM (
    SELECT p.as_of_from AS "day", 'office' AS what, p.title AS part, p.organisation AS body_or_event, p.person AS person, p.person_id,
           p.doc_id, p.start_char, p.end_char
    FROM positions p WHERE fold(p.person) = fold(name)
    UNION ALL
    SELECT coalesce(e.held_from, d.dated_from), 'event', t.role, coalesce(e.name, e.kind), t.participant, t.person_id,
           t.doc_id, t.start_char, t.end_char
    FROM participants t JOIN events e USING (doc_id, event_no) JOIN documents d USING (doc_id)
    WHERE t.is_person AND fold(t.participant) = fold(name)
)
