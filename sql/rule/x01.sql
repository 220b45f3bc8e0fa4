/*
description: >
  X01, paid after death. Who is dead and since when fact.death says, as core.person does. Activity long after the death
  speaks against the death.
grain: [person_id, case_no, program, evidence_key, facts]
*/
WITH
paid AS (
    SELECT
        case_no,
        program,
        person_id,
        monthly_amount,
        fact
    FROM fact.roll
    WHERE
        paid
        AND program IN (
            'dibao', 'tekun', 'marginal', 'rigid_expenditure', 'orphan', 'unsupported_child',
            'disability_living', 'disability_nursing', 'elder_allowance'
        )
),

-- What somebody did after his supposed death; long after it speaks against the death.
lively AS (
    SELECT
        death.person_id,
        death.died_on,
        bool_or(activity.active_on > death.died_on + night.activity_after_death_days) AS long_after,
        list(activity.fact) FILTER (WHERE activity.active_on > death.died_on + night.activity_after_death_days) AS facts
    FROM fact.death AS death
    SEMI JOIN paid ON death.person_id = paid.person_id
    CROSS JOIN policy.night AS night
    INNER JOIN fact.activity AS activity
        ON death.person_id = activity.person_id AND activity.active_on > death.died_on
    GROUP BY death.person_id, death.died_on
),

-- Whoever is dead by name alone may live: his supposed death must not take the grace from another.
survivor AS (
    SELECT
        paid.case_no,
        paid.program,
        paid.person_id
    FROM paid
    ANTI JOIN (
        SELECT person_id
        FROM means.death
        WHERE is_dead AND (by_number OR source = 'household_registry')
    ) AS gone ON paid.person_id = gone.person_id
    WHERE paid.program = 'dibao'
),

judged AS (
    SELECT
        paid.person_id,
        paid.case_no,
        paid.program,
        paid.monthly_amount,
        death.died_on,
        calendar_months(death.died_on, night.night) AS months_since,
        night.death_grace_months,
        paid.program IN ('marginal', 'rigid_expenditure') AS mild,
        coalesce(lively.long_after, FALSE) AS active_after,
        lively.person_id IS NOT NULL AS active_at_all,
        paid.program = 'dibao'
        AND calendar_months(death.died_on, night.night) <= night.death_grace_months
        AND EXISTS (
            SELECT 1
            FROM survivor
            WHERE survivor.case_no = paid.case_no AND survivor.person_id <> paid.person_id
        ) AS in_grace,
        [paid.fact] || death.facts || coalesce(lively.facts, []) AS facts
    FROM paid
    INNER JOIN fact.death AS death ON paid.person_id = death.person_id
    CROSS JOIN policy.night AS night
    LEFT JOIN lively ON death.person_id = lively.person_id AND death.died_on = lively.died_on
    WHERE calendar_months(death.died_on, night.night) >= 1
)

SELECT
    'X01' AS rule_id,
    person_id,
    CAST(NULL AS VARCHAR) AS household_id,
    case_no,
    program,
    CASE WHEN mild OR active_after OR in_grace THEN 'yellow' ELSE 'red' END AS severity,
    CASE
        WHEN active_after THEN 'verify_at_home'
        WHEN mild OR in_grace THEN 'reassess'
        ELSE 'stop_payment_check'
    END AS step,
    CAST(monthly_amount AS DECIMAL(14, 2)) AS amount,
    CAST(NULL AS DECIMAL(14, 2)) AS line,
    'died:' || died_on || '|case:' || case_no AS evidence_key,
    CASE WHEN active_after AND NOT mild AND NOT in_grace THEN 'activity_after_death' END AS lowered_by,
    CAST(to_json({
        'died_on': died_on,
        'months_since': months_since,
        'grace_months': death_grace_months,
        'active_after': active_after,
        'in_grace': in_grace
    }) AS VARCHAR) AS particulars,
    CASE
        WHEN active_at_all THEN ['activity_after_death_days']
        ELSE CAST([] AS VARCHAR [])
    END
    || CASE
        WHEN program = 'dibao' AND NOT active_after THEN ['death_grace_months']
        ELSE CAST([] AS VARCHAR [])
    END AS figures,
    facts
FROM judged
