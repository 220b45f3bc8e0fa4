/*
description: >
  Every finding that the figures change, with what it was and would be.
grain: [finding_id]
columns:
  change: new, gone, worse, better, or moved (another amount, line or step, of the same colour)
*/
SELECT
    coalesce(after.finding_id, before.finding_id) AS finding_id,
    coalesce(after.rule_id, before.rule_id) AS rule_id,
    coalesce(after.kind, before.kind) AS kind,
    coalesce(after.title_zh, before.title_zh) AS title_zh,
    coalesce(after.household_id, before.household_id) AS household_id,
    coalesce(after.case_no, before.case_no) AS case_no,
    coalesce(after.person_id, before.person_id) AS person_id,
    coalesce(after.program, before.program) AS program,
    CASE
        WHEN before.finding_id IS NULL THEN 'new'
        WHEN after.finding_id IS NULL THEN 'gone'
        WHEN before.severity = 'yellow' AND after.severity = 'red' THEN 'worse'
        WHEN before.severity = 'red' AND after.severity = 'yellow' THEN 'better'
        ELSE 'moved'
    END AS change,
    before.severity AS severity_before,
    after.severity AS severity_after,
    before.amount AS amount_before,
    after.amount AS amount_after,
    before.line AS line_before,
    after.line AS line_after,
    coalesce(after.suggested_step, before.suggested_step) AS suggested_step
FROM as_is.out.finding AS before
FULL JOIN as_if.out.finding AS after ON before.finding_id = after.finding_id
WHERE
    before.finding_id IS NULL
    OR after.finding_id IS NULL
    OR (before.severity, before.amount, before.line, before.suggested_step)
    IS DISTINCT FROM (after.severity, after.amount, after.line, after.suggested_step)
