/*
description: >
  Who may be who: everybody on the roll or in a suspected pair is himself, and perhaps the other of the pair. Pairs
  that only share a number under different names are two people until a clerk says otherwise (identity.md 2).
grain: [person_id, alias_person_id]
columns:
  alias_person_id: the same person, for certain or by suspicion
  suspected: they are one person only by suspicion
*/
WITH
pair AS (
    SELECT
        person_id,
        other_person_id
    FROM core.person_same_as
    WHERE why <> 'shared_number'
),

known AS (
    SELECT person_id
    FROM core.case_member
    UNION
    SELECT person_id
    FROM pair
    UNION
    SELECT other_person_id
    FROM pair
)

SELECT
    person_id,
    person_id AS alias_person_id,
    FALSE AS suspected
FROM known
UNION
SELECT
    person_id,
    other_person_id,
    TRUE
FROM pair
WHERE person_id <> other_person_id
UNION
SELECT
    other_person_id,
    person_id,
    TRUE
FROM pair
WHERE person_id <> other_person_id
