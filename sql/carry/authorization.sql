/*
description: >
  Everybody on an open household-programme case, and whether an authorization was in force. Whoever enters or leaves
  the roll is another row, not another authorization.
grain: [person_id]
*/
SELECT
    person_id,
    bool_or(authorized) AS authorized
FROM core.case_member
WHERE is_open AND is_household_program
GROUP BY person_id
