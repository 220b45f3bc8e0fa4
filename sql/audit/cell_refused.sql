/*
description: One row per optional column whose cells could not be read, with how many; the rows were accepted with null.
grain: [source, column_name, reason]
*/
SELECT
    source,
    column_name,
    reason,
    n
FROM raw.refused_cell
