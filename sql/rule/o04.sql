/*
description: >
  O04, large medical bills and nobody on medical assistance: a registry household whose self-paid cost of 12 months is
  over the hardship figure, whose high income is under the other, with no evidence of means. Red is urgent, not
  suspect. Rows by number alone are preferred, then linked ones, then those in review.
grain: [household_id]
*/
WITH
bill AS (
    SELECT
        member.household_id,
        sum(medical.self_paid_number) AS by_number,
        sum(medical.self_paid) AS linked,
        sum(medical.self_paid_all) AS possible
    FROM core.household_member AS member
    INNER JOIN means.medical AS medical ON member.person_id = medical.person_id
    GROUP BY member.household_id
),

due AS (
    SELECT
        household.household_id,
        CASE
            WHEN bill.by_number > night.medical_hardship_self_paid THEN 'by_number'
            WHEN bill.linked > night.medical_hardship_self_paid THEN 'linked'
            ELSE 'possible'
        END AS basis,
        CASE
            WHEN bill.by_number > night.medical_hardship_self_paid THEN bill.by_number
            WHEN bill.linked > night.medical_hardship_self_paid THEN bill.linked
            ELSE bill.possible
        END AS self_paid,
        income.high_12 AS income,
        night.medical_hardship_self_paid AS line,
        night.medical_hardship_income AS income_line,
        night.year_ago,
        night.night
    FROM means.household_unit AS household
    INNER JOIN bill ON household.household_id = bill.household_id
    INNER JOIN means.household_income AS income ON household.household_id = income.household_id
    INNER JOIN means.evidence AS evidence ON household.household_id = evidence.household_id
    CROSS JOIN policy.night AS night
    ANTI JOIN (
        SELECT member.household_id
        FROM core.household_member AS member
        INNER JOIN fact.receipt AS receipt ON member.person_id = receipt.person_id
        WHERE receipt.program = 'medical_assistance' AND receipt.open
    ) AS assisted ON household.household_id = assisted.household_id
    WHERE
        household.kind = 'registry'
        AND income.counted_members > 0
        AND bill.possible > night.medical_hardship_self_paid
        AND income.high_12 < night.medical_hardship_income
        AND evidence.no_evidence
),

settlement AS (
    SELECT
        due.household_id,
        list({
            'source': 'medical_settlements',
            'record_no': medical.record_no,
            'snapshot_date': medical.snapshot_date,
            'on': medical.settled_on,
            'amount': CAST(medical.self_paid_in_scope AS DECIMAL(14, 2)),
            'what': 'self_paid:' || medical.visit_type,
            'detail': CAST(NULL AS VARCHAR),
            'decision': medical.decision,
            'by_number': coalesce(medical.by_number, FALSE),
            'probability': medical.probability,
            'can_end': FALSE
        }) AS facts
    FROM due
    INNER JOIN core.household_member AS member ON due.household_id = member.household_id
    INNER JOIN core.medical_settlements AS medical
        ON
            member.person_id = coalesce(medical.person_id, medical.candidate_person_id)
            AND medical.settled_on > due.year_ago
            AND medical.settled_on <= due.night
    WHERE
        medical.self_paid_in_scope > 0
        AND (medical.decision = 'linked' OR (medical.decision = 'review' AND due.basis = 'possible'))
        AND (medical.by_number OR due.basis <> 'by_number')
    GROUP BY due.household_id
)

SELECT
    'O04' AS rule_id,
    CAST(NULL AS VARCHAR) AS person_id,
    due.household_id,
    CAST(NULL AS VARCHAR) AS case_no,
    'medical_assistance' AS program,
    'red' AS severity,
    'visit_urgently' AS step,
    CAST(due.self_paid AS DECIMAL(14, 2)) AS amount,
    CAST(due.line AS DECIMAL(14, 2)) AS line,
    'self_paid:' || CASE
        WHEN due.self_paid <= 1.2 * due.line THEN '0-20'
        WHEN due.self_paid <= 1.5 * due.line THEN '20-50'
        WHEN due.self_paid <= 2 * due.line THEN '50-100'
        ELSE '100+'
    END AS evidence_key,
    CAST(NULL AS VARCHAR) AS lowered_by,
    CAST(to_json({
        'self_paid': due.self_paid,
        'income': due.income,
        'income_line': due.income_line,
        'from': due.year_ago,
        'to': due.night
    }) AS VARCHAR) AS particulars,
    ['medical_hardship'] AS figures,
    settlement.facts
FROM due
INNER JOIN settlement ON due.household_id = settlement.household_id
