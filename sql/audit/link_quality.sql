/*
description: Links by source, method and decision, with the precision the model itself expects; labels come with clerical review.
grain: [source, subgroup_kind, subgroup, method, decision]
columns:
  subgroup_kind: what the people are grouped by; all where they are not
  subgroup: the group
  n: rows
  expected_precision: mean probability of the rows linked, 0 to 1; null where none is linked
*/
SELECT
    source,
    'all' AS subgroup_kind,
    'all' AS subgroup,
    method,
    decision,
    count(*) AS n,
    round(avg(probability) FILTER (WHERE decision = 'linked'), 6) AS expected_precision
FROM core.person_link
GROUP BY source, method, decision
