/*
description: >
  The members of one household, the nearest first, with what the case says of each and his age on the night; then, of a
  one-person cover, the people of the booklet whose means count with his (`in_household` false). Parameter: household.
grain: [person_id]
columns:
  signed: his own signature opens gated sources for his household
*/
WITH
night AS (
    SELECT night FROM audit.run
),

own AS (
    SELECT
        member.person_id,
        member.role,
        member.declared,
        member.counted,
        member.why_not_counted,
        member.covered,
        TRUE AS in_household
    FROM core.household_member AS member
    WHERE member.household_id = $household
),

beside AS (
    SELECT
        person.person_id,
        'booklet' AS role,
        TRUE AS counted,
        FALSE AS in_household
    FROM core.household AS unit
    INNER JOIN core.household_member AS member ON unit.household_id = member.household_id AND member.covered
    INNER JOIN core.person AS covered ON member.person_id = covered.person_id
    INNER JOIN core.person AS person ON covered.household_no = person.household_no
    WHERE
        unit.household_id = $household
        AND unit.one_person_cover
        AND person.registry_status = 'normal'
        AND NOT person.is_dead
        AND person.person_id NOT IN (SELECT person_id FROM own)
),

everybody AS (
    SELECT person_id, role, declared, counted, why_not_counted, covered, in_household FROM own
    UNION ALL
    SELECT person_id, role, NULL AS declared, counted, NULL AS why_not_counted, NULL AS covered, in_household
    FROM beside
),

roll AS (
    SELECT
        unit.household_id,
        row.person_id,
        row.relation,
        row.status,
        row.monthly_amount,
        row.declared_monthly_income,
        row.start_date,
        row.last_reviewed
    FROM core.household AS unit
    INNER JOIN core.case_member AS row ON unit.case_no = row.case_no AND unit.program = row.program
    WHERE unit.household_id = $household AND row.role <> 'supporter'
    QUALIFY row_number() OVER (
        PARTITION BY row.person_id ORDER BY row.is_open DESC, row.start_date DESC, row.record_no
    ) = 1
),

signature AS (
    SELECT DISTINCT person_id
    FROM core.case_member
    WHERE authorized_as_member
)

SELECT
    everybody.person_id,
    everybody.in_household,
    everybody.role,
    everybody.declared,
    everybody.counted,
    everybody.why_not_counted,
    everybody.covered,
    signature.person_id IS NOT NULL AS signed,
    person.name,
    person.id_number,
    person.sex,
    person.birth_date,
    person.relation AS booklet_relation,
    date_part('year', night.night) - date_part('year', person.birth_date)
    - CASE WHEN strftime(night.night, '%m%d') < strftime(person.birth_date, '%m%d') THEN 1 ELSE 0 END AS age,
    person.is_dead,
    roll.relation,
    roll.status,
    roll.monthly_amount,
    roll.declared_monthly_income,
    roll.start_date,
    roll.last_reviewed
FROM everybody
INNER JOIN core.person AS person ON everybody.person_id = person.person_id
LEFT JOIN roll ON everybody.person_id = roll.person_id
LEFT JOIN signature ON everybody.person_id = signature.person_id
CROSS JOIN night
ORDER BY
    everybody.in_household DESC,
    CASE everybody.role WHEN 'applicant' THEN 1 WHEN 'head' THEN 1 WHEN 'spouse' THEN 2 ELSE 3 END,
    person.birth_date NULLS LAST,
    everybody.person_id
