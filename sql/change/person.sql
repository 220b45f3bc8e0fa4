/*
description: The people a changed finding depends on, tonight or on the earlier night.
grain: [finding_id, person_id]
*/
SELECT
    finding_id,
    person_id
FROM carry.finding_person
SEMI JOIN change.finding USING (finding_id)
UNION
SELECT
    finding_id,
    person_id
FROM state.finding_person
SEMI JOIN change.finding USING (finding_id)
