/*
description: >
  Villages that an analyst may tell apart: at least 20 living people. All others show as their township. Where the
  small villages of a township hold fewer than 20 people together, its next smallest joins them, so that a row that
  shows a township alone never means fewer than 20.
grain: [division_code]
*/
WITH
village AS (
    SELECT
        division_code,
        left(division_code, 9) AS township,
        count(*) AS people
    FROM core.person
    WHERE
        died_on IS NULL
        AND coalesce(registry_status, 'normal') = 'normal'
        AND regexp_full_match(division_code, '[0-9]{12}')
        AND right(division_code, 3) <> '000'
    GROUP BY division_code
),

placed AS (
    SELECT
        division_code,
        people,
        coalesce(sum(people) OVER (
            PARTITION BY township
            ORDER BY people, division_code
            ROWS BETWEEN UNBOUNDED PRECEDING AND 1 PRECEDING
        ), 0) AS in_smaller
    FROM village
)

SELECT division_code
FROM placed
WHERE people >= 20 AND (in_smaller = 0 OR in_smaller >= 20)
