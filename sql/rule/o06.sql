/*
description: >
  O06, watched against falling back into poverty and on no case: a registry household with a monitored member, not
  removed, whose high income a head is under the standard, with nothing that speaks of means. One a household.
grain: [household_id]
*/
WITH
monitored AS (
    SELECT
        resident.household_id,
        CASE monitored.kind WHEN 'marginal' THEN 'close_to_poverty' ELSE monitored.kind END AS kind,
        monitored.identified_on,
        monitored.standing = 'linked' AS sure,
        bool_or(monitored.standing = 'linked') OVER (PARTITION BY resident.household_id) AS any_sure,
        [
            resident.fact,
            fact_of(
                'poverty_monitoring',
                monitored.record_no,
                monitored.snapshot_date,
                monitored.standing,
                coalesce(monitored.by_number, FALSE),
                monitored.probability,
                'monitored:'
                || CASE monitored.kind WHEN 'marginal' THEN 'close_to_poverty' ELSE monitored.kind END,
                monitored.identified_on,
                can_end := TRUE,
                unread := unread_of(monitored.unreadable, ['removed_on'])
            )
        ] AS facts
    FROM core.poverty_monitoring AS monitored
    INNER JOIN fact.resident AS resident
        ON coalesce(monitored.person_id, monitored.candidate_person_id) = resident.person_id
    CROSS JOIN policy.night AS night
    WHERE
        monitored.standing IN ('linked', 'review')
        AND monitored.identified_on <= night.night
        AND coalesce(monitored.removed_on > night.night, TRUE)
),

gathered AS (
    SELECT
        household_id,
        min(identified_on) AS identified_on,
        arg_min(kind, identified_on || kind) AS kind,
        array_to_string(list_sort(list_distinct(list(kind || ':' || identified_on))), '+') AS keys,
        flatten(list(facts)) AS facts
    FROM monitored
    WHERE sure OR NOT any_sure
    GROUP BY household_id
)

SELECT
    'O06' AS rule_id,
    CAST(NULL AS VARCHAR) AS person_id,
    household.household_id,
    CAST(NULL AS VARCHAR) AS case_no,
    'dibao' AS program,
    'yellow' AS severity,
    'invite_to_apply' AS step,
    CAST(household.high_year / 12 / household.counted AS DECIMAL(14, 2)) AS amount,
    CAST(household.standard AS DECIMAL(14, 2)) AS line,
    'monitored:' || gathered.keys AS evidence_key,
    CAST(NULL AS VARCHAR) AS lowered_by,
    CAST(to_json({
        'kind': gathered.kind,
        'since': gathered.identified_on,
        'counted': household.counted
    }) AS VARCHAR) AS particulars,
    [household.standard_figure] AS figures,
    gathered.facts
FROM fact.registry_household AS household
INNER JOIN gathered ON household.household_id = gathered.household_id
ANTI JOIN (
    SELECT household_id
    FROM fact.household_receipt
    WHERE program = 'dibao'
) AS receipt ON household.household_id = receipt.household_id
WHERE household.high_year < 12 * household.standard * household.counted
