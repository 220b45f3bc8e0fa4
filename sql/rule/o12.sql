/*
description: >
  O12, one-person cover not given: on an active marginal case, severely disabled, dibao neither paid nor asked for
  (57号 art. 8).
grain: [person_id, evidence_key, facts]
*/
WITH
marginal AS (
    SELECT
        person_id,
        fact,
        row_number() OVER (PARTITION BY person_id ORDER BY start_date, case_no) AS place
    FROM fact.roll
    WHERE program = 'marginal' AND status = 'active'
)

SELECT
    'O12' AS rule_id,
    resident.person_id,
    CAST(NULL AS VARCHAR) AS household_id,
    CAST(NULL AS VARCHAR) AS case_no,
    'dibao' AS program,
    'yellow' AS severity,
    'invite_to_apply' AS step,
    CAST(NULL AS DECIMAL(14, 2)) AS amount,
    CAST(NULL AS DECIMAL(14, 2)) AS line,
    certificate.certificate_key AS evidence_key,
    CAST(NULL AS VARCHAR) AS lowered_by,
    CAST(to_json({'level': certificate.level}) AS VARCHAR) AS particulars,
    CAST([] AS VARCHAR []) AS figures,
    [resident.fact, certificate.fact, marginal.fact] AS facts
FROM fact.certificate AS certificate
INNER JOIN fact.resident AS resident ON certificate.person_id = resident.person_id
INNER JOIN marginal ON certificate.person_id = marginal.person_id AND marginal.place = 1
ANTI JOIN (
    SELECT person_id
    FROM fact.receipt
    WHERE program = 'dibao' AND (paid OR applying)
) AS receipt ON certificate.person_id = receipt.person_id
WHERE certificate.is_severe
