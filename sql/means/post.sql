/*
description: Every payroll row in post of a person of the spine, linked or in review.
grain: [snapshot_date, record_no]
columns:
  unread: from_date, where it was delivered and could not be read, so that it may not have begun yet
  is_public_servant: "a post that X10 asks about: neither public welfare nor retired"
*/
SELECT
    coalesce(person_id, candidate_person_id) AS person_id,
    post_type,
    from_date,
    monthly_salary,
    coalesce(post_type, '') NOT IN ('public_welfare', 'retired') AS is_public_servant,
    'public_payroll' AS source,
    record_no,
    snapshot_date,
    standing AS decision,
    coalesce(by_number, FALSE) AS by_number,
    probability,
    unread_of(unreadable, ['from_date']) AS unread
FROM core.public_payroll
WHERE status = 'in_post' AND coalesce(person_id, candidate_person_id) IS NOT NULL
