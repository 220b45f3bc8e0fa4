/*
description: >
  X11, work not declared: an employer paid contributions for undeclared_work_months or more of M1..M12, the person
  declared no income, and holds no public-welfare post. Linked rows are enough alone where they can be; what is in
  review is added only where they are not.
grain: [person_id, case_no, program]
*/
WITH
worked AS (
    SELECT
        person_id,
        count(DISTINCT month) FILTER (WHERE decision = 'linked') AS linked_months,
        count(DISTINCT month) AS all_months,
        max(base) AS base
    FROM means.contribution
    WHERE
        has_employer
        AND decision IN ('linked', 'review')
        AND person_id IN (SELECT person_id FROM fact.roll WHERE open)
    GROUP BY person_id
),

due AS (
    SELECT
        roll.person_id,
        roll.case_no,
        roll.program,
        roll.fact,
        worked.linked_months >= night.undeclared_work_months AS sure,
        CASE
            WHEN worked.linked_months >= night.undeclared_work_months THEN worked.linked_months
            ELSE worked.all_months
        END AS months,
        worked.base,
        night.undeclared_work_months AS months_line
    FROM fact.roll AS roll
    INNER JOIN worked ON roll.person_id = worked.person_id
    INNER JOIN fact.household_case AS own
        ON roll.case_no = own.case_no AND roll.program = own.program AND own.paid
    CROSS JOIN policy.night AS night
    ANTI JOIN means.declared_income AS declared ON roll.person_id = declared.person_id
    -- What was declared and could not be read is not "nothing declared".
    ANTI JOIN (SELECT person_id FROM fact.roll WHERE list_contains(unreadable, 'declared_monthly_income')) AS unread_declared
        ON roll.person_id = unread_declared.person_id
    ANTI JOIN (SELECT person_id FROM means.post WHERE post_type = 'public_welfare') AS welfare
        ON roll.person_id = welfare.person_id
    WHERE
        roll.open
        AND roll.program IN ('dibao', 'marginal')
        AND worked.all_months >= night.undeclared_work_months
),

contributed AS (
    SELECT
        due.person_id,
        due.case_no,
        due.program,
        list(fact_of(
            spell.source, spell.record_no, spell.snapshot_date, spell.decision, spell.by_number, spell.probability,
            'contribution:' || strftime(spell.first_month, '%Y-%m-%d'), spell.month, amount := spell.base,
            unread := spell.unread
        )) AS facts
    FROM due
    INNER JOIN (
        SELECT
            person_id, source, record_no, snapshot_date, base, decision, by_number, probability, unread,
            min(month) AS first_month, max(month) AS month
        FROM means.contribution
        WHERE has_employer AND person_id IN (SELECT person_id FROM due)
        GROUP BY ALL
    ) AS spell
        ON due.person_id = spell.person_id AND (spell.decision = 'linked' OR NOT due.sure)
    GROUP BY due.person_id, due.case_no, due.program
)

SELECT
    'X11' AS rule_id,
    due.person_id,
    CAST(NULL AS VARCHAR) AS household_id,
    due.case_no,
    due.program,
    'yellow' AS severity,
    'reassess' AS step,
    CAST(NULL AS DECIMAL(14, 2)) AS amount,
    CAST(NULL AS DECIMAL(14, 2)) AS line,
    'case:' || due.case_no || '|contribution' AS evidence_key,
    CAST(NULL AS VARCHAR) AS lowered_by,
    CAST(to_json({'months': due.months, 'months_line': due.months_line, 'base': due.base}) AS VARCHAR) AS particulars,
    ['undeclared_work_months'] AS figures,
    [due.fact] || contributed.facts AS facts
FROM due
INNER JOIN contributed
    ON due.person_id = contributed.person_id AND due.case_no = contributed.case_no AND due.program = contributed.program
