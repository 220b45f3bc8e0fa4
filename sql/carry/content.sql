/*
description: >
  What the deliveries say of each person, one digest a person and source, so that tomorrow can tell whether it is the
  rows that changed or something else. Rows in review count with their candidate. Of registry and roll the whole
  booklet and the whole case: who joins or leaves changes it for the others. Left out are record numbers, which are
  given anew with each snapshot, and what no rule reads. The digests are the database's own and hold for one version of it.
grain: [pair]
columns:
  pair: digest of person and source; no id stands in the state
  content: digest of the rows, whatever their order
*/
WITH
booklet AS (
    SELECT coalesce(household_no, identity_id) AS unit, coalesce(person_id, candidate_person_id) AS person_id,
        hash(id_number_raw, name, sex, birth_date, household_no, relation, marital_status, hukou_type, division_code, status, status_date) AS said
    FROM core.household_registry
),

on_case AS (
    SELECT case_no || '|' || program AS unit, coalesce(person_id, candidate_person_id) AS person_id,
        hash(id_number_raw, name, status, role, relation, phone, division_code, covered, monthly_amount, declared_monthly_income, start_date, end_date, status_since, last_reviewed, authorized_on, authorized_until, relative_of_official) AS said
    FROM core.assistance_roll
),

delivered AS (
    SELECT 'household_registry' AS source, person.person_id, unit.content
    FROM (SELECT DISTINCT unit, person_id FROM booklet) AS person
    INNER JOIN (SELECT unit, sum(said) AS content FROM booklet GROUP BY unit) AS unit
        ON person.unit = unit.unit
    UNION ALL
    SELECT 'assistance_roll' AS source, person.person_id, unit.content
    FROM (SELECT DISTINCT unit, person_id FROM on_case) AS person
    INNER JOIN (SELECT unit, sum(said) AS content FROM on_case GROUP BY unit) AS unit
        ON person.unit = unit.unit
    UNION ALL
    SELECT 'tax_income', coalesce(person_id, candidate_person_id), hash(id_number_raw, name, period, income_item, gross_amount, payer_code)
    FROM core.tax_income
    UNION ALL
    SELECT 'real_estate', coalesce(person_id, candidate_person_id), hash(id_number_raw, name, certificate_no, usage, area_m2, share_percent, registered_on, cancelled_on, address, transaction_amount)
    FROM core.real_estate
    UNION ALL
    SELECT 'bank_accounts', coalesce(person_id, candidate_person_id), hash(id_number_raw, name, bank_code, account_no, account_type, currency, balance, over_limit, average_balance_12m, inflow_12m, as_of)
    FROM core.bank_accounts
    UNION ALL
    SELECT 'medical_settlements', coalesce(person_id, candidate_person_id), hash(id_number_raw, name, settled_on, visit_type, diagnosis_code, total_amount, self_paid_in_scope)
    FROM core.medical_settlements
    UNION ALL
    SELECT 'vehicles', coalesce(person_id, candidate_person_id), hash(id_number_raw, name, plate_no, vehicle_class, usage, first_registered_on, status, purchase_price)
    FROM core.vehicles
    UNION ALL
    SELECT 'business_registrations', coalesce(person_id, candidate_person_id), hash(id_number_raw, name, entity_code, entity_type, role, subscribed_capital, status, registered_on, deregistered_on)
    FROM core.business_registrations
    UNION ALL
    SELECT 'social_insurance', coalesce(person_id, candidate_person_id), hash(id_number_raw, name, scheme, monthly_amount, employer_name, from_month, to_month)
    FROM core.social_insurance
    UNION ALL
    SELECT 'public_payroll', coalesce(person_id, candidate_person_id), hash(id_number_raw, name, unit_name, post_type, from_date, monthly_salary, status)
    FROM core.public_payroll
    UNION ALL
    SELECT 'deaths', coalesce(person_id, candidate_person_id), hash(id_number_raw, name, died_on, evidence)
    FROM core.deaths
    UNION ALL
    SELECT 'disability_certificates', coalesce(person_id, candidate_person_id), hash(id_number_raw, name, certificate_no, disability_class, disability_level, issued_on, expires_on, status)
    FROM core.disability_certificates
    UNION ALL
    SELECT 'students', coalesce(person_id, candidate_person_id), hash(id_number_raw, name, stage, enrolled_on, status)
    FROM core.students
    UNION ALL
    SELECT 'financial_products', coalesce(person_id, candidate_person_id), hash(id_number_raw, name, institution, kind, market_value, as_of)
    FROM core.financial_products
    UNION ALL
    SELECT 'inmates', coalesce(person_id, candidate_person_id), hash(id_number_raw, name, from_date, to_date, kind)
    FROM core.inmates
    UNION ALL
    SELECT 'poverty_monitoring', coalesce(person_id, candidate_person_id), hash(id_number_raw, name, monitored_household, kind, identified_on, removed_on)
    FROM core.poverty_monitoring
    UNION ALL
    SELECT 'marriages', unnest([coalesce(person_id_a, candidate_person_id_a), coalesce(person_id_b, candidate_person_id_b)]), hash(id_number_a_raw, name_a, id_number_b_raw, name_b, event, event_date)
    FROM core.marriages
    UNION ALL
    SELECT 'children_care', unnest([coalesce(person_id, candidate_person_id), coalesce(guardian_person_id, guardian_candidate_person_id)]), hash(id_number_raw, name, kind, guardian_id_number_raw, guardian_name, identified_on, removed_on)
    FROM core.children_care
)

SELECT
    hash(person_id, source) AS pair,
    CAST(sum(content) % 18446744073709551616 AS UBIGINT) AS content
FROM delivered
WHERE person_id IS NOT NULL
GROUP BY pair
