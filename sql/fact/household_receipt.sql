/*
description: What somebody of each registry household already gets or has asked for, by programme (fact.receipt).
grain: [household_id, program]
columns:
  paid: somebody is paid
  applying: somebody has asked
*/
SELECT
    member.household_id,
    receipt.program,
    bool_or(receipt.paid) AS paid,
    bool_or(receipt.applying) AS applying
FROM fact.receipt AS receipt
INNER JOIN core.household_member AS member ON receipt.person_id = member.person_id
WHERE member.kind = 'registry' AND receipt.open
GROUP BY member.household_id, receipt.program
