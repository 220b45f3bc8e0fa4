/*
description: One row per delivered file of a used or refused snapshot. Of a used file delivered = accepted + quarantined + dropped_unauthorized.
grain: [source, snapshot_date, file]
*/
SELECT
    files.source,
    files.snapshot_date,
    files.file,
    datediff('day', files.snapshot_date, tonight.night) AS age_days,
    datediff('day', files.snapshot_date, tonight.night) > source.fresh_for_days AS stale,
    files.refused_why,
    files.refusal,
    files.rows_delivered,
    files.rows_accepted,
    files.rows_quarantined,
    files.rows_dropped_unauthorized,
    files.rows_superseded,
    files.sha256
FROM raw.delivery_file AS files
INNER JOIN raw.source_state AS source
    ON files.source = source.source
CROSS JOIN policy.night AS tonight
