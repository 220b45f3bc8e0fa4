/*
description: >
  Every role in an operating entity that X09 asks about: legal representative or operator, or shareholder at or over
  the capital limit; cooperatives exempt. Linked or in review.
grain: [snapshot_date, record_no]
*/
SELECT
    coalesce(business.person_id, business.candidate_person_id) AS person_id,
    business.entity_code,
    business.entity_type,
    business.role,
    business.subscribed_capital,
    business.registered_on,
    'business_registrations' AS source,
    business.record_no,
    business.snapshot_date,
    business.standing AS decision,
    coalesce(business.by_number, FALSE) AS by_number,
    business.probability
FROM core.business_registrations AS business
CROSS JOIN policy.night AS night
WHERE
    business.status = 'operating'
    AND business.entity_type <> 'cooperative'
    AND (
        business.role IN ('legal_representative', 'operator')
        OR (business.role = 'shareholder' AND business.subscribed_capital >= night.shareholder_capital_limit)
    )
    AND coalesce(business.person_id, business.candidate_person_id) IS NOT NULL
