/*
description: >
  The questions of each drawn household's second page: those its open findings make worth asking, filled up to three
  with others drawn by chance, so that neither the presence nor the length of a page tells a visitor what was found.
grain: [household_id, position]
columns:
  position: the question's place on the page
  question: the words put to the family
*/
WITH
topic AS (
    SELECT DISTINCT
        position,
        question
    FROM draw.question
),

prompted AS (
    SELECT DISTINCT
        finding.household_id,
        question.position
    FROM out.finding AS finding
    INNER JOIN draw.question AS question ON finding.rule_id = question.rule_id
    WHERE finding.status NOT IN ('cleared', 'refuted') AND finding.held_why IS NULL
),

ranked AS (
    SELECT
        visit.household_id,
        topic.position,
        topic.question,
        prompted.position IS NOT NULL AS own,
        row_number() OVER (
            PARTITION BY visit.household_id
            ORDER BY
                prompted.position IS NULL,
                keyed_id(
                    'D',
                    CAST(visit.night AS VARCHAR) || '|' || visit.household_id || '|' || CAST(topic.position AS VARCHAR)
                ),
                topic.position
        ) AS place
    FROM draw.visit AS visit
    CROSS JOIN topic
    LEFT JOIN prompted ON visit.household_id = prompted.household_id AND topic.position = prompted.position
)

SELECT
    household_id,
    position,
    question
FROM ranked
WHERE own OR place <= 3
