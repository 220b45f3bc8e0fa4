/*
description: >
  Tax rows of the ledger window as income items, yuan after tax and, of wages, after the job costs of their month:
  (gross - tax) x (1 - job_cost_rate), rounded half up to the fen. Where tax is gated, rows of people who authorized as
  supporters only serve the case they support (rules.md 3). Outside the linked rows nothing is taken off: a negative
  correction lowers what is known, never what is merely possible.
grain: [snapshot_date, record_no]
columns:
  in_household: the row may speak for a household
  is_unsure: the tax was delivered and could not be read, so that less was received
  is_working: wages with a positive gross amount
*/
WITH
asked AS (
    SELECT DISTINCT person_id
    FROM core.case_member
    WHERE authorized_as_member
),

net AS (
    SELECT
        coalesce(tax.person_id, tax.candidate_person_id) AS person_id,
        tax.period AS month,
        CASE
            WHEN tax.income_item IN ('wages', 'labour', 'royalties') THEN 'wages'
            WHEN tax.income_item = 'business' THEN 'business'
            WHEN tax.income_item IN ('interest', 'lease') THEN 'property'
            ELSE 'one_off'
        END AS item,
        tax.gross_amount,
        tax.gross_amount - coalesce(tax.tax_amount, 0) AS after_tax,
        month.job_cost_rate,
        tax.record_no,
        tax.snapshot_date,
        tax.standing AS decision,
        coalesce(tax.by_number, FALSE) AS by_number,
        tax.probability,
        coalesce(list_contains(tax.unreadable, 'tax_amount'), FALSE) AS is_unsure
    FROM core.tax_income AS tax
    INNER JOIN policy.month AS month ON tax.period = month.month
    WHERE coalesce(tax.person_id, tax.candidate_person_id) IS NOT NULL
),

cleared AS (
    SELECT
        net.person_id,
        net.month,
        net.item,
        net.gross_amount,
        round(
            CASE net.item WHEN 'wages' THEN net.after_tax * (1 - net.job_cost_rate) ELSE net.after_tax END, 2
        ) AS amount,
        net.record_no,
        net.snapshot_date,
        net.decision,
        net.by_number,
        net.probability,
        net.is_unsure
    FROM net
)

SELECT
    cleared.person_id,
    cleared.month,
    cleared.item,
    CAST(
        CASE WHEN cleared.decision = 'linked' THEN cleared.amount ELSE greatest(cleared.amount, 0) END
        AS DECIMAL(14, 2)
    ) AS amount,
    NOT state.gated OR asked.person_id IS NOT NULL AS in_household,
    cleared.item = 'wages' AND cleared.gross_amount > 0 AS is_working,
    'tax_income' AS source,
    cleared.record_no,
    cleared.snapshot_date,
    cleared.decision,
    cleared.by_number,
    cleared.probability,
    cleared.is_unsure
FROM cleared
INNER JOIN raw.source_state AS state ON state.source = 'tax_income'
LEFT JOIN asked ON cleared.person_id = asked.person_id
