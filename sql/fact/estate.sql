/*
description: >
  Current units that the people of a paid dibao or tekun household hold half or more of: shops, and dwellings. Rows
  linked and stating their share are preferred; a missing share, a row in review or one
  whose cancellation could not be read may be the half that is lacking.
grain: [household_id, unit_key, is_commercial]
columns:
  unit_key: of a shop the certificate; of a dwelling as means.dwelling_record has it
  share: percent held together, a missing one taken as the whole
  share_unknown: half or more is not known, only possible
  registered_on: newest registration of its rows
  bought_on: newest registration of a row with a transaction amount
  paid_price: the amount of that transaction, yuan
  facts: the rows and those that make their owners count
*/
WITH
row_held AS (
    SELECT
        coalesce(estate.person_id, estate.candidate_person_id) AS person_id,
        estate.certificate_no AS unit_key,
        TRUE AS is_commercial,
        estate.usage,
        CAST(estate.share_percent AS DECIMAL(9, 4)) AS share,
        estate.registered_on,
        estate.transaction_amount,
        'real_estate' AS source,
        estate.record_no,
        estate.snapshot_date,
        estate.standing AS decision,
        coalesce(estate.by_number, FALSE) AS by_number,
        estate.probability,
        unread_of(estate.unreadable, ['cancelled_on', 'share_percent', 'transaction_amount']) AS unread,
        list_contains(unread, 'cancelled_on') AS may_be_gone
    FROM core.real_estate AS estate
    CROSS JOIN policy.night AS night
    WHERE
        estate.usage = 'commercial'
        AND coalesce(estate.cancelled_on > night.night, TRUE)
        AND estate.standing IN ('linked', 'review')
    UNION ALL
    SELECT
        person_id, unit_key, FALSE, usage, share_percent, registered_on, transaction_amount, source, record_no,
        snapshot_date, decision, by_number, probability, unread, may_be_gone
    FROM means.dwelling_record
),

held AS (
    SELECT
        own.household_id,
        own.case_no,
        own.program,
        row_held.person_id,
        row_held.unit_key,
        row_held.is_commercial,
        row_held.share,
        row_held.decision = 'linked' AND row_held.share IS NOT NULL AND NOT row_held.may_be_gone AS known,
        row_held.registered_on,
        row_held.transaction_amount,
        member.facts || [
            fact_of(
                row_held.source,
                row_held.record_no,
                row_held.snapshot_date,
                row_held.decision,
                row_held.by_number,
                row_held.probability,
                CASE WHEN row_held.is_commercial THEN 'shop' ELSE 'dwelling:' || row_held.usage END || ':'
                || coalesce(CAST(CAST(row_held.share AS INTEGER) AS VARCHAR) || '%', 'unknown'),
                row_held.registered_on,
                amount := row_held.transaction_amount,
                can_end := TRUE,
                unread := row_held.unread
            )
        ] AS facts
    FROM row_held
    INNER JOIN means.counted_member AS counted
        ON row_held.person_id = counted.person_id AND counted.kind = 'case'
    INNER JOIN fact.household_case AS own ON counted.household_id = own.household_id AND own.paid
    INNER JOIN fact.member AS member
        ON counted.household_id = member.household_id AND counted.person_id = member.person_id
    WHERE own.program IN ('dibao', 'tekun')
),

owner AS (
    SELECT
        household_id,
        unit_key,
        is_commercial,
        person_id,
        coalesce(max(share) FILTER (WHERE known), 0) AS known_share,
        max(coalesce(share, 100)) AS possible_share
    FROM held
    GROUP BY household_id, unit_key, is_commercial, person_id
),

unit AS (
    SELECT
        household_id,
        unit_key,
        is_commercial,
        sum(known_share) AS known_share,
        sum(possible_share) AS possible_share
    FROM owner
    GROUP BY household_id, unit_key, is_commercial
    HAVING is_held(sum(possible_share))
)

SELECT
    held.household_id,
    held.case_no,
    held.program,
    held.unit_key,
    held.is_commercial,
    CAST(least(CASE WHEN is_held(unit.known_share) THEN unit.known_share ELSE unit.possible_share END, 100) AS INTEGER)
        AS share,
    NOT is_held(unit.known_share) AS share_unknown,
    max(held.registered_on) AS registered_on,
    max(held.registered_on) FILTER (WHERE held.transaction_amount > 0) AS bought_on,
    max({'on': held.registered_on, 'amount': held.transaction_amount})
        FILTER (WHERE held.transaction_amount > 0).amount AS paid_price,
    flatten(list(held.facts)) AS facts
FROM held
INNER JOIN unit
    ON
        held.household_id = unit.household_id
        AND held.unit_key = unit.unit_key
        AND held.is_commercial = unit.is_commercial
WHERE held.known OR NOT is_held(unit.known_share)
GROUP BY
    held.household_id, held.case_no, held.program, held.unit_key, held.is_commercial, unit.known_share,
    unit.possible_share
