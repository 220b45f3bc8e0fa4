/*
description: >
  The highest monthly income that an open roll row declares for a person, with its record.
grain: [person_id]
*/
SELECT
    person_id,
    declared_monthly_income,
    record_no,
    snapshot_date
FROM core.case_member
WHERE is_open AND declared_monthly_income > 0
QUALIFY row_number() OVER (PARTITION BY person_id ORDER BY declared_monthly_income DESC, record_no) = 1
