-- A small reading of rules.md on true people. Tables of the truth are views; `night` is a variable.
CREATE MACRO months(a, b) AS 12 * (year(b) - year(a)) + month(b) - month(a);
CREATE MACRO age_on(birth, day) AS
  year(day) - year(birth) - CASE WHEN (month(day), day(day)) < (month(birth), day(birth)) THEN 1 ELSE 0 END;
CREATE TEMP TABLE n AS
SELECT
  getvariable('night') AS night,
  date_trunc('month', getvariable('night'))::DATE AS this_month,
  (date_trunc('month', getvariable('night')) - INTERVAL 12 MONTH)::DATE AS m1,
  (date_trunc('month', getvariable('night')) - INTERVAL 3 MONTH)::DATE AS m10,
  (getvariable('night') - INTERVAL 1 YEAR)::DATE AS year_ago;

CREATE TEMP TABLE dead AS
SELECT pid, coalesce(min(died_on) FILTER (own), min(died_on)) AS died_on
FROM (
  SELECT pid, died_on, TRUE AS own FROM deaths
  UNION ALL
  SELECT pid, status_date, FALSE FROM household_registry WHERE status = 'death_cancelled'
)
GROUP BY pid;

-- One row a person: the booklet he is in first.
CREATE TEMP TABLE reg AS
SELECT
  r.pid, r.birth_date, r.household_no, r.relation, r.marital_status, r.hukou_type, r.status,
  r.status = 'normal' AND d.pid IS NULL AS present,
  age_on(r.birth_date, n.night) AS age,
  age_on(strptime(substr(p.id_number, 7, 8), '%Y%m%d')::DATE, n.night) AS number_age,
  age_on(r.birth_date, n.this_month - 1) AS age_before
FROM household_registry AS r
CROSS JOIN n
INNER JOIN persons AS p USING (pid)
LEFT JOIN dead AS d ON d.pid = r.pid
QUALIFY row_number() OVER (PARTITION BY r.pid ORDER BY r.status <> 'normal', r.relation = '90', r.record_no) = 1;

CREATE TEMP TABLE custody AS
SELECT pid, min(from_date) AS from_date, max(to_date) AS to_date
FROM inmates CROSS JOIN n
WHERE from_date <= night AND (to_date IS NULL OR to_date >= night)
GROUP BY pid;

CREATE TEMP TABLE cert AS
SELECT
  c.pid,
  bool_or(valid AND level <= 2) AS grave,
  bool_or(valid AND (level <= 2 OR level = 3 AND class IN ('5', '6'))) AS severe,
  bool_or(valid AND (level <= 2 OR class IN ('5', '6'))) AS unable,
  bool_or(valid) AS valid,
  min(issued_on) FILTER (valid AND level <= 2) AS grave_since
FROM (
  SELECT
    pid, issued_on, disability_class AS class, disability_level::INTEGER AS level,
    status = 'valid' AND issued_on <= night AND (expires_on IS NULL OR expires_on >= night) AS valid
  FROM disability_certificates CROSS JOIN n
) AS c
GROUP BY c.pid;

CREATE TEMP TABLE roll AS
SELECT
  a.*, a.status IN ('applying', 'active', 'tapering', 'suspended') AS open,
  a.covered AND a.role <> 'supporter' AND a.status IN ('active', 'tapering') AS paid,
  a.program IN ('dibao', 'tekun', 'marginal', 'rigid_expenditure') AS household
FROM assistance_roll AS a;

CREATE TEMP TABLE allowed AS
SELECT DISTINCT pid
FROM roll CROSS JOIN n
WHERE household AND open AND authorized_on <= night AND (authorized_until IS NULL OR authorized_until >= night);

-- Couples: of one booklet, or whose newest event is one wedding.
CREATE TEMP TABLE event AS
SELECT * FROM (
  SELECT pid, pid2 AS other, event, event_date FROM marriages
  UNION ALL
  SELECT pid2, pid, event, event_date FROM marriages
)
QUALIFY row_number() OVER (PARTITION BY pid ORDER BY event_date DESC, event DESC) = 1;

