/*
description: >
  O13, left out of the family's dibao: on an active case that is no one-person cover, a counted spouse or minor child
  who is declared but not covered, or a minor child whom the case does not name.
grain: [person_id, case_no]
*/
WITH
active AS (
    SELECT
        own.household_id,
        own.case_no,
        own.program,
        own.fact
    FROM fact.household_case AS own
    SEMI JOIN (SELECT case_no FROM fact.roll WHERE paid AND program = 'dibao' AND status = 'active') AS roll
        ON own.case_no = roll.case_no
    WHERE own.program = 'dibao' AND NOT own.one_person_cover
),

member AS (
    SELECT
        active.household_id,
        active.case_no,
        active.program,
        active.fact AS standing,
        member.person_id,
        member.role,
        member.declared,
        resident.fact,
        is_minor(resident.birth_date, night.night) AS is_minor
    FROM active
    INNER JOIN core.household_member AS member ON active.household_id = member.household_id
    INNER JOIN fact.resident AS resident ON member.person_id = resident.person_id
    CROSS JOIN policy.night AS night
    WHERE member.counted AND (NOT member.declared OR NOT member.covered)
),

named AS (
    SELECT
        case_no,
        person_id,
        relation,
        role,
        covered
    FROM core.case_member
    WHERE program = 'dibao' AND is_open AND role IN ('applicant', 'member')
),

-- Whose spouse or child somebody on the case is: verified, or by the family's own declaration to the applicant.
related AS (
    SELECT
        named.case_no,
        spouse.spouse_id AS person_id,
        'spouse' AS kind
    FROM named
    INNER JOIN means.spouse AS spouse ON named.person_id = spouse.person_id
    WHERE named.role = 'applicant' OR named.covered
    UNION
    SELECT
        named.case_no,
        child.person_id,
        'child'
    FROM named
    INNER JOIN means.minor_child AS child ON named.person_id = child.adult_id
    UNION
    SELECT
        case_no,
        person_id,
        CASE WHEN relation = '10' THEN 'spouse' ELSE 'child' END
    FROM named
    WHERE relation IN ('10', '20', '30')
),

left_out AS (
    SELECT DISTINCT
        member.household_id,
        member.case_no,
        member.program,
        member.person_id,
        member.declared,
        member.is_minor,
        CASE
            WHEN roll.person_id IS NULL THEN [member.fact, member.standing]
            ELSE [member.fact, roll.fact, member.standing]
        END AS facts
    FROM member
    INNER JOIN related ON member.case_no = related.case_no AND member.person_id = related.person_id
    LEFT JOIN fact.roll AS roll
        ON member.case_no = roll.case_no AND roll.program = 'dibao' AND member.person_id = roll.person_id
    WHERE
        (related.kind = 'child' AND member.is_minor)
        OR (related.kind = 'spouse' AND member.declared)
)

SELECT
    'O13' AS rule_id,
    left_out.person_id,
    left_out.household_id,
    left_out.case_no,
    left_out.program,
    'yellow' AS severity,
    'invite_to_apply' AS step,
    CAST(NULL AS DECIMAL(14, 2)) AS amount,
    CAST(NULL AS DECIMAL(14, 2)) AS line,
    'case:' || left_out.case_no || '|declared:' || left_out.declared AS evidence_key,
    CAST(NULL AS VARCHAR) AS lowered_by,
    CAST(to_json({'minor': left_out.is_minor, 'declared': left_out.declared}) AS VARCHAR) AS particulars,
    CAST([] AS VARCHAR []) AS figures,
    left_out.facts
FROM left_out
ANTI JOIN (
    SELECT person_id
    FROM fact.receipt
    WHERE (program = 'dibao' AND (paid OR applying)) OR (program = 'tekun' AND paid)
) AS receipt ON left_out.person_id = receipt.person_id
