/*
description: >
  Accounts and holdings, linked, of people who count in a case household. In review they make no finding (rules.md 6).
grain: [household_id, person_id, source, snapshot_date, record_no]
columns:
  balance: balance in CNY or market value, yuan; null where unknown
  average: average of 12 months where the bank gave it, else the balance, yuan
  foreign_balance: a balance in another currency at its face, for it has no rate here
  solid: by number and of a fresh source
  asset_key: bank and masked account, durable
  fact: the row in the shape of grounds
*/
SELECT
    asset.source,
    asset.record_no,
    asset.snapshot_date,
    counted.household_id,
    counted.person_id,
    counted.case_no,
    counted.program,
    asset.kind,
    asset.balance,
    asset.average,
    asset.over_limit,
    CASE WHEN asset.is_foreign THEN account.balance END AS foreign_balance,
    asset.by_number AND state.state = 'fresh' AS solid,
    coalesce(asset.institution, '') || ':' || coalesce(asset.account_no, '') AS asset_key,
    fact_of(
        asset.source,
        asset.record_no,
        asset.snapshot_date,
        asset.decision,
        coalesce(asset.by_number, FALSE),
        asset.probability,
        CASE
            WHEN asset.over_limit THEN 'over_limit'
            WHEN asset.is_foreign THEN 'foreign:' || asset.currency
            WHEN asset.kind = 'account' AND account.balance IS NULL THEN 'under_limit'
            WHEN account.average_balance_12m IS NOT NULL
                THEN 'account_mean:' || format('{:,.2f}', CAST(account.average_balance_12m AS DOUBLE))
            ELSE asset.kind
        END,
        CAST(NULL AS DATE),
        amount := coalesce(asset.balance, account.balance),
        detail := asset.account_no,
        can_end := TRUE
    ) AS fact
FROM means.asset AS asset
INNER JOIN means.counted_member AS counted
    ON asset.person_id = counted.person_id AND counted.is_counted AND counted.kind = 'case'
INNER JOIN raw.source_state AS state ON asset.source = state.source
LEFT JOIN core.bank_accounts AS account
    ON
        asset.source = 'bank_accounts'
        AND asset.record_no = account.record_no
        AND asset.snapshot_date = account.snapshot_date
WHERE
    asset.decision = 'linked'
    AND counted.program IN ('dibao', 'tekun', 'marginal', 'rigid_expenditure')
