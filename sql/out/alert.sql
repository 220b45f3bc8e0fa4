/*
description: >
  What changed since the newest earlier published night: a finding new, worse (yellow to red), better (red to yellow)
  or cleared. None on a warehouse's first night. The cause is null until it is attributed: nothing is guessed.
grain: [alert_id]
*/
WITH
change AS (
    SELECT
        finding.finding_id,
        finding.household_id,
        finding.case_no,
        finding.person_id,
        finding.rule_id,
        CASE
            WHEN earlier.finding_id IS NULL THEN 'new'
            WHEN finding.status = 'cleared' THEN 'cleared'
            WHEN earlier.severity = 'yellow' AND finding.severity = 'red' THEN 'worse'
            WHEN earlier.severity = 'red' AND finding.severity = 'yellow' THEN 'better'
        END AS change,
        earlier.severity AS severity_before,
        CASE WHEN finding.status <> 'cleared' THEN finding.severity END AS severity_after
    FROM out.finding AS finding
    LEFT JOIN state.finding AS earlier ON finding.finding_id = earlier.finding_id AND earlier.status <> 'cleared'
    WHERE finding.status <> 'refuted'
)

SELECT
    keyed_id('A', change.finding_id || '|' || night.night || '|' || change.change) AS alert_id,
    change.finding_id,
    change.household_id,
    change.case_no,
    change.person_id,
    change.rule_id,
    change.change,
    CAST(NULL AS VARCHAR) AS cause,
    change.severity_before,
    change.severity_after
FROM change
CROSS JOIN policy.night AS night
WHERE
    change.change IS NOT NULL
    AND EXISTS (SELECT 1 FROM state.night AS earlier WHERE earlier.night < night.night)
