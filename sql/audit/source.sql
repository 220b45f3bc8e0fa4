/*
description: One row per source, fresh, stale or absent tonight, and how many findings rest on it (rule P07, which flags no household).
grain: [source]
columns:
  first_month: first month that its rows speak of, over all that could be read; null where rows have no month
  last_month: the last of them
*/
WITH
resting AS (
    SELECT
        fact.source,
        count(DISTINCT finding.finding_id) AS findings
    FROM out.finding AS finding,
        unnest(json_extract_string(finding.evidence, '$[*].source')) AS fact (source)
    WHERE finding.status <> 'cleared'
    GROUP BY fact.source
)

SELECT
    state.source,
    state.state,
    state.snapshot_date,
    state.age_days,
    state.first_month,
    state.last_month,
    coalesce(resting.findings, 0) AS findings_resting_on_it
FROM raw.source_state AS state
LEFT JOIN resting
    ON state.source = resting.source
