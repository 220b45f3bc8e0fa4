/*
description: >
  How often every rule of the catalogue fired tonight and, once answers have come back, how often it was right.
grain: [rule_id]
columns:
  red: open red findings
  yellow: open yellow findings
  lowered: open findings lowered from red to yellow
  held: open findings that a jump holds; they are among the others
*/
WITH
fired AS (
    SELECT
        rule_id,
        count(*) AS fired,
        count(*) FILTER (WHERE severity = 'red') AS red,
        count(*) FILTER (WHERE severity = 'yellow') AS yellow,
        count(*) FILTER (WHERE lowered_by IS NOT NULL) AS lowered,
        count(*) FILTER (WHERE held_why IS NOT NULL) AS held
    FROM out.finding
    WHERE status <> 'cleared'
    GROUP BY rule_id
)

SELECT
    rule.rule_id,
    rule.kind,
    rule.title_zh,
    coalesce(fired.fired, 0) AS fired,
    coalesce(fired.red, 0) AS red,
    coalesce(fired.yellow, 0) AS yellow,
    coalesce(fired.lowered, 0) AS lowered,
    coalesce(fired.held, 0) AS held,
    CAST(NULL AS BIGINT) AS confirmed,
    CAST(NULL AS BIGINT) AS refuted,
    CAST(NULL AS DOUBLE) AS precision
FROM out.rule AS rule
LEFT JOIN fired ON rule.rule_id = fired.rule_id
