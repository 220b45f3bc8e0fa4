/*
description: X16, tapering for more than taper_months. The row that has tapered longest speaks.
grain: [household_id]
*/
WITH
tapering AS (
    SELECT
        roll.case_no,
        roll.program,
        min(roll.status_since) AS since,
        sum(roll.monthly_amount) AS paid,
        list(roll.fact) AS facts
    FROM fact.roll AS roll
    CROSS JOIN policy.night AS night
    WHERE
        roll.paid
        AND roll.program = 'dibao'
        AND roll.status = 'tapering'
        AND calendar_months(roll.status_since, night.night) > night.taper_months
    GROUP BY roll.case_no, roll.program
)

SELECT
    'X16' AS rule_id,
    CAST(NULL AS VARCHAR) AS person_id,
    own.household_id,
    tapering.case_no,
    tapering.program,
    'yellow' AS severity,
    'reassess' AS step,
    CAST(tapering.paid AS DECIMAL(14, 2)) AS amount,
    CAST(NULL AS DECIMAL(14, 2)) AS line,
    'case:' || tapering.case_no || '|tapering:' || tapering.since AS evidence_key,
    CAST(NULL AS VARCHAR) AS lowered_by,
    CAST(to_json({
        'since': tapering.since,
        'months': calendar_months(tapering.since, night.night),
        'taper_months': night.taper_months
    }) AS VARCHAR) AS particulars,
    ['taper_months'] AS figures,
    tapering.facts
FROM tapering
INNER JOIN fact.household_case AS own ON tapering.case_no = own.case_no AND tapering.program = own.program
CROSS JOIN policy.night AS night
