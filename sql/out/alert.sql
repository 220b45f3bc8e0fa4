/*
description: >
  What changed since the newest earlier published night: a finding new, worse (yellow to red), better (red to yellow)
  or cleared, and what brought it about (docs/rules.md, "Why a finding changed"). None on a warehouse's first night,
  none of what is held.
grain: [alert_id]
*/
SELECT
    keyed_id('A', finding.finding_id || '|' || night.night || '|' || finding.change) AS alert_id,
    finding.finding_id,
    finding.household_id,
    finding.case_no,
    finding.person_id,
    finding.rule_id,
    finding.change,
    cause.cause,
    finding.severity_before,
    finding.severity_after
FROM change.finding AS finding
INNER JOIN change.cause AS cause ON finding.finding_id = cause.finding_id
CROSS JOIN policy.night AS night
WHERE NOT finding.held
