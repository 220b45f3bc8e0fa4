/*
description: >
  What the two lists say to an analyst: the masked explanations of the findings behind a row, in the order of the list.
grain: [finding_ids]
columns:
  explanation_zh: the findings' masked explanations, in order of priority
*/
WITH
listed AS (
    SELECT finding_ids FROM out.should_not_be_covered
    UNION
    SELECT finding_ids FROM out.missing_from_coverage
),

finding AS (
    SELECT
        finding_ids,
        unnest(finding_ids) AS finding_id
    FROM listed
)

SELECT
    finding.finding_ids,
    array_to_string(list_transform(
        list_sort(list({'priority': ordered.priority, 'rule_id': ordered.rule_id, 'text': said.explanation_zh})),
        lambda item: item.text
    ), chr(10)) AS explanation_zh
FROM finding
INNER JOIN analyst.text AS said ON finding.finding_id = said.finding_id
INNER JOIN lists.finding AS ordered ON finding.finding_id = ordered.finding_id
GROUP BY finding.finding_ids
