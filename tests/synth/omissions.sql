-- O, C and P on the tables of oracle.sql and after exclusions.sql: who is missing, who needs a visit, what is amiss.
-- O01, O02, O09
INSERT INTO found
SELECT 'O01', NULL, g.pid, 'yellow' FROM reg AS g INNER JOIN cert AS c ON c.pid = g.pid CROSS JOIN n
WHERE g.present AND c.grave AND c.grave_since < this_month
  AND g.pid NOT IN (SELECT pid FROM paid WHERE program = 'tekun')
  AND g.pid NOT IN (SELECT pid FROM applied WHERE program = 'disability_nursing');
INSERT INTO found
SELECT 'O02', NULL, g.pid, 'yellow' FROM reg AS g INNER JOIN cert AS c ON c.pid = g.pid
WHERE g.present AND c.valid AND g.pid IN (SELECT pid FROM paid WHERE program = 'dibao')
  AND g.pid NOT IN (SELECT pid FROM paid WHERE program IN ('tekun', 'orphan'))
  AND g.pid NOT IN (SELECT pid FROM applied WHERE program = 'disability_living');
INSERT INTO found
SELECT 'O09', NULL, g.pid, 'yellow' FROM reg AS g
WHERE g.present AND g.age_before >= 80
  AND g.pid NOT IN (SELECT pid FROM paid WHERE program = 'tekun')
  AND g.pid NOT IN (SELECT pid FROM applied WHERE program = 'elder_allowance');
-- O03, O04, O05, O06, O08: registry households; gated rows serve nobody there
CREATE TEMP TABLE open_means AS
SELECT u.unit, count(DISTINCT u.pid) AS heads, coalesce(sum(l.amount), 0) AS year
FROM unit AS u LEFT JOIN ledger AS l ON l.pid = u.pid
WHERE u.case_no IS NULL AND u.counted GROUP BY u.unit;
INSERT INTO found
SELECT 'O03', NULL, u.pid, 'yellow' FROM unit AS u INNER JOIN cert AS c ON c.pid = u.pid AND c.severe
INNER JOIN reg AS g ON g.pid = u.pid AND g.present INNER JOIN open_means AS o ON o.unit = u.unit
WHERE u.case_no IS NULL AND o.year / 12 / o.heads <= 1125 AND u.unit NOT IN (SELECT unit FROM means);
INSERT INTO found
SELECT rule_id, NULL, first, CASE rule_id WHEN 'O04' THEN 'red' ELSE 'yellow' END
FROM (
  SELECT *, CASE WHEN paid > 30000 AND year < 50000 THEN 'O04' ELSE 'O05' END AS rule_id FROM (
  SELECT b.unit, b.paid, o.year, o.heads, min(u.pid) AS first, bool_or(u.pid IN (SELECT pid FROM applied WHERE program = 'medical_assistance')) AS helped
  FROM bills AS b INNER JOIN open_means AS o ON o.unit = b.unit INNER JOIN unit AS u ON u.unit = b.unit
  GROUP BY ALL
))
WHERE NOT helped AND unit NOT IN (SELECT unit FROM means)
  AND (paid > 30000 AND year < 50000 OR paid >= 10000 AND paid >= 0.6 * greatest(1, year) AND year / heads < 36000);
INSERT INTO found
SELECT DISTINCT 'O06', NULL::VARCHAR, min(u.pid), 'yellow' FROM unit AS u
INNER JOIN reg AS g ON g.pid = u.pid AND g.present
INNER JOIN poverty_monitoring AS m ON m.pid = u.pid AND m.removed_on IS NULL
INNER JOIN open_means AS o ON o.unit = u.unit
WHERE u.case_no IS NULL AND o.year / 12 / o.heads < 750 AND u.unit NOT IN (SELECT unit FROM means)
GROUP BY u.unit;
INSERT INTO found
SELECT 'O08', NULL, g.pid, 'yellow' FROM reg AS g
INNER JOIN unit AS u ON u.pid = g.pid AND u.case_no IS NULL
LEFT JOIN cert AS c ON c.pid = g.pid
WHERE g.present AND g.age >= 60 AND (g.marital_status = 'single' OR c.severe)
  AND (SELECT count(DISTINCT o.pid) FROM unit AS o INNER JOIN reg AS b ON b.pid = o.pid AND b.present WHERE o.unit = u.unit) = 1
  AND g.pid NOT IN (SELECT pid FROM spouse) AND u.unit NOT IN (SELECT unit FROM means)
  AND NOT EXISTS (
    SELECT 1 FROM social_insurance AS s CROSS JOIN n
    WHERE s.pid = g.pid AND s.from_month < this_month AND (s.to_month IS NULL OR s.to_month >= m1)
      AND (scheme IN ('employee_pension', 'unemployment_benefit') OR scheme = 'employee_contribution' AND employer_name IS NOT NULL)
  );
