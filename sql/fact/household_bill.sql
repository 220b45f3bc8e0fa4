/*
description: >
  Self-paid medical cost in scope of the last 12 months by registry household, each way it can be known: by rows that
  show the number, by linked rows, with rows in review.
grain: [household_id]
columns:
  by_number: yuan, rows by number
  linked: yuan, linked rows
  possible: yuan, with rows in review
*/
SELECT
    member.household_id,
    sum(medical.self_paid_number) AS by_number,
    sum(medical.self_paid) AS linked,
    sum(medical.self_paid_all) AS possible
FROM core.household_member AS member
INNER JOIN means.medical AS medical ON member.person_id = medical.person_id
WHERE member.kind = 'registry'
GROUP BY member.household_id
