/*
description: >
  O05, spending that cannot be avoided: a registry household with nobody on medical assistance and no O04, whose
  self-paid cost of 12 months reaches the floor and the ratio of its high income, whose high income a head is under the
  mean disposable income, with nothing that speaks of means. Rows by number are preferred, then linked, then in review.
grain: [household_id]
*/
WITH
needed AS (
    SELECT
        household.household_id,
        household.counted,
        household.high_year,
        greatest(night.rigid_expenditure_floor, night.rigid_expenditure_ratio * greatest(household.high_year, 1))
            AS line,
        night.rigid_expenditure_ratio,
        night.rigid_expenditure_floor,
        night.mean_disposable_income,
        night.year_ago,
        night.night
    FROM fact.registry_household AS household
    CROSS JOIN policy.night AS night
    WHERE household.high_year < night.mean_disposable_income * household.counted
),

due AS (
    SELECT
        needed.household_id,
        needed.counted,
        needed.high_year,
        needed.line,
        needed.rigid_expenditure_ratio,
        needed.rigid_expenditure_floor,
        needed.mean_disposable_income,
        needed.year_ago,
        needed.night,
        CASE
            WHEN bill.by_number >= needed.line THEN 'by_number'
            WHEN bill.linked >= needed.line THEN 'linked'
            ELSE 'possible'
        END AS basis,
        CASE
            WHEN bill.by_number >= needed.line THEN bill.by_number
            WHEN bill.linked >= needed.line THEN bill.linked
            ELSE bill.possible
        END AS self_paid
    FROM needed
    INNER JOIN fact.household_bill AS bill ON needed.household_id = bill.household_id
    ANTI JOIN rule.o04 AS larger ON needed.household_id = larger.household_id
    ANTI JOIN (
        SELECT household_id
        FROM fact.household_receipt
        WHERE program IN ('medical_assistance', 'rigid_expenditure')
    ) AS assisted ON needed.household_id = assisted.household_id
    WHERE bill.possible >= needed.line
)

SELECT
    'O05' AS rule_id,
    CAST(NULL AS VARCHAR) AS person_id,
    due.household_id,
    CAST(NULL AS VARCHAR) AS case_no,
    'rigid_expenditure' AS program,
    'yellow' AS severity,
    'invite_to_apply' AS step,
    CAST(due.self_paid AS DECIMAL(14, 2)) AS amount,
    CAST(due.line AS DECIMAL(14, 2)) AS line,
    'self_paid:' || band_over(due.self_paid, due.line) AS evidence_key,
    CAST(NULL AS VARCHAR) AS lowered_by,
    CAST(to_json({
        'self_paid': due.self_paid,
        'income': due.high_year,
        'per_head': CAST(due.high_year / due.counted AS DECIMAL(14, 2)),
        'counted': due.counted,
        'floor': due.rigid_expenditure_floor,
        'mean_income': due.mean_disposable_income,
        'ratio_percent': CAST(round(100 * due.rigid_expenditure_ratio) AS INTEGER),
        'from': due.year_ago,
        'to': due.night
    }) AS VARCHAR) AS particulars,
    ['rigid_expenditure_floor', 'rigid_expenditure_ratio', 'mean_disposable_income'] AS figures,
    settlement.facts
FROM due
INNER JOIN fact.household_settlement AS settlement
    ON due.household_id = settlement.household_id AND due.basis = settlement.basis
