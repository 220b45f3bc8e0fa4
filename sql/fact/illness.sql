/*
description: >
  Who is seriously ill by the settlements of the last 12 months (C05): inpatient totals at or over the figure, a
  settlement for cancer (C00-C97) or chronic kidney disease (N18), or a stay in hospital for a stroke (I60-I64). Linked
  rows alone where they are enough. No diagnosis leaves this table.
grain: [person_id]
columns:
  total: inpatient totals, yuan
  total_line: the figure of serious illness, yuan
  diagnosed: a settlement names a serious illness
  facts: the rows in the shape of grounds
*/
WITH
settled AS (
    SELECT
        coalesce(medical.person_id, medical.candidate_person_id) AS person_id,
        medical.record_no,
        medical.snapshot_date,
        medical.settled_on,
        medical.visit_type,
        CASE WHEN medical.visit_type = 'inpatient' THEN coalesce(medical.total_amount, 0) ELSE 0 END AS inpatient,
        coalesce(
            regexp_matches(upper(trim(medical.diagnosis_code)), '^(C[0-8][0-9]|C9[0-7]|N18)')
            OR (
                medical.visit_type = 'inpatient'
                AND regexp_matches(upper(trim(medical.diagnosis_code)), '^I6[0-4]')
            ),
            FALSE
        ) AS serious,
        medical.standing AS decision,
        coalesce(medical.by_number, FALSE) AS by_number,
        medical.probability
    FROM core.medical_settlements AS medical
    CROSS JOIN policy.night AS night
    WHERE
        medical.standing IN ('linked', 'review')
        AND medical.settled_on > night.year_ago
        AND medical.settled_on <= night.night
),

summed AS (
    SELECT
        settled.person_id,
        night.care_inpatient_total,
        coalesce(sum(settled.inpatient) FILTER (WHERE settled.decision = 'linked'), 0) AS sure_total,
        coalesce(bool_or(settled.serious AND settled.decision = 'linked'), FALSE) AS sure_diagnosis,
        sum(settled.inpatient) AS total,
        bool_or(settled.serious) AS diagnosis
    FROM settled
    CROSS JOIN policy.night AS night
    GROUP BY settled.person_id, night.care_inpatient_total
    HAVING bool_or(settled.serious) OR sum(settled.inpatient) >= night.care_inpatient_total
),

ill AS (
    SELECT
        person_id,
        care_inpatient_total,
        sure_diagnosis OR sure_total >= care_inpatient_total AS sure,
        CASE
            WHEN sure_diagnosis OR sure_total >= care_inpatient_total THEN sure_total
            ELSE total
        END AS total,
        CASE
            WHEN sure_diagnosis OR sure_total >= care_inpatient_total THEN sure_diagnosis
            ELSE diagnosis
        END AS diagnosed
    FROM summed
)

SELECT
    ill.person_id,
    ill.total,
    ill.care_inpatient_total AS total_line,
    ill.diagnosed,
    list(fact_of(
        'medical_settlements',
        settled.record_no,
        settled.snapshot_date,
        settled.decision,
        settled.by_number,
        settled.probability,
        'settlement:' || settled.visit_type,
        settled.settled_on,
        amount := CASE WHEN settled.inpatient > 0 THEN settled.inpatient END
    )) AS facts
FROM ill
INNER JOIN settled ON ill.person_id = settled.person_id
WHERE
    (settled.decision = 'linked' OR NOT ill.sure)
    AND (settled.serious OR (settled.inpatient > 0 AND ill.total >= ill.care_inpatient_total))
GROUP BY ill.person_id, ill.total, ill.care_inpatient_total, ill.diagnosed
