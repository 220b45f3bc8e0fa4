/*
description: >
  How each delivered row was tied to a member: rows counted by source, seat, way and decision, with the field levels of
  the best candidate where no number decided. A row in review is counted under the member it may belong to, nothing
  else of it is read. Parameters: people, hidden (sources whose rows are not shown for this household).
grain: [person_id, source, seat, method, decision, by_number, levels]
*/
WITH
tied AS (
    SELECT
        coalesce(link.person_id, link.candidate_person_id) AS person_id,
        link.source,
        link.seat,
        link.record_no,
        link.method,
        link.decision,
        link.by_number,
        link.probability,
        link.identity_id
    FROM core.person_link AS link
    WHERE
        list_contains($people, coalesce(link.person_id, link.candidate_person_id))
        AND NOT list_contains($hidden, link.source)
),

agreed AS (
    SELECT
        identity_id,
        person_id,
        list_sort(list(field || ':' || level)) AS levels
    FROM core.link_evidence
    WHERE rank = 1 AND identity_id IN (SELECT identity_id FROM tied WHERE method IN ('probabilistic', 'clerical'))
    GROUP BY identity_id, person_id
)

SELECT
    tied.person_id,
    tied.source,
    tied.seat,
    tied.method,
    tied.decision,
    tied.by_number,
    agreed.levels,
    count(*) AS n,
    min(tied.probability) AS probability,
    list_sort(list(tied.record_no)) AS record_nos
FROM tied
LEFT JOIN agreed
    ON
        tied.identity_id = agreed.identity_id
        AND tied.person_id = agreed.person_id
        AND tied.method IN ('probabilistic', 'clerical')
GROUP BY ALL
ORDER BY
    tied.person_id, tied.decision, tied.source, tied.seat NULLS FIRST, tied.method, tied.by_number, agreed.levels
