/*
description: >
  Each registered person's best registry row (the same choice as the spine's) as a fact. It is the person's own row:
  no link stands between them, so by_number is null where the row founded the person.
grain: [person_id]
columns:
  fact: the row in the shape of grounds; its date is the birth date, or the day of a cancellation
*/
WITH
ranked AS (
    SELECT
        person_id,
        record_no,
        snapshot_date,
        status,
        status_date,
        birth_date,
        method,
        by_number,
        probability,
        row_number() OVER (
            PARTITION BY person_id
            ORDER BY status = 'normal' DESC, status_date DESC NULLS LAST, record_no
        ) AS place
    FROM core.household_registry
    WHERE person_id IS NOT NULL
)

SELECT
    person_id,
    fact_of(
        'household_registry',
        record_no,
        snapshot_date,
        'linked',
        CASE WHEN method <> 'spine' THEN by_number END,
        probability,
        'registry:' || status,
        CASE WHEN status = 'normal' THEN birth_date ELSE status_date END,
        can_end := status = 'normal'
    ) AS fact
FROM ranked
WHERE place = 1
