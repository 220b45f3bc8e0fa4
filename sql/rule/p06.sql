/*
description: >
  P06, settle who is who: an identity conflict of a roll row (it names somebody by a valid number that the registry
  knows under another name, or another department's row has the number of somebody on an open household case and another name); or
  income or assets in review that would make X03 or X04 if linked. Nothing is held against anybody before it is settled.
grain: [person_id, case_no, program, evidence_key, facts]
*/
WITH
holder AS (
    SELECT
        pair.person_id,
        pair.other_person_id
    FROM core.person_same_as AS pair
    WHERE pair.why = 'shared_number'
    UNION
    SELECT
        pair.other_person_id,
        pair.person_id
    FROM core.person_same_as AS pair
    WHERE pair.why = 'shared_number'
),

-- The roll founded this person: nobody registered has that name and that number.
named AS (
    SELECT
        holder.person_id,
        list(fact_of(
            registry.fact.source,
            registry.fact.record_no,
            registry.fact.snapshot_date,
            'review',
            TRUE,
            CAST(NULL AS DOUBLE),
            'other_name', CAST(NULL AS DATE)
        )) AS facts
    FROM holder
    INNER JOIN link.person AS founded ON holder.person_id = founded.person_id AND NOT founded.in_registry
    INNER JOIN fact.registry AS registry ON holder.other_person_id = registry.person_id
    GROUP BY holder.person_id
),

claimed AS (
    SELECT
        person_id,
        list(fact) AS facts
    FROM fact.conflict
    GROUP BY person_id
),

standing AS (
    SELECT
        person_id,
        case_no,
        program,
        fact,
        household_program,
        row_number() OVER (
            PARTITION BY person_id ORDER BY household_program DESC, paid DESC, start_date, case_no, program
        ) AS place
    FROM fact.roll
    WHERE open
),

unsettled AS (
    SELECT
        household_id,
        person_id,
        means,
        list(fact) AS facts
    FROM fact.review_means
    GROUP BY household_id, person_id, means
),

asked AS (
    SELECT
        standing.person_id,
        standing.case_no,
        standing.program,
        'roll' AS why,
        [standing.fact] || named.facts AS facts
    FROM standing
    INNER JOIN named ON standing.person_id = named.person_id
    UNION ALL
    SELECT
        standing.person_id,
        standing.case_no,
        standing.program,
        'elsewhere',
        [standing.fact] || claimed.facts
    FROM standing
    INNER JOIN claimed ON standing.person_id = claimed.person_id
    -- What another department holds under his number could change a household's means, and nothing else.
    WHERE standing.place = 1 AND standing.household_program
    UNION ALL
    SELECT
        unsettled.person_id,
        own.case_no,
        own.program,
        unsettled.means,
        member.facts || unsettled.facts
    FROM unsettled
    INNER JOIN fact.household_case AS own ON unsettled.household_id = own.household_id
    INNER JOIN fact.member AS member
        ON unsettled.household_id = member.household_id AND unsettled.person_id = member.person_id
)

SELECT
    'P06' AS rule_id,
    person_id,
    CAST(NULL AS VARCHAR) AS household_id,
    case_no,
    program,
    'yellow' AS severity,
    'verify_identity' AS step,
    CAST(NULL AS DECIMAL(14, 2)) AS amount,
    CAST(NULL AS DECIMAL(14, 2)) AS line,
    'case:' || case_no || '|conflict:' || why AS evidence_key,
    CAST(NULL AS VARCHAR) AS lowered_by,
    CAST(to_json({'why': why}) AS VARCHAR) AS particulars,
    CAST([] AS VARCHAR []) AS figures,
    facts
FROM asked
