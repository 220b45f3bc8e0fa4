/*
description: >
  Every vehicle that counts (X05): status normal, car, truck or bus, class not exempt. Linked or in review.
grain: [snapshot_date, record_no]
columns:
  unread: of when it was first registered and what was paid, the columns that were delivered and could not be read
  is_valuable: bought at or over the value limit and first registered within its years
*/
SELECT
    coalesce(vehicle.person_id, vehicle.candidate_person_id) AS person_id,
    vehicle.plate_no,
    vehicle.vehicle_class,
    vehicle.usage,
    vehicle.first_registered_on,
    vehicle.purchase_price,
    coalesce(
        vehicle.purchase_price >= night.vehicle_value_limit
        AND vehicle.first_registered_on > night.night - to_years(night.vehicle_value_years),
        FALSE
    ) AS is_valuable,
    'vehicles' AS source,
    vehicle.record_no,
    vehicle.snapshot_date,
    vehicle.standing AS decision,
    coalesce(vehicle.by_number, FALSE) AS by_number,
    vehicle.probability,
    unread_of(vehicle.unreadable, ['first_registered_on', 'purchase_price']) AS unread
FROM core.vehicles AS vehicle
CROSS JOIN policy.night AS night
WHERE
    vehicle.status = 'normal'
    AND vehicle.vehicle_class IN ('car', 'truck', 'bus')
    AND vehicle.vehicle_class NOT IN (SELECT vehicle_class FROM policy.vehicle_exempt_class)
    AND coalesce(vehicle.person_id, vehicle.candidate_person_id) IS NOT NULL
