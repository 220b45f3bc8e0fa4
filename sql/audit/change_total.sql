/*
description: >
  How many findings changed since the newest earlier night, by cause: whether the city changed, or the bureau's own
  figures, rules and links.
grain: [cause]
columns:
  cause: what brought them about; null where the earlier night could not be compared with
*/
SELECT
    cause,
    count(*) AS n,
    count(*) FILTER (WHERE change = 'new') AS n_new,
    count(*) FILTER (WHERE change = 'worse') AS n_worse,
    count(*) FILTER (WHERE change = 'better') AS n_better,
    count(*) FILTER (WHERE change = 'cleared') AS n_cleared,
    count(DISTINCT household_id) AS households
FROM out.alert
GROUP BY cause
