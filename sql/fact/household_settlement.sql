/*
description: >
  The settlements that O04 and O05 rest on: of the last 12 months, with a self-paid part, of registry households whose bills
  (fact.household_bill) may reach the lower of the two rules' figures; once for each way in which a bill can be known.
grain: [household_id, basis]
columns:
  basis: by_number, linked or possible; the rows of an earlier one stand in every later one
  facts: the rows in the shape of grounds
*/
SELECT
    member.household_id,
    known.basis,
    list(fact_of(
        'medical_settlements',
        medical.record_no,
        medical.snapshot_date,
        medical.standing,
        coalesce(medical.by_number, FALSE),
        medical.probability,
        'self_paid:' || medical.visit_type,
        medical.settled_on,
        amount := medical.self_paid_in_scope
    )) AS facts
FROM fact.household_bill AS bill
CROSS JOIN policy.night AS night
INNER JOIN core.household_member AS member ON bill.household_id = member.household_id
INNER JOIN core.medical_settlements AS medical
    ON
        member.person_id = coalesce(medical.person_id, medical.candidate_person_id)
        AND medical.settled_on > night.year_ago
        AND medical.settled_on <= night.night
        AND medical.self_paid_in_scope > 0
INNER JOIN (VALUES ('by_number'), ('linked'), ('possible')) AS known (basis)
    ON
        (medical.standing = 'linked' OR (medical.standing = 'review' AND known.basis = 'possible'))
        AND (medical.by_number OR known.basis <> 'by_number')
WHERE bill.possible >= least(night.medical_hardship_self_paid, night.rigid_expenditure_floor)
GROUP BY member.household_id, known.basis
