/*
description: >
  Deaths as X01 reads them: of each person the linked reports and those in review apart, with the latest date, which
  is the kindest; without a linked report the registry's cancellation.
grain: [person_id, decision, died_on]
columns:
  facts: the rows in the shape of grounds
*/
WITH
reported AS (
    SELECT
        coalesce(person_id, candidate_person_id) AS person_id,
        decision,
        max(died_on) AS died_on,
        list({
            'source': 'deaths',
            'record_no': record_no,
            'snapshot_date': snapshot_date,
            'on': died_on,
            'amount': CAST(NULL AS DECIMAL(14, 2)),
            'what': 'death:' || coalesce(evidence, 'unknown'),
            'detail': CAST(NULL AS VARCHAR),
            'decision': decision,
            'by_number': coalesce(by_number, FALSE),
            'probability': probability,
            'can_end': FALSE
        }) AS facts
    FROM core.deaths
    WHERE decision IN ('linked', 'review')
    GROUP BY coalesce(person_id, candidate_person_id), decision
)

SELECT
    person_id,
    decision,
    died_on,
    facts
FROM reported
UNION ALL
SELECT
    registered.person_id,
    'linked',
    registered.status_date,
    [registry.fact]
FROM link.person AS registered
INNER JOIN fact.registry AS registry ON registered.person_id = registry.person_id
ANTI JOIN (SELECT person_id FROM reported WHERE decision = 'linked') AS linked
    ON registered.person_id = linked.person_id
WHERE registered.registry_status = 'death_cancelled' AND registered.status_date IS NOT NULL
