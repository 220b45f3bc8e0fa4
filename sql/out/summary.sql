/*
description: >
  How many, where: households by division (village to city), programme, axis and colour, nought where none is. A
  household counts once in every division above it, from the finest its code names. Money is what its cases are paid a
  month. Without a reference of divisions codes stand for names, and named says so.
grain: [division_code, program, flag, colour]
columns:
  level: village, township, county or city, by the code's digits; unknown once where there is no code
  named: the landing area's reference names the division
  program: the household's programme; none for registry households
  flag: risk, omission or care
  colour: red, yellow or green
  people: members of those households
  findings: open findings of the axis
  money: yuan a month paid on the households' cases
*/
WITH
division_level AS (
    SELECT
        level,
        digits,
        right('000', own) AS nothing,
        right('000000000000', 12 - digits) AS filling
    FROM (
        VALUES ('village', 12, 3), ('township', 9, 3), ('county', 6, 2), ('city', 4, 2), ('unknown', 12, 3)
    ) AS known (level, digits, own)
),

people AS (
    SELECT
        household_id,
        count(*) AS people
    FROM core.household_member
    GROUP BY household_id
),

paid AS (
    SELECT
        case_no,
        program,
        sum(monthly_amount) AS money
    FROM fact.roll
    WHERE paid
    GROUP BY case_no, program
),

fired AS (
    SELECT
        household_id,
        CASE kind WHEN 'omission' THEN 'omission' WHEN 'care' THEN 'care' ELSE 'risk' END AS flag,
        count(*) AS findings
    FROM out.finding
    WHERE status NOT IN ('cleared', 'refuted') AND held_why IS NULL
    GROUP BY ALL
),

flagged AS (
    SELECT
        flag.household_id,
        flag.case_no,
        CASE WHEN regexp_full_match(flag.division_code, '[0-9]{12}') THEN flag.division_code ELSE '000000000000' END
            AS division_code,
        axis.flag,
        CASE axis.flag
            WHEN 'risk' THEN flag.risk_flag
            WHEN 'omission' THEN flag.omission_flag
            ELSE flag.care_flag
        END AS colour
    FROM out.household_flag AS flag
    CROSS JOIN (VALUES ('risk'), ('omission'), ('care')) AS axis (flag)
),

-- By the code as it stands; the places above are sums of these, not of households.
coded AS (
    SELECT
        flagged.division_code,
        coalesce(household.program, 'none') AS program,
        flagged.flag,
        flagged.colour,
        count(*) AS households,
        coalesce(sum(people.people), 0) AS people,
        coalesce(sum(fired.findings), 0) AS findings,
        coalesce(sum(paid.money), 0) AS money
    FROM flagged
    INNER JOIN core.household AS household ON flagged.household_id = household.household_id
    LEFT JOIN people ON flagged.household_id = people.household_id
    LEFT JOIN fired ON flagged.household_id = fired.household_id AND flagged.flag = fired.flag
    LEFT JOIN paid ON household.case_no = paid.case_no AND household.program = paid.program
    GROUP BY ALL
),

counted AS (
    SELECT
        left(coded.division_code, division_level.digits) || division_level.filling AS division_code,
        division_level.level,
        coded.program,
        coded.flag,
        coded.colour,
        sum(coded.households) AS households,
        sum(coded.people) AS people,
        sum(coded.findings) AS findings,
        sum(coded.money) AS money
    FROM coded
    INNER JOIN division_level
        ON
            (division_level.level = 'unknown') = (coded.division_code = '000000000000')
            AND (
                division_level.level IN ('city', 'unknown')
                OR right(left(coded.division_code, division_level.digits), length(division_level.nothing))
                <> division_level.nothing
            )
    GROUP BY ALL
),

-- Every colour of every axis: a colour that is not there must not look like one that is hidden (sql/masks.py).
place AS (
    SELECT DISTINCT
        counted.division_code,
        counted.level,
        counted.program,
        axis.flag,
        shade.colour
    FROM counted
    CROSS JOIN (VALUES ('risk'), ('omission'), ('care')) AS axis (flag)
    CROSS JOIN (VALUES ('red'), ('yellow'), ('green')) AS shade (colour)
)

SELECT
    place.division_code,
    coalesce(division.name_zh, place.division_code) AS name_zh,
    place.level,
    division.division_code IS NOT NULL AS named,
    place.program,
    place.flag,
    place.colour,
    CAST(coalesce(counted.households, 0) AS BIGINT) AS households,
    CAST(coalesce(counted.people, 0) AS BIGINT) AS people,
    CAST(coalesce(counted.findings, 0) AS BIGINT) AS findings,
    CAST(coalesce(counted.money, 0) AS DECIMAL(18, 2)) AS money
FROM place
LEFT JOIN counted
    ON
        place.division_code = counted.division_code
        AND place.program = counted.program
        AND place.flag = counted.flag
        AND place.colour = counted.colour
LEFT JOIN core.division AS division ON place.division_code = division.division_code
