/*
description: >
  How tonight's links compare, level by level, with those that the matching model was trained on: where they have moved
  apart, the model speaks of another kind of delivery and should be trained anew. Links of the spine and of clerks are left
  out, and silence is. A shipped model was trained on nothing and expects nothing.
grain: [field, level]
columns:
  m: how often the level is seen when row and person are one, by the model
  u: how often when they are not, by the model; multiplied by the share that per names
  per: the share that u is multiplied by; null where u stands alone
  expected: share of the level among the links of the training, 0 to 1; null where the model was not trained
  observed: share of the level among tonight's linked identities, 0 to 1; null where the comparison was never made
  n: linked identities with this level
  compared: linked identities in which the comparison said anything
  stability_index: population stability index of the comparison, repeated for each of its levels
  drifted: the index is above 0.2 and at least 100 identities were compared
*/
WITH
linked AS (
    SELECT DISTINCT identity_id
    FROM core.person_link
    WHERE decision = 'linked' AND method NOT IN ('spine', 'clerical')
),

seen AS (
    SELECT
        evidence.field,
        evidence.level,
        count(*) AS n
    FROM link.evidence AS evidence
    INNER JOIN linked ON evidence.identity_id = linked.identity_id
    WHERE evidence.rank = 1
    GROUP BY evidence.field, evidence.level
),

shares AS (
    SELECT
        model.*,
        max(model.expected) OVER field IS NOT NULL AS trained,
        coalesce(seen.n, 0) AS n,
        sum(coalesce(seen.n, 0)) OVER field AS compared
    FROM link.model_level AS model
    LEFT JOIN seen ON model.field = seen.field AND model.level = seen.level
    WHERE model.level <> 'silent'
    WINDOW field AS (PARTITION BY model.field)
),

apart AS (
    SELECT
        *,
        n / nullif(compared, 0) AS observed,
        CASE WHEN trained THEN coalesce(expected, 0) END AS due,
        -- A level never seen counts as one in ten thousand: the logarithm of nought is none.
        greatest(n / nullif(compared, 0), 0.0001) AS seen_share,
        greatest(coalesce(expected, 0), 0.0001) AS due_share
    FROM shares
),

indexed AS (
    SELECT
        *,
        CASE WHEN trained AND compared > 0 THEN round(sum((seen_share - due_share) * ln(seen_share / due_share)) OVER field, 6) END
            AS stability_index
    FROM apart
    WINDOW field AS (
        PARTITION BY field ORDER BY level
        ROWS BETWEEN UNBOUNDED PRECEDING AND UNBOUNDED FOLLOWING
    )
)

SELECT
    field,
    level,
    m,
    u,
    per,
    due AS expected,
    round(observed, 6) AS observed,
    n,
    CAST(compared AS BIGINT) AS compared,
    stability_index,
    coalesce(stability_index > 0.2 AND compared >= 100, FALSE) AS drifted
FROM indexed
