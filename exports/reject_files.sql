/*
description: One row per file that a night looked at, with why it was refused, if it was: as a sentence, and as code and arguments
  (`refusal`, which a night of an earlier version lacks).
grain: [source, snapshot_date, file]
*/
SELECT COLUMNS('^(source|snapshot_date|file|refused_why|refusal|rows_delivered)$')
FROM audit.source_snapshot
ORDER BY source, snapshot_date, file
