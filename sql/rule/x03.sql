/*
description: >
  X03, income over the line. Red only where low, of linked rows of fresh sources, breaks the line with its tolerance on
  both windows. A ground of its own rests on the rows by number alone. High alone is no finding.
grain: [household_id, evidence_key, severity, basis]
columns:
  basis: number (rows by number alone) or all
*/
WITH
household AS (
    SELECT
        income.household_id,
        unit.case_no,
        unit.program,
        unit.one_person_cover,
        income.counted_members,
        night.income_tolerance,
        CASE
            WHEN unit.program = 'rigid_expenditure' THEN night.mean_disposable_income / 12
            WHEN unit.program = 'marginal' OR unit.one_person_cover THEN unit.standard * night.marginal_multiple
            ELSE unit.standard
        END AS line,
        income.low_12,
        income.low_3,
        income.low_number_12,
        income.low_number_3,
        income.likely_12,
        income.likely_3,
        income.settled_low_12,
        income.settled_low_3
    FROM means.household_income AS income
    INNER JOIN means.household_unit AS unit ON income.household_id = unit.household_id
    CROSS JOIN policy.night AS night
    WHERE
        unit.kind = 'case'
        AND income.counted_members > 0
        AND unit.program IN ('dibao', 'tekun', 'marginal', 'rigid_expenditure')
        AND EXISTS (
            SELECT 1
            FROM fact.roll AS roll
            WHERE roll.paid AND roll.case_no = unit.case_no AND roll.program = unit.program
        )
),

figure AS (
    SELECT
        household_id,
        case_no,
        program,
        one_person_cover,
        CAST(line AS DECIMAL(14, 2)) AS line,
        12 * counted_members * line AS line_12,
        3 * counted_members * line AS line_3,
        12 * counted_members * line * (1 + income_tolerance) AS far_12,
        3 * counted_members * line * (1 + income_tolerance) AS far_3,
        counted_members,
        low_12,
        low_3,
        low_number_12,
        low_number_3,
        likely_12,
        likely_3,
        settled_low_12,
        settled_low_3,
        CAST(low_12 / 12 / counted_members AS DECIMAL(14, 2)) AS low_year,
        CAST(low_3 / 3 / counted_members AS DECIMAL(14, 2)) AS low_quarter,
        CAST(likely_12 / 12 / counted_members AS DECIMAL(14, 2)) AS likely_year,
        CAST(likely_3 / 3 / counted_members AS DECIMAL(14, 2)) AS likely_quarter
    FROM household
),

over AS (
    SELECT
        *,
        low_12 > line_12 OR low_3 > line_3 AS low_over,
        low_12 > far_12 AND low_3 > far_3 AS low_far_over,
        low_number_12 > far_12 AND low_number_3 > far_3 AS number_far_over,
        (settled_low_12 <> low_12 OR settled_low_3 <> low_3)
        AND (low_12 > line_12 OR low_3 > line_3)
        AND NOT (settled_low_12 > line_12 AND settled_low_3 > line_3) AS tapering
    FROM figure
    WHERE low_12 > line_12 OR low_3 > line_3 OR likely_12 > line_12 OR likely_3 > line_3
)

SELECT 1
