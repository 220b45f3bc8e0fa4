/*
description: >
  One row per person of whom a death is recorded, with the record that speaks: linked before review, deaths before
  the registry, by number before not, then the later date (the reading kinder to the family).
grain: [person_id]
*/
SELECT
    person_id,
    died_on,
    decision = 'linked' AS is_dead,
    source,
    record_no,
    snapshot_date,
    decision,
    by_number,
    probability
FROM means.death_record
QUALIFY row_number() OVER (
    PARTITION BY person_id
    ORDER BY
        decision = 'linked' DESC,
        source = 'deaths' DESC,
        by_number DESC,
        died_on DESC NULLS LAST,
        record_no,
        snapshot_date DESC
) = 1
