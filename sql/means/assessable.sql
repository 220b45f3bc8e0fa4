/*
description: >
  Whether a household's figures can be judged, and what was not there (rules.md 5). Gated sources are not there for a
  household where an adult among the counted has not authorized them; registry households are judged without them.
grain: [household_id]
*/
WITH
asked AS (
    SELECT DISTINCT person_id
    FROM core.case_member
    WHERE authorized_as_member
),

signed AS (
    SELECT
        unit.household_id,
        unit.kind,
        unit.kind = 'case'
        AND count(member.person_id) > 0
        AND coalesce(
            bool_and(asked.person_id IS NOT NULL OR NOT member.is_adult) FILTER (member.person_id IS NOT NULL), FALSE
        ) AS all_signed
    FROM means.household_unit AS unit
    LEFT JOIN means.counted_member AS member ON unit.household_id = member.household_id AND member.is_counted
    LEFT JOIN asked ON member.person_id = asked.person_id
    GROUP BY unit.household_id, unit.kind
),

-- Two answers for each source: with everybody's authorization and without.
answer AS (
    SELECT
        flag.all_signed,
        bool_and(cover.is_there AND (flag.all_signed OR NOT cover.is_gated))
            FILTER (cover.source IN ('tax_income', 'social_insurance')) AS income,
        bool_and(cover.is_there AND (flag.all_signed OR NOT cover.is_gated))
            FILTER (cover.source = 'bank_accounts') AS assets,
        list_sort(
            list(cover.source) FILTER (NOT cover.is_there OR (cover.is_gated AND NOT flag.all_signed))
        ) AS sources_missing
    FROM means.source_cover AS cover
    CROSS JOIN (VALUES (TRUE), (FALSE)) AS flag (all_signed)
    GROUP BY flag.all_signed
)

SELECT
    signed.household_id,
    signed.kind = 'case' AND signed.all_signed AND answer.income AS income_assessable,
    signed.kind = 'case' AND signed.all_signed AND answer.assets AS assets_assessable,
    signed.kind = 'case' AND signed.all_signed AND answer.income AND answer.assets AS assessable,
    coalesce(answer.sources_missing, []) AS sources_missing
FROM signed
INNER JOIN answer ON signed.all_signed = answer.all_signed
