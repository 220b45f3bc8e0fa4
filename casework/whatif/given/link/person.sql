/*
description: >
  The spine as the published night shows it; what the night itself found of each person is worked out anew.
grain: [person_id]
*/
SELECT
    person_id,
    id_number,
    name,
    former_name,
    sex,
    birth_date,
    number_birth_date,
    number_sex,
    ethnicity,
    hukou_type,
    marital_status,
    registry_status,
    status_date,
    division_code,
    address,
    phone,
    household_no,
    relation,
    in_registry,
    on_roll
FROM published.core.person
