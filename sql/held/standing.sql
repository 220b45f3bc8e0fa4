/*
description: >
  The night's findings as they are published: those of rule.finding, with why a finding is held. What would clear only
  while a jump holds it stands as on the earlier night.
grain: [finding_id]
columns:
  facts: the delivered rows behind it; none of a finding that fires no longer
*/
SELECT
    finding.finding_id,
    finding.evidence_key,
    finding.rule_id,
    finding.kind,
    finding.severity,
    finding.lowered_by,
    held.held_why,
    finding.household_id,
    finding.case_no,
    finding.person_id,
    finding.program,
    finding.suggested_step,
    finding.amount,
    finding.line,
    finding.title_zh,
    finding.subject_name,
    finding.rests_on_review,
    finding.rests_on_number,
    finding.least_probability,
    finding.particulars,
    finding.figures,
    finding.facts,
    finding.evidence,
    finding.missing,
    finding.first_seen,
    CASE WHEN held.kept THEN earlier.status ELSE finding.status END AS status
FROM rule.finding AS finding
LEFT JOIN held.finding AS held ON finding.finding_id = held.finding_id
LEFT JOIN state.finding AS earlier ON finding.finding_id = earlier.finding_id
