/*
description: >
  The published night's own findings: what a figure changes is told from them, and what people decided stays.
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
    first_seen,
    evidence_key,
    held_why
FROM published.out.finding
WHERE status <> 'cleared'
