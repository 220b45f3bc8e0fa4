/*
description: Delivered identities that name nobody for certain tonight. One that is linked tomorrow is a change of a link.
grain: [source, identity_id]
columns:
  person_id: the candidate of an identity in review, else null
*/
SELECT
    source,
    identity_id,
    min(standing) AS decision,
    min(coalesce(candidate_person_id, person_id)) AS person_id
FROM core.person_link
WHERE standing <> 'linked'
GROUP BY source, identity_id
