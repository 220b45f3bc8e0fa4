/*
description: >
  X12, drawn twice: one person covered on two cases of one programme, or of two programmes that exclude each other.
  The finding stands on the case that began later, then on the greater case number, then on the greater programme.
grain: [person_id, case_no, program, evidence_key, facts]
*/
WITH
paid AS (
    SELECT
        case_no,
        program,
        person_id,
        status,
        start_date,
        monthly_amount,
        fact
    FROM fact.roll
    WHERE paid AND program NOT IN ('temporary_relief', 'medical_assistance')
),

clash AS (
    SELECT
        program_a AS program,
        program_b AS other_program,
        'exclusive_programs.' || program_a || '+' || program_b AS figure
    FROM policy.exclusive_pair
    UNION
    SELECT
        program_b,
        program_a,
        'exclusive_programs.' || program_a || '+' || program_b
    FROM policy.exclusive_pair
),

pair AS (
    SELECT
        later.person_id,
        later.case_no,
        later.program,
        later.start_date,
        later.monthly_amount,
        earlier.case_no AS other_case_no,
        earlier.program AS other_program,
        earlier.start_date AS other_start_date,
        CAST(earlier.monthly_amount AS DECIMAL(14, 2)) AS other_amount,
        same_person.suspected,
        CASE WHEN clash.figure IS NULL THEN CAST([] AS VARCHAR []) ELSE [clash.figure] END AS figures,
        later.status = 'tapering' OR earlier.status = 'tapering' AS tapering,
        calendar_months(later.start_date, night.night) <= 1 AS just_begun,
        [later.fact, earlier.fact] AS facts
    FROM paid AS later
    INNER JOIN fact.same_person AS same_person ON later.person_id = same_person.person_id
    INNER JOIN paid AS earlier ON same_person.alias_person_id = earlier.person_id
    CROSS JOIN policy.night AS night
    LEFT JOIN clash ON later.program = clash.program AND earlier.program = clash.other_program
    WHERE
        (clash.program IS NOT NULL OR (later.program = earlier.program AND later.case_no <> earlier.case_no))
        AND (
            later.start_date > earlier.start_date
            OR (
                later.start_date = earlier.start_date
                AND later.case_no || '|' || later.program > earlier.case_no || '|' || earlier.program
            )
        )
)

SELECT
    'X12' AS rule_id,
    person_id,
    CAST(NULL AS VARCHAR) AS household_id,
    case_no,
    program,
    CASE WHEN just_begun OR tapering OR suspected THEN 'yellow' ELSE 'red' END AS severity,
    CASE WHEN just_begun OR tapering OR suspected THEN 'verify_at_home' ELSE 'stop_payment_check' END AS step,
    CAST(monthly_amount AS DECIMAL(14, 2)) AS amount,
    CAST(NULL AS DECIMAL(14, 2)) AS line,
    'case:' || case_no || ':' || program || '|case:' || other_case_no || ':' || other_program AS evidence_key,
    CASE WHEN suspected AND NOT just_begun AND NOT tapering THEN 'suspected_same_person' END AS lowered_by,
    CAST(to_json({
        'case_no': case_no,
        'other_case_no': other_case_no,
        'other_program': other_program,
        'other_amount': other_amount,
        'same_program': other_program = program,
        'start_date': start_date,
        'other_start_date': other_start_date,
        'just_begun': just_begun,
        'tapering': tapering,
        'suspected': suspected
    }) AS VARCHAR) AS particulars,
    figures,
    facts
FROM pair
