/*
description: Every figure that had taken effect by the night, so that tomorrow sees which are others.
grain: [name, key, effective_from]
*/
SELECT
    figure.name,
    figure.key,
    figure.value,
    figure.effective_from,
    figure.in_force,
    figure.unconfirmed
FROM policy.figure AS figure
CROSS JOIN policy.night AS night
WHERE figure.effective_from <= night.night
