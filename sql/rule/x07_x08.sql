/*
description: >
  X07, a shop, and X08, a dwelling bought while on the case or in the 12 months before it began: units that the
  household's people together hold half or more of. One ground a unit.
grain: [rule_id, household_id, evidence_key, facts]
*/
WITH
found AS (
    SELECT
        'X07' AS rule_id,
        estate.household_id,
        estate.case_no,
        estate.program,
        estate.unit_key,
        estate.share,
        estate.share_unknown,
        estate.registered_on,
        CAST(NULL AS DATE) AS started_on,
        CAST(NULL AS DECIMAL(14, 2)) AS amount,
        estate.facts
    FROM fact.estate AS estate
    WHERE estate.is_commercial
    UNION ALL
    SELECT
        'X08',
        estate.household_id,
        estate.case_no,
        estate.program,
        estate.unit_key,
        estate.share,
        estate.share_unknown,
        estate.bought_on,
        own.started_on,
        CAST(estate.paid_price AS DECIMAL(14, 2)),
        estate.facts
    FROM fact.estate AS estate
    INNER JOIN fact.household_case AS own ON estate.household_id = own.household_id
    CROSS JOIN policy.night AS night
    WHERE
        NOT estate.is_commercial
        AND estate.bought_on > own.started_on - INTERVAL 1 YEAR
        AND estate.bought_on <= night.night
)

SELECT
    rule_id,
    CAST(NULL AS VARCHAR) AS person_id,
    household_id,
    case_no,
    program,
    'yellow' AS severity,
    'verify_at_home' AS step,
    amount,
    CAST(NULL AS DECIMAL(14, 2)) AS line,
    'unit:' || unit_key AS evidence_key,
    CAST(NULL AS VARCHAR) AS lowered_by,
    CAST(to_json({
        'share': share,
        'share_unknown': share_unknown,
        'registered_on': registered_on,
        'started_on': started_on,
        'on_aid': registered_on > started_on
    }) AS VARCHAR) AS particulars,
    CAST([] AS VARCHAR []) AS figures,
    facts
FROM found
