/*
description: >
  Rows whose valid number is that of somebody on the roll but whose name is not his: identity conflicts, which matching
  leaves in review (identity.md 4). A row that only repairs a number, or shows none, is no conflict.
grain: [source, record_no, fact]
columns:
  person_id: the person whose number it is
  fact: the row in the shape of grounds
*/
WITH
delivered AS (
    SELECT 'tax_income' AS source, record_no, snapshot_date, candidate_person_id, method, decision, by_number,
        probability FROM core.tax_income
    UNION ALL
    SELECT 'real_estate', record_no, snapshot_date, candidate_person_id, method, decision, by_number, probability
    FROM core.real_estate
    UNION ALL
    SELECT 'bank_accounts', record_no, snapshot_date, candidate_person_id, method, decision, by_number, probability
    FROM core.bank_accounts
    UNION ALL
    SELECT 'medical_settlements', record_no, snapshot_date, candidate_person_id, method, decision, by_number,
        probability FROM core.medical_settlements
    UNION ALL
    SELECT 'vehicles', record_no, snapshot_date, candidate_person_id, method, decision, by_number, probability
    FROM core.vehicles
    UNION ALL
    SELECT 'business_registrations', record_no, snapshot_date, candidate_person_id, method, decision, by_number,
        probability FROM core.business_registrations
    UNION ALL
    SELECT 'social_insurance', record_no, snapshot_date, candidate_person_id, method, decision, by_number,
        probability FROM core.social_insurance
    UNION ALL
    SELECT 'public_payroll', record_no, snapshot_date, candidate_person_id, method, decision, by_number, probability
    FROM core.public_payroll
    UNION ALL
    SELECT 'deaths', record_no, snapshot_date, candidate_person_id, method, decision, by_number, probability
    FROM core.deaths
    UNION ALL
    SELECT 'disability_certificates', record_no, snapshot_date, candidate_person_id, method, decision, by_number,
        probability FROM core.disability_certificates
    UNION ALL
    SELECT 'students', record_no, snapshot_date, candidate_person_id, method, decision, by_number, probability
    FROM core.students
    UNION ALL
    SELECT 'financial_products', record_no, snapshot_date, candidate_person_id, method, decision, by_number,
        probability FROM core.financial_products
    UNION ALL
    SELECT 'inmates', record_no, snapshot_date, candidate_person_id, method, decision, by_number, probability
    FROM core.inmates
    UNION ALL
    SELECT 'poverty_monitoring', record_no, snapshot_date, candidate_person_id, method, decision, by_number,
        probability FROM core.poverty_monitoring
)

SELECT
    delivered.source,
    delivered.record_no,
    delivered.candidate_person_id AS person_id,
    fact_of(
        delivered.source,
        delivered.record_no,
        delivered.snapshot_date,
        delivered.decision,
        TRUE,
        delivered.probability,
        'other_name', CAST(NULL AS DATE)
    ) AS fact
FROM delivered
SEMI JOIN (SELECT person_id FROM fact.roll WHERE open) AS roll ON delivered.candidate_person_id = roll.person_id
WHERE delivered.decision = 'review' AND delivered.by_number AND delivered.method = 'probabilistic'
