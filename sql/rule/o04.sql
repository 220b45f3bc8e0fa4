/*
description: >
  O04, large medical bills and nobody on medical assistance: a registry household whose self-paid cost of 12 months is
  over the hardship figure, whose high income is under the other, with no evidence of means. Red is urgent, not
  suspect. Rows by number alone are preferred, then linked ones, then those in review.
grain: [household_id]
*/
WITH
due AS (
    SELECT
        household.household_id,
        CASE
            WHEN bill.by_number > night.medical_hardship_self_paid THEN 'by_number'
            WHEN bill.linked > night.medical_hardship_self_paid THEN 'linked'
            ELSE 'possible'
        END AS basis,
        CASE
            WHEN bill.by_number > night.medical_hardship_self_paid THEN bill.by_number
            WHEN bill.linked > night.medical_hardship_self_paid THEN bill.linked
            ELSE bill.possible
        END AS self_paid,
        household.high_year AS income,
        night.medical_hardship_self_paid AS line,
        night.medical_hardship_income AS income_line,
        night.year_ago,
        night.night
    FROM fact.registry_household AS household
    INNER JOIN fact.household_bill AS bill ON household.household_id = bill.household_id
    CROSS JOIN policy.night AS night
    ANTI JOIN (
        SELECT household_id
        FROM fact.household_receipt
        WHERE program = 'medical_assistance'
    ) AS assisted ON household.household_id = assisted.household_id
    WHERE
        bill.possible > night.medical_hardship_self_paid
        AND household.high_year < night.medical_hardship_income
)

SELECT
    'O04' AS rule_id,
    CAST(NULL AS VARCHAR) AS person_id,
    due.household_id,
    CAST(NULL AS VARCHAR) AS case_no,
    'medical_assistance' AS program,
    'red' AS severity,
    'visit_urgently' AS step,
    CAST(due.self_paid AS DECIMAL(14, 2)) AS amount,
    CAST(due.line AS DECIMAL(14, 2)) AS line,
    'self_paid:' || band_over(due.self_paid, due.line) AS evidence_key,
    CAST(NULL AS VARCHAR) AS lowered_by,
    CAST(to_json({
        'self_paid': due.self_paid,
        'income': due.income,
        'income_line': due.income_line,
        'from': due.year_ago,
        'to': due.night
    }) AS VARCHAR) AS particulars,
    ['medical_hardship'] AS figures,
    settlement.facts
FROM due
INNER JOIN fact.household_settlement AS settlement
    ON due.household_id = settlement.household_id AND due.basis = settlement.basis
