/*
description: One row per file that a night looked at, with why it was refused, if it was.
grain: [source, snapshot_date, file]
*/
SELECT
    source,
    snapshot_date,
    file,
    refused_why,
    rows_delivered
FROM audit.source_snapshot
ORDER BY source, snapshot_date, file
