/*
description: >
  What the assistance roll says of one household's members: every row of an open case, with its authorization, and
  whether an authorization signed as applicant or member of a household programme opens gated sources for him; a date of
  it that was delivered and could not be read opens nothing.
  Parameter: household.
grain: [record_no]
*/
SELECT
    row.record_no,
    row.person_id,
    row.case_no,
    row.program,
    row.role,
    row.status,
    row.covered,
    row.monthly_amount,
    row.start_date,
    row.last_reviewed,
    row.is_household_program,
    row.authorized,
    row.authorized_as_member,
    row.authorized_on,
    row.authorized_until,
    list_contains(row.unreadable, 'authorized_on') AS signed_unread,
    list_contains(row.unreadable, 'authorized_until') AS until_unread
FROM core.case_member AS row
INNER JOIN core.household_member AS member ON row.person_id = member.person_id AND member.household_id = $household
WHERE row.is_open
ORDER BY row.person_id, row.is_household_program DESC, row.program, row.case_no, row.role, row.record_no
