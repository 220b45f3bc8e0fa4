/*
description: >
  What changed and was held, with its cause: the night that lets it go says why it changed, though by then the
  deliveries are those of the night before.
grain: [finding_id]
*/
SELECT
    finding.finding_id,
    finding.change,
    cause.cause
FROM change.finding AS finding
INNER JOIN change.cause AS cause ON finding.finding_id = cause.finding_id
WHERE finding.held
