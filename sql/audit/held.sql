/*
description: >
  The rules and sources whose figures jumped tonight, with who accepted it and why. Without an acceptance their findings
  are held (out.finding.held_why): kept, on neither list, coloured by nothing and told in no alert.
grain: [kind, item]
*/
WITH
holding AS (
    SELECT
        unnest(string_split(held_why, ',')) AS why,
        count(*) AS findings
    FROM held.finding
    GROUP BY why
)

SELECT
    jump.kind,
    jump.item,
    jump.measure,
    jump.before,
    jump.now,
    jump.band,
    jump.counted_on,
    coalesce(holding.findings, 0) AS findings_held,
    jump.accepted_by,
    jump.accepted_reason,
    jump.accepted_at,
    jump.accepted_seq
FROM held.jump AS jump
LEFT JOIN holding ON jump.kind || ':' || jump.item = holding.why
