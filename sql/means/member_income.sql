/*
description: >
  A counted member's sums over the window (_12: M1..M12, _3: M10..M12), yuan, not per month, with the household's own
  disregard, the support that stands on an applicant, and in high what he declared above his own high figure of the
  window.
grain: [household_id, person_id]
columns:
  support: computed support of the household's supporters, yuan a month; on the applicant
  declared_excess: declared above the own high figure of M1..M12, yuan a month
  declared_excess_3: the same over M10..M12
  new_wages_12: >
    wages within low of a member whose first wage month lies within the last taper_months while tax reaches further
    back; else 0
  new_wages_3: the same over M10..M12
  high_other_12: high without resident pension
  low_number_12: low of rows that name the person by number
  low_number_3: the same over M10..M12
  review_12: rows in review that would be in low or likely if linked
  review_3: the same over M10..M12
  first_wage_month: first month of wages in all that tax delivered
*/
WITH
support AS (
    SELECT
        household_id,
        applicant_id AS person_id,
        sum(support) AS support
    FROM means.support
    GROUP BY household_id, applicant_id
),

taper AS (
    SELECT
        night.night,
        night.taper_months,
        coalesce(calendar_months(state.first_month, night.night) > night.taper_months, FALSE) AS reaches_back
    FROM policy.night AS night
    LEFT JOIN raw.source_state AS state ON state.source = 'tax_income'
),

found AS (
    SELECT
        member.household_id,
        member.person_id,
        coalesce(income.low_12, 0) + CASE member.program WHEN 'tekun' THEN coalesce(income.extra_low_12, 0) ELSE 0 END
            AS low_12,
        coalesce(income.low_3, 0) + CASE member.program WHEN 'tekun' THEN coalesce(income.extra_low_3, 0) ELSE 0 END
            AS low_3,
        coalesce(income.low_number_12, 0) AS low_number_12,
        coalesce(income.low_number_3, 0) AS low_number_3,
        coalesce(income.likely_12, 0)
        + CASE member.program WHEN 'tekun' THEN coalesce(income.extra_likely_12, 0) ELSE 0 END
        + 12 * coalesce(support.support, 0) AS likely_12,
        coalesce(income.likely_3, 0)
        + CASE member.program WHEN 'tekun' THEN coalesce(income.extra_likely_3, 0) ELSE 0 END
        + 3 * coalesce(support.support, 0) AS likely_3,
        coalesce(income.high_12, 0)
        + CASE member.program WHEN 'tekun' THEN coalesce(income.extra_high_12, 0) ELSE 0 END
        + 12 * coalesce(support.support, 0) AS high_12,
        coalesce(income.high_3, 0)
        + CASE member.program WHEN 'tekun' THEN coalesce(income.extra_high_3, 0) ELSE 0 END
        + 3 * coalesce(support.support, 0) AS high_3,
        coalesce(income.review_12, 0) AS review_12,
        coalesce(income.review_3, 0) AS review_3,
        coalesce(income.high_other_12, 0) AS high_other_12,
        coalesce(support.support, 0) AS support,
        coalesce(declared.declared_monthly_income, 0) AS declared_monthly_income,
        coalesce(
            taper.reaches_back
            AND calendar_months(income.first_wage_month, taper.night) <= taper.taper_months,
            FALSE
        ) AS is_new_worker,
        coalesce(income.wages_low_12, 0) AS wages_low_12,
        coalesce(income.wages_low_3, 0) AS wages_low_3,
        coalesce(income.wages_number_12, 0) AS wages_number_12,
        coalesce(income.wages_number_3, 0) AS wages_number_3,
        income.first_wage_month
    FROM means.counted_member AS member
    LEFT JOIN means.person_income AS income ON member.person_id = income.person_id
    LEFT JOIN support ON member.household_id = support.household_id AND member.person_id = support.person_id
    LEFT JOIN means.declared_income AS declared ON member.person_id = declared.person_id
    CROSS JOIN taper
    WHERE member.is_counted
),

topped AS (
    SELECT
        household_id,
        person_id,
        low_12,
        low_3,
        low_number_12,
        low_number_3,
        likely_12,
        likely_3,
        high_12,
        high_3,
        review_12,
        review_3,
        high_other_12,
        support,
        is_new_worker,
        wages_low_12,
        wages_low_3,
        wages_number_12,
        wages_number_3,
        first_wage_month,
        greatest(declared_monthly_income - (CAST(200 * high_12 AS BIGINT) + 12) // 24 * 0.01, 0) AS declared_excess,
        greatest(declared_monthly_income - (CAST(200 * high_3 AS BIGINT) + 3) // 6 * 0.01, 0) AS declared_excess_3
    FROM found
)

SELECT
    household_id,
    person_id,
    CAST(low_12 AS DECIMAL(14, 2)) AS low_12,
    CAST(low_3 AS DECIMAL(14, 2)) AS low_3,
    CAST(low_number_12 AS DECIMAL(14, 2)) AS low_number_12,
    CAST(low_number_3 AS DECIMAL(14, 2)) AS low_number_3,
    CAST(likely_12 AS DECIMAL(14, 2)) AS likely_12,
    CAST(likely_3 AS DECIMAL(14, 2)) AS likely_3,
    CAST(high_12 + 12 * declared_excess AS DECIMAL(14, 2)) AS high_12,
    CAST(high_3 + 3 * declared_excess_3 AS DECIMAL(14, 2)) AS high_3,
    CAST(review_12 AS DECIMAL(14, 2)) AS review_12,
    CAST(review_3 AS DECIMAL(14, 2)) AS review_3,
    CAST(CASE WHEN is_new_worker THEN wages_low_12 ELSE 0 END AS DECIMAL(14, 2)) AS new_wages_12,
    CAST(CASE WHEN is_new_worker THEN wages_low_3 ELSE 0 END AS DECIMAL(14, 2)) AS new_wages_3,
    CAST(CASE WHEN is_new_worker THEN wages_number_12 ELSE 0 END AS DECIMAL(14, 2)) AS new_wages_number_12,
    CAST(CASE WHEN is_new_worker THEN wages_number_3 ELSE 0 END AS DECIMAL(14, 2)) AS new_wages_number_3,
    CAST(high_other_12 + 12 * (support + declared_excess) AS DECIMAL(14, 2)) AS high_other_12,
    CAST(support AS DECIMAL(14, 2)) AS support,
    CAST(declared_excess AS DECIMAL(14, 2)) AS declared_excess,
    CAST(declared_excess_3 AS DECIMAL(14, 2)) AS declared_excess_3,
    first_wage_month
FROM topped
