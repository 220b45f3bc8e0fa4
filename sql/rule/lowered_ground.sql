/*
description: >
  Every ground with the severity it may carry: a red one is lowered to yellow where a row it needs is in review, where
  a fact that can end comes from a stale source or its end could not be read, where a row shows no identity number, where a figure is
  unconfirmed, or where nobody can be sure who counts in the household (rules.md 1 and 6). The best ground of a rule, subject and programme has place 1.
grain: [rule_id, subject, program, place]
columns:
  subject: the person, or the household where no person is named
  in_review: a row it needs is in review
  no_number: a row it needs names the person without a number
  least_probability: the least certain link, 0 to 1
  place: 1 the best ground of its rule, subject and programme
*/
WITH
stale AS (
    SELECT coalesce(list(source), []) AS sources
    FROM raw.source_state
    WHERE state <> 'fresh'
),

-- A figure is named with its key where it has one. Of the pension disregard the months that used it speak, in X03.
unconfirmed AS (
    SELECT coalesce(flatten(list([name, name || '.' || key])), []) AS names
    FROM policy.figure
    WHERE in_force AND unconfirmed AND name <> 'basic_pension_disregard.means_test'
),

seen AS (
    SELECT
        ground.rule_id,
        ground.person_id,
        coalesce(ground.household_id, household.household_id, person.household_id) AS household_id,
        ground.case_no,
        ground.program,
        ground.severity,
        ground.step,
        ground.amount,
        ground.line,
        ground.evidence_key,
        ground.lowered_by,
        ground.particulars,
        ground.figures,
        ground.facts,
        len(list_filter(ground.facts, lambda fact: fact.decision = 'review')) > 0 AS in_review,
        len(list_filter(ground.facts, lambda fact: NOT coalesce(fact.by_number, TRUE))) > 0 AS no_number,
        len(list_filter(
            ground.facts, lambda fact: fact.can_end AND list_contains(stale.sources, fact.source)
        )) > 0 AS stale_source,
        len(list_filter(ground.figures, lambda figure: list_contains(unconfirmed.names, figure))) > 0
            AS unconfirmed_figure,
        -- Nobody is accused by it; care and urgent help count the row (rules.md 6).
        starts_with(ground.rule_id, 'X') AND len(list_filter(ground.facts, lambda fact: fact.unread <> [])) > 0
            AS unreadable,
        coalesce(unit.members_unsure, FALSE) AS members_unsure,
        coalesce(unit.cover_unknown, FALSE) AS cover_unknown,
        list_min(list_transform(ground.facts, lambda fact: fact.probability)) AS least_probability
    FROM rule.ground AS ground
    CROSS JOIN stale
    CROSS JOIN unconfirmed
    LEFT JOIN core.household AS household
        ON ground.case_no = household.case_no AND ground.program = household.program
    LEFT JOIN core.person AS person ON ground.person_id = person.person_id
    LEFT JOIN fact.doubtful_unit AS unit
        ON ground.household_id = unit.household_id AND ground.rule_id IN ('X03', 'X04', 'X05', 'X06')
),

judged AS (
    SELECT
        rule_id,
        person_id,
        household_id,
        coalesce(person_id, household_id) AS subject,
        case_no,
        program,
        step,
        amount,
        line,
        evidence_key,
        particulars,
        figures,
        facts,
        in_review,
        no_number,
        least_probability,
        CASE
            WHEN
                severity = 'red'
                AND (
                    in_review OR no_number OR stale_source OR unreadable OR unconfirmed_figure OR members_unsure
                    OR cover_unknown
                )
                THEN 'yellow'
            ELSE severity
        END AS severity,
        CASE
            WHEN severity = 'red' THEN nullif(array_to_string(list_filter([
                CASE WHEN in_review THEN 'review' END,
                CASE WHEN no_number THEN 'no_number' END,
                CASE WHEN stale_source THEN 'stale_source' END,
                CASE WHEN unreadable THEN 'unreadable' END,
                CASE WHEN unconfirmed_figure THEN 'unconfirmed_figure' END,
                CASE WHEN members_unsure THEN 'members_unsure' END,
                CASE WHEN cover_unknown THEN 'cover_unknown' END
            ], lambda reason: reason IS NOT NULL), ','), '')
            ELSE lowered_by
        END AS lowered_by
    FROM seen
)

SELECT
    rule_id,
    person_id,
    household_id,
    subject,
    case_no,
    program,
    step,
    amount,
    line,
    evidence_key,
    particulars,
    figures,
    facts,
    in_review,
    no_number,
    least_probability,
    severity,
    lowered_by,
    row_number() OVER (
        PARTITION BY rule_id, subject, program
        ORDER BY
            severity = 'red' DESC, in_review, no_number, lowered_by IS NOT NULL, amount DESC NULLS LAST,
            case_no, evidence_key, particulars, list_sort(facts)
    ) AS place
FROM judged
