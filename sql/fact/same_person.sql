/*
description: >
  Who may be who: everybody on the roll or in a suspected pair is himself, and perhaps the other of the pair. Pairs
  that only share a number under different names are two people until a clerk says otherwise (identity.md 2), and so
  are two of one name and birth date with a valid number each, unless telephone, address or booklet is one too: in a
  large city such namesakes are many, and it is nobody's fault to have one.
grain: [person_id, alias_person_id]
columns:
  alias_person_id: the same person, for certain or by suspicion
  suspected: they are one person only by suspicion
*/
WITH
pair AS (
    SELECT
        suspicion.person_id,
        suspicion.other_person_id
    FROM core.person_same_as AS suspicion
    INNER JOIN link.person AS one ON suspicion.person_id = one.person_id
    INNER JOIN link.person AS other ON suspicion.other_person_id = other.person_id
    WHERE
        suspicion.why = 'name_and_birth_date'
        OR (
            suspicion.why = 'two_numbers'
            AND (one.phone = other.phone OR one.address = other.address OR one.household_no = other.household_no)
        )
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
