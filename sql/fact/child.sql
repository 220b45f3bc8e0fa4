/*
description: Children listed in the children's register and not removed, linked or in review, as facts.
grain: [snapshot_date, record_no]
columns:
  person_id: the child linked, or the best candidate of a row in review
  kind: left_behind, orphan or unsupported
  identified_on: day the child was listed
  fact: the row in the shape of grounds
*/
SELECT
    child.record_no,
    child.snapshot_date,
    coalesce(child.person_id, child.candidate_person_id) AS person_id,
    child.kind,
    child.identified_on,
    fact_of(
        'children_care',
        child.record_no,
        child.snapshot_date,
        child.standing,
        coalesce(child.by_number, FALSE),
        child.probability,
        'listed:' || CASE WHEN child.kind = 'orphan' THEN 'orphan_child' ELSE child.kind END,
        child.identified_on,
        can_end := TRUE,
        unread := unread_of(child.unreadable, ['removed_on'])
    ) AS fact
FROM core.children_care AS child
CROSS JOIN policy.night AS night
WHERE
    child.standing IN ('linked', 'review')
    AND coalesce(child.identified_on <= night.night, TRUE)
    AND coalesce(child.removed_on >= night.night, TRUE)
