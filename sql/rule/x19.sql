/*
description: >
  X19, a disability allowance without a certificate that is enough: cancelled and no other in any state, red; none
  found, expired, frozen or of a level no longer enough, yellow. Any row that may be enough, even one in review, keeps
  silence; where no certificates were delivered at all, none can be missed.
grain: [person_id, case_no, program]
*/
WITH
paid AS (
    SELECT
        person_id,
        case_no,
        program,
        monthly_amount,
        fact
    FROM fact.roll
    WHERE paid AND program IN ('disability_living', 'disability_nursing')
),

held AS (
    SELECT
        paid.person_id,
        paid.case_no,
        paid.program,
        certificate.certificate_no,
        certificate.disability_class || '/' || certificate.disability_level || '/' || certificate.issued_on AS graded,
        certificate.status,
        certificate.is_valid AND (certificate.is_severe OR paid.program = 'disability_living') AS enough,
        CASE
            WHEN certificate.is_valid THEN 'level'
            WHEN certificate.status <> 'valid' THEN certificate.status
            WHEN certificate.expires_on < night.night THEN 'expired'
            ELSE 'not_begun'
        END AS why,
        fact_of(
            certificate.source,
            certificate.record_no,
            certificate.snapshot_date,
            certificate.decision,
            coalesce(certificate.by_number, FALSE),
            certificate.probability,
            CASE why
                WHEN 'level'
                    THEN 'certificate:' || certificate.disability_class || ':' || certificate.disability_level
                WHEN 'expired' THEN 'certificate_until'
                WHEN 'not_begun' THEN 'certificate_from'
                ELSE 'certificate_state:' || certificate.status
            END,
            CASE why WHEN 'expired' THEN certificate.expires_on ELSE certificate.issued_on END,
            can_end := TRUE,
            unread := certificate.unread
        ) AS fact
    FROM paid
    INNER JOIN means.certificate AS certificate ON paid.person_id = certificate.person_id
    CROSS JOIN policy.night AS night
    WHERE certificate.decision IN ('linked', 'review')
),

summed AS (
    SELECT
        person_id,
        case_no,
        program,
        bool_or(enough) AS enough,
        bool_and(status = 'cancelled') AND count(DISTINCT coalesce(certificate_no, graded)) = 1 AS only_cancelled,
        list_sort(list_distinct(list(why))) AS reasons,
        array_to_string(list_sort(list_distinct(list(coalesce(certificate_no, graded) || ':' || why))), '+') AS keys,
        list(fact) AS facts
    FROM held
    GROUP BY person_id, case_no, program
)

SELECT
    'X19' AS rule_id,
    paid.person_id,
    CAST(NULL AS VARCHAR) AS household_id,
    paid.case_no,
    paid.program,
    CASE WHEN summed.only_cancelled THEN 'red' ELSE 'yellow' END AS severity,
    CASE WHEN summed.only_cancelled THEN 'stop_payment_check' ELSE 'verify_at_home' END AS step,
    CAST(paid.monthly_amount AS DECIMAL(14, 2)) AS amount,
    CAST(NULL AS DECIMAL(14, 2)) AS line,
    'certificate:' || coalesce(summed.keys, 'none') || '|case:' || paid.case_no AS evidence_key,
    CAST(NULL AS VARCHAR) AS lowered_by,
    CAST(to_json({
        'reasons': coalesce(summed.reasons, CAST([] AS VARCHAR [])),
        'only_cancelled': coalesce(summed.only_cancelled, FALSE),
        'nursing': paid.program = 'disability_nursing'
    }) AS VARCHAR) AS particulars,
    CAST([] AS VARCHAR []) AS figures,
    [paid.fact] || coalesce(summed.facts, []) AS facts
FROM paid
INNER JOIN raw.source_state AS state ON state.source = 'disability_certificates' AND state.state <> 'absent'
LEFT JOIN summed
    ON paid.person_id = summed.person_id AND paid.case_no = summed.case_no AND paid.program = summed.program
WHERE NOT coalesce(summed.enough, FALSE)