CREATE TEMP TABLE spouse AS
SELECT DISTINCT s.pid, s.other
FROM (
  SELECT e.pid, e.other FROM event AS e
  INNER JOIN event AS o ON o.pid = e.other AND o.other = e.pid
  WHERE e.event = 'marriage' AND o.event = 'marriage'
  UNION ALL
  SELECT a.pid, b.pid FROM reg AS a
  INNER JOIN reg AS b ON b.household_no = a.household_no
  WHERE
    (a.relation, b.relation) IN (('01', '10'), ('10', '01'))
    AND a.marital_status NOT IN ('divorced', 'widowed') AND b.marital_status NOT IN ('divorced', 'widowed')
    AND a.pid NOT IN (SELECT pid FROM event WHERE event = 'divorce')
    AND b.pid NOT IN (SELECT pid FROM event WHERE event = 'divorce')
) AS s
WHERE s.pid NOT IN (SELECT pid FROM dead) AND s.other NOT IN (SELECT pid FROM dead);

-- Case households.
CREATE TEMP TABLE kase AS
SELECT
  case_no, program, min(start_date) AS start_date, bool_or(paid) AS paid, sum(monthly_amount) FILTER (paid) AS total,
  count(DISTINCT pid) FILTER (covered) AS covered_people, min(pid) FILTER (covered) AS one,
  sum(declared_monthly_income) AS declared
FROM roll
WHERE household AND open AND role <> 'supporter'
GROUP BY ALL;

CREATE TEMP TABLE one_person AS
SELECT k.case_no, k.one AS pid FROM kase AS k
INNER JOIN cert AS c ON c.pid = k.one AND c.severe
WHERE k.program = 'dibao' AND k.covered_people = 1;

CREATE TEMP TABLE on_case AS
SELECT DISTINCT r.case_no, r.pid, r.covered, TRUE AS declared
FROM roll AS r WHERE household AND open AND role <> 'supporter';

CREATE TEMP TABLE member AS
SELECT case_no, pid, bool_or(declared) AS declared, bool_or(covered) AS covered
FROM (
  SELECT case_no, pid, covered, declared FROM on_case
  UNION ALL
  SELECT o.case_no, s.other, FALSE, FALSE FROM on_case AS o
  INNER JOIN spouse AS s ON s.pid = o.pid
  WHERE o.case_no NOT IN (SELECT case_no FROM one_person)
  UNION ALL
  SELECT o.case_no, c.pid, FALSE, FALSE FROM on_case AS o
  INNER JOIN reg AS h ON h.pid = o.pid AND h.relation IN ('01', '10')
  INNER JOIN reg AS c ON c.household_no = h.household_no AND c.relation IN ('20', '30') AND c.age < 18 AND c.present
  WHERE o.case_no NOT IN (SELECT case_no FROM one_person)
)
GROUP BY ALL;

-- Units: cases and booklets.
CREATE TEMP TABLE unit AS
SELECT m.case_no AS unit, m.case_no, k.program, m.pid, m.declared,
  m.pid NOT IN (SELECT pid FROM dead) AND m.pid NOT IN (SELECT pid FROM custody) AS counted
FROM member AS m INNER JOIN kase AS k USING (case_no)
WHERE m.case_no NOT IN (SELECT case_no FROM one_person)
UNION ALL
SELECT o.case_no, o.case_no, 'dibao', r.pid, TRUE, r.present
FROM one_person AS o INNER JOIN reg AS me ON me.pid = o.pid
INNER JOIN reg AS r ON r.household_no = me.household_no AND r.present
UNION ALL
SELECT r.household_no, NULL, NULL, r.pid, TRUE, r.present AND r.pid NOT IN (SELECT pid FROM custody)
FROM reg AS r WHERE r.pid NOT IN (SELECT pid FROM member);

-- The ledger.
CREATE TEMP TABLE month AS
SELECT (m1 + to_months(k::INTEGER))::DATE AS month FROM n, range(12) AS t(k);
CREATE TEMP TABLE ledger AS
SELECT t.pid, t.period AS month, 'low' AS est,
  CASE WHEN income_item IN ('wages', 'labour', 'royalties') THEN (gross_amount - coalesce(tax_amount, 0)) * 0.9
  ELSE gross_amount END AS amount, income_item IN ('wages', 'labour', 'royalties') AS wage
