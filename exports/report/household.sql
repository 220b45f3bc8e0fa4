/*
description: >
  One household as the night published it: its unit, its colours, its village, township and county, and the case's own
  supporters as a number. Parameter: household.
grain: [household_id]
*/
WITH
place AS (
    SELECT
        village.division_code,
        village.name_zh AS village,
        township.name_zh AS township,
        county.name_zh AS county
    FROM core.division AS village
    LEFT JOIN core.division AS township ON left(village.division_code, 9) || '000' = township.division_code
    LEFT JOIN core.division AS county ON left(village.division_code, 6) || '000000' = county.division_code
),

supporter AS (
    SELECT
        case_no,
        program,
        count(DISTINCT person_id) AS supporters,
        count(DISTINCT person_id) FILTER (WHERE authorized) AS supporters_authorized
    FROM core.case_member
    WHERE role = 'supporter' AND case_is_open
    GROUP BY case_no, program
)

SELECT
    unit.household_id,
    unit.kind,
    unit.case_no,
    unit.program,
    unit.counted_members,
    unit.standard,
    unit.income_low_12,
    unit.income_low_3,
    unit.income_likely_12,
    unit.income_likely_3,
    unit.income_high_12,
    unit.income_high_3,
    unit.financial_assets,
    unit.dwellings,
    unit.vehicles,
    unit.self_paid_medical,
    unit.one_person_cover,
    unit.income_assessable,
    unit.assets_assessable,
    unit.sources_missing,
    flag.risk_flag,
    flag.omission_flag,
    flag.care_flag,
    place.village,
    place.township,
    place.county,
    coalesce(supporter.supporters, 0) AS supporters,
    coalesce(supporter.supporters_authorized, 0) AS supporters_authorized
FROM core.household AS unit
INNER JOIN out.household_flag AS flag ON unit.household_id = flag.household_id
LEFT JOIN place ON unit.division_code = place.division_code
LEFT JOIN supporter ON unit.case_no = supporter.case_no AND unit.program = supporter.program
WHERE unit.household_id = $household
