/*
description: >
  What only somebody living does, with its day: a settlement, a month of wages, a vehicle, an entity or a dwelling
  registered. A row in review counts: whoever might have been active may not have died.
grain: [source, snapshot_date, record_no]
columns:
  person_id: the person linked, or the best candidate of a row in review
  active_on: the day; of wages the first of the month
  fact: the row in the shape of grounds
*/
WITH
activity AS (
    SELECT
        'medical_settlements' AS source,
        record_no,
        snapshot_date,
        coalesce(person_id, candidate_person_id) AS person_id,
        settled_on AS active_on,
        'settlement:' || visit_type AS what,
        standing AS decision,
        by_number,
        probability
    FROM core.medical_settlements
    UNION ALL
    SELECT
        'tax_income',
        record_no,
        snapshot_date,
        coalesce(person_id, candidate_person_id),
        period,
        'income:' || income_item,
        standing,
        by_number,
        probability
    FROM core.tax_income
    WHERE income_item = 'wages'
    UNION ALL
    SELECT
        'vehicles',
        record_no,
        snapshot_date,
        coalesce(person_id, candidate_person_id),
        first_registered_on,
        'vehicle_registered:' || vehicle_class,
        standing,
        by_number,
        probability
    FROM core.vehicles
    UNION ALL
    SELECT
        'business_registrations',
        record_no,
        snapshot_date,
        coalesce(person_id, candidate_person_id),
        registered_on,
        'entity_registered',
        standing,
        by_number,
        probability
    FROM core.business_registrations
    UNION ALL
    SELECT
        'real_estate',
        record_no,
        snapshot_date,
        coalesce(person_id, candidate_person_id),
        registered_on,
        'dwelling_registered',
        standing,
        by_number,
        probability
    FROM core.real_estate
    WHERE usage IN ('residential', 'homestead')
)

SELECT
    activity.source,
    activity.record_no,
    activity.snapshot_date,
    activity.person_id,
    activity.active_on,
    fact_of(
        activity.source,
        activity.record_no,
        activity.snapshot_date,
        activity.decision,
        coalesce(activity.by_number, FALSE),
        activity.probability,
        activity.what, activity.active_on
    ) AS fact
FROM activity
SEMI JOIN fact.roll AS roll ON activity.person_id = roll.person_id
WHERE activity.decision IN ('linked', 'review') AND activity.active_on IS NOT NULL
