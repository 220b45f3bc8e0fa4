/*
description: >
  Every bank account and financial product that may speak for a household: of people who authorized it as applicant
  or member (rules.md 3: a supporter's rows serve the case he supports and nothing else). Linked or in review.
grain: [source, snapshot_date, record_no]
columns:
  balance: yuan; market value of a holding; null in foreign currency or where the bank gave a flag only
  average: average of 12 months where given, else the balance
  is_foreign: held in another currency
  over_limit: the bank says over the limit and gives no balance
*/
WITH
delivered AS (
    SELECT
        coalesce(account.person_id, account.candidate_person_id) AS person_id,
        'account' AS kind,
        account.bank_code AS institution,
        account.account_no,
        coalesce(upper(account.currency), 'CNY') AS currency,
        account.balance,
        account.average_balance_12m AS average,
        coalesce(account.over_limit, FALSE) AND account.balance IS NULL AS over_limit,
        'bank_accounts' AS source,
        account.record_no,
        account.snapshot_date,
        account.standing AS decision,
        coalesce(account.by_number, FALSE) AS by_number,
        account.probability
    FROM core.bank_accounts AS account
    UNION ALL
    SELECT
        coalesce(product.person_id, product.candidate_person_id) AS person_id,
        'holding' AS kind,
        product.institution,
        NULL AS account_no,
        'CNY' AS currency,
        product.market_value AS balance,
        NULL AS average,
        FALSE AS over_limit,
        'financial_products' AS source,
        product.record_no,
        product.snapshot_date,
        product.standing AS decision,
        coalesce(product.by_number, FALSE) AS by_number,
        product.probability
    FROM core.financial_products AS product
),

asked AS (
    SELECT DISTINCT person_id
    FROM core.case_member
    WHERE authorized_as_member
)

SELECT
    delivered.person_id,
    delivered.kind,
    delivered.institution,
    delivered.account_no,
    delivered.currency,
    CASE WHEN delivered.currency IN ('CNY', 'RMB', '156') THEN delivered.balance END AS balance,
    CASE
        WHEN delivered.currency IN ('CNY', 'RMB', '156') THEN coalesce(delivered.average, delivered.balance)
    END AS average,
    delivered.currency NOT IN ('CNY', 'RMB', '156') AS is_foreign,
    delivered.over_limit,
    delivered.source,
    delivered.record_no,
    delivered.snapshot_date,
    delivered.decision,
    delivered.by_number,
    delivered.probability
FROM delivered
INNER JOIN asked ON delivered.person_id = asked.person_id
