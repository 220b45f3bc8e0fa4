/*
description: >
  Open exclusion and omission findings as the two lists read them, with the priority of outputs.md: 1 a child or a
  death, 2 red, 3 yellow resting on figures, 4 other yellow, 5 resting on review.
grain: [finding_id]
columns:
  step_rank: which step wins where findings of one subject ask for several; the mildest wins among equals
*/
SELECT
    published.finding_id,
    published.rule_id,
    published.kind,
    published.household_id,
    published.case_no,
    published.person_id,
    published.program,
    published.suggested_step,
    published.explanation_zh,
    published.first_seen,
    published.status,
    CASE
        WHEN published.rule_id IN ('X01', 'O07') THEN 1
        WHEN
            published.rule_id = 'O11'
            AND len(list_filter(finding.facts, lambda fact: starts_with(fact.what, 'death:'))) > 0
            THEN 1
        WHEN is_minor(person.birth_date, night.night) THEN 1
        WHEN published.severity = 'red' THEN 2
        WHEN finding.rests_on_review THEN 5
        WHEN published.amount IS NOT NULL AND published.line IS NOT NULL THEN 3
        ELSE 4
    END AS priority,
    CASE published.suggested_step
        WHEN 'verify_at_home' THEN 1
        WHEN 'taper' THEN 2
        WHEN 'reassess' THEN 3
        ELSE 4
    END AS step_rank
FROM out.finding AS published
INNER JOIN rule.finding AS finding ON published.finding_id = finding.finding_id
CROSS JOIN policy.night AS night
LEFT JOIN core.person AS person ON published.person_id = person.person_id
WHERE
    published.kind IN ('exclusion', 'omission')
    AND published.status NOT IN ('cleared', 'refuted')
    AND published.held_why IS NULL
