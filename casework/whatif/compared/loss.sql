/*
description: >
  Households on a paid case that would lose more a month than they gain, the same income given. A cliff: the programme is
  lost, and what it would still get with an income at the line is more than the income over it: it would be better off
  earning less.
grain: [household_id]
columns:
  lost: yuan a month, of cash and linked benefits that become less
  gained: yuan a month, of those that become more
  over_line: yuan a month of income over the new line; null where it is within it
*/
WITH
moved AS (
    SELECT
        before.household_id,
        before.case_no,
        before.program,
        before.division_code,
        before.category AS category_before,
        after.category AS category_after,
        before.income AS income_before,
        after.income AS income_after,
        before.line AS line_before,
        after.line AS line_after,
        before.cash + before.linked AS help_before,
        after.cash + after.linked AS help_after,
        after.at_line AS help_at_line,
        greatest(0, before.cash - after.cash) + greatest(0, before.linked - after.linked) AS lost,
        greatest(0, after.cash - before.cash) + greatest(0, after.linked - before.linked) AS gained
    FROM as_is.world.help AS before
    INNER JOIN as_if.world.help AS after ON before.household_id = after.household_id
)

SELECT
    *,
    CASE WHEN income_after > line_after THEN income_after - line_after END AS over_line,
    category_after <> category_before AND help_at_line - help_after > income_after - line_after AS cliff
FROM moved
WHERE lost > gained OR (category_after <> category_before AND category_before = program)
