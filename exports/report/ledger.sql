/*
description: >
  The month ledger of the people whose means are judged together, as published: linked rows by person, item and the
  lowest estimate that counts them; rows in review as one sum, for they may be a stranger's. One-off income is apart.
  A supporter's own rows are not read, only the support computed from them. Parameters: people, judged_alone (people
  outside every household-programme case, whose salaries are never shown).
grain: [person_id, item, estimate, month, in_review]
*/
WITH
sure AS (
    SELECT
        income.person_id,
        income.month,
        income.item,
        income.estimate,
        income.amount,
        income.source,
        income.snapshot_date,
        income.item NOT IN ('support', 'declared') AND coalesce(link.decision = 'review', FALSE) AS in_review
    FROM core.income_month AS income
    LEFT JOIN core.person_link AS link
        ON income.source = link.source AND income.record_no = link.record_no AND link.seat IS NULL
    WHERE
        list_contains($people, income.person_id)
        AND income.serves = 'household'
        AND NOT ($judged_alone AND income.item = 'salary')
)

SELECT
    CASE WHEN in_review THEN NULL ELSE person_id END AS person_id,
    CASE WHEN in_review THEN 'in_review' ELSE item END AS item,
    estimate,
    in_review,
    month,
    sum(amount) AS amount,
    min(source) AS source,
    max(snapshot_date) AS snapshot_date
FROM sure
GROUP BY ALL
ORDER BY person_id NULLS LAST, item, estimate, month