FROM tax_income AS t CROSS JOIN n
WHERE income_item NOT IN ('transfer', 'incidental') AND period >= m1 AND period < this_month AND pid IN (SELECT pid FROM allowed)
UNION ALL
SELECT s.pid, m.month, 'low',
  CASE WHEN scheme = 'resident_pension' THEN greatest(0, monthly_amount - 150) ELSE monthly_amount END, FALSE
FROM social_insurance AS s
INNER JOIN month AS m ON s.from_month <= m.month AND (s.to_month IS NULL OR s.to_month >= m.month)
WHERE scheme IN ('employee_pension', 'resident_pension', 'unemployment_benefit');
INSERT INTO ledger
SELECT p.pid, m.month, 'likely', p.monthly_salary, FALSE
FROM public_payroll AS p INNER JOIN month AS m ON date_trunc('month', p.from_date) <= m.month
WHERE p.status = 'in_post' AND NOT EXISTS (SELECT 1 FROM ledger AS l WHERE l.wage AND l.pid = p.pid AND l.month = m.month);
INSERT INTO ledger
SELECT s.pid, m.month, 'high', s.monthly_amount, FALSE
FROM social_insurance AS s
INNER JOIN month AS m ON s.from_month <= m.month AND (s.to_month IS NULL OR s.to_month >= m.month)
WHERE scheme = 'employee_contribution' AND employer_name IS NOT NULL
  AND NOT EXISTS (SELECT 1 FROM ledger AS l WHERE l.wage AND l.pid = s.pid AND l.month = m.month);

CREATE TEMP TABLE first_wage AS
SELECT pid, min(period) AS first_month FROM tax_income
WHERE income_item IN ('wages', 'labour', 'royalties') AND pid IN (SELECT pid FROM allowed) GROUP BY pid;

CREATE TEMP TABLE income AS
SELECT
  u.unit, u.case_no, u.program, count(DISTINCT u.pid) AS heads,
  coalesce(sum(amount) FILTER (est = 'low'), 0) / 12 AS low12,
  coalesce(sum(amount) FILTER (est = 'low' AND month >= m10), 0) / 3 AS low3,
  coalesce(sum(amount) FILTER (est IN ('low', 'likely')), 0) / 12 AS likely12,
  coalesce(sum(amount) FILTER (est IN ('low', 'likely') AND month >= m10), 0) / 3 AS likely3,
  coalesce(sum(amount), 0) / 12 AS high12,
  coalesce(sum(amount) FILTER (est = 'low' AND NOT (wage AND w.first_month > (this_month - INTERVAL 7 MONTH))), 0) / 12 AS old12,
  coalesce(sum(amount) FILTER (est = 'low' AND month >= m10 AND NOT (wage AND w.first_month > (this_month - INTERVAL 7 MONTH))), 0) / 3 AS old3
FROM unit AS u CROSS JOIN n
LEFT JOIN ledger AS l ON l.pid = u.pid
LEFT JOIN first_wage AS w ON w.pid = u.pid
WHERE u.counted
GROUP BY ALL;

CREATE TEMP TABLE dwelling AS
SELECT u.unit, e.place, sum(e.share) AS share, bool_or(e.unknown) AS unknown
FROM unit AS u
INNER JOIN (
  SELECT pid, coalesce(share_percent, 0) AS share, share_percent IS NULL AS unknown, address AS place
  FROM real_estate WHERE usage IN ('residential', 'homestead') AND cancelled_on IS NULL
) AS e ON e.pid = u.pid
WHERE u.counted
GROUP BY ALL;

CREATE TEMP TABLE car AS
SELECT u.unit, v.*, count(*) FILTER (v.usage = 'commercial') OVER (PARTITION BY u.unit) AS trade
FROM vehicles AS v INNER JOIN unit AS u ON u.pid = v.pid AND u.counted
WHERE v.status = 'normal' AND v.vehicle_class IN ('car', 'truck', 'bus');

