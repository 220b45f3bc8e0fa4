/*
description: >
  What a household's people own and do that speaks against need (rules.md 5). No evidence of means: no counting car,
  dwellings within the limit, no role that X09 asks about, nobody in post. For people outside every case it may only
  silence an omission finding and is never shown.
grain: [household_id]
columns:
  vehicles: counting vehicles by plate, linked
  dwellings: dwellings held by half or more, known
  dwellings_possible: the same with missing shares and rows in review
  has_vehicle: a counting vehicle, linked
  has_dwellings: dwellings over the limit, known
  has_role: a role that X09 asks about, linked
  has_post: somebody in post, linked
  no_evidence: none of the four
  possible_evidence: none is known, but a row in review or a missing share may be one
*/
WITH
vehicle AS (
    SELECT
        member.household_id,
        count(DISTINCT vehicle.plate_no) FILTER (vehicle.decision = 'linked') AS vehicles,
        count(*) AS possible
    FROM means.counted_member AS member
    INNER JOIN means.vehicle AS vehicle ON member.person_id = vehicle.person_id
    WHERE member.is_counted
    GROUP BY member.household_id
),

dwelling AS (
    SELECT
        household_id,
        count(*) FILTER (counts) AS dwellings,
        count(*) FILTER (counts_possibly) AS possible
    FROM means.dwelling
    GROUP BY household_id
),

work AS (
    SELECT person_id, decision, 'role' AS kind FROM means.business_role
    UNION ALL
    SELECT person_id, decision, 'post' AS kind FROM means.post
),

working AS (
    SELECT
        member.household_id,
        bool_or(work.decision = 'linked' AND work.kind = 'role') AS has_role,
        bool_or(work.decision = 'linked' AND work.kind = 'post') AS has_post
    FROM means.counted_member AS member
    INNER JOIN work ON member.person_id = work.person_id
    WHERE member.is_counted
    GROUP BY member.household_id
),

judged AS (
    SELECT
        unit.household_id,
        CAST(coalesce(vehicle.vehicles, 0) AS INTEGER) AS vehicles,
        CAST(coalesce(dwelling.dwellings, 0) AS INTEGER) AS dwellings,
        CAST(coalesce(dwelling.possible, 0) AS INTEGER) AS dwellings_possible,
        coalesce(vehicle.vehicles, 0) > 0 AS has_vehicle,
        coalesce(dwelling.dwellings, 0) > night.dwelling_limit AS has_dwellings,
        coalesce(working.has_role, FALSE) AS has_role,
        coalesce(working.has_post, FALSE) AS has_post,
        coalesce(vehicle.possible, 0) > 0
        OR coalesce(dwelling.possible, 0) > night.dwelling_limit
        OR working.household_id IS NOT NULL AS is_possible
    FROM means.household_unit AS unit
    LEFT JOIN vehicle ON unit.household_id = vehicle.household_id
    LEFT JOIN dwelling ON unit.household_id = dwelling.household_id
    LEFT JOIN working ON unit.household_id = working.household_id
    CROSS JOIN policy.night AS night
)

SELECT
    household_id,
    vehicles,
    dwellings,
    dwellings_possible,
    has_vehicle,
    has_dwellings,
    has_role,
    has_post,
    NOT (has_vehicle OR has_dwellings OR has_role OR has_post) AS no_evidence,
    is_possible AND NOT (has_vehicle OR has_dwellings OR has_role OR has_post) AS possible_evidence
FROM judged
