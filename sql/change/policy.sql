/*
description: Rules that read a figure which is another than on the earlier night, took effect since, or is no longer there.
grain: [rule_id]
*/
WITH
other AS (
    SELECT DISTINCT
        coalesce(tonight.name, earlier.name) AS name,
        coalesce(tonight.key, earlier.key) AS key
    FROM carry.figure AS tonight
    FULL JOIN state.figure AS earlier
        ON
            tonight.name = earlier.name
            AND tonight.key IS NOT DISTINCT FROM earlier.key
            AND tonight.effective_from = earlier.effective_from
    WHERE
        tonight.value IS DISTINCT FROM earlier.value
        OR tonight.in_force IS DISTINCT FROM earlier.in_force
        OR tonight.unconfirmed IS DISTINCT FROM earlier.unconfirmed
)

SELECT DISTINCT rule.rule_id
FROM (SELECT rule_id, unnest(parameters) AS parameter FROM out.rule) AS rule
INNER JOIN other ON rule.parameter IN (other.name, other.name || '.' || other.key)
