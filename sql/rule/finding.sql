/*
description: >
  What fired tonight, one row a rule, subject and programme, with typed evidence and no text: grounds lowered as
  rules.md 6 says, the best kept, the facts of all of them gathered. Findings of the newest earlier night that no
  longer fire stand here once more as cleared.
grain: [finding_id]
columns:
  subject_name: the person, or the applicant or head of the household
  rests_on_review: the best ground needs a row whose identity is in review
  rests_on_number: every row of the best ground that names a person shows his number
  least_probability: the least certain link of the best ground, 0 to 1
  particulars: JSON of what the explanation needs beside the facts; the night and the windows of rules.md 2 too
  figures: the policy figures it rests on, with references
  facts: the delivered rows behind all its grounds, sorted
  missing: sources the rule reads that were stale, absent or short of the window, and those not used for want of authorization
*/
WITH
best AS (
    SELECT
        keyed_id('F', rule_id || '|' || subject || '|' || coalesce(program, '')) AS finding_id,
        rule_id,
        subject,
        program,
        household_id,
        person_id,
        case_no,
        severity,
        lowered_by,
        step,
        amount,
        line,
        particulars,
        figures,
        in_review,
        no_number,
        least_probability
    FROM rule.lowered_ground
    WHERE place = 1
),

gathered AS (
    SELECT
        rule_id,
        subject,
        program,
        array_to_string(list_sort(list_distinct(list(evidence_key))), ';') AS evidence_key,
        list_sort(list_distinct(flatten(list(facts)))) AS facts
    FROM rule.lowered_ground
    GROUP BY rule_id, subject, program
),

figure_name AS (
    SELECT DISTINCT
        figures,
        unnest(figures) AS figure
    FROM best
),

figure AS (
    SELECT
        figure_name.figures,
        list_sort(list_distinct(list({
            'title_zh': figure.title_zh,
            'title_en': figure.title_en,
            'name': figure.name,
            'key': figure.key,
            'value': figure.value,
            'unit': figure.unit,
            'reference': figure.reference,
            'illustrative': figure.illustrative,
            'unconfirmed': figure.unconfirmed
        }))) AS figures_in_force
    FROM figure_name
    INNER JOIN policy.figure AS figure
        ON
            figure.in_force
            AND figure_name.figure IN (figure.name, figure.name || '.' || figure.key)
    GROUP BY figure_name.figures
),

named AS (
    SELECT
        member.household_id,
        person.name,
        row_number() OVER (
            PARTITION BY member.household_id
            ORDER BY member.role = 'applicant' DESC, person.relation = '01' DESC, person.birth_date, member.person_id
        ) AS place
    FROM core.household_member AS member
    INNER JOIN link.person AS person ON member.person_id = person.person_id
    SEMI JOIN best ON member.household_id = best.household_id AND best.person_id IS NULL
)

SELECT
    best.finding_id,
    keyed_id('E', best.rule_id || '|' || gathered.evidence_key) AS evidence_key,
    best.rule_id,
    rule.kind,
    best.severity,
    best.lowered_by,
    CAST(NULL AS VARCHAR) AS held_why,
    best.household_id,
    best.case_no,
    best.person_id,
    best.program,
    best.step AS suggested_step,
    best.amount,
    best.line,
    rule.title_zh,
    coalesce(person.name, named.name) AS subject_name,
    best.in_review AS rests_on_review,
    NOT best.no_number AS rests_on_number,
    best.least_probability,
    CAST(json_merge_patch(best.particulars, to_json({
        'night': night.night,
        'year_ago': night.year_ago,
        'window_from': night.ledger_from,
        'window_to': night.ledger_to,
        'quarter_from': night.last3_from
    })) AS VARCHAR) AS particulars,
    coalesce(figure.figures_in_force, []) AS figures,
    gathered.facts,
    CAST(to_json(list_transform(gathered.facts, lambda fact: {
        'source': fact.source,
        'snapshot_date': fact.snapshot_date,
        'record_no': fact.record_no,
        'values': {'what': fact.what, 'on': fact."on", 'amount': fact.amount, 'detail': fact.detail},
        'decision': fact.decision,
        'by_number': fact.by_number,
        'probability': fact.probability
    })) AS VARCHAR) AS evidence,
    coalesce(missing.missing, []) || coalesce(unasked.missing, []) AS missing,
    least(coalesce(earlier.first_seen, night.night), night.night) AS first_seen,
    'open' AS status
FROM best
INNER JOIN gathered
    ON
        best.rule_id = gathered.rule_id
        AND best.subject = gathered.subject
        AND best.program IS NOT DISTINCT FROM gathered.program
INNER JOIN out.rule AS rule ON best.rule_id = rule.rule_id
CROSS JOIN policy.night AS night
LEFT JOIN figure ON best.figures = figure.figures
LEFT JOIN fact.missing_source AS missing ON best.rule_id = missing.rule_id
LEFT JOIN fact.unasked_source AS unasked
    ON
        best.rule_id = unasked.rule_id
        AND best.subject = unasked.subject
        AND best.program IS NOT DISTINCT FROM unasked.program
LEFT JOIN core.person AS person ON best.person_id = person.person_id
LEFT JOIN named ON best.household_id = named.household_id AND named.place = 1 AND best.person_id IS NULL
LEFT JOIN state.finding AS earlier ON best.finding_id = earlier.finding_id AND earlier.status <> 'cleared'
UNION ALL
SELECT
    earlier.finding_id,
    NULL,
    earlier.rule_id,
    rule.kind,
    earlier.severity,
    NULL,
    NULL,
    earlier.household_id,
    earlier.case_no,
    earlier.person_id,
    earlier.program,
    NULL,
    NULL,
    NULL,
    rule.title_zh,
    person.name,
    FALSE,
    TRUE,
    NULL,
    '{}',
    [],
    [],
    '[]',
    [],
    earlier.first_seen,
    'cleared'
FROM state.finding AS earlier
INNER JOIN out.rule AS rule ON earlier.rule_id = rule.rule_id
ANTI JOIN best ON earlier.finding_id = best.finding_id
LEFT JOIN core.person AS person ON earlier.person_id = person.person_id
WHERE earlier.status <> 'cleared'
