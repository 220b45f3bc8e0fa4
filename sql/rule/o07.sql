/*
description: >
  O07, a child nobody provides for: under 18, on none of the children's programmes nor tekun, whose parents are both
  dead (orphan), or each dead, in custody for long or disabled (unsupported); or listed as such by the children's
  register. One such parent and the other unknown: yellow. Parents are the head and the head's spouse of the booklet.
grain: [person_id, evidence_key, facts]
*/
WITH
child AS (
    SELECT
        resident.person_id,
        resident.fact
    FROM fact.resident AS resident
    CROSS JOIN policy.night AS night
    ANTI JOIN (
        SELECT person_id
        FROM fact.receipt
        WHERE open AND program IN ('orphan', 'unsupported_child', 'tekun')
    ) AS receipt ON resident.person_id = receipt.person_id
    WHERE is_minor(resident.birth_date, night.night)
),

parents AS (
    SELECT
        parent.person_id,
        count(*) AS known,
        count(state.person_id) AS unable,
        count(*) FILTER (WHERE state.state = 'dead') AS dead,
        list_sort(list(state.state) FILTER (WHERE state.person_id IS NOT NULL)) AS states,
        list_sort(list(state.state || ':' || coalesce(CAST(state.since AS VARCHAR), ''))
            FILTER (WHERE state.person_id IS NOT NULL)) AS keys,
        list(state.fact) FILTER (WHERE state.person_id IS NOT NULL) AS facts
    FROM (SELECT DISTINCT person_id, parent_id FROM means.parent) AS parent
    LEFT JOIN fact.incapacity AS state ON parent.parent_id = state.person_id
    GROUP BY parent.person_id
),

due AS (
    SELECT
        child.person_id,
        CASE WHEN parents.dead >= 2 AND parents.dead = parents.known THEN 'orphan' ELSE 'unsupported_child' END
            AS program,
        CASE WHEN parents.known >= 2 THEN 'red' ELSE 'yellow' END AS severity,
        array_to_string(parents.keys, '+') AS evidence_key,
        parents.states,
        CAST(NULL AS VARCHAR) AS listed,
        [child.fact] || parents.facts AS facts
    FROM child
    INNER JOIN parents ON child.person_id = parents.person_id AND parents.unable = parents.known
    UNION ALL
    SELECT
        child.person_id,
        CASE WHEN listed.kind = 'orphan' THEN 'orphan' ELSE 'unsupported_child' END,
        'red',
        'listed:' || listed.kind || ':' || listed.identified_on,
        CAST([] AS VARCHAR []),
        CASE WHEN listed.kind = 'orphan' THEN 'orphan_child' ELSE listed.kind END,
        [child.fact, listed.fact]
    FROM child
    INNER JOIN fact.child AS listed ON child.person_id = listed.person_id
    WHERE listed.kind IN ('orphan', 'unsupported')
),

owed AS (
    SELECT
        person_id,
        severity,
        evidence_key,
        states,
        listed,
        facts,
        first_value(program) OVER (
            PARTITION BY person_id
            ORDER BY len(list_filter(facts, lambda fact: fact.decision = 'review')) > 0, program, evidence_key
        ) AS one_owed
    FROM due
)

SELECT
    'O07' AS rule_id,
    person_id,
    CAST(NULL AS VARCHAR) AS household_id,
    CAST(NULL AS VARCHAR) AS case_no,
    one_owed AS program,
    severity,
    'visit_urgently' AS step,
    CAST(NULL AS DECIMAL(14, 2)) AS amount,
    CAST(NULL AS DECIMAL(14, 2)) AS line,
    evidence_key,
    CAST(NULL AS VARCHAR) AS lowered_by,
    CAST(to_json({
        'states': states,
        'other_parent_unknown': severity = 'yellow',
        'listed': listed,
        'custody_months': night.custody_months
    }) AS VARCHAR) AS particulars,
    CASE WHEN list_contains(states, 'custody') THEN ['custody_months'] ELSE CAST([] AS VARCHAR []) END AS figures,
    facts
FROM owed
CROSS JOIN policy.night AS night
