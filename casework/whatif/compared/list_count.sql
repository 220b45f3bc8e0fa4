/*
description: >
  How long the two lists are, as they are and as they would be, and how many rows come and go.
grain: [list]
*/
WITH
listed AS (
    SELECT
        'should_not_be_covered' AS list, 'before' AS world,
        [case_no, program, household_id, person_id] AS subject
    FROM as_is.out.should_not_be_covered
    UNION ALL
    SELECT 'should_not_be_covered', 'after', [case_no, program, household_id, person_id]
    FROM as_if.out.should_not_be_covered
    UNION ALL
    SELECT 'missing_from_coverage', 'before', [household_id, person_id, program] FROM as_is.out.missing_from_coverage
    UNION ALL
    SELECT 'missing_from_coverage', 'after', [household_id, person_id, program] FROM as_if.out.missing_from_coverage
),

subject AS (
    SELECT
        list,
        subject,
        bool_or(world = 'before') AS was,
        bool_or(world = 'after') AS would_be
    FROM listed
    GROUP BY list, subject
)

SELECT
    list,
    count(*) FILTER (was) AS before,
    count(*) FILTER (would_be) AS after,
    count(*) FILTER (NOT was) AS entered,
    count(*) FILTER (NOT would_be) AS left_it
FROM subject
GROUP BY list
