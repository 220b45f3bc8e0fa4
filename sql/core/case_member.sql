/*
description: >
  One row per person on a case, from the roll alone: what "open" and "paid" mean (rules.md 2) and whether an
  authorization is in force (rules.md 3). A last day that was delivered and could not be read is not "no end": nobody
  can say that such an authorization still holds, so it opens nothing. A person delivered twice on one case keeps the
  open row, the nearer role, the newer status, then the smaller record_no.
grain: [case_no, program, person_id]
*/
WITH
delivered AS (
    SELECT
        roll.record_no,
        roll.snapshot_date,
        roll.case_no,
        roll.program,
        roll.person_id,
        roll.role,
        roll.relation,
        coalesce(roll.covered, FALSE) AS covered,
        roll.monthly_amount,
        roll.declared_monthly_income,
        roll.status,
        roll.start_date,
        roll.end_date,
        roll.status_since,
        roll.last_reviewed,
        roll.authorized_on,
        roll.authorized_until,
        coalesce(roll.relative_of_official, FALSE) AS relative_of_official,
        roll.phone,
        roll.address,
        roll.division_code,
        roll.decision,
        roll.by_number,
        roll.probability,
        roll.candidate_person_id,
        coalesce(roll.unreadable, CAST([] AS VARCHAR [])) AS unreadable,
        roll.role IN ('applicant', 'member') AS belongs,
        roll.status IN ('applying', 'active', 'tapering', 'suspended') AS is_open,
        roll.program IN ('dibao', 'tekun', 'marginal', 'rigid_expenditure') AS is_household_program,
        coalesce(roll.authorized_on <= night.night, FALSE)
        AND coalesce(roll.authorized_until >= night.night, TRUE)
        AND NOT coalesce(list_contains(roll.unreadable, 'authorized_until'), FALSE) AS is_signed
    FROM core.assistance_roll AS roll
    CROSS JOIN policy.night AS night
    WHERE roll.person_id IS NOT NULL
),

with_case AS (
    SELECT
        record_no,
        snapshot_date,
        case_no,
        program,
        person_id,
        role,
        relation,
        covered,
        monthly_amount,
        declared_monthly_income,
        status,
        start_date,
        end_date,
        status_since,
        last_reviewed,
        authorized_on,
        authorized_until,
        relative_of_official,
        phone,
        address,
        division_code,
        decision,
        by_number,
        probability,
        candidate_person_id,
        unreadable,
        belongs,
        is_open,
        is_household_program,
        is_signed,
        belongs AND covered AND status IN ('active', 'tapering') AS is_paid,
        bool_or(belongs AND is_open) OVER (PARTITION BY case_no, program) AS case_is_open,
        bool_or(belongs AND covered AND status IN ('active', 'tapering'))
            OVER (PARTITION BY case_no, program) AS case_is_paid
    FROM delivered
),

authorized_people AS (
    SELECT
        person_id,
        bool_or(belongs) AS as_member
    FROM with_case
    WHERE is_signed AND is_open AND case_is_open AND is_household_program
    GROUP BY person_id
)

SELECT
    with_case.case_no,
    with_case.program,
    with_case.person_id,
    with_case.role,
    with_case.relation,
    with_case.covered,
    with_case.monthly_amount,
    with_case.status,
    TRUE AS declared,
    with_case.start_date,
    with_case.end_date,
    with_case.status_since,
    with_case.last_reviewed,
    authorized_people.person_id IS NOT NULL AS authorized,
    coalesce(authorized_people.as_member, FALSE) AS authorized_as_member,
    with_case.is_open,
    with_case.is_paid,
    with_case.case_is_open,
    with_case.case_is_paid,
    with_case.is_household_program,
    with_case.declared_monthly_income,
    with_case.authorized_on,
    with_case.authorized_until,
    with_case.relative_of_official,
    with_case.phone,
    with_case.address,
    with_case.division_code,
    with_case.record_no,
    with_case.snapshot_date,
    with_case.decision,
    with_case.by_number,
    with_case.probability,
    with_case.candidate_person_id,
    with_case.unreadable
FROM with_case
LEFT JOIN authorized_people USING (person_id)
QUALIFY row_number() OVER (
    PARTITION BY with_case.case_no, with_case.program, with_case.person_id
    ORDER BY
        with_case.is_open DESC,
        with_case.belongs DESC,
        with_case.is_paid DESC,
        with_case.role,
        with_case.status_since DESC NULLS LAST,
        with_case.record_no,
        with_case.snapshot_date DESC
) = 1
