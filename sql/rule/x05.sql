/*
description: >
  X05, a vehicle held: a normal car, truck or bus of a counted member, its class not exempt. Red where it is dear and
  new enough to speak, unless it is the household's only commercial vehicle. One ground a row: a vehicle
  delivered twice is one plate, and one vehicle.
grain: [household_id, evidence_key, facts]
*/
WITH
held AS (
    SELECT
        counted.household_id,
        counted.case_no,
        counted.program,
        vehicle.record_no,
        vehicle.plate_no,
        vehicle.vehicle_class,
        vehicle.first_registered_on,
        vehicle.purchase_price,
        vehicle.usage = 'commercial'
        AND count(DISTINCT coalesce(vehicle.plate_no, vehicle.record_no))
            FILTER (WHERE vehicle.usage = 'commercial' AND vehicle.decision = 'linked')
            OVER (PARTITION BY counted.household_id) <= 1 AS only_commercial,
        coalesce(vehicle.is_valuable, FALSE) AS valuable,
        member.facts || [
            fact_of(
                vehicle.source,
                vehicle.record_no,
                vehicle.snapshot_date,
                vehicle.decision,
                coalesce(vehicle.by_number, FALSE),
                vehicle.probability,
                'vehicle:' || vehicle.vehicle_class || ':' || vehicle.usage,
                vehicle.first_registered_on,
                amount := vehicle.purchase_price,
                detail := vehicle.plate_no,
                can_end := TRUE,
                unread := vehicle.unread
            )
        ] AS facts
    FROM means.vehicle AS vehicle
    INNER JOIN means.counted_member AS counted
        ON vehicle.person_id = counted.person_id AND counted.is_counted AND counted.kind = 'case'
    INNER JOIN fact.member AS member
        ON counted.household_id = member.household_id AND counted.person_id = member.person_id
    SEMI JOIN (SELECT case_no, program FROM fact.roll WHERE paid) AS paid
        ON counted.case_no = paid.case_no AND counted.program = paid.program
    WHERE counted.program IN ('dibao', 'tekun', 'marginal')
)

SELECT
    'X05' AS rule_id,
    CAST(NULL AS VARCHAR) AS person_id,
    held.household_id,
    held.case_no,
    held.program,
    CASE WHEN held.valuable AND NOT held.only_commercial THEN 'red' ELSE 'yellow' END AS severity,
    'verify_at_home' AS step,
    CAST(held.purchase_price AS DECIMAL(14, 2)) AS amount,
    CAST(night.vehicle_value_limit AS DECIMAL(14, 2)) AS line,
    'plate:' || coalesce(held.plate_no, held.record_no) AS evidence_key,
    CAST(NULL AS VARCHAR) AS lowered_by,
    CAST(to_json({
        'vehicle_class': held.vehicle_class,
        'registered_on': held.first_registered_on,
        'price': held.purchase_price,
        'years': night.vehicle_value_years,
        'valuable': held.valuable,
        'only_commercial': held.only_commercial
    }) AS VARCHAR) AS particulars,
    ['vehicle_value_limit', 'vehicle_value_years'] AS figures,
    held.facts
FROM held
CROSS JOIN policy.night AS night
