/*
description: >
  Rules and sources whose figure jumped tonight, with the acceptance that lets them go, if there is one: for this night,
  or for an earlier one that was held against the same figure. What was accepted is the size that was seen: a figure
  outside the band of that one is held again.
grain: [kind, item]
columns:
  measure: the figure that jumped; of two the one further from where it was
  fell: it is smaller than before
  accepted_seq: the ledger's entry that accepts it; null while it is held
*/
WITH
furthest AS (
    SELECT
        kind,
        item,
        measure,
        before,
        counted_on,
        now,
        band,
        minimum,
        now < before AS fell,
        row_number() OVER (
            PARTITION BY kind, item
            ORDER BY greatest(now, before) / greatest(least(now, before), 1) DESC, measure
        ) AS place
    FROM held.figure
    WHERE outside
),

accepted AS (
    SELECT
        jump.kind,
        jump.item,
        max(acceptance.seq) AS seq
    FROM furthest AS jump
    CROSS JOIN policy.night AS night
    INNER JOIN ledger.acceptance AS acceptance
        ON jump.kind = acceptance.kind AND jump.item = acceptance.item
    LEFT JOIN held.figure AS figure
        ON
            acceptance.kind = figure.kind
            AND acceptance.item = figure.item
            AND acceptance.measure = figure.measure
    WHERE
        jump.place = 1
        AND acceptance.night <= night.night
        AND (acceptance.night = night.night OR acceptance.counted_on = jump.counted_on)
        -- Accepted beforehand, unseen: for that night alone, whatever its size.
        AND (
            (acceptance.now IS NULL AND acceptance.night = night.night)
            OR abs(figure.now - acceptance.now) < jump.minimum
            OR (
                figure.now <= acceptance.now * (1 + jump.band)
                AND figure.now * (1 + jump.band) >= acceptance.now
            )
        )
    GROUP BY jump.kind, jump.item
)

SELECT
    furthest.kind,
    furthest.item,
    furthest.measure,
    furthest.before,
    furthest.counted_on,
    furthest.now,
    furthest.band,
    furthest.fell,
    accepted.seq AS accepted_seq,
    acceptance.accepted_by,
    acceptance.reason AS accepted_reason,
    acceptance.accepted_at
FROM furthest
LEFT JOIN accepted ON furthest.kind = accepted.kind AND furthest.item = accepted.item
LEFT JOIN ledger.acceptance AS acceptance ON accepted.seq = acceptance.seq
WHERE furthest.place = 1
