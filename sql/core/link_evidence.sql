/*
description: One row per distinct identity, candidate and field, with the level of agreement and its weight.
grain: [identity_id, rank, field]
*/
SELECT
    identity_id,
    person_id,
    rank,
    field,
    level,
    weight
FROM link.evidence
