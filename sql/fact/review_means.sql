/*
description: >
  Income and assets in review that would make X03 or X04 of a paid case household if they were linked, where neither
  rule speaks without them. Whose they are is a clerk's question, and P06 asks it.
grain: [household_id, person_id, means, source, record_no, item, fact]
columns:
  person_id: the best candidate of the row in review
  means: income or assets
  fact: the row in the shape of grounds
*/
WITH
income AS (
    SELECT line.household_id
    FROM fact.income_line AS line
    ANTI JOIN fact.income_over AS over ON line.household_id = over.household_id
    WHERE greatest(line.review_12, line.review_3) > line.line_year * line.counted
),

asset AS (
    SELECT
        held.household_id,
        greatest(held.all_balance, held.all_average) > held.asset_limit AS over
    FROM means.household_asset AS held
    INNER JOIN fact.household_case AS own ON held.household_id = own.household_id AND own.paid
    ANTI JOIN rule.x04 AS found ON held.household_id = found.household_id
)

SELECT
    income.household_id,
    ledger.person_id,
    'income' AS means,
    ledger.source,
    ledger.record_no,
    ledger.item,
    fact_of(
        ledger.source,
        ledger.record_no,
        ledger.snapshot_date,
        ledger.decision,
        coalesce(ledger.by_number, FALSE),
        ledger.probability,
        'income:' || ledger.item || ':' || strftime(min(ledger.month), '%Y-%m-%d'),
        max(ledger.month),
        amount := sum(ledger.amount)
    ) AS fact
FROM income
INNER JOIN means.counted_member AS counted ON income.household_id = counted.household_id AND counted.is_counted
INNER JOIN means.ledger AS ledger ON counted.person_id = ledger.person_id
WHERE
    ledger.decision = 'review'
    AND ledger.in_household
    AND ledger.estimate IS NOT NULL
    AND ledger.item <> 'contribution_base'
GROUP BY
    income.household_id, ledger.person_id, ledger.item, ledger.source, ledger.record_no, ledger.snapshot_date,
    ledger.decision, ledger.by_number, ledger.probability
UNION ALL
SELECT
    asset.household_id,
    held.person_id,
    'assets',
    held.source,
    held.record_no,
    held.kind,
    fact_of(
        held.source,
        held.record_no,
        held.snapshot_date,
        held.decision,
        coalesce(held.by_number, FALSE),
        held.probability,
        CASE WHEN held.over_limit THEN 'over_limit' ELSE held.kind END,
        CAST(NULL AS DATE),
        amount := held.balance,
        detail := held.account_no,
        can_end := TRUE
    )
FROM asset
INNER JOIN means.counted_member AS counted ON asset.household_id = counted.household_id AND counted.is_counted
INNER JOIN means.asset AS held ON counted.person_id = held.person_id
WHERE held.decision = 'review' AND (asset.over OR held.over_limit) AND (held.over_limit OR held.balance > 0)
