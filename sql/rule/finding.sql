/*
description: >
  What fired tonight, one row a rule, subject and programme, with typed evidence and no text: grounds lowered as
  rules.md 6 says, the best kept, the facts of all of them gathered. Findings of the newest earlier night that no
  longer fire stand here once more as cleared.
grain: [finding_id]
columns:
  subject_name: the person, or the applicant or head of the household
  rests_on_review: the best ground needs a row whose identity is in review
  rests_on_number: every row of the best ground that names a person shows his number
  least_probability: the least certain link of the best ground, 0 to 1
  particulars: JSON of what the explanation needs beside the facts
  figures: the policy figures it rests on, with references
  facts: the delivered rows behind all its grounds, sorted
  missing: sources the rule reads that were stale or absent
*/
WITH
stale AS (
    SELECT coalesce(list(source), []) AS sources
    FROM raw.source_state
    WHERE state <> 'fresh'
),

unconfirmed AS (
    SELECT coalesce(list(DISTINCT name), []) AS names
    FROM policy.figure
    WHERE in_force AND unconfirmed
),

judged AS (
    SELECT
        ground.rule_id,
        ground.person_id,
        coalesce(ground.household_id, household.household_id, person.household_id) AS household_id,
        ground.case_no,
        ground.program,
        ground.severity,
        ground.step,
        ground.amount,
        ground.line,
        ground.evidence_key,
        ground.lowered_by,
        ground.particulars,
        ground.figures,
        ground.facts,
        len(list_filter(ground.facts, lambda fact: fact.decision = 'review')) > 0 AS in_review,
        len(list_filter(ground.facts, lambda fact: NOT coalesce(fact.by_number, TRUE))) > 0 AS no_number,
        len(list_filter(
            ground.facts, lambda fact: fact.can_end AND list_contains(stale.sources, fact.source)
        )) > 0 AS stale_source,
        list_has_any(ground.figures, unconfirmed.names) AS unconfirmed_figure,
        list_min(list_transform(ground.facts, lambda fact: fact.probability)) AS least_probability
    FROM rule.ground AS ground
    CROSS JOIN stale
    CROSS JOIN unconfirmed
    LEFT JOIN core.household AS household
        ON ground.case_no = household.case_no AND ground.program = household.program
    LEFT JOIN core.person AS person ON ground.person_id = person.person_id
),

lowered AS (
    SELECT
        judged.*
    FROM judged
)

SELECT 1
