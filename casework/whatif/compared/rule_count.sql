/*
description: >
  Open findings by rule, as they are and as they would be.
grain: [rule_id]
*/
WITH
counted AS (
    SELECT
        rule_id,
        count(*) FILTER (world = 'before') AS before,
        count(*) FILTER (world = 'after') AS after
    FROM (
        SELECT rule_id, 'before' AS world FROM as_is.out.finding
        UNION ALL
        SELECT rule_id, 'after' AS world FROM as_if.out.finding
    )
    GROUP BY rule_id
),

changed AS (
    SELECT
        rule_id,
        count(*) FILTER (change = 'new') AS new,
        count(*) FILTER (change = 'gone') AS gone,
        count(*) FILTER (change = 'worse') AS worse,
        count(*) FILTER (change = 'better') AS better
    FROM compared.finding
    GROUP BY rule_id
)

SELECT
    counted.rule_id,
    rule.title_zh,
    rule.title_en,
    counted.before,
    counted.after,
    coalesce(changed.new, 0) AS new,
    coalesce(changed.gone, 0) AS gone,
    coalesce(changed.worse, 0) AS worse,
    coalesce(changed.better, 0) AS better
FROM counted
INNER JOIN as_if.out.rule AS rule ON counted.rule_id = rule.rule_id
LEFT JOIN changed ON counted.rule_id = changed.rule_id
