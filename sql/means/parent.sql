/*
description: >
  Children under 18 entered as son or daughter (20, 30) of a booklet's head, with each parent the booklet shows: the
  head and the head's spouse, dead people's rows included.
grain: [person_id, parent_id]
*/
WITH
child AS (
    SELECT
        person.person_id,
        person.household_no,
        person.relation
    FROM link.person AS person
    CROSS JOIN policy.night AS night
    WHERE
        person.relation IN ('20', '30')
        AND person.household_no IS NOT NULL
        AND is_minor(person.birth_date, night.night)
)

SELECT
    child.person_id,
    parent.person_id AS parent_id,
    CASE parent.relation WHEN '01' THEN 'head' ELSE 'head_spouse' END AS seat,
    child.household_no,
    child.relation
FROM child
INNER JOIN link.person AS parent
    ON child.household_no = parent.household_no
    AND parent.relation IN ('01', '10')
