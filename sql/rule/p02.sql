/*
description: >
  P02, a relative of an official on an open household-programme case: a visit is a duty, and no colour follows
  (民发〔2021〕57号 art. 11, 20).
grain: [person_id, case_no, program]
*/
SELECT
    'P02' AS rule_id,
    roll.person_id,
    CAST(NULL AS VARCHAR) AS household_id,
    roll.case_no,
    roll.program,
    CAST(NULL AS VARCHAR) AS severity,
    'verify_at_home' AS step,
    CAST(NULL AS DECIMAL(14, 2)) AS amount,
    CAST(NULL AS DECIMAL(14, 2)) AS line,
    'case:' || roll.case_no AS evidence_key,
    CAST(NULL AS VARCHAR) AS lowered_by,
    CAST(to_json({'unread': list_contains(roll.unreadable, 'relative_of_official')}) AS VARCHAR) AS particulars,
    CAST([] AS VARCHAR []) AS figures,
    [roll.fact] AS facts
FROM fact.roll AS roll
WHERE
    roll.open
    AND roll.household_program
    -- A visit is a duty and accuses nobody: where the entry could not be read, it may be one.
    AND (roll.relative_of_official OR list_contains(roll.unreadable, 'relative_of_official'))
