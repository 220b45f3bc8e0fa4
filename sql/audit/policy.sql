/*
description: Every figure of the place, its reference, and whether it is illustrative or unconfirmed.
grain: [name, key, effective_from]
columns:
  name: parameter
  key: part of the parameter, such as urban; empty where it has none
  unit: unit of the value
  value: the figure as text
  effective_from: first day the figure counts
  in_force: the figure counts on the night
  reference: law and article, or the document it was taken from
  illustrative: no source gives it; chosen to run
  unconfirmed: nobody has confirmed its renewal; findings that rest on it are yellow at most
*/
SELECT
    name,
    key,
    unit,
    value,
    effective_from,
    in_force,
    reference,
    illustrative,
    unconfirmed
FROM policy.figure
