/*
description: >
  Tonight's findings as tomorrow compares them. A cleared one is forgotten; one that is held stands as it did before it
  was held, so that what it changed is told on the night that lets it go.
grain: [finding_id]
*/
SELECT
    finding_id,
    rule_id,
    household_id,
    case_no,
    person_id,
    program,
    severity,
    lowered_by,
    status,
    first_seen
FROM out.finding
WHERE status <> 'cleared' AND held_why IS NULL
UNION ALL
SELECT
    earlier.finding_id,
    earlier.rule_id,
    earlier.household_id,
    earlier.case_no,
    earlier.person_id,
    earlier.program,
    earlier.severity,
    earlier.lowered_by,
    earlier.status,
    earlier.first_seen
FROM state.finding AS earlier
SEMI JOIN held.finding AS held ON earlier.finding_id = held.finding_id
WHERE earlier.status <> 'cleared'
