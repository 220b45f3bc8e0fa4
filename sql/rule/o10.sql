/*
description: >
  O10, helped again and again: a registry household with repeat_relief_count or more cases of temporary relief begun in
  the last 12 months, to be led to a lasting programme.
grain: [household_id]
*/
WITH
relief AS (
    SELECT
        resident.household_id,
        roll.case_no,
        min(roll.start_date) AS begun,
        list(roll.fact) AS facts
    FROM fact.roll AS roll
    INNER JOIN fact.resident AS resident ON roll.person_id = resident.person_id
    CROSS JOIN policy.night AS night
    WHERE
        roll.program = 'temporary_relief'
        AND roll.status <> 'applying'
        AND roll.start_date > night.year_ago
        AND roll.start_date <= night.night
    GROUP BY resident.household_id, roll.case_no
),

repeated AS (
    SELECT
        household_id,
        count(*) AS cases,
        min(begun) AS first_begun,
        max(begun) AS last_begun,
        array_to_string(list_sort(list(case_no)), '+') AS keys,
        flatten(list(facts)) AS facts
    FROM relief
    GROUP BY household_id
)

SELECT
    'O10' AS rule_id,
    CAST(NULL AS VARCHAR) AS person_id,
    repeated.household_id,
    CAST(NULL AS VARCHAR) AS case_no,
    'dibao' AS program,
    'yellow' AS severity,
    'invite_to_apply' AS step,
    CAST(NULL AS DECIMAL(14, 2)) AS amount,
    CAST(NULL AS DECIMAL(14, 2)) AS line,
    'case:' || repeated.keys AS evidence_key,
    CAST(NULL AS VARCHAR) AS lowered_by,
    CAST(to_json({
        'cases': repeated.cases,
        'first': repeated.first_begun,
        'last': repeated.last_begun,
        'count_line': night.repeat_relief_count
    }) AS VARCHAR) AS particulars,
    ['repeat_relief_count'] AS figures,
    repeated.facts
FROM repeated
INNER JOIN means.household_unit AS unit ON repeated.household_id = unit.household_id AND unit.kind = 'registry'
CROSS JOIN policy.night AS night
ANTI JOIN (
    SELECT household_id
    FROM fact.household_receipt
    WHERE program = 'dibao'
) AS receipt ON repeated.household_id = receipt.household_id
WHERE repeated.cases >= night.repeat_relief_count
