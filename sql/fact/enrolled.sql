/*
description: >
  Who is at school, by a row linked or in review: it only ever speaks for a family, so a row that is not certain is
  enough.
grain: [person_id]
*/
SELECT DISTINCT coalesce(student.person_id, student.candidate_person_id) AS person_id
FROM core.students AS student
CROSS JOIN policy.night AS night
WHERE
    student.standing IN ('linked', 'review')
    AND student.status = 'enrolled'
    AND coalesce(student.enrolled_on <= night.night, TRUE)
