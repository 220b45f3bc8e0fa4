/*
description: >
  Dibao cases that ended in the last 12 months, of people none of whom is on a household-programme case now, with those
  people and the people of their booklets.
grain: [case_no, person_id]
columns:
  ended_on: the last day of the case
  was_on_it: this person was on the case; else of a booklet of theirs
  role: applicant or member of the ended case
  roll_fact: the ended roll row in the shape of grounds; null for people of the booklet alone
*/
WITH
row_ended AS (
    SELECT
        member.case_no,
        member.person_id,
        member.role,
        coalesce(member.end_date, member.status_since) AS ended_on
    FROM core.case_member AS member
    WHERE
        member.program = 'dibao'
        AND member.status = 'ended'
        AND NOT member.case_is_open
        AND member.role IN ('applicant', 'member')
),

ended AS (
    SELECT
        row_ended.case_no,
        max(row_ended.ended_on) AS ended_on
    FROM row_ended
    LEFT JOIN (
        SELECT person_id
        FROM fact.receipt
        WHERE open AND program IN ('dibao', 'tekun', 'marginal', 'rigid_expenditure')
    ) AS back ON row_ended.person_id = back.person_id
    CROSS JOIN policy.night AS night
    GROUP BY row_ended.case_no, night.year_ago, night.night
    HAVING
        count(back.person_id) = 0
        AND max(row_ended.ended_on) > night.year_ago
        AND max(row_ended.ended_on) <= night.night
),

on_it AS (
    SELECT
        row_ended.case_no,
        row_ended.person_id,
        row_ended.role,
        person.household_no
    FROM row_ended
    INNER JOIN ended ON row_ended.case_no = ended.case_no
    INNER JOIN link.person AS person ON row_ended.person_id = person.person_id
),

together AS (
    SELECT case_no, person_id, role
    FROM on_it
    UNION ALL
    SELECT
        booklet.case_no,
        beside.person_id,
        CAST(NULL AS VARCHAR)
    FROM (SELECT DISTINCT case_no, household_no FROM on_it WHERE household_no IS NOT NULL) AS booklet
    INNER JOIN link.person AS beside ON booklet.household_no = beside.household_no
    ANTI JOIN on_it ON booklet.case_no = on_it.case_no AND beside.person_id = on_it.person_id
)

SELECT
    together.case_no,
    together.person_id,
    together.role IS NOT NULL AS was_on_it,
    together.role,
    ended.ended_on,
    roll.fact AS roll_fact
FROM together
INNER JOIN ended ON together.case_no = ended.case_no
LEFT JOIN fact.roll AS roll
    ON
        together.role IS NOT NULL
        AND together.case_no = roll.case_no
        AND roll.program = 'dibao'
        AND together.person_id = roll.person_id
