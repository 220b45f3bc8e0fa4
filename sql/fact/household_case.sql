/*
description: >
  Every open case of a household programme with the roll row that stands for it (paid before not, applicant before
  member): what rules about the household as a whole rest on.
grain: [case_no, program]
columns:
  paid: somebody on the case is paid
  started_on: earliest start of its open rows
  fact: the standing roll row in the shape of grounds
*/
WITH
ranked AS (
    SELECT
        case_no,
        program,
        fact,
        bool_or(paid) OVER (PARTITION BY case_no, program) AS paid,
        min(start_date) OVER (PARTITION BY case_no, program) AS started_on,
        row_number() OVER (
            PARTITION BY case_no, program ORDER BY paid DESC, role = 'applicant' DESC, person_id
        ) AS place
    FROM fact.roll
    WHERE open AND household_program
)

SELECT
    ranked.case_no,
    ranked.program,
    unit.household_id,
    unit.one_person_cover,
    unit.standard,
    'dibao_standard' || coalesce('.' || unit.hukou_type, '') AS standard_figure,
    ranked.paid,
    ranked.started_on,
    ranked.fact
FROM ranked
INNER JOIN means.household_unit AS unit ON ranked.case_no = unit.case_no AND ranked.program = unit.program
WHERE ranked.place = 1