-- O10, O11: one-off help twice in a year; hardship since dibao ended
INSERT INTO found
SELECT 'O10', NULL, min(u.pid), 'yellow' FROM roll AS r CROSS JOIN n INNER JOIN unit AS u ON u.pid = r.pid AND u.case_no IS NULL
WHERE r.program = 'temporary_relief' AND r.status <> 'applying' AND r.start_date > year_ago AND r.start_date <= night
GROUP BY u.unit HAVING count(DISTINCT r.case_no) >= 2;
CREATE TEMP TABLE over AS
SELECT case_no, pid, max(ended) OVER (PARTITION BY case_no) AS ended
FROM (
  SELECT case_no, pid, coalesce(end_date, status_since) AS ended, pid IN (SELECT pid FROM on_case) AS back FROM roll
  WHERE program = 'dibao' AND status = 'ended' AND role <> 'supporter'
)
QUALIFY NOT bool_or(back) OVER (PARTITION BY case_no);
CREATE TEMP TABLE left_dibao AS
SELECT case_no, pid, ended FROM over
UNION
SELECT o.case_no, b.pid, o.ended FROM over AS o INNER JOIN reg AS g ON g.pid = o.pid INNER JOIN reg AS b ON b.household_no = g.household_no;
INSERT INTO found
SELECT 'O11', NULL, min(o.pid) FILTER (g.present), 'yellow'
FROM left_dibao AS o CROSS JOIN n INNER JOIN reg AS g ON g.pid = o.pid LEFT JOIN dead AS d ON d.pid = o.pid
LEFT JOIN (
  SELECT o.case_no, sum(m.self_paid_in_scope) AS paid FROM left_dibao AS o CROSS JOIN n
  INNER JOIN medical_settlements AS m ON m.pid = o.pid AND m.settled_on > o.ended AND m.settled_on <= night
  GROUP BY o.case_no
) AS b ON b.case_no = o.case_no
WHERE o.ended > year_ago AND o.ended <= night
GROUP BY o.case_no
HAVING bool_or(g.present) AND (
  coalesce(bool_or(d.died_on > o.ended AND d.died_on <= night), FALSE) OR coalesce(max(b.paid), 0) >= 10000
);
-- O12, O13
INSERT INTO found
SELECT DISTINCT 'O12', NULL, g.pid, 'yellow' FROM roll AS r INNER JOIN reg AS g ON g.pid = r.pid AND g.present
INNER JOIN cert AS c ON c.pid = r.pid AND c.severe
WHERE r.program = 'marginal' AND r.status = 'active' AND r.role <> 'supporter'
  AND g.pid NOT IN (SELECT pid FROM paid WHERE program = 'dibao') AND g.pid NOT IN (SELECT pid FROM applied WHERE program = 'dibao');
INSERT INTO found
SELECT DISTINCT 'O13', m.case_no, m.pid, 'yellow' FROM member AS m
INNER JOIN kase AS k ON k.case_no = m.case_no AND k.program = 'dibao'
INNER JOIN reg AS g ON g.pid = m.pid AND g.present
INNER JOIN unit AS u ON u.unit = m.case_no AND u.pid = m.pid AND u.counted
WHERE m.case_no IN (SELECT case_no FROM roll WHERE program = 'dibao' AND status = 'active' AND covered AND role <> 'supporter')
  AND m.case_no NOT IN (SELECT case_no FROM one_person)
  AND (
    m.declared AND NOT m.covered AND m.pid IN (SELECT s.pid FROM spouse AS s INNER JOIN member AS o ON o.pid = s.other AND o.case_no = m.case_no)
    OR NOT (m.declared AND m.covered) AND g.age < 18 AND g.relation IN ('20', '30')
  )
  AND m.pid NOT IN (SELECT pid FROM paid WHERE program = 'dibao')
  AND NOT EXISTS (SELECT 1 FROM roll AS a WHERE a.pid = m.pid AND a.program = 'dibao' AND a.status = 'applying');
