/*
description: >
  One row per assessment unit: an open case of a household programme, or the people of a booklet outside every case.
  Income figures are yuan a counted head and month, rounded half up to the fen; null where nobody counts. Dwellings
  and vehicles of registry households are not shown: for them they may only silence (rules.md 3).
grain: [household_id]
columns:
  kind: case or registry
  case_no: null for registry households
  program: null for registry households
*/
WITH
-- In whole fen, so that no figure passes through a float: (2 x sum + months) / (2 x months) rounds half up.
per_head AS (
    SELECT
        household_id,
        counted_members,
        (2 * CAST(100 * low_12 AS BIGINT) + 12 * counted_members) // (24 * counted_members) AS low_12,
        (2 * CAST(100 * low_3 AS BIGINT) + 3 * counted_members) // (6 * counted_members) AS low_3,
        (2 * CAST(100 * likely_12 AS BIGINT) + 12 * counted_members) // (24 * counted_members) AS likely_12,
        (2 * CAST(100 * likely_3 AS BIGINT) + 3 * counted_members) // (6 * counted_members) AS likely_3,
        (2 * CAST(100 * high_12 AS BIGINT) + 12 * counted_members) // (24 * counted_members) AS high_12,
        (2 * CAST(100 * high_3 AS BIGINT) + 3 * counted_members) // (6 * counted_members) AS high_3
    FROM means.household_income
),

bill AS (
    SELECT
        member.household_id,
        sum(medical.self_paid) AS self_paid_medical
    FROM core.household_member AS member
    INNER JOIN means.medical AS medical ON member.person_id = medical.person_id
    GROUP BY member.household_id
)

SELECT
    unit.household_id,
    unit.kind,
    unit.case_no,
    unit.program,
    unit.division_code,
    coalesce(per_head.counted_members, 0) AS counted_members,
    unit.standard,
    CAST(per_head.low_12 * 0.01 AS DECIMAL(14, 2)) AS income_low_12,
    CAST(per_head.low_3 * 0.01 AS DECIMAL(14, 2)) AS income_low_3,
    CAST(per_head.likely_12 * 0.01 AS DECIMAL(14, 2)) AS income_likely_12,
    CAST(per_head.likely_3 * 0.01 AS DECIMAL(14, 2)) AS income_likely_3,
    CAST(per_head.high_12 * 0.01 AS DECIMAL(14, 2)) AS income_high_12,
    CAST(per_head.high_3 * 0.01 AS DECIMAL(14, 2)) AS income_high_3,
    CASE
        WHEN asset.known_rows > 0 THEN asset.linked_balance
        WHEN assessable.assets_assessable AND asset.household_id IS NULL THEN CAST(0 AS DECIMAL(14, 2))
    END AS financial_assets,
    CASE unit.kind WHEN 'case' THEN evidence.dwellings END AS dwellings,
    CASE unit.kind WHEN 'case' THEN evidence.vehicles END AS vehicles,
    CASE medical_state.state
        WHEN 'absent' THEN NULL
        ELSE CAST(coalesce(bill.self_paid_medical, 0) AS DECIMAL(14, 2))
    END AS self_paid_medical,
    unit.one_person_cover,
    assessable.income_assessable,
    assessable.assets_assessable,
    assessable.assessable,
    assessable.sources_missing
FROM means.household_unit AS unit
INNER JOIN means.assessable AS assessable ON unit.household_id = assessable.household_id
INNER JOIN means.evidence AS evidence ON unit.household_id = evidence.household_id
LEFT JOIN per_head ON unit.household_id = per_head.household_id
LEFT JOIN means.household_asset AS asset ON unit.household_id = asset.household_id
LEFT JOIN bill ON unit.household_id = bill.household_id
LEFT JOIN raw.source_state AS medical_state ON medical_state.source = 'medical_settlements'
