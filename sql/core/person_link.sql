/*
description: One row per delivered row and seat that names a person, with the decision and how sure it is.
grain: [source, snapshot_date, record_no, seat]
*/
SELECT 'assistance_roll' AS source, record_no, CAST(NULL AS VARCHAR) AS seat, person_id, candidate_person_id, method, decision, probability, runner_up_probability, by_number, standing, identity_id, snapshot_date
FROM core.assistance_roll
UNION ALL
SELECT 'household_registry' AS source, record_no, CAST(NULL AS VARCHAR) AS seat, person_id, candidate_person_id, method, decision, probability, runner_up_probability, by_number, standing, identity_id, snapshot_date
FROM core.household_registry
UNION ALL
SELECT 'tax_income' AS source, record_no, CAST(NULL AS VARCHAR) AS seat, person_id, candidate_person_id, method, decision, probability, runner_up_probability, by_number, standing, identity_id, snapshot_date
FROM core.tax_income
UNION ALL
SELECT 'real_estate' AS source, record_no, CAST(NULL AS VARCHAR) AS seat, person_id, candidate_person_id, method, decision, probability, runner_up_probability, by_number, standing, identity_id, snapshot_date
FROM core.real_estate
UNION ALL
SELECT 'bank_accounts' AS source, record_no, CAST(NULL AS VARCHAR) AS seat, person_id, candidate_person_id, method, decision, probability, runner_up_probability, by_number, standing, identity_id, snapshot_date
FROM core.bank_accounts
UNION ALL
SELECT 'medical_settlements' AS source, record_no, CAST(NULL AS VARCHAR) AS seat, person_id, candidate_person_id, method, decision, probability, runner_up_probability, by_number, standing, identity_id, snapshot_date
FROM core.medical_settlements
UNION ALL
SELECT 'vehicles' AS source, record_no, CAST(NULL AS VARCHAR) AS seat, person_id, candidate_person_id, method, decision, probability, runner_up_probability, by_number, standing, identity_id, snapshot_date
FROM core.vehicles
UNION ALL
SELECT 'business_registrations' AS source, record_no, CAST(NULL AS VARCHAR) AS seat, person_id, candidate_person_id, method, decision, probability, runner_up_probability, by_number, standing, identity_id, snapshot_date
FROM core.business_registrations
UNION ALL
SELECT 'social_insurance' AS source, record_no, CAST(NULL AS VARCHAR) AS seat, person_id, candidate_person_id, method, decision, probability, runner_up_probability, by_number, standing, identity_id, snapshot_date
FROM core.social_insurance
UNION ALL
SELECT 'public_payroll' AS source, record_no, CAST(NULL AS VARCHAR) AS seat, person_id, candidate_person_id, method, decision, probability, runner_up_probability, by_number, standing, identity_id, snapshot_date
FROM core.public_payroll
UNION ALL
SELECT 'deaths' AS source, record_no, CAST(NULL AS VARCHAR) AS seat, person_id, candidate_person_id, method, decision, probability, runner_up_probability, by_number, standing, identity_id, snapshot_date
FROM core.deaths
UNION ALL
SELECT 'disability_certificates' AS source, record_no, CAST(NULL AS VARCHAR) AS seat, person_id, candidate_person_id, method, decision, probability, runner_up_probability, by_number, standing, identity_id, snapshot_date
FROM core.disability_certificates
UNION ALL
SELECT 'students' AS source, record_no, CAST(NULL AS VARCHAR) AS seat, person_id, candidate_person_id, method, decision, probability, runner_up_probability, by_number, standing, identity_id, snapshot_date
FROM core.students
UNION ALL
SELECT 'financial_products' AS source, record_no, CAST(NULL AS VARCHAR) AS seat, person_id, candidate_person_id, method, decision, probability, runner_up_probability, by_number, standing, identity_id, snapshot_date
FROM core.financial_products
UNION ALL
SELECT 'inmates' AS source, record_no, CAST(NULL AS VARCHAR) AS seat, person_id, candidate_person_id, method, decision, probability, runner_up_probability, by_number, standing, identity_id, snapshot_date
FROM core.inmates
UNION ALL
SELECT 'poverty_monitoring' AS source, record_no, CAST(NULL AS VARCHAR) AS seat, person_id, candidate_person_id, method, decision, probability, runner_up_probability, by_number, standing, identity_id, snapshot_date
FROM core.poverty_monitoring
UNION ALL
SELECT 'marriages' AS source, record_no, 'a' AS seat, person_id_a AS person_id, candidate_person_id_a AS candidate_person_id, method_a AS method, decision_a AS decision, probability_a AS probability, runner_up_probability_a AS runner_up_probability, by_number_a AS by_number, standing_a AS standing, identity_id_a AS identity_id, snapshot_date
FROM core.marriages
UNION ALL
SELECT 'marriages' AS source, record_no, 'b' AS seat, person_id_b AS person_id, candidate_person_id_b AS candidate_person_id, method_b AS method, decision_b AS decision, probability_b AS probability, runner_up_probability_b AS runner_up_probability, by_number_b AS by_number, standing_b AS standing, identity_id_b AS identity_id, snapshot_date
FROM core.marriages
UNION ALL
SELECT 'children_care' AS source, record_no, CAST(NULL AS VARCHAR) AS seat, person_id, candidate_person_id, method, decision, probability, runner_up_probability, by_number, standing, identity_id, snapshot_date
FROM core.children_care
UNION ALL
SELECT 'children_care' AS source, record_no, 'guardian' AS seat, guardian_person_id AS person_id, guardian_candidate_person_id AS candidate_person_id, guardian_method AS method, guardian_decision AS decision, guardian_probability AS probability, guardian_runner_up_probability AS runner_up_probability, guardian_by_number AS by_number, guardian_standing AS standing, guardian_identity_id AS identity_id, snapshot_date
FROM core.children_care
WHERE guardian_decision IS NOT NULL
