/*
description: Every household ever drawn for a visit, with the night and the reason.
grain: [household_id, drawn_on]
*/
SELECT
    household_id,
    drawn_on,
    why
FROM out.spot_check
UNION
SELECT
    household_id,
    drawn_on,
    why
FROM state.draw
