/*
description: >
  Every ground of every rule of the night, in the one shape (docs/rules.md). A new rule adds its SELECT here.
grain: [rule_id, person_id, household_id, case_no, program, evidence_key, severity, lowered_by, facts]
columns:
  step: suggested_step of the finding that rests on this ground
  particulars: JSON of what the explanation needs beside the facts
  figures: names of the policy figures the ground rests on
  facts: the delivered rows the ground rests on
*/
SELECT
    rule_id, person_id, household_id, case_no, program, severity, step, amount, line,
    evidence_key, lowered_by, particulars, figures, facts
FROM rule.c01_c04
UNION ALL
SELECT
    rule_id, person_id, household_id, case_no, program, severity, step, amount, line,
    evidence_key, lowered_by, particulars, figures, facts
FROM rule.o01
UNION ALL
SELECT
    rule_id, person_id, household_id, case_no, program, severity, step, amount, line,
    evidence_key, lowered_by, particulars, figures, facts
FROM rule.o02
UNION ALL
SELECT
    rule_id, person_id, household_id, case_no, program, severity, step, amount, line,
    evidence_key, lowered_by, particulars, figures, facts
FROM rule.o04
UNION ALL
SELECT
    rule_id, person_id, household_id, case_no, program, severity, step, amount, line,
    evidence_key, lowered_by, particulars, figures, facts
FROM rule.o07
UNION ALL
SELECT
    rule_id, person_id, household_id, case_no, program, severity, step, amount, line,
    evidence_key, lowered_by, particulars, figures, facts
FROM rule.o09
UNION ALL
SELECT
    rule_id, person_id, household_id, case_no, program, severity, step, amount, line,
    evidence_key, lowered_by, particulars, figures, facts
FROM rule.p01
UNION ALL
SELECT
    rule_id, person_id, household_id, case_no, program, severity, step, amount, line,
    evidence_key, lowered_by, particulars, figures, facts
FROM rule.p02
UNION ALL
SELECT
    rule_id, person_id, household_id, case_no, program, severity, step, amount, line,
    evidence_key, lowered_by, particulars, figures, facts
FROM rule.x01
UNION ALL
SELECT
    rule_id, person_id, household_id, case_no, program, severity, step, amount, line,
    evidence_key, lowered_by, particulars, figures, facts
FROM rule.x03
UNION ALL
SELECT
    rule_id, person_id, household_id, case_no, program, severity, step, amount, line,
    evidence_key, lowered_by, particulars, figures, facts
FROM rule.x04
UNION ALL
SELECT
    rule_id, person_id, household_id, case_no, program, severity, step, amount, line,
    evidence_key, lowered_by, particulars, figures, facts
FROM rule.x05
UNION ALL
SELECT
    rule_id, person_id, household_id, case_no, program, severity, step, amount, line,
    evidence_key, lowered_by, particulars, figures, facts
FROM rule.x06
UNION ALL
SELECT
    rule_id, person_id, household_id, case_no, program, severity, step, amount, line,
    evidence_key, lowered_by, particulars, figures, facts
FROM rule.x12
UNION ALL
SELECT
    rule_id, person_id, household_id, case_no, program, severity, step, amount, line,
    evidence_key, lowered_by, particulars, figures, facts
FROM rule.x17
