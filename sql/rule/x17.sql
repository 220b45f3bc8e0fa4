/*
description: >
  X17, elder allowance paid under the age. The registry's birth date speaks; where the number's own date says the age
  is reached, the two disagree and nobody is accused. Outside the registry the number's date is all there is.
grain: [person_id, case_no, program]
*/
WITH
judged AS (
    SELECT
        roll.person_id,
        roll.case_no,
        roll.program,
        roll.monthly_amount,
        person.birth_date,
        registered.number_birth_date,
        night.elder_allowance_age,
        age_on(person.birth_date, night.night) AS age,
        coalesce(age_on(registered.number_birth_date, night.night) >= night.elder_allowance_age, FALSE)
            AS number_disagrees,
        CASE WHEN registry.person_id IS NULL THEN [roll.fact] ELSE [roll.fact, registry.fact] END AS facts
    FROM fact.roll AS roll
    INNER JOIN core.person AS person ON roll.person_id = person.person_id
    INNER JOIN link.person AS registered ON roll.person_id = registered.person_id
    CROSS JOIN policy.night AS night
    LEFT JOIN fact.registry AS registry ON roll.person_id = registry.person_id
    WHERE
        roll.paid
        AND roll.program = 'elder_allowance'
        AND age_on(person.birth_date, night.night) < night.elder_allowance_age
)

SELECT
    'X17' AS rule_id,
    person_id,
    CAST(NULL AS VARCHAR) AS household_id,
    case_no,
    program,
    CASE WHEN number_disagrees THEN 'yellow' ELSE 'red' END AS severity,
    CASE WHEN number_disagrees THEN 'verify_at_home' ELSE 'stop_payment_check' END AS step,
    CAST(monthly_amount AS DECIMAL(14, 2)) AS amount,
    CAST(NULL AS DECIMAL(14, 2)) AS line,
    'born:' || birth_date || '|number:' || coalesce(CAST(number_birth_date AS VARCHAR), '') || '|case:' || case_no
        AS evidence_key,
    CASE WHEN number_disagrees THEN 'number_disagrees' END AS lowered_by,
    CAST(to_json({
        'born': birth_date,
        'number_born': number_birth_date,
        'age': age,
        'age_line': elder_allowance_age,
        'number_disagrees': number_disagrees
    }) AS VARCHAR) AS particulars,
    ['elder_allowance_age'] AS figures,
    facts
FROM judged
