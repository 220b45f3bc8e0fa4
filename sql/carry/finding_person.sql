/*
description: >
  The people each finding depends on: the one it names, the members of its household, whoever a row behind it names.
grain: [finding_id, person_id]
*/
SELECT
    finding_id,
    person_id
FROM carry.finding
WHERE person_id IS NOT NULL
UNION
SELECT
    finding.finding_id,
    member.person_id
FROM carry.finding AS finding
INNER JOIN core.household_member AS member ON finding.household_id = member.household_id
UNION
SELECT
    finding_id,
    person_id
FROM carry.finding_row
WHERE person_id IS NOT NULL
