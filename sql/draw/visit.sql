/*
description: >
  The households drawn, once each, with the design of the sample. Three draws: certain (a relative of an official; a
  red flag), tekun applications by chance over the whole place, and every township's households by chance, whatever
  their flags. A household on the list for several reasons keeps the strongest word and the probability of the union.
grain: [household_id]
columns:
  why: mandatory over targeted over random
  by_chance: in the township's random sample, whatever else put it on the list
  chance_probability: probability of the township's random sample, drawn by chance or not
  inclusion_probability: probability of being on the list for any reason, as the design gives it
*/
WITH
design AS (
    SELECT
        household_id,
        case_no,
        division_code,
        township,
        night,
        relative_of_official,
        red,
        applying,
        township_households,
        township_drawn,
        relative_of_official OR red AS certain,
        coalesce(applying_place <= applying_drawn, FALSE) AS drawn_as_applying,
        chance_place <= township_drawn AS by_chance,
        township_drawn / township_households AS chance_probability,
        coalesce(applying_drawn / applying_households, 0) AS applying_probability
    FROM draw.household
)

SELECT
    household_id,
    case_no,
    division_code,
    township,
    night,
    CASE
        WHEN relative_of_official OR drawn_as_applying THEN 'mandatory'
        WHEN red THEN 'targeted'
        ELSE 'random'
    END AS why,
    CASE
        WHEN certain THEN township || ':certain'
        WHEN applying THEN township || ':applying'
        ELSE township || ':other'
    END AS stratum,
    CASE
        WHEN certain THEN 1
        -- The two orders are independent: the probability of either is the sum less the product.
        ELSE chance_probability + applying_probability - chance_probability * applying_probability
    END AS inclusion_probability,
    by_chance,
    chance_probability,
    township_households,
    township_drawn
FROM design
WHERE certain OR drawn_as_applying OR by_chance
