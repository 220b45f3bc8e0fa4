/*
description: >
  The roll as rules read it: applicants and members of every case, with the row itself as a fact. Supporters are
  nobody's members. Every ground about somebody on a case rests on this row too: a roll row that names a person
  without a number makes nobody red.
grain: [case_no, program, person_id]
columns:
  paid: covered, applicant or member, and the row active or tapering (rules.md 2)
  open: applicant or member, and the row applying, active, tapering or suspended
  household_program: dibao, tekun, marginal or rigid_expenditure
  fact: the row in the shape of grounds
*/
SELECT
    case_no,
    program,
    person_id,
    role,
    covered,
    status,
    start_date,
    status_since,
    last_reviewed,
    phone,
    monthly_amount,
    authorized_on,
    authorized_until,
    unreadable,
    relative_of_official,
    is_paid AS paid,
    is_open AS open,
    is_household_program AS household_program,
    fact_of(
        'assistance_roll', record_no, snapshot_date, 'linked', coalesce(by_number, FALSE), probability,
        'roll:' || program || ':' || status, start_date, amount := monthly_amount, can_end := TRUE
    ) AS fact
FROM core.case_member
WHERE role IN ('applicant', 'member')
