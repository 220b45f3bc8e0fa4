/*
description: >
  The sources a changed finding depends on, as they stood on both nights: those its rule reads, those it rests on, those
  that say who is covered, registered and alive, and, of a household's finding, who counts in it (rules.md 4).
grain: [finding_id, source]
columns:
  appeared: absent on one of the two nights
  same_delivery: the same files with as many readable rows on both nights
*/
WITH
read AS (
    SELECT
        finding.finding_id,
        unnest(rule.sources) AS source
    FROM change.finding AS finding
    INNER JOIN out.rule AS rule ON finding.rule_id = rule.rule_id
    UNION
    SELECT
        finding_id,
        unnest(['assistance_roll', 'household_registry', 'deaths']) AS source
    FROM change.finding
    UNION
    SELECT
        finding_id,
        unnest(['marriages', 'inmates']) AS source
    FROM change.finding
    WHERE person_id IS NULL
    UNION
    SELECT
        finding_id,
        source
    FROM carry.finding_row
    SEMI JOIN change.finding USING (finding_id)
    UNION
    SELECT
        finding_id,
        source
    FROM state.finding_row
    SEMI JOIN change.finding USING (finding_id)
)

SELECT
    read.finding_id,
    read.source,
    gated.source IS NOT NULL AS gated,
    earlier.state AS state_before,
    tonight.state AS state_after,
    (earlier.state = 'absent') <> (tonight.state = 'absent') AS appeared,
    coalesce(earlier.delivery = tonight.delivery, FALSE) AS same_delivery
FROM read
INNER JOIN carry.source AS tonight ON read.source = tonight.source
INNER JOIN state.source AS earlier ON read.source = earlier.source
LEFT JOIN policy.gated_source AS gated ON read.source = gated.source
