/*
description: >
  How right tonight's links are thought to be, by source and group of people, for a matcher that errs more on one group
  harms that group. Rows with method and decision say how many; rows with method and decision all carry the estimates: the
  model's own (expected_...), and those from clerks' labels (labelled_...), each with a 95 % interval. docs/matching.md says
  where each is blind.
grain: [source, subgroup_kind, subgroup, method, decision]
columns:
  source: the department's contract; all for every source together
  subgroup_kind: what the people are grouped by; all where they are not
  subgroup: the group; unknown where there is no candidate or nothing is known of him
  method: the method; all where rows are counted together
  decision: the decision; all where rows are counted together
  n: rows
  without_candidate: rows to whom nobody came near
  expected_precision: mean probability of the rows that the model linked, 0 to 1; null where none is
  expected_precision_low: lower end of its 95 % interval, were the model right
  expected_precision_high: upper end
  expected_recall: of the delivered rows that are expected to speak of somebody known, the share linked rightly; rows without any
    candidate and rows dropped for want of authorization count, in a group as often as among all rows of the source
  expected_recall_low: lower end of its 95 % interval, were the model right
  expected_recall_high: upper end
  labels: clerks' labels that count, of every night
  labelled_precision: share of the linked pairs that clerks found to be one person, weighted by their chance of being drawn
  labelled_precision_low: lower end of its 95 % interval (Wilson, effective sample size)
  labelled_precision_high: upper end
  labelled_recall: of the pairs that clerks found to be one person, the weighted share that the model had linked
  labelled_recall_low: lower end of its 95 % interval (Wilson, effective sample size)
  labelled_recall_high: upper end
*/
WITH
described AS (
    SELECT
        judged.*,
        coalesce(person.hukou_type, 'unknown') AS hukou_type,
        CASE
            WHEN person.ethnicity IS NULL THEN 'unknown'
            WHEN person.ethnicity IN ('汉', '汉族', '01') THEN 'han'
            WHEN person.name LIKE '%·%' THEN 'minority_dotted_name'
            ELSE 'minority_other_name'
        END AS ethnicity_group,
        age_group(person.birth_date, tonight.night) AS age_band,
        CASE
            WHEN person.name IS NULL THEN 'unknown'
            WHEN person.name LIKE '%·%' THEN 'dotted'
            WHEN length(person.name) >= 4 THEN '4+'
            ELSE CAST(length(person.name) AS VARCHAR)
        END AS name_length,
        -- Third part of a statistical division code: 001 to 199 residents' committees, 200 to 399 villagers'.
        CASE
            WHEN substr(person.division_code, 10, 3) BETWEEN '001' AND '199' THEN 'residents_committee'
            WHEN substr(person.division_code, 10, 3) BETWEEN '200' AND '399' THEN 'villagers_committee'
            ELSE 'unknown'
        END AS place
    FROM link.judged AS judged
    CROSS JOIN policy.night AS tonight
    LEFT JOIN core.person AS person ON judged.person_id = person.person_id
),

grouped AS (
    SELECT
        *,
        unnest([
            {'kind': 'all', 'is': 'all'},
            {'kind': 'hukou_type', 'is': hukou_type},
            {'kind': 'ethnicity', 'is': ethnicity_group},
            {'kind': 'age', 'is': age_band},
            {'kind': 'name_length', 'is': name_length},
            {'kind': 'place', 'is': place},
            {'kind': 'number', 'is': number_group}
        ]) AS subgroup
    FROM (
        SELECT
            source, method, decision, hukou_type, ethnicity_group, age_band, name_length, place, number_group,
            sum(n) AS n,
            sum(linked) AS linked,
            sum(without_candidate) AS without_candidate,
            sum(right_links) AS right_links,
            sum(right_variance) AS right_variance,
            sum(missed) AS missed,
            sum(missed_variance) AS missed_variance,
            sum(labels) AS labels,
            sum(label_linked) AS label_linked,
            sum(label_linked_square) AS label_linked_square,
            sum(label_right) AS label_right,
            sum(label_same) AS label_same,
            sum(label_same_square) AS label_same_square
        FROM described
        GROUP BY ALL
    )
),

