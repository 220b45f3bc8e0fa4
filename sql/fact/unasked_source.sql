/*
description: >
  Sources that a finding could not use for want of authorization (rules.md 3): gated ones its rule reads, where an adult
  whose means are judged has not signed; and all gated ones where the rule judges the means of a household outside every
  household-programme case, which they may never serve.
grain: [rule_id, subject, program]
columns:
  subject: the person, or the household where no person is named
  missing: source, state (outside; unsigned_self, unsigned_household or unsigned_supporter), how many people; sorted
*/
WITH
finding AS (
    SELECT
        ground.rule_id,
        ground.person_id,
        ground.household_id,
        ground.case_no,
        ground.subject,
        ground.program,
        rule.sources,
        coalesce(household.kind = 'registry', TRUE) AS is_outside,
        -- Who is judged by what speaks of means is judged on means.
        rule.kind = 'omission' AND len(list_intersect(rule.sources, counter.sources)) > 0 AS on_means
    FROM rule.lowered_ground AS ground
    INNER JOIN out.rule AS rule ON ground.rule_id = rule.rule_id
    CROSS JOIN (SELECT coalesce(list(source), []) AS sources FROM policy.counter_evidence_source) AS counter
    LEFT JOIN core.household AS household ON ground.household_id = household.household_id
    WHERE ground.place = 1
),

unsigned AS (
    SELECT
        counted.household_id,
        counted.person_id
    FROM means.counted_member AS counted
    ANTI JOIN (SELECT person_id FROM core.case_member WHERE authorized_as_member) AS signed
        ON counted.person_id = signed.person_id
    WHERE counted.is_counted AND counted.is_adult
),

-- A supporter signs for the case he supports; of X15 his means are judged and nobody else's.
supporter AS (
    SELECT DISTINCT
        case_member.case_no,
        case_member.program,
        case_member.person_id
    FROM core.case_member AS case_member
    ANTI JOIN link.authorized AS authorized ON case_member.person_id = authorized.person_id
    WHERE case_member.role = 'supporter'
),

asked_of AS (
    SELECT
        finding.rule_id,
        finding.subject,
        finding.program,
        unsigned.person_id
    FROM finding
    INNER JOIN unsigned
        ON
            finding.household_id = unsigned.household_id
            AND (finding.person_id IS NULL OR finding.person_id = unsigned.person_id)
    WHERE finding.rule_id NOT IN ('X15', 'P01') AND NOT finding.is_outside
    UNION ALL
    SELECT
        finding.rule_id,
        finding.subject,
        finding.program,
        supporter.person_id
    FROM finding
    INNER JOIN supporter ON finding.case_no = supporter.case_no AND finding.program = supporter.program
    WHERE finding.rule_id = 'X15'
    UNION ALL
    SELECT
        rule_id,
        subject,
        program,
        person_id
    FROM finding
    WHERE rule_id = 'P01'
),

people AS (
    SELECT
        rule_id,
        subject,
        program,
        count(*) AS people
    FROM asked_of
    GROUP BY rule_id, subject, program
)

SELECT
    finding.rule_id,
    finding.subject,
    finding.program,
    list_sort(list({
        'source': gated.source,
        'state': CASE
            WHEN finding.on_means AND finding.is_outside THEN 'outside'
            WHEN finding.rule_id = 'X15' THEN 'unsigned_supporter'
            WHEN finding.person_id IS NOT NULL THEN 'unsigned_self'
            ELSE 'unsigned_household'
        END,
        'snapshot_date': CAST(NULL AS DATE),
        'people': people.people
    })) AS missing
FROM finding
CROSS JOIN policy.gated_source AS gated
LEFT JOIN people
    ON
        finding.rule_id = people.rule_id
        AND finding.subject = people.subject
        AND finding.program IS NOT DISTINCT FROM people.program
WHERE
    (finding.on_means AND finding.is_outside)
    -- P01 says of one person what its own rows do not: that these were left unread.
    OR (people.people > 0 AND (finding.rule_id = 'P01' OR list_contains(finding.sources, gated.source)))
GROUP BY finding.rule_id, finding.subject, finding.program
