/*
description: >
  One row per person of a case household (rules.md 4): the people on the case; and, unless it is a one-person cover,
  the verified spouse of an applicant or covered person and the minor children of somebody on the case. A spouse whom
  the case names as supporter is declared.
grain: [household_id, person_id]
*/
WITH
on_case AS (
    SELECT
        unit.household_id,
        member.person_id,
        member.role,
        member.covered,
        unit.one_person_cover
    FROM means.case_unit AS unit
    INNER JOIN core.case_member AS member ON unit.program = member.program AND unit.case_no = member.case_no
    WHERE member.is_open AND member.role IN ('applicant', 'member')
),

supporter AS (
    SELECT
        unit.household_id,
        member.person_id
    FROM means.case_unit AS unit
    INNER JOIN core.case_member AS member ON unit.program = member.program AND unit.case_no = member.case_no
    WHERE member.is_open AND member.role = 'supporter'
),

joined AS (
    SELECT
        on_case.household_id,
        spouse.spouse_id AS person_id,
        'spouse' AS role,
        1 AS place
    FROM on_case
    INNER JOIN means.spouse AS spouse ON on_case.person_id = spouse.person_id
    WHERE NOT on_case.one_person_cover AND (on_case.role = 'applicant' OR on_case.covered)
    UNION
    SELECT
        on_case.household_id,
        child.person_id,
        'child' AS role,
        2 AS place
    FROM on_case
    INNER JOIN means.minor_child AS child ON on_case.person_id = child.adult_id
    WHERE NOT on_case.one_person_cover
),

together AS (
    SELECT
        household_id,
        person_id,
        role,
        covered,
        TRUE AS declared,
        0 AS place
    FROM on_case
    UNION ALL
    SELECT
        joined.household_id,
        joined.person_id,
        joined.role,
        FALSE AS covered,
        supporter.person_id IS NOT NULL AS declared,
        joined.place
    FROM joined
    LEFT JOIN supporter
        ON joined.household_id = supporter.household_id AND joined.person_id = supporter.person_id
)

SELECT
    household_id,
    person_id,
    role,
    covered,
    declared
FROM together
QUALIFY row_number() OVER (PARTITION BY household_id, person_id ORDER BY place, role) = 1
