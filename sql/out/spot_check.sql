/*
description: >
  The households drawn for a visit this night. For estimates over all households (error rates of the roll, both
  ways): sum(weight x y) over the rows of the list is unbiased for the total of y, because every household, green ones
  too, has a known inclusion probability above 0 and weight is its inverse. Rows of stratum ":certain" stand for
  themselves alone (P02 or a red flag: visited whatever chance says). Where not every certain visit has been made,
  use the township samples alone: rows with by_chance, weighted by 1 / chance_probability; they were drawn from all
  households of the township without looking at flags, and are stratified simple random samples of fixed size
  (township_drawn of township_households), so the textbook variance and interval hold for them. Never use "why" to
  pick the rows of an estimate: a household drawn by chance that is also red says targeted.
grain: [household_id]
columns:
  list_id: one list a township and night
  team: county (relatives of officials and applications on the register are the county department's own visits) or township
  stratum: "township:certain, township:applying (tekun application, part of two draws) or township:other"
  inclusion_probability: probability of being on this list for any reason, 0 to 1
  weight: how many households the row stands for, 1 / inclusion_probability
  why: mandatory (P02, or drawn among tekun applications), targeted (red risk or omission flag) or random
  finding_ids: all findings of the household that are open and not held, sorted
  drawn_on: the night
  due_on: day the answer is due, visit_days after the draw
  questions: the neutral questions of the second page, in their order; at least three for every household
  visit_code: printed on the form and unique in the list; brings an answer back to this row
  township: first 9 digits of the division code; 未知 where the code is unknown
  by_chance: in the township's random sample, whatever else put it on the list
  chance_probability: probability of the township's random sample
  township_households: households of the township
  township_drawn: size of the township's random sample
*/
WITH
standing AS (
    SELECT
        household_id,
        list_sort(list(finding_id)) AS finding_ids
    FROM out.finding
    WHERE status NOT IN ('cleared', 'refuted') AND held_why IS NULL
    GROUP BY household_id
),

page AS (
    SELECT
        household_id,
        list_sort(list({'position': position, 'question': question})) AS asked
    FROM draw.asked
    GROUP BY household_id
),

coded AS (
    SELECT
        household_id,
        case_no,
        division_code,
        township,
        night,
        why,
        stratum,
        inclusion_probability,
        by_chance,
        chance_probability,
        township_households,
        township_drawn,
        upper(keyed_id('V', CAST(night AS VARCHAR) || '|' || household_id)) AS code
    FROM draw.visit
)

SELECT
    keyed_id('L', CAST(coded.night AS VARCHAR) || '|' || coded.township) AS list_id,
    coded.household_id,
    coded.case_no,
    coded.division_code,
    CASE WHEN coded.why = 'mandatory' THEN 'county' ELSE 'township' END AS team,
    coded.stratum,
    coded.inclusion_probability,
    1 / coded.inclusion_probability AS weight,
    coded.why,
    coalesce(standing.finding_ids, CAST([] AS VARCHAR [])) AS finding_ids,
    coded.night AS drawn_on,
    coded.night + night.visit_days AS due_on,
    [entry.question FOR entry IN page.asked] AS questions,
    substr(coded.code, 1, 5) || '-' || substr(coded.code, 6, 4) || '-' || substr(coded.code, 10, 4) AS visit_code,
    coded.township,
    coded.by_chance,
    coded.chance_probability,
    coded.township_households,
    coded.township_drawn
FROM coded
CROSS JOIN policy.night AS night
INNER JOIN page ON coded.household_id = page.household_id
LEFT JOIN standing ON coded.household_id = standing.household_id
