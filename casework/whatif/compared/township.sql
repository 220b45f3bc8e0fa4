/*
description: >
  By township, who would come in and leave, the colours, and the cost a month of dibao by the figures.
grain: [township_code]
*/
WITH
effect AS (
    SELECT
        township_code,
        count(DISTINCT household_id) FILTER (effect = 'comes_in') AS comes_in,
        count(DISTINCT household_id) FILTER (effect = 'under_line') AS under_line,
        count(DISTINCT household_id) FILTER (effect = 'leaves') AS leaves,
        count(DISTINCT household_id) FILTER (effect = 'loses') AS loses
    FROM compared.household
    GROUP BY township_code
),

colour AS (
    SELECT
        left(before.division_code, 9) || '000' AS township_code,
        count(*) AS households,
        count(*) FILTER (before.risk_flag <> 'green') AS risk_before,
        count(*) FILTER (after.risk_flag <> 'green') AS risk_after,
        count(*) FILTER (before.omission_flag <> 'green') AS omission_before,
        count(*) FILTER (after.omission_flag <> 'green') AS omission_after
    FROM as_is.out.household_flag AS before
    INNER JOIN as_if.out.household_flag AS after ON before.household_id = after.household_id
    GROUP BY ALL
),

cost AS (
    SELECT
        left(before.division_code, 9) || '000' AS township_code,
        sum(before.due) AS dibao_before,
        sum(after.due) AS dibao_after
    FROM as_is.world.payment AS before
    INNER JOIN as_if.world.payment AS after ON before.case_no = after.case_no AND before.program = after.program
    WHERE before.program = 'dibao'
    GROUP BY ALL
)

SELECT
    colour.township_code,
    coalesce(division.name_zh, colour.township_code, '未知') AS township,
    colour.households,
    coalesce(effect.comes_in, 0) AS comes_in,
    coalesce(effect.under_line, 0) AS under_line,
    coalesce(effect.leaves, 0) AS leaves,
    coalesce(effect.loses, 0) AS loses,
    colour.risk_before,
    colour.risk_after,
    colour.omission_before,
    colour.omission_after,
    coalesce(cost.dibao_before, 0) AS dibao_before,
    coalesce(cost.dibao_after, 0) AS dibao_after
FROM colour
LEFT JOIN effect ON colour.township_code IS NOT DISTINCT FROM effect.township_code
LEFT JOIN cost ON colour.township_code IS NOT DISTINCT FROM cost.township_code
LEFT JOIN published.core.division AS division ON colour.township_code = division.division_code
