/*
description: >
  The frame of the draw: every household, green ones too, with what makes its visit certain and its places in the two
  draws by chance. Both orders are HMACs of the night and the household, so that nobody can foresee or bend them, and
  are independent of each other, so that the probability of being in either is a product. Nothing of a person
  (ethnicity, religion, origin, sex, age) is read.
grain: [household_id]
columns:
  township: first 9 digits of the division code; 未知 where the code is unknown
  relative_of_official: a P02 finding stands; the visit is a duty (民发〔2021〕57号 art. 11, 20)
  red: the risk or the omission flag is red
  applying: the household has a tekun case with status applying (民发〔2021〕43号 art. 16)
  applying_place: place among the applying households, by chance
  applying_households: applying households of the whole place
  applying_drawn: how many of them are drawn
  chance_place: place among all households of the township, by chance
  township_households: households of the township
  township_drawn: how many of them are drawn by chance
*/
WITH
relative AS (
    SELECT DISTINCT household_id
    FROM out.finding
    WHERE rule_id = 'P02' AND status NOT IN ('cleared', 'refuted') AND held_why IS NULL
),

applying AS (
    SELECT DISTINCT household.household_id
    FROM core.household AS household
    INNER JOIN core.case_member AS member
        ON household.case_no = member.case_no AND household.program = member.program
    WHERE household.program = 'tekun' AND member.status = 'applying' AND member.role IN ('applicant', 'member')
),

flagged AS (
    SELECT household_id
    FROM out.household_flag
    WHERE risk_flag = 'red' OR omission_flag = 'red'
),

frame AS (
    SELECT
        household.household_id,
        household.case_no,
        household.division_code,
        CASE
            WHEN regexp_full_match(household.division_code, '[0-9]{12}') THEN left(household.division_code, 9)
            ELSE '未知'
        END AS township,
        relative.household_id IS NOT NULL AS relative_of_official,
        flagged.household_id IS NOT NULL AS red,
        applying.household_id IS NOT NULL AS applying,
        keyed_id('D', CAST(night.night AS VARCHAR) || '|' || household.household_id) AS chance_order,
        CASE
            WHEN applying.household_id IS NOT NULL
                THEN keyed_id('D', CAST(night.night AS VARCHAR) || '|' || household.household_id || '|applying')
        END AS applying_order,
        night.night,
        night.spot_check_rate,
        night.random_visit_rate,
        night.random_visit_minimum
    FROM core.household AS household
    CROSS JOIN policy.night AS night
    LEFT JOIN relative ON household.household_id = relative.household_id
    LEFT JOIN flagged ON household.household_id = flagged.household_id
    LEFT JOIN applying ON household.household_id = applying.household_id
),

placed AS (
    SELECT
        household_id,
        case_no,
        division_code,
        township,
        night,
        relative_of_official,
        red,
        applying,
        spot_check_rate,
        random_visit_rate,
        random_visit_minimum,
        count(*) OVER (PARTITION BY township) AS township_households,
        row_number() OVER (PARTITION BY township ORDER BY chance_order, household_id) AS chance_place,
        count(*) OVER (PARTITION BY applying) AS like_applying,
        row_number() OVER (PARTITION BY applying ORDER BY applying_order, household_id) AS like_applying_place
    FROM frame
)

SELECT
    household_id,
    case_no,
    division_code,
    township,
    night,
    relative_of_official,
    red,
    applying,
    CASE WHEN applying THEN like_applying_place END AS applying_place,
    CASE WHEN applying THEN like_applying END AS applying_households,
    CASE WHEN applying THEN CAST(ceil(like_applying * spot_check_rate) AS BIGINT) END AS applying_drawn,
    chance_place,
    township_households,
    least(
        township_households,
        greatest(random_visit_minimum, CAST(ceil(township_households * random_visit_rate) AS BIGINT))
    ) AS township_drawn
FROM placed
