/*
description: >
  Paid case households of which nobody can be sure who counts (rules.md 4 and 6): red in X03 to X06 would rest on a name
  alone, on late custody, or on the silence of certificates that were not delivered.
grain: [household_id]
columns:
  members_unsure: somebody does not count by a death or custody row without a number, or by custody from a late source or with an unreadable end
  cover_unknown: dibao of one covered person, who might be severely disabled (a one-person cover, whose line is higher)
*/
WITH
weak AS (
    SELECT person_id
    FROM means.death
    WHERE is_dead AND NOT coalesce(by_number, FALSE)
    UNION
    SELECT custody.person_id
    FROM means.custody AS custody
    INNER JOIN raw.source_state AS state ON custody.source = state.source
    WHERE custody.in_custody AND (NOT custody.by_number OR state.state <> 'fresh' OR custody.unread <> [])
),

judged AS (
    SELECT
        unit.household_id,
        EXISTS (
            SELECT 1
            FROM core.household_member AS member
            SEMI JOIN weak ON member.person_id = weak.person_id
            WHERE member.household_id = unit.household_id AND NOT member.counted
        ) AS members_unsure,
        unit.program = 'dibao'
        AND unit.covered_people = 1
        AND NOT unit.one_person_cover
        AND (
            EXISTS (
                SELECT 1
                FROM raw.source_state AS state
                WHERE state.source = 'disability_certificates' AND state.state = 'absent'
            )
            OR EXISTS (
                SELECT 1
                FROM core.case_member AS covered
                INNER JOIN means.certificate AS certificate ON covered.person_id = certificate.person_id
                WHERE
                    covered.case_no = unit.case_no
                    AND covered.program = unit.program
                    AND covered.is_open
                    AND covered.covered
                    AND certificate.is_valid
                    AND certificate.is_severe
                    AND certificate.decision = 'review'
            )
        ) AS cover_unknown
    FROM means.case_unit AS unit
)

SELECT
    household_id,
    members_unsure,
    cover_unknown
FROM judged
WHERE members_unsure OR cover_unknown
