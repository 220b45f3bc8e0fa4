/*
description: >
  Every disability certificate that names a person of the spine, with what its class and level mean (rules.md 4 and
  O07). Class 5 is intellectual, 6 mental (GB/T 26341); level 1 is the most severe.
grain: [snapshot_date, record_no]
columns:
  is_valid: in force on the night; where its last day could not be read, it may be
  unread: expires_on, where it was delivered and could not be read
*/
WITH
graded AS (
    SELECT
        coalesce(certificate.person_id, certificate.candidate_person_id) AS person_id,
        certificate.record_no,
        certificate.snapshot_date,
        certificate.certificate_no,
        try_cast(certificate.disability_class AS INTEGER) AS disability_class,
        try_cast(certificate.disability_level AS INTEGER) AS disability_level,
        certificate.issued_on,
        certificate.expires_on,
        certificate.status,
        certificate.standing AS decision,
        coalesce(certificate.by_number, FALSE) AS by_number,
        certificate.probability,
        unread_of(certificate.unreadable, ['expires_on']) AS unread
    FROM core.disability_certificates AS certificate
)

SELECT
    graded.person_id,
    graded.certificate_no,
    graded.disability_class,
    graded.disability_level,
    graded.issued_on,
    graded.expires_on,
    graded.status,
    graded.status = 'valid'
    AND graded.issued_on <= night.night
    AND coalesce(graded.expires_on >= night.night, TRUE) AS is_valid,
    graded.disability_level <= 2 AS is_level_1_2,
    graded.disability_level <= 2
    OR (graded.disability_level = 3 AND graded.disability_class IN (5, 6)) AS is_severe,
    graded.disability_level <= 2 OR graded.disability_class IN (5, 6) AS is_parent_disabling,
    'disability_certificates' AS source,
    graded.record_no,
    graded.snapshot_date,
    graded.decision,
    graded.by_number,
    graded.probability,
    graded.unread
FROM graded
CROSS JOIN policy.night AS night
WHERE graded.person_id IS NOT NULL
