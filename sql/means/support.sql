/*
description: >
  What each legal supporter of an open household-programme case could pay a month (rules.md 5): max(0, own likely
  monthly income of M1..M12 - multiple x standard) x rate. Under the age limit, alive, not in custody, and not himself on an open
  dibao, tekun or marginal case. It stands on the applicant.
grain: [case_no, program, person_id]
columns:
  own_likely: own likely income, yuan a month
  line: income left to the supporter, yuan a month
  support: computed support, yuan a month; may be 0
*/
WITH
helped AS (
    SELECT DISTINCT person_id
    FROM core.case_member
    WHERE is_open AND role IN ('applicant', 'member') AND program IN ('dibao', 'tekun', 'marginal')
),

supporter AS (
    SELECT
        member.case_no,
        member.program,
        member.person_id,
        unit.household_id,
        unit.applicant_id,
        (CAST(200 * coalesce(income.support_likely_12, 0) AS BIGINT) + 12) // 24 * 0.01 AS own_likely,
        round(night.support_line_multiple * unit.standard, 2) AS line,
        night.support_rate,
        member.record_no,
        member.snapshot_date,
        member.decision,
        coalesce(member.by_number, FALSE) AS by_number,
        member.probability
    FROM core.case_member AS member
    INNER JOIN means.household_unit AS unit ON member.program = unit.program AND member.case_no = unit.case_no
    INNER JOIN link.person AS person ON member.person_id = person.person_id
    LEFT JOIN means.person_income AS income ON member.person_id = income.person_id
    CROSS JOIN policy.night AS night
    WHERE
        member.role = 'supporter'
        AND member.is_open
        AND age_on(person.birth_date, night.night) < night.supporter_age_limit
        AND member.person_id NOT IN (SELECT person_id FROM helped)
        AND member.person_id NOT IN (SELECT person_id FROM means.death WHERE is_dead)
        AND member.person_id NOT IN (SELECT person_id FROM means.custody WHERE in_custody)
)

SELECT
    case_no,
    program,
    person_id,
    household_id,
    applicant_id,
    CAST(own_likely AS DECIMAL(14, 2)) AS own_likely,
    CAST(line AS DECIMAL(14, 2)) AS line,
    CAST(round(greatest(own_likely - line, 0) * support_rate, 2) AS DECIMAL(14, 2)) AS support,
    'assistance_roll' AS source,
    record_no,
    snapshot_date,
    decision,
    by_number,
    probability
FROM supporter
