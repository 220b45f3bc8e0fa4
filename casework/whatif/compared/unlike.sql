/*
description: >
  Published findings that the same figures do not give again, and those given that were not published: none, unless
  rules, figures or libraries have changed since.
grain: [finding_id]
*/
WITH
published AS (
    SELECT
        finding_id, evidence_key, rule_id, kind, severity, lowered_by, household_id, case_no, person_id, program,
        suggested_step, amount, line, title_zh, evidence, first_seen
    FROM published.out.finding
    -- Without a key: it fires no longer, and a jump alone keeps it (docs/rules.md).
    WHERE status <> 'cleared' AND evidence_key IS NOT NULL
),

rebuilt AS (
    SELECT
        finding_id, evidence_key, rule_id, kind, severity, lowered_by, household_id, case_no, person_id, program,
        suggested_step, amount, line, title_zh, evidence, first_seen
    FROM as_is.out.finding
)

SELECT DISTINCT finding_id
FROM (
    (SELECT * FROM published EXCEPT SELECT * FROM rebuilt)
    UNION ALL
    (SELECT * FROM rebuilt EXCEPT SELECT * FROM published)
)
