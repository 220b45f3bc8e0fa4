/*
description: >
  X18, past the age of a child's programme: turned 18 before the night's month, still paid, not at school. Where the
  schools delivered nothing at all, nobody can be said to have left them.
grain: [person_id, case_no, program]
*/
SELECT
    'X18' AS rule_id,
    roll.person_id,
    CAST(NULL AS VARCHAR) AS household_id,
    roll.case_no,
    roll.program,
    'yellow' AS severity,
    'verify_at_home' AS step,
    CAST(roll.monthly_amount AS DECIMAL(14, 2)) AS amount,
    CAST(NULL AS DECIMAL(14, 2)) AS line,
    'born:' || person.birth_date || '|case:' || roll.case_no AS evidence_key,
    CAST(NULL AS VARCHAR) AS lowered_by,
    CAST(to_json({'born': person.birth_date, 'age': age_on(person.birth_date, night.night)}) AS VARCHAR)
        AS particulars,
    CAST([] AS VARCHAR []) AS figures,
    CASE WHEN registry.person_id IS NULL THEN [roll.fact] ELSE [roll.fact, registry.fact] END AS facts
FROM fact.roll AS roll
INNER JOIN core.person AS person ON roll.person_id = person.person_id
CROSS JOIN policy.night AS night
INNER JOIN raw.source_state AS school ON school.source = 'students' AND school.state <> 'absent'
LEFT JOIN fact.registry AS registry ON roll.person_id = registry.person_id
ANTI JOIN fact.enrolled AS enrolled ON roll.person_id = enrolled.person_id
WHERE
    roll.paid
    AND roll.program IN ('orphan', 'unsupported_child')
    AND is_adult(person.birth_date, CAST(date_trunc('month', night.night) AS DATE) - 1)
