/*
description: >
  What each person already gets or has asked for, by programme: his own rows and those of whoever he may be. Omission
  rules keep silent on it.
grain: [person_id, program]
columns:
  paid: a paid row
  applying: an open application
  open: any open row
*/
SELECT
    same_person.person_id,
    roll.program,
    bool_or(roll.paid) AS paid,
    bool_or(roll.status = 'applying') AS applying,
    bool_or(roll.open) AS open
FROM fact.same_person AS same_person
INNER JOIN fact.roll AS roll ON same_person.alias_person_id = roll.person_id
WHERE roll.open
GROUP BY same_person.person_id, roll.program
