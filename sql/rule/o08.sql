/*
description: >
  O08, perhaps tekun: 60 or over, single or severely disabled, alone in the registry household, no verified spouse, on
  no household-programme case, no income but a resident pension, nothing that speaks of means.
grain: [person_id]
*/
WITH
alone AS (
    SELECT
        household_id,
        min(person_id) AS person_id
    FROM fact.resident
    WHERE household_id IS NOT NULL
    GROUP BY household_id
    HAVING count(*) = 1
),

certified AS (
    SELECT
        person_id,
        certificate_key,
        fact,
        row_number() OVER (
            PARTITION BY person_id ORDER BY decision = 'review', level, issued_on, certificate_key, record_no
        ) AS place
    FROM fact.certificate
    WHERE is_severe
)

SELECT
    'O08' AS rule_id,
    resident.person_id,
    resident.household_id,
    CAST(NULL AS VARCHAR) AS case_no,
    'tekun' AS program,
    'yellow' AS severity,
    'invite_to_apply' AS step,
    CAST(NULL AS DECIMAL(14, 2)) AS amount,
    CAST(NULL AS DECIMAL(14, 2)) AS line,
    'born:' || resident.birth_date || '|' || coalesce(certified.certificate_key, 'single') AS evidence_key,
    CAST(NULL AS VARCHAR) AS lowered_by,
    CAST(to_json({
        'age': age_on(resident.birth_date, night.night),
        'single': coalesce(registered.marital_status = 'single', FALSE),
        'severe': certified.person_id IS NOT NULL
    }) AS VARCHAR) AS particulars,
    CAST([] AS VARCHAR []) AS figures,
    CASE
        WHEN certified.person_id IS NULL OR registered.marital_status = 'single' THEN [resident.fact]
        ELSE [resident.fact, certified.fact]
    END AS facts
FROM alone
INNER JOIN fact.resident AS resident ON alone.person_id = resident.person_id
INNER JOIN link.person AS registered ON resident.person_id = registered.person_id
INNER JOIN fact.registry_household AS household ON resident.household_id = household.household_id
INNER JOIN means.member_income AS income
    ON resident.household_id = income.household_id AND resident.person_id = income.person_id
CROSS JOIN policy.night AS night
LEFT JOIN certified ON resident.person_id = certified.person_id AND certified.place = 1
ANTI JOIN means.spouse AS spouse ON resident.person_id = spouse.person_id
ANTI JOIN (
    SELECT person_id
    FROM fact.receipt
    WHERE open AND program IN ('dibao', 'tekun', 'marginal', 'rigid_expenditure')
) AS receipt ON resident.person_id = receipt.person_id
WHERE
    is_elder(resident.birth_date, night.night)
    AND (registered.marital_status = 'single' OR certified.person_id IS NOT NULL)
    AND income.high_other_12 <= 0
