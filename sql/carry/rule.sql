/*
description: The conditions the night ran, as digests.
grain: [rule_id]
*/
SELECT
    rule_id,
    condition_digest
FROM out.rule
