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
FROM rule.c05
UNION ALL
SELECT
    rule_id, person_id, household_id, case_no, program, severity, step, amount, line,
    evidence_key, lowered_by, particulars, figures, facts
FROM rule.c06
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
FROM rule.o03
UNION ALL
SELECT
    rule_id, person_id, household_id, case_no, program, severity, step, amount, line,
    evidence_key, lowered_by, particulars, figures, facts
FROM rule.o04
UNION ALL
SELECT
    rule_id, person_id, household_id, case_no, program, severity, step, amount, line,
    evidence_key, lowered_by, particulars, figures, facts
FROM rule.o05
UNION ALL
SELECT
    rule_id, person_id, household_id, case_no, program, severity, step, amount, line,
    evidence_key, lowered_by, particulars, figures, facts
FROM rule.o06
UNION ALL
SELECT
    rule_id, person_id, household_id, case_no, program, severity, step, amount, line,
    evidence_key, lowered_by, particulars, figures, facts
FROM rule.o07
UNION ALL
SELECT
    rule_id, person_id, household_id, case_no, program, severity, step, amount, line,
    evidence_key, lowered_by, particulars, figures, facts
FROM rule.o08
UNION ALL
SELECT
    rule_id, person_id, household_id, case_no, program, severity, step, amount, line,
    evidence_key, lowered_by, particulars, figures, facts
FROM rule.o09
UNION ALL
SELECT
    rule_id, person_id, household_id, case_no, program, severity, step, amount, line,
    evidence_key, lowered_by, particulars, figures, facts
FROM rule.o10
UNION ALL
SELECT
    rule_id, person_id, household_id, case_no, program, severity, step, amount, line,
    evidence_key, lowered_by, particulars, figures, facts
FROM rule.o11
UNION ALL
SELECT
    rule_id, person_id, household_id, case_no, program, severity, step, amount, line,
    evidence_key, lowered_by, particulars, figures, facts
FROM rule.o12
UNION ALL
SELECT
    rule_id, person_id, household_id, case_no, program, severity, step, amount, line,
    evidence_key, lowered_by, particulars, figures, facts
FROM rule.o13
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
FROM rule.p03_p04
UNION ALL
SELECT
    rule_id, person_id, household_id, case_no, program, severity, step, amount, line,
    evidence_key, lowered_by, particulars, figures, facts
FROM rule.p05
UNION ALL
SELECT
    rule_id, person_id, household_id, case_no, program, severity, step, amount, line,
    evidence_key, lowered_by, particulars, figures, facts
FROM rule.p06
UNION ALL
SELECT
    rule_id, person_id, household_id, case_no, program, severity, step, amount, line,
    evidence_key, lowered_by, particulars, figures, facts
FROM rule.x01
UNION ALL
SELECT
    rule_id, person_id, household_id, case_no, program, severity, step, amount, line,
    evidence_key, lowered_by, particulars, figures, facts
FROM rule.x02
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
FROM rule.x07_x08
UNION ALL
SELECT
    rule_id, person_id, household_id, case_no, program, severity, step, amount, line,
    evidence_key, lowered_by, particulars, figures, facts
FROM rule.x09
UNION ALL
SELECT
    rule_id, person_id, household_id, case_no, program, severity, step, amount, line,
    evidence_key, lowered_by, particulars, figures, facts
FROM rule.x10
UNION ALL
SELECT
    rule_id, person_id, household_id, case_no, program, severity, step, amount, line,
    evidence_key, lowered_by, particulars, figures, facts
FROM rule.x11
UNION ALL
SELECT
    rule_id, person_id, household_id, case_no, program, severity, step, amount, line,
    evidence_key, lowered_by, particulars, figures, facts
FROM rule.x12
UNION ALL
SELECT
    rule_id, person_id, household_id, case_no, program, severity, step, amount, line,
    evidence_key, lowered_by, particulars, figures, facts
FROM rule.x13
UNION ALL
SELECT
    rule_id, person_id, household_id, case_no, program, severity, step, amount, line,
    evidence_key, lowered_by, particulars, figures, facts
FROM rule.x14
UNION ALL
SELECT
    rule_id, person_id, household_id, case_no, program, severity, step, amount, line,
    evidence_key, lowered_by, particulars, figures, facts
FROM rule.x15
UNION ALL
SELECT
    rule_id, person_id, household_id, case_no, program, severity, step, amount, line,
    evidence_key, lowered_by, particulars, figures, facts
FROM rule.x16
UNION ALL
SELECT
    rule_id, person_id, household_id, case_no, program, severity, step, amount, line,
    evidence_key, lowered_by, particulars, figures, facts
FROM rule.x17
UNION ALL
SELECT
    rule_id, person_id, household_id, case_no, program, severity, step, amount, line,
    evidence_key, lowered_by, particulars, figures, facts
FROM rule.x18
UNION ALL
SELECT
    rule_id, person_id, household_id, case_no, program, severity, step, amount, line,
    evidence_key, lowered_by, particulars, figures, facts
FROM rule.x19
UNION ALL
SELECT
    rule_id, person_id, household_id, case_no, program, severity, step, amount, line,
    evidence_key, lowered_by, particulars, figures, facts
FROM rule.x20
