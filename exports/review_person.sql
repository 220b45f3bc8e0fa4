/*
description: >
  The people of drawn pairs as clerks see them: the spine's own record, the number as delivered where none can be
  read, and the names of those who share the booklet, else the case.
grain: [person_id]
*/
WITH wanted AS (
    SELECT person_id FROM drawn_pairs
    UNION
    SELECT other_person_id FROM drawn_pairs WHERE other_person_id IS NOT NULL
),

person AS (
    SELECT person.*
    FROM core.person AS person
    SEMI JOIN wanted ON person.person_id = wanted.person_id
),

delivered_number AS (
    SELECT person_id, min(id_number_raw) AS number
    FROM (
        SELECT person_id, id_number_raw FROM core.household_registry
        UNION ALL
        SELECT person_id, id_number_raw FROM core.assistance_roll WHERE method = 'spine'
    )
    SEMI JOIN wanted USING (person_id)
    GROUP BY person_id
),

booklet AS (
    SELECT person.person_id, list_sort(list(DISTINCT other.name)) AS names
    FROM person
    JOIN core.person AS other
        ON person.household_no = other.household_no AND person.person_id <> other.person_id
    GROUP BY person.person_id
),

same_case AS (
    SELECT own.person_id, list_sort(list(DISTINCT other.name)) AS names
    FROM core.case_member AS own
    SEMI JOIN wanted ON own.person_id = wanted.person_id
    JOIN core.case_member AS beside ON own.case_no = beside.case_no AND own.person_id <> beside.person_id
    JOIN core.person AS other ON beside.person_id = other.person_id
    GROUP BY own.person_id
)

SELECT
    person.person_id,
    coalesce(person.id_number, delivered_number.number) AS number,
    person.name,
    person.former_name,
    CASE person.sex WHEN 'male' THEN '男' WHEN 'female' THEN '女' END AS sex,
    strftime(person.birth_date, '%Y-%m-%d') AS birth_date,
    person.phone,
    person.address,
    array_to_string(list_slice(coalesce(booklet.names, same_case.names), 1, 8), '、') AS company,
    CAST(NULL AS VARCHAR) AS certificate
FROM person
LEFT JOIN delivered_number ON person.person_id = delivered_number.person_id
LEFT JOIN booklet ON person.person_id = booklet.person_id
LEFT JOIN same_case ON person.person_id = same_case.person_id
