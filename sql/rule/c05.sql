/*
description: C05, seriously ill and living (fact.illness). The illness is never named.
grain: [person_id]
*/
SELECT
    'C05' AS rule_id,
    illness.person_id,
    CAST(NULL AS VARCHAR) AS household_id,
    CAST(NULL AS VARCHAR) AS case_no,
    CAST(NULL AS VARCHAR) AS program,
    'yellow' AS severity,
    'visit' AS step,
    CAST(CASE WHEN illness.total >= illness.total_line THEN illness.total END AS DECIMAL(14, 2)) AS amount,
    CAST(CASE WHEN illness.total >= illness.total_line THEN illness.total_line END AS DECIMAL(14, 2)) AS line,
    'illness:' || illness.diagnosed || '|inpatient:' || CASE
        WHEN illness.total < illness.total_line THEN 'under'
        ELSE band_over(illness.total, illness.total_line)
    END AS evidence_key,
    CAST(NULL AS VARCHAR) AS lowered_by,
    CAST(to_json({
        'diagnosed': illness.diagnosed,
        'large': illness.total >= illness.total_line,
        'total': illness.total
    }) AS VARCHAR) AS particulars,
    CASE
        WHEN illness.total >= illness.total_line THEN ['care_inpatient_total']
        ELSE CAST([] AS VARCHAR [])
    END AS figures,
    illness.facts
FROM fact.illness AS illness
INNER JOIN core.person AS person ON illness.person_id = person.person_id
WHERE NOT person.is_dead
