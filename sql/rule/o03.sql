/*
description: >
  O03, severely disabled and on no household-programme case: a valid certificate, a registry household whose high income
  a head and month is at most the marginal line, nothing that speaks of means.
grain: [person_id, evidence_key, facts]
*/
SELECT
    'O03' AS rule_id,
    resident.person_id,
    resident.household_id,
    CAST(NULL AS VARCHAR) AS case_no,
    'dibao' AS program,
    'yellow' AS severity,
    'invite_to_apply' AS step,
    CAST(household.high_year / 12 / household.counted AS DECIMAL(14, 2)) AS amount,
    CAST(household.standard * night.marginal_multiple AS DECIMAL(14, 2)) AS line,
    certificate.certificate_key AS evidence_key,
    CAST(NULL AS VARCHAR) AS lowered_by,
    CAST(to_json({'level': certificate.level, 'counted': household.counted}) AS VARCHAR) AS particulars,
    [household.standard_figure, 'marginal_multiple'] AS figures,
    [resident.fact, certificate.fact] AS facts
FROM fact.certificate AS certificate
INNER JOIN fact.resident AS resident ON certificate.person_id = resident.person_id
INNER JOIN fact.registry_household AS household ON resident.household_id = household.household_id
CROSS JOIN policy.night AS night
ANTI JOIN (
    SELECT person_id
    FROM fact.receipt
    WHERE open AND program IN ('dibao', 'tekun', 'marginal', 'rigid_expenditure')
) AS receipt ON certificate.person_id = receipt.person_id
WHERE
    certificate.is_severe
    AND household.high_year <= 12 * household.standard * night.marginal_multiple * household.counted
