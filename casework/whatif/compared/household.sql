/*
description: >
  What would happen to households, one row an effect and programme.
grain: [household_id, effect, program, case_no]
columns:
  effect: >
    comes_in (a new omission finding), under_line (income a head would fall under the dibao line, without a finding),
    no_longer_missed, leaves (a new exclusion finding on a paid case), paid_otherwise (X20 alone: another amount than the
    figures give), no_longer_doubtful, loses (more help than it gains, or its programme)
  severity: colour of the finding, as it would be or was
  income_before: >
    yuan a month, of the whole household where it loses help, else a head: high where a need, likely where a doubt is judged
  category_before: >
    programme that its income leaves it by the figures as they are (loses)
  category_after: >
    the same by the figures as they would be; none where it is over every line
  monthly_before: >
    yuan a month, paid (leaves), or help by the figures (loses)
  monthly_after: >
    yuan a month, estimated (comes_in), or help by the figures (loses)
*/
WITH
found AS (
    SELECT
        household_id,
        CASE
            WHEN kind = 'omission' AND change = 'new' THEN 'comes_in'
            WHEN kind = 'omission' THEN 'no_longer_missed'
            WHEN change = 'new' AND rule_id = 'X20' THEN 'paid_otherwise'
            WHEN change = 'new' THEN 'leaves'
            ELSE 'no_longer_doubtful'
        END AS effect,
        program,
        case_no,
        list_sort(list_distinct(list(rule_id))) AS rule_ids,
        list_sort(list(finding_id)) AS finding_ids,
        min(coalesce(severity_after, severity_before)) AS severity
    FROM compared.finding
    WHERE kind IN ('omission', 'exclusion') AND change IN ('new', 'gone')
    GROUP BY ALL
),

estimate AS (
    SELECT
        household_id,
        program,
        sum(estimated_monthly_amount) AS amount
    FROM as_if.out.missing_from_coverage
    GROUP BY household_id, program
),

covered AS (
    SELECT household_id
    FROM as_if.world.payment
    WHERE program IN ('dibao', 'tekun') AND household_id IS NOT NULL
),

effect AS (
    SELECT
        found.household_id,
        found.effect,
        found.program,
        found.case_no,
        found.rule_ids,
        found.finding_ids,
        found.severity,
        CASE WHEN found.effect IN ('comes_in', 'no_longer_missed') THEN before.income_high_12 ELSE before.income_likely_12 END
            AS income_before,
        CASE WHEN found.effect IN ('comes_in', 'no_longer_missed') THEN after.income_high_12 ELSE after.income_likely_12 END
            AS income_after,
        before.standard AS line_before,
        after.standard AS line_after,
        CASE WHEN found.effect IN ('leaves', 'paid_otherwise', 'no_longer_doubtful') THEN paid.paid END AS monthly_before,
        CASE found.effect WHEN 'comes_in' THEN estimate.amount END AS monthly_after,
        NULL AS category_before,
        NULL AS category_after,
        FALSE AS cliff
    FROM found
    LEFT JOIN as_is.core.household AS before ON found.household_id = before.household_id
    LEFT JOIN as_if.core.household AS after ON found.household_id = after.household_id
    LEFT JOIN as_is.world.payment AS paid ON found.case_no = paid.case_no AND found.program = paid.program
    LEFT JOIN estimate ON found.household_id = estimate.household_id AND found.program = estimate.program
    UNION ALL
    SELECT
        after.household_id,
        'under_line',
        'dibao',
        after.case_no,
        [],
        [],
        NULL,
        before.income_high_12,
        after.income_high_12,
        before.standard,
        after.standard,
        NULL,
        CAST((after.standard - after.income_high_12) * after.counted_members AS DECIMAL(14, 2)),
        NULL,
        NULL,
        FALSE
    FROM as_is.core.household AS before
    INNER JOIN as_if.core.household AS after ON before.household_id = after.household_id
    ANTI JOIN covered ON after.household_id = covered.household_id
    ANTI JOIN (SELECT household_id FROM found WHERE effect = 'comes_in' AND program = 'dibao') AS named
        ON after.household_id = named.household_id
    WHERE before.income_high_12 >= before.standard AND after.income_high_12 < after.standard
    UNION ALL
    SELECT
        household_id,
        'loses',
        program,
        case_no,
        [],
        [],
        NULL,
        income_before,
        income_after,
        line_before,
        line_after,
        help_before,
        help_after,
        category_before,
        category_after,
        cliff
    FROM compared.loss
)

SELECT
    effect.*,
    household.division_code,
    left(household.division_code, 9) || '000' AS township_code
FROM effect
LEFT JOIN as_is.core.household AS household ON effect.household_id = household.household_id
