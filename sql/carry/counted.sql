/*
description: >
  The figures that tomorrow's are held against: tonight's, but the earlier one where tonight's jumped and nobody has
  accepted it, or where a source was absent.
grain: [kind, item, measure]
*/
SELECT
    figure.kind,
    figure.item,
    figure.measure,
    CASE WHEN jump.item IS NOT NULL OR figure.now IS NULL THEN figure.before ELSE figure.now END AS n,
    CASE WHEN jump.item IS NOT NULL OR figure.now IS NULL THEN figure.counted_on ELSE night.night END AS counted_on
FROM held.figure AS figure
CROSS JOIN policy.night AS night
LEFT JOIN held.jump AS jump
    ON figure.kind = jump.kind AND figure.item = jump.item AND jump.accepted_seq IS NULL
WHERE figure.now IS NOT NULL OR figure.before IS NOT NULL
