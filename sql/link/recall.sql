/*
description: >
  How many delivered rows speak of people of the spine, and how many of those the matcher found, by source; rows that nobody came
  near and rows dropped for want of authorization count. Where the number is usable, known or not, probabilities say it. Where it is
  not (hidden, lost, mistyped), the share of rows that speak of people of the spine is taken to be that of the rows whose number is
  usable: numbers are damaged on the way, whoever they belong to. docs/matching.md says where this is blind.
grain: [source]
columns:
  rows: rows delivered, every seat that names somebody
  known_share: share of the rows with a usable number that speak of people of the spine
  true_rows: rows expected to speak of people of the spine
  right_rows: of those the rows expected to be linked rightly; of the roll a row that founded a person is, unless the registry knows him
  unseen: rows missed that are nobody's candidate
  variance: variance of the rows missed
*/
WITH
-- A row of the roll that carries somebody else's number founded a person; he is in the registry, as the roll's people are.
counted AS (
    SELECT
        source,
        number_kind,
        decision,
        rows,
        if(decision = 'founded' AND number_kind = 'known', rows, hits) AS hits,
        variance
    FROM link.reach
),

tallied AS (
    SELECT
        source,
        sum(rows) AS rows,
        coalesce(sum(rows) FILTER (WHERE number_kind <> 'unusable'), 0) AS usable_rows,
        coalesce(sum(rows) FILTER (WHERE number_kind = 'unusable'), 0) AS unusable_rows,
        coalesce(sum(hits) FILTER (WHERE number_kind <> 'unusable'), 0) AS usable_hits,
        coalesce(sum(hits) FILTER (WHERE number_kind = 'unusable'), 0) AS unusable_hits,
        coalesce(sum(hits) FILTER (WHERE decision = 'linked'), 0) AS right_hits,
        coalesce(sum(hits) FILTER (WHERE decision = 'linked' AND number_kind = 'foreign'), 0) AS found_otherwise,
        sum(variance) AS variance
    FROM counted
    GROUP BY source
),

-- People of the registry whose own number there is not usable: their rows carry numbers that seem to be a stranger's.
spine AS (
    SELECT count(*) FILTER (WHERE number_birth_date IS NULL) / nullif(count(*), 0) AS without_number
    FROM link.person
    WHERE in_registry
),

stray AS (
    SELECT
        tallied.source,
        tallied.rows,
        tallied.usable_rows,
        tallied.unusable_rows,
        tallied.usable_hits,
        tallied.unusable_hits,
        tallied.right_hits,
        tallied.variance,
        greatest(0, tallied.usable_hits * coalesce(spine.without_number, 0) - tallied.found_otherwise) AS hidden
    FROM tallied
    CROSS JOIN spine
),

shared AS (
    SELECT
        stray.*,
        -- Not least() alone: of null and 1 it would make 1.
        CASE WHEN usable_rows > 0 THEN least(1, (usable_hits + hidden) / usable_rows) END AS known_share
    FROM stray
),

everywhere AS (
    SELECT sum(usable_hits) / nullif(sum(usable_rows), 0) AS known_share
    FROM tallied
    WHERE source NOT IN ('assistance_roll', 'household_registry')
),

expected AS (
    SELECT
        shared.*,
        coalesce(shared.known_share, everywhere.known_share, 1) AS share,
        greatest(
            shared.unusable_hits, coalesce(shared.known_share, everywhere.known_share, 1) * shared.unusable_rows
        ) AS unusable_true
    FROM shared
    CROSS JOIN everywhere
)

SELECT
    source,
    rows,
    known_share,
    if(source = 'assistance_roll', rows, usable_hits + hidden + unusable_true) AS true_rows,
    if(source = 'assistance_roll', rows, usable_hits + hidden + unusable_true)
    - (usable_hits + hidden + unusable_true - right_hits) AS right_rows,
    hidden + unusable_true - unusable_hits AS unseen,
    -- Chance, and that strangers' numbers may be damaged some more or less often than those of people of the spine.
    variance + hidden + share * (1 - share) * unusable_rows * (1 + unusable_rows / greatest(usable_rows, 1))
    + power(unusable_rows * (0.15 * (1 - share) + 0.003), 2) AS variance
FROM expected
