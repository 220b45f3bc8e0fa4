/*
description: >
  Households by flag and colour, as they are and as they would be.
grain: [flag, colour]
*/
WITH
flagged AS (
    SELECT 'before' AS world, risk_flag, omission_flag, care_flag FROM as_is.out.household_flag
    UNION ALL
    SELECT 'after' AS world, risk_flag, omission_flag, care_flag FROM as_if.out.household_flag
)

SELECT
    flag,
    colour,
    count(*) FILTER (world = 'before') AS before,
    count(*) FILTER (world = 'after') AS after
FROM (
    SELECT
        world,
        unnest(['risk', 'omission', 'care']) AS flag,
        unnest([risk_flag, omission_flag, care_flag]) AS colour
    FROM flagged
)
GROUP BY flag, colour
