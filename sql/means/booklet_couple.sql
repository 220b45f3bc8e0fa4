/*
description: >
  Head and spouse (01, 10) of one booklet, unless a divorce of either stands in marriages after their newest marriage
  to each other (or without one), or either's marital status is divorced or widowed (rules.md 4). Alive or not.
grain: [head_id, spouse_id]
*/
WITH
booklet_pair AS (
    SELECT
        head.person_id AS head_id,
        spouse.person_id AS spouse_id
    FROM link.person AS head
    INNER JOIN link.person AS spouse ON head.household_no = spouse.household_no
    WHERE
        head.relation = '01'
        AND spouse.relation = '10'
        AND coalesce(head.marital_status, '') NOT IN ('divorced', 'widowed')
        AND coalesce(spouse.marital_status, '') NOT IN ('divorced', 'widowed')
),

last_divorce AS (
    SELECT
        person_id,
        max(event_date) AS divorced_on
    FROM means.marriage_seat
    WHERE event = 'divorce'
    GROUP BY person_id
),

last_marriage AS (
    SELECT
        person_id,
        partner_id,
        max(event_date) AS married_on
    FROM means.marriage_seat
    WHERE event = 'marriage' AND partner_id IS NOT NULL
    GROUP BY person_id, partner_id
)

SELECT
    booklet_pair.head_id,
    booklet_pair.spouse_id,
    last_marriage.married_on
FROM booklet_pair
LEFT JOIN last_divorce AS of_head ON booklet_pair.head_id = of_head.person_id
LEFT JOIN last_divorce AS of_spouse ON booklet_pair.spouse_id = of_spouse.person_id
LEFT JOIN last_marriage
    ON booklet_pair.head_id = last_marriage.person_id
    AND booklet_pair.spouse_id = last_marriage.partner_id
WHERE
    -- greatest() passes over nulls: no divorce at all, or a marriage to each other no earlier than the last.
    greatest(of_head.divorced_on, of_spouse.divorced_on) IS NULL
    OR last_marriage.married_on >= greatest(of_head.divorced_on, of_spouse.divorced_on)