-- O07
CREATE TEMP TABLE parent AS
SELECT c.pid AS child, p.pid,
  p.pid IN (SELECT pid FROM dead) AS dead,
  p.pid IN (SELECT pid FROM dead) OR coalesce(k.unable, FALSE) OR EXISTS (
    SELECT 1 FROM custody AS i, n WHERE i.pid = p.pid AND months(i.from_date, coalesce(i.to_date, night)) >= 6
  ) AS lost
FROM reg AS c
INNER JOIN reg AS p ON p.household_no = c.household_no AND p.relation IN ('01', '10')
LEFT JOIN cert AS k ON k.pid = p.pid
WHERE c.relation IN ('20', '30') AND c.age < 18 AND c.present;
INSERT INTO found
SELECT 'O07', NULL, child, severity
FROM (
  SELECT child, CASE WHEN count(*) = 1 THEN 'yellow' ELSE 'red' END AS severity FROM parent GROUP BY child HAVING bool_and(lost)
  UNION
  SELECT c.pid, 'red' FROM children_care AS c INNER JOIN reg AS g ON g.pid = c.pid AND g.present AND g.age < 18
  WHERE c.kind IN ('orphan', 'unsupported') AND c.removed_on IS NULL
)
WHERE child NOT IN (SELECT pid FROM applied WHERE program IN ('orphan', 'unsupported_child'))
  AND child NOT IN (SELECT pid FROM paid WHERE program = 'tekun');
-- C01 to C05
INSERT INTO found SELECT DISTINCT 'C01', NULL, p.pid, 'red' FROM paid AS p WHERE program = 'tekun' AND pid NOT IN (SELECT pid FROM dead);
INSERT INTO found SELECT 'C02', NULL, c.pid, 'red' FROM cert AS c INNER JOIN reg AS g ON g.pid = c.pid WHERE c.grave AND g.present;
INSERT INTO found
SELECT DISTINCT 'C03', NULL, c.pid, 'red' FROM children_care AS c INNER JOIN reg AS g ON g.pid = c.pid AND g.present
WHERE c.kind = 'left_behind' AND c.removed_on IS NULL;
INSERT INTO found
SELECT 'C04', NULL, g.pid, 'red' FROM reg AS g
WHERE g.present AND g.age >= 80 AND (SELECT count(*) FROM reg AS o WHERE o.household_no = g.household_no AND o.present) = 1;
INSERT INTO found
SELECT 'C05', NULL, m.pid, 'yellow' FROM medical_settlements AS m INNER JOIN reg AS g ON g.pid = m.pid CROSS JOIN n
WHERE settled_on > year_ago AND settled_on <= night AND g.pid NOT IN (SELECT pid FROM dead)
GROUP BY m.pid
HAVING sum(total_amount) FILTER (visit_type = 'inpatient') >= 50000 OR bool_or(diagnosis_code[1:3] BETWEEN 'C00' AND 'C97' OR diagnosis_code LIKE 'N18%')
  OR bool_or(visit_type = 'inpatient' AND diagnosis_code[1:3] IN ('I60', 'I61', 'I62', 'I63', 'I64'));
-- C06; nobody looks for work in prison
INSERT INTO found
SELECT DISTINCT 'C06', NULL, r.pid, 'yellow' FROM roll AS r INNER JOIN reg AS g ON g.pid = r.pid AND g.present
LEFT JOIN cert AS c ON c.pid = r.pid INNER JOIN unit AS u ON u.unit = r.case_no AND u.pid = r.pid
WHERE r.program = 'dibao' AND r.paid AND g.age BETWEEN 16 AND 59 AND NOT coalesce(c.valid, FALSE)
  AND r.pid NOT IN (SELECT pid FROM students WHERE status = 'enrolled')
  AND r.pid NOT IN (SELECT pid FROM found WHERE rule_id = 'C05')
  AND r.pid NOT IN (SELECT pid FROM custody)
  AND r.pid NOT IN (
    SELECT pid FROM tax_income, n WHERE income_item IN ('wages', 'labour', 'business') AND period >= m1 AND period < this_month
  )
  AND r.pid NOT IN (
    SELECT pid FROM social_insurance, n
    WHERE scheme = 'employee_contribution' AND from_month < this_month AND (to_month IS NULL OR to_month >= m1)
  )
  AND r.case_no NOT IN (
    SELECT o.unit FROM unit AS o INNER JOIN reg AS b ON b.pid = o.pid AND b.present LEFT JOIN cert AS k ON k.pid = o.pid
    WHERE b.age < 3 OR k.grave
  );
