/*
description: >
  Whose incomes and property a household's means test takes: its counted people; of a one-person cover all living
  people with status normal in the covered person's booklet, himself included (rules.md 4). People in custody stand
  here uncounted, because dwellings are judged by what the household's people hold together.
grain: [household_id, person_id]
columns:
  is_adult: 18 or over on the night, or of unknown age
  is_counted: in the per-head figures; false for people in custody
*/
WITH
by_case AS (
    SELECT
        member.household_id,
        member.person_id,
        member.kind,
        member.counted AS is_counted
    FROM core.household_member AS member
    INNER JOIN means.household_unit AS unit ON member.household_id = unit.household_id
    WHERE NOT unit.one_person_cover AND (member.counted OR member.why_not_counted = 'custody')
),

by_booklet AS (
    SELECT
        household_id,
        covered_id AS person_id
    FROM means.household_unit
    WHERE one_person_cover
    UNION
    SELECT
        unit.household_id,
        beside.person_id
    FROM means.household_unit AS unit
    INNER JOIN link.person AS covered ON unit.covered_id = covered.person_id
    INNER JOIN link.person AS beside ON covered.household_no = beside.household_no
    WHERE unit.one_person_cover AND beside.registry_status = 'normal'
),

together AS (
    SELECT household_id, person_id, kind, is_counted FROM by_case
    UNION ALL
    SELECT household_id, person_id, 'case' AS kind, TRUE AS is_counted
    FROM by_booklet
    WHERE person_id NOT IN (SELECT person_id FROM means.death WHERE is_dead)
)

SELECT
    together.household_id,
    together.person_id,
    together.kind,
    unit.program,
    unit.case_no,
    coalesce(is_adult(person.birth_date, night.night), TRUE) AS is_adult,
    together.is_counted
FROM together
INNER JOIN means.household_unit AS unit ON together.household_id = unit.household_id
INNER JOIN link.person AS person ON together.person_id = person.person_id
CROSS JOIN policy.night AS night