CREATE TEMP TABLE means AS
SELECT DISTINCT unit FROM car
UNION
SELECT unit FROM dwelling WHERE share >= 50 GROUP BY unit HAVING count(*) > 1
UNION
SELECT u.unit FROM unit AS u INNER JOIN business_registrations AS b ON b.pid = u.pid
WHERE b.status = 'operating' AND b.entity_type <> 'cooperative'
  AND (b.role IN ('legal_representative', 'operator') OR b.subscribed_capital >= 100000)
UNION
SELECT u.unit FROM unit AS u INNER JOIN public_payroll AS p ON p.pid = u.pid WHERE p.status = 'in_post';

CREATE TEMP TABLE bills AS
SELECT u.unit, u.case_no, sum(m.self_paid_in_scope) AS paid
FROM unit AS u INNER JOIN medical_settlements AS m ON m.pid = u.pid CROSS JOIN n
WHERE m.settled_on > year_ago AND m.settled_on <= night
GROUP BY ALL;

CREATE TEMP TABLE applied AS SELECT DISTINCT pid, program FROM roll WHERE open AND role <> 'supporter';
CREATE TEMP TABLE paid AS SELECT DISTINCT pid, program FROM roll WHERE paid;

CREATE TEMP TABLE found (rule_id VARCHAR, case_no VARCHAR, pid BIGINT, severity VARCHAR);

-- X01
INSERT INTO found
SELECT 'X01', r.case_no, r.pid,
  CASE
    WHEN EXISTS (
      SELECT 1 FROM medical_settlements AS m WHERE m.pid = r.pid AND m.settled_on > d.died_on + 30
    ) OR r.program IN ('marginal', 'rigid_expenditure') THEN 'yellow'
    WHEN r.program = 'dibao' AND months(d.died_on, n.night) <= 3 AND EXISTS (
      SELECT 1 FROM roll AS o WHERE o.case_no = r.case_no AND o.paid AND o.pid NOT IN (SELECT pid FROM dead)
    ) THEN 'yellow'
    ELSE 'red'
  END
FROM roll AS r INNER JOIN dead AS d ON d.pid = r.pid CROSS JOIN n
WHERE r.paid AND r.program NOT IN ('temporary_relief', 'medical_assistance') AND months(d.died_on, n.night) >= 1;
-- X03
INSERT INTO found
SELECT 'X03', case_no, NULL,
  CASE
    WHEN low12 > 1.1 * line AND low3 > 1.1 * line
      AND NOT (old12 <= line AND old3 <= line) THEN 'red'
    ELSE 'yellow'
  END
FROM (
  SELECT
    i.case_no, low12 / heads AS low12, low3 / heads AS low3, likely12 / heads AS likely12, likely3 / heads AS likely3,
    old12 / heads AS old12, old3 / heads AS old3,
    CASE
      WHEN i.program = 'marginal' OR i.case_no IN (SELECT case_no FROM one_person) THEN 1125
      WHEN i.program = 'rigid_expenditure' THEN 3000
      ELSE 750
    END AS line
  FROM income AS i INNER JOIN kase AS k ON k.case_no = i.case_no AND k.paid
)
WHERE greatest(low12, low3, likely12, likely3) > line;
-- X04
INSERT INTO found
SELECT 'X04', case_no, NULL, CASE WHEN now > line AND mean > line THEN 'red' ELSE 'yellow' END
FROM (
  SELECT
    u.case_no, 18000 * count(DISTINCT u.pid) AS line,
    coalesce(sum(a.balance), 0) AS now, coalesce(sum(coalesce(a.mean, a.balance)), 0) AS mean,
    coalesce(bool_or(a.over_limit), FALSE) AS flag
  FROM unit AS u
  INNER JOIN kase AS k ON k.case_no = u.case_no AND k.paid
  LEFT JOIN (
    SELECT pid, balance, average_balance_12m AS mean, over_limit FROM bank_accounts
    UNION ALL
    SELECT pid, market_value, NULL, NULL FROM financial_products
  ) AS a ON a.pid = u.pid AND u.pid IN (SELECT pid FROM allowed)
  WHERE u.counted
  GROUP BY u.case_no
)
WHERE now > line OR mean > line OR flag;
-- X05
INSERT INTO found
SELECT 'X05', c.unit, NULL,
  max(CASE
    WHEN c.purchase_price >= 50000 AND c.first_registered_on > night - INTERVAL 10 YEAR
      AND NOT (c.usage = 'commercial' AND c.trade = 1) THEN 'y_red'
    ELSE 'x_yellow'
  END)[3:]
