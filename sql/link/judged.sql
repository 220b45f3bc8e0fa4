/*
description: >
  What each identity and each clerk's label adds to the estimates of audit.link_quality. Expected hits and their variance
  are the model's own (Poisson-binomial); rows of one identity are right or wrong together. Labels count where the pair was
  drawn by chance or taken whole, and the clerk saw no score; a label's weight is one over its chance.
grain: [what, source, seq, identity_id, method, decision]
columns:
  what: link or label
  seq: of a label, its number in the ledger; 0 of a link
  person_id: person linked, in review, or nearest; null where there is no candidate
  number_group: how the numbers of row and nearest person compare; spine where the row founded a person
  method: the method; label of a label
  decision: the decision; label of a label
  n: rows
  linked: rows that the model linked
  without_candidate: rows to whom nobody came near
  right_links: rows linked that are expected to be right
  right_variance: variance of right_links
  missed: rows not linked whose best candidate is expected to be right
  missed_variance: variance of missed
  labels: labels
  label_linked: weight of labels on pairs that the model had linked
  label_linked_square: the same, weights squared
  label_right: weight of those that the clerk found to be one person
  label_same: weight of all labels that say one person
  label_same_square: the same, weights squared
*/
WITH
nearest AS (
    SELECT
        identity_id,
        min(person_id) AS person_id,
        min(CASE
            WHEN level = 'same' THEN 'same'
            WHEN level IN ('one_edit', 'digit_lost', 'month_day') THEN 'one_slip'
            WHEN level IN ('visible', 'visible_serial') THEN 'hidden_digits'
            WHEN level = 'silent' THEN 'none'
            ELSE 'differs'
        END) AS number_group
    FROM link.evidence
    WHERE rank = 1 AND field = 'number'
    GROUP BY identity_id
),

identity AS (
    SELECT
        source,
        identity_id,
        method,
        decision,
        min(coalesce(person_id, candidate_person_id)) AS person_id,
        min(CAST(CASE WHEN method = 'spine' THEN runner_up_probability ELSE probability END AS DECIMAL(10, 9))) AS p,
        count(*) AS n
    FROM core.person_link
    GROUP BY source, identity_id, method, decision
),

judged AS (
    SELECT
        *,
        decision = 'linked' AND method <> 'spine' AS by_model,
        CAST(n AS DECIMAL(18, 0)) * coalesce(p, 0) AS hits,
        CAST(n * n AS DECIMAL(20, 0)) * CAST(coalesce(p * (1 - p), 0) AS DECIMAL(18, 12)) AS variance
    FROM identity
),

label AS (
    SELECT
        seq,
        source,
        identity_id,
        person_id,
        starts_with(stratum, 'linked') AS by_model,
        verdict = 'same' AS same,
        CAST(1 / inclusion_probability AS DECIMAL(18, 6)) AS weight
    FROM ledger.link_decision
    WHERE
        subject = 'identity' AND in_force AND score_hidden AND inclusion_probability IS NOT NULL
        AND verdict IN ('same', 'different')
)

SELECT
    'link' AS what,
    0 AS seq,
    judged.source,
    judged.identity_id,
    coalesce(judged.person_id, nearest.person_id) AS person_id,
    CASE WHEN judged.method = 'spine' THEN 'spine' ELSE coalesce(nearest.number_group, 'unknown') END AS number_group,
    judged.method,
    judged.decision,
    judged.n,
    CASE WHEN judged.by_model THEN judged.n ELSE 0 END AS linked,
    CASE WHEN judged.p IS NULL AND judged.method <> 'spine' THEN judged.n ELSE 0 END AS without_candidate,
    CASE WHEN judged.by_model THEN judged.hits ELSE 0 END AS right_links,
    CASE WHEN judged.by_model THEN judged.variance ELSE 0 END AS right_variance,
    CASE WHEN judged.by_model THEN 0 ELSE judged.hits END AS missed,
    CASE WHEN judged.by_model THEN 0 ELSE judged.variance END AS missed_variance,
    0 AS labels,
    CAST(0 AS DECIMAL(18, 6)) AS label_linked,
    CAST(0 AS DECIMAL(36, 12)) AS label_linked_square,
    CAST(0 AS DECIMAL(18, 6)) AS label_right,
    CAST(0 AS DECIMAL(18, 6)) AS label_same,
    CAST(0 AS DECIMAL(36, 12)) AS label_same_square
FROM judged
LEFT JOIN nearest ON judged.identity_id = nearest.identity_id
UNION ALL
SELECT
    'label',
    label.seq,
    label.source,
    label.identity_id,
    label.person_id,
    coalesce(nearest.number_group, 'unknown'),
    'label',
    'label',
    0,
    0,
    0,
    0,
    0,
    0,
    0,
    1,
    CASE WHEN label.by_model THEN label.weight ELSE 0 END,
    CASE WHEN label.by_model THEN label.weight * label.weight ELSE 0 END,
    CASE WHEN label.by_model AND label.same THEN label.weight ELSE 0 END,
    CASE WHEN label.same THEN label.weight ELSE 0 END,
    CASE WHEN label.same THEN label.weight * label.weight ELSE 0 END
FROM label
LEFT JOIN nearest ON label.identity_id = nearest.identity_id
