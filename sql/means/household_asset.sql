/*
description: >
  Financial assets of a case household's counted members, in the ways X04 holds them against the limit. Registry
  households have none: they are judged without gated sources.
grain: [household_id]
columns:
  linked_balance: balances and market values of linked rows, yuan
  linked_average: the same with the average of 12 months for the balance where given
  number_balance: linked_balance of rows that name their owner by number
  number_average: linked_average of rows that name their owner by number
  all_balance: linked_balance and rows in review
  all_average: linked_average and rows in review
  known_rows: linked rows with a figure
  has_over_limit: a linked row says over the limit and gives no figure
  has_foreign: a linked row is in another currency
  asset_limit: months of the standard for each counted member, yuan
*/
WITH
size AS (
    SELECT
        household_id,
        count(*) FILTER (is_counted) AS counted_members
    FROM means.counted_member
    WHERE kind = 'case'
    GROUP BY household_id
),

held AS (
    SELECT
        member.household_id,
        sum(asset.balance) FILTER (asset.decision = 'linked') AS linked_balance,
        sum(asset.average) FILTER (asset.decision = 'linked') AS linked_average,
        sum(asset.balance) FILTER (asset.decision = 'linked' AND asset.by_number) AS number_balance,
        sum(asset.average) FILTER (asset.decision = 'linked' AND asset.by_number) AS number_average,
        sum(asset.balance) AS all_balance,
        sum(asset.average) AS all_average,
        count(asset.balance) FILTER (asset.decision = 'linked') AS known_rows,
        bool_or(asset.over_limit AND asset.decision = 'linked') AS has_over_limit,
        bool_or(asset.is_foreign AND asset.decision = 'linked') AS has_foreign
    FROM means.counted_member AS member
    INNER JOIN means.asset AS asset ON member.person_id = asset.person_id
    WHERE member.kind = 'case' AND member.is_counted
    GROUP BY member.household_id
)

SELECT
    held.household_id,
    CAST(coalesce(held.linked_balance, 0) AS DECIMAL(14, 2)) AS linked_balance,
    CAST(coalesce(held.linked_average, 0) AS DECIMAL(14, 2)) AS linked_average,
    CAST(coalesce(held.number_balance, 0) AS DECIMAL(14, 2)) AS number_balance,
    CAST(coalesce(held.number_average, 0) AS DECIMAL(14, 2)) AS number_average,
    CAST(coalesce(held.all_balance, 0) AS DECIMAL(14, 2)) AS all_balance,
    CAST(coalesce(held.all_average, 0) AS DECIMAL(14, 2)) AS all_average,
    held.known_rows,
    held.has_over_limit,
    held.has_foreign,
    CAST(night.financial_asset_months * unit.standard * size.counted_members AS DECIMAL(14, 2)) AS asset_limit
FROM held
INNER JOIN size ON held.household_id = size.household_id
INNER JOIN means.household_unit AS unit ON held.household_id = unit.household_id
CROSS JOIN policy.night AS night
