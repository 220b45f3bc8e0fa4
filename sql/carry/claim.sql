/*
description: Numbers that departments claim for people whose own in the registry is no evidence, for the next night to link by.
grain: [claim_id]
columns:
  claim_id: keyed hash of the number; no number outlives a night
  claimed_on: the night that first told it
*/
SELECT
    keyed_id('C', 'number|' || claim.id_number) AS claim_id,
    claim.person_id,
    coalesce(earlier.claimed_on, night.night) AS claimed_on
FROM link.claim AS claim
CROSS JOIN policy.night AS night
LEFT JOIN state.claim AS earlier
    ON keyed_id('C', 'number|' || claim.id_number) = earlier.claim_id AND claim.person_id = earlier.person_id
