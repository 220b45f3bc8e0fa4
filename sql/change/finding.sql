/*
description: >
  Findings that are new, worse (yellow to red), better (red to yellow) or cleared since the newest earlier published
  night. Nothing on a warehouse's first night. A refuted finding is silent: it is new when it speaks again, and never clears.
  Of one that was held the comparison is with how it stood before.
grain: [finding_id]
columns:
  held: a jump holds it tonight; no alert tells of it until somebody has accepted the jump
*/
WITH
compared AS (
    SELECT
        finding.finding_id,
        finding.household_id,
        finding.case_no,
        finding.person_id,
        finding.rule_id,
        CASE
            WHEN finding.status = 'cleared' AND earlier.finding_id IS NOT NULL THEN 'cleared'
            WHEN finding.status = 'cleared' THEN NULL
            WHEN held.kept THEN 'cleared'
            WHEN earlier.finding_id IS NULL THEN 'new'
            WHEN earlier.severity = 'yellow' AND finding.severity = 'red' THEN 'worse'
            WHEN earlier.severity = 'red' AND finding.severity = 'yellow' THEN 'better'
        END AS change,
        earlier.severity AS severity_before,
        CASE WHEN finding.status <> 'cleared' AND NOT coalesce(held.kept, FALSE) THEN finding.severity END
            AS severity_after,
        earlier.lowered_by AS lowered_before,
        CASE WHEN finding.status <> 'cleared' THEN finding.lowered_by END AS lowered_after,
        held.finding_id IS NOT NULL AS held
    FROM out.finding AS finding
    LEFT JOIN state.finding AS earlier
        ON finding.finding_id = earlier.finding_id AND earlier.status NOT IN ('cleared', 'refuted')
    LEFT JOIN held.finding AS held ON finding.finding_id = held.finding_id
    WHERE finding.status <> 'refuted'
)

SELECT
    compared.finding_id,
    compared.household_id,
    compared.case_no,
    compared.person_id,
    compared.rule_id,
    compared.change,
    compared.severity_before,
    compared.severity_after,
    compared.lowered_before,
    compared.lowered_after,
    compared.held
FROM compared
CROSS JOIN policy.night AS night
WHERE
    compared.change IS NOT NULL
    AND EXISTS (SELECT 1 FROM state.night AS earlier WHERE earlier.night < night.night)
