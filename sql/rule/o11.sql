/*
description: >
  O11, hardship after leaving dibao: since the case ended there was a death among its people or their booklet, or they
  paid relapse_self_paid or more for medical care themselves; somebody is living. The finding is of the registry
  household of the applicant if he lives, else of another of them.
grain: [household_id, evidence_key, facts]
*/
WITH
died AS (
    SELECT
        gone.case_no,
        min(death.died_on) AS died_on,
        list(fact_of(
            death.source,
            death.record_no,
            death.snapshot_date,
            death.decision,
            CASE WHEN death.source <> 'household_registry' THEN coalesce(death.by_number, FALSE) END,
            death.probability,
            'death:family', death.died_on
        )) AS facts
    FROM fact.left_case AS gone
    INNER JOIN means.death AS death ON gone.person_id = death.person_id
    CROSS JOIN policy.night AS night
    WHERE death.died_on > gone.ended_on AND death.died_on <= night.night
    GROUP BY gone.case_no
),

paid AS (
    SELECT
        gone.case_no,
        medical.standing AS decision,
        medical.self_paid_in_scope AS self_paid,
        fact_of(
            'medical_settlements',
            medical.record_no,
            medical.snapshot_date,
            medical.standing,
            coalesce(medical.by_number, FALSE),
            medical.probability,
            'self_paid:' || medical.visit_type, medical.settled_on, amount := medical.self_paid_in_scope
        ) AS fact
    FROM fact.left_case AS gone
    INNER JOIN core.medical_settlements AS medical
        ON gone.person_id = coalesce(medical.person_id, medical.candidate_person_id)
    CROSS JOIN policy.night AS night
    WHERE
        medical.standing IN ('linked', 'review')
        AND medical.self_paid_in_scope > 0
        AND medical.settled_on > gone.ended_on
        AND medical.settled_on <= night.night
),

billed AS (
    SELECT
        paid.case_no,
        CASE
            WHEN sum(paid.self_paid) FILTER (WHERE paid.decision = 'linked') >= night.relapse_self_paid
                THEN sum(paid.self_paid) FILTER (WHERE paid.decision = 'linked')
            ELSE sum(paid.self_paid)
        END AS self_paid,
        CASE
            WHEN sum(paid.self_paid) FILTER (WHERE paid.decision = 'linked') >= night.relapse_self_paid
                THEN list(paid.fact) FILTER (WHERE paid.decision = 'linked')
            ELSE list(paid.fact)
        END AS facts
    FROM paid
    CROSS JOIN policy.night AS night
    GROUP BY paid.case_no, night.relapse_self_paid
    HAVING sum(paid.self_paid) >= night.relapse_self_paid
),

living AS (
    SELECT
        gone.case_no,
        resident.household_id,
        resident.fact,
        row_number() OVER (
            PARTITION BY gone.case_no
            ORDER BY gone.role = 'applicant' DESC NULLS LAST, gone.was_on_it DESC, gone.person_id
        ) AS place
    FROM fact.left_case AS gone
    INNER JOIN fact.resident AS resident ON gone.person_id = resident.person_id
    INNER JOIN means.household_unit AS unit ON resident.household_id = unit.household_id AND unit.kind = 'registry'
),

left_row AS (
    SELECT
        case_no,
        ended_on,
        list(roll_fact) AS facts
    FROM fact.left_case
    WHERE was_on_it AND roll_fact IS NOT NULL
    GROUP BY case_no, ended_on
)

SELECT
    'O11' AS rule_id,
    CAST(NULL AS VARCHAR) AS person_id,
    living.household_id,
    CAST(NULL AS VARCHAR) AS case_no,
    'dibao' AS program,
    'yellow' AS severity,
    'visit' AS step,
    CAST(billed.self_paid AS DECIMAL(14, 2)) AS amount,
    CAST(CASE WHEN billed.case_no IS NOT NULL THEN night.relapse_self_paid END AS DECIMAL(14, 2)) AS line,
    'case:' || left_row.case_no || '|died:' || coalesce(CAST(died.died_on AS VARCHAR), '')
    || '|billed:' || (billed.case_no IS NOT NULL) AS evidence_key,
    CAST(NULL AS VARCHAR) AS lowered_by,
    CAST(to_json({
        'ended_on': left_row.ended_on,
        'died_on': died.died_on,
        'self_paid': billed.self_paid,
        'self_paid_line': night.relapse_self_paid
    }) AS VARCHAR) AS particulars,
    CASE WHEN billed.case_no IS NULL THEN CAST([] AS VARCHAR []) ELSE ['relapse_self_paid'] END AS figures,
    [living.fact] || left_row.facts || coalesce(died.facts, []) || coalesce(billed.facts, []) AS facts
FROM left_row
INNER JOIN living ON left_row.case_no = living.case_no AND living.place = 1
CROSS JOIN policy.night AS night
LEFT JOIN died ON left_row.case_no = died.case_no
LEFT JOIN billed ON left_row.case_no = billed.case_no
WHERE died.case_no IS NOT NULL OR billed.case_no IS NOT NULL
