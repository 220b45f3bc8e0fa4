/*
description: >
  What every paid case should be paid a month by the figures. Dibao: standard x counted members less the household's
  likely income (rule X20's own formula), never below nothing; of a one-person cover one standard less the income a
  head. Tekun and orphans: their standard for each paid person (an orphan's: that of a child at home). No figure says
  what the other programmes pay: what the roll says stays.
grain: [case_no, program]
columns:
  paid: yuan a month on the roll
  due: yuan a month by the figures; null where nobody counts
  basis: standard, where a figure says it; roll, where none does
*/
WITH
paid AS (
    SELECT
        roll.case_no,
        roll.program,
        min(roll.person_id) AS first_person_id,
        sum(roll.monthly_amount) AS paid,
        sum(standard.amount) AS standards,
        count(standard.amount) = count(*) AS all_known
    FROM fact.roll AS roll
    INNER JOIN link.person AS person ON roll.person_id = person.person_id
    LEFT JOIN policy.standard AS standard
        ON
            roll.program IN ('tekun', 'orphan')
            AND roll.program = standard.program
            AND standard.hukou_type = coalesce(person.hukou_type, 'urban')
    WHERE roll.paid
    GROUP BY roll.case_no, roll.program
)

SELECT
    paid.case_no,
    paid.program,
    unit.household_id,
    coalesce(unit.division_code, person.division_code) AS division_code,
    CAST(coalesce(paid.paid, 0) AS DECIMAL(14, 2)) AS paid,
    CAST(
        CASE
            WHEN paid.program = 'dibao' AND unit.one_person_cover
                THEN greatest(0, 12 * unit.standard - income.likely_12 / income.counted_members) / 12
            WHEN paid.program = 'dibao'
                THEN greatest(0, 12 * unit.standard * income.counted_members - income.likely_12) / 12
            WHEN paid.all_known THEN paid.standards
            ELSE coalesce(paid.paid, 0)
        END
        AS DECIMAL(14, 2)
    ) AS due,
    CASE WHEN paid.program = 'dibao' OR paid.all_known THEN 'standard' ELSE 'roll' END AS basis
FROM paid
INNER JOIN link.person AS person ON paid.first_person_id = person.person_id
LEFT JOIN means.household_unit AS unit ON paid.case_no = unit.case_no AND paid.program = unit.program
LEFT JOIN means.household_income AS income ON unit.household_id = income.household_id
