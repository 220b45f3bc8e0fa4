/*
description: >
  Everything a clerk might be asked about, one row a pair: an identity and the person it was linked to, goes to
  review for or comes nearest to, or two people suspected of being one. Identities that made the spine have
  nothing to be held against, unless they founded a person beside a candidate; what a clerk decided is not asked again.
grain: [subject, identity_id, person_id, other_person_id]
columns:
  decision: linked, review, unlinked; founded (made a person of its own beside a candidate); pair (two people)
  priority: of the list's line that rests on it, 1 first; 8 a finding on no list; 9 none
  place: keyed hash; the order by chance
*/
WITH listed AS (
    SELECT unnest(finding_ids) AS finding_id, priority
    FROM out.should_not_be_covered
    UNION ALL
    SELECT unnest(finding_ids) AS finding_id, priority
    FROM out.missing_from_coverage
),

urgent AS (
    SELECT finding.evidence, finding.person_id, coalesce(min(listed.priority), 8) AS priority
    FROM out.finding AS finding
    LEFT JOIN listed ON finding.finding_id = listed.finding_id
    GROUP BY finding.finding_id, finding.evidence, finding.person_id
),

fact AS (
    SELECT
        priority,
        unnest(from_json(evidence, '[{"source": "VARCHAR", "snapshot_date": "DATE", "record_no": "VARCHAR"}]')) AS fact
    FROM urgent
),

row_priority AS (
    SELECT fact.source, fact.snapshot_date, fact.record_no, min(priority) AS priority
    FROM fact
    GROUP BY ALL
),

person_priority AS (
    SELECT person_id, min(priority) AS priority
    FROM urgent
    WHERE person_id IS NOT NULL
    GROUP BY person_id
),

identity AS (
    SELECT
        link.identity_id,
        min(link.source) AS source,
        min(coalesce(link.seat, '')) AS seat,
        min(CASE WHEN link.method = 'spine' THEN 'founded' ELSE link.decision END) AS decision,
        min(CASE WHEN link.method = 'spine' THEN link.runner_up_probability ELSE link.probability END) AS probability,
        min(CASE WHEN link.method = 'spine' THEN link.candidate_person_id
                 ELSE coalesce(link.person_id, link.candidate_person_id) END) AS person_id,
        min(coalesce(row_priority.priority, 9)) AS priority
    FROM core.person_link AS link
    LEFT JOIN row_priority
        ON link.source = row_priority.source AND link.record_no = row_priority.record_no
        AND link.snapshot_date = row_priority.snapshot_date
    WHERE link.identity_id IS NOT NULL AND link.method <> 'clerical'
        AND (link.method <> 'spine' OR (link.source <> 'household_registry' AND link.candidate_person_id IS NOT NULL))
    GROUP BY link.identity_id
),

nearest AS (
    SELECT identity_id, min(person_id) AS person_id
    FROM core.link_evidence
    WHERE rank = 1
    GROUP BY identity_id
),

pair AS (
    SELECT
        'identity' AS subject, identity.identity_id, coalesce(identity.person_id, nearest.person_id) AS person_id,
        CAST(NULL AS VARCHAR) AS other_person_id, source, seat, decision, probability, priority
    FROM identity
    LEFT JOIN nearest ON identity.identity_id = nearest.identity_id
    UNION ALL
    SELECT
        'pair', NULL, same_as.person_id, same_as.other_person_id, NULL, '', 'pair', NULL,
        least(coalesce(one.priority, 9), coalesce(other.priority, 9))
    FROM core.person_same_as AS same_as
    LEFT JOIN person_priority AS one ON same_as.person_id = one.person_id
    LEFT JOIN person_priority AS other ON same_as.other_person_id = other.person_id
)

SELECT
    pair.subject, pair.identity_id, pair.person_id, pair.other_person_id, pair.source, pair.seat,
    pair.decision, pair.probability, pair.priority,
    quick_id('', concat_ws('|', $night, pair.identity_id, pair.person_id, pair.other_person_id)) AS place
FROM pair
ANTI JOIN review_decided AS decided
    ON pair.subject = decided.subject AND pair.person_id = decided.person_id
    AND coalesce(pair.identity_id, pair.other_person_id) = coalesce(decided.identity_id, decided.other_person_id)
WHERE pair.person_id IS NOT NULL
