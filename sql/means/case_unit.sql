/*
description: >
  One row per open case of a household programme: who applied, who is covered, whether it is a one-person cover
  (rules.md 4: dibao, exactly one covered person, and that one severely disabled).
grain: [household_id]
columns:
  covered_people: covered applicants and members of the case
  covered_id: the covered person of a one-person cover, else null
*/
WITH
cases AS (
    SELECT
        program,
        case_no,
        coalesce(arg_min(person_id, record_no) FILTER (role = 'applicant'), arg_min(person_id, record_no))
            AS applicant_id,
        coalesce(arg_min(division_code, record_no) FILTER (role = 'applicant'), arg_min(division_code, record_no))
            AS division_code,
        count(*) FILTER (covered) AS covered_people,
        min(person_id) FILTER (covered) AS covered_id
    FROM core.case_member
    WHERE is_household_program AND is_open AND role IN ('applicant', 'member')
    GROUP BY program, case_no
)

SELECT
    keyed_id('H', 'case|' || cases.program || '|' || cases.case_no) AS household_id,
    cases.program,
    cases.case_no,
    cases.applicant_id,
    cases.division_code,
    cases.covered_people,
    CASE WHEN disability.person_id IS NOT NULL THEN cases.covered_id END AS covered_id,
    disability.person_id IS NOT NULL AS one_person_cover
FROM cases
LEFT JOIN means.disability AS disability
    ON cases.covered_id = disability.person_id
    AND cases.program = 'dibao'
    AND cases.covered_people = 1
    AND disability.is_severe
    AND disability.decision = 'linked'
