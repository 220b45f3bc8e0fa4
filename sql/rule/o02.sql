/*
description: >
  O02, disabled and on dibao without the living allowance: a valid certificate of any level, dibao paid, the allowance
  neither paid nor asked for, on neither tekun nor the orphans' programme.
grain: [person_id, evidence_key, facts]
*/
WITH
dibao AS (
    SELECT
        person_id,
        fact,
        row_number() OVER (PARTITION BY person_id ORDER BY start_date, case_no) AS place
    FROM fact.roll
    WHERE paid AND program = 'dibao'
),

due AS (
    SELECT
        certificate.person_id,
        certificate.level,
        certificate.issued_on,
        certificate.certificate_key,
        [resident.fact, certificate.fact, dibao.fact] AS facts
    FROM fact.certificate AS certificate
    INNER JOIN fact.resident AS resident ON certificate.person_id = resident.person_id
    INNER JOIN dibao ON certificate.person_id = dibao.person_id AND dibao.place = 1
    ANTI JOIN (
        SELECT person_id
        FROM fact.receipt
        WHERE
            (program = 'disability_living' AND (paid OR applying))
            OR (program IN ('tekun', 'orphan') AND paid)
    ) AS receipt ON certificate.person_id = receipt.person_id
)

SELECT
    'O02' AS rule_id,
    person_id,
    CAST(NULL AS VARCHAR) AS household_id,
    CAST(NULL AS VARCHAR) AS case_no,
    'disability_living' AS program,
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
