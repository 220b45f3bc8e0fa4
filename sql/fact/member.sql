/*
description: >
  Why somebody's means count in a case household, as facts: his roll row; of a spouse joined by the rules the marriage
  or booklet row and the partner's roll row; of a child, or of the booklet of a one-person cover, the registry row and
  the roll row that stands for the case (paid before not, applicant before member).
grain: [household_id, person_id]
columns:
  facts: the rows in the shape of grounds
*/
WITH
spouse AS (
    SELECT
        counted.household_id,
        counted.person_id,
        fact_of(
            spouse.source,
            spouse.record_no,
            spouse.snapshot_date,
            spouse.decision,
            coalesce(spouse.by_number, FALSE),
            spouse.probability,
            'spouse', spouse.married_on, can_end := TRUE
        ) AS fact,
        roll.fact AS partner_fact,
        row_number() OVER (
            PARTITION BY counted.household_id, counted.person_id ORDER BY spouse.spouse_id, spouse.record_no, spouse.snapshot_date
        ) AS place
    FROM means.counted_member AS counted
    INNER JOIN means.spouse AS spouse ON counted.person_id = spouse.person_id
    INNER JOIN fact.roll AS roll
        ON spouse.spouse_id = roll.person_id AND counted.case_no = roll.case_no AND counted.program = roll.program
    WHERE counted.kind = 'case'
),

standing AS (
    SELECT
        case_no,
        program,
        fact,
        row_number() OVER (
            PARTITION BY case_no, program ORDER BY paid DESC, role = 'applicant' DESC, person_id
        ) AS place
    FROM fact.roll
)

SELECT
    counted.household_id,
    counted.person_id,
    CASE
        WHEN roll.person_id IS NOT NULL THEN [roll.fact]
        WHEN spouse.person_id IS NOT NULL THEN [spouse.fact, spouse.partner_fact]
        ELSE [registry.fact, standing.fact]
    END AS facts
FROM means.counted_member AS counted
LEFT JOIN fact.roll AS roll
    ON counted.case_no = roll.case_no AND counted.program = roll.program AND counted.person_id = roll.person_id
LEFT JOIN spouse
    ON counted.household_id = spouse.household_id AND counted.person_id = spouse.person_id AND spouse.place = 1
INNER JOIN standing
    ON counted.case_no = standing.case_no AND counted.program = standing.program AND standing.place = 1
LEFT JOIN fact.registry AS registry ON counted.person_id = registry.person_id
WHERE
    counted.kind = 'case'
    AND (roll.person_id IS NOT NULL OR spouse.person_id IS NOT NULL OR registry.person_id IS NOT NULL)
