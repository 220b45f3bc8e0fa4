/*
description: >
  Every current residential or homestead row of a person of the spine, with the unit it speaks of: rows of one
  certificate or at one address are one unit. Linked or in review.
grain: [snapshot_date, record_no]
columns:
  unit_key: >
    the certificate's normalised address, else its number. Normalised: no province and prefecture before a county or city, half-width digits,
    numerals as digits, no blanks or punctuation, 队 as 组, 栋 as 幢
  unread: of when it was cancelled, which share is held and what was paid, the columns that were delivered and could not be read
  may_be_gone: its cancellation could not be read, so that it is held for possible only
*/
WITH
current_row AS (
    SELECT
        coalesce(estate.person_id, estate.candidate_person_id) AS person_id,
        estate.certificate_no,
        estate.usage,
        CAST(estate.share_percent AS DECIMAL(9, 4)) AS share_percent,
        estate.registered_on,
        estate.transaction_amount,
        translate(
            upper(coalesce(estate.address, '')),
            '０１２３４５６７８９Ａ－—–一二三四五六七八九〇零队栋',
            '0123456789A---12345678900组幢'
        ) AS address,
        estate.record_no,
        estate.snapshot_date,
        estate.standing AS decision,
        coalesce(estate.by_number, FALSE) AS by_number,
        estate.probability,
        unread_of(estate.unreadable, ['cancelled_on', 'share_percent', 'transaction_amount']) AS unread
    FROM core.real_estate AS estate
    CROSS JOIN policy.night AS night
    WHERE
        estate.usage IN ('residential', 'homestead')
        AND coalesce(estate.cancelled_on > night.night, TRUE)
        AND coalesce(estate.person_id, estate.candidate_person_id) IS NOT NULL
),

-- Tens written in characters: 二十三 is by now 2十3.
counted AS (
    SELECT
        person_id,
        certificate_no,
        usage,
        share_percent,
        registered_on,
        transaction_amount,
        regexp_replace(
            regexp_replace(
                regexp_replace(
                    regexp_replace(address, '([1-9])十([1-9])', '\1\2', 'g'),
                    '([1-9])十', '\10', 'g'
                ),
                '十([1-9])', '1\1', 'g'
            ),
            '十', '10', 'g'
        ) AS address,
        record_no,
        snapshot_date,
        decision,
        by_number,
        probability,
        unread
    FROM current_row
),

placed AS (
    SELECT
        person_id,
        certificate_no,
        usage,
        share_percent,
        registered_on,
        transaction_amount,
        nullif(
            regexp_replace(
                regexp_replace(address, '[\s,，.。、·;；:：()（）]', '', 'g'),
                '^(?:[^省市县区州盟路街道巷村镇乡组号]{2,8}(?:省|自治区))?(?:[^省市县区路街道巷村镇乡组号]{2,4}(?:市|州|盟))?'
                || '([^省市县区路街道巷村镇乡组号]{1,6}[^省市县区路街道巷村镇乡组号菜小社园发新活宅](?:市|县|区|旗)[^场民政委])',
                '\1'
            ),
            ''
        ) AS address,
        record_no,
        snapshot_date,
        decision,
        by_number,
        probability,
        unread
    FROM counted
)

SELECT
    person_id,
    -- Of several addresses of one certificate the surest row's: a row in review must not make two dwellings of one.
    coalesce(
        min(address) FILTER (WHERE decision = 'linked' AND by_number) OVER (PARTITION BY certificate_no),
        min(address) FILTER (WHERE decision = 'linked') OVER (PARTITION BY certificate_no),
        min(address) OVER (PARTITION BY certificate_no),
        certificate_no
    ) AS unit_key,
    certificate_no,
    usage,
    share_percent,
    registered_on,
    transaction_amount,
    'real_estate' AS source,
    record_no,
    snapshot_date,
    decision,
    by_number,
    probability,
    unread,
    list_contains(unread, 'cancelled_on') AS may_be_gone
FROM placed
