/*
description: >
  O09, elder allowance not drawn: the age was reached before the night's month, the allowance is neither paid nor
  asked for, and the person is not on tekun.
grain: [person_id]
*/
WITH
due AS (
    SELECT
        resident.person_id,
        resident.birth_date,
        night.elder_allowance_age,
        age_on(resident.birth_date, night.night) AS age,
        [resident.fact] AS facts
    FROM fact.resident AS resident
    CROSS JOIN policy.night AS night
    ANTI JOIN (
        SELECT person_id
        FROM fact.receipt
        WHERE (program = 'elder_allowance' AND (paid OR applying)) OR (program = 'tekun' AND paid)
    ) AS receipt ON resident.person_id = receipt.person_id
    WHERE
        age_on(resident.birth_date, CAST(date_trunc('month', night.night) AS DATE) - 1)
        >= night.elder_allowance_age
)

SELECT
    'O09' AS rule_id,
    person_id,
    CAST(NULL AS VARCHAR) AS household_id,
    CAST(NULL AS VARCHAR) AS case_no,
    'elder_allowance' AS program,
    'yellow' AS severity,
    'invite_to_apply' AS step,
    CAST(NULL AS DECIMAL(14, 2)) AS amount,
    CAST(NULL AS DECIMAL(14, 2)) AS line,
    'born:' || birth_date AS evidence_key,
    CAST(NULL AS VARCHAR) AS lowered_by,
    CAST(to_json({'born': birth_date, 'age': age, 'age_line': elder_allowance_age}) AS VARCHAR) AS particulars,
    ['elder_allowance_age'] AS figures,
    facts
FROM due
