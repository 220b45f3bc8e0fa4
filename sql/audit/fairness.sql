/*
description: >
  Whether findings and colours fall on some groups more than on others: rates by ethnicity, sex, age and hukou with 95 %
  intervals (Wilson). No rule, score or sampling weight reads ethnicity; this report alone may. A household counts under
  its applicant or head. Exclusion, data and the risk flag are counted among people and households on open cases, omission
  and care among all. A difference is a question, not a verdict: docs/fairness.md says how to read it.
grain: [subgroup_kind, subgroup, unit, measure, colour]
columns:
  subgroup_kind: ethnicity, sex, age or hukou_type
  subgroup: the group; minority_other for groups of fewer than 100 people, unknown where nothing is known
  unit: person, for rules that name one; household, for every rule and flag
  measure: a rule, or the flag risk, omission or care
  colour: any, or red alone (flags)
  among: covered (on an open case, or in a case household) or everybody
  n: people or households of the group
  hits: of them those with an open finding of the rule, or of the colour
  rate: hits of n
  rate_low: lower end of its 95 % interval
  rate_high: upper end
  whole_rate: the rate over all groups
  ratio: rate by whole_rate; null where nobody is hit
  rest_low: lower end of the interval of everybody else; null where there is only one group
  rest_high: upper end of it
  apart: the two intervals do not meet
  is_small: fewer than 100; the interval is wide, say nothing of such a group alone
*/
WITH
subject AS (
    SELECT unit, id, is_covered, unnest(subgroups) AS subgroup
    FROM fairness.subject
),

fired AS (
    SELECT DISTINCT
        rule_id,
        kind,
        household_id,
        person_id
    FROM out.finding
    WHERE status NOT IN ('cleared', 'refuted') AND held_why IS NULL
),

hit AS (
    SELECT DISTINCT 'person' AS unit, person_id AS id, rule_id AS measure, 'any' AS colour FROM fired WHERE person_id IS NOT NULL
    UNION ALL
    SELECT DISTINCT 'household', household_id, rule_id, 'any' FROM fired
    UNION ALL
    SELECT 'household', household_id, axis.flag, axis.colour
    FROM out.household_flag AS flagged
    CROSS JOIN (
        VALUES ('risk', 'any'), ('risk', 'red'), ('omission', 'any'), ('omission', 'red'), ('care', 'any'), ('care', 'red')
    ) AS axis (flag, colour)
    WHERE
        CASE axis.flag
            WHEN 'risk' THEN flagged.risk_flag
            WHEN 'omission' THEN flagged.omission_flag
            ELSE flagged.care_flag
        END IN ('red', CASE axis.colour WHEN 'any' THEN 'yellow' END)
),

measured AS (
    SELECT DISTINCT
        hit.unit,
        hit.measure,
        hit.colour,
        coalesce(rule.kind IN ('exclusion', 'data'), hit.measure = 'risk') AS of_covered
    FROM hit
    LEFT JOIN (SELECT DISTINCT rule_id, kind FROM fired) AS rule ON hit.measure = rule.rule_id
),

sized AS (
    SELECT
        unit,
        subgroup.kind AS subgroup_kind,
        subgroup."is" AS subgroup,
        count(*) AS n,
        count(*) FILTER (is_covered) AS n_covered
    FROM subject
    GROUP BY ALL
),

struck AS (
    SELECT
        measured.unit,
        measured.measure,
        measured.colour,
        subject.subgroup.kind AS subgroup_kind,
        subject.subgroup."is" AS subgroup,
        count(*) AS hits
    FROM measured
    INNER JOIN hit
        ON measured.unit = hit.unit AND measured.measure = hit.measure AND measured.colour = hit.colour
    INNER JOIN subject
        ON hit.unit = subject.unit AND hit.id = subject.id AND (subject.is_covered OR NOT measured.of_covered)
    GROUP BY ALL
),

counted AS (
    SELECT
        sized.subgroup_kind,
        sized.subgroup,
        measured.unit,
        measured.measure,
        measured.colour,
        CASE WHEN measured.of_covered THEN 'covered' ELSE 'everybody' END AS among,
        CASE WHEN measured.of_covered THEN sized.n_covered ELSE sized.n END AS n,
        coalesce(struck.hits, 0) AS hits
    FROM measured
    INNER JOIN sized ON measured.unit = sized.unit
    LEFT JOIN struck
        ON
            measured.unit = struck.unit
            AND measured.measure = struck.measure
            AND measured.colour = struck.colour
            AND sized.subgroup_kind = struck.subgroup_kind
            AND sized.subgroup = struck.subgroup
    WHERE CASE WHEN measured.of_covered THEN sized.n_covered ELSE sized.n END > 0
),

figured AS (
    SELECT
        *,
        hits / n AS share,
        sum(hits) OVER whole / sum(n) OVER whole AS whole_share,
        sum(n) OVER whole - n AS rest,
        (sum(hits) OVER whole - hits) / nullif(sum(n) OVER whole - n, 0) AS rest_share
    FROM counted
    WINDOW whole AS (PARTITION BY subgroup_kind, unit, measure, colour)
),

-- Wilson: (p + z²/2n ± z √(p (1 - p) / n + z²/4n²)) / (1 + z²/n), z = 1.96
bounded AS (
    SELECT
        *,
        (share + 1.9208 / n) / (1 + 3.8416 / n) AS middle,
        1.96 * sqrt(share * (1 - share) / n + 0.9604 / (n * n)) / (1 + 3.8416 / n) AS half,
        (rest_share + 1.9208 / rest) / (1 + 3.8416 / rest) AS rest_middle,
        1.96 * sqrt(rest_share * (1 - rest_share) / rest + 0.9604 / (rest * rest)) / (1 + 3.8416 / rest) AS rest_half
    FROM figured
)

SELECT
    subgroup_kind,
    subgroup,
    unit,
    measure,
    colour,
    among,
    n,
    hits,
    round(share, 6) AS rate,
    round(if(middle - half < 0, 0, middle - half), 6) AS rate_low,
    round(if(middle + half > 1, 1, middle + half), 6) AS rate_high,
    round(whole_share, 6) AS whole_rate,
    round(share / nullif(whole_share, 0), 6) AS ratio,
    round(if(rest_middle - rest_half < 0, 0, rest_middle - rest_half), 6) AS rest_low,
    round(if(rest_middle + rest_half > 1, 1, rest_middle + rest_half), 6) AS rest_high,
    coalesce(middle - half > rest_middle + rest_half OR middle + half < rest_middle - rest_half, FALSE) AS apart,
    n < 100 AS is_small
FROM bounded
