/*
description: Every source as it stood tonight, with a digest of the files used and of how many rows could be read.
grain: [source]
columns:
  state: fresh, stale or absent; late where it is fresh and does not cover the window of the means test (rules.md 5)
  delivery: digest of the used files; null of an absent source
*/
WITH
used AS (
    SELECT
        source,
        sha256(array_to_string(
            list_sort(list(sha256 || ':' || (rows_accepted + rows_dropped_unauthorized))), ','
        )) AS delivery
    FROM raw.delivery_file
    WHERE refused_why IS NULL
    GROUP BY source
)

SELECT
    state.source,
    CASE WHEN state.state = 'fresh' AND NOT coalesce(cover.is_there, TRUE) THEN 'late' ELSE state.state END AS state,
    used.delivery
FROM raw.source_state AS state
LEFT JOIN means.source_cover AS cover ON state.source = cover.source
LEFT JOIN used ON state.source = used.source
