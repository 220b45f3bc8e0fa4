/*
description: One row per source, fresh, stale or absent tonight, and how many findings rest on it (rule P07, which flags no household).
grain: [source]
columns:
  first_month: first month that its rows speak of, over all that could be read; null where rows have no month
  last_month: the last of them
  usable_numbers: share of its rows, 0 to 1, whose identity number somebody could be found by; null where no number is delivered
  with_candidate: share of its rows for which somebody came into question, before anything was dropped for want of authorization
  linked: share of its rows that are linked to a person, before anything was dropped
  usable_numbers_before: the same of the delivery that stood before; null where there was none
  with_candidate_before: the same of the delivery that stood before
  linked_before: the same of the delivery that stood before
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
),

earlier AS (
    SELECT
        item AS source,
        max(before) FILTER (WHERE measure = 'usable_numbers') / 10000 AS usable_numbers,
        max(before) FILTER (WHERE measure = 'with_candidate') / 10000 AS with_candidate,
        max(before) FILTER (WHERE measure = 'linked') / 10000 AS linked
    FROM held.figure
    WHERE kind = 'source'
    GROUP BY item
)

SELECT
    state.source,
    state.state,
    state.snapshot_date,
    state.age_days,
    state.first_month,
    state.last_month,
    coalesce(resting.findings, 0) AS findings_resting_on_it,
    round(state.usable_numbers, 4) AS usable_numbers,
    round(state.with_candidate, 4) AS with_candidate,
    round(state.linked, 4) AS linked,
    earlier.usable_numbers AS usable_numbers_before,
    earlier.with_candidate AS with_candidate_before,
    earlier.linked AS linked_before
FROM raw.source_state AS state
LEFT JOIN earlier ON state.source = earlier.source
LEFT JOIN resting
    ON state.source = resting.source
