/*
description: >
  How many findings of each rule changed since the newest earlier night, how, and why: a jump shows here, and whether
  the city changed or the bureau's own figures and rules did.
grain: [rule_id, change, cause]
columns:
  n: findings
*/
SELECT
    rule_id,
    change,
    cause,
    count(*) AS n
FROM out.alert
GROUP BY rule_id, change, cause
