/*
description: One row per delivered row that a night could not use, in the order of delivery.
grain: [source, snapshot_date, file, line]
*/
SELECT
    source,
    snapshot_date,
    file,
    line,
    record_no,
    reason,
    column_name,
    raw
FROM audit.quarantine
ORDER BY source, snapshot_date, file, line