FROM car AS c INNER JOIN kase AS k ON k.case_no = c.unit CROSS JOIN n
WHERE k.paid AND k.program IN ('dibao', 'tekun', 'marginal')
GROUP BY c.unit;
-- X06
INSERT INTO found
SELECT 'X06', d.unit, NULL, CASE WHEN count(*) FILTER (share >= 50) > 2 THEN 'red' ELSE 'yellow' END
FROM dwelling AS d INNER JOIN kase AS k ON k.case_no = d.unit
WHERE k.paid AND k.program IN ('dibao', 'tekun', 'marginal') AND (share >= 50 OR unknown)
GROUP BY d.unit HAVING count(*) > 1;
-- X12
INSERT INTO found
SELECT 'X12', b.case_no, a.pid,
  CASE WHEN 'tapering' IN (a.status, b.status) OR months(b.start_date, night) <= 1 THEN 'yellow' ELSE 'red' END
FROM roll AS a
INNER JOIN roll AS b ON b.pid = a.pid AND (b.start_date, b.case_no) > (a.start_date, a.case_no) CROSS JOIN n
WHERE a.paid AND b.paid AND a.case_no <> b.case_no
  AND a.program NOT IN ('temporary_relief', 'medical_assistance')
  AND (
    a.program = b.program
    OR (least(a.program, b.program), greatest(a.program, b.program)) IN (
      ('dibao', 'tekun'), ('dibao', 'marginal'), ('orphan', 'tekun'), ('tekun', 'unsupported_child'),
      ('orphan', 'unsupported_child'), ('disability_living', 'tekun'), ('disability_nursing', 'tekun'),
      ('disability_living', 'orphan')
    )
  );
-- X17
INSERT INTO found
SELECT 'X17', r.case_no, r.pid, CASE WHEN g.number_age >= 80 THEN 'yellow' ELSE 'red' END
FROM roll AS r INNER JOIN reg AS g ON g.pid = r.pid
WHERE r.paid AND r.program = 'elder_allowance' AND g.age < 80;
-- X10, X13, X19 where paid; X20 of clean cases
INSERT INTO found
SELECT 'X10', r.case_no, r.pid, 'yellow' FROM roll AS r INNER JOIN public_payroll AS p ON p.pid = r.pid
WHERE r.paid AND r.program IN ('dibao', 'tekun') AND p.status = 'in_post' AND p.post_type NOT IN ('public_welfare', 'retired');
INSERT INTO found
SELECT 'X13', r.case_no, r.pid, 'yellow' FROM roll AS r INNER JOIN reg AS g ON g.pid = r.pid
WHERE r.paid AND g.status IN ('moved_out', 'other_cancelled');
INSERT INTO found
SELECT 'X19', r.case_no, r.pid, 'yellow' FROM roll AS r LEFT JOIN cert AS c ON c.pid = r.pid
WHERE r.paid AND (r.program = 'disability_living' AND NOT coalesce(c.valid, FALSE)
  OR r.program = 'disability_nursing' AND NOT coalesce(c.severe, FALSE));
INSERT INTO found
SELECT 'X20', k.case_no, NULL, 'yellow'
FROM kase AS k INNER JOIN income AS i ON i.case_no = k.case_no
WHERE k.program = 'dibao' AND k.paid AND k.case_no NOT IN (SELECT case_no FROM one_person)
  AND k.case_no NOT IN (SELECT case_no FROM found WHERE rule_id = 'X03')
  AND NOT EXISTS (SELECT 1 FROM unit AS u WHERE u.unit = k.case_no AND u.counted
    AND (NOT u.declared OR u.pid NOT IN (SELECT pid FROM allowed)))
  AND (
    greatest(0, 750 * heads - likely12) - total > greatest(100, 0.2 * greatest(0, 750 * heads - likely12))
    OR total - 1.3 * greatest(0, 750 * heads - likely12) > greatest(100, 0.2 * 1.3 * greatest(0, 750 * heads - likely12))
  );
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
SELECT CASE WHEN paid > 30000 AND year < 50000 THEN 'O04' ELSE 'O05' END, NULL, first, 'red'
FROM (
  SELECT b.unit, b.paid, o.year, o.heads, min(u.pid) AS first, bool_or(u.pid IN (SELECT pid FROM applied WHERE program = 'medical_assistance')) AS helped
  FROM bills AS b INNER JOIN open_means AS o ON o.unit = b.unit INNER JOIN unit AS u ON u.unit = b.unit
  GROUP BY ALL
)
WHERE NOT helped AND unit NOT IN (SELECT unit FROM means)
  AND (paid > 30000 AND year < 50000 OR paid >= 10000 AND paid >= 0.6 * greatest(1, year) AND year / heads < 36000);
