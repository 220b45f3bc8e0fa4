/*
description: >
  How many, where: households by division (village to city), programme, axis and colour. A household counts once in
  every division above it. Money is what its cases are paid a month. Without a reference of divisions codes stand for
  names, and named says so.
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
        right('000000000000', 12 - digits) AS filling
    FROM (
        VALUES ('village', 12), ('township', 9), ('county', 6), ('city', 4), ('unknown', 12)
    ) AS known (level, digits)
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

counted AS (
    SELECT
        left(flagged.division_code, division_level.digits) || division_level.filling AS division_code,
        division_level.level,
        coalesce(household.program, 'none') AS program,
        flagged.flag,
        flagged.colour,
        count(*) AS households,
        coalesce(sum(people.people), 0) AS people,
        coalesce(sum(fired.findings), 0) AS findings,
        coalesce(sum(paid.money), 0) AS money
    FROM flagged
    INNER JOIN core.household AS household ON flagged.household_id = household.household_id
    INNER JOIN division_level
        ON (division_level.level = 'unknown') = (flagged.division_code = '000000000000')
    LEFT JOIN people ON flagged.household_id = people.household_id
    LEFT JOIN fired ON flagged.household_id = fired.household_id AND flagged.flag = fired.flag
    LEFT JOIN paid ON household.case_no = paid.case_no AND household.program = paid.program
    GROUP BY ALL
)

SELECT
    counted.division_code,
    coalesce(division.name_zh, counted.division_code) AS name_zh,
    counted.level,
    division.division_code IS NOT NULL AS named,
    counted.program,
    counted.flag,
    counted.colour,
    CAST(counted.households AS BIGINT) AS households,
    CAST(counted.people AS BIGINT) AS people,
    CAST(counted.findings AS BIGINT) AS findings,
    CAST(counted.money AS DECIMAL(18, 2)) AS money
FROM counted
LEFT JOIN core.division AS division ON counted.division_code = division.division_code
