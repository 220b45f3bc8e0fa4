/*
description: >
  The month ledger (rules.md 5): every amount of a person in a month of the window, with the lowest estimate that
  counts it. low: linked rows of fresh sources; likely: linked rows of stale ones, and payroll salaries in months
  without wages in tax; high: rows in review or unsure, and contribution bases with an employer in months without
  wages.
grain: [person_id, month, item, source, snapshot_date, record_no]
columns:
  item: wages, business, property, employee_pension, resident_pension, unemployment_benefit, salary, contribution_base or one_off
  amount_tekun: the amount for members of a tekun household, yuan
  in_household: the row may speak for a household
  in_support: the row may speak for what the person could pay as a legal supporter
  is_fresh: its source is fresh
  is_unsure: when it began or ended, or what tax was paid, could not be read, so that it is possible only and stands in high
*/
WITH
wage_month AS (
    SELECT
        person_id,
        month,
        bool_or(in_household) AS in_household
    FROM means.tax_month
    WHERE is_working AND decision = 'linked'
    GROUP BY person_id, month
),

salary AS (
    SELECT
        post.person_id,
        month.month,
        post.monthly_salary AS amount,
        post.source,
        post.record_no,
        post.snapshot_date,
        post.decision,
        post.by_number,
        post.probability,
        post.unread <> [] AS is_unsure
    FROM means.post AS post
    INNER JOIN policy.month AS month
        ON coalesce(date_trunc('month', post.from_date) <= month.month, TRUE)
    WHERE post.monthly_salary > 0
),

-- Both stand in for wages that tax does not show; a month with wages has none of them.
stand_in AS (
    SELECT
        person_id, month, 'salary' AS item, amount, source, record_no, snapshot_date, decision, by_number, probability,
        is_unsure
    FROM salary
    UNION ALL
    SELECT
        person_id, month, 'contribution_base' AS item, base AS amount, source, record_no, snapshot_date, decision,
        by_number, probability, FALSE AS is_unsure  -- in high whatever its end
    FROM means.contribution
    WHERE has_employer AND base > 0
),

line AS (
    SELECT
        person_id, month, item, amount, amount AS amount_tekun, in_household, TRUE AS in_support, source, record_no,
        snapshot_date, decision, by_number, probability, is_unsure
    FROM means.tax_month
    UNION ALL
    SELECT
        person_id, month, item, amount, amount_tekun, TRUE AS in_household, TRUE AS in_support, source, record_no,
        snapshot_date, decision, by_number, probability, unread <> [] AS is_unsure
    FROM means.benefit_month
    UNION ALL
    SELECT
        stand_in.person_id,
        stand_in.month,
        stand_in.item,
        stand_in.amount,
        stand_in.amount AS amount_tekun,
        NOT coalesce(wage_month.in_household, FALSE) AS in_household,
        wage_month.person_id IS NULL AS in_support,
        stand_in.source,
        stand_in.record_no,
        stand_in.snapshot_date,
        stand_in.decision,
        stand_in.by_number,
        stand_in.probability,
        stand_in.is_unsure
    FROM stand_in
    LEFT JOIN wage_month ON stand_in.person_id = wage_month.person_id AND stand_in.month = wage_month.month
)

SELECT
    line.person_id,
    line.month,
    line.item,
    CASE
        WHEN line.item = 'one_off' THEN NULL
        WHEN line.decision <> 'linked' OR line.item = 'contribution_base' OR line.is_unsure THEN 'high'
        WHEN state.state <> 'fresh' OR line.item = 'salary' THEN 'likely'
        ELSE 'low'
    END AS estimate,
    CAST(line.amount AS DECIMAL(14, 2)) AS amount,
    CAST(line.amount_tekun AS DECIMAL(14, 2)) AS amount_tekun,
    line.in_household,
    line.in_support,
    line.source,
    line.record_no,
    line.snapshot_date,
    state.state = 'fresh' AS is_fresh,
    line.decision,
    line.by_number,
    line.probability,
    line.is_unsure
FROM line
INNER JOIN raw.source_state AS state ON line.source = state.source
WHERE line.in_household OR line.in_support
