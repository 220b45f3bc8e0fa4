/*
description: >
  The findings of one household in the order they are read: red before yellow, what is to be checked before help that is
  owed before care. Parameter: household.
grain: [finding_id]
*/
SELECT
    finding.finding_id,
    finding.rule_id,
    finding.kind,
    finding.severity,
    finding.held_why,
    finding.status,
    finding.person_id,
    finding.program,
    finding.suggested_step,
    finding.first_seen,
    finding.title_zh,
    finding.explanation,
    finding.green_if_zh,
    finding.evidence,
    finding.line,
    rule.version
FROM out.finding AS finding
LEFT JOIN out.rule AS rule ON finding.rule_id = rule.rule_id
WHERE finding.household_id = $household
ORDER BY
    finding.status = 'cleared',
    CASE finding.kind WHEN 'omission' THEN 2 WHEN 'care' THEN 3 ELSE 1 END,
    CASE finding.severity WHEN 'red' THEN 1 WHEN 'yellow' THEN 2 ELSE 3 END,
    finding.rule_id,
    finding.program NULLS LAST,
    finding.person_id NULLS FIRST,
    finding.finding_id