-- P01, P02, P03, P04
INSERT INTO found
SELECT DISTINCT 'P01', r.case_no, r.pid, 'yellow' FROM roll AS r INNER JOIN reg AS g ON g.pid = r.pid
WHERE r.household AND r.open AND r.role <> 'supporter' AND g.age >= 18 AND r.pid NOT IN (SELECT pid FROM dead)
  AND r.pid NOT IN (SELECT pid FROM allowed);
INSERT INTO found
SELECT DISTINCT 'P02', r.case_no, r.pid, NULL FROM roll AS r
WHERE r.household AND r.open AND r.role <> 'supporter' AND r.relative_of_official;
INSERT INTO found
SELECT 'P03', case_no, NULL, 'yellow'
FROM (
  SELECT r.case_no, night, months(coalesce(max(r.last_reviewed), min(r.start_date)), night) AS late,
    bool_or(r.covered AND g.age BETWEEN 16 AND 59 AND g.pid NOT IN (SELECT pid FROM dead) AND NOT coalesce(c.severe, FALSE)
      AND g.pid NOT IN (SELECT pid FROM students WHERE status = 'enrolled')) AS able
  FROM roll AS r INNER JOIN reg AS g ON g.pid = r.pid LEFT JOIN cert AS c ON c.pid = r.pid CROSS JOIN n
  WHERE r.program IN ('dibao', 'marginal', 'tekun') AND r.open AND r.role <> 'supporter'
  GROUP BY r.case_no, night
)
WHERE late > CASE WHEN able THEN 6 ELSE 12 END;
INSERT INTO found
SELECT DISTINCT 'P04', case_no, NULL::BIGINT, 'yellow' FROM roll CROSS JOIN n
WHERE program = 'rigid_expenditure' AND status = 'active' AND role <> 'supporter' AND months(status_since, night) > 12;
-- P05: a family with several cases is one household
CREATE TEMP TABLE called AS
SELECT r.case_no, r.phone, min(r.case_no) OVER (PARTITION BY r.pid) AS family
FROM roll AS r WHERE r.household AND r.open AND r.role <> 'supporter' AND r.phone IS NOT NULL;
INSERT INTO found
SELECT DISTINCT 'P05', case_no, NULL::BIGINT, 'yellow' FROM called
WHERE phone IN (SELECT phone FROM called GROUP BY phone HAVING count(DISTINCT family) >= 5);
-- P06: rows that show somebody else's valid number, of plants whose household is the one in question
CREATE TEMP TABLE lent AS
SELECT l.source, l.record_no, k.case_no
FROM links AS l INNER JOIN (SELECT DISTINCT o.case_no, p.plant FROM on_case AS o INNER JOIN persons AS p USING (pid)) AS k
  ON k.plant = l.plant
WHERE l.plant >= 0 AND l.damage = 'stranger_with_resident_number';
CREATE TEMP TABLE asked AS
SELECT t.case_no, sum(s.monthly_amount) AS income, 0 AS assets FROM lent AS t
INNER JOIN social_insurance AS s USING (record_no) WHERE t.source = 'social_insurance' AND s.scheme = 'employee_pension' GROUP BY ALL
UNION ALL
SELECT t.case_no, 0, sum(b.balance) FROM lent AS t INNER JOIN bank_accounts AS b USING (record_no)
WHERE t.source = 'bank_accounts' GROUP BY ALL;
INSERT INTO found
SELECT DISTINCT 'P06', r.case_no, NULL::BIGINT, 'yellow' FROM lent AS t INNER JOIN roll AS r USING (record_no)
WHERE t.source = 'assistance_roll' AND r.open
UNION
SELECT 'P06', a.case_no, NULL, 'yellow'
FROM asked AS a INNER JOIN kase AS k ON k.case_no = a.case_no AND k.paid INNER JOIN income AS i ON i.case_no = a.case_no
WHERE a.case_no NOT IN (SELECT case_no FROM found WHERE rule_id IN ('X03', 'X04') AND case_no IS NOT NULL) AND (
  a.assets > 18000 * heads
  OR likely12 + a.income > heads * CASE k.program WHEN 'marginal' THEN 1125 WHEN 'rigid_expenditure' THEN 3000 ELSE 750 END
);
