/*
description: >
  Sources that a rule reads and that were stale or absent tonight, or came in time without covering the window of the
  means test (rules.md 5).
grain: [rule_id]
columns:
  missing: source, state (stale, absent or short), date of its last delivery; sorted. people is null here
*/
WITH
wanting AS (
    SELECT
        state.source,
        CASE WHEN state.state = 'fresh' THEN 'short' ELSE state.state END AS state,
        state.snapshot_date
    FROM raw.source_state AS state
    LEFT JOIN means.source_cover AS cover ON state.source = cover.source
    WHERE state.state <> 'fresh' OR NOT coalesce(cover.is_there, TRUE)
)

SELECT
    rule.rule_id,
    list_sort(list({
        'source': wanting.source,
        'state': wanting.state,
        'snapshot_date': wanting.snapshot_date,
        'people': CAST(NULL AS BIGINT)
    })) AS missing
FROM (SELECT rule_id, unnest(sources) AS source FROM out.rule) AS rule
INNER JOIN wanting ON rule.source = wanting.source
GROUP BY rule.rule_id
