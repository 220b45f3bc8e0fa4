/*
description: Every person id ever given, with the night it was minted. Ids are kept for good and never reused.
grain: [person_id]
columns:
  minted: night on which the id was given
*/
WITH
given AS (
    SELECT
        person_id,
        minted
    FROM state.person
    UNION ALL
    SELECT
        person.person_id,
        tonight.night AS minted
    FROM link.person AS person
    CROSS JOIN policy.night AS tonight
)

SELECT
    person_id,
    min(minted) AS minted
FROM given
GROUP BY person_id
