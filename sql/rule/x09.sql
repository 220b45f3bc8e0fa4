/*
description: >
  X09, a role in a business: legal representative or operator of an operating entity, or shareholder at or over the
  capital limit, no cooperative. One ground a role.
grain: [household_id, evidence_key, particulars, facts]
*/
WITH
held AS (
    SELECT
        own.household_id,
        own.case_no,
        own.program,
        role.entity_code,
        role.entity_type,
        role.role,
        role.subscribed_capital,
        role.registered_on,
        role.record_no,
        member.facts || [
            fact_of(
                role.source, role.record_no, role.snapshot_date, role.decision, role.by_number, role.probability,
                'role:' || role.role || ':' || role.entity_type,
                role.registered_on,
                amount := role.subscribed_capital,
                can_end := TRUE
            )
        ] AS facts
    FROM means.business_role AS role
    INNER JOIN means.counted_member AS counted
        ON role.person_id = counted.person_id AND counted.is_counted AND counted.kind = 'case'
    INNER JOIN fact.household_case AS own ON counted.household_id = own.household_id AND own.paid
    INNER JOIN fact.member AS member
        ON counted.household_id = member.household_id AND counted.person_id = member.person_id
    WHERE own.program IN ('dibao', 'tekun', 'marginal')
),

-- One entity and role delivered twice, or held by two of the household, is one ground.
gathered AS (
    SELECT
        household_id,
        case_no,
        program,
        coalesce(entity_code, record_no) || ':' || role AS entity_key,
        entity_type,
        role,
        max(subscribed_capital) AS capital,
        min(registered_on) AS registered_on,
        flatten(list(facts)) AS facts
    FROM held
    GROUP BY household_id, case_no, program, coalesce(entity_code, record_no) || ':' || role, entity_type, role
)

SELECT
    'X09' AS rule_id,
    CAST(NULL AS VARCHAR) AS person_id,
    gathered.household_id,
    gathered.case_no,
    gathered.program,
    'yellow' AS severity,
    'verify_at_home' AS step,
    CAST(CASE WHEN gathered.role = 'shareholder' THEN gathered.capital END AS DECIMAL(14, 2)) AS amount,
    CAST(CASE WHEN gathered.role = 'shareholder' THEN night.shareholder_capital_limit END AS DECIMAL(14, 2)) AS line,
    'entity:' || gathered.entity_key AS evidence_key,
    CAST(NULL AS VARCHAR) AS lowered_by,
    CAST(to_json({
        'role': gathered.role,
        'entity_type': gathered.entity_type,
        'registered_on': gathered.registered_on,
        'capital_limit': night.shareholder_capital_limit
    }) AS VARCHAR) AS particulars,
    CASE
        WHEN gathered.role = 'shareholder' THEN ['shareholder_capital_limit']
        ELSE CAST([] AS VARCHAR [])
    END AS figures,
    gathered.facts
FROM gathered
CROSS JOIN policy.night AS night
