/*
description: >
  Numbers that two departments or more give to one person of the registry whose own number there is no evidence: missing, damaged,
  another's, or of another birth date. Name and birth date agree, nobody on the spine has the number, and nobody else could be meant.
  Evidence for the next night, never written over the registry: gone as soon as the departments no longer agree, no evidence by number,
  and no anchor of the person's id. Gated sources have no say.
grain: [person_id]
columns:
  id_number: the number
  departments: sources that give it
*/
WITH
delivered AS (
    SELECT 'bank_accounts' AS source, id_number, name
    FROM core.bank_accounts
    WHERE number_kind = 'foreign'
    UNION ALL
    SELECT 'business_registrations', id_number, name
    FROM core.business_registrations
    WHERE number_kind = 'foreign'
    UNION ALL
    SELECT 'children_care', id_number, name
    FROM core.children_care
    WHERE number_kind = 'foreign'
    UNION ALL
    SELECT 'deaths', id_number, name
    FROM core.deaths
    WHERE number_kind = 'foreign'
    UNION ALL
    SELECT 'disability_certificates', id_number, name
    FROM core.disability_certificates
    WHERE number_kind = 'foreign'
    UNION ALL
    SELECT 'financial_products', id_number, name
    FROM core.financial_products
    WHERE number_kind = 'foreign'
    UNION ALL
    SELECT 'inmates', id_number, name
    FROM core.inmates
    WHERE number_kind = 'foreign'
    UNION ALL
    SELECT 'medical_settlements', id_number, name
    FROM core.medical_settlements
    WHERE number_kind = 'foreign'
    UNION ALL
    SELECT 'poverty_monitoring', id_number, name
    FROM core.poverty_monitoring
    WHERE number_kind = 'foreign'
    UNION ALL
    SELECT 'public_payroll', id_number, name
    FROM core.public_payroll
    WHERE number_kind = 'foreign'
    UNION ALL
    SELECT 'real_estate', id_number, name
    FROM core.real_estate
    WHERE number_kind = 'foreign'
    UNION ALL
    SELECT 'social_insurance', id_number, name
    FROM core.social_insurance
    WHERE number_kind = 'foreign'
    UNION ALL
    SELECT 'students', id_number, name
    FROM core.students
    WHERE number_kind = 'foreign'
    UNION ALL
    SELECT 'tax_income', id_number, name
    FROM core.tax_income
    WHERE number_kind = 'foreign'
    UNION ALL
    SELECT 'vehicles', id_number, name
    FROM core.vehicles
    WHERE number_kind = 'foreign'
),

told AS (
    SELECT DISTINCT
        delivered.source,
        delivered.id_number,
        trim(delivered.name) AS name
    FROM delivered
    SEMI JOIN (SELECT source FROM raw.source_state WHERE NOT gated) AS open ON delivered.source = open.source
    WHERE delivered.name IS NOT NULL
),

doubtful AS (
    SELECT person_id
    FROM link.person
    WHERE number_birth_date IS NULL OR number_birth_date <> birth_date
    UNION
    SELECT unnest([person_id, other_person_id])
    FROM core.person_same_as
    WHERE why = 'shared_number'
),

registered AS (
    SELECT
        person.person_id,
        person.name,
        person.birth_date,
        person.sex,
        count(*) OVER (PARTITION BY person.name, person.birth_date) AS namesakes
    FROM link.person AS person
    WHERE person.in_registry AND person.birth_date IS NOT NULL
),

met AS (
    SELECT
        registered.person_id,
        told.id_number,
        count(DISTINCT told.source) AS departments
    FROM told
    INNER JOIN registered
        ON
            told.name = registered.name
            AND substr(told.id_number, 7, 8) = strftime(registered.birth_date, '%Y%m%d')
            AND coalesce(registered.sex = if(CAST(substr(told.id_number, 17, 1) AS INTEGER) % 2 = 1, 'male', 'female'), TRUE)
    SEMI JOIN doubtful ON registered.person_id = doubtful.person_id
    WHERE registered.namesakes = 1
    GROUP BY registered.person_id, told.id_number
)

SELECT
    person_id,
    id_number,
    departments
FROM met
QUALIFY
    departments >= 2
    AND count(*) OVER (PARTITION BY person_id) = 1
    AND count(*) OVER (PARTITION BY id_number) = 1
