/*
description: >
  What an analyst may see of audit.fairness: a measure by a kind of groups, if in no group fewer than 5 are hit, or fewer
  than 5 are not, or of one colour alone. A hidden group would follow from the others and the whole, so the kind is shown
  with all its groups or not at all.
grain: [subgroup_kind, unit, measure]
*/
WITH
by_group AS (
    SELECT
        subgroup_kind,
        subgroup,
        unit,
        measure,
        max(n) AS n,
        max(hits) AS hits,
        max(hits) - coalesce(max(hits) FILTER (colour = 'red'), 0) AS others,
        max(hits) FILTER (colour = 'red') AS red
    FROM audit.fairness
    GROUP BY subgroup_kind, subgroup, unit, measure
)

SELECT
    subgroup_kind,
    unit,
    measure
FROM by_group
GROUP BY subgroup_kind, unit, measure
HAVING
    min(n) >= 5
    AND NOT bool_or(hits BETWEEN 1 AND 4 OR others BETWEEN 1 AND 4 OR coalesce(red, 0) BETWEEN 1 AND 4)
    AND NOT bool_or(hits > 0 AND n - hits < 5)
