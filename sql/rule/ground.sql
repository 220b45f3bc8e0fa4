/*
description: >
  Every ground of every rule of the night, in the one shape (docs/rules.md).
every: "[copx][0-9][0-9]*.sql"
grain: [rule_id, person_id, household_id, case_no, program, evidence_key, severity, lowered_by, facts]
columns:
  step: suggested_step of the finding that rests on this ground
  particulars: JSON of what the explanation needs beside the facts
  figures: names of the policy figures the ground rests on
  facts: the delivered rows the ground rests on
*/
SELECT
    rule_id,
    person_id,
    household_id,
    case_no,
    program,
    severity,
    step,
    amount,
    line,
    evidence_key,
    lowered_by,
    particulars,
    figures,
    facts
FROM rule.every
