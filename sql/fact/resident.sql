/*
description: >
  Living people with registry status normal: those whom omission rules speak of (rules.md 6).
grain: [person_id]
columns:
  fact: the person's registry row in the shape of grounds
*/
SELECT
    person.person_id,
    person.household_id,
    person.birth_date,
    registered.household_no,
    registered.relation,
    registry.fact
FROM core.person AS person
INNER JOIN link.person AS registered ON person.person_id = registered.person_id
INNER JOIN fact.registry AS registry ON person.person_id = registry.person_id
WHERE
    person.registry_status = 'normal'
    AND NOT person.is_dead
