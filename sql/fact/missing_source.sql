/*
description: Sources that a rule reads and that were stale or absent tonight.
grain: [rule_id]
columns:
  missing: source, state and date of its last delivery, sorted
*/
SELECT
    rule.rule_id,
    list_sort(list({
        'source': state.source,
        'state': state.state,
        'snapshot_date': state.snapshot_date
    })) AS missing
FROM (SELECT rule_id, unnest(sources) AS source FROM out.rule) AS rule
INNER JOIN raw.source_state AS state ON rule.source = state.source
WHERE state.state <> 'fresh'
GROUP BY rule.rule_id
