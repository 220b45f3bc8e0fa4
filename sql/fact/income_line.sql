/*
description: >
  Every paid case household with its line and its income, both windows as sums of a year: that of M10..M12 times four,
  so that nothing is rounded before it is compared.
grain: [household_id]
columns:
  standard_figure: the policy figure of the household's dibao standard
  counted: counted members
  line_year: the line, yuan a counted head and year
  low_12: low income of the household, M1..M12, yuan a year
  low_3: the same of M10..M12
  number_12: the same of rows by number alone, M1..M12
  number_3: the same of M10..M12
  likely_12: likely income, M1..M12, yuan a year
  likely_3: the same of M10..M12
  settled_12: low without the wages of members who began to work within the taper, M1..M12
  settled_3: the same of M10..M12
  settled_number_12: the same of rows by number alone, M1..M12
  settled_number_3: the same of M10..M12
  review_12: likely and rows in review, M1..M12
  review_3: the same of M10..M12
*/
SELECT
    income.household_id,
    unit.case_no,
    unit.program,
    unit.one_person_cover,
    'dibao_standard' || coalesce('.' || unit.hukou_type, '') AS standard_figure,
    income.counted_members AS counted,
    night.income_tolerance,
    CASE
        WHEN unit.program = 'rigid_expenditure' THEN night.mean_disposable_income
        WHEN unit.program = 'marginal' OR unit.one_person_cover
            THEN 12 * unit.standard * night.marginal_multiple
        ELSE 12 * unit.standard
    END AS line_year,
    income.low_12,
    4 * income.low_3 AS low_3,
    income.low_number_12 AS number_12,
    4 * income.low_number_3 AS number_3,
    income.likely_12,
    4 * income.likely_3 AS likely_3,
    income.settled_low_12 AS settled_12,
    4 * income.settled_low_3 AS settled_3,
    income.settled_number_12,
    4 * income.settled_number_3 AS settled_number_3,
    income.with_review_12 AS review_12,
    4 * income.with_review_3 AS review_3
FROM means.household_income AS income
INNER JOIN means.household_unit AS unit ON income.household_id = unit.household_id
CROSS JOIN policy.night AS night
SEMI JOIN (SELECT case_no, program FROM fact.roll WHERE paid) AS paid
    ON unit.case_no = paid.case_no AND unit.program = paid.program
WHERE
    unit.kind = 'case'
    AND unit.program IN ('dibao', 'tekun', 'marginal', 'rigid_expenditure')
    AND income.counted_members > 0
