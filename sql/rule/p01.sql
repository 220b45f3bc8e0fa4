/*
description: >
  P01, no authorization: a living adult on an open household-programme case for whom none is in force on any of them.
  One whose last day was delivered and cannot be read is not in force, and the sentence says why (core.case_member).
  Nothing of the gated sources is known of him.
grain: [person_id, case_no, program]
*/
SELECT
    'P01' AS rule_id,
    roll.person_id,
    CAST(NULL AS VARCHAR) AS household_id,
    roll.case_no,
    roll.program,
    'yellow' AS severity,
    'authorize' AS step,
    CAST(NULL AS DECIMAL(14, 2)) AS amount,
    CAST(NULL AS DECIMAL(14, 2)) AS line,
    'case:' || roll.case_no AS evidence_key,
    CAST(NULL AS VARCHAR) AS lowered_by,
    CAST(to_json({
        'age': age_on(person.birth_date, night.night),
        'signed_on': roll.authorized_on,
        'signed_unread': list_contains(roll.unreadable, 'authorized_on'),
        'until': roll.authorized_until,
        'until_unread': list_contains(roll.unreadable, 'authorized_until')
    }) AS VARCHAR) AS particulars,
    CAST([] AS VARCHAR []) AS figures,
    [roll.fact] AS facts
FROM fact.roll AS roll
INNER JOIN core.person AS person ON roll.person_id = person.person_id
CROSS JOIN policy.night AS night
ANTI JOIN link.authorized AS authorized ON roll.person_id = authorized.person_id
WHERE
    roll.open
    AND roll.household_program
    AND is_adult(person.birth_date, night.night)
    AND NOT person.is_dead
