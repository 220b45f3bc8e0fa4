/*
description: >
  What is watched for jumps: of every rule its open findings, of every source the rows of the delivery that stands, each
  beside the figure it is held against, which is the newest that no jump made doubtful (docs/rules.md, "Jumps").
grain: [kind, item, measure]
columns:
  kind: rule or source
  item: rule id or source
  measure: >
    findings; rows_delivered or rows_usable (accepted, or dropped only for want of authorization); or parts of ten thousand:
    usable_numbers (rows whose identity number somebody could be found by), with_candidate and linked (rows, before any dropping)
  before: the figure it is held against; null where there is none yet
  counted_on: the night of that figure
  now: tonight's figure; null of an absent source
  band: share of the figure before by which it may grow; it may fall by as much the other way round
  minimum: least difference that is a jump
  outside: outside the band by the minimum or more
*/
WITH
fired AS (
    SELECT
        rule_id,
        count(*) AS findings
    FROM rule.finding
    WHERE status NOT IN ('cleared', 'refuted')
    GROUP BY rule_id
),

-- What a newer increment replaces counts once; who authorized must not look like who delivered.
delivered AS (
    SELECT
        source,
        sum(rows_delivered - rows_superseded) AS rows_delivered,
        sum(rows_accepted + rows_dropped_unauthorized - rows_superseded) AS rows_usable
    FROM raw.delivery_file
    WHERE refused_why IS NULL
    GROUP BY source
),

-- A share says nothing of a few rows; usable numbers were held against their floor when they were taken in.
share AS (
    SELECT
        source,
        unnest([
            {'measure': 'usable_numbers', 'share': usable_numbers},
            {'measure': 'with_candidate', 'share': with_candidate},
            {'measure': 'linked', 'share': linked}
        ], recursive := TRUE)
    FROM raw.source_state
),

tonight AS (
    SELECT
        'rule' AS kind,
        rule.rule_id AS item,
        'findings' AS measure,
        coalesce(fired.findings, 0) AS now
    FROM out.rule AS rule
    LEFT JOIN fired ON rule.rule_id = fired.rule_id
    UNION ALL
    SELECT
        'source',
        state.source,
        'rows_delivered',
        CAST(delivered.rows_delivered AS BIGINT)
    FROM raw.source_state AS state
    LEFT JOIN delivered ON state.source = delivered.source
    UNION ALL
    SELECT
        'source',
        state.source,
        'rows_usable',
        CAST(delivered.rows_usable AS BIGINT)
    FROM raw.source_state AS state
    LEFT JOIN delivered ON state.source = delivered.source
    UNION ALL
    SELECT
        'source',
        source,
        measure,
        CAST(round(share * 10000) AS BIGINT)
    FROM share
),

banded AS (
    SELECT
        tonight.kind,
        tonight.item,
        tonight.measure,
        earlier.n AS before,
        earlier.counted_on,
        tonight.now,
        tonight.measure IN ('usable_numbers', 'with_candidate', 'linked') AS is_share,
        CASE
            WHEN is_share THEN 0
            WHEN tonight.kind = 'rule' THEN night.jump_band_findings
            ELSE night.jump_band_rows
        END AS band,
        CASE
            WHEN is_share THEN CAST(10000 * night.jump_band_links AS INTEGER)
            WHEN tonight.kind = 'rule' THEN night.jump_minimum_findings
            ELSE night.jump_minimum_rows
        END AS minimum
    FROM tonight
    CROSS JOIN policy.night AS night
    LEFT JOIN state.counted AS earlier
        ON tonight.kind = earlier.kind AND tonight.item = earlier.item AND tonight.measure = earlier.measure
)

SELECT
    kind,
    item,
    measure,
    before,
    counted_on,
    now,
    band,
    minimum,
    coalesce(
        abs(now - before) >= minimum
        AND (NOT is_share OR (now < before AND measure <> 'usable_numbers'))
        AND (now > before * (1 + band) OR now * (1 + band) < before),
        FALSE
    ) AS outside
FROM banded
