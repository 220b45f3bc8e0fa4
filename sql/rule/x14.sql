/*
description: >
  X14, a verified spouse whom the case does not name and who is not in custody. A one-person cover is left alone.
grain: [household_id, evidence_key, facts]
*/
SELECT
    'X14' AS rule_id,
    CAST(NULL AS VARCHAR) AS person_id,
    own.household_id,
    own.case_no,
    own.program,
    'yellow' AS severity,
    'reassess' AS step,
    CAST(NULL AS DECIMAL(14, 2)) AS amount,
    CAST(NULL AS DECIMAL(14, 2)) AS line,
    'case:' || own.case_no || '|spouse:' || joined.person_id AS evidence_key,
    CAST(NULL AS VARCHAR) AS lowered_by,
    -- Not `lambda fact`: the case household has a column of that name, and DuckDB would take it.
    CAST(to_json({'by_marriage': len(list_filter(member.facts, lambda one: one.source = 'marriages')) > 0})
        AS VARCHAR) AS particulars,
    CAST([] AS VARCHAR []) AS figures,
    member.facts
FROM core.household_member AS joined
INNER JOIN fact.household_case AS own ON joined.household_id = own.household_id
INNER JOIN fact.member AS member
    ON joined.household_id = member.household_id AND joined.person_id = member.person_id
WHERE
    joined.role = 'spouse'
    AND joined.declared = FALSE
    AND joined.counted
    AND own.paid
    AND NOT own.one_person_cover
    AND own.program IN ('dibao', 'marginal')
