/*
description: Employee contributions by month of the ledger window, with and without an employer. Linked or in review.
grain: [snapshot_date, record_no, month]
columns:
  has_employer: an employer is named; without one the person pays for himself
  unread: to_month, where it was delivered and could not be read, so that it may have ended
  base: contribution base, yuan a month
*/
SELECT
    coalesce(insurance.person_id, insurance.candidate_person_id) AS person_id,
    month.month,
    insurance.employer_name,
    coalesce(trim(insurance.employer_name), '') <> '' AS has_employer,
    insurance.monthly_amount AS base,
    'social_insurance' AS source,
    insurance.record_no,
    insurance.snapshot_date,
    insurance.standing AS decision,
    coalesce(insurance.by_number, FALSE) AS by_number,
    insurance.probability,
    unread_of(insurance.unreadable, ['to_month']) AS unread
FROM core.social_insurance AS insurance
INNER JOIN policy.month AS month
    ON date_trunc('month', insurance.from_month) <= month.month
    AND coalesce(insurance.to_month >= month.month, TRUE)
WHERE
    insurance.scheme = 'employee_contribution'
    AND coalesce(insurance.person_id, insurance.candidate_person_id) IS NOT NULL
