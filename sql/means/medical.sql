/*
description: One row per person with settlements in the last 12 months (after the same day a year earlier, rules.md 2).
grain: [person_id]
columns:
  self_paid: self-paid in scope of linked rows, yuan
  self_paid_number: the same of rows that name the patient by number
  self_paid_all: the same with rows in review
  inpatient_total: total of linked inpatient settlements, yuan
  settlements: rows, linked and in review
*/
SELECT
    coalesce(medical.person_id, medical.candidate_person_id) AS person_id,
    CAST(coalesce(sum(medical.self_paid_in_scope) FILTER (medical.standing = 'linked'), 0) AS DECIMAL(14, 2))
        AS self_paid,
    CAST(
        coalesce(
            sum(medical.self_paid_in_scope) FILTER (medical.standing = 'linked' AND medical.by_number), 0
        ) AS DECIMAL(14, 2)
    ) AS self_paid_number,
    CAST(sum(medical.self_paid_in_scope) AS DECIMAL(14, 2)) AS self_paid_all,
    CAST(
        coalesce(
            sum(medical.total_amount) FILTER (medical.standing = 'linked' AND medical.visit_type = 'inpatient'), 0
        ) AS DECIMAL(14, 2)
    ) AS inpatient_total,
    CAST(count(*) AS INTEGER) AS settlements
FROM core.medical_settlements AS medical
CROSS JOIN policy.night AS night
WHERE
    medical.settled_on > night.year_ago
    AND medical.settled_on <= night.night
    AND coalesce(medical.person_id, medical.candidate_person_id) IS NOT NULL
GROUP BY coalesce(medical.person_id, medical.candidate_person_id)
