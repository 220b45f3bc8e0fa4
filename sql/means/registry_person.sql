/*
description: >
  One row per person of a registry household (rules.md 4): the people of a booklet who are in no case household; and
  alone, a person on an open case with neither case household nor booklet.
grain: [person_id]
*/
WITH
outside AS (
    SELECT
        person_id,
        household_no,
        relation,
        division_code
    FROM link.person
    WHERE person_id NOT IN (SELECT person_id FROM means.case_person)
),

on_open_case AS (
    SELECT DISTINCT person_id
    FROM core.case_member
    WHERE is_open AND case_is_open
)

SELECT
    keyed_id('H', 'booklet|' || household_no) AS household_id,
    person_id,
    household_no,
    CASE relation WHEN '01' THEN 'head' ELSE 'member' END AS role,
    division_code
FROM outside
WHERE household_no IS NOT NULL
UNION ALL
SELECT
    keyed_id('H', 'person|' || outside.person_id) AS household_id,
    outside.person_id,
    outside.household_no,
    'head' AS role,
    outside.division_code
FROM outside
INNER JOIN on_open_case ON outside.person_id = on_open_case.person_id
WHERE outside.household_no IS NULL
