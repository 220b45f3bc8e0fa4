/*
description: >
  X13, moved out or otherwise cancelled in the registry and still paid, in every continuing programme. Whoever has any
  row with status normal is registered here.
grain: [person_id, case_no, program]
*/
SELECT
    'X13' AS rule_id,
    roll.person_id,
    CAST(NULL AS VARCHAR) AS household_id,
    roll.case_no,
    roll.program,
    'yellow' AS severity,
    'verify_at_home' AS step,
    CAST(roll.monthly_amount AS DECIMAL(14, 2)) AS amount,
    CAST(NULL AS DECIMAL(14, 2)) AS line,
    'registry:' || registered.registry_status || ':' || coalesce(CAST(registered.status_date AS VARCHAR), '')
    || '|case:' || roll.case_no AS evidence_key,
    CAST(NULL AS VARCHAR) AS lowered_by,
    CAST(to_json({'moved': registered.registry_status = 'moved_out', 'since': registered.status_date}) AS VARCHAR)
        AS particulars,
    CAST([] AS VARCHAR []) AS figures,
    [roll.fact, registry.fact] AS facts
FROM fact.roll AS roll
INNER JOIN link.person AS registered ON roll.person_id = registered.person_id
INNER JOIN fact.registry AS registry ON roll.person_id = registry.person_id
CROSS JOIN policy.night AS night
WHERE
    roll.paid
    AND roll.program NOT IN ('temporary_relief', 'medical_assistance')
    AND registered.registry_status IN ('moved_out', 'other_cancelled')
    AND coalesce(registered.status_date <= night.night, TRUE)
