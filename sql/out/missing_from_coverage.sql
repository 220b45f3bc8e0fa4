/*
description: >
  Who may be missed: every household or person that an open omission finding names, and the programme that may be
  owed, with reasons a clerk can read aloud.
grain: [household_id, person_id, program]
columns:
  estimated_monthly_amount: >
    yuan a month where a standard gives it (dibao: standard less high income a head, for the counted, or for the one
    person left out of a case; tekun and orphans: their standard); null where none does
  explanation_zh: the findings' explanations, in order of priority
*/
WITH
listed AS (
    SELECT
        household_id,
        person_id,
        program,
        list_sort(list_distinct(list(rule_id))) AS rule_ids,
        list_sort(list(finding_id)) AS finding_ids,
        min(priority) AS priority,
        list_min(list({'priority': priority, 'step_rank': step_rank, 'step': suggested_step})).step AS suggested_step,
        min(first_seen) AS since,
        CASE WHEN bool_or(status = 'open') THEN 'open' ELSE min(status) END AS status,
        list_sort(list({'priority': priority, 'rule_id': rule_id, 'text': explanation_zh})) AS texts
    FROM lists.finding
    WHERE kind = 'omission'
    GROUP BY household_id, person_id, program
),

standard AS (
    SELECT
        program,
        hukou_type,
        amount
    FROM policy.standard
    WHERE program IN ('tekun', 'orphan')
)

SELECT
    listed.household_id,
    listed.person_id,
    listed.program,
    listed.rule_ids,
    listed.finding_ids,
    listed.priority,
    CASE
        WHEN listed.program = 'dibao' THEN CAST(nullif(
            greatest(0, household.standard - household.income_high_12)
            * CASE
                WHEN listed.person_id IS NOT NULL AND household.kind = 'case' THEN 1
                ELSE household.counted_members
            END,
            0
        ) AS DECIMAL(14, 2))
        ELSE standard.amount
    END AS estimated_monthly_amount,
    listed.suggested_step,
    listed.since,
    listed.status,
    array_to_string(list_transform(listed.texts, lambda item: item.text), chr(10)) AS explanation_zh
FROM listed
LEFT JOIN core.household AS household ON listed.household_id = household.household_id
LEFT JOIN core.person AS person ON listed.person_id = person.person_id
LEFT JOIN standard
    ON listed.program = standard.program AND standard.hukou_type = coalesce(person.hukou_type, 'urban')
