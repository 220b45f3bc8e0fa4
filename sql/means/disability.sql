/*
description: >
  One row per person with a valid disability certificate: linked before review, the most severe, by number before
  not, then the earlier issue.
grain: [person_id]
*/
SELECT
    person_id,
    certificate_no,
    disability_class,
    disability_level,
    issued_on,
    expires_on,
    is_level_1_2,
    is_severe,
    is_parent_disabling,
    source,
    record_no,
    snapshot_date,
    decision,
    by_number,
    probability
FROM means.certificate
WHERE is_valid
QUALIFY row_number() OVER (
    PARTITION BY person_id
    ORDER BY
        decision = 'linked' DESC,
        is_level_1_2 DESC,
        is_severe DESC,
        is_parent_disabling DESC,
        by_number DESC,
        issued_on,
        record_no,
        snapshot_date DESC
) = 1
