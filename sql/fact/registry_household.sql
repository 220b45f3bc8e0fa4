/*
description: >
  Registry households that omission rules may call needy: somebody counts, nothing speaks of means, and how high income
  can be. High is the estimate that keeps silence; nothing of the gated sources is in it.
grain: [household_id]
columns:
  counted: counted members
  high_year: high income of the household, M1..M12, yuan a year
  standard_figure: the policy figure of the household's dibao standard
*/
SELECT
    unit.household_id,
    unit.standard,
    'dibao_standard' || coalesce('.' || unit.hukou_type, '') AS standard_figure,
    income.counted_members AS counted,
    income.high_12 AS high_year
FROM means.household_unit AS unit
INNER JOIN means.household_income AS income ON unit.household_id = income.household_id
INNER JOIN means.evidence AS evidence ON unit.household_id = evidence.household_id
WHERE unit.kind = 'registry' AND income.counted_members > 0 AND evidence.no_evidence
