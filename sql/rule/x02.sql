/*
description: >
  X02, paid while in prison or compulsory rehabilitation on the night. Tekun ends with it (43号 art. 24): red; in the
  other programmes the person is not counted: yellow.
grain: [person_id, case_no, program]
*/
WITH
paid AS (
    SELECT
        roll.person_id,
        roll.case_no,
        roll.program,
        roll.monthly_amount,
        custody.from_date,
        custody.to_date,
        custody.kind,
        custody.unread,
        [
            roll.fact,
            fact_of(
                custody.source,
                custody.record_no,
                custody.snapshot_date,
                custody.decision,
                coalesce(custody.by_number, FALSE),
                custody.probability,
                'custody:' || custody.kind, custody.from_date, can_end := TRUE, unread := custody.unread
            )
        ] AS facts
    FROM fact.roll AS roll
    INNER JOIN means.custody AS custody ON roll.person_id = custody.person_id
    WHERE
        roll.paid
        AND roll.program IN (
            'tekun', 'dibao', 'marginal', 'rigid_expenditure', 'disability_living', 'disability_nursing'
        )
)

SELECT
    'X02' AS rule_id,
    person_id,
    CAST(NULL AS VARCHAR) AS household_id,
    case_no,
    program,
    CASE WHEN program = 'tekun' THEN 'red' ELSE 'yellow' END AS severity,
    CASE WHEN program = 'tekun' THEN 'stop_payment_check' ELSE 'reassess' END AS step,
    CAST(monthly_amount AS DECIMAL(14, 2)) AS amount,
    CAST(NULL AS DECIMAL(14, 2)) AS line,
    'custody:' || from_date || '|case:' || case_no AS evidence_key,
    CAST(NULL AS VARCHAR) AS lowered_by,
    CAST(to_json({'kind': kind, 'from': from_date, 'until': to_date, 'until_unread': unread <> [], 'ends': program = 'tekun'}) AS VARCHAR)
        AS particulars,
    CAST([] AS VARCHAR []) AS figures,
    facts
FROM paid
