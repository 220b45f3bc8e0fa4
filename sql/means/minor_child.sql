/*
description: >
  Whose presence on a case brings which minor child into the household (rules.md 4): the head of the child's
  booklet, the head's verified spouse, or, where the booklet has no living head, the spouse entered beside the dead
  one. Living children with status normal.
grain: [adult_id, person_id]
columns:
  adult_id: the head or the head's spouse
  person_id: the child
*/
WITH
living_child AS (
    SELECT
        parent.person_id,
        parent.parent_id,
        parent.seat,
        parent.household_no
    FROM means.parent AS parent
    INNER JOIN link.person AS child ON parent.person_id = child.person_id
    WHERE
        child.registry_status = 'normal'
        AND parent.person_id NOT IN (SELECT person_id FROM means.death WHERE is_dead)
),

living_head AS (
    SELECT DISTINCT household_no
    FROM link.person
    WHERE relation = '01' AND person_id NOT IN (SELECT person_id FROM means.death WHERE is_dead)
)

SELECT
    parent_id AS adult_id,
    person_id
FROM living_child
WHERE seat = 'head'
UNION
SELECT
    spouse.spouse_id AS adult_id,
    living_child.person_id
FROM living_child
INNER JOIN means.spouse AS spouse ON living_child.parent_id = spouse.person_id
WHERE living_child.seat = 'head'
UNION
SELECT
    living_child.parent_id AS adult_id,
    living_child.person_id
FROM living_child
INNER JOIN link.person AS widowed ON living_child.parent_id = widowed.person_id
LEFT JOIN living_head ON living_child.household_no = living_head.household_no
WHERE
    living_child.seat = 'head_spouse'
    AND living_head.household_no IS NULL
    AND coalesce(widowed.marital_status, '') <> 'divorced'
