/*
description: >
  Every record of a death up to the night: the deaths source (linked or in review) and registry rows cancelled for
  death of people whom the registry holds as dead.
grain: [source, snapshot_date, record_no]
*/
SELECT
    coalesce(deaths.person_id, deaths.candidate_person_id) AS person_id,
    'deaths' AS source,
    deaths.record_no,
    deaths.snapshot_date,
    deaths.died_on,
    deaths.standing AS decision,
    coalesce(deaths.by_number, FALSE) AS by_number,
    deaths.probability
FROM core.deaths AS deaths
CROSS JOIN policy.night AS night
WHERE coalesce(deaths.person_id, deaths.candidate_person_id) IS NOT NULL AND deaths.died_on <= night.night
UNION ALL
SELECT
    registry.person_id,
    'household_registry' AS source,
    registry.record_no,
    registry.snapshot_date,
    registry.status_date AS died_on,
    registry.decision,
    coalesce(registry.by_number, FALSE) AS by_number,
    registry.probability
FROM core.household_registry AS registry
INNER JOIN link.person AS person ON registry.person_id = person.person_id
CROSS JOIN policy.night AS night
WHERE
    registry.status = 'death_cancelled'
    AND person.registry_status = 'death_cancelled'
    AND coalesce(registry.status_date <= night.night, TRUE)
