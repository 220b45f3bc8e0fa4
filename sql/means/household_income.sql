/*
description: >
  A household's sums over the window of its counted members (_12: M1..M12, _3: M10..M12), yuan, neither per head nor per
  month. Divide by 12 or 3 and by counted_members.
grain: [household_id]
columns:
  low_number_12: low of rows that name the person by number
  low_number_3: the same over M10..M12
  settled_low_12: low without the wages of members new at work (X03, taper)
  settled_low_3: the same over M10..M12
  settled_number_12: low by number without such wages by number
  settled_number_3: the same over M10..M12
  with_review_12: likely, and rows in review that would be in it if linked (P06)
  with_review_3: the same over M10..M12
*/
SELECT
    household_id,
    CAST(count(*) AS INTEGER) AS counted_members,
    CAST(sum(low_12) AS DECIMAL(14, 2)) AS low_12,
    CAST(sum(low_3) AS DECIMAL(14, 2)) AS low_3,
    CAST(sum(low_number_12) AS DECIMAL(14, 2)) AS low_number_12,
    CAST(sum(low_number_3) AS DECIMAL(14, 2)) AS low_number_3,
    CAST(sum(likely_12) AS DECIMAL(14, 2)) AS likely_12,
    CAST(sum(likely_3) AS DECIMAL(14, 2)) AS likely_3,
    CAST(sum(high_12) AS DECIMAL(14, 2)) AS high_12,
    CAST(sum(high_3) AS DECIMAL(14, 2)) AS high_3,
    CAST(sum(low_12 - new_wages_12) AS DECIMAL(14, 2)) AS settled_low_12,
    CAST(sum(low_3 - new_wages_3) AS DECIMAL(14, 2)) AS settled_low_3,
    CAST(sum(low_number_12 - new_wages_number_12) AS DECIMAL(14, 2)) AS settled_number_12,
    CAST(sum(low_number_3 - new_wages_number_3) AS DECIMAL(14, 2)) AS settled_number_3,
    CAST(sum(likely_12 + review_12) AS DECIMAL(14, 2)) AS with_review_12,
    CAST(sum(likely_3 + review_3) AS DECIMAL(14, 2)) AS with_review_3
FROM means.member_income
GROUP BY household_id
