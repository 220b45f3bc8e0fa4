/*
description: >
  X06, more dwellings than allowed. Red at more than one over the limit where rows by number show it. Units known only
  with a missing share, or from rows in review, count towards yellow.
grain: [household_id]
*/
WITH
unit AS (
    SELECT
        household.household_id,
        household.case_no,
        household.program,
        dwelling.unit_key,
        dwelling.counts,
        dwelling.counts_possibly,
        coalesce(dwelling.counts AND dwelling.by_number, FALSE) AS solid
    FROM means.dwelling AS dwelling
    INNER JOIN means.household_unit AS household ON dwelling.household_id = household.household_id
    SEMI JOIN (SELECT case_no, program FROM fact.roll WHERE paid) AS paid
        ON household.case_no = paid.case_no AND household.program = paid.program
    WHERE household.kind = 'case' AND household.program IN ('dibao', 'tekun', 'marginal')
),

counted AS (
    SELECT
        unit.household_id,
        unit.case_no,
        unit.program,
        night.dwelling_limit,
        count(*) FILTER (WHERE unit.solid) AS solid,
        count(*) FILTER (WHERE unit.counts) AS certain,
        count(*) FILTER (WHERE unit.counts_possibly) AS possible
    FROM unit
    CROSS JOIN policy.night AS night
    GROUP BY unit.household_id, unit.case_no, unit.program, night.dwelling_limit
    HAVING count(*) FILTER (WHERE unit.counts_possibly) > night.dwelling_limit
),

based AS (
    SELECT
        household_id,
        case_no,
        program,
        dwelling_limit,
        CASE
            WHEN solid > dwelling_limit + 1 THEN solid
            WHEN certain > dwelling_limit THEN certain
            ELSE possible
        END AS dwellings,
        CASE
            WHEN solid > dwelling_limit + 1 THEN 'solid'
            WHEN certain > dwelling_limit THEN 'certain'
            ELSE 'possible'
        END AS basis
    FROM counted
),

resting AS (
    SELECT
        unit.household_id,
        unit.unit_key,
        based.basis
    FROM unit
    INNER JOIN based ON unit.household_id = based.household_id
    WHERE
        (based.basis = 'solid' AND unit.solid)
        OR (based.basis = 'certain' AND unit.counts)
        OR (based.basis = 'possible' AND unit.counts_possibly)
),

delivered AS (
    SELECT
        resting.household_id,
        resting.unit_key,
        member.facts AS member_facts,
        fact_of(
            dwelling.source,
            dwelling.record_no,
            dwelling.snapshot_date,
            dwelling.decision,
            coalesce(dwelling.by_number, FALSE),
            dwelling.probability,
            'dwelling:' || dwelling.usage || ':'
            || coalesce(CAST(CAST(dwelling.share_percent AS INTEGER) AS VARCHAR) || '%', 'unknown'),
            dwelling.registered_on,
            can_end := TRUE,
            unread := dwelling.unread
        ) AS fact
    FROM resting
    INNER JOIN means.dwelling_record AS dwelling ON resting.unit_key = dwelling.unit_key
    INNER JOIN fact.member AS member
        ON resting.household_id = member.household_id AND dwelling.person_id = member.person_id
    WHERE
        (resting.basis = 'solid' AND dwelling.decision = 'linked' AND dwelling.by_number AND NOT dwelling.may_be_gone)
        OR (resting.basis = 'certain' AND dwelling.decision = 'linked' AND NOT dwelling.may_be_gone)
        OR resting.basis = 'possible'
),

gathered AS (
    SELECT
        household_id,
        list(fact) || flatten(list(member_facts)) AS facts,
        array_to_string(list_sort(list_distinct(list(unit_key))), '+') AS keys
    FROM delivered
    GROUP BY household_id
)

SELECT
    'X06' AS rule_id,
    CAST(NULL AS VARCHAR) AS person_id,
    based.household_id,
    based.case_no,
    based.program,
    CASE
        WHEN based.basis <> 'possible' AND based.dwellings > based.dwelling_limit + 1 THEN 'red'
        ELSE 'yellow'
    END AS severity,
    'verify_at_home' AS step,
    CAST(NULL AS DECIMAL(14, 2)) AS amount,
    CAST(NULL AS DECIMAL(14, 2)) AS line,
    gathered.keys AS evidence_key,
    CASE
        WHEN based.basis = 'possible' AND based.dwellings > based.dwelling_limit + 1 THEN 'share_unknown'
    END AS lowered_by,
    CAST(to_json({
        'dwellings': based.dwellings,
        'limit': based.dwelling_limit,
        'share_unknown': based.basis = 'possible'
    }) AS VARCHAR) AS particulars,
    ['dwelling_limit'] AS figures,
    gathered.facts
FROM based
INNER JOIN gathered ON based.household_id = gathered.household_id
