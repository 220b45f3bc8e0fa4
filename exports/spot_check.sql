/* What the township workbooks print of a drawn household: whom to ask for, where, and the second page's questions.
   Who does not live there (not counted) is not asked for while somebody does. Neither the reason of the visit
   nor a colour, stratum or finding is read: what is not read cannot be printed. */
WITH
someone AS (
    SELECT
        member.household_id,
        person.name,
        person.id_number,
        person.address,
        person.phone,
        row_number() OVER (
            PARTITION BY member.household_id
            ORDER BY
                person.died_on IS NOT NULL,
                member.counted DESC,
                CASE member.role WHEN 'applicant' THEN 1 WHEN 'head' THEN 2 ELSE 3 END,
                person.birth_date NULLS LAST,
                person.person_id
        ) AS place
    FROM core.household_member AS member
    INNER JOIN core.person AS person ON member.person_id = person.person_id
),

contact AS (
    SELECT
        household_id,
        name,
        id_number
    FROM someone
    WHERE place = 1
),

addressed AS (
    SELECT
        household_id,
        address
    FROM someone
    WHERE address IS NOT NULL
    QUALIFY row_number() OVER (PARTITION BY household_id ORDER BY place) = 1
),

reachable AS (
    SELECT
        household_id,
        phone
    FROM someone
    WHERE phone IS NOT NULL
    QUALIFY row_number() OVER (PARTITION BY household_id ORDER BY place) = 1
)

SELECT
    drawn.list_id,
    drawn.visit_code,
    drawn.township,
    coalesce(town.name_zh, drawn.township) AS township_name,
    coalesce(drawn.division_code, '未知') AS village,
    coalesce(place.name_zh, drawn.division_code, '未知') AS village_name,
    drawn.drawn_on,
    drawn.due_on,
    drawn.questions,
    contact.name,
    contact.id_number,
    addressed.address,
    reachable.phone
FROM out.spot_check AS drawn
LEFT JOIN core.division AS place ON drawn.division_code = place.division_code
LEFT JOIN core.division AS town ON drawn.township || '000' = town.division_code
LEFT JOIN contact ON drawn.household_id = contact.household_id
LEFT JOIN addressed ON drawn.household_id = addressed.household_id
LEFT JOIN reachable ON drawn.household_id = reachable.household_id
ORDER BY drawn.township, village, addressed.address NULLS LAST, drawn.visit_code
