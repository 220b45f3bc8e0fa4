/*
description: >
  A person's sums over the ledger window (_12: M1..M12, _3: M10..M12), of rows that may speak for a household; yuan, not
  per month. Corrections below zero end
  at nothing; no estimate is below a lower one. The extra_ columns are what tekun's disregard adds or takes.
grain: [person_id]
columns:
  low_number_12: low of rows that name the person by number
  low_number_3: the same over M10..M12
  review_12: rows in review that would be in low or likely if linked
  review_3: the same over M10..M12
  wages_low_12: wages within low
  wages_low_3: the same over M10..M12
  wages_number_12: wages within low of rows that name the person by number
  wages_number_3: the same over M10..M12
  high_other_12: high without resident pension
  support_likely_12: likely of rows that may speak for what the person could pay as a legal supporter
  first_wage_month: first month of wages in all that tax delivered
*/
WITH
window_row AS (
    SELECT
        ledger.person_id,
        ledger.item,
        ledger.estimate = 'low' AS is_low,
        ledger.estimate IN ('low', 'likely') AS is_likely,
        ledger.decision <> 'linked' AND ledger.item <> 'contribution_base' AS is_review,
        ledger.by_number,
        ledger.month >= night.last3_from AS is_last_3,
        ledger.in_household,
        ledger.in_support,
        ledger.amount,
        ledger.amount_tekun - ledger.amount AS extra
    FROM means.ledger AS ledger
    CROSS JOIN policy.night AS night
    WHERE ledger.estimate IS NOT NULL
),

sums AS (
    SELECT
        person_id,
        sum(amount) FILTER (in_household AND is_low) AS low_12,
        sum(amount) FILTER (in_household AND is_low AND is_last_3) AS low_3,
        sum(amount) FILTER (in_household AND is_low AND by_number) AS low_number_12,
        sum(amount) FILTER (in_household AND is_low AND by_number AND is_last_3) AS low_number_3,
        sum(amount) FILTER (in_household AND is_likely) AS likely_12,
        sum(amount) FILTER (in_household AND is_likely AND is_last_3) AS likely_3,
        sum(amount) FILTER (in_household) AS high_12,
        sum(amount) FILTER (in_household AND is_last_3) AS high_3,
        sum(amount) FILTER (in_household AND is_review) AS review_12,
        sum(amount) FILTER (in_household AND is_review AND is_last_3) AS review_3,
        sum(amount) FILTER (in_household AND is_low AND item = 'wages') AS wages_low_12,
        sum(amount) FILTER (in_household AND is_low AND item = 'wages' AND is_last_3) AS wages_low_3,
        sum(amount) FILTER (in_household AND is_low AND item = 'wages' AND by_number) AS wages_number_12,
        sum(amount) FILTER (in_household AND is_low AND item = 'wages' AND by_number AND is_last_3) AS wages_number_3,
        sum(amount) FILTER (in_household AND item <> 'resident_pension') AS high_other_12,
        sum(extra) FILTER (in_household AND is_low) AS extra_low_12,
        sum(extra) FILTER (in_household AND is_low AND is_last_3) AS extra_low_3,
        sum(extra) FILTER (in_household AND is_likely) AS extra_likely_12,
        sum(extra) FILTER (in_household AND is_likely AND is_last_3) AS extra_likely_3,
        sum(extra) FILTER (in_household) AS extra_high_12,
        sum(extra) FILTER (in_household AND is_last_3) AS extra_high_3,
        sum(amount) FILTER (in_support AND is_likely) AS support_likely_12
    FROM window_row
    GROUP BY person_id
),

first_wage AS (
    SELECT
        person_id,
        -- By number, if there are any: a namesake's old job must not end the taper of somebody who has just begun.
        coalesce(min(period) FILTER (WHERE by_number), min(period)) AS first_wage_month
    FROM core.tax_income
    WHERE income_item IN ('wages', 'labour', 'royalties') AND gross_amount > 0 AND standing = 'linked'
    GROUP BY person_id
)

SELECT
    sums.person_id,
    greatest(sums.low_12, 0) AS low_12,
    greatest(sums.low_3, 0) AS low_3,
    coalesce(sums.low_number_12, 0) AS low_number_12,
    coalesce(sums.low_number_3, 0) AS low_number_3,
    greatest(sums.likely_12, sums.low_12, 0) AS likely_12,
    greatest(sums.likely_3, sums.low_3, 0) AS likely_3,
    greatest(sums.high_12, sums.likely_12, sums.low_12, 0) AS high_12,
    greatest(sums.high_3, sums.likely_3, sums.low_3, 0) AS high_3,
    coalesce(sums.review_12, 0) AS review_12,
    coalesce(sums.review_3, 0) AS review_3,
    coalesce(sums.wages_low_12, 0) AS wages_low_12,
    coalesce(sums.wages_low_3, 0) AS wages_low_3,
    coalesce(sums.wages_number_12, 0) AS wages_number_12,
    coalesce(sums.wages_number_3, 0) AS wages_number_3,
    coalesce(sums.high_other_12, 0) AS high_other_12,
    coalesce(sums.extra_low_12, 0) AS extra_low_12,
    coalesce(sums.extra_low_3, 0) AS extra_low_3,
    coalesce(sums.extra_likely_12, 0) AS extra_likely_12,
    coalesce(sums.extra_likely_3, 0) AS extra_likely_3,
    coalesce(sums.extra_high_12, 0) AS extra_high_12,
    coalesce(sums.extra_high_3, 0) AS extra_high_3,
    coalesce(sums.support_likely_12, 0) AS support_likely_12,
    first_wage.first_wage_month
FROM sums
LEFT JOIN first_wage ON sums.person_id = first_wage.person_id
