/*
description: What a person is found again by. Tonight's anchors, and those of earlier nights that nobody holds tonight.
grain: [person_id, kind, anchor]
columns:
  kind: number, birth (name, birth date and booklet) or record
  anchor: keyed hash of the anchor's text
*/
WITH
kept AS (
    SELECT
        earlier.person_id,
        earlier.kind,
        earlier.anchor
    FROM state.person_anchor AS earlier
    ANTI JOIN link.anchor AS held
        ON earlier.kind = held.kind AND earlier.anchor = held.anchor
)

SELECT
    person_id,
    kind,
    anchor
FROM link.anchor
UNION
SELECT
    person_id,
    kind,
    anchor
FROM kept
