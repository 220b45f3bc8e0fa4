/*
description: >
  C01 to C04, who needs the visit most (red of the Zhaotong seed): paid tekun, level 1 or 2, left-behind children,
  living alone at a great age. Living people only.
grain: [rule_id, person_id, program, evidence_key, facts]
*/
WITH
alive AS (
    SELECT
        person.person_id,
        person.birth_date
    FROM core.person AS person
    WHERE NOT person.is_dead
),

booklet AS (
    SELECT
        household_no,
        count(*) AS people
    FROM fact.resident
    WHERE household_no IS NOT NULL
    GROUP BY household_no
),

need AS (
    SELECT
        'C01' AS rule_id,
        roll.person_id,
        roll.case_no,
        'case:' || roll.case_no AS evidence_key,
        CAST(to_json({'since': roll.start_date}) AS VARCHAR) AS particulars,
        [roll.fact] AS facts
    FROM fact.roll AS roll
    SEMI JOIN alive ON roll.person_id = alive.person_id
    WHERE roll.paid AND roll.program = 'tekun'
    UNION ALL
    SELECT
        'C02',
        certificate.person_id,
        NULL,
        certificate.certificate_key,
        CAST(to_json({'level': certificate.level}) AS VARCHAR),
        [certificate.fact]
    FROM fact.certificate AS certificate
    SEMI JOIN alive ON certificate.person_id = alive.person_id
    WHERE certificate.is_level_1_2
    UNION ALL
    SELECT
        'C03',
        child.person_id,
        NULL,
        'listed:' || child.identified_on,
        CAST(to_json({'since': child.identified_on}) AS VARCHAR),
        [child.fact]
    FROM fact.child AS child
    SEMI JOIN alive ON child.person_id = alive.person_id
    WHERE child.kind = 'left_behind'
    UNION ALL
    SELECT
        'C04',
        resident.person_id,
        NULL,
        'born:' || resident.birth_date,
        CAST(to_json({'age': age_on(resident.birth_date, night.night), 'age_line': night.living_alone_age}) AS VARCHAR),
        [resident.fact]
    FROM fact.resident AS resident
    INNER JOIN booklet ON resident.household_no = booklet.household_no AND booklet.people = 1
    CROSS JOIN policy.night AS night
    WHERE age_on(resident.birth_date, night.night) >= night.living_alone_age
)

SELECT
    rule_id,
    person_id,
    CAST(NULL AS VARCHAR) AS household_id,
    case_no,
    CASE WHEN rule_id = 'C01' THEN 'tekun' END AS program,
    'red' AS severity,
    'visit' AS step,
    CAST(NULL AS DECIMAL(14, 2)) AS amount,
    CAST(NULL AS DECIMAL(14, 2)) AS line,
    evidence_key,
    CAST(NULL AS VARCHAR) AS lowered_by,
    particulars,
    CASE WHEN rule_id = 'C04' THEN ['living_alone_age'] ELSE CAST([] AS VARCHAR []) END AS figures,
    facts
FROM need
