/*
description: >
  One row per person of a case household (rules.md 4): the people on the case; and, unless it is a one-person cover,
  the verified spouse of an applicant or covered person and minor children of a head who is, or whose spouse is, on
  the case. A dead head's spouse is the one the booklet shows.
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
    INNER JOIN core.case_member AS member USING (program, case_no)
    WHERE member.is_open AND member.role IN ('applicant', 'member')
),

supporter AS (
    SELECT
        unit.household_id,
        member.person_id
    FROM means.case_unit AS unit
    INNER JOIN core.case_member AS member USING (program, case_no)
    WHERE member.is_open AND member.role = 'supporter'
),

spouse AS (
    SELECT
        on_case.household_id,
        spouse.spouse_id AS person_id,
        'spouse' AS role
    FROM on_case
    INNER JOIN means.spouse AS spouse ON on_case.person_id = spouse.person_id
    WHERE NOT on_case.one_person_cover AND (on_case.role = 'applicant' OR on_case.covered)
),

-- Who on the case makes a head's children the household's: the head, or the head's spouse.
head_of AS (
    SELECT person_id, person_id AS head_id FROM link.person WHERE relation = '01'
    UNION
    SELECT spouse.person_id, spouse.spouse_id AS head_id
    FROM means.spouse AS spouse
    UNION
    SELECT couple.spouse_id AS person_id, couple.head_id
    FROM means.booklet_spouse_of_dead AS couple
),

child AS (
    SELECT
        on_case.household_id,
        parent.person_id,
        'child' AS role
    FROM on_case
    INNER JOIN head_of ON on_case.person_id = head_of.person_id
    INNER JOIN means.parent AS parent ON head_of.head_id = parent.parent_id AND parent.seat = 'head'
    INNER JOIN link.person AS person ON parent.person_id = person.person_id
    WHERE
        NOT on_case.one_person_cover
        AND person.registry_status = 'normal'
        AND parent.person_id NOT IN (SELECT person_id FROM means.death WHERE is_dead)
)
