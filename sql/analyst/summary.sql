/*
description: >
  Places, programmes and axes of `out.summary` whose counts an analyst may see. Hidden is one with a count of 1 to 4 in
  any colour, and with it the next smallest beside it, until what is hidden among them is in every colour nothing or at
  least 5: so the place above less those shown never tells a small count. What lies in a hidden place is hidden too.
grain: [division_code, program, flag]
*/
WITH
cell AS (
    SELECT
        CASE level
            WHEN 'village' THEN left(division_code, 9) || '000'
            WHEN 'township' THEN left(division_code, 6) || '000000'
            WHEN 'county' THEN left(division_code, 4) || '00000000'
        END AS parent_code,
        division_code,
        level <> 'village' OR division_code IN (SELECT division_code FROM analyst.village) AS listed,
        program,
        flag,
        colour,
        unnest(['households', 'people', 'findings']) AS counted,
        unnest([households, people, findings]) AS n
    FROM out.summary
),

-- What a place has beyond the places in it that are listed: small villages, codes that name no village.
remainder AS (
    SELECT
        whole.division_code AS parent_code,
        '' AS division_code,
        whole.program,
        whole.flag,
        whole.colour,
        whole.counted,
        whole.n - sum(inside.n) AS n
    FROM cell AS whole
    INNER JOIN cell AS inside
        ON
            whole.division_code = inside.parent_code
            AND whole.program = inside.program
            AND whole.flag = inside.flag
            AND whole.colour = inside.colour
            AND whole.counted = inside.counted
    WHERE inside.listed
    GROUP BY whole.division_code, whole.program, whole.flag, whole.colour, whole.counted, whole.n
),

part AS (
    SELECT parent_code, division_code, program, flag, colour, counted, n FROM cell
    WHERE listed
    UNION ALL
    SELECT parent_code, division_code, program, flag, colour, counted, n FROM remainder
),

unit AS (
    SELECT
        parent_code,
        division_code,
        program,
        flag,
        greatest(least(sum(n) FILTER (WHERE counted = 'households'), sum(n) FILTER (WHERE counted = 'people')), 1)
            AS size,
        count(*) FILTER (WHERE n BETWEEN 1 AND 4) > 0 AS small
    FROM part
    GROUP BY parent_code, division_code, program, flag
    HAVING sum(n) > 0
),

-- The colours of any axis add up to one total: who is small in total is hidden on every axis, with the same neighbour.
sized AS (
    SELECT
        parent_code,
        division_code,
        program,
        flag,
        size,
        small,
        size < 5 OR coalesce(sum(size) OVER before BETWEEN 1 AND 4, false) AS small_in_all
    FROM unit
    WINDOW before AS (
        PARTITION BY parent_code, program, flag
        ORDER BY division_code <> '', size, division_code
        ROWS BETWEEN UNBOUNDED PRECEDING AND 1 PRECEDING
    )
),

ranked AS (
    SELECT
        parent_code,
        division_code,
        program,
        flag,
        small OR small_in_all AS small,
        small OR small_in_all OR division_code = '' AS must,
        row_number() OVER (
            PARTITION BY parent_code, program, flag
            ORDER BY division_code <> '', NOT small_in_all, NOT small, size, division_code
        ) AS position
    FROM sized
),

running AS (
    SELECT
        ranked.parent_code,
        ranked.program,
        ranked.flag,
        ranked.position,
        sum(part.n) OVER (
            PARTITION BY ranked.parent_code, ranked.program, ranked.flag, part.colour, part.counted
            ORDER BY ranked.position
        ) AS n
    FROM ranked
    INNER JOIN part
        ON
            ranked.parent_code = part.parent_code
            AND ranked.division_code = part.division_code
            AND ranked.program = part.program
            AND ranked.flag = part.flag
),

enough AS (
    SELECT parent_code, program, flag, position
    FROM running
    GROUP BY parent_code, program, flag, position
    HAVING count(*) FILTER (WHERE n BETWEEN 1 AND 4) = 0
),

forced AS (
    SELECT parent_code, program, flag, count(*) AS positions
    FROM ranked
    WHERE must
    GROUP BY parent_code, program, flag
),

until AS (
    SELECT
        forced.parent_code,
        forced.program,
        forced.flag,
        min(enough.position) AS position
    FROM forced
    LEFT JOIN enough
        ON
            forced.parent_code = enough.parent_code
            AND forced.program = enough.program
            AND forced.flag = enough.flag
            AND enough.position >= forced.positions
    GROUP BY forced.parent_code, forced.program, forced.flag
),

hidden AS (
    SELECT ranked.division_code, ranked.program, ranked.flag
    FROM ranked
    LEFT JOIN until
        ON ranked.parent_code = until.parent_code AND ranked.program = until.program AND ranked.flag = until.flag
    WHERE
        CASE
            WHEN ranked.parent_code IS NULL THEN ranked.small
            WHEN until.parent_code IS NOT NULL THEN ranked.position <= coalesce(until.position, ranked.position)
            ELSE false
        END
),

place AS (
    SELECT DISTINCT division_code, program, flag FROM part
    WHERE division_code <> ''
),

-- Each place with itself and the places it lies in.
around AS (
    SELECT
        division_code,
        program,
        flag,
        unnest([
            division_code,
            left(division_code, 9) || '000',
            left(division_code, 6) || '000000',
            left(division_code, 4) || '00000000'
        ]) AS whole_code
    FROM place
),

inside AS (
    SELECT DISTINCT around.division_code, around.program, around.flag
    FROM around
    INNER JOIN hidden
        ON around.whole_code = hidden.division_code AND around.program = hidden.program AND around.flag = hidden.flag
)

SELECT
    place.division_code,
    place.program,
    place.flag
FROM place
LEFT JOIN inside
    ON place.division_code = inside.division_code AND place.program = inside.program AND place.flag = inside.flag
WHERE inside.division_code IS NULL
