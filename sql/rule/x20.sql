/*
description: >
  X20, paid another amount than the figures give: standard x counted less likely income of M1..M12, against what the
  case is paid. Only where income can be assessed, everybody is declared, X03 is silent and it is no one-person cover.
  Too little is owed to the family as much as too much is not. Sums of a year, so that nothing is rounded before it is
  compared.
grain: [household_id]
*/
WITH
paid AS (
    SELECT
        case_no,
        program,
        sum(monthly_amount) AS total,
        list(fact) AS facts
    FROM fact.roll
    WHERE paid AND program = 'dibao'
    GROUP BY case_no, program
),

computed AS (
    SELECT
        own.household_id,
        own.case_no,
        own.program,
        own.standard,
        own.standard_figure,
        income.counted_members AS counted,
        12 * paid.total AS total_year,
        greatest(12 * own.standard * income.counted_members - income.likely_12, 0) AS due_year,
        income.likely_12 AS income_year,
        paid.facts
    FROM fact.household_case AS own
    INNER JOIN paid ON own.case_no = paid.case_no AND own.program = paid.program
    INNER JOIN means.household_income AS income ON own.household_id = income.household_id
    INNER JOIN means.assessable AS assessable ON own.household_id = assessable.household_id
    ANTI JOIN (SELECT household_id FROM core.household_member WHERE declared = FALSE) AS undeclared
        ON own.household_id = undeclared.household_id
    ANTI JOIN rule.x03 AS over ON own.household_id = over.household_id
    WHERE assessable.income_assessable AND NOT own.one_person_cover AND income.counted_members > 0
),

judged AS (
    SELECT
        computed.household_id,
        computed.case_no,
        computed.program,
        computed.standard,
        computed.standard_figure,
        computed.counted,
        computed.total_year,
        computed.due_year,
        computed.income_year,
        computed.facts,
        computed.total_year < computed.due_year AS too_little,
        CASE
            WHEN computed.total_year < computed.due_year THEN computed.due_year
            ELSE computed.due_year * (1 + night.category_supplement_rate)
        END AS line_year,
        night.category_supplement_rate,
        night.amount_tolerance,
        night.amount_tolerance_yuan
    FROM computed
    CROSS JOIN policy.night AS night
),

off AS (
    SELECT
        household_id,
        case_no,
        program,
        standard,
        standard_figure,
        counted,
        too_little,
        category_supplement_rate,
        amount_tolerance,
        amount_tolerance_yuan,
        facts,
        CAST(total_year / 12 AS DECIMAL(14, 2)) AS total,
        CAST(due_year / 12 AS DECIMAL(14, 2)) AS due,
        CAST(income_year / 12 AS DECIMAL(14, 2)) AS income,
        CAST(line_year / 12 AS DECIMAL(14, 2)) AS line,
        CASE
            WHEN too_little AND total_year >= 0.8 * line_year THEN '0-20'
            WHEN too_little AND total_year >= 0.5 * line_year THEN '20-50'
            WHEN too_little THEN '50-100'
            ELSE band_over(total_year, line_year)
        END AS band
    FROM judged
    WHERE
        (too_little OR total_year > line_year)
        AND abs(line_year - total_year) > 12 * amount_tolerance_yuan
        AND abs(line_year - total_year) > amount_tolerance * line_year
)

SELECT
    'X20' AS rule_id,
    CAST(NULL AS VARCHAR) AS person_id,
    household_id,
    case_no,
    program,
    'yellow' AS severity,
    'reassess' AS step,
    total AS amount,
    line,
    'case:' || case_no || CASE WHEN too_little THEN '|under:' ELSE '|over:' END || band AS evidence_key,
    CAST(NULL AS VARCHAR) AS lowered_by,
    CAST(to_json({
        'too_little': too_little,
        'counted': counted,
        'standard': standard,
        'income': income,
        'due': due,
        'tolerance_percent': CAST(round(100 * amount_tolerance) AS INTEGER),
        'tolerance_yuan': amount_tolerance_yuan,
        'supplement_percent': CAST(round(100 * category_supplement_rate) AS INTEGER)
    }) AS VARCHAR) AS particulars,
    [standard_figure, 'amount_tolerance', 'amount_tolerance_yuan']
    || CASE WHEN too_little THEN CAST([] AS VARCHAR []) ELSE ['category_supplement_rate'] END AS figures,
    facts
FROM off
