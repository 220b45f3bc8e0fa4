/*
description: >
  Pensions and unemployment benefit by month of the ledger window. The disregard is taken off resident pension once a
  person and month, from linked rows by number first, then other linked ones, never below nothing; `amount_tekun`
  under tekun's disregard (rules.md 1).
grain: [snapshot_date, record_no, month]
columns:
  item: employee_pension, resident_pension or unemployment_benefit
  unread: to_month, where it was delivered and could not be read, so that it may have ended
  amount_tekun: the same for members of a tekun household, yuan
*/
WITH
paid AS (
    SELECT
        coalesce(insurance.person_id, insurance.candidate_person_id) AS person_id,
        month.month,
        insurance.scheme AS item,
        insurance.monthly_amount,
        CASE insurance.scheme WHEN 'resident_pension' THEN month.pension_disregard ELSE 0 END AS disregard,
        CASE insurance.scheme WHEN 'resident_pension' THEN month.pension_disregard_tekun ELSE 0 END
            AS disregard_tekun,
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
        insurance.scheme IN ('employee_pension', 'resident_pension', 'unemployment_benefit')
        AND coalesce(insurance.person_id, insurance.candidate_person_id) IS NOT NULL
),

-- What other rows of the same pension and month already used up of the disregard.
ranked AS (
    SELECT
        person_id,
        month,
        item,
        monthly_amount,
        disregard,
        disregard_tekun,
        coalesce(
            sum(monthly_amount) OVER (
                PARTITION BY person_id, item, month
                ORDER BY len(unread), decision = 'linked' DESC, by_number DESC, record_no, snapshot_date
                ROWS BETWEEN UNBOUNDED PRECEDING AND 1 PRECEDING
            ),
            0
        ) AS before,
        record_no,
        snapshot_date,
        decision,
        by_number,
        probability,
        unread
    FROM paid
)

SELECT
    person_id,
    month,
    item,
    CAST(
        greatest(monthly_amount - greatest(disregard - before, 0), 0) AS DECIMAL(14, 2)
    ) AS amount,
    CAST(
        greatest(monthly_amount - greatest(disregard_tekun - before, 0), 0) AS DECIMAL(14, 2)
    ) AS amount_tekun,
    'social_insurance' AS source,
    record_no,
    snapshot_date,
    decision,
    by_number,
    probability,
    unread
FROM ranked
