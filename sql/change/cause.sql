/*
description: >
  What brought each change about, the nearest cause first: what is known of this finding before what is known of its
  people, and that before what holds for the whole place (docs/rules.md, "Why a finding changed"). Null where the
  earlier night left nothing to compare with: it was made by an earlier version of hedui or of the database.
grain: [finding_id]
columns:
  cause: data, link, rule, policy, authorization, source or time; null where the earlier night cannot be compared with
*/
WITH
allowed AS (
    SELECT DISTINCT finding.finding_id
    FROM change.finding AS finding
    INNER JOIN change.person AS person
        ON finding.finding_id = person.finding_id AND person.person_id = coalesce(finding.person_id, person.person_id)
    INNER JOIN carry.authorization AS tonight ON person.person_id = tonight.person_id
    INNER JOIN state.authorization AS earlier ON person.person_id = earlier.person_id
    WHERE
        tonight.authorized <> earlier.authorized
        AND (
            finding.rule_id = 'P01'  -- speaks of the authorization itself
            OR EXISTS (
                SELECT 1 FROM change.source AS source WHERE source.finding_id = finding.finding_id AND source.gated
            )
        )
),

row_changed AS (
    SELECT
        finding_id,
        bool_or(appeared) AS source_appeared,
        bool_or(NOT appeared) AS any_row
    FROM change.row
    GROUP BY finding_id
),

source_changed AS (
    SELECT DISTINCT finding_id
    FROM change.source
    WHERE state_before <> state_after
)

SELECT
    finding.finding_id,
    CASE
        -- Held since an earlier night, and let go tonight: what brought it about is what did so then.
        WHEN held_before.finding_id IS NOT NULL THEN held_before.cause
        WHEN NOT EXISTS (SELECT 1 FROM state.night WHERE engine = version()) THEN NULL
        WHEN condition_before.rule_id IS NULL THEN 'rule'
        WHEN
            finding.change IN ('worse', 'better')
            AND contains(coalesce(finding.lowered_before, ''), 'stale_source')
            <> contains(coalesce(finding.lowered_after, ''), 'stale_source')
            THEN 'source'
        WHEN
            finding.change IN ('worse', 'better')
            AND contains(coalesce(finding.lowered_before, ''), 'unconfirmed_figure')
            <> contains(coalesce(finding.lowered_after, ''), 'unconfirmed_figure')
            THEN 'policy'
        WHEN allowed.finding_id IS NOT NULL THEN 'authorization'
        WHEN row_changed.source_appeared THEN 'source'
        WHEN link.finding_id IS NOT NULL THEN 'link'
        WHEN row_changed.any_row THEN 'data'
        WHEN source_changed.finding_id IS NOT NULL THEN 'source'
        WHEN policy.rule_id IS NOT NULL THEN 'policy'
        WHEN condition_before.condition_digest <> condition.condition_digest THEN 'rule'
        ELSE 'time'
    END AS cause
FROM change.finding AS finding
INNER JOIN carry.rule AS condition ON finding.rule_id = condition.rule_id
LEFT JOIN state.rule AS condition_before ON finding.rule_id = condition_before.rule_id
LEFT JOIN state.held AS held_before
    ON finding.finding_id = held_before.finding_id AND finding.change = held_before.change
LEFT JOIN allowed ON finding.finding_id = allowed.finding_id
LEFT JOIN row_changed ON finding.finding_id = row_changed.finding_id
LEFT JOIN change.link AS link ON finding.finding_id = link.finding_id
LEFT JOIN source_changed ON finding.finding_id = source_changed.finding_id
LEFT JOIN change.policy AS policy ON finding.rule_id = policy.rule_id
