/*
description: >
  P03, not reviewed in time: recheck_months since the newest review of the case (else since it began), fewer where a
  covered member of 16 to 59 could work; and P04, rigid expenditure not confirmed anew for rigid_recheck_months.
grain: [rule_id, household_id]
*/
WITH
able AS (
    SELECT DISTINCT
        roll.case_no,
        roll.program
    FROM fact.roll AS roll
    INNER JOIN core.person AS person ON roll.person_id = person.person_id
    CROSS JOIN policy.night AS night
    ANTI JOIN (SELECT person_id FROM fact.certificate WHERE is_severe) AS severe ON roll.person_id = severe.person_id
    ANTI JOIN fact.enrolled AS enrolled ON roll.person_id = enrolled.person_id
    WHERE
        roll.open
        AND roll.covered
        AND roll.program IN ('dibao', 'marginal', 'tekun')
        AND is_of_working_age(person.birth_date, night.night)
        AND NOT person.is_dead
),

seen AS (
    SELECT
        case_no,
        program,
        coalesce(max(last_reviewed), min(start_date)) AS since,
        max(last_reviewed) AS reviewed_on
    FROM fact.roll
    WHERE open AND program IN ('dibao', 'marginal', 'tekun')
    GROUP BY case_no, program
),

late AS (
    SELECT
        'P03' AS rule_id,
        seen.case_no,
        seen.program,
        seen.since,
        seen.reviewed_on,
        able.case_no IS NOT NULL AS can_work,
        CASE WHEN able.case_no IS NULL THEN night.recheck_months ELSE night.recheck_months_can_work END AS months_line,
        CASE WHEN able.case_no IS NULL THEN 'recheck_months' ELSE 'recheck_months_can_work' END AS figure
    FROM seen
    CROSS JOIN policy.night AS night
    LEFT JOIN able ON seen.case_no = able.case_no AND seen.program = able.program
    UNION ALL
    SELECT
        'P04',
        roll.case_no,
        roll.program,
        min(roll.status_since),
        CAST(NULL AS DATE),
        FALSE,
        night.rigid_recheck_months,
        'rigid_recheck_months'
    FROM fact.roll AS roll
    CROSS JOIN policy.night AS night
    WHERE roll.program = 'rigid_expenditure' AND roll.status = 'active'
    GROUP BY roll.case_no, roll.program, night.rigid_recheck_months
)

SELECT
    late.rule_id,
    CAST(NULL AS VARCHAR) AS person_id,
    own.household_id,
    late.case_no,
    late.program,
    'yellow' AS severity,
    'reassess' AS step,
    CAST(NULL AS DECIMAL(14, 2)) AS amount,
    CAST(NULL AS DECIMAL(14, 2)) AS line,
    'case:' || late.case_no || '|since:' || late.since AS evidence_key,
    CAST(NULL AS VARCHAR) AS lowered_by,
    CAST(to_json({
        'since': late.since,
        'reviewed': late.reviewed_on IS NOT NULL,
        'months': calendar_months(late.since, night.night),
        'months_line': late.months_line,
        'can_work': late.can_work
    }) AS VARCHAR) AS particulars,
    [late.figure] AS figures,
    [own.fact] AS facts
FROM late
INNER JOIN fact.household_case AS own ON late.case_no = own.case_no AND late.program = own.program
CROSS JOIN policy.night AS night
WHERE calendar_months(late.since, night.night) > late.months_line
