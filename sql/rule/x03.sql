/*
description: >
  X03, income over the line. Red only where low, of linked rows of fresh sources, breaks the line with its tolerance on
  both windows; where rows by number alone already do, the ground rests on those alone. Without the wages of members
  who began to work within the taper, low no longer over the line on both windows: yellow, to be tapered. High alone is
  no finding. A pension disregard unconfirmed in a month that used it lowers (rules.md 1).
grain: [household_id]
*/
WITH
delivered AS (
    SELECT
        over.household_id,
        ledger.person_id,
        ledger.item,
        ledger.source,
        bool_or(ledger.item = 'resident_pension' AND month.pension_disregard_unconfirmed) AS unconfirmed,
        fact_of(
            ledger.source,
            ledger.record_no,
            ledger.snapshot_date,
            ledger.decision,
            coalesce(ledger.by_number, FALSE),
            ledger.probability,
            'income:' || ledger.item || ':' || strftime(min(ledger.month), '%Y-%m-%d'),
            max(ledger.month),
            amount := sum(CASE over.program WHEN 'tekun' THEN ledger.amount_tekun ELSE ledger.amount END)
        ) AS fact
    FROM fact.income_over AS over
    INNER JOIN means.counted_member AS counted
        ON over.household_id = counted.household_id AND counted.is_counted
    INNER JOIN means.ledger AS ledger ON counted.person_id = ledger.person_id
    INNER JOIN policy.month AS month ON ledger.month = month.month
    WHERE
        ledger.decision = 'linked'
        AND ledger.in_household
        AND (ledger.estimate = 'low' OR (ledger.estimate = 'likely' AND NOT over.far_over))
        AND (coalesce(ledger.by_number, FALSE) OR NOT over.far_over_by_number)
    GROUP BY
        over.household_id, ledger.person_id, ledger.item, ledger.source, ledger.record_no, ledger.snapshot_date,
        ledger.decision, ledger.by_number, ledger.probability
    UNION ALL
    SELECT
        over.household_id,
        support.applicant_id,
        'support',
        support.source,
        FALSE,
        fact_of(
            support.source,
            support.record_no,
            support.snapshot_date,
            support.decision,
            support.by_number,
            support.probability,
            'income:support', CAST(NULL AS DATE), amount := 12 * support.support
        )
    FROM fact.income_over AS over
    INNER JOIN means.support AS support ON over.household_id = support.household_id
    WHERE support.support > 0 AND NOT over.far_over
),

member AS (
    SELECT
        household_id,
        facts
    FROM fact.member
    SEMI JOIN delivered ON member.household_id = delivered.household_id AND member.person_id = delivered.person_id
),

gathered AS (
    SELECT
        household_id,
        list(fact) AS facts,
        bool_or(unconfirmed) AS unconfirmed,
        list_distinct(list(item)) AS items,
        array_to_string(list_sort(list_distinct(list(source || ':' || item))), '+') AS keys
    FROM delivered
    GROUP BY household_id
),

people AS (
    SELECT
        household_id,
        flatten(list(facts)) AS facts
    FROM member
    GROUP BY household_id
),

figured AS (
    SELECT
        over.household_id,
        over.case_no,
        over.program,
        over.counted,
        over.one_person_cover,
        over.standard_figure,
        over.far_over,
        over.just_begun,
        CAST(over.line_year / 12 AS DECIMAL(14, 2)) AS line,
        CAST(over.low_12 / 12 / over.counted AS DECIMAL(14, 2)) AS low_year,
        CAST(over.low_3 / 12 / over.counted AS DECIMAL(14, 2)) AS low_quarter,
        CAST(over.likely_12 / 12 / over.counted AS DECIMAL(14, 2)) AS likely_year,
        CAST(over.likely_3 / 12 / over.counted AS DECIMAL(14, 2)) AS likely_quarter,
        gathered.unconfirmed AND over.program <> 'tekun' AS unconfirmed,
        gathered.items,
        gathered.keys,
        gathered.facts || coalesce(people.facts, []) AS facts,
        night.income_tolerance,
        night.taper_months
    FROM fact.income_over AS over
    INNER JOIN gathered ON over.household_id = gathered.household_id
    CROSS JOIN policy.night AS night
    LEFT JOIN people ON over.household_id = people.household_id
),

compared AS (
    SELECT
        household_id,
        case_no,
        program,
        counted,
        one_person_cover,
        standard_figure,
        far_over,
        just_begun,
        line,
        low_year,
        low_quarter,
        likely_year,
        likely_quarter,
        unconfirmed,
        items,
        keys,
        facts,
        income_tolerance,
        taper_months,
        CASE
            WHEN far_over THEN least(low_year, low_quarter)
            ELSE greatest(low_year, low_quarter, likely_year, likely_quarter)
        END AS amount
    FROM figured
)

SELECT
    'X03' AS rule_id,
    CAST(NULL AS VARCHAR) AS person_id,
    household_id,
    case_no,
    program,
    CASE WHEN far_over AND NOT just_begun AND NOT unconfirmed THEN 'red' ELSE 'yellow' END AS severity,
    CASE WHEN just_begun THEN 'taper' WHEN far_over THEN 'stop_payment_check' ELSE 'reassess' END AS step,
    amount,
    line,
    'case:' || case_no || '|' || keys || '|excess:' || band_over(amount, line) AS evidence_key,
    CASE
        WHEN far_over AND just_begun THEN 'just_begun_to_work'
        WHEN far_over AND unconfirmed THEN 'unconfirmed_figure'
    END AS lowered_by,
    CAST(to_json({
        'low_year': low_year,
        'low_quarter': low_quarter,
        'likely_year': likely_year,
        'likely_quarter': likely_quarter,
        'red_line': CAST(line * (1 + income_tolerance) AS DECIMAL(14, 2)),
        'tolerance_percent': CAST(round(100 * income_tolerance) AS INTEGER),
        'taper_months': taper_months,
        'counted': counted,
        'one_person_cover': one_person_cover,
        'far_over': far_over,
        'just_begun': just_begun
    }) AS VARCHAR) AS particulars,
    CASE
        WHEN program = 'rigid_expenditure' THEN ['mean_disposable_income', 'income_tolerance']
        WHEN program = 'marginal' OR one_person_cover
            THEN [standard_figure, 'marginal_multiple', 'income_tolerance']
        ELSE [standard_figure, 'income_tolerance']
    END
    || CASE WHEN list_contains(items, 'wages') THEN ['job_cost_rate'] ELSE CAST([] AS VARCHAR []) END
    || CASE
        WHEN list_contains(items, 'support') THEN ['support_line_multiple', 'support_rate', 'supporter_age_limit']
        ELSE CAST([] AS VARCHAR [])
    END
    || CASE
        WHEN just_begun OR (far_over AND list_contains(items, 'wages')) THEN ['taper_months']
        ELSE CAST([] AS VARCHAR [])
    END
    || CASE
        WHEN list_contains(items, 'resident_pension') AND program = 'tekun' THEN ['basic_pension_disregard.tekun']
        WHEN list_contains(items, 'resident_pension') THEN ['basic_pension_disregard.means_test']
        ELSE CAST([] AS VARCHAR [])
    END AS figures,
    facts
FROM compared
