/*
description: >
  X10, a covered person in a post paid by the treasury, public-welfare posts and the retired apart. One ground a post.
grain: [person_id, case_no, program, evidence_key, particulars, facts]
*/
WITH
post AS (
    SELECT
        post.person_id,
        post.post_type,
        post.from_date,
        max(post.monthly_salary) AS salary,
        list(fact_of(
            post.source, post.record_no, post.snapshot_date, post.decision, post.by_number, post.probability,
            'post:' || coalesce(post.post_type, 'unknown'),
            post.from_date,
            amount := post.monthly_salary,
            can_end := TRUE
        )) AS facts
    FROM means.post AS post
    CROSS JOIN policy.night AS night
    WHERE post.is_public_servant AND coalesce(post.from_date <= night.night, TRUE)
    GROUP BY post.person_id, post.post_type, post.from_date, post.decision
)

SELECT
    'X10' AS rule_id,
    roll.person_id,
    CAST(NULL AS VARCHAR) AS household_id,
    roll.case_no,
    roll.program,
    'yellow' AS severity,
    'verify_at_home' AS step,
    CAST(post.salary AS DECIMAL(14, 2)) AS amount,
    CAST(NULL AS DECIMAL(14, 2)) AS line,
    'post:' || coalesce(post.post_type, '') || ':' || coalesce(CAST(post.from_date AS VARCHAR), '')
    || '|case:' || roll.case_no AS evidence_key,
    CAST(NULL AS VARCHAR) AS lowered_by,
    CAST(to_json({
        'post_type': coalesce(post.post_type, 'unknown'),
        'from': post.from_date,
        'sure': post.facts[1].decision = 'linked'
    }) AS VARCHAR) AS particulars,
    CAST([] AS VARCHAR []) AS figures,
    [roll.fact] || post.facts AS facts
FROM fact.roll AS roll
INNER JOIN post ON roll.person_id = post.person_id
WHERE roll.paid AND roll.program IN ('dibao', 'tekun')
