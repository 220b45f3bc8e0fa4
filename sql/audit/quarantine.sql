/*
description: One row per delivered row that could not be used. Of gated sources file, line and reason only, never the row.
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
FROM raw.quarantined_row
