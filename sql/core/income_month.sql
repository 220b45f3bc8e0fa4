/*
description: >
  The published month ledger: every amount of a person in a month of the window, with the lowest estimate that counts
  it, under the disregard of the household that judges him; computed support on the applicant; and what a person
  declared above his own high figure. Payroll salaries of people outside every household-programme case are not
  shown: for them they may only silence (rules.md 3).
grain: [person_id, month, item, source, snapshot_date, record_no]
columns:
  item: >
    wages, business, property, employee_pension, resident_pension, unemployment_benefit, salary, support,
    contribution_base, declared or one_off
  serves: >
    household; or support, where the row speaks only for what the person could pay as a legal supporter
*/
WITH
-- A case household has a programme; registry households have none.
judged AS (
    SELECT
        person.person_id,
        person.household_id,
        unit.program
    FROM core.person AS person
    INNER JOIN means.household_unit AS unit ON person.household_id = unit.household_id
),

on_case AS (
    SELECT person_id FROM judged WHERE program IS NOT NULL
    UNION
    SELECT person_id FROM means.support
),

declared AS (
    SELECT
        income.person_id,
        income.declared_excess,
        income.declared_excess_3,
        declared.record_no,
        declared.snapshot_date
    FROM means.member_income AS income
    INNER JOIN judged ON income.person_id = judged.person_id AND income.household_id = judged.household_id
    INNER JOIN means.declared_income AS declared ON income.person_id = declared.person_id
    WHERE income.declared_excess > 0
),

-- The rows add up to high over M1..M12, and over M10..M12 unless the year leaves less room than its last months ask.
declared_month AS (
    SELECT
        declared.person_id,
        month.month,
        CASE
            WHEN 12 * declared.declared_excess < 3 * declared.declared_excess_3 THEN declared.declared_excess
            WHEN month.in_last_3 THEN declared.declared_excess_3
            ELSE
                (
                    CAST(200 * (12 * declared.declared_excess - 3 * declared.declared_excess_3) AS BIGINT) + 9
                ) // 18 * 0.01
        END AS amount,
        declared.record_no,
        declared.snapshot_date
    FROM declared
    CROSS JOIN policy.month AS month
)

SELECT
    ledger.person_id,
    ledger.month,
    ledger.item,
    ledger.estimate,
    CASE judged.program WHEN 'tekun' THEN ledger.amount_tekun ELSE ledger.amount END AS amount,
    ledger.source,
    ledger.record_no,
    CASE WHEN ledger.in_household THEN 'household' ELSE 'support' END AS serves,
    ledger.snapshot_date
FROM means.ledger AS ledger
LEFT JOIN judged ON ledger.person_id = judged.person_id
LEFT JOIN on_case ON ledger.person_id = on_case.person_id
WHERE ledger.item <> 'salary' OR on_case.person_id IS NOT NULL
UNION ALL
SELECT
    support.applicant_id AS person_id,
    month.month,
    'support' AS item,
    'likely' AS estimate,
    support.support AS amount,
    support.source,
    support.record_no,
    'household' AS serves,
    support.snapshot_date
FROM means.support AS support
CROSS JOIN policy.month AS month
WHERE support.support > 0
UNION ALL
SELECT
    person_id,
    month,
    'declared' AS item,
    'high' AS estimate,
    CAST(amount AS DECIMAL(14, 2)) AS amount,
    'assistance_roll' AS source,
    record_no,
    'household' AS serves,
    snapshot_date
FROM declared_month
WHERE amount > 0
