/*
description: >
  Changed findings of whose people a link is another than on the earlier night: a delivered identity that the earlier
  night knew and linked otherwise, rows that stayed and speak of somebody else, or an id merged or split tonight.
grain: [finding_id]
*/
WITH
tonight AS (
    SELECT DISTINCT
        person.finding_id,
        person.person_id,
        link.source,
        link.identity_id,
        link.standing AS decision
    FROM core.person_link AS link
    INNER JOIN change.person AS person ON coalesce(link.person_id, link.candidate_person_id) = person.person_id
    INNER JOIN change.source AS source ON person.finding_id = source.finding_id AND link.source = source.source
)

-- Linked or a candidate tonight, on the earlier night not, or not so.
SELECT tonight.finding_id
FROM tonight
INNER JOIN state.unlinked AS earlier
    ON tonight.source = earlier.source AND tonight.identity_id = earlier.identity_id
WHERE
    tonight.decision <> earlier.decision
    OR tonight.person_id IS DISTINCT FROM earlier.person_id
UNION
-- In review tonight, and the same rows were there on the earlier night and in no doubt.
SELECT tonight.finding_id
FROM tonight
ANTI JOIN state.unlinked AS earlier
    ON tonight.source = earlier.source AND tonight.identity_id = earlier.identity_id
ANTI JOIN change.row AS changed
    ON
        tonight.finding_id = changed.finding_id
        AND tonight.person_id = changed.person_id
        AND tonight.source = changed.source
WHERE tonight.decision = 'review'
UNION
-- Behind the finding on the earlier night, and linked otherwise tonight.
SELECT earlier.finding_id
FROM state.finding_row AS earlier
SEMI JOIN change.finding AS finding ON earlier.finding_id = finding.finding_id
INNER JOIN core.person_link AS link ON earlier.source = link.source AND earlier.identity_id = link.identity_id
WHERE
    earlier.decision <> link.standing
    OR earlier.person_id IS DISTINCT FROM coalesce(link.person_id, link.candidate_person_id)
UNION
SELECT finding_id
FROM change.row
WHERE same_delivery
UNION
SELECT person.finding_id
FROM change.person AS person
INNER JOIN core.person_event AS event
    ON event.event IN ('merged', 'split') AND person.person_id IN (event.person_id, event.other_person_id)