counted AS (
    SELECT
        coalesce(source, 'all') AS source,
        subgroup.kind AS subgroup_kind,
        subgroup."is" AS subgroup,
        coalesce(method, 'all') AS method,
        coalesce(decision, 'all') AS decision,
        CAST(sum(n) AS BIGINT) AS n,
        CAST(sum(without_candidate) AS BIGINT) AS without_candidate,
        CAST(sum(linked) AS DOUBLE) AS linked,
        CAST(sum(right_links) AS DOUBLE) AS hits,
        CAST(sum(right_variance) AS DOUBLE) AS hits_variance,
        CAST(sum(missed) AS DOUBLE) AS missed,
        CAST(sum(missed_variance) AS DOUBLE) AS missed_variance,
        CAST(sum(labels) AS BIGINT) AS labels,
        sum(label_right) / nullif(sum(label_linked), 0) AS right_share,
        sum(label_linked) * sum(label_linked) / nullif(sum(label_linked_square), 0) AS right_size,
        sum(label_right) / nullif(sum(label_same), 0) AS found_share,
        sum(label_same) * sum(label_same) / nullif(sum(label_same_square), 0) AS found_size
    FROM grouped
    GROUP BY GROUPING SETS (
        (source, subgroup.kind, subgroup."is", method, decision), (source, subgroup.kind, subgroup."is"), (subgroup.kind, subgroup."is")
    )
),

reached AS (
    SELECT
        coalesce(source, 'all') AS source,
        CAST(sum(true_rows) AS DOUBLE) AS true_rows,
        CAST(sum(right_rows) AS DOUBLE) AS right_rows,
        CAST(sum(unseen) AS DOUBLE) AS unseen,
        CAST(sum(variance) AS DOUBLE) AS reach_variance
    FROM link.recall
    WHERE source <> 'household_registry'
    GROUP BY GROUPING SETS ((source), ())
),

-- A group's share of the rows that nobody came near is that of the source's: nobody knows whose they are.
sought AS (
    SELECT
        counted.*,
        CASE WHEN subgroup_kind = 'all' THEN right_rows ELSE hits END AS found_rows,
        CASE
            WHEN subgroup_kind = 'all' THEN true_rows - right_rows
            ELSE missed + coalesce(hits * unseen / nullif(right_rows, 0), 0)
        END AS missed_rows,
        CASE
            WHEN subgroup_kind = 'all' THEN reach_variance
            ELSE hits_variance + missed_variance + coalesce(reach_variance * hits / nullif(right_rows, 0), 0)
        END AS missed_rows_variance
    FROM counted
    LEFT JOIN reached ON counted.source = reached.source
),

figured AS (
    SELECT
        *,
        hits / nullif(linked, 0) AS right_now,
        1.96 * sqrt(hits_variance) / nullif(linked, 0) AS right_apart,
        found_rows / nullif(found_rows + missed_rows, 0) AS found,
        -- Strangers are counted like rare events, and rows come whole: Wilson's interval of a count, μ + z²/2 ± z √(μ + z²/4),
        -- and half a row more.
        (found_rows + 1.9208) / nullif(found_rows + missed_rows, 0) AS reached_middle,
        (1.96 * sqrt(missed_rows_variance + 0.9604) + 0.5) / nullif(found_rows + missed_rows, 0) AS reached_half,
        -- Wilson: (p + z²/2n ± z √(p (1 - p) / n + z²/4n²)) / (1 + z²/n), z = 1.96
        (right_share + 1.9208 / right_size) / (1 + 3.8416 / right_size) AS right_middle,
        1.96 * sqrt(right_share * (1 - right_share) / right_size + 0.9604 / (right_size * right_size))
        / (1 + 3.8416 / right_size) AS right_half,
        (found_share + 1.9208 / found_size) / (1 + 3.8416 / found_size) AS found_middle,
        1.96 * sqrt(found_share * (1 - found_share) / found_size + 0.9604 / (found_size * found_size))
        / (1 + 3.8416 / found_size) AS found_half
    FROM sought
    WHERE decision <> 'label'
)

SELECT
    source,
    subgroup_kind,
    subgroup,
    method,
    decision,
    n,
    without_candidate,
    round(right_now, 6) AS expected_precision,
    round(if(right_now - right_apart < 0, 0, right_now - right_apart), 6) AS expected_precision_low,
    round(if(right_now + right_apart > 1, 1, right_now + right_apart), 6) AS expected_precision_high,
    CASE WHEN method = 'all' THEN round(found, 6) END AS expected_recall,
    CASE WHEN method = 'all' THEN round(if(reached_middle < reached_half, 0, reached_middle - reached_half), 6) END
        AS expected_recall_low,
    CASE WHEN method = 'all' THEN round(if(reached_middle + reached_half > 1, 1, reached_middle + reached_half), 6) END
        AS expected_recall_high,
    labels,
    round(right_share, 6) AS labelled_precision,
    round(right_middle - right_half, 6) AS labelled_precision_low,
    round(right_middle + right_half, 6) AS labelled_precision_high,
    round(found_share, 6) AS labelled_recall,
    round(found_middle - found_half, 6) AS labelled_recall_low,
    round(found_middle + found_half, 6) AS labelled_recall_high
FROM figured