INSERT INTO found
SELECT DISTINCT 'O06', NULL::VARCHAR, min(u.pid), 'yellow' FROM unit AS u
INNER JOIN poverty_monitoring AS m ON m.pid = u.pid AND m.removed_on IS NULL
INNER JOIN open_means AS o ON o.unit = u.unit
WHERE u.case_no IS NULL AND o.year / 12 / o.heads < 750 AND u.unit NOT IN (SELECT unit FROM means)
GROUP BY u.unit;
INSERT INTO found
SELECT 'O08', NULL, g.pid, 'yellow' FROM reg AS g
INNER JOIN unit AS u ON u.pid = g.pid AND u.case_no IS NULL INNER JOIN open_means AS o ON o.unit = u.unit
LEFT JOIN cert AS c ON c.pid = g.pid
WHERE g.present AND g.age >= 60 AND (g.marital_status = 'single' OR c.severe) AND o.heads = 1 AND o.year <= 12 * 400
  AND g.pid NOT IN (SELECT pid FROM spouse) AND u.unit NOT IN (SELECT unit FROM means)
  AND g.pid NOT IN (SELECT pid FROM social_insurance WHERE scheme = 'employee_pension');
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
HAVING sum(total_amount) FILTER (visit_type = 'inpatient') >= 50000 OR bool_or(diagnosis_code[1] = 'C' OR diagnosis_code LIKE 'N18%')
  OR bool_or(visit_type = 'inpatient' AND diagnosis_code[1:3] IN ('I60', 'I61', 'I62', 'I63', 'I64'));
-- C06
INSERT INTO found
SELECT DISTINCT 'C06', NULL, r.pid, 'yellow' FROM roll AS r INNER JOIN reg AS g ON g.pid = r.pid LEFT JOIN cert AS c ON c.pid = r.pid
CROSS JOIN n
WHERE r.program = 'dibao' AND r.paid AND g.age BETWEEN 16 AND 59 AND NOT coalesce(c.valid, FALSE)
  AND r.pid NOT IN (SELECT pid FROM students WHERE status = 'enrolled')
  AND r.pid NOT IN (SELECT pid FROM ledger WHERE wage)
  AND r.pid NOT IN (SELECT pid FROM social_insurance WHERE scheme = 'employee_contribution');
-- P01, P02, P03
INSERT INTO found
SELECT DISTINCT 'P01', r.case_no, r.pid, 'yellow' FROM roll AS r INNER JOIN reg AS g ON g.pid = r.pid
WHERE r.household AND r.open AND r.role <> 'supporter' AND g.age >= 18 AND r.pid NOT IN (SELECT pid FROM dead)
  AND r.pid NOT IN (SELECT pid FROM allowed);
INSERT INTO found
SELECT DISTINCT 'P02', r.case_no, r.pid, NULL FROM roll AS r
WHERE r.household AND r.open AND r.role <> 'supporter' AND r.relative_of_official;
INSERT INTO found
SELECT DISTINCT 'P03', r.case_no, NULL::BIGINT, 'yellow' FROM roll AS r CROSS JOIN n
WHERE r.household AND r.open AND r.program <> 'rigid_expenditure' AND months(coalesce(last_reviewed, start_date), night) > 6;
INSERT INTO found
SELECT 'P05', NULL, min(pid), 'yellow' FROM roll WHERE household AND open AND phone IS NOT NULL
GROUP BY phone HAVING count(DISTINCT case_no) >= 5;
