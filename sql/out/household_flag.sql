/*
description: >
  Every household's three colours (rules.md 7): the worst open finding of each axis, green without any. Cleared and
  refuted findings, and those held, colour nothing; a contested one yellow at most; P02 has no colour to give.
grain: [household_id]
*/
WITH
colouring AS (
    SELECT
        household_id,
        rule_id,
        CASE kind WHEN 'omission' THEN 'omission' WHEN 'care' THEN 'care' ELSE 'risk' END AS axis,
        severity = 'red' AND status <> 'contested' AS red
    FROM out.finding
    WHERE status NOT IN ('cleared', 'refuted') AND held_why IS NULL AND severity IS NOT NULL
),

axis AS (
    SELECT
        household_id,
        axis,
        CASE WHEN bool_or(red) THEN 'red' ELSE 'yellow' END AS colour,
        list_sort(list_distinct(list(rule_id))) AS reasons
    FROM colouring
    GROUP BY household_id, axis
)

SELECT
    household.household_id,
    household.kind,
    household.case_no,
    household.division_code,
    coalesce(risk.colour, 'green') AS risk_flag,
    coalesce(omission.colour, 'green') AS omission_flag,
    coalesce(care.colour, 'green') AS care_flag,
    coalesce(risk.reasons, CAST([] AS VARCHAR [])) AS risk_reasons,
    coalesce(omission.reasons, CAST([] AS VARCHAR [])) AS omission_reasons,
    coalesce(care.reasons, CAST([] AS VARCHAR [])) AS care_reasons,
    household.assessable
FROM core.household AS household
LEFT JOIN axis AS risk ON household.household_id = risk.household_id AND risk.axis = 'risk'
LEFT JOIN axis AS omission ON household.household_id = omission.household_id AND omission.axis = 'omission'
LEFT JOIN axis AS care ON household.household_id = care.household_id AND care.axis = 'care'
