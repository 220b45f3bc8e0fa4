/*
description: >
  The evidence of every finding as an analyst may see it, made anew from its typed facts: records by pseudonym, no
  plate and no account, of a birth the year, of a death and of any cancellation in the registry the month.
grain: [finding_id]
*/
WITH
fact AS (
    SELECT
        finding_id,
        unnest(facts) AS fact
    FROM rule.finding
),

shown AS (
    SELECT
        finding_id,
        {
            'source': fact.source,
            'snapshot_date': fact.snapshot_date,
            'record_no': pseudonym('r', fact.record_no),
            'values': {
                'what': CASE
                    WHEN starts_with(fact.what, 'foreign:') AND NOT regexp_full_match(fact.what, 'foreign:[A-Z]{3}')
                        THEN 'foreign'
                    ELSE fact.what
                END,
                'on': CASE
                    WHEN fact.what = 'registry:normal' THEN strftime(fact."on", '%Y')
                    WHEN fact.source IN ('household_registry', 'deaths') THEN strftime(fact."on", '%Y-%m')
                    ELSE strftime(fact."on", '%Y-%m-%d')
                END,
                'amount': fact.amount
            },
            'decision': fact.decision,
            'by_number': fact.by_number,
            'probability': round(fact.probability, 2)
        } AS fact
    FROM fact
),

gathered AS (
    SELECT
        finding_id,
        CAST(to_json(list_sort(list(fact))) AS VARCHAR) AS evidence
    FROM shown
    GROUP BY finding_id
)

SELECT
    finding.finding_id,
    coalesce(gathered.evidence, '[]') AS evidence
FROM rule.finding AS finding
LEFT JOIN gathered ON finding.finding_id = gathered.finding_id
