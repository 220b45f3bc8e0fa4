/*
description: >
  The death of a person as X01 reads it: what means.death says, which core.person says too, with the records that it
  rests on. Without a date nobody can say how long somebody was paid after it: no row.
grain: [person_id]
columns:
  facts: the rows in the shape of grounds; of reports those that are as sure as the one that speaks
*/
WITH
reported AS (
    SELECT
        coalesce(deaths.person_id, deaths.candidate_person_id) AS person_id,
        deaths.standing AS decision,
        coalesce(deaths.by_number, FALSE) AS by_number,
        list(fact_of(
            'deaths',
            deaths.record_no,
            deaths.snapshot_date,
            deaths.standing,
            coalesce(deaths.by_number, FALSE),
            deaths.probability,
            'death:' || coalesce(deaths.evidence, 'unknown'), deaths.died_on
        )) AS facts
    FROM core.deaths AS deaths
    CROSS JOIN policy.night AS night
    WHERE deaths.died_on <= night.night
    GROUP BY
        coalesce(deaths.person_id, deaths.candidate_person_id), deaths.standing, coalesce(deaths.by_number, FALSE)
)

SELECT
    death.person_id,
    death.decision,
    death.died_on,
    reported.facts
FROM means.death AS death
INNER JOIN reported
    ON
        death.person_id = reported.person_id
        AND death.decision = reported.decision
        AND death.by_number = reported.by_number
WHERE death.source = 'deaths'
UNION ALL
SELECT
    death.person_id,
    death.decision,
    death.died_on,
    [registry.fact] AS facts
FROM means.death AS death
INNER JOIN fact.registry AS registry ON death.person_id = registry.person_id
WHERE death.source = 'household_registry' AND death.died_on IS NOT NULL
