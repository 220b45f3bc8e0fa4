/*
description: >
  Who may be covered by mistake: every case, programme and person (null: the whole household) that an open exclusion
  finding names, with reasons a clerk can read aloud. A lead for a human, never a decision.
grain: [case_no, program, household_id, person_id]
columns:
  monthly_amount_at_stake: >
    yuan a month paid on the case to the person named, or to all where none is, or he is paid nothing himself
  explanation_zh: the findings' explanations, in order of priority
*/
WITH
listed AS (
    SELECT
        case_no,
        program,
        household_id,
        person_id,
        list_sort(list_distinct(list(rule_id))) AS rule_ids,
        list_sort(list(finding_id)) AS finding_ids,
        min(priority) AS priority,
        list_min(list({'priority': priority, 'step_rank': step_rank, 'step': suggested_step})).step AS suggested_step,
        min(first_seen) AS since,
        CASE WHEN bool_or(status = 'open') THEN 'open' ELSE min(status) END AS status,
        list_sort(list({'priority': priority, 'rule_id': rule_id, 'text': explanation_zh})) AS texts
    FROM lists.finding
    WHERE kind = 'exclusion'
    GROUP BY case_no, program, household_id, person_id
),

paid AS (
    SELECT
        case_no,
        program,
        person_id,
        sum(monthly_amount) AS amount
    FROM fact.roll
    WHERE paid
    GROUP BY GROUPING SETS ((case_no, program, person_id), (case_no, program))
)

SELECT
    listed.case_no,
    listed.program,
    listed.household_id,
    listed.person_id,
    listed.rule_ids,
    listed.finding_ids,
    listed.priority,
    CAST(coalesce(paid.amount, whole.amount) AS DECIMAL(14, 2)) AS monthly_amount_at_stake,
    listed.suggested_step,
    listed.since,
    listed.status,
    array_to_string(list_transform(listed.texts, lambda item: item.text), chr(10)) AS explanation_zh
FROM listed
LEFT JOIN paid
    ON
        listed.case_no = paid.case_no
        AND listed.program = paid.program
        AND listed.person_id IS NOT DISTINCT FROM paid.person_id
LEFT JOIN paid AS whole
    ON listed.case_no = whole.case_no AND listed.program = whole.program AND whole.person_id IS NULL
