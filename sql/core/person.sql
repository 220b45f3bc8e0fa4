/*
description: >
  One row per person of the spine, with the household that judges him (the case household: first of dibao, tekun,
  marginal, rigid expenditure, then the smallest case_no; else the registry household) and his death if one is known.
grain: [person_id]
columns:
  status_date: day the registry status began
  number_birth_date: birth date that a valid number shows
  number_sex: sex that a valid number shows
*/
WITH
home AS (
    SELECT
        member.person_id,
        member.household_id
    FROM core.household_member AS member
    QUALIFY row_number() OVER (
        PARTITION BY member.person_id
        ORDER BY
            CASE member.program
                WHEN 'dibao' THEN 1
                WHEN 'tekun' THEN 2
                WHEN 'marginal' THEN 3
                WHEN 'rigid_expenditure' THEN 4
                ELSE 5
            END,
            member.case_no,
            member.household_id
    ) = 1
)

SELECT
    person.person_id,
    person.id_number,
    person.name,
    person.former_name,
    person.sex,
    person.birth_date,
    person.number_birth_date,
    person.number_sex,
    person.ethnicity,
    person.hukou_type,
    person.marital_status,
    person.registry_status,
    person.status_date,
    person.division_code,
    person.address,
    person.phone,
    person.household_no,
    person.relation,
    person.in_registry,
    person.on_roll,
    home.household_id,
    CASE WHEN death.is_dead THEN death.died_on END AS died_on,
    coalesce(death.is_dead, FALSE) AS is_dead
FROM link.person AS person
LEFT JOIN home ON person.person_id = home.person_id
LEFT JOIN means.death AS death ON person.person_id = death.person_id
