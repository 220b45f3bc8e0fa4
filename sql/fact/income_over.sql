/*
description: >
  Paid case households with low or likely income over their line on either window.
grain: [household_id]
columns:
  standard_figure: the policy figure of the household's dibao standard
  counted: counted members
  line_year: the line, yuan a counted head and year
  low_12: low income of the household, M1..M12, yuan a year
  low_3: the same of M10..M12
  likely_12: likely income, M1..M12, yuan a year
  likely_3: the same of M10..M12
  far_over: low over the line and its tolerance on both windows
  far_over_by_number: the same of rows by number alone
  just_begun: without the wages of members who began to work within the taper, low is not over the line on both windows;
    low of rows by number alone where those are far over, for the ground then rests on them
*/
SELECT
    household_id,
    case_no,
    program,
    one_person_cover,
    standard_figure,
    counted,
    line_year,
    low_12,
    low_3,
    likely_12,
    likely_3,
    least(low_12, low_3) > line_year * counted * (1 + income_tolerance) AS far_over,
    least(number_12, number_3) > line_year * counted * (1 + income_tolerance) AS far_over_by_number,
    CASE
        WHEN least(number_12, number_3) > line_year * counted * (1 + income_tolerance)
            THEN
                (settled_number_12 < number_12 OR settled_number_3 < number_3)
                AND least(settled_number_12, settled_number_3) <= line_year * counted
        ELSE
            (settled_12 < low_12 OR settled_3 < low_3)
            AND greatest(low_12, low_3) > line_year * counted
            AND least(settled_12, settled_3) <= line_year * counted
    END AS just_begun
FROM fact.income_line
WHERE greatest(low_12, low_3, likely_12, likely_3) > line_year * counted
