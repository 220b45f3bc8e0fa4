/*
description: >
  People whose rows of gated sources may be kept: an authorization in force on the night on an open case of a
  household programme (rules.md 3). Everybody else's are counted and gone before anything is written.
grain: [person_id]
*/
SELECT DISTINCT person_id
FROM core.case_member
WHERE authorized
