/*
description: >
  C06, perhaps in need of help to find work (就业帮扶需求): covered by dibao, 16 to 59, no valid certificate, not at
  school, not seriously ill, no wage, labour or business row and no employee contribution in M1..M12, no child under 3
  and nobody of level 1-2 in the household. A row in review keeps silence. Nobody in custody. Missing is not zero: where
  tax or social insurance were not delivered at all, or the person has authorized nobody to look, nothing is said.
grain: [person_id]
*/
WITH
covered AS (
    SELECT
        roll.person_id,
        roll.case_no,
        roll.program,
        person.household_id,
        age_on(person.birth_date, night.night) AS age,
        roll.fact,
        row_number() OVER (PARTITION BY roll.person_id ORDER BY roll.start_date, roll.case_no) AS place
    FROM fact.roll AS roll
    INNER JOIN core.person AS person ON roll.person_id = person.person_id
    CROSS JOIN policy.night AS night
    WHERE
        roll.paid
        AND roll.program = 'dibao'
        AND is_of_working_age(person.birth_date, night.night)
        AND NOT person.is_dead
),

earning AS (
    SELECT coalesce(tax.person_id, tax.candidate_person_id) AS person_id
    FROM core.tax_income AS tax
    CROSS JOIN policy.night AS night
    WHERE
        tax.income_item IN ('wages', 'labour', 'business')
        AND tax.period BETWEEN night.ledger_from AND night.ledger_to
        AND tax.standing IN ('linked', 'review')
    UNION
    SELECT person_id
    FROM means.contribution
),

-- Whoever cares for a small child or for somebody severely disabled has work enough.
caring AS (
    SELECT member.household_id
    FROM core.household_member AS member
    INNER JOIN core.person AS person ON member.person_id = person.person_id
    CROSS JOIN policy.night AS night
    WHERE
        is_infant(person.birth_date, night.night)
        AND NOT person.is_dead
    UNION
    SELECT member.household_id
    FROM core.household_member AS member
    SEMI JOIN (SELECT person_id FROM fact.certificate WHERE is_level_1_2) AS severe
        ON member.person_id = severe.person_id
),

known AS (
    SELECT count(*) AS sources
    FROM raw.source_state
    WHERE source IN ('tax_income', 'social_insurance') AND state <> 'absent'
)

SELECT
    'C06' AS rule_id,
    covered.person_id,
    CAST(NULL AS VARCHAR) AS household_id,
    CAST(NULL AS VARCHAR) AS case_no,
    CAST(NULL AS VARCHAR) AS program,
    'yellow' AS severity,
    'offer_work' AS step,
    CAST(NULL AS DECIMAL(14, 2)) AS amount,
    CAST(NULL AS DECIMAL(14, 2)) AS line,
    'case:' || covered.case_no AS evidence_key,
    CAST(NULL AS VARCHAR) AS lowered_by,
    CAST(to_json({'age': covered.age}) AS VARCHAR) AS particulars,
    CAST([] AS VARCHAR []) AS figures,
    [covered.fact] AS facts
FROM covered
INNER JOIN known ON known.sources = 2
SEMI JOIN link.authorized AS authorized ON covered.person_id = authorized.person_id
ANTI JOIN (SELECT person_id FROM fact.certificate) AS certificate ON covered.person_id = certificate.person_id
ANTI JOIN fact.enrolled AS enrolled ON covered.person_id = enrolled.person_id
ANTI JOIN fact.illness AS illness ON covered.person_id = illness.person_id
ANTI JOIN earning ON covered.person_id = earning.person_id
ANTI JOIN caring ON covered.household_id = caring.household_id
ANTI JOIN (SELECT person_id FROM means.custody WHERE in_custody) AS custody
    ON covered.person_id = custody.person_id
WHERE covered.place = 1
