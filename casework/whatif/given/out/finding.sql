/*
description: >
  Findings as flags and lists read them, without their sentences. What people decided of a finding, or that it is held,
  stays where its evidence is the same.
grain: [finding_id]
*/
SELECT
    finding.finding_id,
    finding.evidence_key,
    finding.rule_id,
    finding.kind,
    finding.severity,
    finding.lowered_by,
    coalesce(finding.held_why, earlier.held_why) AS held_why,
    finding.household_id,
    finding.case_no,
    finding.person_id,
    finding.program,
    finding.suggested_step,
    finding.amount,
    finding.line,
    finding.title_zh,
    '' AS explanation_zh,
    '' AS explanation_en,
    '' AS green_if_zh,
    finding.evidence,
    finding.first_seen,
    coalesce(earlier.status, finding.status) AS status
FROM rule.finding AS finding
LEFT JOIN state.finding AS earlier
    ON finding.finding_id = earlier.finding_id AND finding.evidence_key = earlier.evidence_key
WHERE finding.status <> 'cleared'
