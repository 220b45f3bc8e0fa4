/*
description: >
  Each source's state on the published night.
grain: [source]
*/
SELECT
    state.source,
    state.state,
    state.snapshot_date,
    state.age_days,
    gated.source IS NOT NULL AS gated,
    state.first_month,
    state.last_month
FROM published.audit.source AS state
LEFT JOIN policy.gated_source AS gated ON state.source = gated.source
