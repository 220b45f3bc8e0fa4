/*
description: >
  One row per person in custody on the night (prison or compulsory rehabilitation): linked before review, by number
  before not, then the longest term.
grain: [person_id]
columns:
  unread: to_date, where its end was delivered and could not be read, so that it may be over
*/
WITH
running AS (
    SELECT
        coalesce(inmates.person_id, inmates.candidate_person_id) AS person_id,
        inmates.from_date,
        inmates.to_date,
        inmates.kind,
        calendar_months(inmates.from_date, coalesce(inmates.to_date, night.night)) AS term_months,
        inmates.standing = 'linked' AS in_custody,
        'inmates' AS source,
        inmates.record_no,
        inmates.snapshot_date,
        inmates.standing AS decision,
        coalesce(inmates.by_number, FALSE) AS by_number,
        inmates.probability,
        unread_of(inmates.unreadable, ['to_date']) AS unread
    FROM core.inmates AS inmates
    CROSS JOIN policy.night AS night
    WHERE inmates.from_date <= night.night AND coalesce(inmates.to_date >= night.night, TRUE)
)

SELECT
    person_id,
    from_date,
    to_date,
    kind,
    term_months,
    in_custody,
    source,
    record_no,
    snapshot_date,
    decision,
    by_number,
    probability,
    unread
FROM running
WHERE person_id IS NOT NULL
QUALIFY row_number() OVER (
    PARTITION BY person_id
    ORDER BY in_custody DESC, by_number DESC, len(unread), term_months DESC, record_no, snapshot_date DESC
) = 1
