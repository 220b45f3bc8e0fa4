/*
description: >
  O01, severely disabled without the nursing allowance: a valid certificate of level 1 or 2 from before the night's
  month, the allowance neither paid nor asked for, not on tekun.
grain: [person_id, evidence_key, facts]
*/
WITH
due AS (
    SELECT
        certificate.person_id,
        certificate.level,
        certificate.issued_on,
        certificate.certificate_key,
        [resident.fact, certificate.fact] AS facts
    FROM fact.certificate AS certificate
    INNER JOIN fact.resident AS resident ON certificate.person_id = resident.person_id
    CROSS JOIN policy.night AS night
    ANTI JOIN (
        SELECT person_id
        FROM fact.receipt
        WHERE (program = 'disability_nursing' AND (paid OR applying)) OR (program = 'tekun' AND paid)
    ) AS receipt ON certificate.person_id = receipt.person_id
    WHERE
        certificate.is_level_1_2
        AND certificate.issued_on < date_trunc('month', night.night)
)

SELECT
    'O01' AS rule_id,
    person_id,
    CAST(NULL AS VARCHAR) AS household_id,
    CAST(NULL AS VARCHAR) AS case_no,
    'disability_nursing' AS program,
    'yellow' AS severity,
    'invite_to_apply' AS step,
    CAST(NULL AS DECIMAL(14, 2)) AS amount,
    CAST(NULL AS DECIMAL(14, 2)) AS line,
    certificate_key AS evidence_key,
    CAST(NULL AS VARCHAR) AS lowered_by,
    CAST(to_json({'level': level, 'issued_on': issued_on}) AS VARCHAR) AS particulars,
    CAST([] AS VARCHAR []) AS figures,
    facts
FROM due
