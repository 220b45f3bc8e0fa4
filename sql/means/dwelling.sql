/*
description: >
  One row per household and dwelling that its people hold a share of (rules.md 5): it counts where they together hold
  half or more. A missing share and a row in review count as possible only.
grain: [household_id, unit_key]
columns:
  share_known: percent held together by linked rows that state a share
  share_possible: the same with missing shares as the whole, rows in review and those whose cancellation could not be read
  counts: half or more is known
  counts_possibly: half or more is possible
  is_missing_share: a linked row states no share
  record_nos: rows of real_estate behind it
  by_number: half or more is known by rows that name their owner by number
*/
WITH
held AS (
    SELECT
        member.household_id,
        dwelling.unit_key,
        dwelling.person_id,
        -- House and homestead of one person at one address are one holding: the larger share, not their sum.
        coalesce(max(dwelling.share_percent) FILTER (dwelling.decision = 'linked' AND NOT dwelling.may_be_gone), 0) AS share_known,
        coalesce(
            max(dwelling.share_percent) FILTER (
                dwelling.decision = 'linked' AND dwelling.by_number AND NOT dwelling.may_be_gone
            ),
            0
        ) AS share_by_number,
        max(coalesce(dwelling.share_percent, 100)) AS share_possible,
        bool_or(dwelling.share_percent IS NULL AND dwelling.decision = 'linked') AS is_missing_share,
        list(dwelling.record_no) AS record_nos
    FROM means.counted_member AS member
    INNER JOIN means.dwelling_record AS dwelling ON member.person_id = dwelling.person_id
    GROUP BY member.household_id, dwelling.unit_key, dwelling.person_id
)

SELECT
    household_id,
    unit_key,
    sum(share_known) AS share_known,
    sum(share_possible) AS share_possible,
    is_held(sum(share_known)) AS counts,
    is_held(sum(share_possible)) AS counts_possibly,
    bool_or(is_missing_share) AS is_missing_share,
    is_held(sum(share_by_number)) AS by_number,
    list_sort(flatten(list(record_nos))) AS record_nos
FROM held
GROUP BY household_id, unit_key
