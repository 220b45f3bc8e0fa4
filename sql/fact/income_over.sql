/*
description: >
  Paid case households with low or likely income over their line on either window. Both windows as sums of a year: that
  of M10..M12 times four, so that nothing is rounded before it is compared.
grain: [household_id]
columns:
  standard_figure: the policy figure of the household's dibao standard
  counted: counted members
  line_year: the line, yuan a counted head and year
  low_12: low income of the household, M1..M12, yuan a year
  low_3: the same of M10..M12
  likely_12: likely income, M1..M12, yuan a year
  likely_3: the same of M10..M12
  far_over: low over the line and its tolerance on both windows
  far_over_by_number: the same of rows by number alone
  just_begun: without the wages of members who began to work within the taper, low is not over the line on both windows
*/
WITH
household AS (
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
        4 * income.settled_low_3 AS settled_3
    FROM means.household_income AS income
    INNER JOIN means.household_unit AS unit ON income.household_id = unit.household_id
    CROSS JOIN policy.night AS night
    SEMI JOIN (SELECT case_no, program FROM fact.roll WHERE paid) AS paid
        ON unit.case_no = paid.case_no AND unit.program = paid.program
    WHERE
        unit.kind = 'case'
        AND unit.program IN ('dibao', 'tekun', 'marginal', 'rigid_expenditure')
        AND income.counted_members > 0
)

SELECT
    household_id,
    case_no,
    program,
    one_person_cover,
    standard_figure,
    counted,
    line_year,
    low_12,
    low_3,
    likely_12,
    likely_3,
    least(low_12, low_3) > line_year * counted * (1 + income_tolerance) AS far_over,
    least(number_12, number_3) > line_year * counted * (1 + income_tolerance) AS far_over_by_number,
    (settled_12 < low_12 OR settled_3 < low_3)
    AND greatest(low_12, low_3) > line_year * counted
    AND least(settled_12, settled_3) <= line_year * counted AS just_begun
FROM household
WHERE greatest(low_12, low_3, likely_12, likely_3) > line_year * counted
