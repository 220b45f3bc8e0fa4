/*
description: >
  P05, one phone on household-programme cases of shared_phone_households households or more. A person's household is
  counted, not his cases, so that a family with several is one. A number of one repeated digit is no phone.
grain: [household_id, evidence_key, facts]
*/
WITH
dialled AS (
    SELECT
        case_no,
        program,
        person_id,
        fact,
        regexp_replace(regexp_replace(phone, '[^0-9]', '', 'g'), '^(0086|86)(1[0-9]{10})$', '\2') AS phone
    FROM fact.roll
    WHERE open AND household_program AND phone IS NOT NULL
),

shared AS (
    SELECT
        dialled.phone,
        count(DISTINCT coalesce(person.household_id, dialled.case_no)) AS households
    FROM dialled
    INNER JOIN core.person AS person ON dialled.person_id = person.person_id
    CROSS JOIN policy.night AS night
    WHERE length(dialled.phone) >= 7 AND replace(dialled.phone, left(dialled.phone, 1), '') <> ''
    GROUP BY dialled.phone, night.shared_phone_households
    HAVING count(DISTINCT coalesce(person.household_id, dialled.case_no)) >= night.shared_phone_households
),

found AS (
    SELECT
        dialled.case_no,
        dialled.program,
        dialled.phone,
        shared.households,
        list(fact_of(
            dialled.fact.source,
            dialled.fact.record_no,
            dialled.fact.snapshot_date,
            dialled.fact.decision,
            dialled.fact.by_number,
            dialled.fact.probability,
            'phone', CAST(NULL AS DATE), detail := dialled.phone, can_end := TRUE
        )) AS facts
    FROM dialled
    INNER JOIN shared ON dialled.phone = shared.phone
    GROUP BY dialled.case_no, dialled.program, dialled.phone, shared.households
)

SELECT
    'P05' AS rule_id,
    CAST(NULL AS VARCHAR) AS person_id,
    own.household_id,
    found.case_no,
    found.program,
    'yellow' AS severity,
    'verify_at_home' AS step,
    CAST(NULL AS DECIMAL(14, 2)) AS amount,
    CAST(NULL AS DECIMAL(14, 2)) AS line,
    'phone:' || found.phone AS evidence_key,
    CAST(NULL AS VARCHAR) AS lowered_by,
    CAST(to_json({'households': found.households, 'count_line': night.shared_phone_households}) AS VARCHAR)
        AS particulars,
    ['shared_phone_households'] AS figures,
    found.facts
FROM found
INNER JOIN fact.household_case AS own ON found.case_no = own.case_no AND found.program = own.program
CROSS JOIN policy.night AS night
