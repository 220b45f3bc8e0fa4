-- What every place that is shown has beyond its places that are shown, by level, flag and colour.
WITH
shown AS (
    SELECT
        summary.*,
        CASE level
            WHEN 'village' THEN left(division_code, 9) || '000'
            WHEN 'township' THEN left(division_code, 6) || '000000'
            WHEN 'county' THEN left(division_code, 4) || '00000000'
        END AS parent_code
    FROM out.summary AS summary
    SEMI JOIN analyst.summary AS told USING (division_code, program, flag)
)

SELECT
    above.households - coalesce(sum(inside.households), 0) AS households,
    above.people - coalesce(sum(inside.people), 0) AS people,
    above.findings - coalesce(sum(inside.findings), 0) AS findings
FROM shown AS above
LEFT JOIN shown AS inside
    ON
        above.division_code = inside.parent_code
        AND above.program = inside.program
        AND above.flag = inside.flag
        AND above.colour = inside.colour
WHERE above.level <> 'village'
GROUP BY above.division_code, above.level, above.program, above.flag, above.colour, above.households, above.people, above.findings
