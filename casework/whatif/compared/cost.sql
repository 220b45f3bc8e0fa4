/*
description: >
  What the programmes cost a month: on the roll, by the figures as they are, by the figures as they would be, and what
  those would cost who would come in.
grain: [program]
columns:
  paid: yuan a month on the roll
  due_before: yuan a month by the figures as they are
  due_after: yuan a month by the figures as they would be, of the same cases
  newcomers: yuan a month more, were everybody admitted who would come in; what the lists estimate
*/
WITH
due AS (
    SELECT
        before.program,
        count(*) AS cases,
        sum(before.paid) AS paid,
        sum(before.due) AS due_before,
        sum(after.due) AS due_after,
        min(before.basis) AS basis
    FROM as_is.world.payment AS before
    INNER JOIN as_if.world.payment AS after ON before.case_no = after.case_no AND before.program = after.program
    GROUP BY before.program
),

newcomer AS (
    SELECT
        program,
        count(*) AS newcomers,
        sum(monthly_after) AS amount
    FROM compared.household
    WHERE effect = 'comes_in'
    GROUP BY program
)

SELECT
    coalesce(due.program, newcomer.program) AS program,
    coalesce(due.cases, 0) AS cases,
    coalesce(due.paid, 0) AS paid,
    coalesce(due.due_before, 0) AS due_before,
    coalesce(due.due_after, 0) AS due_after,
    coalesce(due.due_after, 0) - coalesce(due.due_before, 0) AS difference,
    coalesce(due.basis, 'standard') AS basis,
    coalesce(newcomer.newcomers, 0) AS would_come_in,
    coalesce(newcomer.amount, 0) AS newcomers
FROM due
FULL JOIN newcomer ON due.program = newcomer.program
