/*
description: >
  The delivered identities behind each finding, and whom they were linked to: the same identity linked otherwise
  tomorrow is a change of a link. Of a finding that is held also those of the night before.
grain: [finding_id, source, identity_id]
columns:
  person_id: the person it was linked to, or the candidate of a row in review
*/
SELECT DISTINCT
    fact.finding_id,
    link.source,
    link.identity_id,
    link.standing AS decision,
    coalesce(link.person_id, link.candidate_person_id) AS person_id
FROM (SELECT finding_id, unnest(facts, recursive := TRUE) FROM rule.finding) AS fact
INNER JOIN core.person_link AS link
    ON
        fact.source = link.source
        AND fact.record_no = link.record_no
        AND fact.snapshot_date = link.snapshot_date
UNION
SELECT
    earlier.finding_id,
    earlier.source,
    earlier.identity_id,
    earlier.decision,
    earlier.person_id
FROM state.finding_row AS earlier
SEMI JOIN held.finding AS held ON earlier.finding_id = held.finding_id
