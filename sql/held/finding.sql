/*
description: >
  The findings that a jump holds, and why (docs/rules.md, "Jumps"): all of a rule that jumped; those that rest on rows
  of a source that jumped; of a source that fell also what is new or of another colour under a rule that reads it, for
  its silence may have made them; and what would clear where the rule or one of its sources jumped.
grain: [finding_id]
columns:
  kept: fires no longer, and would have cleared
*/
WITH
rule_jump AS (
    SELECT item AS rule_id
    FROM held.jump
    WHERE kind = 'rule' AND accepted_seq IS NULL
),

source_jump AS (
    SELECT
        item AS source,
        fell
    FROM held.jump
    WHERE kind = 'source' AND accepted_seq IS NULL
),

-- Who is covered, registered and alive matters to every rule, who counts in a household to a household's (sql/change/source.sql).
reads AS (
    SELECT
        finding.finding_id,
        jump.source,
        jump.fell
    FROM rule.finding AS finding
    INNER JOIN out.rule AS rule ON finding.rule_id = rule.rule_id
    INNER JOIN source_jump AS jump
        ON
            list_contains(rule.sources, jump.source)
            OR jump.source IN ('assistance_roll', 'household_registry', 'deaths')
            OR (finding.person_id IS NULL AND jump.source IN ('marriages', 'inmates'))
),

rests AS (
    SELECT
        finding.finding_id,
        jump.source
    FROM rule.finding AS finding
    INNER JOIN source_jump AS jump
        ON list_contains(list_transform(finding.facts, lambda fact: fact.source), jump.source)
    WHERE finding.status <> 'cleared'
    UNION
    SELECT
        earlier.finding_id,
        earlier.source
    FROM state.finding_row AS earlier
    SEMI JOIN source_jump AS jump ON earlier.source = jump.source
    SEMI JOIN rule.finding AS finding ON earlier.finding_id = finding.finding_id AND finding.status = 'cleared'
),

because AS (
    SELECT
        finding.finding_id,
        'rule:' || finding.rule_id AS why
    FROM rule.finding AS finding
    SEMI JOIN rule_jump ON finding.rule_id = rule_jump.rule_id
    UNION
    SELECT
        finding_id,
        'source:' || source
    FROM rests
    UNION
    SELECT
        reads.finding_id,
        'source:' || reads.source
    FROM reads
    INNER JOIN rule.finding AS finding ON reads.finding_id = finding.finding_id
    LEFT JOIN state.finding AS earlier
        ON reads.finding_id = earlier.finding_id AND earlier.status NOT IN ('cleared', 'refuted')
    WHERE
        finding.status = 'cleared'
        OR (reads.fell AND (earlier.finding_id IS NULL OR finding.severity IS DISTINCT FROM earlier.severity))
)

SELECT
    because.finding_id,
    array_to_string(list_sort(list(because.why)), ',') AS held_why,
    bool_or(finding.status = 'cleared') AS kept
FROM because
INNER JOIN rule.finding AS finding ON because.finding_id = finding.finding_id
WHERE finding.status <> 'refuted'
GROUP BY because.finding_id
