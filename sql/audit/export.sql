/*
description: One row per file that was exported before this night began, from the ledger; tonight's exports stand in tomorrow's file.
grain: [seq, list_id, file]
columns:
  seq: the ledger's sequence number of the export
  exported_at: when it was written, UTC
  what: what was exported (spot_check, rejects, review, link, report, whatif)
  night: the night whose data the file holds
  audience: whom the data was cut for (restricted, analyst)
  list_id: the list the file carries; of rejects source and snapshot, of their notes the source, of pairs for review the draw
  file: the file's name, without its folder; notes of several sources share one
  sha256: SHA-256 of the file's bytes
  households: households on the list; of rejects and pairs 0
  exported_by: the operating system's account that made the file
*/
SELECT
    seq,
    exported_at,
    what,
    night,
    audience,
    list_id,
    file,
    sha256,
    households,
    exported_by
FROM ledger.export
