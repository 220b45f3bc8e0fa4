/*
description: >
  The people each finding depends on: the one it names, the members of its household, whoever a row behind it names. Of
  a finding that is held also those of the night before.
grain: [finding_id, person_id]
*/
SELECT
    finding_id,
    person_id
FROM out.finding
WHERE status <> 'cleared' AND person_id IS NOT NULL
UNION
SELECT
    finding.finding_id,
    member.person_id
FROM out.finding AS finding
INNER JOIN core.household_member AS member ON finding.household_id = member.household_id
WHERE finding.status <> 'cleared'
UNION
SELECT
    finding_id,
    person_id
FROM carry.finding_row
WHERE person_id IS NOT NULL
UNION
SELECT
    earlier.finding_id,
    earlier.person_id
FROM state.finding_person AS earlier
SEMI JOIN held.finding AS held ON earlier.finding_id = held.finding_id
