/*
description: >
  Verified spouses, each couple in both directions (rules.md 4): the newest event of both is one and the same
  marriage; or they are head and spouse of one booklet and neither a later divorce nor a marital status speaks
  against it. Both alive. An event delivered twice is one event: partners and date are compared, not records.
grain: [person_id, spouse_id]
*/
WITH
event AS (
    SELECT
        person_id,
        partner_id,
        event,
        event_date,
        record_no,
        snapshot_date,
        by_number,
        probability,
        bool_or(event = 'divorce') OVER (PARTITION BY person_id, partner_id, event_date) AS ended_that_day
    FROM means.marriage_seat
),

-- On one day a divorce from one precedes a marriage to another, and follows a marriage to the same.
newest_event AS (
    SELECT
        person_id,
        partner_id,
        event,
        event_date,
        record_no,
        snapshot_date,
        by_number,
        probability
    FROM event
    QUALIFY row_number() OVER (
        PARTITION BY person_id
        ORDER BY event_date DESC, ended_that_day, event, by_number DESC, record_no, snapshot_date DESC
    ) = 1
),

by_event AS (
    SELECT
        one.person_id,
        one.partner_id AS spouse_id,
        'marriages' AS via,
        one.event_date AS married_on,
        'marriages' AS source,
        one.record_no,
        one.snapshot_date,
        one.by_number,
        one.probability
    FROM newest_event AS one
    INNER JOIN newest_event AS other
        ON one.partner_id = other.person_id
        AND other.partner_id = one.person_id
        AND one.event_date = other.event_date
    WHERE one.event = 'marriage' AND other.event = 'marriage'
),

both_ways AS (
    SELECT head_id AS person_id, spouse_id, married_on FROM means.booklet_couple
    UNION ALL
    SELECT spouse_id AS person_id, head_id AS spouse_id, married_on FROM means.booklet_couple
),

registered AS (
    SELECT
        both_ways.person_id,
        both_ways.spouse_id,
        'booklet' AS via,
        both_ways.married_on,
        'household_registry' AS source,
        registry.record_no,
        registry.snapshot_date,
        coalesce(registry.by_number, FALSE) AS by_number,
        registry.probability
    FROM both_ways
    INNER JOIN core.household_registry AS registry ON both_ways.spouse_id = registry.person_id
),

together AS (
    SELECT person_id, spouse_id, via, married_on, source, record_no, snapshot_date, by_number, probability
    FROM by_event
    UNION ALL
    SELECT person_id, spouse_id, via, married_on, source, record_no, snapshot_date, by_number, probability
    FROM registered
)

SELECT
    together.person_id,
    together.spouse_id,
    together.via,
    together.married_on,
    together.source,
    together.record_no,
    together.snapshot_date,
    'linked' AS decision,
    together.by_number,
    together.probability
FROM together
WHERE
    together.person_id NOT IN (SELECT person_id FROM means.death WHERE is_dead)
    AND together.spouse_id NOT IN (SELECT person_id FROM means.death WHERE is_dead)
QUALIFY row_number() OVER (
    PARTITION BY together.person_id, together.spouse_id
    ORDER BY together.via DESC, together.by_number DESC, together.record_no, together.snapshot_date DESC
) = 1
