/*
description: >
  One row per person in a household, counted or not (rules.md 4). The dead, people in custody and, in registry
  households, people whose registry status is not normal are members that do not count.
grain: [household_id, person_id]
columns:
  role: applicant or member of the case; spouse or child joined by the rules; head or member of a booklet
  declared: the case names this person; false where the rules joined him; null in registry households
*/
WITH
together AS (
    SELECT
        person.household_id,
        person.person_id,
        'case' AS kind,
        unit.program,
        unit.case_no,
        person.role,
        person.covered,
        person.declared
    FROM means.case_person AS person
    INNER JOIN means.case_unit AS unit ON person.household_id = unit.household_id
    UNION ALL
    SELECT
        household_id,
        person_id,
        'registry' AS kind,
        NULL AS program,
        NULL AS case_no,
        role,
        FALSE AS covered,
        NULL AS declared
    FROM means.registry_person
),

judged AS (
    SELECT
        together.household_id,
        together.person_id,
        together.kind,
        together.program,
        together.case_no,
        together.role,
        together.covered,
        together.declared,
        CASE
            WHEN death.is_dead THEN 'dead'
            WHEN custody.in_custody THEN 'custody'
            WHEN together.kind = 'registry' AND coalesce(person.registry_status, 'normal') <> 'normal'
                THEN 'not_normal'
        END AS why_not_counted
    FROM together
    INNER JOIN link.person AS person ON together.person_id = person.person_id
    LEFT JOIN means.death AS death ON together.person_id = death.person_id
    LEFT JOIN means.custody AS custody ON together.person_id = custody.person_id
)

SELECT
    household_id,
    person_id,
    kind,
    program,
    case_no,
    role,
    covered,
    declared,
    why_not_counted IS NULL AS counted,
    why_not_counted
FROM judged
