/*
description: >
  X04, financial assets over the limit. Red only where the sum is over with the balances of the day and with the
  averages of 12 months where banks gave them; where fresh rows by number alone are, the ground rests on those. A flag
  over_limit speaks alone. A foreign balance has no rate here: taken at its face it can make yellow, never red.
grain: [household_id]
*/
WITH
summed AS (
    SELECT
        household_id,
        case_no,
        program,
        coalesce(sum(balance), 0) AS balance,
        coalesce(sum(average), 0) AS average,
        coalesce(sum(balance) FILTER (WHERE solid), 0) AS solid_balance,
        coalesce(sum(average) FILTER (WHERE solid), 0) AS solid_average,
        coalesce(sum(foreign_balance), 0) AS foreign_balance,
        coalesce(bool_or(over_limit), FALSE) AS flagged,
        count(balance) > 0 AS known
    FROM fact.asset AS held
    SEMI JOIN (SELECT case_no, program FROM fact.roll WHERE paid) AS paid
        ON held.case_no = paid.case_no AND held.program = paid.program
    GROUP BY household_id, case_no, program
),

over AS (
    SELECT
        summed.household_id,
        summed.case_no,
        summed.program,
        asset_limit.asset_limit AS line,
        summed.balance,
        summed.average,
        summed.foreign_balance,
        summed.flagged,
        summed.known,
        least(summed.balance, summed.average) > asset_limit.asset_limit AS over_both,
        least(summed.solid_balance, summed.solid_average) > asset_limit.asset_limit AS solid_over
    FROM summed
    INNER JOIN means.household_asset AS asset_limit ON summed.household_id = asset_limit.household_id
    WHERE
        summed.flagged
        OR greatest(summed.balance, summed.average) > asset_limit.asset_limit
        OR (
            summed.foreign_balance > 0
            AND greatest(summed.balance, summed.average) + summed.foreign_balance > asset_limit.asset_limit
        )
),

gathered AS (
    SELECT
        held.household_id,
        list(held.fact) AS facts,
        array_to_string(list_sort(list_distinct(list(held.asset_key))), '+') AS keys
    FROM fact.asset AS held
    INNER JOIN over ON held.household_id = over.household_id
    WHERE held.solid OR NOT over.solid_over
    GROUP BY held.household_id
),

people AS (
    SELECT
        member.household_id,
        flatten(list(member.facts)) AS facts
    FROM fact.member AS member
    INNER JOIN over ON member.household_id = over.household_id
    SEMI JOIN fact.asset AS held
        ON
            member.household_id = held.household_id
            AND member.person_id = held.person_id
            AND (held.solid OR NOT over.solid_over)
    GROUP BY member.household_id
)

SELECT
    'X04' AS rule_id,
    CAST(NULL AS VARCHAR) AS person_id,
    over.household_id,
    over.case_no,
    over.program,
    CASE WHEN over.over_both THEN 'red' ELSE 'yellow' END AS severity,
    CASE WHEN over.over_both THEN 'stop_payment_check' ELSE 'verify_at_home' END AS step,
    CAST(CASE WHEN over.over_both THEN least(over.balance, over.average) ELSE over.balance END AS DECIMAL(14, 2))
        AS amount,
    CAST(over.line AS DECIMAL(14, 2)) AS line,
    gathered.keys || '|excess:' || CASE
        WHEN greatest(over.balance, over.average) <= over.line THEN 'unknown'
        ELSE band_over(greatest(over.balance, over.average), over.line)
    END AS evidence_key,
    CAST(NULL AS VARCHAR) AS lowered_by,
    CAST(to_json({
        'balance': over.balance,
        'average': over.average,
        'foreign_balance': over.foreign_balance,
        'over_both': over.over_both,
        'flagged': over.flagged,
        'known': over.known
    }) AS VARCHAR) AS particulars,
    ['financial_asset_months', 'dibao_standard' || coalesce('.' || unit.hukou_type, '')] AS figures,
    gathered.facts || people.facts AS facts
FROM over
INNER JOIN gathered ON over.household_id = gathered.household_id
INNER JOIN people ON over.household_id = people.household_id
INNER JOIN means.household_unit AS unit ON over.household_id = unit.household_id
