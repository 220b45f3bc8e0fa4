/*
description: >
  Every linked seat of a marriage event up to the night, with the other seat. The partner is null where the other
  seat names nobody of the spine.
grain: [snapshot_date, record_no, seat]
*/
WITH
seats AS (
    SELECT
        'a' AS seat,
        CASE WHEN standing_a = 'linked' THEN person_id_a END AS person_id,
        CASE WHEN standing_b = 'linked' THEN person_id_b END AS partner_id,
        event,
        event_date,
        record_no,
        snapshot_date,
        coalesce(by_number_a, FALSE) AND coalesce(by_number_b, FALSE) AS by_number,
        least(probability_a, probability_b) AS probability
    FROM core.marriages
    UNION ALL
    SELECT
        'b' AS seat,
        CASE WHEN standing_b = 'linked' THEN person_id_b END AS person_id,
        CASE WHEN standing_a = 'linked' THEN person_id_a END AS partner_id,
        event,
        event_date,
        record_no,
        snapshot_date,
        coalesce(by_number_a, FALSE) AND coalesce(by_number_b, FALSE) AS by_number,
        least(probability_a, probability_b) AS probability
    FROM core.marriages
)

SELECT
    seats.record_no,
    seats.seat,
    seats.person_id,
    seats.partner_id,
    seats.event,
    seats.event_date,
    seats.snapshot_date,
    seats.by_number,
    seats.probability
FROM seats
CROSS JOIN policy.night AS night
WHERE
    seats.person_id IS NOT NULL
    AND seats.event_date <= night.night
    AND seats.partner_id IS DISTINCT FROM seats.person_id
