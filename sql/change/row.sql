/*
description: >
  People and sources of a changed finding of whom that source says other things than on the earlier night, or says
  them of other people. Where somebody's authorization is another, what gated sources say of him is no news: it was
  there all the time.
grain: [finding_id, person_id, source]
columns:
  appeared: the source was absent on one of the two nights
  same_delivery: the source delivered nothing new, so that it is the link that is another
*/
SELECT
    person.finding_id,
    person.person_id,
    source.source,
    source.appeared,
    source.same_delivery
FROM change.person AS person
INNER JOIN change.source AS source ON person.finding_id = source.finding_id
LEFT JOIN carry.content AS tonight ON hash(person.person_id, source.source) = tonight.pair
LEFT JOIN state.content AS earlier ON hash(person.person_id, source.source) = earlier.pair
LEFT JOIN carry.authorization AS allowed ON person.person_id = allowed.person_id
LEFT JOIN state.authorization AS allowed_before ON person.person_id = allowed_before.person_id
WHERE
    tonight.content IS DISTINCT FROM earlier.content
    AND NOT (source.gated AND coalesce(allowed.authorized, FALSE) <> coalesce(allowed_before.authorized, FALSE))
