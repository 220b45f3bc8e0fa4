/*
description: >
  Why somebody cannot bring up a child, the surest reason: dead; in custody on the night for a term of custody_months
  or more; disabled (level 1-2, or 3-4 in class 5 or 6). Linked before review, by number before not.
grain: [person_id]
columns:
  state: dead, custody or disabled
  since: day of the death, of the sentence or of the certificate
  fact: the row in the shape of grounds
*/
WITH
incapacity AS (
    SELECT
        person_id,
        1 AS place,
        'dead' AS state,
        died_on AS since,
        source,
        record_no,
        snapshot_date,
        'death:parent' AS what,
        decision,
        CASE WHEN source <> 'household_registry' THEN coalesce(by_number, FALSE) END AS by_number,
        probability,
        FALSE AS can_end,
        CAST([] AS VARCHAR []) AS unread
    FROM means.death_record
    CROSS JOIN policy.night AS night
    WHERE died_on IS NULL OR died_on <= night.night
    UNION ALL
    SELECT
        custody.person_id,
        2,
        'custody',
        custody.from_date,
        custody.source,
        custody.record_no,
        custody.snapshot_date,
        'custody:' || custody.kind,
        custody.decision,
        coalesce(custody.by_number, FALSE),
        custody.probability,
        TRUE,
        custody.unread
    FROM means.custody AS custody
    CROSS JOIN policy.night AS night
    WHERE custody.term_months >= night.custody_months
    UNION ALL
    SELECT
        person_id,
        3,
        'disabled',
        issued_on,
        fact.source,
        record_no,
        fact.snapshot_date,
        fact.what,
        decision,
        fact.by_number,
        fact.probability,
        TRUE,
        fact.unread
    FROM fact.certificate
    WHERE is_parent_disabling
),

chosen AS (
    SELECT
        person_id,
        place,
        state,
        since,
        source,
        record_no,
        snapshot_date,
        what,
        decision,
        by_number,
        probability,
        can_end,
        unread,
        row_number() OVER (
            PARTITION BY person_id
            ORDER BY decision = 'review', coalesce(by_number, TRUE) DESC, place, since, source, record_no
        ) AS best
    FROM incapacity
)

SELECT
    person_id,
    state,
    since,
    fact_of(
        source, record_no, snapshot_date, decision, by_number, probability,
        what, since, can_end := can_end, unread := unread
    ) AS fact
FROM chosen
WHERE best = 1
