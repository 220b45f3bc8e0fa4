/*
description: Tonight's findings as tomorrow compares them. A cleared one is forgotten.
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
WHERE status <> 'cleared'
