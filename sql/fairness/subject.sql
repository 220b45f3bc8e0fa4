/*
description: >
  Every person and household with the groups that audit.fairness counts them in, and whether anything is paid or asked
  for. A household counts under its applicant, else the head of the booklet, else its oldest. No rule, list or draw reads it.
grain: [unit, id]
columns:
  unit: person or household
  id: person_id or household_id
  is_covered: the person, or somebody of the household, is on an open case or in a case household
  subgroups: kind and name of each group
*/
WITH
named AS (
    SELECT
        ethnicity,
        CASE
            WHEN ethnicity IS NULL THEN 'unknown'
            WHEN ethnicity IN ('汉', '汉族', '01') THEN 'han'
            WHEN count(*) >= 100 THEN ethnicity
            ELSE 'minority_other'
        END AS subgroup
    FROM core.person
    GROUP BY ethnicity
),

covered AS (
    SELECT person_id FROM core.case_member WHERE role IN ('applicant', 'member') AND is_open
    UNION
    SELECT person_id FROM core.household_member WHERE case_no IS NOT NULL
),

described AS (
    SELECT
        person.person_id,
        person.household_id,
        covered.person_id IS NOT NULL AS is_covered,
        [
            {'kind': 'ethnicity', 'is': named.subgroup},
            {'kind': 'sex', 'is': coalesce(person.sex, 'unknown')},
            {'kind': 'hukou_type', 'is': coalesce(person.hukou_type, 'unknown')},
            {'kind': 'age', 'is': age_group(person.birth_date, tonight.night)}
        ] AS subgroups
    FROM core.person AS person
    CROSS JOIN policy.night AS tonight
    INNER JOIN named ON person.ethnicity IS NOT DISTINCT FROM named.ethnicity
    LEFT JOIN covered ON person.person_id = covered.person_id
    WHERE person.household_id IS NOT NULL
),

-- The applicant, else the head of the booklet, else the oldest stands for his household.
standing AS (
    SELECT
        member.household_id,
        member.person_id
    FROM core.household_member AS member
    INNER JOIN core.person AS person ON member.person_id = person.person_id
    QUALIFY row_number() OVER (
        PARTITION BY member.household_id
        ORDER BY
            member.role = 'applicant' DESC, coalesce(person.relation = '01', FALSE) DESC, person.birth_date NULLS LAST,
            member.person_id
    ) = 1
),

household AS (
    SELECT
        standing.household_id,
        on_case.household_id IS NOT NULL AS is_covered,
        described.subgroups
    FROM standing
    INNER JOIN described ON standing.person_id = described.person_id
    LEFT JOIN (
        SELECT DISTINCT member.household_id
        FROM core.household_member AS member
        INNER JOIN covered ON member.person_id = covered.person_id
    ) AS on_case ON standing.household_id = on_case.household_id
)

SELECT 'person' AS unit, person_id AS id, is_covered, subgroups FROM described
UNION ALL
SELECT 'household' AS unit, household_id AS id, is_covered, subgroups FROM household
