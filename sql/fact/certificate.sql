/*
description: Valid disability certificates of people, linked or in review, as facts.
grain: [snapshot_date, record_no]
columns:
  person_id: the person linked, or the best candidate of a row in review
  level: 1 to 4, 1 the most severe
  certificate_key: the certificate's durable key
  fact: the row in the shape of grounds; its number is the person's own and is never shown
*/
SELECT
    record_no,
    snapshot_date,
    person_id,
    decision,
    disability_level AS level,
    is_level_1_2,
    is_severe,
    is_parent_disabling,
    issued_on,
    'certificate:' || coalesce(certificate_no, disability_class || '/' || disability_level || '/' || issued_on)
        AS certificate_key,
    fact_of(
        source, record_no, snapshot_date, decision, coalesce(by_number, FALSE), probability,
        'certificate:' || disability_class || ':' || disability_level, issued_on, can_end := TRUE,
        unread := unread
    ) AS fact
FROM means.certificate
WHERE is_valid
