/*
description: >
  What a household on a paid case of a household programme gets a month while its likely income of M1..M12 is within the
  line of its programme, and what it would fall to above it: dibao, then marginal, then nothing. Nobody is lifted to a
  programme that he is not on. The living allowance of disabled people hangs on dibao or marginal (国发〔2015〕52号).
grain: [household_id]
columns:
  category: the programme that its income leaves it; none where it is over every line
  income: yuan a month, likely, of the whole household
  line: yuan a month for the whole household, of the programme it is on
  cash: yuan a month by the figures, of dibao or tekun
  linked: yuan a month of living allowance of disabled people in it, while it is in dibao or marginal
  at_line: yuan a month that it would get with an income exactly at its line
*/
WITH
allowance AS (
    SELECT
        member.household_id,
        sum(roll.monthly_amount) AS amount
    FROM core.household_member AS member
    INNER JOIN fact.roll AS roll ON member.person_id = roll.person_id
    WHERE roll.paid AND roll.program = 'disability_living'
    GROUP BY member.household_id
),

held AS (
    SELECT
        line.household_id,
        line.case_no,
        line.program,
        line.likely_12 AS income_year,
        line.line_year * line.counted AS line_year,
        12 * unit.standard * night.marginal_multiple * line.counted AS marginal_year
    FROM fact.income_line AS line
    INNER JOIN means.household_unit AS unit ON line.household_id = unit.household_id
    CROSS JOIN policy.night AS night
),

judged AS (
    SELECT
        *,
        CASE
            WHEN income_year <= line_year THEN program
            WHEN program = 'dibao' AND income_year <= marginal_year THEN 'marginal'
            ELSE 'none'
        END AS category
    FROM held
)

SELECT
    judged.household_id,
    judged.case_no,
    judged.program,
    payment.division_code,
    judged.category,
    CAST(judged.income_year / 12 AS DECIMAL(14, 2)) AS income,
    CAST(judged.line_year / 12 AS DECIMAL(14, 2)) AS line,
    CASE WHEN judged.category IN ('dibao', 'tekun') THEN payment.due ELSE 0 END AS cash,
    CAST(CASE WHEN judged.category IN ('dibao', 'marginal') THEN coalesce(allowance.amount, 0) ELSE 0 END AS DECIMAL(14, 2))
        AS linked,
    CAST(
        CASE WHEN judged.program = 'tekun' THEN payment.due ELSE 0 END
        + CASE WHEN judged.program IN ('dibao', 'marginal') THEN coalesce(allowance.amount, 0) ELSE 0 END
        AS DECIMAL(14, 2)
    ) AS at_line
FROM judged
INNER JOIN world.payment AS payment ON judged.case_no = payment.case_no AND judged.program = payment.program
LEFT JOIN allowance ON judged.household_id = allowance.household_id
