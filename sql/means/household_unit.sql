/*
description: >
  One row per assessment unit, case or registry household, with the dibao standard it is held against: by hukou type
  of the applicant or of the booklet's head; unknown: the higher (rules.md 1).
grain: [household_id]
columns:
  applicant_id: applicant of the case; null for registry households
  head_id: head of the booklet, in this household or not; null for case households
  covered_id: the covered person of a one-person cover, else null
*/
WITH
booklet_head AS (
    SELECT
        household_no,
        min(person_id) AS head_id
    FROM link.person
    WHERE relation = '01' AND household_no IS NOT NULL
    GROUP BY household_no
),

registry_unit AS (
    SELECT
        household_id,
        household_no,
        min(person_id) AS first_person_id,
        coalesce(arg_min(division_code, person_id) FILTER (role = 'head'), min(division_code)) AS division_code
    FROM means.registry_person
    GROUP BY household_id, household_no
),

unit AS (
    SELECT
        household_id,
        'case' AS kind,
        case_no,
        program,
        NULL AS household_no,
        applicant_id,
        NULL AS head_id,
        covered_id,
        one_person_cover,
        division_code
    FROM means.case_unit
    UNION ALL
    SELECT
        registry_unit.household_id,
        'registry' AS kind,
        NULL AS case_no,
        NULL AS program,
        registry_unit.household_no,
        NULL AS applicant_id,
        CASE
            WHEN registry_unit.household_no IS NULL THEN registry_unit.first_person_id
            ELSE booklet_head.head_id
        END AS head_id,
        NULL AS covered_id,
        FALSE AS one_person_cover,
        registry_unit.division_code
    FROM registry_unit
    LEFT JOIN booklet_head ON registry_unit.household_no = booklet_head.household_no
)

SELECT
    unit.household_id,
    unit.kind,
    unit.case_no,
    unit.program,
    unit.household_no,
    unit.applicant_id,
    unit.head_id,
    unit.covered_id,
    unit.one_person_cover,
    whose.hukou_type,
    CASE whose.hukou_type
        WHEN 'urban' THEN night.dibao_standard_urban
        WHEN 'rural' THEN night.dibao_standard_rural
        ELSE greatest(night.dibao_standard_urban, night.dibao_standard_rural)
    END AS standard,
    unit.division_code
FROM unit
LEFT JOIN link.person AS whose ON coalesce(unit.applicant_id, unit.head_id) = whose.person_id
CROSS JOIN policy.night AS night
