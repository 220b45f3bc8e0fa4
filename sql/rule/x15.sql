/*
description: >
  X15, a legal supporter of a tekun case who could pay: computed support over nothing. One ground a supporter; his
  income serves this case and no other.
grain: [household_id, evidence_key, facts]
*/
WITH
able AS (
    SELECT
        support.household_id,
        support.case_no,
        support.program,
        support.person_id,
        support.own_likely,
        support.line,
        support.support,
        own.standard_figure,
        own.fact AS standing,
        fact_of(
            support.source,
            support.record_no,
            support.snapshot_date,
            support.decision,
            support.by_number,
            support.probability,
            'supporter', CAST(NULL AS DATE), can_end := TRUE
        ) AS supporter
    FROM means.support AS support
    INNER JOIN fact.household_case AS own ON support.household_id = own.household_id AND own.paid
    WHERE support.program = 'tekun' AND support.support > 0
),

earned AS (
    SELECT
        person_id,
        list(fact) AS facts
    FROM (
        SELECT
            ledger.person_id,
            fact_of(
                ledger.source,
                ledger.record_no,
                ledger.snapshot_date,
                ledger.decision,
                coalesce(ledger.by_number, FALSE),
                ledger.probability,
                'income:' || ledger.item || ':' || strftime(min(ledger.month), '%Y-%m-%d'),
                max(ledger.month),
                amount := sum(ledger.amount)
            ) AS fact
        FROM means.ledger AS ledger
        SEMI JOIN able ON ledger.person_id = able.person_id
        WHERE ledger.in_support AND ledger.estimate IN ('low', 'likely')
        GROUP BY
            ledger.person_id, ledger.item, ledger.source, ledger.record_no, ledger.snapshot_date, ledger.decision,
            ledger.by_number, ledger.probability
    )
    GROUP BY person_id
)

SELECT
    'X15' AS rule_id,
    CAST(NULL AS VARCHAR) AS person_id,
    able.household_id,
    able.case_no,
    able.program,
    'yellow' AS severity,
    'reassess' AS step,
    CAST(able.own_likely AS DECIMAL(14, 2)) AS amount,
    CAST(able.line AS DECIMAL(14, 2)) AS line,
    'case:' || able.case_no || '|supporter:' || able.person_id AS evidence_key,
    CAST(NULL AS VARCHAR) AS lowered_by,
    CAST(to_json({'support': able.support}) AS VARCHAR) AS particulars,
    [able.standard_figure, 'support_line_multiple', 'support_rate', 'supporter_age_limit'] AS figures,
    [able.standing, able.supporter] || earned.facts AS facts
FROM able
INNER JOIN earned ON able.person_id = earned.person_id
